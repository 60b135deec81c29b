//! Boxes that are all ticked until one is taken off, in groups that unfold or not.

use super::options::{count, rows, sum};
use super::row::{Clicked, Row, Tick};
use crate::domain::{Inner, Mark};
use crate::index::{Columns, Row as RowId};
use crate::query::{Boxes, Part};
use crate::view::{Context, kit};
use egui::Ui;
use std::sync::{Arc, Weak};

#[derive(Default)]
pub struct State {
    /// Groups that are unfolded.
    open: Vec<usize>,
    /// How many rows of these columns have each option, whatever is filtered.
    in_case: (Weak<Columns>, Vec<u32>),
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, part: Part, boxes: &Boxes, state: &mut State) {
    let columns = cx.loaded.columns.clone();
    update(&columns, part, state);
    let in_case = &state.in_case.1;
    let groups: Vec<(usize, Option<String>, Vec<usize>)> = match boxes.groups {
        None => vec![(0, None, (0..in_case.len()).collect())],
        Some(groups) => groups(cx.lang)
            .into_iter()
            .enumerate()
            .map(|(i, (name, mut options))| {
                options.retain(|option| in_case[*option] > 0);
                (i, Some(name), options)
            })
            .filter(|(.., options)| !options.is_empty())
            .collect(),
    };
    let sums = groups.iter().map(|(_, name, options)| match name {
        Some(_) => sum(cx, part, |option| options.contains(&option)),
        None => options
            .iter()
            .map(|o| count(cx, part, *o))
            .max()
            .unwrap_or(0),
    });
    let sums: Vec<u32> = sums.collect();
    let longest = sums.iter().copied().max().unwrap_or(0);
    let filter = &cx.workspace.filter;
    let is_all = !(part.declared().is_set)(filter);
    let is_on = |option: usize| is_all || (boxes.has)(filter, &columns, option);
    let mut acted: Option<(Clicked, Vec<usize>, bool)> = None;
    for ((i, group, options), sum) in groups.iter().zip(sums) {
        let mut open = true;
        if let Some(name) = group {
            open = state.open.contains(i);
            let n_on = options.iter().filter(|option| is_on(**option)).count();
            let all_on = n_on == options.len();
            let some = n_on > 0 && !all_on;
            let only_name = cx.tr(text!("filter-only", name = name));
            let row = Row {
                open: Some(open),
                tick: Tick::Box { on: all_on, some },
                ..option(ui, cx, name, &only_name, all_on, symbol_of(boxes, options))
            };
            let clicked = row.counting(sum, longest).show(ui, cx);
            if clicked.fold && open {
                state.open.retain(|group| group != i);
            } else if clicked.fold {
                state.open.push(*i);
            } else if clicked != Clicked::default() {
                acted = Some((clicked, options.clone(), all_on));
            }
        }
        for choice in options.iter().filter(|_| open) {
            let name = (boxes.name)(&columns, cx.lang, *choice);
            let only_name = cx.tr(text!("filter-only", name = name));
            let on = is_on(*choice);
            let row = Row {
                indent: if group.is_some() { 34.0 } else { 0.0 },
                ..option(ui, cx, &name, &only_name, on, (boxes.symbol)(*choice))
            };
            let row = row.counting(count(cx, part, *choice), longest);
            let clicked = row.show(ui, cx);
            if clicked != Clicked::default() {
                acted = Some((clicked, vec![*choice], on));
            }
        }
    }
    let all: Vec<usize> = groups
        .into_iter()
        .flat_map(|(.., options)| options)
        .collect();
    if let Some((clicked, options, on)) = acted {
        act(cx, (part, boxes), clicked, &options, on, &all);
    }
}

fn update(columns: &Arc<Columns>, part: Part, state: &mut State) {
    if state.in_case.0.as_ptr() != Arc::as_ptr(columns) {
        let all: Vec<RowId> = (0..columns.len() as RowId).collect();
        let options = part.declared().options.as_ref();
        let counts = options.map(|options| options.counts(columns, &all));
        state.in_case = (Arc::downgrade(columns), counts.unwrap_or_default());
    }
}

/// A row with the colour of its symbol.
fn option<'a>(
    ui: &Ui,
    cx: &Context<'_>,
    name: &'a str,
    only_name: &'a str,
    on: bool,
    symbol: Option<(Mark, Inner)>,
) -> Row<'a> {
    let row = Row::option(cx, name, only_name, on);
    let bar = symbol.map_or(row.bar, |(mark, _)| kit::theme(ui).mark(mark));
    Row { symbol, bar, ..row }
}

/// What a group is drawn with: that of its first option which is no seizure.
fn symbol_of(boxes: &Boxes, options: &[usize]) -> Option<(Mark, Inner)> {
    let marks = || options.iter().filter_map(|option| (boxes.symbol)(*option));
    let plain = marks().find(|(mark, _)| *mark != Mark::Seizure);
    let (mark, _) = plain.or(marks().next())?;
    Some((mark, Inner::Plain))
}

fn act(
    cx: &mut Context<'_>,
    (part, boxes): (Part, &Boxes),
    clicked: Clicked,
    options: &[usize],
    on: bool,
    all: &[usize],
) {
    if clicked.count {
        let rows = rows(cx, part, |option| options.contains(&option));
        return cx.select(rows);
    }
    let columns = cx.loaded.columns.clone();
    let part = part.declared();
    cx.set_filter(|f| {
        // None of them means all; so do all of them.
        if clicked.only {
            let is = |option: &usize| (boxes.has)(f, &columns, *option) == options.contains(option);
            let was_alone = all.iter().all(is);
            (part.clear)(f);
            let wanted = options.iter().filter(|_| !was_alone);
            wanted.for_each(|option| (boxes.put)(f, &columns, *option, true));
        } else {
            if !(part.is_set)(f) {
                all.iter()
                    .for_each(|option| (boxes.put)(f, &columns, *option, true));
            }
            options
                .iter()
                .for_each(|option| (boxes.put)(f, &columns, *option, !on));
        }
        if all.iter().all(|option| (boxes.has)(f, &columns, *option)) {
            (part.clear)(f);
        }
    });
}
