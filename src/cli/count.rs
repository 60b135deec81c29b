//! `atalaya count`

use super::filter_args::FilterArgs;
use super::output::{Cell, Format, Table};
use crate::index::Wanted;
use crate::locale::{Lang, Problem, tr};
use crate::query::{BinWidth, GroupBy, GroupCount, Selection, groups};
use clap::ValueEnum;
use std::collections::BTreeMap;
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
    /// 1 is Monday
    Weekday,
    Hour,
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
            By::Weekday => "weekday",
            By::Hour => "hour",
            By::Kind => "kind",
            By::Actor => "actor",
            By::Admin1 => "admin1",
            By::Dataset => "dataset",
        }
    }

    const fn wanted(self) -> Wanted {
        match self {
            By::Day | By::Week | By::Month | By::Year | By::Weekday => Wanted::LEAST,
            By::Hour => Wanted::CLOCK,
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
            By::Weekday => GroupBy::Weekday,
            By::Hour => GroupBy::Hour,
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
    let filter = args.filter.resolve(&asked.case, &asked.columns, lang)?;
    let judged = asked.judged(&filter)?;
    let selection = asked.selection(&judged, &filter);
    let fields: Vec<GroupBy> = args.by.iter().map(|b| b.group()).collect();
    let count = |selection: &Selection| match fields.is_empty() {
        true => vec![total(selection)],
        false => groups(&asked.columns, selection, &fields),
    };
    let names = args.by.iter().map(|b| b.key());
    let numbers = [
        "incidents",
        "deaths_low",
        "deaths_best",
        "deaths_high",
        "deaths_unknown",
    ];
    let mut keys: Vec<&str> = names.chain(numbers).collect();
    let counts = count(&selection);
    let rows = match asked.reach(&judged, &filter) {
        None => counts.into_iter().map(cells).collect(),
        Some(reach) => {
            keys.extend(["certainly_inside", "possibly_inside"]);
            with_reach(counts, reach.map(|selection| count(&selection)))
        }
    };
    let title = |key| (key, tr(lang, text!("cli-col-" + key)));
    let table = Table {
        keys: keys.into_iter().map(title).collect(),
        rows,
    };
    table.print(args.format)
}

/// Each group with how many of it lie in the area for certain, and how many may: some may be of a group that has
/// none otherwise.
fn with_reach(
    counts: Vec<GroupCount>,
    [certain, possible]: [Vec<GroupCount>; 2],
) -> Vec<Vec<Cell>> {
    let mut all: BTreeMap<Vec<String>, (GroupCount, [u64; 2])> = BTreeMap::new();
    for group in counts {
        all.insert(group.keys.clone(), (group, [0, 0]));
    }
    for (i, groups) in [certain, possible].into_iter().enumerate() {
        for group in groups {
            let none = || {
                let keys = group.keys.clone();
                (
                    GroupCount {
                        keys,
                        ..GroupCount::default()
                    },
                    [0, 0],
                )
            };
            let (_, inside) = all.entry(group.keys.clone()).or_insert_with(none);
            inside[i] = group.incidents;
        }
    }
    let cells = |(group, inside): (GroupCount, [u64; 2])| {
        let mut cells = cells(group);
        cells.extend(inside.map(Cell::count));
        cells
    };
    all.into_values().map(cells).collect()
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
