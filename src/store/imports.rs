//! What the case holds beside the rows: datasets, imports with the rows that could not be used, and settings.

use super::case::Case;
use super::cells::{some, text};
use super::derived;
use crate::domain::{DatasetInfo, ImportInfo, NewImport, RejectRow};
use crate::locale::Problem;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

/// What [`import_from`] reads, of imports `m` and their datasets `d`.
pub(super) const IMPORT_COLUMNS: &str = "m.id, d.name, m.file_name, m.sha256, m.size_bytes, m.format, m.profile, m.encoding, \
    m.imported_at, coalesce(m.known_at, m.imported_at), m.\"full\", m.retired, m.rows_read, m.added, m.updated, m.unchanged, m.rejected, coalesce(m.options, '')";

impl Case {
    /// Datasets with what the case holds of each.
    pub fn datasets(&self) -> Result<Vec<DatasetInfo>, Problem> {
        // Of a lone dataset all rows are: that is counted without a look at each.
        let of_each = |table: &str| {
            format!(
                "CASE WHEN (SELECT count(*) FROM dataset) = 1 THEN (SELECT count(*) FROM {table}) \
                 ELSE (SELECT count(*) FROM {table} t WHERE t.dataset_id = d.id) END"
            )
        };
        self.datasets_counted(of_each)
    }

    /// The same without how much there is of each, which takes a while where that are millions.
    pub fn datasets_uncounted(&self) -> Result<Vec<DatasetInfo>, Problem> {
        self.datasets_counted(|_| "0".to_owned())
    }

    fn datasets_counted(
        &self,
        of_each: impl Fn(&str) -> String,
    ) -> Result<Vec<DatasetInfo>, Problem> {
        // A case of an earlier version that is only read has neither movements nor places.
        let counted = |table: &str| match self.has_table(table) {
            Ok(false) => Ok("0".to_owned()),
            looked => looked.map(|_| of_each(table)).map_err(|e| self.problem(&e)),
        };
        let tables = ["incident", "territory", "movement", "place"].map(counted);
        let counts: Vec<String> = tables.into_iter().collect::<Result<_, _>>()?;
        let sql = format!(
            "SELECT d.name, d.licence, d.attribution, {} FROM dataset d ORDER BY d.id",
            counts.join(", ")
        );
        self.list(&sql, [], |r| {
            let count = |i: usize| r.get::<_, i64>(i).map(i64::cast_unsigned);
            Ok(DatasetInfo {
                name: r.get(0)?,
                licence: r.get(1)?,
                attribution: r.get(2)?,
                incidents: count(3)?,
                territories: count(4)?,
                movements: count(5)?,
                places: count(6)?,
            })
        })
    }

    /// Every import, newest last.
    pub fn imports(&self) -> Result<Vec<ImportInfo>, Problem> {
        let sql = format!(
            "SELECT {IMPORT_COLUMNS} FROM import m JOIN dataset d ON d.id = m.dataset_id ORDER BY m.id"
        );
        self.list(&sql, [], |r| import_from(r, 0))
    }

    /// The first `limit` rows that could not be used, of one import or of all.
    pub fn rejects(&self, import_id: Option<i64>, limit: u64) -> Result<Vec<RejectRow>, Problem> {
        let sql = rejects(import_id, &format!("LIMIT {}", limit as i64));
        self.list(&sql, params_from_iter(import_id), reject_from)
    }

    /// Calls `each` with every row that could not be used, of one import or of all, in the order of the
    /// files.
    pub fn each_reject(
        &self,
        import_id: Option<i64>,
        each: &mut dyn FnMut(RejectRow) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let mut statement = self
            .conn
            .prepare(&rejects(import_id, ""))
            .map_err(|e| self.problem(&e))?;
        let mut rows = statement
            .query(params_from_iter(import_id))
            .map_err(|e| self.problem(&e))?;
        while let Some(row) = rows.next().map_err(|e| self.problem(&e))? {
            each(reject_from(row).map_err(|e| self.problem(&e))?)?;
        }
        Ok(())
    }

    /// How many rows could not be used for each reason, most first.
    pub fn reject_counts(&self, import_id: Option<i64>) -> Result<Vec<(String, u64)>, Problem> {
        let sql = format!(
            "SELECT reason, count(*) FROM reject {} GROUP BY reason ORDER BY 2 DESC, 1",
            of_import(import_id)
        );
        self.list(&sql, params_from_iter(import_id), |r| {
            Ok((r.get(0)?, r.get::<_, i64>(1)?.cast_unsigned()))
        })
    }

    /// Columns of the files that rows were rejected of, in their order; of one import or of all.
    pub fn rejected_columns(&self, import_id: Option<i64>) -> Result<Vec<String>, Problem> {
        let sql =
            "SELECT columns FROM import WHERE (?1 IS NULL OR id = ?1) AND rejected > 0 ORDER BY id";
        let of_each = self.list(sql, [import_id], |r| text(r, 0))?;
        let names = |json: String| serde_json::from_str::<Vec<String>>(&json).unwrap_or_default();
        Ok(of_each.into_iter().flat_map(names).collect())
    }

    /// A value kept under a key.
    pub fn setting(&self, key: &str) -> Result<Option<String>, Problem> {
        self.conn
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |r| {
                r.get(0)
            })
            .optional()
            .map_err(|e| self.problem(&e))
    }

    /// Keeps a value under a key, such as the workspace.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), Problem> {
        self.writable()?;
        let sql = "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
        derived::carried_on(&self.conn, &self.file, || {
            self.conn.execute(sql, [key, value])
        })
        .map_err(|e| self.problem(&e))?;
        Ok(())
    }

    /// A delivery cannot have been received in the future, nor before one of its dataset that is in the
    /// case: what was known on a day would change afterwards.
    pub(super) fn check_received(&self, import: &NewImport) -> Result<(), Problem> {
        let Some(received) = import.received else {
            return Ok(());
        };
        let today = jiff::Timestamp::now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date();
        if received > today {
            return Err(Problem::new(text!(
                "problem-received-future",
                date = received
            )));
        }
        let imports = self.imports()?;
        let of_dataset = imports.iter().filter(|i| i.dataset == import.dataset);
        let days = of_dataset.filter_map(|i| i.known_at.get(..10)?.parse::<Date>().ok());
        match days.max().filter(|last| received < *last) {
            None => Ok(()),
            Some(last) => Err(Problem::new(text!(
                "problem-received-early",
                date = received,
                dataset = import.dataset,
                last = last
            ))),
        }
    }
}

/// A condition that the index of rejects answers: one that holds for all as well would not be.
fn of_import(import_id: Option<i64>) -> &'static str {
    match import_id {
        Some(_) => "WHERE import_id = ?1",
        None => "",
    }
}

/// Rows that could not be used, of import ?1 or of all.
fn rejects(import_id: Option<i64>, limit: &str) -> String {
    format!(
        "SELECT import_id, line, \"column\", value, reason, raw FROM reject {} ORDER BY id {limit}",
        of_import(import_id)
    )
}

fn reject_from(r: &Row<'_>) -> rusqlite::Result<RejectRow> {
    Ok(RejectRow {
        import_id: r.get(0)?,
        line: r.get::<_, i64>(1)? as u64,
        column: r.get(2)?,
        value: r.get(3)?,
        reason: r.get(4)?,
        raw: r.get(5)?,
    })
}

/// Reads [`IMPORT_COLUMNS`] from column `at` on.
pub(super) fn import_from(r: &Row<'_>, at: usize) -> rusqlite::Result<ImportInfo> {
    let count = |i: usize| r.get::<_, i64>(at + i).map(|n| n as u64);
    Ok(ImportInfo {
        id: r.get(at)?,
        dataset: r.get(at + 1)?,
        file_name: r.get(at + 2)?,
        sha256: r.get(at + 3)?,
        size_bytes: count(4)?,
        format: r.get(at + 5)?,
        profile: r.get(at + 6)?,
        encoding: r.get(at + 7)?,
        imported_at: r.get(at + 8)?,
        known_at: r.get(at + 9)?,
        full: r.get(at + 10)?,
        retired: count(11)?,
        rows_read: count(12)?,
        added: count(13)?,
        updated: count(14)?,
        unchanged: count(15)?,
        rejected: count(16)?,
        options: r.get(at + 17)?,
    })
}

/// The dataset of an import, which is made where there is none of its name.
pub(super) fn dataset_id(conn: &Connection, import: &NewImport) -> rusqlite::Result<i64> {
    let known = conn
        .query_row(
            "SELECT id FROM dataset WHERE name = ?1",
            [&import.dataset],
            |r| r.get(0),
        )
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.execute(
        "INSERT INTO dataset (name, licence, attribution) VALUES (?1, ?2, ?3)",
        [&import.dataset, &import.licence, &import.attribution],
    )?;
    Ok(conn.last_insert_rowid())
}

/// Records an import, as yet without its counts; its id.
pub(super) fn add_import(
    conn: &Connection,
    dataset_id: i64,
    import: &NewImport,
) -> rusqlite::Result<i64> {
    let mapping: serde_json::Map<String, serde_json::Value> = import
        .mapping
        .iter()
        .map(|(f, c)| (f.clone(), c.as_str().into()))
        .collect();
    conn.execute(
        "INSERT INTO import (dataset_id, file_name, sha256, size_bytes, format, profile, mapping, encoding, \
         imported_at, rows_read, added, updated, unchanged, rejected, columns, options, \"full\", first_actor, known_at) \
         SELECT ?1,?2,?3,?4,?5,?6,?7,?8, strftime('%Y-%m-%dT%H:%M:%fZ','now'), 0,0,0,0,0, ?9, ?10, ?11, \
         1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'actor'), 0), \
         max(coalesce(?12, strftime('%Y-%m-%dT%H:%M:%fZ','now')), \
         coalesce((SELECT max(coalesce(known_at, imported_at)) FROM import WHERE dataset_id = ?1), ''))",
        params![
            dataset_id,
            import.file_name,
            import.sha256,
            import.size_bytes as i64,
            import.format,
            import.profile,
            serde_json::Value::Object(mapping).to_string(),
            import.encoding,
            serde_json::Value::from(import.columns.clone()).to_string(),
            some(&import.options),
            import.full,
            // The whole day counts.
            import.received.map(|day| format!("{day}T23:59:59.999Z"))
        ],
    )?;
    Ok(conn.last_insert_rowid())
}
