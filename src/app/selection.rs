//! What is selected, and how it follows the filter.

use super::{App, Desk};
use crate::index::Row;
use std::sync::Arc;

impl App {
    pub(super) fn select(&mut self, rows: Arc<[Row]>) {
        let Some(desk) = &mut self.desk else { return };
        // Asked for in the frame before another case came.
        if rows
            .iter()
            .any(|r| *r as usize >= desk.loaded.columns.len())
        {
            return;
        }
        desk.chosen = rows.clone();
        desk.selected_under = desk.derived.generation;
        self.show_selected(rows);
    }

    fn show_selected(&mut self, rows: Arc<[Row]>) {
        let Some(desk) = &mut self.desk else { return };
        let ids = &desk.loaded.columns.id;
        desk.inspect = (rows.len() == 1).then(|| ids[rows[0] as usize]);
        desk.selected = rows;
        self.fetch_inspected();
    }

    /// Of several incidents those stay selected that the filter lets through; all that were selected come back with
    /// a filter that does. One alone is being read: it stays, and its card says that it is not on the map.
    pub(super) fn selection_follows(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        if desk.selected_under == desk.derived.generation {
            return;
        }
        // A great many are held against the filter when it has come to rest.
        if desk.playing_since.is_some() && desk.chosen.len() > MOST_FOLLOWED {
            return;
        }
        desk.selected_under = desk.derived.generation;
        if desk.chosen.len() < 2 {
            return;
        }
        let rows = passing(desk);
        if rows.len() == desk.selected.len() && rows.iter().eq(desk.selected.iter()) {
            return;
        }
        let read = desk.inspect.and_then(|id| desk.loaded.columns.row_of(id));
        if read.is_some_and(|row| rows.len() > 1 && rows.contains(&row)) {
            desk.selected = rows.into();
            return self.fetch_inspected();
        }
        self.show_selected(rows.into());
    }
}

/// Rows that are followed in every step of playing at most.
const MOST_FOLLOWED: usize = 50_000;

fn passing(desk: &Desk) -> Vec<Row> {
    let judged = &desk.derived.judged;
    let passes = |row: &Row| judged.lets_through(*row as usize);
    desk.chosen.iter().copied().filter(passes).collect()
}
