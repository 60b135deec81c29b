//! Incidents.

mod check;
mod history;
mod row;
mod rows;
mod stored;

pub(in crate::store) use row::{WIDTH, grade, listed, read};
pub(in crate::store) use rows::IncidentRows;

use super::columns::Binder;
use super::table::{Table, Titles, of_kind};
use crate::domain::{ActorType, Incident, Record, RowKind, Undone};
use crate::store::check::report::CheckReport;
use crate::store::hash::Hasher;
use row::{Buffers, COLUMNS};
use rusqlite::{Connection, Row};

pub(in crate::store) struct Incidents;

impl Table for Incidents {
    of_kind!(Incident, |i, hasher| hasher.incident(i));

    fn select(&self, rows: &str) -> String {
        format!("SELECT {} FROM {rows} i", listed())
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Option<Record>> {
        Ok(read(row, &|_| ActorType::Unknown)?.map(Record::from))
    }

    fn titles(&self) -> Titles {
        Titles {
            now: [
                "title",
                "told_es(kind, source_kind, title, title_es)",
                "NULL",
            ],
            then: [
                "json_extract(row, '$.title.text')",
                "json_extract(row, '$.title.es')",
                "NULL",
            ],
        }
    }

    fn actor_columns(&self) -> &'static [&'static str] {
        &["side_a", "side_b"]
    }

    fn check(&self, conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
        check::incidents(conn, report)
    }

    fn keep(&self, conn: &Connection, id: i64, by: i64, change: &str) -> rusqlite::Result<bool> {
        history::keep(conn, id, by, change)
    }

    fn delete(&self, conn: &Connection, id: i64) -> rusqlite::Result<()> {
        rows::delete(conn, id)
    }

    fn put_back(&self, conn: &Connection, of: &str, into: &str) -> rusqlite::Result<u64> {
        history::put_back(conn, of, into, None)
    }

    fn undo(&self, conn: &Connection, import: i64, undone: &mut Undone) -> rusqlite::Result<()> {
        history::undo(conn, import, undone)
    }

    fn current(&self, conn: &Connection, id: i64) -> rusqlite::Result<Option<(Record, i64)>> {
        let stored = stored::stored(conn, id)?;
        Ok(stored.map(|s| (s.incident.into(), s.import.id)))
    }

    fn kept(&self, _conn: &Connection, revision: &Row<'_>) -> rusqlite::Result<Option<Record>> {
        Ok(history::kept(revision)?.map(Record::from))
    }
}

/// A row by itself, which carries the names of its further columns.
fn bind(incident: &Incident, to: &mut Binder<'_, '_>) -> rusqlite::Result<()> {
    row::bind(incident, to, &mut Buffers::default())
}
