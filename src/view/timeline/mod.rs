//! Incidents over time: a sentence, then bars with a window to drag, or two to compare. Outside of
//! the window the bars fade instead of vanishing. Instead of the bars: weekday by hour, or the
//! months of the year.

mod axis;
mod bars;
mod compare;
mod controls;
mod cyclic;
mod period;
mod ranges;
mod summary;
mod tables;
mod window;

use axis::{Axis, paint_axis};
use bars::{Hovered, bars, peak_text, select_bin};
use controls::controls;
use summary::summary;
use window::{
    TimeWindow, Which, drag_window, handles, keyboard, set_window, wheel, windows_of, zoom,
};

use crate::domain::Mark;
use crate::domain::when::{date_of, day_number};
use crate::index::Row;
use crate::locale::{date, date_range, month_short, number, number_f64};
use crate::query::{
    Bars, Bin, BinWidth, Figure, Histogram, Part, day_of, hour_of, hours_of, incidents_of, rows_in,
};
use crate::scene::Weight;
use crate::session::{Command, Panel, Step, TimeMode};
use crate::view::kit;
use crate::view::theme::{BODY, NUMBER, SMALL, color, font};
use crate::view::{Context, icons};
use egui::{Align2, CursorIcon, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use jiff::civil::Date;

/// Height of the panel, points.
pub const HEIGHT: f32 = 182.0;
/// Bars at most: each stays wide enough to be told from the next.
const MOST_BARS: i32 = 240;
/// Half the width of a handle that can be caught, points.
const GRIP: f32 = 7.0;

/// What the panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shape {
    #[default]
    OverTime,
    WeekHours,
    Months,
}

/// The hours on show and the drag under way; not saved.
#[derive(Default)]
pub struct State {
    shape: Shape,
    /// Hours `[first, end)` on show; all of the case where `None`.
    range: Option<(i64, i64)>,
    /// Which part is on show was settled for this case.
    begun: bool,
    /// What the dates of the case allow at best; looked up once.
    finest: Option<BinWidth>,
    /// Of the wheel and of panning: what is too little for a step yet.
    zoom_levels: f64,
    pan_hours: f32,
    drag: Option<Drag>,
    cached: Option<Cached>,
    hovered: Option<Hovered>,
    cyclic: Option<cyclic::Cached>,
    compare: compare::State,
    /// The period of the filter while somebody types.
    typed: Option<period::Typed>,
    /// The table of the bars while it is open, and the unit it was asked for in.
    table: Option<tables::Table>,
    table_unit: Option<BinWidth>,
}

/// The bars on show, until case, filter or range change.
struct Cached {
    generation: u64,
    range: (i64, i64),
    figure: Figure,
    counted: Bars,
    bars: Histogram,
    /// What lies in the time of the same length before the window.
    before: Option<summary::Before>,
}

#[derive(Clone, Copy)]
struct Drag {
    which: Which,
    end: End,
}

/// What of a window is held.
#[derive(Clone, Copy)]
enum End {
    /// A new window from this hour on.
    New(i64),
    From,
    To,
    /// The whole window, caught at this hour of it.
    Both {
        at: i64,
        from: i32,
        to: i32,
    },
}

impl State {
    /// Back to the whole case, as after another one is opened.
    pub fn reset(&mut self) {
        *self = State::default();
    }

    fn finest(&self) -> BinWidth {
        self.finest.unwrap_or(BinWidth::Hour)
    }
}

/// Lower in a small window.
pub fn sized(panel: egui::Panel, room: f32) -> egui::Panel {
    panel.exact_size(if room < 760.0 { 150.0 } else { HEIGHT })
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let playing = cx.playing;
    let Some(extent) = cx.loaded.columns.day_extent() else {
        return;
    };
    let finest = *state
        .finest
        .get_or_insert_with(|| BinWidth::finest_of(&cx.loaded.columns));
    let all = whole(extent, finest);
    if !std::mem::replace(&mut state.begun, true) {
        ranges::begin(cx, state, all);
    }
    if playing {
        window::follow(cx, state, all);
    }
    refresh(cx, state, state.range.unwrap_or(all));
    controls(ui, cx, state, all, playing);
    ui.add_space(4.0);
    let rect = ui.available_rect_before_wrap();
    match state.shape {
        Shape::OverTime => over_time(ui, cx, state, rect, all, playing),
        Shape::WeekHours => cyclic::week(ui, cx, state, rect),
        Shape::Months => cyclic::year(ui, cx, state, rect),
    }
    ui.allocate_rect(rect, Sense::hover());
}

/// The hours of the case, in whole bars.
fn whole((first, last): (i32, i32), finest: BinWidth) -> (i64, i64) {
    let (first, end) = (hour_of(first), hour_of(last + 1));
    let width = BinWidth::fitting(end - first, MOST_BARS).max(finest);
    (width.floor(first), width.next(width.floor(end - 1)))
}

fn over_time(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    rect: Rect,
    all: (i64, i64),
    playing: bool,
) {
    let left_w = if cx.workspace.compare.is_some() {
        compare::WIDTH
    } else {
        220.0
    };
    let left = Rect::from_min_max(rect.min, pos2(rect.left() + left_w, rect.bottom()));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(left).id_salt("numbers"));
    if cx.workspace.compare.is_some() {
        compare::numbers(&mut child, cx, &mut state.compare);
    } else {
        summary(&mut child, cx, state);
    }
    let plot = Rect::from_min_max(
        pos2(left.right() + 26.0, rect.top()),
        pos2(rect.right() - 4.0, rect.bottom() - 18.0),
    );
    bars(ui, cx, state, plot, all, playing);
}

/// The bars of the range, and what is said beside them.
fn refresh(cx: &Context<'_>, state: &mut State, range: (i64, i64)) {
    let generation = cx.derived.generation;
    let figure = cx.workspace.figure;
    let last = state.cached.take();
    let last = last.filter(|c| (c.range, c.figure) == (range, figure));
    if last.as_ref().is_some_and(|c| c.generation == generation) {
        state.cached = last;
        return;
    }
    let (columns, judged) = (&cx.loaded.columns, &cx.derived.judged);
    let since = |c: &Cached| cx.derived.changes_since(c.generation).is_some();
    let followed = last.filter(since).map(|c| c.counted);
    let followed = followed.and_then(|mut bars| bars.follow(columns, judged).then_some(bars));
    let counted = followed.unwrap_or_else(|| {
        let width = BinWidth::fitting(range.1 - range.0, MOST_BARS).max(state.finest());
        Bars::new(columns, judged, Part::Time.bit(), (figure, range, width))
    });
    state.cached = Some(Cached {
        generation,
        range,
        figure,
        bars: counted.histogram(columns, judged),
        counted,
        before: summary::before(cx),
    });
}

/// A bar in words: `3 Feb 2025, 06:00`, `3 Feb 2025`, `week of 3 Feb 2025`, `Feb 2025`, `2025`, `2020–2029`.
fn bin_name(cx: &Context<'_>, width: BinWidth, bin: &Bin) -> String {
    let d = date_of(day_of(bin.start_hour));
    match width {
        BinWidth::Hour => format!(
            "{}, {:02}:00",
            date(cx.lang, d),
            bin.start_hour.rem_euclid(24)
        ),
        BinWidth::Day => date(cx.lang, d),
        BinWidth::Week => cx.tr(text!("time-week-of", date = date(cx.lang, d))),
        BinWidth::Month => format!("{} {}", month_short(cx.lang, d.month()), d.year()),
        BinWidth::Year => d.year().to_string(),
        BinWidth::Decade => format!("{}–{}", d.year(), d.year() + 9),
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

/// A number that leads to its rows: text that acts on a click.
fn number_button(ui: &mut Ui, text: &str, weight: Weight, size: f32, name: &str) -> egui::Response {
    let theme = kit::theme(ui);
    let ink = if size >= NUMBER || weight == Weight::SemiBold {
        theme.text
    } else {
        theme.muted
    };
    let galley = kit::galley(ui, text, weight, size, ink);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let hot = response.hovered() || response.has_focus();
    let ink = color(if hot { theme.accent } else { ink });
    if hot {
        let line = Stroke::new(1.0, ink);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
    }
    ui.painter()
        .galley_with_override_text_color(rect.min, galley, ink);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
