//! What comes before a case is used where a program ended in the middle of writing to it: a journal
//! that takes back what was half done, or a finished change that lies beside the file. Neither is touched
//! before the file is known to be a case, and a file that is read does not change by a journal.

use super::connection::connect;
use super::file::CaseFile;
use super::lock::WriterLock;
use super::problem::sql_problem;
use super::{derived, guard, migrate};
use crate::files;
use crate::locale::Problem;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, ffi};

/// What a program that ended in the middle of writing had left, and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutBack {
    /// A journal: this is the case as it was before, and the file is restored when it is next written to.
    Shown,
    /// A journal: the file is as it was before again.
    Restored,
    /// A finished change that lay beside the file: it is in the file now.
    FoldedIn,
}

/// Whether a journal lies beside the file that is to be played back before it can be read.
pub(super) fn is_hot(file: &CaseFile) -> Result<bool, Problem> {
    if !file.has_journal() {
        return Ok(false);
    }
    // SQLite knows a journal that is in use or spent from one that was left.
    let looked = connect(&file.real, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|conn| conn.query_row("PRAGMA schema_version", [], |_| Ok(())));
    match looked {
        Ok(()) => Ok(false),
        Err(e) if is_rollback(&e) => Ok(true),
        Err(e) => Err(sql_problem(&file.given, &e)),
    }
}

fn is_rollback(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|e| e.extended_code == ffi::SQLITE_READONLY_ROLLBACK)
}

/// Looks at a file as it lies there, without its neighbours and without leaving any: an error where it
/// is plainly no case of ours. One that is torn is let pass, as what lies beside it makes it whole; and one
/// with a journal whatever it looks like in the middle of a change, as long as it is a case.
pub(super) fn is_case_untouched(file: &CaseFile, is_hot: bool) -> Result<(), Problem> {
    let look = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(files::untouched_uri(&file.real), flags)?;
        guard::harden(&conn)?;
        Ok(conn)
    };
    let mut conn = look().map_err(|e| sql_problem(&file.given, &e))?;
    match guard::inspect(&mut conn, &file.given, None) {
        Err(problem) if problem.key == "problem-case-damaged" => Ok(()),
        Err(problem) if is_hot && problem.key != "problem-not-a-case" => Ok(()),
        looked => looked.map(drop),
    }
}

/// Brings what lies beside a case in WAL mode into it, where no other program has it open: the file alone
/// is the whole case afterwards.
pub(super) fn fold_in(file: &CaseFile) -> Result<Option<PutBack>, Problem> {
    if !file.writes_ahead() {
        return Ok(None);
    }
    is_case_untouched(file, false)?;
    if file.names() > 1 {
        return Ok(None);
    }
    // A window that has it open folds it in itself; on a disk that takes nothing it is read as it is.
    let Ok(_lock) = WriterLock::take(&file.real) else {
        return Ok(None);
    };
    let had_more = has_more(file);
    let problem = |e: rusqlite::Error| sql_problem(&file.given, &e);
    let mut conn = connect(&file.real, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(problem)?;
    inspect_unfolded(&mut conn, file, None)?;
    derived::set_journal(&conn, file, "DELETE");
    // Another program that reads it may be in the way.
    Ok((had_more && !has_more(file)).then_some(PutBack::FoldedIn))
}

/// Inspects a case that may be written to; where it is refused, closing it folds nothing in.
fn inspect_unfolded(
    conn: &mut Connection,
    file: &CaseFile,
    bytes: Option<u64>,
) -> Result<i64, Problem> {
    let fold = |conn: &Connection, folds: bool| {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !folds)
            .map_err(|e| sql_problem(&file.given, &e))
    };
    fold(conn, false)?;
    let version = guard::inspect(conn, &file.given, bytes)?;
    fold(conn, true)?;
    Ok(version)
}

/// Whether there is more of a case in WAL mode than the file.
fn has_more(file: &CaseFile) -> bool {
    std::fs::metadata(file.beside("-wal")).is_ok_and(|m| m.len() > 0)
}

/// What a connection that writes is given, and what was put back for it.
type Opened = (Connection, Option<PutBack>);

/// A connection to a case that nobody else writes to; the inner error says why it cannot be written to.
pub(super) fn to_write(file: &CaseFile) -> Result<Result<Opened, Problem>, Problem> {
    let is_hot = is_hot(file)?;
    let writes_ahead = file.writes_ahead();
    let had_more = writes_ahead && has_more(file);
    if is_hot || writes_ahead {
        is_case_untouched(file, is_hot)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let mut conn = match connect(&file.real, flags) {
        Ok(conn) => conn,
        Err(e) => return Ok(Err(sql_problem(&file.given, &e))),
    };
    let version = inspect_unfolded(&mut conn, file, Some(file.len()))?;
    // A write-protected file is found now, not at the first import.
    let begun = conn
        .execute_batch("BEGIN IMMEDIATE; ROLLBACK")
        .and_then(|()| migrate::upgrade(&conn, version));
    if let Err(e) = begun {
        return Ok(Err(sql_problem(&file.given, &e)));
    }
    if writes_ahead {
        derived::set_journal(&conn, file, "DELETE");
    }
    let put_back = match (is_hot, had_more) {
        (true, _) => Some(PutBack::Restored),
        (_, true) if !has_more(file) => Some(PutBack::FoldedIn),
        _ => None,
    };
    Ok(Ok((conn, put_back)))
}
