//! `atalaya count`

use super::filter_args::FilterArgs;
use super::output::{Cell, Format, Table};
use crate::index::Wanted;
use crate::locale::{Lang, Problem, tr};
use crate::query::{BinWidth, GroupBy, GroupCount, Selection, groups};
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct CountArgs {
    /// The case to count in
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    /// Count by this; may be given more than once. Time counts by the first day of each incident
    #[arg(long, value_enum)]
    by: Vec<By>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Day,
    Week,
    Month,
    Year,
    Kind,
    Actor,
    Admin1,
    Dataset,
}

impl By {
    const fn key(self) -> &'static str {
        match self {
            By::Day => "day",
            By::Week => "week",
            By::Month => "month",
            By::Year => "year",
            By::Kind => "kind",
            By::Actor => "actor",
            By::Admin1 => "admin1",
            By::Dataset => "dataset",
        }
    }

    const fn wanted(self) -> Wanted {
        match self {
            By::Day | By::Week | By::Month | By::Year => Wanted::LEAST,
            By::Kind => Wanted::KIND,
            By::Actor => Wanted::ACTORS,
            By::Admin1 => Wanted::ADMIN,
            By::Dataset => Wanted::DATASET,
        }
    }

    const fn group(self) -> GroupBy {
        match self {
            By::Day => GroupBy::Time(BinWidth::Day),
            By::Week => GroupBy::Time(BinWidth::Week),
            By::Month => GroupBy::Time(BinWidth::Month),
            By::Year => GroupBy::Time(BinWidth::Year),
            By::Kind => GroupBy::Kind,
            By::Actor => GroupBy::Actor,
            By::Admin1 => GroupBy::Admin1,
            By::Dataset => GroupBy::Dataset,
        }
    }
}

pub(super) fn run(args: &CountArgs, lang: Lang) -> Result<(), Problem> {
    let wanted = args.by.iter().map(|by| by.wanted());
    let wanted = wanted.fold(Wanted::LEAST, Wanted::and);
    let asked = args.filter.ask(&args.case, wanted, lang)?;
    let filter = args.filter.resolve(&asked.columns)?;
    let selection = asked.select(&filter)?;
    let fields: Vec<GroupBy> = args.by.iter().map(|b| b.group()).collect();
    let counts = if fields.is_empty() {
        vec![total(&selection)]
    } else {
        groups(&asked.columns, &selection, &fields)
    };
    let names = args.by.iter().map(|b| b.key());
    let numbers = [
        "incidents",
        "deaths_low",
        "deaths_best",
        "deaths_high",
        "deaths_unknown",
    ];
    let table = Table {
        keys: names
            .chain(numbers)
            .map(|key| (key, tr(lang, &format!("cli-col-{key}"))))
            .collect(),
        rows: counts.into_iter().map(cells).collect(),
    };
    table.print(args.format)
}

fn total(selection: &Selection) -> GroupCount {
    GroupCount {
        keys: Vec::new(),
        incidents: selection.len() as u64,
        deaths_low: selection.deaths_low,
        deaths_best: selection.deaths_best,
        deaths_high: selection.deaths_high,
        deaths_unknown: u64::from(selection.deaths_unknown),
    }
}

fn cells(group: GroupCount) -> Vec<Cell> {
    let numbers = [
        group.incidents,
        group.deaths_low,
        group.deaths_best,
        group.deaths_high,
        group.deaths_unknown,
    ];
    let keys = group.keys.into_iter().map(Cell::Text);
    keys.chain(numbers.into_iter().map(Cell::count)).collect()
}
