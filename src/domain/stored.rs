//! Rows as the case gives them out: each with where it comes from.

use super::{ImportInfo, Incident, Measured, Movement, Place, TerritoryEstimate};

/// An incident with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredIncident {
    pub id: i64,
    pub dataset: String,
    pub import: ImportInfo,
    pub incident: Incident,
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

/// One quantity at a place, from all rows that give it, earliest value first.
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
