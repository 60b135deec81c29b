//! OpenDocument spreadsheets (OASIS ODF 1.3), streamed. Rows and cells may be written once with a
//! number of times they are repeated, which a file may put at a billion: empty ones are only counted.

use super::archive::{Archive, Stream};
use super::record::Record;
use super::sheet_xml::{Xml, add_text, attribute};
use super::spreadsheet::{Cells, MOST_COLUMNS, MOST_ROWS, number_text, put, row_problem, table};
use super::table::{Format, LayerName, Layout, Table, no_layer};
use crate::import::text::{Content, Survey};
use crate::locale::Problem;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

const CONTENT: &str = "content.xml";
const MOST_BYTES: u64 = 8 << 30;
const MOST_SHEETS: usize = 1_000;

pub const ODS: Format = Format {
    takes_header: true,
    claims,
    layers,
    ..Format::new("ods", &["ods"], Content::Zip, open)
};

fn claims(path: &Path, _: &Survey) -> bool {
    let Ok(mut archive) = Archive::open(path) else {
        return false;
    };
    let stated = archive.read("mimetype", 1 << 10).unwrap_or_default();
    archive.has(CONTENT) && stated.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")
}

fn layers(path: &Path) -> Result<Vec<LayerName>, Problem> {
    let name = |sheet: Sheet| LayerName {
        name: sheet.name,
        is_hidden: sheet.is_hidden,
    };
    Ok(sheets(path)?.into_iter().map(name).collect())
}

fn open(path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem> {
    let sheets = sheets(path)?;
    let found = match &layout.layer {
        Some(name) => sheets.iter().find(|sheet| &sheet.name == name),
        None => sheets
            .iter()
            .find(|sheet| sheet.has_rows)
            .or(sheets.first()),
    };
    let Some(sheet) = found else {
        let name = layout.layer.as_deref().unwrap_or_default();
        return Err(no_layer(path, name, sheets.iter().map(|s| s.name.as_str())));
    };
    table(path, survey.size_bytes, &sheet.name, layout, || {
        OdsCells::open(path, sheet.number)
    })
}

struct Sheet {
    name: String,
    /// 0-based, in the order of the file.
    number: usize,
    is_hidden: bool,
    has_rows: bool,
}

fn content(path: &Path) -> Result<Xml<Stream>, Problem> {
    let mut archive = Archive::open(path)?;
    if !archive.has(CONTENT) {
        return Err(archive.foreign());
    }
    let stream = archive.stream(CONTENT, MOST_BYTES)?;
    Ok(Xml::new(path, CONTENT, stream))
}

/// Every sheet, those that are hidden last.
fn sheets(path: &Path) -> Result<Vec<Sheet>, Problem> {
    let mut xml = content(path)?;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut hiding: HashSet<String> = HashSet::new();
    let mut style = String::new();
    loop {
        let event = xml.next()?;
        let (Event::Start(tag) | Event::Empty(tag)) = &event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        match tag.local_name().as_ref() {
            "tracked-changes" if matches!(event, Event::Start(_)) => xml.skip()?,
            "style" => style = attribute(tag, "style:name").unwrap_or_default(),
            "table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                hiding.insert(std::mem::take(&mut style));
            }
            "table" if matches!(event, Event::Start(_)) => {
                if sheets.len() == MOST_SHEETS {
                    return Err(xml.problem("there are too many sheets"));
                }
                sheets.push(Sheet {
                    name: attribute(tag, "table:name").unwrap_or_default(),
                    number: sheets.len(),
                    is_hidden: attribute(tag, "table:style-name")
                        .is_some_and(|style| hiding.contains(&style)),
                    has_rows: false,
                });
            }
            "table-cell" => {
                if let (Some(sheet), Some(_)) =
                    (sheets.last_mut(), attribute(tag, "office:value-type"))
                {
                    sheet.has_rows = true;
                }
            }
            _ => {}
        }
    }
    if sheets.is_empty() {
        return Err(xml.problem("there is no sheet in it"));
    }
    sheets.sort_by_key(|sheet| sheet.is_hidden);
    Ok(sheets)
}

struct OdsCells {
    path: PathBuf,
    xml: Xml<Stream>,
    row: u64,
    /// A row that is still to be given so many times.
    again: u64,
    last: Record,
    text: String,
}

impl OdsCells {
    /// Goes to the start of the sheet of this number.
    fn open(path: &Path, number: usize) -> Result<OdsCells, Problem> {
        let mut xml = content(path)?;
        let mut sheet = 0;
        loop {
            let event = xml.next()?;
            match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "tracked-changes" => {
                    xml.skip()?;
                }
                Event::Start(tag) if tag.local_name().as_ref() == "table" => {
                    if sheet == number {
                        break;
                    }
                    sheet += 1;
                }
                Event::Eof => return Err(xml.problem("the sheet is gone")),
                _ => {}
            }
        }
        Ok(OdsCells {
            path: path.to_owned(),
            xml,
            row: 0,
            again: 0,
            last: Record::default(),
            text: String::new(),
        })
    }

    /// The cells of the row that was just started.
    fn cells(&mut self, record: &mut Record) -> Result<(), Problem> {
        let mut column = 0_usize;
        loop {
            let event = self.xml.next()?;
            let (cell, is_empty) = match &event {
                Event::Start(tag) => (Cell::of(tag), false),
                Event::Empty(tag) => (Cell::of(tag), true),
                Event::End(tag) if tag.local_name().as_ref() == "table-row" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => continue,
            };
            let Some(cell) = cell else {
                if !is_empty {
                    self.xml.skip()?;
                }
                continue;
            };
            self.text.clear();
            if !is_empty {
                self.read_text()?;
            }
            let text = cell.text(&self.text);
            if text.is_empty() {
                column = column.saturating_add(cell.repeated);
                continue;
            }
            if cell.repeated > MOST_COLUMNS {
                return Err(self.problem("a row has more than 16384 cells"));
            }
            for _ in 0..cell.repeated {
                put(record, column, &text).map_err(|cause| self.problem(cause))?;
                column += 1;
            }
        }
    }

    /// The paragraphs of a cell up to its end.
    fn read_text(&mut self) -> Result<(), Problem> {
        let (mut depth, mut paragraphs, mut in_paragraph) = (0_usize, 0, 0_usize);
        loop {
            let event = self.xml.next()?;
            match &event {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    // Remarks, pictures and tables in a cell are no part of its text.
                    "annotation" | "frame" | "custom-shape" | "table" => {
                        self.xml.skip()?;
                        continue;
                    }
                    "p" => {
                        if paragraphs > 0 {
                            self.text.push('\n');
                        }
                        paragraphs += 1;
                        depth += 1;
                        in_paragraph += 1;
                    }
                    name => {
                        space(name, tag, &mut self.text);
                        depth += 1;
                        in_paragraph += usize::from(in_paragraph > 0);
                    }
                },
                Event::Empty(tag) => space(tag.local_name().as_ref(), tag, &mut self.text),
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => {
                    depth -= 1;
                    in_paragraph = in_paragraph.saturating_sub(1);
                }
                Event::Eof => return Ok(()),
                event if in_paragraph > 0 => add_text(event, &mut self.text),
                _ => {}
            }
        }
    }

    fn problem(&self, cause: &str) -> Problem {
        row_problem(&self.path, self.row, cause)
    }
}

/// White space that has a tag of its own.
fn space(name: &str, tag: &BytesStart<'_>, text: &mut String) {
    match name {
        "s" => {
            let n = attribute(tag, "text:c").and_then(|n| n.parse::<usize>().ok());
            text.extend(std::iter::repeat_n(' ', n.unwrap_or(1).min(1_000)));
        }
        "tab" => text.push('\t'),
        "line-break" => text.push('\n'),
        _ => {}
    }
}

/// Attributes of a cell.
struct Cell {
    kind: String,
    value: String,
    repeated: usize,
    is_error: bool,
}

impl Cell {
    /// `None` where the tag is no cell.
    fn of(tag: &BytesStart<'_>) -> Option<Cell> {
        if !matches!(
            tag.local_name().as_ref(),
            "table-cell" | "covered-table-cell"
        ) {
            return None;
        }
        let kind = attribute(tag, "office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "float" | "percentage" | "currency" => "office:value",
            "date" => "office:date-value",
            "time" => "office:time-value",
            "boolean" => "office:boolean-value",
            _ => "office:string-value",
        };
        Some(Cell {
            value: attribute(tag, value).unwrap_or_default(),
            kind,
            repeated: repeated(tag, "table:number-columns-repeated"),
            is_error: attribute(tag, "calcext:value-type").as_deref() == Some("error"),
        })
    }

    /// As a cell of text, `shown` being what the program that wrote it shows.
    fn text(&self, shown: &str) -> String {
        if self.is_error {
            return String::new();
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => number_text(&self.value),
            "date" => {
                let whole = self.value.split('.').next().unwrap_or_default();
                let whole = whole.strip_suffix("T00:00:00").unwrap_or(whole);
                whole.replacen('T', " ", 1)
            }
            "time" => clock(&self.value).unwrap_or_else(|| self.value.clone()),
            "boolean" => self.value.clone(),
            _ if shown.is_empty() => self.value.clone(),
            _ => shown.to_owned(),
        }
    }
}

/// How often, at least once.
fn repeated(tag: &BytesStart<'_>, name: &str) -> usize {
    let stated = attribute(tag, name).and_then(|n| n.parse::<u64>().ok());
    usize::try_from(stated.unwrap_or(1).max(1)).unwrap_or(usize::MAX)
}

/// `PT14H30M00S` as `14:30:00`.
fn clock(duration: &str) -> Option<String> {
    let (hours, rest) = duration.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split('.').next()?;
    let number = |text: &str| text.parse::<u32>().ok();
    Some(format!(
        "{:02}:{:02}:{:02}",
        number(hours)?,
        number(minutes)?,
        number(seconds)?
    ))
}

impl Cells for OdsCells {
    fn next(&mut self, record: &mut Record) -> Result<bool, Problem> {
        if self.again > 0 {
            self.again -= 1;
            self.row += 1;
            record.clone_from(&self.last);
            record.line = self.row;
            return Ok(true);
        }
        loop {
            let event = self.xml.next()?;
            let (times, is_empty) = match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "table-row" => {
                    (repeated(tag, "table:number-rows-repeated"), false)
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "table-row" => {
                    (repeated(tag, "table:number-rows-repeated"), true)
                }
                Event::End(tag) if tag.local_name().as_ref() == "table" => return Ok(false),
                Event::Eof => return Ok(false),
                _ => continue,
            };
            let times = times as u64;
            let first = self.row.saturating_add(1);
            record.clear();
            if !is_empty {
                self.row = first;
                self.cells(record)?;
            }
            self.row = first.saturating_add(times - 1);
            if record.len() == 0 {
                continue;
            }
            if self.row > MOST_ROWS {
                self.row = first;
                return Err(self.problem("it is repeated beyond the end of a sheet"));
            }
            if times > 1 {
                self.again = times - 1;
                self.row = first;
                self.last.clone_from(record);
            }
            record.line = first;
            return Ok(true);
        }
    }

    fn bytes_read(&self) -> u64 {
        self.xml.packed_read()
    }
}
