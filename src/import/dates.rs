//! Dates as files write them, down to the precision of their form.

use super::clock::{Clock, clock, is_midnight, settle};
use super::field::Field;
use super::mapping::Row;
use super::report::{Fault, Tally};
use super::values::given;
use crate::domain::filter::fold;
use crate::domain::{Instant, TimePrecision, When};
use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Time, Weekday};
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

/// What dates tell of the order of day and month, counted as they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    day_first: u32,
    month_first: u32,
    either: u32,
}

impl Orders {
    pub fn add(&mut self, text: &str) {
        let parts = parts(split_clock(text.trim()).0);
        let numbers: Option<Vec<u32>> = parts.iter().map(|p| p.parse().ok()).collect();
        let Some([a @ 1..=31, b, _]) = numbers.as_deref() else {
            return;
        };
        match (*a > 12, *b > 12) {
            (true, _) => self.day_first += 1,
            (_, true) => self.month_first += 1,
            // 5/5 is the same day either way.
            _ => self.either += u32::from(a != b),
        }
    }

    /// Whether there are dates that can be read both ways, and none that tells.
    pub fn leave_open(&self) -> bool {
        self.day_first + self.month_first == 0 && self.either > 0
    }

    /// Whether some date tells.
    pub fn tell(&self) -> bool {
        self.day_first + self.month_first > 0
    }

    /// Decides by the dates that leave no choice, with the key of a note where that is in doubt.
    pub fn order(&self) -> (DayOrder, Option<&'static str>) {
        let doubt = match (self.day_first > 0, self.month_first > 0) {
            (true, true) => Some("note-dates-mixed"),
            _ => self.leave_open().then_some("note-dates-ambiguous"),
        };
        match self.month_first > self.day_first {
            true => (DayOrder::MonthFirst, doubt),
            false => (DayOrder::DayFirst, doubt),
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
    /// A clock time without a zone, which no instant can be made of yet.
    pub clock: Option<Time>,
}

/// `bad_date` for what is no date, `no_such_day` for one that no calendar has.
pub type DateFault = &'static str;

/// Letters or digits in a row.
fn parts(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect()
}

/// Reads one date in any of the known forms.
pub fn date(text: &str, order: DayOrder) -> Result<Dated, DateFault> {
    let text = text.trim();
    let (day_text, clock_text) = split_clock(text);
    let (start, end, precision) = civil(day_text, order)?;
    let mut dated = Dated {
        start,
        end,
        precision,
        instant: None,
        clock: None,
    };
    let Some(clock_text) = clock_text.filter(|c| !is_midnight(c)) else {
        return Ok(dated);
    };
    if precision != TimePrecision::Day {
        return Err("bad_date");
    }
    match clock(start, clock_text)? {
        Clock::Moment(instant) => {
            dated.precision = TimePrecision::Minute;
            dated.instant = Some(instant);
        }
        Clock::Local(time) => dated.clock = Some(time),
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

/// First and last day.
type Spanned = (Date, Date, TimePrecision);

/// One date, or two of ISO 8601 with a slash between them.
fn civil(text: &str, order: DayOrder) -> Result<Spanned, DateFault> {
    // What nearly every row has: `2025-02-03`.
    if text.len() == 10
        && let Ok(day) = text.parse::<Date>()
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
fn is_iso(text: &str) -> bool {
    text.trim().split_once('-').is_some_and(|(y, _)| is_year(y))
}

fn one_date(text: &str, order: DayOrder) -> Result<Spanned, DateFault> {
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
        [y, w] if is_year(y) && w.starts_with('w') => whole_week(year(y), number(&w[1..])),
        [y, m] if is_year(y) => whole_month(year(y), number(m).or_else(|| month(m))),
        [m, y] if is_year(y) => whole_month(year(y), number(m).or_else(|| month(m))),
        // As spreadsheets write a month: `Ene-24`.
        [m, y] if month(m).is_some() && y.len() == 2 => whole_month(year(y), month(m)),
        // `3-5 de febrero de 2025`, `3 al 5 de febrero de 2025`, `February 3-5, 2025`.
        [a, b, m, y] if month(m).is_some() => days_of_month(year(y), month(m), [a, b]),
        [a, "a" | "al" | "y", b, m, y] => days_of_month(year(y), month(m), [a, b]),
        [m, a, b, y] if month(m).is_some() => days_of_month(year(y), month(m), [a, b]),
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

/// When the row says it happened: from its start to its end if it gives one. A precision coarser
/// than the dates widens a single day to the week, month or year that holds it.
///
/// # Errors
/// No start, a date that cannot be read or does not exist, or an end before the start.
pub fn when(row: &Row, precision: Option<TimePrecision>, tally: &mut Tally) -> Result<When, Fault> {
    let order = row.day_order();
    let start_text =
        given(row.get(Field::Start)).ok_or_else(|| row.fault(Field::Start, "no_date"))?;
    let mut start = date(start_text, order).map_err(|reason| row.fault(Field::Start, reason))?;
    let end = given(row.get(Field::End))
        .map(|text| date(text, order).map_err(|reason| row.fault(Field::End, reason)))
        .transpose()?;
    settle(row, &mut start, tally);
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
    use proptest::prelude::*;

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
        for text in [
            "2025-02-03/2025-02-05",
            "3-5 de febrero de 2025",
            "del 3 al 5 de febrero de 2025",
            "February 3-5, 2025",
        ] {
            assert_eq!(read(text, DayFirst), "2025-02-03..2025-02-05 day", "{text}");
        }
        assert_eq!(read("2025-W06", DayFirst), "2025-02-03..2025-02-09 week");
        assert_eq!(read("Feb-25", DayFirst), "2025-02-01..2025-02-28 month");
        assert_eq!(read("3-feb.-2025", DayFirst), "2025-02-03..2025-02-03 day");
        assert_eq!(read("2025-02-03/2025-02-01", DayFirst), "end_before_start");
        // A spreadsheet's number of days is a guess away from anything.
        assert_eq!(read("45321", DayFirst), "bad_date");
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
            "2025-W60",
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
        for day in ["2025-02-03T00:00:00.000Z", "2025-02-03 00:00:00+00:00"] {
            let read = date(day, DayFirst).unwrap();
            assert_eq!((read.precision, read.instant), (TimePrecision::Day, None));
        }
        let elsewhere = date("2025-02-03T00:00:00-06:00", DayFirst).unwrap();
        assert!(elsewhere.instant.is_some());
        let local = date("2025-02-03 22:15", DayFirst).unwrap();
        assert_eq!(local.instant, None);
        assert_eq!(local.clock, Some(Time::constant(22, 15, 0, 0)));
    }

    #[test]
    fn the_order_of_day_and_month_is_decided_by_the_column() {
        let of = |texts: &[&'static str]| {
            let mut orders = Orders::default();
            texts.iter().for_each(|text| orders.add(text));
            orders.order()
        };
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

    proptest! {
        #[test]
        fn whatever_is_written_is_read_or_refused(text in "\\PC{0,40}") {
            for order in [DayFirst, MonthFirst] {
                let _ = date(&text, order);
            }
        }

        #[test]
        fn what_has_the_form_of_a_date_is_read_or_refused(
            text in "[0-9]{0,5}[-/. ]?(de )?[a-zW0-9]{0,4}[-/. ]?[0-9]{0,5}([T ][0-9:+Z-]{0,12})?"
        ) {
            for order in [DayFirst, MonthFirst] {
                if let Ok(dated) = date(&text, order) {
                    prop_assert!(dated.start <= dated.end, "{text}");
                }
            }
        }

        #[test]
        fn days_are_read_as_they_are_written(n in -25_000_i32..50_000) {
            let day = crate::domain::when::date_of(n);
            for form in ["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d %B %Y", "%-d-%b-%Y", "%B %-d, %Y"] {
                let text = day.strftime(form).to_string();
                let read = date(&text, DayFirst).map(|d| (d.start, d.end));
                prop_assert_eq!(read, Ok((day, day)), "{}", text);
            }
        }
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
}
