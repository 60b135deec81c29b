//! Days as people write them, in numbers and words, down to the span that their form means.

use crate::domain::TimePrecision;
use crate::domain::filter::{fold, is_mark};
use crate::domain::period::month_named as month;
use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::{Deserialize, Serialize};

/// How dates of three numbers are read whose year stands last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

impl DayOrder {
    pub const ALL: [DayOrder; 2] = [DayOrder::DayFirst, DayOrder::MonthFirst];

    /// As files have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            DayOrder::DayFirst => "day_first",
            DayOrder::MonthFirst => "month_first",
        }
    }
}

/// `bad_date` for what is no date, `no_such_day` for one that no calendar has.
pub type DateFault = &'static str;

/// Letters or digits in a row.
pub fn parts(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect()
}

/// Years of the Buddhist calendar that fall between 1957 and 2107.
pub const BUDDHIST: std::ops::RangeInclusive<i16> = 2500..=2650;

/// Without marks that are not seen, with plain blanks, and with the hyphens that dates are written with
/// where cameras write colons: `2025:02:03 14:30:12`.
pub fn plain(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| !is_mark(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let is_camera = |b: &[u8]| {
        b.len() >= 10
            && b[4] == b':'
            && b[7] == b':'
            && [0, 1, 2, 3, 5, 6, 8, 9]
                .iter()
                .all(|i| b[*i].is_ascii_digit())
    };
    match is_camera(clean.as_bytes()) {
        true => format!("{}-{}-{}", &clean[..4], &clean[5..7], &clean[8..]),
        false => clean,
    }
}

/// First and last day.
pub type Spanned = (Date, Date, TimePrecision);

/// One date, or two of ISO 8601 with a slash between them.
pub fn civil(text: &str, order: DayOrder) -> Result<Spanned, DateFault> {
    // What nearly every row has: `2025-02-03`.
    if text.len() == 10
        && let Ok(day) = text.parse::<Date>()
        && !BUDDHIST.contains(&day.year())
    {
        return Ok((day, day, TimePrecision::Day));
    }
    let Some((from, to)) = text.split_once('/').filter(|(a, b)| is_iso(a) && is_iso(b)) else {
        return one_date(text, order);
    };
    let (first, second) = (one_date(from, order)?, one_date(to, order)?);
    match first.0 <= second.1 {
        true => Ok((first.0, second.1, first.2.max(second.2))),
        false => Err("end_before_start"),
    }
}

/// Whether it begins like `2025-02`.
pub fn is_iso(text: &str) -> bool {
    text.trim().split_once('-').is_some_and(|(y, _)| is_year(y))
}

/// What says which part of the day or of the month is meant is less than a day or a month tells.
const LEFT_OUT: [&str; 26] = [
    "de",
    "del",
    "of",
    "the",
    "el",
    "dia",
    "a",
    "las",
    "la",
    "madrugada",
    "manana",
    "tarde",
    "noche",
    "at",
    "on",
    "principios",
    "inicios",
    "mediados",
    "finales",
    "fines",
    "early",
    "mid",
    "late",
    "morning",
    "evening",
    "night",
];

pub fn one_date(text: &str, order: DayOrder) -> Result<Spanned, DateFault> {
    let folded = fold(text);
    let mut parts = parts(&folded);
    if parts.len() > 1 {
        parts.retain(|p| !LEFT_OUT.contains(p) || (*p == "a" && parts_joined(&folded)));
    }
    if let [one] = parts[..]
        && let Some(split) = letters_apart(one)
    {
        parts = split.to_vec();
    }
    take_weekday(&mut parts);
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
        [a, b] if is_year(a) && is_year(b) => {
            let (first, last) = (
                whole_year(year(a).unwrap_or(0))?,
                whole_year(year(b).unwrap_or(0))?,
            );
            match first.0 <= last.0 {
                true => Ok((first.0, last.1, TimePrecision::Year)),
                false => Err("end_before_start"),
            }
        }
        [y, w] if is_year(y) && w.starts_with('w') => whole_week(year(y), number(&w[1..])),
        [y, m] if is_year(y) => whole_month(year(y), number(m).or_else(|| month(m))),
        [m, y] if is_year(y) => whole_month(year(y), number(m).or_else(|| month(m))),
        // As spreadsheets write a month: `Ene-24`.
        [m, y] if month(m).is_some() && y.len() == 2 => whole_month(year(y), month(m)),
        // `3-5 de febrero de 2025`, `3 al 5 de febrero de 2025`, `February 3-5, 2025`.
        [a, b, m, y] if month(m).is_some() => days_of_month(year(y), month(m), [a, b]),
        [a, "a" | "al" | "y", b, m, y] => days_of_month(year(y), month(m), [a, b]),
        [m, a, b, y] if month(m).is_some() => days_of_month(year(y), month(m), [a, b]),
        [y, m, "00"] if year(y).is_some_and(|y| y > 0) && is_year(y) && *m != "00" => {
            whole_month(year(y), number(m).or_else(|| month(m)))
        }
        [a, b, y] if month(a).is_some() && month(b).is_some() && is_year(y) => {
            let (first, last) = (
                whole_month(year(y), month(a))?,
                whole_month(year(y), month(b))?,
            );
            match first.0 <= last.1 {
                true => Ok((first.0, last.1, TimePrecision::Month)),
                false => Err("end_before_start"),
            }
        }
        [y, m, d] if is_year(y) => day(year(y), number(m).or_else(|| month(m)), number(d)),
        [_, _, _] => three(&parts, order),
        _ => Err("bad_date"),
    }
}

/// Whether `a` stands between two days of a month: `3 a 5 de febrero de 2025`.
fn parts_joined(folded: &str) -> bool {
    folded.contains(" a ") && !folded.contains(" a la")
}

/// `03feb2025`
fn letters_apart(part: &str) -> Option<[&str; 3]> {
    let first = part
        .find(|c: char| !c.is_ascii_digit())
        .filter(|at| (1..=2).contains(at))?;
    let last = part.rfind(|c: char| !c.is_ascii_digit())? + 1;
    let word = part.get(first..last)?;
    month(word)?;
    Some([&part[..first], word, &part[last..]])
}

/// Whether a text has a year of the Buddhist calendar.
pub fn is_buddhist(text: &str) -> bool {
    let years = parts(text).into_iter().filter(|p| p.len() == 4);
    years
        .filter_map(|p| p.parse().ok())
        .any(|n: i16| BUDDHIST.contains(&n))
}

/// Day, month and year, the year last.
pub fn three(parts: &[&str], order: DayOrder) -> Result<Spanned, DateFault> {
    let [a, b, y] = parts else {
        return Err("bad_date");
    };
    let (d, m) = match (month(a), month(b), order) {
        (Some(m), _, _) => (number(b), Some(m)),
        (_, Some(m), _) => (number(a), Some(m)),
        (_, _, DayOrder::DayFirst) => (number(a), number(b)),
        (_, _, DayOrder::MonthFirst) => (number(b), number(a)),
    };
    // Noughts for what is not known: `00/02/2025`.
    if parts[..2].contains(&"00") && m != Some(0) {
        return whole_month(year(y), m);
    }
    let (Some(y), Some(m), Some(d)) = (year(y), m, d) else {
        return Err("bad_date");
    };
    let date = Date::new(y, m, d).map_err(|_| "no_such_day")?;
    Ok((date, date, TimePrecision::Day))
}

/// Takes the name of a weekday out, in English or Spanish, where enough is left to be a date. `mar` is
/// also a month: with three parts it is that.
pub fn take_weekday(parts: &mut Vec<&str>) -> Option<Weekday> {
    const NAMES: [[&str; 2]; 7] = [
        ["monday", "lunes"],
        ["tuesday", "martes"],
        ["wednesday", "miercoles"],
        ["thursday", "jueves"],
        ["friday", "viernes"],
        ["saturday", "sabado"],
        ["sunday", "domingo"],
    ];
    if parts.len() < 2 {
        return None;
    }
    let weekday = |part: &str| {
        let is = |names: &[&str; 2]| names.iter().any(|name| name.starts_with(part));
        let at = NAMES.iter().position(is).filter(|_| part.len() >= 3)?;
        Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
    };
    let at = [0, parts.len() - 1].into_iter().find(|at| {
        let is_month = month(parts[*at]).is_some() && parts.len() < 4;
        weekday(parts[*at]).is_some() && !is_month
    })?;
    weekday(parts.remove(at))
}

pub fn is_year(part: &str) -> bool {
    part.len() == 4 && year(part).is_some()
}

/// Four digits, or two of a year from 1970 to 2069.
fn year(part: &str) -> Option<i16> {
    let n: i16 = part.parse().ok().filter(|n| *n >= 0)?;
    match part.len() {
        4 if BUDDHIST.contains(&n) => Some(n - 543),
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

fn whole_year(year: i16) -> Result<Spanned, DateFault> {
    let start = Date::new(year, 1, 1).map_err(|_| "no_such_day")?;
    Ok((start, start.last_of_year(), TimePrecision::Year))
}

fn whole_week(y: Option<i16>, week: Option<i8>) -> Result<Spanned, DateFault> {
    let (Some(y), Some(week)) = (y, week) else {
        return Err("bad_date");
    };
    let monday = ISOWeekDate::new(y, week, Weekday::Monday).map_err(|_| "no_such_day")?;
    let (start, end) = span_of(monday.date(), TimePrecision::Week);
    Ok((start, end, TimePrecision::Week))
}

fn days_of_month(y: Option<i16>, m: Option<i8>, days: [&str; 2]) -> Result<Spanned, DateFault> {
    let (Some(y), Some(m), [Some(first), Some(last)]) = (y, m, days.map(number)) else {
        return Err("bad_date");
    };
    let day = |d| Date::new(y, m, d).map_err(|_| "no_such_day");
    let (start, end) = (day(first)?, day(last)?);
    match start <= end {
        true => Ok((start, end, TimePrecision::Day)),
        false => Err("end_before_start"),
    }
}

fn whole_month(y: Option<i16>, m: Option<i8>) -> Result<Spanned, DateFault> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
