//! A table of places with numbers of years: `port, lon, lat, trucks_2018`. It looks like a table of
//! incidents without dates, so it is read as this only where the user says so.

use super::profile::Profile;
use crate::domain::{LocalText, Measured, Place, PlacePrecision, PlaceSeries, Record, Series};
use crate::import::fault::Fault;
use crate::import::row::{ColumnName, Field, FieldColumns, Row, Tally, located, measure_and_year};
use crate::import::values::{date, given, grouped, normal, place_precision};
use jiff::civil::Date;

/// Whether a table may be one of places: both coordinates, and a number of a year.
pub fn fits(names: &[ColumnName]) -> bool {
    let has = |field: Field| {
        names
            .iter()
            .any(|n| field.synonyms().iter().any(|s| n.is(s)))
    };
    let measured = names.iter().any(|n| measure_and_year(&n.normal).is_some());
    measured && has(Field::Lon) && has(Field::Lat)
}

/// Names of columns for the date or the year of a row.
const DATE_NAMES: &[&str] = &[
    "date",
    "fecha",
    "year",
    "ano",
    "anio",
    "start",
    "startdate",
    "datestart",
    "period",
    "periodo",
];

/// Names of columns for the place itself, beside those any table may have.
const NAMES: &[&str] = &[
    "place",
    "name",
    "nombre",
    "port",
    "puerto",
    "crossing",
    "cruce",
    "city",
    "ciudad",
    "location",
    "lugar",
    "sitio",
    "facility",
    "instalacion",
];

pub const PLACES: Profile = Profile {
    is_on_request: true,
    gives_series: true,
    has_total_rows: true,
    is_peoples_own: true,
    key,
    ..Profile::new("places", columns, draft)
};

fn columns() -> Vec<FieldColumns> {
    let place = |field: Field| match field {
        Field::Place => (field, NAMES),
        Field::Id => (field, ID_NAMES),
        Field::Start => (field, DATE_NAMES),
        field => (field, field.synonyms()),
    };
    [
        Field::Id,
        Field::Place,
        Field::Kind,
        Field::Start,
        Field::Lon,
        Field::Lat,
        Field::Coordinates,
        Field::PlacePrecision,
        Field::Admin1,
        Field::Admin2,
        Field::Country,
    ]
    .map(place)
    .to_vec()
}

fn key(row: &Row) -> String {
    let start = given(row.get(Field::Start));
    match start.map(|text| date(text, row.day_order())) {
        // A row a year and place.
        Some(Ok(dated)) => format!("{}-{}", place_id(row), dated.start),
        Some(Err(_)) => String::new(),
        None => place_id(row),
    }
}

fn draft(row: &Row, tally: &mut Tally) -> Result<Record, Fault> {
    let name = row.text(Field::Place);
    if name.is_empty() {
        return Err(row.fault(Field::Place, "place_unknown"));
    }
    let year = given(row.get(Field::Start))
        .map(|text| date(text, row.day_order()).map_err(|r| row.fault(Field::Start, r)))
        .transpose()?
        .map(|d| (d.start, d.end));
    let (series, mut extra) = measured(row, year);
    if series.is_empty() {
        return Err(row.fault(Field::Start, "no_measure"));
    }
    let precision = row.quality(Field::PlacePrecision, place_precision, &mut extra, tally);
    let precision = precision.unwrap_or(PlacePrecision::Near);
    let position = located(row, precision, &mut extra, tally)?;
    Ok(Record::Series(Box::new(PlaceSeries {
        external_id: key(row),
        place: Place {
            external_id: place_id(row),
            kind: match row.get(Field::Kind) {
                "" => "place".to_owned(),
                kind => kind.to_owned(),
            },
            name: LocalText::new(name),
            names: row.places(),
            position: Some(position),
        },
        series,
        extra,
        line: row.line(),
    })))
}

/// The id of the place, else its name.
fn place_id(row: &Row) -> String {
    match row.get(Field::Id) {
        "" => normal(row.get(Field::Place)),
        id => id.to_owned(),
    }
}

const ID_NAMES: &[&str] = &[
    "id",
    "externalid",
    "code",
    "codigo",
    "clave",
    "portcode",
    "placeid",
    "key",
];

/// First and last day of a row's own date.
type Period = (Date, Date);

/// Numbers with the year of their column, else of the row; what is no number or has no year is left
/// over.
fn measured(row: &Row, of_row: Option<Period>) -> (Vec<Series>, Vec<(String, String)>) {
    let (mut series, mut extra): (Vec<Series>, _) = (Vec::new(), Vec::new());
    for (column, text) in row.extra() {
        let by_name = measure_and_year(&column).and_then(|(measure, year)| {
            let first = Date::new(year, 1, 1).ok()?;
            Some((measure, (first, first.last_of_year())))
        });
        let of_row = of_row.map(|period| (column.as_str(), period));
        let number = grouped(&text).filter(|n| n.is_finite());
        let (Some((measure, (from, to))), Some(value)) = (by_name.or(of_row), number) else {
            extra.push((column, text));
            continue;
        };
        let value = Measured {
            from,
            to,
            value: Some(value),
        };
        match series.iter_mut().find(|s| s.measure == measure) {
            Some(known) => known.values.push(value),
            None => series.push(Series {
                measure: measure.to_owned(),
                unit: String::new(),
                values: vec![value],
            }),
        }
    }
    (series, extra)
}
