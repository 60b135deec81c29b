//! Where a row says that it happened.

use super::field::Field;
use super::mapped::Row;
use super::tally::Tally;
use crate::domain::coordinates::{Unread, parse, parse_one};
use crate::domain::{PlaceNames, PlacePrecision, Position};
use crate::gazetteer::{self, City, Match};
use crate::import::fault::Fault;
use crate::import::values::{decimal, given, metres};

/// The position the row brings along, else that of its columns.
///
/// # Errors
/// There is none, or it is not on Earth. Nothing is mended: a swapped pair is named as such.
pub fn position(row: &Row, precision: PlacePrecision) -> Result<Position, Fault> {
    let (lon, lat) = lon_lat(row)?;
    if lon == 0.0 && lat == 0.0 {
        return Err(row.fault(Field::Lat, "no_position"));
    }
    let (lon_is_bad, lat_is_bad) = (
        !(-180.0..=180.0).contains(&lon),
        !(-90.0..=90.0).contains(&lat),
    );
    if lat_is_bad && (-180.0..=180.0).contains(&lat) && (-90.0..=90.0).contains(&lon) {
        return Err(row.fault(Field::Lat, "swapped"));
    }
    let at_fault = if lon_is_bad { Field::Lon } else { Field::Lat };
    // Degrees do not come in thousands: they have lost their point where others are degrees, and else
    // are metres of some projection.
    if [lon, lat].iter().any(|n| (1e3..1e12).contains(&n.abs())) {
        let is_degree = |n: f64| n.abs() <= 180.0 && n.fract() != 0.0;
        // Web Mercator, the widest of projections, ends there, and none puts the Americas just west of its
        // middle.
        const WIDEST_M: f64 = 20_037_509.0;
        let is_wide = (lon < 0.0 && lon.abs() < 1e6 && lat.abs() < 1e6)
            || lon.abs() > WIDEST_M
            || lat.abs() > WIDEST_M;
        // What has lost its point has none.
        let has_point = [lon, lat]
            .iter()
            .any(|n| n.abs() >= 1e3 && n.fract() != 0.0);
        let lost = !has_point && (is_wide || row.has_degrees() || is_degree(lon) || is_degree(lat));
        let at_fault = if lon.abs() >= 1e3 {
            Field::Lon
        } else {
            Field::Lat
        };
        return Err(row.fault(at_fault, if lost { "lost_point" } else { "projected" }));
    }
    Position::new(lon, lat, precision).ok_or_else(|| row.fault(at_fault, "out_of_range"))
}

/// The position as [`position`] finds it, else, where the user wants that, the one of the place
/// that the row names: at the precision of a municipality, with what it was located by in `extra`.
///
/// # Errors
/// As [`position`], or the place is not in the gazetteer or there several times.
pub fn located(
    row: &Row,
    precision: PlacePrecision,
    extra: &mut Vec<(String, String)>,
    tally: &mut Tally,
) -> Result<Position, Fault> {
    match position(row, precision) {
        Err(fault) if fault.reason == "no_position" && row.by_gazetteer() => {
            let city = named_city(row, &row.places(), fault)?;
            extra.push(("located by".to_owned(), city.label()));
            tally.add(text!("note-located"; n));
            let position = Position::new(city.lon, city.lat, PlacePrecision::Municipality);
            position.ok_or_else(|| row.fault(Field::Place, "place_unknown"))
        }
        found => found,
    }
}

/// # Errors
/// `nameless` where no place is named; the names where none or several are known by them.
pub fn named_city(row: &Row, names: &PlaceNames, nameless: Fault) -> Result<&'static City, Fault> {
    let column = match row.get(Field::Place) {
        "" => Field::Admin2,
        _ => Field::Place,
    };
    if names.place.is_empty() && names.admin2.is_empty() {
        return Err(nameless);
    }
    let named = row.fault(column, "place_unknown");
    match gazetteer::find(names) {
        Match::One(city) => Ok(city),
        Match::None => Err(named),
        Match::Several(cities) => {
            let labels: Vec<String> = cities.iter().map(|c| c.label()).collect();
            let value = format!("{}: {}", named.value, labels.join("; "));
            Err(Fault::new("place_ambiguous", &named.column, &value))
        }
    }
}

/// Longitude and latitude as the row has them, degrees, exchanged where the user says so; whether
/// they are on Earth is not yet asked.
///
/// # Errors
/// There are none, or they are no numbers.
pub fn lon_lat(row: &Row) -> Result<(f64, f64), Fault> {
    let (lon, lat) = match (row.point(), given(row.get(Field::Coordinates))) {
        // Exchanged already, as lines and areas are.
        (Some(point), _) => return Ok(point),
        (None, Some(text)) if given(row.get(Field::Lat)).is_none() => both(row, text)?,
        _ => {
            let [lon, lat] = [Field::Lon, Field::Lat].map(|field| given(row.get(field)));
            if lon.is_none() && lat.is_none() {
                let columns = [row.column(Field::Lat), row.column(Field::Lon)].join(", ");
                return Err(Fault::new("no_position", &columns, ""));
            }
            (coordinate(row, Field::Lon)?, coordinate(row, Field::Lat)?)
        }
    };
    Ok(if row.is_swapped() {
        (lat, lon)
    } else {
        (lon, lat)
    })
}

/// Both coordinates from one cell. Without letters the latitude comes first, unless only the other
/// order lies on Earth.
fn both(row: &Row, text: &str) -> Result<(f64, f64), Fault> {
    let bad = |reason| row.fault(Field::Coordinates, reason);
    let bare = !text.contains(char::is_alphabetic);
    match parse(text) {
        // `lonlat` says which comes first, where the numbers leave it open.
        Ok([a, b]) if bare && row.is_lon_first() && a.abs().max(b.abs()) <= 90.0 => Ok((b, a)),
        Ok([lon, lat]) => Ok((lon, lat)),
        Err(Unread::OffEarth) if has_thousands(text) => Err(bad("projected")),
        Err(Unread::OffEarth) => Err(bad("out_of_range")),
        Err(Unread::NotCoordinates | Unread::Unclear) => Err(bad("bad_coordinates")),
    }
}

/// Whether a number of a thousand or more is in it, which no degree is.
fn has_thousands(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    numbers
        .filter_map(|n| n.parse().ok())
        .any(|n: f64| n >= 1e3)
}

fn coordinate(row: &Row, field: Field) -> Result<f64, Fault> {
    let text = given(row.get(field)).ok_or_else(|| row.fault(field, "no_position"))?;
    if let Some(number) = decimal(text) {
        return Ok(number);
    }
    // `26.092.200`: a spreadsheet took the degrees for thousands.
    let digits = text.strip_prefix('-').unwrap_or(text);
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    if groups.len() > 2
        && groups
            .iter()
            .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(row.fault(field, "lost_point"));
    }
    // With degree signs and letters, whose axis is that of the column unless the two are exchanged.
    let is_latitude = (field == Field::Lat) != row.is_swapped();
    parse_one(text, is_latitude).map_err(|_| row.fault(field, "bad_number"))
}

/// Metres around the point, where the row gives them: also with their unit.
pub fn radius(row: &Row, extra: &mut Vec<(String, String)>, tally: &mut Tally) -> Option<f64> {
    row.quality(Field::RadiusM, metres, extra, tally)
}
