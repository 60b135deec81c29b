//! Values given for all rows of a file, each for a field that no column gives: read like a cell, but
//! held against the same readers once, before any row.

use super::field::Field;
use super::mapping::Mapping;
use crate::domain::{Credibility, Grade, Reliability};
use crate::import::values::{
    DayOrder, actor_type, check_zone, clock, count, date, decimal, place_precision, time_precision,
};
use crate::locale::{Lang, Problem, tr};
use jiff::civil::Date;
use std::path::Path;

/// The column in which every record that has such a value says so; not one of [`OWN_COLUMNS`], so
/// that it stays where an export is imported.
///
/// [`OWN_COLUMNS`]: crate::import::fault::OWN_COLUMNS
pub const MARK: &str = "given_for_all_rows";

/// # Errors
/// A value that no row could be taken with.
pub fn check(path: &Path, mapping: &Mapping) -> Result<(), Problem> {
    let bad = |field: Field, reason: &str| {
        Problem::new(text!(
            "problem-set-value",
            file = path.display(),
            field = field.code(),
            value = mapping.value(field).unwrap_or_default(),
            reason = reason
        ))
    };
    for (field, value) in mapping.values() {
        read(field, value, mapping.day_order).map_err(|reason| bad(field, reason))?;
    }
    let day = |field: Field| date(mapping.value(field)?, mapping.day_order).ok();
    if let (Some(start), Some(end)) = (day(Field::Start), day(Field::End))
        && end.end < start.start
    {
        return Err(bad(Field::End, "end_before_start"));
    }
    let deaths = [Field::DeathsLow, Field::DeathsBest, Field::DeathsHigh]
        .map(|field| Some((field, count(mapping.value(field)?)?)));
    let known: Vec<(Field, u32)> = deaths.into_iter().flatten().collect();
    match known.windows(2).find(|pair| pair[0].1 > pair[1].1) {
        Some(pair) => Err(bad(pair[1].0, "deaths_order")),
        None => Ok(()),
    }
}

/// Reads a value as a row would; the reason where it could not.
fn read(field: Field, text: &str, order: DayOrder) -> Result<(), &'static str> {
    let code = |is_known: bool| is_known.then_some(()).ok_or("unknown_code");
    let grade = |is_one: bool| is_one.then_some(()).ok_or("bad_grade");
    let upper = text.to_ascii_uppercase();
    match field {
        Field::Start | Field::End | Field::SourceDate => date(text, order).map(drop),
        Field::Time => clock(Date::constant(2025, 2, 3), text).map(drop),
        Field::Zone => check_zone(Some(text)).map_err(|_| "unknown_code"),
        Field::DatePrecision => code(time_precision(text).is_some()),
        Field::PlacePrecision => code(place_precision(text).is_some()),
        Field::Actor1Type | Field::Actor2Type => code(actor_type(text).is_some()),
        Field::DeathsLow | Field::DeathsBest | Field::DeathsHigh => {
            count(text).map(drop).ok_or("bad_count")
        }
        Field::RadiusM => {
            let is_radius = decimal(text).is_some_and(|m| m.is_finite() && m >= 0.0);
            is_radius.then_some(()).ok_or("bad_number")
        }
        Field::Grade => grade(Grade::parse(&upper).is_some()),
        Field::Reliability => grade(Reliability::from_code(&upper).is_some()),
        Field::Credibility => grade(Credibility::from_code(&upper).is_some()),
        _ => Ok(()),
    }
}

/// That values are given.
pub fn note(path: &Path, mapping: &Mapping) -> Option<Problem> {
    listed(mapping)
        .map(|all| Problem::new(text!("note-given", file = path.display(), values = all)))
}

/// Name and value of a column for people: as the file has them, but for those of [`MARK`].
#[must_use]
pub fn in_words(lang: Lang, column: &str, value: &str) -> (String, String) {
    if column != MARK {
        return (column.to_owned(), value.to_owned());
    }
    let named = |part: &str| {
        let (code, value) = part.split_once(" = ")?;
        let field = Field::ALL.iter().find(|field| field.code() == code)?;
        Some(format!(
            "{}: {value}",
            tr(lang, text!("field-" + field.code()))
        ))
    };
    // A semicolon in a value leaves a part without a field.
    let parts = value.split("; ");
    let parts: Vec<String> = parts
        .map(|p| named(p).unwrap_or_else(|| p.to_owned()))
        .collect();
    (tr(lang, text!("card-given")), parts.join("; "))
}

/// `start = 2025-02-03; kind = arrest`; `None` where nothing is given.
pub fn listed(mapping: &Mapping) -> Option<String> {
    let all = mapping.values().map(|(f, v)| format!("{} = {v}", f.code()));
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| all.join("; "))
}
