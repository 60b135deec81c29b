//! What deliveries changed: added, revised and retired rows of each import.

use super::reader::stored_incident;
use super::revisions::incident_from;
use super::{Case, ImportInfo};
use crate::domain::Incident;
use crate::locale::Problem;
use jiff::civil::Date;
use rusqlite::{Connection, params};

/// A row as it is called in lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowName {
    /// Primary key in its table.
    pub id: i64,
    pub external_id: String,
    pub title: String,
    /// Line of the file that it is from, 1-based.
    pub line: u64,
}

/// An incident before and after an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    pub id: i64,
    pub before: Incident,
    pub after: Incident,
}

/// What one import did.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportChanges {
    pub import: ImportInfo,
    pub added: Vec<RowName>,
    pub revised: Vec<Changed>,
    pub retired: Vec<RowName>,
}

impl Case {
    /// What the imports received on `since` or later changed of the incidents, oldest first; of one
    /// dataset or of all.
    pub fn changes(
        &self,
        since: Date,
        dataset: Option<&str>,
    ) -> Result<Vec<ImportChanges>, Problem> {
        let imports = self.imports()?;
        if let Some(name) = dataset
            && !imports.iter().any(|i| i.dataset == name)
        {
            let mut known: Vec<String> = imports.into_iter().map(|i| i.dataset).collect();
            known.sort();
            known.dedup();
            return Err(Problem::new("problem-no-such-dataset")
                .with("name", name)
                .with("known", known.join(", ")));
        }
        let since = since.to_string();
        let wanted = imports.into_iter().filter(|i| {
            i.known_at.get(..10) >= Some(since.as_str()) && dataset.is_none_or(|d| d == i.dataset)
        });
        wanted.map(|import| self.changes_of(import)).collect()
    }

    /// What one import changed.
    pub fn changes_of(&self, import: ImportInfo) -> Result<ImportChanges, Problem> {
        let read = || -> rusqlite::Result<ImportChanges> {
            Ok(ImportChanges {
                added: added(&self.conn, import.id)?,
                revised: revised(&self.conn, import.id)?,
                retired: names(
                    &self.conn,
                    "SELECT row_id, json_extract(row, '$.external_id'), json_extract(row, '$.title.text'), line \
                     FROM revision WHERE superseded_by = ?1 AND table_name = 'incident' AND change = 'retired' ORDER BY row_id",
                    import.id,
                )?,
                import,
            })
        };
        read().map_err(|e| self.problem(&e))
    }
}

/// Rows that an import brought and that were not there right before it: as they are now, or as they
/// were until a later import changed or retired them.
fn added(conn: &Connection, import: i64) -> rusqlite::Result<Vec<RowName>> {
    names(
        conn,
        "SELECT id, external_id, title, line FROM ( \
           SELECT id, external_id, title, line FROM incident WHERE import_id = ?1 \
           UNION ALL SELECT row_id, json_extract(row, '$.external_id'), json_extract(row, '$.title.text'), line \
             FROM revision WHERE import_id = ?1 AND table_name = 'incident') \
         WHERE id NOT IN (SELECT row_id FROM revision WHERE superseded_by = ?1 AND table_name = 'incident' AND change = 'revised') \
         ORDER BY id",
        import,
    )
}

fn names(conn: &Connection, sql: &str, import: i64) -> rusqlite::Result<Vec<RowName>> {
    conn.prepare(sql)?
        .query_map([import], |r| {
            Ok(RowName {
                id: r.get(0)?,
                external_id: r.get(1)?,
                title: r.get(2)?,
                line: r.get::<_, i64>(3)?.cast_unsigned(),
            })
        })?
        .collect()
}

/// Each row that an import revised: what it said before, and what it said until the next import.
fn revised(conn: &Connection, import: i64) -> rusqlite::Result<Vec<Changed>> {
    let mut kept = conn.prepare(
        "SELECT row, point, radius_m, id, row_id FROM revision \
         WHERE superseded_by = ?1 AND table_name = 'incident' AND change = 'revised' ORDER BY row_id",
    )?;
    let mut next = conn.prepare(
        "SELECT row, point, radius_m FROM revision WHERE table_name = 'incident' AND row_id = ?1 AND id > ?2 ORDER BY id LIMIT 1",
    )?;
    let mut rows = kept.query([import])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (revision, id): (i64, i64) = (row.get(3)?, row.get(4)?);
        let mut later = next.query(params![id, revision])?;
        let after = match later.next()? {
            Some(later) => incident_from(later)?,
            None => stored_incident(conn, id)?.map(|s| s.incident),
        };
        if let (Some(before), Some(after)) = (incident_from(row)?, after) {
            found.push(Changed { id, before, after });
        }
    }
    Ok(found)
}
