//! What the user decides about a file. By default nothing: everything is found out from the file.

use super::field::Field;
use crate::domain::Kind;
use crate::import::formats::{Header, Layout};
use crate::import::values::DayOrder;
use serde::{Deserialize, Serialize};

/// Everything that can be decided, as a template keeps it. What is `None` or empty is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// The id of a profile; `None` takes the one that fits the columns best.
    pub profile: Option<String>,
    /// Columns given by name; they win over those found by their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub map: Vec<(Field, String)>,
    /// Fields that no column gives, though one is named like it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmap: Vec<Field>,
    /// Values that all rows have, each for a field that no column gives. A blank one is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<(Field, String)>,
    /// What words of the file are, by the word as it stands there; they win over the tables of
    /// `assets/kinds`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<(String, Kind)>,
    /// How the publisher wants to be named, and under what licence, where the profile does not know.
    pub attribution: Option<String>,
    pub licence: Option<String>,
    /// The sheet or layer of a file that has several; `None` takes those that can be read together.
    pub layer: Option<String>,
    /// Line of the names of the columns, 1-based; 0 where the file has none.
    pub header: Option<u64>,
    /// WHATWG name, such as `windows-1252`.
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
    /// How dates such as 03/02/2025 are read.
    pub day_order: Option<DayOrder>,
    /// Whether a spreadsheet took the days of its own dates for months, where half of the dates are
    /// texts; `None` has it asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_converted: Option<bool>,
    /// Takes longitude for latitude and the other way round, where the file has them so.
    pub swap: bool,
    /// Locates rows without coordinates by the names of their places.
    pub gazetteer: bool,
    /// Zone of clock times that name none: an IANA name, or `place` for that of where the row lies.
    pub zone: Option<String>,
}

impl Options {
    pub fn layout(&self) -> Layout {
        Layout {
            layer: self.layer.clone(),
            header: match self.header {
                None => Header::Found,
                Some(0) => Header::Given(Vec::new()),
                Some(line) => Header::Line(line),
            },
            delimiter: self.delimiter,
        }
    }
}
