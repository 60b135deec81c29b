//! An import taken back whole: what it added goes, what it revised or retired is as it was. Only the
//! newest import of a dataset can go, since what came later rests on it.

use super::case::Case;
use super::columns::columns_from_rows;
use super::file::CaseFile;
use super::tables::{TABLES, tables_of_imports};
use super::transaction::Transaction;
use super::{cache, contents, derived, links, search};
use crate::domain::{ImportInfo, Undone};
use crate::locale::Problem;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

impl Case {
    /// Whether an import can be undone, and which it is; the newest of all where `id` is `None`.
    ///
    /// # Errors
    /// There is none, a later one of its dataset stands on it, or what it changed was not kept.
    pub fn undoable(&self, id: Option<i64>) -> Result<ImportInfo, Problem> {
        let imports = self.imports()?;
        let Some(id) = id.or(imports.last().map(|i| i.id)) else {
            return Err(Problem::new(text!(
                "problem-no-imports",
                file = self.path().display()
            )));
        };
        let Some(import) = imports.iter().find(|i| i.id == id) else {
            return Err(Problem::new(text!(
                "problem-no-such-import",
                file = self.path().display(),
                id = id
            )));
        };
        let later = imports.iter().rev();
        let later = later
            .clone()
            .find(|i| i.dataset == import.dataset && i.id > id);
        if let Some(later) = later {
            return Err(Problem::new(text!(
                "problem-undo-newer",
                id = id,
                later = later.id,
                dataset = import.dataset,
                file = later.file_name
            )));
        }
        let of_imports: Vec<String> = tables_of_imports()
            .map(|table| format!("'{}'", table.name()))
            .collect();
        let kept: u64 = self
            .conn
            .query_row(
                &format!(
                    "SELECT count(*) FROM revision WHERE superseded_by = ?1 AND change = 'revised' AND table_name IN ({})",
                    of_imports.join(", ")
                ),
                [id],
                |r| r.get::<_, i64>(0),
            )
            .map_err(|e| self.problem(&e))? as u64;
        if kept != import.updated {
            return Err(Problem::new(text!(
                "problem-undo-history",
                id = id,
                n = import.updated.abs_diff(kept)
            )));
        }
        Ok(import.clone())
    }

    /// Takes an import back, in one transaction.
    pub fn undo_import(&mut self, id: i64) -> Result<Undone, Problem> {
        self.writable()?;
        let import = self.undoable(Some(id))?;
        self.make_way();
        let undone = undo(&self.conn, &self.file, import.id).map_err(|e| self.problem(&e))?;
        // Pages that are shared with rows that stay may hold what was moved within them.
        if self.conn.execute_batch("VACUUM").is_ok() {
            derived::settle(&self.conn, &self.file);
        }
        self.fold_back();
        Ok(undone)
    }
}

fn undo(conn: &Connection, file: &CaseFile, id: i64) -> rusqlite::Result<Undone> {
    let tx = Transaction::begin(conn)?;
    // It holds the words of the rows that go.
    search::forget(conn)?;
    let dataset_id: i64 =
        conn.query_row("SELECT dataset_id FROM import WHERE id = ?1", [id], |r| {
            r.get(0)
        })?;
    let mut undone = Undone::default();
    for table in TABLES {
        table.undo(conn, id, &mut undone)?;
    }
    links::undo(conn, id)?;
    undo_actors(conn, id)?;
    conn.execute("DELETE FROM revision WHERE superseded_by = ?1", [id])?;
    // Rows that an earlier import changed or retired may come back to their places.
    conn.execute(
        "DELETE FROM place WHERE dataset_id = ?1 AND id NOT IN (SELECT place_id FROM series) AND id NOT IN \
         (SELECT place_id FROM (SELECT iif(json_valid(row), json_extract(row, '$.place_id'), NULL) AS place_id \
         FROM revision WHERE table_name = 'series') WHERE place_id IS NOT NULL)",
        [dataset_id],
    )?;
    undone.rejects = conn.execute("DELETE FROM reject WHERE import_id = ?1", [id])? as u64;
    conn.execute("DELETE FROM import WHERE id = ?1", [id])?;
    conn.execute(
        "DELETE FROM dataset WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM import m WHERE m.dataset_id = ?1)",
        [dataset_id],
    )?;
    let columns = columns_from_rows(conn, |_| true)?.unwrap_or_default();
    contents::update(conn, columns.lon_lat_extent())?;
    if derived::pays(conn)? {
        cache::keep(conn, &columns)?;
        derived::confirm(conn, file)?;
    }
    tx.conn.execute_batch("COMMIT")?;
    Ok(undone)
}

/// Types that the import corrected are as before it, and actors it brought go where nobody names
/// them.
fn undo_actors(conn: &Connection, id: i64) -> rusqlite::Result<()> {
    let kept: Vec<(i64, i64, String)> = conn
        .prepare(
            "SELECT id, row_id, row FROM revision WHERE superseded_by = ?1 AND table_name = 'actor' ORDER BY id DESC",
        )?
        .query_map([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (revision, actor, row) in kept {
        // A later import that corrected it again found what this one left.
        let later: Option<i64> = conn.query_row(
            "SELECT min(id) FROM revision WHERE table_name = 'actor' AND row_id = ?1 AND id > ?2",
            [actor, revision],
            |r| r.get(0),
        )?;
        let sql = match later {
            Some(_) => "UPDATE revision SET row = ?2 WHERE id = ?1",
            // Another program may have written what names no type.
            None => {
                "UPDATE actor SET type = coalesce(iif(json_valid(?2), json_extract(?2, '$.type'), NULL), type) WHERE id = ?1"
            }
        };
        conn.execute(sql, params![later.unwrap_or(actor), row])?;
        conn.execute("DELETE FROM revision WHERE id = ?1", [revision])?;
    }
    let first: Option<i64> =
        conn.query_row("SELECT first_actor FROM import WHERE id = ?1", [id], |r| {
            r.get(0)
        })?;
    let Some(first) = first else { return Ok(()) };
    let next: Option<i64> = conn
        .query_row(
            "SELECT min(first_actor) FROM import WHERE id > ?1",
            [id],
            |r| r.get(0),
        )
        .optional()?
        .flatten();
    let mut brought: HashSet<String> = conn
        .prepare("SELECT name FROM actor WHERE id >= ?1 AND id < ?2")?
        .query_map([first, next.unwrap_or(i64::MAX)], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    for table in TABLES {
        let columns = table.actor_columns();
        if columns.is_empty() {
            continue;
        }
        let sql = format!("SELECT {} FROM {}", columns.join(", "), table.name());
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()?.filter(|_| !brought.is_empty()) {
            for column in 0..columns.len() {
                let names = row.get_ref(column)?.as_str().unwrap_or_default();
                for name in names.split("; ") {
                    brought.remove(name);
                }
            }
        }
    }
    for name in brought {
        conn.execute("DELETE FROM actor WHERE name = ?1", [name])?;
    }
    Ok(())
}
