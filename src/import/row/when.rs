//! When a row says it happened, by its columns of dates, of their parts and of clock times.

use super::clock::{settle, to_place};
use super::dates::{DateFault, Dated, date, date_and_clock, is_iso, span_of};
use super::field::Field;
use super::mapping::Row;
use super::report::{Fault, Tally};
use super::values::given;
use crate::domain::{TimePrecision, When};
use jiff::Span;
use jiff::civil::Date;

/// When the row says it happened: from its start to its end if it gives one. A precision coarser
/// than the dates widens a single day to the week, month or year that holds it.
///
/// # Errors
/// No start, a date that cannot be read, does not exist or stands for none, one far in the future, or
/// an end before the start.
pub fn when(row: &Row, precision: Option<TimePrecision>, tally: &mut Tally) -> Result<When, Fault> {
    let read = |field: Field| {
        let text = given(row.get(field))?;
        let read = match row.day_of_number(text) {
            Some(day) => Ok(Dated::of((day, day, TimePrecision::Day))),
            None => date_and_clock(text, row.day_order(), row.has_moments()),
        };
        let read = read.map(|dated| {
            if row.is_half_converted() {
                exchanged(text, dated)
            } else {
                dated
            }
        });
        let read = read.and_then(|dated| possible(row, dated));
        Some(read.map_err(|reason| row.fault(field, reason)))
    };
    let start = read(Field::Start).transpose()?;
    let start = match start {
        None => of_parts(row)?,
        start => start,
    };
    let mut start = start.ok_or_else(|| row.fault(Field::Start, "no_date"))?;
    let mut end = read(Field::End).transpose()?;
    settle(row, &mut start, tally);
    if let Some(end) = &mut end {
        to_place(row, end, None);
    }
    let form = end
        .as_ref()
        .map_or(start.precision, |e| e.precision.max(start.precision));
    let precision = precision.map_or(form, |p| p.max(form));
    let (first, last) = match &end {
        Some(end) => (start.start, end.end),
        None if start.start == start.end => span_of(start.start, precision),
        None => (start.start, start.end),
    };
    let mut when = When::new(first, last, precision)
        .ok_or_else(|| row.fault(Field::End, "end_before_start"))?;
    if start.is_buddhist {
        tally.add("note-buddhist-years");
    }
    let placeholders = [Date::constant(1900, 1, 1), Date::constant(1970, 1, 1)];
    if placeholders.contains(&first) && first == last {
        tally.example("note-dates-suspect", row.line(), row.get(Field::Start));
    } else if first > row.today() {
        tally.example("note-dates-future", row.line(), row.get(Field::Start));
    }
    when.instant = start.instant;
    Ok(when)
}

/// A date of a spreadsheet that took the day for the month, with the two exchanged back; others stay as they are.
fn exchanged(text: &str, mut dated: Dated) -> Dated {
    let day = dated.start;
    if is_iso(text)
        && day == dated.end
        && let Ok(right) = Date::new(day.year(), day.day(), day.month())
    {
        (dated.start, dated.end) = (right, right);
    }
    dated
}

/// Dates that programs write where there is none, and those nothing can have happened on yet.
fn possible(row: &Row, dated: Dated) -> Result<Dated, DateFault> {
    const NONE: [Date; 2] = [Date::constant(1899, 12, 30), Date::constant(1899, 12, 31)];
    let far = row.today().saturating_add(Span::new().days(366));
    if dated.end > far && dated.precision != TimePrecision::Year {
        return Err("future_date");
    }
    match dated.start {
        day if day.year() < 1800 || NONE.contains(&day) || day.year() >= 9000 => {
            Err("placeholder_date")
        }
        day if day > far => Err("future_date"),
        _ => Ok(dated),
    }
}

/// The date of columns for year, month and day; `None` where they say nothing.
fn of_parts(row: &Row) -> Result<Option<Dated>, Fault> {
    let Some(year) = given(row.get(Field::Year)) else {
        return Ok(None);
    };
    let part = |field: Field| {
        let text = given(row.get(field)).map(|t| t.trim_end_matches(".0"));
        text.filter(|t| !["0", "00", "99"].contains(t))
    };
    let year = year.trim_end_matches(".0");
    let (text, at_fault) = match (part(Field::Month), part(Field::Day)) {
        (Some(month), Some(day)) => (format!("{year} {month} {day}"), Field::Day),
        // Without its month a day says nothing.
        (Some(month), None) => (format!("{year} {month}"), Field::Month),
        (None, _) => (year.to_owned(), Field::Year),
    };
    let read = date(&text, row.day_order()).and_then(|dated| possible(row, dated));
    read.map(Some).map_err(|reason| row.fault(at_fault, reason))
}
