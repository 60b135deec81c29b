//! A delivery of a whole dataset: rows that the file lacks are retired. They leave the tables of what
//! is current and stay in history; one that comes back later gets its id again.

use super::links;
use super::revisions::{self, RETIRED};
use super::views::PLAIN_TABLES;
use super::writer::ImportWriter;
use crate::locale::{Problem, number};
use rusqlite::{Connection, params};
use std::collections::{HashMap, HashSet};

/// Ids of rows by their table.
type Missing = Vec<(&'static str, Vec<i64>)>;

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

/// Ids of the retired incidents of a dataset, by their key.
pub(super) fn retired_ids(
    conn: &Connection,
    dataset_id: i64,
) -> rusqlite::Result<HashMap<String, i64>> {
    // Another program may have written what is no incident.
    let mut statement = conn.prepare(
        "SELECT iif(json_valid(v.row), json_extract(v.row, '$.external_id'), NULL), v.row_id FROM revision v \
         JOIN import m ON m.id = v.superseded_by WHERE m.dataset_id = ?1 AND m.retired > 0 \
         AND v.table_name = 'incident' AND v.change = 'retired'",
    )?;
    let mut rows = statement.query([dataset_id])?;
    let mut ids = HashMap::new();
    while let Some(row) = rows.next()? {
        if let Ok(key) = row.get_ref(0)?.as_str() {
            ids.insert(key.to_owned(), row.get(1)?);
        }
    }
    Ok(ids)
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
            return Err(Problem::file("problem-full-retires", self.path())
                .with("n", number(n))
                .with("of", number(before)));
        }
        self.counts.retired = self.retire(&missing).map_err(|e| self.problem(&e))?;
        self.full = Some(full);
        Ok(())
    }

    /// Ids by table of rows that were there before and that the file lacks, and how many there were.
    fn missing(&self, full: &Full) -> rusqlite::Result<(Missing, u64)> {
        let (mut missing, mut before) = (Vec::new(), 0);
        for table in ["incident"].into_iter().chain(PLAIN_TABLES) {
            let first_new = match table {
                "incident" => self.first_new_id,
                _ => i64::MAX,
            };
            let mut statement = self.tx.conn.prepare(&format!(
                "SELECT id, external_id, import_id FROM \"{table}\" WHERE dataset_id = ?1 AND id < ?2"
            ))?;
            let mut rows = statement.query(params![self.dataset_id, first_new])?;
            let mut ids = Vec::new();
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let key = row.get_ref(1)?.as_str()?;
                before += 1;
                let met = row.get::<_, i64>(2)? == self.import_id || self.has_met(table, id, key);
                if !met && !full.rejected.contains(key) {
                    ids.push(id);
                }
            }
            missing.push((table, ids));
        }
        Ok((missing, before))
    }

    fn has_met(&self, table: &str, id: i64, key: &str) -> bool {
        match table {
            "incident" => self.met.contains(&id),
            "territory" => self.territories.get(key).is_some_and(|k| k.seen),
            "movement" => self.movements.as_ref().is_some_and(|w| w.keyed.has_met(id)),
            _ => self.places.as_ref().is_some_and(|w| w.keyed.has_met(id)),
        }
    }

    /// Returns how many went. What cannot be kept, as another program made it unreadable, stays.
    fn retire(&mut self, missing: &Missing) -> rusqlite::Result<u64> {
        let conn = self.tx.conn;
        let mut retired = 0;
        for (table, ids) in missing {
            for id in ids {
                if *table != "incident" {
                    revisions::keep_row(conn, table, *id, self.import_id, RETIRED)?;
                    conn.prepare_cached(&format!("DELETE FROM \"{table}\" WHERE id = ?1"))?
                        .execute([id])?;
                    retired += 1;
                    continue;
                }
                if !revisions::keep(conn, *id, self.import_id, RETIRED)? {
                    continue;
                }
                links::retire(conn, *id, self.import_id)?;
                self.bulk.before_write(conn)?;
                delete_incident(conn, *id)?;
                self.bulk.removed(*id);
                if let Some(columns) = &mut self.columns {
                    columns.take_out(*id);
                }
                retired += 1;
            }
        }
        Ok(retired)
    }
}

pub(super) fn delete_incident(conn: &Connection, id: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM source WHERE incident_id = ?1",
        "DELETE FROM incident WHERE id = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}
