//! Deliveries: one file a time, what was done with it and what could not be used of it.

use super::{Changed, RowName};
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
    /// What was decided about the file or found in it, as JSON; empty where nobody kept it.
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

/// `rows_read = added + updated + unchanged + rejected`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub rows_read: u64,
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
    /// Rows of the case that a full delivery lacked; they are not among those read.
    pub retired: u64,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    Added,
    Updated,
    Unchanged,
    /// The same file has another row under the same key.
    DuplicateKey,
}

/// What one import did.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportChanges {
    pub import: ImportInfo,
    pub added: Vec<RowName>,
    pub revised: Vec<Changed>,
    pub retired: Vec<RowName>,
}

/// What became of the rows of an import that was undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Rows it had added, which are gone.
    pub removed: u64,
    /// Rows it had changed or retired, which are as they were.
    pub restored: u64,
    /// Rejected rows it had kept, which are gone.
    pub rejects: u64,
}
