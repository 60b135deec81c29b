//! Kinds as a tree: groups, and the kinds that the case has of each.

use super::row::{Clicked, Row, Tick};
use crate::domain::{Kind, KindGroup, Mark};
use crate::query::Part;
use crate::view::{Context, kit};
use egui::Ui;
use std::collections::BTreeSet;

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, open_groups: &mut Vec<KindGroup>) {
    let theme = kit::theme(ui);
    let in_case = cx.loaded.kinds;
    let present = |k: &Kind| in_case[*k as usize] > 0;
    let count = |k: &Kind| {
        cx.facets()
            .of(Part::Kind)
            .get(*k as usize)
            .copied()
            .unwrap_or(0)
    };
    let sum = |kinds: &[Kind]| {
        let of = |row| Some(cx.loaded.columns.kind[row as usize]).filter(|k| kinds.contains(k));
        let sum: u32 = kinds.iter().map(count).fold(0, u32::saturating_add);
        sum.saturating_sub(cx.overlap(Part::Kind, of))
    };
    let groups: Vec<(KindGroup, Vec<Kind>)> = KindGroup::ALL
        .iter()
        .map(|g| (*g, g.kinds().filter(present).collect::<Vec<_>>()))
        .filter(|(_, kinds)| !kinds.is_empty())
        .collect();
    let longest = groups
        .iter()
        .map(|(_, kinds)| sum(kinds))
        .max()
        .unwrap_or(0);
    let chosen = &cx.workspace.filter.kinds;
    let is_on = |k: &Kind| chosen.is_empty() || chosen.contains(k);
    let mut acted: Option<(Clicked, Vec<Kind>, bool)> = None;
    for (group, kinds) in &groups {
        let n_on = kinds.iter().filter(|k| is_on(k)).count();
        let open = open_groups.contains(group);
        let name = cx.tr(&format!("kind-{}", group.code()));
        let only_name = cx.tr_args("filter-only", &[("name", &name)]);
        let mark = mark_of(kinds);
        let all_on = n_on == kinds.len();
        let row = Row {
            open: Some(open),
            tick: Tick::Box {
                on: all_on,
                some: n_on > 0 && !all_on,
            },
            symbol: Some((mark, crate::domain::Inner::Plain)),
            bar: theme.mark(mark),
            ..Row::option(cx, &name, &only_name, all_on)
        };
        let clicked = row.counting(sum(kinds), longest).show(ui, cx);
        if clicked.fold && open {
            open_groups.retain(|g| g != group);
        } else if clicked.fold {
            open_groups.push(*group);
        } else if clicked != Clicked::default() {
            acted = Some((clicked, kinds.clone(), all_on));
        }
        for kind in kinds.iter().filter(|_| open) {
            let name = cx.tr(&format!("kind-{}", kind.code()));
            let only_name = cx.tr_args("filter-only", &[("name", &name)]);
            let row = Row {
                indent: 34.0,
                symbol: Some((kind.mark(), kind.inner())),
                bar: theme.mark(kind.mark()),
                ..Row::option(cx, &name, &only_name, is_on(kind))
            };
            let clicked = row.counting(count(kind), longest).show(ui, cx);
            if clicked != Clicked::default() {
                acted = Some((clicked, vec![*kind], is_on(kind)));
            }
        }
    }
    let present: BTreeSet<Kind> = groups
        .iter()
        .flat_map(|(_, kinds)| kinds)
        .copied()
        .collect();
    if let Some((clicked, kinds, on)) = acted {
        act(cx, clicked, &kinds, on, &present);
    }
}

/// What a group is drawn with: that of its first kind which is no seizure.
fn mark_of(kinds: &[Kind]) -> Mark {
    let plain = kinds.iter().find(|k| k.mark() != Mark::Seizure);
    plain.or(kinds.first()).map_or(Mark::Context, |k| k.mark())
}

fn act(cx: &mut Context<'_>, clicked: Clicked, kinds: &[Kind], on: bool, present: &BTreeSet<Kind>) {
    if clicked.count {
        let kind_of = &cx.loaded.columns.kind;
        let judged = &cx.derived.judged;
        let rows = judged.rows_having(Part::Kind, |r| kinds.contains(&kind_of[r as usize]));
        return cx.select(rows);
    }
    let only: BTreeSet<Kind> = kinds.iter().copied().collect();
    cx.set_filter(|f| {
        // An empty set means all; so does one that holds all.
        let mut set = if f.kinds.is_empty() {
            present.clone()
        } else {
            f.kinds.clone()
        };
        if clicked.only && f.kinds == only {
            set.clear();
        } else if clicked.only {
            set.clone_from(&only);
        } else if on {
            set.retain(|k| !only.contains(k));
        } else {
            set.extend(&only);
        }
        if set.is_superset(present) {
            set.clear();
        }
        f.kinds = set;
    });
}
