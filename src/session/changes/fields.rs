//! The fields that are compared, by kind of row, each under its name. Each says all that it holds, so
//! that nothing differs unseen.

use super::{Found, deaths_words, figure, or_empty};
use crate::domain::{
    Actor, Incident, LocalText, Movement, Place, PlaceNames, PlaceSeries, Position, Record,
    RowKind, Source, TerritoryEstimate, When,
};
use crate::locale::{Lang, TextKey, date, date_range, number_f64, tr};
use geo::{MultiLineString, MultiPolygon};

/// What a field of a row says, empty for nothing.
pub(super) type Say<T> = fn(Lang, &T) -> String;

/// What kind of row it is, in words.
#[must_use]
pub fn kind_words(lang: Lang, kind: RowKind) -> String {
    let key = match kind {
        RowKind::Incident => text!("row-incident"),
        RowKind::Territory => text!("row-territory"),
        RowKind::Movement => text!("row-movement"),
        RowKind::Place => text!("way-place"),
        RowKind::Series => text!("way-series"),
    };
    tr(lang, key)
}

/// Puts what differs between two rows of one kind, further columns apart.
pub(super) fn differing(found: &mut Found, lang: Lang, before: &Record, after: &Record) {
    match (before, after) {
        (Record::Incident(b), Record::Incident(a)) => found.fields(lang, &INCIDENT, b, a),
        (Record::Territory(b), Record::Territory(a)) => {
            found.fields(lang, &TERRITORY, b, a);
            found.shape(lang, corners(&b.area), corners(&a.area));
        }
        (Record::Movement(b), Record::Movement(a)) => {
            found.fields(lang, &MOVEMENT, b, a);
            found.shape(lang, points(&b.path), points(&a.path));
        }
        (Record::Place(b), Record::Place(a)) => found.fields(lang, &PLACE, b, a),
        (Record::Series(b), Record::Series(a)) => {
            found.fields(lang, &SERIES, b, a);
            found.figures(lang, b, a);
        }
        // Two rows of one table are of one kind.
        _ => {}
    }
}

const INCIDENT: [(TextKey, Say<Incident>); 14] = [
    (text!("table-col-title"), |_, i| i.title.text.clone()),
    (text!("card-title-es"), |_, i| es(&i.title)),
    (text!("table-col-kind"), |lang, i| {
        tr(lang, text!("kind-" + i.kind.code()))
    }),
    (text!("card-source-kind"), |_, i| i.source_kind.clone()),
    (text!("card-when"), |lang, i| when(lang, &i.when)),
    (text!("card-where"), |lang, i| position(lang, &i.position)),
    (text!("table-col-place"), |_, i| names(&i.places)),
    (text!("table-col-side_a"), |lang, i| actors(lang, &i.side_a)),
    (text!("table-col-side_b"), |lang, i| actors(lang, &i.side_b)),
    (text!("card-deaths"), |lang, i| deaths_words(lang, i.deaths)),
    (text!("card-account"), |_, i| both(&i.narrative)),
    (text!("card-sources"), |lang, i| sources(lang, &i.sources)),
    (text!("table-col-grade"), |_, i| i.grade().to_string()),
    (text!("card-linked"), |_, i| i.related.join(", ")),
];

const TERRITORY: [(TextKey, Say<TerritoryEstimate>); 9] = [
    (text!("change-name"), |_, t| t.name.text.clone()),
    (text!("change-name-es"), |_, t| es(&t.name)),
    (text!("card-who"), |lang, t| {
        actors(lang, std::slice::from_ref(&t.actor))
    }),
    (text!("change-relation"), |lang, t| {
        tr(lang, text!("relation-" + t.relation.code()))
    }),
    (text!("card-when"), |lang, t| {
        let day =
            |d: Option<jiff::civil::Date>| d.map_or_else(|| "?".to_owned(), |d| date(lang, d));
        match (t.valid_from, t.valid_to) {
            (None, None) => String::new(),
            (from, to) => format!("{} – {}", day(from), day(to)),
        }
    }),
    (text!("change-share"), |_, t| {
        let share =
            |s: Option<f64>| s.map_or_else(|| "?".to_owned(), |s| format!("{} %", figure(s)));
        match (t.share_low, t.share_high) {
            (None, None) => String::new(),
            (low, high) => format!("{} – {}", share(low), share(high)),
        }
    }),
    (text!("change-claimant"), |_, t| t.claimant.clone()),
    (text!("table-col-grade"), |_, t| t.grade.to_string()),
    (text!("card-account"), |_, t| both(&t.note)),
];

const MOVEMENT: [(TextKey, Say<Movement>); 8] = [
    (text!("change-name"), |_, m| m.name.text.clone()),
    (text!("change-name-es"), |_, m| es(&m.name)),
    (text!("table-col-kind"), |lang, m| {
        tr(lang, text!("movement-" + m.kind.code()))
    }),
    (text!("card-who"), |lang, m| {
        actors(lang, m.actor.as_slice())
    }),
    (text!("card-when"), |lang, m| {
        or_empty(m.when.as_ref(), |w| when(lang, w))
    }),
    (text!("way-amount"), |_, m| {
        joined(&[&or_empty(m.amount, figure), &m.unit], " ")
    }),
    (text!("card-account"), |_, m| both(&m.note)),
    (text!("card-sources"), |lang, m| sources(lang, &m.sources)),
];

const PLACE: [(TextKey, Say<Place>); 5] = [
    (text!("change-name"), |_, p| p.name.text.clone()),
    (text!("change-name-es"), |_, p| es(&p.name)),
    (text!("table-col-kind"), |_, p| p.kind.clone()),
    (text!("card-where"), |lang, p| {
        or_empty(p.position.as_ref(), |at| position(lang, at))
    }),
    (text!("table-col-place"), |_, p| names(&p.names)),
];

/// Beside the figures themselves.
const SERIES: [(TextKey, Say<PlaceSeries>); 1] =
    [(text!("way-place"), |_, s| s.place.name.text.clone())];

/// A point of a line or area: the number of its part and there of its ring, 0 for the outline, and
/// longitude and latitude in degrees.
pub(super) type Corner = ([usize; 2], [f64; 2]);

fn points(path: &MultiLineString<f64>) -> impl Iterator<Item = Corner> + Clone {
    let parts = path.0.iter().enumerate();
    parts.flat_map(|(part, line)| line.0.iter().map(move |c| ([part, 0], [c.x, c.y])))
}

fn corners(area: &MultiPolygon<f64>) -> impl Iterator<Item = Corner> + Clone {
    let rings = area.0.iter().enumerate().flat_map(|(part, polygon)| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.enumerate().map(move |(n, ring)| ([part, n], ring))
    });
    rings.flat_map(|(of, ring)| ring.0.iter().map(move |c| (of, [c.x, c.y])))
}

pub(super) fn joined(parts: &[&str], between: &str) -> String {
    let given: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    given.join(between)
}

/// To the last digit, as the file has it.
pub(super) fn lat_lon(lang: Lang, lon: f64, lat: f64) -> String {
    let (south, west) = (lat < 0.0, lon < 0.0);
    let ns = tr(
        lang,
        if south {
            text!("compass-s")
        } else {
            text!("compass-n")
        },
    );
    let ew = tr(
        lang,
        if west {
            text!("compass-w")
        } else {
            text!("compass-e")
        },
    );
    format!("{}° {ns}  {}° {ew}", lat.abs(), lon.abs())
}

fn es(text: &LocalText) -> String {
    text.es.clone().unwrap_or_default()
}

fn both(text: &LocalText) -> String {
    joined(&[&text.text, text.es.as_deref().unwrap_or_default()], " / ")
}

fn names(p: &PlaceNames) -> String {
    joined(&[&p.place, &p.admin2, &p.admin1, &p.country], ", ")
}

fn when(lang: Lang, when: &When) -> String {
    let days = date_range(lang, when.start, when.end);
    let precision = tr(lang, text!("time-" + when.precision.code()));
    let clock = or_empty(when.instant.as_ref(), |t| {
        format!(" · {} {}", t.utc, t.zone)
    });
    format!("{days} · {precision}{clock}")
}

fn position(lang: Lang, p: &Position) -> String {
    let precision = tr(lang, text!("place-" + p.precision.code()));
    let radius = or_empty(p.radius_m, |m| {
        let km = number_f64(m / 1000.0, 1);
        format!(" · {}", tr(lang, text!("card-within", km = km)))
    });
    format!("{} · {precision}{radius}", lat_lon(lang, p.lon, p.lat))
}

fn actors(lang: Lang, actors: &[Actor]) -> String {
    let one = |a: &Actor| {
        let kind = tr(lang, text!("actor-" + a.actor_type.code()));
        format!("{} ({kind})", a.name)
    };
    let all: Vec<String> = actors.iter().map(one).collect();
    all.join("; ")
}

fn sources(lang: Lang, sources: &[Source]) -> String {
    let one = |s: &Source| {
        let day = or_empty(s.date, |d| date(lang, d));
        let grade = s.reliability.map_or("", |r| r.code());
        let parts = [&s.publisher, &s.title, &s.url, &s.language, &day];
        let told: Vec<&str> = parts.iter().map(|p| p.as_str()).chain([grade]).collect();
        joined(&told, " · ")
    };
    let all: Vec<String> = sources.iter().map(one).collect();
    all.join("; ")
}
