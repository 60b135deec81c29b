//! What the bars show as a table, to read and to copy.

use super::*;
use crate::query::{Side, histogram, months, week_hours};
use crate::scene::times::Times;

/// The figures of a table, in the order of its columns.
const COLUMNS: [Figure; 4] = [
    Figure::Incidents,
    Figure::Deaths,
    Figure::DeathsLow,
    Figure::DeathsHigh,
];

/// The lines on show, until case, filter, shape or unit change.
pub(super) struct Table {
    of: (u64, Shape, BinWidth, (i64, i64)),
    lines: Vec<Line>,
}

struct Line {
    name: String,
    /// By [`COLUMNS`].
    values: [f64; 4],
}

pub(super) fn button(ui: &mut Ui, cx: &Context<'_>, state: &mut State) {
    let response = kit::icon_button(ui, icons::TABLE, &cx.tr(text!("time-table")), false);
    let open = egui::Popup::menu(&response)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| show(ui, cx, state));
    if open.is_none() {
        state.table = None;
    }
}

fn show(ui: &mut Ui, cx: &Context<'_>, state: &mut State) {
    let Some(cached) = &state.cached else { return };
    let (bars, range) = (cached.bars.width, cached.range);
    ui.set_width(430.0);
    let mut unit = state.table_unit.unwrap_or(bars).max(bars);
    let comparing = cx.derived.compare.is_some();
    if state.shape == Shape::OverTime && !comparing {
        let most = BinWidth::Year.max(bars);
        let fits = |u: &BinWidth| (bars..=most).contains(u);
        let units: Vec<BinWidth> = BinWidth::ALL.into_iter().filter(fits).collect();
        let names: Vec<String> = units
            .iter()
            .map(|u| cx.tr(text!("time-by-" + u.code())))
            .collect();
        let current = units.iter().position(|u| *u == unit).unwrap_or(0);
        if units.len() > 1
            && let Some(i) = kit::segmented(ui, &names, current, None)
        {
            unit = units[i];
            state.table_unit = Some(unit);
        }
        ui.add_space(6.0);
    }
    let of = (cx.derived.generation, state.shape, unit, range);
    if state.table.as_ref().is_none_or(|t| t.of != of) {
        let lines = match &cx.derived.compare {
            Some(compared) => sides(cx, compared),
            None => lines(cx, state.shape, unit, range),
        };
        state.table = Some(Table { of, lines });
    }
    let Some(table) = &state.table else { return };
    grid(ui, cx, table);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let copy = cx.tr(text!("time-table-copy"));
        if kit::button(ui, None, &copy).clicked() {
            ui.ctx().copy_text(text(cx, table));
        }
        // Of weekdays only known days are counted, of two times every incident that may lie in one.
        if !comparing && state.shape != Shape::WeekHours {
            let note = cx.tr(text!("time-table-note"));
            kit::text(ui, note, Weight::Regular, SMALL, |t| t.muted);
        }
    });
}

fn grid(ui: &mut Ui, cx: &Context<'_>, table: &Table) {
    let theme = kit::theme(ui);
    let widths = [130.0, 70.0, 70.0, 50.0, 50.0];
    let line = |ui: &mut Ui, cells: &[String], weight: Weight, ink| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            for (i, (cell, width)) in cells.iter().zip(widths).enumerate() {
                let (rect, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
                let (at, align) = match i {
                    0 => (rect.left_center(), Align2::LEFT_CENTER),
                    _ => (rect.right_center(), Align2::RIGHT_CENTER),
                };
                kit::write(ui, at, align, cell, (weight, BODY), ink);
            }
        });
    };
    ui.spacing_mut().item_spacing.y = 2.0;
    line(ui, &heads(cx, ""), Weight::Regular, theme.muted);
    let rows = table.lines.len();
    // As many years as there are in most cases.
    let most = (ui.ctx().content_rect().height() - 260.0).max(200.0);
    egui::ScrollArea::vertical()
        .max_height(most)
        .min_scrolled_height(most.min(rows as f32 * 20.0))
        .auto_shrink([false, true])
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysVisible)
        .show_rows(ui, 18.0, rows, |ui, seen| {
            for l in &table.lines[seen] {
                line(ui, &cells(l), Weight::Regular, theme.text);
            }
        });
    if cx.derived.compare.is_none() {
        let total = cells(&total(cx, table));
        line(ui, &total, Weight::SemiBold, theme.text);
    }
}

fn heads(cx: &Context<'_>, first: &str) -> Vec<String> {
    let names = COLUMNS.map(|figure| cx.tr(text!("figure-" + figure.code())));
    [first.to_owned()].into_iter().chain(names).collect()
}

fn cells(line: &Line) -> Vec<String> {
    let values = line.values.iter().map(|v| about(*v));
    [line.name.clone()].into_iter().chain(values).collect()
}

fn total(cx: &Context<'_>, table: &Table) -> Line {
    let mut values = [0.0; 4];
    for line in &table.lines {
        values
            .iter_mut()
            .zip(line.values)
            .for_each(|(a, b)| *a += b);
    }
    Line {
        name: cx.tr(text!("time-table-total")),
        values,
    }
}

/// As spreadsheets take it: tabs between columns, numbers without separators.
fn text(cx: &Context<'_>, table: &Table) -> String {
    let plain = |v: f64| {
        let v = (v * 10.0).round() / 10.0;
        v.to_string()
    };
    let lines = table.lines.iter().map(|line| {
        let values = line.values.iter().map(|v| plain(*v));
        let cells = [line.name.clone()].into_iter().chain(values);
        cells.collect::<Vec<_>>().join("\t")
    });
    let head = heads(cx, &cx.tr(text!("time-period"))).join("\t");
    [head]
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The two times that are compared.
fn sides(cx: &Context<'_>, compared: &Times) -> Vec<Line> {
    let side = |letter: &str, side: &Side, (from, to): (Date, Date)| Line {
        name: format!("{letter} {}", crate::locale::period(cx.lang, from, to)),
        values: COLUMNS.map(|figure| side.sum(figure) as f64),
    };
    let windows = compared.windows;
    vec![
        side("A", &compared.a, windows.a),
        side("B", &compared.b, windows.b),
    ]
}

fn lines(cx: &Context<'_>, shape: Shape, unit: BinWidth, range: (i64, i64)) -> Vec<Line> {
    let (columns, judged) = (&cx.loaded.columns, &cx.derived.judged);
    match shape {
        Shape::OverTime => {
            let found = COLUMNS.map(|figure| histogram(columns, judged, 0, (figure, range, unit)));
            let bins = 0..found[0].bins.len();
            let line = |i: usize| Line {
                name: bin_name(cx, unit, &found[0].bins[i]),
                values: found.each_ref().map(|h| h.bins[i].total()),
            };
            let lines = bins.map(line);
            // What the filter's time leaves out is no row of nothing.
            let mut lines: Vec<Line> = lines.skip_while(|l| l.values[0] == 0.0).collect();
            while lines.last().is_some_and(|l| l.values[0] == 0.0) {
                lines.pop();
            }
            lines
        }
        Shape::WeekHours => {
            let found = COLUMNS.map(|figure| week_hours(columns, judged, figure));
            let name = |day: usize| cx.tr(text!("weekday-" + day + 1));
            let sum =
                |cells: &[u32]| f64::from(cells.iter().fold(0_u32, |a, b| a.saturating_add(*b)));
            let days = (0..7).map(|day| Line {
                name: name(day),
                values: found.each_ref().map(|f| sum(&f.cells[day])),
            });
            let unknown = Line {
                name: cx.tr(text!("time-day-unknown")),
                values: found.each_ref().map(|f| f64::from(f.unknown)),
            };
            days.chain([unknown]).collect()
        }
        Shape::Months => {
            let found = COLUMNS.map(|figure| months(columns, judged, figure));
            let line = |i: usize| Line {
                name: month_short(cx.lang, i as i8 + 1),
                values: found.each_ref().map(|f| incidents_of(f[i])),
            };
            (0..12).map(line).collect()
        }
    }
}
