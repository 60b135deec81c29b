//! Deaths by the best estimate: classes as bars, and a least and a most to be typed.

use super::row::{Clicked, Row, Tick};
use crate::locale::number;
use crate::query::{DEATH_CLASSES, Part, class_of};
use crate::scene::Weight;
use crate::view::theme::BODY;
use crate::view::{Context, kit};
use egui::{Role, Ui, WidgetInfo, vec2};

pub fn show(ui: &mut Ui, cx: &mut Context<'_>) {
    bounds(ui, cx);
    let counts = cx.facets().of(Part::Deaths);
    let longest = counts.iter().copied().max().unwrap_or(0);
    let f = &cx.workspace.filter;
    let current = (f.min_deaths, f.max_deaths);
    let mut acted: Option<(Clicked, usize)> = None;
    for (class, count) in counts.iter().enumerate() {
        let unknown = class == DEATH_CLASSES.len();
        let name = name(cx, class);
        let only_name = if unknown {
            cx.tr("filter-deaths-unknown-about")
        } else {
            cx.tr_args("filter-only", &[("name", &name)])
        };
        let on = !unknown && current == range(class);
        let row = Row {
            tick: Tick::Radio(on),
            ..Row::option(cx, &name, &only_name, on)
        };
        let clicked = row.counting(*count, longest).show(ui, cx);
        if clicked != Clicked::default() {
            acted = Some((clicked, class));
        }
    }
    let Some((clicked, class)) = acted else {
        return;
    };
    if clicked.count {
        let best = &cx.loaded.columns.deaths_best;
        let judged = &cx.derived.judged;
        cx.select(judged.rows_having(Part::Deaths, |r| class_of(best[r as usize]) == class));
    } else if class < DEATH_CLASSES.len() {
        // A second click takes it off.
        let wanted = if current == range(class) {
            (None, None)
        } else {
            range(class)
        };
        cx.set_filter(|f| (f.min_deaths, f.max_deaths) = wanted);
    }
}

/// Least and most of a class.
fn range(class: usize) -> (Option<u32>, Option<u32>) {
    let next = DEATH_CLASSES.get(class + 1);
    (Some(DEATH_CLASSES[class]), next.map(|n| n - 1))
}

fn name(cx: &Context<'_>, class: usize) -> String {
    if class == DEATH_CLASSES.len() {
        return cx.tr("filter-deaths-unknown");
    }
    let n = |n: u32| number(u64::from(n));
    match range(class) {
        (Some(0), Some(0)) => cx.tr("filter-deaths-none"),
        (Some(a), Some(b)) if a == b => cx.tr_args("n-deaths", &[("n", &n(a))]),
        (Some(a), Some(b)) => {
            let range = format!("{}–{}", n(a), n(b));
            cx.tr_args("filter-deaths-range", &[("range", &range)])
        }
        (least, _) => cx.tr_args("chip-min-deaths", &[("n", &n(least.unwrap_or(0)))]),
    }
}

/// "At least … at most …", where 0 and nothing stand for no bound.
fn bounds(ui: &mut Ui, cx: &mut Context<'_>) {
    let theme = kit::theme(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        let f = &cx.workspace.filter;
        let (mut least, mut most) = (f.min_deaths.unwrap_or(0), f.max_deaths);
        let ink = theme.text;
        let (from, to) = (cx.tr("filter-deaths-from"), cx.tr("filter-deaths-to"));
        kit::text(ui, &from, Weight::Regular, BODY, |_| ink);
        let value = egui::DragValue::new(&mut least)
            .range(0..=1_000_000)
            .speed(0.2);
        let response = ui.add_sized(vec2(58.0, 24.0), value);
        let name = cx.tr("filter-min-deaths");
        response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
        if response.changed() {
            cx.set_filter(|f| f.min_deaths = (least > 0).then_some(least));
        }
        kit::text(ui, &to, Weight::Regular, BODY, |_| ink);
        // What lies below nothing is no bound.
        let mut shown = most.map_or(-1.0, f64::from);
        let value = egui::DragValue::new(&mut shown)
            .range(-1.0..=1_000_000.0)
            .speed(0.2)
            .custom_formatter(|n, _| {
                if n < 0.0 {
                    "–".to_owned()
                } else {
                    number(n as u64)
                }
            })
            .custom_parser(|text| match text.trim() {
                "" | "–" | "-" => Some(-1.0),
                text => text.replace(',', "").parse().ok(),
            });
        let response = ui.add_sized(vec2(58.0, 24.0), value);
        let name = cx.tr("filter-max-deaths");
        response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
        if response.changed() {
            most = (shown >= 0.0).then_some(shown.round() as u32);
            cx.set_filter(|f| f.max_deaths = most);
        }
    });
}
