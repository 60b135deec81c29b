//! The case file: a GeoPackage that this module alone reads and writes. Everything above sees
//! domain types; SQL stays here.

mod actors;
mod bulk;
mod cache;
mod case;
mod cells;
mod changes;
mod check;
mod codec;
mod columns;
mod connection;
mod contents;
mod derived;
mod earlier;
mod file;
mod geometry;
mod guard;
mod hash;
mod imports;
mod incidents;
mod known;
mod links;
mod lock;
mod look_back;
mod mbtiles;
mod migrate;
mod open;
mod pack;
mod problem;
mod retire;
mod revisions;
mod rtree;
mod schema;
mod search;
mod short;
mod tables;
#[cfg(test)]
mod tests;
mod texts;
mod transaction;
mod undo;
mod writer;

pub use crate::domain::{
    Changed, DatasetInfo, ImportChanges, ImportCounts, ImportInfo, Link, NewImport, Record,
    RejectRow, RowHistory, RowKind, RowName, RowOutcome, StoredIncident, StoredMovement,
    StoredPlace, StoredSeries, StoredTerritory, StoredValue, Undone, Verdict,
};
pub use case::Case;
pub use check::report::{CheckItem, CheckReport};
pub use known::KnownRows;
pub use mbtiles::MbTiles;
pub use migrate::SCHEMA_VERSION;
pub use open::PutBack;
pub use texts::TableTexts;
pub use writer::ImportWriter;
