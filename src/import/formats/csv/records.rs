//! Text cut into records and cells.

use crate::import::encoding::Charset;
use crate::import::fault::Fault;
use crate::import::formats::record::Record;
use crate::import::formats::written::begins;
use crate::import::text::Utf8Reader;
use crate::locale::{Problem, number};
use std::path::{Path, PathBuf};

/// Cells of one row: a spreadsheet's own limit.
const MAX_CELLS: usize = 16_384;

/// A cell beyond this is a quotation mark gone astray, not a text; but lines and areas may be longer.
const MAX_CELL_BYTES: usize = 1024 * 1024;

const MAX_RECORD_BYTES: usize = 16 * MAX_CELL_BYTES;

#[derive(Clone, Copy)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// Just after a quotation mark inside of a quoted cell.
    QuoteSeen,
}

/// What [`Records::read`] found.
pub enum Next {
    Record,
    /// A record that is none, as far as it was read.
    Broken(Broken),
    End,
}

/// What is wrong with a record.
#[derive(Clone, Copy)]
pub enum Broken {
    /// The end of the file is inside of a quoted cell.
    Open,
    /// A cell or a record beyond its limit, which goes on.
    Long,
    /// More cells than [`MAX_CELLS`], and it goes on.
    Many,
    /// A quoted cell of several lines ends in the middle of another: its opening mark is a stray one.
    Stray,
}

/// Cuts text into records; lines with nothing on them but delimiters are passed over.
pub struct Records {
    path: PathBuf,
    pub(super) reader: Utf8Reader,
    /// Names for messages; empty until the header is read.
    pub(super) columns: Vec<String>,
    cutter: Cutter,
    state: State,
    /// The rest of the file is in a cell whose quotation mark is never closed.
    pub(super) is_cut_off: bool,
}

impl Records {
    pub fn open(path: &Path, encoding: Charset, delimiter: u8) -> Result<Records, Problem> {
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
                is_stray: false,
            },
            state: State::CellStart,
            is_cut_off: false,
        })
    }

    /// The next record; one that is broken goes on until [`Records::pass_over`].
    pub fn read(&mut self, record: &mut Record) -> Result<Next, Problem> {
        loop {
            record.clear();
            let next = self.read_any(record)?;
            if !matches!(next, Next::Record) || !record.text.trim().is_empty() {
                return Ok(next);
            }
        }
    }

    fn read_any(&mut self, record: &mut Record) -> Result<Next, Problem> {
        self.state = State::CellStart;
        self.cutter.cell_start = 0;
        self.cutter.is_stray = false;
        record.line = self.cutter.line;
        loop {
            let chunk = match self.reader.fill_text() {
                Ok(chunk) => chunk,
                Err(e) => return Err(Problem::io(&self.path, &e)),
            };
            if chunk.is_empty() {
                return Ok(self.finish(record));
            }
            let (used, cut) = self.cutter.cut(chunk, &mut self.state, record);
            self.reader.consume(used);
            return Ok(match cut {
                Cut::More => continue,
                Cut::Record if self.cutter.is_stray => Next::Broken(Broken::Stray),
                Cut::Record => Next::Record,
                Cut::TooLong => Next::Broken(Broken::Long),
                Cut::TooMany => Next::Broken(Broken::Many),
            });
        }
    }

    fn finish(&mut self, record: &mut Record) -> Next {
        match self.state {
            State::Quoted => Next::Broken(Broken::Open),
            State::CellStart if record.ends.is_empty() => Next::End,
            _ => {
                record.ends.push(record.text.len());
                match self.cutter.is_stray {
                    true => Next::Broken(Broken::Stray),
                    false => Next::Record,
                }
            }
        }
    }

    /// Goes on to the end of a broken record and keeps nothing of it; whether it has one.
    fn pass_over(&mut self) -> Result<bool, Problem> {
        let mut rest = Record::default();
        self.cutter.cell_start = 0;
        loop {
            let chunk = match self.reader.fill_text() {
                Ok(chunk) => chunk,
                Err(e) => return Err(Problem::io(&self.path, &e)),
            };
            if chunk.is_empty() {
                return Ok(!matches!(self.state, State::Quoted));
            }
            let (used, cut) = self.cutter.cut(chunk, &mut self.state, &mut rest);
            self.reader.consume(used);
            if matches!(cut, Cut::Record) {
                return Ok(true);
            }
            rest.clear();
            self.cutter.cell_start = 0;
        }
    }

    /// Why the row cannot be taken; the next one is that after it.
    pub(super) fn fault(&mut self, broken: Broken, record: &mut Record) -> Result<Fault, Problem> {
        let column = self.column(record.ends.len());
        let quote_line = number(self.cutter.quote_line);
        if !matches!(broken, Broken::Stray) {
            record.ends.push(record.text.len());
            self.is_cut_off = !self.pass_over()?;
        }
        Ok(match broken {
            _ if self.is_cut_off => Fault::new("open_quote", &column, &quote_line),
            Broken::Stray => Fault::new("stray_quote", "", &quote_line),
            Broken::Many => Fault::new("too_many_cells", "", &number(MAX_CELLS as u64)),
            Broken::Long | Broken::Open => {
                let size = format!("{} MB", MAX_CELL_BYTES >> 20);
                Fault::new("cell_too_big", &column, &size)
            }
        })
    }

    /// Why there is nothing to read in a file whose header is broken.
    pub(super) fn unreadable(
        &mut self,
        broken: Broken,
        record: &Record,
    ) -> Result<Problem, Problem> {
        let column = self.column(record.ends.len());
        let quote_line = number(self.cutter.quote_line);
        let is_open = !matches!(broken, Broken::Stray) && !self.pass_over()?;
        let problem = |key| Problem::file(key, &self.path);
        Ok(match broken {
            _ if is_open => problem(text!("problem-csv-quote"; column, file, line))
                .with("line", quote_line)
                .with("column", column),
            Broken::Many => problem(text!("problem-csv-cells"; file, line, ncells))
                .with("line", number(record.line))
                .with("ncells", number(MAX_CELLS as u64)),
            Broken::Stray => {
                problem(text!("problem-csv-stray-quote"; file, line)).with("line", quote_line)
            }
            Broken::Long | Broken::Open => {
                problem(text!("problem-csv-cell-long"; column, file, line))
                    .with("line", number(record.line))
                    .with("column", column)
            }
        })
    }

    pub(super) fn column(&self, index: usize) -> String {
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
    /// A quoted cell of several lines was closed by a mark in the middle of a cell.
    is_stray: bool,
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
                        let is_behind_quote = matches!(*state, State::QuoteSeen);
                        self.is_stray |= is_behind_quote
                            && self.quote_line < self.line
                            && !piece.trim().is_empty();
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
        let cell = || text.get(self.cell_start..).unwrap_or_default();
        text.len() > MAX_RECORD_BYTES
            || (text.len() - self.cell_start > MAX_CELL_BYTES && !begins(cell()))
    }
}
