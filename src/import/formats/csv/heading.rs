//! How a delimited text begins: what delimits it, and where the names of its columns are.

use super::records::{Next, Records};
use crate::import::encoding::Charset;
use crate::import::formats::record::Record;
use crate::locale::Problem;
use std::path::Path;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at.
const RECORDS: usize = 50;

/// What a first line such as `sep=;` names, which Excel writes and reads.
pub fn named_delimiter(head: &str) -> Option<u8> {
    let line = head.split(['\n', '\r']).next()?.trim_matches('"');
    let (name, rest) = line.split_at_checked(4)?;
    let delimiter = *rest.as_bytes().first()?;
    let alone = rest.bytes().all(|b| b == delimiter || b == b'"');
    (name.eq_ignore_ascii_case("sep=") && alone && delimiter.is_ascii()).then_some(delimiter)
}

/// What matters of one of the first records.
struct Shown {
    line: u64,
    cells: usize,
    /// Cells that are not blank.
    filled: usize,
    has_number: bool,
}

fn shown(path: &Path, charset: Charset, delimiter: u8) -> Result<Vec<Shown>, Problem> {
    let mut records = Records::open(path, charset, delimiter)?;
    let mut record = Record::default();
    let mut all = Vec::new();
    // What another delimiter makes of quotation marks is no fault of the file.
    while all.len() < RECORDS && matches!(records.read(&mut record), Ok(Next::Record)) {
        let filled = || record.cells().map(str::trim).filter(|c| !c.is_empty());
        all.push(Shown {
            line: record.line,
            cells: record.len(),
            filled: filled().count(),
            has_number: filled().any(|c| c.replace(',', ".").parse::<f64>().is_ok()),
        });
    }
    Ok(all)
}

/// How many cells most records have, of those with several, and how many records.
fn width(all: &[Shown]) -> Option<(usize, usize)> {
    let several = all.iter().map(|r| r.cells).filter(|n| *n > 1);
    let counted = several.map(|width| (all.iter().filter(|r| r.cells == width).count(), width));
    counted.max().map(|(records, width)| (width, records))
}

/// The delimiter that cuts the first records most evenly, and among equals into most cells.
pub fn delimiter_of(path: &Path, charset: Charset) -> Result<u8, Problem> {
    let mut best = (0, 0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let all = shown(path, charset, delimiter)?;
        let Some((width, records)) = width(&all) else {
            continue;
        };
        // Tabs hardly stand in texts: rows of one more or less are of the same table, two editions of a
        // publisher's put together.
        let near = |r: &&Shown| delimiter == b'\t' && r.cells.abs_diff(width) == 1 && width > 20;
        let records = records + all.iter().filter(near).count();
        let even = records * 100 / all.len();
        if (even, width) > (best.0, best.1) {
            best = (even, width, delimiter);
        }
    }
    Ok(best.2)
}

/// The line to take the names of the columns from, not before `top`: the first, unless those above a
/// row of names are clearly a title, with hardly a cell filled.
pub fn header_line(path: &Path, charset: Charset, delimiter: u8, top: u64) -> Result<u64, Problem> {
    let mut all = shown(path, charset, delimiter)?;
    all.retain(|r| r.line >= top);
    let Some((width, _)) = width(&all).filter(|(width, _)| *width >= 3) else {
        return Ok(top);
    };
    let names = |r: &Shown| r.cells == width && r.filled * 10 >= width * 6 && !r.has_number;
    let Some(at) = all.iter().position(names) else {
        return Ok(top);
    };
    let (titles, table) = all.split_at(at);
    let even = table.iter().filter(|r| r.cells == width).count();
    let clear = titles.iter().all(|r| r.filled * 3 <= width)
        && table.len() > 1
        && even * 10 >= table.len() * 8;
    Ok(match table.first() {
        Some(header) if clear && !titles.is_empty() => header.line,
        _ => top,
    })
}

/// Whether every row has one cell more than the names above: R writes the names of its rows there and
/// none above them. A delimiter at the end of each row looks alike, and leaves the last cell empty.
pub fn has_row_names(
    path: &Path,
    charset: Charset,
    delimiter: u8,
    from_line: u64,
) -> Result<bool, Problem> {
    let mut records = Records::open(path, charset, delimiter)?;
    let mut record = Record::default();
    let (mut width, mut rows) = (None, 0);
    let mut names = std::collections::HashSet::new();
    while rows < RECORDS && matches!(records.read(&mut record), Ok(Next::Record)) {
        if record.line < from_line {
            continue;
        }
        let Some(width) = width else {
            width = Some(record.len());
            continue;
        };
        let (first, last) = (record.get(0).trim(), record.get(width).trim());
        if record.len() != width + 1 || first.is_empty() || !names.insert(first.to_owned()) {
            return Ok(false);
        }
        rows += usize::from(!last.is_empty());
        if names.len() >= RECORDS {
            break;
        }
    }
    Ok(rows > 0 && width.is_some_and(|width| width > 1))
}
