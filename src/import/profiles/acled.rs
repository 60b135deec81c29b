//! ACLED event exports, from 15 to 31 columns. Codebook: <https://acleddata.com/methodology/>.

use super::profile::{Profile, side, titled, type_by_name};
use crate::domain::{
    Actor, ActorType, Incident, Kind, LocalText, PlacePrecision, Record, Source, TimePrecision,
};
use crate::import::fault::Fault;
use crate::import::row::{
    ColumnName, Field, FieldColumns, Row, Tally, deaths_exactly, located, when,
};
use crate::import::values::kinds;

/// Whether a table counts events and has no incidents in it: ACLED's weekly and monthly files, and what
/// the Humanitarian Data Exchange makes of them.
pub fn is_aggregate(names: &[ColumnName]) -> bool {
    let has = |name: &str| names.iter().any(|n| n.normal == name);
    let counts =
        has("events") && (has("fatalities") || has("eventtype") || has("centroidlatitude"));
    counts && !has("eventidcnty")
}

pub const ACLED: Profile = Profile {
    required: &[
        "eventidcnty",
        "eventdate",
        "eventtype",
        "actor1",
        "latitude",
        "longitude",
    ],
    licence: "ACLED terms and conditions",
    attribution: "ACLED, acleddata.com",
    ..Profile::new("acled", columns, draft)
};

fn columns() -> Vec<FieldColumns> {
    vec![
        (Field::Id, &["eventidcnty"]),
        (Field::Kind, &["subeventtype"]),
        (Field::KindGroup, &["eventtype"]),
        (Field::Start, &["eventdate"]),
        (Field::DatePrecision, &["timeprecision"]),
        (Field::Lon, &["longitude"]),
        (Field::Lat, &["latitude"]),
        (Field::PlacePrecision, &["geoprecision"]),
        (Field::Place, &["location"]),
        (Field::Admin1, &["admin1"]),
        (Field::Admin2, &["admin2"]),
        (Field::Country, &["country"]),
        (Field::Actor1, &["actor1"]),
        (Field::Actor1Type, &["inter1"]),
        (Field::Actor1Allies, &["assocactor1", "allyactor1"]),
        (Field::Actor2, &["actor2"]),
        (Field::Actor2Type, &["inter2"]),
        (Field::Actor2Allies, &["assocactor2", "allyactor2"]),
        (Field::DeathsBest, &["fatalities"]),
        (Field::Narrative, &["notes"]),
        (Field::Source, &["source"]),
        (Field::Version, &["timestamp"]),
    ]
}

fn draft(row: &Row, tally: &mut Tally) -> Result<Record, Fault> {
    let (event, sub_event) = (row.get(Field::KindGroup), row.get(Field::Kind));
    let kind = row.kind(&[sub_event, event], |label| kinds::ACLED.get(label), tally);
    let source_kind = if sub_event.is_empty() {
        event
    } else {
        sub_event
    };
    let mut extra = row.extra();
    let precision = row.quality(Field::PlacePrecision, place_precision, &mut extra, tally);
    let of_date = row.quality(Field::DatePrecision, time_precision, &mut extra, tally);
    let deaths = deaths_exactly(row, &mut extra, tally);
    extra.extend(
        row.kept(Field::KindGroup)
            .filter(|(_, label)| label != source_kind),
    );
    Ok(Record::Incident(Box::new(Incident {
        external_id: row.text(Field::Id),
        kind,
        source_kind: source_kind.to_owned(),
        title: title(row, source_kind, kind),
        when: when(row, of_date, tally)?,
        position: located(
            row,
            precision.unwrap_or(PlacePrecision::Near),
            &mut extra,
            tally,
        )?,
        places: row.places(),
        side_a: party(row, Field::Actor1, Field::Actor1Type, Field::Actor1Allies),
        side_b: party(row, Field::Actor2, Field::Actor2Type, Field::Actor2Allies),
        deaths,
        narrative: LocalText::new(row.get(Field::Narrative)),
        sources: row
            .list(Field::Source)
            .map(|publisher| Source {
                publisher: publisher.to_owned(),
                ..Source::default()
            })
            .collect(),
        credibility: None,
        related: Vec::new(),
        extra,
        version: row.version(),
        line: row.line(),
    })))
}

fn title(row: &Row, label: &str, kind: Kind) -> LocalText {
    let names: Vec<&str> = [Field::Actor1, Field::Actor2]
        .iter()
        .map(|f| row.get(*f))
        .filter(|name| !name.is_empty())
        .collect();
    LocalText {
        text: titled(label, &names),
        es: Some(titled(kinds::kind_in_spanish(kind), &names)),
    }
}

/// 1 the town itself, 2 near it or part of a region, 3 only the region. A town is an area, so
/// the first is no exact place.
fn place_precision(text: &str) -> Option<PlacePrecision> {
    match text {
        "1" => Some(PlacePrecision::Near),
        "2" => Some(PlacePrecision::Municipality),
        "3" => Some(PlacePrecision::State),
        _ => None,
    }
}

/// A week is taken from Monday to Sunday around the date given, a month as the whole of it.
fn time_precision(text: &str) -> Option<TimePrecision> {
    match text {
        "1" => Some(TimePrecision::Day),
        "2" => Some(TimePrecision::Week),
        "3" => Some(TimePrecision::Month),
        _ => None,
    }
}

/// The actor with its type, then those it is said to stand with.
fn party(row: &Row, name: Field, inter: Field, allies: Field) -> Vec<Actor> {
    let actor = row.get(name);
    let mut party = side(actor, type_of(actor, row.get(inter)));
    party.extend(
        row.list(allies)
            .map(|ally| Actor::new(ally, type_by_name(ally).unwrap_or(ActorType::Unknown))),
    );
    party
}

/// By the inter code, a number before 2024 and words since; the name is more exact where it says.
fn type_of(name: &str, inter: &str) -> ActorType {
    let by_name = type_by_name(name);
    match inter.to_ascii_lowercase().as_str() {
        "1" | "state forces" => by_name.unwrap_or(ActorType::Government),
        "4" | "identity militia" => by_name.unwrap_or(ActorType::ArmedCivilians),
        "5" | "rioters" | "6" | "protesters" | "7" | "civilians" => ActorType::Civilians,
        "8" | "external/other forces" | "other" => match by_name {
            Some(ActorType::Military | ActorType::Police | ActorType::Government) => {
                ActorType::ForeignState
            }
            other => other.unwrap_or(ActorType::Unknown),
        },
        // Rebel groups and political militias, which in Mexico are mostly cartels: by name only.
        _ => by_name.unwrap_or(ActorType::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actor_types_come_from_codes_and_names() {
        for (name, inter, expected) in [
            (
                "Military Forces of Mexico (2018-2024)",
                "1",
                ActorType::Military,
            ),
            (
                "Police Forces of Mexico (2018-2024)",
                "State forces",
                ActorType::Police,
            ),
            (
                "Military Forces of the United States",
                "External/Other forces",
                ActorType::ForeignState,
            ),
            (
                "CDN: Northeast Cartel",
                "Political militia",
                ActorType::CartelOrGang,
            ),
            ("Unidentified Armed Group (Mexico)", "3", ActorType::Unknown),
            ("Protesters (Mexico)", "6", ActorType::Civilians),
        ] {
            assert_eq!(type_of(name, inter), expected, "{name}");
        }
    }
}
