//! Is the case sound: file, schema, indexes, keys, every value, and are all rows accounted for?

mod derived_data;
mod free_pages;
pub(super) mod report;
pub(super) mod values;

use super::case::Case;
use super::file::CaseFile;
use super::migrate::{APPLICATION_ID, SCHEMA_VERSION, USER_VERSION};
use super::open::PutBack;
use super::problem::sql_problem;
use super::tables::TABLES;
use super::{guard, rtree};
use crate::locale::Problem;
use report::{CheckReport, Wrong};
use rusqlite::Connection;

impl Case {
    /// Looks at everything in the case; a file crafted to keep it busy without end is an error.
    pub fn check(&mut self) -> Result<CheckReport, Problem> {
        let file = self.file.clone();
        // All tables and indexes are read several times.
        let bytes = file.len().saturating_mul(64);
        let put_back = self.put_back();
        guard::within(&mut self.conn, bytes, &file.given, |conn| {
            look(conn, &file, put_back).map_err(|e| sql_problem(&file.given, &e))
        })
    }
}

fn look(
    conn: &Connection,
    file: &CaseFile,
    put_back: Option<PutBack>,
) -> rusqlite::Result<CheckReport> {
    let mut report = CheckReport::default();
    let text = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, String>(0));
    let number = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0));

    let integrity = text("PRAGMA integrity_check(1)")?;
    report.add("integrity", integrity == "ok", integrity);
    // Nothing is lost by it: what is looked at is the case as it was before, or with all of a finished change.
    let unfinished = match put_back {
        None => "none",
        Some(PutBack::Shown) => "journal, not applied",
        Some(PutBack::Restored) => "journal, applied",
        Some(PutBack::FoldedIn) => "folded in",
    };
    report.add("unfinished", true, unfinished);
    let broken_links = number("SELECT count(*) FROM pragma_foreign_key_check")?;
    report.add("links", broken_links == 0, broken_links);
    let version = text("SELECT value FROM setting WHERE key = 'schema_version'")?;
    // An older one is read as it is, and upgraded when it is opened for writing.
    let known = version
        .parse()
        .is_ok_and(|v| (1..=SCHEMA_VERSION).contains(&v));
    report.add("schema", known, version);
    let ids = (
        number("PRAGMA application_id")?,
        number("PRAGMA user_version")?,
    );
    let geopackage = ids == (APPLICATION_ID, USER_VERSION);
    report.add("geopackage", geopackage, format!("{:#x} {}", ids.0, ids.1));
    for table in rtree::FEATURE_TABLES {
        derived_data::spatial_index(conn, table, &mut report)?;
    }
    for table in TABLES {
        table.check(conn, &mut report)?;
    }
    shapes(conn, &mut report)?;
    derived_data::columns(conn, &mut report)?;
    derived_data::words(conn, &mut report)?;
    let unaccounted = number(
        "SELECT count(*) FROM import m WHERE rows_read <> added + updated + unchanged + rejected \
             OR rejected <> (SELECT count(*) FROM reject r WHERE r.import_id = m.id)",
    )?;
    report.add("imports", unaccounted == 0, unaccounted);
    free_pages::look(conn, file, &mut report)?;
    Ok(report)
}

/// Areas, lines and places whose shape cannot be read.
fn shapes(conn: &Connection, report: &mut CheckReport) -> rusqlite::Result<()> {
    for table in TABLES {
        let Some(shapes) = table.shapes() else {
            continue;
        };
        let mut wrong = Wrong::default();
        let sql = format!("SELECT id, geom FROM \"{}\" ORDER BY id", table.name());
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if !(shapes.is_sound)(row.get_ref(1)?) {
                wrong.add(row.get(0)?);
            }
        }
        wrong.into_report(shapes.item, report);
    }
    Ok(())
}
