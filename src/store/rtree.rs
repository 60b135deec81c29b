//! The GeoPackage R-tree extension: the index tables, the triggers that keep them true, and the
//! SQL functions those triggers call.

use super::geometry;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, types::ValueRef};

/// The tables with a `geom` column.
pub(super) const FEATURE_TABLES: [&str; 2] = ["incident", "territory"];

/// The triggers of GeoPackage 1.4, annex F.3, for one table: `(name, sql)`.
pub(super) fn triggers(table: &str) -> Vec<(String, String)> {
    let index = format!("rtree_{table}_geom");
    let bounds = "ST_MinX(NEW.\"geom\"), ST_MaxX(NEW.\"geom\"), ST_MinY(NEW.\"geom\"), ST_MaxY(NEW.\"geom\")";
    let is = |row: &str| format!("({row}.\"geom\" NOTNULL AND NOT ST_IsEmpty({row}.\"geom\"))");
    let is_not = |row: &str| format!("({row}.\"geom\" ISNULL OR ST_IsEmpty({row}.\"geom\"))");
    let (new_is, new_is_not, old_is, old_is_not) =
        (is("NEW"), is_not("NEW"), is("OLD"), is_not("OLD"));
    let same = "OLD.\"id\" = NEW.\"id\"";
    let moved = "OLD.\"id\" != NEW.\"id\"";
    let insert = format!("INSERT OR REPLACE INTO \"{index}\" VALUES (NEW.\"id\", {bounds})");
    let update = format!(
        "UPDATE \"{index}\" SET minx = ST_MinX(NEW.\"geom\"), maxx = ST_MaxX(NEW.\"geom\"), \
         miny = ST_MinY(NEW.\"geom\"), maxy = ST_MaxY(NEW.\"geom\") WHERE id = NEW.\"id\""
    );
    let delete = format!("DELETE FROM \"{index}\" WHERE id = OLD.\"id\"");
    let delete_both = format!("DELETE FROM \"{index}\" WHERE id IN (OLD.\"id\", NEW.\"id\")");
    let parts = [
        ("insert", "AFTER INSERT", new_is.clone(), insert.clone()),
        (
            "update6",
            "AFTER UPDATE OF \"geom\"",
            format!("{same} AND {new_is} AND {old_is}"),
            update,
        ),
        (
            "update7",
            "AFTER UPDATE OF \"geom\"",
            format!("{same} AND {new_is} AND {old_is_not}"),
            insert.clone(),
        ),
        (
            "update2",
            "AFTER UPDATE OF \"geom\"",
            format!("{same} AND {new_is_not}"),
            delete.clone(),
        ),
        (
            "update5",
            "AFTER UPDATE",
            format!("{moved} AND {new_is}"),
            format!("{delete}; {insert}"),
        ),
        (
            "update4",
            "AFTER UPDATE",
            format!("{moved} AND {new_is_not}"),
            delete_both,
        ),
        (
            "delete",
            "AFTER DELETE",
            "OLD.\"geom\" NOT NULL".to_owned(),
            delete,
        ),
    ];
    parts
        .into_iter()
        .map(|(suffix, event, when, action)| {
            let name = format!("{index}_{suffix}");
            let sql = format!(
                "CREATE TRIGGER \"{name}\" {event} ON \"{table}\" WHEN {when} BEGIN {action}; END"
            );
            (name, sql)
        })
        .collect()
}

/// Creates index tables and triggers, and registers the extension.
pub(super) fn create(conn: &Connection) -> rusqlite::Result<()> {
    for table in FEATURE_TABLES {
        conn.execute_batch(&format!(
            "CREATE VIRTUAL TABLE \"rtree_{table}_geom\" USING rtree(id, minx, maxx, miny, maxy);
             INSERT INTO gpkg_extensions VALUES ('{table}', 'geom', 'gpkg_rtree_index',
               'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');"
        ))?;
        create_triggers(conn, &triggers(table))?;
    }
    Ok(())
}

pub(super) fn create_triggers(
    conn: &Connection,
    triggers: &[(String, String)],
) -> rusqlite::Result<()> {
    triggers
        .iter()
        .try_for_each(|(_, sql)| conn.execute_batch(sql))
}

pub(super) fn drop_triggers(
    conn: &Connection,
    triggers: &[(String, String)],
) -> rusqlite::Result<()> {
    triggers
        .iter()
        .try_for_each(|(name, _)| conn.execute_batch(&format!("DROP TRIGGER IF EXISTS \"{name}\"")))
}

/// Makes `ST_MinX` and its kin known to a connection. Innocuous: they only read their argument.
pub(super) fn register_functions(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    let corners = [
        ("ST_MinX", 0),
        ("ST_MaxX", 1),
        ("ST_MinY", 2),
        ("ST_MaxY", 3),
    ];
    for (name, corner) in corners {
        conn.create_scalar_function(name, 1, flags, move |ctx: &Context<'_>| {
            Ok(bounds(ctx).map(|b| b[corner]))
        })?;
    }
    conn.create_scalar_function("ST_IsEmpty", 1, flags, |ctx: &Context<'_>| {
        Ok(bounds(ctx).is_none())
    })
}

fn bounds(ctx: &Context<'_>) -> Option<[f64; 4]> {
    match ctx.get_raw(0) {
        ValueRef::Blob(blob) => geometry::bounds(blob),
        _ => None,
    }
}
