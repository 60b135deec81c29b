//! Tick boxes and radio buttons.

use super::{focus_ring, paint_icon, theme};
use crate::scene::Weight;
use crate::view::icons;
use crate::view::theme::{BODY, ROW_H, color, font};
use egui::{
    Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// A tick box, 16 points; `some` is the third state, of a group whose members differ.
pub fn paint_checkbox(ui: &Ui, rect: Rect, checked: bool, some: bool) {
    let theme = theme(ui);
    let (fill, line) = if checked || some {
        (theme.accent, theme.accent)
    } else {
        (theme.background, theme.faint)
    };
    let pen = Stroke::new(1.0, color(line));
    ui.painter()
        .rect(rect, 4, color(fill), pen, StrokeKind::Inside);
    if checked || some {
        let sign = if checked { icons::CHECK } else { icons::MINUS };
        paint_icon(ui, rect.center(), sign, 12.0, theme.on_accent);
    }
}

/// A radio button, 16 points.
pub fn paint_radio(ui: &Ui, center: Pos2, on: bool) {
    let theme = theme(ui);
    let ink = if on { theme.accent } else { theme.faint };
    let pen = Stroke::new(if on { 4.5 } else { 1.0 }, color(ink));
    let radius = if on { 5.2 } else { 7.5 };
    ui.painter()
        .circle(center, radius, color(theme.background), pen);
}

/// A row with a tick box and a name, which may take more than one line.
pub fn checkbox(ui: &mut Ui, checked: bool, label: &str) -> Response {
    ticked(ui, Role::CheckBox, checked, label)
}

/// One of a few, in a row of its own; its name may take more than one line.
pub fn radio(ui: &mut Ui, on: bool, label: &str) -> Response {
    ticked(ui, Role::RadioButton, on, label)
}

fn ticked(ui: &mut Ui, role: Role, on: bool, label: &str) -> Response {
    let ink = color(theme(ui).text);
    let width = ui.available_width();
    let face = font(Weight::Regular, BODY);
    let galley = ui
        .painter()
        .layout(label.to_owned(), face, ink, width - 26.0);
    let height = (galley.size().y + 8.0).max(ROW_H);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(role, true, on, label));
    let center = pos2(rect.left() + 8.0, rect.top() + ROW_H / 2.0);
    match role {
        Role::CheckBox => {
            let square = Rect::from_center_size(center, Vec2::splat(16.0));
            paint_checkbox(ui, square, on, false);
        }
        _ => paint_radio(ui, center, on),
    }
    let at = pos2(rect.left() + 26.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    focus_ring(ui, rect, &response);
    response
}
