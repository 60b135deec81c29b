//! A least and a most number: classes as bars, and both to be typed.

use super::options::{count, rows};
use super::row::{Clicked, Row, Tick};
use crate::locale::{TextKey, number};
use crate::query::{NumberRange, Part};
use crate::view::{Context, kit};
use egui::{DragValue, Role, Ui, WidgetInfo, vec2};

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, part: Part, range: &NumberRange) {
    bounds(ui, cx, range);
    let classes = range.classes;
    let counts: Vec<u32> = (0..=classes.len())
        .map(|class| count(cx, part, class))
        .collect();
    let longest = counts.iter().copied().max().unwrap_or(0);
    let current = (range.get)(&cx.workspace.filter);
    // What is not known lies in no range.
    let of_class = |class: usize| {
        let next = classes.get(class + 1).map(|next| next - 1);
        classes.get(class).map(|least| (Some(*least), next))
    };
    let mut acted: Option<(Clicked, usize)> = None;
    for (class, count) in counts.iter().enumerate() {
        let name = (range.name)(cx.lang, class);
        let only_name = match class == classes.len() {
            true => cx.tr(range.unknown_about),
            false => cx.tr(text!("filter-only", name = name)),
        };
        let on = of_class(class) == Some(current);
        let row = Row {
            tick: Tick::Radio(on),
            ..Row::option(cx, &name, &only_name, on)
        };
        let clicked = row.counting(*count, longest).show(ui, cx);
        if clicked != Clicked::default() {
            acted = Some((clicked, class));
        }
    }
    match acted {
        Some((clicked, class)) if clicked.count => {
            let rows = rows(cx, part, |option| option == class);
            cx.select(rows);
        }
        Some((_, class)) => {
            if let Some(wanted) = of_class(class) {
                // A second click takes it off.
                let is_new = current != wanted;
                cx.set_filter(|f| (range.set)(f, if is_new { wanted } else { (None, None) }));
            }
        }
        None => {}
    }
}

/// "At least … at most …", where 0 and nothing stand for no bound.
fn bounds(ui: &mut Ui, cx: &mut Context<'_>, range: &NumberRange) {
    let (least, most) = (range.get)(&cx.workspace.filter);
    let [[from, least_name], [to, most_name]] = range.labels;
    ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        let mut value = least.unwrap_or(0);
        kit::body(ui, cx.tr(from));
        let drag = DragValue::new(&mut value).range(0..=1_000_000);
        if is_dragged(ui, cx, drag, least_name) {
            let least = (value > 0).then_some(value);
            cx.set_filter(|f| (range.set)(f, (least, most)));
        }
        kit::body(ui, cx.tr(to));
        // What lies below nothing is no bound.
        let mut value = most.map_or(-1.0, f64::from);
        let drag = DragValue::new(&mut value)
            .range(-1.0..=1_000_000.0)
            .custom_formatter(|n, _| match n < 0.0 {
                true => "–".to_owned(),
                false => number(n as u64),
            })
            .custom_parser(|text| match text.trim() {
                "" | "–" | "-" => Some(-1.0),
                text => text.replace(',', "").parse().ok(),
            });
        if is_dragged(ui, cx, drag, most_name) {
            let most = (value >= 0.0).then_some(value.round() as u32);
            cx.set_filter(|f| (range.set)(f, (least, most)));
        }
    });
}

fn is_dragged(ui: &mut Ui, cx: &Context<'_>, value: DragValue<'_>, name: TextKey) -> bool {
    let response = ui.add_sized(vec2(58.0, 24.0), value.speed(0.2));
    let name = cx.tr(name);
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
    response.changed()
}
