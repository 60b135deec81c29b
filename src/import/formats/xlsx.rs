//! Excel workbooks (ECMA-376, SpreadsheetML), streamed: of a sheet only the row at hand is held, of
//! the workbook its shared texts. Formulas are not computed: what they gave when the file was saved
//! is in it.

use super::archive::{Archive, Stream};
use super::sheet_xml::{Xml, add_text, attribute};
use super::spreadsheet::{Cells, MOST_ROWS, number_text, put, table};
use super::{Format, Layout, Record, Table};
use crate::import::text::{Content, Survey};
use crate::locale::Problem;
use jiff::{Span, civil};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub struct Xlsx;

const WORKBOOK: &str = "xl/workbook.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";
/// Inflated bytes of the parts held in memory, and of a sheet, which is streamed.
const MOST_PART_BYTES: u64 = 16 << 20;
const MOST_STRINGS_BYTES: u64 = 128 << 20;
const MOST_SHEET_BYTES: u64 = 8 << 30;
/// A million rows with a handful of different texts each.
const MOST_STRINGS: usize = 8_000_000;
const MOST_SHEETS: usize = 1_000;

impl Format for Xlsx {
    fn id(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn takes_header(&self) -> bool {
        true
    }

    fn content(&self) -> Content {
        Content::Zip
    }

    fn claims(&self, path: &Path, _: &Survey) -> bool {
        Archive::open(path).is_ok_and(|archive| archive.has(WORKBOOK))
    }

    fn layers(&self, path: &Path, _: &Survey) -> Result<Vec<String>, Problem> {
        let book = Book::open(path)?;
        Ok(book.sheets.into_iter().map(|sheet| sheet.name).collect())
    }

    fn hidden_layers(&self, path: &Path, _: &Survey) -> Result<Vec<String>, Problem> {
        let hidden = Book::open(path)?
            .sheets
            .into_iter()
            .filter(|sheet| sheet.is_hidden);
        Ok(hidden.map(|sheet| sheet.name).collect())
    }

    fn open(&self, path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem> {
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
            super::no_layer(path, name, names)
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Number,
    Date,
    Clock,
}

/// The shared texts, one after the other.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i] as usize);
        self.text.get(start..end)
    }
}

fn strings(path: &Path) -> Result<Strings, Problem> {
    let mut archive = Archive::open(path)?;
    let mut strings = Strings::default();
    if !archive.has(STRINGS) {
        return Ok(strings);
    }
    let mut xml = Xml::new(path, STRINGS, archive.entry(STRINGS, MOST_STRINGS_BYTES)?);
    let mut text = String::new();
    let mut in_text = false;
    loop {
        let event = xml.next()?;
        match &event {
            Event::Eof => return Ok(strings),
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => in_text = true,
                // How a text is read aloud is no part of it.
                "rPh" => xml.skip()?,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.add(""),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "si" => {
                    strings.add(&unescaped(&text));
                    text.clear();
                }
                _ => {}
            },
            event if in_text => add_text(event, &mut text),
            _ => {}
        }
        if strings.ends.len() > MOST_STRINGS {
            return Err(xml.problem("there are too many texts"));
        }
    }
}

impl Strings {
    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        // At most as long as the entry, which is far below 4 GB.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }
}

/// Characters that XML cannot hold are written `_x000D_`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest
            .get(2..7)
            .and_then(|code| code.strip_suffix('_'))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        let taken = if let Some(c) = code {
            out.push(c);
            7
        } else {
            out.push_str("_x");
            2
        };
        rest = &rest[taken..];
    }
    out + rest
}

/// The kind of each style: formats of numbers, then the styles that name them.
fn styles(path: &Path) -> Result<Vec<Style>, Problem> {
    let mut archive = Archive::open(path)?;
    let mut styles = Vec::new();
    if !archive.has(STYLES) {
        return Ok(styles);
    }
    let mut formats: HashMap<u32, Style> = HashMap::new();
    let mut xml = Xml::new(path, STYLES, archive.entry(STYLES, MOST_PART_BYTES)?);
    let mut in_cell_styles = false;
    loop {
        match xml.next()? {
            Event::Eof => return Ok(styles),
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
            Event::Start(tag) | Event::Empty(tag) => {
                let id = || attribute(&tag, "numFmtId").and_then(|v| v.parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "cellXfs" => in_cell_styles = true,
                    "numFmt" => {
                        let code = attribute(&tag, "formatCode").unwrap_or_default();
                        if let Some(id) = id() {
                            formats.insert(id, style_of(&code));
                        }
                    }
                    "xf" if in_cell_styles => {
                        let id = id().unwrap_or(0);
                        let own = formats.get(&id).copied();
                        styles.push(own.unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// ECMA-376 part 1, 18.8.30, with the formats of East Asian editions.
fn built_in(id: u32) -> Style {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Style::Date,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Style::Clock,
        _ => Style::Number,
    }
}

/// Whether the code of a format shows a number as a date or a clock time: letters of either outside
/// of quotation marks, brackets and escapes.
fn style_of(code: &str) -> Style {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // Hours beyond a day: [h]:mm. All else in brackets is a colour or a language.
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.to_ascii_lowercase().as_str())
                {
                    letters.push('h');
                }
            }
            ';' => break,
            c => letters.push(c.to_ascii_lowercase()),
        }
    }
    let has = |wanted: &[char]| letters.contains(wanted);
    if letters.contains("general") || has(&['0', '#', '?']) && !has(&['y', 'd', 'h', 's']) {
        Style::Number
    } else if has(&['y', 'd']) || has(&['m']) && !has(&['h', 's']) {
        Style::Date
    } else if has(&['h', 's']) {
        Style::Clock
    } else {
        Style::Number
    }
}

/// A day number as `2025-02-03`, with a clock time where it has one; alone where it has no day.
fn date_text(serial: f64, style: Style, is_1904: bool) -> Option<String> {
    const DAY_S: i64 = 86_400;
    // 9999-12-31, the last day Excel knows.
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * DAY_S as f64).round() as i64;
    let (day, in_day) = (seconds / DAY_S, seconds % DAY_S);
    let clock = format!(
        "{:02}:{:02}:{:02}",
        in_day / 3600,
        in_day / 60 % 60,
        in_day % 60
    );
    if day == 0 && (style == Style::Clock || in_day > 0) {
        return Some(clock);
    }
    let origin = match (is_1904, day) {
        (true, _) => civil::date(1904, 1, 1),
        // Excel has a 29th of February in 1900.
        (false, ..60) => civil::date(1899, 12, 31),
        (false, _) => civil::date(1899, 12, 30),
    };
    let date = origin.checked_add(Span::new().try_days(day).ok()?).ok()?;
    Some(match in_day {
        0 => date.to_string(),
        _ => format!("{date} {clock}"),
    })
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
        Problem::file("problem-sheet-row", &self.path)
            .with("line", self.row)
            .with("cause", cause)
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
            let told = row.and_then(|r| r.parse::<u64>().ok());
            let row = told.unwrap_or(self.row + 1);
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
    fn formats_that_show_dates() {
        for (code, style) in [
            ("General", Style::Number),
            ("0.00", Style::Number),
            ("#,##0\\ \"días\"", Style::Number),
            ("0.00E+00", Style::Number),
            ("[Red]0", Style::Number),
            ("dd/mm/yyyy", Style::Date),
            ("[$-80A]d \"de\" mmmm \"de\" yyyy;@", Style::Date),
            ("mmm", Style::Date),
            ("yyyy\\-mm\\-dd hh:mm:ss", Style::Date),
            ("hh:mm", Style::Clock),
            ("[h]:mm:ss", Style::Clock),
            ("mm:ss.0", Style::Clock),
            ("@", Style::Number),
        ] {
            assert_eq!(style_of(code), style, "{code}");
        }
    }

    #[test]
    fn day_numbers_are_dates() {
        // As Excel shows them.
        for (serial, style, is_1904, text) in [
            (45_691.0, Style::Date, false, Some("2025-02-03")),
            (44_229.0, Style::Date, true, Some("2025-02-03")),
            (
                45_691.604_166_666_664,
                Style::Date,
                false,
                Some("2025-02-03 14:30:00"),
            ),
            (
                0.604_166_666_666_666_6,
                Style::Clock,
                false,
                Some("14:30:00"),
            ),
            (0.0, Style::Clock, false, Some("00:00:00")),
            (45_691.999_999_999, Style::Date, false, Some("2025-02-04")),
            (59.0, Style::Date, false, Some("1900-02-28")),
            (61.0, Style::Date, false, Some("1900-03-01")),
            (-1.0, Style::Date, false, None),
            (1e300, Style::Date, false, None),
            (f64::NAN, Style::Date, false, None),
        ] {
            let found = date_text(serial, style, is_1904);
            assert_eq!(found.as_deref(), text, "{serial}");
        }
    }

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
