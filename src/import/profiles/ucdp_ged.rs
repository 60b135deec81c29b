//! UCDP Georeferenced Event Dataset, in its layouts of 49 and 41 columns.
//! Codebook: <https://ucdp.uu.se/downloads/>.

use super::profile::{Profile, side, type_by_name};
use crate::domain::when::day_number;
use crate::domain::{
    Actor, ActorType, Credibility, Deaths, Incident, Kind, LocalText, PlaceNames, PlacePrecision,
    Record, Source, TimePrecision, When,
};
use crate::import::fault::Fault;
use crate::import::row::{Field, FieldColumns, Row, Tally, located, persons_range, when};
use crate::import::values::{DayOrder, count, date, decimal, kinds};
use jiff::civil::Date;

pub const UCDP_GED: Profile = Profile {
    required: &[
        "typeofviolence",
        "sidea",
        "sideb",
        "datestart",
        "latitude",
        "longitude",
    ],
    licence: "CC BY 4.0",
    attribution: "UCDP GED: Davies, Engström, Pettersson & Öberg (2024); Sundberg & Melander (2013)",
    headerless,
    key,
    ..Profile::new("ucdp-ged", columns, draft)
};

fn columns() -> Vec<FieldColumns> {
    vec![
        (Field::Id, &["id"]),
        (Field::Title, &["dyadname"]),
        (Field::Kind, &["typeofviolence"]),
        (Field::Start, &["datestart"]),
        (Field::End, &["dateend"]),
        (Field::DatePrecision, &["dateprec"]),
        (Field::Lon, &["longitude"]),
        (Field::Lat, &["latitude"]),
        (Field::PlacePrecision, &["whereprec"]),
        (Field::Place, &["wherecoordinates"]),
        (Field::Admin1, &["adm1"]),
        (Field::Admin2, &["adm2"]),
        (Field::Country, &["country"]),
        (Field::Actor1, &["sidea"]),
        (Field::Actor2, &["sideb"]),
        (Field::DeathsLow, &["low", "lowest"]),
        (Field::DeathsBest, &["best", "bestest"]),
        (Field::DeathsHigh, &["high", "highest"]),
        (Field::Source, &["sourceoffice"]),
        (Field::SourceTitle, &["sourceheadline"]),
        // The account of events without a headline.
        (Field::Narrative, &["sourcearticle"]),
        (Field::SourceDate, &["sourcedate"]),
        (Field::Credibility, &["eventclarity"]),
    ]
}

fn headerless(first: &[String]) -> Option<&'static [&'static str]> {
    let cell = |name: &str| {
        let at = COLUMNS.iter().position(|c| *c == name);
        at.and_then(|i| first.get(i)).map_or("", |c| c.trim())
    };
    let is_day = |name| date(cell(name), DayOrder::DayFirst).is_ok_and(|d| d.start == d.end);
    let is_degrees = |name, most: f64| decimal(cell(name)).is_some_and(|n| n.abs() <= most);
    let is_ours = first.len() == COLUMNS.len()
        && kind(cell("type_of_violence")).is_some()
        && place_precision(cell("where_prec")).is_some()
        && is_degrees("latitude", 90.0)
        && is_degrees("longitude", 180.0)
        && ["date_start", "date_end"].into_iter().all(is_day)
        && ["best", "high", "low"]
            .into_iter()
            .all(|name| count(cell(name)).is_some());
    is_ours.then_some(COLUMNS)
}

fn key(row: &Row) -> String {
    row.get(Field::Id).trim_end_matches(".0").to_owned()
}

fn draft(row: &Row, tally: &mut Tally) -> Result<Record, Fault> {
    let mut extra = row.extra();
    let label = row.get(Field::Kind);
    let known = kind(label);
    let source_kind = known.map_or(label, |(_, word)| word);
    let precision = row.quality(Field::PlacePrecision, place_precision, &mut extra, tally);
    let of_date = row.quality(Field::DatePrecision, date_precision, &mut extra, tally);
    let precision = precision.unwrap_or(PlacePrecision::Country);
    let when = when(row, of_date, tally)?;
    let is_sum = is_sum(&when, precision);
    let known = known.map(|(kind, _)| if is_sum { Kind::Other } else { kind });
    if is_sum {
        tally.add(text!("note-sums-of-events"; n));
    }
    let kind = row.kind(&[source_kind], |_| known, tally);
    let deaths = deaths(row, &mut extra, tally)?;
    let credibility = row.quality(Field::Credibility, credibility, &mut extra, tally);
    Ok(Record::Incident(Box::new(Incident {
        external_id: key(row),
        kind,
        source_kind: source_kind.to_owned(),
        title: title(row.get(Field::Title)),
        when,
        position: located(row, precision, &mut extra, tally)?,
        places: PlaceNames {
            place: row.text(Field::Place),
            // "Tamaulipas state" is how UCDP writes Tamaulipas.
            admin2: without(row.get(Field::Admin2), &[" municipality", " municipio"]),
            admin1: without(row.get(Field::Admin1), &[" state"]),
            country: row.text(Field::Country),
        },
        side_a: party(row, Field::Actor1, source_kind),
        side_b: party(row, Field::Actor2, source_kind),
        deaths,
        narrative: LocalText::new(match row.get(Field::SourceTitle) {
            "" => row.get(Field::Narrative),
            headline => headline,
        }),
        sources: source(row, &mut extra),
        credibility,
        related: Vec::new(),
        extra,
        version: None,
        line: row.line(),
    })))
}

/// Of the candidate files, which some deliver without their header. They have the variables of the
/// yearly dataset in its order.
#[rustfmt::skip]
const COLUMNS: &[&str] = &[
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
];

/// UCDP writes its codes `2.0`.
fn number(text: &str) -> Option<i64> {
    decimal(text).filter(|n| n.fract() == 0.0).map(|n| n as i64)
}

/// Days of what UCDP sums up.
const SUMMED_DAYS: i32 = 90;

/// Whether a row sums up what happened in a state or a country over months: "1 Jan – 31 Dec 2013, 247
/// dead" is no event of any kind.
fn is_sum(when: &When, precision: PlacePrecision) -> bool {
    let days = day_number(when.end) - day_number(when.start);
    days >= SUMMED_DAYS && precision >= PlacePrecision::State
}

/// The kind, and UCDP's own word for the code.
fn kind(text: &str) -> Option<(Kind, &'static str)> {
    kinds::UCDP.with_note(&number(text)?.to_string())
}

/// 1 exact, 2 within some 25 km, 3 district, 4 province, 5 line or fuzzy area, 6 country,
/// 7 international waters or air.
fn place_precision(text: &str) -> Option<PlacePrecision> {
    match number(text)? {
        1 => Some(PlacePrecision::Exact),
        2 => Some(PlacePrecision::Near),
        3 => Some(PlacePrecision::Municipality),
        4 | 5 => Some(PlacePrecision::State),
        6 | 7 => Some(PlacePrecision::Country),
        _ => None,
    }
}

/// 1 day, 2 two to six days, 3 week, 4 month, 5 more than a month up to a year.
fn date_precision(text: &str) -> Option<TimePrecision> {
    match number(text)? {
        1 => Some(TimePrecision::Day),
        2 | 3 => Some(TimePrecision::Week),
        4 => Some(TimePrecision::Month),
        5 => Some(TimePrecision::Year),
        _ => None,
    }
}

/// Clear reports are probably true, others possibly.
fn credibility(text: &str) -> Option<Credibility> {
    match number(text)? {
        1 => Some(Credibility::Two),
        2 => Some(Credibility::Three),
        _ => None,
    }
}

/// The dyad. Names stay as they are, but for the two that are words.
fn title(dyad: &str) -> LocalText {
    let es = dyad
        .replace("Government of Mexico", "Gobierno de México")
        .replace("Government of ", "Gobierno de ")
        .replace("Civilians", "Civiles");
    LocalText {
        es: (es != dyad).then_some(es),
        text: dyad.to_owned(),
    }
}

/// One actor a side: a comma may be part of its name.
fn party(row: &Row, field: Field, source_kind: &str) -> Vec<Actor> {
    let name = row.get(field);
    let of_mexico = row.get(Field::Country) == "Mexico" && source_kind == "non-state";
    let actor_type = type_by_name(name).unwrap_or(match of_mexico {
        true => ActorType::CartelOrGang,
        false => ActorType::Unknown,
    });
    side(name, actor_type)
}

/// UCDP's best estimate stands even where its own bounds contradict it, as they do in 89 rows
/// of Mexico that hold one death in six: such a bound is taken as not known, and kept as written.
fn deaths(
    row: &Row,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Result<Deaths, Fault> {
    let [low, best, high] = persons_range(row, extra, tally);
    if let Some(deaths) = Deaths::new(low, best, high) {
        return Ok(deaths);
    }
    tally.add(text!("note-deaths-bounds"; n));
    let low = low.filter(|low| best.is_none_or(|b| *low <= b));
    let high = high.filter(|high| best.is_none_or(|b| *high >= b));
    for field in [Field::DeathsLow, Field::DeathsHigh] {
        row.keep(field, extra);
    }
    Deaths::new(low, best, high).ok_or_else(|| row.fault(Field::DeathsBest, "deaths_order"))
}

/// Publisher, day and headline of each article as later versions write them together, in quotes and with `;` between:
/// a headline may hold a `;` of its own, and so may a publisher. `None` where it is written in another way.
fn articles(text: &str) -> Option<Vec<Source>> {
    let inner = text.trim().strip_prefix('"')?.strip_suffix('"')?;
    let article = |text: &str| {
        let is_day = |at: &usize| text.get(*at + 11..*at + 12) == Some(",");
        let commas = text.match_indices(',').map(|(at, _)| at);
        let (at, day) = commas.filter(is_day).find_map(|at| {
            let day: Date = text.get(at + 1..at + 11)?.parse().ok()?;
            Some((at, day))
        })?;
        Some(Source {
            publisher: text[..at].trim().to_owned(),
            title: text[at + 12..].trim().to_owned(),
            date: Some(day),
            ..Source::default()
        })
    };
    inner.split("\";\"").map(article).collect()
}

/// UCDP joins sources with `;`: where headlines and dates are as many, each goes with its own.
fn source(row: &Row, extra: &mut Vec<(String, String)>) -> Vec<Source> {
    if let Some(sources) = articles(row.get(Field::Narrative)) {
        row.keep(Field::Narrative, extra);
        return sources;
    }
    let parts = |text: &str| -> Vec<String> {
        let parts = text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let publishers = parts(row.get(Field::Source));
    let headline = row.get(Field::SourceTitle);
    let article = row.get(Field::Narrative);
    // With a headline the article only repeats publisher, date and headline, but it is kept.
    let title = match headline.is_empty() {
        true => article,
        false => {
            if !article.is_empty() {
                row.keep(Field::Narrative, extra);
            }
            headline
        }
    };
    let dates = parts(row.get(Field::SourceDate));
    let day = |text: &String| {
        let dated = date(text, row.day_order()).ok();
        dated.filter(|d| d.start == d.end).map(|d| d.start)
    };
    let days: Vec<_> = dates.iter().map(day).collect();
    if days.iter().any(Option::is_none) {
        row.keep(Field::SourceDate, extra);
    }
    let titles = match parts(title) {
        titles if titles.len() == publishers.len() && titles.len() > 1 => titles,
        _ => vec![title.to_owned(); publishers.len().max(1)],
    };
    let n = publishers.len().max(1);
    let one = |i: usize| Source {
        publisher: publishers.get(i).cloned().unwrap_or_default(),
        title: titles.get(i).cloned().unwrap_or_default(),
        date: match days.len() == n {
            true => days[i],
            false => days.first().copied().flatten(),
        },
        ..Source::default()
    };
    let all = (0..n).map(one);
    all.filter(|source| *source != Source::default()).collect()
}

/// A name without the word for what it names.
fn without(name: &str, words: &[&str]) -> String {
    let bare = words.iter().find_map(|w| name.strip_suffix(w));
    bare.unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_apart_though_their_texts_have_the_same_signs() {
        let read = |text: &str| -> Option<Vec<(String, String, String)>> {
            let each = |s: Source| (s.publisher, s.date.unwrap().to_string(), s.title);
            articles(text).map(|all| all.into_iter().map(each).collect())
        };
        let one = |publisher: &str, day: &str, title: &str| {
            (publisher.to_owned(), day.to_owned(), title.to_owned())
        };
        assert_eq!(
            read(
                "\"Borderland Beat ,2019-07-05,\"Los Rojos\" in Puebla\";\"Sin Embargo,2019-07-05,A leader, two policemen; all died\""
            ),
            Some(vec![
                one("Borderland Beat", "2019-07-05", "\"Los Rojos\" in Puebla"),
                one(
                    "Sin Embargo",
                    "2019-07-05",
                    "A leader, two policemen; all died"
                ),
            ])
        );
        assert_eq!(
            read("\"E; Sol de Tijuana,2022-11-01,November exceeds 100, 2022-11-02, more\""),
            Some(vec![one(
                "E; Sol de Tijuana",
                "2022-11-01",
                "November exceeds 100, 2022-11-02, more"
            )])
        );
        for other in [
            "",
            "\"",
            "AP 31 Dec 2009 \"Two found\"",
            "\"AP,soon,Two found\"",
            "\"ñ,2,ñ\"",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
