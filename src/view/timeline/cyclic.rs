//! By the clock and by the calendar: a grid of weekday by hour, and the months of the year. Each
//! cell leads to its rows.

use super::*;
use crate::query::{
    HOUR_UNKNOWN, WeekHours, may_lie_in_month, months, passing, week_hour_of, week_hours,
};

/// What is on show, until case or filter change.
pub(super) struct Cached {
    generation: u64,
    figure: Figure,
    week: WeekHours,
    /// Parts of incidents by month.
    months: [u64; 12],
    /// Weekday and hour that the keyboard is on.
    cursor: (usize, usize),
}

fn cached(cx: &Context<'_>, state: &mut State) -> Cached {
    let (generation, figure) = (cx.derived.generation, cx.workspace.figure);
    let before = state.cyclic.take();
    let cursor = before.as_ref().map_or((0, 0), |c| c.cursor);
    before
        .filter(|c| (c.generation, c.figure) == (generation, figure))
        .unwrap_or_else(|| Cached {
            generation,
            figure,
            week: week_hours(&cx.loaded.columns, &cx.derived.judged, figure),
            months: months(&cx.loaded.columns, &cx.derived.judged, figure),
            cursor,
        })
}

/// Room at the left for what the counts are of, points.
const LEFT_W: f32 = 220.0;

fn parts(rect: Rect) -> (Rect, Rect) {
    let left = Rect::from_min_max(rect.min, pos2(rect.left() + LEFT_W, rect.bottom()));
    let plot = Rect::from_min_max(
        pos2(left.right() + 48.0, rect.top()),
        pos2(rect.right() - 4.0, rect.bottom() - 16.0),
    );
    (left, plot)
}

/// Where the counts are said.
fn numbers_at(ui: &mut Ui, left: Rect) -> Ui {
    let at = egui::UiBuilder::new().max_rect(left).id_salt("numbers");
    let mut ui = ui.new_child(at);
    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
    ui
}

/// A grid of seven weekdays by 24 hours.
pub(super) fn week(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, rect: Rect) {
    let theme = kit::theme(ui);
    let mut shown = cached(cx, state);
    let (left, plot) = parts(rect);
    week_numbers(ui, cx, &shown.week, left);
    let hours = shown.week.cells.iter().flat_map(|day| &day[..HOUR_UNKNOWN]);
    if hours.copied().max() == Some(0) {
        weekdays(ui, cx, plot, &shown.week);
        state.cyclic = Some(shown);
        return;
    }
    let grid = Grid { plot };
    let response = ui.interact(
        plot,
        ui.scope_id().with("week"),
        Sense::focusable_noninteractive(),
    );
    let name = cx.tr(text!("time-shape-week"));
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &name));
    let most = shown.week.cells.as_flattened().iter().copied().max();
    let most = most.unwrap_or(0).max(1);
    for weekday in 0..7 {
        for hour in 0..=HOUR_UNKNOWN {
            cell(ui, cx, &grid, &shown.week, (weekday, hour), most);
        }
    }
    week_labels(ui, cx, &grid);
    if response.has_focus() {
        shown.cursor = moved(ui, &response, shown.cursor);
        let stroke = Stroke::new(2.0, color(theme.accent));
        let at = grid.cell(shown.cursor).expand(1.0);
        ui.painter()
            .rect_stroke(at, 2, stroke, egui::StrokeKind::Outside);
        if ui.input(|i| i.key_pressed(egui::Key::Enter)) {
            select_cell(cx, shown.cursor);
        }
    }
    state.cyclic = Some(shown);
}

struct Grid {
    plot: Rect,
}

impl Grid {
    fn cell(&self, (weekday, hour): (usize, usize)) -> Rect {
        // What has no hour stands apart, twice as wide: its heading needs the room.
        const APART: f32 = 0.6;
        let size = vec2(self.plot.width() / (26.0 + APART), self.plot.height() / 7.0);
        let is_apart = hour == HOUR_UNKNOWN;
        let columns = hour as f32 + if is_apart { APART } else { 0.0 };
        let corner = self.plot.min + vec2(size.x * columns, size.y * weekday as f32);
        let width = if is_apart { 2.0 * size.x } else { size.x };
        Rect::from_min_size(corner, vec2(width, size.y) - vec2(1.5, 1.5))
    }
}

fn week_numbers(ui: &mut Ui, cx: &mut Context<'_>, week: &WeekHours, left: Rect) {
    let ui = &mut numbers_at(ui, left);
    // Of hours where any is known, else of days.
    let sum = |to: usize| -> u64 {
        let cells = week.cells.iter().flat_map(|day| &day[..to]);
        cells.map(|n| u64::from(*n)).sum()
    };
    let has_hours = sum(HOUR_UNKNOWN) > 0;
    let (key, to) = match has_hours {
        true => (text!("time-of-day-known"), HOUR_UNKNOWN),
        false => (text!("time-day-known"), HOUR_UNKNOWN + 1),
    };
    let what = cx.tr(text!("figure-" + cx.workspace.figure.code()));
    let caption = format!("{what}, {}", cx.tr(key));
    kit::note(ui, &caption);
    let known = number(sum(to));
    let name = format!("{caption}: {known}");
    if number_button(ui, &known, Weight::SemiBold, NUMBER, &name)
        .on_hover_text(cx.tr(text!("time-select-these")))
        .clicked()
    {
        let c = &cx.loaded.columns;
        cx.select(passing(&cx.derived.judged, |row| {
            week_hour_of(c, row).is_some_and(|(_, hour)| !has_hours || hour != HOUR_UNKNOWN)
        }));
    }
    let unknown = number(u64::from(week.unknown));
    let text = cx.tr(text!("time-weekday-unknown", n = unknown));
    if number_button(ui, &text, Weight::Regular, 12.0, &text)
        .on_hover_text(cx.tr(text!("time-select-these")))
        .clicked()
    {
        let c = &cx.loaded.columns;
        cx.select(passing(&cx.derived.judged, |row| {
            week_hour_of(c, row).is_none()
        }));
    }
}

fn cell(
    ui: &Ui,
    cx: &mut Context<'_>,
    grid: &Grid,
    week: &WeekHours,
    at: (usize, usize),
    most: u32,
) {
    let theme = kit::theme(ui);
    let n = week.cells[at.0][at.1];
    let rect = grid.cell(at);
    let fill = match n {
        0 => theme.line.mix(theme.panel, 0.5),
        // From a wash to the full accent: the root tells few from fewer.
        n => {
            let share = (f64::from(n) / f64::from(most)).sqrt() as f32;
            theme.accent_wash.mix(theme.accent, 0.15 + 0.85 * share)
        }
    };
    ui.painter().rect_filled(rect, 2, color(fill));
    let response = ui.interact(rect, ui.scope_id().with(("cell", at)), Sense::CLICK);
    let hour = match at.1 {
        HOUR_UNKNOWN => cx.tr(text!("time-hour-unknown")).to_lowercase(),
        hour => format!("{hour:02}:00–{:02}:00", hour + 1),
    };
    let name = format!(
        "{} {hour}: {}",
        cx.tr(text!("weekday-" + at.0 + 1)),
        cx.counted(&number(u64::from(n)))
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() {
        let stroke = Stroke::new(1.5, color(theme.text));
        ui.painter()
            .rect_stroke(rect, 2, stroke, egui::StrokeKind::Inside);
    }
    if response.on_hover_text(name).clicked() {
        select_cell(cx, at);
    }
}

fn select_cell(cx: &mut Context<'_>, at: (usize, usize)) {
    let c = &cx.loaded.columns;
    cx.select(passing(&cx.derived.judged, |row| {
        week_hour_of(c, row) == Some(at)
    }));
}

fn week_labels(ui: &Ui, cx: &Context<'_>, grid: &Grid) {
    let theme = kit::theme(ui);
    let (font, ink) = (font(Weight::Regular, SMALL), color(theme.muted));
    for weekday in 0..7 {
        let at = grid.cell((weekday, 0)).left_center() - vec2(8.0, 0.0);
        let name = cx.tr(text!("weekday-" + weekday + 1));
        ui.painter()
            .text(at, Align2::RIGHT_CENTER, name, font.clone(), ink);
    }
    for hour in (0..24).step_by(3) {
        let at = pos2(grid.cell((0, hour)).left(), grid.plot.bottom() + 8.0);
        let name = format!("{hour:02}:00");
        ui.painter()
            .text(at, Align2::LEFT_CENTER, name, font.clone(), ink);
    }
    let last = grid.cell((0, HOUR_UNKNOWN));
    let at = pos2(last.right(), grid.plot.bottom() + 8.0);
    let name = cx.tr(text!("time-hour-unknown"));
    ui.painter().text(at, Align2::RIGHT_CENTER, name, font, ink);
}

/// Where the arrow keys lead.
fn moved(ui: &Ui, response: &egui::Response, (weekday, hour): (usize, usize)) -> (usize, usize) {
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
    let presses = |key| ui.input(|i| i.num_presses(key)) as i32;
    let by = |less, more| presses(more) - presses(less);
    let step = |at: usize, by: i32, len: i32| (at as i32 + by).rem_euclid(len) as usize;
    use egui::Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp};
    (
        step(weekday, by(ArrowUp, ArrowDown), 7),
        step(hour, by(ArrowLeft, ArrowRight), HOUR_UNKNOWN as i32 + 1),
    )
}

/// A bar a month of the year.
pub(super) fn year(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, rect: Rect) {
    let shown = cached(cx, state);
    let (left, plot) = parts(rect);
    year_numbers(ui, cx, left);
    let most = shown.months.iter().copied().max().unwrap_or(0).max(1);
    for (i, units) in shown.months.iter().enumerate() {
        let month = i as i8 + 1;
        let bar = CycleBar {
            at: (i, 12),
            name: &month_short(cx.lang, month),
            n: incidents_of(*units),
            most: incidents_of(most),
        };
        if cycle_bar(ui, cx, plot, &bar) {
            let c = &cx.loaded.columns;
            cx.select(passing(&cx.derived.judged, |row| {
                may_lie_in_month(c, row, month)
            }));
        }
    }
    baseline(ui, plot);
    state.cyclic = Some(shown);
}

fn year_numbers(ui: &mut Ui, cx: &mut Context<'_>, left: Rect) {
    let ui = &mut numbers_at(ui, left);
    let caption = cx.tr(text!("time-shape-year"));
    kit::note(ui, &caption);
    let n = number(cx.derived.selection.len() as u64);
    let name = cx.tr(text!("n-incidents", n = n));
    if number_button(ui, &n, Weight::SemiBold, NUMBER, &name)
        .on_hover_text(cx.tr(text!("time-select-these")))
        .clicked()
    {
        cx.select(cx.derived.selection.rows.iter().copied());
    }
    let note = cx.tr(text!("time-months-note"));
    kit::note(ui, note);
}

/// One bar of a few side by side, with its number above and its name below.
struct CycleBar<'a> {
    /// Its place among how many.
    at: (usize, usize),
    name: &'a str,
    /// Of what is counted, and of the tallest.
    n: f64,
    most: f64,
}

/// Whether it was clicked.
fn cycle_bar(ui: &Ui, cx: &Context<'_>, plot: Rect, bar: &CycleBar<'_>) -> bool {
    let theme = kit::theme(ui);
    let (i, of) = bar.at;
    let width = plot.width() / of as f32;
    let left = plot.left() + width * i as f32;
    let column = Rect::from_min_max(pos2(left, plot.top()), pos2(left + width, plot.bottom()));
    let response = ui.interact(column, ui.scope_id().with(("bar", of, i)), Sense::click());
    let n = about(bar.n);
    let name = format!("{}: {}", bar.name, cx.counted(&n));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let hot = response.hovered() || response.has_focus();
    // Room for the number above the tallest.
    let height = (plot.height() - 16.0) * (bar.n / bar.most) as f32;
    let rect = Rect::from_min_max(
        pos2(left + width * 0.12, plot.bottom() - height),
        pos2(left + width * 0.88, plot.bottom()),
    );
    let ink = if hot {
        theme.accent
    } else {
        theme.accent.with_alpha(0.72)
    };
    ui.painter().rect_filled(rect, 2, color(ink));
    let font = font(Weight::Regular, SMALL);
    let ink = if hot { theme.text } else { theme.muted };
    for (y, text) in [
        (rect.top() - 8.0, n.as_str()),
        (plot.bottom() + 8.0, bar.name),
    ] {
        ui.painter().text(
            pos2(column.center().x, y),
            Align2::CENTER_CENTER,
            text,
            font.clone(),
            color(ink),
        );
    }
    kit::focus_ring(ui, column, &response);
    let tip = format!("{name}\n{}", cx.tr(text!("time-select-bar")));
    response.on_hover_text(tip).clicked()
}

/// A bar a weekday, where no hour is known: a grid of hours would be empty.
fn weekdays(ui: &Ui, cx: &mut Context<'_>, plot: Rect, week: &WeekHours) {
    let sums = week.cells.map(|day| f64::from(day[HOUR_UNKNOWN]));
    let most = sums.iter().copied().fold(1.0, f64::max);
    let names = [1, 2, 3, 4, 5, 6, 7].map(|day| cx.tr(text!("weekday-" + day)));
    for (day, n) in sums.into_iter().enumerate() {
        let bar = CycleBar {
            at: (day, 7),
            name: &names[day],
            n,
            most,
        };
        if cycle_bar(ui, cx, plot, &bar) {
            select_cell(cx, (day, HOUR_UNKNOWN));
        }
    }
    baseline(ui, plot);
}

fn baseline(ui: &Ui, plot: Rect) {
    let theme = kit::theme(ui);
    let pen = Stroke::new(1.0, color(theme.faint));
    ui.painter().hline(plot.x_range(), plot.bottom(), pen);
}
