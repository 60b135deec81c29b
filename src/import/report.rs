//! What an import tells about a file, and about the rows it could not take.

use super::formats::{Record, Shape};
use crate::domain::{Incident, Movement, PlaceSeries, TerritoryEstimate};
use crate::locale::{Lang, Problem, number, tr_args};
use std::collections::BTreeMap;

/// What one row of a file became.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Incident(Box<Incident>),
    Territory(Box<TerritoryEstimate>),
    Movement(Box<Movement>),
    Series(Box<PlaceSeries>),
    Reject(Reject),
}

/// What a profile reads a row as.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    Incident(Box<Incident>),
    Series(Box<PlaceSeries>),
}

/// A row that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Line of the file the row starts on, 1-based; for GeoJSON the number of the feature.
    pub line: u64,
    /// The column at fault as the file names it; empty where it is the row as a whole.
    pub column: String,
    /// What stood there, cut to [`VALUE_CHARS`].
    pub value: String,
    /// One of [`REJECT_REASONS`].
    pub reason: &'static str,
    /// The id of the row, where one can be read; else empty.
    pub id: String,
    /// The row as a JSON object: every column that is not empty, in file order, and its shape as WKT
    /// under [`GEOMETRY`].
    pub raw: String,
}

/// Every reason a row may be rejected for; the text is under `reject-<reason>`.
pub const REJECT_REASONS: &[&str] = &[
    "bad_coordinates",
    "bad_count",
    "bad_date",
    "bad_grade",
    "bad_geometry",
    "bad_number",
    "bad_properties",
    "deaths_order",
    "duplicate_id",
    "end_before_start",
    "feature_not_json",
    "feature_too_big",
    "geometry_not_taken",
    "line_short",
    "no_actor",
    "no_date",
    "no_id",
    "no_measure",
    "no_position",
    "no_such_day",
    "not_a_feature",
    "nul_byte",
    "out_of_range",
    "place_ambiguous",
    "place_unknown",
    "projected",
    "ragged_row",
    "ring_open",
    "ring_short",
    "share_order",
    "swapped",
    "too_many_points",
    "unknown_code",
];

/// Characters of a value that a reject keeps.
pub const VALUE_CHARS: usize = 200;
/// Characters of each value in [`Reject::raw`].
const RAW_VALUE_CHARS: usize = 1024 * 1024;

/// The column that rejected rows have their shape in.
pub const GEOMETRY: &str = "geometry";
/// Columns that the program adds to rejected rows, after those of the file, begin so.
pub const OWN_COLUMNS: &str = "atalaya_";
/// The first of them; a file that has it was written by the program.
pub const REASON_COLUMN: &str = "atalaya_reason";

impl Reject {
    pub(super) fn new(fault: Fault, line: u64, id: String, raw: String) -> Reject {
        Reject {
            line,
            id,
            column: fault.column,
            value: cut(&fault.value, VALUE_CHARS),
            reason: fault.reason,
            raw,
        }
    }

    /// One sentence for people: the column and what is wrong with it, without the line.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        tr_args(
            lang,
            &format!("reject-{}", self.reason),
            &[("column", &self.column), ("value", &self.value)],
        )
    }
}

fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Fields past the last column are numbered, so that nothing of a ragged row is lost.
pub(super) fn raw(record: &Record, columns: &[String], shape: &Shape) -> String {
    let mut object = serde_json::Map::new();
    let cells = record.cells().enumerate().map(|(i, cell)| {
        let name = columns.get(i).cloned();
        (name.unwrap_or_else(|| format!("column {}", i + 1)), cell)
    });
    let further = record.further.iter().map(|(k, v)| (k.clone(), v.as_str()));
    for (name, value) in cells.chain(further) {
        if !value.is_empty() && !name.starts_with(OWN_COLUMNS) {
            object.insert(name, cut(value, RAW_VALUE_CHARS).into());
        }
    }
    if let Some(wkt) = shape.wkt() {
        object.insert(GEOMETRY.to_owned(), wkt.into());
    }
    serde_json::Value::Object(object).to_string()
}

/// Why a row cannot be taken, before its line is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub reason: &'static str,
    pub column: String,
    pub value: String,
}

impl Fault {
    pub fn new(reason: &'static str, column: &str, value: &str) -> Fault {
        Fault {
            reason,
            column: column.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// What is known of the file an import reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    pub file_name: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub size_bytes: u64,
    /// Id of the format, such as `csv`.
    pub format: &'static str,
    /// Id of the profile, such as `ucdp-ged`.
    pub profile: &'static str,
    /// WHATWG name, such as `UTF-8` or `windows-1252`.
    pub encoding: String,
    /// Of CSV only.
    pub delimiter: Option<char>,
    /// The sheet or layer read, where the format has several.
    pub layer: Option<String>,
    /// Line of the names of the columns, 1-based; 0 where the file has none.
    pub header_line: u64,
    /// Names of the columns in file order.
    pub columns: Vec<String>,
    /// Code of the field and the column it is read from.
    pub mapping: Vec<(String, String)>,
    /// The dataset the rows belong to unless the user names another.
    pub default_dataset: String,
    pub licence: String,
    pub attribution: String,
    /// What people should know but what stops nothing.
    pub notes: Vec<Problem>,
}

/// Counts what is worth a note after the last row, by the note's key.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    pub fn add(&mut self, key: &'static str) {
        *self.0.entry(key).or_insert(0) += 1;
    }

    pub fn notes(&self) -> impl Iterator<Item = Problem> {
        self.0
            .iter()
            .map(|(key, count)| Problem::new(key).with("n", number(*count)))
    }
}
