//! What XLSX and ODS share: a sheet as a table with its header found, and numbers and clock times
//! as text.

use super::record::Record;
use super::table::{Header, Layout, Read, Rows, Sample, Table, column_names};
use crate::locale::{Problem, number};
use std::collections::HashSet;
use std::path::Path;

/// Of a sheet, as Excel and LibreOffice have them.
pub const MOST_ROWS: u64 = 1_048_576;
pub const MOST_COLUMNS: usize = 16_384;
/// Rows looked at to find the header under lines of title.
const HEADER_ROWS: usize = 50;

/// Cells of one sheet.
pub trait Cells: Send {
    /// Puts the next row that has something in it into `record`, its number in the sheet as the
    /// line; `false` after the last.
    ///
    /// # Errors
    /// The rest of the file cannot be read.
    fn next(&mut self, record: &mut Record) -> Result<bool, Problem>;

    /// Bytes of the file taken in so far.
    fn bytes_read(&self) -> u64;
}

/// A sheet as a table. `start` reads its cells from the beginning.
///
/// # Errors
/// The sheet cannot be read, has no rows or no such line.
pub fn table<C: Cells + 'static>(
    path: &Path,
    size_bytes: u64,
    layer: &str,
    layout: &Layout,
    start: impl Fn() -> Result<C, Problem>,
) -> Result<Table, Problem> {
    let mut cells = start()?;
    let from_line = match layout.header {
        Header::Line(line) => line,
        _ => 1,
    };
    let mut first_rows = Vec::new();
    let mut record = Record::default();
    while first_rows.len() < HEADER_ROWS && cells.next(&mut record)? {
        if record.line >= from_line {
            first_rows.push(std::mem::take(&mut record));
        }
    }
    if first_rows.is_empty() {
        return Err(match from_line {
            1 => Problem::new(text!(
                "problem-sheet-empty",
                file = path.display(),
                sheet = layer
            )),
            line => Problem::new(text!(
                "problem-header-line",
                file = path.display(),
                line = number(line)
            )),
        });
    }
    let (header, header_line) = match &layout.header {
        Header::Given(names) => (names.clone(), 0),
        found => {
            let at = match found {
                Header::Found => header_row(&first_rows),
                _ => 0,
            };
            first_rows.drain(..at);
            let header = &first_rows[0];
            (header.cells().map(str::to_owned).collect(), header.line)
        }
    };
    let widest = first_rows.iter().map(Record::len).max().unwrap_or_default();
    let name = |i: usize| header.get(i).map_or("", String::as_str);
    let columns = column_names((0..widest.max(header.len())).map(name));
    let open = || -> Result<SheetRows<C>, Problem> {
        Ok(SheetRows {
            cells: start()?,
            header_line,
            width: columns.len(),
            ended: false,
            size_bytes,
        })
    };
    let notes = match layout.header {
        Header::Found if header_line > 1 => Some(Problem::new(text!(
            "note-header-line",
            file = path.display(),
            line = number(header_line)
        ))),
        _ => None,
    };
    Ok(Table {
        sample: Sample::take(&mut open()?)?,
        rows: Box::new(open()?),
        delimiter: None,
        header: if header_line == 0 { Vec::new() } else { header },
        header_line,
        layer: Some(layer.to_owned()),
        notes: notes.into_iter().collect(),
        found: None,
        has_shapes: false,
        columns,
    })
}

/// The first row that is made of different texts and about as wide as the rows below it; the first
/// of all where none is.
fn header_row(rows: &[Record]) -> usize {
    let filled = |row: &Record| row.cells().filter(|c| !c.trim().is_empty()).count();
    let widths: Vec<usize> = rows.iter().map(filled).collect();
    let is_header = |i: usize, usual: usize| {
        let cells: Vec<&str> = rows[i]
            .cells()
            .map(str::trim)
            .filter(|c| !c.is_empty())
            .collect();
        let texts = cells.iter().filter(|c| is_name(c)).count();
        let distinct = cells.iter().collect::<HashSet<_>>().len();
        // Rows may leave some columns empty, and a header may lack the name of one.
        distinct == cells.len() && texts * 5 >= cells.len() * 4 && cells.len() * 4 >= usual * 3
    };
    let found = (0..rows.len().saturating_sub(1)).find(|i| {
        let mut below = widths[i + 1..].to_vec();
        below.sort_unstable();
        is_header(*i, below[below.len() / 2])
    });
    found.unwrap_or(0)
}

/// Whether a cell may name a column: a text that is no number, date or clock time.
fn is_name(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic) && cell.parse::<f64>().is_err()
}

/// Rows below the header, each as wide as the columns or wider.
struct SheetRows<C> {
    cells: C,
    header_line: u64,
    width: usize,
    ended: bool,
    size_bytes: u64,
}

impl<C: Cells> Rows for SheetRows<C> {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        loop {
            if !self.cells.next(record)? {
                self.ended = true;
                return Ok(Read::End);
            }
            if record.line > self.header_line {
                break;
            }
        }
        while record.len() < self.width {
            record.push("");
        }
        // Wider than all that was seen when the columns were named.
        if record.len() > self.width {
            record.further = (self.width..record.len())
                .filter(|i| !record.get(*i).is_empty())
                .map(|i| (format!("column {}", i + 1), record.get(i).to_owned()))
                .collect();
            record.truncate(self.width);
        }
        Ok(Read::Row)
    }

    fn bytes_read(&self) -> u64 {
        match self.ended {
            true => self.size_bytes,
            false => self.cells.bytes_read().min(self.size_bytes),
        }
    }
}

/// That a row cannot be read, by its number.
pub fn row_problem(path: &Path, row: u64, cause: &str) -> Problem {
    Problem::new(text!(
        "problem-sheet-row",
        file = path.display(),
        line = row,
        cause = cause
    ))
}

/// A number as people write it: without `.0`, exponent or digits that only a computer sees.
pub fn number_text(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => value.to_string(),
        _ => text.trim().to_owned(),
    }
}

/// Adds a cell at this column, with empty ones before it.
///
/// # Errors
/// The column, or one after it, has been filled; or there is no such column.
pub fn put(record: &mut Record, column: usize, text: &str) -> Result<(), &'static str> {
    if column < record.len() {
        return Err("cells are out of order");
    }
    if column >= MOST_COLUMNS {
        return Err("a row has more than 16384 cells");
    }
    while record.len() < column {
        record.push("");
    }
    record.push(text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&str]) -> Vec<Record> {
        let row = |text: &&str| {
            let mut record = Record::default();
            text.split(',').for_each(|cell| record.push(cell));
            record
        };
        texts.iter().map(row).collect()
    }

    #[test]
    fn the_header_is_found_under_titles() {
        for (texts, at) in [
            (vec!["date,lat,lon", "2025-02-03,27,-99"], 0),
            (
                vec![
                    "Incidentes 2025",
                    "Fuente: propia",
                    "fecha,lat,lon",
                    "2025-02-03,27,-99",
                ],
                2,
            ),
            (
                vec!["Informe,,,enero", "a,b,c,d,e", "1,2,3,4,5", "1,2,3,4,5"],
                1,
            ),
            (vec!["fecha,lugar,,lon", "x,,1,2", "x,y,1,2"], 0),
            // Nothing but numbers: no header to be found.
            (vec!["1,2,3", "4,5,6"], 0),
            (vec!["only"], 0),
            (vec!["", "x"], 0),
        ] {
            assert_eq!(header_row(&rows(&texts)), at, "{texts:?}");
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (raw, text) in [
            ("27", "27"),
            ("27.0", "27"),
            ("4.5999999999999996", "4.6"),
            ("1E-3", "0.001"),
            ("-99.507", "-99.507"),
            ("1e999", "1e999"),
            ("x", "x"),
        ] {
            assert_eq!(number_text(raw), text);
        }
    }
}
