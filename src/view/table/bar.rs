//! The row above the table: whose rows, which columns, copy, fold.

use super::keys;
use super::state::State;
use crate::locale::number;
use crate::query::Field;
use crate::session::{Command, Panel};
use crate::view::Context;
use crate::view::{icons, kit};
use egui::{Popup, PopupCloseBehavior, Ui};

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let title = cx.tr(text!("table-name"));
        kit::title(ui, title);
        whose(ui, cx, state);
        if let Some(n) = state.copied {
            let words = cx.tr(text!("table-copied", n = number(n)));
            kit::quiet(ui, words);
        }
        kit::at_right(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let fold = cx.tr(text!("fold-table"));
            if kit::icon_button(ui, icons::CARET_DOWN, &fold, false).clicked() {
                cx.commands.push(Command::Fold(Panel::Table));
            }
            columns_menu(ui, cx);
            let copy = cx.tr(text!("table-copy"));
            let button = kit::button(ui, icons::COPY, &copy);
            if button
                .on_hover_text(cx.tr(text!("table-copy-what")))
                .clicked()
            {
                keys::copy(cx, state);
            }
        });
    });
}

/// All that pass the filter, or only those selected: each number leads to its rows.
fn whose(ui: &mut Ui, cx: &Context<'_>, state: &mut State) {
    let selected = state.pinned.as_ref().unwrap_or(cx.selected).len();
    let n = |n: usize| number(n as u64);
    let all = cx.tr(text!("table-all", n = n(cx.derived.selection.len())));
    let some = cx.tr(text!("table-selected", n = n(selected)));
    let current = usize::from(state.pinned.is_some());
    match kit::segmented(ui, &[&all, &some], current, None) {
        Some(0) => state.pin(None),
        Some(_) => state.pin(Some(cx.selected.clone())),
        None => {}
    }
}

fn columns_menu(ui: &mut Ui, cx: &mut Context<'_>) {
    let response = kit::dropdown(ui, &cx.tr(text!("table-columns")));
    let mut spec = cx.workspace.table.clone();
    Popup::menu(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(190.0);
            for field in Field::ALL {
                let name = cx.tr(text!("table-col-" + field.code()));
                let shown = spec.columns.contains(field);
                if kit::checkbox(ui, shown, &name).clicked() {
                    spec.toggle(*field);
                }
            }
        });
    if spec != cx.workspace.table {
        cx.commands.push(Command::SetTable(spec));
    }
}
