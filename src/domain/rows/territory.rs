//! Where an actor is said to be, by whom, and how sure.

use super::row::record_row;
use crate::domain::{Actor, Grade, LocalText, coded_enum};
use geo::MultiPolygon;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded_enum! {
    Relation {
        Controls = "controls",
        Contests = "contests",
        Present = "present",
        Influences = "influences",
        Ungoverned = "operates_in_ungoverned_area",
        /// Nobody is said to be there: the outline of a municipality, a district, a sector.
        Reference = "reference",
    }
}

/// One area, one actor, one claimant. Estimates of two actors that overlap in space and time are
/// drawn as contested; neither is cut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TerritoryEstimate {
    pub dataset: String,
    pub external_id: String,
    pub name: LocalText,
    pub actor: Actor,
    pub relation: Relation,
    /// First and last day for which the estimate is said to hold; open where `None`.
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// Share of the named area, per cent 0..=100.
    pub share_low: Option<f64>,
    pub share_high: Option<f64>,
    pub claimant: String,
    pub grade: Grade,
    /// Shown wherever the estimate is, such as "illustrative, not an assessment".
    pub note: LocalText,
    /// WGS 84 degrees, longitude first.
    pub area: MultiPolygon<f64>,
    /// Columns that no field took.
    pub extra: Vec<(String, String)>,
    /// Line of the file it was read from, 1-based.
    pub line: u64,
}

impl TerritoryEstimate {
    /// Whether the estimate may hold on some day of `[from, to]`.
    #[must_use]
    pub fn holds_within(&self, from: Option<Date>, to: Option<Date>) -> bool {
        let starts_in_time = match (self.valid_from, to) {
            (Some(start), Some(to)) => start <= to,
            _ => true,
        };
        let ends_in_time = match (self.valid_to, from) {
            (Some(end), Some(from)) => end >= from,
            _ => true,
        };
        starts_in_time && ends_in_time
    }
}

record_row!(TerritoryEstimate, name);
