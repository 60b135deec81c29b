//! The decisions at the left of the assistant: how the file is read, its dates and places, where
//! its rows go, and under what name all this is kept.

use super::dates::{self, Example};
use super::state::{Asked, Look, State};
use super::{file, given, words};
use crate::import::{DayOrder, Field, FileFacts, Inspection, Options};
use crate::locale::{date, number};
use crate::scene::Weight;
use crate::view::kit;
use egui::Ui;

/// Offered for clock times that name no zone.
const ZONES: [&str; 6] = [
    "America/Mexico_City",
    "America/Monterrey",
    "America/Tijuana",
    "America/Hermosillo",
    "America/Cancun",
    "UTC",
];

pub fn show(ui: &mut Ui, look: Look, state: &mut State) -> Option<Asked> {
    let mut asked = None;
    egui::ScrollArea::vertical()
        .id_salt("assistant-settings")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            if let Some(seen) = &state.seen {
                let options = &mut state.options;
                file::show(ui, look, seen, options);
                times(ui, look, seen, options, state.asks_order);
                places(ui, look, seen, options);
            }
            given::show(ui, look, state);
            words::show(ui, look, state);
            rows_go_to(ui, look, state);
            asked = template(ui, look, state);
            ui.add_space(8.0);
        });
    asked
}

fn times(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options, asked: bool) {
    kit::section(ui, &look.tr(text!("card-when")), |_| {});
    let example = dates::example(seen);
    if asked || example.is_some() || options.day_order.is_some() {
        order(ui, look, seen, options, asked, example.as_ref());
    } else if seen.mapping.iter().any(|(field, _)| *field == Field::Start) {
        kit::note(ui, look.tr(text!("assistant-order-plain")));
    }
    other_dates(ui, look, seen, options);
    half_converted(ui, look, seen, options);
    let name = look.tr(text!("assistant-zone"));
    let words = |zone: Option<&str>| match zone {
        None => look.tr(text!("assistant-zone-written")),
        Some("place") => look.tr(text!("assistant-zone-place")),
        Some(zone) => zone.to_owned(),
    };
    let now = options.zone.as_deref();
    let chosen = kit::choose_in_row(ui, &name, &words(now), |ui| {
        let zones = ZONES.into_iter().map(Some);
        let zones = [None, Some("place")].into_iter().chain(zones);
        kit::pick(
            ui,
            zones.map(|z| (z.map(str::to_owned), z == now, words(z))),
        )
    });
    if let Some(zone) = chosen {
        options.zone = zone;
    }
}

/// The columns with dates that are not read, each to be read instead.
fn other_dates(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let others = &seen.facts.other_dates;
    let read = [Field::Start, Field::Year].into_iter();
    let read = read
        .filter_map(|field| seen.mapping.iter().find(|(f, _)| *f == field))
        .next();
    let Some((_, column)) = read.filter(|_| !others.is_empty()) else {
        return;
    };
    kit::note(ui, look.tr(text!("assistant-other-dates", column = column)));
    ui.horizontal_wrapped(|ui| {
        for other in others {
            if kit::link(ui, other).clicked() {
                options.map.retain(|(field, _)| *field != Field::Start);
                options.map.push((Field::Start, other.clone()));
            }
        }
    });
}

/// Whether a spreadsheet has exchanged day and month of its own dates.
fn half_converted(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let Some(n) = seen.facts.half_converted else {
        return;
    };
    let n = number(n);
    let said = look.tr(text!("assistant-half", n = n));
    kit::text(ui, said, Weight::Medium, 12.0, |t| t.warning);
    for (answer, key) in [
        (true, text!("assistant-half-exchange")),
        (false, text!("assistant-half-keep")),
    ] {
        let is_on = options.half_converted == Some(answer);
        if kit::radio(ui, is_on, &look.tr(key)).clicked() {
            options.half_converted = Some(answer);
        }
    }
}

/// Whether 3/2 is in February or in March, with a date of the file read both ways.
fn order(
    ui: &mut Ui,
    look: Look,
    seen: &Inspection,
    options: &mut Options,
    asked: bool,
    example: Option<&Example>,
) {
    let settled = (!asked || options.day_order.is_some()).then_some(seen.day_order);
    let key = match (asked, options.day_order.is_some()) {
        (true, false) => text!("assistant-order-ask"),
        (_, true) => text!("assistant-order-chosen"),
        (false, false) => text!("assistant-order-found"),
    };
    kit::note(ui, look.tr(key));
    for (order, key) in [
        (DayOrder::DayFirst, text!("assistant-day-first")),
        (DayOrder::MonthFirst, text!("assistant-month-first")),
    ] {
        let mut label = look.tr(key);
        if let Some(example) = example {
            let read = match order {
                DayOrder::DayFirst => example.day_first,
                DayOrder::MonthFirst => example.month_first,
            };
            let day = read.map_or_else(
                || look.tr(text!("assistant-no-day")),
                |d| date(look.lang, d),
            );
            label = format!("{label}: {} → {day}", example.text);
        }
        if kit::radio(ui, settled == Some(order), &label).clicked() {
            options.day_order = Some(order);
        }
    }
}

fn places(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    kit::section(ui, &look.tr(text!("card-where")), |_| {});
    if let Some(hint) = &seen.swapped {
        let [rows, near, exchanged] =
            [hint.rows, hint.as_they_are, hint.exchanged].map(|n| number(n as u64));
        let said = look.tr(text!(
            "assistant-swapped",
            nrows = rows,
            near = near,
            exchanged = exchanged,
            country = hint.country
        ));
        kit::text(ui, said, Weight::Medium, 12.0, |t| t.warning);
    }
    let label = look.tr(text!("assistant-swap"));
    if kit::checkbox(ui, options.swap, &label).clicked() {
        options.swap = !options.swap;
    }
    let label = look.tr(text!("assistant-gazetteer"));
    let tip = look.tr(text!("assistant-gazetteer-tip"));
    if kit::checkbox(ui, options.gazetteer, &label)
        .on_hover_text(tip)
        .clicked()
    {
        options.gazetteer = !options.gazetteer;
    }
}

fn rows_go_to(ui: &mut Ui, look: Look, state: &mut State) {
    kit::section(ui, &look.tr(text!("assistant-goes-to")), |_| {});
    fit(ui, look, state);
    let facts = state.seen.as_ref().map(|s| &s.facts);
    // Where nothing is typed, a delivery goes to its dataset.
    let delivered = state.fit.as_ref().filter(|fit| fit.is_delivery);
    let delivered = delivered.map(|fit| &fit.dataset);
    let dataset = |f: &FileFacts| delivered.unwrap_or(&f.default_dataset).clone();
    let known = facts.map(|f| [dataset(f), f.attribution.clone(), f.licence.clone()]);
    let texts = [
        &mut state.dataset,
        &mut state.attribution,
        &mut state.licence,
    ];
    let keys = [
        text!("assistant-dataset"),
        text!("assistant-attribution"),
        text!("assistant-licence"),
    ];
    for (i, (key, text)) in keys.into_iter().zip(texts).enumerate() {
        let name = look.tr(key);
        let hint = known
            .as_ref()
            .map_or_else(String::new, |known| known[i].clone());
        kit::row(ui, &name, |ui, width| {
            kit::line(ui, &name, &hint, text, width)
        });
    }
    let name = look.tr(text!("assistant-received"));
    let today = look.tr(text!("assistant-received-today"));
    let tip = look.tr(text!("assistant-received-tip"));
    kit::row(ui, &name, |ui, width| {
        kit::line(ui, &name, &today, &mut state.received, width).on_hover_text(tip)
    });
    let label = look.tr(text!("assistant-full"));
    let tip = look.tr(text!("assistant-full-tip"));
    if kit::checkbox(ui, state.full, &label)
        .on_hover_text(tip)
        .clicked()
    {
        state.full = !state.full;
    }
}

/// That the case has rows of the file already, and where the file goes for that.
fn fit(ui: &mut Ui, look: Look, state: &mut State) {
    let theme = kit::theme(ui);
    let Some(fit) = &state.fit else {
        return;
    };
    let own = state
        .seen
        .as_ref()
        .map(|seen| seen.facts.default_dataset.clone());
    let own = own.unwrap_or_default();
    let typed = state.dataset.trim();
    let goes_there =
        typed == fit.dataset || (typed.is_empty() && (fit.is_delivery || own == fit.dataset));
    let key = if goes_there {
        text!("assistant-fit-delivery"; dataset, nrows, shared)
    } else {
        text!("assistant-fit-twice"; dataset, nrows, shared)
    };
    let (shared, n) = (number(fit.shared), number(fit.rows));
    let said = look.tr_args(
        key,
        &[
            ("shared", &shared),
            ("nrows", &n),
            ("dataset", &fit.dataset),
        ],
    );
    let ink = if goes_there {
        theme.text
    } else {
        theme.warning
    };
    kit::text(ui, said, Weight::Medium, 12.0, |_| ink);
    let (link, dataset) = match goes_there {
        true if own == fit.dataset => return,
        true => (look.tr(text!("assistant-fit-apart")), own),
        false => (
            look.tr(text!("assistant-fit-join", dataset = fit.dataset)),
            fit.dataset.clone(),
        ),
    };
    if kit::link(ui, &link).clicked() {
        state.dataset = dataset;
    }
}

fn template(ui: &mut Ui, look: Look, state: &mut State) -> Option<Asked> {
    kit::section(ui, &look.tr(text!("assistant-template")), |_| {});
    kit::note(ui, look.tr(text!("assistant-template-what")));
    let name = look.tr(text!("assistant-template-name"));
    let save = look.tr(text!("assistant-template-save"));
    let clicked = ui.horizontal(|ui| {
        let width = ui.available_width() - 104.0;
        let typed = kit::line(ui, &name, &name, &mut state.template_name, width);
        let entered = typed.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let can = state.seen.is_some() && !state.template_name.trim().is_empty();
        let button = ui.add_enabled_ui(can, |ui| kit::button(ui, None, &save).clicked());
        button.inner || (entered && can)
    });
    if let Some(name) = &state.saved {
        kit::note(ui, look.tr(text!("assistant-template-saved", name = name)));
    }
    for problem in &state.damaged {
        kit::note(ui, problem.message(look.lang));
    }
    clicked.inner.then_some(Asked::Save)
}
