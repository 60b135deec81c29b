//! Values of cells: how each is written and how it is read back. A file may have been edited elsewhere:
//! what is not understood reads as not given.

use crate::domain::{Instant, LocalText};
use jiff::civil::Date;
use rusqlite::Row;

pub(super) fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// `2025-02-03`
pub(super) fn date_text(date: Date) -> String {
    let (Ok(year @ 0..=9999), month, day) = (u16::try_from(date.year()), date.month(), date.day())
    else {
        return date.to_string();
    };
    let digit = |n: u16| char::from(b'0' + (n % 10) as u8);
    let (month, day) = (month.unsigned_abs().into(), day.unsigned_abs().into());
    let mut text = String::with_capacity(10);
    for n in [year / 1000, year / 100, year / 10, year] {
        text.push(digit(n));
    }
    for n in [month, day] {
        text.push('-');
        text.push(digit(n / 10));
        text.push(digit(n));
    }
    text
}

/// Sides are joined by `;`, so a name cannot hold one.
pub(super) fn plain_name(name: &str) -> String {
    name.replace(';', ",")
}

/// A JSON object in the order given.
pub(super) fn extra_json<'t>(extra: &[(String, String)], json: &'t mut Vec<u8>) -> Option<&'t str> {
    json.clear();
    for (name, value) in extra {
        json.push(if json.is_empty() { b'{' } else { b',' });
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(&mut *json, name);
        json.push(b':');
        let _ = serde_json::to_writer(&mut *json, value);
    }
    json.push(b'}');
    std::str::from_utf8(json).ok().filter(|_| !extra.is_empty())
}

/// Text of a column, empty for NULL and for what is not text.
pub(super) fn text(r: &Row<'_>, i: usize) -> rusqlite::Result<String> {
    Ok(r.get_ref(i)?.as_str().unwrap_or_default().to_owned())
}

pub(super) fn some_text(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<String>> {
    Ok(r.get_ref(i)?.as_str().ok().map(str::to_owned))
}

pub(super) fn real(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<f64>> {
    Ok(r.get_ref(i)?.as_f64().ok())
}

pub(super) fn date(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<Date>> {
    Ok(r.get_ref(i)?.as_str().ok().and_then(|t| t.parse().ok()))
}

pub(super) fn coded<T>(
    r: &Row<'_>,
    i: usize,
    from_code: fn(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    Ok(r.get_ref(i)?.as_str().ok().and_then(from_code))
}

/// A count of people; `None` also for what is none.
pub(super) fn count(r: &Row<'_>, i: usize) -> rusqlite::Result<Option<u32>> {
    Ok(r.get_ref(i)?
        .as_i64()
        .ok()
        .and_then(|n| u32::try_from(n).ok()))
}

pub(super) fn instant(utc: &str, zone: String) -> Option<Instant> {
    Some(Instant {
        utc: utc.parse().ok()?,
        zone,
    })
}

/// A text, with the Spanish one in the next column.
pub(super) fn local(r: &Row<'_>, i: usize) -> rusqlite::Result<LocalText> {
    Ok(LocalText {
        text: text(r, i)?,
        es: some_text(r, i + 1)?,
    })
}
