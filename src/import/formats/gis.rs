//! What files of GIS share: rows of named properties with a geometry in some reference system.

use super::crs::Crs;
use super::record::Record;
use super::table::{Read, Rows, Sample, Table, gathered};
use crate::locale::Problem;
use std::path::Path;

/// A table of shapes. `start` reads from the beginning, given the columns.
///
/// # Errors
/// The file cannot be read so far; or it does not say what its coordinates are, and they are no
/// degrees.
pub fn table<R: Rows + 'static>(
    path: &Path,
    crs: &Crs,
    start: impl Fn(Vec<String>) -> Result<R, Problem>,
) -> Result<Table, Problem> {
    if crs.is_unstated() && !are_degrees(&mut start(Vec::new())?)? {
        return Err(Problem::new(text!(
            "problem-crs-untold",
            file = path.display()
        )));
    }
    let mut table = gathered(start)?;
    table.notes.extend(crs.note(path));
    Ok(table)
}

/// Whether the first rows lie on Earth if read as degrees; one or the other may be wrong.
fn are_degrees(rows: &mut dyn Rows) -> Result<bool, Problem> {
    let mut record = Record::default();
    let (mut seen, mut beyond) = (0_usize, 0_usize);
    while seen < Sample::ROWS {
        match rows.read(&mut record)? {
            Read::End => break,
            Read::Row => beyond += usize::from(record.shape.is_beyond_degrees()),
            Read::Bad(_) => {}
        }
        seen += 1;
    }
    Ok(beyond * 2 <= seen && (beyond == 0 || seen > 1))
}

/// Adds a property of a row, all of which come in the same order: as the cell of its column, or with
/// its name while columns are still gathered and where there are more than are made columns.
pub fn put(record: &mut Record, columns: &[String], name: &str, value: &str) {
    match columns.get(record.len()) {
        Some(_) => record.push(value),
        None => record.further.push((name.to_owned(), value.to_owned())),
    }
}
