//! Names to choose from: a line to search in, and a list of any length.

use super::row;
use crate::view::theme::CONTROL_H;
use egui::{Role, Ui, WidgetInfo, vec2};
use std::collections::BTreeSet;

/// A line to type a name into.
pub fn search_box(ui: &mut Ui, text: &mut String, hint: &str, id: &str) -> egui::Response {
    let edit = egui::TextEdit::singleline(text)
        .id(egui::Id::unique(id))
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .align(egui::Align2([egui::Align::Min, egui::Align::Center]))
        .min_size(vec2(0.0, CONTROL_H))
        .margin(egui::Margin::symmetric(10, 4));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, hint));
    response
}

/// Whether Enter was pressed in a line that has a name to look for: the first that is found is meant.
pub fn is_entered(ui: &Ui, response: &egui::Response, text: &str) -> bool {
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    entered && !text.trim().is_empty()
}

/// A list of any length in room for a few rows; only what is seen is laid out.
pub fn seen(ui: &mut Ui, id: &str, len: usize, mut row: impl FnMut(&mut Ui, usize)) {
    const MOST_ROWS: usize = 9;
    egui::ScrollArea::vertical()
        .id_salt(id)
        .max_height(MOST_ROWS as f32 * row::HEIGHT)
        // Inside of the scrolled panel there is no end of room.
        .min_scrolled_height(MOST_ROWS as f32 * row::HEIGHT)
        .auto_shrink([false, true])
        .show_rows(ui, row::HEIGHT, len, |ui, seen| {
            ui.spacing_mut().item_spacing.y = 0.0;
            seen.for_each(|i| row(ui, i));
        });
}

/// Puts a name among those chosen or takes it off; alone where `only`, and off where it was alone.
pub fn choose(chosen: &mut BTreeSet<String>, name: String, only: bool) {
    if only {
        let was_alone = chosen.len() == 1 && chosen.contains(&name);
        chosen.clear();
        if !was_alone {
            chosen.insert(name);
        }
    } else if !chosen.remove(&name) {
        chosen.insert(name);
    }
}
