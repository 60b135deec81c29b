//! The rows that pass a filter, with their deaths summed.

use super::ask::Window;
use super::figure::Figure;
use super::reach::Inside;
use crate::index::{Columns, NameId, Row};

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
    /// Of an area that is filtered by, where somebody counted: see [`super::Reach`].
    pub inside: Option<Inside>,
    /// The most frequent actors of each side, where somebody counted: see [`super::leading`].
    pub leading: [Vec<NameId>; 2],
}

impl Selection {
    /// Of these rows, ascending; `window` says whose dates are uncertain.
    #[must_use]
    pub fn of(columns: &Columns, rows: impl Iterator<Item = Row>, window: Window) -> Selection {
        let mut selection = Selection::default();
        for row in rows {
            selection.add(columns, row as usize, window);
        }
        selection
    }

    /// Counts a row in; rows are to come in ascending order.
    pub fn add(&mut self, columns: &Columns, row: usize, window: Window) {
        self.rows.push(row as Row);
        let deaths = columns.deaths(row as Row);
        let [low, best, high] = deaths.in_sums();
        self.deaths_low += low;
        self.deaths_best += best;
        self.deaths_high += high;
        self.deaths_unknown += u32::from(deaths.is_unknown());
        self.uncertain_dates += u32::from(!window.holds(columns, row));
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Its incidents or deaths.
    #[must_use]
    pub fn sum(&self, figure: Figure) -> u64 {
        match figure {
            Figure::Incidents => self.len() as u64,
            Figure::DeathsLow => self.deaths_low,
            Figure::Deaths => self.deaths_best,
            Figure::DeathsHigh => self.deaths_high,
        }
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
