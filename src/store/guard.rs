//! A case file may come from a stranger. Before it is used: is it a case at all, of a version we
//! know, sound, and free of triggers and views that we did not write?

use super::{cache, rtree, search, sql_problem};
use crate::locale::Problem;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::io::Read;
use std::path::Path;

/// `GPKG`, in the SQLite header.
pub(super) const APPLICATION_ID: i64 = 0x4750_4B47;
/// GeoPackage 1.4.
pub(super) const USER_VERSION: i64 = 10_400;

/// A bigger case opens unchecked: SQLite tells of damage where it meets it, and
/// [`super::Case::quick_check`] looks at all of it.
pub(super) const CHECKED_AT_OPEN_BYTES: u64 = 64 * 1024 * 1024;

/// Settings that make a hostile schema harmless; for every connection.
pub(super) fn harden(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    Ok(())
}

/// Looks at the file without changing it; the schema version where all is well.
pub(super) fn inspect(path: &Path) -> Result<i64, Problem> {
    looks_like_sqlite(path)?;
    finish_rollback(path)?;
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|e| sql_problem(path, &e))?;
    let problem = |e: rusqlite::Error| sql_problem(path, &e);
    harden(&conn).map_err(problem)?;
    let application_id: i64 = conn
        .query_row("PRAGMA application_id", [], |r| r.get(0))
        .map_err(problem)?;
    let has_settings: bool = conn
        .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('setting', 'incident', 'import')", [], |r| r.get::<_, i64>(0))
        .map_err(problem)?
        == 3;
    if application_id != APPLICATION_ID || !has_settings {
        return Err(Problem::file("problem-not-a-case", path));
    }
    only_our_schema(&conn, path)?;
    let size_bytes = std::fs::metadata(path).map_or(0, |m| m.len());
    if size_bytes <= CHECKED_AT_OPEN_BYTES {
        quick_check(&conn, path)?;
    }
    let version: Option<String> = conn
        .query_row(
            "SELECT value FROM setting WHERE key = 'schema_version'",
            [],
            |r| r.get(0),
        )
        .optional()
        .map_err(problem)?;
    version
        .and_then(|v| v.parse().ok())
        .ok_or_else(|| Problem::file("problem-not-a-case", path))
}

/// Whether every page is where it belongs; reads the whole file.
pub(super) fn quick_check(conn: &Connection, path: &Path) -> Result<(), Problem> {
    let sound: String = conn
        .query_row("PRAGMA quick_check(1)", [], |r| r.get(0))
        .map_err(|e| sql_problem(path, &e))?;
    match sound.as_str() {
        "ok" => Ok(()),
        _ => Err(Problem::file("problem-case-damaged", path)
            .with("cause", sound.lines().last().unwrap_or_default())),
    }
}

fn looks_like_sqlite(path: &Path) -> Result<(), Problem> {
    if path.is_dir() {
        return Err(Problem::file("problem-file-is-folder", path));
    }
    let mut head = Vec::new();
    std::fs::File::open(path)
        .and_then(|f| f.take(16).read_to_end(&mut head))
        .map_err(|e| Problem::io(path, &e))?;
    match head.as_slice() {
        [] => Err(Problem::file("problem-file-empty", path)),
        b"SQLite format 3\0" => Ok(()),
        _ => Err(Problem::file("problem-not-a-case", path)),
    }
}

/// A program that ended in the middle of an import leaves its journal beside the case. Putting the
/// case back as it was needs a connection that may write; reading alone does not do it.
fn finish_rollback(path: &Path) -> Result<(), Problem> {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    if std::fs::metadata(journal).is_ok_and(|m| m.len() > 0) {
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(|e| sql_problem(path, &e))?;
        harden(&conn)
            .and_then(|()| conn.query_row("PRAGMA schema_version", [], |_| Ok(())))
            .map_err(|e| sql_problem(path, &e))?;
    }
    Ok(())
}

/// Triggers and views run code of whoever wrote the file: only our own are let in, word for word. (`trusted_schema` and `DEFENSIVE` let a plain trigger pass.)
fn only_our_schema(conn: &Connection, path: &Path) -> Result<(), Problem> {
    let problem = |e: rusqlite::Error| sql_problem(path, &e);
    let ours: std::collections::HashMap<String, String> = rtree::FEATURE_TABLES
        .iter()
        .flat_map(|t| rtree::triggers(t))
        .chain(cache::triggers())
        .collect();
    let mut statement = conn
        .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
        .map_err(problem)?;
    let mut rows = statement.query([]).map_err(problem)?;
    while let Some(row) = rows.next().map_err(problem)? {
        let entry = (|| {
            Ok::<_, rusqlite::Error>((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        })();
        let (kind, name, sql) = entry.map_err(problem)?;
        let lower = sql.to_ascii_lowercase();
        let allowed = match kind.as_str() {
            "trigger" => ours.get(&name).is_some_and(|known| *known == sql),
            "view" => false,
            "table" if lower.starts_with("create virtual") => {
                (lower.contains("using rtree") && name.starts_with("rtree_"))
                    || sql == search::CREATE
            }
            _ => true,
        };
        if !allowed {
            return Err(Problem::file("problem-case-foreign-code", path).with("name", name));
        }
    }
    Ok(())
}
