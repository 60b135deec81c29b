//! What the table shows and where it stands; not saved.

use crate::index::Row;
use crate::query::{Field, RowSet};
use crate::session::Command;
use crate::view::Context;
use std::sync::Arc;

/// What is on show and where; not saved.
#[derive(Default)]
pub struct State {
    pub(super) order: Option<Order>,
    pub(super) shown: Option<Shown>,
    pub(super) seen: Option<Seen>,
    /// Only these are shown, where given.
    pub(super) pinned: Option<Arc<[Row]>>,
    /// Row at the upper edge; fractions while scrolling.
    pub(super) top: f64,
    /// Where the keyboard is, and where a range that is being selected began.
    pub(super) cursor: Option<Row>,
    pub(super) anchor: Option<Row>,
    /// The selection that was made here: it is not scrolled to.
    pub(super) own: Option<Arc<[i64]>>,
    pub(super) hovered: Option<Row>,
    /// How many rows were copied last, until something else is selected.
    pub copied: Option<u64>,
    /// Rows that fit into the height there is.
    pub(super) fitting: f64,
}

/// All rows of the case in the order of one column.
pub(super) struct Order {
    pub(super) sort: (Field, bool),
    pub(super) rows: Vec<Row>,
}

/// The rows on show, until filter, order or what is pinned change.
pub(super) struct Shown {
    pub(super) generation: u64,
    pub(super) sort: (Field, bool),
    pub(super) pinned: Option<Arc<[Row]>>,
    pub(super) rows: Vec<Row>,
}

/// What is selected, as a set.
pub(super) struct Seen {
    pub(super) rows: Arc<[Row]>,
    pub(super) set: RowSet,
}

/// What has the keyboard while somebody moves in the table.
#[must_use]
pub fn keyboard_id() -> egui::Id {
    egui::Id::unique("table")
}

impl State {
    /// As after another case is opened, or rows have come into it.
    pub fn reset(&mut self) {
        *self = State::default();
    }

    /// The row under the pointer.
    #[must_use]
    pub fn hovered(&self) -> Option<Row> {
        self.hovered
    }

    /// Shows these alone.
    pub fn pin(&mut self, rows: Option<Arc<[Row]>>) {
        self.pinned = rows;
        self.top = 0.0;
    }

    /// The rows on show, in their order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        self.shown.as_ref().map_or(&[], |s| &s.rows)
    }

    /// The first row in sight, and how many are.
    #[must_use]
    pub fn in_sight(&self) -> std::ops::Range<usize> {
        let first = self.top as usize;
        first..((self.top + self.fitting).ceil() as usize).min(self.rows().len())
    }

    pub(super) fn is_selected(&self, row: Row) -> bool {
        let seen = self.seen.as_ref();
        seen.is_some_and(|s| s.set.contains(row as usize))
    }

    pub(super) fn place_of(&self, row: Option<Row>) -> Option<usize> {
        let row = row?;
        self.rows().iter().position(|r| *r == row)
    }

    /// Scrolls as little as need be to have this place in sight.
    pub(super) fn bring_into_sight(&mut self, at: usize) {
        let at = at as f64;
        let last_top = at + 1.0 - self.fitting;
        if at < self.top || self.fitting < 1.0 {
            self.top = at;
        } else if last_top > self.top {
            self.top = last_top;
        }
    }

    /// Selects rows from here, which does not move the table.
    pub(super) fn select(&mut self, cx: &mut Context<'_>, rows: Vec<Row>) {
        let ids = cx.loaded.columns.ids_of(rows);
        self.own = Some(ids.clone());
        cx.commands.push(Command::Select(ids));
    }
}
