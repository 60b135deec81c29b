//! What incidents said before an import changed or retired them: kept as JSON, with point and radius to the last
//! bit, and put back by statements prepared once.

use super::super::columns::{self, Binder};
use super::super::table::kept_by;
use super::row::{Buffers, COLUMNS, bind};
use super::rows;
use super::stored::stored;
use crate::domain::{Incident, Undone};
use crate::store::bulk::Bulk;
use crate::store::geometry;
use crate::store::hash::Hasher;
use crate::store::short::Names;
use rusqlite::{Connection, OptionalExtension, Row, Statement, params};
use std::collections::{HashMap, HashSet};

/// Keeps the incident as it is now, before import `by` changes or retires it. One whose place or date another
/// program has made unusable leaves nothing to keep: `false`.
pub(super) fn keep(conn: &Connection, id: i64, by: i64, change: &str) -> rusqlite::Result<bool> {
    let Some(stored) = stored(conn, id)? else {
        return Ok(false);
    };
    let row = serde_json::to_string(&stored.incident).unwrap_or_default();
    conn.prepare_cached(
        "INSERT INTO revision (row_id, import_id, line, superseded_by, row, change, row_hash, point, radius_m) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, row_hash, geom, radius_m FROM incident WHERE id = ?1",
    )?
    .execute(params![
        id,
        stored.import.id,
        stored.incident.line as i64,
        by,
        row,
        change
    ])?;
    Ok(true)
}

/// The incident of a revision whose first columns are row, point and radius_m.
pub(super) fn kept(row: &Row<'_>) -> rusqlite::Result<Option<Incident>> {
    let text = row.get_ref(0)?.as_str().unwrap_or_default();
    let Ok(mut incident) = serde_json::from_str::<Incident>(text) else {
        return Ok(None);
    };
    let point = row.get_ref(1)?.as_blob().ok();
    if let Some([lon, lat]) = point.and_then(geometry::read_point) {
        (incident.position.lon, incident.position.lat) = (lon, lat);
        incident.position.radius_m = row.get_ref(2)?.as_f64().ok();
    }
    Ok(Some(incident))
}

/// Takes back what an import did to incidents, with the triggers off where they are many.
pub(super) fn undo(conn: &Connection, import: i64, undone: &mut Undone) -> rusqlite::Result<()> {
    let ids = |sql: &str| -> rusqlite::Result<Vec<i64>> {
        let mut statement = conn.prepare(sql)?;
        statement.query_map([import], |r| r.get(0))?.collect()
    };
    let rows_before: i64 = conn.query_row("SELECT count(*) FROM incident", [], |r| r.get(0))?;
    let mut bulk = Bulk::new(rows_before.cast_unsigned());
    let revised = ids(
        "SELECT row_id FROM revision WHERE superseded_by = ?1 AND table_name = 'incident' AND change = 'revised'",
    )?;
    let revised: HashSet<i64> = revised.into_iter().collect();
    for row in ids("SELECT id FROM incident WHERE import_id = ?1")? {
        if !revised.contains(&row) {
            undone.removed += 1;
            conn.prepare_cached("DELETE FROM link WHERE a = ?1 OR b = ?1")?
                .execute([row])?;
        }
        bulk.before_write(conn)?;
        rows::delete(conn, row)?;
        bulk.removed(row);
    }
    let of = kept_by(import, "incident");
    undone.restored += put_back(conn, &of, "", Some(&mut bulk))?;
    bulk.finish(conn)
}

/// Puts incidents that were kept into the tables `{into}incident` and `{into}source`, without a word to the actors,
/// oldest first; how many those are. For `of` see [`super::Table::put_back`].
pub(super) fn put_back(
    conn: &Connection,
    of: &str,
    into: &str,
    mut bulk: Option<&mut Bulk>,
) -> rusqlite::Result<u64> {
    let mut put = Restorer::new(conn, into)?;
    let mut statement = conn.prepare(&format!(
        "SELECT v.row, v.point, v.radius_m, v.row_id, v.import_id, v.row_hash, \
         (SELECT dataset_id FROM main.import m WHERE m.id = v.import_id) FROM {of} ORDER BY v.id"
    ))?;
    let mut rows = statement.query([])?;
    let mut hasher = Hasher::default();
    let mut n = 0;
    while let Some(row) = rows.next()? {
        // Another program may have written what is none.
        let Some(incident) = kept(row)? else {
            continue;
        };
        let (id, import_id, dataset_id) = (row.get(3)?, row.get(4)?, row.get(6)?);
        let hash: Option<i64> = row.get(5)?;
        let hash = hash.unwrap_or_else(|| hasher.incident(&incident));
        if let Some(bulk) = &mut bulk {
            bulk.before_write(conn)?;
            bulk.added(id, &incident);
        }
        put.put(id, &incident, [dataset_id, import_id, hash])?;
        n += 1;
    }
    Ok(n)
}

/// Puts incidents back as they were.
struct Restorer<'a> {
    insert: Statement<'a>,
    add_source: Statement<'a>,
    /// `None` where the case is of an earlier version, whose rows carry the names themselves.
    names_of: Option<Statement<'a>>,
    /// Names of further columns by import; `None` where its rows carry them themselves.
    names: HashMap<i64, Option<Names>>,
    buffers: Buffers,
}

impl<'a> Restorer<'a> {
    fn new(conn: &'a Connection, into: &str) -> rusqlite::Result<Restorer<'a>> {
        let incidents = format!("{into}incident");
        Ok(Restorer {
            insert: conn.prepare(&columns::insert("INSERT", &incidents, COLUMNS))?,
            add_source: conn.prepare(&rows::source_into(&format!("{into}source")))?,
            names_of: conn
                .prepare("SELECT extra_names FROM main.import WHERE id = ?1")
                .ok(),
            names: HashMap::new(),
            buffers: Buffers::default(),
        })
    }

    fn put(
        &mut self,
        id: i64,
        incident: &Incident,
        [dataset_id, import_id, hash]: [i64; 3],
    ) -> rusqlite::Result<()> {
        if !self.names.contains_key(&import_id) {
            let listed: Option<String> = match &mut self.names_of {
                Some(of) => of
                    .query_row([import_id], |row| row.get(0))
                    .optional()?
                    .flatten(),
                None => None,
            };
            let names = listed.map(|json| Names::from_json(&json));
            self.names.insert(import_id, names);
        }
        // The list is not written to any more.
        let names = self.names.get_mut(&import_id);
        let names = names.and_then(|of| of.take_if(|names| names.knows(&incident.extra)));
        self.buffers.names = names;
        let mut to = Binder::new(&mut self.insert, Some(id))?;
        bind(incident, &mut to, &mut self.buffers)?;
        to.end(dataset_id, import_id, hash)?;
        self.insert.raw_execute()?;
        if let Some(names) = self.buffers.names.take() {
            self.names.insert(import_id, Some(names));
        }
        rows::write_sources(&mut self.add_source, id, incident)
    }
}
