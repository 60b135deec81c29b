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
    fn an_interval_never_ends_before_it_starts() {
        let (a, b) = (Date::constant(2025, 2, 3), Date::constant(2025, 2, 2));
        assert!(When::new(a, b, TimePrecision::Day).is_none());
        assert!(When::new(b, a, TimePrecision::Day).is_some());
    }
}
