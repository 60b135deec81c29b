//! What is asked of the rows: a filter, the rows that its words were found in, and what is linked.

use crate::domain::Filter;
use crate::domain::when::day_number;
use crate::index::{Columns, Links, Row};
use std::sync::Arc;

/// A set of rows, a bit each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSet(Vec<u64>);

impl RowSet {
    /// Of `len` rows those given; what is beyond `len` is left out.
    #[must_use]
    pub fn new(len: usize, rows: impl Iterator<Item = Row>) -> RowSet {
        let mut words = vec![0; len.div_ceil(64)];
        for row in rows.map(|r| r as usize).filter(|r| *r < len) {
            words[row / 64] |= 1 << (row % 64);
        }
        RowSet(words)
    }

    #[must_use]
    pub fn contains(&self, row: usize) -> bool {
        self.0
            .get(row / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }
}

/// What is asked of the rows. Texts are not in the columns: who can read them says which rows
/// [`Filter::text`] finds.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    pub filter: &'a Filter,
    /// `None` lets all through.
    pub found: Option<&'a Arc<RowSet>>,
    /// Which rows are one event; `None` where each is its own.
    pub links: Option<&'a Arc<Links>>,
}

impl<'a> From<&'a Filter> for Ask<'a> {
    fn from(filter: &'a Filter) -> Ask<'a> {
        Ask {
            filter,
            found: None,
            links: None,
        }
    }
}

/// The time window of a filter in days, open ends at the ends of time.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub from: i32,
    pub to: i32,
}

impl Window {
    #[must_use]
    pub fn of(filter: &Filter) -> Window {
        Window {
            from: filter.from.map_or(i32::MIN, day_number),
            to: filter.to.map_or(i32::MAX, day_number),
        }
    }

    /// Whether the whole interval of a row lies in it.
    #[must_use]
    pub fn holds(&self, columns: &Columns, row: usize) -> bool {
        columns.start_day[row] >= self.from && columns.end_day[row] <= self.to
    }
}
