//! The kinds of rows that deliveries bring, one file each, and the list of them that all loops over rows go
//! through: retiring, undo, history, looking back, checks and lists of changes.

mod columns;
pub(super) mod incident;
mod keyed;
mod movement;
mod place;
mod rows;
mod series;
mod table;
mod territory;

pub(super) use columns::{Binder, position};
pub(super) use keyed::{Asked, Keyed, Standing};
pub(super) use rows::{Rows, Shared};
pub(super) use table::Table;

use crate::domain::RowKind;

/// Every table of rows that deliveries bring, in the order of [`RowKind::ALL`].
pub(super) const TABLES: [&dyn Table; 5] = [
    &incident::Incidents,
    &territory::Territories,
    &movement::Movements,
    &place::Places,
    &series::Figures,
];

/// The table that holds the rows of a kind.
pub(super) fn table_of(kind: RowKind) -> &'static dyn Table {
    TABLES[kind as usize]
}

/// Tables whose rows are of an import, which adds, revises and retires them.
pub(super) fn tables_of_imports() -> impl Iterator<Item = &'static dyn Table> {
    TABLES.into_iter().filter(|table| table.is_of_import())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_table() {
        let kinds: Vec<RowKind> = TABLES.iter().map(|table| table.kind()).collect();
        assert_eq!(kinds, RowKind::ALL);
    }
}
