//! Files in, rows out: a [`Format`] cuts a file into records, a [`Profile`] reads a record as an
//! incident. Nothing here writes; the store takes the items one by one.
//!
//! A bad row is data, not an error: it comes out as [`Item::Reject`] and the rows after it are
//! still read. Only what makes the rest of the file unreadable ends it with a [`Problem`].
//!
//! Every file is read twice, so that memory stays bounded: once for its checksum and encoding,
//! once for its rows. A short look at the first rows in between settles delimiter, columns and
//! the order of day and month.

mod dates;
mod field;
mod formats;
mod mapping;
mod profiles;
mod report;
pub mod route;
mod territory;
mod text;
mod values;

#[cfg(test)]
mod tests;

pub use field::Field;
pub use formats::{Format, formats};
pub use profiles::{Profile, profiles};
pub use report::{FileFacts, Item, REJECT_REASONS, Reject};

use crate::domain::Incident;
use crate::locale::Problem;
use formats::{Read, Record, Rows, Shape, Table};
use mapping::{Mapping, Row};
use report::{Fault, Tally};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

/// What the user decides about a file; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The id of a profile; `None` takes the one that knows most of the columns.
    pub profile: Option<String>,
    /// Columns given by name; they win over those found by their names.
    pub map: Vec<(Field, String)>,
    /// How the publisher wants to be named, and under what licence, where the profile does not know.
    pub attribution: Option<String>,
    pub licence: Option<String>,
}

/// Reads one file row by row. `Err` is the last item: the file itself is broken, and what came
/// before it should not be kept.
pub struct Reader {
    facts: FileFacts,
    profile: &'static dyn Profile,
    columns: Vec<String>,
    mapping: Mapping,
    rows: Box<dyn Rows>,
    record: Record,
    tally: Tally,
    /// How often a row without an id was seen, by the checksum of its content.
    seen: HashMap<u64, u32>,
    ended: bool,
}

/// Looks at a file and makes ready to read it.
///
/// # Errors
/// The file is missing, a folder, empty, of another type or not readable as its format; the
/// profile is unknown; or no columns for a date and a position are found.
pub fn open(path: &Path, options: &Options) -> Result<Reader, Problem> {
    let survey = text::survey(path)?;
    let format = formats::for_file(path, &survey);
    let table = format.open(path, &survey)?;
    let profile = profiles::choose(path, options.profile.as_deref(), &table.columns)?;
    let (mapping, mut notes) = Mapping::new(path, profile, &table, &options.map)?;
    if table.sample.rows == 0 {
        notes.push(Problem::file("note-no-rows", path));
    }
    notes.extend(survey.note(path));
    let Table {
        columns,
        delimiter,
        rows,
        ..
    } = table;
    let facts = FileFacts {
        file_name: file_name(path),
        sha256: survey.sha256,
        size_bytes: survey.size_bytes,
        format: format.id(),
        profile: profile.id(),
        encoding: survey.encoding.name().to_owned(),
        delimiter,
        mapping: mapping.listed(&columns),
        default_dataset: profile.dataset(path),
        licence: profile.licence().to_owned(),
        attribution: profile.attribution().to_owned(),
        notes,
    };
    Ok(Reader {
        facts,
        profile,
        columns,
        mapping,
        rows,
        record: Record::default(),
        tally: Tally::default(),
        seen: HashMap::new(),
        ended: false,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

impl Reader {
    /// What is known of the file; `notes` grows by what the rows showed once all are read.
    #[must_use]
    pub fn facts(&self) -> &FileFacts {
        &self.facts
    }

    /// Bytes of the file consumed so far, for progress against `facts().size_bytes`.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.rows.bytes_read()
    }

    /// The record just read as what it tells.
    fn item(&mut self) -> Item {
        let area = match std::mem::take(&mut self.record.shape) {
            Shape::Area(area) => Some(area),
            Shape::Point { lon, lat } => {
                self.record.shape = Shape::Point { lon, lat };
                None
            }
            Shape::None => None,
        };
        let row = Row::new(&self.record, &self.columns, &self.mapping);
        let drafted = match area {
            Some(area) => territory::draft(&row, area, &self.facts.default_dataset).map(|mut t| {
                if t.external_id.is_empty() {
                    t.external_id = content_id(&mut self.seen, &self.record);
                }
                Item::Territory(Box::new(t))
            }),
            None => self.profile.draft(&row, &mut self.tally).map(|i| {
                let external_id = if i.external_id.is_empty() {
                    content_id(&mut self.seen, &self.record)
                } else {
                    i.external_id
                };
                Item::Incident(Box::new(Incident { external_id, ..i }))
            }),
        };
        drafted.unwrap_or_else(|fault| self.reject(fault))
    }

    fn reject(&self, fault: Fault) -> Item {
        Item::Reject(Reject::new(fault, &self.record, &self.columns))
    }
}

/// An id for a row that has none: its content, and its number among rows of the same content, so
/// that a file loaded twice gives the same ids.
fn content_id(seen: &mut HashMap<u64, u32>, record: &Record) -> String {
    let mut hasher = Sha256::new();
    for cell in record.cells() {
        hasher.update(cell.as_bytes());
        hasher.update([0x1f]);
    }
    for (column, value) in &record.further {
        hasher.update(format!("{column}\u{1e}{value}\u{1f}").as_bytes());
    }
    let digest = hasher.finalize();
    let key = digest.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b));
    let count = seen.entry(key).or_insert(0);
    *count += 1;
    format!("row-{key:016x}-{count}")
}

impl Iterator for Reader {
    type Item = Result<Item, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.rows.read(&mut self.record) {
            Ok(Read::Row) => Some(Ok(self.item())),
            Ok(Read::Bad(fault)) => Some(Ok(self.reject(fault))),
            Ok(Read::End) => {
                self.ended = true;
                self.facts.notes.extend(self.tally.notes());
                None
            }
            Err(problem) => {
                self.ended = true;
                Some(Err(problem))
            }
        }
    }
}
