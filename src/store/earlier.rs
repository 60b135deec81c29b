//! An older case, which is only read, as if it were of this version: views of the connection's own (TEMP), where
//! SQLite looks first. The file is only read.

use super::migrate::{self, LATER_COLUMNS, LATER_TABLES};
use super::rtree;
use rusqlite::Connection;

const REVISION_2: &str = "SELECT id, incident_id AS row_id, import_id, line, superseded_by, row, 'incident' AS table_name, \
    'revised' AS change, NULL AS row_hash, NULL AS point, NULL AS radius_m FROM main.revision";

/// The rows of a table of the file with every column of this version.
pub(super) fn own(conn: &Connection, table: &str) -> rusqlite::Result<String> {
    let lists = |table: &str, column: &str| {
        conn.prepare("SELECT 1 FROM pragma_table_info(?1, 'main') WHERE name = ?2")?
            .exists([table, column])
    };
    if !lists(table, "id")? {
        return Ok(format!("SELECT * FROM temp.no_{table}"));
    }
    if table == "revision" && !lists(table, "row_id")? {
        return Ok(REVISION_2.to_owned());
    }
    for (of, column, lacking) in LATER_COLUMNS {
        if of == table && !lists(table, column)? {
            return Ok(format!("SELECT *, {lacking} FROM main.{table}"));
        }
    }
    Ok(format!("SELECT * FROM main.\"{table}\""))
}

/// Lets a case of an earlier version, which is only read, be read as one of this.
pub(super) fn as_of_this_version(conn: &Connection) -> rusqlite::Result<()> {
    let newest = newest_schema()?;
    for table in LATER_TABLES {
        let mut names = newest.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let names = names.query_map([table], |r| r.get::<_, String>(0))?;
        let names: Vec<String> = names
            .map(|n| n.map(|n| format!("\"{n}\"")))
            .collect::<Result<_, _>>()?;
        conn.execute_batch(&format!(
            "CREATE TEMP TABLE no_{table} ({})",
            names.join(", ")
        ))?;
    }
    let changed = LATER_COLUMNS.map(|(table, ..)| table);
    for table in changed.into_iter().chain(LATER_TABLES) {
        let own = own(conn, table)?;
        conn.execute_batch(&format!(
            "CREATE TEMP VIEW IF NOT EXISTS \"{table}\" AS {own}"
        ))?;
    }
    Ok(())
}

/// An empty case in memory, to be asked for its columns.
fn newest_schema() -> rusqlite::Result<Connection> {
    let conn = Connection::open_in_memory()?;
    rtree::register_functions(&conn)?;
    migrate::create(&conn)?;
    Ok(conn)
}
