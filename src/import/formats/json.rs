//! Walks a JSON text one value at a time, so that a list is never held as a whole. Counts
//! brackets instead of calling itself: nesting costs no stack.

use crate::import::text::Utf8Reader;
use crate::locale::{Problem, TextKey, number};
use std::path::{Path, PathBuf};

/// One feature of a coastline in full detail fits many times over.
pub const MAX_VALUE_BYTES: usize = 64 * 1024 * 1024;
/// Members and elements of one value, each of which takes some 70 bytes once it is parsed.
const MOST_PARTS: usize = 2_000_000;

/// Whether a value would take too much memory once it is parsed.
pub fn is_too_big(text: &[u8]) -> bool {
    let parts = || {
        text.iter()
            .filter(|b| matches!(b, b',' | b'[' | b'{'))
            .count()
    };
    text.len() > MAX_VALUE_BYTES || (text.len() > MOST_PARTS && parts() > MOST_PARTS)
}

pub struct JsonWalk {
    path: PathBuf,
    reader: Utf8Reader,
    line: u64,
    /// 1-based, in bytes of UTF-8.
    column: u64,
}

impl JsonWalk {
    pub fn new(path: &Path, reader: Utf8Reader) -> JsonWalk {
        JsonWalk {
            path: path.to_owned(),
            reader,
            line: 1,
            column: 1,
        }
    }

    pub fn bytes_read(&self) -> u64 {
        self.reader.bytes_read()
    }

    /// A problem with the file at this place.
    pub fn problem(&self, key: TextKey) -> Problem {
        Problem::file(key, &self.path)
            .with("line", number(self.line))
            .with("column", number(self.column))
    }

    /// What is wrong where something else was expected: the end, or another character.
    pub fn unexpected(&mut self) -> Problem {
        match self.peek() {
            Ok(None) => self.problem(text!("problem-json-cut"; column, file, line)),
            Ok(Some(_)) => self.problem(text!("problem-json-syntax"; column, file, line)),
            Err(problem) => problem,
        }
    }

    /// The next byte, `None` at the end.
    pub fn peek(&mut self) -> Result<Option<u8>, Problem> {
        let bytes = self
            .reader
            .fill()
            .map_err(|e| Problem::io(&self.path, &e))?;
        Ok(bytes.first().copied())
    }

    fn bump(&mut self, byte: u8) {
        self.reader.consume(1);
        if byte == b'\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
    }

    /// The next byte that is not white space.
    pub fn next_token(&mut self) -> Result<Option<u8>, Problem> {
        loop {
            match self.peek()? {
                Some(b @ (b' ' | b'\t' | b'\n' | b'\r')) => self.bump(b),
                other => return Ok(other),
            }
        }
    }

    /// Takes `byte` if it is the next token.
    pub fn take(&mut self, byte: u8) -> Result<bool, Problem> {
        let found = self.next_token()? == Some(byte);
        if found {
            self.bump(byte);
        }
        Ok(found)
    }

    /// Takes `byte` or fails.
    pub fn expect(&mut self, byte: u8) -> Result<(), Problem> {
        if self.take(byte)? {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// Puts the text of the next value into `text`, brackets balanced, otherwise unchecked.
    pub fn value(&mut self, text: &mut Vec<u8>) -> Result<(), Problem> {
        text.clear();
        self.next_token()?;
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        let mut parts = 0_usize;
        loop {
            let Some(byte) = self.peek()? else {
                return if depth == 0 && !in_string && !text.is_empty() {
                    Ok(())
                } else {
                    Err(self.problem(text!("problem-json-cut"; column, file, line)))
                };
            };
            let closes = !in_string && matches!(byte, b'}' | b']');
            let ends_scalar = !in_string
                && depth == 0
                && (closes || matches!(byte, b',' | b':' | b' ' | b'\t' | b'\n' | b'\r'));
            if ends_scalar {
                return if text.is_empty() {
                    Err(self.unexpected())
                } else {
                    Ok(())
                };
            }
            self.bump(byte);
            text.push(byte);
            parts += usize::from(!in_string && matches!(byte, b',' | b'[' | b'{'));
            if text.len() > MAX_VALUE_BYTES || parts > MOST_PARTS {
                return Err(self.problem(text!("problem-json-value-big"; column, file, line)));
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                _ if closes => depth -= 1,
                _ => continue,
            }
            let complete = depth == 0 && !in_string && matches!(byte, b'"' | b'}' | b']');
            if complete && !escaped {
                return Ok(());
            }
        }
    }
}
