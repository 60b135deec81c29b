//! Several sheets of the same columns as one table.

use super::record::Record;
use super::table::{Read, Rows, Sample, Table};
use crate::locale::Problem;
use std::collections::VecDeque;

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
    let mut parts = VecDeque::new();
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
    parts: VecDeque<Part>,
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
