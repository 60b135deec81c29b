//! Walks an XML text tag by tag (XML 1.0, without a document type). Nothing is fetched and no entity
//! grows: only the five of XML itself and characters by their number are known. Limits on depth and
//! size stand before anything is kept.

use crate::import::encoding::Charset;
use crate::import::text::Utf8Reader;
use crate::locale::{Problem, TextKey, number};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// Elements inside of one another; KML needs a dozen and a folder tree some more.
const MOST_DEPTH: usize = 256;
/// One tag, or the text between two: the outline of a country in full detail.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// What comes next in the text.
pub enum Step {
    /// An element begins; its name is the last of [`XmlWalk::open`].
    Open(Attributes),
    /// An element ended that had this name, and this text since the last tag inside of it. It is
    /// gone from [`XmlWalk::open`].
    Close(String, String),
    End,
}

/// Local names and values, in the order of the text.
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

pub struct XmlWalk {
    path: PathBuf,
    reader: Reader<Source>,
    buffer: Vec<u8>,
    /// Local names of the elements that are open, the outermost first.
    open: Vec<String>,
    text: String,
    /// Line of the last tag that began, 1-based.
    line: u64,
    has_root: bool,
}

impl XmlWalk {
    pub fn open(path: &Path, charset: Charset) -> Result<XmlWalk, Problem> {
        Ok(XmlWalk::new(path, Utf8Reader::open(path, charset)?))
    }

    pub fn new(path: &Path, text: Utf8Reader) -> XmlWalk {
        let mut reader = Reader::from_reader(Source {
            text,
            lines: 0,
            event_bytes: 0,
        });
        reader.config_mut().expand_empty_elements = true;
        // People write "A & B"; what they mean is plain.
        reader.config_mut().allow_dangling_amp = true;
        XmlWalk {
            path: path.to_owned(),
            reader,
            buffer: Vec::new(),
            open: Vec::new(),
            text: String::new(),
            line: 1,
            has_root: false,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn names(&self) -> &[String] {
        &self.open
    }

    /// Whether the innermost open elements have these names.
    pub fn is_in(&self, names: &[&str]) -> bool {
        let from = self.open.len().checked_sub(names.len());
        from.is_some_and(|from| self.open[from..] == *names)
    }

    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn bytes_read(&self) -> u64 {
        self.reader.get_ref().text.bytes_read()
    }

    /// A problem with the file at this place.
    pub fn problem(&self, key: TextKey) -> Problem {
        Problem::file(key, &self.path).with("line", number(self.reader.get_ref().lines + 1))
    }

    /// Goes to the first element; `false` where there is none.
    pub fn enter_root(&mut self) -> Result<bool, Problem> {
        Ok(matches!(self.step()?, Step::Open(_)))
    }

    pub fn step(&mut self) -> Result<Step, Problem> {
        loop {
            self.buffer.clear();
            let line = self.reader.get_ref().lines + 1;
            self.reader.get_mut().event_bytes = 0;
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.broken(&error)),
            };
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    let attributes = attributes(&tag);
                    return self.opened(name, attributes, line).map(Step::Open);
                }
                Event::End(_) => {
                    let name = self.open.pop().unwrap_or_default();
                    return Ok(Step::Close(name, std::mem::take(&mut self.text)));
                }
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(entity) => push_entity(&mut self.text, &entity),
                Event::DocType(_) => {
                    return Err(self.problem(text!("problem-xml-doctype"; file, line)));
                }
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::Eof if self.open.is_empty() => {
                    return match self.text.trim().is_empty() {
                        true => Ok(Step::End),
                        false => Err(self.problem(text!("problem-xml-outside"; file, line))),
                    };
                }
                Event::Eof => return Err(self.problem(text!("problem-xml-cut"; file, line))),
            }
            if self.text.len() > MOST_BYTES {
                return Err(self.problem(text!("problem-xml-big"; file, line)));
            }
        }
    }

    fn opened(
        &mut self,
        name: String,
        attributes: Option<Attributes>,
        line: u64,
    ) -> Result<Attributes, Problem> {
        let outside = self.open.is_empty();
        if outside && (self.has_root || !self.text.trim().is_empty()) {
            return Err(self.problem(text!("problem-xml-outside"; file, line)));
        }
        if self.open.len() >= MOST_DEPTH {
            return Err(self
                .problem(text!("problem-xml-deep"; file, line, most))
                .with("most", number(MOST_DEPTH as u64)));
        }
        self.has_root = true;
        self.open.push(name);
        self.text.clear();
        self.line = line;
        attributes.ok_or_else(|| {
            self.problem(text!("problem-xml-syntax"; cause, file, line))
                .with("cause", "attribute")
        })
    }

    fn broken(&mut self, error: &quick_xml::Error) -> Problem {
        match error {
            quick_xml::Error::Io(e) if e.kind() == io::ErrorKind::FileTooLarge => {
                self.problem(text!("problem-xml-big"; file, line))
            }
            quick_xml::Error::Io(e) => Problem::io(&self.path, e),
            // What is still open at the very end was cut off there.
            quick_xml::Error::Syntax(_)
                if self.reader.get_mut().fill_buf().is_ok_and(<[u8]>::is_empty) =>
            {
                self.problem(text!("problem-xml-cut"; file, line))
            }
            e => self
                .problem(text!("problem-xml-syntax"; cause, file, line))
                .with("cause", e),
        }
    }
}

/// `None` where they are not well formed.
fn attributes(tag: &BytesStart) -> Option<Attributes> {
    let mut all = Vec::new();
    // Looking for repeated names would take ages in a tag of a million of them.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.clone().into_owned(),
        };
        let name = attribute.key.local_name().as_ref().to_owned();
        all.push((name, value));
    }
    Some(Attributes(all))
}

/// What is no known entity stays as it is written.
fn push_entity(text: &mut String, entity: &BytesRef) {
    let known = match &**entity {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => entity.resolve_char_ref().ok().flatten(),
    };
    match known {
        Some(c) => text.push(c),
        None => text.extend(["&", &**entity, ";"]),
    }
}

/// The local name of the first element in the beginning of a text.
pub fn root_of(head: &str) -> Option<String> {
    let mut reader = Reader::from_str(head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                return Some(tag.local_name().as_ref().to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Goes to the root, which must be one of these.
pub fn check_root(walk: &mut XmlWalk, roots: &[&str]) -> Result<(), Problem> {
    if !walk.enter_root()? {
        return Err(walk.problem(text!("problem-xml-cut"; file, line)));
    }
    let root = walk.names().first().cloned().unwrap_or_default();
    if roots.contains(&root.as_str()) {
        return Ok(());
    }
    let known = match root.as_str() {
        "TrainingCenterDatabase" => "TCX",
        "osm" => "OpenStreetMap",
        "FeatureCollection" => "GML / WFS",
        "Workbook" => "Excel 2003 XML",
        "rss" => "RSS",
        "feed" => "Atom",
        "html" => "HTML",
        "svg" => "SVG",
        other => other,
    };
    Err(Problem::new(text!(
        "problem-xml-root",
        file = walk.path().display(),
        found = known
    )))
}

/// Counts lines, and bytes since the last event, so that none is gathered without end.
struct Source {
    text: Utf8Reader,
    /// Line feeds taken so far.
    lines: u64,
    event_bytes: usize,
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let n = bytes.len().min(buffer.len());
        buffer[..n].copy_from_slice(&bytes[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.event_bytes > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.fill()
    }

    fn consume(&mut self, n: usize) {
        // What is taken was filled before: nothing is read here.
        if let Some(taken) = self.text.fill().ok().and_then(|bytes| bytes.get(..n)) {
            self.lines += memchr::memchr_iter(b'\n', taken).count() as u64;
        }
        self.event_bytes += n;
        self.text.consume(n);
    }
}
