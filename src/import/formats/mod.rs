//! One file a format. A format cuts a file into records of named columns; what the columns mean
//! is the profile's business.
//!
//! Call order: [`Format::open`] once, which looks at the first rows, then [`Rows::read`] until it
//! says [`Read::End`] or fails.

mod csv;
mod geojson;
mod json;
mod shape;

pub use geojson::Features;
pub use shape::Shape;

use super::report::Fault;
use super::text::Survey;
use crate::locale::Problem;
use std::path::Path;

/// A way to write records into a file.
pub trait Format: Sync {
    fn id(&self) -> &'static str;

    /// Lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// # Errors
    /// The file cannot be read as this format.
    fn open(&self, path: &Path, survey: &Survey) -> Result<Table, Problem>;
}

static FORMATS: [&dyn Format; 2] = [&csv::Csv, &geojson::GeoJson];

/// Every format that is read. The first also takes what no other claims.
#[must_use]
pub fn formats() -> &'static [&'static dyn Format] {
    &FORMATS
}

/// By the extension, else by the first character of the text.
pub fn for_file(path: &Path, survey: &Survey) -> &'static dyn Format {
    let extension = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    let by_name = FORMATS.iter().find(|f| {
        extension
            .as_deref()
            .is_some_and(|e| f.extensions().contains(&e))
    });
    match (by_name, survey.starts_with) {
        (Some(format), _) => *format,
        (None, Some(b'{' | b'[')) => &geojson::GeoJson,
        (None, _) => FORMATS[0],
    }
}

/// A file made ready to read.
pub struct Table {
    /// Names of the columns, unique and not empty.
    pub columns: Vec<String>,
    pub delimiter: Option<char>,
    /// Whether rows bring their own positions, so that no column need do so.
    pub has_shapes: bool,
    pub sample: Sample,
    pub rows: Box<dyn Rows>,
}

/// The first rows, to decide how the rest is read.
#[derive(Default)]
pub struct Sample {
    /// Of sound rows, without their areas.
    pub records: Vec<Record>,
    /// How many rows were seen, sound or not.
    pub rows: usize,
    pub has_points: bool,
    pub has_areas: bool,
}

impl Sample {
    const ROWS: usize = 1_000;
    const BYTES: usize = 4 * 1024 * 1024;

    /// Reads from the start of a file until it has seen enough.
    fn take(rows: &mut dyn Rows) -> Result<Sample, Problem> {
        let mut sample = Sample::default();
        let mut bytes = 0;
        while sample.rows < Sample::ROWS && bytes < Sample::BYTES {
            let mut record = Record::default();
            match rows.read(&mut record)? {
                Read::End => break,
                Read::Bad(_) => sample.rows += 1,
                Read::Row => {
                    sample.rows += 1;
                    bytes += record.size_bytes();
                    match std::mem::take(&mut record.shape) {
                        Shape::Point { .. } => sample.has_points = true,
                        Shape::Area(_) => sample.has_areas = true,
                        Shape::None => {}
                    }
                    sample.records.push(record);
                }
            }
        }
        Ok(sample)
    }
}

/// Gives the records of a file in order.
pub trait Rows: Send {
    /// Puts the next record into `record`, also (as far as it could be read) when it is bad.
    ///
    /// # Errors
    /// The rest of the file cannot be read.
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem>;

    fn bytes_read(&self) -> u64;
}

/// What [`Rows::read`] found.
pub enum Read {
    Row,
    Bad(Fault),
    End,
}

/// The cells of one row: one text, and where in it each cell ends.
#[derive(Default)]
pub struct Record {
    /// Line of the file the row starts on, 1-based; for GeoJSON the number of the feature.
    pub line: u64,
    text: String,
    ends: Vec<usize>,
    /// Columns that the file has in this row only.
    pub further: Vec<(String, String)>,
    pub shape: Shape,
}

impl Record {
    /// Bytes of text it holds.
    fn size_bytes(&self) -> usize {
        let further = self.further.iter().map(|(k, v)| k.len() + v.len());
        self.text.len() + further.sum::<usize>()
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.further.clear();
        self.shape = Shape::None;
    }

    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Empty where the row has no such cell.
    pub fn get(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else {
            return "";
        };
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i]);
        self.text.get(start..*end).unwrap_or_default()
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }
}
