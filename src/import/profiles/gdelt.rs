//! GDELT 2.0 events: 61 columns between tabs, without a header. Coded by a machine from news, so the
//! grade is F6: it cannot be judged. Codebook: GDELT Event Database 2.0 and CAMEO 1.1b3.

use super::profile::{Profile, side, titled, type_by_name};
use crate::domain::{
    Actor, ActorType, Credibility, Deaths, Incident, Kind, LocalText, PlaceNames, PlacePrecision,
    Record, Reliability, Source,
};
use crate::import::fault::Fault;
use crate::import::row::{Field, FieldColumns, Row, Tally, located, when};
use crate::import::values::kinds;
use crate::locale::{Lang, tr};

#[rustfmt::skip]
const COLUMNS: &[&str] = &[
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode",
    "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode",
    "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code", "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
    "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code", "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code", "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
    "DATEADDED", "SOURCEURL",
];

/// GDELT 1.0, without codes of second administrative levels; the files before April 2013 end before the
/// address.
static FIRST_COLUMNS: [&str; 58] = first_columns();

const fn first_columns() -> [&'static str; 58] {
    const LEFT_OUT: [usize; 3] = [39, 47, 55];
    let mut columns = [""; 58];
    let (mut from, mut to) = (0, 0);
    while from < COLUMNS.len() {
        if from != LEFT_OUT[0] && from != LEFT_OUT[1] && from != LEFT_OUT[2] {
            columns[to] = COLUMNS[from];
            to += 1;
        }
        from += 1;
    }
    columns
}

pub const GDELT: Profile = Profile {
    required: &[
        "globaleventid",
        "sqldate",
        "eventcode",
        "actiongeolat",
        "actiongeolong",
    ],
    licence: "free use with citation and a link to gdeltproject.org",
    attribution: "GDELT Project, gdeltproject.org",
    headerless,
    ..Profile::new("gdelt", columns, draft)
};

fn columns() -> Vec<FieldColumns> {
    vec![
        (Field::Id, &["globaleventid"]),
        (Field::Start, &["sqldate"]),
        (Field::Kind, &["eventcode"]),
        (Field::Actor1, &["actor1name"]),
        (Field::Actor1Type, &["actor1type1code"]),
        (Field::Actor2, &["actor2name"]),
        (Field::Actor2Type, &["actor2type1code"]),
        (Field::PlacePrecision, &["actiongeotype"]),
        (Field::Place, &["actiongeofullname"]),
        (Field::Lat, &["actiongeolat"]),
        (Field::Lon, &["actiongeolong"]),
        (Field::SourceUrl, &["sourceurl"]),
    ]
}

fn headerless(first: &[String]) -> Option<&'static [&'static str]> {
    let columns: &[&str] = match first.len() {
        57 | 58 => &FIRST_COLUMNS,
        _ => COLUMNS,
    };
    let cell = |name: &str| {
        let at = columns.iter().position(|c| *c == name);
        at.and_then(|i| first.get(i)).map_or("", |c| c.trim())
    };
    let digits = |name, lengths: std::ops::RangeInclusive<usize>| {
        let text = cell(name);
        lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let is_ours = (first.len() == columns.len() || first.len() == 57)
        && digits("GLOBALEVENTID", 1..=12)
        && digits("SQLDATE", 8..=8)
        && digits("Year", 4..=4)
        && digits("EventCode", 1..=4)
        && digits("DATEADDED", 8..=14);
    is_ours.then_some(columns)
}

fn draft(row: &Row, tally: &mut Tally) -> Result<Record, Fault> {
    let cameo = cameo(row.get(Field::Kind), row.cell("eventrootcode"));
    let known = kinds::GDELT.by_beginning(&cameo);
    let label = known.map_or("", |(_, label)| label);
    let kind = row.kind(&[&cameo], |_| known.map(|(kind, _)| kind), tally);
    let mut extra = row.extra();
    extra.extend(row.kept(Field::Place).filter(|(_, name)| !name.is_empty()));
    let precision = row.quality(Field::PlacePrecision, place_precision, &mut extra, tally);
    let [side_a, side_b] = [
        party(row, Field::Actor1, Field::Actor1Type, "actor1code"),
        party(row, Field::Actor2, Field::Actor2Type, "actor2code"),
    ];
    Ok(Record::Incident(Box::new(Incident {
        external_id: row.text(Field::Id),
        kind,
        source_kind: cameo,
        title: title(kind, label, &side_a, &side_b),
        when: when(row, None, tally)?,
        position: located(
            row,
            precision.unwrap_or(PlacePrecision::Country),
            &mut extra,
            tally,
        )?,
        places: places(row.get(Field::Place)),
        side_a,
        side_b,
        deaths: Deaths::UNKNOWN,
        narrative: LocalText::default(),
        sources: vec![Source {
            publisher: publisher(row.get(Field::SourceUrl)),
            url: row.text(Field::SourceUrl),
            reliability: Some(Reliability::F),
            ..Source::default()
        }],
        credibility: Some(Credibility::Six),
        related: Vec::new(),
        extra,
        version: None,
        line: row.line(),
    })))
}

/// The code of the event with the nought that a spreadsheet takes off it: the code of its root tells
/// whether there was one.
fn cameo(event: &str, root: &str) -> String {
    let is_cut =
        root.len() == 1 && event.starts_with(root) && event.bytes().all(|b| b.is_ascii_digit());
    if is_cut {
        format!("0{event}")
    } else {
        event.to_owned()
    }
}

/// 1 the middle of a country, 2 and 5 of a state, 3 and 4 of a city; 0 says that there is none.
fn place_precision(text: &str) -> Option<PlacePrecision> {
    match text {
        "0" | "1" => Some(PlacePrecision::Country),
        "2" | "5" => Some(PlacePrecision::State),
        "3" | "4" => Some(PlacePrecision::Municipality),
        _ => None,
    }
}

/// `Nuevo Laredo, Tamaulipas, Mexico`: the country last, before it the state.
fn places(full_name: &str) -> PlaceNames {
    let parts: Vec<&str> = full_name.split(',').map(str::trim).collect();
    let (place, admin1, country) = match parts[..] {
        [country] => ("", "", country),
        [admin1, country] => ("", admin1, country),
        [place, .., admin1, country] => (place, admin1, country),
        [] => ("", "", ""),
    };
    PlaceNames {
        place: place.to_owned(),
        admin2: String::new(),
        admin1: admin1.to_owned(),
        country: country.to_owned(),
    }
}

/// The host of an address.
fn publisher(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The actor by name, else by its code; typed by CAMEO's role, else by the name.
fn party(row: &Row, name: Field, role: Field, code: &str) -> Vec<Actor> {
    let name = match row.get(name) {
        "" => row.cell(code),
        name => name,
    };
    let by_role = match row.get(role) {
        "GOV" | "LEG" | "JUD" => Some(ActorType::Government),
        "MIL" => Some(ActorType::Military),
        "COP" => Some(ActorType::Police),
        "CRM" => Some(ActorType::CartelOrGang),
        "CVL" | "EDU" | "MED" | "HLH" | "LAB" | "REF" => Some(ActorType::Civilians),
        _ => None,
    };
    side(
        name,
        by_role
            .or_else(|| type_by_name(name))
            .unwrap_or(ActorType::Unknown),
    )
}

/// CAMEO's words for the code, and who did it to whom.
fn title(kind: Kind, label: &str, side_a: &[Actor], side_b: &[Actor]) -> LocalText {
    let names: Vec<&str> = side_a
        .iter()
        .chain(side_b)
        .map(|a| a.name.as_str())
        .collect();
    let label = match label.chars().next() {
        Some(first) => first.to_uppercase().chain(label.chars().skip(1)).collect(),
        None => tr(Lang::En, text!("kind-" + kind.code())),
    };
    LocalText {
        text: titled(&label, &names),
        es: Some(titled(kinds::kind_in_spanish(kind), &names)),
    }
}
