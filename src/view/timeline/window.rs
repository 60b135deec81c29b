//! The time window under the pointer and the keyboard: its two ends, moving it, the range on show.

use super::*;

/// The two ends of the window: sliders by name, for the keyboard and for screen readers.
pub(super) fn handles(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    axis: &Axis,
    width: BinWidth,
    from: i32,
    to: i32,
) {
    for (is_from, day, edge, name) in [
        (true, from, from, "time-first-day"),
        (false, to, to + 1, "time-last-day"),
    ] {
        let x = axis.x(edge);
        if !axis.plot.expand(1.0).x_range().contains(x) {
            continue;
        }
        let theme = cx.theme;
        let (top, bottom) = (axis.plot.top(), axis.plot.bottom());
        ui.painter()
            .vline(x, top..=bottom, Stroke::new(2.0, color(theme.accent)));
        let grip = Rect::from_center_size(pos2(x, (top + bottom) / 2.0), vec2(8.0, 26.0));
        ui.painter().rect_filled(grip, 4, color(theme.accent));
        let area = Rect::from_x_y_ranges(x - GRIP..=x + GRIP, top..=bottom);
        let response = ui.interact(area, ui.scope_id().with(name), Sense::click_and_drag());
        let label = cx.tr_args(name, &[("date", &date(cx.lang, date_of(day)))]);
        response.widget_info(|| WidgetInfo::slider(true, f64::from(day), &label));
        widgets::focus_ring(ui, theme, grip, &response);
        if response.drag_started() {
            state.drag = Some(if is_from { Drag::From } else { Drag::To });
        }
        let mut steps = 0;
        if response.has_focus() {
            ui.memory_mut(|m| {
                m.set_focus_lock_filter(
                    response.id,
                    egui::EventFilter {
                        horizontal_arrows: true,
                        ..Default::default()
                    },
                );
            });
            ui.input(|i| {
                steps += i.num_presses(egui::Key::ArrowRight) as i32;
                steps -= i.num_presses(egui::Key::ArrowLeft) as i32;
            });
        }
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
            set_window(cx, a, b);
        }
        response
            .on_hover_cursor(CursorIcon::ResizeHorizontal)
            .on_hover_text(label);
    }
}

fn step_bin(width: BinWidth, day: i32, steps: i32) -> i32 {
    let start = width.floor(day);
    match steps {
        s if s > 0 => width.next(start),
        _ => width.floor(start - 1),
    }
}

fn set_window(cx: &mut Context<'_>, from: i32, to: i32) {
    cx.set_filter(|f| {
        f.from = Some(date_of(from));
        f.to = Some(date_of(to));
    });
}

pub(super) fn drag_window(
    ui: &Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    response: &egui::Response,
    axis: &Axis,
    bars: &Histogram,
) {
    let pointer = ui.input(|i| i.pointer.interact_pos());
    let floor = |day: i32| bars.width.floor(day);
    let ceil = |day: i32| bars.width.next(bars.width.floor(day)) - 1;
    let window = window_of(cx);
    if response.drag_started()
        && let Some(origin) = ui.input(|i| i.pointer.press_origin())
    {
        let day = axis.day(origin.x);
        state.drag = Some(match window {
            Some((from, to)) if (from..=to).contains(&day) => Drag::Move { at: day, from, to },
            _ => Drag::New(day),
        });
    }
    if response.clicked()
        && let Some(p) = pointer
    {
        let day = axis.day(p.x);
        if let Some(bin) = bars
            .bins
            .iter()
            .find(|b| (b.start_day..b.end_day).contains(&day))
        {
            set_window(cx, bin.start_day, bin.end_day - 1);
        }
    }
    if response.double_clicked() {
        cx.set_filter(|f| (f.from, f.to) = (None, None));
    }
    let (Some(drag), Some(p)) = (state.drag, pointer) else {
        return;
    };
    let day = axis.day(p.x.clamp(axis.plot.left(), axis.plot.right() - 0.5));
    match (drag, window) {
        (Drag::New(start), _) => set_window(cx, floor(start.min(day)), ceil(start.max(day))),
        (Drag::From, Some((_, to))) => set_window(cx, floor(day).min(to), to),
        (Drag::To, Some((from, _))) => set_window(cx, from, ceil(day).max(from)),
        (Drag::Move { at, from, to }, _) => {
            let moved = floor(from + day - at);
            set_window(cx, moved, moved + (to - from));
        }
        _ => {}
    }
    if ui.input(|i| !i.pointer.any_down()) {
        state.drag = None;
    }
}

pub(super) fn wheel(
    ui: &Ui,
    state: &mut State,
    response: &egui::Response,
    axis: &Axis,
    extent: (i32, i32),
) {
    let Some(p) = response.hover_pos() else {
        return;
    };
    let scroll = ui.input(|i| i.smooth_scroll_delta.y + 100.0 * (i.zoom_delta() - 1.0));
    if scroll.abs() > 0.1 {
        let day = axis.day(p.x);
        zoom(
            state,
            extent,
            (-f64::from(scroll) / 240.0).exp2(),
            Some(day),
        );
    }
}

/// Shows `factor` times as many days, keeping `around` where it is.
pub(super) fn zoom(state: &mut State, extent: (i32, i32), factor: f64, around: Option<i32>) {
    let (first, last) = state.range.unwrap_or(extent);
    let around = f64::from(around.unwrap_or(first + (last - first) / 2));
    let (left, right) = (f64::from(first) - around, f64::from(last) - around);
    let first = ((around + left * factor).round() as i32).max(extent.0);
    let last = ((around + right * factor).round() as i32).min(extent.1);
    // Two weeks at least.
    if last - first >= 13 {
        state.range = ((first, last) != extent).then_some((first, last));
    }
}
