//! SESNSP, Mexico's crimes by municipality or state and month: numbers of investigations or of
//! victims, not incidents. <https://www.gob.mx/sesnsp>.

use super::profile::Profile;
use crate::domain::{
    LocalText, Measured, Place, PlaceNames, PlacePrecision, PlaceSeries, Position, Record,
};
use crate::domain::{Series, filter::fold};
use crate::gazetteer::{self, Match};
use crate::import::fault::Fault;
use crate::import::row::{Field, FieldColumns, Row, Tally};
use crate::import::values::{given, grouped, normal};
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// Columns that tell what is counted, the broadest first; the last two are of the files of victims.
const COUNTED: [&str; 7] = [
    "tipodedelito",
    "subtipodedelito",
    "modalidad",
    // Of the files from 1997 to 2017, which put the broadest first.
    "tipo",
    "subtipo",
    "sexo",
    "rangodeedad",
];

pub const SESNSP: Profile = Profile {
    required: &["ano", "entidad", "modalidad", "enero", "diciembre"],
    licence: "Libre Uso MX",
    attribution: "SESNSP: Incidencia delictiva del fuero común",
    gives_series: true,
    has_total_rows: true,
    key,
    ..Profile::new("sesnsp", columns, draft)
};

fn columns() -> Vec<FieldColumns> {
    vec![
        (Field::Start, &["ano"]),
        // That of the files from 1997 to 2017 is called after the office that gives it.
        (Field::Id, &["cvemunicipio", "inegi", "claveent"]),
        (Field::Admin1, &["entidad"]),
        (Field::Admin2, &["municipio"]),
        (Field::Kind, &["tipodedelito", "tipo"]),
    ]
}

fn key(row: &Row) -> String {
    let (place, year) = (place_code(row), row.get(Field::Start));
    let Some(year) = year.parse::<i16>().ok().filter(|_| !place.is_empty()) else {
        return String::new();
    };
    let parts = [&["bienjuridicoafectado"][..], &COUNTED].concat();
    let parts = parts.iter().map(|name| normal(row.cell(name)));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    format!("{place}-{year}-{}", parts.join("-"))
}

fn draft(row: &Row, tally: &mut Tally) -> Result<Record, Fault> {
    let year: i16 = row
        .get(Field::Start)
        .parse()
        .ok()
        .filter(|y| (1900..=2200).contains(y))
        .ok_or_else(|| row.fault(Field::Start, "bad_date"))?;
    let place = place(row, tally)?;
    let is_victims = ["sexo", "rangodeedad"]
        .iter()
        .any(|name| row.named(name).is_some());
    let series = Series {
        measure: measure(row),
        unit: match is_victims {
            true => "víctimas".to_owned(),
            false => "carpetas de investigación".to_owned(),
        },
        values: months(row, year)?,
    };
    let mut extra = row.extra();
    extra.retain(|(name, _)| {
        let name = normal(name);
        !MONTHS.contains(&name.as_str()) && !COUNTED.contains(&name.as_str())
    });
    Ok(Record::Series(Box::new(PlaceSeries {
        external_id: key(row),
        place,
        series: vec![series],
        extra,
        line: row.line(),
    })))
}

/// The code of the municipality in five digits, or that of the state in two: a spreadsheet takes the
/// zero off that states 01 to 09 begin with.
fn place_code(row: &Row) -> String {
    let code = row.get(Field::Id);
    let digits = if row.get(Field::Admin2).is_empty() {
        2
    } else {
        5
    };
    match code.bytes().all(|b| b.is_ascii_digit()) && !code.is_empty() {
        true => format!("{code:0>digits$}"),
        false => code.to_owned(),
    }
}

/// The municipality, or the state where the file has no municipalities.
fn place(row: &Row, tally: &mut Tally) -> Result<Place, Fault> {
    let external_id = place_code(row);
    if external_id.is_empty() {
        return Err(row.fault(Field::Id, "no_id"));
    }
    let names = PlaceNames {
        place: String::new(),
        admin2: row.text(Field::Admin2),
        admin1: row.text(Field::Admin1),
        country: "Mexico".to_owned(),
    };
    let is_municipality = !names.admin2.is_empty();
    let found = match row.by_gazetteer() && is_municipality {
        true => gazetteer::find(&names),
        false => Match::None,
    };
    // A series without a position is still one: it is listed, and not on the map.
    let position = match found {
        Match::One(city) => Position::new(city.lon, city.lat, PlacePrecision::Municipality),
        _ => None,
    };
    match position {
        Some(_) => tally.add(text!("note-located"; n)),
        None if is_municipality && !row.by_gazetteer() => {
            tally.add(text!("note-places-nowhere"; n));
        }
        None => {}
    }
    Ok(Place {
        external_id,
        kind: if is_municipality {
            "municipality"
        } else {
            "state"
        }
        .to_owned(),
        name: LocalText::new(match is_municipality {
            true => &names.admin2,
            false => &names.admin1,
        }),
        names,
        position,
    })
}

/// `Homicidio doloso · Con arma de fuego`: what the next column repeats is said once.
fn measure(row: &Row) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for text in COUNTED.iter().filter_map(|name| given(row.cell(name))) {
        match parts.last_mut() {
            Some(last) if fold(text).contains(&fold(last)) => *last = text,
            _ => parts.push(text),
        }
    }
    parts.join(" · ")
}

/// A value a month; a blank one is not known, which is not zero.
fn months(row: &Row, year: i16) -> Result<Vec<Measured>, Fault> {
    let month = |(i, name): (usize, &&str)| {
        let (column, text) = row.named(name).unwrap_or((name, ""));
        let value = given(text).map(|text| {
            let number = grouped(text);
            let number = number.filter(|n| n.is_finite() && *n >= 0.0);
            number.ok_or_else(|| Fault::new("bad_number", column, text))
        });
        let number = i8::try_from(i + 1).unwrap_or(1);
        let from = Date::new(year, number, 1).map_err(|_| row.fault(Field::Start, "bad_date"))?;
        Ok(Measured {
            from,
            to: from.last_of_month(),
            value: value.transpose()?,
        })
    };
    MONTHS.iter().enumerate().map(month).collect()
}
