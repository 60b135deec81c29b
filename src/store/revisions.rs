//! What rows said before an import changed them.

use super::reader::{IMPORT_COLUMNS, import_from, stored_incident};
use super::{Case, Revision};
use crate::domain::Incident;
use crate::locale::Problem;
use rusqlite::{Connection, params};

/// Keeps the incident as it is now, before import `superseded_by` changes it. One whose place or
/// date another program has made unusable leaves nothing to keep.
pub(super) fn keep(
    conn: &Connection,
    incident_id: i64,
    superseded_by: i64,
) -> rusqlite::Result<()> {
    let Some(stored) = stored_incident(conn, incident_id)? else {
        return Ok(());
    };
    let row = serde_json::to_string(&stored.incident).unwrap_or_default();
    conn.prepare_cached(
        "INSERT INTO revision (incident_id, import_id, line, superseded_by, row) VALUES (?1,?2,?3,?4,?5)",
    )?
    .execute(params![
        incident_id,
        stored.import.id,
        stored.incident.line as i64,
        superseded_by,
        row
    ])?;
    Ok(())
}

impl Case {
    /// What the incident said before, newest first.
    pub fn revisions(&self, incident_id: i64) -> Result<Vec<Revision>, Problem> {
        let read = || {
            if !self.has_table("revision")? {
                return Ok(Vec::new());
            }
            let sql = format!(
                "SELECT {IMPORT_COLUMNS}, v.id, v.line, v.superseded_by, v.row FROM revision v \
                 JOIN import m ON m.id = v.import_id JOIN dataset d ON d.id = m.dataset_id \
                 WHERE v.incident_id = ?1 ORDER BY v.id DESC"
            );
            let mut statement = self.conn.prepare_cached(&sql)?;
            let rows = statement.query_map([incident_id], |r| {
                let incident = serde_json::from_str::<Incident>(r.get_ref(17)?.as_str()?).ok();
                Ok((
                    import_from(r)?,
                    r.get(14)?,
                    r.get::<_, i64>(15)?,
                    r.get(16)?,
                    incident,
                ))
            })?;
            let mut revisions = Vec::new();
            for row in rows {
                let (import, id, line, superseded_by, incident) = row?;
                // Another program may have written what is none.
                revisions.extend(incident.map(|incident| Revision {
                    id,
                    import,
                    line: line as u64,
                    superseded_by,
                    incident,
                }));
            }
            Ok(revisions)
        };
        read().map_err(|e: rusqlite::Error| self.problem(&e))
    }

    /// A case of an earlier version that is only read lacks the later tables.
    pub(super) fn has_table(&self, name: &str) -> rusqlite::Result<bool> {
        self.conn
            .prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?
            .exists([name])
    }
}
