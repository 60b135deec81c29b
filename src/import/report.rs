//! What an import tells about a file, and about the rows it could not take.

use super::formats::Record;
use crate::domain::{Incident, TerritoryEstimate};
use crate::locale::{Lang, Problem, number, tr_args};
use std::collections::BTreeMap;

/// What one row of a file became.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Incident(Box<Incident>),
    Territory(Box<TerritoryEstimate>),
    Reject(Reject),
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
    /// The row as a JSON object of its columns, long values cut.
    pub raw: String,
}

/// Every reason a row may be rejected for; the text is under `reject-<reason>`.
pub const REJECT_REASONS: &[&str] = &[
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
    "geometry_not_taken",
    "no_actor",
    "no_date",
    "no_id",
    "no_position",
    "no_such_day",
    "not_a_feature",
    "nul_byte",
    "out_of_range",
    "ragged_row",
    "ring_open",
    "ring_short",
    "share_order",
    "swapped",
    "unknown_code",
];

/// Characters of a value that a reject keeps.
pub const VALUE_CHARS: usize = 200;
/// Characters of each value in [`Reject::raw`], and bytes of the whole of it.
const RAW_VALUE_CHARS: usize = 1_000;
const RAW_BYTES: usize = 16 * 1024;

impl Reject {
    pub(super) fn new(fault: Fault, record: &Record, columns: &[String]) -> Reject {
        Reject {
            line: record.line,
            column: fault.column,
            value: cut(&fault.value, VALUE_CHARS),
            reason: fault.reason,
            raw: raw(record, columns),
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
fn raw(record: &Record, columns: &[String]) -> String {
    let mut object = serde_json::Map::new();
    let mut bytes = 0;
    let cells = record.cells().enumerate().map(|(i, cell)| {
        let name = columns.get(i).cloned();
        (name.unwrap_or_else(|| format!("column {}", i + 1)), cell)
    });
    let further = record.further.iter().map(|(k, v)| (k.clone(), v.as_str()));
    for (name, value) in cells.chain(further) {
        if value.is_empty() {
            continue;
        }
        let value = cut(value, RAW_VALUE_CHARS);
        bytes += name.len() + value.len();
        if bytes > RAW_BYTES {
            object.insert("…".to_owned(), "…".into());
            break;
        }
        object.insert(name, value.into());
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
