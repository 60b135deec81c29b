//! What goes into the case and comes out of it, beside the domain's own types.

use super::{Record, RowKind};
use crate::domain::{Incident, LocalText, Measured, Movement, Place, TerritoryEstimate};
use jiff::civil::Date;

/// Where rows come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetInfo {
    pub name: String,
    pub licence: String,
    pub attribution: String,
    pub incidents: u64,
    pub territories: u64,
    pub movements: u64,
    pub places: u64,
}

/// What is known of a file before its rows are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewImport {
    pub dataset: String,
    pub licence: String,
    pub attribution: String,
    pub file_name: String,
    pub sha256: String,
    pub size_bytes: u64,
    pub format: String,
    pub profile: String,
    /// `(field, column)` pairs.
    pub mapping: Vec<(String, String)>,
    pub encoding: String,
    /// Names of the file's columns, in its order.
    pub columns: Vec<String>,
    /// What the user decided about the file, as JSON.
    pub options: String,
    /// The day the delivery was received; `None` for now.
    pub received: Option<Date>,
    /// The file holds the whole dataset: what it lacks is retired.
    pub full: bool,
    /// Retires even where that is most of the dataset.
    pub force: bool,
}

/// One load of one file, as recorded.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ImportInfo {
    pub id: i64,
    pub dataset: String,
    pub file_name: String,
    pub sha256: String,
    pub size_bytes: u64,
    pub format: String,
    pub profile: String,
    pub encoding: String,
    /// RFC 3339, UTC.
    pub imported_at: String,
    /// When the delivery was received, which may be before it was loaded; RFC 3339, UTC.
    pub known_at: String,
    /// The file held the whole dataset, and so many rows that it lacked were retired.
    pub full: bool,
    pub retired: u64,
    pub rows_read: u64,
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
    /// What was decided about the file, or told by it, as JSON; empty where nobody kept it.
    #[serde(skip)]
    pub options: String,
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RejectRow {
    pub import_id: i64,
    pub line: u64,
    pub column: String,
    pub value: String,
    /// A code with a text under `reject-<code>` in the locale files.
    pub reason: String,
    /// The row as JSON.
    pub raw: String,
}

/// An incident with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredIncident {
    pub id: i64,
    pub dataset: String,
    pub import: ImportInfo,
    pub incident: Incident,
}

/// A row as it is called in lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowName {
    pub kind: RowKind,
    /// Primary key in its table.
    pub id: i64,
    pub external_id: String,
    pub title: LocalText,
    /// Line of the file that it is from, 1-based.
    pub line: u64,
}

/// A row before and after an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Primary key in its table.
    pub id: i64,
    /// The import that `before` was from, and the one that `after` is from.
    pub from_import: i64,
    pub import_id: i64,
    /// In between the row was retired.
    pub retired: bool,
    pub before: Record,
    pub after: Record,
}

/// How a row became what it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowHistory {
    /// Newest first.
    pub changes: Vec<Changed>,
    /// There are more, older ones.
    pub is_cut: bool,
}

/// What one import did.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportChanges {
    pub import: ImportInfo,
    pub added: Vec<RowName>,
    pub revised: Vec<Changed>,
    pub retired: Vec<RowName>,
}

/// A territory estimate with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTerritory {
    pub id: i64,
    pub import_id: i64,
    pub estimate: TerritoryEstimate,
}

/// A movement with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredMovement {
    pub id: i64,
    pub dataset: String,
    pub import_id: i64,
    pub movement: Movement,
}

/// A place of which something was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPlace {
    pub id: i64,
    pub dataset: String,
    pub place: Place,
}

/// One quantity at a place, from all rows that tell of it, earliest value first.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSeries {
    pub measure: String,
    pub unit: String,
    pub values: Vec<StoredValue>,
}

/// A value with where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StoredValue {
    pub measured: Measured,
    pub import_id: i64,
    /// Line of that import's file, 1-based.
    pub line: u64,
}
