//! What GDAL and QGIS show of a layer without reading it.

use super::tables::TABLES;
use crate::domain::RowKind;
use rusqlite::{Connection, params};

/// West, south, east and north; each `None` for a table without rows.
type Extent = [Option<f64>; 4];

/// Brings extents and dates of change up to date. Where incidents lie is known from their columns.
pub(super) fn update(conn: &Connection, incidents: Option<[f64; 4]>) -> rusqlite::Result<()> {
    for table in TABLES {
        let [west, south, east, north] = match table.kind() {
            RowKind::Incident => incidents.map_or([None; 4], |e| e.map(Some)),
            _ if table.shapes().is_some() => extent(conn, table.name())?,
            _ => continue,
        };
        conn.execute(
            "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now'), \
             min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
            params![table.name(), west, south, east, north],
        )?;
    }
    Ok(())
}

fn extent(conn: &Connection, table: &str) -> rusqlite::Result<Extent> {
    let sql = format!(
        "SELECT min(ST_MinX(geom)), min(ST_MinY(geom)), max(ST_MaxX(geom)), max(ST_MaxY(geom)) FROM {table}"
    );
    conn.query_row(&sql, [], |r| {
        Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?])
    })
}
