//! Whether what was drawn from the rows (columns, words) is still true. Triggers empty it at any edit,
//! but they can be taken off: so it carries what it was made of, the file's count of changes and the
//! number of rows, and counts for nothing where these are others. Nor is it believed in a case so
//! small that the rows themselves are read as fast.
//!
//! The count of changes rises with each transaction of whatever program (in WAL mode only with those that
//! touch the file's head, as all of ours do). A transaction of ours that changes no row carries the
//! mark on.

use super::file::CaseFile;
use super::{cache, guard, migrate};
use rusqlite::{Connection, OptionalExtension};

const MARK: &str = "made_of";

/// From this size on a case keeps what is drawn from its rows. Tests keep it from the first row on.
const KEPT_FROM_BYTES: u64 = if cfg!(test) {
    1
} else {
    guard::CHECKED_AT_OPEN_BYTES
};

/// Whether the case is big enough for it to pay.
pub(super) fn pays(conn: &Connection) -> rusqlite::Result<bool> {
    let pages: i64 = conn.query_row("PRAGMA page_count", [], |r| r.get(0))?;
    let bytes: i64 = conn.query_row("PRAGMA page_size", [], |r| r.get(0))?;
    Ok(pages.saturating_mul(bytes).cast_unsigned() >= KEPT_FROM_BYTES)
}

/// Whether what is kept was made of the rows that are there.
pub(super) fn is_true(conn: &Connection, file: &CaseFile) -> rusqlite::Result<bool> {
    if !pays(conn)? || !cache::is_guarded(conn)? {
        return Ok(false);
    }
    let kept: Option<Vec<u8>> = conn
        .query_row("SELECT value FROM cache WHERE name = ?1", [MARK], |r| {
            Ok(r.get_ref(0)?
                .as_blob()
                .map(<[u8]>::to_vec)
                .unwrap_or_default())
        })
        .optional()?;
    let Some(counter) = file.change_counter() else {
        return Ok(false);
    };
    Ok(kept == Some(mark(counter, rows(conn)?)))
}

/// Says, as the last step of a transaction, that what is kept is that of the rows as they are now.
pub(super) fn confirm(conn: &Connection, file: &CaseFile) -> rusqlite::Result<()> {
    // Each transaction raises the file's count of changes by one.
    write_mark(conn, file, 1)
}

fn write_mark(conn: &Connection, file: &CaseFile, step: u32) -> rusqlite::Result<()> {
    // Touches the file's head, or the count would not be raised in WAL mode.
    conn.execute_batch(&format!("PRAGMA user_version = {}", migrate::USER_VERSION))?;
    let Some(counter) = file.change_counter() else {
        return Ok(());
    };
    conn.execute(
        "INSERT INTO cache (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        rusqlite::params![MARK, mark(counter.wrapping_add(step), rows(conn)?)],
    )?;
    Ok(())
}

/// After a transaction of ours in WAL mode brings it into the file. There the count is only raised by the first
/// transaction of a connection: the mark is set to what it came to.
pub(super) fn settle(conn: &Connection, file: &CaseFile) {
    fold_back(conn);
    for step in [0, 1] {
        if is_true(conn, file).unwrap_or(true) || !pays(conn).unwrap_or(false) {
            return;
        }
        let again = || {
            let tx = rusqlite::Transaction::new_unchecked(
                conn,
                rusqlite::TransactionBehavior::Immediate,
            )?;
            write_mark(conn, file, step)?;
            tx.commit()
        };
        // Without it the rows are read at the next opening.
        let _: rusqlite::Result<()> = again();
        fold_back(conn);
    }
}

/// Does in a transaction what changes no incident, so that what is kept stays true.
pub(super) fn carried_on<T>(
    conn: &Connection,
    file: &CaseFile,
    work: impl FnOnce() -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let tx = rusqlite::Transaction::new_unchecked(conn, rusqlite::TransactionBehavior::Immediate)?;
    guard::still_ours(conn)?;
    let was_true = is_true(conn, file)?;
    let done = work()?;
    if was_true {
        confirm(conn, file)?;
    }
    tx.commit()?;
    if was_true && file.writes_ahead() {
        settle(conn, file);
    }
    Ok(done)
}

/// Changes how the case is journalled. Refused, harmlessly, while another reads it.
pub(super) fn set_journal(conn: &Connection, file: &CaseFile, mode: &str) {
    fold_back(conn);
    let was_true = is_true(conn, file).unwrap_or(false);
    let sql = format!("PRAGMA journal_mode = {mode}");
    let _ = conn.query_row(&sql, [], |_| Ok(()));
    if was_true {
        settle(conn, file);
    }
}

/// In WAL mode brings what was written into the file itself, as far as no other reads what was before.
fn fold_back(conn: &Connection) {
    let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

fn rows(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("SELECT count(*) FROM main.incident", [], |r| r.get(0))
}

fn mark(counter: u32, rows: i64) -> Vec<u8> {
    let mut mark = counter.to_le_bytes().to_vec();
    mark.extend(rows.to_le_bytes());
    mark
}
