//! Moving and selecting in the table by keyboard, while it has it.

use super::state::State;
use crate::index::Row;
use crate::session::Command;
use crate::view::Context;
use egui::{Event, EventFilter, Key, Modifiers, Response, Ui};

pub(super) fn press(ui: &Ui, cx: &mut Context<'_>, state: &mut State, body: &Response) {
    if !body.has_focus() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(body.id, filter));
    if ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy))) {
        copy(cx, state);
    }
    if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::A)) {
        let all = state.rows().to_vec();
        return state.select(cx, all);
    }
    if ui.input(|i| i.key_pressed(Key::Enter))
        && let Some(row) = state.cursor
    {
        let id = cx.loaded.columns.id[row as usize];
        cx.commands.push(Command::Inspect(id));
    }
    // As they were when the key went down: in a slow frame Shift may be up again by now.
    let pressed: Vec<(Key, bool)> = ui.input(|i| {
        let pressed = |e: &Event| match e {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => Some((*key, modifiers.shift)),
            _ => None,
        };
        i.events.iter().filter_map(pressed).collect()
    });
    for (key, extend) in pressed {
        walk(cx, state, key, extend);
    }
}

/// One step by one key.
fn walk(cx: &mut Context<'_>, state: &mut State, key: Key, extend: bool) {
    let last = state.rows().len() as i64 - 1;
    let page = (state.fitting as i64 - 1).max(1);
    let step = match key {
        Key::ArrowDown => 1,
        Key::ArrowUp => -1,
        Key::PageDown => page,
        Key::PageUp => -page,
        Key::Home => -last,
        Key::End => last,
        _ => return,
    };
    if last < 0 {
        return;
    }
    let to = match state.place_of(state.cursor) {
        Some(at) => at as i64 + step,
        // Nowhere yet: begin with what is in sight.
        None if step.abs() < last => state.top.ceil() as i64,
        None => step,
    };
    go(cx, state, to.clamp(0, last) as usize, extend);
}

/// Moves to a place and selects it, or all from where the range began.
pub(super) fn go(cx: &mut Context<'_>, state: &mut State, to: usize, extend: bool) {
    let row = state.rows()[to];
    let from = state.place_of(state.anchor).filter(|_| extend);
    let selected: Vec<Row> = match from {
        Some(from) => state.rows()[from.min(to)..=from.max(to)].into(),
        None => vec![row],
    };
    state.cursor = Some(row);
    if from.is_none() {
        state.anchor = Some(row);
    }
    state.bring_into_sight(to);
    state.select(cx, selected);
}

/// Copies what is selected, in the order of the table; all of it where nothing is.
pub(super) fn copy(cx: &mut Context<'_>, state: &State) {
    let in_order = state.order.as_ref().map_or(&[][..], |o| &o.rows);
    let rows: Vec<Row> = if cx.selected.is_empty() {
        state.rows().into()
    } else {
        let rows = in_order.iter().copied();
        rows.filter(|r| state.is_selected(*r)).collect()
    };
    if !rows.is_empty() {
        let ids = cx.loaded.columns.ids_of(rows);
        cx.commands.push(Command::CopyRows(ids));
    }
}
