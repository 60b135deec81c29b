//! What every format gives: a table of named columns, its first rows, and its rows one after the other.
//!
//! Call order: [`Format::open`] once, which looks at the first rows, then [`Rows::read`] until it
//! says [`Read::End`] or fails.

use super::record::Record;
use super::shape::Shape;
use crate::import::encoding::Found;
use crate::import::fault::Fault;
use crate::import::text::{Content, Survey};
use crate::locale::Problem;
use std::collections::HashMap;
use std::path::Path;

/// A way to write records into a file.
pub struct Format {
    pub id: &'static str,
    /// Lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// What files of this format are made of.
    pub content: Content,
    /// Whether its files write all times in UTC, whatever the place.
    pub times_are_utc: bool,
    /// Whether a line of its files names the columns, so that the user may say which.
    pub takes_header: bool,
    /// Whether a file of that content is surely of this format, whatever its name says.
    pub claims: fn(&Path, &Survey) -> bool,
    /// The file's sheets or layers; none where the format has none. An error where the file cannot be
    /// read as this format.
    pub layers: fn(&Path) -> Result<Vec<LayerName>, Problem>,
    /// An error where the file cannot be read as this format, or has no such layer or header.
    pub open: fn(&Path, &Survey, &Layout) -> Result<Table, Problem>,
}

/// A sheet or layer of a file.
pub struct LayerName {
    pub name: String,
    /// By whoever made the file.
    pub is_hidden: bool,
}

impl LayerName {
    pub fn visible(name: String) -> LayerName {
        LayerName {
            name,
            is_hidden: false,
        }
    }
}

impl Format {
    /// A format that claims no file and has no layers.
    pub const fn new(
        id: &'static str,
        extensions: &'static [&'static str],
        content: Content,
        open: fn(&Path, &Survey, &Layout) -> Result<Table, Problem>,
    ) -> Format {
        Format {
            id,
            extensions,
            content,
            times_are_utc: false,
            takes_header: false,
            claims: |_, _| false,
            layers: |_| Ok(Vec::new()),
            open,
        }
    }
}

/// A file made ready to read.
pub struct Table {
    /// Names of the columns, unique and not empty.
    pub columns: Vec<String>,
    pub delimiter: Option<char>,
    /// The cells that the names of the columns were made of, as they stand in the file; empty where
    /// the format names its columns itself.
    pub header: Vec<String>,
    /// Line of the header, 1-based; 0 where there is none.
    pub header_line: u64,
    /// The sheet or layer that is read, where the format has several.
    pub layer: Option<String>,
    /// What people should know of how the file was read.
    pub notes: Vec<Problem>,
    /// How texts are written, where a file that is no text itself has them so.
    pub found: Option<Found>,
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
    /// Of text in the sound ones.
    pub bytes: usize,
    pub has_points: bool,
    pub has_areas: bool,
    pub has_lines: bool,
}

impl Sample {
    pub const ROWS: usize = 1_000;
    pub const BYTES: usize = 4 * 1024 * 1024;

    /// Whether the file may go on beyond the sample.
    pub fn is_cut(&self) -> bool {
        self.rows >= Sample::ROWS || self.bytes >= Sample::BYTES
    }

    /// Reads from the start of a file until it has seen enough.
    pub fn take(rows: &mut dyn Rows) -> Result<Sample, Problem> {
        let mut sample = Sample::default();
        while !sample.is_cut() {
            let mut record = Record::default();
            match rows.read(&mut record)? {
                Read::End => break,
                Read::Bad(_) => sample.rows += 1,
                Read::Row => {
                    sample.rows += 1;
                    sample.bytes += record.size_bytes();
                    match std::mem::take(&mut record.shape) {
                        point @ Shape::Point { .. } => {
                            sample.has_points = true;
                            record.shape = point;
                        }
                        Shape::Area(_) => sample.has_areas = true,
                        Shape::Line(_) => sample.has_lines = true,
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

    /// Whether the rows after the last one cannot be separated, though the file goes on.
    fn is_cut_off(&self) -> bool {
        false
    }

    /// What people should know of the rows read so far.
    fn notes(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// What [`Rows::read`] found.
pub enum Read {
    Row,
    Bad(Fault),
    End,
}

/// How a format is to cut its file, of what the user decided.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub layer: Option<String>,
    pub header: Header,
    pub delimiter: Option<char>,
}

/// Where the names of the columns are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// To be found: the first row, or below lines of title.
    #[default]
    Found,
    /// On this line, 1-based.
    Line(u64),
    /// Not in the file: these, and numbers for columns beyond.
    Given(Vec<String>),
}

/// A table of a format whose rows each name their own properties and bring their shapes. `start`
/// reads from the beginning, given the columns. Which there are is known only from the rows, so their
/// names are gathered from the first ones; what others add goes with the row.
///
/// # Errors
/// The file cannot be read so far.
pub fn gathered<R: Rows + 'static>(
    start: impl Fn(Vec<String>) -> Result<R, Problem>,
) -> Result<Table, Problem> {
    // What is beyond goes with its row, so that a few rows cannot make all the others wide.
    const MOST_COLUMNS: usize = 2_000;
    let mut sample = Sample::take(&mut start(Vec::new())?)?;
    let mut columns: indexmap::IndexSet<String> = indexmap::IndexSet::new();
    for (name, _) in sample.records.iter().flat_map(|r| &r.further) {
        if columns.len() < MOST_COLUMNS && !columns.contains(name) {
            columns.insert(name.clone());
        }
    }
    let columns: Vec<String> = columns.into_iter().collect();
    for record in &mut sample.records {
        record.settle(&columns);
    }
    Ok(Table {
        rows: Box::new(start(columns.clone())?),
        columns,
        delimiter: None,
        header: Vec::new(),
        header_line: 0,
        layer: None,
        notes: Vec::new(),
        found: None,
        has_shapes: true,
        sample,
    })
}

/// That a file has no sheet or layer of this name, and which it has.
pub fn no_layer<'a>(path: &Path, name: &str, names: impl Iterator<Item = &'a str>) -> Problem {
    const SHOWN: usize = 20;
    let mut names: Vec<&str> = names.take(SHOWN + 1).collect();
    if names.len() > SHOWN {
        names[SHOWN] = "…";
    }
    Problem::new(text!(
        "problem-layer",
        file = path.display(),
        layer = name,
        layers = names.join(", ")
    ))
}

/// Unique names; a column without one is called by its number.
pub fn column_names<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut taken = std::collections::HashSet::new();
    // The number that the next column of a name gets: thousands may be called the same.
    let mut next: HashMap<String, usize> = HashMap::new();
    for (i, cell) in cells.enumerate() {
        let base = match cell.trim() {
            "" => format!("column {}", i + 1),
            name => name.to_owned(),
        };
        let mut name = base.clone();
        while !taken.insert(name.clone()) {
            let n = next.entry(base.clone()).or_insert(1);
            *n += 1;
            name = format!("{base} ({n})");
        }
        names.push(name);
    }
    names
}
