//! Which rows of a file a dataset has already, by the ids and fingerprints of its rows.

use super::case::Case;
use super::hash::Hasher;
use super::transaction::Import;
use super::writer::ImportWriter;
use crate::domain::{Incident, RowKind};
use crate::locale::Problem;
use rusqlite::params;
use std::collections::{BTreeMap, HashMap};

/// The incidents of one dataset by their own ids.
pub struct KnownRows {
    /// Primary key and fingerprint.
    rows: HashMap<String, (i64, i64)>,
    hasher: Hasher,
}

impl KnownRows {
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether the dataset has this row just as it is.
    pub fn has(&mut self, incident: &Incident) -> bool {
        let Some((_, hash)) = self.rows.get(&incident.external_id) else {
            return false;
        };
        *hash == self.hasher.incident(incident)
    }

    /// Own ids and primary keys of the rows whose ids begin so.
    pub fn beginning(&self, with: &str) -> impl Iterator<Item = (&str, i64)> {
        let all = self.rows.iter();
        let those = all.filter(move |(id, _)| id.starts_with(with));
        those.map(|(id, (key, _))| (id.as_str(), *key))
    }
}

impl Case {
    /// Names of the datasets with incidents whose last file had these columns, in whatever order.
    pub fn datasets_of_columns(&self, columns: &[String]) -> Result<Vec<String>, Problem> {
        let wanted = sorted(columns.to_vec());
        let sql = "SELECT d.name, m.columns FROM import m JOIN dataset d ON d.id = m.dataset_id \
             WHERE EXISTS (SELECT 1 FROM incident i WHERE i.dataset_id = d.id) ORDER BY m.id";
        let of_each = self.list(sql, [], |r| {
            let columns: Option<String> = r.get(1)?;
            let columns = serde_json::from_str(&columns.unwrap_or_default());
            Ok((r.get(0)?, sorted(columns.unwrap_or_default())))
        })?;
        let last: BTreeMap<String, Vec<String>> = of_each.into_iter().collect();
        let alike = last.into_iter().filter(|(_, columns)| *columns == wanted);
        Ok(alike.map(|(name, _)| name).collect())
    }

    /// The incidents of a dataset; none where there is no such dataset.
    pub fn known_rows(&self, dataset: &str) -> Result<KnownRows, Problem> {
        let sql = "SELECT i.external_id, i.id, i.row_hash FROM incident i \
             JOIN dataset d ON d.id = i.dataset_id WHERE d.name = ?1";
        let rows = self.list(sql, [dataset], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?;
        Ok(KnownRows {
            rows: rows.into_iter().collect(),
            hasher: Hasher::default(),
        })
    }
}

fn sorted(mut columns: Vec<String>) -> Vec<String> {
    columns.sort_unstable();
    columns
}

impl ImportWriter<'_> {
    /// Incidents of the dataset from before this import that it has not met and whose ids begin so.
    pub fn unmet(&self, with: &str) -> Result<u64, Problem> {
        let Import {
            conn,
            id: import_id,
            dataset_id,
        } = self.import;
        let count = || -> rusqlite::Result<u64> {
            let mut statement = conn.prepare(
                "SELECT id FROM incident WHERE dataset_id = ?1 AND import_id <> ?2 AND external_id >= ?3 \
                 AND external_id < ?4",
            )?;
            let end = format!("{with}\u{7f}");
            let mut rows = statement.query(params![dataset_id, import_id, with, end])?;
            let mut n = 0;
            while let Some(row) = rows.next()? {
                n += u64::from(!self.has_met(RowKind::Incident, row.get(0)?));
            }
            Ok(n)
        };
        count().map_err(|e| self.problem(&e))
    }
}
