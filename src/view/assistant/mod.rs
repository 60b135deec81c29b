//! The mapping assistant: what was found out about a file to be imported, what can be decided
//! otherwise, and what would come of it. State in, egui out; files are read by the program's logic.

mod dates;
mod fields;
mod file;
mod given;
mod outcome;
mod preview;
mod settings;
mod state;
mod words;

pub use fields::field_name;
use state::Look;
pub use state::{Asked, State, Tried};

use super::icons;
use super::kit;
use super::theme::{BODY, color};
use crate::locale::{Lang, number};
use crate::scene::Weight;
use egui::{Role, Ui, WidgetInfo, vec2};

/// Width of the decisions at the left, and height of what would come of them, points.
const SETTINGS_W: f32 = 312.0;
const OUTCOME_H: f32 = 172.0;
const FOOT_H: f32 = 46.0;
/// Kept free around the card, and its greatest size, points.
const AROUND: f32 = 72.0;
const MOST: egui::Vec2 = vec2(1320.0, 800.0);

pub fn show(ui: &mut Ui, lang: Lang, state: &mut State) -> Option<Asked> {
    let look = Look { lang };
    let room = ui.ctx().content_rect().size() - egui::Vec2::splat(AROUND);
    let size = room.min(MOST);
    ui.set_min_size(size);
    ui.set_max_size(size);
    let bottom = ui.max_rect().top() + size.y;
    title(ui, look, state);
    let mut asked = banner(ui, look, state);
    ui.add_space(8.0);
    let body_h = (bottom - ui.cursor().top() - FOOT_H).max(120.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        let left = vec2(SETTINGS_W, body_h);
        ui.allocate_ui_with_layout(left, egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_min_size(left);
            asked = settings::show(ui, look, state).or(asked.take());
        });
        let right = vec2(size.x - SETTINGS_W - 20.0, body_h);
        ui.allocate_ui_with_layout(right, egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_min_size(right);
            let table = vec2(right.x, body_h - OUTCOME_H);
            ui.allocate_ui(table, |ui| {
                ui.set_min_size(table);
                preview::show(ui, look, state);
            });
            outcome::show(ui, look, state);
        });
    });
    foot(ui, look, state).or(asked)
}

fn title(ui: &mut Ui, look: Look, state: &State) {
    ui.horizontal(|ui| {
        let name = state.file_name();
        let title = look.tr(text!("assistant-title", file = name));
        kit::title(ui, title);
        if state.of > 1 {
            let (at, of) = (number(state.at as u64), number(state.of as u64));
            kit::note(ui, look.tr(text!("assistant-of", at = at, all = of)));
        }
        kit::at_right(ui, |ui| {
            if let Some(seen) = &state.seen {
                let format = seen.facts.format.to_uppercase();
                kit::note(
                    ui,
                    format!("{format} · {}", size_in_words(seen.facts.size_bytes)),
                );
            }
        });
    });
}

/// `12 bytes`, `1.2 kB`, `34 MB`.
fn size_in_words(bytes: u64) -> String {
    let n = bytes as f64;
    match bytes {
        0..1_000 => format!("{} B", number(bytes)),
        1_000..1_000_000 => format!("{} kB", crate::locale::number_f64(n / 1e3, 1)),
        _ => format!("{} MB", crate::locale::number_f64(n / 1e6, 1)),
    }
}

/// The template in use, or one that could be.
fn banner(ui: &mut Ui, look: Look, state: &State) -> Option<Asked> {
    let theme = kit::theme(ui);
    let (key, name, link, asked) = match (&state.applied, &state.offered) {
        (Some(name), _) => (
            text!("assistant-template-used"; name),
            name,
            look.tr(text!("assistant-template-drop")),
            Asked::DropTemplate,
        ),
        (None, Some(offered)) => {
            let use_it = look.tr(text!("assistant-template-use", name = offered.name));
            (
                text!("assistant-template-fits"; name),
                &offered.name,
                use_it,
                Asked::UseOffered,
            )
        }
        (None, None) => return None,
    };
    let frame = egui::Frame::new()
        .fill(color(theme.accent_wash))
        .corner_radius(super::theme::RADIUS)
        .inner_margin(egui::Margin::symmetric(12, 6));
    let clicked = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            let said = look.tr_args(key, &[("name", name)]);
            kit::body(ui, said);
            kit::link(ui, &link).clicked()
        })
        .inner
    });
    clicked.inner.then_some(asked)
}

fn foot(ui: &mut Ui, look: Look, state: &mut State) -> Option<Asked> {
    let mut asked = None;
    let hindrance = state.hindrance(look.lang);
    ui.add_space(FOOT_H - super::theme::CONTROL_H - 8.0);
    let size = vec2(ui.available_width(), super::theme::CONTROL_H);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        let label = look.tr(text!("assistant-import"));
        let icon = Some(icons::UPLOAD_SIMPLE);
        let import = ui.add_enabled_ui(hindrance.is_none(), |ui| kit::primary(ui, icon, &label));
        if import.inner.clicked() {
            asked = Some(Asked::Import);
        }
        let label = look.tr(text!("cancel"));
        if kit::button(ui, None, &label).clicked() {
            asked = Some(Asked::Cancel);
        }
        let more = state.at < state.of;
        let label = look.tr(text!("assistant-skip"));
        if more && kit::button(ui, None, &label).clicked() {
            asked = Some(Asked::Skip);
        }
        ui.with_layout(
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| match hindrance {
                Some(why) => warning(ui, &why),
                None if more => {
                    let label = look.tr(text!("assistant-same"));
                    if kit::checkbox(ui, state.same, &label).clicked() {
                        state.same = !state.same;
                    }
                }
                None => {}
            },
        );
    });
    asked
}

/// What stands in the way, with a sign before it.
fn warning(ui: &mut Ui, why: &str) {
    let theme = kit::theme(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), egui::Sense::hover());
    kit::paint_icon(
        ui,
        rect.center(),
        icons::WARNING_CIRCLE,
        16.0,
        theme.warning,
    );
    let text = egui::RichText::new(why)
        .font(super::theme::font(Weight::Medium, BODY))
        .color(color(theme.text));
    let response = ui.add(egui::Label::new(text).truncate());
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, why));
    response.on_hover_text(why);
}
