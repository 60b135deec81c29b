//! "At least so much", one of a few steps on each of a few scales.

use super::options::{rows, sum};
use super::row::{Clicked, Row, Tick};
use crate::query::{Choice, Part, Scale};
use crate::scene::Weight;
use crate::view::{Context, kit};
use egui::Ui;

/// A step on each scale; none lets all through.
type Steps = Vec<Option<usize>>;

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, part: Part, choice: &Choice) {
    let filter = &cx.workspace.filter;
    let current: Steps = choice.scales.iter().map(|s| (s.get)(filter)).collect();
    let mut acted = None;
    for (i, scale) in choice.scales.iter().enumerate() {
        if i > 0 {
            ui.add_space(4.0);
        }
        if let Some(title) = scale.title {
            kit::text(ui, cx.tr(title), Weight::Medium, 12.0, |t| t.muted);
        }
        let steps = [None]
            .into_iter()
            .chain(scale.steps.iter().copied().map(Some));
        let steps = steps.map(|step| {
            let mut steps = current.clone();
            steps[i] = step;
            let count = sum(cx, part, |option| passes(choice.scales, &steps, option));
            (steps, count)
        });
        let steps: Vec<(Steps, u32)> = steps.collect();
        let longest = steps.iter().map(|(_, count)| *count).max().unwrap_or(0);
        ui.push_id(i, |ui| {
            for (steps, count) in steps {
                let name = match steps[i] {
                    None => cx.tr(scale.any),
                    Some(step) => (scale.name)(cx.lang, step),
                };
                let only_name = cx.tr(text!("filter-only", name = name));
                let on = steps[i] == current[i];
                let row = Row {
                    tick: Tick::Radio(on),
                    ..Row::option(cx, &name, &only_name, on)
                };
                let clicked = row.counting(count, longest).show(ui, cx);
                if clicked != Clicked::default() {
                    acted = Some((clicked, steps));
                }
            }
        });
    }
    match acted {
        None => {}
        Some((clicked, steps)) if clicked.count => {
            let rows = rows(cx, part, |option| passes(choice.scales, &steps, option));
            cx.select(rows);
        }
        Some((_, steps)) => cx.set_filter(|f| {
            let each = choice.scales.iter().zip(steps);
            each.for_each(|(scale, step)| (scale.set)(f, step));
        }),
    }
    if let Some(switch) = &choice.switch {
        let on = (switch.get)(&cx.workspace.filter);
        if kit::checkbox(ui, on, &cx.tr(switch.label)).clicked() {
            cx.set_filter(|f| (switch.set)(f, !on));
        }
    }
}

fn passes(scales: &[Scale], steps: &[Option<usize>], option: usize) -> bool {
    let mut each = scales.iter().zip(steps);
    each.all(|(scale, step)| step.is_none_or(|step| (scale.step)(option) <= step))
}
