//! Which rows pass a filter.

use crate::domain::filter::fold;
use crate::domain::when::day_number;
use crate::domain::{Bounds, Filter, Kind, PlacePrecision};
use crate::index::{Columns, Row, UNKNOWN_DEATHS};
use std::ops::Range;

/// The rows that pass, ascending, with their deaths summed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    pub rows: Vec<Row>,
    /// Sums as [`crate::domain::Deaths::in_sums`] has them.
    pub deaths_low: u64,
    pub deaths_best: u64,
    pub deaths_high: u64,
    /// Rows whose deaths are not reported at all.
    pub deaths_unknown: u32,
    /// Rows whose interval only possibly lies in the time window.
    pub uncertain_dates: u32,
}

/// A filter made ready for one set of columns: names are looked up once.
pub struct Matcher<'a> {
    columns: &'a Columns,
    from: i32,
    to: i32,
    certain: bool,
    kinds: Option<[bool; Kind::ALL.len()]>,
    actors: Option<Vec<bool>>,
    bounds: Option<Bounds>,
    words: Vec<String>,
    min_deaths: Option<u32>,
    precision: Option<PlacePrecision>,
    datasets: Option<Vec<bool>>,
}

/// The parts of a filter that have a list of choices with counts beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    Time = 1,
    Kind = 2,
    Actor = 4,
    Dataset = 8,
    Rest = 16,
}

impl<'a> Matcher<'a> {
    #[must_use]
    pub fn new(columns: &'a Columns, filter: &Filter) -> Matcher<'a> {
        let kinds = (!filter.kinds.is_empty()).then(|| {
            let mut wanted = [false; Kind::ALL.len()];
            filter.kinds.iter().for_each(|k| wanted[*k as usize] = true);
            wanted
        });
        let flags = |names: &crate::index::Names, wanted: &std::collections::BTreeSet<String>| {
            (!wanted.is_empty()).then(|| {
                let mut flags = vec![false; names.len()];
                for id in wanted.iter().filter_map(|name| names.find(name)) {
                    flags[id.0 as usize] = true;
                }
                flags
            })
        };
        Matcher {
            columns,
            from: filter.from.map_or(i32::MIN, day_number),
            to: filter.to.map_or(i32::MAX, day_number),
            certain: filter.certain,
            kinds,
            actors: flags(&columns.actors, &filter.actors),
            bounds: filter.bounds,
            words: fold(&filter.text)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            min_deaths: filter.min_deaths,
            precision: filter.precision,
            datasets: flags(&columns.datasets, &filter.datasets),
        }
    }

    /// The rows that may pass by time: rows are sorted by start, and none is longer than
    /// `longest_days`, so all others are outside of this slice.
    #[must_use]
    pub fn time_slice(&self) -> Range<usize> {
        let c = self.columns;
        let earliest = self.from.saturating_sub(c.longest_days);
        let first = c.start_day.partition_point(|d| *d < earliest);
        let last = c.start_day.partition_point(|d| *d <= self.to);
        first..last.max(first)
    }

    /// The parts of the filter that the row fails; 0 where it passes.
    #[must_use]
    pub fn failed_parts(&self, row: usize) -> u8 {
        let mut failed = 0;
        if !self.time_passes(row) {
            failed |= Part::Time as u8;
        }
        if self
            .kinds
            .is_some_and(|k| !k[self.columns.kind[row] as usize])
        {
            failed |= Part::Kind as u8;
        }
        if !self.actors_pass(row) {
            failed |= Part::Actor as u8;
        }
        if let Some(wanted) = &self.datasets
            && !wanted[self.columns.dataset[row].0 as usize]
        {
            failed |= Part::Dataset as u8;
        }
        if !self.rest_passes(row) {
            failed |= Part::Rest as u8;
        }
        failed
    }

    #[must_use]
    pub fn passes(&self, row: usize) -> bool {
        // Cheapest first; the text search comes last.
        self.time_passes(row)
            && self
                .kinds
                .is_none_or(|k| k[self.columns.kind[row] as usize])
            && self
                .datasets
                .as_ref()
                .is_none_or(|d| d[self.columns.dataset[row].0 as usize])
            && self.actors_pass(row)
            && self.rest_passes(row)
    }

    /// Whether the whole interval lies in the time window.
    #[must_use]
    pub fn certainly_in_time(&self, row: usize) -> bool {
        let c = self.columns;
        c.start_day[row] >= self.from && c.end_day[row] <= self.to
    }

    fn time_passes(&self, row: usize) -> bool {
        if self.certain {
            self.certainly_in_time(row)
        } else {
            self.columns.start_day[row] <= self.to && self.columns.end_day[row] >= self.from
        }
    }

    fn actors_pass(&self, row: usize) -> bool {
        let actors = || self.columns.actors_of(row as Row).iter();
        self.actors
            .as_ref()
            .is_none_or(|wanted| actors().any(|a| wanted[a.actor.0 as usize]))
    }

    fn rest_passes(&self, row: usize) -> bool {
        let c = self.columns;
        let best = c.deaths_best[row];
        self.bounds
            .is_none_or(|b| b.contains(c.lon[row], c.lat[row]))
            && self
                .min_deaths
                .is_none_or(|n| best != UNKNOWN_DEATHS && best >= n)
            && self.precision.is_none_or(|p| c.place_precision[row] <= p)
            && self.words.iter().all(|w| c.search_text[row].contains(w))
    }
}

/// The rows of `columns` that pass `filter`.
#[must_use]
pub fn select(columns: &Columns, filter: &Filter) -> Selection {
    let matcher = Matcher::new(columns, filter);
    let mut selection = Selection::default();
    for row in matcher.time_slice().filter(|row| matcher.passes(*row)) {
        selection.add(columns, row);
        selection.uncertain_dates += u32::from(!matcher.certainly_in_time(row));
    }
    selection
}

impl Selection {
    /// Counts a row in; rows are to come in ascending order.
    pub fn add(&mut self, columns: &Columns, row: usize) {
        self.rows.push(row as Row);
        let deaths = columns.deaths(row as Row);
        let [low, best, high] = deaths.in_sums();
        self.deaths_low += low;
        self.deaths_best += best;
        self.deaths_high += high;
        self.deaths_unknown += u32::from(deaths.is_unknown());
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    #[must_use]
    pub fn contains(&self, row: Row) -> bool {
        self.rows.binary_search(&row).is_ok()
    }
}
