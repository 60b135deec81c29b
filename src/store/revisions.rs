//! What rows said before an import changed or retired them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params, params_from_iter};

/// What became of a row that is kept.
pub(super) const REVISED: &str = "revised";
pub(super) const RETIRED: &str = "retired";

/// Keeps a row as it is now, before import `superseded_by` changes or retires it: all its columns.
pub(super) fn keep_row(
    conn: &Connection,
    table: &str,
    id: i64,
    superseded_by: i64,
    change: &str,
) -> rusqlite::Result<()> {
    let mut statement = conn.prepare_cached(&format!("SELECT * FROM \"{table}\" WHERE id = ?1"))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else {
        return Ok(());
    };
    let mut object = serde_json::Map::new();
    for (i, name) in names.iter().enumerate() {
        object.insert(name.clone(), json_of(row.get_ref(i)?));
    }
    let number = |name: &str| object.get(name).and_then(serde_json::Value::as_i64);
    let (import_id, line) = (number("import_id"), number("line"));
    conn.prepare_cached(
        "INSERT INTO revision (row_id, import_id, line, superseded_by, row, table_name, change) VALUES (?1,?2,?3,?4,?5,?6,?7)",
    )?
    .execute(params![
        id,
        import_id.unwrap_or(superseded_by),
        line.unwrap_or(0),
        superseded_by,
        serde_json::Value::Object(object.clone()).to_string(),
        table,
        change
    ])?;
    Ok(())
}

/// A number with a fraction goes as its digits: JSON's readers round it otherwise.
fn json_of(value: ValueRef<'_>) -> serde_json::Value {
    match value {
        ValueRef::Null => serde_json::Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(n) => serde_json::json!({ "real": n.to_string() }),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(blob) => serde_json::json!({ "blob": BASE64.encode(blob) }),
    }
}

fn value_of(json: &serde_json::Value) -> Value {
    let part = |name: &str| json.get(name).and_then(serde_json::Value::as_str);
    if let Some(real) = part("real") {
        return real.parse().map_or(Value::Null, Value::Real);
    }
    if let Some(blob) = part("blob") {
        return BASE64.decode(blob).map_or(Value::Null, Value::Blob);
    }
    match json {
        serde_json::Value::Number(n) => n.as_i64().map_or(Value::Null, Value::Integer),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        _ => Value::Null,
    }
}

/// A name as SQL has it: that of a column may come from anybody.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The columns of a row that [`keep_row`] kept, by their quoted names, with their values. Columns that
/// the table does not have are left out: the file may come from anybody. `None` for what is no row.
pub(super) fn kept_columns(
    conn: &Connection,
    table: &str,
    row: &str,
) -> rusqlite::Result<Option<(Vec<String>, Vec<Value>)>> {
    let Ok(serde_json::Value::Object(kept)) = serde_json::from_str(row) else {
        return Ok(None);
    };
    let known = conn.prepare_cached(&format!("SELECT * FROM {table} WHERE 0"))?;
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for name in known.column_names() {
        if let Some(value) = kept.get(name) {
            names.push(quoted(name));
            values.push(value_of(value));
        }
    }
    Ok(Some((names, values)))
}

/// Puts a row back that [`keep_row`] kept.
pub(super) fn put_row(conn: &Connection, table: &str, row: &str) -> rusqlite::Result<()> {
    let Some((names, values)) = kept_columns(conn, table, row)? else {
        return Ok(());
    };
    let marks = vec!["?"; names.len()].join(",");
    let sql = format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(","));
    conn.prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

/// Puts rows back that [`keep_row`] kept, oldest first; how many those are. `of` is what follows FROM, where
/// revisions are `v`, with conditions.
pub(super) fn put_rows(conn: &Connection, of: &str, table: &str) -> rusqlite::Result<u64> {
    let mut statement = conn.prepare(&format!("SELECT v.row FROM {of} ORDER BY v.id"))?;
    let mut found = statement.query([])?;
    let mut n = 0;
    while let Some(row) = found.next()? {
        put_row(conn, table, row.get_ref(0)?.as_str()?)?;
        n += 1;
    }
    Ok(n)
}
