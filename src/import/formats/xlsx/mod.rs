//! Excel workbooks (ECMA-376, SpreadsheetML), streamed: of a sheet only the row at hand is held, of
//! the workbook its shared texts. Formulas are not computed: what they gave when the file was saved
//! is in it.

mod strings;
mod styles;

use super::archive::{Archive, Stream};
use super::record::Record;
use super::sheet_xml::{Xml, add_text, attribute};
use super::spreadsheet::{Cells, MOST_ROWS, number_text, put, row_problem, table};
use super::table::{Format, LayerName, Layout, Table, no_layer};
use crate::import::text::{Content, Survey};
use crate::locale::Problem;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use strings::{Strings, strings, unescaped};
use styles::{MOST_PART_BYTES, Style, date_text, styles};

const WORKBOOK: &str = "xl/workbook.xml";

const MOST_SHEET_BYTES: u64 = 8 << 30;

const MOST_SHEETS: usize = 1_000;

pub const XLSX: Format = Format {
    takes_header: true,
    claims: |path, _| Archive::open(path).is_ok_and(|archive| archive.has(WORKBOOK)),
    layers,
    ..Format::new("xlsx", &["xlsx", "xlsm"], Content::Zip, open)
};

fn layers(path: &Path) -> Result<Vec<LayerName>, Problem> {
    let book = Book::open(path)?;
    let name = |sheet: Sheet| LayerName {
        name: sheet.name,
        is_hidden: sheet.is_hidden,
    };
    Ok(book.sheets.into_iter().map(name).collect())
}

fn open(path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem> {
    let book = Book::open(path)?;
    let values = Arc::new(Values {
        strings: strings(path)?,
        styles: styles(path)?,
        is_1904: book.is_1904,
    });
    let start = |sheet: &Sheet| XlsxCells::open(path, sheet, Arc::clone(&values));
    let sheet = match &layout.layer {
        Some(name) => book.named(path, name)?,
        None => book.first_with_rows(&start)?,
    };
    table(path, survey.size_bytes, &sheet.name, layout, || {
        start(sheet)
    })
}

struct Sheet {
    name: String,
    /// The entry of the archive it is in.
    entry: String,
    is_hidden: bool,
}

struct Book {
    /// Those that are hidden last.
    sheets: Vec<Sheet>,
    is_1904: bool,
}

impl Book {
    fn open(path: &Path) -> Result<Book, Problem> {
        let mut archive = Archive::open(path)?;
        if !archive.has(WORKBOOK) {
            return Err(archive.foreign());
        }
        let targets = targets(path, &mut archive)?;
        let mut xml = Xml::new(path, WORKBOOK, archive.entry(WORKBOOK, MOST_PART_BYTES)?);
        let mut book = Book {
            sheets: Vec::new(),
            is_1904: false,
        };
        loop {
            match xml.next()? {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "workbookPr" => {
                        let base = attribute(&tag, "date1904");
                        book.is_1904 = base.is_some_and(|v| v == "1" || v == "true");
                    }
                    "sheet" if book.sheets.len() < MOST_SHEETS => {
                        let id = relation_id(&tag).unwrap_or_default();
                        if let Some(entry) = targets.get(&id) {
                            book.sheets.push(Sheet {
                                name: attribute(&tag, "name").unwrap_or_default(),
                                entry: entry.clone(),
                                is_hidden: attribute(&tag, "state").is_some_and(|s| s != "visible"),
                            });
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if book.sheets.is_empty() {
            return Err(xml.problem("there is no sheet in it"));
        }
        book.sheets.sort_by_key(|sheet| sheet.is_hidden);
        Ok(book)
    }

    fn named(&self, path: &Path, name: &str) -> Result<&Sheet, Problem> {
        let found = self.sheets.iter().find(|sheet| sheet.name == name);
        found.ok_or_else(|| {
            let names = self.sheets.iter().map(|sheet| sheet.name.as_str());
            no_layer(path, name, names)
        })
    }

    fn first_with_rows(
        &self,
        start: &impl Fn(&Sheet) -> Result<XlsxCells, Problem>,
    ) -> Result<&Sheet, Problem> {
        for sheet in &self.sheets {
            if start(sheet)?.next(&mut Record::default())? {
                return Ok(sheet);
            }
        }
        Ok(&self.sheets[0])
    }
}

/// `r:id`, whatever the writer calls its namespace.
fn relation_id(tag: &BytesStart<'_>) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|a| a.key.as_ref().ends_with(":id"))?;
    Some(found.value.into_owned())
}

/// The entry of each sheet by the id of its relation.
fn targets(path: &Path, archive: &mut Archive) -> Result<HashMap<String, String>, Problem> {
    const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
    let mut xml = Xml::new(path, RELATIONS, archive.entry(RELATIONS, MOST_PART_BYTES)?);
    let mut targets = HashMap::new();
    loop {
        match xml.next()? {
            Event::Eof => return Ok(targets),
            Event::Start(tag) | Event::Empty(tag) => {
                let kind = attribute(&tag, "Type").unwrap_or_default();
                let id = attribute(&tag, "Id");
                if let (true, Some(id)) = (kind.ends_with("/worksheet"), id) {
                    let target = attribute(&tag, "Target").unwrap_or_default();
                    let entry = match target.strip_prefix('/') {
                        Some(from_root) => from_root.to_owned(),
                        None => format!("xl/{target}"),
                    };
                    targets.insert(id, entry);
                }
            }
            _ => {}
        }
    }
}

/// What numbers in cells stand for.
struct Values {
    strings: Strings,
    /// By the number of the style.
    styles: Vec<Style>,
    is_1904: bool,
}

/// Attributes of a cell.
#[derive(Default)]
struct Cell {
    /// 0-based.
    column: Option<usize>,
    style: usize,
    kind: String,
}

impl Cell {
    fn of(tag: &BytesStart<'_>) -> Cell {
        let mut cell = Cell::default();
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = &attribute.value;
            match attribute.key.as_ref() {
                "r" => cell.column = column_of(value),
                "s" => cell.style = value.parse().unwrap_or(0),
                "t" => cell.kind.push_str(value),
                _ => {}
            }
        }
        cell
    }
}

/// 0-based number of the column in a reference such as `AB12`.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let mut number = 0_usize;
    for letter in letters {
        let digit = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        number = number.checked_mul(26)?.checked_add(digit)?;
    }
    number.checked_sub(1)
}

struct XlsxCells {
    xml: Xml<Stream>,
    values: Arc<Values>,
    row: u64,
    path: PathBuf,
    value: String,
}

impl XlsxCells {
    fn open(path: &Path, sheet: &Sheet, values: Arc<Values>) -> Result<XlsxCells, Problem> {
        let stream = Archive::open(path)?.stream(&sheet.entry, MOST_SHEET_BYTES)?;
        Ok(XlsxCells {
            xml: Xml::new(path, &sheet.entry, stream),
            values,
            row: 0,
            path: path.to_owned(),
            value: String::new(),
        })
    }

    fn cells(&mut self, record: &mut Record) -> Result<(), Problem> {
        let mut next = 0;
        loop {
            let cell = match self.xml.next()? {
                Event::End(tag) if tag.local_name().as_ref() == "row" => return Ok(()),
                Event::Start(tag) if tag.local_name().as_ref() == "c" => Cell::of(&tag),
                Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                    next = Cell::of(&tag).column.unwrap_or(next) + 1;
                    continue;
                }
                Event::Eof => return Ok(()),
                _ => continue,
            };
            let column = cell.column.unwrap_or(next);
            next = column.saturating_add(1);
            self.read_value()?;
            let text = self.text(&cell)?;
            if !text.is_empty() {
                put(record, column, &text).map_err(|cause| self.problem(cause))?;
            }
        }
    }

    /// Gathers the text of a cell up to its end.
    fn read_value(&mut self) -> Result<(), Problem> {
        self.value.clear();
        let mut in_text = false;
        loop {
            let event = self.xml.next()?;
            match &event {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "v" | "t" => in_text = true,
                    "rPh" | "f" => self.xml.skip()?,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" | "t" => in_text = false,
                    "c" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Ok(()),
                event if in_text => add_text(event, &mut self.value),
                _ => {}
            }
        }
    }

    /// The value at hand as a cell of text.
    fn text(&self, cell: &Cell) -> Result<String, Problem> {
        let value = self.value.as_str();
        Ok(match cell.kind.as_str() {
            "s" => {
                let index = value.trim().parse::<usize>().ok();
                let text = index.and_then(|i| self.values.strings.get(i));
                text.ok_or_else(|| self.problem("a cell names a text that is not there"))?
                    .to_owned()
            }
            "str" | "inlineStr" => unescaped(value),
            "b" => match value.trim() {
                "1" => "true".to_owned(),
                _ => "false".to_owned(),
            },
            // #N/A and the like: no value.
            "e" => String::new(),
            "d" => value.trim().replacen('T', " ", 1),
            _ => {
                let style = self.values.styles.get(cell.style).copied();
                let style = style.unwrap_or(Style::Number);
                let date = match (style, value.trim().parse::<f64>()) {
                    (Style::Number, _) | (_, Err(_)) => None,
                    (_, Ok(serial)) => date_text(serial, style, self.values.is_1904),
                };
                date.unwrap_or_else(|| number_text(value))
            }
        })
    }

    fn problem(&self, cause: &str) -> Problem {
        row_problem(&self.path, self.row, cause)
    }
}

impl Cells for XlsxCells {
    fn next(&mut self, record: &mut Record) -> Result<bool, Problem> {
        loop {
            let (row, is_empty) = match self.xml.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                    (attribute(&tag, "r"), false)
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    (attribute(&tag, "r"), true)
                }
                Event::Eof => return Ok(false),
                _ => continue,
            };
            let stated = row.and_then(|r| r.parse::<u64>().ok());
            let row = stated.unwrap_or(self.row + 1);
            if row <= self.row || row > MOST_ROWS {
                return Err(self.problem("the row after it has a number that cannot be"));
            }
            self.row = row;
            if is_empty {
                continue;
            }
            record.clear();
            record.line = row;
            self.cells(record)?;
            if record.len() > 0 {
                return Ok(true);
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        self.xml.packed_read()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_their_letters() {
        for (reference, column) in [
            ("A1", Some(0)),
            ("Z9", Some(25)),
            ("AA10", Some(26)),
            ("XFD1048576", Some(16_383)),
            ("12", None),
            ("ZZZZZZZZZZZZZZZZZZZZZZZZ1", None),
        ] {
            assert_eq!(column_of(reference), column, "{reference}");
        }
        assert_eq!(unescaped("a_x000D_b_x_xZZZZ_"), "a\rb_x_xZZZZ_");
    }
}
