//! `atalaya check`

use super::output::{Cell, Format, Table, print, print_json, told_of};
use crate::locale::{Lang, Problem, tr};
use crate::store::{Case, CheckReport};
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct CheckArgs {
    /// The case to look at
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<(), Problem> {
    let mut case = Case::open_read_only(&args.case)?;
    told_of(&case, lang);
    let report = case.check()?;
    let imports = case.imports()?;
    if args.format == Format::Json {
        let rejects = case.rejects(None, u64::MAX >> 1)?;
        let all = serde_json::json!({ "sound": report.is_sound(), "checks": report.items, "imports": imports, "rejects": rejects });
        print_json(&all)?;
    } else {
        let mut tables = vec![checks_table(&report, lang), imports_table(&imports, lang)];
        tables.extend(Some(rejects_table(&case, lang)?).filter(|t| !t.rows.is_empty()));
        print(|out| {
            tables.iter().enumerate().try_for_each(|(i, table)| {
                if i > 0 {
                    writeln!(out)?;
                }
                table.write(args.format, out)
            })
        })?;
    }
    if report.is_sound() {
        Ok(())
    } else {
        Err(Problem::new(text!(
            "problem-case-not-sound",
            file = args.case.display()
        )))
    }
}

fn checks_table(report: &CheckReport, lang: Lang) -> Table {
    let heading = |key: &'static str| (key, tr(lang, text!("cli-col-" + key)));
    Table {
        keys: ["check", "ok", "found"].map(heading).to_vec(),
        rows: report
            .items
            .iter()
            .map(|i| {
                let verdict = tr(
                    lang,
                    if i.ok {
                        text!("cli-ok")
                    } else {
                        text!("cli-not-ok")
                    },
                );
                vec![
                    Cell::text(tr(lang, text!("check-" + i.name))),
                    Cell::text(verdict),
                    Cell::text(&i.found),
                ]
            })
            .collect(),
    }
}

fn imports_table(imports: &[crate::store::ImportInfo], lang: Lang) -> Table {
    let heading = |key: &'static str| (key, tr(lang, text!("cli-col-" + key)));
    Table {
        keys: [
            "import",
            "dataset",
            "file",
            "sha256",
            "profile",
            "read",
            "added",
            "updated",
            "unchanged",
            "rejected",
        ]
        .map(heading)
        .to_vec(),
        rows: imports
            .iter()
            .map(|i| {
                vec![
                    Cell::Number(i.id as f64),
                    Cell::text(&i.dataset),
                    Cell::text(&i.file_name),
                    Cell::text(i.sha256.chars().take(12).collect::<String>()),
                    Cell::text(&i.profile),
                    Cell::count(i.rows_read),
                    Cell::count(i.added),
                    Cell::count(i.updated),
                    Cell::count(i.unchanged),
                    Cell::count(i.rejected),
                ]
            })
            .collect(),
    }
}

/// The first rejects; all of them are in the JSON answer.
fn rejects_table(case: &Case, lang: Lang) -> Result<Table, Problem> {
    const SHOWN: u64 = 20;
    let heading = |key: &'static str| (key, tr(lang, text!("cli-col-" + key)));
    let rows = case.rejects(None, SHOWN)?;
    Ok(Table {
        keys: ["import", "line", "column", "value", "reason"]
            .map(heading)
            .to_vec(),
        rows: rows
            .iter()
            .map(|r| {
                let reason = tr(
                    lang,
                    text!("reject-" + r.reason, column = r.column, value = r.value),
                );
                vec![
                    Cell::Number(r.import_id as f64),
                    Cell::count(r.line),
                    Cell::text(&r.column),
                    Cell::text(&r.value),
                    Cell::text(reason),
                ]
            })
            .collect(),
    })
}
