//! Rows known by their dataset and external id: is a row new, as it was, or changed? Decided here for every
//! kind of row.

use crate::store::transaction::Import;
use rusqlite::{OptionalExtension, Statement, params};
use std::cmp::Ordering;
use std::collections::HashSet;

/// What a row is to the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Standing {
    New,
    /// The case says the same under its key; `again` where this import has met it before.
    Same {
        again: bool,
    },
    /// The case has a newer version of it.
    Older,
    /// A newer version of a row, by its id, that this import has written itself.
    Overtakes(i64),
    /// Another row of this import stands under its key.
    Twice,
    /// The case says something else; the row's id there.
    Changed(i64),
}

/// A row that is asked about.
pub(in crate::store) struct Asked<'r> {
    pub external_id: &'r str,
    pub hash: i64,
    /// Counts before the order of files, where rows have one.
    pub version: Option<i64>,
    /// Its fingerprint by an earlier version of the schema, where rows may have that.
    pub earlier_hash: Option<&'r dyn Fn() -> i64>,
}

/// The rows of one table under the keys of one dataset, while a file is imported. Looked up one by
/// one: all keys of a big table would not fit into memory.
pub(in crate::store) struct Keyed<'a> {
    find: Statement<'a>,
    import: Import<'a>,
    /// Rows from before that this import has met and left as they were.
    met: HashSet<i64>,
}

impl<'a> Keyed<'a> {
    pub(in crate::store) fn new(
        table: &str,
        columns: &[&str],
        import: Import<'a>,
    ) -> rusqlite::Result<Keyed<'a>> {
        let version = match columns.contains(&"version") {
            true => "version",
            false => "NULL",
        };
        let sql = format!(
            "SELECT id, row_hash, import_id, {version} FROM {table} WHERE dataset_id = ?1 AND external_id = ?2"
        );
        Ok(Keyed {
            find: import.conn.prepare(&sql)?,
            import,
            met: HashSet::new(),
        })
    }

    /// Whether a row from before this import was met and left as it was.
    pub(in crate::store) fn has_met(&self, id: i64) -> bool {
        self.met.contains(&id)
    }

    pub(in crate::store) fn judge(&mut self, row: &Asked<'_>) -> rusqlite::Result<Standing> {
        let found = self
            .find
            .query_row(params![self.import.dataset_id, row.external_id], |r| {
                let known: [i64; 3] = [r.get(0)?, r.get(1)?, r.get(2)?];
                Ok((known, r.get::<_, Option<i64>>(3)?))
            })
            .optional()?;
        let Some(([id, hash, import_id], version)) = found else {
            return Ok(Standing::New);
        };
        let is_own = import_id == self.import.id;
        let met = is_own || self.met.contains(&id);
        if hash == row.hash || row.earlier_hash.is_some_and(|earlier| hash == earlier()) {
            if !met {
                self.met.insert(id);
            }
            return Ok(Standing::Same { again: met });
        }
        let order = row.version.zip(version);
        Ok(match order.map(|(of_row, known)| of_row.cmp(&known)) {
            Some(Ordering::Less) => {
                self.met.insert(id);
                Standing::Older
            }
            Some(Ordering::Greater) if is_own => Standing::Overtakes(id),
            Some(Ordering::Greater) => Standing::Changed(id),
            // Two different rows under one key in one file would replace each other at every load.
            _ if met => Standing::Twice,
            _ => Standing::Changed(id),
        })
    }
}
