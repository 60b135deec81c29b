//! How sure place, day, source and information are to be: "at least so much", one of a few.

use super::row::{Clicked, Row, Tick};
use crate::domain::{Credibility, PlacePrecision, Reliability};
use crate::query::Part;
use crate::scene::Weight;
use crate::view::{Context, kit};
use egui::Ui;

/// One of a few steps of a scale, with how many incidents it lets through.
struct Step<T> {
    name: String,
    value: Option<T>,
    count: u32,
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>) {
    let counts = cx.facets().of(Part::Precision);
    let of_row = &cx.loaded.columns.place_precision;
    let so_far = |worst: PlacePrecision| {
        let within = |row| Some(of_row[row as usize]).filter(|p| *p <= worst);
        let these = counts.iter().take(worst as usize + 1).copied();
        let sum = these.fold(0, u32::saturating_add);
        sum.saturating_sub(cx.overlap(Part::Precision, within))
    };
    // What is known to the country at least is all there is.
    let current = cx.workspace.filter.precision;
    let current = current.filter(|p| *p != PlacePrecision::Country);
    let steps = [
        None,
        Some(PlacePrecision::State),
        Some(PlacePrecision::Municipality),
        Some(PlacePrecision::Near),
        Some(PlacePrecision::Exact),
    ];
    let steps: Vec<Step<PlacePrecision>> = steps
        .into_iter()
        .map(|value| Step {
            name: match value {
                None => cx.tr("filter-precision-any"),
                Some(p) => cx.tr(&format!("chip-precision-{}", p.code())),
            },
            value,
            count: so_far(value.unwrap_or(PlacePrecision::Country)),
        })
        .collect();
    match radio(ui, cx, &steps, current) {
        None => {}
        Some((clicked, value)) if clicked.count => {
            let worst = value.unwrap_or(PlacePrecision::Country);
            let precision = &cx.loaded.columns.place_precision;
            let judged = &cx.derived.judged;
            cx.select(judged.rows_having(Part::Precision, |r| precision[r as usize] <= worst));
        }
        Some((_, value)) => cx.set_filter(|f| f.precision = value),
    }
    let certain = cx.workspace.filter.certain;
    let label = cx.tr("filter-uncertain-dates");
    if kit::checkbox(ui, !certain, &label).clicked() {
        cx.set_filter(|f| f.certain = !certain);
    }
}

/// The Admiralty code: source, then information. What cannot be judged passes only "any".
pub fn grades(ui: &mut Ui, cx: &mut Context<'_>) {
    let grades = cx.facets().of(Part::Grade);
    let columns = &cx.loaded.columns;
    let f = &cx.workspace.filter;
    let unless_all = |r: Reliability| (r != Reliability::F).then_some(r);
    let reliability = f.reliability.and_then(unless_all);
    let credibility = f.credibility.filter(|c| *c != Credibility::Six);
    let passing = |r: Option<Reliability>, c: Option<Credibility>| -> u32 {
        let last = c.unwrap_or(Credibility::Six) as usize;
        let rows = grades.chunks(Credibility::ALL.len());
        let rows = rows.take(r.unwrap_or(Reliability::F) as usize + 1);
        let these = rows.flat_map(|row| &row[..=last]).copied();
        let sum = these.fold(0, u32::saturating_add);
        let within = |row| {
            let row = row as usize;
            let grade = (columns.reliability[row], columns.credibility[row]);
            let is = r.is_none_or(|r| grade.0 <= r) && c.is_none_or(|c| grade.1 <= c);
            is.then_some(grade)
        };
        sum.saturating_sub(cx.overlap(Part::Grade, within))
    };
    let any = cx.tr("filter-grade-any");
    let step = |code: &str, words: String, best: bool| {
        let key = if best {
            "filter-grade-best"
        } else {
            "filter-grade-at-least"
        };
        cx.tr_args(key, &[("code", code), ("words", &words)])
    };
    let sources: Vec<Step<Reliability>> = std::iter::once(None)
        .chain(Reliability::ALL[..5].iter().copied().map(Some))
        .map(|value| Step {
            name: value.map_or(any.clone(), |r| {
                let words = cx.tr(&format!("reliability-{}", r.code()));
                step(r.code(), words, r == Reliability::A)
            }),
            count: passing(value, credibility),
            value,
        })
        .collect();
    let informations: Vec<Step<Credibility>> = std::iter::once(None)
        .chain(Credibility::ALL[..5].iter().copied().map(Some))
        .map(|value| Step {
            name: value.map_or(any.clone(), |c| {
                let words = cx.tr(&format!("credibility-{}", c.code()));
                step(c.code(), words, c == Credibility::One)
            }),
            count: passing(reliability, value),
            value,
        })
        .collect();
    let title = |ui: &mut Ui, key: &str| {
        kit::text(ui, cx.tr(key), Weight::Medium, 12.0, |t| t.muted);
    };
    title(ui, "filter-reliability");
    let of_source = ui.push_id("source", |ui| radio(ui, cx, &sources, reliability));
    ui.add_space(4.0);
    title(ui, "filter-credibility");
    let of_information = ui.push_id("information", |ui| {
        radio(ui, cx, &informations, credibility)
    });
    if let Some((clicked, value)) = of_source.inner {
        grade_chosen(cx, clicked, value, credibility);
    } else if let Some((clicked, value)) = of_information.inner {
        grade_chosen(cx, clicked, reliability, value);
    }
}

fn grade_chosen(
    cx: &mut Context<'_>,
    clicked: Clicked,
    r: Option<Reliability>,
    c: Option<Credibility>,
) {
    if clicked.count {
        let columns = &cx.loaded.columns;
        let (worst_r, worst_c) = (r.unwrap_or(Reliability::F), c.unwrap_or(Credibility::Six));
        let rows = cx.derived.judged.rows_having(Part::Grade, |row| {
            let row = row as usize;
            columns.reliability[row] <= worst_r && columns.credibility[row] <= worst_c
        });
        cx.select(rows);
    } else {
        cx.set_filter(|f| (f.reliability, f.credibility) = (r, c));
    }
}

/// One of the steps; which was clicked, and where.
fn radio<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Context<'_>,
    steps: &[Step<T>],
    current: Option<T>,
) -> Option<(Clicked, Option<T>)> {
    let longest = steps.iter().map(|s| s.count).max().unwrap_or(0);
    let mut acted = None;
    for step in steps {
        let only_name = cx.tr_args("filter-only", &[("name", &step.name)]);
        let on = step.value == current;
        let row = Row {
            tick: Tick::Radio(on),
            ..Row::option(cx, &step.name, &only_name, on)
        };
        let clicked = row.counting(step.count, longest).show(ui, cx);
        if clicked != Clicked::default() {
            acted = Some((clicked, step.value));
        }
    }
    acted
}
