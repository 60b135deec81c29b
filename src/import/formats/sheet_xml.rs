//! XML of spreadsheets, event by event. What one event may take of memory and how deep elements
//! may lie in each other is limited; entities beyond XML's own five are not looked up.

use super::archive::{Stream, entry_problem};
use crate::locale::{Problem, number};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A tag or a piece of text: a cell holds 32,767 characters.
const MOST_EVENT_BYTES: usize = 4 << 20;
/// Spreadsheets nest a dozen elements.
const MOST_DEPTH: usize = 100;

pub struct Xml<R> {
    path: PathBuf,
    entry: String,
    reader: Reader<Capped<R>>,
    event: Vec<u8>,
    depth: usize,
}

impl<R: Read> Xml<R> {
    pub fn new(path: &Path, entry: &str, bytes: R) -> Xml<R> {
        Xml {
            path: path.to_owned(),
            entry: entry.to_owned(),
            reader: Reader::from_reader(Capped {
                inner: BufReader::with_capacity(64 << 10, bytes),
                taken: 0,
            }),
            event: Vec::new(),
            depth: 0,
        }
    }

    /// The next event; [`Event::Eof`] is a problem where elements are still open.
    pub fn next(&mut self) -> Result<Event<'_>, Problem> {
        self.event.clear();
        self.reader.get_mut().taken = 0;
        let position = self.reader.buffer_position();
        let event = match self.reader.read_event_into(&mut self.event) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(e)) => {
                return Err(entry_problem(&self.path, &self.entry, &e));
            }
            Err(e) => return Err(problem(&self.path, &self.entry, position, &e.to_string())),
        };
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => {
                return Err(problem(&self.path, &self.entry, position, "it breaks off"));
            }
            _ => {}
        }
        if self.depth > MOST_DEPTH {
            let cause = "elements lie too deep in each other";
            return Err(problem(&self.path, &self.entry, position, cause));
        }
        Ok(event)
    }

    /// Passes over the rest of the element that was just started.
    pub fn skip(&mut self) -> Result<(), Problem> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// A problem at this place.
    pub fn problem(&self, cause: &str) -> Problem {
        problem(
            &self.path,
            &self.entry,
            self.reader.buffer_position(),
            cause,
        )
    }
}

impl Xml<Stream> {
    pub fn packed_read(&self) -> u64 {
        self.reader.get_ref().inner.get_ref().packed_read()
    }
}

fn problem(path: &Path, entry: &str, at: u64, cause: &str) -> Problem {
    Problem::new(text!(
        "problem-sheet-xml",
        file = path.display(),
        entry = entry,
        at = number(at),
        cause = cause
    ))
}

/// The text that an event adds, if it is text.
pub fn add_text(event: &Event<'_>, to: &mut String) {
    match event {
        Event::Text(text) => to.push_str(&text.xml10_content()),
        Event::CData(text) => to.push_str(&text.xml10_content()),
        Event::GeneralRef(name) => {
            if let Ok(Some(c)) = name.resolve_char_ref() {
                to.push(c);
            } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(name) {
                to.push_str(text);
            }
        }
        _ => {}
    }
}

/// The attribute of this name with its prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// Counts what is taken for one event.
struct Capped<R> {
    inner: BufReader<R>,
    taken: usize,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: Read> BufRead for Capped<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken > MOST_EVENT_BYTES {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("a text of more than {} MB", MOST_EVENT_BYTES >> 20),
            ));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.taken += n;
        self.inner.consume(n);
    }
}
