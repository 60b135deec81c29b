//! What the row said in earlier files: each revision with its import, field by field.

use super::Context;
use crate::domain::Incident;
use crate::locale::date;
use crate::scene::Weight;
use crate::session::changes::{FieldChange, compare};
use crate::store::{ImportInfo, StoredIncident};
use crate::view::theme::{BODY, color, font};
use crate::view::widgets::{section, text};
use egui::{Stroke, TextFormat, Ui};

/// Newest first, each with what it changed of the one before; nothing where there is only one.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Context<'_>,
    stored: &StoredIncident,
    earlier: &[(ImportInfo, u64, Incident)],
) {
    if earlier.is_empty() {
        return;
    }
    section(ui, cx.theme, &cx.tr("card-history"), |_| {});
    let now = (&stored.import, stored.incident.line, &stored.incident);
    let before = earlier.iter().map(|(import, line, i)| (import, *line, i));
    let all: Vec<_> = std::iter::once(now).chain(before).collect();
    for (i, (import, line, incident)) in all.iter().enumerate() {
        head(ui, cx, import, *line);
        let Some((_, _, older)) = all.get(i + 1) else {
            let first = cx.tr("card-history-first");
            text(ui, first, Weight::Regular, 12.0, cx.theme.muted);
            continue;
        };
        for change in compare(cx.lang, older, incident) {
            one(ui, cx, &change);
        }
    }
}

fn head(ui: &mut Ui, cx: &Context<'_>, import: &ImportInfo, line: u64) {
    let day = import.imported_at.get(..10).unwrap_or_default();
    let day = day
        .parse()
        .map_or_else(|_| day.to_owned(), |d| date(cx.lang, d));
    let place = cx.tr_args(
        "card-line",
        &[("file", &import.file_name), ("line", &line.to_string())],
    );
    ui.add_space(4.0);
    let words = format!("{day} · {place}");
    text(ui, words, Weight::Medium, 12.0, cx.theme.text);
}

fn one(ui: &mut Ui, cx: &Context<'_>, change: &FieldChange) {
    let mut job = egui::text::LayoutJob::default();
    let muted = color(cx.theme.muted);
    let plain = TextFormat::simple(font(Weight::Regular, 12.0), muted);
    let gone = TextFormat {
        strikethrough: Stroke::new(1.0, muted),
        ..plain.clone()
    };
    let now = TextFormat::simple(font(Weight::Regular, BODY), color(cx.theme.text));
    let or_none = |words: &str| match words {
        "" => cx.tr("card-history-nothing"),
        words => words.to_owned(),
    };
    job.append(&format!("{}  ", change.field), 0.0, plain.clone());
    job.append(&or_none(&change.before), 0.0, gone);
    job.append(" → ", 0.0, plain);
    job.append(&or_none(&change.after), 0.0, now);
    ui.label(job);
}
