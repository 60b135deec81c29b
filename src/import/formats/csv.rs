//! Delimited text (RFC 4180 and what people make of it), one record at a time.
//!
//! The records are cut here and not by the `csv` crate, which takes a quotation mark that is never
//! closed for the rest of the file without a word, and with it all memory the file asks for.

use super::{Format, Read, Record, Rows, Sample, Table};
use crate::import::report::Fault;
use crate::import::text::{Survey, Utf8Reader};
use crate::locale::{Problem, number};
use encoding_rs::Encoding;
use std::path::{Path, PathBuf};

pub struct Csv;

/// Cells of one row: a spreadsheet's own limit.
const MAX_CELLS: usize = 16_384;
/// A cell beyond this is a quotation mark gone astray, not a text.
const MAX_CELL_BYTES: usize = 1024 * 1024;
const MAX_RECORD_BYTES: usize = 16 * MAX_CELL_BYTES;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at to find the delimiter.
const DELIMITER_RECORDS: usize = 50;

impl Format for Csv {
    fn id(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab", "txt"]
    }

    fn open(&self, path: &Path, survey: &Survey) -> Result<Table, Problem> {
        let delimiter = delimiter_of(path, survey.encoding)?;
        let start = || CsvRows::open(path, survey.encoding, delimiter);
        let (columns, mut rows) = start()?;
        let sample = Sample::take(&mut rows)?;
        let (_, rows) = start()?;
        Ok(Table {
            columns,
            delimiter: Some(char::from(delimiter)),
            has_shapes: false,
            sample,
            rows: Box::new(rows),
        })
    }
}

/// The delimiter that cuts the first records most evenly, and among equals into most cells.
fn delimiter_of(path: &Path, encoding: &'static Encoding) -> Result<u8, Problem> {
    let mut best = (0, 0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let mut records = Records::open(path, encoding, delimiter)?;
        let mut record = Record::default();
        let mut lengths = Vec::new();
        // What another delimiter makes of quotation marks is no fault of the file.
        while lengths.len() < DELIMITER_RECORDS && records.read(&mut record).unwrap_or(false) {
            lengths.push(record.len());
        }
        let Some(width) = lengths.first().copied().filter(|n| *n > 1) else {
            continue;
        };
        let even = lengths.iter().filter(|n| **n == width).count() * 100 / lengths.len();
        if (even, width) > (best.0, best.1) {
            best = (even, width, delimiter);
        }
    }
    Ok(best.2)
}

/// Unique names; a column without one is called by its number.
fn column_names(header: &Record) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    let mut taken = std::collections::HashSet::new();
    for (i, cell) in header.cells().enumerate() {
        let base = match cell.trim() {
            "" => format!("column {}", i + 1),
            name => name.to_owned(),
        };
        let mut name = base.clone();
        let mut n = 2;
        while !taken.insert(name.clone()) {
            name = format!("{base} ({n})");
            n += 1;
        }
        names.push(name);
    }
    names
}

/// Records held against the header.
struct CsvRows {
    records: Records,
    width: usize,
}

impl CsvRows {
    fn open(
        path: &Path,
        encoding: &'static Encoding,
        delimiter: u8,
    ) -> Result<(Vec<String>, CsvRows), Problem> {
        let mut records = Records::open(path, encoding, delimiter)?;
        let mut header = Record::default();
        if !records.read(&mut header)? {
            return Err(Problem::file("problem-file-empty", path));
        }
        let columns = column_names(&header);
        records.columns.clone_from(&columns);
        let width = columns.len();
        Ok((columns, CsvRows { records, width }))
    }
}

impl Rows for CsvRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        if !self.records.read(record)? {
            return Ok(Read::End);
        }
        if record.len() != self.width {
            let counts = format!("{} / {}", record.len(), self.width);
            return Ok(Read::Bad(Fault::new("ragged_row", "", &counts)));
        }
        if let Some(i) = record
            .text
            .contains('\0')
            .then(|| record.cells().position(|c| c.contains('\0')))
            .flatten()
        {
            let column = self.records.column(i);
            return Ok(Read::Bad(Fault::new("nul_byte", &column, record.get(i))));
        }
        Ok(Read::Row)
    }

    fn bytes_read(&self) -> u64 {
        self.records.reader.bytes_read()
    }
}

#[derive(Clone, Copy)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// Just after a quotation mark inside of a quoted cell.
    QuoteSeen,
}

/// Cuts text into records; lines with nothing on them are passed over.
struct Records {
    path: PathBuf,
    reader: Utf8Reader,
    delimiter: u8,
    /// Names for messages; empty until the header is read.
    columns: Vec<String>,
    /// 1-based, of the next byte.
    line: u64,
    /// Whether the byte before was a carriage return, which with a line feed ends one line.
    after_cr: bool,
    cell_start: usize,
    /// Line on which the open quotation mark stands.
    quote_line: u64,
}

impl Records {
    fn open(path: &Path, encoding: &'static Encoding, delimiter: u8) -> Result<Records, Problem> {
        Ok(Records {
            path: path.to_owned(),
            reader: Utf8Reader::open(path, encoding)?,
            delimiter,
            columns: Vec::new(),
            line: 1,
            after_cr: false,
            cell_start: 0,
            quote_line: 0,
        })
    }

    /// `false` at the end of the file.
    fn read(&mut self, record: &mut Record) -> Result<bool, Problem> {
        loop {
            record.clear();
            // Bytes, since a piece of input need not end where a cell does.
            let mut text = std::mem::take(&mut record.text).into_bytes();
            let found = self.read_bytes(&mut text, record);
            record.text = String::from_utf8(text)
                .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
            if !found? {
                return Ok(false);
            }
            if record.len() > 1 || !record.text.trim().is_empty() {
                return Ok(true);
            }
        }
    }

    fn read_bytes(&mut self, text: &mut Vec<u8>, record: &mut Record) -> Result<bool, Problem> {
        let mut state = State::CellStart;
        self.cell_start = 0;
        record.line = self.line;
        loop {
            let chunk = match self.reader.fill() {
                Ok(chunk) => chunk,
                Err(e) => return Err(Problem::io(&self.path, &e)),
            };
            let Some(&byte) = chunk.first() else {
                return self.finish(state, text, record);
            };
            // The line feed of a CR LF that has already ended the record before.
            if byte == b'\n' && self.after_cr && text.is_empty() && record.ends.is_empty() {
                self.after_cr = false;
                self.reader.consume(1);
                continue;
            }
            let is_end = |b: &u8| *b == self.delimiter || matches!(*b, b'\n' | b'\r');
            let run = match state {
                State::Plain => chunk.iter().position(is_end).unwrap_or(chunk.len()),
                State::Quoted => chunk.iter().position(|b| *b == b'"').unwrap_or(chunk.len()),
                State::CellStart | State::QuoteSeen => 0,
            };
            if run > 0 {
                text.extend_from_slice(&chunk[..run]);
                match state {
                    State::Quoted => self.count_lines(&text[text.len() - run..]),
                    _ => self.after_cr = false,
                }
                self.reader.consume(run);
                self.check_size(state, text, record)?;
                continue;
            }
            self.reader.consume(1);
            match (state, byte) {
                (State::CellStart, b'"') => {
                    self.quote_line = self.line;
                    state = State::Quoted;
                    self.after_cr = false;
                }
                (State::Quoted, _) => state = State::QuoteSeen,
                (State::QuoteSeen, b'"') => {
                    text.push(b'"');
                    self.check_size(State::Quoted, text, record)?;
                    state = State::Quoted;
                }
                (_, b'\n' | b'\r') => {
                    self.line += 1;
                    self.after_cr = byte == b'\r';
                    record.ends.push(text.len());
                    return Ok(true);
                }
                (_, b) if b == self.delimiter => {
                    self.after_cr = false;
                    record.ends.push(text.len());
                    if record.ends.len() > MAX_CELLS {
                        return Err(Problem::file("problem-csv-cells", &self.path)
                            .with("line", number(record.line))
                            .with("ncells", number(MAX_CELLS as u64)));
                    }
                    self.cell_start = text.len();
                    state = State::CellStart;
                }
                (_, b) => {
                    self.after_cr = false;
                    text.push(b);
                    state = State::Plain;
                }
            }
        }
    }

    /// Of a piece of a quoted cell.
    fn count_lines(&mut self, text: &[u8]) {
        for byte in text {
            if *byte == b'\r' || (*byte == b'\n' && !self.after_cr) {
                self.line += 1;
            }
            self.after_cr = *byte == b'\r';
        }
    }

    fn finish(&mut self, state: State, text: &[u8], record: &mut Record) -> Result<bool, Problem> {
        match state {
            State::Quoted => Err(self.open_quote(record)),
            State::CellStart if record.ends.is_empty() => Ok(false),
            _ => {
                record.ends.push(text.len());
                Ok(true)
            }
        }
    }

    fn check_size(&self, state: State, text: &[u8], record: &Record) -> Result<(), Problem> {
        if text.len() - self.cell_start <= MAX_CELL_BYTES && text.len() <= MAX_RECORD_BYTES {
            return Ok(());
        }
        Err(match state {
            State::Quoted => self.open_quote(record),
            _ => Problem::file("problem-csv-cell-long", &self.path)
                .with("line", number(record.line))
                .with("column", self.column(record.ends.len())),
        })
    }

    fn open_quote(&self, record: &Record) -> Problem {
        Problem::file("problem-csv-quote", &self.path)
            .with("line", number(self.quote_line))
            .with("column", self.column(record.ends.len()))
    }

    fn column(&self, index: usize) -> String {
        let name = self.columns.get(index).cloned();
        name.unwrap_or_else(|| (index + 1).to_string())
    }
}
