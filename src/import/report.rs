//! What an import tells about a file, and about the rows it could not take.

use super::dates::DayOrder;
use super::formats::{Record, Shape};
use crate::domain::{Incident, Movement, PlaceSeries, TerritoryEstimate};
use crate::locale::{Lang, Problem, number, tr_args};
use indexmap::IndexMap;
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
    "other_srid",
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
    "unknown_relation",
];

/// Characters of a value that a reject keeps.
pub const VALUE_CHARS: usize = 200;
/// Characters of each value in [`Reject::raw`] but that of a shape as text.
const RAW_VALUE_CHARS: usize = 1024 * 1024;

/// The column that rejected rows have their shape in.
pub const GEOMETRY: &str = "geometry";
/// Columns that the program adds to rejected rows, after those of the file, begin so.
pub const OWN_COLUMNS: &str = "atalaya_";
/// The first of them; a file that has it was written by the program.
pub const REASON_COLUMN: &str = "atalaya_reason";
/// The column that tells how the dates of the row were read, as [`DayOrder`] is written: a few mended rows
/// may no longer tell it.
pub const DAY_ORDER_COLUMN: &str = "atalaya_day_order";

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

/// Counts what is worth a note after the last row, by the note's key.
#[derive(Debug, Default)]
pub struct Tally {
    counts: BTreeMap<&'static str, u64>,
    unknown_kinds: UnknownKinds,
    /// The word of the row at hand, which may still be rejected.
    unknown_kind: Option<String>,
}

/// Words for what happened that no table knows, whose incidents are of the kind "Other".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownKinds {
    /// Incidents with such a word.
    pub incidents: u64,
    /// The first [`MOST_WORDS`] of them in the order of the file, with the incidents of each.
    pub words: IndexMap<String, u64>,
}

/// Words that are kept apart: a column of free text has another in every row.
const MOST_WORDS: usize = 100;
/// Bytes of what can be a word: whole texts are counted, and not kept.
const LONGEST_WORD: usize = 200;
/// Words that a note names.
const NAMED_WORDS: usize = 5;

impl Tally {
    pub fn add(&mut self, key: &'static str) {
        *self.counts.entry(key).or_insert(0) += 1;
    }

    /// The row at hand is not known to be of a kind by its word.
    pub fn unknown_kind(&mut self, word: &str) {
        self.unknown_kind = Some(word.to_owned());
    }

    /// The row at hand is done with; what is told of incidents counts it where it became one.
    pub fn end_row(&mut self, is_incident: bool) {
        let Some(word) = self.unknown_kind.take().filter(|_| is_incident) else {
            return;
        };
        let unknown = &mut self.unknown_kinds;
        unknown.incidents += 1;
        let has_room = unknown.words.len() < MOST_WORDS && word.len() <= LONGEST_WORD;
        if let Some(count) = unknown.words.get_mut(&word) {
            *count += 1;
        } else if has_room {
            unknown.words.insert(word, 1);
        }
    }

    pub fn unknown_kinds(&self) -> &UnknownKinds {
        &self.unknown_kinds
    }

    pub fn notes(&self) -> impl Iterator<Item = Problem> {
        let counted =
            |(key, count): (&&'static str, &u64)| Problem::new(key).with("n", number(*count));
        let counts = self.counts.iter().map(counted);
        counts.chain(self.unknown_kinds.note())
    }
}

impl UnknownKinds {
    /// The most frequent first; what stands more rarely, or never came to be kept apart, is cut.
    fn note(&self) -> Option<Problem> {
        let mut words: Vec<(&String, &u64)> = self.words.iter().collect();
        words.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let named = words.iter().take(NAMED_WORDS);
        let kept: u64 = words.iter().map(|(_, n)| **n).sum();
        let mut named: Vec<String> = named
            .map(|(word, n)| format!("“{}” ({})", cut(word, 40), number(**n)))
            .collect();
        if words.len() > NAMED_WORDS || kept < self.incidents {
            named.push("…".to_owned());
        }
        (self.incidents > 0).then(|| {
            Problem::new("note-unknown-kinds")
                .with("n", number(self.incidents))
                .with("words", named.join(", "))
        })
    }
}
