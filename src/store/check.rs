//! Is the case sound: file, schema, index, keys, and are all rows accounted for?

use super::{Case, SCHEMA_VERSION, cache, guard, reader, rtree};
use crate::locale::Problem;

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

impl Case {
    pub fn check(&self) -> Result<CheckReport, Problem> {
        let look = || -> rusqlite::Result<CheckReport> {
            let mut report = CheckReport::default();
            let text = |sql: &str| self.conn.query_row(sql, [], |r| r.get::<_, String>(0));
            let number = |sql: &str| self.conn.query_row(sql, [], |r| r.get::<_, i64>(0));

            let integrity = text("PRAGMA integrity_check(1)")?;
            report.add("integrity", integrity == "ok", integrity);
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
                let found = text(&format!("SELECT rtreecheck('rtree_{table}_geom')"))?;
                let rows = number(&format!("SELECT count(*) FROM {table}"))?;
                let indexed = number(&format!("SELECT count(*) FROM rtree_{table}_geom"))?;
                let name = if table == "incident" {
                    "incident-index"
                } else {
                    "territory-index"
                };
                report.add(
                    name,
                    found == "ok" && rows == indexed,
                    format!("{found}, {indexed} / {rows}"),
                );
            }
            let unusable = self.rows_left_out()?;
            report.add("usable", unusable == 0, unusable);
            let told = reader::columns_from_rows(&self.conn, |_| true)?.unwrap_or_default();
            let kept = cache::read_unproven(&self.conn)?;
            let alike = kept.as_ref().map(|k| cache::rows_alike(k, &told));
            // Without kept columns the case is read row by row: slower, and as sound.
            let agree = kept.is_none_or(|k| k.len() == told.len() && alike == Some(told.len()));
            let found = format!("{} / {}", alike.unwrap_or(0), told.len());
            report.add("columns", agree, found);
            let unaccounted = number(
                "SELECT count(*) FROM import m WHERE rows_read <> added + updated + unchanged + rejected \
                 OR rejected <> (SELECT count(*) FROM reject r WHERE r.import_id = m.id)",
            )?;
            report.add("imports", unaccounted == 0, unaccounted);
            Ok(report)
        };
        look().map_err(|e| self.problem(&e))
    }
}
