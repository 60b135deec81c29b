//! What the row said in earlier files: each revision with its import, field by field.

use super::Context;
use super::card::deaths_words;
use crate::domain::{Actor, Incident};
use crate::locale::{date, date_range, number_f64};
use crate::scene::Weight;
use crate::store::{ImportInfo, StoredIncident};
use crate::view::map::coordinates;
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
        for change in changes(cx, older, incident) {
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

/// A field that differs: its name, what it said, what it says.
struct Change {
    field: String,
    old: String,
    new: String,
}

fn one(ui: &mut Ui, cx: &Context<'_>, change: &Change) {
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
    job.append(&or_none(&change.old), 0.0, gone);
    job.append(" → ", 0.0, plain);
    job.append(&or_none(&change.new), 0.0, now);
    ui.label(job);
}

/// Every field in which the two differ.
fn changes(cx: &Context<'_>, old: &Incident, new: &Incident) -> Vec<Change> {
    let mut found = Vec::new();
    let mut compare = |field: String, old: String, new: String| {
        if old != new {
            found.push(Change { field, old, new });
        }
    };
    for (key, say) in FIELDS {
        compare(cx.tr(key), say(cx, old), say(cx, new));
    }
    let names: indexmap::IndexSet<&String> =
        new.extra.iter().chain(&old.extra).map(|(n, _)| n).collect();
    let value = |i: &Incident, name: &String| {
        let found = i.extra.iter().find(|(n, _)| n == name);
        found.map_or_else(String::new, |(_, v)| v.clone())
    };
    for name in names {
        compare(name.clone(), value(old, name), value(new, name));
    }
    found
}

type Say = fn(&Context<'_>, &Incident) -> String;

/// The fields that are compared, under their names, in words.
const FIELDS: [(&str, Say); 14] = [
    ("table-col-title", |_, i| i.title.text.clone()),
    ("card-title-es", |_, i| {
        i.title.es.clone().unwrap_or_default()
    }),
    ("table-col-kind", |cx, i| {
        cx.tr(&format!("kind-{}", i.kind.code()))
    }),
    ("card-source-kind", |_, i| i.source_kind.clone()),
    ("card-when", |cx, i| {
        let days = date_range(cx.lang, i.when.start, i.when.end);
        let precision = cx.tr(&format!("time-{}", i.when.precision.code()));
        let clock = i.when.instant.as_ref();
        let clock = clock.map_or_else(String::new, |t| format!(" · {} {}", t.utc, t.zone));
        format!("{days} · {precision}{clock}")
    }),
    ("card-where", |cx, i| {
        let p = &i.position;
        let precision = cx.tr(&format!("place-{}", p.precision.code()));
        let radius = p.radius_m.map_or_else(String::new, |m| {
            let km = number_f64(m / 1000.0, 1);
            format!(" · {}", cx.tr_args("card-within", &[("km", &km)]))
        });
        format!(
            "{} · {precision}{radius}",
            coordinates(cx.lang, p.lon, p.lat)
        )
    }),
    ("table-col-place", |_, i| {
        let p = &i.places;
        let names = [&p.place, &p.admin2, &p.admin1, &p.country];
        let given: Vec<&str> = names
            .iter()
            .map(|n| n.as_str())
            .filter(|n| !n.is_empty())
            .collect();
        given.join(", ")
    }),
    ("table-col-side_a", |cx, i| actors(cx, &i.side_a)),
    ("table-col-side_b", |cx, i| actors(cx, &i.side_b)),
    ("card-deaths", |cx, i| deaths_words(cx, i.deaths)),
    ("card-account", |cx, i| {
        i.narrative.in_language(cx.lang.is_spanish()).to_owned()
    }),
    ("card-sources", sources),
    ("table-col-grade", |_, i| i.grade().to_string()),
    ("card-linked", |_, i| i.related.join(", ")),
];

fn actors(cx: &Context<'_>, actors: &[Actor]) -> String {
    let one = |a: &Actor| {
        let kind = cx.tr(&format!("actor-{}", a.actor_type.code()));
        format!("{} ({kind})", a.name)
    };
    let all: Vec<String> = actors.iter().map(one).collect();
    all.join("; ")
}

fn sources(cx: &Context<'_>, i: &Incident) -> String {
    let one = |s: &crate::domain::Source| {
        let told = [s.publisher.clone(), s.title.clone(), s.url.clone()];
        let day = s.date.map(|d| date(cx.lang, d));
        let grade = s.reliability.map(|r| r.code().to_owned());
        let parts: Vec<String> = told
            .into_iter()
            .chain(day)
            .chain(grade)
            .filter(|t| !t.is_empty())
            .collect();
        parts.join(" · ")
    };
    let all: Vec<String> = i.sources.iter().map(one).collect();
    all.join("; ")
}
