//! All incidents that pass the filter, or those selected, a line each. Only the lines in sight are
//! made; where the table stands is counted in rows, as points would lose the last of a million.

mod bar;
mod body;
mod cell;
mod head;
mod keys;
mod state;

use state::{Order, Seen, Shown};
pub use state::{State, keyboard_id};

use crate::index::Row;
use crate::query::{RowSet, ordered};
use crate::view::Context;
use crate::view::theme::ROW_H;
use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2};
use rayon::prelude::*;
use std::sync::Arc;

/// Whether it is on show.
#[must_use]
pub fn is_open(cx: &Context<'_>) -> bool {
    cx.workspace.table.open && !cx.loaded.columns.is_empty()
}

/// As high as somebody made it.
pub fn sized(panel: egui::Panel, room: f32) -> egui::Panel {
    panel
        .resizable(true)
        .default_size(room * 0.4)
        .min_size(120.0)
        .max_size((room - 160.0).max(120.0))
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    follow_selection(cx, state);
    refresh(cx, state);
    bar::show(ui, cx, state);
    let rect = ui.available_rect_before_wrap();
    let grid = rect.with_max_x(rect.right() - SCROLL_W);
    let fields = cx.workspace.table.columns.clone();
    ui.scope_builder(UiBuilder::new().max_rect(grid), |ui| {
        ScrollArea::horizontal()
            .id_salt("columns")
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let at = ui.cursor().min;
                let columns = head::columns(&fields, grid.width());
                let width = columns.last().map_or(0.0, |c| c.right).max(grid.width());
                ui.set_width(width);
                let head = Rect::from_min_size(at, egui::vec2(width, HEAD_H));
                let body =
                    Rect::from_min_max(head.left_bottom(), pos2(at.x + width, grid.bottom()));
                head::show(ui, cx, &columns, head);
                body::show(ui, cx, state, &columns, body);
                ui.allocate_rect(head.union(body), egui::Sense::hover());
            });
    });
    let track = Rect::from_min_max(pos2(grid.right(), grid.top() + HEAD_H), rect.right_bottom());
    body::scroll_bar(ui, cx, state, track);
}

/// What was selected elsewhere is marked and brought into sight.
fn follow_selection(cx: &Context<'_>, state: &mut State) {
    let known = state.seen.as_ref();
    if known.is_some_and(|s| Arc::ptr_eq(&s.rows, cx.selected)) {
        return;
    }
    let set = RowSet::new(cx.loaded.columns.len(), cx.selected.iter().copied());
    state.seen = Some(Seen {
        rows: cx.selected.clone(),
        set,
    });
    state.copied = None;
    let is_own = state
        .own
        .take()
        .is_some_and(|own| Arc::ptr_eq(&own, cx.selected_ids));
    if is_own {
        return;
    }
    if state.pinned.is_some() && !cx.selected.is_empty() {
        state.pin(Some(cx.selected.clone()));
    }
    // The rows may be about to change with the selection.
    refresh(cx, state);
    let first = state
        .rows()
        .par_iter()
        .position_first(|r| state.is_selected(*r));
    state.cursor = first.map(|at| state.rows()[at]);
    state.anchor = state.cursor;
    if let Some(at) = first {
        state.bring_into_sight(at);
    }
}

/// Brings the order and the rows on show up to date.
fn refresh(cx: &Context<'_>, state: &mut State) {
    let spec = &cx.workspace.table;
    let sort = (spec.sort, spec.descending);
    let generation = cx.derived.generation;
    let same_pin = |s: &Shown| match (&s.pinned, &state.pinned) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    let is_current = |s: &Shown| s.generation == generation && s.sort == sort && same_pin(s);
    if state.shown.as_ref().is_some_and(is_current) {
        return;
    }
    if state.order.as_ref().is_none_or(|o| o.sort != sort) {
        let rows = ordered(&cx.loaded.columns, sort.0, sort.1);
        state.order = Some(Order { sort, rows });
    }
    let resorted = state.shown.as_ref().is_some_and(|s| s.sort != sort);
    let all = state.order.as_ref().map_or(&[][..], |o| &o.rows);
    let rows = match &state.pinned {
        Some(pinned) => {
            let set = RowSet::new(all.len(), pinned.iter().copied());
            those(all, |row| set.contains(row))
        }
        None => those(all, |row| cx.derived.judged.passes_but(row, 0)),
    };
    state.shown = Some(Shown {
        generation,
        sort,
        pinned: state.pinned.clone(),
        rows,
    });
    // Who sorts asks for what comes first.
    if resorted {
        state.top = 0.0;
    }
}

fn those(rows: &[Row], holds: impl Fn(usize) -> bool + Sync) -> Vec<Row> {
    let rows = rows.par_iter().copied();
    rows.filter(|row| holds(*row as usize)).collect()
}

/// Height of the line of names, and the width of the scroll bar, points.
const HEAD_H: f32 = ROW_H;
const SCROLL_W: f32 = 12.0;
