//! Something that happened.

use super::row::record_row;
use crate::domain::{Actor, Credibility, Deaths, Grade, Kind, Position, Reliability, Source, When};
use serde::{Deserialize, Serialize};

/// A text that may also be given in Spanish.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalText {
    /// In the language of the source.
    pub text: String,
    pub es: Option<String>,
}

impl LocalText {
    #[must_use]
    pub fn new(text: impl Into<String>) -> LocalText {
        LocalText {
            text: text.into(),
            es: None,
        }
    }

    /// The Spanish one where asked for and there, else the source's own.
    #[must_use]
    pub fn in_language(&self, spanish: bool) -> &str {
        match &self.es {
            Some(es) if spanish => es,
            _ => &self.text,
        }
    }

    /// The name of a place with what was measured there: `Nuevo Laredo · Homicidio doloso`.
    #[must_use]
    pub fn with_measure(&self, measure: &str) -> LocalText {
        let with = |name: &String| match measure {
            "" => name.clone(),
            measure => format!("{name} · {measure}"),
        };
        LocalText {
            text: with(&self.text),
            es: self.es.as_ref().map(with),
        }
    }
}

/// Names of the place, each empty when not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceNames {
    pub place: String,
    /// Municipality or county.
    pub admin2: String,
    /// State or province.
    pub admin1: String,
    pub country: String,
}

/// An incident as one source row gives it. Which dataset and import it belongs to is known to the
/// case; `external_id` and `line` tie it to its row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Unique within the dataset.
    pub external_id: String,
    pub kind: Kind,
    /// The source's own label for the kind.
    pub source_kind: String,
    pub title: LocalText,
    pub when: When,
    pub position: Position,
    pub places: PlaceNames,
    pub side_a: Vec<Actor>,
    pub side_b: Vec<Actor>,
    pub deaths: Deaths,
    pub narrative: LocalText,
    pub sources: Vec<Source>,
    /// Of the information as a whole; each source has its own reliability.
    pub credibility: Option<Credibility>,
    /// External ids of related incidents of the same dataset.
    pub related: Vec<String>,
    /// Columns that no field took, in file order.
    pub extra: Vec<(String, String)>,
    /// A later one replaces an earlier one whatever the order of files, such as ACLED's Unix time of
    /// upload; `None` where the source has none and the later file counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Line of the file the row starts on, 1-based; for GeoJSON the number of the feature.
    pub line: u64,
}

impl Incident {
    /// The best source's reliability with the incident's credibility.
    #[must_use]
    pub fn grade(&self) -> Grade {
        Grade {
            reliability: self
                .sources
                .iter()
                .filter_map(|s| s.reliability)
                .min()
                .unwrap_or(Reliability::F),
            credibility: self.credibility.unwrap_or(Credibility::Six),
        }
    }
}

record_row!(Incident, title);
