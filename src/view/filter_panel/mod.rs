//! What to show: kinds, actors, places, deaths, certainty, datasets, each option with what choosing
//! it would give. A click on the option chooses it, one on its number lists the rows it counts.
//! What there is to choose the parts of the filter declare ([`crate::query::Panel`]); here is one file
//! for each kind of control.

mod area;
mod boxes;
mod choice;
mod known;
mod list;
mod names;
mod options;
mod range;
mod row;
mod tree;

use super::kit;
use super::theme::color;
use super::{Context, icons};
use crate::locale::TextKey;
use crate::query::{Control, Panel, Part};
use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::HashMap;

/// What is open and typed here; not saved.
#[derive(Default)]
pub struct State {
    /// Sections folded or unfolded by hand, else by [`Panel::open`].
    folded: Vec<(TextKey, bool)>,
    // Of each section by its title.
    boxes: HashMap<TextKey, boxes::State>,
    lists: HashMap<TextKey, list::State>,
    trees: HashMap<TextKey, tree::State>,
    area: area::State,
    known: known::State,
}

impl State {
    /// Unfolds "as known on" and puts the cursor there.
    pub fn ask_known_on(&mut self) {
        self.fold(text!("filter-known"), true);
        self.known.is_wanted = true;
    }

    fn fold(&mut self, section: TextKey, open: bool) {
        self.folded.retain(|(key, _)| *key != section);
        self.folded.push((section, open));
    }
}

/// The parts of a section, each with its panel.
type Section = [(Part, &'static Panel)];

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let panels = Part::ALL.iter().filter_map(|part| {
        let panel = part.declared().panel.as_ref()?;
        (panel.has_any)(&cx.loaded.columns).then_some((*part, panel))
    });
    let panels: Vec<(Part, &Panel)> = panels.collect();
    for section in panels.chunk_by(|(_, a), (_, b)| a.title == b.title) {
        let (_, panel) = section[0];
        let is_open = match panel.open {
            Some(open) => head(ui, cx, state, section, open),
            None => {
                kit::section(ui, &cx.tr(panel.title), |_| {});
                true
            }
        };
        if is_open {
            control(ui, cx, state, section);
        }
    }
    ui.add_space(16.0);
}

fn control(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, section: &Section) {
    let (part, panel) = section[0];
    let title = panel.title;
    match &panel.control {
        Control::Boxes(boxes) => {
            boxes::show(ui, cx, part, boxes, state.boxes.entry(title).or_default());
        }
        Control::List(_) => {
            let lists = section
                .iter()
                .filter_map(|(part, panel)| match &panel.control {
                    Control::List(list) => Some((*part, list)),
                    _ => None,
                });
            let lists: Vec<_> = lists.collect();
            list::show(ui, cx, &lists, state.lists.entry(title).or_default());
        }
        Control::Tree(list) => {
            tree::show(ui, cx, part, list, state.trees.entry(title).or_default());
        }
        Control::Choice(choice) => choice::show(ui, cx, part, choice),
        Control::Range(range) => range::show(ui, cx, part, range),
        Control::Area => area::show(ui, cx, &mut state.area),
        Control::Day => known::show(ui, cx, &mut state.known),
    }
}

/// Title, fold and "all" of a section; whether it is unfolded.
fn head(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    section: &Section,
    open: bool,
) -> bool {
    let title_key = section[0].1.title;
    let theme = kit::theme(ui);
    let by_hand = state.folded.iter().position(|(key, _)| *key == title_key);
    let open = by_hand.map_or(open, |i| state.folded[i].1);
    ui.add_space(8.0);
    let title = cx.tr(title_key);
    ui.horizontal(|ui| {
        let ink = color(theme.muted);
        let galley = ui.painter().layout_job(kit::small_caps(ui, &title));
        let size = vec2(galley.size().x + 18.0, 22.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let key = if open {
            text!("filter-fold"; name)
        } else {
            text!("filter-unfold"; name)
        };
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
            state.fold(title_key, !open);
        }
        kit::at_right(ui, |ui| {
            let mut parts = section.iter().map(|(part, _)| part.declared());
            if !parts.any(|part| (part.is_set)(&cx.workspace.filter)) {
                return;
            }
            let all = cx.tr(text!("filter-all"));
            let clear = kit::link(ui, &all);
            let label = cx.tr(text!("filter-clear", name = title));
            clear.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
            if clear.on_hover_text(label).clicked() {
                let parts = section.iter().map(|(part, _)| part.declared());
                cx.set_filter(|f| parts.for_each(|part| (part.clear)(f)));
            }
        });
    });
    open
}
