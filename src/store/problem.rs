//! What SQLite and the disk say, as something to do about it.

use super::lock::Refused;
use crate::locale::Problem;
use rusqlite::{Connection, ErrorCode, ffi};
use std::path::Path;

/// Why nobody else may write to the case now.
pub(super) fn refused_problem(path: &Path, refused: Refused) -> Problem {
    match refused {
        Refused::Taken => Problem::new(text!("problem-case-in-use", file = path.display())),
        Refused::InTheWay(lock) => Problem::new(text!(
            "problem-lock-in-the-way",
            file = path.display(),
            lock = lock.display()
        )),
        // Making a file in a folder that is not there, or on a disk that takes none.
        Refused::Io(e) if !path.exists() => Problem::unwritten(path, &e),
        Refused::Io(e) => match e.kind() {
            std::io::ErrorKind::ReadOnlyFilesystem => {
                Problem::new(text!("problem-read-only-disk", file = path.display()))
            }
            _ => Problem::new(text!(
                "problem-case-place",
                file = path.display(),
                cause = e
            )),
        },
    }
}

/// What SQLite says, as something to do about it.
pub(super) fn sql_problem(path: &Path, error: &rusqlite::Error) -> Problem {
    if let Some(name) = foreign_object(error) {
        return Problem::new(text!(
            "problem-case-foreign-change",
            file = path.display(),
            name = name
        ));
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            Problem::new(text!("problem-disk-full", file = path.display()))
        }
        Some(ErrorCode::ReadOnly) => {
            Problem::new(text!("problem-read-only-disk", file = path.display()))
        }
        Some(ErrorCode::NotADatabase) => {
            Problem::new(text!("problem-not-a-case", file = path.display()))
        }
        Some(ErrorCode::DatabaseCorrupt) => Problem::new(text!(
            "problem-case-damaged",
            file = path.display(),
            cause = error
        )),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Problem::new(text!("problem-case-in-use", file = path.display()))
        }
        Some(ErrorCode::CannotOpen) => {
            Problem::new(text!("problem-case-cannot-open", file = path.display()))
        }
        Some(ErrorCode::SystemIoFailure) if was_writing(error) => Problem::new(text!(
            "problem-case-unwritten",
            file = path.display(),
            cause = error
        )),
        // Our own statements fail where the tables or what is in them are not ours.
        Some(ErrorCode::Unknown) | None => Problem::new(text!(
            "problem-case-layout",
            file = path.display(),
            cause = cause_of(error)
        )),
        _ => Problem::new(text!(
            "problem-file-io",
            file = path.display(),
            cause = error
        )),
    }
}

/// The error of a schema that is not ours any more, with the name of what is strange in it.
pub(super) fn not_ours(name: String) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_SCHEMA), Some(name))
}

/// The name that [`not_ours`] was given.
fn foreign_object(error: &rusqlite::Error) -> Option<&str> {
    match error {
        rusqlite::Error::SqliteFailure(e, Some(name)) if e.code == ErrorCode::SchemaChanged => {
            Some(name)
        }
        _ => None,
    }
}

fn was_writing(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|e| e.extended_code);
    let of_writes = [
        ffi::SQLITE_IOERR_WRITE,
        ffi::SQLITE_IOERR_FSYNC,
        ffi::SQLITE_IOERR_DIR_FSYNC,
        ffi::SQLITE_IOERR_TRUNCATE,
        ffi::SQLITE_IOERR_DELETE,
    ];
    code.is_some_and(|code| of_writes.contains(&code))
}

/// What SQLite found, without the statement that it found it in.
fn cause_of(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// Ids from here on are nobody's: the room behind them is more than any import takes.
pub(super) const LAST_ID: i64 = i64::MAX - (1 << 40);

/// That there are no more ids, as SQLite itself says it.
pub(super) fn no_more_ids() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_FULL), None)
}

/// As [`sql_problem`], where the case may have been written to: SQLite says of a table that has given its
/// last id what it says of a full disk.
pub(super) fn write_problem(conn: &Connection, path: &Path, error: &rusqlite::Error) -> Problem {
    let is_spent = || {
        let spent = "SELECT EXISTS (SELECT 1 FROM sqlite_sequence WHERE seq >= ?1) \
                     OR EXISTS (SELECT 1 FROM incident WHERE id >= ?1)";
        conn.query_row(spent, [LAST_ID], |r| r.get(0))
    };
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) if is_spent().unwrap_or(false) => {
            Problem::new(text!("problem-case-ids", file = path.display()))
        }
        _ => sql_problem(path, error),
    }
}
