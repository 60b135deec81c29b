//! From bytes to UTF-8: what a file is made of, and a reader that decodes it in pieces.

use super::encoding::{Charset, DAMAGE, Decoding, Evidence, Found, UTF8};
use crate::locale::Problem;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const CHUNK_BYTES: usize = 64 * 1024;
/// Bytes that the checksum and the encoding are worked out for at once, each on a core of its own.
const SURVEY_BYTES: usize = 1024 * 1024;

/// First pass over a file.
#[derive(Clone)]
pub struct Survey {
    /// What the file is made of; all below is of text and XML only.
    pub content: Content,
    pub sha256: String,
    pub size_bytes: u64,
    pub encoding: Charset,
    /// The one that the user names, which wins over what is found.
    pub named: Option<Charset>,
    /// What the bytes themselves say, whatever the user names.
    pub found: Found,
    /// Characters that could not be read.
    lost: u64,
    /// The first byte of the text that is not white space.
    pub starts_with: Option<u8>,
    /// The first [`CHUNK_BYTES`] or so, decoded.
    pub head: String,
}

/// What a file is made of, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Text,
    Xml,
    Zip,
    Sqlite,
    Shapefile,
    FlatGeobuf,
}

impl Survey {
    /// Whether the file is text, and so has an encoding.
    pub fn is_text(&self) -> bool {
        matches!(self.content, Content::Text | Content::Xml)
    }

    /// What people should know of how the text was read.
    pub fn notes(&self, path: &Path) -> Vec<Problem> {
        let found = match self.named {
            None if self.is_text() => self.found.clone(),
            _ => Found::stated(self.encoding),
        };
        let is_told = found.doubt.is_some_and(|key| DAMAGE.contains(&key));
        let damaged = Found {
            doubt: (self.lost > 0 && !is_told).then_some(DAMAGE[0]),
            ..Found::stated(self.encoding)
        };
        let notes = [found, damaged];
        notes
            .iter()
            .filter_map(|f| f.note(path, self.lost))
            .collect()
    }
}

/// Reads the whole file once, in pieces. `encoding` is a WHATWG label that wins over what is found.
///
/// # Errors
/// Missing, a folder, not allowed, empty, or of a type that is not read; or no such encoding.
pub fn survey(path: &Path, encoding: Option<&str>) -> Result<Survey, Problem> {
    let io_problem = |e: io::Error| Problem::io(path, &e);
    let metadata = std::fs::metadata(path).map_err(io_problem)?;
    if metadata.is_dir() {
        return Err(Problem::new(text!(
            "problem-file-is-folder",
            file = path.display()
        )));
    }
    if !metadata.is_file() {
        return Err(wrong_type(path, "device"));
    }
    let mut file = File::open(path).map_err(io_problem)?;
    let mut chunk = vec![0; SURVEY_BYTES];
    let mut hasher = Sha256::new();
    let mut evidence = Evidence::default();
    let (mut head, mut size_bytes) = (Vec::new(), 0);
    loop {
        let n = read_some(&mut file, &mut chunk).map_err(io_problem)?;
        if n == 0 {
            break;
        }
        let read = &chunk[..n];
        rayon::join(|| hasher.update(read), || evidence.feed(read));
        let missing = CHUNK_BYTES.saturating_sub(head.len());
        head.extend_from_slice(&read[..n.min(missing)]);
        size_bytes += n as u64;
    }
    if let Some(found) = unread(&head) {
        return Err(wrong_type(path, found));
    }
    let content = content_of(&head);
    let is_text = matches!(content, Content::Text | Content::Xml);
    let found = evidence.charset(&head);
    let named = encoding.map(Charset::named).transpose()?;
    let encoding = match named {
        Some(named) => named,
        None if is_text => found.charset,
        None => UTF8,
    };
    let lost = match encoding == UTF8 {
        _ if !is_text => 0,
        true => evidence.lost_letters(),
        false => lost_letters(path, encoding)?,
    };
    let text = encoding.decode(&head);
    let starts_with = text.trim_start().bytes().next();
    if starts_with.is_none() && size_bytes <= CHUNK_BYTES as u64 {
        return Err(Problem::new(text!(
            "problem-file-empty",
            file = path.display()
        )));
    }
    if is_text && looks_binary(&text) {
        return Err(wrong_type(path, "binary"));
    }
    Ok(Survey {
        content,
        head: if is_text {
            text.into_owned()
        } else {
            String::new()
        },
        sha256: hasher
            .finalize()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect(),
        size_bytes,
        encoding,
        named,
        found,
        lost,
        starts_with,
    })
}

/// How many characters the file holds that its encoding has none for.
fn lost_letters(path: &Path, encoding: Charset) -> Result<u64, Problem> {
    let mut reader = Utf8Reader::open(path, encoding)?;
    let mut lost = 0;
    let is_odd = |c: char| matches!(c, '\u{80}'..='\u{9f}' | '\u{fffd}');
    loop {
        let text = reader.fill_text().map_err(|e| Problem::io(path, &e))?;
        if text.is_empty() {
            return Ok(lost);
        }
        if !text.is_ascii() {
            lost += text.chars().filter(|c| is_odd(*c)).count() as u64;
        }
        let n = text.len();
        reader.consume(n);
    }
}

pub fn wrong_type(path: &Path, found: &str) -> Problem {
    Problem::new(text!(
        "problem-file-type",
        file = path.display(),
        found = found
    ))
}

fn read_some(file: &mut dyn Read, chunk: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(chunk) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Files that are often handed in by mistake, by their first bytes.
fn unread(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"PK\x05\x06", "ZIP"),
        (b"%PDF", "PDF"),
        (b"\x1f\x8b", "GZIP"),
        (b"\xd0\xcf\x11\xe0", "XLS/DOC"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
    ];
    let found = MAGIC.iter().find(|(bytes, _)| head.starts_with(bytes));
    found.map(|(_, name)| *name)
}

fn content_of(head: &[u8]) -> Content {
    const MAGIC: &[(&[u8], Content)] = &[
        (b"PK\x03\x04", Content::Zip),
        (b"SQLite format 3\0", Content::Sqlite),
        (b"\x00\x00\x27\x0a", Content::Shapefile),
        (b"fgb", Content::FlatGeobuf),
    ];
    if let Some((_, content)) = MAGIC.iter().find(|(bytes, _)| head.starts_with(bytes)) {
        return *content;
    }
    let text: Vec<u8> = head
        .iter()
        .copied()
        .filter(|b| *b != 0)
        .take(1024)
        .collect();
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let bare = marks.iter().find_map(|mark| text.strip_prefix(*mark));
    match bare.unwrap_or(&text).trim_ascii_start().first() {
        Some(b'<') => Content::Xml,
        _ => Content::Text,
    }
}

/// More control characters than a text has.
fn looks_binary(text: &str) -> bool {
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        .count();
    odd * 20 > text.len().max(200)
}

/// A text as UTF-8, decoded piece by piece; a byte order mark is left out.
pub struct Utf8Reader {
    source: Box<dyn Read + Send>,
    decoder: Decoding,
    raw: Box<[u8]>,
    raw_at: usize,
    raw_len: usize,
    text: String,
    at: usize,
    bytes_read: u64,
    ended: bool,
}

impl Utf8Reader {
    pub fn open(path: &Path, encoding: Charset) -> Result<Utf8Reader, Problem> {
        let file = File::open(path).map_err(|e| Problem::io(path, &e))?;
        Ok(Utf8Reader::of(Box::new(file), encoding))
    }

    pub fn of(source: Box<dyn Read + Send>, encoding: Charset) -> Utf8Reader {
        Utf8Reader {
            source,
            decoder: encoding.decoder(),
            raw: vec![0; CHUNK_BYTES].into(),
            raw_at: 0,
            raw_len: 0,
            text: String::with_capacity(CHUNK_BYTES),
            at: 0,
            bytes_read: 0,
            ended: false,
        }
    }

    /// The next bytes of text; empty at the end of the file.
    pub fn fill(&mut self) -> io::Result<&[u8]> {
        while self.at == self.text.len() && !self.ended {
            if self.raw_at == self.raw_len {
                self.raw_len = read_some(&mut *self.source, &mut self.raw)?;
                self.raw_at = 0;
                self.bytes_read += self.raw_len as u64;
            }
            let last = self.raw_len == 0;
            let input = &self.raw[self.raw_at..self.raw_len];
            self.text.clear();
            // Fills what the text has room for, and does not make it longer.
            let (read, all) = self.decoder.decode(input, &mut self.text, last);
            self.raw_at += read;
            self.at = 0;
            self.ended = last && all;
        }
        Ok(&self.text.as_bytes()[self.at..])
    }

    /// As [`Utf8Reader::fill`], for who takes whole characters only.
    pub fn fill_text(&mut self) -> io::Result<&str> {
        self.fill()?;
        Ok(self.text.get(self.at..).unwrap_or_default())
    }

    /// Takes `n` bytes of what [`Utf8Reader::fill`] gave.
    pub fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.text.len());
    }

    /// Bytes of the source, not of the text.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn decoded(bytes: &[u8]) -> (String, &'static str, Option<&'static str>) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let survey = survey(file.path(), None).unwrap();
        let mut reader = Utf8Reader::open(file.path(), survey.encoding).unwrap();
        let mut text = Vec::new();
        loop {
            let n = reader.fill().unwrap().len();
            if n == 0 {
                break;
            }
            text.extend_from_slice(reader.fill().unwrap());
            reader.consume(n);
        }
        assert_eq!(reader.bytes_read(), bytes.len() as u64);
        (
            String::from_utf8(text).unwrap(),
            survey.encoding.name(),
            survey.found.doubt.map(crate::locale::TextKey::as_str),
        )
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn reads_the_encodings_found_in_the_wild() {
        let text = "fecha;lugar\n2025-02-03;Nuevo León\n";
        let guessed = Some("note-encoding-guessed");
        let (utf8, le, be) = (text.as_bytes().to_vec(), u16::to_le_bytes, u16::to_be_bytes);
        let latin1: Vec<u8> = text.chars().map(|c| c as u8).collect();
        let with_mark = format!("\u{feff}{text}");
        for (bytes, name, doubt) in [
            (utf8, "UTF-8", None),
            (with_mark.clone().into_bytes(), "UTF-8", None),
            (utf16(&with_mark, le), "UTF-16LE", None),
            (utf16(&with_mark, be), "UTF-16BE", None),
            (utf16(text, le), "UTF-16LE", guessed),
            (utf16(text, be), "UTF-16BE", guessed),
            (latin1, "windows-1252", guessed),
        ] {
            assert_eq!(decoded(&bytes), (text.to_owned(), name, doubt));
        }
    }

    #[test]
    fn one_broken_byte_does_not_spoil_the_accents() {
        let mut bytes = "León\n".repeat(30_000).into_bytes();
        bytes.push(0xF1);
        let (text, name, doubt) = decoded(&bytes);
        assert_eq!((name, doubt), ("UTF-8", Some("note-encoding-damaged")));
        assert!(text.starts_with("León") && text.ends_with('\u{fffd}'));
    }
}
