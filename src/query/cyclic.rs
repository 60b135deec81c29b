//! Incidents by the clock and the calendar: weekday and hour, month of the year.

use super::bins::{BinWidth, HOURS, hour_of};
use super::figure::Figure;
use super::histogram::{histogram, hours_of};
use super::judge::{CHUNK, Judged};
use crate::domain::when::date_of;
use crate::index::{Columns, NO_MINUTE, Row};
use rayon::prelude::*;

/// The cell of a weekday behind its hours: rows whose day is known and whose hour is not.
pub const HOUR_UNKNOWN: usize = 24;

/// Incidents or deaths of the rows that pass, by weekday and hour where the day is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeekHours {
    /// `[weekday][hour]`, weekdays from Monday; see [`HOUR_UNKNOWN`].
    pub cells: [[u32; 25]; 7],
    /// Of rows whose day is not known.
    pub unknown: u32,
}

/// Weekday (0 is Monday) of a day since 1970-01-01, which was a Thursday.
#[must_use]
pub const fn weekday_of(day: i32) -> usize {
    (day as i64 + 3).rem_euclid(7) as usize
}

/// Weekday and hour of a row, or [`HOUR_UNKNOWN`]; `None` where its day is not known.
#[must_use]
pub fn week_hour_of(columns: &Columns, row: usize) -> Option<(usize, usize)> {
    let day = columns.start_day[row];
    let hour = match columns.minute[row] {
        NO_MINUTE => HOUR_UNKNOWN,
        minute => usize::from(minute / 60) % HOURS as usize,
    };
    (day == columns.end_day[row]).then(|| (weekday_of(day), hour))
}

/// Of all rows that pass.
#[must_use]
pub fn week_hours(columns: &Columns, judged: &Judged, figure: Figure) -> WeekHours {
    let chunks = judged.failed.par_chunks(CHUNK).enumerate();
    let counted = chunks.map(|(i, failed)| {
        let mut count = WeekHours::default();
        for (row, _) in failed.iter().enumerate().filter(|(_, f)| **f == 0) {
            let row = i * CHUNK + row;
            let n = figure.of(columns, row as Row);
            let sum = match week_hour_of(columns, row) {
                Some((weekday, hour)) => &mut count.cells[weekday][hour],
                None => &mut count.unknown,
            };
            *sum = sum.saturating_add(n);
        }
        count
    });
    counted.reduce(WeekHours::default, |mut a, b| {
        for (a, b) in a
            .cells
            .as_flattened_mut()
            .iter_mut()
            .zip(b.cells.as_flattened())
        {
            *a = a.saturating_add(*b);
        }
        a.unknown = a.unknown.saturating_add(b.unknown);
        a
    })
}

/// Parts of incidents (see [`super::UNIT`]) by month of the year, January first: uncertain ones are
/// spread over the months of their interval. They add up to all rows that pass.
#[must_use]
pub fn months(columns: &Columns, judged: &Judged, figure: Figure) -> [u64; 12] {
    let mut months = [0; 12];
    let Some((first, last)) = columns.day_extent() else {
        return months;
    };
    let span = (hour_of(first), hour_of(last) + HOURS);
    let bars = (figure, span, BinWidth::Month);
    for bin in histogram(columns, judged, 0, bars).bins {
        let month = date_of(super::bins::day_of(bin.start_hour)).month();
        let sum = &mut months[month as usize - 1];
        *sum = sum.wrapping_add(bin.units());
    }
    months
}

/// Whether a row possibly lies in a month of the year, 1..=12.
#[must_use]
pub fn may_lie_in_month(columns: &Columns, row: usize, month: i8) -> bool {
    let (first, end) = hours_of(columns, row);
    let (first, last) = (
        date_of(super::bins::day_of(first)),
        date_of(super::bins::day_of(end - 1)),
    );
    let count = |d: jiff::civil::Date| i32::from(d.year()) * 12 + i32::from(d.month()) - 1;
    let ahead = (i32::from(month) - 1 - count(first)).rem_euclid(12);
    count(first) + ahead <= count(last)
}

/// The rows that pass and for which `is` holds, ascending.
#[must_use]
pub fn passing(judged: &Judged, is: impl Fn(usize) -> bool) -> Vec<Row> {
    let passes = |row: &usize| judged.failed[*row] == 0 && is(*row);
    let rows = (0..judged.failed.len()).filter(passes);
    rows.map(|row| row as Row).collect()
}
