//! Two versions of an incident held against each other, field by field, in words: for the record of
//! an incident and for the list of what deliveries changed.

use crate::domain::{Actor, Deaths, Incident};
use crate::locale::{Lang, date, date_range, number, number_f64, tr, tr_args};

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name in words; a column of the file goes by its own.
    pub field: String,
    /// What it said, empty for nothing.
    pub before: String,
    pub after: String,
}

/// Every field in which the two differ.
#[must_use]
pub fn compare(lang: Lang, before: &Incident, after: &Incident) -> Vec<FieldChange> {
    let mut found = Vec::new();
    let mut compare = |field: String, before: String, after: String| {
        if before != after {
            found.push(FieldChange {
                field,
                before,
                after,
            });
        }
    };
    for (key, say) in FIELDS {
        compare(tr(lang, key), say(lang, before), say(lang, after));
    }
    let extra = after.extra.iter().chain(&before.extra);
    let names: indexmap::IndexSet<&String> = extra.map(|(name, _)| name).collect();
    let value = |i: &Incident, name: &String| {
        let found = i.extra.iter().find(|(n, _)| n == name);
        found.map_or_else(String::new, |(_, v)| v.clone())
    };
    for name in names {
        compare(name.clone(), value(before, name), value(after, name));
    }
    found
}

/// Deaths in words: one number, or low, best and high.
#[must_use]
pub fn deaths_words(lang: Lang, deaths: Deaths) -> String {
    let show = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| number(u64::from(n)));
    if deaths.is_unknown() {
        tr(lang, "card-not-reported")
    } else if deaths.low == deaths.high && (deaths.low.is_none() || deaths.low == deaths.best) {
        show(deaths.best)
    } else {
        tr_args(
            lang,
            "card-deaths-range",
            &[
                ("low", &show(deaths.low)),
                ("best", &show(deaths.best)),
                ("high", &show(deaths.high)),
            ],
        )
    }
}

type Say = fn(Lang, &Incident) -> String;

/// The fields that are compared, under their names. Each says all that it holds, so that nothing
/// differs unseen.
const FIELDS: [(&str, Say); 14] = [
    ("table-col-title", |_, i| i.title.text.clone()),
    ("card-title-es", |_, i| {
        i.title.es.clone().unwrap_or_default()
    }),
    ("table-col-kind", |lang, i| {
        tr(lang, &format!("kind-{}", i.kind.code()))
    }),
    ("card-source-kind", |_, i| i.source_kind.clone()),
    ("card-when", |lang, i| {
        let days = date_range(lang, i.when.start, i.when.end);
        let precision = tr(lang, &format!("time-{}", i.when.precision.code()));
        let clock = i.when.instant.as_ref();
        let clock = clock.map_or_else(String::new, |t| format!(" · {} {}", t.utc, t.zone));
        format!("{days} · {precision}{clock}")
    }),
    ("card-where", position),
    ("table-col-place", |_, i| {
        let p = &i.places;
        joined(&[&p.place, &p.admin2, &p.admin1, &p.country], ", ")
    }),
    ("table-col-side_a", |lang, i| actors(lang, &i.side_a)),
    ("table-col-side_b", |lang, i| actors(lang, &i.side_b)),
    ("card-deaths", |lang, i| deaths_words(lang, i.deaths)),
    ("card-account", |_, i| {
        let spanish = i.narrative.es.as_deref().unwrap_or_default();
        joined(&[&i.narrative.text, spanish], " / ")
    }),
    ("card-sources", sources),
    ("table-col-grade", |_, i| i.grade().to_string()),
    ("card-linked", |_, i| i.related.join(", ")),
];

fn joined(parts: &[&str], between: &str) -> String {
    let given: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    given.join(between)
}

fn position(lang: Lang, i: &Incident) -> String {
    let p = &i.position;
    let precision = tr(lang, &format!("place-{}", p.precision.code()));
    let radius = p.radius_m.map_or_else(String::new, |m| {
        let km = number_f64(m / 1000.0, 1);
        format!(" · {}", tr_args(lang, "card-within", &[("km", &km)]))
    });
    let ns = tr(
        lang,
        if p.lat < 0.0 {
            "compass-s"
        } else {
            "compass-n"
        },
    );
    let ew = tr(
        lang,
        if p.lon < 0.0 {
            "compass-w"
        } else {
            "compass-e"
        },
    );
    let (lat, lon) = (p.lat.abs(), p.lon.abs());
    format!("{lat}° {ns}  {lon}° {ew} · {precision}{radius}")
}

fn actors(lang: Lang, actors: &[Actor]) -> String {
    let one = |a: &Actor| {
        let kind = tr(lang, &format!("actor-{}", a.actor_type.code()));
        format!("{} ({kind})", a.name)
    };
    let all: Vec<String> = actors.iter().map(one).collect();
    all.join("; ")
}

fn sources(lang: Lang, i: &Incident) -> String {
    let one = |s: &crate::domain::Source| {
        let day = s.date.map_or_else(String::new, |d| date(lang, d));
        let grade = s.reliability.map_or("", |r| r.code());
        let parts = [&s.publisher, &s.title, &s.url, &s.language, &day];
        let told: Vec<&str> = parts.iter().map(|p| p.as_str()).chain([grade]).collect();
        joined(&told, " · ")
    };
    let all: Vec<String> = i.sources.iter().map(one).collect();
    all.join("; ")
}
