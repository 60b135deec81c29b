//! `atalaya list`

use super::filter_args::FilterArgs;
use super::output::{Cell, Format, Table};
use crate::index::{Columns, Row, RowActor, Wanted};
use crate::locale::{Lang, Problem, tr};
use crate::session::table::{admin_level, side};
use crate::store::StoredIncident;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct ListArgs {
    /// The case to list from
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    /// At most so many, earliest first
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: [&str; 21] = [
    "dataset",
    "id",
    "start",
    "end",
    "time_precision",
    "kind",
    "title",
    "place",
    "admin1",
    "country",
    "lon",
    "lat",
    "place_precision",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "grade",
    "side_a",
    "side_b",
    "file",
    "line",
];
/// Those a terminal has room for.
const IN_TABLE: [&str; 9] = [
    "dataset",
    "id",
    "start",
    "end",
    "kind",
    "title",
    "deaths_best",
    "file",
    "line",
];

pub(super) fn run(args: &ListArgs, lang: Lang) -> Result<(), Problem> {
    // A name is shown in the spelling that counts use, which all rows decide.
    let names = Wanted::PLACE.and(Wanted::ADMIN).and(Wanted::ACTORS);
    let asked = args.filter.ask(&args.case, names, lang)?;
    let filter = args.filter.resolve(&asked.case, &asked.columns, lang)?;
    let selection = asked.select(&filter)?;
    let shown = |key: &&str| args.format != Format::Table || IN_TABLE.contains(key);
    let kept: Vec<usize> = (0..COLUMNS.len()).filter(|i| shown(&COLUMNS[*i])).collect();
    let mut rows = Vec::new();
    for row in selection.rows.iter().take(args.limit.unwrap_or(usize::MAX)) {
        let id = asked.columns.id[*row as usize];
        if let Some(stored) = asked.case.incident(id)? {
            let all = cells(stored, &asked.columns, *row, lang);
            rows.push(kept.iter().map(|i| all[*i].clone()).collect());
        }
    }
    let keys = kept
        .iter()
        .map(|i| (COLUMNS[*i], tr(lang, text!("cli-col-" + COLUMNS[*i]))))
        .collect();
    Table { keys, rows }.print(args.format)
}

/// In the order of [`COLUMNS`]. Names are spelled as all that counts by them spells them.
fn cells(stored: StoredIncident, columns: &Columns, row: Row, lang: Lang) -> Vec<Cell> {
    let i = stored.incident;
    vec![
        Cell::text(stored.dataset),
        Cell::text(&i.external_id),
        Cell::text(i.when.start.to_string()),
        Cell::text(i.when.end.to_string()),
        Cell::text(i.when.precision.code()),
        Cell::text(i.kind.code()),
        Cell::text(i.title.in_language(lang.is_spanish())),
        Cell::text(columns.places.get(columns.place[row as usize])),
        Cell::text(admin_level(columns, row, 1)),
        Cell::text(admin_level(columns, row, 0)),
        Cell::Number(i.position.lon),
        Cell::Number(i.position.lat),
        Cell::text(i.position.precision.code()),
        Cell::known(i.deaths.low),
        Cell::known(i.deaths.best),
        Cell::known(i.deaths.high),
        Cell::text(i.grade().to_string()),
        Cell::text(side(columns, row, RowActor::on_a)),
        Cell::text(side(columns, row, RowActor::on_b)),
        Cell::text(stored.import.file_name),
        Cell::count(i.line),
    ]
}
