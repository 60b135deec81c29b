//! The decisions at the left of the assistant: how the file is read, its dates and places, where
//! its rows go, and under what name all this is kept.

use super::controls::{choice, line, list, radio, row, switch};
use super::dates::{self, Example};
use super::{Asked, Look, State, given, words};
use crate::import::{DayOrder, Field, FileFacts, Inspection, Options, Reading};
use crate::locale::{date, number};
use crate::scene::Weight;
use crate::view::widgets::{self, Loudness, section};
use egui::Ui;

/// Offered beside those found; any other can be given on the command line.
const ENCODINGS: [&str; 25] = [
    "UTF-8",
    "windows-1252",
    "macintosh",
    "IBM850",
    "IBM437",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1250",
    "ISO-8859-2",
    "windows-1251",
    "KOI8-U",
    "ISO-8859-5",
    "IBM866",
    "windows-1253",
    "ISO-8859-7",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-874",
    "GBK",
    "Big5",
    "EUC-KR",
    "EUC-JP",
    "Shift_JIS",
];
const DELIMITERS: [(char, &str); 4] = [
    (',', "assistant-delimiter-comma"),
    (';', "assistant-delimiter-semicolon"),
    ('\t', "assistant-delimiter-tab"),
    ('|', "assistant-delimiter-pipe"),
];
/// Lines offered to hold the names of the columns.
const HEADER_LINES: u64 = 12;
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
                file(ui, look, seen, options);
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

/// Ids of profiles as their publishers write their names.
fn profile_name(look: Look, id: &str) -> String {
    match id {
        "own" => look.tr("assistant-profile-own"),
        "places" => look.tr("layer-places"),
        id => id.to_uppercase().replace('-', " "),
    }
}

fn file(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let theme = look.theme;
    section(ui, theme, &look.tr("assistant-file"), |_| {});
    let name = look.tr("assistant-profile");
    let shown = profile_name(look, seen.facts.profile);
    let response = row(ui, theme, &name, |ui, width| {
        choice(ui, theme, &name, &shown, width)
    });
    let chosen = list(&response, |ui| {
        let mut chosen = None;
        for candidate in &seen.candidates {
            let score = number(u64::from(candidate.score));
            let name = profile_name(look, candidate.id);
            // One that is only read where somebody says so has no score.
            let entry = match candidate.score {
                0 => name,
                _ => look.tr_args(
                    "assistant-profile-entry",
                    &[("name", &name), ("score", &score)],
                ),
            };
            let is_on = candidate.id == seen.facts.profile;
            let entry = ui.selectable_label(is_on, entry);
            if entry
                .on_hover_text(candidate.reason.message(look.lang))
                .clicked()
            {
                chosen = Some(candidate.id.to_owned());
            }
        }
        chosen
    });
    if chosen.is_some() {
        options.profile = chosen;
    }
    if let Some(candidate) = seen.candidates.iter().find(|c| c.id == seen.facts.profile) {
        let (score, reason) = (
            number(u64::from(candidate.score)),
            candidate.reason.message(look.lang),
        );
        let args = [("score", &*score), ("reason", &reason)];
        look.note(ui, look.tr_args("assistant-fit", &args));
    }
    if seen.layers.len() > 1 {
        layer(ui, look, seen, options);
    }
    if seen.has_encoding {
        encoding(ui, look, seen, options);
    }
    if seen.facts.delimiter.is_some() {
        delimiter(ui, look, seen, options);
    }
    if seen.facts.delimiter.is_some() || seen.facts.header_line > 0 {
        header(ui, look, seen, options);
    }
    for note in &seen.facts.notes {
        // Asked or shown below, or said beside the encoding.
        let below = [
            "note-dates-ambiguous",
            "note-encoding-guessed",
            "note-encoding-open",
            "note-given",
            "note-other-dates",
            "note-half-converted",
            "note-half-exchanged",
        ];
        if !below.contains(&note.key) {
            look.note(ui, note.message(look.lang));
        }
    }
}

/// Which sheet is read, or all of the same columns together.
fn layer(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr("assistant-layer");
    let shown = seen.facts.layer.clone().unwrap_or_default();
    let is_joined = seen.facts.sheets.len() > 1;
    let response = row(ui, look.theme, &name, |ui, width| {
        choice(ui, look.theme, &name, &shown, width)
    });
    let chosen = list(&response, |ui| {
        let mut chosen = None;
        // What is found out: the sheets that belong together, or the first that can be read.
        if is_joined || options.layer.is_some() {
            let all = look.tr("assistant-layers-alike");
            if ui.selectable_label(is_joined, all).clicked() {
                chosen = Some(None);
            }
        }
        for layer in &seen.layers {
            let is_on = !is_joined && *layer == shown;
            if ui.selectable_label(is_on, layer).clicked() {
                chosen = Some(Some(layer.clone()));
            }
        }
        chosen
    });
    if let Some(chosen) = chosen {
        options.layer = chosen;
    }
}

fn encoding(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr("assistant-encoding");
    let is_guess = ["note-encoding-guessed", "note-encoding-open"];
    let mut notes = seen.facts.notes.iter();
    let guessed = notes.any(|n| is_guess.contains(&n.key));
    let found = &seen.facts.encoding;
    let shown = match guessed && options.encoding.is_none() {
        true => look.tr_args("assistant-guessed", &[("what", found)]),
        false => found.clone(),
    };
    let response = row(ui, look.theme, &name, |ui, width| {
        choice(ui, look.theme, &name, &shown, width)
    });
    let chosen = list(&response, |ui| {
        let mut chosen = None;
        for encoding in ENCODINGS {
            let is_on = found.eq_ignore_ascii_case(encoding);
            if ui.selectable_label(is_on, encoding).clicked() {
                chosen = Some(encoding.to_ascii_lowercase());
            }
        }
        chosen
    });
    if chosen.is_some() {
        options.encoding = chosen;
    }
    if !seen.facts.readings.is_empty() {
        readings(ui, look, &seen.facts.readings, options);
    } else if guessed && options.encoding.is_none() {
        look.note(ui, look.tr("assistant-check-accents"));
    }
}

/// Which of the encodings is right that give words, with some words in each.
fn readings(ui: &mut Ui, look: Look, readings: &[Reading], options: &mut Options) {
    let said = look.tr("assistant-encoding-ask");
    widgets::text(ui, said, Weight::Medium, 12.0, look.theme.warning);
    for Reading { encoding, sample } in readings {
        let chosen = options.encoding.as_deref();
        let is_on = chosen.is_some_and(|chosen| chosen.eq_ignore_ascii_case(encoding));
        let letters = letters_of(encoding).map_or_else(String::new, |key| look.tr(key) + ", ");
        let label = format!("{sample} ({letters}{encoding})");
        if radio(ui, look.theme, is_on, &label).clicked() {
            options.encoding = Some(encoding.to_ascii_lowercase());
        }
    }
    look.note(ui, look.tr("assistant-encoding-other"));
}

/// The name of the letters of an encoding, which fonts need not have; none for those of the West.
fn letters_of(encoding: &str) -> Option<&'static str> {
    Some(match encoding {
        "windows-1250" | "ISO-8859-2" => "assistant-letters-central",
        "windows-1254" => "assistant-letters-turkish",
        "windows-1257" | "ISO-8859-4" | "ISO-8859-13" => "assistant-letters-baltic",
        "windows-1251" | "KOI8-U" | "ISO-8859-5" | "IBM866" | "x-mac-cyrillic" => {
            "assistant-letters-cyrillic"
        }
        "windows-1253" | "ISO-8859-7" => "assistant-letters-greek",
        "windows-1255" | "ISO-8859-8" => "assistant-letters-hebrew",
        "windows-1256" | "ISO-8859-6" => "assistant-letters-arabic",
        "windows-874" => "assistant-letters-thai",
        "GBK" | "Big5" => "assistant-letters-chinese",
        "EUC-JP" | "Shift_JIS" => "assistant-letters-japanese",
        "EUC-KR" => "assistant-letters-korean",
        _ => return None,
    })
}

fn delimiter(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr("assistant-delimiter");
    let now = seen.facts.delimiter.unwrap_or(',');
    let known = DELIMITERS.iter().find(|(c, _)| *c == now);
    let shown = known.map_or_else(|| now.to_string(), |(_, key)| look.tr(key));
    let response = row(ui, look.theme, &name, |ui, width| {
        choice(ui, look.theme, &name, &shown, width)
    });
    let chosen = list(&response, |ui| {
        let mut chosen = None;
        for (delimiter, key) in DELIMITERS {
            if ui
                .selectable_label(delimiter == now, look.tr(key))
                .clicked()
            {
                chosen = Some(delimiter);
            }
        }
        chosen
    });
    if chosen.is_some() {
        options.delimiter = chosen;
    }
}

fn header(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr("assistant-header");
    let words = |line: u64| match line {
        0 => look.tr("assistant-header-none"),
        line => look.tr_args("assistant-header-line", &[("line", &number(line))]),
    };
    let now = seen.facts.header_line;
    let response = row(ui, look.theme, &name, |ui, width| {
        choice(ui, look.theme, &name, &words(now), width)
    });
    let chosen = list(&response, |ui| {
        let mut chosen = None;
        for line in 0..=HEADER_LINES.max(now) {
            if ui.selectable_label(line == now, words(line)).clicked() {
                chosen = Some(line);
            }
        }
        chosen
    });
    if chosen.is_some() {
        options.header = chosen;
    }
}

fn times(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options, asked: bool) {
    section(ui, look.theme, &look.tr("card-when"), |_| {});
    let example = dates::example(seen);
    if asked || example.is_some() || options.day_order.is_some() {
        order(ui, look, seen, options, asked, example.as_ref());
    } else if seen.mapping.iter().any(|(field, _)| *field == Field::Start) {
        look.note(ui, look.tr("assistant-order-plain"));
    }
    other_dates(ui, look, seen, options);
    half_converted(ui, look, seen, options);
    let name = look.tr("assistant-zone");
    let words = |zone: Option<&str>| match zone {
        None => look.tr("assistant-zone-written"),
        Some("place") => look.tr("assistant-zone-place"),
        Some(zone) => zone.to_owned(),
    };
    let now = options.zone.as_deref();
    let response = row(ui, look.theme, &name, |ui, width| {
        choice(ui, look.theme, &name, &words(now), width)
    });
    let chosen = list(&response, |ui| {
        let mut chosen = None;
        let named = ZONES.into_iter().map(Some);
        for zone in [None, Some("place")].into_iter().chain(named) {
            if ui.selectable_label(zone == now, words(zone)).clicked() {
                chosen = Some(zone.map(str::to_owned));
            }
        }
        chosen
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
    look.note(
        ui,
        look.tr_args("assistant-other-dates", &[("column", column)]),
    );
    ui.horizontal_wrapped(|ui| {
        for other in others {
            if widgets::link(ui, look.theme, other).clicked() {
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
    let said = look.tr_args("assistant-half", &[("n", &n)]);
    widgets::text(ui, said, Weight::Medium, 12.0, look.theme.warning);
    for (answer, key) in [
        (true, "assistant-half-exchange"),
        (false, "assistant-half-keep"),
    ] {
        let is_on = options.half_converted == Some(answer);
        if radio(ui, look.theme, is_on, &look.tr(key)).clicked() {
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
        (true, false) => "assistant-order-ask",
        (_, true) => "assistant-order-chosen",
        (false, false) => "assistant-order-found",
    };
    look.note(ui, look.tr(key));
    for (order, key) in [
        (DayOrder::DayFirst, "assistant-day-first"),
        (DayOrder::MonthFirst, "assistant-month-first"),
    ] {
        let mut label = look.tr(key);
        if let Some(example) = example {
            let read = match order {
                DayOrder::DayFirst => example.day_first,
                DayOrder::MonthFirst => example.month_first,
            };
            let day = read.map_or_else(|| look.tr("assistant-no-day"), |d| date(look.lang, d));
            label = format!("{label}: {} → {day}", example.text);
        }
        if radio(ui, look.theme, settled == Some(order), &label).clicked() {
            options.day_order = Some(order);
        }
    }
}

fn places(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    section(ui, look.theme, &look.tr("card-where"), |_| {});
    if let Some(hint) = &seen.swapped {
        let [rows, near, exchanged] =
            [hint.rows, hint.as_they_are, hint.exchanged].map(|n| number(n as u64));
        let said = look.tr_args(
            "assistant-swapped",
            &[
                ("nrows", &rows),
                ("near", &near),
                ("exchanged", &exchanged),
                ("country", &hint.country),
            ],
        );
        widgets::text(ui, said, Weight::Medium, 12.0, look.theme.warning);
    }
    let label = look.tr("assistant-swap");
    if switch(ui, look.theme, options.swap, &label).clicked() {
        options.swap = !options.swap;
    }
    let label = look.tr("assistant-gazetteer");
    let tip = look.tr("assistant-gazetteer-tip");
    if switch(ui, look.theme, options.gazetteer, &label)
        .on_hover_text(tip)
        .clicked()
    {
        options.gazetteer = !options.gazetteer;
    }
}

fn rows_go_to(ui: &mut Ui, look: Look, state: &mut State) {
    let theme = look.theme;
    section(ui, theme, &look.tr("assistant-goes-to"), |_| {});
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
        "assistant-dataset",
        "assistant-attribution",
        "assistant-licence",
    ];
    for (i, (key, text)) in keys.into_iter().zip(texts).enumerate() {
        let name = look.tr(key);
        let hint = known
            .as_ref()
            .map_or_else(String::new, |known| known[i].clone());
        row(ui, theme, &name, |ui, width| {
            line(ui, &name, &hint, text, width)
        });
    }
    let name = look.tr("assistant-received");
    let today = look.tr("assistant-received-today");
    let tip = look.tr("assistant-received-tip");
    row(ui, theme, &name, |ui, width| {
        line(ui, &name, &today, &mut state.received, width).on_hover_text(tip)
    });
    let label = look.tr("assistant-full");
    let tip = look.tr("assistant-full-tip");
    if switch(ui, theme, state.full, &label)
        .on_hover_text(tip)
        .clicked()
    {
        state.full = !state.full;
    }
}

/// That the case has rows of the file already, and where the file goes for that.
fn fit(ui: &mut Ui, look: Look, state: &mut State) {
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
        "assistant-fit-delivery"
    } else {
        "assistant-fit-twice"
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
        look.theme.text
    } else {
        look.theme.warning
    };
    widgets::text(ui, said, Weight::Medium, 12.0, ink);
    let (link, dataset) = match goes_there {
        true if own == fit.dataset => return,
        true => (look.tr("assistant-fit-apart"), own),
        false => (
            look.tr_args("assistant-fit-join", &[("dataset", &fit.dataset)]),
            fit.dataset.clone(),
        ),
    };
    if widgets::link(ui, look.theme, &link).clicked() {
        state.dataset = dataset;
    }
}

fn template(ui: &mut Ui, look: Look, state: &mut State) -> Option<Asked> {
    let theme = look.theme;
    section(ui, theme, &look.tr("assistant-template"), |_| {});
    look.note(ui, look.tr("assistant-template-what"));
    let name = look.tr("assistant-template-name");
    let save = look.tr("assistant-template-save");
    let clicked = ui.horizontal(|ui| {
        let width = ui.available_width() - 104.0;
        let typed = line(ui, &name, &name, &mut state.template_name, width);
        let entered = typed.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let can = state.seen.is_some() && !state.template_name.trim().is_empty();
        let button = ui.add_enabled_ui(can, |ui| {
            widgets::button(ui, theme, None, &save, Loudness::Plain).clicked()
        });
        button.inner || (entered && can)
    });
    if let Some(name) = &state.saved {
        look.note(
            ui,
            look.tr_args("assistant-template-saved", &[("name", name)]),
        );
    }
    for problem in &state.damaged {
        look.note(ui, problem.message(look.lang));
    }
    clicked.inner.then_some(Asked::Save)
}
