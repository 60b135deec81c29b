//! What is clicked: buttons, links, one of a few side by side.

use super::{galley, paint_icon, theme, write};
use crate::scene::{Color, Weight};
use crate::view::icons;
use crate::view::theme::{BODY, CONTROL_H, RADIUS, color};
use egui::{
    Align2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// A square button with an icon; `name` is its tooltip and what a screen reader says.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str, selected: bool) -> Response {
    icon_button_enabled(ui, icon, name, selected, true)
}

/// The same, greyed out where there is nothing to do.
pub fn icon_button_enabled(
    ui: &mut Ui,
    icon: &str,
    name: &str,
    selected: bool,
    enabled: bool,
) -> Response {
    let theme = theme(ui);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(CONTROL_H), sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, name));
    let ink = match (enabled, selected) {
        (false, _) => theme.faint,
        (true, true) => theme.accent,
        (true, false) => theme.text,
    };
    frame_of(ui, rect, &response, selected, enabled);
    paint_icon(ui, rect.center(), icon, 16.0, ink);
    focus_ring(ui, rect, &response);
    response.on_hover_text(name)
}

/// The box of a control.
pub fn frame_of(ui: &Ui, rect: Rect, response: &Response, selected: bool, enabled: bool) {
    let theme = theme(ui);
    let hot = enabled && response.hovered();
    let fill = if selected || hot {
        theme.accent_wash
    } else {
        theme.background
    };
    let pen = Stroke::new(1.0, color(theme.line));
    ui.painter()
        .rect(rect, RADIUS, color(fill), pen, StrokeKind::Inside);
}

/// What shows that the keyboard is here.
pub fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color(theme(ui).accent));
        ui.painter()
            .rect_stroke(rect.expand(1.0), RADIUS, stroke, StrokeKind::Outside);
    }
}

/// The ink of what acts on a click: the accent under the pointer and the keyboard, else `ink`.
pub fn hot_ink(ui: &Ui, response: &Response, ink: Color) -> Color {
    match response.hovered() || response.has_focus() {
        true => theme(ui).accent,
        false => ink,
    }
}

/// The ground of a line that acts on a click, under the pointer and the keyboard.
pub fn wash(ui: &Ui, line: Rect, response: &Response) {
    if response.hovered() || response.has_focus() {
        let wash = color(theme(ui).accent_wash);
        ui.painter().rect_filled(line, 6, wash);
    }
}

/// A button with a word, and an icon before it where given.
pub fn button<'i>(ui: &mut Ui, icon: impl Into<Option<&'i str>>, label: &str) -> Response {
    button_of(ui, icon, label, false)
}

/// The same, of the one thing to do here.
pub fn primary<'i>(ui: &mut Ui, icon: impl Into<Option<&'i str>>, label: &str) -> Response {
    button_of(ui, icon, label, true)
}

/// One of the two.
pub fn button_of<'i>(
    ui: &mut Ui,
    icon: impl Into<Option<&'i str>>,
    label: &str,
    primary: bool,
) -> Response {
    let (theme, icon) = (theme(ui), icon.into());
    let ink = if primary { theme.on_accent } else { theme.text };
    let galley = galley(ui, label, Weight::Medium, BODY, ink);
    let icon_w = if icon.is_some() { 22.0 } else { 0.0 };
    let size = vec2(galley.size().x + icon_w + 24.0, CONTROL_H);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    if primary {
        let fill = if response.hovered() {
            theme.accent.mix(theme.text, 0.15)
        } else {
            theme.accent
        };
        ui.painter().rect_filled(rect, RADIUS, color(fill));
    } else {
        frame_of(ui, rect, &response, false, true);
    }
    let y = rect.center().y;
    if let Some(icon) = icon {
        paint_icon(ui, pos2(rect.left() + 20.0, y), icon, 16.0, ink);
    }
    let at = pos2(rect.left() + 12.0 + icon_w, y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color(ink));
    focus_ring(ui, rect, &response);
    response
}

/// A button that opens a menu.
pub fn dropdown(ui: &mut Ui, label: &str) -> Response {
    let theme = theme(ui);
    let galley = galley(ui, label, Weight::Medium, BODY, theme.text);
    let size = vec2(galley.size().x + 42.0, CONTROL_H);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    frame_of(ui, rect, &response, false, true);
    let y = rect.center().y;
    let at = pos2(rect.left() + 12.0, y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color(theme.text));
    let at = pos2(rect.right() - 16.0, y);
    paint_icon(ui, at, icons::CARET_DOWN, 12.0, theme.muted);
    focus_ring(ui, rect, &response);
    response
}

/// Text in the accent that acts on a click.
pub fn link(ui: &mut Ui, label: &str) -> Response {
    let ink = theme(ui).accent;
    let galley = galley(ui, label, Weight::Regular, 12.0, ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 20.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, label));
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    if response.hovered() {
        let pen = Stroke::new(1.0, color(ink));
        ui.painter().hline(rect.x_range(), rect.bottom() - 2.0, pen);
    }
    ui.painter().galley(at, galley, color(ink));
    focus_ring(ui, rect, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// One of a few, side by side. Returns the index clicked.
pub fn segmented(
    ui: &mut Ui,
    options: &[impl AsRef<str>],
    current: usize,
    width: Option<f32>,
) -> Option<usize> {
    let theme = theme(ui);
    let natural = |o: &str| galley(ui, o, Weight::SemiBold, BODY, theme.text).size().x + 24.0;
    let natural: Vec<f32> = options.iter().map(|o| natural(o.as_ref())).collect();
    let total: f32 = natural.iter().sum();
    let scale_to = width.unwrap_or(total);
    let extra = (scale_to - total) / options.len() as f32;
    let (rect, whole) = ui.allocate_exact_size(vec2(scale_to, CONTROL_H), Sense::hover());
    frame_of(ui, rect, &whole, false, false);
    let mut clicked = None;
    let mut x = rect.left();
    for (i, option) in options.iter().enumerate() {
        let option = option.as_ref();
        let part = Rect::from_min_size(pos2(x, rect.top()), vec2(natural[i] + extra, CONTROL_H));
        x = part.right();
        let selected = i == current;
        let id = ui.scope_id().with(("segment", option));
        let response = ui.interact(part, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, option));
        if selected || response.hovered() {
            ui.painter()
                .rect_filled(part.shrink(2.0), RADIUS - 2, color(theme.accent_wash));
        }
        let (weight, ink) = match selected {
            true => (Weight::SemiBold, theme.accent),
            false => (Weight::Regular, theme.muted),
        };
        write(
            ui,
            part.center(),
            Align2::CENTER_CENTER,
            option,
            (weight, BODY),
            ink,
        );
        focus_ring(ui, part.shrink(2.0), &response);
        if response.clicked() {
            clicked = Some(i);
        }
    }
    clicked
}
