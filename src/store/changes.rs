//! What deliveries changed: added, revised and retired rows of each import, and how one row became
//! what it is.

use super::case::Case;
use super::cells::{local, text};
use super::revisions::{RETIRED, REVISED};
use super::tables::{TABLES, Table, table_of};
use crate::domain::{Changed, ImportChanges, ImportInfo, RowHistory, RowKind, RowName};
use crate::locale::Problem;
use jiff::civil::Date;
use rusqlite::{Connection, params};
use std::cmp::Reverse;

/// Changes of one row, or of the rows of one place, that are read: a case may come from anybody.
const MOST_CHANGES: usize = 200;

impl Case {
    /// What the imports received on `since` or later changed, oldest first; of one dataset or of all.
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
            return Err(Problem::new(text!(
                "problem-no-such-dataset",
                name = name,
                known = known.join(", ")
            )));
        }
        let since = since.to_string();
        let wanted = imports.into_iter().filter(|i| {
            i.known_at.get(..10) >= Some(since.as_str()) && dataset.is_none_or(|d| d == i.dataset)
        });
        wanted.map(|import| self.changes_of(import)).collect()
    }

    /// What one import changed, of each kind of row in turn.
    pub fn changes_of(&self, import: ImportInfo) -> Result<ImportChanges, Problem> {
        let read = || -> rusqlite::Result<ImportChanges> {
            let (mut added, mut revised, mut retired) = (Vec::new(), Vec::new(), Vec::new());
            for table in TABLES {
                let which = format!(
                    "superseded_by = {} AND change = '{REVISED}' ORDER BY row_id",
                    import.id
                );
                let found = changed(&self.conn, table, &which)?;
                // A row is also written anew where only its place has changed, and a place where a row
                // says less about it.
                let kind = table.kind();
                let differs = |c: &Changed| kind < RowKind::Place || !c.before.says_what(&c.after);
                revised.extend(found.into_iter().filter(differs));
                if table.is_of_import() {
                    added.extend(names_added(&self.conn, table, import.id)?);
                    retired.extend(names_retired(&self.conn, table, import.id)?);
                }
            }
            Ok(ImportChanges {
                import,
                added,
                revised,
                retired,
            })
        };
        read().map_err(|e| self.problem(&e))
    }

    /// How a row became what it is. Of a place: its own changes, and those of every row measured
    /// there.
    pub fn history(&self, kind: RowKind, id: i64) -> Result<RowHistory, Problem> {
        let read = || -> rusqlite::Result<RowHistory> {
            let newest = |kind: RowKind, rows: &str| {
                let which = format!("row_id IN ({rows}) ORDER BY id DESC LIMIT {MOST_CHANGES} + 1");
                changed(&self.conn, table_of(kind), &which)
            };
            let mut changes = newest(kind, &id.to_string())?;
            let mut is_cut = changes.len() > MOST_CHANGES;
            if kind == RowKind::Place {
                let there = format!("SELECT id FROM series WHERE place_id = {id}");
                let figures = newest(RowKind::Series, &there)?;
                is_cut |= figures.len() > MOST_CHANGES;
                changes.extend(figures);
                changes.retain(|c| !c.before.says_what(&c.after));
                changes.sort_by_key(|c| (Reverse(c.import_id), c.after.kind(), c.id));
                is_cut |= changes.len() > MOST_CHANGES;
            }
            changes.truncate(MOST_CHANGES);
            Ok(RowHistory { changes, is_cut })
        };
        read().map_err(|e| self.problem(&e))
    }
}

/// Rows that an import brought and that were not there right before it: as they are now, or as they
/// were until a later import changed or retired them.
fn names_added(
    conn: &Connection,
    table: &dyn Table,
    import: i64,
) -> rusqlite::Result<Vec<RowName>> {
    let (name, titles) = (table.name(), table.titles());
    let [now, then] = [titles.now, titles.then].map(|columns| columns.join(", "));
    let sql = format!(
        "SELECT * FROM ( \
           SELECT id, external_id, line, {now} FROM \"{name}\" WHERE import_id = ?1 \
           UNION ALL SELECT row_id, json_extract(row, '$.external_id'), line, {then} \
             FROM revision WHERE import_id = ?1 AND table_name = '{name}' AND json_valid(row)) \
         WHERE id NOT IN (SELECT row_id FROM revision WHERE superseded_by = ?1 AND table_name = '{name}' \
           AND change = '{REVISED}') ORDER BY id"
    );
    names(conn, table.kind(), &sql, import)
}

fn names_retired(
    conn: &Connection,
    table: &dyn Table,
    import: i64,
) -> rusqlite::Result<Vec<RowName>> {
    let then = table.titles().then.join(", ");
    let sql = format!(
        "SELECT row_id, json_extract(row, '$.external_id'), line, {then} FROM revision \
         WHERE superseded_by = ?1 AND table_name = '{}' AND change = '{RETIRED}' AND json_valid(row) ORDER BY row_id",
        table.name()
    );
    names(conn, table.kind(), &sql, import)
}

fn names(
    conn: &Connection,
    kind: RowKind,
    sql: &str,
    import: i64,
) -> rusqlite::Result<Vec<RowName>> {
    let name = |r: &rusqlite::Row<'_>| {
        Ok(RowName {
            kind,
            id: r.get(0)?,
            external_id: text(r, 1)?,
            title: local(r, 3)?.with_measure(&text(r, 5)?),
            line: r.get::<_, i64>(2)?.cast_unsigned(),
        })
    };
    conn.prepare(sql)?.query_map([import], name)?.collect()
}

/// Revisions of a kind of row, as `which` has them: what the row said before, and what it said until
/// the next import. One that did not come back is no change.
fn changed(conn: &Connection, table: &dyn Table, which: &str) -> rusqlite::Result<Vec<Changed>> {
    let name = table.name();
    let mut kept = conn.prepare(&format!(
        "SELECT row, point, radius_m, id, row_id, import_id, superseded_by, change FROM revision \
         WHERE table_name = '{name}' AND {which}"
    ))?;
    let mut next = conn.prepare(
        "SELECT row, point, radius_m, import_id FROM revision WHERE table_name = ?1 AND row_id = ?2 AND id > ?3 \
         ORDER BY id LIMIT 1",
    )?;
    let mut rows = kept.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (revision, id): (i64, i64) = (row.get(3)?, row.get(4)?);
        let mut later = next.query(params![name, id, revision])?;
        let after = match later.next()? {
            Some(later) => {
                let import: i64 = later.get(3)?;
                table.kept(conn, later)?.map(|record| (record, import))
            }
            None => table.current(conn, id)?,
        };
        let (Some(before), Some((after, of))) = (table.kept(conn, row)?, after) else {
            continue;
        };
        found.push(Changed {
            id,
            from_import: row.get(5)?,
            // A place belongs to no import, but the one that changed it is known.
            import_id: match table.is_of_import() {
                true => of,
                false => row.get(6)?,
            },
            retired: row.get_ref(7)?.as_str() == Ok(RETIRED),
            before,
            after,
        });
    }
    Ok(found)
}
