//! Datasets, where the case has more than one.

use super::row::{Clicked, Row};
use crate::index::NameId;
use crate::query::Part;
use crate::view::{Context, kit};
use egui::Ui;
use std::collections::BTreeSet;

pub fn show(ui: &mut Ui, cx: &mut Context<'_>) {
    let columns = cx.loaded.columns.clone();
    if columns.datasets.len() < 2 {
        return;
    }
    kit::section(ui, &cx.tr("filter-datasets"), |_| {});
    let counts = cx.facets().of(Part::Dataset);
    let longest = counts.iter().copied().max().unwrap_or(0);
    let chosen = &cx.workspace.filter.datasets;
    let mut acted: Option<(Clicked, NameId)> = None;
    for (id, name) in columns.datasets.iter() {
        let only_name = cx.tr_args("filter-only", &[("name", name)]);
        let on = chosen.is_empty() || chosen.contains(name);
        let count = counts.get(id.0 as usize).copied().unwrap_or(0);
        let row = Row::option(cx, name, &only_name, on).counting(count, longest);
        let clicked = row.show(ui, cx);
        if clicked != Clicked::default() {
            acted = Some((clicked, id));
        }
    }
    let Some((clicked, id)) = acted else { return };
    if clicked.count {
        let judged = &cx.derived.judged;
        let rows = judged.rows_having(Part::Dataset, |r| columns.dataset[r as usize] == id);
        return cx.select(rows);
    }
    let all: BTreeSet<String> = columns.datasets.iter().map(|(_, n)| n.to_owned()).collect();
    let name = columns.datasets.get(id).to_owned();
    cx.set_filter(|f| {
        if f.datasets.is_empty() && !clicked.only {
            f.datasets.clone_from(&all);
        }
        super::choose(&mut f.datasets, name, clicked.only);
        if f.datasets == all {
            f.datasets.clear();
        }
    });
}
