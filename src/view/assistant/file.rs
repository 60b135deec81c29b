//! How the file is read: by which profile, which sheet, in which encoding, cut by what.

use super::state::Look;
use crate::import::{Inspection, Options, Reading};
use crate::locale::{TextKey, number};
use crate::scene::Weight;
use crate::view::kit;
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
const DELIMITERS: [(char, TextKey); 4] = [
    (',', text!("assistant-delimiter-comma")),
    (';', text!("assistant-delimiter-semicolon")),
    ('\t', text!("assistant-delimiter-tab")),
    ('|', text!("assistant-delimiter-pipe")),
];
/// Lines offered to hold the names of the columns.
const HEADER_LINES: u64 = 12;
/// Ids of profiles as their publishers write their names.
fn profile_name(look: Look, id: &str) -> String {
    match id {
        "own" => look.tr(text!("assistant-profile-own")),
        "places" => look.tr(text!("layer-places")),
        id => id.to_uppercase().replace('-', " "),
    }
}

pub fn show(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    kit::section(ui, &look.tr(text!("assistant-file")), |_| {});
    let name = look.tr(text!("assistant-profile"));
    let shown = profile_name(look, seen.facts.profile);
    let chosen = kit::choose_in_row(ui, &name, &shown, |ui| {
        let mut chosen = None;
        for candidate in &seen.candidates {
            let score = number(u64::from(candidate.score));
            let name = profile_name(look, candidate.id);
            // One that is only read where somebody says so has no score.
            let entry = match candidate.score {
                0 => name,
                _ => look.tr(text!("assistant-profile-entry", name = name, score = score)),
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
    options.profile = chosen.or(options.profile.take());
    if let Some(candidate) = seen.candidates.iter().find(|c| c.id == seen.facts.profile) {
        let (score, reason) = (
            number(u64::from(candidate.score)),
            candidate.reason.message(look.lang),
        );
        let args = [("score", &*score), ("reason", &reason)];
        kit::note(
            ui,
            look.tr_args(text!("assistant-fit"; reason, score), &args),
        );
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
            text!("note-dates-ambiguous"; file),
            text!("note-encoding-guessed"; encoding, file),
            text!("note-encoding-open"; encoding, file, readings),
            text!("note-given"; values),
            text!("note-other-dates"; column, file, others),
            text!("note-half-converted"; column, file, n),
            text!("note-half-exchanged"; column, file, n),
        ];
        if !below.iter().any(|key| *key == note.key) {
            kit::note(ui, note.message(look.lang));
        }
    }
}

/// Which sheet is read, or all of the same columns together.
fn layer(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr(text!("assistant-layer"));
    let shown = seen.facts.layer.clone().unwrap_or_default();
    let is_joined = seen.facts.sheets.len() > 1;
    let chosen = kit::choose_in_row(ui, &name, &shown, |ui| {
        // What is found out: the sheets that belong together, or the first that can be read.
        let all = (is_joined || options.layer.is_some())
            .then(|| look.tr(text!("assistant-layers-alike")));
        let all = all.into_iter().map(|all| (None, is_joined, all));
        let of = |layer: &String| {
            (
                Some(layer.clone()),
                !is_joined && *layer == shown,
                layer.clone(),
            )
        };
        kit::pick(ui, all.chain(seen.layers.iter().map(of)))
    });
    if let Some(chosen) = chosen {
        options.layer = chosen;
    }
}

fn encoding(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr(text!("assistant-encoding"));
    let is_guess = [
        text!("note-encoding-guessed"; encoding, file),
        text!("note-encoding-open"; encoding, file, readings),
    ];
    let mut notes = seen.facts.notes.iter();
    let guessed = notes.any(|n| is_guess.iter().any(|key| *key == n.key));
    let found = &seen.facts.encoding;
    let shown = match guessed && options.encoding.is_none() {
        true => look.tr(text!("assistant-guessed", what = found)),
        false => found.clone(),
    };
    let chosen = kit::choose_in_row(ui, &name, &shown, |ui| {
        let of = |e: &str| {
            (
                e.to_ascii_lowercase(),
                found.eq_ignore_ascii_case(e),
                e.to_owned(),
            )
        };
        kit::pick(ui, ENCODINGS.into_iter().map(of))
    });
    options.encoding = chosen.or(options.encoding.take());
    if !seen.facts.readings.is_empty() {
        readings(ui, look, &seen.facts.readings, options);
    } else if guessed && options.encoding.is_none() {
        kit::note(ui, look.tr(text!("assistant-check-accents")));
    }
}

/// Which of the encodings is right that give words, with some words in each.
fn readings(ui: &mut Ui, look: Look, readings: &[Reading], options: &mut Options) {
    let said = look.tr(text!("assistant-encoding-ask"));
    kit::text(ui, said, Weight::Medium, 12.0, |t| t.warning);
    for Reading { encoding, sample } in readings {
        let chosen = options.encoding.as_deref();
        let is_on = chosen.is_some_and(|chosen| chosen.eq_ignore_ascii_case(encoding));
        let letters = letters_of(encoding).map_or_else(String::new, |key| look.tr(key) + ", ");
        let label = format!("{sample} ({letters}{encoding})");
        if kit::radio(ui, is_on, &label).clicked() {
            options.encoding = Some(encoding.to_ascii_lowercase());
        }
    }
    kit::note(ui, look.tr(text!("assistant-encoding-other")));
}

/// The name of the letters of an encoding, which fonts need not have; none for those of the West.
fn letters_of(encoding: &str) -> Option<TextKey> {
    Some(match encoding {
        "windows-1250" | "ISO-8859-2" => text!("assistant-letters-central"),
        "windows-1254" => text!("assistant-letters-turkish"),
        "windows-1257" | "ISO-8859-4" | "ISO-8859-13" => text!("assistant-letters-baltic"),
        "windows-1251" | "KOI8-U" | "ISO-8859-5" | "IBM866" | "x-mac-cyrillic" => {
            text!("assistant-letters-cyrillic")
        }
        "windows-1253" | "ISO-8859-7" => text!("assistant-letters-greek"),
        "windows-1255" | "ISO-8859-8" => text!("assistant-letters-hebrew"),
        "windows-1256" | "ISO-8859-6" => text!("assistant-letters-arabic"),
        "windows-874" => text!("assistant-letters-thai"),
        "GBK" | "Big5" => text!("assistant-letters-chinese"),
        "EUC-JP" | "Shift_JIS" => text!("assistant-letters-japanese"),
        "EUC-KR" => text!("assistant-letters-korean"),
        _ => return None,
    })
}

fn delimiter(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr(text!("assistant-delimiter"));
    let now = seen.facts.delimiter.unwrap_or(',');
    let known = DELIMITERS.iter().find(|(c, _)| *c == now);
    let shown = known.map_or_else(|| now.to_string(), |(_, key)| look.tr(*key));
    let chosen = kit::choose_in_row(ui, &name, &shown, |ui| {
        kit::pick(ui, DELIMITERS.map(|(c, key)| (c, c == now, look.tr(key))))
    });
    options.delimiter = chosen.or(options.delimiter);
}

fn header(ui: &mut Ui, look: Look, seen: &Inspection, options: &mut Options) {
    let name = look.tr(text!("assistant-header"));
    let words = |line: u64| match line {
        0 => look.tr(text!("assistant-header-none")),
        line => look.tr(text!("assistant-header-line", line = number(line))),
    };
    let now = seen.facts.header_line;
    let chosen = kit::choose_in_row(ui, &name, &words(now), |ui| {
        let lines = 0..=HEADER_LINES.max(now);
        kit::pick(ui, lines.map(|line| (line, line == now, words(line))))
    });
    options.header = chosen.or(options.header);
}
