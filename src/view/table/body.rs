//! The lines in sight, and the bar that scrolls by rows.

use super::head::Column;
use super::state::{State, keyboard_id};
use super::{cell, keys};
use crate::index::Row;
use crate::query::Field;
use crate::scene::Weight;
use crate::view::Context;
use crate::view::kit;
use crate::view::theme::{BODY, ROW_H, color, font};
use egui::{Align2, CursorIcon, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

pub(super) fn show(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    columns: &[Column],
    body: Rect,
) {
    let theme = kit::theme(ui);
    let response = ui.interact(body, keyboard_id(), Sense::click());
    let count = state.rows().len();
    let label = cx.tr(text!("table-name"));
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &label));
    state.fitting = f64::from(body.height() / ROW_H);
    let last_top = (count as f64 - state.fitting).max(0.0);
    if response.contains_pointer() {
        let delta = ui.input(|i| i.smooth_scroll_delta.y);
        state.top -= f64::from(delta / ROW_H);
    }
    keys::press(ui, cx, state, &response);
    state.top = state.top.clamp(0.0, last_top);
    state.hovered = None;
    if count == 0 {
        let key = if state.pinned.is_some() {
            text!("table-none-selected")
        } else {
            text!("no-match")
        };
        let at = body.center().min(body.left_top() + vec2(400.0, 60.0));
        let ink = color(theme.muted);
        let words = cx.tr(key);
        ui.painter().text(
            at,
            Align2::CENTER_CENTER,
            words,
            font(Weight::Regular, BODY),
            ink,
        );
        return;
    }
    let clip = ui.clip_rect();
    ui.shrink_clip_rect(body);
    let first = state.top as usize;
    let above = ((state.top - first as f64) * f64::from(ROW_H)) as f32;
    for at in state.in_sight() {
        let y = body.top() - above + (at - first) as f32 * ROW_H;
        let line = Rect::from_min_size(pos2(body.left(), y), vec2(body.width(), ROW_H));
        line_of(ui, cx, state, columns, at, line, response.has_focus());
    }
    ui.set_clip_rect(clip);
}

fn line_of(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    columns: &[Column],
    at: usize,
    line: Rect,
    has_keyboard: bool,
) {
    let theme = kit::theme(ui);
    let row = state.rows()[at];
    let selected = state.is_selected(row);
    // Not a stop of its own for Tab: the arrows go from line to line.
    let response = ui.interact(line, ui.scope_id().with(("line", row)), Sense::CLICK);
    let words: Vec<String> = columns
        .iter()
        .map(|c| cell::words(cx, row, c.field))
        .collect();
    response.widget_info(|| {
        let said: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|w| !w.is_empty())
            .collect();
        WidgetInfo::selected(Role::Row, true, selected, said.join(", "))
    });
    if response.hovered() {
        state.hovered = Some(row);
    }
    paint_ground(ui, line, selected, response.hovered());
    if has_keyboard && state.cursor == Some(row) {
        let pen = Stroke::new(1.5, color(theme.accent));
        let inside = line.intersect(ui.clip_rect()).shrink(1.0);
        ui.painter()
            .rect_stroke(inside, 4, pen, egui::StrokeKind::Inside);
    }
    let pointer = response.hover_pos();
    let mut tip = None;
    for (column, words) in columns.iter().zip(&words) {
        let part = column.part(line);
        let cut = paint_cell(ui, cx, row, column, words, part);
        if pointer.is_some_and(|p| part.contains(p)) {
            let more = cell::more(cx, row, column.field);
            tip = more.or_else(|| cut.then(|| words.clone()));
        }
    }
    if let Some(tip) = tip {
        response.clone().on_hover_text_at_pointer(tip);
    }
    click(ui, cx, state, at, &response);
}

fn paint_ground(ui: &Ui, line: Rect, selected: bool, hovered: bool) {
    let theme = kit::theme(ui);
    if selected {
        ui.painter().rect_filled(line, 0, color(theme.accent_wash));
        let edge = line.with_max_x(line.left() + 3.0);
        ui.painter().rect_filled(edge, 0, color(theme.accent));
    } else if hovered {
        ui.painter()
            .rect_filled(line, 0, color(theme.accent_wash.with_alpha(0.5)));
    }
    let hair = Stroke::new(1.0, color(theme.line.with_alpha(0.6)));
    ui.painter()
        .hline(line.x_range(), line.bottom() - 0.5, hair);
}

/// Paints a cell; whether its words were cut.
fn paint_cell(
    ui: &Ui,
    cx: &Context<'_>,
    row: Row,
    column: &Column,
    words: &str,
    part: Rect,
) -> bool {
    let theme = kit::theme(ui);
    let mut left = part.left() + 8.0;
    if column.field == Field::Kind {
        let kind = cx.loaded.columns.kind[row as usize];
        let at = pos2(left + 6.0, part.center().y);
        kit::paint_mark(ui, at, 5.0, kind.mark(), kind.inner());
        left += 18.0;
    }
    let (weight, ink) = match column.field {
        Field::Title => (Weight::Medium, theme.text),
        Field::Date | Field::Kind | Field::Deaths | Field::Place => (Weight::Regular, theme.text),
        _ => (Weight::Regular, theme.muted),
    };
    let mut job =
        egui::text::LayoutJob::simple_singleline(words.to_owned(), font(weight, BODY), color(ink));
    job.wrap = egui::text::TextWrapping::truncate_at_width((part.right() - left - 6.0).max(1.0));
    let galley = ui.painter().layout_job(job);
    let cut = galley.elided;
    let x = if column.is_number() {
        part.right() - 22.0 - galley.size().x
    } else {
        left
    };
    let at = pos2(x, part.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color(ink));
    cut
}

/// A click selects one; with Ctrl one more or less, with Shift all from the last one to here.
fn click(ui: &Ui, cx: &mut Context<'_>, state: &mut State, at: usize, response: &Response) {
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    if !response.clicked() {
        return;
    }
    ui.memory_mut(|m| m.request_focus(keyboard_id()));
    let modifiers = ui.input(|i| i.modifiers);
    let row = state.rows()[at];
    if modifiers.shift {
        return keys::go(cx, state, at, true);
    }
    if !modifiers.command {
        return keys::go(cx, state, at, false);
    }
    state.cursor = Some(row);
    state.anchor = Some(row);
    let selected: Vec<Row> = if state.is_selected(row) {
        cx.selected.iter().copied().filter(|r| *r != row).collect()
    } else {
        cx.selected.iter().copied().chain([row]).collect()
    };
    state.select(cx, selected);
}

/// Where in all rows the lines in sight are; to be dragged or clicked.
pub(super) fn scroll_bar(ui: &mut Ui, cx: &Context<'_>, state: &mut State, track: Rect) {
    let theme = kit::theme(ui);
    let count = state.rows().len() as f64;
    let last_top = count - state.fitting;
    if last_top <= 0.0 || track.height() < 40.0 {
        return;
    }
    let id = ui.scope_id().with("scroll");
    let response = ui.interact(track, id, Sense::CLICK | Sense::DRAG);
    let label = cx.tr(text!("table-scroll"));
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, &label));
    let share = (state.fitting / count) as f32;
    let long = (track.height() * share).max(28.0);
    let way = track.height() - long;
    let y = track.top() + (state.top / last_top) as f32 * way;
    let thumb = Rect::from_min_size(pos2(track.left() + 3.0, y), vec2(6.0, long));
    if response.dragged() {
        state.top += f64::from(response.drag_delta().y / way) * last_top;
    } else if let Some(p) = response
        .interact_pointer_pos()
        .filter(|_| response.clicked())
    {
        let to = (p.y - track.top() - long / 2.0) / way;
        state.top = f64::from(to) * last_top;
    }
    state.top = state.top.clamp(0.0, last_top);
    let hot = response.hovered() || response.dragged();
    let ink = if hot { theme.muted } else { theme.faint };
    ui.painter().rect_filled(thumb, 3, color(ink));
}
