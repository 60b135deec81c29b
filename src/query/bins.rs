//! How time is cut into bars: from hours to decades. Hours are civil ones where it happened,
//! counted from 1970-01-01 00:00 as if every day had 24.

use crate::domain::TimePrecision;
use crate::domain::when::{date_of, day_number};
use crate::index::{Columns, NO_MINUTE};
use jiff::civil::Date;

/// Hours a day.
pub const HOURS: i64 = 24;

/// The day an hour lies in.
#[must_use]
pub fn day_of(hour: i64) -> i32 {
    let day = hour.div_euclid(HOURS);
    day.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

/// The first hour of a day.
#[must_use]
pub const fn hour_of(day: i32) -> i64 {
    day as i64 * HOURS
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BinWidth {
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
}

impl BinWidth {
    /// Finest first.
    pub const ALL: [BinWidth; 6] = [
        BinWidth::Hour,
        BinWidth::Day,
        BinWidth::Week,
        BinWidth::Month,
        BinWidth::Year,
        BinWidth::Decade,
    ];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            BinWidth::Hour => "hour",
            BinWidth::Day => "day",
            BinWidth::Week => "week",
            BinWidth::Month => "month",
            BinWidth::Year => "year",
            BinWidth::Decade => "decade",
        }
    }

    /// Hours of a bin, on average.
    #[must_use]
    pub const fn hours(self) -> f64 {
        match self {
            BinWidth::Hour => 1.0,
            BinWidth::Day => 24.0,
            BinWidth::Week => 7.0 * 24.0,
            BinWidth::Month => 30.436_875 * 24.0,
            BinWidth::Year => 365.2425 * 24.0,
            BinWidth::Decade => 3652.425 * 24.0,
        }
    }

    /// The finest width that cuts so many hours into at most `most` bins.
    #[must_use]
    pub fn fitting(hours: i64, most: i32) -> BinWidth {
        let fits = |width: &BinWidth| hours as f64 / width.hours() <= f64::from(most);
        BinWidth::ALL
            .into_iter()
            .find(fits)
            .unwrap_or(BinWidth::Decade)
    }

    /// The finest width that the dates of `columns` can fill: where the best known of them is a
    /// day, bars of hours would tell what nobody knows.
    #[must_use]
    pub fn finest_of(columns: &Columns) -> BinWidth {
        let Some(best) = columns.time_precision.iter().min() else {
            return BinWidth::Day;
        };
        // A clock time may stand beside a day of unsure precision, and a precision without its time.
        match best {
            _ if columns.minute.iter().any(|m| *m != NO_MINUTE) => BinWidth::Hour,
            TimePrecision::Minute | TimePrecision::Hour | TimePrecision::Day => BinWidth::Day,
            TimePrecision::Week => BinWidth::Week,
            TimePrecision::Month => BinWidth::Month,
            TimePrecision::Year => BinWidth::Year,
        }
    }

    /// First hour of the bin that `hour` lies in. Weeks start on Monday (ISO 8601), decades with
    /// the year that ends in 0.
    #[must_use]
    pub fn floor(self, hour: i64) -> i64 {
        let day = day_of(hour);
        let date = date_of(day);
        hour_of(match self {
            BinWidth::Hour => return hour,
            BinWidth::Day => day,
            BinWidth::Week => day - i32::from(date.weekday().to_monday_zero_offset()),
            BinWidth::Month => day_number(date.first_of_month()),
            BinWidth::Year => day_number(date.first_of_year()),
            BinWidth::Decade => {
                let year = date.year() - date.year().rem_euclid(10);
                day_number(Date::new(year, 1, 1).unwrap_or(Date::MIN))
            }
        })
    }

    /// First hour of the next bin after the one that starts at `hour`.
    #[must_use]
    pub fn next(self, hour: i64) -> i64 {
        let day = day_of(hour);
        let date = date_of(day);
        let end = hour_of(match self {
            BinWidth::Hour => return hour + 1,
            BinWidth::Day => day + 1,
            BinWidth::Week => day + 7,
            BinWidth::Month => day_number(date.last_of_month()) + 1,
            BinWidth::Year => day_number(date.last_of_year()) + 1,
            BinWidth::Decade => {
                let year = date.year() - date.year().rem_euclid(10) + 10;
                Date::new(year, 1, 1).map_or(day_number(Date::MAX) + 1, day_number)
            }
        });
        // Beyond the last year that there is.
        end.max(hour + 1)
    }

    /// First and last day of the bin that `day` lies in; an hour's is the day itself.
    #[must_use]
    pub fn days(self, day: i32) -> (i32, i32) {
        let start = self.floor(hour_of(day));
        let last = day_of(self.next(start) - 1);
        (day_of(start), last)
    }

    /// How the bin of `day` is called in tables: `2025-02-03`, `2025-W06`, `2025-02`, `2025`,
    /// `2020s`.
    #[must_use]
    pub fn label(self, day: i32) -> String {
        let date: Date = date_of(self.days(day).0);
        match self {
            BinWidth::Hour | BinWidth::Day => date.to_string(),
            BinWidth::Week => {
                let week = date.iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            BinWidth::Month => format!("{:04}-{:02}", date.year(), date.month()),
            BinWidth::Year => format!("{:04}", date.year()),
            BinWidth::Decade => format!("{:04}s", date.year()),
        }
    }
}
