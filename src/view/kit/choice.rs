//! A choice that opens a list, and the rows of settings: a name at the left, its control beside it.

use super::{dropdown, elided, focus_ring, frame_of, paint_icon, theme};
use crate::scene::Weight;
use crate::view::icons;
use crate::view::theme::{BODY, CONTROL_H, font};
use egui::{Popup, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// A button that opens a list, `width` points wide; `name` says what is chosen, `shown` which it
/// is now.
pub fn choice(ui: &mut Ui, name: &str, shown: &str, width: f32) -> Response {
    let theme = theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL_H), Sense::click());
    let label = format!("{name}: {shown}");
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &label));
    frame_of(ui, rect, &response, false, true);
    let (left, right, y) = (rect.left() + 10.0, rect.right() - 26.0, rect.center().y);
    elided(ui, shown, theme.text, left, right, y);
    let at = pos2(rect.right() - 14.0, y);
    paint_icon(ui, at, icons::CARET_DOWN, 12.0, theme.muted);
    focus_ring(ui, rect, &response);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// A choice of `width` points with the list that it opens; returns what was taken from the list.
pub fn choose<T>(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    width: f32,
    entries: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<T> {
    listed(&choice(ui, name, shown, width), entries)
}

/// The list that a choice opens; returns what was taken from it.
pub fn listed<T>(response: &Response, entries: impl FnOnce(&mut Ui) -> Option<T>) -> Option<T> {
    let shown = Popup::menu(response).show(|ui| {
        ui.set_min_width(response.rect.width().max(180.0));
        ui.set_max_width(response.rect.width().max(260.0));
        let taken = egui::ScrollArea::vertical()
            .max_height(360.0)
            .show(ui, entries)
            .inner;
        // By keyboard there is no click that would close it.
        if taken.is_some() {
            ui.close();
        }
        taken
    });
    let (ctx, id) = (&response.ctx, response.id.with("listed"));
    let was_shown = ctx.data(|data| data.get_temp(id)).unwrap_or(false);
    ctx.data_mut(|data| data.insert_temp(id, shown.is_some()));
    if shown.is_some() && !was_shown {
        // The first frame of a list only measures it, and nothing else may move after it.
        let soon = std::time::Duration::from_millis(100);
        ctx.request_repaint_after(soon);
    }
    shown.and_then(|shown| shown.inner)
}

/// A button that opens a menu at least `width` points wide; returns what was taken from it.
pub fn menu<T>(
    ui: &mut Ui,
    label: &str,
    tip: String,
    width: f32,
    entries: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<T> {
    let response = dropdown(ui, label).on_hover_text(tip);
    let shown = Popup::menu(&response).show(|ui| {
        ui.set_min_width(width);
        entries(ui)
    });
    shown.and_then(|shown| shown.inner)
}

/// The entries of a list, each with whether it is the one chosen now and its name.
pub fn pick<T>(ui: &mut Ui, entries: impl IntoIterator<Item = (T, bool, String)>) -> Option<T> {
    let mut taken = None;
    for (value, is_on, name) in entries {
        if ui.selectable_label(is_on, name).clicked() {
            taken = Some(value);
        }
    }
    taken
}

/// A line of text, `width` points wide; `hint` stands there while it is empty.
pub fn line(ui: &mut Ui, name: &str, hint: &str, text: &mut String, width: f32) -> Response {
    let edit = egui::TextEdit::singleline(text)
        .hint_text(hint)
        .desired_width(width)
        .font(font(Weight::Regular, BODY))
        .min_size(vec2(0.0, CONTROL_H))
        .margin(egui::Margin::symmetric(10, 5));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    response
}

/// A row of settings: its name at the left, the control beside it in the room that is left.
pub fn row<R>(ui: &mut Ui, name: &str, control: impl FnOnce(&mut Ui, f32) -> R) -> R {
    row_with(ui, name, 96.0, control)
}

/// The same with `name_w` points for the name.
pub fn row_with<R>(
    ui: &mut Ui,
    name: &str,
    name_w: f32,
    control: impl FnOnce(&mut Ui, f32) -> R,
) -> R {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(name_w, CONTROL_H), Sense::hover());
        let (left, right) = (rect.left(), rect.right() - 6.0);
        elided(ui, name, theme(ui).muted, left, right, rect.center().y);
        let width = ui.available_width() - 10.0;
        control(ui, width)
    })
    .inner
}

/// A row of settings with a choice; returns what was taken from its list.
pub fn choose_in_row<T>(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    entries: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<T> {
    row(ui, name, |ui, width| {
        choose(ui, name, shown, width, entries)
    })
}
