//! The texts that the cells of a workbook share.

use crate::import::formats::archive::Archive;
use crate::import::formats::sheet_xml::{Xml, add_text};
use crate::locale::Problem;
use quick_xml::events::Event;
use std::path::Path;

const STRINGS: &str = "xl/sharedStrings.xml";

const MOST_STRINGS_BYTES: u64 = 128 << 20;

/// A million rows with a handful of different texts each.
const MOST_STRINGS: usize = 8_000_000;

/// The shared texts, one after the other.
#[derive(Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i] as usize);
        self.text.get(start..end)
    }
}

pub fn strings(path: &Path) -> Result<Strings, Problem> {
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
pub fn unescaped(text: &str) -> String {
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
