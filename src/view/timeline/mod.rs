//! Incidents over time: a sentence, then bars with a window to drag. Outside of the window the
//! bars fade instead of vanishing.

mod controls;
mod summary;
mod window;

use controls::controls;
use summary::summary;
use window::{drag_window, handles, wheel, zoom};

use crate::domain::Mark;
use crate::domain::when::{date_of, day_number};
use crate::locale::{date, date_range, month_short, number, number_f64};
use crate::query::{BinWidth, Histogram, histogram};
use crate::scene::Weight;
use crate::session::{Command, Panel, Step, TimeMode};
use crate::view::theme::{BODY, NUMBER, SMALL, color, font};
use crate::view::widgets::{self, icon_button, segmented};
use crate::view::{Context, icons};
use egui::{Align2, CursorIcon, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// Bars at most: each stays wide enough to be told from the next.
const MOST_BARS: i32 = 240;
/// Half the width of a handle that can be caught, points.
const GRIP: f32 = 7.0;

/// The range of days on show and the drag under way; not saved.
#[derive(Default)]
pub struct State {
    /// First and last day on show; all of the case where `None`.
    range: Option<(i32, i32)>,
    drag: Option<Drag>,
    cached: Option<Cached>,
}

/// The bars on show, until case, filter or range change.
struct Cached {
    generation: u64,
    range: (i32, i32),
    bars: Histogram,
    /// How many of each bar pass the filter with its time window.
    inside: Vec<f64>,
}

#[derive(Clone, Copy)]
enum Drag {
    /// A new window from this day on.
    New(i32),
    From,
    To,
    /// The whole window, caught at this day of it.
    Move {
        at: i32,
        from: i32,
        to: i32,
    },
}

impl State {
    /// Back to the whole case, as after another one is opened.
    pub fn reset(&mut self) {
        *self = State::default();
    }
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, playing: bool) {
    let Some(extent) = cx.loaded.columns.day_extent() else {
        return;
    };
    let range = state.range.unwrap_or(extent);
    refresh(cx, state, range);
    controls(ui, cx, state, extent, playing);
    ui.add_space(4.0);
    let rect = ui.available_rect_before_wrap();
    let left = Rect::from_min_max(rect.min, pos2(rect.left() + 220.0, rect.bottom()));
    summary(ui, cx, state, left);
    let plot = Rect::from_min_max(
        pos2(left.right() + 12.0, rect.top()),
        pos2(rect.right() - 4.0, rect.bottom() - 18.0),
    );
    bars(ui, cx, state, plot, range, extent);
    ui.allocate_rect(rect, Sense::hover());
}

/// The histogram of the range, and how many of each bar pass the filter with its time window.
fn refresh(cx: &Context<'_>, state: &mut State, range: (i32, i32)) {
    let generation = cx.derived.generation;
    if state
        .cached
        .as_ref()
        .is_some_and(|c| c.generation == generation && c.range == range)
    {
        return;
    }
    let width = BinWidth::fitting(range.1 - range.0 + 1, MOST_BARS);
    let bars = histogram(
        &cx.loaded.columns,
        &cx.derived.any_time,
        range.0,
        range.1,
        width,
    );
    let inside = histogram(
        &cx.loaded.columns,
        &cx.derived.selection,
        range.0,
        range.1,
        width,
    );
    let inside = inside.bins.iter().map(crate::query::Bin::total).collect();
    state.cached = Some(Cached {
        generation,
        range,
        bars,
        inside,
    });
}

fn bin_name(cx: &Context<'_>, width: BinWidth, day: i32) -> String {
    let d = date_of(day);
    match width {
        BinWidth::Day | BinWidth::Week => date(cx.lang, d),
        BinWidth::Month => format!("{} {}", month_short(cx.lang, d.month()), d.year()),
        BinWidth::Year => d.year().to_string(),
    }
}

/// A count that may hold fractions of incidents whose dates are uncertain: `12`, `3.4`.
fn about(n: f64) -> String {
    if n >= 100.0 || (n - n.round()).abs() < 0.05 {
        number(n.round() as u64)
    } else {
        number_f64(n, 1)
    }
}

/// Days to the plot and back.
struct Axis {
    plot: Rect,
    first: i32,
    /// One past the last day.
    end: i32,
}

impl Axis {
    fn x(&self, day: i32) -> f32 {
        let share = f64::from(day - self.first) / f64::from(self.end - self.first).max(1.0);
        self.plot.left() + share as f32 * self.plot.width()
    }

    fn day(&self, x: f32) -> i32 {
        let share = f64::from((x - self.plot.left()) / self.plot.width().max(1.0));
        self.first + (share * f64::from(self.end - self.first)).floor() as i32
    }
}

fn bars(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    plot: Rect,
    range: (i32, i32),
    extent: (i32, i32),
) {
    let Some(Cached { bars, inside, .. }) = state.cached.take() else {
        return;
    };
    let width = bars.width;
    let axis = Axis {
        plot,
        first: bars.bins.first().map_or(range.0, |b| b.start_day),
        end: bars.bins.last().map_or(range.1 + 1, |b| b.end_day),
    };
    let response = ui.interact(
        plot.expand2(vec2(GRIP, 0.0)),
        ui.scope_id().with("bars"),
        Sense::click_and_drag(),
    );
    let label = cx.tr("time-bars");
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &label));
    let window = window_of(cx);
    paint_window(ui, cx, &axis, window);
    paint_bars(ui, cx, &axis, &bars, &inside, window);
    paint_axis(ui, cx, &axis, width);
    if let Some((from, to)) = window {
        handles(ui, cx, state, &axis, width, from, to);
    }
    drag_window(ui, cx, state, &response, &axis, &bars);
    wheel(ui, state, &response, &axis, extent);
    hover_bar(cx, &response, &axis, &bars);
    state.cached = Some(Cached {
        generation: cx.derived.generation,
        range,
        bars,
        inside,
    });
}

/// First and last day of the time window, an open end at the data's.
fn window_of(cx: &Context<'_>) -> Option<(i32, i32)> {
    let f = &cx.workspace.filter;
    let extent = cx.loaded.columns.day_extent()?;
    (f.from.is_some() || f.to.is_some()).then(|| {
        (
            f.from.map_or(extent.0, day_number),
            f.to.map_or(extent.1, day_number),
        )
    })
}

fn paint_window(ui: &Ui, cx: &Context<'_>, axis: &Axis, window: Option<(i32, i32)>) {
    if let Some((from, to)) = window {
        let (left, right) = (axis.x(from), axis.x(to + 1));
        let rect = Rect::from_x_y_ranges(left..=right.max(left + 1.0), axis.plot.y_range())
            .intersect(axis.plot);
        ui.painter()
            .rect_filled(rect, 0, color(cx.theme.accent_wash));
    }
}

fn paint_bars(
    ui: &Ui,
    cx: &Context<'_>,
    axis: &Axis,
    bars: &Histogram,
    inside: &[f64],
    window: Option<(i32, i32)>,
) {
    const ORDER: [Mark; 7] = [
        Mark::ArmedViolence,
        Mark::StateAction,
        Mark::Coercion,
        Mark::Seizure,
        Mark::Explosive,
        Mark::Unrest,
        Mark::Context,
    ];
    let peak = bars.peak().map_or(1.0, crate::query::Bin::total).max(1.0) as f32;
    let height = axis.plot.height() - 4.0;
    for (bin, inside) in bars.bins.iter().zip(inside) {
        let (left, right) = (axis.x(bin.start_day), axis.x(bin.end_day));
        let gap = if right - left > 4.0 { 1.0 } else { 0.0 };
        let is_in = window
            .is_none_or(|(from, to)| *inside > 0.0 && bin.start_day <= to && bin.end_day > from);
        let mut y = axis.plot.bottom();
        for mark in ORDER {
            let n = bin.by_mark[mark as usize];
            if n <= 0.0 {
                continue;
            }
            let top = y - n as f32 / peak * height;
            let ink = cx
                .theme
                .mark(mark)
                .with_alpha(if is_in { 0.92 } else { 0.28 });
            let rect = Rect::from_min_max(pos2(left, top), pos2((right - gap).max(left + 1.0), y));
            ui.painter().rect_filled(rect, 0, color(ink));
            y = top;
        }
    }
    let peak_label = about(f64::from(peak));
    ui.painter().text(
        axis.plot.left_top() - vec2(4.0, -4.0),
        Align2::RIGHT_CENTER,
        peak_label,
        font(Weight::Regular, SMALL),
        color(cx.theme.muted),
    );
}

/// A line under the bars with as many dates as fit.
fn paint_axis(ui: &Ui, cx: &Context<'_>, axis: &Axis, width: BinWidth) {
    let theme = cx.theme;
    ui.painter().hline(
        axis.plot.x_range(),
        axis.plot.bottom(),
        Stroke::new(1.0, color(theme.faint)),
    );
    let days = (axis.end - axis.first).max(1);
    let px_a_day = axis.plot.width() / days as f32;
    // Months between labels, the first that leaves 46 points each.
    let months = [1, 2, 3, 6, 12, 24, 60, 120, 240]
        .into_iter()
        .find(|m| *m as f32 * 30.4 * px_a_day > 46.0)
        .unwrap_or(480);
    let mut date = date_of(axis.first).first_of_month();
    if width == BinWidth::Day && px_a_day > 9.0 {
        paint_days(ui, cx, axis, px_a_day);
        return;
    }
    let mut last_right = f32::NEG_INFINITY;
    while day_number(date) <= axis.end {
        let number_of_month = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let x = axis.x(day_number(date));
        if number_of_month % months == 0
            && x >= axis.plot.left() - 1.0
            && x <= axis.plot.right() - 12.0
            && x > last_right
        {
            let is_year = date.month() == 1;
            let label = if is_year {
                date.year().to_string()
            } else {
                month_short(cx.lang, date.month())
            };
            let ink = if is_year { theme.text } else { theme.muted };
            ui.painter().vline(
                x,
                axis.plot.bottom()..=axis.plot.bottom() + 3.0,
                Stroke::new(1.0, color(theme.faint)),
            );
            let at = pos2(x, axis.plot.bottom() + 11.0);
            last_right = ui
                .painter()
                .text(
                    at,
                    Align2::LEFT_CENTER,
                    label,
                    font(Weight::Regular, SMALL),
                    color(ink),
                )
                .right()
                + 6.0;
        }
        match date.checked_add(jiff::Span::new().months(1)) {
            Ok(next) => date = next,
            Err(_) => break,
        }
    }
}

fn paint_days(ui: &Ui, cx: &Context<'_>, axis: &Axis, px_a_day: f32) {
    let every = (46.0 / px_a_day).ceil().max(1.0) as i32;
    for day in (axis.first..axis.end).filter(|d| d.rem_euclid(every) == 0) {
        let (d, x) = (date_of(day), axis.x(day));
        let label = format!("{} {}", d.day(), month_short(cx.lang, d.month()));
        if x < axis.plot.right() - 30.0 {
            ui.painter().text(
                pos2(x, axis.plot.bottom() + 11.0),
                Align2::LEFT_CENTER,
                label,
                font(Weight::Regular, SMALL),
                color(cx.theme.muted),
            );
        }
    }
}

fn hover_bar(cx: &Context<'_>, response: &egui::Response, axis: &Axis, bars: &Histogram) {
    let Some(p) = response.hover_pos().filter(|_| !response.dragged()) else {
        return;
    };
    let day = axis.day(p.x);
    let Some(bin) = bars
        .bins
        .iter()
        .find(|b| (b.start_day..b.end_day).contains(&day))
    else {
        return;
    };
    let when = match bars.width {
        BinWidth::Week => date_range(cx.lang, date_of(bin.start_day), date_of(bin.end_day - 1)),
        width => bin_name(cx, width, bin.start_day),
    };
    let mut lines = vec![format!(
        "{when}: {}",
        cx.tr_args("n-incidents", &[("n", &about(bin.total()))])
    )];
    for mark in Mark::ALL {
        let n = bin.by_mark[*mark as usize];
        if n > 0.0 {
            lines.push(format!(
                "{}: {}",
                cx.tr(&format!("kind-{}", mark.code())),
                about(n)
            ));
        }
    }
    response.clone().on_hover_text_at_pointer(lines.join("\n"));
}

/// Height of the panel, points.
pub const HEIGHT: f32 = 182.0;
