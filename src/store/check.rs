//! Is the case sound: file, schema, indexes, keys, every value, and are all rows accounted for?

mod derived_data;
mod free_pages;
mod values;

use super::file::CaseFile;
use super::{Case, PutBack, SCHEMA_VERSION, guard, rtree, sql_problem};
use crate::locale::Problem;
use rusqlite::Connection;

/// One thing looked at. `name` is a key under `check-<name>` in the locale files.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CheckItem {
    pub name: &'static str,
    pub ok: bool,
    /// What was found, as SQLite or the counts tell it.
    pub found: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CheckReport {
    pub items: Vec<CheckItem>,
}

impl CheckReport {
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.items.iter().all(|i| i.ok)
    }

    fn add(&mut self, name: &'static str, ok: bool, found: impl ToString) {
        self.items.push(CheckItem {
            name,
            ok,
            found: found.to_string(),
        });
    }
}

/// How many rows are wrong in one way, and the first of them.
#[derive(Default)]
struct Wrong {
    rows: u64,
    ids: Vec<i64>,
}

impl Wrong {
    const SHOWN: usize = 10;

    fn add(&mut self, id: i64) {
        self.rows += 1;
        if self.ids.len() < Self::SHOWN {
            self.ids.push(id);
        }
    }

    /// `0`, `3: id 4, 7, 12` or `900: id 4, 7, 12 …`
    fn found(&self) -> String {
        if self.rows == 0 {
            return "0".to_owned();
        }
        let ids: Vec<String> = self.ids.iter().map(ToString::to_string).collect();
        let more = if self.rows > self.ids.len() as u64 {
            " …"
        } else {
            ""
        };
        format!("{}: id {}{more}", self.rows, ids.join(", "))
    }

    fn into_report(self, name: &'static str, report: &mut CheckReport) {
        report.add(name, self.rows == 0, self.found());
    }
}

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
    let geopackage = ids == (guard::APPLICATION_ID, guard::USER_VERSION);
    report.add("geopackage", geopackage, format!("{:#x} {}", ids.0, ids.1));
    for table in rtree::FEATURE_TABLES {
        derived_data::spatial_index(conn, table, &mut report)?;
    }
    values::incidents(conn, &mut report)?;
    values::territories(conn, &mut report)?;
    values::shapes(conn, &mut report)?;
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
