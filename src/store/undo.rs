//! An import taken back whole: what it added goes, what it revised or retired is as it was. Only the
//! newest import of a dataset can go, since what came later rests on it.

use super::file::CaseFile;
use super::retire::delete_incident;
use super::revisions::{self, Superseded};
use super::views::PLAIN_TABLES;
use super::writer::{Transaction, update_contents};
use super::{Case, bulk::Bulk, cache, derived, links, reader, rows, search};
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
            return Err(Problem::file("problem-no-imports", self.path()));
        };
        let Some(import) = imports.iter().find(|i| i.id == id) else {
            return Err(Problem::file("problem-no-such-import", self.path()).with("id", id));
        };
        let later = imports.iter().rev();
        let later = later
            .clone()
            .find(|i| i.dataset == import.dataset && i.id > id);
        if let Some(later) = later {
            return Err(Problem::new("problem-undo-newer")
                .with("id", id)
                .with("later", later.id)
                .with("dataset", &import.dataset)
                .with("file", &later.file_name));
        }
        let kept: u64 = self
            .conn
            .query_row(
                "SELECT count(*) FROM revision WHERE superseded_by = ?1 AND change = 'revised' \
                 AND table_name NOT IN ('actor', 'link', 'place')",
                [id],
                |r| r.get::<_, i64>(0),
            )
            .map_err(|e| self.problem(&e))? as u64;
        if kept != import.updated {
            return Err(Problem::new("problem-undo-history")
                .with("id", id)
                .with("n", import.updated.abs_diff(kept)));
        }
        Ok(import.clone())
    }

    /// Takes an import back, in one transaction.
    pub fn undo_import(&mut self, id: i64) -> Result<Undone, Problem> {
        if let Some(why) = &self.read_only {
            return Err(why.clone());
        }
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
    undo_incidents(conn, id, &mut undone)?;
    for table in PLAIN_TABLES {
        undo_rows(conn, table, id, &mut undone)?;
    }
    conn.execute(
        "DELETE FROM place WHERE id IN (SELECT row_id FROM revision WHERE superseded_by = ?1 AND table_name = 'place')",
        [id],
    )?;
    for row in kept_rows(conn, "place", id)? {
        revisions::put_row(conn, "place", &row)?;
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
    let columns = reader::columns_from_rows(conn, |_| true)?.unwrap_or_default();
    update_contents(conn, columns.lon_lat_extent())?;
    if derived::pays(conn)? {
        cache::keep(conn, &columns)?;
        derived::confirm(conn, file)?;
    }
    tx.conn.execute_batch("COMMIT")?;
    Ok(undone)
}

fn undo_incidents(conn: &Connection, id: i64, undone: &mut Undone) -> rusqlite::Result<()> {
    let rows_before: i64 = conn.query_row("SELECT count(*) FROM incident", [], |r| r.get(0))?;
    let mut bulk = Bulk::new(rows_before.cast_unsigned());
    let revised: HashSet<i64> = ids(
        conn,
        "SELECT row_id FROM revision WHERE superseded_by = ?1 AND table_name = 'incident' AND change = 'revised'",
        id,
    )?
    .into_iter()
    .collect();
    for row in ids(conn, "SELECT id FROM incident WHERE import_id = ?1", id)? {
        if !revised.contains(&row) {
            undone.removed += 1;
            conn.prepare_cached("DELETE FROM link WHERE a = ?1 OR b = ?1")?
                .execute([row])?;
        }
        bulk.before_write(conn)?;
        delete_incident(conn, row)?;
        bulk.removed(row);
    }
    let mut put = rows::Restorer::new(conn, "incident", "source")?;
    let of = format!("revision v WHERE v.superseded_by = {id}");
    revisions::each_superseded(conn, &of, &mut |s: Superseded| {
        undone.restored += 1;
        bulk.before_write(conn)?;
        put.put(&s)?;
        bulk.added(s.row_id, &s.incident);
        Ok(())
    })?;
    bulk.finish(conn)
}

fn undo_rows(conn: &Connection, table: &str, id: i64, undone: &mut Undone) -> rusqlite::Result<()> {
    let sql = format!("DELETE FROM \"{table}\" WHERE import_id = ?1");
    let gone = conn.execute(&sql, [id])? as u64;
    let revised: i64 = conn.query_row(
        "SELECT count(*) FROM revision WHERE superseded_by = ?1 AND table_name = ?2 AND change = 'revised'",
        params![id, table],
        |r| r.get(0),
    )?;
    undone.removed += gone.saturating_sub(revised.cast_unsigned());
    for row in kept_rows(conn, table, id)? {
        revisions::put_row(conn, table, &row)?;
        undone.restored += 1;
    }
    Ok(())
}

fn kept_rows(conn: &Connection, table: &str, id: i64) -> rusqlite::Result<Vec<String>> {
    conn.prepare_cached(
        "SELECT row FROM revision WHERE superseded_by = ?1 AND table_name = ?2 ORDER BY id",
    )?
    .query_map(params![id, table], |r| r.get(0))?
    .collect()
}

fn ids(conn: &Connection, sql: &str, import: i64) -> rusqlite::Result<Vec<i64>> {
    conn.prepare(sql)?
        .query_map([import], |r| r.get(0))?
        .collect()
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
    for sql in [
        "SELECT side_a, side_b FROM incident",
        "SELECT actor, NULL FROM territory",
        "SELECT actor, NULL FROM movement",
    ] {
        let mut statement = conn.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()?.filter(|_| !brought.is_empty()) {
            for column in 0..2 {
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
