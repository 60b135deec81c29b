//! Delimited text (RFC 4180 and what people make of it), one record at a time.
//!
//! The records are cut here and not by the `csv` crate, which takes a quotation mark that is never
//! closed for the rest of the file without a word, and with it all memory the file asks for.

mod heading;
mod records;

use super::record::Record;
use super::table::{Format, Header, Layout, Read, Rows, Sample, Table, column_names};
use crate::import::encoding::Charset;
use crate::import::fault::Fault;
use crate::import::text::{Content, Survey};
use crate::locale::{Problem, number};
use records::{Next, Records};
use std::path::Path;

pub const CSV: Format = Format {
    takes_header: true,
    ..Format::new("csv", &["csv", "tsv", "tab", "txt"], Content::Text, open)
};

fn open(path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem> {
    let charset = survey.encoding;
    let named = heading::named_delimiter(&survey.head);
    let top = 1 + u64::from(named.is_some());
    let delimiter = match (layout.delimiter.map(u8::try_from), named) {
        (Some(Ok(delimiter)), _) if delimiter.is_ascii() => delimiter,
        (Some(_), _) => return Err(Problem::new(text!("problem-delimiter"))),
        (None, Some(named)) => named,
        (None, None) => heading::delimiter_of(path, charset)?,
    };
    let from_line = match layout.header {
        Header::Line(line) => line.max(top),
        Header::Found => heading::header_line(path, charset, delimiter, top)?,
        Header::Given(_) => top,
    };
    let has_row_names = match layout.header {
        Header::Given(_) => false,
        _ => heading::has_row_names(path, charset, delimiter, from_line)?,
    };
    let start = || {
        CsvRows::open(
            path,
            charset,
            delimiter,
            from_line,
            &layout.header,
            has_row_names,
        )
    };
    let mut first = start()?;
    let sample = Sample::take(&mut first)?;
    let rows = start()?;
    let below_title = layout.header == Header::Found && from_line > top;
    let note = || {
        Problem::new(text!(
            "note-header-below-title",
            file = path.display(),
            line = number(rows.header_line)
        ))
    };
    Ok(Table {
        columns: rows.records.columns.clone(),
        delimiter: Some(char::from(delimiter)),
        header: rows.header.clone(),
        header_line: rows.header_line,
        layer: None,
        notes: below_title
            .then(note)
            .into_iter()
            .chain(
                has_row_names.then(|| Problem::new(text!("note-row-names", file = path.display()))),
            )
            .collect(),
        found: None,
        has_shapes: false,
        sample,
        rows: Box::new(rows),
    })
}

/// Records held against the header.
struct CsvRows {
    records: Records,
    width: usize,
    header: Vec<String>,
    header_line: u64,
    /// A first row that was looked at to count the columns.
    ahead: Option<Record>,
    /// Rows that lacked cells at their end.
    short_rows: u64,
}

impl CsvRows {
    fn open(
        path: &Path,
        encoding: Charset,
        delimiter: u8,
        from_line: u64,
        header: &Header,
        has_row_names: bool,
    ) -> Result<CsvRows, Problem> {
        let mut records = Records::open(path, encoding, delimiter)?;
        let mut first = Record::default();
        loop {
            match records.read(&mut first)? {
                Next::Record if first.line >= from_line => break,
                Next::Record => {}
                Next::Broken(broken) => return Err(records.unreadable(broken, &first)?),
                Next::End => {
                    return Err(match from_line {
                        1 => Problem::new(text!("problem-file-empty", file = path.display())),
                        line => Problem::new(text!(
                            "problem-header-line",
                            file = path.display(),
                            line = number(line)
                        )),
                    });
                }
            }
        }
        let given = match header {
            Header::Given(names) => Some(names),
            _ => None,
        };
        let columns = match given {
            None if has_row_names => column_names(std::iter::once("row").chain(first.cells())),
            None => column_names(first.cells()),
            Some(names) => {
                let name = |i: usize| names.get(i).map_or("", String::as_str);
                column_names((0..first.len().max(names.len())).map(name))
            }
        };
        let width = match given {
            Some(names) => first.len().max(names.len()),
            None => first.len() + usize::from(has_row_names),
        };
        records.columns = columns;
        Ok(CsvRows {
            records,
            width,
            header: match given {
                None => first.cells().map(str::to_owned).collect(),
                Some(_) => Vec::new(),
            },
            header_line: if given.is_some() { 0 } else { first.line },
            ahead: given.is_some().then_some(first),
            short_rows: 0,
        })
    }
}

impl Rows for CsvRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        match self.ahead.take() {
            Some(first) => *record = first,
            None => match self.records.read(record)? {
                Next::Record => {}
                Next::Broken(broken) => return self.records.fault(broken, record).map(Read::Bad),
                Next::End => return Ok(Read::End),
            },
        }
        self.even_out(record);
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

    fn is_cut_off(&self) -> bool {
        self.records.is_cut_off
    }

    fn notes(&self) -> Vec<Problem> {
        let note = || Problem::new(text!("note-short-rows", n = number(self.short_rows)));
        (self.short_rows > 0).then(note).into_iter().collect()
    }
}

impl CsvRows {
    /// Cells left out at the end of a row are empty, and empty ones beyond the columns are none. A row of
    /// one cell alone is no row that leaves the others out.
    fn even_out(&mut self, record: &mut Record) {
        if record.len() < self.width && record.len() > 1 {
            self.short_rows += 1;
            while record.len() < self.width {
                record.push("");
            }
        }
        let beyond = self.width..record.len();
        if !beyond.is_empty() && beyond.clone().all(|i| record.get(i).trim().is_empty()) {
            record.truncate(self.width);
        }
    }
}
