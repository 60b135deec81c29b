//! What goes into the case and comes out of it, beside the domain's own types.

use crate::domain::{Incident, TerritoryEstimate};

/// Where rows come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetInfo {
    pub name: String,
    pub licence: String,
    pub attribution: String,
    pub incidents: u64,
    pub territories: u64,
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
    pub rows_read: u64,
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
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

/// What an incident said before an import changed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    pub id: i64,
    /// The import it was from, with its file and time.
    pub import: ImportInfo,
    /// Line of that file, 1-based.
    pub line: u64,
    /// Id of the import that changed it.
    pub superseded_by: i64,
    pub incident: Incident,
}

/// A territory estimate with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTerritory {
    pub id: i64,
    pub import_id: i64,
    pub estimate: TerritoryEstimate,
}
