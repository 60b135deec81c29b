//! The bars: painted, named under the pointer.

use super::*;

const ORDER: [Mark; 7] = [
    Mark::ArmedViolence,
    Mark::StateAction,
    Mark::Coercion,
    Mark::Seizure,
    Mark::Explosive,
    Mark::Unrest,
    Mark::Context,
];

pub(super) fn bars(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    plot: Rect,
    all: (i64, i64),
    playing: bool,
) {
    let Some(cached) = state.cached.take() else {
        return;
    };
    let axis = Axis {
        plot,
        first: cached.range.0,
        end: cached.range.1,
    };
    let response = ui.interact(
        plot.expand2(vec2(GRIP, 0.0)),
        ui.scope_id().with("bars"),
        Sense::click_and_drag(),
    );
    let label = cx.tr(text!("time-bars"));
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &label));
    let windows = windows_of(cx);
    paint_windows(ui, &axis, &windows);
    paint_bars(ui, &axis, &cached.bars, &windows);
    paint_axis(ui, cx, &axis, cached.bars.width);
    for window in &windows {
        handles(ui, cx, state, &axis, cached.bars.width, *window);
    }
    drag_window(ui, cx, state, &response, &axis, &cached.bars, &windows);
    if playing && state.drag.is_some() {
        // Whose hand is on the window moves it.
        cx.commands.push(Command::Play(false));
    }
    wheel(ui, state, &response, &axis, all);
    keyboard(ui, state, &response, plot, all);
    hover_bar(cx, state, &response, &axis, &cached.bars);
    peak_button(ui, cx, plot, &cached.bars);
    state.cached = Some(cached);
}

fn paint_windows(ui: &Ui, axis: &Axis, windows: &[TimeWindow]) {
    let theme = kit::theme(ui);
    for window in windows {
        let (left, right) = (axis.x(hour_of(window.from)), axis.x(hour_of(window.to + 1)));
        let rect = Rect::from_x_y_ranges(left..=right.max(left + 1.0), axis.plot.y_range())
            .intersect(axis.plot);
        let fill = match window.which {
            Which::Filter => theme.accent_wash,
            which => which.ink(&theme).with_alpha(0.13),
        };
        ui.painter().rect_filled(rect, 0, color(fill));
    }
}

/// What is inside the time window stands below in full, what is not above it and faded.
fn paint_bars(ui: &Ui, axis: &Axis, bars: &Histogram, windows: &[TimeWindow]) {
    let theme = kit::theme(ui);
    let peak = peak_units(bars).max(1) as f32;
    let height = axis.plot.height() - 4.0;
    let comparing = windows.iter().any(|w| w.which != Which::Filter);
    let painter = ui.painter().with_clip_rect(axis.plot);
    for bin in &bars.bins {
        let (left, right) = (axis.x(bin.start_hour), axis.x(bin.end_hour));
        if right < axis.plot.left() || left > axis.plot.right() {
            continue;
        }
        let gap = if right - left > 4.0 { 1.0 } else { 0.0 };
        let touches =
            |w: &TimeWindow| hour_of(w.from) < bin.end_hour && hour_of(w.to + 1) > bin.start_hour;
        let touched = windows.is_empty() || windows.iter().any(touches);
        let full = |mark: usize| match (touched, comparing) {
            (false, _) => 0,
            (true, true) => bin.by_mark[mark],
            (true, false) => bin.inside[mark],
        };
        let mut y = axis.plot.bottom();
        for (alpha, faded) in [(0.92, false), (0.28, true)] {
            for mark in ORDER {
                let at = mark as usize;
                let units = if faded {
                    bin.by_mark[at] - full(at)
                } else {
                    full(at)
                };
                if units == 0 {
                    continue;
                }
                let top = y - units as f32 / peak * height;
                let corner = pos2((right - gap).max(left + 1.0), y);
                let rect = Rect::from_min_max(pos2(left, top), corner);
                let ink = theme.mark(mark).with_alpha(alpha);
                painter.rect_filled(rect, 0, color(ink));
                y = top;
            }
        }
    }
}

/// The tallest bar's parts: the scale of all.
fn peak_units(bars: &Histogram) -> u64 {
    bars.peak().map_or(0, Bin::units)
}

/// How many the tallest bar stands for, at the top of the scale; leads to its rows.
fn peak_button(ui: &mut Ui, cx: &mut Context<'_>, plot: Rect, bars: &Histogram) {
    let theme = kit::theme(ui);
    let Some(peak) = bars.peak().filter(|b| b.units() > 0) else {
        return;
    };
    let text = about(peak.total());
    let galley = kit::galley(ui, &text, Weight::Regular, SMALL, theme.muted);
    let corner = plot.left_top() - vec2(8.0 + galley.size().x, 0.0);
    let rect = Rect::from_min_size(corner, galley.size() + vec2(2.0, 0.0));
    let response = ui.interact(rect, ui.scope_id().with("peak"), Sense::click());
    let label = peak_text(cx, bars.width, peak);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let ink = kit::hot_ink(ui, &response, theme.muted);
    ui.painter()
        .galley_with_override_text_color(corner, galley, color(ink));
    if response
        .on_hover_text(cx.tr(text!("time-select-bar")))
        .on_hover_cursor(CursorIcon::PointingHand)
        .clicked()
    {
        select_bin(cx, peak);
    }
}

pub(super) fn peak_text(cx: &Context<'_>, width: BinWidth, peak: &Bin) -> String {
    let when = bin_name(cx, width, peak);
    // The bars may be of another unit than the rate above them.
    cx.tr(text!(
        "time-peak-" + width.code(),
        when = when,
        n = about(peak.total())
    ))
}

/// Selects all that a bar counts in whole or in part.
pub(super) fn select_bin(cx: &mut Context<'_>, bin: &Bin) {
    let rows = rows_in(
        &cx.loaded.columns,
        &cx.derived.judged,
        Part::Time.bit(),
        bin.start_hour,
        bin.end_hour,
    );
    cx.select(rows);
}

/// How many of a bar are certain to lie in it, and how many may: counted once for the bar under
/// the pointer.
#[derive(Clone, Copy)]
pub(super) struct Hovered {
    of: (u64, Figure, i64, i64),
    certain: u64,
    possible: u64,
}

fn hovered(cx: &Context<'_>, state: &mut State, bin: &Bin) -> Hovered {
    let figure = cx.workspace.figure;
    let of = (cx.derived.generation, figure, bin.start_hour, bin.end_hour);
    let known = state.hovered.filter(|h| h.of == of);
    let found = known.unwrap_or_else(|| {
        let c = &cx.loaded.columns;
        let but = Part::Time.bit();
        let rows = rows_in(c, &cx.derived.judged, but, bin.start_hour, bin.end_hour);
        let within = |row: &&crate::index::Row| {
            let (first, end) = hours_of(c, **row as usize);
            first >= bin.start_hour && end <= bin.end_hour
        };
        let n = |row: &crate::index::Row| u64::from(figure.of(c, *row));
        Hovered {
            of,
            certain: rows.iter().filter(within).map(n).sum(),
            possible: rows.iter().map(n).sum(),
        }
    });
    state.hovered = Some(found);
    found
}

fn hover_bar(
    cx: &Context<'_>,
    state: &mut State,
    response: &egui::Response,
    axis: &Axis,
    bars: &Histogram,
) {
    let Some(p) = response.hover_pos().filter(|_| !response.dragged()) else {
        return;
    };
    let Some(bin) = bars.at(axis.hour(p.x)) else {
        return;
    };
    let when = match bars.width {
        BinWidth::Week => date_range(
            cx.lang,
            date_of(day_of(bin.start_hour)),
            date_of(day_of(bin.end_hour - 1)),
        ),
        width => bin_name(cx, width, bin),
    };
    let mut lines = vec![format!("{when}: {}", cx.counted(&about(bin.total())))];
    let counted = hovered(cx, state, bin);
    if counted.certain < counted.possible {
        let [certain, possible] = [counted.certain, counted.possible].map(number);
        lines.push(cx.tr(text!(
            "time-certain-possible",
            certain = certain,
            possible = possible
        )));
    }
    for mark in Mark::ALL {
        let units = bin.by_mark[*mark as usize];
        if units > 0 {
            let name = cx.tr(text!("kind-" + mark.code()));
            lines.push(format!("{name}: {}", about(incidents_of(units))));
        }
    }
    let tip = match cx.workspace.compare {
        Some(_) => text!("time-bar-tip-compare"),
        None => text!("time-bar-tip"),
    };
    lines.push(cx.tr(tip));
    response.clone().on_hover_text_at_pointer(lines.join("\n"));
}
