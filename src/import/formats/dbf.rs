//! dBASE tables (`.dbf`) as they lie beside shapefiles: fixed columns after a header that says how
//! wide they are. What the header says is held against the bytes that come.

use super::archive::entry_problem;
use super::gis;
use super::record::Record;
use super::spreadsheet::number_text;
use super::table::column_names;
use crate::import::encoding::{Charset, Evidence, Found, UTF8};
use crate::locale::{Problem, number};
use jiff::{Span, civil};
use std::io::{self, Read};
use std::path::Path;

/// Bytes of values looked at to guess an encoding that is not stated.
const GUESS_BYTES: usize = 4 << 20;

/// By what a `.cpg` says: `UTF-8`, `1252`, `ISO 8859-1`, `ANSI 1252`…
pub fn charset_of_cpg(stated: &str) -> Option<Charset> {
    let stated = stated.trim().trim_start_matches('\u{feff}');
    if let Some(charset) = Charset::of_label(stated) {
        return Some(charset);
    }
    let digits: String = stated.chars().filter(char::is_ascii_digit).collect();
    let label = match digits.as_str() {
        "65001" => "utf-8".to_owned(),
        "932" => "shift_jis".to_owned(),
        "936" => "gbk".to_owned(),
        "949" => "euc-kr".to_owned(),
        "950" => "big5".to_owned(),
        "1" => "iso-8859-1".to_owned(),
        "437" | "850" => digits,
        _ => match digits.strip_prefix("8859") {
            Some(part) => format!("iso-8859-{part}"),
            None => format!("windows-{digits}"),
        },
    };
    Charset::of_label(&label)
}

/// By the byte of the header that names the driver; `None` where it says nothing.
fn charset_of_driver(byte: u8) -> Option<Charset> {
    let label = match byte {
        0x01 => "cp437",
        0x02 | 0x37 => "cp850",
        0x26 | 0x65 => "ibm866",
        0x03 | 0x57..=0x59 => "windows-1252",
        0x7D => "windows-1255",
        0x7E => "windows-1256",
        0xC8 => "windows-1250",
        0xC9 => "windows-1251",
        0xCA => "windows-1254",
        0xCB => "windows-1253",
        _ => return None,
    };
    Charset::of_label(label)
}

fn decoded(charset: Charset, bytes: &[u8]) -> String {
    let whole = match std::str::from_utf8(bytes) {
        // Writers cut a value to its width in the middle of a character.
        Err(e) if charset == UTF8 && e.error_len().is_none() => &bytes[..e.valid_up_to()],
        _ => bytes,
    };
    charset.decode(whole).into_owned()
}

/// A column.
struct Field {
    kind: u8,
    width: usize,
}

/// The rows of a table in their order.
pub struct Dbf<R> {
    file_name: String,
    bytes: R,
    /// Names of the columns, unique.
    pub columns: Vec<String>,
    fields: Vec<Field>,
    /// How its text is written, with what is to be said of that where nothing in the file tells.
    pub found: Found,
    row: Vec<u8>,
    rows_stated: u32,
    rows_read: u32,
}

/// What a row of the table is.
pub enum DbfRow {
    Row,
    /// Marked as deleted, which leaves it in the file.
    Deleted,
    End,
}

impl<R: Read> Dbf<R> {
    /// Reads the header. `stated` is what is said elsewhere of how the text is written; where nothing
    /// is, `again` opens the table once more to guess it.
    ///
    /// # Errors
    /// The header is damaged or of a kind that is not read.
    pub fn open(
        path: &Path,
        file_name: &str,
        mut bytes: R,
        stated: Option<Charset>,
        again: impl FnOnce() -> Result<R, Problem>,
    ) -> Result<Dbf<R>, Problem> {
        let bad = |cause: &str| damaged(path, file_name, cause);
        let mut head = [0; 32];
        read(path, file_name, &mut bytes, &mut head)?;
        if head[0] & 7 != 3 && !matches!(head[0], 0x30 | 0x31 | 0x32 | 0xF5) {
            return Err(bad("it is no dBASE III, IV or FoxPro table"));
        }
        let header_len = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let row_len = usize::from(u16::from_le_bytes([head[10], head[11]]));
        let mut rest = vec![0; header_len.saturating_sub(32)];
        read(path, file_name, &mut bytes, &mut rest)?;
        let (mut names, mut fields) = (Vec::new(), Vec::new());
        let stated = stated.or_else(|| charset_of_driver(head[29]));
        for field in rest.chunks_exact(32).take_while(|f| f[0] != 0x0D) {
            let name = field[..11].split(|b| *b == 0).next().unwrap_or_default();
            names.push(decoded(
                stated.unwrap_or_else(|| guessed(name).charset),
                name,
            ));
            fields.push(Field {
                kind: field[11].to_ascii_uppercase(),
                // Long texts spill into the byte of the decimals.
                width: match field[11] {
                    b'C' | b'c' => usize::from(u16::from_le_bytes([field[16], field[17]])),
                    _ => usize::from(field[16]),
                },
            });
        }
        let width: usize = fields.iter().map(|f| f.width).sum();
        if fields.is_empty() || width + 1 > row_len {
            return Err(bad("its columns do not fit its rows"));
        }
        let found = match stated {
            Some(charset) => Found::stated(charset),
            None => guess(path, file_name, again()?, header_len)?,
        };
        Ok(Dbf {
            file_name: file_name.to_owned(),
            bytes,
            columns: column_names(names.iter().map(String::as_str)),
            fields,
            found,
            row: vec![0; row_len],
            rows_stated: u32::from_le_bytes([head[4], head[5], head[6], head[7]]),
            rows_read: 0,
        })
    }

    /// Adds the values of the next row to `record`.
    ///
    /// # Errors
    /// The table ends before the rows that its header tells of.
    pub fn next(
        &mut self,
        path: &Path,
        columns: &[String],
        record: &mut Record,
    ) -> Result<DbfRow, Problem> {
        if self.rows_read == self.rows_stated {
            return Ok(DbfRow::End);
        }
        let cut = |n: u32, stated: u32| {
            let counts = format!("{} / {}", number(u64::from(n)), number(u64::from(stated)));
            damaged(
                path,
                &self.file_name,
                &format!("it breaks off, rows {counts}"),
            )
        };
        match self.bytes.read_exact(&mut self.row) {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(cut(self.rows_read, self.rows_stated));
            }
            Err(e) => return Err(entry_problem(path, &self.file_name, &e)),
        }
        self.rows_read += 1;
        if self.row[0] == b'*' {
            return Ok(DbfRow::Deleted);
        }
        let mut at = 1;
        for (field, name) in self.fields.iter().zip(&self.columns) {
            let value = text(
                field.kind,
                &self.row[at..at + field.width],
                self.found.charset,
            );
            gis::put(record, columns, name, &value);
            at += field.width;
        }
        Ok(DbfRow::Row)
    }
}

/// A value as a cell of text; what takes other files to read (memos) or is no text is empty.
fn text(kind: u8, bytes: &[u8], charset: Charset) -> String {
    let trimmed = bytes.trim_ascii();
    let ascii = || std::str::from_utf8(trimmed).unwrap_or_default();
    let bytes_8 = || bytes.first_chunk::<8>().copied();
    match kind {
        b'N' | b'F' => match ascii() {
            // How a number that did not fit is written.
            stars if stars.starts_with('*') => String::new(),
            number if number.contains(['.', 'e', 'E']) => number_text(number),
            number => number.to_owned(),
        },
        b'D' => match trimmed {
            [y1, y2, y3, y4, m1, m2, d1, d2] if trimmed.iter().any(|b| *b != b'0') => {
                let text = [*y1, *y2, *y3, *y4, b'-', *m1, *m2, b'-', *d1, *d2];
                String::from_utf8_lossy(&text).into_owned()
            }
            _ => String::new(),
        },
        b'L' => match trimmed {
            [b'T' | b't' | b'Y' | b'y'] => "true".to_owned(),
            [b'F' | b'f' | b'N' | b'n'] => "false".to_owned(),
            _ => String::new(),
        },
        b'I' | b'+' => {
            let bytes = bytes.first_chunk::<4>().copied();
            bytes.map_or(String::new(), |b| i32::from_le_bytes(b).to_string())
        }
        b'O' | b'B' => bytes_8().map_or(String::new(), |b| {
            number_text(&f64::from_le_bytes(b).to_string())
        }),
        b'T' | b'@' => bytes_8().and_then(instant).unwrap_or_default(),
        b'M' | b'G' | b'P' => String::new(),
        _ => {
            let end = bytes.iter().rposition(|b| !matches!(b, 0 | b' '));
            let value = &bytes[..end.map_or(0, |i| i + 1)];
            decoded(charset, value).trim().replace('\0', "")
        }
    }
}

/// A Julian day number and milliseconds of the day.
fn instant(bytes: [u8; 8]) -> Option<String> {
    let [a, b, c, d, e, f, g, h] = bytes;
    let (day, ms) = (
        i32::from_le_bytes([a, b, c, d]),
        i32::from_le_bytes([e, f, g, h]),
    );
    // 1970-01-01 is day 2,440,588.
    let days = i64::from(day) - 2_440_588;
    let date = civil::date(1970, 1, 1)
        .checked_add(Span::new().try_days(days).ok()?)
        .ok()?;
    let s = u32::try_from(ms).ok().filter(|ms| *ms < 86_400_000)? / 1_000;
    let (hours, minutes, seconds) = (s / 3_600, s / 60 % 60, s % 60);
    Some(format!("{date} {hours:02}:{minutes:02}:{seconds:02}"))
}

fn guessed(bytes: &[u8]) -> Found {
    let mut evidence = Evidence::default();
    evidence.feed(bytes);
    evidence.charset(bytes)
}

/// By the first values.
fn guess<R: Read>(
    path: &Path,
    file_name: &str,
    bytes: R,
    header_len: usize,
) -> Result<Found, Problem> {
    let mut start = Vec::new();
    bytes
        .take((header_len + GUESS_BYTES) as u64)
        .read_to_end(&mut start)
        .map_err(|e| entry_problem(path, file_name, &e))?;
    let values = start.get(header_len..).unwrap_or_default();
    if values.is_ascii() {
        return Ok(Found::stated(UTF8));
    }
    let found = guessed(values);
    Ok(Found {
        doubt: found
            .doubt
            .or(Some(text!("note-encoding-guessed"; encoding, file))),
        ..found
    })
}

fn read(path: &Path, name: &str, bytes: &mut impl Read, to: &mut [u8]) -> Result<(), Problem> {
    bytes.read_exact(to).map_err(|e| match e.kind() {
        io::ErrorKind::UnexpectedEof => damaged(path, name, "its header breaks off"),
        _ => entry_problem(path, name, &e),
    })
}

fn damaged(path: &Path, name: &str, cause: &str) -> Problem {
    Problem::new(text!(
        "problem-part-damaged",
        file = path.display(),
        part = name,
        cause = cause
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind() {
        let utf8 = UTF8;
        for (kind, bytes, expected) in [
            (b'C', &b"Nuevo Le\xc3\xb3n   "[..], "Nuevo León"),
            (b'C', b"Torre\xc3", "Torre"),
            (b'N', b"      27.476300000000002", "27.476300000000002"),
            (b'N', b"27.500000000000000", "27.5"),
            (b'N', b"  1234567890123456789", "1234567890123456789"),
            (b'N', b"*******", ""),
            (b'F', b" -9.95e+01", "-99.5"),
            (b'D', b"20250203", "2025-02-03"),
            (b'D', b"00000000", ""),
            (b'D', b"        ", ""),
            (b'L', b"T", "true"),
            (b'L', b"?", ""),
            (b'M', b"0000000001", ""),
            (b'I', &[0xFE, 0xFF, 0xFF, 0xFF], "-2"),
            (b'B', &27.5_f64.to_le_bytes(), "27.5"),
            (
                b'T',
                &[0x26, 0x8C, 0x25, 0, 0x40, 0x82, 0x1C, 3],
                "2025-02-03 14:30:00",
            ),
        ] {
            assert_eq!(text(kind, bytes, utf8), expected, "{}", char::from(kind));
        }
        let old = charset_of_cpg("850").unwrap();
        assert_eq!(text(b'C', b"Le\xa2n \xd6ndice", old), "León Índice");
        for stated in [
            "UTF-8",
            "65001",
            "1252",
            "ISO 8859-1",
            "LATIN1",
            "ANSI 1252",
            "88591",
        ] {
            assert!(charset_of_cpg(stated).is_some(), "{stated}");
        }
        assert!(charset_of_cpg("what").is_none());
    }
}
