//! The schema's version and the steps from each to the next.

use super::{guard, rtree};
use rusqlite::Connection;

/// The version this program writes.
pub const SCHEMA_VERSION: i64 = 1;

/// One step: from version `i + 1` to `i + 2` for the step at index `i`. Append only.
const STEPS: &[fn(&Connection) -> rusqlite::Result<()>] = &[];

const _: () = assert!(STEPS.len() as i64 + 1 == SCHEMA_VERSION);

/// Fills an empty database with the schema.
pub(super) fn create(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        "PRAGMA application_id = {}; PRAGMA user_version = {};",
        guard::APPLICATION_ID,
        guard::USER_VERSION
    ))?;
    let tx = conn.unchecked_transaction()?;
    tx.execute_batch(include_str!("schema.sql"))?;
    rtree::create(&tx)?;
    tx.execute(
        "INSERT INTO setting (key, value) VALUES ('schema_version', ?1)",
        [SCHEMA_VERSION.to_string()],
    )?;
    tx.commit()
}

/// Takes the steps from `version` on, in one transaction.
pub(super) fn upgrade(conn: &Connection, version: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(version - 1).unwrap_or(0);
    let Some(steps) = STEPS.get(done..).filter(|s| !s.is_empty()) else {
        return Ok(());
    };
    let tx = conn.unchecked_transaction()?;
    for step in steps {
        step(&tx)?;
    }
    tx.execute(
        "UPDATE setting SET value = ?1 WHERE key = 'schema_version'",
        [SCHEMA_VERSION.to_string()],
    )?;
    tx.commit()
}
