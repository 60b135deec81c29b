//! The search: a line of text, and below it what it finds as one types.

use super::kit::list::{self, Pressed};
use super::theme::{CONTROL_H, color, font};
use super::{icons, kit};
use crate::locale::{Lang, TextKey, tr};
use crate::scene::Weight;
use crate::session::Command;
use egui::{Align2, Role, Ui, WidgetInfo, pos2, vec2};

/// What is typed, and what was found for it.
#[derive(Default)]
pub struct State {
    pub text: String,
    /// The list is shown.
    pub open: bool,
    /// Which entry is highlighted.
    at: usize,
    pub entries: Vec<Entry>,
    /// Enter was pressed before anything was found: the first that is will be taken.
    is_wanted: bool,
    /// Said under the entries: that the search goes on, or what is understood.
    pub note: Option<String>,
}

/// Which part of the list an entry stands in, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Coordinates,
    /// A way by road.
    Road,
    Actors,
    Places,
    /// Movements, and places with figures.
    Ways,
    Incidents,
    Text,
}

impl Group {
    const fn title_key(self) -> TextKey {
        match self {
            Group::Coordinates => text!("search-coordinates"),
            Group::Road => text!("search-road"),
            Group::Actors => text!("search-actors"),
            Group::Places => text!("search-places"),
            Group::Ways => text!("legend-ways"),
            Group::Incidents => text!("search-incidents"),
            Group::Text => text!("search-text"),
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Group::Coordinates => icons::CROSSHAIR,
            Group::Road => icons::ARROW_RIGHT,
            Group::Actors => icons::USERS_THREE,
            Group::Places => icons::MAP_PIN,
            Group::Ways => icons::ARROW_RIGHT,
            Group::Incidents => icons::FILE_TEXT,
            Group::Text => icons::FUNNEL,
        }
    }
}

/// Something found.
pub struct Entry {
    pub group: Group,
    pub name: String,
    pub detail: String,
    pub trailing: String,
    /// What choosing it asks for.
    pub commands: Vec<Command>,
    /// Another thing to do with it, by its name.
    pub also: Option<(String, Vec<Command>)>,
}

/// The id of the field, for its shortcut.
#[must_use]
pub fn field_id() -> egui::Id {
    egui::Id::unique("search")
}

impl State {
    /// Leaves the search.
    pub fn close(&mut self) {
        *self = State::default();
    }
}

/// The field, `width` points wide, with the list below it while it is open.
pub fn show(ui: &mut Ui, lang: Lang, state: &mut State, width: f32, commands: &mut Vec<Command>) {
    let had_focus = ui.memory(|m| m.has_focus(field_id()));
    let pressed = if had_focus && state.open {
        list::keys(ui, &mut state.at, state.entries.len())
    } else {
        Pressed::Nothing
    };
    let response = field(ui, lang, state, width);
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    if entered && state.entries.is_empty() {
        state.is_wanted = true;
    }
    if response.changed() {
        state.is_wanted = false;
        state.at = 0;
        state.open = true;
    }
    state.open |= response.gained_focus();
    state.open &= !state.text.trim().is_empty();
    if !state.open {
        state.is_wanted = false;
        return;
    }
    let come = state.is_wanted && !state.entries.is_empty();
    let mut taken = (pressed == Pressed::Taken || come).then_some(Taken::Entry(state.at));
    let area = egui::Area::new(ui.scope_id().with("found"))
        .order(egui::Order::Foreground)
        .constrain(true)
        .fixed_pos(response.rect.left_bottom() + vec2(0.0, 6.0));
    let shown = area.show(ui.ctx(), |ui| {
        egui::Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_width(response.rect.width().max(440.0));
            found(ui, lang, state, pressed == Pressed::Moved)
        })
    });
    taken = shown.inner.inner.or(taken);
    // A press anywhere else leaves the list, as it leaves the field.
    let outside = ui.input(|i| {
        let at = i.pointer.interact_pos().filter(|_| i.pointer.any_pressed());
        at.is_some_and(|p| !shown.response.rect.contains(p) && !response.rect.contains(p))
    });
    if outside {
        state.open = false;
    }
    if let Some(taken) = taken {
        if let Some(asked) = state.take(taken) {
            commands.extend(asked);
        }
        ui.memory_mut(|m| m.surrender_focus(field_id()));
    }
}

enum Taken {
    Entry(usize),
    Also(usize),
}

impl State {
    /// What was chosen; the search is over then.
    fn take(&mut self, taken: Taken) -> Option<Vec<Command>> {
        let (Taken::Entry(at) | Taken::Also(at)) = taken;
        let entry = self.entries.get_mut(at)?;
        let asked = match (taken, entry.also.take()) {
            (Taken::Also(_), Some((_, commands))) => commands,
            _ => std::mem::take(&mut entry.commands),
        };
        self.close();
        Some(asked)
    }
}

fn field(ui: &mut Ui, lang: Lang, state: &mut State, width: f32) -> egui::Response {
    let theme = kit::theme(ui);
    let hint = tr(lang, text!("search-hint"));
    let edit = egui::TextEdit::singleline(&mut state.text)
        .id(field_id())
        .hint_text(&hint)
        .desired_width(width)
        .align(egui::Align2([egui::Align::Min, egui::Align::Center]))
        .min_size(vec2(0.0, CONTROL_H))
        .margin(egui::Margin {
            left: 30,
            right: 10,
            top: 4,
            bottom: 4,
        });
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, &hint));
    kit::paint_icon(
        ui,
        pos2(response.rect.left() + 16.0, response.rect.center().y),
        icons::MAGNIFYING_GLASS,
        15.0,
        theme.muted,
    );
    if !response.has_focus() && state.text.is_empty() {
        kit::write(
            ui,
            response.rect.right_center() - vec2(10.0, 0.0),
            Align2::RIGHT_CENTER,
            "Ctrl F",
            (Weight::Regular, 11.0),
            theme.faint,
        );
    }
    response
}

fn found(ui: &mut Ui, lang: Lang, state: &State, moved: bool) -> Option<Taken> {
    let mut taken = None;
    let mut group = None;
    let mut entry = |ui: &mut Ui, i: usize, entry: &Entry| {
        if group.replace(entry.group) != Some(entry.group) {
            list::head(ui, &tr(lang, entry.group.title_key()));
        }
        let (rect, clicked) = one(ui, entry, i == state.at);
        if i == state.at && moved {
            ui.scroll_to_rect(rect, None);
        }
        match clicked {
            Some(true) => taken = Some(Taken::Entry(i)),
            Some(false) => taken = Some(Taken::Also(i)),
            None => {}
        }
    };
    ui.spacing_mut().item_spacing.y = 1.0;
    let entries = || state.entries.iter().enumerate();
    let by_text = |(_, entry): &(usize, &Entry)| entry.group == Group::Text;
    egui::ScrollArea::vertical()
        .max_height(460.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (i, found) in entries().filter(|e| !by_text(e)) {
                entry(ui, i, found);
            }
        });
    // Below what scrolls: always at hand.
    for (i, found) in entries().filter(by_text) {
        entry(ui, i, found);
    }
    if let Some(note) = &state.note {
        ui.horizontal_wrapped(|ui| {
            ui.add_space(8.0);
            kit::note(ui, note);
        });
    }
    taken
}

/// A row; whether it (`true`) or the other thing to do (`false`) was clicked.
fn one(ui: &mut Ui, entry: &Entry, highlighted: bool) -> (egui::Rect, Option<bool>) {
    let theme = kit::theme(ui);
    let also_w = entry.also.as_ref().map_or(0.0, |(name, _)| {
        let font = font(Weight::Regular, 12.0);
        let galley = ui
            .painter()
            .layout_no_wrap(name.clone(), font, color(theme.accent));
        galley.size().x + 16.0
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let row = list::Row {
            icon: Some(entry.group.icon()),
            name: &entry.name,
            detail: &entry.detail,
            trailing: &entry.trailing,
            highlighted,
            enabled: true,
            room_right: also_w + 8.0,
        };
        let response = list::row(ui, &row);
        let also = entry.also.as_ref().is_some_and(|(name, _)| {
            let clicked = kit::link(ui, name).clicked();
            ui.add_space(4.0);
            clicked
        });
        let clicked = match (response.clicked(), also) {
            (_, true) => Some(false),
            (true, _) => Some(true),
            _ => None,
        };
        (response.rect, clicked)
    })
    .inner
}
