//! The transaction of an import or of its undoing, and whose rows are written in it.

use super::guard;
use rusqlite::Connection;

/// The import that is under way, and the dataset that its rows belong to.
#[derive(Clone, Copy)]
pub(super) struct Import<'a> {
    pub conn: &'a Connection,
    pub id: i64,
    pub dataset_id: i64,
}

/// A transaction that is undone unless committed. Keys that point to other rows are not looked up
/// meanwhile: an import only writes keys that it has just made or read.
pub(super) struct Transaction<'a> {
    pub(super) conn: &'a Connection,
}

impl<'a> Transaction<'a> {
    pub(super) fn begin(conn: &'a Connection) -> rusqlite::Result<Transaction<'a>> {
        conn.execute_batch("PRAGMA foreign_keys = OFF")?;
        let tx = Transaction { conn };
        // The writer's place is taken before anything is read: between reading and writing no other
        // may change what was read.
        conn.execute_batch("BEGIN IMMEDIATE")?;
        guard::still_ours(conn)?;
        Ok(tx)
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.conn.is_autocommit() {
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        let _ = self.conn.execute_batch("PRAGMA foreign_keys = ON");
    }
}
