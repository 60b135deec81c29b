//! The rows of a file, one after the other, as what they tell.

use super::far::Far;
use super::fault::{Fault, GEOMETRY, REASON_COLUMN};
use super::formats::{self, Read, Record, Rows, Shape, Table};
use super::profiles::{Profile, movement, territory};
use super::report::{self, FileFacts, Item, Reject};
use super::row::{Field, Mapping, Row, Tally, UnknownKinds, given};
use crate::domain::{self, Incident};
use crate::locale::{Problem, number};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Reads one file row by row. `Err` is the last item: the file itself is broken, and what came
/// before it should not be kept.
pub struct Reader {
    facts: FileFacts,
    profile: &'static Profile,
    columns: Vec<String>,
    mapping: Mapping,
    rows: Box<dyn Rows>,
    record: Record,
    /// That of the last row as the file has it.
    shape: Shape,
    /// Whether it stands as text in a column of the table.
    is_written: bool,
    /// The values for all rows in words, which every record is to tell.
    given: Option<String>,
    far: Far,
    /// Where the columns begin that the program wrote beside rejected rows.
    own_columns: Option<usize>,
    tally: Tally,
    /// Letters that could not be read: a text is searched for them before, other files as they come.
    lost_letters: Option<u64>,
    /// How often a row without an id was seen, by the checksum of its content.
    seen: HashMap<(u64, u64), u32, foldhash::fast::RandomState>,
    /// The sheet of the first row of each id, where several sheets are read.
    sheets: HashMap<String, String>,
    ended: bool,
}

impl Reader {
    /// `is_text` where the file was searched for letters that could not be read.
    pub(super) fn new(
        facts: FileFacts,
        profile: &'static Profile,
        table: Table,
        mapping: Mapping,
        is_text: bool,
    ) -> Reader {
        Reader {
            facts,
            profile,
            own_columns: table.columns.iter().position(|c| c == REASON_COLUMN),
            shape: Shape::None,
            is_written: false,
            given: given::listed(&mapping),
            far: Far::default(),
            columns: table.columns,
            mapping,
            rows: table.rows,
            record: Record::default(),
            tally: Tally::default(),
            lost_letters: (!is_text).then_some(0),
            seen: HashMap::default(),
            sheets: HashMap::new(),
            ended: false,
        }
    }

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

    /// Whether the file goes on after the last row without rows that can be separated.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        self.rows.is_cut_off()
    }

    /// Words for what happened that no table knows, of the rows read so far.
    #[must_use]
    pub fn unknown_kinds(&self) -> &UnknownKinds {
        self.tally.unknown_kinds()
    }

    /// The record just read as what it tells.
    fn item(&mut self) -> Item {
        if self.own_columns.is_some() {
            self.record.unescape_formulas();
        }
        if let Err(fault) = self.take_written() {
            return self.reject(fault);
        }
        self.shape = std::mem::take(&mut self.record.shape);
        let shape = match self.mapping.swap {
            true => self.shape.swapped(),
            false => self.shape.clone(),
        };
        if let Some((reason, value)) = shape.off_earth() {
            let written = self.mapping.shape_column().filter(|_| self.is_written);
            let column = written.and_then(|i| self.columns.get(i));
            let column = column.map_or(GEOMETRY, String::as_str);
            return self.reject(Fault::new(reason, column, &value));
        }
        if let Some(points) = shape.points_beyond() {
            return self.reject(Fault::new(
                "too_many_points",
                GEOMETRY,
                &number(points as u64),
            ));
        }
        if let Shape::Point { .. } = shape {
            self.record.shape = shape.clone();
        }
        let anchor = shape.anchor();
        let row = Row::new(&self.record, &self.columns, &self.mapping).with_anchor(anchor);
        if self.profile.has_total_rows
            && let Some((column, label)) = row.total()
        {
            let fault = Fault::new("total_row", column, label);
            return self.reject(fault);
        }
        let drafted = match shape {
            Shape::Area(area) => {
                territory::draft(&row, area, &self.facts.default_dataset, &mut self.tally)
                    .map(domain::Record::from)
            }
            Shape::Line(path) => {
                movement::draft(&row, path, &mut self.tally).map(domain::Record::from)
            }
            _ => (self.profile.draft)(&row, &mut self.tally).and_then(|draft| match &draft {
                domain::Record::Incident(i) => match too_many_names(&row, i) {
                    Some(fault) => Err(fault),
                    None => Ok(draft),
                },
                _ => Ok(draft),
            }),
        };
        let is_incident = matches!(drafted, Ok(domain::Record::Incident(_)));
        self.tally.end_row(drafted.is_ok(), is_incident);
        match drafted {
            Ok(mut record) => {
                self.complete(&mut record);
                Item::Row(record)
            }
            Err(fault) => self.reject(fault),
        }
    }

    /// Makes a shape of the line or area that the row has as text in a column.
    fn take_written(&mut self) -> Result<(), Fault> {
        self.is_written = false;
        self.shape = Shape::None;
        let is_free = matches!(self.record.shape, Shape::None);
        let Some(index) = self.mapping.shape_column().filter(|_| is_free) else {
            return Ok(());
        };
        let Some(read) = formats::written(self.record.get(index).trim()) else {
            return Ok(());
        };
        self.is_written = true;
        self.record.shape =
            read.map_err(|(reason, value)| Fault::new(reason, &self.columns[index], &value))?;
        Ok(())
    }

    /// What only the reader of the file knows of a row: its id where it brings none, what of it was
    /// given for all rows, and whether it lies where it says.
    fn complete(&mut self, record: &mut domain::Record) {
        if let domain::Record::Incident(incident) = record {
            self.far.look(incident);
        }
        let Some((id, extra)) = record.row_mut().completed() else {
            return;
        };
        if id.is_empty() {
            let cells = self.own_columns.unwrap_or(usize::MAX);
            let given = self.given.as_deref().unwrap_or_default();
            let shape = if self.is_written {
                &Shape::None
            } else {
                &self.shape
            };
            let is_sheet = |(name, _): &(String, String)| {
                name == formats::SHEET && self.facts.sheets.len() > 1
            };
            let sheet = self
                .record
                .further
                .iter()
                .find(|pair| is_sheet(pair))
                .map(|(_, s)| s.as_str());
            let (content, count) =
                content_id(&mut self.seen, &self.record, shape, cells, given, sheet);
            if count > 1 {
                self.tally.add_kept(text!("note-rows-repeat"; n));
            }
            *id = format!("{CONTENT_ID}{content:016x}-{count}");
        }
        if let Some(given) = &self.given {
            extra.push((given::MARK.to_owned(), given.clone()));
        }
        if self.facts.sheets.len() > 1 {
            // A selection on a sheet of its own repeats rows: they say what the first says, and count once.
            if let Some((_, sheet)) = extra.iter_mut().find(|(name, _)| name == formats::SHEET) {
                let first = self
                    .sheets
                    .entry(id.clone())
                    .or_insert_with(|| sheet.clone());
                sheet.clone_from(first);
            }
        }
    }

    fn reject(&self, fault: Fault) -> Item {
        let row = Row::new(&self.record, &self.columns, &self.mapping);
        let id = match self.shape {
            Shape::Area(_) => territory::key(&row),
            Shape::Line(_) => movement::key(&row),
            Shape::None | Shape::Point { .. } => (self.profile.key)(&row),
        };
        Item::Reject(Reject::new(fault, self.record.line, id, self.raw()))
    }

    /// The last row as the file has it, see [`Reject::raw`].
    #[must_use]
    pub fn raw(&self) -> String {
        // Text is among the cells already.
        let (shape, written) = match self.is_written {
            true => (&Shape::None, self.mapping.shape_column()),
            false => (&self.shape, None),
        };
        report::raw(&self.record, &self.columns, shape, written)
    }
}

/// That a row names more actors, sources or related incidents than anybody can have meant.
fn too_many_names(row: &Row, incident: &Incident) -> Option<Fault> {
    const MOST_NAMES: usize = 1_000;
    let lists = [
        (Field::Actor1, incident.side_a.len()),
        (Field::Actor2, incident.side_b.len()),
        (Field::Source, incident.sources.len()),
        (Field::Related, incident.related.len()),
    ];
    let (field, n) = lists.into_iter().find(|(_, n)| *n > MOST_NAMES)?;
    let column = row.column(field);
    Some(Fault::new("too_many_names", column, &number(n as u64)))
}

/// How the ids begin that are made of the content of a row.
pub const CONTENT_ID: &str = "row-";

/// What an id for a row that has none is made of: its content and its shape, and its number among rows
/// of the same, so that a file loaded twice gives the same ids. Only the first `cells` count, and what
/// is `given` for all rows: Tuesday's checkpoints are not Monday's. The sheet is not part of the
/// content, and rows are numbered sheet by sheet.
fn content_id(
    seen: &mut HashMap<(u64, u64), u32, foldhash::fast::RandomState>,
    record: &Record,
    shape: &Shape,
    cells: usize,
    given: &str,
    sheet: Option<&str>,
) -> (u64, u32) {
    let mut hasher = Sha256::new();
    hasher.update(given.as_bytes());
    for cell in record.cells().take(cells) {
        hasher.update(cell.as_bytes());
        hasher.update([0x1f]);
    }
    let of_sheet = |name: &str| sheet.is_some() && name == formats::SHEET;
    for (column, value) in record.further.iter().filter(|(name, _)| !of_sheet(name)) {
        hasher.update(format!("{column}\u{1e}{value}\u{1f}").as_bytes());
    }
    for at in shape.positions() {
        hasher.update(at.x.to_bits().to_le_bytes());
        hasher.update(at.y.to_bits().to_le_bytes());
    }
    let digest = hasher.finalize();
    let key = digest.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b));
    let sheet = xxh3_64(sheet.unwrap_or_default().as_bytes());
    let count = seen.entry((key, sheet)).or_insert(0);
    *count += 1;
    (key, *count)
}

impl Iterator for Reader {
    type Item = Result<Item, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.rows.read(&mut self.record) {
            Ok(Read::Row) => {
                if let Some(lost) = &mut self.lost_letters {
                    *lost += self.record.lost_letters();
                }
                Some(Ok(self.item()))
            }
            Ok(Read::Bad(fault)) => {
                (self.shape, self.is_written) = (Shape::None, false);
                Some(Ok(self.reject(fault)))
            }
            Ok(Read::End) => {
                self.ended = true;
                if let Some(n) = self.lost_letters.filter(|n| *n > 0) {
                    self.facts.notes.push(Problem::new(text!(
                        "note-encoding-damaged",
                        n = number(n),
                        file = self.facts.file_name,
                        encoding = self.facts.encoding
                    )));
                }
                self.facts.notes.extend(self.tally.notes());
                self.facts.notes.extend(self.far.notes());
                self.facts.notes.extend(self.rows.notes());
                None
            }
            Err(problem) => {
                self.ended = true;
                Some(Err(problem))
            }
        }
    }
}
