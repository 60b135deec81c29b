//! Clock times and their zones. A date with a clock time stays the day it is written with; a moment in
//! UTC counts on the civil day of its place where that is asked for or the format is in UTC by definition.

use super::dates::{DateFault, Dated, Written};
use super::field::Field;
use super::mapping::Row;
use super::report::Tally;
use super::values::{given, lon_lat};
use crate::domain::filter::is_mark;
use crate::domain::zone::zone_of;
use crate::domain::{Instant, TimePrecision};
use crate::locale::Problem;
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
    let whole = clock.trim();
    let clock = in_utc(clock).unwrap_or(clock).trim();
    let clock = clock
        .trim_end_matches(|c: char| c.is_alphabetic() || c == '.')
        .trim_end();
    // `24:00` ends the day that it is written with.
    let clock = clock.strip_prefix("24").unwrap_or(clock);
    clock.contains('0') && clock.chars().all(|c| matches!(c, '0' | ':' | '.'))
        || clock.is_empty() && whole.starts_with("24")
}

/// Whether a clock time is written in UTC.
pub fn is_utc(clock: &str) -> bool {
    in_utc(clock).is_some()
}

/// What stands before the mark of UTC.
fn in_utc(clock: &str) -> Option<&str> {
    let zones = ["+00:00", "+0000", "+00", "Z", "z", "UTC", "GMT"];
    zones.iter().find_map(|zone| clock.strip_suffix(zone))
}

/// # Errors
/// `bad_date` for what is no clock time.
pub fn clock(day: Date, text: &str) -> Result<Clock, DateFault> {
    // `14:30:00 GMT-0600 (Central Standard Time)`: the name repeats what the offset says.
    let text = text.split('(').next().unwrap_or_default().trim();
    let abbreviated = |(time, last)| Some((time, abbreviation(last)?));
    let (text, named) = match text.rsplit_once(' ').and_then(abbreviated) {
        Some((time, offset)) => (time, Some(offset)),
        None => (text, None),
    };
    let bare = in_utc(text);
    let (text, offset) = match (named, bare) {
        (Some(offset), _) => (text, Some(offset)),
        (None, Some(bare)) => (bare, Some("+00:00")),
        (None, None) => {
            let at = text.find(['+', '-', '−']);
            let (time, offset) = text.split_at(at.unwrap_or(text.len()));
            (time, at.map(|_| offset))
        }
    };
    let text = text.trim();
    let time = ["UTC", "GMT"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text);
    let time = clock_time(time.trim()).ok_or("bad_date")?;
    let Some(offset) = offset else {
        return Ok(Clock::Local(time));
    };
    let (zone, name) = fixed(offset).ok_or("bad_date")?;
    let at = day
        .to_datetime(time)
        .to_zoned(zone)
        .map_err(|_| "bad_date")?;
    Ok(Clock::Moment(Instant {
        utc: at.timestamp(),
        zone: name,
    }))
}

/// The offset of an abbreviation as it is used in North America and Europe.
fn abbreviation(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_uppercase().as_str() {
        "HST" => "-10:00",
        "AKST" => "-09:00",
        "PST" | "AKDT" => "-08:00",
        "MST" | "PDT" => "-07:00",
        "CST" | "MDT" => "-06:00",
        "EST" | "CDT" => "-05:00",
        "EDT" => "-04:00",
        "CET" => "+01:00",
        "CEST" | "EET" => "+02:00",
        _ => return None,
    })
}

/// `9:05`, `09:05:30`, `10:15 AM`, `10:15 p. m.`, `2 pm`, `14h30`, `1430`: as people and spreadsheets
/// write them.
fn clock_time(text: &str) -> Option<Time> {
    let lower: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !is_mark(*c))
        .collect();
    // `14:30 hrs`
    let hours = ["horas", "hrs.", "hrs", "hr", "hs"].iter();
    let lower = hours.fold(lower.as_str(), |text, word| {
        text.strip_suffix(word).unwrap_or(text)
    });
    let dotless = lower.replace('.', "");
    // A point may also stand before fractions of a second: only halves of the day lose theirs.
    let (plain, half) = match (dotless.strip_suffix("am"), dotless.strip_suffix("pm")) {
        (Some(plain), _) => (plain.to_owned(), Some(0)),
        (_, Some(plain)) => (plain.to_owned(), Some(12)),
        _ => (lower.to_owned(), None),
    };
    let time = colons(&plain, half.is_some())?;
    match half {
        None => Some(time),
        Some(half) if (1..=12).contains(&time.hour()) => {
            time.with().hour(time.hour() % 12 + half).build().ok()
        }
        Some(_) => None,
    }
}

/// A clock time of 24 hours, or of twelve where the half of the day is known.
fn colons(plain: &str, has_half: bool) -> Option<Time> {
    let digits = plain.bytes().all(|b| b.is_ascii_digit());
    let text = match (digits, plain.len(), plain.split_once('h')) {
        (true, 4, _) => format!("{}:{}", &plain[..2], &plain[2..]),
        (true, 3, _) => format!("{}:{}", &plain[..1], &plain[1..]),
        (true, 6, _) => format!("{}:{}:{}", &plain[..2], &plain[2..4], &plain[4..]),
        (true, 1 | 2, _) if has_half => format!("{plain}:00"),
        (_, _, Some((hour, ""))) => format!("{hour}:00"),
        (_, _, Some((hour, minute))) => format!("{hour}:{}", minute.trim_end_matches('m')),
        _ => plain.to_owned(),
    };
    let text = match text.find([':', '.']) {
        // `14.30`
        Some(at) if at <= 2 && !text.contains(':') && text.len() == at + 3 => {
            text.replace('.', ":")
        }
        _ => text,
    };
    let padded = if text.find(':') == Some(1) {
        format!("0{text}")
    } else {
        text
    };
    padded.contains(':').then(|| padded.parse().ok())?
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
/// where row or user name its zone. What cannot be made one is counted and stays as written. A moment
/// counts on the day at its place, see [`to_place`].
pub fn settle(row: &Row, start: &mut Dated, tally: &mut Tally) {
    let named = given(row.get(Field::Zone));
    if named.is_some_and(|name| named_zone(name).is_none()) {
        tally.unread(row, Field::Zone);
    }
    if start.instant.is_some() {
        return to_place(row, start, Some(tally));
    }
    if start.start != start.end {
        return;
    }
    let beside = given(row.get(Field::Time)).filter(|t| start.clock.is_none() && !is_midnight(t));
    match beside.map(|text| clock(start.start, text)) {
        Some(Ok(Clock::Moment(instant))) => {
            start.precision = TimePrecision::Minute;
            start.instant = Some(instant);
            if beside.is_some_and(is_utc) {
                start.written = Written::Utc;
            }
            return to_place(row, start, Some(tally));
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

/// Lets a moment count on the civil day of its place: where the user asks for that, and for times in
/// UTC of programs that write all of theirs so. Of others in UTC that would count on another day at
/// their place, only a note says so.
pub fn to_place(row: &Row, dated: &mut Dated, tally: Option<&mut Tally>) {
    let Some(instant) = &mut dated.instant else {
        return;
    };
    let is_utc = dated.written != Written::Otherwise;
    let is_asked = row.zone() == Some("place");
    if !is_asked && !is_utc {
        return;
    }
    let Some((zone, name)) = zone_of_place(row) else {
        if let Some(tally) = tally {
            tally.add("note-utc-nowhere");
        }
        return;
    };
    let day = instant.utc.to_zoned(zone).date();
    let by_program = dated.written == Written::UtcByProgram || (is_utc && row.times_are_utc());
    let is_same_day = day == dated.start;
    let key = match (is_asked || by_program, is_same_day) {
        (true, false) => "note-utc-moved",
        (true, true) => "note-utc-placed",
        (false, false) => "note-utc-late",
        (false, true) => return,
    };
    if is_asked || by_program {
        (dated.start, dated.end) = (day, day);
        instant.zone = name;
    }
    if let Some(tally) = tally {
        tally.add(key);
    }
}

/// The zone that the row names, else the one that the user gives, else that of where it lies.
fn zone(row: &Row) -> Option<(TimeZone, String)> {
    let of_row = given(row.get(Field::Zone)).and_then(named_zone);
    if of_row.is_some() {
        return of_row;
    }
    match row.zone()? {
        "place" => zone_of_place(row),
        name => named_zone(name),
    }
}

fn named_zone(name: &str) -> Option<(TimeZone, String)> {
    match by_name(name) {
        Some(zone) => {
            let name = zone.iana_name().unwrap_or(name).to_owned();
            Some((zone, name))
        }
        None => fixed(name).or_else(|| fixed(abbreviation(name)?)),
    }
}

/// The zone of where the row lies, by its names and its position.
fn zone_of_place(row: &Row) -> Option<(TimeZone, String)> {
    let at = row
        .anchor()
        .or_else(|| lon_lat(row).ok().map(|(lon, lat)| [lon, lat]))
        // The row is rejected for these later; no zone is looked for around them.
        .filter(|[lon, lat]| lon.abs() <= 180.0 && lat.abs() <= 90.0);
    let places = row.places();
    let name = zone_of(&places, at).or_else(|| crate::gazetteer::zone_at(&places.country, at?))?;
    Some((by_name(name)?, name.to_owned()))
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
    let (hours, minutes) = match (text[1..].split_once(':'), text.len()) {
        (Some(parts), _) => parts,
        // `-0600`
        (None, 5) if text.is_char_boundary(3) => text[1..].split_at(2),
        _ => (&text[1..], "0"),
    };
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
