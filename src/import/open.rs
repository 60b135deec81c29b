//! A file is looked at and made ready to read: how it is cut, whose it is, and which column gives which field.

use super::encoding;
use super::fault::DAY_ORDER_COLUMN;
use super::formats::{self, Format, Header, Read, Record, Rows, Table};
use super::profiles::{self, Candidate, Profile};
use super::reader::Reader;
use super::report::FileFacts;
use super::row::{Field, Mapping, NoId, Options, given};
use super::sheets::{self, Sheets};
use super::text::{self, Survey};
use super::values::{DayOrder, check_zone};
use crate::locale::{Problem, number};
use std::path::Path;

/// Looks at a file and makes ready to read it.
///
/// # Errors
/// The file is missing, a folder, empty, of another type or not readable as its format; the
/// profile is unknown; or no columns for a date and a position are found.
pub fn open(path: &Path, options: &Options) -> Result<Reader, Problem> {
    let opened = Opened::new(path, options)?;
    opened.mapping.check(path, &opened.table)?;
    let facts = opened.facts(path);
    let is_text = opened.survey.is_text();
    let Opened { table, mapping, .. } = opened;
    Ok(Reader::new(facts, opened.profile, table, mapping, is_text))
}

/// A file that was looked at: how it is cut, whose it is, and which column gives which field.
pub struct Opened {
    pub survey: Survey,
    pub format: &'static Format,
    pub table: Table,
    pub profile: &'static Profile,
    /// Every profile that may read the file, the best one first.
    pub candidates: Vec<Candidate>,
    pub mapping: Mapping,
    /// Given, or as the dates say.
    pub day_order: Option<DayOrder>,
    pub notes: Vec<Problem>,
    /// Sheets or layers that are read, where there are several, and those that are not.
    pub sheets: Vec<String>,
    pub sheets_unread: Vec<String>,
}

impl Opened {
    pub fn new(path: &Path, options: &Options) -> Result<Opened, Problem> {
        check_zone(options.zone.as_deref())?;
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
            day_order: options.day_order.or_else(|| order_of_rejects(&table)),
            ..options.clone()
        };
        let candidates = profiles::ranked(path, &table.columns);
        let profile = profiles::choose(path, options.profile.as_deref(), &table.columns)?;
        let mut mapping = Mapping::new(path, &profile.reads(), &table, options)?;
        mapping.times_are_utc = format.times_are_utc;
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
        notes.extend(notes_on_columns(path, &mapping, &table));
        notes.extend(notes_on_sheets(path, &sheets, &sheets_unread));
        let found = mapping.look.orders.tell().then_some(mapping.day_order);
        let day_order = options.day_order.or(found);
        given::check(path, &mapping)?;
        notes.extend(given::note(path, &mapping));
        if table.sample.rows == 0 {
            notes.push(Problem::new(text!("note-no-rows", file = path.display())));
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

    pub fn facts(&self, path: &Path) -> FileFacts {
        FileFacts {
            file_name: file_name(path),
            sha256: self.survey.sha256.clone(),
            size_bytes: self.survey.size_bytes,
            format: self.format.id,
            profile: self.profile.id,
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
            licence: self.profile.licence.to_owned(),
            attribution: self.profile.attribution.to_owned(),
            notes: self.notes.clone(),
        }
    }
}

/// How the dates of rejected rows were read before, where all of those at hand say the same.
fn order_of_rejects(table: &Table) -> Option<DayOrder> {
    let at = table.columns.iter().position(|c| c == DAY_ORDER_COLUMN)?;
    let mut orders = table.sample.records.iter().map(|record| record.get(at));
    let first = orders.next()?;
    let alike = orders.all(|other| other == first);
    DayOrder::ALL
        .into_iter()
        .find(|o| alike && o.code() == first)
}

/// What the user decided and the format has nothing of.
fn unused(
    path: &Path,
    options: &Options,
    format: &Format,
    survey: &Survey,
    table: &Table,
) -> Option<Problem> {
    let has_encoding = survey.is_text() || table.found.is_some();
    let all = [
        (
            "sheet / layer",
            options.layer.is_some() && table.layer.is_none(),
        ),
        ("header", options.header.is_some() && !format.takes_header),
        ("encoding", options.encoding.is_some() && !has_encoding),
        (
            "delimiter",
            options.delimiter.is_some() && table.delimiter.is_none(),
        ),
    ];
    let unused: Vec<&str> = all.iter().filter(|(_, is)| *is).map(|(n, _)| *n).collect();
    (!unused.is_empty()).then(|| {
        Problem::new(text!(
            "note-options-unused",
            file = path.display(),
            options = unused.join(", ")
        ))
    })
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
fn notes_on_columns(path: &Path, mapping: &Mapping, table: &Table) -> Vec<Problem> {
    let mut notes = Vec::new();
    let column = |index: usize| table.columns[index].clone();
    let others: Vec<String> = mapping.other_dates().iter().map(|i| column(*i)).collect();
    let read = [Field::Start, Field::Year]
        .iter()
        .find_map(|field| mapping.index(*field));
    if let (Some(read), false) = (read, others.is_empty()) {
        notes.push(Problem::new(text!(
            "note-other-dates",
            file = path.display(),
            column = column(read),
            others = others.join(", ")
        )));
    }
    if let Some((index, fault)) = mapping.no_id() {
        let instead = mapping.index(Field::Id).map(column);
        let (key, n) = match (fault, &instead) {
            (NoId::Repeats(n), None) => (text!("note-id-repeats"; column, file, n), n),
            (NoId::Repeats(n), Some(_)) => (
                text!("note-id-repeats-instead"; column, file, instead, n),
                n,
            ),
            (NoId::Damaged(n), None) => (text!("note-id-damaged"; column, file, n), n),
            (NoId::Damaged(n), Some(_)) => (
                text!("note-id-damaged-instead"; column, file, instead, n),
                n,
            ),
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
        notes.push(Problem::new(text!(
            "note-day-numbers",
            file = path.display(),
            column = column(start)
        )));
    }
    match (mapping.look.half(), mapping.half_converted) {
        (Some(n), answer) if answer != Some(false) => {
            let key = match answer {
                None => text!("note-half-converted"; column, file, n),
                Some(_) => text!("note-half-exchanged"; column, file, n),
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

fn notes_on_sheets(path: &Path, read: &[String], unread: &[String]) -> Vec<Problem> {
    let joined = (read.len() > 1).then(|| {
        Problem::new(text!(
            "note-sheets-joined",
            file = path.display(),
            sheets = read.join(", ")
        ))
    });
    let left = (!unread.is_empty()).then(|| {
        Problem::new(text!(
            "note-sheets-unread",
            file = path.display(),
            sheets = read.join(", "),
            unread = unread.join(", ")
        ))
    });
    joined.into_iter().chain(left).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
