//! Rows known by their dataset and external id: is a row new, as it was, or changed?

use rusqlite::{Connection, OptionalExtension, Statement, params};
use std::collections::HashSet;

/// What a row is to the case.
pub(super) enum Verdict {
    New,
    /// The case says the same under its key.
    Same,
    /// Another row of this import stands under its key.
    Twice,
    /// The case says something else; the row's id there.
    Changed(i64),
}

/// The rows of one table under the keys of one dataset, while a file is imported. Looked up one by
/// one: all keys of a big table would not fit into memory.
pub(super) struct Keyed<'a> {
    find: Statement<'a>,
    dataset_id: i64,
    import_id: i64,
    /// Rows from before that this import has met and left as they were.
    met: HashSet<i64>,
}

impl<'a> Keyed<'a> {
    pub(super) fn new(
        conn: &'a Connection,
        table: &str,
        dataset_id: i64,
        import_id: i64,
    ) -> rusqlite::Result<Keyed<'a>> {
        let sql = format!(
            "SELECT id, row_hash, import_id FROM {table} WHERE dataset_id = ?1 AND external_id = ?2"
        );
        Ok(Keyed {
            find: conn.prepare(&sql)?,
            dataset_id,
            import_id,
            met: HashSet::new(),
        })
    }

    /// Whether a row from before this import was met and left as it was.
    pub(super) fn has_met(&self, id: i64) -> bool {
        self.met.contains(&id)
    }

    pub(super) fn judge(&mut self, external_id: &str, row_hash: i64) -> rusqlite::Result<Verdict> {
        let found = self
            .find
            .query_row(params![self.dataset_id, external_id], |r| {
                Ok([r.get(0)?, r.get(1)?, r.get(2)?])
            })
            .optional()?;
        let Some([id, known_hash, import_id]): Option<[i64; 3]> = found else {
            return Ok(Verdict::New);
        };
        let met = import_id == self.import_id || self.met.contains(&id);
        Ok(match known_hash == row_hash {
            true => {
                if !met {
                    self.met.insert(id);
                }
                Verdict::Same
            }
            // Two different rows under one key in one file would replace each other at every load.
            false if met => Verdict::Twice,
            false => Verdict::Changed(id),
        })
    }
}
