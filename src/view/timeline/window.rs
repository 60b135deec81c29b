//! The time windows under the pointer and the keyboard: their two ends, moving them, and the range
//! on show.

use super::*;
use crate::query::{Compare, Length};
use crate::scene::{Color, Theme};

/// What a window of time is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Filter,
    A,
    B,
}

impl Which {
    pub fn ink(self, theme: &Theme) -> Color {
        match self {
            Which::Filter => theme.accent,
            Which::A => theme.compare_a,
            Which::B => theme.compare_b,
        }
    }

    /// Its letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Which::Filter => "",
            Which::A => "A",
            Which::B => "B",
        }
    }
}

/// First and last day of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeWindow {
    pub which: Which,
    pub from: i32,
    pub to: i32,
}

impl TimeWindow {
    fn holds(&self, hour: i64) -> bool {
        (self.from..=self.to).contains(&day_of(hour))
    }
}

/// The two that are compared, else that of the filter where it has one, an open end at the data's.
pub(super) fn windows_of(cx: &Context<'_>) -> Vec<TimeWindow> {
    if let Some(Compare { a, b }) = cx.workspace.compare {
        return [(Which::A, a), (Which::B, b)]
            .map(|(which, (from, to))| TimeWindow {
                which,
                from: day_number(from),
                to: day_number(to),
            })
            .into();
    }
    let f = &cx.workspace.filter;
    let Some(extent) = cx.loaded.columns.day_extent() else {
        return Vec::new();
    };
    let window = (f.from.is_some() || f.to.is_some()).then(|| TimeWindow {
        which: Which::Filter,
        from: f.from.map_or(extent.0, day_number),
        to: f.to.map_or(extent.1, day_number),
    });
    window.into_iter().collect()
}

/// The two ends of a window: sliders by name, for the keyboard and for screen readers.
pub(super) fn handles(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    axis: &Axis,
    width: BinWidth,
    window: TimeWindow,
) {
    let theme = kit::theme(ui);
    let (which, from, to) = (window.which, window.from, window.to);
    for (is_from, day, edge) in [(true, from, from), (false, to, to + 1)] {
        let x = axis.x(hour_of(edge));
        if !axis.plot.expand(1.0).x_range().contains(x) {
            continue;
        }
        let ink = which.ink(&theme);
        let (top, bottom) = (axis.plot.top(), axis.plot.bottom());
        ui.painter()
            .vline(x, top..=bottom, Stroke::new(2.0, color(ink)));
        let grip = Rect::from_center_size(pos2(x, (top + bottom) / 2.0), vec2(8.0, 26.0));
        ui.painter().rect_filled(grip, 4, color(ink));
        let area = Rect::from_x_y_ranges(x - GRIP..=x + GRIP, top..=bottom);
        let id = ui.scope_id().with((which.letter(), is_from));
        let response = ui.interact(area, id, Sense::click_and_drag());
        let label = handle_name(cx, which, is_from, day);
        response.widget_info(|| WidgetInfo::slider(true, f64::from(day), &label));
        kit::focus_ring(ui, grip, &response);
        if response.drag_started() {
            let end = if is_from { End::From } else { End::To };
            state.drag = Some(Drag { which, end });
        }
        let steps = arrow_steps(ui, &response);
        if steps != 0 {
            let moved = if is_from {
                step_bin(width, day, steps)
            } else {
                step_bin(width, day + 1, steps) - 1
            };
            let (a, b) = if is_from {
                (moved.min(to), to)
            } else {
                (from, moved.max(from))
            };
            set_window(cx, which, a, b);
        }
        response
            .on_hover_cursor(CursorIcon::ResizeHorizontal)
            .on_hover_text(label);
    }
}

fn handle_name(cx: &Context<'_>, which: Which, is_from: bool, day: i32) -> String {
    let key = if is_from {
        text!("time-first-day"; date)
    } else {
        text!("time-last-day"; date)
    };
    let name = cx.tr_args(key, &[("date", &date(cx.lang, date_of(day)))]);
    match which {
        Which::Filter => name,
        which => format!("{} · {name}", which.letter()),
    }
}

/// Presses of the right arrow less those of the left, on a control that has the keyboard.
fn arrow_steps(ui: &Ui, response: &egui::Response) -> i32 {
    if !response.has_focus() {
        return 0;
    }
    keep_arrows(ui, response);
    let presses = |key| ui.input(|i| i.num_presses(key)) as i32;
    presses(egui::Key::ArrowRight) - presses(egui::Key::ArrowLeft)
}

/// Arrows belong to the control, not to moving between controls.
fn keep_arrows(ui: &Ui, response: &egui::Response) {
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
}

/// The edge of a bin beside `day`.
fn step_bin(width: BinWidth, day: i32, steps: i32) -> i32 {
    let (start, last) = width.days(day);
    match steps {
        s if s > 0 => last + 1,
        _ => width.days(start - 1).0,
    }
}

/// Sets the first and last day of a window.
pub(super) fn set_window(cx: &mut Context<'_>, which: Which, from: i32, to: i32) {
    let days = (date_of(from), date_of(to));
    let compare = match (which, cx.workspace.compare) {
        (Which::A, Some(compare)) => Compare { a: days, ..compare },
        (Which::B, Some(compare)) => Compare { b: days, ..compare },
        _ => {
            return cx.set_filter(|f| (f.from, f.to) = (Some(days.0), Some(days.1)));
        }
    };
    if cx.workspace.compare != Some(compare) {
        cx.commands.push(Command::SetCompare(Some(compare)));
    }
}

/// Drags and clicks on the bars. Where two are compared, what is begun outside of both makes a new
/// B, or with Shift a new A.
pub(super) fn drag_window(
    ui: &Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    response: &egui::Response,
    axis: &Axis,
    bars: &Histogram,
    windows: &[TimeWindow],
) {
    let (pointer, origin, shift) = ui.input(|i| {
        let shift = i.modifiers.shift;
        (i.pointer.interact_pos(), i.pointer.press_origin(), shift)
    });
    let new = match (cx.workspace.compare.is_some(), shift) {
        (false, _) => Which::Filter,
        (true, false) => Which::B,
        (true, true) => Which::A,
    };
    if response.drag_started_by(egui::PointerButton::Primary)
        && let Some(origin) = origin
    {
        let at = axis.hour_on_show(origin.x);
        let held = windows.iter().rev().find(|w| w.holds(at) && !shift);
        state.drag = Some(match held {
            Some(w) => Drag {
                which: w.which,
                end: End::Both {
                    at,
                    from: w.from,
                    to: w.to,
                },
            },
            None => Drag {
                which: new,
                end: End::New(at),
            },
        });
    }
    if response.clicked()
        && let Some(p) = pointer
        && let Some(bin) = bars.at(axis.hour(p.x)).filter(|bin| bin.units() > 0)
    {
        let days = (day_of(bin.start_hour), day_of(bin.end_hour - 1));
        set_window(cx, new, days.0, days.1);
    }
    if response.double_clicked() && new == Which::Filter {
        cx.set_filter(|f| (f.from, f.to) = (None, None));
    }
    if let (Some(drag), Some(p)) = (state.drag, pointer) {
        let hour = axis.hour_on_show(p.x);
        drag_to(cx, drag, (axis, bars.width), hour, windows);
        if ui.input(|i| !i.pointer.any_down()) {
            state.drag = None;
        }
    } else if response.dragged_by(egui::PointerButton::Secondary)
        || response.dragged_by(egui::PointerButton::Middle)
    {
        let hours_a_px = (axis.end - axis.first) as f32 / axis.plot.width().max(1.0);
        state.pan_hours -= response.drag_delta().x * hours_a_px;
    }
}

/// Windows are of whole days and end where bars do, or months and years that are as near.
fn drag_to(
    cx: &mut Context<'_>,
    drag: Drag,
    (axis, width): (&Axis, BinWidth),
    hour: i64,
    windows: &[TimeWindow],
) {
    let floor = |hour: i64| day_of(width.floor(hour));
    let ceil = |hour: i64| day_of(width.next(width.floor(hour)) - 1);
    let which = drag.which;
    let window = windows.iter().find(|w| w.which == which);
    match (drag.end, window) {
        (End::New(start), _) => {
            let (first, last) = (start.min(hour), start.max(hour));
            let from = snapped(axis, floor(first), floor(first));
            let to = snapped(axis, ceil(last) + 1, from + 1) - 1;
            set_window(cx, which, from, to.max(from));
        }
        (End::From, Some(w)) => {
            let from = snapped(axis, floor(hour), i32::MIN);
            set_window(cx, which, from.min(w.to), w.to);
        }
        (End::To, Some(w)) => {
            let to = snapped(axis, ceil(hour) + 1, w.from + 1) - 1;
            set_window(cx, which, w.from, to.max(w.from));
        }
        (End::Both { at, from, to }, _) => {
            let length = Length::of(from, to);
            let moved = hour_of(from) + hour - at;
            // A month that is moved stays a month.
            let moved = day_of(
                length
                    .unit
                    .max(width)
                    .floor(moved + length.unit.hours() as i64 / 2),
            );
            set_window(cx, which, moved, length.last_from(moved));
        }
        _ => {}
    }
}

/// How near the first day of a month or a year is to be to be meant, points.
const SNAP: f32 = 5.0;

/// The first day of a year or a month where one is as near to `day` as makes no difference to the eye, but not
/// before `least`.
fn snapped(axis: &Axis, day: i32, least: i32) -> i32 {
    let x = axis.x(hour_of(day));
    let near = |unit: BinWidth| {
        let start = unit.days(day).0;
        let next = unit.days(day).1 + 1;
        let edges = [start, next].into_iter().filter(|edge| *edge >= least);
        let distance = |edge: &i32| (axis.x(hour_of(*edge)) - x).abs();
        let nearest = edges.min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        (distance(&nearest) <= SNAP).then_some(nearest)
    };
    near(BinWidth::Year)
        .or_else(|| near(BinWidth::Month))
        .unwrap_or(day)
        .max(least)
}

/// The wheel zooms around the pointer; sideways, and the right or middle button, it pans.
pub(super) fn wheel(
    ui: &Ui,
    state: &mut State,
    response: &egui::Response,
    axis: &Axis,
    all: (i64, i64),
) {
    if state.pan_hours.abs() >= 1.0 {
        let hours = state.pan_hours.trunc();
        state.pan_hours -= hours;
        pan(state, all, hours as i64);
    }
    let Some(p) = response.hover_pos() else {
        return;
    };
    let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta, i.zoom_delta()));
    // Two notches of most wheels halve or double what is on show.
    state.zoom_levels += f64::from(scroll.y) / 240.0 + f64::from(pinch.log2());
    // Whole hours are shown: less than this would be lost in rounding.
    if state.zoom_levels.abs() > 0.08 {
        let factor = (-state.zoom_levels).exp2();
        state.zoom_levels = 0.0;
        zoom(state, all, factor, Some(axis.hour(p.x)));
    }
    let hours_a_px = (axis.end - axis.first) as f32 / axis.plot.width().max(1.0);
    state.pan_hours -= scroll.x * hours_a_px;
}

/// With the keyboard on the bars: left and right pan, up and down zoom.
pub(super) fn keyboard(
    ui: &Ui,
    state: &mut State,
    response: &egui::Response,
    plot: Rect,
    all: (i64, i64),
) {
    if !response.has_focus() {
        return;
    }
    kit::focus_ring(ui, plot, response);
    let (first, end) = state.range.unwrap_or(all);
    let steps = i64::from(arrow_steps(ui, response));
    if steps != 0 {
        pan(state, all, steps * ((end - first) / 10).max(1));
    }
    let presses = |key| ui.input(|i| i.num_presses(key)) as i32;
    let closer = presses(egui::Key::ArrowUp) - presses(egui::Key::ArrowDown);
    if closer != 0 {
        zoom(state, all, f64::from(-closer).exp2(), None);
    }
}

/// Hours that are shown at least, and bars.
const LEAST_HOURS: f64 = 12.0;
const LEAST_BARS: f64 = 4.0;

/// Shows `factor` times as many hours, keeping `around` where it is.
pub(super) fn zoom(state: &mut State, all: (i64, i64), factor: f64, around: Option<i64>) {
    let (first, end) = state.range.unwrap_or(all);
    let around = around
        .unwrap_or(first + (end - first) / 2)
        .clamp(first, end);
    let length = (end - first) as f64;
    let least = LEAST_HOURS.max(LEAST_BARS * state.finest().hours());
    let wanted = (length * factor).clamp(least.min(length), (all.1 - all.0) as f64);
    let share = (around - first) as f64 / length.max(1.0);
    let start = (around as f64 - share * wanted).round() as i64;
    show_range(state, all, start, wanted.round() as i64);
}

/// Moves what is on show by so many hours.
fn pan(state: &mut State, all: (i64, i64), hours: i64) {
    let (first, end) = state.range.unwrap_or(all);
    show_range(state, all, first + hours, end - first);
}

/// Shows the window while it plays: what comes into sight comes from the right.
pub(super) fn follow(cx: &Context<'_>, state: &mut State, all: (i64, i64)) {
    let Some((first, end)) = state.range else {
        return;
    };
    let Some(window) = windows_of(cx).into_iter().next() else {
        return;
    };
    let (from, until) = (hour_of(window.from), hour_of(window.to + 1));
    if until > end || until <= first {
        let length = end - first;
        // The window at the left, with room for it to move on.
        let start = from.max(until - length) - length / 10;
        show_range(state, all, start, length);
    }
}

pub(super) fn show_range(state: &mut State, all: (i64, i64), first: i64, hours: i64) {
    let first = first.min(all.1 - hours).max(all.0);
    let range = (first, (first + hours).min(all.1));
    state.range = (range != all).then_some(range);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::HOURS;

    #[test]
    fn days_are_not_looked_into_where_nobody_knows_more() {
        let all = (0, 35 * 8766);
        let mut state = State {
            finest: Some(BinWidth::Day),
            ..State::default()
        };
        for _ in 0..20 {
            zoom(&mut state, all, 0.5, Some(123_456));
        }
        let (first, end) = state.range.unwrap();
        assert_eq!(end - first, 4 * HOURS);
        assert_eq!(whole((20_122, 20_125), BinWidth::Day), (482_928, 483_024));
    }

    #[test]
    fn from_decades_down_to_hours_and_back_around_one_moment() {
        let all = (0, 35 * 8766);
        let mut state = State::default();
        let moment = 123_456;
        for _ in 0..20 {
            zoom(&mut state, all, 0.5, Some(moment));
            let (first, end) = state.range.unwrap();
            assert!((first..=end).contains(&moment));
        }
        let (first, end) = state.range.unwrap();
        assert_eq!(end - first, LEAST_HOURS as i64);
        pan(&mut state, all, i64::from(i32::MAX));
        assert_eq!(state.range.unwrap().1, all.1);
        for _ in 0..20 {
            zoom(&mut state, all, 2.0, None);
        }
        assert_eq!(state.range, None);
        pan(&mut state, all, -5);
        assert_eq!(state.range, None);
    }
}
