//! What the schema of a case consists of, word for word, and what others may have added to it.

use super::migrate;
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Entries that a schema may have: ours has some sixty, and others may add to it.
const MOST_OBJECTS: usize = 5_000;

/// An entry of a schema.
pub(super) struct Object {
    pub kind: String,
    pub name: String,
    pub table: String,
    /// Empty for the indexes that constraints bring.
    sql: String,
}

pub(super) fn objects(conn: &Connection) -> rusqlite::Result<Vec<Object>> {
    // What stands there in a crafted file may be of any type.
    let mut statement = conn.prepare(
        "SELECT CAST(type AS TEXT), CAST(name AS TEXT), CAST(tbl_name AS TEXT), coalesce(CAST(sql AS TEXT), '') \
         FROM main.sqlite_schema LIMIT ?1",
    )?;
    let text = |r: &rusqlite::Row<'_>, i: usize| {
        r.get_ref(i).map(|v| {
            v.as_bytes()
                .map(String::from_utf8_lossy)
                .unwrap_or_default()
                .into_owned()
        })
    };
    let rows = statement.query_map([MOST_OBJECTS as i64], |r| {
        Ok(Object {
            kind: text(r, 0)?,
            name: text(r, 1)?,
            table: text(r, 2)?,
            sql: text(r, 3)?,
        })
    })?;
    rows.collect()
}

/// Entries by kind and name: the table each belongs to, and its words.
pub(super) type Known = HashMap<(String, String), (String, String)>;

/// What a case of each version consists of, by index `version - 1`.
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |version: i64| -> rusqlite::Result<Known> {
        let conn = Connection::open_in_memory()?;
        migrate::create_as_of(&conn, version)?;
        // A case may have the index of words.
        conn.execute_batch(migrate::SEARCH_INDEX)?;
        let objects = objects(&conn)?.into_iter();
        Ok(objects
            .map(|o| ((o.kind, o.name), (o.table, o.sql)))
            .collect())
    };
    (1..=migrate::SCHEMA_VERSION)
        .map(|v| known(v).unwrap_or_default())
        .collect()
});

pub(super) fn of_version(version: i64) -> Option<&'static Known> {
    let at = usize::try_from(version.checked_sub(1)?).ok()?;
    KNOWN.get(at)
}

/// The name of an entry, among those that `which` picks, that is not word for word ours and not plainly
/// harmless. (`trusted_schema` and `DEFENSIVE` let plain triggers, generated columns, checks and
/// indexes of expressions pass.)
pub(super) fn foreign_to(
    conn: &Connection,
    there: &[Object],
    known: Option<&Known>,
    which: &dyn Fn(&Object) -> bool,
) -> rusqlite::Result<Option<String>> {
    let Some(known) = known else {
        return Ok(Some(String::new()));
    };
    if there.len() >= MOST_OBJECTS {
        return Ok(Some("sqlite_schema".to_owned()));
    }
    for object in there.iter().filter(|o| which(o)) {
        let key = (object.kind.clone(), object.name.clone());
        let is_ours = match known.get(&key) {
            Some((table, sql)) => {
                *table == object.table
                    && (is_widened(&object.sql, sql)
                        || is_widened(&object.sql, &with_autoincrement(sql)))
            }
            None => is_inert(conn, object, known)?,
        };
        if !is_ours {
            return Ok(Some(object.name.clone()));
        }
    }
    Ok(None)
}

/// A table as the program wrote it before the tables of incidents and sources went without AUTOINCREMENT.
fn with_autoincrement(sql: &str) -> String {
    let of = ["CREATE TABLE incident (", "CREATE TABLE source ("];
    match of.iter().any(|start| sql.starts_with(start)) {
        true => sql.replacen("PRIMARY KEY NOT", "PRIMARY KEY AUTOINCREMENT NOT", 1),
        false => sql.to_owned(),
    }
}

/// Whether a table is ours, or ours with plain columns added, as QGIS and GDAL add a field: a name and a type, and
/// nothing that computes or forbids.
fn is_widened(theirs: &str, ours: &str) -> bool {
    if theirs == ours {
        return true;
    }
    let Some(mut rest) = added_to(theirs, ours).filter(|_| ours.starts_with("CREATE TABLE")) else {
        return false;
    };
    while let Some(column) = rest.trim_start().strip_prefix(',') {
        let column = column.trim_start();
        let after_name = match column.strip_prefix('"') {
            Some(quoted) => after_quotation(quoted),
            None => {
                let end = column.find(|c: char| !c.is_alphanumeric() && c != '_');
                end.and_then(|end| column.get(end..))
            }
        };
        let Some(after_name) = after_name.and_then(|after| after.strip_prefix(' ')) else {
            return false;
        };
        let end = after_name.find(',').unwrap_or(after_name.len());
        let (column_type, after) = after_name.split_at(end);
        let name = column_type.split('(').next().unwrap_or_default().trim();
        if !PLAIN_TYPES.contains(&name.to_ascii_uppercase().as_str())
            || !column_type[name.len()..]
                .chars()
                .all(|c| " ()0123456789".contains(c))
        {
            return false;
        }
        rest = after;
    }
    rest.trim().is_empty()
}

/// What `theirs` has more than `ours` behind a column: from the comma on.
fn added_to<'t>(theirs: &'t str, ours: &str) -> Option<&'t str> {
    let alike = theirs.bytes().zip(ours.bytes()).take_while(|(a, b)| a == b);
    let alike = alike.count();
    // What is added begins as what it is put before may begin, and with it our columns of a later version.
    (0..=alike).rev().find_map(|at| {
        let (head, tail) = ours.split_at_checked(at)?;
        // Columns of a later version may have come behind it.
        let is_behind_a_column = tail.trim_start().starts_with([',', ')']);
        let added = theirs.strip_prefix(head)?.strip_suffix(tail)?;
        (is_behind_a_column && added.starts_with(',')).then_some(added)
    })
}

/// What follows a quoted name; a quotation mark inside of one is doubled.
fn after_quotation(mut quoted: &str) -> Option<&str> {
    loop {
        let (_, after) = quoted.split_once('"')?;
        match after.strip_prefix('"') {
            Some(more) => quoted = more,
            None => return Some(after),
        }
    }
}

/// Types of GeoPackage columns, and those that people write.
const PLAIN_TYPES: [&str; 15] = [
    "BOOLEAN",
    "TINYINT",
    "SMALLINT",
    "MEDIUMINT",
    "INT",
    "INTEGER",
    "FLOAT",
    "DOUBLE",
    "REAL",
    "TEXT",
    "BLOB",
    "DATE",
    "DATETIME",
    "NUMERIC",
    "VARCHAR",
];

/// The name of a table or index of ours that a case lacks; it can do without the index of words, and
/// an edit by GDAL that was cut short leaves out triggers.
pub(super) fn missing_from<'k>(there: &[Object], known: Option<&'k Known>) -> Option<&'k str> {
    let is_needed = |(kind, name): &&(String, String)| {
        (kind == "table" || kind == "index") && !name.starts_with("search")
    };
    let is_there =
        |(kind, name): &&(String, String)| there.iter().any(|o| o.kind == *kind && o.name == *name);
    let needed = known?.keys().filter(is_needed);
    needed
        .filter(|key| !is_there(key))
        .map(|(_, name)| name.as_str())
        .min()
}

/// Whether a table or an index of somebody else's runs nothing when the case is read, checked or written:
/// QGIS keeps its styles in such a table.
fn is_inert(conn: &Connection, object: &Object, known: &Known) -> rusqlite::Result<bool> {
    let is_on_ours = known.contains_key(&("table".to_owned(), object.table.clone()));
    match object.kind.as_str() {
        // To look at a virtual one would make it work.
        "table" if object.sql.starts_with("CREATE TABLE") => {
            let is_plain = conn
                .prepare(
                    "SELECT 1 FROM pragma_table_list(?1) WHERE schema = 'main' AND type = 'table'",
                )?
                .exists([&object.name])?;
            let computes = conn
                .prepare("SELECT 1 FROM pragma_table_xinfo(?1, 'main') WHERE hidden <> 0")?
                .exists([&object.name])?;
            Ok(is_plain && !computes && !has_word(&object.sql, "check"))
        }
        "index" => {
            let computes = conn
                .prepare("SELECT 1 FROM pragma_index_xinfo(?1, 'main') WHERE cid = -2")?
                .exists([&object.name])?;
            let is_plain = conn
                .prepare(
                    "SELECT 1 FROM pragma_index_list(?1, 'main') WHERE name = ?2 AND partial = 0 \
                     AND (\"unique\" = 0 OR ?3)",
                )?
                .exists(rusqlite::params![object.table, object.name, !is_on_ours])?;
            Ok(is_plain && !computes)
        }
        _ => Ok(false),
    }
}

fn has_word(sql: &str, word: &str) -> bool {
    sql.to_ascii_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_columns_widen_a_table() {
        for ours in [
            "CREATE TABLE a (id INTEGER)",
            "CREATE TABLE a (\n  id INTEGER, b TEXT NOT NULL\n)",
            "CREATE TABLE a (id INTEGER, b TEXT NOT NULL,\n  CONSTRAINT k UNIQUE (id, b)\n)",
        ] {
            let alter = |more: &str| -> Option<String> {
                let conn = Connection::open_in_memory().unwrap();
                conn.execute_batch(ours).unwrap();
                conn.execute_batch(&format!("ALTER TABLE a ADD COLUMN {more}"))
                    .ok()?;
                let sql = "SELECT sql FROM sqlite_schema WHERE name = 'a'";
                conn.query_row(sql, [], |r| r.get(0)).ok()
            };
            for more in [
                "note TEXT",
                "\"my, note\" TEXT(50)",
                "n INTEGER",
                "seen BOOLEAN",
                "\"é\" varchar(10)",
                "\"a\"\") VALUES (1); --\" TEXT",
            ] {
                assert!(is_widened(&alter(more).unwrap(), ours), "{more}");
            }
            for more in [
                "x TEXT AS (1)",
                "x TEXT CHECK (x > 1)",
                "x TEXT DEFAULT 1",
                "x TEXT DEFAULT 'a, b TEXT'",
                "x TEXT GENERATED ALWAYS AS (id) VIRTUAL",
                "x",
                "\"x\" TEXT COLLATE nocase",
                "x TEXT REFERENCES b(id)",
            ] {
                assert!(!is_widened(&alter(more).unwrap(), ours), "{more}");
            }
            // No column at all, or not behind the others.
            let head = ours.strip_suffix(')').unwrap();
            assert!(!is_widened(&format!("{head}, CHECK (id > 1))"), ours));
            assert!(!is_widened(&format!("{head}, x TEXT) WITHOUT ROWID"), ours));
            assert!(!is_widened(
                &ours.replace("id INTEGER", "id INTEGER, x TEXT CHECK (1)"),
                ours
            ));
        }
        let ours = "CREATE TABLE a (id INTEGER, b TEXT NOT NULL)";
        assert!(!is_widened(
            "CREATE TABLE a (id INTEGER, b TEXT, x TEXT NOT NULL)",
            ours
        ));
        assert!(!is_widened("CREATE TABLE a (id TEXT)", ours));
    }
}
