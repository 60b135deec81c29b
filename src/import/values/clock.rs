//! Clock times as people and spreadsheets write them, with their zones where they name one.

use super::civil::DateFault;
use super::zones::{abbreviation, fixed};
use crate::domain::Instant;
use crate::domain::filter::is_mark;
use jiff::civil::{Date, Time};

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
