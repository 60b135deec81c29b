//! `atalaya changes`

use super::output::{Cell, Format, Table, print, say, told_of};
use crate::locale::{Lang, Problem, date, number, tr, visible_lines};
use crate::query::parse_date;
use crate::session::changes::{compare, kind_words};
use crate::store::{Case, ImportChanges, RowKind, RowName};
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct ChangesArgs {
    /// The case to look at
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// The first day, included: deliveries received then or later
    #[arg(long, value_name = "DATE")]
    since: String,
    /// Of this dataset alone
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: [&str; 11] = [
    "import", "received", "file", "change", "row", "id", "title", "field", "before", "after",
    DATASET,
];
/// Above a table the lines that sum the deliveries up name it.
const DATASET: &str = "dataset";

pub(super) fn run(args: &ChangesArgs, lang: Lang) -> Result<(), Problem> {
    let since = parse_date(&args.since, false)?;
    let case = Case::open_read_only(&args.case)?;
    told_of(&case, lang);
    let changes = case.changes(since, args.dataset.as_deref())?;
    let words = args.format == Format::Table;
    if words && changes.is_empty() {
        return say(&format!("{}\n", tr(lang, text!("cli-no-changes"))));
    }
    let heading = |key: &&'static str| (*key, tr(lang, text!("cli-col-" + key)));
    let kept = COLUMNS.iter().filter(|key| !words || **key != DATASET);
    let table = Table {
        keys: kept.map(heading).collect(),
        rows: changes.iter().flat_map(|c| rows(c, lang, words)).collect(),
    };
    print(|out| {
        if words {
            let lines: String = changes.iter().map(|c| summary(c, lang)).collect();
            writeln!(out, "{}", visible_lines(&lines))?;
        }
        table.write(args.format, out)
    })
}

/// The day a delivery was received.
fn received(changes: &ImportChanges) -> &str {
    changes.import.known_at.get(..10).unwrap_or_default()
}

fn summary(changes: &ImportChanges, lang: Lang) -> String {
    let day = received(changes);
    let day = day
        .parse()
        .map_or_else(|_| day.to_owned(), |d| date(lang, d));
    let n = [
        changes.added.len(),
        changes.revised.len(),
        changes.retired.len(),
    ]
    .map(|n| number(n as u64));
    let line = tr(
        lang,
        text!(
            "cli-changes-of",
            import = changes.import.id,
            date = day,
            file = changes.import.file_name,
            dataset = changes.import.dataset,
            added = n[0],
            revised = n[1],
            retired = n[2]
        ),
    );
    format!("{line}\n")
}

/// One line an added or retired row, and one a field that was revised. What is read by machines has
/// codes where a table has words, and a line for a delivery that changed nothing.
fn rows(changes: &ImportChanges, lang: Lang, words: bool) -> Vec<Vec<Cell>> {
    let row = |change: &str, kind: Option<RowKind>, id: &str, title: &str, field: [&str; 3]| {
        let (change, kind) = match kind {
            Some(kind) if words => (tr(lang, text!("change-" + change)), kind_words(lang, kind)),
            _ => (change.to_owned(), kind.map_or("", RowKind::code).to_owned()),
        };
        let file = changes.import.file_name.as_str();
        let told = [received(changes), file, &change, &kind, id, title];
        let dataset = (!words).then_some(changes.import.dataset.as_str());
        let cells = told.into_iter().chain(field).chain(dataset).map(Cell::text);
        std::iter::once(Cell::count(changes.import.id.cast_unsigned()))
            .chain(cells)
            .collect::<Vec<Cell>>()
    };
    let named = |change: &str, r: &RowName| {
        let title = r.title.in_language(lang.is_spanish());
        row(change, Some(r.kind), &r.external_id, title, [""; 3])
    };
    let mut rows: Vec<_> = changes.added.iter().map(|r| named("added", r)).collect();
    for c in &changes.revised {
        let (kind, id, title) = (
            c.after.kind(),
            c.after.row().external_id(),
            c.after.row().title(),
        );
        let title = title.in_language(lang.is_spanish());
        for f in compare(lang, &c.before, &c.after) {
            let field = [f.field.as_str(), f.before.as_str(), f.after.as_str()];
            rows.push(row("revised", Some(kind), id, title, field));
        }
    }
    rows.extend(changes.retired.iter().map(|r| named("retired", r)));
    if rows.is_empty() && !words {
        rows.push(row("unchanged", None, "", "", [""; 3]));
    }
    rows
}
