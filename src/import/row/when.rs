//! When a row says it happened, by its columns of dates, of their parts and of clock times. A date with a
//! clock time stays the day it is written with; a moment in UTC counts on the civil day of its place where
//! that is asked for or the format is in UTC by definition.

use super::field::Field;
use super::mapped::Row;
use super::position::lon_lat;
use super::tally::Tally;
use crate::domain::zone::zone_of;
use crate::domain::{Instant, TimePrecision, When};
use crate::import::fault::Fault;
use crate::import::values::{
    Clock, DateFault, Dated, Written, by_name, clock, date, date_and_clock, given, is_iso,
    is_midnight, is_utc, named_zone, span_of,
};
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

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
        tally.add(text!("note-buddhist-years"; n));
    }
    let placeholders = [Date::constant(1900, 1, 1), Date::constant(1970, 1, 1)];
    if placeholders.contains(&first) && first == last {
        tally.example(
            text!("note-dates-suspect"; first, n),
            row.line(),
            row.get(Field::Start),
        );
    } else if first > row.today() {
        tally.example(
            text!("note-dates-future"; first, n),
            row.line(),
            row.get(Field::Start),
        );
    }
    when.instant = start.instant;
    Ok(when)
}

/// Joins the clock time of a column of its own to the day, and makes a moment of one without a zone
/// where row or user name its zone. What cannot be made one is counted and stays as written. A moment
/// counts on the day at its place, see [`to_place`].
fn settle(row: &Row, start: &mut Dated, tally: &mut Tally) {
    let named = given(row.get(Field::Zone));
    if named.is_some_and(|name| named_zone(name).is_none()) {
        row.count(
            Field::Zone,
            text!("note-quality-unread"; column, n, words),
            tally,
        );
    }
    if start.instant.is_some() {
        return to_place(row, start, Some(tally));
    }
    if start.start != start.end {
        return;
    }
    let beside = given(row.get(Field::Time)).filter(|t| start.clock.is_none() && !is_midnight(t));
    match beside.map(|text| clock(start.start, text)) {
        Some(Ok(Clock::Moment(instant))) => {
            start.precision = TimePrecision::Minute;
            start.instant = Some(instant);
            if beside.is_some_and(is_utc) {
                start.written = Written::Utc;
            }
            return to_place(row, start, Some(tally));
        }
        Some(Ok(Clock::Local(time))) => start.clock = Some(time),
        Some(Err(_)) => tally.add(text!("note-clock-unread"; n)),
        None => {}
    }
    let Some(time) = start.clock else { return };
    let Some((zone, name)) = zone(row) else {
        tally.add(text!("note-clock-without-zone"; n));
        return;
    };
    // In the hour that a change of clocks skips or repeats, the text does not tell the moment.
    let at = zone.to_ambiguous_timestamp(start.start.to_datetime(time));
    match at.unambiguous() {
        Ok(utc) => {
            start.precision = TimePrecision::Minute;
            start.instant = Some(Instant { utc, zone: name });
        }
        Err(_) => tally.add(text!("note-clock-ambiguous"; n)),
    }
}

/// Lets a moment count on the civil day of its place: where the user asks for that, and for times in
/// UTC of programs that write all of theirs so. Of others in UTC that would count on another day at
/// their place, only a note says so.
fn to_place(row: &Row, dated: &mut Dated, tally: Option<&mut Tally>) {
    let Some(instant) = &mut dated.instant else {
        return;
    };
    let is_utc = dated.written != Written::Otherwise;
    let is_asked = row.zone() == Some("place");
    if !is_asked && !is_utc {
        return;
    }
    let Some((zone, name)) = zone_of_place(row) else {
        if let Some(tally) = tally {
            tally.add(text!("note-utc-nowhere"; n));
        }
        return;
    };
    let day = instant.utc.to_zoned(zone).date();
    let by_program = dated.written == Written::UtcByProgram || (is_utc && row.times_are_utc());
    let is_same_day = day == dated.start;
    let key = match (is_asked || by_program, is_same_day) {
        (true, false) => text!("note-utc-moved"; n),
        (true, true) => text!("note-utc-placed"; n),
        (false, false) => text!("note-utc-late"; n),
        (false, true) => return,
    };
    if is_asked || by_program {
        (dated.start, dated.end) = (day, day);
        instant.zone = name;
    }
    if let Some(tally) = tally {
        tally.add(key);
    }
}

/// The zone that the row names, else the one that the user gives, else that of where it lies.
fn zone(row: &Row) -> Option<(TimeZone, String)> {
    let of_row = given(row.get(Field::Zone)).and_then(named_zone);
    if of_row.is_some() {
        return of_row;
    }
    match row.zone()? {
        "place" => zone_of_place(row),
        name => named_zone(name),
    }
}

/// The zone of where the row lies, by its names and its position.
fn zone_of_place(row: &Row) -> Option<(TimeZone, String)> {
    let at = row
        .anchor()
        .or_else(|| lon_lat(row).ok().map(|(lon, lat)| [lon, lat]))
        // The row is rejected for these later; no zone is looked for around them.
        .filter(|[lon, lat]| lon.abs() <= 180.0 && lat.abs() <= 90.0);
    let places = row.places();
    let name = zone_of(&places, at).or_else(|| crate::gazetteer::zone_at(&places.country, at?))?;
    Some((by_name(name)?, name.to_owned()))
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
