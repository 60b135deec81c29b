//! Counts by one or more fields, as the `count` command prints them.

use super::{BinWidth, Selection};
use crate::domain::when::date_of;
use crate::index::{Columns, Row};
use std::collections::BTreeMap;

/// A field to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    Time(BinWidth),
    Kind,
    Actor,
    Admin1,
    Dataset,
}

/// One line of the table. Deaths are sums as [`crate::domain::Deaths::in_sums`] has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupCount {
    /// One value a field asked for: a code, name or bin label; empty where the row has none.
    pub keys: Vec<String>,
    pub incidents: u64,
    pub deaths_low: u64,
    pub deaths_best: u64,
    pub deaths_high: u64,
    pub deaths_unknown: u64,
}

/// Counts by `fields`, ordered by key. An incident with several actors counts once for each, so
/// that a table by actor may add up to more than the incidents.
#[must_use]
pub fn groups(columns: &Columns, selection: &Selection, fields: &[GroupBy]) -> Vec<GroupCount> {
    let mut found: BTreeMap<Vec<String>, GroupCount> = BTreeMap::new();
    for row in &selection.rows {
        for keys in keys_of(columns, *row, fields) {
            let group = found.entry(keys).or_default();
            let deaths = columns.deaths(*row);
            group.incidents += 1;
            let [low, best, high] = deaths.in_sums();
            group.deaths_low += low;
            group.deaths_best += best;
            group.deaths_high += high;
            group.deaths_unknown += u64::from(deaths.is_unknown());
        }
    }
    let with_keys = |(keys, group): (Vec<String>, GroupCount)| GroupCount { keys, ..group };
    found.into_iter().map(with_keys).collect()
}

/// Every combination of values the row has for the fields.
fn keys_of(columns: &Columns, row: Row, fields: &[GroupBy]) -> Vec<Vec<String>> {
    let mut all = vec![Vec::with_capacity(fields.len())];
    for field in fields {
        let values = values_of(columns, row, *field);
        all = all
            .into_iter()
            .flat_map(|keys: Vec<String>| {
                values.iter().map(move |value| {
                    let mut keys = keys.clone();
                    keys.push(value.clone());
                    keys
                })
            })
            .collect();
    }
    all
}

fn values_of(columns: &Columns, row: Row, field: GroupBy) -> Vec<String> {
    let i = row as usize;
    match field {
        GroupBy::Time(width) => vec![width.label(columns.start_day[i])],
        GroupBy::Kind => vec![columns.kind[i].code().to_owned()],
        GroupBy::Admin1 => vec![columns.admin1_of(row).to_owned()],
        GroupBy::Dataset => vec![columns.datasets.get(columns.dataset[i]).to_owned()],
        GroupBy::Actor => {
            let mut names: Vec<String> = columns
                .actors_of(row)
                .iter()
                .map(|a| columns.actors.get(a.actor()).to_owned())
                .collect();
            names.sort_unstable();
            names.dedup();
            if names.is_empty() {
                names.push(String::new());
            }
            names
        }
    }
}

/// First and last day of the selection, as dates.
#[must_use]
pub fn period(
    columns: &Columns,
    selection: &Selection,
) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let rows = || selection.rows.iter().map(|r| *r as usize);
    let first = rows().map(|r| columns.start_day[r]).min()?;
    let last = rows().map(|r| columns.end_day[r]).max()?;
    Some((date_of(first), date_of(last)))
}
