//! Many rows at once: the triggers that keep the index true row by row are taken off, and put back
//! at the end with the index written in one go. All in the import's own transaction, so that
//! nobody sees the case without them.

use super::pack::{self, Entry};
use super::{cache, rtree};
use crate::domain::Incident;
use crate::index::Columns;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::collections::{HashMap, HashSet};

const TABLE: &str = "incident";
/// Fewer rows than this are left to the triggers.
const MIN_ROWS: u64 = 1_000;
/// A row costs the triggers as much as this many cost to be packed.
const ROWS_PACKED_FOR_ONE: u64 = 32;

/// What an import has written so far, and how.
pub(super) struct Bulk {
    rows_before: u64,
    written: u64,
    /// Rows since the triggers are off; `None` while they are on.
    entries: Option<Entries>,
    /// Whether all rows of the table are the import's own, so that its columns say where they are.
    is_whole: bool,
}

#[derive(Default)]
struct Entries {
    added: Vec<Entry>,
    changed: HashMap<i64, Entry>,
    removed: HashSet<i64>,
}

impl Bulk {
    pub(super) fn new(rows_before: u64) -> Bulk {
        Bulk {
            rows_before,
            written: 0,
            entries: None,
            is_whole: false,
        }
    }

    /// For an import into a table without rows: where they lie is said at the end, see [`Bulk::finish_whole`].
    pub(super) fn of_all_rows() -> Bulk {
        Bulk {
            is_whole: true,
            ..Bulk::new(0)
        }
    }

    /// Before each row that is written: takes the triggers off once they would cost more.
    pub(super) fn before_write(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let pays = self.written >= MIN_ROWS
            && self.written * ROWS_PACKED_FOR_ONE >= self.rows_before + self.written;
        if self.entries.is_none() && pays {
            rtree::drop_triggers(conn, &rtree::triggers(TABLE))?;
            rtree::drop_triggers(conn, &cache::triggers())?;
            cache::empty(conn)?;
            self.entries = Some(Entries::default());
        }
        Ok(())
    }

    pub(super) fn added(&mut self, id: i64, incident: &Incident) {
        self.written += 1;
        if let Some(entries) = self.entries.as_mut().filter(|_| !self.is_whole) {
            entries.added.push(entry(id, incident));
        }
    }

    pub(super) fn updated(&mut self, id: i64, incident: &Incident) {
        self.written += 1;
        if let Some(entries) = self.entries.as_mut().filter(|_| !self.is_whole) {
            entries.changed.insert(id, entry(id, incident));
        }
    }

    /// A row that is deleted; one added later may have its id.
    pub(super) fn removed(&mut self, id: i64) {
        self.written += 1;
        if let Some(entries) = &mut self.entries {
            entries.removed.insert(id);
        }
    }

    /// Writes the index and puts the triggers back.
    pub(super) fn finish(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let Some(entries) = self.entries.take() else {
            return Ok(());
        };
        let Entries {
            added,
            changed,
            removed,
        } = entries;
        let mut all = pack::read(conn, TABLE)?;
        all.retain(|e| !changed.contains_key(&e.id) && !removed.contains(&e.id));
        // A row may be added and then changed.
        all.extend(added.into_iter().filter(|e| !changed.contains_key(&e.id)));
        all.extend(changed.into_values());
        write(conn, all)
    }

    /// As [`Bulk::finish`], with all rows of the table, which [`Bulk::of_all_rows`] did not keep itself: ten million
    /// are 240 MB.
    pub(super) fn finish_whole(
        &mut self,
        conn: &Connection,
        columns: &Columns,
    ) -> rusqlite::Result<()> {
        if self.entries.take().is_none() {
            return Ok(());
        }
        let points = columns.lon.iter().zip(&columns.lat);
        let rows = columns.id.iter().zip(points);
        write(
            conn,
            rows.map(|(id, (lon, lat))| Entry::of_point(*id, *lon, *lat))
                .collect(),
        )
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }
}

/// Writes the index and puts the triggers back.
fn write(conn: &Connection, entries: Vec<Entry>) -> rusqlite::Result<()> {
    // The index's own tables are closed to writing otherwise.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    let packed = pack::write(conn, TABLE, entries);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    packed?;
    rtree::create_triggers(conn, &rtree::triggers(TABLE))?;
    rtree::create_triggers(conn, &cache::triggers())
}

fn entry(id: i64, incident: &Incident) -> Entry {
    Entry::of_point(id, incident.position.lon, incident.position.lat)
}
