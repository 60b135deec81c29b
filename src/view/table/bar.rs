//! The row above the table: whose rows, which columns, copy, fold.

use super::{Context, State, keys};
use crate::locale::number;
use crate::query::Field;
use crate::scene::Weight;
use crate::session::{Command, Panel};
use crate::view::theme::{BODY, TITLE};
use crate::view::{icons, widgets};
use egui::{Align, Layout, Popup, PopupCloseBehavior, Ui};

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let title = cx.tr("table-name");
        widgets::text(ui, title, Weight::SemiBold, TITLE, cx.theme.text);
        whose(ui, cx, state);
        if let Some(n) = state.copied {
            let words = cx.tr_args("table-copied", &[("n", &number(n))]);
            widgets::text(ui, words, Weight::Regular, BODY, cx.theme.muted);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let fold = cx.tr("fold-table");
            if widgets::icon_button(ui, cx.theme, icons::CARET_DOWN, &fold, false).clicked() {
                cx.commands.push(Command::Fold(Panel::Table));
            }
            columns_menu(ui, cx);
            let copy = cx.tr("table-copy");
            let button = widgets::button(
                ui,
                cx.theme,
                Some(icons::COPY),
                &copy,
                widgets::Loudness::Plain,
            );
            if button.on_hover_text(cx.tr("table-copy-what")).clicked() {
                keys::copy(cx, state);
            }
        });
    });
}

/// All that pass the filter, or only those selected: each number leads to its rows.
fn whose(ui: &mut Ui, cx: &Context<'_>, state: &mut State) {
    let selected = state.pinned.as_ref().unwrap_or(cx.selected).len();
    let n = |n: usize| number(n as u64);
    let all = cx.tr_args("table-all", &[("n", &n(cx.derived.selection.len()))]);
    let some = cx.tr_args("table-selected", &[("n", &n(selected))]);
    let current = usize::from(state.pinned.is_some());
    match widgets::segmented(ui, cx.theme, &[&all, &some], current, None) {
        Some(0) => state.pin(None),
        Some(_) => state.pin(Some(cx.selected.clone())),
        None => {}
    }
}

fn columns_menu(ui: &mut Ui, cx: &mut Context<'_>) {
    let response = widgets::dropdown(ui, cx.theme, &cx.tr("table-columns"));
    let mut spec = cx.workspace.table.clone();
    Popup::menu(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(190.0);
            for field in Field::ALL {
                let name = cx.tr(&format!("table-col-{}", field.code()));
                let shown = spec.columns.contains(field);
                if widgets::checkbox(ui, cx.theme, shown, &name).clicked() {
                    spec.toggle(*field);
                }
            }
        });
    if spec != cx.workspace.table {
        cx.commands.push(Command::SetTable(spec));
    }
}
