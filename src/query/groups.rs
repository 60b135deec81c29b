//! Counts by one or more fields, as the `count` command prints them.

use super::bins::BinWidth;
use super::cyclic::{HOUR_UNKNOWN, week_hour_of, weekday_of};
use super::select::Selection;
use crate::domain::Kind;
use crate::domain::filter::state_of;
use crate::domain::when::date_of;
use crate::index::{Columns, NameId, Names, Row, RowActor};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// A field to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    Time(BinWidth),
    /// 1 to 7 as in ISO 8601, Monday first; empty where an incident is not known to the day.
    Weekday,
    /// `00` to `23`; empty where no hour is known.
    Hour,
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
    let values: Vec<Values> = fields.iter().map(|f| Values::new(columns, *f)).collect();
    let parts = selection.rows.par_chunks(ROWS_A_PART).map(|rows| {
        let mut part = Part::default();
        rows.iter().for_each(|row| part.add(columns, &values, *row));
        part
    });
    let parts: Vec<Part> = parts.collect();
    let mut found: BTreeMap<Vec<String>, GroupCount> = BTreeMap::new();
    for (numbers, count) in parts.into_iter().flat_map(Part::into_counts) {
        let labels = values.iter().zip(&numbers);
        let keys: Vec<String> = labels.map(|(v, n)| v.label(columns, *n)).collect();
        found.entry(keys).or_default().add(&count);
    }
    let with_keys = |(keys, group): (Vec<String>, GroupCount)| GroupCount { keys, ..group };
    found.into_iter().map(with_keys).collect()
}

/// Rows that are counted together before their labels are made.
const ROWS_A_PART: usize = 1 << 18;

impl GroupCount {
    fn add(&mut self, other: &GroupCount) {
        self.incidents += other.incidents;
        self.deaths_low += other.deaths_low;
        self.deaths_best += other.deaths_best;
        self.deaths_high += other.deaths_high;
        self.deaths_unknown += other.deaths_unknown;
    }
}

/// Counts by the numbers that stand for values, one a field: texts are made once a value, not once
/// a row.
#[derive(Default)]
struct Part {
    places: HashMap<Vec<u32>, usize>,
    counts: Vec<GroupCount>,
    /// The key before and its place, and the bar of each field before: rows come by day, so that
    /// most share them.
    last: Option<(Vec<u32>, usize)>,
    bars: Vec<(i32, i32)>,
    keys: Vec<Vec<u32>>,
}

impl Part {
    fn add(&mut self, columns: &Columns, values: &[Values], row: Row) {
        let mut keys = std::mem::take(&mut self.keys);
        // A bar that ends before it begins holds no day.
        self.bars.resize(values.len(), (1, 0));
        combinations(columns, values, row, &mut self.bars, &mut keys);
        let deaths = columns.deaths(row);
        let [deaths_low, deaths_best, deaths_high] = deaths.in_sums();
        let one = GroupCount {
            keys: Vec::new(),
            incidents: 1,
            deaths_low,
            deaths_best,
            deaths_high,
            deaths_unknown: u64::from(deaths.is_unknown()),
        };
        for key in &keys {
            let place = self.place(key);
            self.counts[place].add(&one);
        }
        self.keys = keys;
    }

    fn place(&mut self, key: &[u32]) -> usize {
        if let Some((last, place)) = &self.last
            && last == key
        {
            return *place;
        }
        let place = self.places.get(key).copied().unwrap_or_else(|| {
            self.counts.push(GroupCount::default());
            self.places.insert(key.to_vec(), self.counts.len() - 1);
            self.counts.len() - 1
        });
        let (last, last_place) = self.last.get_or_insert_default();
        last.clear();
        last.extend_from_slice(key);
        *last_place = place;
        place
    }

    fn into_counts(self) -> impl Iterator<Item = (Vec<u32>, GroupCount)> {
        let mut counts = self.counts;
        let places = self.places.into_iter();
        places.map(move |(key, place)| (key, std::mem::take(&mut counts[place])))
    }
}

/// Every combination of values the row has for the fields; `out` is written over.
fn combinations(
    columns: &Columns,
    values: &[Values],
    row: Row,
    bars: &mut [(i32, i32)],
    out: &mut Vec<Vec<u32>>,
) {
    out.truncate(1);
    match out.first_mut() {
        Some(first) => first.clear(),
        None => out.push(Vec::with_capacity(values.len())),
    }
    for (field, bar) in values.iter().zip(bars) {
        match field.numbers(columns, row, bar) {
            Numbers::One(n) => out.iter_mut().for_each(|key| key.push(n)),
            Numbers::Some(actors) => {
                let with = |key: &Vec<u32>, n: u32| key.iter().copied().chain([n]).collect();
                let each = out.iter().flat_map(|key| {
                    let actors = actors.iter().map(|a| a.actor().0);
                    actors.map(move |n| with(key, n))
                });
                *out = each.collect();
            }
        }
    }
}

/// The values of one field as numbers.
enum Values {
    /// By the first day of the bar.
    Time(BinWidth),
    Weekday,
    Hour,
    Kind,
    Dataset,
    /// A number for each state; which one each path of `Columns::admins` has.
    Admin1(Names, Vec<u32>),
    Actor,
}

enum Numbers<'a> {
    One(u32),
    Some(&'a [RowActor]),
}

/// Stands for the actor of a row that names none, and for a time that is not known.
const NOBODY: u32 = u32::MAX;

impl Values {
    fn new(columns: &Columns, field: GroupBy) -> Values {
        match field {
            GroupBy::Time(width) => Values::Time(width),
            GroupBy::Weekday => Values::Weekday,
            GroupBy::Hour => Values::Hour,
            GroupBy::Kind => Values::Kind,
            GroupBy::Dataset => Values::Dataset,
            GroupBy::Admin1 => {
                let mut states = Names::default();
                let paths = columns.admins.iter();
                let of = paths.map(|(_, path)| states.intern(state_of(path)).0);
                let of = of.collect();
                Values::Admin1(states, of)
            }
            GroupBy::Actor => Values::Actor,
        }
    }

    /// `bar` is the last one that was looked up: its first and last day.
    fn numbers<'a>(&self, columns: &'a Columns, row: Row, bar: &mut (i32, i32)) -> Numbers<'a> {
        let i = row as usize;
        Numbers::One(match self {
            Values::Time(width) => {
                let day = columns.start_day[i];
                if !(bar.0..=bar.1).contains(&day) {
                    *bar = width.days(day);
                }
                bar.0.cast_unsigned()
            }
            Values::Weekday => match columns.start_day[i] == columns.end_day[i] {
                true => weekday_of(columns.start_day[i]) as u32,
                false => NOBODY,
            },
            Values::Hour => match week_hour_of(columns, i) {
                Some((_, hour)) if hour != HOUR_UNKNOWN => hour as u32,
                _ => NOBODY,
            },
            Values::Kind => columns.kind[i] as u32,
            Values::Dataset => columns.dataset[i].0,
            Values::Admin1(_, of) => of[columns.admin[i].0 as usize],
            Values::Actor => match columns.actors_of(row) {
                [] => NOBODY,
                actors => return Numbers::Some(actors),
            },
        })
    }

    fn label(&self, columns: &Columns, number: u32) -> String {
        match self {
            Values::Time(width) => width.label(number.cast_signed()),
            Values::Weekday | Values::Hour if number == NOBODY => String::new(),
            Values::Weekday => (number + 1).to_string(),
            Values::Hour => format!("{number:02}"),
            Values::Kind => Kind::ALL[number as usize].code().to_owned(),
            Values::Dataset => columns.datasets.get(NameId(number)).to_owned(),
            Values::Admin1(states, _) => states.get(NameId(number)).to_owned(),
            // No name has the number of nobody.
            Values::Actor => columns.actors.get(NameId(number)).to_owned(),
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
