//! A row of the case of whatever kind, as it is now or as it was kept before an import changed it.

use super::reader::{TERRITORY_COLUMNS, stored_incident, territory_from};
use super::revisions::{incident_from, kept_columns, quoted};
use super::{movements, places};
use crate::domain::{Record, RowKind};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

/// The table that holds the rows of a kind.
pub(super) const fn table(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Series => "series",
        other => other.code(),
    }
}

/// The row as it is now, and the import it is from, 0 for a place; `None` where it is not there or
/// another program made it unusable.
pub(super) fn current(
    conn: &Connection,
    kind: RowKind,
    id: i64,
) -> rusqlite::Result<Option<(Record, i64)>> {
    if kind == RowKind::Incident {
        let stored = stored_incident(conn, id)?;
        return Ok(stored.map(|s| (Record::Incident(Box::new(s.incident)), s.import.id)));
    }
    let table = table(kind);
    let rows = format!("(SELECT * FROM \"{table}\" WHERE id = ?1)");
    let Some(record) = read(conn, kind, &rows, &[Value::Integer(id)])? else {
        return Ok(None);
    };
    let import = match kind {
        RowKind::Place => 0,
        _ => conn
            .prepare_cached(&format!("SELECT import_id FROM \"{table}\" WHERE id = ?1"))?
            .query_row([id], |r| r.get(0))?,
    };
    Ok(Some((record, import)))
}

/// The row of a revision whose first columns are row, point and radius_m; `None` where another program
/// wrote what is none.
pub(super) fn kept(
    conn: &Connection,
    kind: RowKind,
    revision: &Row<'_>,
) -> rusqlite::Result<Option<Record>> {
    if kind == RowKind::Incident {
        let incident = incident_from(revision)?;
        return Ok(incident.map(|i| Record::Incident(Box::new(i))));
    }
    let row = revision.get_ref(0)?.as_str().unwrap_or_default();
    let Some((names, values)) = kept_columns(conn, table(kind), row)? else {
        return Ok(None);
    };
    // Read as a table of one row, and so by those who read the tables.
    let columns = names.iter().enumerate();
    let mut columns: Vec<String> = columns
        .map(|(i, name)| format!("?{} AS {name}", i + 1))
        .collect();
    let sql = format!("SELECT * FROM \"{}\" WHERE 0", table(kind));
    for name in conn.prepare_cached(&sql)?.column_names().map(quoted) {
        if !names.contains(&name) {
            columns.push(format!("NULL AS {name}"));
        }
    }
    let rows = format!("(SELECT {})", columns.join(", "));
    read(conn, kind, &rows, &values)
}

/// The one row of `rows`.
fn read(
    conn: &Connection,
    kind: RowKind,
    rows: &str,
    values: &[Value],
) -> rusqlite::Result<Option<Record>> {
    let sql = match kind {
        RowKind::Incident => return Ok(None),
        RowKind::Territory => {
            format!(
                "SELECT {TERRITORY_COLUMNS} FROM {rows} t JOIN dataset d ON d.id = t.dataset_id"
            )
        }
        RowKind::Movement => {
            let columns = movements::COLUMNS;
            format!("SELECT {columns} FROM {rows} v JOIN dataset d ON d.id = v.dataset_id")
        }
        RowKind::Place => format!("SELECT {} FROM {rows} p", places::COLUMNS),
        RowKind::Series => {
            let (of_place, of_row) = (places::COLUMNS, places::ROW_COLUMNS);
            format!(
                "SELECT {of_place}, {of_row} FROM {rows} s LEFT JOIN place p ON p.id = s.place_id"
            )
        }
    };
    let found = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(values), |r| {
            Ok(match kind {
                RowKind::Incident => None,
                RowKind::Territory => {
                    territory_from(r)?.map(|t| Record::Territory(Box::new(t.estimate)))
                }
                RowKind::Movement => {
                    movements::movement_from(r)?.map(|m| Record::Movement(Box::new(m.movement)))
                }
                RowKind::Place => Some(Record::Place(Box::new(places::place_from(r)?))),
                RowKind::Series => Some(Record::Series(Box::new(places::row_from(r)?))),
            })
        });
    Ok(found.optional()?.flatten())
}
