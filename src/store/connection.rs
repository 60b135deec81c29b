//! Connections to a case, with the settings that all have.

use super::{guard, rtree, short};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// A connection to the file at `path`.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let conn = Connection::open_with_flags(path, flags)?;
    prepare(&conn)?;
    Ok(conn)
}

/// Gives a connection those settings.
pub(super) fn prepare(conn: &Connection) -> rusqlite::Result<()> {
    guard::harden(conn)?;
    rtree::register_functions(conn)?;
    short::register_functions(conn)?;
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536;",
    )
}

/// A file without a name can have no journal beside it, not even for its first page, and needs none to be
/// thrown away.
pub(super) fn keep_no_journal(conn: &Connection) -> rusqlite::Result<()> {
    let mode: String = conn.query_row("PRAGMA journal_mode = MEMORY", [], |r| r.get(0))?;
    match mode.as_str() {
        "memory" => conn.execute_batch("PRAGMA synchronous = OFF"),
        _ => Err(rusqlite::Error::InvalidQuery),
    }
}
