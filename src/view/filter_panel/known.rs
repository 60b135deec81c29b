//! "As known on": the case as it was known at the end of a day, typed or taken from the days on which
//! something was received.

use crate::locale::date;
use crate::view::theme::{CONTROL_H, color};
use crate::view::{Context, kit};
use egui::{Role, Ui, WidgetInfo, vec2};
use jiff::civil::Date;

#[derive(Default)]
pub struct State {
    /// What is being typed; `None` while nothing is.
    typed: Option<String>,
    /// The cursor is to be put here.
    pub is_wanted: bool,
}

/// Days of deliveries that are offered at once.
const MOST_DAYS: usize = 6;

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let theme = kit::theme(ui);
    let chosen = cx.workspace.filter.known_on;
    let shown = chosen.map_or_else(String::new, |day| day.to_string());
    let mut text = state.typed.clone().unwrap_or(shown);
    let understood = parse(&text);
    let ink = match understood {
        Some(_) => theme.text,
        None => theme.warning,
    };
    let edit = egui::TextEdit::singleline(&mut text)
        .id(egui::Id::unique(text!("filter-known-on")))
        .hint_text(cx.tr(text!("filter-known-hint")))
        .desired_width(f32::INFINITY)
        .text_color(color(ink))
        .align(egui::Align2([egui::Align::Min, egui::Align::Center]))
        .min_size(vec2(0.0, CONTROL_H))
        .margin(egui::Margin::symmetric(10, 4));
    let response = ui.add(edit);
    let name = cx.tr(text!("filter-known-on"));
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &name));
    if std::mem::take(&mut state.is_wanted) {
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
    }
    if response.changed() {
        if let Some(day) = parse(&text) {
            cx.set_filter(|f| f.known_on = day);
        }
        state.typed = Some(text);
    }
    if !response.has_focus() {
        state.typed = None;
    }
    match chosen {
        // The past has no days after it: it is left first.
        Some(day) => {
            let past = cx.tr(text!("filter-known-past", date = date(cx.lang, day)));
            kit::note(ui, past);
        }
        None => days(ui, cx),
    }
}

/// The last days on which something was received, each to be gone back to.
fn days(ui: &mut Ui, cx: &mut Context<'_>) {
    let received = cx.loaded.imports.iter().rev();
    let mut days: Vec<Date> = received
        .filter_map(|i| i.known_at.get(..10)?.parse().ok())
        .collect();
    days.dedup();
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        for day in days.iter().take(MOST_DAYS) {
            let words = date(cx.lang, *day);
            let link = kit::link(ui, &words);
            let label = cx.tr(text!("filter-known-go", date = words));
            link.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
            if link.clicked() {
                wanted = Some(*day);
            }
        }
    });
    if wanted.is_some() {
        cx.set_filter(|f| f.known_on = wanted);
    }
}

/// A day as `2025-02-03`; nothing typed is no day, and what is no day is not understood.
fn parse(text: &str) -> Option<Option<Date>> {
    match text.trim() {
        "" => Some(None),
        text if text.len() == 10 => text.parse().ok().map(Some),
        _ => None,
    }
}
