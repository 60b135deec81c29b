//! The schema's version and the steps from each to the next. A new case is one of version 1 that
//! takes all of them.

use super::{cache, hash, rtree};
use rusqlite::Connection;

/// `GPKG`, in the SQLite header.
pub(super) const APPLICATION_ID: i64 = 0x4750_4B47;
/// GeoPackage 1.4.
pub(super) const USER_VERSION: i64 = 10_400;

/// The index of words, which a big case may have. Words are cut before they come in, so that the simplest
/// tokenizer cuts at the same places.
pub(super) const SEARCH_INDEX: &str = "CREATE VIRTUAL TABLE search USING \
    fts5(text, content='', detail=none, columnsize=0, tokenize='ascii')";

/// The version this program writes.
pub const SCHEMA_VERSION: i64 = 4;

/// One step: from version `i + 1` to `i + 2` for the step at index `i`. Append only.
const STEPS: &[fn(&Connection) -> rusqlite::Result<()>] = &[to_2, to_3, to_4];

const _: () = assert!(STEPS.len() as i64 + 1 == SCHEMA_VERSION);

/// Columns that a table of the file lacks where its case is of an earlier version.
pub(super) const LATER_COLUMNS: [(&str, &str, &str); 3] = [
    (
        "import",
        "first_actor",
        "NULL AS columns, NULL AS options, NULL AS known_at, 0 AS \"full\", 0 AS retired, NULL AS first_actor, NULL AS extra_names",
    ),
    ("import", "extra_names", "NULL AS extra_names"),
    ("incident", "version", "NULL AS version"),
];

/// Tables that an earlier version lacks.
pub(super) const LATER_TABLES: [&str; 5] = ["revision", "movement", "place", "series", "link"];

/// Half the calls to the system of SQLite's own 4 KiB when a million rows are written.
const PAGE_BYTES: u32 = 8192;

/// Fills an empty database with the schema.
pub(super) fn create(conn: &Connection) -> rusqlite::Result<()> {
    create_as_of(conn, SCHEMA_VERSION)
}

/// As [`create`], with the schema of an earlier version.
pub(super) fn create_as_of(conn: &Connection, version: i64) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        "PRAGMA page_size = {PAGE_BYTES}; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {USER_VERSION};"
    ))?;
    let tx = conn.unchecked_transaction()?;
    tx.execute_batch(include_str!("schema.sql"))?;
    rtree::create(&tx)?;
    tx.execute(
        "INSERT INTO setting (key, value) VALUES ('schema_version', '1')",
        [],
    )?;
    take_steps(&tx, 1, version)?;
    tx.commit()
}

/// Takes the steps from `version` on, in one transaction.
pub(super) fn upgrade(conn: &Connection, version: i64) -> rusqlite::Result<()> {
    upgrade_to(conn, version, SCHEMA_VERSION)
}

/// As [`upgrade`], to the version that an earlier program wrote.
pub(super) fn upgrade_to(conn: &Connection, from: i64, to: i64) -> rusqlite::Result<()> {
    if from >= to {
        return Ok(());
    }
    let tx = conn.unchecked_transaction()?;
    take_steps(&tx, from, to)?;
    tx.commit()?;
    // Earlier programs left what they deleted in free pages. Without room for it they stay, and `check` says so.
    let free: i64 = conn.query_row("PRAGMA freelist_count", [], |r| r.get(0))?;
    if free > 0 {
        let _ = conn.execute_batch("VACUUM");
    }
    Ok(())
}

fn take_steps(conn: &Connection, from: i64, to: i64) -> rusqlite::Result<()> {
    let at = |version: i64| usize::try_from(version - 1).unwrap_or(0);
    for step in STEPS.get(at(from)..at(to)).unwrap_or_default() {
        step(conn)?;
    }
    conn.execute(
        "UPDATE setting SET value = ?1 WHERE key = 'schema_version'",
        [to.to_string()],
    )?;
    Ok(())
}

/// Adds revisions and the cache. Rows keep the fingerprint that version 1 gave them, and the case
/// says so: giving them new ones would rewrite the whole file.
fn to_2(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(include_str!("schema_2.sql"))?;
    conn.execute(
        "INSERT INTO setting (key, value) SELECT ?1, 'true' WHERE EXISTS (SELECT 1 FROM incident)",
        [hash::KEEPS_V1],
    )?;
    rtree::create_triggers(conn, &cache::triggers())
}

/// Adds movements, places and links, and what a delivery says of itself.
fn to_3(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(include_str!("schema_3.sql"))
}

/// Adds the names of further columns to the import; rows that carry them themselves stay as they are.
fn to_4(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(include_str!("schema_4.sql"))
}
