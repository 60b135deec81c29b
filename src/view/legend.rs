//! The key to the map, over its lower left corner: only what is drawn.

use super::replay::paint;
use super::theme::{BODY, color, font};
use super::{Context, kit};
use crate::scene::Weight;
use crate::scene::key::{KeyLine, KeyPart, KeyRow, Leads, Section, Sizes};
use crate::scene::ramp_key::RampKey;
use crate::session::{Command, Panel};
use egui::{Align2, Rect, Response, Sense, Ui, pos2, vec2};

/// Of the lines, points.
pub const WIDTH: f32 = 244.0;
const LINE_H: f32 = 19.5;
/// From the left end of a line to its name.
const INDENT: f32 = 30.0;

/// Folded, it is this line alone; `open` is whether it is not, `covers` whether it is folded so as not to
/// lie over what is selected.
pub fn head(ui: &mut Ui, cx: &mut Context<'_>, open: bool, covers: bool) {
    ui.set_width(if open { WIDTH } else { 90.0 });
    ui.spacing_mut().item_spacing.y = 2.0;
    fold(ui, cx, open, covers);
}

/// All parts; gives what was clicked.
pub fn show(ui: &mut Ui, cx: &Context<'_>, parts: &[KeyPart]) -> Option<Leads> {
    ui.set_width(WIDTH);
    let mut clicked = None;
    for part in parts {
        if matches!(part.section, Section::Movements | Section::Also) {
            ui.add_space(6.0);
        }
        kit::text(ui, &part.head, Weight::SemiBold, 12.5, |t| t.text);
        if part.section != Section::Times {
            ui.add_space(2.0);
        }
        for row in &part.rows {
            clicked = show_row(ui, cx, row).or(clicked);
        }
    }
    clicked
}

fn show_row(ui: &mut Ui, cx: &Context<'_>, row: &KeyRow) -> Option<Leads> {
    match row {
        KeyRow::Line(key) => match key.leads_to {
            Some(leads) => return button(ui, cx, key).clicked().then_some(leads),
            None => line(ui, key),
        },
        KeyRow::Ramp(key) => ramp(ui, cx, key),
        KeyRow::Sizes(key) => sizes(ui, key),
        KeyRow::Head(text) => {
            kit::text(ui, text, Weight::SemiBold, 12.5, |t| t.text);
            ui.add_space(2.0);
        }
        KeyRow::Total(text, value) => {
            kit::body(ui, format!("{text} {value}"));
        }
        KeyRow::Says(text, _) | KeyRow::Note(text, _) => {
            kit::text(ui, text, Weight::Regular, 11.5, |t| t.muted);
        }
        KeyRow::Gap(px) => ui.add_space(*px),
    }
    None
}

/// The colours as a bar with counts below it.
fn ramp(ui: &mut Ui, cx: &Context<'_>, key: &RampKey) {
    let theme = kit::theme(ui);
    ui.add_space(2.0);
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, 32.0), Sense::hover());
    let size = |text: &str| {
        let face = font(Weight::Regular, 11.0);
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), face, color(theme.muted));
        galley.size().x
    };
    let ticks = key.ticks(WIDTH, size);
    let spoken: Vec<&str> = ticks.iter().map(|t| t.text.as_str()).collect();
    let spoken = format!("{}: {}", key.words(cx.lang), spoken.join(", "));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    let step = WIDTH / key.ramp.len() as f32;
    for (i, ink) in key.ramp.iter().enumerate() {
        let corner = rect.min + vec2(i as f32 * step, 0.0);
        let part = Rect::from_min_size(corner, vec2(step + 0.5, 11.0));
        ui.painter().rect_filled(part, 0, color(*ink));
    }
    for tick in &ticks {
        let x = rect.left() + tick.at_px;
        let pen = egui::Stroke::new(1.0, color(theme.muted));
        ui.painter()
            .vline(x, rect.top() + 11.0..=rect.top() + 15.0, pen);
        kit::write(
            ui,
            pos2(rect.left() + tick.text_px, rect.top() + 23.0),
            Align2::CENTER_CENTER,
            &tick.text,
            (Weight::Regular, 11.0),
            theme.muted,
        );
    }
}

/// The sign that folds it away, in the upper right corner; folded, the word for what it is.
fn fold(ui: &mut Ui, cx: &mut Context<'_>, open: bool, covers: bool) {
    let theme = kit::theme(ui);
    let top = ui.max_rect().right_top();
    let name = cx.tr(if open {
        text!("legend-fold")
    } else {
        text!("legend-unfold")
    });
    let rect = if open {
        Rect::from_min_size(pos2(top.x - 20.0, top.y - 2.0), vec2(22.0, 22.0))
    } else {
        ui.allocate_exact_size(vec2(90.0, 20.0), Sense::hover()).0
    };
    let response = ui.interact(rect, ui.scope_id().with("fold"), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::DisclosureTriangle, true, open, &name)
    });
    super::kit::focus_ring(ui, rect, &response);
    let icon = if open {
        super::icons::CARET_DOWN
    } else {
        super::icons::CARET_RIGHT
    };
    let ink = kit::hot_ink(ui, &response, theme.muted);
    kit::paint_icon(
        ui,
        pos2(rect.right() - 9.0, rect.center().y),
        icon,
        12.0,
        ink,
    );
    if !open {
        kit::write(
            ui,
            rect.left_center(),
            Align2::LEFT_CENTER,
            cx.tr(text!("legend-title")),
            (Weight::SemiBold, 12.5),
            theme.text,
        );
    }
    let tip = match covers {
        true => format!("{name} (G)\n{}", cx.tr(text!("legend-covers"))),
        false => format!("{name} (G)"),
    };
    if response.on_hover_text(tip).clicked() {
        cx.commands.push(Command::Fold(Panel::Legend));
    }
}

/// A sign, a name on one line, and a value at the right end.
fn line(ui: &mut Ui, key: &KeyLine) {
    let theme = kit::theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, LINE_H), Sense::hover());
    let spoken = format!("{} {}", key.name, key.value);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, spoken.trim()));
    let (left, y) = (rect.left() + key.indent_px, rect.center().y);
    paint(ui, (key.sign)(&theme, [left, y]));
    let (face, ink) = (font(Weight::Regular, BODY), color(theme.text));
    let mut job = egui::text::LayoutJob::simple_singleline(key.name.clone(), face, ink);
    let value = kit::galley(ui, &key.value, Weight::Regular, BODY, theme.muted);
    let room = WIDTH - INDENT - key.indent_px - (value.size().x + 8.0);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let name = ui.painter().layout_job(job);
    let elided = name.elided;
    let at = pos2(left + INDENT, y - name.size().y / 2.0);
    ui.painter().galley(at, name, ink);
    let at = pos2(rect.right() - value.size().x, y - value.size().y / 2.0);
    ui.painter().galley(at, value, color(theme.muted));
    let response = match elided {
        true => response.on_hover_text(&key.name),
        false => response,
    };
    if let Some(tip) = &key.tip {
        response.on_hover_text(tip);
    }
}

/// The same higher, acting on a click as a whole.
fn button(ui: &mut Ui, cx: &Context<'_>, key: &KeyLine) -> Response {
    let theme = kit::theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, 22.0), Sense::click());
    let spoken = format!("{}: {}", key.name, key.value);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
    let y = rect.center().y;
    paint(ui, (key.sign)(&theme, [rect.left(), y]));
    let hot = response.hovered() || response.has_focus();
    let ink = if hot { theme.accent } else { theme.text };
    let face = (Weight::Regular, BODY);
    let (left, right) = (pos2(rect.left() + INDENT, y), pos2(rect.right(), y));
    kit::write(ui, left, Align2::LEFT_CENTER, &key.name, face, ink);
    kit::write(ui, right, Align2::RIGHT_CENTER, &key.value, face, ink);
    kit::focus_ring(ui, rect, &response);
    response
        .on_hover_text(cx.tr(text!("time-select-these")))
        .on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn sizes(ui: &mut Ui, key: &Sizes) {
    let theme = kit::theme(ui);
    let Some((largest_deaths, largest)) = key.samples.last() else {
        return;
    };
    let height = largest * 2.0 + 18.0;
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, height), Sense::hover());
    let mut x = rect.left() + 4.0;
    for (deaths, radius) in &key.samples {
        // The last sample stands for all that is bigger where symbols stop growing.
        let stands_for_more = key.is_capped && deaths == largest_deaths;
        let more = if stands_for_more { "+" } else { "" };
        x += radius;
        paint(
            ui,
            vec![(key.sign)(&theme, [x, rect.top() + largest], *radius)],
        );
        let (at, words) = (pos2(x, rect.bottom() - 7.0), format!("{deaths}{more}"));
        let face = (Weight::Regular, 11.0);
        kit::write(ui, at, Align2::CENTER_CENTER, words, face, theme.muted);
        x += radius + 13.0;
    }
}
