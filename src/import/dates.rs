//! Dates as files write them, down to the precision of their form.

use super::field::Field;
use super::mapping::Row;
use super::report::{Fault, Tally};
use super::values::given;
use crate::domain::filter::fold;
use crate::domain::{Instant, TimePrecision, When};
use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// How dates of three numbers are read whose year stands last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

impl DayOrder {
    /// Decides by the dates that leave no choice, with the key of a note where that is in doubt.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> (DayOrder, Option<&'static str>) {
        let (mut day_first, mut month_first, mut either) = (0, 0, 0);
        for text in texts {
            let parts = parts(split_clock(text.trim()).0);
            let numbers: Option<Vec<u32>> = parts.iter().map(|p| p.parse().ok()).collect();
            let Some([a @ 1..=31, b, _]) = numbers.as_deref() else {
                continue;
            };
            match (*a > 12, *b > 12) {
                (true, _) => day_first += 1,
                (_, true) => month_first += 1,
                // 5/5 is the same day either way.
                _ => either += u32::from(a != b),
            }
        }
        match (day_first, month_first, either) {
            (0, 0, 0) => (DayOrder::DayFirst, None),
            (0, 0, _) => (DayOrder::DayFirst, Some("note-dates-ambiguous")),
            (d, m, _) if d > 0 && m > 0 => {
                let order = if m > d {
                    DayOrder::MonthFirst
                } else {
                    DayOrder::DayFirst
                };
                (order, Some("note-dates-mixed"))
            }
            (0, _, _) => (DayOrder::MonthFirst, None),
            _ => (DayOrder::DayFirst, None),
        }
    }
}

/// What a text says of a time: the first and last day it may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    pub start: Date,
    pub end: Date,
    pub precision: TimePrecision,
    pub instant: Option<Instant>,
    /// A clock time without a zone, which no instant can be made of.
    pub clock_without_zone: bool,
}

/// `bad_date` for what is no date, `no_such_day` for one that no calendar has.
type DateFault = &'static str;

/// Letters or digits in a row.
fn parts(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect()
}

/// Reads one date in any of the known forms.
pub fn date(text: &str, order: DayOrder) -> Result<Dated, DateFault> {
    let text = text.trim();
    let (day_text, clock) = split_clock(text);
    let (start, end, precision) = civil(day_text, order)?;
    let mut dated = Dated {
        start,
        end,
        precision,
        instant: None,
        clock_without_zone: false,
    };
    let Some(clock) = clock.filter(|c| !is_midnight(c)) else {
        return Ok(dated);
    };
    if precision != TimePrecision::Day {
        return Err("bad_date");
    }
    match instant(start, clock)? {
        Some(instant) => {
            dated.precision = TimePrecision::Minute;
            dated.instant = Some(instant);
        }
        None => dated.clock_without_zone = true,
    }
    Ok(dated)
}

/// The clock time starts after the first `T` or blank that is followed by digits and a colon.
fn split_clock(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    match text[..colon].rfind(['T', 't', ' ']) {
        Some(at) => (
            text[..at].trim_end_matches([' ', ',']),
            Some(text[at + 1..].trim()),
        ),
        None => (text, None),
    }
}

/// What programs write that have no type for a day.
fn is_midnight(clock: &str) -> bool {
    clock.chars().all(|c| matches!(c, '0' | ':' | '.'))
}

/// `None` where no zone is given.
fn instant(day: Date, clock: &str) -> Result<Option<Instant>, DateFault> {
    let zone_at = clock.find(['Z', 'z', '+', '-', '−']);
    let (time, offset) = clock.split_at(zone_at.unwrap_or(clock.len()));
    let time = clock_time(time).ok_or("bad_date")?;
    if zone_at.is_none() {
        return Ok(None);
    }
    let offset = match offset {
        "Z" | "z" => "+00:00".to_owned(),
        other => other.replace('−', "-"),
    };
    let utc: Timestamp = format!("{day}T{time}{offset}")
        .parse()
        .map_err(|_| "bad_date")?;
    Ok(Some(Instant {
        utc,
        zone: zone_name(&offset),
    }))
}

/// `9:05`, `09:05:30`, `10:15 AM`, `10:15 p. m.`: as spreadsheets write them.
fn clock_time(text: &str) -> Option<jiff::civil::Time> {
    let lower: String = text
        .to_lowercase()
        .replace(['.', ' ', '\u{a0}', '\u{202f}'], "");
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

fn civil(text: &str, order: DayOrder) -> Result<(Date, Date, TimePrecision), DateFault> {
    // What nearly every row has: `2025-02-03`.
    if text.len() == 10
        && let Ok(day) = text.parse::<Date>()
    {
        return Ok((day, day, TimePrecision::Day));
    }
    let folded = fold(text);
    let mut parts = parts(&folded);
    parts.retain(|p| !["de", "del", "of", "the", "el"].contains(p));
    let day = |y: Option<i16>, m: Option<i8>, d: Option<i8>| {
        let (Some(y), Some(m), Some(d)) = (y, m, d) else {
            return Err("bad_date");
        };
        let date = Date::new(y, m, d).map_err(|_| "no_such_day")?;
        Ok((date, date, TimePrecision::Day))
    };
    match parts.as_slice() {
        [ymd] if ymd.len() == 8 && ymd.is_ascii() => {
            day(year(&ymd[..4]), number(&ymd[4..6]), number(&ymd[6..]))
        }
        [y] => whole_year(year(y).filter(|_| y.len() == 4).ok_or("bad_date")?),
        [y, m] if is_year(y) => whole_month(year(y), number(m).or_else(|| month(m))),
        [m, y] if is_year(y) => whole_month(year(y), number(m).or_else(|| month(m))),
        [y, m, d] if is_year(y) => day(year(y), number(m).or_else(|| month(m)), number(d)),
        [a, b, y] => match (month(a), month(b), order) {
            (Some(m), _, _) => day(year(y), Some(m), number(b)),
            (_, Some(m), _) => day(year(y), Some(m), number(a)),
            (_, _, DayOrder::DayFirst) => day(year(y), number(b), number(a)),
            (_, _, DayOrder::MonthFirst) => day(year(y), number(a), number(b)),
        },
        _ => Err("bad_date"),
    }
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && year(part).is_some()
}

/// Four digits, or two of a year from 1970 to 2069.
fn year(part: &str) -> Option<i16> {
    let n: i16 = part.parse().ok().filter(|n| *n >= 0)?;
    match part.len() {
        4 => Some(n),
        2 if n < 70 => Some(2000 + n),
        2 => Some(1900 + n),
        _ => None,
    }
}

/// A day or a month: one or two digits, with or without an ordinal ending.
fn number(part: &str) -> Option<i8> {
    let digits = part.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
    let ending = &part[digits.len()..];
    let known = ["", "st", "nd", "rd", "th", "o", "º", "ro"].contains(&ending);
    (known && digits.len() <= 2)
        .then(|| digits.parse().ok())
        .flatten()
}

/// A month by its name in English or Spanish, or the first three letters or more of it.
fn month(part: &str) -> Option<i8> {
    const NAMES: [[&str; 2]; 12] = [
        ["january", "enero"],
        ["february", "febrero"],
        ["march", "marzo"],
        ["april", "abril"],
        ["may", "mayo"],
        ["june", "junio"],
        ["july", "julio"],
        ["august", "agosto"],
        ["september", "septiembre"],
        ["october", "octubre"],
        ["november", "noviembre"],
        ["december", "diciembre"],
    ];
    let named = |names: &[&str; 2]| names.iter().any(|name| name.starts_with(part));
    let index = NAMES.iter().position(named).filter(|_| part.len() >= 3)?;
    i8::try_from(index + 1).ok()
}

fn whole_year(year: i16) -> Result<(Date, Date, TimePrecision), DateFault> {
    let start = Date::new(year, 1, 1).map_err(|_| "no_such_day")?;
    Ok((start, start.last_of_year(), TimePrecision::Year))
}

fn whole_month(y: Option<i16>, m: Option<i8>) -> Result<(Date, Date, TimePrecision), DateFault> {
    let (Some(y), Some(m)) = (y, m) else {
        return Err("bad_date");
    };
    let start = Date::new(y, m, 1).map_err(|_| "no_such_day")?;
    Ok((start, start.last_of_month(), TimePrecision::Month))
}

/// The week (Monday to Sunday), month or year that holds a day; else the day.
pub fn span_of(day: Date, precision: TimePrecision) -> (Date, Date) {
    match precision {
        TimePrecision::Week => {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            let start = day.saturating_sub(Span::new().days(back));
            (start, start.saturating_add(Span::new().days(6)))
        }
        TimePrecision::Month => (day.first_of_month(), day.last_of_month()),
        TimePrecision::Year => (day.first_of_year(), day.last_of_year()),
        _ => (day, day),
    }
}

/// When the row says it happened: from its start to its end if it gives one. A precision coarser
/// than the dates widens a single day to the week, month or year that holds it.
///
/// # Errors
/// No start, a date that cannot be read or does not exist, or an end before the start.
pub fn when(row: &Row, precision: Option<TimePrecision>, tally: &mut Tally) -> Result<When, Fault> {
    let order = row.day_order();
    let start_text =
        given(row.get(Field::Start)).ok_or_else(|| row.fault(Field::Start, "no_date"))?;
    let start = date(start_text, order).map_err(|reason| row.fault(Field::Start, reason))?;
    let end = given(row.get(Field::End))
        .map(|text| date(text, order).map_err(|reason| row.fault(Field::End, reason)))
        .transpose()?;
    if start.clock_without_zone {
        tally.add("note-clock-without-zone");
    }
    let form = end
        .as_ref()
        .map_or(start.precision, |e| e.precision.max(start.precision));
    let precision = precision.map_or(form, |p| p.max(form));
    let (first, last) = match end {
        Some(end) => (start.start, end.end),
        None if start.start == start.end => span_of(start.start, precision),
        None => (start.start, start.end),
    };
    let mut when = When::new(first, last, precision)
        .ok_or_else(|| row.fault(Field::End, "end_before_start"))?;
    when.instant = start.instant;
    Ok(when)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DayOrder::{DayFirst, MonthFirst};

    fn read(text: &str, order: DayOrder) -> String {
        match date(text, order) {
            Ok(d) => format!("{}..{} {}", d.start, d.end, d.precision.code()),
            Err(reason) => reason.to_owned(),
        }
    }

    #[test]
    fn dates_of_all_forms() {
        for text in [
            "2025-02-03",
            "2025/2/3",
            "20250203",
            "2025-02-03 00:00:00.000",
            "2025-02-03T14:30",
            "3/2/2025",
            "03-02-2025",
            "3.2.25",
            "3 Feb 2025",
            "03 February 2025",
            "3-Feb-25",
            "February 3rd, 2025",
            "3 de febrero de 2025",
            "3 de FEBRERO del 2025",
        ] {
            assert_eq!(read(text, DayFirst), "2025-02-03..2025-02-03 day", "{text}");
        }
        assert_eq!(read("3/2/2025", MonthFirst), "2025-03-02..2025-03-02 day");
        assert_eq!(read("2025", DayFirst), "2025-01-01..2025-12-31 year");
        for text in ["2025-02", "02/2025", "febrero de 2025", "Feb 2025"] {
            assert_eq!(
                read(text, DayFirst),
                "2025-02-01..2025-02-28 month",
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        for text in [
            "2023-02-30",
            "31/04/2024",
            "2025-13-01",
            "0/1/2024",
            "2025-00",
        ] {
            assert_eq!(read(text, DayFirst), "no_such_day", "{text}");
        }
        for text in [
            "",
            "soon",
            "12",
            "1/2",
            "2025-02-03 25:99",
            "1/2/3/4",
            "３/2/2025",
            "+1/-2/2025x",
            "año",
        ] {
            assert_eq!(read(text, DayFirst), "bad_date", "{text}");
        }
    }

    #[test]
    fn a_clock_time_needs_its_zone() {
        let zoned = date("2025-02-03T22:15:00-06:00", DayFirst).unwrap();
        let instant = zoned.instant.unwrap();
        assert_eq!(instant.utc.to_string(), "2025-02-04T04:15:00Z");
        assert_eq!(
            (instant.zone.as_str(), zoned.start),
            ("Etc/GMT+6", Date::constant(2025, 2, 3))
        );
        let local = date("2025-02-03 22:15", DayFirst).unwrap();
        assert!(local.instant.is_none() && local.clock_without_zone);
    }

    #[test]
    fn the_order_of_day_and_month_is_decided_by_the_column() {
        let of = |texts: &[&'static str]| DayOrder::of(texts.iter().copied());
        assert_eq!(of(&["3/2/2025", "25/2/2025"]), (DayFirst, None));
        assert_eq!(of(&["3/2/2025", "2/25/2025"]), (MonthFirst, None));
        assert_eq!(
            of(&["3/2/2025", "5/5/2025"]),
            (DayFirst, Some("note-dates-ambiguous"))
        );
        assert_eq!(
            of(&["25/2/2025", "2/25/2025"]),
            (DayFirst, Some("note-dates-mixed"))
        );
        assert_eq!(of(&["2025-02-03", "x"]), (DayFirst, None));
    }

    #[test]
    fn spans_hold_their_day() {
        let day = Date::constant(2025, 2, 5);
        let (monday, sunday) = span_of(day, TimePrecision::Week);
        assert_eq!(
            (monday, sunday),
            (Date::constant(2025, 2, 3), Date::constant(2025, 2, 9))
        );
        assert_eq!(span_of(Date::MAX, TimePrecision::Week).1, Date::MAX);
    }

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
