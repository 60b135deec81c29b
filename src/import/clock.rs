//! Clock times and their zones. A civil date never shifts: a zone only tells the moment.

use super::dates::{DateFault, Dated};
use super::field::Field;
use super::mapping::Row;
use super::report::Tally;
use super::values::{given, lon_lat};
use crate::domain::zone::zone_of;
use crate::domain::{Instant, TimePrecision};
use crate::locale::Problem;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// What a clock time says.
pub enum Clock {
    Moment(Instant),
    /// It names no zone.
    Local(Time),
}

/// What programs write that have no type for a day, also where they must name a zone with it.
pub fn is_midnight(clock: &str) -> bool {
    let zones = ["Z", "z", "+00:00"];
    let bare = zones.iter().find_map(|zone| clock.strip_suffix(zone));
    let clock = bare.unwrap_or(clock);
    clock.chars().all(|c| matches!(c, '0' | ':' | '.'))
}

/// # Errors
/// `bad_date` for what is no clock time.
pub fn clock(day: Date, text: &str) -> Result<Clock, DateFault> {
    let zone_at = text.find(['Z', 'z', '+', '-', '−']);
    let (time, offset) = text.split_at(zone_at.unwrap_or(text.len()));
    let time = clock_time(time).ok_or("bad_date")?;
    if zone_at.is_none() {
        return Ok(Clock::Local(time));
    }
    let offset = match offset {
        "Z" | "z" => "+00:00".to_owned(),
        other => other.replace('−', "-"),
    };
    let utc: Timestamp = format!("{day}T{time}{offset}")
        .parse()
        .map_err(|_| "bad_date")?;
    Ok(Clock::Moment(Instant {
        utc,
        zone: zone_name(&offset),
    }))
}

/// `9:05`, `09:05:30`, `10:15 AM`, `10:15 p. m.`: as spreadsheets write them.
fn clock_time(text: &str) -> Option<jiff::civil::Time> {
    let lower: String = text
        .to_lowercase()
        .replace(['.', ' ', '\u{a0}', '\u{202f}'], "");
    // `14:30 hrs`
    let hours = ["hrs", "hr", "hs", "h", "horas"].iter();
    let bare = hours.filter_map(|word| lower.strip_suffix(word)).next();
    if let Some(bare) = bare {
        return clock_time(bare);
    }
    // A point may also stand before fractions of a second: only halves of the day lose theirs.
    let (plain, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(plain), _) => (plain.to_owned(), Some(0)),
        (_, Some(plain)) => (plain.to_owned(), Some(12)),
        _ => (text.trim().to_owned(), None),
    };
    let padded = if plain.find(':') == Some(1) {
        format!("0{plain}")
    } else {
        plain
    };
    let time: jiff::civil::Time = padded.parse().ok()?;
    match half {
        None => Some(time),
        Some(half) if (1..=12).contains(&time.hour()) => {
            time.with().hour(time.hour() % 12 + half).build().ok()
        }
        Some(_) => None,
    }
}

/// The IANA name of a fixed offset; `Etc` names count westward.
fn zone_name(offset: &str) -> String {
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits.get(..2).and_then(|h| h.parse().ok()).unwrap_or(0);
    let whole = digits.get(2..4).is_none_or(|m| m == "00");
    match (hours, whole) {
        (1..=14, true) => {
            let sign = if offset.starts_with('-') { '+' } else { '-' };
            format!("Etc/GMT{sign}{hours}")
        }
        _ => "UTC".to_owned(),
    }
}

/// Joins the clock time of a column of its own to the day, and makes a moment of one without a zone
/// where row or user name its zone. What cannot be made one is counted and stays as written.
pub fn settle(row: &Row, start: &mut Dated, tally: &mut Tally) {
    if start.instant.is_some() || start.start != start.end {
        return;
    }
    let beside = given(row.get(Field::Time)).filter(|t| start.clock.is_none() && !is_midnight(t));
    match beside.map(|text| clock(start.start, text)) {
        Some(Ok(Clock::Moment(instant))) => {
            start.precision = TimePrecision::Minute;
            start.instant = Some(instant);
        }
        Some(Ok(Clock::Local(time))) => start.clock = Some(time),
        Some(Err(_)) => tally.add("note-clock-unread"),
        None => {}
    }
    let Some(time) = start.clock else { return };
    let Some((zone, name)) = zone(row) else {
        tally.add("note-clock-without-zone");
        return;
    };
    // In the hour that a change of clocks skips or repeats, the text does not tell the moment.
    let at = zone.to_ambiguous_timestamp(start.start.to_datetime(time));
    match at.unambiguous() {
        Ok(utc) => {
            start.precision = TimePrecision::Minute;
            start.instant = Some(Instant { utc, zone: name });
        }
        Err(_) => tally.add("note-clock-ambiguous"),
    }
}

/// The zone that the row names, else the one that the user gives, else that of where it lies.
fn zone(row: &Row) -> Option<(TimeZone, String)> {
    let named = given(row.get(Field::Zone)).or(row.zone())?;
    match named {
        "place" => {
            let at = lon_lat(row).ok().map(|(lon, lat)| [lon, lat]);
            let name = zone_of(&row.places(), at)?;
            Some((by_name(name)?, name.to_owned()))
        }
        name => match by_name(name) {
            Some(zone) => {
                let name = zone.iana_name().unwrap_or(name).to_owned();
                Some((zone, name))
            }
            None => fixed(name),
        },
    }
}

/// # Errors
/// What the user names is no zone.
pub fn check_zone(named: Option<&str>) -> Result<(), Problem> {
    match named {
        Some(name) if name != "place" && by_name(name).is_none() && fixed(name).is_none() => {
            Err(Problem::new("problem-zone-unknown").with("zone", name))
        }
        _ => Ok(()),
    }
}

/// From the data that comes with the program: that of a system may be older than Mexico's law of 2022.
fn by_name(name: &str) -> Option<TimeZone> {
    static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    ZONES.get(name).ok()
}

/// `-06:00`, `UTC-6`, `GMT+05:30`.
fn fixed(text: &str) -> Option<(TimeZone, String)> {
    let text = text.replace('−', "-").to_ascii_uppercase();
    let text = ["UTC", "GMT"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text)
        .trim();
    let sign = match text.chars().next()? {
        '-' => -1,
        '+' => 1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_once(':').unwrap_or((&text[1..], "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if !(0..=14).contains(&hours) || !(0..60).contains(&minutes) {
        return None;
    }
    let offset = Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()?;
    let written = format!(
        "{}{hours:02}:{minutes:02}",
        if sign < 0 { '-' } else { '+' }
    );
    Some((TimeZone::fixed(offset), zone_name(&written)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PlaceNames;

    #[test]
    fn clocks_are_read_as_spreadsheets_write_them() {
        for (text, wanted) in [
            ("9:05", "09:05:00"),
            ("09:05:30", "09:05:30"),
            ("12:00:00 AM", "00:00:00"),
            ("12:30 PM", "12:30:00"),
            ("10:15 a. m.", "10:15:00"),
            ("1:07 p.m.", "13:07:00"),
        ] {
            assert_eq!(clock_time(text).unwrap().to_string(), wanted, "{text}");
        }
        for bad in ["", "25:00", "13:00 PM", "0:10 PM", "noon"] {
            assert!(clock_time(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn fixed_offsets_are_read() {
        for (text, wanted) in [
            ("-06:00", "Etc/GMT+6"),
            ("UTC−5", "Etc/GMT+5"),
            ("GMT+05:30", "UTC"),
        ] {
            assert_eq!(fixed(text).unwrap().1, wanted, "{text}");
        }
        for bad in ["", "CST", "+99:00", "+5:99", "-", "+-6:00"] {
            assert!(fixed(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_border_changes_its_clocks_and_the_rest_does_not() {
        let noon = |zone: &str, day: Date| {
            let at = day.at(12, 0, 0, 0).to_zoned(by_name(zone).unwrap());
            at.unwrap().offset().seconds() / 3_600
        };
        let (july, january) = (Date::constant(2023, 7, 3), Date::constant(2023, 1, 3));
        for (place, state, summer, winter) in [
            ("Nuevo Laredo", "Tamaulipas", -5, -6),
            ("Monterrey", "Nuevo León", -6, -6),
            ("Juárez", "Chihuahua", -6, -7),
            ("Ojinaga", "Chihuahua", -5, -6),
            ("Chihuahua", "Chihuahua", -6, -6),
            ("Tijuana", "Baja California", -7, -8),
            ("Nogales", "Sonora", -7, -7),
            ("Cancún", "Quintana Roo", -5, -5),
        ] {
            let places = PlaceNames {
                place: place.to_owned(),
                admin1: state.to_owned(),
                ..PlaceNames::default()
            };
            let zone = zone_of(&places, None).unwrap();
            assert_eq!(
                (noon(zone, july), noon(zone, january)),
                (summer, winter),
                "{place}"
            );
        }
        // Before the law of 2022 all of them did.
        assert_eq!(noon("America/Monterrey", Date::constant(2021, 7, 3)), -5);
    }
}
