//! What is painted beside names and over the map: icons, marks of kinds, chips.

use super::{hot_ink, theme};
use crate::domain::{Inner, Mark};
use crate::scene::{Color, Weight};
use crate::view::theme::{BODY, CONTROL_H, color, font, icon_font};
use crate::view::{icons, replay};
use egui::{
    Align2, Color32, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// An icon of [`icons`], `size` points.
pub fn paint_icon(ui: &Ui, center: Pos2, icon: &str, size: f32, ink: Color) {
    let (face, ink) = (icon_font(size), color(ink));
    ui.painter()
        .text(center, Align2::CENTER_CENTER, icon, face, ink);
}

/// The symbol of a kind, as on the map but opaque.
pub fn paint_mark(ui: &Ui, center: Pos2, radius: f32, mark: Mark, inner: Inner) {
    let theme = theme(ui);
    let mut shapes = Vec::new();
    // No outline; its colour is that of the sign inside.
    let outline = crate::scene::Stroke::solid(theme.panel, 0.0);
    let (at, fill) = ([center.x, center.y], theme.mark(mark));
    replay::mark_shapes(&mut shapes, at, radius, mark.shape(), inner, fill, outline);
    ui.painter().extend(shapes);
}

/// A thin line along `track`, of which the `share` (0..=1) of the longest is filled, 2 points at least.
pub fn paint_bar(ui: &Ui, track: Rect, share: f32, ink: Color) {
    ui.painter().rect_filled(track, 1, color(theme(ui).line));
    if share > 0.0 {
        let filled = (track.width() * share.min(1.0)).max(2.0);
        let filled = track.with_max_x(track.left() + filled);
        ui.painter().rect_filled(filled, 1, color(ink));
    }
}

/// A rounded label over the map that can be taken off. Returns whether it was.
pub fn chip(ui: &mut Ui, label: &str, remove_name: &str, marks: &[Mark]) -> bool {
    const MARK_W: f32 = 15.0;
    const MOST_W: f32 = 300.0;
    let theme = theme(ui);
    let (face, ink) = (font(Weight::Regular, BODY), color(theme.text));
    let mut job = egui::text::LayoutJob::simple_singleline(label.to_owned(), face, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(MOST_W);
    let galley = ui.painter().layout_job(job);
    let icons_w = marks.len() as f32 * MARK_W;
    let size = vec2(galley.size().x + icons_w + 42.0, CONTROL_H);
    let (rect, whole) = ui.allocate_exact_size(size, Sense::hover());
    if galley.elided {
        whole.on_hover_text(label);
    }
    let (fill, pen) = (color(theme.panel), Stroke::new(1.0, color(theme.line)));
    let round = CONTROL_H / 2.0;
    ui.painter().add(floating_shadow(ui).as_shape(rect, round));
    ui.painter()
        .rect(rect, round, fill, pen, StrokeKind::Inside);
    let y = rect.center().y;
    for (i, mark) in marks.iter().enumerate() {
        let center = pos2(rect.left() + 18.0 + i as f32 * MARK_W, y);
        paint_mark(ui, center, 4.5, *mark, Inner::Plain);
    }
    let at = pos2(rect.left() + 12.0 + icons_w, y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    let cross = Rect::from_center_size(pos2(rect.right() - 15.0, y), Vec2::splat(22.0));
    let id = ui.scope_id().with(("chip", remove_name));
    let response = ui.interact(cross, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, remove_name));
    let ink = hot_ink(ui, &response, theme.muted);
    paint_icon(ui, cross.center(), icons::X, 12.0, ink);
    response.on_hover_text(remove_name).clicked()
}

/// The shadow under what floats over the map.
#[must_use]
pub fn floating_shadow(ui: &Ui) -> egui::Shadow {
    let dark = theme(ui).name == crate::scene::theme::ThemeName::Dark;
    egui::Shadow {
        offset: [0, 1],
        blur: 6,
        spread: 0,
        color: Color32::from_black_alpha(if dark { 90 } else { 28 }),
    }
}
