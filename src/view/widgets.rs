//! The controls of the window: drawn in the theme, reachable by keyboard, named for screen readers.

use super::theme::{BODY, CONTROL_H, RADIUS, SMALL, color, font, icon_font};
use crate::domain::{Inner, Mark};
use crate::scene::{Color, Theme, Weight};
use egui::{
    Align2, Color32, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

/// How loud a button is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    /// The one thing to do here.
    Primary,
    Plain,
}

/// A square button with an icon; `name` is its tooltip and what a screen reader says.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: &str, name: &str, selected: bool) -> Response {
    icon_button_enabled(ui, theme, icon, name, selected, true)
}

/// The same, greyed out where there is nothing to do.
pub fn icon_button_enabled(
    ui: &mut Ui,
    theme: &Theme,
    icon: &str,
    name: &str,
    selected: bool,
    enabled: bool,
) -> Response {
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(CONTROL_H), sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, name));
    let ink = if !enabled {
        theme.faint
    } else if selected {
        theme.accent
    } else {
        theme.text
    };
    frame_of(ui, theme, rect, &response, selected, enabled);
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        icon,
        icon_font(16.0),
        color(ink),
    );
    focus_ring(ui, theme, rect, &response);
    response.on_hover_text(name)
}

/// The box of a control.
pub fn frame_of(
    ui: &Ui,
    theme: &Theme,
    rect: Rect,
    response: &Response,
    selected: bool,
    enabled: bool,
) {
    let hot = enabled && response.hovered();
    let fill = if selected || hot {
        theme.accent_wash
    } else {
        theme.background
    };
    ui.painter().rect(
        rect,
        RADIUS,
        color(fill),
        Stroke::new(1.0, color(theme.line)),
        StrokeKind::Inside,
    );
}

/// What shows that the keyboard is here.
pub fn focus_ring(ui: &Ui, theme: &Theme, rect: Rect, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color(theme.accent));
        ui.painter()
            .rect_stroke(rect.expand(1.0), RADIUS, stroke, StrokeKind::Outside);
    }
}

/// A button with a word, and an icon before it where given.
pub fn button(
    ui: &mut Ui,
    theme: &Theme,
    icon: Option<&str>,
    label: &str,
    loudness: Loudness,
) -> Response {
    let primary = loudness == Loudness::Primary;
    let ink = color(if primary { theme.on_accent } else { theme.text });
    let galley = ui
        .painter()
        .layout_no_wrap(label.to_owned(), font(Weight::Medium, BODY), ink);
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
        frame_of(ui, theme, rect, &response, false, true);
    }
    if let Some(icon) = icon {
        ui.painter().text(
            pos2(rect.left() + 20.0, rect.center().y),
            Align2::CENTER_CENTER,
            icon,
            icon_font(16.0),
            ink,
        );
    }
    let at = pos2(
        rect.left() + 12.0 + icon_w,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, ink);
    focus_ring(ui, theme, rect, &response);
    response
}

/// A button that opens a menu.
pub fn dropdown(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(
        label.to_owned(),
        font(Weight::Medium, BODY),
        color(theme.text),
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 42.0, CONTROL_H), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    frame_of(ui, theme, rect, &response, false, true);
    ui.painter().galley(
        pos2(rect.left() + 12.0, rect.center().y - galley.size().y / 2.0),
        galley,
        color(theme.text),
    );
    let at = pos2(rect.right() - 16.0, rect.center().y);
    ui.painter().text(
        at,
        Align2::CENTER_CENTER,
        super::icons::CARET_DOWN,
        icon_font(12.0),
        color(theme.muted),
    );
    focus_ring(ui, theme, rect, &response);
    response
}

/// Text in the accent that acts on a click.
pub fn link(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(
        label.to_owned(),
        font(Weight::Regular, 12.0),
        color(theme.accent),
    );
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 20.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, label));
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    if response.hovered() {
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 2.0,
            Stroke::new(1.0, color(theme.accent)),
        );
    }
    ui.painter().galley(at, galley, color(theme.accent));
    focus_ring(ui, theme, rect, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// One of a few, side by side. Returns the index clicked.
pub fn segmented(
    ui: &mut Ui,
    theme: &Theme,
    options: &[&str],
    current: usize,
    width: Option<f32>,
) -> Option<usize> {
    let ink = |selected: bool| color(if selected { theme.accent } else { theme.muted });
    let weight = |selected: bool| {
        if selected {
            Weight::SemiBold
        } else {
            Weight::Regular
        }
    };
    let natural: Vec<f32> = options
        .iter()
        .map(|o| {
            ui.painter()
                .layout_no_wrap(
                    (*o).to_owned(),
                    font(Weight::SemiBold, BODY),
                    Color32::WHITE,
                )
                .size()
                .x
                + 24.0
        })
        .collect();
    let total: f32 = natural.iter().sum();
    let scale_to = width.unwrap_or(total);
    let extra = (scale_to - total) / options.len() as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(scale_to, CONTROL_H), Sense::hover());
    ui.painter().rect(
        rect,
        RADIUS,
        color(theme.background),
        Stroke::new(1.0, color(theme.line)),
        StrokeKind::Inside,
    );
    let mut clicked = None;
    let mut x = rect.left();
    for (i, option) in options.iter().enumerate() {
        let part = Rect::from_min_size(pos2(x, rect.top()), vec2(natural[i] + extra, CONTROL_H));
        x = part.right();
        let selected = i == current;
        let response = ui.interact(
            part,
            ui.scope_id().with(("segment", option)),
            Sense::click(),
        );
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, option));
        if selected || response.hovered() {
            ui.painter()
                .rect_filled(part.shrink(2.0), RADIUS - 2, color(theme.accent_wash));
        }
        ui.painter().text(
            part.center(),
            Align2::CENTER_CENTER,
            option,
            font(weight(selected), BODY),
            ink(selected),
        );
        focus_ring(ui, theme, part.shrink(2.0), &response);
        if response.clicked() {
            clicked = Some(i);
        }
    }
    clicked
}

/// The head of a section: small capitals, and room at the right for a link.
pub fn section(ui: &mut Ui, theme: &Theme, title: &str, trailing: impl FnOnce(&mut Ui)) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.set_min_height(20.0);
        let mut job = egui::text::LayoutJob::default();
        let format = egui::TextFormat {
            font_id: font(Weight::SemiBold, SMALL),
            color: color(theme.muted),
            extra_letter_spacing: 0.6,
            ..Default::default()
        };
        job.append(&title.to_uppercase(), 0.0, format);
        ui.label(job);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), trailing);
    });
}

/// A tick box, 16 points; `some` is the third state, of a group whose members differ.
pub fn paint_checkbox(ui: &Ui, theme: &Theme, rect: Rect, checked: bool, some: bool) {
    let (fill, line) = if checked || some {
        (theme.accent, theme.accent)
    } else {
        (theme.background, theme.faint)
    };
    ui.painter().rect(
        rect,
        4,
        color(fill),
        Stroke::new(1.0, color(line)),
        StrokeKind::Inside,
    );
    let sign = if checked {
        super::icons::CHECK
    } else {
        super::icons::MINUS
    };
    if checked || some {
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            sign,
            icon_font(12.0),
            color(theme.on_accent),
        );
    }
}

/// A row with a tick box and a name.
pub fn checkbox(ui: &mut Ui, theme: &Theme, checked: bool, label: &str) -> Response {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, super::theme::ROW_H), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, checked, label));
    let square =
        Rect::from_center_size(pos2(rect.left() + 8.0, rect.center().y), Vec2::splat(16.0));
    paint_checkbox(ui, theme, square, checked, false);
    let at = pos2(rect.left() + 26.0, rect.center().y);
    ui.painter().text(
        at,
        Align2::LEFT_CENTER,
        label,
        font(Weight::Regular, BODY),
        color(theme.text),
    );
    focus_ring(ui, theme, rect, &response);
    response
}

/// The symbol of a kind, as on the map but opaque.
pub fn paint_mark(
    painter: &egui::Painter,
    theme: &Theme,
    center: Pos2,
    radius: f32,
    mark: Mark,
    inner: Inner,
) {
    let mut shapes = Vec::new();
    let fill = theme.mark(mark);
    // No outline; its colour is that of the sign inside.
    let outline = crate::scene::Stroke::solid(theme.panel, 0.0);
    super::replay::mark_shapes(
        &mut shapes,
        [center.x, center.y],
        radius,
        mark.shape(),
        inner,
        fill,
        outline,
    );
    painter.extend(shapes);
}

/// A name at the left and its value beside it, wrapped: a line of the record card.
pub fn field(ui: &mut Ui, theme: &Theme, name: &str, value: impl FnOnce(&mut Ui)) {
    const NAME_W: f32 = 76.0;
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(NAME_W, 18.0), Sense::hover());
        ui.painter().text(
            pos2(rect.left(), rect.top() + 9.0),
            Align2::LEFT_CENTER,
            name,
            font(Weight::Regular, BODY),
            color(theme.muted),
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            value(ui);
        });
    });
}

/// Text in a colour of the theme, wrapped.
pub fn text(
    ui: &mut Ui,
    text: impl Into<String>,
    weight: Weight,
    size: f32,
    ink: Color,
) -> Response {
    ui.label(
        egui::RichText::new(text)
            .font(font(weight, size))
            .color(color(ink)),
    )
}

/// A rounded label over the map that can be taken off. Returns whether it was.
pub fn chip(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    remove_name: &str,
    paint_icons: &[Mark],
) -> bool {
    const MARK_W: f32 = 15.0;
    const MOST_W: f32 = 300.0;
    let (face, ink) = (font(Weight::Regular, BODY), color(theme.text));
    let mut job = egui::text::LayoutJob::simple_singleline(label.to_owned(), face, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(MOST_W);
    let galley = ui.painter().layout_job(job);
    let icons_w = paint_icons.len() as f32 * MARK_W;
    let size = vec2(galley.size().x + icons_w + 42.0, CONTROL_H);
    let (rect, whole) = ui.allocate_exact_size(size, Sense::hover());
    if galley.elided {
        whole.on_hover_text(label);
    }
    ui.painter()
        .add(floating_shadow(theme).as_shape(rect, CONTROL_H / 2.0));
    ui.painter().rect(
        rect,
        CONTROL_H / 2.0,
        color(theme.panel),
        Stroke::new(1.0, color(theme.line)),
        StrokeKind::Inside,
    );
    for (i, mark) in paint_icons.iter().enumerate() {
        let center = pos2(rect.left() + 18.0 + i as f32 * MARK_W, rect.center().y);
        paint_mark(ui.painter(), theme, center, 4.5, *mark, Inner::Plain);
    }
    let at = pos2(
        rect.left() + 12.0 + icons_w,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, color(theme.text));
    let cross = Rect::from_center_size(
        pos2(rect.right() - 15.0, rect.center().y),
        Vec2::splat(22.0),
    );
    let response = ui.interact(
        cross,
        ui.scope_id().with(("chip", remove_name)),
        Sense::click(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, remove_name));
    let ink = if response.hovered() || response.has_focus() {
        theme.accent
    } else {
        theme.muted
    };
    ui.painter().text(
        cross.center(),
        Align2::CENTER_CENTER,
        super::icons::X,
        icon_font(12.0),
        color(ink),
    );
    response.on_hover_text(remove_name).clicked()
}

/// The shadow under what floats over the map.
#[must_use]
pub fn floating_shadow(theme: &Theme) -> egui::Shadow {
    let dark = theme.name == crate::scene::theme::ThemeName::Dark;
    egui::Shadow {
        offset: [0, 1],
        blur: 6,
        spread: 0,
        color: Color32::from_black_alpha(if dark { 90 } else { 28 }),
    }
}
