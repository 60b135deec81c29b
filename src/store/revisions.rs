//! What rows said before an import changed or retired them.

use super::hash::Hasher;
use super::reader::stored_incident;
use super::{Case, geometry};
use crate::domain::Incident;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params, params_from_iter};

/// What became of a row that is kept.
pub(super) const REVISED: &str = "revised";
pub(super) const RETIRED: &str = "retired";

/// Keeps the incident as it is now, before import `superseded_by` changes or retires it. One whose
/// place or date another program has made unusable leaves nothing to keep: `false`.
pub(super) fn keep(
    conn: &Connection,
    incident_id: i64,
    superseded_by: i64,
    change: &str,
) -> rusqlite::Result<bool> {
    let Some(stored) = stored_incident(conn, incident_id)? else {
        return Ok(false);
    };
    let row = serde_json::to_string(&stored.incident).unwrap_or_default();
    conn.prepare_cached(
        "INSERT INTO revision (row_id, import_id, line, superseded_by, row, change, row_hash, point, radius_m) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, row_hash, geom, radius_m FROM incident WHERE id = ?1",
    )?
    .execute(params![
        incident_id,
        stored.import.id,
        stored.incident.line as i64,
        superseded_by,
        row,
        change
    ])?;
    Ok(true)
}

/// As [`keep`], for a row of another table: all its columns.
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

/// An incident as it was before an import changed or retired it.
pub(super) struct Superseded {
    pub row_id: i64,
    pub import_id: i64,
    pub dataset_id: i64,
    /// Its fingerprint, where the case kept it.
    pub row_hash: i64,
    pub incident: Incident,
}

/// Calls `put` with every incident kept in `of`: what follows FROM, where revisions are `v`, with
/// conditions. Oldest first.
pub(super) fn each_superseded(
    conn: &Connection,
    of: &str,
    put: &mut dyn FnMut(Superseded) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = conn.prepare(&format!(
        "SELECT v.row, v.point, v.radius_m, v.row_id, v.import_id, v.row_hash, \
         (SELECT dataset_id FROM main.import m WHERE m.id = v.import_id) FROM {of} AND v.table_name = 'incident' ORDER BY v.id"
    ))?;
    let mut rows = statement.query([])?;
    let mut hasher = Hasher::default();
    while let Some(row) = rows.next()? {
        // Another program may have written what is none.
        if let Some(incident) = incident_from(row)? {
            let row_hash: Option<i64> = row.get(5)?;
            put(Superseded {
                row_id: row.get(3)?,
                import_id: row.get(4)?,
                dataset_id: row.get(6)?,
                row_hash: row_hash.unwrap_or_else(|| hasher.incident(&incident)),
                incident,
            })?;
        }
    }
    Ok(())
}

/// The incident of a revision whose first columns are row, point and radius_m.
pub(super) fn incident_from(row: &Row<'_>) -> rusqlite::Result<Option<Incident>> {
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

impl Case {
    /// A case of an earlier version that is only read lacks the later tables.
    pub(super) fn has_table(&self, name: &str) -> rusqlite::Result<bool> {
        self.conn
            .prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?
            .exists([name])
    }
}
