//! A place with what was measured there: a crossing's trucks, a municipality's homicides.

use super::row::RecordRow;
use crate::domain::{LocalText, PlaceNames, Position};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Unique within the dataset, such as INEGI's key of a municipality.
    pub external_id: String,
    /// As the source calls it: crossing, city, facility, municipality.
    pub kind: String,
    pub name: LocalText,
    pub names: PlaceNames,
    /// `None` where the source does not say and nothing else is known.
    pub position: Option<Position>,
}

/// One quantity at a place over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What was counted, in the source's words.
    pub measure: String,
    /// Of each value, such as `victims` or `trucks`; empty where the source does not say.
    pub unit: String,
    pub values: Vec<Measured>,
}

/// A value over some days, both included. `None` where the source gives none: not zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub from: Date,
    pub to: Date,
    pub value: Option<f64>,
}

/// What one source row says about a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceSeries {
    /// Of the row, unique within the dataset.
    pub external_id: String,
    pub place: Place,
    pub series: Vec<Series>,
    /// Columns that no field took, in file order.
    pub extra: Vec<(String, String)>,
    /// Line of the file the row starts on, 1-based.
    pub line: u64,
}

impl RecordRow for Place {
    fn external_id(&self) -> &str {
        &self.external_id
    }

    fn title(&self) -> LocalText {
        self.name.clone()
    }

    fn line(&self) -> Option<u64> {
        None
    }

    fn extra(&self) -> &[(String, String)] {
        &[]
    }

    fn completed(&mut self) -> Option<(&mut String, &mut Vec<(String, String)>)> {
        None
    }
}

impl RecordRow for PlaceSeries {
    fn external_id(&self) -> &str {
        &self.external_id
    }

    fn title(&self) -> LocalText {
        let measure = self.series.first().map_or("", |s| &s.measure);
        self.place.name.with_measure(measure)
    }

    fn line(&self) -> Option<u64> {
        Some(self.line)
    }

    fn extra(&self) -> &[(String, String)] {
        &self.extra
    }

    fn completed(&mut self) -> Option<(&mut String, &mut Vec<(String, String)>)> {
        Some((&mut self.external_id, &mut self.extra))
    }
}
