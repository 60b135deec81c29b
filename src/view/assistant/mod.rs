//! The mapping assistant: what was found out about a file to be imported, what can be decided
//! otherwise, and what would come of it. State in, egui out; files are read by the program's logic.

mod dates;
mod fields;
mod file;
mod given;
mod outcome;
mod preview;
mod settings;
mod words;

pub use fields::field_name;

use super::icons;
use super::kit;
use super::theme::{BODY, color};
use crate::import::{Field, Inspection, Options, Trial, UnknownKinds};
use crate::locale::{Lang, Problem, number, tr, tr_args};
use crate::scene::Weight;
use crate::session::{Fit, Template};
use egui::{Role, Ui, WidgetInfo, vec2};
use jiff::civil::Date;
use std::path::PathBuf;

/// One file in the assistant.
#[derive(Default)]
pub struct State {
    pub path: PathBuf,
    /// Its place among the files chosen, from 1, and how many they are.
    pub at: usize,
    pub of: usize,
    /// What is decided; licence and attribution stand in fields of their own while they are typed.
    pub options: Options,
    /// Typed; empty is what the file or its profile says.
    pub dataset: String,
    pub licence: String,
    pub attribution: String,
    pub template_name: String,
    /// Typed: the day on which the file was received; empty is today.
    pub received: String,
    /// The file holds its whole dataset: what it lacks is retired.
    pub full: bool,
    /// The file is being looked at with other options than `seen` is of.
    pub looking: bool,
    pub seen: Option<Inspection>,
    /// Why the last look ended without an answer.
    pub problem: Option<Problem>,
    pub tried: Tried,
    /// The dataset of the case that has rows of the file already.
    pub fit: Option<Fit>,
    /// Of the last trial that came to its end.
    pub unknown_kinds: UnknownKinds,
    /// The template in use, and one that fits and is not.
    pub applied: Option<String>,
    pub offered: Option<Template>,
    /// The name under which all this was saved last.
    pub saved: Option<String>,
    /// What is wrong with files in the folder of templates.
    pub damaged: Vec<Problem>,
    /// Files after this one that have the same columns are not shown.
    pub same: bool,
    /// The dates left the order of day and month open when the file was first seen.
    pub asks_order: bool,
    /// The field whose value for all rows is to be typed next.
    pub wants: Option<Field>,
}

impl State {
    /// Nothing is decided, as when the file was first seen.
    pub fn forget(&mut self) {
        self.options = Options::default();
        let typed = [&mut self.dataset, &mut self.licence, &mut self.attribution];
        typed.into_iter().for_each(String::clear);
        self.received.clear();
    }

    /// The day on which the file was received, `None` for today; what was typed where it is no day.
    pub fn received_on(&self) -> Result<Option<Date>, &str> {
        match self.received.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| text),
        }
    }

    /// A file without dates opens with a line for one that all rows get; where nothing else could
    /// give it, that is where typing begins.
    pub fn wait_for_date(&mut self, seen: &Inspection) {
        let is_given = self.options.set.iter().any(|(f, _)| *f == Field::Start);
        if seen.takes_values && seen.missing.contains(&Field::Start) && !is_given {
            self.options.set.push((Field::Start, String::new()));
            self.wants = (seen.brings_shapes && seen.missing.len() == 1).then_some(Field::Start);
        }
    }
}

/// What reading all rows has given so far.
#[derive(Default)]
pub enum Tried {
    #[default]
    Nothing,
    Running {
        kept: u64,
        rejected: u64,
    },
    Done(Trial),
    Failed(Problem),
}

/// What the assistant asks the program for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Import,
    /// Go on to the next file without this one.
    Skip,
    Cancel,
    /// Keep what is decided under the name typed.
    Save,
    /// Take the template that is offered.
    UseOffered,
    /// Back to what is found out without the template.
    DropTemplate,
}

/// In what it is said.
#[derive(Clone, Copy)]
pub struct Look {
    pub lang: Lang,
}

impl Look {
    fn tr(&self, key: &str) -> String {
        tr(self.lang, key)
    }

    fn tr_args(&self, key: &str, args: &[(&'static str, &str)]) -> String {
        tr_args(self.lang, key, args)
    }
}

impl State {
    /// Why the file cannot be imported yet, in words for people.
    #[must_use]
    pub fn hindrance(&self, lang: Lang) -> Option<String> {
        if let Some(problem) = &self.problem {
            return Some(problem.message(lang));
        }
        let Some(seen) = self.seen.as_ref().filter(|_| !self.looking) else {
            return Some(tr(lang, "assistant-looking"));
        };
        if !seen.missing.is_empty() {
            let names = seen.missing.iter().map(|f| field_name(lang, *f));
            let names: Vec<String> = names.collect();
            let has = |field: Field| seen.mapping.iter().any(|(f, _)| *f == field);
            let by_name =
                !seen.missing.contains(&Field::Start) && (has(Field::Place) || has(Field::Admin2));
            // What comes with its places and nothing else has no column to choose.
            let by_value = seen.brings_shapes && seen.missing == [Field::Start];
            let key = match (by_value && seen.takes_values, by_name) {
                (true, _) => "assistant-missing-or-give",
                (false, true) => "assistant-missing-or-locate",
                (false, false) => "assistant-missing",
            };
            return Some(tr_args(lang, key, &[("fields", &names.join(", "))]));
        }
        if !seen.facts.readings.is_empty() && self.options.encoding.is_none() {
            return Some(tr(lang, "assistant-encoding-open"));
        }
        if self.asks_order && self.options.day_order.is_none() {
            return Some(tr(lang, "assistant-order-open"));
        }
        if seen.facts.half_converted.is_some() && self.options.half_converted.is_none() {
            return Some(tr(lang, "assistant-half-open"));
        }
        if let Err(text) = self.received_on() {
            return Some(tr_args(lang, "assistant-received-wrong", &[("text", text)]));
        }
        match &self.tried {
            Tried::Failed(problem) => Some(problem.message(lang)),
            Tried::Done(trial) if trial.kept == 0 && trial.rows_read > 0 => {
                Some(tr(lang, "assistant-nothing-kept"))
            }
            _ => None,
        }
    }

    fn file_name(&self) -> String {
        let name = self.path.file_name();
        name.map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

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
        let title = look.tr_args("assistant-title", &[("file", &name)]);
        kit::title(ui, title);
        if state.of > 1 {
            let (at, of) = (number(state.at as u64), number(state.of as u64));
            kit::note(
                ui,
                look.tr_args("assistant-of", &[("at", &at), ("all", &of)]),
            );
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
            "assistant-template-used",
            name,
            look.tr("assistant-template-drop"),
            Asked::DropTemplate,
        ),
        (None, Some(offered)) => {
            let use_it = look.tr_args("assistant-template-use", &[("name", &offered.name)]);
            (
                "assistant-template-fits",
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
        let label = look.tr("assistant-import");
        let icon = Some(icons::UPLOAD_SIMPLE);
        let import = ui.add_enabled_ui(hindrance.is_none(), |ui| kit::primary(ui, icon, &label));
        if import.inner.clicked() {
            asked = Some(Asked::Import);
        }
        let label = look.tr("cancel");
        if kit::button(ui, None, &label).clicked() {
            asked = Some(Asked::Cancel);
        }
        let more = state.at < state.of;
        let label = look.tr("assistant-skip");
        if more && kit::button(ui, None, &label).clicked() {
            asked = Some(Asked::Skip);
        }
        ui.with_layout(
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| match hindrance {
                Some(why) => warning(ui, &why),
                None if more => {
                    let label = look.tr("assistant-same");
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
