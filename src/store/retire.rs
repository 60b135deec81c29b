//! A delivery of a whole dataset: rows that the file lacks are retired. They leave the tables of what
//! is current and stay in history; one that comes back later gets its id again.

use super::revisions::RETIRED;
use super::tables::{Table, tables_of_imports};
use super::transaction::Import;
use super::writer::ImportWriter;
use crate::domain::RowKind;
use crate::locale::{Problem, number};
use rusqlite::params;
use std::collections::HashSet;

/// Ids of rows by their table.
type Missing = Vec<(&'static dyn Table, Vec<i64>)>;

/// What a full delivery has said so far, beside the rows it brought.
pub(super) struct Full {
    force: bool,
    /// Ids of rows that were there and could not be used: they are not missing.
    rejected: HashSet<String>,
    /// Rejected rows whose id is not known.
    pub without_id: u64,
}

impl Full {
    pub(super) fn new(force: bool) -> Full {
        Full {
            force,
            rejected: HashSet::new(),
            without_id: 0,
        }
    }

    pub(super) fn rejected(&mut self, id: &str) {
        if id.is_empty() {
            self.without_id += 1;
        } else {
            self.rejected.insert(id.to_owned());
        }
    }
}

impl ImportWriter<'_> {
    /// Retires what a full delivery lacks.
    ///
    /// # Errors
    /// Nothing of the file could be used, or most of the dataset would go: that is rather a wrong
    /// file than a delivery, unless the user says it is one.
    pub(super) fn retire_missing(&mut self) -> Result<(), Problem> {
        let Some(full) = self.full.take() else {
            return Ok(());
        };
        let (missing, before) = self.missing(&full).map_err(|e| self.problem(&e))?;
        let n = missing.iter().map(|(_, ids)| ids.len() as u64).sum::<u64>();
        let kept = self.counts.added + self.counts.updated + self.counts.unchanged;
        if n > 0 && !full.force && (kept == 0 || n * 2 > before) {
            return Err(Problem::new(text!(
                "problem-full-retires",
                file = self.path().display(),
                n = number(n),
                of = number(before)
            )));
        }
        self.counts.retired = self.retire(&missing).map_err(|e| self.problem(&e))?;
        self.full = Some(full);
        Ok(())
    }

    /// Ids by table of rows that were there before and that the file lacks, and how many there were.
    fn missing(&self, full: &Full) -> rusqlite::Result<(Missing, u64)> {
        let (mut missing, mut before) = (Vec::new(), 0);
        for table in tables_of_imports() {
            // Incidents may be many, and new ones lie behind all others.
            let first_new = match table.kind() {
                RowKind::Incident => self.incidents.first_new_id(),
                _ => i64::MAX,
            };
            let mut statement = self.import.conn.prepare(&format!(
                "SELECT id, external_id, import_id FROM \"{}\" WHERE dataset_id = ?1 AND id < ?2",
                table.name()
            ))?;
            let mut rows = statement.query(params![self.import.dataset_id, first_new])?;
            let mut ids = Vec::new();
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let key = row.get_ref(1)?.as_str()?;
                before += 1;
                let is_own = row.get::<_, i64>(2)? == self.import.id;
                let met = is_own || self.has_met(table.kind(), id);
                if !met && !full.rejected.contains(key) {
                    ids.push(id);
                }
            }
            missing.push((table, ids));
        }
        Ok((missing, before))
    }

    /// Returns how many went. What cannot be kept, as another program made it unreadable, stays.
    fn retire(&mut self, missing: &Missing) -> rusqlite::Result<u64> {
        let Import { conn, id: by, .. } = self.import;
        let mut retired = 0;
        for (table, ids) in missing {
            for id in ids {
                let went = match table.kind() {
                    RowKind::Incident => self.incidents.retire(*id)?,
                    _ if table.keep(conn, *id, by, RETIRED)? => {
                        table.delete(conn, *id)?;
                        true
                    }
                    _ => false,
                };
                retired += u64::from(went);
            }
        }
        Ok(retired)
    }
}
