//! Who says so.

use super::Reliability;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A publication or a person that reports the incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub publisher: String,
    pub title: String,
    pub date: Option<Date>,
    pub url: String,
    /// ISO 639-1 code, empty when not given.
    pub language: String,
    pub reliability: Option<Reliability>,
}
