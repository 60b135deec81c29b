//! Zones of clock times by their names, abbreviations and offsets.

use crate::locale::Problem;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// The offset of an abbreviation as it is used in North America and Europe.
pub fn abbreviation(word: &str) -> Option<&'static str> {
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

pub fn named_zone(name: &str) -> Option<(TimeZone, String)> {
    match by_name(name) {
        Some(zone) => {
            let name = zone.iana_name().unwrap_or(name).to_owned();
            Some((zone, name))
        }
        None => fixed(name).or_else(|| fixed(abbreviation(name)?)),
    }
}

/// # Errors
/// What the user names is no zone.
pub fn check_zone(named: Option<&str>) -> Result<(), Problem> {
    match named {
        Some(name) if name != "place" && by_name(name).is_none() && fixed(name).is_none() => {
            Err(Problem::new(text!("problem-zone-unknown", zone = name)))
        }
        _ => Ok(()),
    }
}

/// From the data that comes with the program: that of a system may be older than Mexico's law of 2022.
pub fn by_name(name: &str) -> Option<TimeZone> {
    static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    ZONES.get(name).ok()
}

/// `-06:00`, `UTC-6`, `GMT+05:30`.
pub fn fixed(text: &str) -> Option<(TimeZone, String)> {
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
    use crate::domain::zone::zone_of;
    use jiff::civil::Date;

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
