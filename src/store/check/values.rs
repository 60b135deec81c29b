//! Values that the program cannot use: another program wrote them, and without a word here the rows
//! would be missing from map and counts.

use super::{CheckReport, Wrong};
use crate::domain::{Credibility, Deaths, Grade, Kind, PlacePrecision, Relation, TimePrecision};
use crate::store::{geometry, reader};
use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// Incidents without a usable place or date, those whose deaths cannot be, and those with codes or further columns
/// that cannot be read.
pub(super) fn incidents(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    let (mut unusable, mut deaths) = (Wrong::default(), Wrong::default());
    let (mut codes, mut further) = (Wrong::default(), Wrong::default());
    let sql = format!(
        "SELECT i.id, {} FROM incident i ORDER BY i.id",
        reader::INCIDENT_COLUMNS
    );
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if !reader::is_usable(row, 1)? {
            unusable.add(id);
        }
        let [low, best, high] =
            ["deaths_low", "deaths_best", "deaths_high"].map(|name| row.get_ref(name));
        let [low, best, high] = [count(low?), count(best?), count(high?)];
        let possible = match (low, best, high) {
            (Some(low), Some(best), Some(high)) => Deaths::new(low, best, high).is_some(),
            _ => false,
        };
        if !possible {
            deaths.add(id);
        }
        let is_known = has_code(row.get_ref("kind")?, Kind::from_code)
            && has_code(row.get_ref("time_precision")?, TimePrecision::from_code)
            && has_code(row.get_ref("place_precision")?, PlacePrecision::from_code)
            && has_code(row.get_ref("grade")?, Grade::parse)
            && (is_null(row.get_ref("credibility")?)
                || has_code(row.get_ref("credibility")?, Credibility::from_code));
        if !is_known {
            codes.add(id);
        }
        if !is_json(row.get_ref("extra")?) || !is_json(row.get_ref("related")?) {
            further.add(id);
        }
    }
    unusable.into_report("usable", report);
    deaths.into_report("deaths", report);
    codes.into_report("codes", report);
    further.into_report("further", report);
    Ok(())
}

/// Territories with a relation, a grade, a share or a date that cannot be read.
pub(super) fn territories(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    let mut wrong = Wrong::default();
    let mut statement = conn.prepare(
        "SELECT id, relation, grade, valid_from, valid_to, share_low, share_high, extra FROM territory ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let date = |name| -> rusqlite::Result<Option<Option<Date>>> {
            Ok(match row.get_ref(name)? {
                ValueRef::Null => Some(None),
                value => value
                    .as_str()
                    .ok()
                    .and_then(|text| text.parse().ok())
                    .map(Some),
            })
        };
        let share = |name| -> rusqlite::Result<bool> {
            Ok(match row.get_ref(name)? {
                ValueRef::Null => true,
                ValueRef::Real(per_cent) => (0.0..=100.0).contains(&per_cent),
                ValueRef::Integer(per_cent) => (0..=100).contains(&per_cent),
                _ => false,
            })
        };
        let in_order = match (date("valid_from")?, date("valid_to")?) {
            (Some(Some(from)), Some(Some(to))) => from <= to,
            (from, to) => from.is_some() && to.is_some(),
        };
        let is_known = has_code(row.get_ref("relation")?, Relation::from_code)
            && has_code(row.get_ref("grade")?, Grade::parse)
            && share("share_low")?
            && share("share_high")?
            && is_json(row.get_ref("extra")?);
        if !is_known || !in_order {
            wrong.add(row.get(0)?);
        }
    }
    wrong.into_report("territory-values", report);
    Ok(())
}

fn has_code<T>(value: ValueRef<'_>, read: fn(&str) -> Option<T>) -> bool {
    value.as_str().is_ok_and(|code| read(code).is_some())
}

fn is_null(value: ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Null)
}

/// JSON, or none.
fn is_json(value: ValueRef<'_>) -> bool {
    let is_read = |text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    is_null(value) || value.as_str().is_ok_and(is_read)
}

/// A count or none; the outer `None` for what is neither.
fn count(value: ValueRef<'_>) -> Option<Option<u32>> {
    match value {
        ValueRef::Null => Some(None),
        ValueRef::Integer(n) => u32::try_from(n).ok().map(Some),
        _ => None,
    }
}

/// Whether a blob is a shape of the kind that a table holds.
type IsShape = fn(&[u8]) -> bool;

/// Areas, lines and places whose shape cannot be read.
pub(super) fn shapes(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    let of: [(&str, &'static str, IsShape); 3] = [
        ("territory", "territory-shapes", |blob| {
            geometry::read_multi_polygon(blob).is_some()
        }),
        ("movement", "movement-shapes", |blob| {
            geometry::read_multi_line(blob).is_some()
        }),
        ("place", "place-shapes", |blob| {
            geometry::read_point(blob).is_some()
        }),
    ];
    for (table, name, is_shape) in of {
        let mut wrong = Wrong::default();
        let mut statement =
            conn.prepare(&format!("SELECT id, geom FROM \"{table}\" ORDER BY id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let is_sound = match row.get_ref(1)? {
                // A place may be known by name only.
                ValueRef::Null => table == "place",
                ValueRef::Blob(blob) => is_shape(blob),
                _ => false,
            };
            if !is_sound {
                wrong.add(row.get(0)?);
            }
        }
        wrong.into_report(name, report);
    }
    Ok(())
}
