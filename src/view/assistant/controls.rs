//! The assistant's controls: a choice in a fixed width, one of a few, a line of text.

use crate::scene::{Theme, Weight};
use crate::view::theme::{BODY, CONTROL_H, ROW_H, color, font, icon_font};
use crate::view::{icons, widgets};
use egui::{Align2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// A button that opens a list, `width` points wide; `name` says what is chosen, `shown` which it
/// is now.
pub fn choice(ui: &mut Ui, theme: &Theme, name: &str, shown: &str, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL_H), Sense::click());
    let label = format!("{name}: {shown}");
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &label));
    widgets::frame_of(ui, theme, rect, &response, false, true);
    let right = rect.right() - 26.0;
    crate::view::choices::elided(
        ui,
        shown,
        theme.text,
        rect.left() + 10.0,
        right,
        rect.center().y,
    );
    ui.painter().text(
        pos2(rect.right() - 14.0, rect.center().y),
        Align2::CENTER_CENTER,
        icons::CARET_DOWN,
        icon_font(12.0),
        color(theme.muted),
    );
    widgets::focus_ring(ui, theme, rect, &response);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// The list under a choice; returns what was taken from it.
pub fn list<T>(response: &Response, entries: impl FnOnce(&mut Ui) -> Option<T>) -> Option<T> {
    let shown = egui::Popup::menu(response).show(|ui| {
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

/// One of a few, in a row of its own.
pub fn radio(ui: &mut Ui, theme: &Theme, on: bool, label: &str) -> Response {
    let face = font(Weight::Regular, BODY);
    let ink = color(theme.text);
    let width = ui.available_width();
    let galley = ui
        .painter()
        .layout(label.to_owned(), face, ink, width - 26.0);
    let height = (galley.size().y + 8.0).max(ROW_H);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, label));
    let center = pos2(rect.left() + 8.0, rect.top() + ROW_H / 2.0);
    let line = if on { theme.accent } else { theme.faint };
    let pen = egui::Stroke::new(if on { 4.5 } else { 1.0 }, color(line));
    let radius = if on { 5.2 } else { 7.5 };
    ui.painter()
        .circle(center, radius, color(theme.background), pen);
    let at = pos2(rect.left() + 26.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    widgets::focus_ring(ui, theme, rect, &response);
    response
}

/// A switch whose words may take more than one line.
pub fn switch(ui: &mut Ui, theme: &Theme, on: bool, label: &str) -> Response {
    let (face, ink) = (font(Weight::Regular, BODY), color(theme.text));
    let width = ui.available_width();
    let galley = ui
        .painter()
        .layout(label.to_owned(), face, ink, width - 26.0);
    let height = (galley.size().y + 8.0).max(ROW_H);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, label));
    let center = pos2(rect.left() + 8.0, rect.top() + ROW_H / 2.0);
    let square = Rect::from_center_size(center, egui::Vec2::splat(16.0));
    widgets::paint_checkbox(ui, theme, square, on, false);
    let at = pos2(rect.left() + 26.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    widgets::focus_ring(ui, theme, rect, &response);
    response
}

/// A line of text; `hint` stands there while it is empty.
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

/// A row of the settings: its name at the left, the control beside it in the room that is left.
pub fn row<R>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    control: impl FnOnce(&mut Ui, f32) -> R,
) -> R {
    row_with(ui, theme, name, 96.0, control)
}

/// The same with `name_w` points for the name.
pub fn row_with<R>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    name_w: f32,
    control: impl FnOnce(&mut Ui, f32) -> R,
) -> R {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(name_w, CONTROL_H), Sense::hover());
        let (left, y) = (rect.left(), rect.center().y);
        crate::view::choices::elided(ui, name, theme.muted, left, rect.right() - 6.0, y);
        let width = ui.available_width() - 10.0;
        control(ui, width)
    })
    .inner
}
