//! The columns kept with the rows they were made of: a case of a million opens by reading some 80 MB
//! instead of every row.
//!
//! Triggers empty the table at any edit of the rows, by whatever program; whether it is still true is asked of
//! [`super::derived`]. It is not believed blindly: without all of these triggers it counts for nothing, its
//! numbers are checked (see [`super::codec`]), and some rows are held against the columns.

use super::codec;
use crate::index::{Columns, Wanted};
use rusqlite::{Connection, OptionalExtension, params};

/// Empties the cache at any edit of what it was made of: `(name, sql)`.
pub(super) fn triggers() -> Vec<(String, String)> {
    let tables = ["incident", "actor", "dataset"];
    let events = ["insert", "update", "delete"];
    let each = tables
        .iter()
        .flat_map(|t| events.iter().map(move |e| (t, e)));
    each.map(|(table, event)| {
        let name = format!("cache_{table}_{event}");
        let sql = format!(
            "CREATE TRIGGER \"{name}\" AFTER {} ON \"{table}\" BEGIN DELETE FROM \"cache\"; END",
            event.to_ascii_uppercase()
        );
        (name, sql)
    })
    .collect()
}

pub(super) fn empty(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM cache", [])?;
    Ok(())
}

/// Whether something is kept under this name, and kept true.
pub(super) fn has(conn: &Connection, name: &str) -> rusqlite::Result<bool> {
    Ok(is_guarded(conn)?
        && conn
            .prepare_cached("SELECT 1 FROM cache WHERE name = ?1")?
            .exists([name])?)
}

/// Whether all triggers are there. A case of version 1 has none, nor the table.
pub(super) fn is_guarded(conn: &Connection) -> rusqlite::Result<bool> {
    let mut find = conn.prepare_cached(
        "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name = ?1 AND sql = ?2",
    )?;
    for (name, sql) in triggers() {
        if !find.exists([name, sql])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Keeps the columns, which are those of the rows as they are now; in the caller's transaction.
pub(super) fn keep(conn: &Connection, columns: &Columns) -> rusqlite::Result<()> {
    let mut insert = conn.prepare(
        "INSERT INTO cache (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    for (name, blob) in codec::packed(columns) {
        insert.execute(params![name, blob])?;
    }
    Ok(())
}

/// The columns that are wanted as they are kept; `None` where there are none or anything about them is wrong.
/// In the caller's transaction, so that all are of one moment. Whether the rows agree is asked of
/// [`super::columns`].
pub(super) fn read(conn: &Connection, wanted: Wanted) -> rusqlite::Result<Option<Columns>> {
    if !is_guarded(conn)? {
        return Ok(None);
    }
    let mut find = conn.prepare("SELECT value FROM cache WHERE name = ?1")?;
    let mut columns = Columns::default();
    for name in codec::names_of(wanted) {
        let read = find
            .query_row([name], |r| {
                let blob = r.get_ref(0)?.as_blob().ok();
                Ok(blob.and_then(|blob| codec::unpack_into(&mut columns, name, blob)))
            })
            .optional()?;
        if read.flatten().is_none() {
            return Ok(None);
        }
    }
    if !codec::fit(&columns, wanted) {
        return Ok(None);
    }
    columns.derive_wanted(wanted);
    let ids = &columns.id;
    let once = columns
        .by_id
        .is_sorted_by(|a, b| ids[*a as usize] < ids[*b as usize]);
    Ok(once.then_some(columns))
}
