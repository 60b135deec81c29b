//! The record card of what is selected: of a movement, a place or one incident everything and where it comes from, of
//! several what they are made of and a line each.

mod card;
mod history;
mod lines;
mod series;
mod several;
mod ways;

pub(super) use card::deaths_words;

use super::Context;
use super::kit;
use super::theme::BODY;
use crate::index::Row;
use crate::locale::number;
use crate::scene::Weight;
use crate::session::{Command, Inspected};
use egui::Ui;
use std::sync::Arc;

/// How several are looked at; not saved.
#[derive(Default)]
pub struct State {
    /// Of what is selected, or of all that is shown.
    summary: Option<several::Summarized>,
    /// The list or the charts, as somebody chose; else by how many are selected.
    as_list: Option<bool>,
    /// Which lists of bars are shown to their end: kinds, actors, states.
    unfolded: [bool; 3],
    /// What was selected before each click on a part of it, and the part.
    before: Vec<Arc<[i64]>>,
    part: Option<Arc<[i64]>>,
}

impl State {
    /// Selects a part of what is selected; there is a way back.
    fn narrow(&mut self, cx: &mut Context<'_>, rows: Vec<Row>) {
        let part = cx.loaded.columns.ids_of(rows);
        self.before.push(cx.selected_ids.clone());
        self.part = Some(part.clone());
        cx.commands.push(Command::Select(part));
    }

    fn widen(&mut self, cx: &mut Context<'_>) {
        if let Some(ids) = self.before.pop() {
            self.part = Some(ids.clone());
            cx.commands.push(Command::Select(ids));
        }
    }

    /// A selection made elsewhere has no way back here.
    fn forget_other(&mut self, selected: &Arc<[i64]>) {
        let is_part = |part: &Arc<[i64]>| Arc::ptr_eq(part, selected);
        if !self.part.as_ref().is_some_and(is_part) {
            self.before.clear();
            self.part = None;
        }
    }
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let inspected = cx.inspected;
    state.forget_other(cx.selected_ids);
    if ways::show(ui, cx, inspected) {
        return;
    }
    way_back(ui, cx, state);
    match &inspected.incident {
        Some(stored) => {
            if cx.selected.len() > 1 {
                among_selected(ui, cx, inspected);
            }
            card::show(ui, cx, stored, inspected);
        }
        None if cx.selected.is_empty() => overview(ui, cx, state),
        None => several::show(ui, cx, state),
    }
}

/// To what was selected before a part of it was.
fn way_back(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let Some(before) = state.before.last() else {
        return;
    };
    let n = number(before.len() as u64);
    let back = cx.tr(text!("inspector-widen", n = n));
    if kit::link(ui, &format!("← {back}")).clicked() {
        state.widen(cx);
    }
}

/// Back to all of the selected, and from one of them to the next.
fn among_selected(ui: &mut Ui, cx: &mut Context<'_>, inspected: &Inspected) {
    let n = number(cx.selected.len() as u64);
    ui.horizontal(|ui| {
        let back = cx.tr(text!("inspector-back", n = n));
        if kit::link(ui, &format!("← {back}")).clicked() {
            cx.commands.push(Command::InspectAll);
        }
        kit::at_right(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let last = cx.selected.len() - 1;
            for (icon, name, steps, enabled) in [
                (
                    super::icons::CARET_RIGHT,
                    text!("inspector-next"),
                    1,
                    inspected.place != Some(last),
                ),
                (
                    super::icons::CARET_LEFT,
                    text!("inspector-previous"),
                    -1,
                    inspected.place != Some(0),
                ),
            ] {
                let name = cx.tr(name);
                let button = kit::icon_button_enabled(ui, icon, &name, false, enabled);
                if button.clicked() {
                    cx.commands.push(Command::InspectStep(steps));
                }
            }
            if let Some(place) = inspected.place {
                let at = number(place as u64 + 1);
                let words = cx.tr(text!("inspector-place", at = at, n = n));
                kit::note(ui, words);
            }
        });
    });
}

/// Of all that is shown, as long as nothing is selected.
fn overview(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    ui.add_space(4.0);
    kit::title(ui, cx.tr(text!("inspector-shown")));
    egui::ScrollArea::vertical()
        .id_salt("overview")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let (shown, rest) = super::chips::counts(cx);
            let words = format!("{shown} {rest}");
            kit::body(ui, words);
            let what = cx.tr(text!("inspector-empty-what"));
            kit::note(ui, what);
            several::all_shown(ui, cx, state);
            unknowns(ui, cx);
            kit::section(ui, &cx.tr(text!("data-datasets")), |_| {});
            for d in &cx.loaded.datasets {
                kit::text(ui, &d.name, Weight::Medium, BODY, |t| t.text);
                kit::note(ui, &d.attribution);
            }
            ui.add_space(16.0);
        });
}

/// What is not known of the incidents shown: said without being asked.
fn unknowns(ui: &mut Ui, cx: &Context<'_>) {
    let unknown = match &cx.derived.compare {
        Some(_) => cx.derived.compare_unknown,
        None => cx.derived.unknown,
    };
    let lines = [
        (text!("unknown-day"; n), unknown.day),
        (text!("unknown-place"; n), unknown.place),
        (text!("unknown-deaths"; n), unknown.deaths),
        (text!("unknown-grade"; n), unknown.grade),
    ];
    if lines.iter().any(|(_, n)| *n > 0) {
        kit::section(ui, &cx.tr(text!("page-unknown")), |_| {});
    }
    for (key, n) in lines.iter().filter(|(_, n)| *n > 0) {
        kit::quiet(ui, cx.tr_args(*key, &[("n", &number(*n))]));
    }
}
