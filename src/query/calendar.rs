//! Windows of time that are whole units of the calendar, and moving them so that they stay that.

use super::BinWidth;
use crate::domain::when::{date_of, day_number};
use jiff::civil::Date;

/// How long a window is: so many days, weeks, months or years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    pub unit: BinWidth,
    pub n: i32,
}

impl Length {
    /// Of the days `from..=to`, in the longest unit of which they are a whole number, weeks from Monday.
    #[must_use]
    pub fn of(from: i32, to: i32) -> Length {
        let (first, end) = (date_of(from), date_of(to.saturating_add(1)));
        let months = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month());
        let whole_months = first.day() == 1 && end.day() == 1;
        let starts_weeks = |d: Date| d.weekday() == jiff::civil::Weekday::Monday;
        let of = |unit, n| Length { unit, n };
        if whole_months && first.month() == 1 && end.month() == 1 {
            of(BinWidth::Year, i32::from(end.year() - first.year()))
        } else if whole_months {
            of(BinWidth::Month, months(end) - months(first))
        } else if starts_weeks(first) && starts_weeks(end) {
            of(BinWidth::Week, (to + 1 - from) / 7)
        } else {
            of(BinWidth::Day, to + 1 - from)
        }
    }

    /// The last day of a window of this length that begins on `from`.
    #[must_use]
    pub fn last_from(self, from: i32) -> i32 {
        (shifted(from, self.n, self.unit) - 1).max(from)
    }
}

/// `day` moved by whole units; months and years keep the day of the month where there is one.
#[must_use]
pub fn shifted(day: i32, units: i32, unit: BinWidth) -> i32 {
    let date = date_of(day);
    let span = jiff::Span::new();
    let span = match unit {
        BinWidth::Hour | BinWidth::Day => span.try_days(units),
        BinWidth::Week => span.try_weeks(units),
        BinWidth::Month => span.try_months(units),
        BinWidth::Year => span.try_years(units),
        BinWidth::Decade => span.try_years(units.saturating_mul(10)),
    };
    span.ok()
        .and_then(|s| date.checked_add(s).ok())
        .map_or(day, day_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        day_number(text.parse().unwrap())
    }

    #[test]
    fn a_window_has_the_longest_unit_that_fits() {
        for (from, to, unit, n) in [
            ("2022-01-01", "2022-12-31", BinWidth::Year, 1),
            ("2010-01-01", "2012-12-31", BinWidth::Year, 3),
            ("2022-02-01", "2022-02-28", BinWidth::Month, 1),
            ("2021-11-01", "2022-02-28", BinWidth::Month, 4),
            ("2025-02-03", "2025-02-09", BinWidth::Week, 1),
            ("2025-02-04", "2025-02-10", BinWidth::Day, 7),
            ("2025-02-03", "2025-02-03", BinWidth::Day, 1),
        ] {
            let length = Length::of(day(from), day(to));
            assert_eq!(length, Length { unit, n }, "{from} {to}");
            assert_eq!(length.last_from(day(from)), day(to));
        }
        // A month is a month wherever it begins.
        let month = Length::of(day("2022-01-01"), day("2022-01-31"));
        assert_eq!(month.last_from(day("2022-02-01")), day("2022-02-28"));
    }
}
