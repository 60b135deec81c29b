//! A case file may come from a stranger. Before it is used: is it a case at all, of a version we
//! know, sound, and made of what we made, word for word? It is the connection that is used later that
//! is looked at, so that nothing can be put in its place in between.

use super::migrate::{APPLICATION_ID, SCHEMA_VERSION};
use super::problem::{not_ours, sql_problem};
use super::schema::{foreign_to, missing_from, objects, of_version};
use crate::locale::Problem;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

/// A bigger case opens unchecked: SQLite reports damage where it meets it, and
/// [`super::Case::quick_check`] looks at all of it.
pub(super) const CHECKED_AT_OPEN_BYTES: u64 = 64 * 1024 * 1024;

/// Settings that make a hostile schema harmless; for every connection. What is deleted is overwritten
/// with zeros: an undone import leaves no witness's words in the file.
pub(super) fn harden(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))
}

/// Looks at the case of a connection without changing it; the schema version where all is well.
/// `bytes` of the file are few enough to be checked page by page, or `None`.
pub(super) fn inspect(
    conn: &mut Connection,
    path: &Path,
    bytes: Option<u64>,
) -> Result<i64, Problem> {
    let problem = |e: rusqlite::Error| sql_problem(path, &e);
    let not_a_case = || Problem::new(text!("problem-not-a-case", file = path.display()));
    let application_id: i64 = conn
        .query_row("PRAGMA application_id", [], |r| r.get(0))
        .map_err(problem)?;
    if application_id != APPLICATION_ID {
        return Err(not_a_case());
    }
    let there = objects(conn).map_err(problem)?;
    let is_there = |name: &str| there.iter().any(|o| o.kind == "table" && o.name == name);
    if !["setting", "incident", "import"].into_iter().all(is_there) {
        return Err(not_a_case());
    }
    let foreign = |name: String| {
        Problem::new(text!(
            "problem-case-foreign-code",
            file = path.display(),
            name = name
        ))
    };
    // The version is read from a table that is known to be a plain one.
    if let Some(name) =
        foreign_to(conn, &there, of_version(1), &|o| o.table == "setting").map_err(problem)?
    {
        return Err(foreign(name));
    }
    let version = version(conn).map_err(problem)?;
    let known = 1..=SCHEMA_VERSION;
    match version.as_deref().map(str::parse) {
        Some(Ok(version)) if known.contains(&version) => {
            if let Some(name) =
                foreign_to(conn, &there, of_version(version), &|_| true).map_err(problem)?
            {
                return Err(foreign(name));
            }
            if let Some(name) = missing_from(&there, of_version(version)) {
                return Err(Problem::new(text!(
                    "problem-case-incomplete",
                    file = path.display(),
                    name = name
                )));
            }
            if let Some(bytes) = bytes.filter(|n| *n <= CHECKED_AT_OPEN_BYTES) {
                within(conn, bytes, path, |conn| quick_check(conn, path))?;
            }
            Ok(version)
        }
        Some(Ok(version)) if version > SCHEMA_VERSION => Err(Problem::new(text!(
            "problem-case-newer",
            file = path.display(),
            version = version,
            known = SCHEMA_VERSION
        ))),
        _ => Err(Problem::new(text!(
            "problem-case-version",
            file = path.display(),
            version = version.unwrap_or_default()
        ))),
    }
}

/// Whether a connection still shows what we made, as an error that [`sql_problem`] has a sentence for.
/// Asked at the beginning of each transaction that writes: another program may have added a trigger
/// since the case was opened.
pub(super) fn still_ours(conn: &Connection) -> rusqlite::Result<()> {
    let there = objects(conn)?;
    let version = version(conn)?.and_then(|v| v.parse().ok()).unwrap_or(0);
    match foreign_to(conn, &there, of_version(version), &|_| true)? {
        None => Ok(()),
        Some(name) => Err(not_ours(name)),
    }
}

fn version(conn: &Connection) -> rusqlite::Result<Option<String>> {
    // A forged one may be anything.
    const LONGEST: usize = 40;
    conn.query_row(
        "SELECT value FROM setting WHERE key = 'schema_version'",
        [],
        |r| {
            let bytes = r.get_ref(0)?.as_bytes().unwrap_or_default();
            let bytes = &bytes[..bytes.len().min(LONGEST)];
            Ok(String::from_utf8_lossy(bytes).into_owned())
        },
    )
    .optional()
}

/// Whether every page is where it belongs; reads the whole file.
pub(super) fn quick_check(conn: &Connection, path: &Path) -> Result<(), Problem> {
    let sound: String = conn
        .query_row("PRAGMA quick_check(1)", [], |r| r.get(0))
        .map_err(|e| sql_problem(path, &e))?;
    match sound.as_str() {
        "ok" => Ok(()),
        _ => Err(Problem::new(text!(
            "problem-case-damaged",
            file = path.display(),
            cause = sound.lines().last().unwrap_or_default()
        ))),
    }
}

/// Does something that a sound file of so many bytes lets SQLite do in a bounded number of steps; a
/// crafted one (a tree that is its own branch) may have no end.
pub(super) fn within<T>(
    conn: &mut Connection,
    bytes: u64,
    path: &Path,
    work: impl FnOnce(&Connection) -> Result<T, Problem>,
) -> Result<T, Problem> {
    const STEPS_AT_ONCE: i32 = 100_000;
    let mut left = 1_000 + bytes.saturating_mul(64) / STEPS_AT_ONCE as u64;
    let spent = move || {
        left = left.saturating_sub(1);
        left == 0
    };
    let problem = |e: rusqlite::Error| sql_problem(path, &e);
    conn.progress_handler(STEPS_AT_ONCE, Some(spent))
        .map_err(problem)?;
    let done = work(conn);
    conn.progress_handler(STEPS_AT_ONCE, None::<fn() -> bool>)
        .map_err(problem)?;
    done
}
