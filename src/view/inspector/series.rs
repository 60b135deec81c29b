//! What was measured at a place: bars over time, and every number with where it stands.

use super::{Context, lines};
use crate::domain::when::day_number;
use crate::domain::{Measured, StoredSeries, StoredValue};
use crate::locale::{date, number, number_f64, period};
use crate::scene::Weight;
use crate::view::kit;
use crate::view::theme::{SMALL, color, font};
use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeMap;

/// The first and the last line of each import that gives values.
pub(super) fn lines(series: &[StoredSeries]) -> BTreeMap<i64, (u64, u64)> {
    let mut lines = BTreeMap::new();
    for v in series.iter().flat_map(|s| &s.values) {
        let span: &mut (u64, u64) = lines.entry(v.import_id).or_insert((v.line, v.line));
        *span = (span.0.min(v.line), span.1.max(v.line));
    }
    lines
}

/// One measure: what is counted, bars over time, and every number with where it stands.
pub(super) fn show(ui: &mut Ui, cx: &Context<'_>, series: &StoredSeries) {
    let known = series.values.iter().filter_map(|v| v.measured.value);
    let (n, sum) = known.fold((0_u64, 0.0), |(n, sum), v| (n + 1, sum + v));
    let title = match series.measure.is_empty() {
        true => cx.tr(text!("way-series")),
        false => series.measure.clone(),
    };
    kit::section(ui, &title, |_| {});
    let (Some(first), Some(last)) = (series.values.first(), series.values.last()) else {
        return;
    };
    let span = period(cx.lang, first.measured.from, last.measured.to);
    let told = format!("{} {}", value_words(sum), series.unit);
    let unknown = series.values.len() as u64 - n;
    let mut line = cx.tr(text!(
        "way-series-sum",
        sum = told.trim(),
        n = number(n),
        period = span
    ));
    if unknown > 0 {
        let more = cx.tr(text!("way-series-unknown", n = number(unknown)));
        line = format!("{line} {more}");
    }
    kit::body(ui, &line);
    bars(ui, cx, series, &format!("{title}. {line}"));
    let id = ui.make_persistent_id(("series", &series.measure, &series.unit));
    let state =
        egui::collapsing_header::CollapsingState::load_with_default_open(ui.ctx(), id, false);
    let open = state.is_open();
    let shown = number(series.values.len() as u64);
    let key = if open {
        text!("way-numbers-hide"; n)
    } else {
        text!("way-numbers-show"; n)
    };
    let name = cx.tr_args(key, &[("n", &shown)]);
    if kit::link(ui, &name).clicked() {
        let mut state = state;
        state.set_open(!open);
        state.store(ui.ctx());
    }
    if open {
        numbers(ui, cx, &series.values);
    }
}

/// A bar a value, as wide as its days; where nobody gave a number a hatch stands, not nothing.
fn bars(ui: &mut Ui, cx: &Context<'_>, series: &StoredSeries, spoken: &str) {
    let theme = kit::theme(ui);
    const HEIGHT: f32 = 64.0;
    let values = &series.values;
    let (Some(first), Some(last)) = (values.first(), values.iter().map(|v| v.measured.to).max())
    else {
        return;
    };
    let size = vec2(ui.available_width(), HEIGHT + 16.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, spoken));
    let plot = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + HEIGHT));
    let start = day_number(first.measured.from);
    let days = (day_number(last) - start + 1).max(1) as f32;
    let known = values.iter().filter_map(|v| v.measured.value);
    let (low, high) = known.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let range = (high - low).max(f64::MIN_POSITIVE);
    let y = |v: f64| plot.bottom() - ((v - low) / range) as f32 * (HEIGHT - 2.0);
    let x = |d: i32| plot.left() + (d - start) as f32 / days * plot.width();
    let pointer = response.hover_pos();
    let mut under = None;
    for value in values {
        let Measured { from, to, value: n } = value.measured;
        let (left, right) = (x(day_number(from)), x(day_number(to) + 1));
        let right = (right - 0.8).max(left + 0.8);
        let column = Rect::from_min_max(pos2(left, plot.top()), pos2(right, plot.bottom()));
        let hovered = pointer.is_some_and(|p| p.x >= left && p.x < x(day_number(to) + 1));
        if hovered {
            under = Some(value);
        }
        let Some(n) = n else {
            unknown(ui, column);
            continue;
        };
        let (a, b) = (y(0.0), y(n));
        let bar = Rect::from_min_max(pos2(left, a.min(b)), pos2(right, a.max(b)));
        let ink = if hovered {
            theme.accent
        } else {
            theme.movement
        };
        ui.painter().rect_filled(bar, 0, color(ink));
    }
    let pen = egui::Stroke::new(1.0, color(theme.line));
    ui.painter().hline(plot.x_range(), y(0.0), pen);
    let ends = [
        (rect.left_bottom(), Align2::LEFT_BOTTOM, first.measured.from),
        (rect.right_bottom(), Align2::RIGHT_BOTTOM, last),
    ];
    for (at, anchor, day) in ends {
        let (face, ink) = (font(Weight::Regular, SMALL), color(theme.muted));
        ui.painter().text(at, anchor, date(cx.lang, day), face, ink);
    }
    if let Some(value) = under {
        response.on_hover_text_at_pointer(value_line(cx, value));
    }
}

fn value_line(cx: &Context<'_>, v: &StoredValue) -> String {
    let when = period(cx.lang, v.measured.from, v.measured.to);
    let said = v
        .measured
        .value
        .map_or_else(|| cx.tr(text!("card-not-reported")), value_words);
    format!("{when}: {said}")
}

/// Every number, newest first, with the line that gives it.
fn numbers(ui: &mut Ui, cx: &Context<'_>, values: &[StoredValue]) {
    const MOST: usize = 600;
    for v in values.iter().rev().take(MOST) {
        let file = lines::import(cx, v.import_id).map_or("?", |i| &i.file_name);
        let from = lines::place(cx, file, (v.line, v.line));
        lines::two_tone(ui, &value_line(cx, v), &from);
    }
    let hidden = values.len().saturating_sub(MOST);
    if hidden > 0 {
        let more = cx.tr(text!("way-numbers-more", n = number(hidden as u64)));
        kit::note(ui, more);
    }
}

/// `1,234.5`, of whatever unit.
pub(super) fn value_words(value: f64) -> String {
    match value >= 0.0 && value.fract() == 0.0 && value < 1e15 {
        true => number(value as u64),
        false => number_f64(value, 2),
    }
}

/// Where nobody gave a number.
fn unknown(ui: &Ui, column: Rect) {
    let theme = kit::theme(ui);
    let wash = color(theme.faint.with_alpha(0.25));
    ui.painter().rect_filled(column, 0, wash);
    if column.width() > 7.0 {
        let (face, ink) = (font(Weight::Regular, 11.0), color(theme.muted));
        ui.painter()
            .text(column.center(), Align2::CENTER_CENTER, "?", face, ink);
    }
}
