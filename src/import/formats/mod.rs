//! One file a format. A format cuts a file into records of named columns; what the columns mean
//! is the profile's business.
//!
//! Call order: [`Format::open`] once, which looks at the first rows, then [`Rows::read`] until it
//! says [`Read::End`] or fails.

pub(super) mod archive;
mod crs;
mod csv;
mod dbf;
mod flatgeobuf;
mod geojson;
mod geojsonl;
mod geopackage;
mod gis;
mod gpx;
mod heading;
mod html;
mod json;
mod kml;
mod kmz;
mod ods;
mod pieces;
mod shape;
mod shapefile;
mod sheet_xml;
mod spreadsheet;
mod wkb;
mod wkt;
mod written;
mod xlsx;
mod xml;

pub use geojson::Features;
#[cfg(test)]
pub use gis::put;
pub use gpx::lon_lat;
pub use shape::Shape;
pub use written::written;
pub use xml::{Step, XmlWalk};

use super::encoding::Found;
use super::options::{Header, Layout};
use super::report::Fault;
use super::text::{Content, Survey, wrong_type};
use crate::locale::Problem;
use std::collections::HashMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// A way to write records into a file.
pub trait Format: Sync {
    fn id(&self) -> &'static str;

    /// Lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// What files of this format are made of.
    fn content(&self) -> Content;

    /// Whether its files write all times in UTC, whatever the place.
    fn times_are_utc(&self) -> bool {
        false
    }

    /// Whether a file of that content is surely of this format, whatever its name says.
    fn claims(&self, _path: &Path, _survey: &Survey) -> bool {
        false
    }

    /// Names of the file's sheets or layers; empty where the format has none.
    ///
    /// # Errors
    /// The file cannot be read as this format.
    fn layers(&self, _path: &Path, _survey: &Survey) -> Result<Vec<String>, Problem> {
        Ok(Vec::new())
    }

    /// Those of the layers that whoever made the file has hidden.
    ///
    /// # Errors
    /// As [`Format::layers`].
    fn hidden_layers(&self, _path: &Path, _survey: &Survey) -> Result<Vec<String>, Problem> {
        Ok(Vec::new())
    }

    /// Whether a line of its files names the columns, so that the user may say which.
    fn takes_header(&self) -> bool {
        false
    }

    /// # Errors
    /// The file cannot be read as this format, or has no such layer or header.
    fn open(&self, path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem>;
}

static FORMATS: [&dyn Format; 13] = [
    &csv::Csv,
    &geojsonl::GeoJsonSeq,
    &geojsonl::GeoJsonLines,
    &geojson::GeoJson,
    &xlsx::Xlsx,
    &ods::Ods,
    &kml::Kml,
    &kmz::Kmz,
    &gpx::Gpx,
    &shapefile::Shapefile,
    &shapefile::ZippedShapefile,
    &geopackage::GeoPackage,
    &flatgeobuf::FlatGeobuf,
];

/// Every format that is read. The first also takes any text that no other claims.
#[must_use]
pub fn formats() -> &'static [&'static dyn Format] {
    &FORMATS
}

/// The format that claims the file, else that of its extension, among those of its content.
///
/// # Errors
/// No format is read that is made of this.
pub fn for_file(path: &Path, survey: &Survey) -> Result<&'static dyn Format, Problem> {
    let extension = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    let of_content = || FORMATS.iter().filter(|f| f.content() == survey.content);
    let found = of_content()
        .find(|f| f.claims(path, survey))
        .or_else(|| of_content().find(|f| f.extensions().contains(&extension)))
        .or_else(|| of_content().next());
    found.copied().ok_or_else(|| {
        let found = match survey.content {
            Content::Text => "text",
            Content::Xml => "XML",
            Content::Zip => "ZIP",
            Content::Sqlite => "SQLite",
            Content::Shapefile => "Shapefile",
            Content::FlatGeobuf => "FlatGeobuf",
        };
        wrong_type(path, found)
    })
}

/// That a file has no sheet or layer of this name, and which it has.
fn no_layer<'a>(path: &Path, name: &str, names: impl Iterator<Item = &'a str>) -> Problem {
    const SHOWN: usize = 20;
    let mut names: Vec<&str> = names.take(SHOWN + 1).collect();
    if names.len() > SHOWN {
        names[SHOWN] = "…";
    }
    Problem::file("problem-layer", path)
        .with("layer", name)
        .with("layers", names.join(", "))
}

/// Unique names; a column without one is called by its number.
fn column_names<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
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
    bytes: usize,
    pub has_points: bool,
    pub has_areas: bool,
    pub has_lines: bool,
}

impl Sample {
    const ROWS: usize = 1_000;
    const BYTES: usize = 4 * 1024 * 1024;

    /// Whether the file may go on beyond the sample.
    pub fn is_cut(&self) -> bool {
        self.rows >= Sample::ROWS || self.bytes >= Sample::BYTES
    }

    /// Reads from the start of a file until it has seen enough.
    fn take(rows: &mut dyn Rows) -> Result<Sample, Problem> {
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

/// A table of a format whose rows each name their own properties and bring their shapes. `start`
/// reads from the beginning, given the columns. Which there are is known only from the rows, so their
/// names are gathered from the first ones; what others add goes with the row.
///
/// # Errors
/// The file cannot be read so far.
fn gathered<R: Rows + 'static>(
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

/// One sheet of several that are read as one table.
pub struct Sheet {
    pub name: String,
    /// Where each column of the first sheet stands in this one.
    pub order: Vec<Option<usize>>,
    pub sample: Sample,
}

/// Opens a sheet by its name.
type OpenSheet = Box<dyn Fn(&str) -> Result<Table, Problem> + Send>;

/// Sheets of the same columns as one table; of several, each row has the name of its sheet with it. They
/// are opened one after the other, so that one at a time is held.
///
/// # Errors
/// The first cannot be opened.
pub fn joined(sheets: Vec<Sheet>, open: OpenSheet) -> Result<Table, Problem> {
    let Some(first) = sheets.first() else {
        return open("");
    };
    let mut table = open(&first.name)?;
    if sheets.len() < 2 {
        return Ok(table);
    }
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    table.layer = Some(names.join(", "));
    let mut sample = Sample::default();
    let mut parts = std::collections::VecDeque::new();
    for sheet in sheets {
        let part = Part {
            sheet: sheet.name,
            order: sheet.order,
        };
        sample.rows += sheet.sample.rows;
        sample.bytes += sheet.sample.bytes;
        for record in sheet.sample.records {
            if sample.records.len() < Sample::ROWS && sample.bytes < Sample::BYTES {
                sample.records.push(part.placed(record, &[]));
            }
        }
        parts.push_back(part);
    }
    let all = parts.len() as u64;
    let current = std::mem::replace(&mut table.rows, Box::new(NoRows));
    table.sample = sample;
    table.rows = Box::new(JoinedRows {
        columns: table.columns.clone(),
        parts,
        current,
        open,
        done: 0,
        all,
        size_bytes: 0,
        notes: Vec::new(),
    });
    Ok(table)
}

struct NoRows;

impl Rows for NoRows {
    fn read(&mut self, _: &mut Record) -> Result<Read, Problem> {
        Ok(Read::End)
    }

    fn bytes_read(&self) -> u64 {
        0
    }
}

/// How a sheet is read as part of the table.
struct Part {
    sheet: String,
    order: Vec<Option<usize>>,
}

/// The column that tells the sheet of a row.
pub const SHEET: &str = "sheet";

impl Part {
    /// A record with its cells in the order of the columns, what else it has under its names in
    /// `columns`, and the sheet it is of.
    fn placed(&self, record: Record, columns: &[String]) -> Record {
        let mut placed = Record {
            line: record.line,
            ..Record::default()
        };
        for at in &self.order {
            placed.push(at.map_or("", |at| record.get(at)));
        }
        let mut is_placed = vec![false; record.len()];
        for at in self.order.iter().flatten() {
            if let Some(placed) = is_placed.get_mut(*at) {
                *placed = true;
            }
        }
        let others = (0..record.len()).filter(|i| !is_placed[*i] && !record.get(*i).is_empty());
        let others =
            others.filter_map(|i| Some((columns.get(i)?.clone(), record.get(i).to_owned())));
        placed.further = others.collect();
        placed.further.extend(record.further);
        placed.further.push((SHEET.to_owned(), self.sheet.clone()));
        placed
    }
}

struct JoinedRows {
    /// Of the sheet at hand.
    columns: Vec<String>,
    /// The sheet at hand and those still to come.
    parts: std::collections::VecDeque<Part>,
    current: Box<dyn Rows>,
    open: OpenSheet,
    done: u64,
    all: u64,
    /// Of the file, as the sheet read last tells.
    size_bytes: u64,
    notes: Vec<Problem>,
}

impl Rows for JoinedRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        while let Some(part) = self.parts.front() {
            match self.current.read(record)? {
                Read::End => {
                    self.size_bytes = self.current.bytes_read();
                    self.notes.extend(self.current.notes());
                    self.parts.pop_front();
                    self.done += 1;
                    if let Some(next) = self.parts.front() {
                        let table = (self.open)(&next.sheet)?;
                        (self.columns, self.current) = (table.columns, table.rows);
                    }
                }
                read => {
                    *record = part.placed(std::mem::take(record), &self.columns);
                    return Ok(read);
                }
            }
        }
        Ok(Read::End)
    }

    fn bytes_read(&self) -> u64 {
        match self.parts.is_empty() {
            true => self.size_bytes,
            // Each sheet takes in the whole file.
            false => (self.size_bytes * self.done + self.current.bytes_read()) / self.all,
        }
    }

    fn notes(&self) -> Vec<Problem> {
        self.notes.clone()
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

    /// Whether the rows after the last one could not be told apart, though the file goes on.
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

/// What a spreadsheet takes for the beginning of a formula.
pub const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell as it was before the program guarded it, see [`Record::unguard`].
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// The cells of one row: one text, and where in it each cell ends.
#[derive(Clone, Default)]
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

    /// Takes back the apostrophes that keep a spreadsheet from running a cell as a formula.
    pub fn unguard(&mut self) {
        if !self.text.contains('\'') {
            return;
        }
        let cells: Vec<String> = self.cells().map(|c| unguarded(c).to_owned()).collect();
        self.text.clear();
        self.ends.clear();
        cells.iter().for_each(|cell| self.push(cell));
    }

    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// A fingerprint of all that the row says.
    pub fn content_hash(&self) -> u64 {
        let mut hash = xxh3_64(self.text.as_bytes());
        for (name, value) in &self.further {
            hash = hash.rotate_left(7)
                ^ xxh3_64(name.as_bytes())
                ^ xxh3_64(value.as_bytes()).rotate_left(1);
        }
        match &self.shape {
            Shape::Point { lon, lat } => hash ^ lon.to_bits().rotate_left(13) ^ lat.to_bits(),
            _ => hash,
        }
    }

    /// How many replacement characters it holds.
    pub fn lost_letters(&self) -> u64 {
        let further = self.further.iter().map(|(_, value)| value.as_str());
        std::iter::once(self.text.as_str())
            .chain(further)
            .map(|text| text.matches('\u{fffd}').count() as u64)
            .sum()
    }

    /// Makes cells of those further columns that the file has.
    fn settle(&mut self, columns: &[String]) {
        let further = self.further.drain(..);
        let mut left: indexmap::IndexMap<String, Option<String>> =
            further.map(|(name, value)| (name, Some(value))).collect();
        for column in columns {
            let value = left.get_mut(column).and_then(Option::take);
            self.push(value.as_deref().unwrap_or_default());
        }
        let left = left.into_iter();
        self.further = left
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Leaves the first `len` cells.
    fn truncate(&mut self, len: usize) {
        self.ends.truncate(len);
        self.text.truncate(self.ends.last().copied().unwrap_or(0));
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
