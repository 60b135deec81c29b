//! Several incidents: how many, when and how many died; what they are made of, each number leading
//! to its rows; and a line each.

use super::{Context, State};
use crate::domain::when::date_of;
use crate::index::Row;
use crate::locale::{TextKey, date_range, month_short, number};
use crate::query::{BinWidth, Figure, Group, Summary};
use crate::scene::{Color, Weight};
use crate::session::{Command, Panel};
use crate::view::chips;
use crate::view::kit;
use crate::view::theme::{BODY, ROW_H, SMALL, color, font};
use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Up to so many the list says more than charts.
const FEW: usize = 40;
/// Lines of the list at most: the table has them all.
const MOST_LINES: usize = 10_000;
/// Bars of a list before it is unfolded, and at most.
const FIRST_BARS: usize = 6;
const MOST_BARS: usize = 500;

/// What is on show of some rows.
pub(super) struct Summarized {
    rows: Arc<[Row]>,
    /// The generation of the filter, where they are all that it lets through.
    of_all: Option<u64>,
    figure: Figure,
    summary: Summary,
}

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let figure = cx.workspace.figure;
    let is_current = |s: &Summarized| Arc::ptr_eq(&s.rows, cx.selected) && s.figure == figure;
    if !state.summary.as_ref().is_some_and(is_current) {
        state.summary = Some(Summarized {
            rows: cx.selected.clone(),
            of_all: None,
            figure,
            summary: Summary::of(&cx.loaded.columns, cx.selected, figure),
        });
        state.unfolded = [false; 3];
    }
    let Some(shown) = state.summary.take() else {
        return;
    };
    let (rows, summary) = (&shown.rows, &shown.summary);
    sums(ui, cx, rows, summary);
    let as_list = state.as_list.unwrap_or(rows.len() <= FEW);
    ui.add_space(6.0);
    let views = [cx.tr(text!("summary-charts")), cx.tr(text!("summary-list"))];
    let width = ui.available_width();
    match kit::segmented(ui, &views, usize::from(as_list), Some(width)) {
        Some(i) => state.as_list = Some(i == 1),
        None if as_list => list(ui, cx, rows),
        None => {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| charts(ui, cx, state, rows, summary));
        }
    }
    state.summary = Some(shown);
}

/// Rows of which the charts are made while nothing is selected: more are summed up when they are.
const MOST_SHOWN: usize = 100_000;

/// What all that is shown is made of.
pub(super) fn all_shown(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let selection = &cx.derived.selection;
    // Of two times the timeline and the map tell; charts of all times would contradict them.
    if selection.is_empty() || cx.workspace.compare.is_some() {
        return;
    }
    if selection.len() > MOST_SHOWN {
        let n = number(selection.len() as u64);
        let words = cx.tr(text!("summary-of-shown", n = n));
        if kit::link(ui, &words).clicked() {
            cx.select(selection.rows.iter().copied());
        }
        return;
    }
    let (figure, generation) = (cx.workspace.figure, cx.derived.generation);
    let is_current = |s: &Summarized| s.of_all == Some(generation) && s.figure == figure;
    if !state.summary.as_ref().is_some_and(is_current) {
        let rows: Arc<[Row]> = selection.rows.as_slice().into();
        let summary = Summary::of(&cx.loaded.columns, &rows, figure);
        state.summary = Some(Summarized {
            rows,
            of_all: Some(generation),
            figure,
            summary,
        });
    }
    if let Some(shown) = state.summary.take() {
        charts(ui, cx, state, &shown.rows, &shown.summary);
        state.summary = Some(shown);
    }
}

fn sums(ui: &mut Ui, cx: &Context<'_>, rows: &[Row], summary: &Summary) {
    let title = cx.tr(text!("n-incidents", n = number(rows.len() as u64)));
    kit::title(ui, title);
    let period = summary
        .days
        .map(|(first, last)| date_range(cx.lang, date_of(first), date_of(last)));
    let all_unknown = summary.deaths_unknown as usize == rows.len();
    let deaths = chips::deaths(cx, summary.deaths, all_unknown);
    for line in period.into_iter().chain([deaths]) {
        kit::quiet(ui, line);
    }
}

fn charts(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, rows: &[Row], s: &Summary) {
    let theme = kit::theme(ui);
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = 2.0;
    let by = match s.width {
        Some(width) => text!("time-by-" + width.code()),
        None => return,
    };
    kit::section(ui, &cx.tr(by), |_| {});
    times(ui, cx, s, &mut chosen);
    let muted = theme.muted;
    let kinds = s.kinds.iter().map(|(kind, n)| Bar {
        name: cx.tr(text!("kind-" + kind.code())),
        n: *n,
        ink: theme.mark(kind.mark()),
        group: Group::Kind(*kind),
    });
    let actors = s.actors.iter().map(|(id, n)| Bar {
        name: cx.loaded.columns.actors.get(*id).to_owned(),
        n: *n,
        ink: muted,
        group: Group::Actor(*id),
    });
    let states = s.states.iter().map(|(path, n)| Bar {
        name: match path.rsplit(crate::domain::filter::PATH).next() {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => cx.tr(text!("summary-no-state")),
        },
        n: *n,
        ink: muted,
        group: Group::State(path.clone()),
    });
    let lists: [(TextKey, usize, &mut dyn Iterator<Item = Bar>); 3] = [
        (text!("summary-kinds"), s.kinds.len(), &mut { kinds }),
        (text!("summary-actors"), s.actors.len(), &mut { actors }),
        (text!("summary-states"), s.states.len(), &mut { states }),
    ];
    for (i, (key, len, bars)) in lists.into_iter().enumerate() {
        if len == 0 {
            continue;
        }
        let shown = if state.unfolded[i] {
            MOST_BARS
        } else {
            FIRST_BARS
        };
        let bars: Vec<Bar> = bars.take(shown).collect();
        kit::section(ui, &cx.tr(key), |ui| {
            if len > FIRST_BARS && !state.unfolded[i] {
                let all = cx.tr(text!("summary-all", n = number(len as u64)));
                state.unfolded[i] = kit::link(ui, &all).clicked();
            }
        });
        let longest = bars.first().map_or(1, |b| b.n);
        for bar in bars {
            if bar_line(ui, cx, &bar, longest) {
                chosen = Some(bar.group);
            }
        }
    }
    ui.add_space(16.0);
    if let Some(group) = chosen {
        let part = group.of(&cx.loaded.columns, rows);
        state.narrow(cx, part);
    }
}

/// A group with how many it has.
struct Bar {
    name: String,
    n: u32,
    ink: Color,
    group: Group,
}

/// Name and number over a thin line as long as the number says; whether it was clicked.
fn bar_line(ui: &mut Ui, cx: &Context<'_>, bar: &Bar, longest: u32) -> bool {
    let theme = kit::theme(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_H), Sense::click());
    let count = number(u64::from(bar.n));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, said(cx, &bar.name, bar.n)));
    let ink = kit::hot_ink(ui, &response, theme.text);
    let y = rect.top() + 10.0;
    let number_rect = kit::write(
        ui,
        pos2(rect.right(), y),
        Align2::RIGHT_CENTER,
        count,
        (Weight::Medium, BODY),
        ink,
    );
    let (left, right) = (rect.left(), number_rect.left() - 10.0);
    kit::elided(ui, &bar.name, ink, left, right, y);
    let track = Rect::from_min_max(
        pos2(rect.left(), rect.bottom() - 5.0),
        pos2(rect.right(), rect.bottom() - 2.0),
    );
    let share = (bar.n as f32 / longest.max(1) as f32).max(f32::MIN_POSITIVE);
    kit::paint_bar(ui, track, share, bar.ink);
    kit::focus_ring(ui, rect, &response);
    response
        .on_hover_text(cx.tr(text!("summary-narrow")))
        .clicked()
}

/// How a part is told: "Homicide: 12 incidents".
fn said(cx: &Context<'_>, name: &str, n: u32) -> String {
    let count = cx.counted(&number(u64::from(n)));
    format!("{name}: {count}")
}

/// Bars side by side, with the first and the last named below.
fn times(ui: &mut Ui, cx: &Context<'_>, s: &Summary, chosen: &mut Option<Group>) {
    let theme = kit::theme(ui);
    const HIGH: f32 = 54.0;
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, HIGH + 18.0), Sense::hover());
    let plot = rect.with_max_y(rect.top() + HIGH);
    let peak = s.times.iter().map(|t| t.2).max().unwrap_or(1).max(1);
    let step = plot.width() / s.times.len().max(1) as f32;
    // Few bars stay bars.
    let wide = (step - 1.0).clamp(1.0, 40.0);
    for (i, (start_day, end_day, n)) in s.times.iter().enumerate() {
        let left = plot.left() + i as f32 * step;
        let slot = Rect::from_min_max(pos2(left, plot.top()), pos2(left + step, plot.bottom()));
        let id = ui.scope_id().with(("time", start_day));
        let sense = if *n > 0 {
            Sense::click()
        } else {
            Sense::hover()
        };
        let response = ui.interact(slot, id, sense);
        let name = bar_name(cx, s.width, *start_day, *end_day);
        let label = said(cx, &name, *n);
        if *n > 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        }
        let high = (*n as f32 / peak as f32 * HIGH).max(if *n > 0 { 1.5 } else { 0.0 });
        let bar = Rect::from_min_max(
            pos2(left, plot.bottom() - high),
            pos2(left + wide, plot.bottom()),
        );
        let hot = response.hovered() || response.has_focus();
        let ink = if hot { theme.accent } else { theme.muted };
        ui.painter().rect_filled(bar, 0, color(ink));
        if response.on_hover_text(label).clicked() {
            *chosen = Some(Group::Time {
                start_day: *start_day,
                end_day: *end_day,
            });
        }
    }
    let base = Stroke::new(1.0, color(theme.faint));
    ui.painter().hline(plot.x_range(), plot.bottom(), base);
    let ends = [
        (s.times.first(), plot.left(), Align2::LEFT_CENTER),
        (s.times.last(), plot.right(), Align2::RIGHT_CENTER),
    ];
    for (bar, x, align) in ends.into_iter().take(s.times.len()) {
        let name = bar.map_or_else(String::new, |(a, b, _)| bar_name(cx, s.width, *a, *b));
        let at = pos2(x, rect.bottom() - 8.0);
        let ink = color(theme.muted);
        ui.painter()
            .text(at, align, name, font(Weight::Regular, SMALL), ink);
    }
}

fn bar_name(cx: &Context<'_>, width: Option<BinWidth>, start_day: i32, end_day: i32) -> String {
    let d = date_of(start_day);
    match width {
        Some(BinWidth::Year) => d.year().to_string(),
        Some(BinWidth::Month) => format!("{} {}", month_short(cx.lang, d.month()), d.year()),
        _ => date_range(cx.lang, d, date_of(end_day - 1)),
    }
}

fn list(ui: &mut Ui, cx: &mut Context<'_>, rows: &[Row]) {
    if rows.len() > MOST_LINES {
        let most = number(MOST_LINES as u64);
        let words = cx.tr(text!("summary-list-cut", n = most));
        kit::note(ui, words);
        if !cx.workspace.table.open && kit::link(ui, &cx.tr(text!("unfold-table"))).clicked() {
            cx.commands.push(Command::Fold(Panel::Table));
        }
    }
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW_H * 1.6, rows.len().min(MOST_LINES), |ui, range| {
            for row in &rows[range] {
                line(ui, cx, *row);
            }
        });
}

fn line(ui: &mut Ui, cx: &mut Context<'_>, row: Row) {
    let theme = kit::theme(ui);
    let c = &cx.loaded.columns;
    let i = row as usize;
    let title = cx.loaded.title(row, cx.lang.is_spanish());
    let when = date_range(cx.lang, date_of(c.start_day[i]), date_of(c.end_day[i]));
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_H * 1.6), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{title}, {when}")));
    kit::wash(ui, rect, &response);
    kit::paint_mark(
        ui,
        pos2(rect.left() + 12.0, rect.top() + 13.0),
        6.0,
        c.kind[i].mark(),
        c.kind[i].inner(),
    );
    let mut job = egui::text::LayoutJob::simple_singleline(
        title.to_string(),
        font(Weight::Medium, BODY),
        color(theme.text),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 34.0);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(
        pos2(rect.left() + 28.0, rect.top() + 4.0),
        galley,
        color(theme.text),
    );
    let deaths = c
        .deaths(row)
        .best
        .map(|n| format!(" · {}", cx.tr(text!("n-deaths", n = number(u64::from(n))))));
    let second = format!("{when}{}", deaths.unwrap_or_default());
    kit::write(
        ui,
        pos2(rect.left() + 28.0, rect.bottom() - 10.0),
        Align2::LEFT_CENTER,
        second,
        (Weight::Regular, 12.0),
        theme.muted,
    );
    if response.clicked() {
        let id = c.id[i];
        cx.commands.push(Command::Inspect(id));
    }
}
