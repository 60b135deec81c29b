//! What an import tells about a file, and about the rows it could not take.

use super::encoding::Reading;
use super::fault::{Fault, GEOMETRY, OWN_COLUMNS, cut};
use super::formats::{Record, Shape};
use super::row::{NAMED_ROWS, NAMED_WORDS};
use super::values::DayOrder;
use crate::domain;
use crate::locale::{Lang, Problem, number, tr};
use indexmap::IndexMap;

/// What one row of a file became.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Row(domain::Record),
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
    "cell_too_big",
    "deaths_order",
    "duplicate_id",
    "end_before_start",
    "feature_not_json",
    "feature_too_big",
    "future_date",
    "geometry_not_taken",
    "line_short",
    "lost_point",
    "no_actor",
    "no_date",
    "no_id",
    "no_measure",
    "no_position",
    "no_such_day",
    "not_a_feature",
    "nul_byte",
    "open_quote",
    "other_srid",
    "out_of_range",
    "place_ambiguous",
    "placeholder_date",
    "place_unknown",
    "projected",
    "ragged_row",
    "ring_open",
    "ring_short",
    "share_order",
    "stray_quote",
    "swapped",
    "too_many_cells",
    "too_many_names",
    "too_many_points",
    "total_row",
    "unknown_code",
    "unknown_relation",
];

/// Characters of a value that a reject keeps.
pub const VALUE_CHARS: usize = 200;

/// Characters of each value in [`Reject::raw`] but that of a shape as text.
const RAW_VALUE_CHARS: usize = 1024 * 1024;

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
        tr(
            lang,
            text!(
                "reject-" + self.reason,
                column = self.column,
                value = self.value
            ),
        )
    }
}

/// Rejected rows by column and cause, in the order in which the causes came up.
#[derive(Clone, Debug, Default)]
pub struct RejectGroups {
    groups: IndexMap<(String, &'static str), RejectGroup>,
}

/// Rejected rows of one column and cause.
#[derive(Clone, Debug)]
pub struct RejectGroup {
    pub rows: u64,
    pub first: Reject,
    /// Lines of the first rows.
    pub lines: Vec<u64>,
    /// Different values of the first rows.
    pub values: Vec<String>,
}

/// Causes that are kept apart: columns are as many as the file has.
const MOST_GROUPS: usize = 200;

impl RejectGroups {
    pub fn add(&mut self, reject: &Reject) {
        let key = (reject.column.clone(), reject.reason);
        let has_room = self.groups.len() < MOST_GROUPS;
        if let Some(group) = self.groups.get_mut(&key) {
            group.rows += 1;
            if group.lines.len() < NAMED_ROWS {
                group.lines.push(reject.line);
            }
            let has_room = group.values.len() < NAMED_WORDS && group.rows < 1_000;
            if has_room && !group.values.contains(&reject.value) {
                group.values.push(reject.value.clone());
            }
        } else if has_room {
            let group = RejectGroup {
                rows: 1,
                first: reject.clone(),
                lines: vec![reject.line],
                values: vec![reject.value.clone()],
            };
            self.groups.insert(key, group);
        }
    }

    /// The most frequent first.
    #[must_use]
    pub fn sorted(&self) -> Vec<&RejectGroup> {
        let mut all: Vec<&RejectGroup> = self.groups.values().collect();
        all.sort_by_key(|group| std::cmp::Reverse(group.rows));
        all
    }
}

impl RejectGroup {
    /// How many rows and which, what is wrong with the first, and what would accept them.
    #[must_use]
    pub fn told(&self) -> Problem {
        let more = if self.rows > self.lines.len() as u64 {
            ", …"
        } else {
            ""
        };
        let lines: Vec<String> = self.lines.iter().map(|line| number(*line)).collect();
        let cause = Problem::new(text!(
            "reject-" + self.first.reason,
            column = self.first.column,
            value = self.value()
        ));
        Problem::new(text!(
            "reject-group",
            n = number(self.rows),
            lines = format!("{}{more}", lines.join(", "))
        ))
        .part(cause)
        .part(self.remedy())
    }

    /// The values at fault, as one where they are several.
    fn value(&self) -> String {
        match &self.values[..] {
            [one] => one.clone(),
            several => several
                .iter()
                .map(|v| cut(v, 40))
                .collect::<Vec<_>>()
                .join(" · "),
        }
    }

    /// The flag or the step that would accept the rows.
    #[must_use]
    pub fn remedy(&self) -> Problem {
        let key = match self.first.reason {
            "bad_date" | "no_such_day" => text!("remedy-date"),
            "no_date" | "placeholder_date" | "future_date" => text!("remedy-no-date"),
            "bad_coordinates" | "out_of_range" => text!("remedy-coordinates"),
            "bad_number" => text!("remedy-number"),
            "no_position" => text!("remedy-position"),
            "swapped" => text!("remedy-swapped"),
            "lost_point" => text!("remedy-lost-point"),
            "duplicate_id" => text!("remedy-id"),
            "end_before_start" => text!("remedy-end"),
            "deaths_order" => text!("remedy-deaths"),
            "ragged_row" | "too_many_cells" => text!("remedy-ragged"),
            "open_quote" | "stray_quote" => text!("remedy-quote"),
            "place_unknown" | "place_ambiguous" => text!("remedy-place"),
            "no_actor" | "unknown_relation" => text!("remedy-area"),
            "total_row" => text!("remedy-total"),
            _ => text!("remedy-mend"),
        };
        Problem::new(key)
    }
}

/// Fields past the last column are numbered, so that nothing of a ragged row is lost. The column at
/// `written` has the shape as text, which is of use only as a whole.
pub(super) fn raw(
    record: &Record,
    columns: &[String],
    shape: &Shape,
    written: Option<usize>,
) -> String {
    let mut object = serde_json::Map::new();
    let cells = record.cells().enumerate().map(|(i, cell)| {
        let name = columns.get(i).cloned();
        let most = match written == Some(i) {
            true => usize::MAX,
            false => RAW_VALUE_CHARS,
        };
        let name = name.unwrap_or_else(|| format!("column {}", i + 1));
        (name, cell, most)
    });
    let further = record.further.iter();
    let further = further.map(|(k, v)| (k.clone(), v.as_str(), RAW_VALUE_CHARS));
    for (name, value, most) in cells.chain(further) {
        if !value.is_empty() && !name.starts_with(OWN_COLUMNS) {
            object.insert(name, cut(value, most).into());
        }
    }
    if let Some(wkt) = shape.wkt() {
        object.insert(GEOMETRY.to_owned(), wkt.into());
    }
    serde_json::Value::Object(object).to_string()
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
    /// Where that is one of several that give words, what some of the words are in each.
    pub readings: Vec<Reading>,
    /// Of CSV only.
    pub delimiter: Option<char>,
    /// The sheet or layer read, where the format has several.
    pub layer: Option<String>,
    /// The sheets or layers read, where the file has several, and those with rows that are not.
    pub sheets: Vec<String>,
    pub sheets_unread: Vec<String>,
    /// Columns with dates that no field reads.
    pub other_dates: Vec<String>,
    /// How many dates a spreadsheet seems to have taken the day for the month of, where it has.
    pub half_converted: Option<u64>,
    /// Line of the names of the columns, 1-based; 0 where the file has none.
    pub header_line: u64,
    /// Names of the columns in file order.
    pub columns: Vec<String>,
    /// Code of the field and the column it is read from.
    pub mapping: Vec<(String, String)>,
    /// Code of the field and the value that all rows have for it.
    pub given: Vec<(String, String)>,
    /// How dates such as 3/2/2025 were read, where the file or the user tells.
    pub day_order: Option<DayOrder>,
    /// The dataset the rows belong to unless the user names another.
    pub default_dataset: String,
    pub licence: String,
    pub attribution: String,
    /// What people should know but what stops nothing.
    pub notes: Vec<Problem>,
}
