//! Values that the program cannot use: another program wrote them, and without a word here the rows
//! would be missing from map and counts.

use super::{CheckReport, Wrong};
use crate::domain::Deaths;
use crate::store::{geometry, reader};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// Incidents without a usable place or date, and those whose deaths cannot be.
pub(super) fn incidents(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    let (mut unusable, mut deaths) = (Wrong::default(), Wrong::default());
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
    }
    unusable.into_report("usable", report);
    deaths.into_report("deaths", report);
    Ok(())
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
