//! Texts: sentences, heads of sections, names with their values.

use super::theme;
use crate::scene::{Color, Theme, Weight};
use crate::view::theme::{BODY, SMALL, TITLE, color, font};
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Align2, Galley, Layout, Pos2, Rect, Response, RichText, Sense, TextFormat, Ui, pos2,
    vec2,
};
use std::sync::Arc;

/// Text in a colour of the theme, wrapped; `size` in points.
pub fn text(
    ui: &mut Ui,
    text: impl Into<String>,
    weight: Weight,
    size: f32,
    ink: impl FnOnce(&Theme) -> Color,
) -> Response {
    let ink = color(ink(&theme(ui)));
    ui.label(RichText::new(text).font(font(weight, size)).color(ink))
}

/// The name of a card.
pub fn title(ui: &mut Ui, words: impl Into<String>) -> Response {
    text(ui, words, Weight::SemiBold, TITLE, |t| t.text)
}

/// What is to be read.
pub fn body(ui: &mut Ui, words: impl Into<String>) -> Response {
    text(ui, words, Weight::Regular, BODY, |t| t.text)
}

/// What stands beside it, as large and less dark.
pub fn quiet(ui: &mut Ui, words: impl Into<String>) -> Response {
    text(ui, words, Weight::Regular, BODY, |t| t.muted)
}

/// A sentence for who wants to know more: smaller and less dark.
pub fn note(ui: &mut Ui, words: impl Into<String>) -> Response {
    text(ui, words, Weight::Regular, 12.0, |t| t.muted)
}

/// One line of text, laid out to be painted.
pub fn galley(ui: &Ui, words: &str, weight: Weight, size: f32, ink: Color) -> Arc<Galley> {
    let face = font(weight, size);
    ui.painter()
        .layout_no_wrap(words.to_owned(), face, color(ink))
}

/// Writes a line, its `anchor` at a place; returns the room that it takes. The size is in points.
pub fn write(
    ui: &Ui,
    at: Pos2,
    anchor: Align2,
    words: impl ToString,
    (weight, size): (Weight, f32),
    ink: Color,
) -> Rect {
    let face = font(weight, size);
    ui.painter().text(at, anchor, words, face, color(ink))
}

/// One line from `left` to `right` at most, points; returns where it ends.
pub fn elided(ui: &Ui, text: &str, ink: Color, left: f32, right: f32, y: f32) -> f32 {
    let font = font(Weight::Regular, BODY);
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color(ink));
    job.wrap = TextWrapping::truncate_at_width((right - left).max(1.0));
    let galley = ui.painter().layout_job(job);
    let end = left + galley.size().x;
    let at = pos2(left, y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color(ink));
    end
}

/// The letters of the head of a section: small capitals.
#[must_use]
pub fn small_caps(ui: &Ui, title: &str) -> LayoutJob {
    let format = TextFormat {
        font_id: font(Weight::SemiBold, SMALL),
        color: color(theme(ui).muted),
        extra_letter_spacing: 0.6,
        ..Default::default()
    };
    LayoutJob::single_section(title.to_uppercase(), format)
}

/// The head of a section: small capitals, and room at the right for a link.
pub fn section(ui: &mut Ui, title: &str, trailing: impl FnOnce(&mut Ui)) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.set_min_height(20.0);
        ui.label(small_caps(ui, title));
        at_right(ui, trailing);
    });
}

/// What stands at the right end of a row, from right to left.
pub fn at_right<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::right_to_left(Align::Center), add)
        .inner
}

/// A name at the left and its value beside it, wrapped: a line of the record card.
pub fn field(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui)) {
    const NAME_W: f32 = 76.0;
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(NAME_W, 18.0), Sense::hover());
        let at = pos2(rect.left(), rect.top() + 9.0);
        let ink = theme(ui).muted;
        write(
            ui,
            at,
            Align2::LEFT_CENTER,
            name,
            (Weight::Regular, BODY),
            ink,
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            value(ui);
        });
    });
}
