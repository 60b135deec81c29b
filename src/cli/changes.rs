//! `atalaya changes`

use super::filter_args::parse_date;
use super::output::{Cell, Format, Table, print};
use crate::locale::{Lang, Problem, date, number, tr, tr_args};
use crate::session::changes::compare;
use crate::store::{Case, ImportChanges};
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

const COLUMNS: [&str; 9] = [
    "import", "received", "file", "change", "id", "title", "field", "before", "after",
];

pub(super) fn run(args: &ChangesArgs, lang: Lang) -> Result<(), Problem> {
    let since = parse_date(&args.since, false)?;
    let case = Case::open_read_only(&args.case)?;
    let changes = case.changes(since, args.dataset.as_deref())?;
    let mut out = Vec::new();
    if args.format == Format::Table {
        let lines = changes.iter().map(|c| summary(c, lang));
        out.extend(lines.collect::<String>().into_bytes());
        if changes.is_empty() {
            out.extend(format!("{}\n", tr(lang, "cli-no-changes")).into_bytes());
            return print(&out);
        }
        out.push(b'\n');
    }
    let table = Table {
        keys: COLUMNS
            .iter()
            .map(|key| (*key, tr(lang, &format!("cli-col-{key}"))))
            .collect(),
        rows: changes.iter().flat_map(|c| rows(c, lang)).collect(),
    };
    table.write(args.format, &mut out)?;
    print(&out)
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
    let line = tr_args(
        lang,
        "cli-changes-of",
        &[
            ("import", &changes.import.id.to_string()),
            ("date", &day),
            ("file", &changes.import.file_name),
            ("dataset", &changes.import.dataset),
            ("added", &n[0]),
            ("revised", &n[1]),
            ("retired", &n[2]),
        ],
    );
    format!("{line}\n")
}

/// One row an added or retired incident, and one a field that was revised.
fn rows(changes: &ImportChanges, lang: Lang) -> Vec<Vec<Cell>> {
    let row = |change: &str, id: &str, title: &str, field: [&str; 3]| {
        let words = [
            received(changes),
            changes.import.file_name.as_str(),
            change,
            id,
            title,
        ];
        let cells = words.into_iter().chain(field).map(Cell::text);
        std::iter::once(Cell::count(changes.import.id.cast_unsigned()))
            .chain(cells)
            .collect::<Vec<Cell>>()
    };
    let (added, retired) = (tr(lang, "change-added"), tr(lang, "change-retired"));
    let revised = tr(lang, "change-revised");
    let mut rows = Vec::new();
    for r in &changes.added {
        rows.push(row(&added, &r.external_id, &r.title, [""; 3]));
    }
    for c in &changes.revised {
        let title = c.after.title.in_language(lang.is_spanish());
        for f in compare(lang, &c.before, &c.after) {
            let field = [f.field.as_str(), f.before.as_str(), f.after.as_str()];
            rows.push(row(&revised, &c.after.external_id, title, field));
        }
    }
    for r in &changes.retired {
        rows.push(row(&retired, &r.external_id, &r.title, [""; 3]));
    }
    rows
}
