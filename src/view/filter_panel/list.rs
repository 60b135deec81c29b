//! Names, most frequent first, with a line to search in; of several lists one at a time.

use super::names::{choose, is_entered, search_box, seen};
use super::options::{count, rows};
use super::row::{Clicked, Row};
use crate::domain::filter::fold;
use crate::index::{Columns, NameId};
use crate::query::{Figure, List, Part};
use crate::view::{Context, kit};
use egui::Ui;
use std::sync::{Arc, Weak};

#[derive(Default)]
pub struct State {
    tab: usize,
    search: String,
    listed: Listed,
    /// All names as they are compared, of these columns.
    folded: (Weak<Columns>, Vec<String>),
}

/// The list in its order, until what it follows from changes.
#[derive(Default)]
struct Listed {
    of: Option<((u64, Figure), usize, String)>,
    ids: Vec<NameId>,
    longest: u32,
}

/// The lists of a section.
pub fn show(ui: &mut Ui, cx: &mut Context<'_>, lists: &[(Part, &'static List)], state: &mut State) {
    if lists.len() > 1 {
        let tabs: Vec<String> = lists.iter().map(|(_, list)| cx.tr(list.tab)).collect();
        let tabs: Vec<&str> = tabs.iter().map(String::as_str).collect();
        let width = ui.available_width();
        if let Some(tab) = kit::segmented(ui, &tabs, state.tab, Some(width)) {
            state.tab = tab;
        }
        ui.add_space(4.0);
    }
    let Some((part, list)) = lists.get(state.tab).copied() else {
        return;
    };
    let field = search_box(ui, &mut state.search, &cx.tr(list.hint), list.hint.as_str());
    let entered = is_entered(ui, &field, &state.search);
    ui.add_space(2.0);
    update(cx, part, list, state);
    let columns = &cx.loaded.columns;
    let names = (list.names)(columns);
    let mut acted: Option<(Clicked, NameId)> = None;
    seen(ui, list.none.as_str(), state.listed.ids.len(), |ui, i| {
        let id = state.listed.ids[i];
        let name = names.get(id);
        let on = (list.chosen)(&cx.workspace.filter).contains(name);
        let only_name = cx.tr(text!("filter-only", name = name));
        let about = (list.about)(columns, cx.lang, id.0 as usize);
        let row = Row {
            about: &about,
            ..Row::option(cx, name, &only_name, on)
        };
        let count = count(cx, part, id.0 as usize);
        let clicked = row.counting(count, state.listed.longest).show(ui, cx);
        if clicked != Clicked::default() {
            acted = Some((clicked, id));
        }
    });
    if state.listed.ids.is_empty() {
        kit::note(ui, cx.tr(list.none));
    }
    if let Some(first) = state.listed.ids.first().filter(|_| entered) {
        acted = Some((Clicked::TOGGLE, *first));
    }
    let Some((clicked, id)) = acted else { return };
    if clicked.count {
        let rows = rows(cx, part, |option| option == id.0 as usize);
        return cx.select(rows);
    }
    let name = names.get(id).to_owned();
    cx.set_filter(|f| choose((list.chosen_mut)(f), name, clicked.only));
}

/// Those chosen come first, then the most frequent.
fn update(cx: &Context<'_>, part: Part, list: &List, state: &mut State) {
    let wanted = fold(state.search.trim());
    let of = (cx.counting(), state.tab, wanted);
    if state.listed.of.as_ref() == Some(&of) {
        return;
    }
    let columns = &cx.loaded.columns;
    let names = (list.names)(columns);
    if !of.2.is_empty() && state.folded.0.as_ptr() != Arc::as_ptr(columns) {
        let names = names.iter().map(|(_, name)| fold(name));
        state.folded = (Arc::downgrade(columns), names.collect());
    }
    let chosen = (list.chosen)(&cx.workspace.filter);
    let each = names.iter().map(|(id, name)| {
        let count = count(cx, part, id.0 as usize);
        (chosen.contains(name), count, id)
    });
    let mut found: Vec<(bool, u32, NameId)> = each
        .filter(|(on, count, id)| match of.2.as_str() {
            "" => *on || *count > 0,
            wanted => state.folded.1[id.0 as usize].contains(wanted),
        })
        .collect();
    found.sort_unstable_by_key(|(on, count, id)| (!on, std::cmp::Reverse(*count), *id));
    state.listed = Listed {
        longest: found.iter().map(|(_, count, _)| *count).max().unwrap_or(0),
        ids: found.into_iter().map(|(_, _, id)| id).collect(),
        of: Some(of),
    };
}
