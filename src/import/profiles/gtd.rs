//! Global Terrorism Database, 135 columns. Codebook: <https://www.start.umd.edu/gtd/>.

use super::profile::{Profile, side, titled, type_by_name};
use crate::domain::{
    Actor, ActorType, Deaths, Incident, Kind, LocalText, PlaceNames, PlacePrecision, Record,
    Source, TimePrecision, When,
};
use crate::import::fault::Fault;
use crate::import::row::{Field, FieldColumns, Row, Tally, deaths_exactly, located};
use crate::import::values::{DayOrder, date, decimal, kinds, span_of};

use jiff::civil::Date;

pub const GTD: Profile = Profile {
    required: &[
        "eventid",
        "iyear",
        "imonth",
        "iday",
        "latitude",
        "longitude",
        "attacktype1txt",
        "gname",
    ],
    licence: "GTD end user licence agreement",
    attribution: "START, University of Maryland: Global Terrorism Database",
    ..Profile::new("gtd", columns, draft)
};

fn columns() -> Vec<FieldColumns> {
    vec![
        (Field::Id, &["eventid"]),
        // Month and day stand in columns of their own.
        (Field::Start, &["iyear"]),
        (Field::Country, &["countrytxt"]),
        (Field::Admin1, &["provstate"]),
        (Field::Place, &["city"]),
        (Field::Lat, &["latitude"]),
        (Field::Lon, &["longitude"]),
        (Field::PlacePrecision, &["specificity"]),
        (Field::Narrative, &["summary"]),
        (Field::Kind, &["attacktype1txt"]),
        (Field::Actor1, &["gname"]),
        (Field::Actor2, &["target1"]),
        (Field::Actor2Type, &["targtype1txt"]),
        (Field::DeathsBest, &["nkill"]),
    ]
}

fn draft(row: &Row, tally: &mut Tally) -> Result<Record, Fault> {
    let label = row.get(Field::Kind);
    let kind = row.kind(&[label], |label| kinds::GTD.get(label), tally);
    let mut extra = row.extra();
    extra.retain(|(name, _)| !TAKEN.contains(&name.as_str()));
    let when = day_or_more(row, &mut extra)?;
    let precision = match known(row.get(Field::PlacePrecision)) {
        Some(_) => row.quality(Field::PlacePrecision, place_precision, &mut extra, tally),
        None => None,
    };
    let deaths = match known(row.get(Field::DeathsBest)) {
        Some(_) => deaths_exactly(row, &mut extra, tally),
        None => Deaths::UNKNOWN,
    };
    Ok(Record::Incident(Box::new(Incident {
        external_id: row.text(Field::Id),
        kind,
        source_kind: label.to_owned(),
        title: title(row, label, kind),
        when,
        position: located(
            row,
            precision.unwrap_or(PlacePrecision::Municipality),
            &mut extra,
            tally,
        )?,
        places: places(row),
        side_a: perpetrators(row),
        side_b: side(
            known(row.get(Field::Actor2)).unwrap_or_default(),
            target_type(row.get(Field::Actor2Type)),
        ),
        deaths,
        narrative: LocalText::new(row.get(Field::Narrative)),
        sources: sources(row),
        credibility: None,
        related: related(row),
        extra,
        version: None,
        line: row.line(),
    })))
}

/// Columns read by name, whose whole meaning goes into the incident.
const TAKEN: [&str; 9] = [
    "resolution",
    "imonth",
    "iday",
    "gname2",
    "gname3",
    "scite1",
    "scite2",
    "scite3",
    "related",
];

/// The text, or nothing where it is one of GTD's ways to say that it is not known.
fn known(text: &str) -> Option<&str> {
    let is_blank = ["", ".", "-9", "-99", "-9.0", "-99.0", "NULL", "Unknown"].contains(&text);
    (!is_blank).then_some(text)
}

/// The names of the place, without GTD's word for those that are not known.
fn places(row: &Row) -> PlaceNames {
    let named = |field| known(row.get(field)).unwrap_or_default().to_owned();
    PlaceNames {
        place: named(Field::Place),
        admin2: named(Field::Admin2),
        admin1: named(Field::Admin1),
        country: named(Field::Country),
    }
}

/// A day, or the month or year that holds it where GTD writes 0; to the end of an extended incident,
/// which GTD writes with the month first.
fn day_or_more(row: &Row, extra: &mut Vec<(String, String)>) -> Result<When, Fault> {
    let number = |text: &str| decimal(text).filter(|n| n.fract() == 0.0).map(|n| n as i16);
    let part = |name: &str| {
        let (column, text) = row.named(name).unwrap_or((name, ""));
        number(known(text).unwrap_or("0"))
            .and_then(|n| i8::try_from(n).ok())
            .ok_or_else(|| Fault::new("bad_date", column, text))
    };
    let year = number(row.get(Field::Start)).ok_or_else(|| row.fault(Field::Start, "no_date"))?;
    let (month, day) = (part("imonth")?, part("iday")?);
    let precision = match (month, day) {
        (0, _) => TimePrecision::Year,
        (_, 0) => TimePrecision::Month,
        _ => TimePrecision::Day,
    };
    let date_text = format!("{year}-{month}-{day}");
    let start = Date::new(year, month.max(1), if month == 0 { 1 } else { day.max(1) })
        .map_err(|_| Fault::new("no_such_day", "iyear, imonth, iday", &date_text))?;
    let (start, mut end) = span_of(start, precision);
    if let Some(text) = known(row.cell("resolution")) {
        match date(text, DayOrder::MonthFirst) {
            Ok(until) if until.end >= start => end = until.end.max(end),
            _ => extra.push(("resolution".to_owned(), text.to_owned())),
        }
    }
    When::new(start, end, precision).ok_or_else(|| row.fault(Field::Start, "end_before_start"))
}

/// 1 the city itself, 2 and 3 the middle of its district, 4 that of its state, 5 not known.
fn place_precision(text: &str) -> Option<PlacePrecision> {
    match decimal(text)? {
        1.0 => Some(PlacePrecision::Near),
        2.0 | 3.0 => Some(PlacePrecision::Municipality),
        4.0 => Some(PlacePrecision::State),
        5.0 => Some(PlacePrecision::Country),
        _ => None,
    }
}

fn perpetrators(row: &Row) -> Vec<Actor> {
    let names = [
        row.get(Field::Actor1),
        row.cell("gname2"),
        row.cell("gname3"),
    ];
    let names = names.into_iter().filter_map(known);
    names
        .map(|name| Actor::new(name, type_by_name(name).unwrap_or(ActorType::Unknown)))
        .collect()
}

fn target_type(text: &str) -> ActorType {
    match text {
        "Military" => ActorType::Military,
        "Police" => ActorType::Police,
        "Government (General)" | "Government (Diplomatic)" => ActorType::Government,
        "Private Citizens & Property"
        | "Journalists & Media"
        | "Religious Figures/Institutions"
        | "Educational Institution"
        | "NGO"
        | "Tourists" => ActorType::Civilians,
        _ => ActorType::Unknown,
    }
}

fn sources(row: &Row) -> Vec<Source> {
    let cited = ["scite1", "scite2", "scite3"].map(|name| row.cell(name));
    let cited = cited.into_iter().filter_map(known);
    cited
        .map(|title| Source {
            title: title.to_owned(),
            ..Source::default()
        })
        .collect()
}

/// Ids of the same attack, the row's own among them.
fn related(row: &Row) -> Vec<String> {
    let ids = row.cell("related").split([',', ';']).map(str::trim);
    ids.filter(|id| known(id).is_some() && *id != row.get(Field::Id))
        .map(str::to_owned)
        .collect()
}

fn title(row: &Row, label: &str, kind: Kind) -> LocalText {
    let names = [row.get(Field::Actor1), row.get(Field::Actor2)];
    let names: Vec<&str> = names.into_iter().filter_map(known).collect();
    LocalText {
        text: titled(known(label).unwrap_or("Attack"), &names),
        es: Some(titled(kinds::kind_in_spanish(kind), &names)),
    }
}
