//! Which part of the time is on show: all, that of the filter, or a year.

use super::*;
use crate::view::timeline::window::show_range;

/// Says what is on show; opens a list to choose another part from.
pub(super) fn menu(ui: &mut Ui, cx: &Context<'_>, state: &mut State, all: (i64, i64)) {
    let (first, end) = state.range.unwrap_or(all);
    let (shown, tip) = (named(cx, first, end), cx.tr(text!("time-on-show")));
    let response = kit::dropdown(ui, &shown).on_hover_text(&tip);
    let label = format!("{tip}: {shown}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let years = years(all);
    let window = windows_of(cx).into_iter().next();
    let mut chosen = None;
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(170.0);
        if ui
            .selectable_label(state.range.is_none(), cx.tr(text!("time-show-all")))
            .clicked()
        {
            chosen = Some(all);
        }
        if let Some(w) = window {
            let days = (hour_of(w.from), hour_of(w.to + 1));
            if ui
                .selectable_label(false, cx.tr(text!("time-show-window")))
                .clicked()
            {
                let margin = (days.1 - days.0) / 20;
                chosen = Some((days.0 - margin, days.1 + margin));
            }
        }
        if years.len() > 1 {
            kit::section(ui, &cx.tr(text!("time-show-year")), |_| {});
            egui::ScrollArea::vertical()
                .max_height(220.0)
                .show(ui, |ui| {
                    ui.set_min_width(170.0);
                    for (year, from, until) in years.into_iter().rev() {
                        let on = state.range == Some((from, until));
                        if ui.selectable_label(on, year.to_string()).clicked() {
                            chosen = Some((from, until));
                        }
                    }
                });
        }
    });
    if let Some((from, until)) = chosen {
        show_range(state, all, from, (until - from).min(all.1 - all.0));
    }
}

/// Shorter than two years by days, else by years.
fn named(cx: &Context<'_>, first: i64, end: i64) -> String {
    let (from, to) = (date_of(day_of(first)), date_of(day_of(end - 1)));
    if end - first < 2 * 8766 {
        date_range(cx.lang, from, to)
    } else {
        format!("{} – {}", from.year(), to.year())
    }
}

/// Years in a list at most.
const MOST_YEARS: usize = 200;

/// The years that there are, each with its hours.
fn years(all: (i64, i64)) -> Vec<(i16, i64, i64)> {
    // The latest where there are too many.
    let hours = (BinWidth::Year.hours() * MOST_YEARS as f64) as i64;
    let mut at = BinWidth::Year.floor(all.0.max(all.1 - hours));
    let mut found = Vec::new();
    while at < all.1 && found.len() < MOST_YEARS {
        let next = BinWidth::Year.next(at);
        found.push((date_of(day_of(at)).year(), at, next));
        at = next;
    }
    found
}

/// A case that opens on a short time shows that and what lies around it: else it would be a sliver.
pub(super) fn begin(cx: &Context<'_>, state: &mut State, all: (i64, i64)) {
    const SLIVER: i64 = 20;
    if let [w] = windows_of(cx)[..] {
        let (first, end) = (hour_of(w.from), hour_of(w.to + 1));
        let length = end - first;
        if length * SLIVER < all.1 - all.0 {
            show_range(state, all, first - 2 * length, 5 * length);
        }
    }
}
