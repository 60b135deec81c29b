//! When something happened: an interval of civil dates, and how precisely it is known.

use super::coded_enum;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// How precisely the time is known, finest first.
    TimePrecision {
        Minute = "minute",
        Hour = "hour",
        Day = "day",
        Week = "week",
        Month = "month",
        Year = "year",
    }
}

/// A moment with a clock time: UTC, and the IANA zone it was reported in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instant {
    pub utc: jiff::Timestamp,
    /// IANA name such as `America/Matamoros`.
    pub zone: String,
}

/// The interval in which the incident lies. Both ends are civil dates where it happened and
/// never shift with the reader's zone; `start == end` is one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub start: Date,
    pub end: Date,
    pub precision: TimePrecision,
    /// Present only where the source gives a clock time.
    pub instant: Option<Instant>,
}

impl When {
    /// An interval of whole days. `None` where it would end before it starts.
    #[must_use]
    pub fn new(start: Date, end: Date, precision: TimePrecision) -> Option<When> {
        (start <= end).then_some(When {
            start,
            end,
            precision,
            instant: None,
        })
    }

    /// One day, known to the day.
    #[must_use]
    pub fn day(date: Date) -> When {
        When {
            start: date,
            end: date,
            precision: TimePrecision::Day,
            instant: None,
        }
    }
}

/// Days since 1970-01-01: how dates are held in columns. Every `jiff` date fits.
#[must_use]
pub fn day_number(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// The inverse of [`day_number`]; numbers outside of years −9999..=9999 are clamped to its ends.
#[must_use]
pub fn date_of(day: i32) -> Date {
    let span = jiff::Span::new().try_days(day);
    span.ok()
        .and_then(|s| Date::constant(1970, 1, 1).checked_add(s).ok())
        .unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}

/// A period as it can be typed, the shortest that says it: `2010`, `2010-03`, `2010-03-05`,
/// `2010 – 2012`. [`parse_period`] reads it back.
#[must_use]
pub fn period_text(from: Date, to: Date) -> String {
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let whole_years = whole_months && from.month() == 1 && to.month() == 12;
    let text = |date: Date| match (whole_years, whole_months) {
        (true, _) => format!("{:04}", date.year()),
        (false, true) => format!("{:04}-{:02}", date.year(), date.month()),
        _ => date.to_string(),
    };
    let (first, last) = (text(from), text(to));
    if first == last {
        first
    } else {
        format!("{first} – {last}")
    }
}

/// First and last day of `2010`, `2010-03`, `2010-03-05` or of two of these with a dash, two dots
/// or a slash between them. `None` where it is anything else or ends before it starts.
#[must_use]
pub fn parse_period(text: &str) -> Option<(Date, Date)> {
    let text = text
        .replace('–', "/")
        .replace("..", "/")
        .replace(" - ", "/");
    let mut ends = text.split('/').map(str::trim);
    let first = part_of_calendar(ends.next()?)?;
    let last = ends.next().map_or(Some(first), part_of_calendar)?;
    let (from, to) = (first.0, last.1);
    (ends.next().is_none() && from <= to).then_some((from, to))
}

/// First and last day of a year, a month or a day.
fn part_of_calendar(text: &str) -> Option<(Date, Date)> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mut numbers = text.split('-');
    let year = numbers.next().filter(|y| y.len() == 4 && digits(y))?;
    let mut small = || match numbers.next() {
        None => Some(None),
        Some(n) if (1..=2).contains(&n.len()) && digits(n) => n.parse::<i8>().ok().map(Some),
        Some(_) => None,
    };
    let (year, month, day) = (year.parse().ok()?, small()?, small()?);
    if numbers.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    Some(match (month, day) {
        (None, _) => (first, first.last_of_year()),
        (_, None) => (first, first.last_of_month()),
        _ => (first, first),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip() {
        for text in [
            "1970-01-01",
            "1989-12-24",
            "2000-02-29",
            "2025-02-03",
            "0001-01-01",
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(date_of(day_number(date)), date);
        }
        assert_eq!(date_of(i32::MAX), Date::MAX);
        assert_eq!(date_of(i32::MIN), Date::MIN);
    }

    #[test]
    fn periods_are_read_as_they_are_written() {
        let days = |from: &str, to: &str| Some((from.parse().unwrap(), to.parse().unwrap()));
        for (text, from, to) in [
            ("2010", "2010-01-01", "2010-12-31"),
            ("2010 – 2012", "2010-01-01", "2012-12-31"),
            ("2010-02", "2010-02-01", "2010-02-28"),
            ("2010-11 – 2011-02", "2010-11-01", "2011-02-28"),
            ("2010-02-03", "2010-02-03", "2010-02-03"),
            ("2010-02-03 – 2010-03-04", "2010-02-03", "2010-03-04"),
        ] {
            let found = parse_period(text);
            assert_eq!(found, days(from, to), "{text}");
            let (from, to) = found.unwrap();
            assert_eq!(period_text(from, to), text);
        }
        let whole = days("2010-01-01", "2012-12-31");
        for text in [
            "2010..2012",
            " 2010 - 2012 ",
            "2010/2012-12",
            "2010–2012-12-31",
        ] {
            assert_eq!(parse_period(text), whole, "{text}");
        }
        for text in [
            "",
            "20",
            "2010-13",
            "2012 – 2010",
            "2010-2-30",
            "1/2/3",
            "2010-1-1-1",
            "x",
        ] {
            assert_eq!(parse_period(text), None, "{text}");
        }
    }

    #[test]
    fn an_interval_never_ends_before_it_starts() {
        let (a, b) = (Date::constant(2025, 2, 3), Date::constant(2025, 2, 2));
        assert!(When::new(a, b, TimePrecision::Day).is_none());
        assert!(When::new(b, a, TimePrecision::Day).is_some());
    }
}
