//! Actors, most frequent first, on either side or on one of the two.

use super::row::{Clicked, Row};
use super::{is_entered, list, note, search_box};
use crate::domain::Filter;
use crate::domain::filter::fold;
use crate::index::{Columns, NameId};
use crate::query::{Figure, Part};
use crate::view::{Context, kit};
use egui::Ui;
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

/// Where an actor stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Side {
    #[default]
    Either,
    A,
    B,
}

impl Side {
    const ALL: [Side; 3] = [Side::Either, Side::A, Side::B];

    fn key(self) -> &'static str {
        match self {
            Side::Either => "filter-side-either",
            Side::A => "filter-side-a",
            Side::B => "filter-side-b",
        }
    }

    fn part(self) -> Part {
        match self {
            Side::Either => Part::Actor,
            Side::A => Part::SideA,
            Side::B => Part::SideB,
        }
    }

    fn chosen(self, filter: &mut Filter) -> &mut BTreeSet<String> {
        match self {
            Side::Either => &mut filter.actors,
            Side::A => &mut filter.side_a,
            Side::B => &mut filter.side_b,
        }
    }

    fn chosen_in(self, filter: &Filter) -> &BTreeSet<String> {
        match self {
            Side::Either => &filter.actors,
            Side::A => &filter.side_a,
            Side::B => &filter.side_b,
        }
    }

    fn counts<'a>(self, cx: &Context<'a>) -> &'a [u32] {
        cx.facets().of(self.part())
    }
}

#[derive(Default)]
pub struct State {
    side: Side,
    search: String,
    listed: Listed,
    /// All names as they are compared, of these columns.
    folded: (Weak<Columns>, Vec<String>),
}

/// The list in its order, until what it follows from changes.
#[derive(Default)]
struct Listed {
    of: Option<((u64, Figure), Side, String)>,
    ids: Vec<NameId>,
    longest: u32,
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let sides = Side::ALL.map(|side| cx.tr(side.key()));
    let sides = sides.each_ref().map(String::as_str);
    let current = Side::ALL.iter().position(|s| *s == state.side);
    let width = ui.available_width();
    let clicked = kit::segmented(ui, &sides, current.unwrap_or(0), Some(width));
    if let Some(i) = clicked {
        state.side = Side::ALL[i];
    }
    ui.add_space(4.0);
    let hint = cx.tr("filter-actor-hint");
    let field = search_box(ui, &mut state.search, &hint, "actor-search");
    let entered = is_entered(ui, &field, &state.search);
    ui.add_space(2.0);
    update(cx, state);
    let side = state.side;
    let columns = &cx.loaded.columns;
    let mut acted: Option<(Clicked, NameId)> = None;
    list(ui, "actors", state.listed.ids.len(), |ui, i| {
        let id = state.listed.ids[i];
        let name = columns.actors.get(id);
        let on = side.chosen_in(&cx.workspace.filter).contains(name);
        let only_name = cx.tr_args("filter-only", &[("name", name)]);
        let kind = columns.actor_types.get(id.0 as usize);
        let about = kind.map_or(String::new(), |t| cx.tr(&format!("actor-{}", t.code())));
        let row = Row {
            about: &about,
            ..Row::option(cx, name, &only_name, on)
        };
        let count = side.counts(cx).get(id.0 as usize).copied().unwrap_or(0);
        let clicked = row.counting(count, state.listed.longest).show(ui, cx);
        if clicked != Clicked::default() {
            acted = Some((clicked, id));
        }
    });
    if state.listed.ids.is_empty() {
        note(ui, cx.tr("filter-no-actor"));
    }
    if let Some(first) = state.listed.ids.first().filter(|_| entered) {
        acted = Some((Clicked::TOGGLE, *first));
    }
    if let Some((clicked, id)) = acted {
        act(cx, side, clicked, id);
    }
}

/// Those chosen come first, then the most frequent.
fn update(cx: &Context<'_>, state: &mut State) {
    let wanted = fold(state.search.trim());
    let of = (cx.counting(), state.side, wanted);
    if state.listed.of.as_ref() == Some(&of) {
        return;
    }
    let columns = &cx.loaded.columns;
    if !of.2.is_empty() && state.folded.0.as_ptr() != Arc::as_ptr(columns) {
        let names = columns.actors.iter().map(|(_, name)| fold(name));
        state.folded = (Arc::downgrade(columns), names.collect());
    }
    let counts = state.side.counts(cx);
    let chosen = state.side.chosen_in(&cx.workspace.filter);
    let mut found: Vec<(bool, u32, NameId)> = columns
        .actors
        .iter()
        .map(|(id, name)| {
            let count = counts.get(id.0 as usize).copied().unwrap_or(0);
            (chosen.contains(name), count, id)
        })
        .filter(|(on, count, id)| {
            if of.2.is_empty() {
                *on || *count > 0
            } else {
                state.folded.1[id.0 as usize].contains(&of.2)
            }
        })
        .collect();
    found.sort_unstable_by_key(|(on, count, id)| (!on, std::cmp::Reverse(*count), *id));
    state.listed = Listed {
        longest: found.iter().map(|(_, count, _)| *count).max().unwrap_or(0),
        ids: found.into_iter().map(|(_, _, id)| id).collect(),
        of: Some(of),
    };
}

fn act(cx: &mut Context<'_>, side: Side, clicked: Clicked, id: NameId) {
    let columns = cx.loaded.columns.clone();
    if clicked.count {
        let stands = |row| {
            columns.actors_of(row).iter().any(|a| {
                a.actor() == id
                    && match side {
                        Side::Either => true,
                        Side::A => a.on_a(),
                        Side::B => a.on_b(),
                    }
            })
        };
        let rows = cx.derived.judged.rows_having(side.part(), stands);
        return cx.select(rows);
    }
    let name = columns.actors.get(id).to_owned();
    cx.set_filter(|f| super::choose(side.chosen(f), name, clicked.only));
}
