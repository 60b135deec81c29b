//! `atalaya changes`

use super::filter_args::parse_date;
use super::output::{Cell, Format, Table, print};
use crate::domain::LocalText;
use crate::locale::{Lang, Problem, date, number, tr, tr_args};
use crate::session::changes::{compare, kind_words};
use crate::store::{Case, ImportChanges, RowKind};
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

const COLUMNS: [&str; 10] = [
    "import", "received", "file", "change", "row", "id", "title", "field", "before", "after",
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
        rows: changes
            .iter()
            .flat_map(|c| rows(c, lang, args.format))
            .collect(),
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

/// One line an added or retired row, and one a field that was revised. What is read by machines has
/// codes where a table has words.
fn rows(changes: &ImportChanges, lang: Lang, format: Format) -> Vec<Vec<Cell>> {
    let words = format == Format::Table;
    let row =
        |[change, key]: [&str; 2], kind: RowKind, id: &str, title: &LocalText, field: [&str; 3]| {
            let (change, kind) = if words {
                (tr(lang, key), kind_words(lang, kind))
            } else {
                (change.to_owned(), kind.code().to_owned())
            };
            let title = title.in_language(lang.is_spanish());
            let words = [
                received(changes),
                changes.import.file_name.as_str(),
                &change,
                &kind,
                id,
                title,
            ];
            let cells = words.into_iter().chain(field).map(Cell::text);
            std::iter::once(Cell::count(changes.import.id.cast_unsigned()))
                .chain(cells)
                .collect::<Vec<Cell>>()
        };
    let added = ["added", "change-added"];
    let revised = ["revised", "change-revised"];
    let retired = ["retired", "change-retired"];
    let mut rows = Vec::new();
    for r in &changes.added {
        rows.push(row(added, r.kind, &r.external_id, &r.title, [""; 3]));
    }
    for c in &changes.revised {
        let (kind, id, title) = (c.after.kind(), c.after.external_id(), c.after.title());
        for f in compare(lang, &c.before, &c.after) {
            let field = [f.field.as_str(), f.before.as_str(), f.after.as_str()];
            rows.push(row(revised, kind, id, &title, field));
        }
    }
    for r in &changes.retired {
        rows.push(row(retired, r.kind, &r.external_id, &r.title, [""; 3]));
    }
    rows
}
