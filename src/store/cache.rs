//! The columns kept with the rows they were made of: a case of a million opens by reading some 80 MB
//! instead of every row.
//!
//! Triggers empty the table at any edit of the rows, by whatever program; whether it is still true is asked of
//! [`super::derived`]. It is not believed blindly: without all of these triggers it counts for nothing, its
//! numbers are checked (see [`super::codec`]), and some rows are held against the columns.

use super::{codec, reader};
use crate::index::{Columns, Row, RowActor, Wanted};
use rusqlite::{Connection, OptionalExtension, params};

/// Rows held against the columns at each reading.
const PROBES: u64 = 64;

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

/// The columns that are wanted as they are kept; `None` where there are none or anything about them is wrong. In
/// the caller's transaction, so that all are of one moment.
pub(super) fn read(conn: &Connection, wanted: Wanted) -> rusqlite::Result<Option<Columns>> {
    let Some(columns) = unproven(conn, wanted)? else {
        return Ok(None);
    };
    Ok(agrees_in_places(conn, &columns, wanted)?.then_some(columns))
}

/// As [`read`], without a look at the rows.
pub(super) fn read_unproven(conn: &Connection) -> rusqlite::Result<Option<Columns>> {
    unproven(conn, Wanted::ALL)
}

fn unproven(conn: &Connection, wanted: Wanted) -> rusqlite::Result<Option<Columns>> {
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

/// Holds some rows, spread over all and others in each case, against the columns.
fn agrees_in_places(
    conn: &Connection,
    columns: &Columns,
    wanted: Wanted,
) -> rusqlite::Result<bool> {
    let n = columns.len() as u64;
    // A linear congruential walk from a start that the data gives.
    let mut state = columns
        .id
        .iter()
        .take(8)
        .fold(n, |s, id| s ^ id.cast_unsigned());
    let mut rows = Vec::new();
    for _ in 0..PROBES.min(n) {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        rows.push(((state >> 33) % n) as Row);
    }
    let ids: Vec<i64> = rows.iter().map(|row| columns.id[*row as usize]).collect();
    let told = reader::columns_of(conn, &ids)?;
    Ok(rows.iter().zip(&ids).all(|(row, id)| {
        told.row_of(*id)
            .is_some_and(|of| same_row((columns, *row), (&told, of), wanted))
    }))
}

/// How many rows of two sets of columns say the same.
pub(super) fn rows_alike(kept: &Columns, told: &Columns) -> usize {
    let alike = |row: &Row| {
        kept.row_of(told.id[*row as usize])
            .is_some_and(|of| same_row((kept, of), (told, *row), Wanted::ALL))
    };
    (0..told.len() as Row).filter(alike).count()
}

/// Of the wanted columns.
fn same_row((a, row_a): (&Columns, Row), (b, row_b): (&Columns, Row), wanted: Wanted) -> bool {
    let (i, k) = (row_a as usize, row_b as usize);
    let actors = || {
        let (on_a, on_b) = (a.actors_of(row_a), b.actors_of(row_b));
        let same = |(x, y): (&RowActor, &RowActor)| {
            let (of_x, of_y) = (x.actor(), y.actor());
            a.actors.get(of_x) == b.actors.get(of_y)
                && a.actor_types[of_x.0 as usize] == b.actor_types[of_y.0 as usize]
                && (x.on_a(), x.on_b()) == (y.on_a(), y.on_b())
        };
        on_a.len() == on_b.len() && on_a.iter().zip(on_b).all(same)
    };
    let unless = |of: Wanted| !wanted.has(of);
    let days = (a.start_day[i], a.end_day[i]) == (b.start_day[k], b.end_day[k]);
    a.id[i] == b.id[k]
        && days
        && a.deaths(row_a) == b.deaths(row_b)
        && (unless(Wanted::CLOCK)
            || a.minute[i] == b.minute[k] && a.time_precision[i] == b.time_precision[k])
        && (unless(Wanted::POSITION)
            || a.lon[i].to_bits() == b.lon[k].to_bits() && a.lat[i].to_bits() == b.lat[k].to_bits())
        && (unless(Wanted::PRECISION)
            || a.radius_m[i].to_bits() == b.radius_m[k].to_bits()
                && a.place_precision[i] == b.place_precision[k])
        && (unless(Wanted::KIND) || a.kind[i] == b.kind[k])
        && (unless(Wanted::GRADE)
            || a.reliability[i] == b.reliability[k] && a.credibility[i] == b.credibility[k])
        && (unless(Wanted::DATASET) || a.datasets.get(a.dataset[i]) == b.datasets.get(b.dataset[k]))
        && (unless(Wanted::ADMIN) || a.admins.get(a.admin[i]) == b.admins.get(b.admin[k]))
        && (unless(Wanted::PLACE) || a.places.get(a.place[i]) == b.places.get(b.place[k]))
        && (unless(Wanted::ACTORS) || actors())
}
