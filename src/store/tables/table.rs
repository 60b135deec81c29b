//! What the program has to know of a table of rows that deliveries bring.

use super::columns::Binder;
use crate::domain::{Actor, Record, RowKind, Undone};
use crate::store::check::report::CheckReport;
use crate::store::hash::Hasher;
use crate::store::revisions;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

/// How a row is called: title, Spanish title and what was measured, as SQL has them.
pub(in crate::store) struct Titles {
    /// Of a row of the table.
    pub now: [&'static str; 3],
    /// Of a row that was kept in `revision`.
    pub then: [&'static str; 3],
}

/// How `check` looks at the shapes of a table.
pub(in crate::store) struct Shapes {
    /// The item of the report.
    pub item: &'static str,
    pub is_sound: fn(ValueRef<'_>) -> bool,
}

/// A table whose rows deliveries bring, revise and retire.
pub(in crate::store) trait Table: Sync {
    fn kind(&self) -> RowKind;

    /// Its name in the case.
    fn name(&self) -> &'static str {
        self.kind().code()
    }

    /// The columns that rows themselves fill, in the order of [`Table::bind`].
    fn columns(&self) -> &'static [&'static str];

    /// Binds a row of this kind to [`Table::columns`].
    fn bind(&self, record: &Record, to: &mut Binder<'_, '_>) -> rusqlite::Result<()>;

    /// What the row says, as one number.
    fn fingerprint(&self, record: &Record, hasher: &mut Hasher) -> i64;

    /// A query for [`Table::read`] of `rows`, which is the table or a query with its columns.
    fn select(&self, rows: &str) -> String;

    /// The row that [`Table::select`] found; `None` where another program made it unusable.
    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Option<Record>>;

    /// Whether each row is of an import, which adds, revises and retires it. A place is of none: rows of
    /// figures bring it along.
    fn is_of_import(&self) -> bool {
        true
    }

    fn titles(&self) -> Titles {
        Titles {
            now: ["name", "name_es", "NULL"],
            then: [
                "json_extract(row, '$.name')",
                "json_extract(row, '$.name_es')",
                "NULL",
            ],
        }
    }

    /// The shapes that the table has beside those of incidents, which are looked at with their rows.
    fn shapes(&self) -> Option<Shapes> {
        None
    }

    /// The actor that a row names; incidents name many and write them themselves.
    fn actor<'r>(&self, _record: &'r Record) -> Option<&'r Actor> {
        None
    }

    /// Columns with names of actors, joined by `; `.
    fn actor_columns(&self) -> &'static [&'static str] {
        &[]
    }

    /// Reports values of its rows that the program cannot use.
    fn check(&self, _conn: &Connection, _report: &mut CheckReport) -> rusqlite::Result<()> {
        Ok(())
    }

    /// Keeps the row as it is now, before import `by` changes or retires it; `false` where nothing of it can be
    /// kept.
    fn keep(&self, conn: &Connection, id: i64, by: i64, change: &str) -> rusqlite::Result<bool> {
        revisions::keep_row(conn, self.name(), id, by, change)?;
        Ok(true)
    }

    fn delete(&self, conn: &Connection, id: i64) -> rusqlite::Result<()> {
        let sql = format!("DELETE FROM \"{}\" WHERE id = ?1", self.name());
        conn.prepare_cached(&sql)?.execute([id])?;
        Ok(())
    }

    /// Puts rows that were kept into the tables `{into}{name}`: those of `of`, which is what follows FROM, where
    /// revisions are `v`, with conditions.
    fn put_back(&self, conn: &Connection, of: &str, into: &str) -> rusqlite::Result<u64> {
        revisions::put_rows(conn, of, &format!("{into}{}", self.name()))
    }

    /// Takes back what an import did to the rows.
    fn undo(&self, conn: &Connection, import: i64, undone: &mut Undone) -> rusqlite::Result<()> {
        let name = self.name();
        let sql = format!("DELETE FROM \"{name}\" WHERE import_id = ?1");
        let gone = conn.execute(&sql, [import])? as u64;
        let revised: i64 = conn.query_row(
            "SELECT count(*) FROM revision WHERE superseded_by = ?1 AND table_name = ?2 AND change = 'revised'",
            params![import, name],
            |r| r.get(0),
        )?;
        undone.removed += gone.saturating_sub(revised.cast_unsigned());
        undone.restored += self.put_back(conn, &kept_by(import, name), "")?;
        Ok(())
    }

    /// The row as it is now, and the import it is from, 0 for none; `None` where it is not there or
    /// another program made it unusable.
    fn current(&self, conn: &Connection, id: i64) -> rusqlite::Result<Option<(Record, i64)>> {
        let name = self.name();
        let rows = format!("(SELECT * FROM \"{name}\" WHERE id = ?1)");
        let Some(record) = self.read_one(conn, &rows, &[Value::Integer(id)])? else {
            return Ok(None);
        };
        if !self.is_of_import() {
            return Ok(Some((record, 0)));
        }
        let import = conn
            .prepare_cached(&format!("SELECT import_id FROM \"{name}\" WHERE id = ?1"))?
            .query_row([id], |r| r.get(0))?;
        Ok(Some((record, import)))
    }

    /// The row of a revision whose first columns are row, point and radius_m; `None` where another program
    /// wrote what is none.
    fn kept(&self, conn: &Connection, revision: &Row<'_>) -> rusqlite::Result<Option<Record>> {
        let row = revision.get_ref(0)?.as_str().unwrap_or_default();
        let Some((names, values)) = revisions::kept_columns(conn, self.name(), row)? else {
            return Ok(None);
        };
        // Read as a table of one row, and so by those who read the tables.
        let columns = names.iter().enumerate();
        let mut columns: Vec<String> = columns
            .map(|(i, name)| format!("?{} AS {name}", i + 1))
            .collect();
        let sql = format!("SELECT * FROM \"{}\" WHERE 0", self.name());
        for name in conn.prepare_cached(&sql)?.column_names() {
            let name = revisions::quoted(name);
            if !names.contains(&name) {
                columns.push(format!("NULL AS {name}"));
            }
        }
        self.read_one(conn, &format!("(SELECT {})", columns.join(", ")), &values)
    }

    /// The one row of `rows`.
    fn read_one(
        &self,
        conn: &Connection,
        rows: &str,
        values: &[Value],
    ) -> rusqlite::Result<Option<Record>> {
        let found = conn
            .prepare_cached(&self.select(rows))?
            .query_row(params_from_iter(values), |r| self.read(r));
        Ok(found.optional()?.flatten())
    }
}

/// The revisions that an import left of a table, for [`Table::put_back`].
pub(super) fn kept_by(import: i64, table: &str) -> String {
    format!("revision v WHERE v.superseded_by = {import} AND v.table_name = '{table}'")
}

/// What every [`Table`] does alike with the module's `COLUMNS` and `bind`, for rows that are `Record::$kind`.
macro_rules! of_kind {
    ($kind:ident, |$row:ident, $hasher:ident| $hash:expr) => {
        fn kind(&self) -> RowKind {
            RowKind::$kind
        }

        fn columns(&self) -> &'static [&'static str] {
            COLUMNS
        }

        fn bind(&self, record: &Record, to: &mut Binder<'_, '_>) -> rusqlite::Result<()> {
            match record {
                Record::$kind(row) => bind(row, to),
                _ => Ok(()),
            }
        }

        fn fingerprint(&self, record: &Record, $hasher: &mut Hasher) -> i64 {
            match record {
                Record::$kind($row) => $hash,
                _ => 0,
            }
        }
    };
}
pub(super) use of_kind;
