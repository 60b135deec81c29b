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
    /// Names for messages; empty until the header is read.
    columns: Vec<String>,
    cutter: Cutter,
}

impl Records {
    fn open(path: &Path, encoding: &'static Encoding, delimiter: u8) -> Result<Records, Problem> {
        Ok(Records {
            path: path.to_owned(),
            reader: Utf8Reader::open(path, encoding)?,
            columns: Vec::new(),
            cutter: Cutter {
                delimiter,
                line: 1,
                after_cr: false,
                cell_start: 0,
                quote_line: 0,
            },
        })
    }

    /// `false` at the end of the file.
    fn read(&mut self, record: &mut Record) -> Result<bool, Problem> {
        loop {
            record.clear();
            if !self.read_any(record)? {
                return Ok(false);
            }
            if record.len() > 1 || !record.text.trim().is_empty() {
                return Ok(true);
            }
        }
    }

    fn read_any(&mut self, record: &mut Record) -> Result<bool, Problem> {
        let mut state = State::CellStart;
        self.cutter.cell_start = 0;
        record.line = self.cutter.line;
        loop {
            let chunk = match self.reader.fill_text() {
                Ok(chunk) => chunk,
                Err(e) => return Err(Problem::io(&self.path, &e)),
            };
            if chunk.is_empty() {
                return self.finish(state, record);
            }
            let (used, cut) = self.cutter.cut(chunk, &mut state, record);
            self.reader.consume(used);
            match cut {
                Cut::More => {}
                Cut::Record => return Ok(true),
                Cut::TooLong if matches!(state, State::Quoted) => {
                    return Err(self.open_quote(record));
                }
                Cut::TooLong => {
                    return Err(Problem::file("problem-csv-cell-long", &self.path)
                        .with("line", number(record.line))
                        .with("column", self.column(record.ends.len())));
                }
                Cut::TooMany => {
                    return Err(Problem::file("problem-csv-cells", &self.path)
                        .with("line", number(record.line))
                        .with("ncells", number(MAX_CELLS as u64)));
                }
            }
        }
    }

    fn finish(&mut self, state: State, record: &mut Record) -> Result<bool, Problem> {
        match state {
            State::Quoted => Err(self.open_quote(record)),
            State::CellStart if record.ends.is_empty() => Ok(false),
            _ => {
                record.ends.push(record.text.len());
                Ok(true)
            }
        }
    }

    fn open_quote(&self, record: &Record) -> Problem {
        Problem::file("problem-csv-quote", &self.path)
            .with("line", number(self.cutter.quote_line))
            .with("column", self.column(record.ends.len()))
    }

    fn column(&self, index: usize) -> String {
        let name = self.columns.get(index).cloned();
        name.unwrap_or_else(|| (index + 1).to_string())
    }
}

/// Why cutting stopped.
enum Cut {
    /// At the end of the piece of text.
    More,
    /// At the end of a record.
    Record,
    /// A cell or a record beyond its limit.
    TooLong,
    /// More cells than [`MAX_CELLS`].
    TooMany,
}

/// Where in the file the cutting is.
struct Cutter {
    delimiter: u8,
    /// 1-based, of the next byte.
    line: u64,
    /// Whether the byte before was a carriage return, which with a line feed ends one line.
    after_cr: bool,
    cell_start: usize,
    /// Line on which the open quotation mark stands.
    quote_line: u64,
}

impl Cutter {
    /// Goes on with `record` in the text that follows; how many bytes of it are done with. Whatever
    /// it stops at is ASCII, so that no character is cut in two.
    fn cut(&mut self, chunk: &str, state: &mut State, record: &mut Record) -> (usize, Cut) {
        let bytes = chunk.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            // The line feed of a CR LF that has already ended the record before.
            if byte == b'\n' && self.after_cr && record.text.is_empty() && record.ends.is_empty() {
                self.after_cr = false;
                at += 1;
                continue;
            }
            let run = match *state {
                State::Quoted => memchr::memchr(b'"', &bytes[at..]).unwrap_or(bytes.len() - at),
                State::CellStart | State::QuoteSeen if byte == b'"' => 0,
                _ => self.plain_run(&bytes[at..]),
            };
            if run > 0 {
                let piece = chunk.get(at..at + run).unwrap_or_default();
                record.text.push_str(piece);
                match *state {
                    State::Quoted => self.count_lines(piece.as_bytes()),
                    _ => {
                        *state = State::Plain;
                        self.after_cr = false;
                    }
                }
                at += run;
                if self.is_too_long(&record.text) {
                    return (at, Cut::TooLong);
                }
                continue;
            }
            at += 1;
            match (*state, byte) {
                (State::CellStart, b'"') => {
                    self.quote_line = self.line;
                    *state = State::Quoted;
                    self.after_cr = false;
                }
                (State::Quoted, _) => *state = State::QuoteSeen,
                (State::QuoteSeen, b'"') => {
                    record.text.push('"');
                    *state = State::Quoted;
                    if self.is_too_long(&record.text) {
                        return (at, Cut::TooLong);
                    }
                }
                (_, b'\n' | b'\r') => {
                    self.line += 1;
                    self.after_cr = byte == b'\r';
                    record.ends.push(record.text.len());
                    return (at, Cut::Record);
                }
                // The delimiter: all else is part of a run.
                _ => {
                    self.after_cr = false;
                    record.ends.push(record.text.len());
                    if record.ends.len() > MAX_CELLS {
                        return (at, Cut::TooMany);
                    }
                    self.cell_start = record.text.len();
                    *state = State::CellStart;
                }
            }
        }
        (at, Cut::More)
    }

    /// Bytes up to the end of an unquoted cell. Most are short: looked at one by one, which costs
    /// less there than setting out to look at many at once.
    fn plain_run(&self, bytes: &[u8]) -> usize {
        const SHORT: usize = 24;
        let ends = |b: &u8| *b == self.delimiter || matches!(*b, b'\n' | b'\r');
        let (near, far) = bytes.split_at(SHORT.min(bytes.len()));
        near.iter().position(ends).unwrap_or_else(|| {
            let rest = memchr::memchr3(self.delimiter, b'\n', b'\r', far);
            near.len() + rest.unwrap_or(far.len())
        })
    }

    /// Of a piece of a quoted cell.
    fn count_lines(&mut self, text: &[u8]) {
        if memchr::memchr2(b'\r', b'\n', text).is_none() {
            self.after_cr = false;
            return;
        }
        for byte in text {
            if *byte == b'\r' || (*byte == b'\n' && !self.after_cr) {
                self.line += 1;
            }
            self.after_cr = *byte == b'\r';
        }
    }

    fn is_too_long(&self, text: &str) -> bool {
        text.len() - self.cell_start > MAX_CELL_BYTES || text.len() > MAX_RECORD_BYTES
    }
}
