//! What to show: kinds, actors, places, deaths, certainty, datasets, each option with what choosing
//! it would give. A click on the option chooses it, one on its number lists the rows it counts.

mod actors;
mod admins;
mod area;
mod datasets;
mod deaths;
mod how_sure;
mod kinds;
mod known;
mod row;

use super::kit;
use super::theme::color;
use super::{Context, icons};
use crate::domain::KindGroup;
use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// What is open and typed here; not saved.
#[derive(Default)]
pub struct State {
    /// Sections folded or unfolded by hand, else by [`Section::open`].
    folded: Vec<(&'static str, bool)>,
    open_groups: Vec<KindGroup>,
    actors: actors::State,
    admins: admins::State,
    area: area::State,
    known: known::State,
}

impl State {
    /// Unfolds "as known on" and puts the cursor there.
    pub fn ask_known_on(&mut self) {
        self.fold("filter-known", true);
        self.known.is_wanted = true;
    }

    fn fold(&mut self, section: &'static str, open: bool) {
        self.folded.retain(|(key, _)| *key != section);
        self.folded.push((section, open));
    }
}

/// A part of the panel that can be folded away.
struct Section {
    title_key: &'static str,
    /// As long as nobody says otherwise.
    open: bool,
    show: fn(&mut Ui, &mut Context<'_>, &mut State),
    /// Whether the filter restricts anything here, and how that is taken off.
    is_set: fn(&crate::domain::Filter) -> bool,
    clear: fn(&mut crate::domain::Filter),
}

const SECTIONS: [Section; 8] = [
    Section {
        title_key: "filter-what",
        open: true,
        show: |ui, cx, state| kinds::show(ui, cx, &mut state.open_groups),
        is_set: |f| !f.kinds.is_empty(),
        clear: |f| f.kinds.clear(),
    },
    Section {
        title_key: "filter-who",
        open: true,
        show: |ui, cx, state| actors::show(ui, cx, &mut state.actors),
        is_set: |f| !f.actors.is_empty() || !f.side_a.is_empty() || !f.side_b.is_empty(),
        clear: |f| {
            f.actors.clear();
            f.side_a.clear();
            f.side_b.clear();
        },
    },
    Section {
        title_key: "filter-where",
        open: true,
        show: |ui, cx, state| area::show(ui, cx, &mut state.area),
        is_set: |f| f.area.is_some(),
        clear: |f| f.set_area(None, ""),
    },
    Section {
        title_key: "filter-admin",
        open: true,
        show: |ui, cx, state| admins::show(ui, cx, &mut state.admins),
        is_set: |f| !f.admin.is_empty(),
        clear: |f| f.admin.clear(),
    },
    Section {
        title_key: "filter-deaths",
        open: true,
        show: |ui, cx, _| deaths::show(ui, cx),
        is_set: |f| f.min_deaths.is_some() || f.max_deaths.is_some(),
        clear: |f| (f.min_deaths, f.max_deaths) = (None, None),
    },
    Section {
        title_key: "filter-how-sure",
        open: true,
        show: |ui, cx, _| how_sure::show(ui, cx),
        is_set: |f| f.precision.is_some() || f.certain,
        clear: |f| (f.precision, f.certain) = (None, false),
    },
    Section {
        title_key: "filter-grade",
        open: false,
        show: |ui, cx, _| how_sure::grades(ui, cx),
        is_set: |f| f.reliability.is_some() || f.credibility.is_some(),
        clear: |f| (f.reliability, f.credibility) = (None, None),
    },
    Section {
        title_key: "filter-known",
        open: false,
        show: |ui, cx, state| known::show(ui, cx, &mut state.known),
        is_set: |f| f.known_on.is_some(),
        clear: |f| f.known_on = None,
    },
];

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for section in &SECTIONS {
        let has_none = match section.title_key {
            "filter-who" => cx.loaded.columns.actors.is_empty(),
            "filter-admin" => cx
                .loaded
                .columns
                .admins
                .iter()
                .all(|(_, path)| path.is_empty()),
            _ => false,
        };
        if !has_none && head(ui, cx, state, section) {
            (section.show)(ui, cx, state);
        }
    }
    datasets::show(ui, cx);
    ui.add_space(16.0);
}

/// Title, fold and "all" of a section; whether it is unfolded.
fn head(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, section: &Section) -> bool {
    let theme = kit::theme(ui);
    let by_hand = state
        .folded
        .iter()
        .position(|(key, _)| *key == section.title_key);
    let open = by_hand.map_or(section.open, |i| state.folded[i].1);
    ui.add_space(8.0);
    let title = cx.tr(section.title_key);
    ui.horizontal(|ui| {
        let ink = color(theme.muted);
        let galley = ui.painter().layout_job(kit::small_caps(ui, &title));
        let size = vec2(galley.size().x + 18.0, 22.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let key = if open { "filter-fold" } else { "filter-unfold" };
        let label = cx.tr_args(key, &[("name", &title)]);
        response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, open, &label));
        ui.painter().text(
            pos2(rect.left() + 5.0, rect.center().y),
            Align2::CENTER_CENTER,
            if open {
                icons::CARET_DOWN
            } else {
                icons::CARET_RIGHT
            },
            super::theme::icon_font(10.0),
            ink,
        );
        let at = pos2(rect.left() + 16.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
        kit::focus_ring(ui, rect, &response);
        if response.clicked() {
            state.fold(section.title_key, !open);
        }
        kit::at_right(ui, |ui| {
            if !(section.is_set)(&cx.workspace.filter) {
                return;
            }
            let all = cx.tr("filter-all");
            let clear = kit::link(ui, &all);
            let label = cx.tr_args("filter-clear", &[("name", &title)]);
            clear.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
            if clear.on_hover_text(label).clicked() {
                cx.set_filter(section.clear);
            }
        });
    });
    open
}

/// A line to type a name into.
fn search_box(ui: &mut Ui, text: &mut String, hint: &str, id: &str) -> egui::Response {
    let edit = egui::TextEdit::singleline(text)
        .id(egui::Id::unique(id))
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .align(egui::Align2([egui::Align::Min, egui::Align::Center]))
        .min_size(vec2(0.0, super::theme::CONTROL_H))
        .margin(egui::Margin::symmetric(10, 4));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, hint));
    response
}

/// Whether Enter was pressed in a line that has a name to look for: the first that is found is meant.
fn is_entered(ui: &Ui, response: &egui::Response, text: &str) -> bool {
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    entered && !text.trim().is_empty()
}

/// A list of any length in room for a few rows; only what is seen is laid out.
fn list(ui: &mut Ui, id: &str, len: usize, mut row: impl FnMut(&mut Ui, usize)) {
    const MOST_ROWS: usize = 9;
    egui::ScrollArea::vertical()
        .id_salt(id)
        .max_height(MOST_ROWS as f32 * row::HEIGHT)
        // Inside of the scrolled panel there is no end of room.
        .min_scrolled_height(MOST_ROWS as f32 * row::HEIGHT)
        .auto_shrink([false, true])
        .show_rows(ui, row::HEIGHT, len, |ui, seen| {
            ui.spacing_mut().item_spacing.y = 0.0;
            seen.for_each(|i| row(ui, i));
        });
}

/// A quiet sentence.
fn note(ui: &mut Ui, text: String) {
    kit::note(ui, text);
}

/// Puts a name among those chosen or takes it off; alone where `only`, and off where it was alone.
fn choose(chosen: &mut std::collections::BTreeSet<String>, name: String, only: bool) {
    if only {
        let was_alone = chosen.len() == 1 && chosen.contains(&name);
        chosen.clear();
        if !was_alone {
            chosen.insert(name);
        }
    } else if !chosen.remove(&name) {
        chosen.insert(name);
    }
}
