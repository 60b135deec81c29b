//! Incidents over time: a sentence, then bars with a window to drag. Outside of the window the
//! bars fade instead of vanishing.

use super::theme::{BODY, NUMBER, SMALL, color, font};
use super::widgets::{self, icon_button, segmented};
use super::{Context, icons};
use crate::domain::Mark;
use crate::domain::when::{date_of, day_number};
use crate::locale::{date, date_range, month_short, number, number_f64};
use crate::query::{BinWidth, Histogram, histogram};
use crate::scene::Weight;
use crate::session::{Command, Panel, Step, TimeMode};
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

fn controls(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    extent: (i32, i32),
    playing: bool,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (icon, name) = if playing {
            (icons::PAUSE_FILL, "time-pause")
        } else {
            (icons::PLAY_FILL, "time-play")
        };
        if icon_button(ui, cx.theme, icon, &cx.tr(name), playing).clicked() {
            cx.commands.push(Command::Play(!playing));
        }
        for (icon, name, steps) in [
            (icons::SKIP_BACK, "time-back", -1),
            (icons::SKIP_FORWARD, "time-forward", 1),
        ] {
            if icon_button(ui, cx.theme, icon, &cx.tr(name), false).clicked() {
                cx.commands.push(Command::Step(steps));
            }
        }
        speed_menu(ui, cx);
        let modes = [cx.tr("time-window"), cx.tr("time-cumulative")];
        let labels: Vec<&str> = modes.iter().map(String::as_str).collect();
        let current = usize::from(cx.workspace.timeline.mode == TimeMode::Cumulative);
        if let Some(i) = segmented(ui, cx.theme, &labels, current, None) {
            let mode = if i == 1 {
                TimeMode::Cumulative
            } else {
                TimeMode::Window
            };
            cx.commands
                .push(Command::SetTimeline(crate::session::Timeline {
                    mode,
                    ..cx.workspace.timeline
                }));
        }
        ui.add_space(8.0);
        sentence(ui, cx, state);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(
                ui,
                cx.theme,
                icons::CARET_DOWN,
                &cx.tr("fold-timeline"),
                false,
            )
            .clicked()
            {
                cx.commands.push(Command::Fold(Panel::Timeline));
            }
            let shown = state.range.unwrap_or(extent);
            let years = format!("{} – {}", date_of(shown.0).year(), date_of(shown.1).year());
            if widgets::button(ui, cx.theme, None, &years, widgets::Loudness::Plain)
                .on_hover_text(cx.tr("time-show-all"))
                .clicked()
            {
                state.range = None;
            }
            if icon_button(ui, cx.theme, icons::PLUS, &cx.tr("time-zoom-in"), false).clicked() {
                zoom(state, extent, 0.5, None);
            }
            if icon_button(ui, cx.theme, icons::MINUS, &cx.tr("time-zoom-out"), false).clicked() {
                zoom(state, extent, 2.0, None);
            }
        });
    });
}

/// Step and speed of the play button, in one menu.
fn speed_menu(ui: &mut Ui, cx: &mut Context<'_>) {
    let timeline = cx.workspace.timeline;
    let step_name = |step: Step| cx.tr(&format!("step-{}", step.width().code()));
    let label = cx.tr_args(
        "time-speed",
        &[
            ("n", &timeline.speed.to_string()),
            ("step", &step_name(timeline.step)),
        ],
    );
    let response = widgets::dropdown(ui, cx.theme, &label).on_hover_text(cx.tr("time-speed-tip"));
    let mut changed = timeline;
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(160.0);
        widgets::section(ui, cx.theme, &cx.tr("time-step"), |_| {});
        for step in Step::ALL {
            if ui
                .selectable_label(timeline.step == step, step_name(step))
                .clicked()
            {
                changed.step = step;
            }
        }
        widgets::section(ui, cx.theme, &cx.tr("time-steps-a-second"), |_| {});
        ui.horizontal(|ui| {
            for speed in [1_u8, 2, 4, 8] {
                if ui
                    .selectable_label(timeline.speed == speed, speed.to_string())
                    .clicked()
                {
                    changed.speed = speed;
                }
            }
        });
    });
    if changed != timeline {
        cx.commands.push(Command::SetTimeline(changed));
    }
}

/// What the window is, in words.
fn sentence(ui: &mut Ui, cx: &Context<'_>, state: &State) {
    let filter = &cx.workspace.filter;
    let width = state
        .cached
        .as_ref()
        .map_or(BinWidth::Month, |c| c.bars.width);
    let by = cx.tr(&format!("time-by-{}", width.code()));
    match (filter.from, filter.to) {
        (None, None) => {
            widgets::text(ui, cx.tr("time-all"), Weight::SemiBold, BODY, cx.theme.text);
        }
        (from, to) => {
            let words = match (from, to) {
                (Some(from), Some(to)) => date_range(cx.lang, from, to),
                (Some(from), None) => cx.tr_args("time-from", &[("date", &date(cx.lang, from))]),
                (_, Some(to)) => cx.tr_args("time-until", &[("date", &date(cx.lang, to))]),
                _ => String::new(),
            };
            widgets::text(ui, words, Weight::SemiBold, BODY, cx.theme.text);
        }
    }
    let uncertain = cx.derived.selection.uncertain_dates;
    let text = if uncertain > 0 && (filter.from.is_some() || filter.to.is_some()) {
        let n = number(u64::from(uncertain));
        format!("{by} · {}", cx.tr_args("time-uncertain", &[("n", &n)]))
    } else {
        by
    };
    let galley = ui.painter().layout_no_wrap(
        text.clone(),
        font(Weight::Regular, BODY),
        color(cx.theme.muted),
    );
    // Room for the buttons at the right; the sentence gives way first.
    if galley.size().x < ui.available_width() - 210.0 {
        widgets::text(ui, text, Weight::Regular, BODY, cx.theme.muted);
    }
}

/// At the left: the rate in the window, against the time before.
fn summary(ui: &Ui, cx: &Context<'_>, state: &State, rect: Rect) {
    let Some(Cached { bars, .. }) = &state.cached else {
        return;
    };
    let width = bars.width;
    let extent = cx.loaded.columns.day_extent().unwrap_or((0, 0));
    let filter = &cx.workspace.filter;
    let from = filter.from.map_or(extent.0, day_number).max(extent.0);
    let to = filter.to.map_or(extent.1, day_number).min(extent.1);
    let days_a_unit = match width {
        BinWidth::Day => 1.0,
        BinWidth::Week => 7.0,
        BinWidth::Month => 30.436_875,
        BinWidth::Year => 365.2425,
    };
    let units = (f64::from(to - from + 1) / days_a_unit).max(1.0);
    let rate = cx.derived.selection.len() as f64 / units;
    let theme = cx.theme;
    let painter = ui.painter();
    let caption = cx.tr(&format!("time-rate-{}", width.code()));
    painter.text(
        rect.min + vec2(2.0, 8.0),
        Align2::LEFT_CENTER,
        caption,
        font(Weight::Regular, 12.0),
        color(theme.muted),
    );
    let decimals = usize::from(rate < 10.0);
    let big = if rate >= 1000.0 {
        number(rate.round() as u64)
    } else {
        number_f64(rate, decimals)
    };
    let at = rect.min + vec2(2.0, 34.0);
    let big_rect = painter.text(
        at,
        Align2::LEFT_CENTER,
        big,
        font(Weight::SemiBold, NUMBER),
        color(theme.text),
    );
    if let Some(text) = against_before(cx, from, to) {
        painter.text(
            pos2(big_rect.right() + 8.0, at.y + 3.0),
            Align2::LEFT_CENTER,
            text,
            font(Weight::Regular, 12.0),
            color(theme.muted),
        );
    }
    if let Some(peak) = bars.peak().filter(|b| b.total() > 0.0) {
        let when = bin_name(cx, bars.width, peak.start_day);
        let text = cx.tr_args("time-peak", &[("when", &when), ("n", &about(peak.total()))]);
        painter.text(
            rect.min + vec2(2.0, 60.0),
            Align2::LEFT_CENTER,
            text,
            font(Weight::Regular, 12.0),
            color(theme.muted),
        );
    }
}

/// The window's count against that of the same length before it, where there is a whole such
/// time in the data.
fn against_before(cx: &Context<'_>, from: i32, to: i32) -> Option<String> {
    cx.workspace.filter.from?;
    let length = to - from + 1;
    let first = cx.loaded.columns.day_extent()?.0;
    if from - length < first {
        return None;
    }
    let c = &cx.loaded.columns;
    let within = |a: i32, b: i32| {
        let rows = &cx.derived.any_time.rows;
        let start = rows.partition_point(|r| c.start_day[*r as usize] < a);
        let end = rows.partition_point(|r| c.start_day[*r as usize] <= b);
        end.saturating_sub(start)
    };
    let (now, before) = (within(from, to), within(from - length, from - 1));
    (before > 0).then(|| {
        let times = number_f64(now as f64 / before as f64, 1);
        cx.tr_args("time-against-before", &[("times", &times)])
    })
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

/// The two ends of the window: sliders by name, for the keyboard and for screen readers.
fn handles(
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

fn drag_window(
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

fn wheel(ui: &Ui, state: &mut State, response: &egui::Response, axis: &Axis, extent: (i32, i32)) {
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
fn zoom(state: &mut State, extent: (i32, i32), factor: f64, around: Option<i32>) {
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
