//! Something that moved along a line: a track, a deployment, a flow.

use super::row::record_row;
use crate::domain::{Actor, LocalText, Source, When, coded_enum};
use geo::MultiLineString;
use serde::{Deserialize, Serialize};

coded_enum! {
    MovementKind {
        /// What was recorded on the way: a flight, a patrol.
        Track = "track",
        /// From one place to another, once: so many of somebody.
        Deployment = "deployment",
        /// From one place to another, again and again: so much in a time.
        Flow = "flow",
    }
}

/// A line with what moved along it, as one source row gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// Unique within the dataset.
    pub external_id: String,
    pub kind: MovementKind,
    pub name: LocalText,
    pub actor: Option<Actor>,
    /// When it was under way; `None` where the source does not say.
    pub when: Option<When>,
    /// WGS 84 degrees, longitude first, each line in the order it was moved along.
    pub path: MultiLineString<f64>,
    /// How many or how much, in [`Movement::unit`].
    pub amount: Option<f64>,
    pub unit: String,
    pub note: LocalText,
    pub sources: Vec<Source>,
    /// Columns that no field took, in file order.
    pub extra: Vec<(String, String)>,
    /// Line of the file the row starts on, 1-based; for other formats the number of the feature.
    pub line: u64,
}

record_row!(Movement, name);
