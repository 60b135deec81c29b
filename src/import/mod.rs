//! Files in, rows out: a [`Format`] cuts a file into records, a [`Profile`] reads a record as an
//! incident. Nothing here writes; the store takes the items one by one.
//!
//! A bad row is data, not an error: it comes out as [`Item::Reject`] and the rows after it are
//! still read. Only what makes the rest of the file unreadable ends it with a [`Problem`].
//!
//! Every file is read twice, so that memory stays bounded: once for its checksum and encoding,
//! once for its rows. A short look at the first rows in between settles delimiter, columns and
//! the order of day and month.

mod ahead;
mod cells;
mod clock;
mod date_columns;
mod dates;
mod day_order;
mod encoding;
mod estimate;
mod far;
mod field;
mod formats;
mod given;
mod inspect;
mod look;
mod mapping;
mod movement;
mod options;
mod profiles;
mod report;
pub mod route;
mod sheets;
mod territory;
mod text;
mod values;
mod when;

#[cfg(test)]
mod tests;

pub use ahead::{Ahead, RowRead};
pub use day_order::DayOrder;
pub use encoding::Reading;
pub use field::Field;
pub use formats::{FORMULA, Format, formats};
pub use given::in_words;
pub use inspect::{Inspection, SwapHint, Trial, inspect, try_out};
pub use options::{Header, Layout, Options};
pub use profiles::kinds::{kind_in_spanish, kind_named, kinds_of};
pub use profiles::{Candidate, OWN, Profile, profiles};
pub use report::{
    DAY_ORDER_COLUMN, Draft, FileFacts, GEOMETRY, Item, OWN_COLUMNS, REASON_COLUMN, REJECT_REASONS,
    Reject, RejectGroup, RejectGroups, UnknownKinds,
};

use crate::domain::Incident;
use crate::locale::Problem;
use crate::locale::number;
use far::Far;
use formats::{Read, Record, Rows, Shape, Table};
use look::NoId;
use mapping::{Mapping, Row};
use report::{Fault, Tally};
use sha2::{Digest, Sha256};
use sheets::Sheets;
use std::collections::HashMap;
use std::path::Path;
use text::Survey;
use xxhash_rust::xxh3::xxh3_64;

/// Reads one file row by row. `Err` is the last item: the file itself is broken, and what came
/// before it should not be kept.
pub struct Reader {
    facts: FileFacts,
    profile: &'static dyn Profile,
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

/// Looks at a file and makes ready to read it.
///
/// # Errors
/// The file is missing, a folder, empty, of another type or not readable as its format; the
/// profile is unknown; or no columns for a date and a position are found.
pub fn open(path: &Path, options: &Options) -> Result<Reader, Problem> {
    let opened = Opened::new(path, options)?;
    opened.mapping.check(path, &opened.table)?;
    Ok(opened.into_reader(path))
}

/// A file that was looked at: how it is cut, whose it is, and which column gives which field.
struct Opened {
    survey: Survey,
    format: &'static dyn Format,
    table: Table,
    profile: &'static dyn Profile,
    /// Every profile that may read the file, the best one first.
    candidates: Vec<Candidate>,
    mapping: Mapping,
    /// Given, or told by the dates.
    day_order: Option<DayOrder>,
    notes: Vec<Problem>,
    /// Sheets or layers that are read, where there are several, and those that are not.
    sheets: Vec<String>,
    sheets_unread: Vec<String>,
}

impl Opened {
    fn new(path: &Path, options: &Options) -> Result<Opened, Problem> {
        clock::check_zone(options.zone.as_deref())?;
        let survey = text::survey(path, options.encoding.as_deref())?;
        let format = formats::for_file(path, &survey)?;
        let mut layout = options.layout();
        let mut sheets = sheets::open(path, &survey, format, &layout, options)?;
        if layout.header == Header::Found
            && let Some(names) =
                profiles::headerless(options.profile.as_deref(), &sheets.table.header)
        {
            layout.header = Header::Given(names.iter().map(|n| (*n).to_owned()).collect());
            sheets = sheets::open(path, &survey, format, &layout, options)?;
        }
        let Sheets {
            mut table,
            read: sheets,
            unread: sheets_unread,
        } = sheets;
        let options = &Options {
            day_order: options.day_order.or_else(|| told_order(&table)),
            ..options.clone()
        };
        let candidates = profiles::ranked(path, &table.columns);
        let profile = profiles::choose(path, options.profile.as_deref(), &table.columns)?;
        let mut mapping = Mapping::new(path, profile, &table, options)?;
        mapping.times_are_utc = format.times_are_utc();
        if table.sample.is_cut() && mapping.asks_for_all(options) {
            let rows = sheets::open(path, &survey, format, &layout, options)?
                .table
                .rows;
            look_at_all(rows, &mut mapping);
        }
        mapping.conclude();
        let mut notes = Vec::new();
        if options.day_order.is_none() {
            let doubt = mapping.look.orders.order().1;
            notes.extend(doubt.map(|key| Problem::file(key, path)));
        } else if let Some(order) = options.day_order {
            mapping.day_order = order;
        }
        notes.extend(told_of_columns(path, &mapping, &table));
        notes.extend(told_of_sheets(path, &sheets, &sheets_unread));
        let told = mapping.look.orders.tell().then_some(mapping.day_order);
        let day_order = options.day_order.or(told);
        given::check(path, &mapping)?;
        notes.extend(given::note(path, &mapping));
        if table.sample.rows == 0 {
            notes.push(Problem::file("note-no-rows", path));
        }
        notes.extend(survey.notes(path));
        notes.extend(unused(path, options, format, &survey, &table));
        notes.append(&mut table.notes);
        Ok(Opened {
            survey,
            format,
            table,
            profile,
            candidates,
            mapping,
            day_order,
            notes,
            sheets,
            sheets_unread,
        })
    }

    fn charset(&self) -> encoding::Charset {
        // What is no text says itself how its texts are written, and that is UTF-8.
        let of_file = match self.survey.is_text() {
            true => self.survey.encoding,
            false => encoding::UTF8,
        };
        self.table
            .found
            .as_ref()
            .map_or(of_file, |found| found.charset)
    }

    fn facts(&self, path: &Path) -> FileFacts {
        FileFacts {
            file_name: file_name(path),
            sha256: self.survey.sha256.clone(),
            size_bytes: self.survey.size_bytes,
            format: self.format.id(),
            profile: self.profile.id(),
            encoding: self.charset().name().to_owned(),
            delimiter: self.table.delimiter,
            layer: self.table.layer.clone(),
            sheets: self.sheets.clone(),
            sheets_unread: self.sheets_unread.clone(),
            other_dates: self
                .mapping
                .other_dates()
                .iter()
                .map(|i| self.table.columns[*i].clone())
                .collect(),
            readings: match (&self.table.found, self.survey.is_text()) {
                (Some(found), _) => found.readings.clone(),
                (None, true) => self.survey.found.readings.clone(),
                (None, false) => Vec::new(),
            },
            half_converted: self.mapping.look.half(),
            header_line: self.table.header_line,
            columns: self.table.columns.clone(),
            mapping: self.mapping.listed(&self.table.columns),
            given: self
                .mapping
                .values()
                .map(|(field, value)| (field.code().to_owned(), value.to_owned()))
                .collect(),
            day_order: self.day_order,
            default_dataset: self.profile.dataset(path),
            licence: self.profile.licence().to_owned(),
            attribution: self.profile.attribution().to_owned(),
            notes: self.notes.clone(),
        }
    }

    fn into_reader(self, path: &Path) -> Reader {
        Reader {
            facts: self.facts(path),
            profile: self.profile,
            own_columns: self
                .table
                .columns
                .iter()
                .position(|c| c == report::REASON_COLUMN),
            shape: Shape::None,
            is_written: false,
            given: given::listed(&self.mapping),
            far: Far::default(),
            columns: self.table.columns,
            mapping: self.mapping,
            rows: self.table.rows,
            record: Record::default(),
            tally: Tally::default(),
            lost_letters: (!self.survey.is_text()).then_some(0),
            seen: HashMap::default(),
            sheets: HashMap::new(),
            ended: false,
        }
    }
}

/// How the dates of rejected rows were read before, where all of those at hand say the same.
fn told_order(table: &Table) -> Option<DayOrder> {
    let at = table.columns.iter().position(|c| c == DAY_ORDER_COLUMN)?;
    let mut told = table.sample.records.iter().map(|record| record.get(at));
    let first = told.next()?;
    let alike = told.all(|other| other == first);
    DayOrder::ALL
        .into_iter()
        .find(|o| alike && o.code() == first)
}

/// What the user decided and the format has nothing of.
fn unused(
    path: &Path,
    options: &Options,
    format: &dyn Format,
    survey: &Survey,
    table: &Table,
) -> Option<Problem> {
    let has_encoding = survey.is_text() || table.found.is_some();
    let all = [
        (
            "sheet / layer",
            options.layer.is_some() && table.layer.is_none(),
        ),
        ("header", options.header.is_some() && !format.takes_header()),
        ("encoding", options.encoding.is_some() && !has_encoding),
        (
            "delimiter",
            options.delimiter.is_some() && table.delimiter.is_none(),
        ),
    ];
    let unused: Vec<&str> = all.iter().filter(|(_, is)| *is).map(|(n, _)| *n).collect();
    (!unused.is_empty())
        .then(|| Problem::file("note-options-unused", path).with("options", unused.join(", ")))
}

/// Looks at every row. What breaks off the file is reported when it is read.
fn look_at_all(mut rows: Box<dyn Rows>, mapping: &mut Mapping) {
    let mut record = Record::default();
    mapping.forget_looks();
    while let Ok(read) = rows.read(&mut record) {
        match read {
            Read::Row => mapping.look_at(&record),
            Read::Bad(_) => {}
            Read::End => return,
        }
    }
}

/// What people should know of the columns: dates that are not read, ids that are none, days taken for
/// months.
fn told_of_columns(path: &Path, mapping: &Mapping, table: &Table) -> Vec<Problem> {
    let mut notes = Vec::new();
    let column = |index: usize| table.columns[index].clone();
    let others: Vec<String> = mapping.other_dates().iter().map(|i| column(*i)).collect();
    let read = [Field::Start, Field::Year]
        .iter()
        .find_map(|field| mapping.index(*field));
    if let (Some(read), false) = (read, others.is_empty()) {
        let note = Problem::file("note-other-dates", path).with("column", column(read));
        notes.push(note.with("others", others.join(", ")));
    }
    if let Some((index, fault)) = mapping.no_id() {
        let instead = mapping.index(Field::Id).map(column);
        let (key, n) = match (fault, &instead) {
            (NoId::Repeats(n), None) => ("note-id-repeats", n),
            (NoId::Repeats(n), Some(_)) => ("note-id-repeats-instead", n),
            (NoId::Damaged(n), None) => ("note-id-damaged", n),
            (NoId::Damaged(n), Some(_)) => ("note-id-damaged-instead", n),
        };
        let note = Problem::file(key, path)
            .with("column", column(index))
            .with("n", number(n));
        notes.push(match instead {
            Some(instead) => note.with("instead", instead),
            None => note,
        });
    }
    if let (Some(start), true) = (mapping.index(Field::Start), mapping.look.has_day_numbers()) {
        notes.push(Problem::file("note-day-numbers", path).with("column", column(start)));
    }
    match (mapping.look.half(), mapping.half_converted) {
        (Some(n), answer) if answer != Some(false) => {
            let key = match answer {
                None => "note-half-converted",
                Some(_) => "note-half-exchanged",
            };
            let start = mapping.index(Field::Start).map_or_else(String::new, column);
            notes.push(
                Problem::file(key, path)
                    .with("column", start)
                    .with("n", number(n)),
            );
        }
        _ => {}
    }
    notes
}

fn told_of_sheets(path: &Path, read: &[String], unread: &[String]) -> Vec<Problem> {
    let joined = (read.len() > 1)
        .then(|| Problem::file("note-sheets-joined", path).with("sheets", read.join(", ")));
    let left = (!unread.is_empty()).then(|| {
        Problem::file("note-sheets-unread", path)
            .with("sheets", read.join(", "))
            .with("unread", unread.join(", "))
    });
    joined.into_iter().chain(left).collect()
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

    /// Whether the file goes on after the last row without rows that can be told apart.
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
            self.record.unguard();
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
            let written = self.mapping.ways().filter(|_| self.is_written);
            let column = written.and_then(|i| self.columns.get(i));
            let column = column.map_or(report::GEOMETRY, String::as_str);
            return self.reject(Fault::new(reason, column, &value));
        }
        if let Some(points) = shape.points_beyond() {
            return self.reject(Fault::new(
                "too_many_points",
                report::GEOMETRY,
                &number(points as u64),
            ));
        }
        if let Shape::Point { .. } = shape {
            self.record.shape = shape.clone();
        }
        let anchor = shape.anchor();
        let row = Row::new(&self.record, &self.columns, &self.mapping).with_anchor(anchor);
        if self.profile.has_total_rows()
            && let Some((column, label)) = row.total()
        {
            let fault = Fault::new("total_row", column, label);
            return self.reject(fault);
        }
        let drafted = match shape {
            Shape::Area(area) => {
                territory::draft(&row, area, &self.facts.default_dataset, &mut self.tally)
                    .map(|t| Item::Territory(Box::new(t)))
            }
            Shape::Line(path) => {
                movement::draft(&row, path, &mut self.tally).map(|m| Item::Movement(Box::new(m)))
            }
            _ => self
                .profile
                .draft(&row, &mut self.tally)
                .and_then(|draft| match draft {
                    Draft::Incident(i) => match too_many_names(&row, &i) {
                        Some(fault) => Err(fault),
                        None => Ok(Item::Incident(i)),
                    },
                    Draft::Series(s) => Ok(Item::Series(s)),
                }),
        };
        let is_incident = matches!(drafted, Ok(Item::Incident(_)));
        self.tally.end_row(drafted.is_ok(), is_incident);
        match drafted {
            Ok(mut item) => {
                self.complete(&mut item);
                item
            }
            Err(fault) => self.reject(fault),
        }
    }

    /// Makes a shape of the line or area that the row has as text in a column.
    fn take_written(&mut self) -> Result<(), Fault> {
        self.is_written = false;
        self.shape = Shape::None;
        let is_free = matches!(self.record.shape, Shape::None);
        let Some(index) = self.mapping.ways().filter(|_| is_free) else {
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
    fn complete(&mut self, item: &mut Item) {
        if let Item::Incident(incident) = item {
            self.far.look(incident);
        }
        let (id, extra) = match item {
            Item::Incident(i) => (&mut i.external_id, &mut i.extra),
            Item::Territory(t) => (&mut t.external_id, &mut t.extra),
            Item::Movement(m) => (&mut m.external_id, &mut m.extra),
            Item::Series(s) => (&mut s.external_id, &mut s.extra),
            Item::Reject(_) => return,
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
                self.tally.add_kept("note-rows-repeat");
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
            Shape::None | Shape::Point { .. } => self.profile.key(&row),
        };
        Item::Reject(Reject::new(fault, self.record.line, id, self.raw()))
    }

    /// The last row as the file has it, see [`Reject::raw`].
    #[must_use]
    pub fn raw(&self) -> String {
        // Text is among the cells already.
        let (shape, written) = match self.is_written {
            true => (&Shape::None, self.mapping.ways()),
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
                    let note = Problem::new("note-encoding-damaged").with("n", number(n));
                    let note = note.with("file", &self.facts.file_name);
                    let note = note.with("encoding", &self.facts.encoding);
                    self.facts.notes.push(note);
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
