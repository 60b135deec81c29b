//! Incidents over time, stacked by mark; uncertain dates are spread over their days.

use super::Selection;
use crate::domain::Mark;
use crate::domain::when::{date_of, day_number};
use crate::index::Columns;
use jiff::civil::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinWidth {
    Day,
    Week,
    Month,
    Year,
}

impl BinWidth {
    pub const ALL: [BinWidth; 4] = [
        BinWidth::Day,
        BinWidth::Week,
        BinWidth::Month,
        BinWidth::Year,
    ];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            BinWidth::Day => "day",
            BinWidth::Week => "week",
            BinWidth::Month => "month",
            BinWidth::Year => "year",
        }
    }

    /// The finest width that cuts `days` into at most `most` bins.
    #[must_use]
    pub fn fitting(days: i32, most: i32) -> BinWidth {
        match days {
            d if d <= most => BinWidth::Day,
            d if d / 7 <= most => BinWidth::Week,
            d if d / 30 <= most => BinWidth::Month,
            _ => BinWidth::Year,
        }
    }

    /// First day of the bin that `day` lies in. Weeks start on Monday (ISO 8601).
    #[must_use]
    pub fn floor(self, day: i32) -> i32 {
        let date = date_of(day);
        match self {
            BinWidth::Day => day,
            BinWidth::Week => day - i32::from(date.weekday().to_monday_zero_offset()),
            BinWidth::Month => day_number(date.first_of_month()),
            BinWidth::Year => day_number(date.first_of_year()),
        }
    }

    /// First day of the next bin after the one that starts on `day`.
    #[must_use]
    pub fn next(self, day: i32) -> i32 {
        let date = date_of(day);
        match self {
            BinWidth::Day => day + 1,
            BinWidth::Week => day + 7,
            BinWidth::Month => day_number(date.last_of_month()) + 1,
            BinWidth::Year => day_number(date.last_of_year()) + 1,
        }
    }

    /// How the bin is called in tables: `2025-02-03`, `2025-W06`, `2025-02`, `2025`.
    #[must_use]
    pub fn label(self, day: i32) -> String {
        let date: Date = date_of(day);
        match self {
            BinWidth::Day => date.to_string(),
            BinWidth::Week => {
                let week = date.iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            BinWidth::Month => format!("{:04}-{:02}", date.year(), date.month()),
            BinWidth::Year => format!("{:04}", date.year()),
        }
    }
}

/// One bar: `[start_day, end_day)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    pub start_day: i32,
    /// First day after the bin.
    pub end_day: i32,
    /// Incidents by `Mark as usize`; fractions where dates are uncertain.
    pub by_mark: [f64; Mark::ALL.len()],
}

impl Bin {
    #[must_use]
    pub fn total(&self) -> f64 {
        self.by_mark.iter().sum()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pub width: BinWidth,
    /// Consecutive, without gaps.
    pub bins: Vec<Bin>,
}

impl Histogram {
    /// The tallest bar, the first of equals.
    #[must_use]
    pub fn peak(&self) -> Option<&Bin> {
        self.bins
            .iter()
            .rev()
            .max_by(|a, b| a.total().total_cmp(&b.total()))
    }
}

/// The bars of `selection` over `[first_day, last_day]`. An incident whose date is uncertain is
/// spread evenly over its days: over bars that cover all of them the sum is the number of
/// incidents, whatever the width.
#[must_use]
pub fn histogram(
    columns: &Columns,
    selection: &Selection,
    first_day: i32,
    last_day: i32,
    width: BinWidth,
) -> Histogram {
    let mut bins = Vec::new();
    let mut start = width.floor(first_day);
    while start <= last_day {
        let end = width.next(start);
        bins.push(Bin {
            start_day: start,
            end_day: end,
            by_mark: [0.0; Mark::ALL.len()],
        });
        start = end;
    }
    for row in &selection.rows {
        let i = *row as usize;
        let (from, until) = (columns.start_day[i], columns.end_day[i] + 1);
        let days = f64::from(until - from);
        let mark = columns.kind[i].mark() as usize;
        let first = bins.partition_point(|b| b.end_day <= from);
        for bin in bins[first..].iter_mut().take_while(|b| b.start_day < until) {
            let shared = bin.end_day.min(until) - bin.start_day.max(from);
            bin.by_mark[mark] += f64::from(shared) / days;
        }
    }
    Histogram { width, bins }
}
