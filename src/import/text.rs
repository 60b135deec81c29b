//! From bytes to UTF-8: what a file is made of, and a reader that decodes it in pieces.

use crate::locale::Problem;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const CHUNK_BYTES: usize = 64 * 1024;

/// First pass over a file.
pub struct Survey {
    pub sha256: String,
    pub size_bytes: u64,
    pub encoding: &'static Encoding,
    /// Key of what people should know of the encoding, if anything.
    doubt: Option<&'static str>,
    /// The first bytes of the text that are not white space, at most a few.
    pub starts_with: Option<u8>,
}

impl Survey {
    /// What people should know of how the text was read.
    pub fn note(&self, path: &Path) -> Option<Problem> {
        let key = self.doubt?;
        Some(Problem::file(key, path).with("encoding", self.encoding.name()))
    }
}

/// Reads the whole file once, in pieces.
///
/// # Errors
/// Missing, a folder, not allowed, empty, or of a type that holds no text.
pub fn survey(path: &Path) -> Result<Survey, Problem> {
    let io_problem = |e: io::Error| Problem::io(path, &e);
    let metadata = std::fs::metadata(path).map_err(io_problem)?;
    if metadata.is_dir() {
        return Err(Problem::file("problem-file-is-folder", path));
    }
    if !metadata.is_file() {
        return Err(wrong_type(path, "device"));
    }
    let mut file = File::open(path).map_err(io_problem)?;
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut hasher = Sha256::new();
    let mut utf8 = Utf8Count::default();
    let (mut head, mut size_bytes) = (Vec::new(), 0);
    loop {
        let n = read_some(&mut file, &mut chunk).map_err(io_problem)?;
        if n == 0 {
            break;
        }
        hasher.update(&chunk[..n]);
        utf8.feed(&chunk[..n]);
        if head.len() < CHUNK_BYTES {
            head.extend_from_slice(&chunk[..n]);
        }
        size_bytes += n as u64;
    }
    if let Some(found) = magic(&head) {
        return Err(wrong_type(path, found));
    }
    let (encoding, doubt) = encoding_of(&head, &utf8);
    let starts_with = first_char(encoding, &head);
    if starts_with.is_none() && size_bytes <= CHUNK_BYTES as u64 {
        return Err(Problem::file("problem-file-empty", path));
    }
    if looks_binary(encoding, &head) {
        return Err(wrong_type(path, "binary"));
    }
    Ok(Survey {
        sha256: hasher
            .finalize()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect(),
        size_bytes,
        encoding,
        doubt,
        starts_with,
    })
}

fn wrong_type(path: &Path, found: &str) -> Problem {
    Problem::file("problem-file-type", path).with("found", found)
}

fn read_some(file: &mut File, chunk: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(chunk) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Files that are often handed in by mistake, by their first bytes.
fn magic(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "ZIP/XLSX/ODS/KMZ"),
        (b"PK\x05\x06", "ZIP"),
        (b"SQLite format 3\0", "SQLite/GeoPackage"),
        (b"%PDF", "PDF"),
        (b"\x1f\x8b", "GZIP"),
        (b"\xd0\xcf\x11\xe0", "XLS/DOC"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x00\x00\x27\x0a", "Shapefile"),
        (b"fgb", "FlatGeobuf"),
        (b"<", "XML/HTML/KML/GPX"),
    ];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = head.trim_ascii_start();
    MAGIC
        .iter()
        .find(|(bytes, _)| head.starts_with(bytes) || (*bytes == b"<" && text.starts_with(b"<")))
        .map(|(_, name)| *name)
}

fn encoding_of(head: &[u8], utf8: &Utf8Count) -> (&'static Encoding, Option<&'static str>) {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        let damaged = encoding == UTF_8 && utf8.malformed() > 0;
        return (encoding, damaged.then_some("note-encoding-damaged"));
    }
    let nuls_at = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (nuls_at(0), nuls_at(1));
    if head.len() >= 4 && odd > head.len() / 4 && even == 0 {
        return (UTF_16LE, Some("note-encoding-guessed"));
    }
    if head.len() >= 4 && even > head.len() / 4 && odd == 0 {
        return (UTF_16BE, Some("note-encoding-guessed"));
    }
    match utf8.malformed() {
        0 => (UTF_8, None),
        // A few broken bytes among much sound UTF-8 are damage; read as Windows-1252 they would
        // spoil every accent in the file.
        broken if utf8.sound > 20 * broken => (UTF_8, Some("note-encoding-damaged")),
        _ => (WINDOWS_1252, Some("note-encoding-guessed")),
    }
}

fn first_char(encoding: &'static Encoding, head: &[u8]) -> Option<u8> {
    let (text, _) = encoding.decode_with_bom_removal(head);
    text.trim_start().bytes().next()
}

/// More control characters than a text has.
fn looks_binary(encoding: &'static Encoding, head: &[u8]) -> bool {
    let (text, _) = encoding.decode_with_bom_removal(head);
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        .count();
    odd * 20 > text.len().max(200)
}

/// How much of a file is UTF-8 beyond ASCII, and how much cannot be.
#[derive(Default)]
struct Utf8Count {
    sound: u64,
    broken: u64,
    carry: Vec<u8>,
}

impl Utf8Count {
    fn feed(&mut self, chunk: &[u8]) {
        if self.carry.is_empty()
            && let Ok(text) = simdutf8::basic::from_utf8(chunk)
        {
            self.sound += leads(text);
            return;
        }
        self.carry.extend_from_slice(chunk);
        let bytes = std::mem::take(&mut self.carry);
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.sound += leads(text);
                    return;
                }
                Err(e) => {
                    let (text, tail) = rest.split_at(e.valid_up_to());
                    self.sound += leads(std::str::from_utf8(text).unwrap_or_default());
                    let Some(n) = e.error_len() else {
                        self.carry = tail.to_vec();
                        return;
                    };
                    self.broken += 1;
                    rest = &tail[n..];
                }
            }
        }
    }

    /// After the last chunk: a character cut off at the end counts.
    fn malformed(&self) -> u64 {
        self.broken + u64::from(!self.carry.is_empty())
    }
}

/// Characters beyond ASCII.
fn leads(text: &str) -> u64 {
    text.bytes().filter(|b| *b >= 0xC0).count() as u64
}

/// A file as UTF-8, decoded piece by piece; a byte order mark is left out.
pub struct Utf8Reader {
    file: File,
    decoder: Decoder,
    raw: Box<[u8]>,
    raw_at: usize,
    raw_len: usize,
    text: String,
    at: usize,
    bytes_read: u64,
    ended: bool,
}

impl Utf8Reader {
    pub fn open(path: &Path, encoding: &'static Encoding) -> Result<Utf8Reader, Problem> {
        let file = File::open(path).map_err(|e| Problem::io(path, &e))?;
        Ok(Utf8Reader {
            file,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK_BYTES].into(),
            raw_at: 0,
            raw_len: 0,
            text: String::with_capacity(CHUNK_BYTES),
            at: 0,
            bytes_read: 0,
            ended: false,
        })
    }

    /// The next bytes of text; empty at the end of the file.
    pub fn fill(&mut self) -> io::Result<&[u8]> {
        while self.at == self.text.len() && !self.ended {
            if self.raw_at == self.raw_len {
                self.raw_len = read_some(&mut self.file, &mut self.raw)?;
                self.raw_at = 0;
                self.bytes_read += self.raw_len as u64;
            }
            let last = self.raw_len == 0;
            let input = &self.raw[self.raw_at..self.raw_len];
            self.text.clear();
            // Fills what the text has room for, and does not make it longer.
            let (result, read, _) = self.decoder.decode_to_string(input, &mut self.text, last);
            self.raw_at += read;
            self.at = 0;
            self.ended = last && result == CoderResult::InputEmpty;
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

    /// Bytes of the file, not of the text.
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
        let survey = survey(file.path()).unwrap();
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
            survey.doubt,
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
