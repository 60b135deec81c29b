//! UCDP Georeferenced Event Dataset, in its layouts of 49 and 41 columns.
//! Codebook: <https://ucdp.uu.se/downloads/>.

use super::{FieldColumns, Profile, side, type_by_name};
use crate::domain::{
    Actor, ActorType, Credibility, Deaths, Incident, Kind, LocalText, PlaceNames, PlacePrecision,
    Source, TimePrecision,
};
use crate::import::dates::{date, when};
use crate::import::field::Field;
use crate::import::mapping::Row;
use crate::import::report::{Fault, Tally};
use crate::import::values::{code, decimal, persons_range, position};
use std::path::Path;

pub struct UcdpGed;

impl Profile for UcdpGed {
    fn id(&self) -> &'static str {
        "ucdp-ged"
    }

    fn columns(&self) -> Vec<FieldColumns> {
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

    fn required(&self) -> &'static [&'static str] {
        &[
            "typeofviolence",
            "sidea",
            "sideb",
            "datestart",
            "latitude",
            "longitude",
        ]
    }

    fn dataset(&self, _: &Path) -> String {
        "ucdp-ged".to_owned()
    }

    fn licence(&self) -> &'static str {
        "CC BY 4.0"
    }

    fn attribution(&self) -> &'static str {
        "UCDP GED: Davies, Engström, Pettersson & Öberg (2024); Sundberg & Melander (2013)"
    }

    fn draft(&self, row: &Row, tally: &mut Tally) -> Result<Incident, Fault> {
        let external_id = row.get(Field::Id).trim_end_matches(".0").to_owned();
        if external_id.is_empty() {
            return Err(row.fault(Field::Id, "no_id"));
        }
        let (kind, source_kind) =
            code(row, Field::Kind, kind)?.ok_or_else(|| row.fault(Field::Kind, "unknown_code"))?;
        let precision = code(row, Field::PlacePrecision, place_precision)?;
        let mut extra = row.extra();
        let deaths = deaths(row, &mut extra, tally)?;
        Ok(Incident {
            external_id,
            kind,
            source_kind: source_kind.to_owned(),
            title: title(row.get(Field::Title)),
            when: when(row, code(row, Field::DatePrecision, date_precision)?, tally)?,
            position: position(row, precision.unwrap_or(PlacePrecision::Country))?,
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
            credibility: code(row, Field::Credibility, credibility)?,
            related: Vec::new(),
            extra,
            line: row.line(),
        })
    }
}

/// UCDP writes its codes `2.0`.
fn number(text: &str) -> Option<i64> {
    decimal(text).filter(|n| n.fract() == 0.0).map(|n| n as i64)
}

fn kind(text: &str) -> Option<(Kind, &'static str)> {
    match number(text)? {
        1 => Some((Kind::GunBattle, "state-based")),
        2 => Some((Kind::GunBattle, "non-state")),
        3 => Some((Kind::AttackCivilians, "one-sided")),
        _ => None,
    }
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
    let [low, best, high] = persons_range(row)?;
    if let Some(deaths) = Deaths::new(low, best, high) {
        return Ok(deaths);
    }
    tally.add("note-deaths-bounds");
    let low = low.filter(|low| best.is_none_or(|b| *low <= b));
    let high = high.filter(|high| best.is_none_or(|b| *high >= b));
    for field in [Field::DeathsLow, Field::DeathsHigh] {
        extra.extend(row.kept(field));
    }
    Deaths::new(low, best, high).ok_or_else(|| row.fault(Field::DeathsBest, "deaths_order"))
}

fn source(row: &Row, extra: &mut Vec<(String, String)>) -> Vec<Source> {
    let (publisher, headline) = (row.text(Field::Source), row.text(Field::SourceTitle));
    let article = row.get(Field::Narrative);
    // With a headline the article only repeats publisher, date and headline, but it is kept.
    let title = match headline.is_empty() {
        true => article.to_owned(),
        false => {
            extra.extend(
                row.kept(Field::Narrative)
                    .filter(|(_, text)| !text.is_empty()),
            );
            headline
        }
    };
    let dated = date(row.get(Field::SourceDate), row.day_order());
    let day = dated.ok().filter(|d| d.start == d.end).map(|d| d.start);
    if day.is_none() {
        extra.extend(
            row.kept(Field::SourceDate)
                .filter(|(_, text)| !text.is_empty()),
        );
    }
    let source = Source {
        publisher,
        title,
        date: day,
        ..Source::default()
    };
    match source == Source::default() {
        true => Vec::new(),
        false => vec![source],
    }
}
/// A name without the word for what it names.
fn without(name: &str, words: &[&str]) -> String {
    let bare = words.iter().find_map(|w| name.strip_suffix(w));
    bare.unwrap_or(name).to_owned()
}
