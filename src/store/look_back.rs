//! A case as it was known on a day: tables and views of the connection's own (TEMP) in place of those of the file,
//! where SQLite looks first. The file is only read.

use super::case::Case;
use super::earlier::own;
use super::revisions;
use super::tables::{TABLES, Table, tables_of_imports};
use crate::locale::Problem;
use jiff::civil::Date;
use rusqlite::Connection;

impl Case {
    /// Shows the case as it was known at the end of a day (UTC), for as long as it is open: what was
    /// received later does not count. It cannot be written to from then on.
    pub fn look_back(&mut self, day: Date) -> Result<(), Problem> {
        look_back(&self.conn, day).map_err(|e| self.problem(&e))?;
        self.known_on = Some(day);
        self.read_only = Some(Problem::new(text!(
            "problem-known-on",
            file = self.path().display(),
            date = day
        )));
        Ok(())
    }

    /// The day whose knowledge is shown; `None` for all of it.
    #[must_use]
    pub fn known_on(&self) -> Option<Date> {
        self.known_on
    }

    /// Whether a row of the file was there on that day as it is now.
    pub(super) fn is_as_then(&self, conn: &Connection, id: i64) -> rusqlite::Result<bool> {
        conn.prepare_cached(
            "SELECT 1 FROM main.incident WHERE id = ?1 AND import_id IN (SELECT id FROM temp.then_import)",
        )?
        .exists([id])
    }
}

/// Tables whose rows may have been others on an earlier day: those of rows, and what was said of two of them.
fn tables_then() -> impl Iterator<Item = &'static str> {
    TABLES.into_iter().map(Table::name).chain(["link"])
}

/// Whether rows of a table are of an import.
fn is_of_import(name: &str) -> bool {
    tables_of_imports().any(|table| table.name() == name)
}

/// The imports known by the day that is looked back on.
const IMPORTS_THEN: &str = "(SELECT id FROM temp.then_import)";

/// What each table of the file holds, as a query.
struct Bodies(Vec<(&'static str, String)>);

impl Bodies {
    fn of(&self, table: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| *name == table);
        found.map_or("", |(_, body)| body.as_str())
    }
}

fn look_back(conn: &Connection, day: Date) -> rusqlite::Result<()> {
    let others = ["import", "dataset", "reject", "revision", "source"];
    let mut bodies = Bodies(Vec::new());
    for table in tables_then().chain(others) {
        bodies.0.push((table, own(conn, table)?));
        conn.execute_batch(&format!("DROP VIEW IF EXISTS temp.\"{table}\""))?;
    }
    gather_then(conn, &bodies, day)?;
    look_back_on_actors(conn, bodies.of("revision"))?;
    show_then(conn, &bodies, day)
}

/// Fills the tables `then_…`: the imports known by that day, and rows that later ones changed.
fn gather_then(conn: &Connection, bodies: &Bodies, day: Date) -> rusqlite::Result<()> {
    conn.execute_batch("CREATE TEMP TABLE then_import (id INTEGER PRIMARY KEY)")?;
    conn.execute(
        &format!(
            "INSERT INTO then_import SELECT id FROM ({}) WHERE substr(coalesce(known_at, imported_at), 1, 10) <= ?1",
            bodies.of("import")
        ),
        [day.to_string()],
    )?;
    for table in tables_then() {
        conn.execute_batch(&format!(
            "CREATE TEMP TABLE then_{table} AS SELECT * FROM ({}) WHERE 0;
             CREATE UNIQUE INDEX temp.then_{table}_id ON then_{table} (id);",
            bodies.of(table)
        ))?;
    }
    conn.execute_batch(&format!(
        "CREATE TEMP TABLE then_source AS SELECT * FROM ({}) WHERE 0;
         CREATE INDEX temp.then_source_incident ON then_source (incident_id);",
        bodies.of("source")
    ))?;
    bring_back(conn, bodies.of("revision"))
}

/// Puts views in place of the tables: what was not changed afterwards, and what was as it was then.
fn show_then(conn: &Connection, bodies: &Bodies, day: Date) -> rusqlite::Result<()> {
    let then = IMPORTS_THEN;
    for table in tables_then() {
        let is_as_then = match is_of_import(table) {
            true => format!("import_id IN {then}"),
            false => format!("id NOT IN (SELECT id FROM temp.then_{table})"),
        };
        let mut rows = format!(
            "SELECT * FROM ({}) WHERE {is_as_then} UNION ALL SELECT * FROM temp.then_{table}",
            bodies.of(table)
        );
        if table == "link" {
            // Said of two incidents that were both known.
            rows = format!(
                "SELECT * FROM ({rows}) WHERE substr(decided_at, 1, 10) <= '{day}' \
                 AND a IN (SELECT id FROM temp.incident) AND b IN (SELECT id FROM temp.incident)"
            );
        }
        conn.execute_batch(&format!("CREATE TEMP VIEW \"{table}\" AS {rows}"))?;
    }
    let kept = [
        ("import", format!("id IN {then}")),
        (
            "dataset",
            format!("id IN (SELECT dataset_id FROM main.import WHERE id IN {then})"),
        ),
        ("reject", format!("import_id IN {then}")),
        ("revision", format!("superseded_by IN {then}")),
    ];
    for (table, which) in kept {
        conn.execute_batch(&format!(
            "CREATE TEMP VIEW \"{table}\" AS SELECT * FROM ({}) WHERE {which}",
            bodies.of(table)
        ))?;
    }
    conn.execute_batch(&format!(
        "CREATE TEMP VIEW source AS SELECT * FROM ({}) WHERE incident_id NOT IN (SELECT id FROM temp.then_incident) \
         UNION ALL SELECT * FROM temp.then_source",
        bodies.of("source")
    ))
}

/// Shows actors with the types of that day: as the last correction known by then left them, which is
/// what the next one found; of an actor that was never corrected afterwards the type is that of today.
fn look_back_on_actors(conn: &Connection, revisions: &str) -> rusqlite::Result<()> {
    let then = IMPORTS_THEN;
    conn.execute_batch(&format!(
        "CREATE TEMP TABLE then_actor AS \
         SELECT row_id AS id, iif(json_valid(row), json_extract(row, '$.type'), NULL) AS type FROM ({revisions}) \
         WHERE id IN (SELECT min(v.id) FROM ({revisions}) v WHERE v.table_name = 'actor' AND v.id > coalesce( \
           (SELECT max(w.id) FROM ({revisions}) w WHERE w.table_name = 'actor' AND w.row_id = v.row_id \
            AND w.superseded_by IN {then}), 0) GROUP BY v.row_id);
         CREATE UNIQUE INDEX temp.then_actor_id ON then_actor (id);
         CREATE TEMP VIEW actor AS SELECT a.id, a.name, coalesce(t.type, a.type) AS type \
         FROM main.actor a LEFT JOIN temp.then_actor t ON t.id = a.id;"
    ))
}

/// Puts what later imports changed or retired back as it was into the tables `then_…`.
fn bring_back(conn: &Connection, revisions: &str) -> rusqlite::Result<()> {
    let of = format!(
        "({revisions}) v WHERE v.import_id IN (SELECT id FROM temp.then_import) \
         AND v.superseded_by NOT IN (SELECT id FROM temp.then_import)"
    );
    for table in tables_of_imports() {
        let of = format!("{of} AND v.table_name = '{}'", table.name());
        table.put_back(conn, &of, "temp.then_")?;
    }
    // Links and places are of no import: the first that took them away or changed them afterwards
    // found them as they were then.
    for table in tables_then().filter(|table| !is_of_import(table)) {
        let first = format!(
            "({revisions}) v WHERE v.id IN (SELECT min(id) FROM ({revisions}) WHERE table_name = '{table}' \
             AND superseded_by NOT IN (SELECT id FROM temp.then_import) GROUP BY row_id)"
        );
        revisions::put_rows(conn, &first, &format!("temp.then_{table}"))?;
    }
    Ok(())
}
