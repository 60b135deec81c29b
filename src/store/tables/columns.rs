//! The columns of a table, written once: statements are made of the list, values are bound in its order, and
//! cells are found by their place in it.

use crate::store::transaction::Import;
use rusqlite::{Statement, ToSql};

/// What the import adds to each row, behind the columns of the row itself.
const OF_IMPORT: [&str; 3] = ["dataset_id", "import_id", "row_hash"];

/// Declares the columns of a table as `COLUMNS`, each with what is bound to it by `bind`, and `at`, which finds
/// the place of one.
macro_rules! columns {
    (|$row:ident: &$of:ty, $to:ident $(, $cx:ident: $context:ty)?| { $($name:literal => $value:expr,)+ }) => {
        /// The columns that rows themselves fill, in the order of [`bind`].
        pub(super) const COLUMNS: &[&str] = &[$($name),+];

        /// Binds a row to [`COLUMNS`].
        pub(super) fn bind(
            $row: &$of,
            $to: &mut crate::store::tables::Binder<'_, '_>
            $(, $cx: &mut $context)?
        ) -> rusqlite::Result<()> {
            $($to.put($value)?;)+
            Ok(())
        }

        /// The place of a column among [`COLUMNS`].
        pub(super) const fn at(name: &str) -> usize {
            crate::store::tables::position(COLUMNS, name)
        }
    };
}
pub(super) use columns;

/// The place of a name in a list; for constants, where a name that is missing does not compile.
pub(in crate::store) const fn position(columns: &[&str], name: &str) -> usize {
    let mut at = 0;
    while !is_same(columns[at].as_bytes(), name.as_bytes()) {
        at += 1;
    }
    at
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// Binds the values of a row one after the other.
pub(in crate::store) struct Binder<'s, 'c> {
    statement: &'s mut Statement<'c>,
    at: usize,
    /// The row that this one refers to, such as the place of figures.
    pub parent: Option<i64>,
}

impl<'s, 'c> Binder<'s, 'c> {
    /// Begins with the id of the row; `None` for a new one.
    pub(in crate::store) fn new(
        statement: &'s mut Statement<'c>,
        id: Option<i64>,
    ) -> rusqlite::Result<Binder<'s, 'c>> {
        let mut to = Binder {
            statement,
            at: 0,
            parent: None,
        };
        to.put(id)?;
        Ok(to)
    }

    pub(in crate::store) fn put(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.at += 1;
        self.statement.raw_bind_parameter(self.at, value)
    }

    /// Ends with what the import adds to the row.
    pub(in crate::store) fn end(
        mut self,
        dataset_id: i64,
        import_id: i64,
        row_hash: i64,
    ) -> rusqlite::Result<()> {
        self.put(dataset_id)?;
        self.put(import_id)?;
        self.put(row_hash)
    }
}

impl Import<'_> {
    /// Ends a row of this import.
    pub(in crate::store) fn end(&self, to: Binder<'_, '_>, row_hash: i64) -> rusqlite::Result<()> {
        to.end(self.dataset_id, self.id, row_hash)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// `INSERT` into a table, with id, columns and what the import adds.
pub(in crate::store) fn insert(verb: &str, table: &str, columns: &[&str]) -> String {
    let names: Vec<String> = columns
        .iter()
        .chain(&OF_IMPORT)
        .map(|n| quoted(n))
        .collect();
    let marks: Vec<String> = (2..names.len() + 2).map(|n| format!("?{n}")).collect();
    format!(
        "{verb} INTO {table} (id, {}) VALUES (?1, {})",
        names.join(", "),
        marks.join(", ")
    )
}

/// `UPDATE` of the row with id ?1, with the parameters of [`insert`].
pub(in crate::store) fn update(table: &str, columns: &[&str]) -> String {
    let names = columns.iter().chain(&OF_IMPORT).enumerate();
    let set: Vec<String> = names
        .map(|(i, name)| format!("{} = ?{}", quoted(name), i + 2))
        .collect();
    format!("UPDATE {table} SET {} WHERE id = ?1", set.join(", "))
}

/// Columns as a `SELECT` lists them, of a table called `alias`.
pub(in crate::store) fn listed(alias: &str, columns: &[&str]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|name| format!("{alias}.{}", quoted(name)))
        .collect();
    names.join(", ")
}
