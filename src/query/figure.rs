//! What is counted: incidents, or those who died in them.

use crate::index::{Columns, Row};
use serde::{Deserialize, Serialize};

/// What bars, facets and summaries count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Figure {
    #[default]
    Incidents,
    /// Best estimates, as [`crate::domain::Deaths::in_sums`] has them; none where nothing is reported.
    Deaths,
    /// The lowest and the highest, to stand beside the best.
    #[serde(skip)]
    DeathsLow,
    #[serde(skip)]
    DeathsHigh,
}

impl Figure {
    /// What people choose from.
    pub const ALL: [Figure; 2] = [Figure::Incidents, Figure::Deaths];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Figure::Incidents => "incidents",
            Figure::Deaths => "deaths",
            Figure::DeathsLow => "deaths-low",
            Figure::DeathsHigh => "deaths-high",
        }
    }

    /// What one row counts.
    #[must_use]
    pub fn of(self, columns: &Columns, row: Row) -> u32 {
        // In range: one of three counts that are.
        let deaths = |which: usize| columns.deaths(row).in_sums()[which] as u32;
        match self {
            Figure::Incidents => 1,
            Figure::DeathsLow => deaths(0),
            Figure::Deaths => deaths(1),
            Figure::DeathsHigh => deaths(2),
        }
    }
}
