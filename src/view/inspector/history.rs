//! What was said in earlier files: each delivery that changed it, field by field.

use super::Context;
use crate::locale::{TextKey, date};
use crate::scene::Weight;
use crate::session::changes::{FieldChange, Told};
use crate::view::kit;
use crate::view::theme::{BODY, color, font};
use egui::{Stroke, TextFormat, Ui};
use std::collections::BTreeSet;

/// Newest first, each import with what it changed; nothing where nothing was changed. Of a place all
/// rows that tell of it are in the list.
pub(super) fn show(ui: &mut Ui, cx: &Context<'_>, history: &Told) {
    if history.steps.is_empty() && !history.is_cut {
        return;
    }
    kit::section(ui, &cx.tr(text!("card-history")), |_| {});
    let note = |ui: &mut Ui, key: TextKey| {
        kit::note(ui, cx.tr(key));
    };
    for of_import in history.steps.chunk_by(|a, b| a.import_id == b.import_id) {
        let lines = of_import.iter().filter_map(|step| step.line);
        head(ui, cx, of_import[0].import_id, lines.collect());
        for step in of_import {
            if step.came_back {
                note(ui, text!("card-history-came-back"));
            }
            for change in &step.fields {
                one(ui, cx, change);
            }
        }
    }
    if history.is_cut {
        ui.add_space(4.0);
        note(ui, text!("card-history-cut"));
    }
    if let Some((import, line)) = history.first {
        head(ui, cx, import, BTreeSet::from([line]));
        note(ui, text!("card-history-first"));
    }
}

/// The day on which an import was received, its file and the lines.
fn head(ui: &mut Ui, cx: &Context<'_>, import: i64, lines: BTreeSet<u64>) {
    let import = cx.loaded.imports.iter().find(|i| i.id == import);
    let (known_at, file) = import.map_or(("", "?"), |i| (&i.known_at, &i.file_name));
    let day = known_at.get(..10).unwrap_or_default();
    let day = day
        .parse()
        .map_or_else(|_| day.to_owned(), |d| date(cx.lang, d));
    let place = match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => {
            let lines = match first == last {
                true => first.to_string(),
                false => format!("{first} – {last}"),
            };
            cx.tr(text!("card-line", file = file, line = lines))
        }
        _ => file.to_owned(),
    };
    ui.add_space(4.0);
    let words = format!("{day} · {place}");
    kit::text(ui, words, Weight::Medium, 12.0, |t| t.text);
}

fn one(ui: &mut Ui, cx: &Context<'_>, change: &FieldChange) {
    let theme = kit::theme(ui);
    let mut job = egui::text::LayoutJob::default();
    let muted = color(theme.muted);
    let plain = TextFormat::simple(font(Weight::Regular, 12.0), muted);
    let gone = TextFormat {
        strikethrough: Stroke::new(1.0, muted),
        ..plain.clone()
    };
    let now = TextFormat::simple(font(Weight::Regular, BODY), color(theme.text));
    let or_none = |words: &str| match words {
        "" => cx.tr(text!("card-history-nothing")),
        words => words.to_owned(),
    };
    job.append(&format!("{}  ", change.field), 0.0, plain.clone());
    job.append(&or_none(&change.before), 0.0, gone);
    job.append(" → ", 0.0, plain);
    job.append(&or_none(&change.after), 0.0, now);
    ui.label(job);
}
