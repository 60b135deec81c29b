//! Which characters the bytes of a text stand for: by its mark, by what it says of itself, by whether
//! it is sound UTF-8, and else by which reading gives words.

mod guess;
mod words;

use crate::locale::{Problem, TextKey, number};
use encoding_rs::{CoderResult, Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use guess::Words;
use std::borrow::Cow;
use std::path::Path;

/// A character encoding that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    Whatwg(&'static Encoding),
    /// Of DOS in Western Europe and Latin America, and in the United States; the web never knew them.
    Ibm850,
    Ibm437,
}

pub const UTF8: Charset = Charset::Whatwg(UTF_8);

/// What the bytes 0x80..=0xFF stand for in IBM 437 (Unicode's mapping CP437.TXT).
const IBM437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// What the bytes 0x80..=0xFF stand for in IBM 850 (Unicode's mapping CP850.TXT).
const IBM850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Charset {
    /// By a WHATWG label such as `latin1`, or one of the two of DOS such as `cp850`.
    pub fn of_label(label: &str) -> Option<Charset> {
        let label = label.trim().to_ascii_lowercase();
        let number = ["ibm-", "ibm", "cp"]
            .iter()
            .find_map(|start| label.strip_prefix(start));
        match number.unwrap_or(&label) {
            "850" => Some(Charset::Ibm850),
            "437" => Some(Charset::Ibm437),
            _ => Encoding::for_label(label.as_bytes()).map(Charset::Whatwg),
        }
    }

    /// # Errors
    /// There is no such encoding.
    pub fn named(label: &str) -> Result<Charset, Problem> {
        Charset::of_label(label)
            .ok_or_else(|| Problem::new(text!("problem-encoding-unknown", encoding = label)))
    }

    pub fn name(self) -> &'static str {
        match self {
            Charset::Whatwg(encoding) => encoding.name(),
            Charset::Ibm850 => "IBM850",
            Charset::Ibm437 => "IBM437",
        }
    }

    /// The whole of a text, without its mark.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Charset::Whatwg(encoding) => encoding.decode_with_bom_removal(bytes).0,
            Charset::Ibm850 => bytes.iter().map(|b| of_dos(IBM850, *b)).collect(),
            Charset::Ibm437 => bytes.iter().map(|b| of_dos(IBM437, *b)).collect(),
        }
    }

    pub fn decoder(self) -> Decoding {
        match self {
            Charset::Whatwg(encoding) => {
                Decoding::Whatwg(Box::new(encoding.new_decoder_with_bom_removal()))
            }
            Charset::Ibm850 => Decoding::Dos(IBM850),
            Charset::Ibm437 => Decoding::Dos(IBM437),
        }
    }

    fn is_utf16(self) -> bool {
        [UTF_16LE, UTF_16BE].map(Charset::Whatwg).contains(&self)
    }
}

fn of_dos(upper: &str, byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(at) => upper.chars().nth(at.into()).unwrap_or('\u{fffd}'),
    }
}

/// Notes on bytes that stand for nothing, and on what was lost before.
pub const DAMAGE: [TextKey; 2] = [
    text!("note-encoding-damaged"; encoding, file, n),
    text!("note-encoding-lost"; file),
];

/// A text being decoded in pieces.
pub enum Decoding {
    Whatwg(Box<Decoder>),
    /// With the upper 128 characters.
    Dos(&'static str),
}

impl Decoding {
    /// Adds to `text` what it has room for, and does not make it longer: how many bytes were taken,
    /// and whether that was all there is to say of them.
    pub fn decode(&mut self, input: &[u8], text: &mut String, last: bool) -> (usize, bool) {
        const MOST_BYTES: usize = 3;
        match self {
            Decoding::Whatwg(decoder) => {
                let (result, read, _) = decoder.decode_to_string(input, text, last);
                (read, result == CoderResult::InputEmpty)
            }
            Decoding::Dos(upper) => {
                let room = (text.capacity() - text.len()) / MOST_BYTES;
                let read = room.min(input.len());
                text.extend(input[..read].iter().map(|b| of_dos(upper, *b)));
                (read, read == input.len())
            }
        }
    }
}

/// An encoding, and what people should know of how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub charset: Charset,
    /// Key of a note.
    pub doubt: Option<TextKey>,
    /// What the text says of itself.
    pub declared: String,
    /// Where several encodings give words and none is sure: the one found and the others.
    pub readings: Vec<Reading>,
}

impl Found {
    /// An encoding that there is no doubt of.
    pub fn stated(charset: Charset) -> Found {
        Found {
            charset,
            doubt: None,
            declared: String::new(),
            readings: Vec::new(),
        }
    }

    /// What people should know; `lost` characters could not be read.
    pub fn note(&self, path: &Path, lost: u64) -> Option<Problem> {
        let key = self.doubt?;
        let readings = self.readings.iter();
        let readings = readings.map(|r| format!("{} “{}”", r.encoding, r.sample));
        let note = Problem::file(key, path)
            .with("encoding", self.charset.name())
            .with("declared", &self.declared)
            .with("readings", readings.collect::<Vec<_>>().join(", "));
        Some(note.with("n", number(lost)))
    }
}

/// What some words of a text are in one encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub encoding: &'static str,
    pub sample: String,
}

/// What the bytes of a text give away, fed piece by piece.
#[derive(Default)]
pub struct Evidence {
    /// Characters of UTF-8 beyond ASCII.
    sound: u64,
    /// Bytes that no UTF-8 has in their places.
    broken: u64,
    /// Replacement characters, left by a program that lost what stood there.
    lost: u64,
    /// A character that the piece before cut off.
    carry: Vec<u8>,
    words: Words,
}

impl Evidence {
    pub fn feed(&mut self, chunk: &[u8]) {
        if self.carry.is_empty()
            && let Ok(text) = simdutf8::basic::from_utf8(chunk)
        {
            self.add_sound(text);
            self.words.feed(chunk, true);
            return;
        }
        self.carry.extend_from_slice(chunk);
        let bytes = std::mem::take(&mut self.carry);
        let broken = self.broken;
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.add_sound(text);
                    break;
                }
                Err(e) => {
                    let (text, tail) = rest.split_at(e.valid_up_to());
                    self.add_sound(std::str::from_utf8(text).unwrap_or_default());
                    let Some(n) = e.error_len() else {
                        self.carry = tail.to_vec();
                        break;
                    };
                    self.broken += 1;
                    rest = &tail[n..];
                }
            }
        }
        self.words.feed(chunk, self.broken == broken);
    }

    fn add_sound(&mut self, text: &str) {
        self.sound += text.bytes().filter(|b| *b >= 0xC0).count() as u64;
        self.lost += memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count() as u64;
    }

    /// After the last piece: a character cut off at the end counts.
    fn malformed(&self) -> u64 {
        self.broken + u64::from(!self.carry.is_empty())
    }

    /// How many characters of a text that is read as UTF-8 are lost.
    pub fn lost_letters(&self) -> u64 {
        self.malformed() + self.lost
    }

    /// What is wrong with such a text, as the key of a note.
    fn damage(&self) -> Option<TextKey> {
        match (self.malformed(), self.lost) {
            (0, 0) => None,
            (0, _) => Some(DAMAGE[1]),
            _ => Some(DAMAGE[0]),
        }
    }

    /// The encoding of a text that begins with `head`.
    pub fn charset(&self, head: &[u8]) -> Found {
        let declared = declared(head);
        let named = Charset::of_label(&declared);
        let found = |charset: Charset, guessed: Option<TextKey>| Found {
            charset,
            doubt: match named {
                _ if declared.is_empty() => guessed,
                // Nothing was guessed; only damage is left to tell.
                Some(named) if agree(named, charset) => guessed.filter(|_| charset == UTF8),
                _ => Some(text!("note-encoding-declared"; declared, encoding, file)),
            },
            declared: declared.clone(),
            readings: Vec::new(),
        };
        if let Some((encoding, _)) = Encoding::for_bom(head) {
            let damage = (encoding == UTF_8).then(|| self.damage()).flatten();
            return found(Charset::Whatwg(encoding), damage);
        }
        let unmarked = utf16_by_nuls(head).or_else(|| self.iso_2022_jp(head));
        if let Some(encoding) = unmarked {
            return found(
                Charset::Whatwg(encoding),
                Some(text!("note-encoding-guessed"; encoding, file)),
            );
        }
        match (self.malformed(), named) {
            // Sound beyond ASCII: no other encoding looks like this by chance.
            (0, Some(named)) if self.sound == 0 && !named.is_utf16() => found(named, self.damage()),
            (0, _) => found(UTF8, self.damage()),
            (_, Some(named)) if named != UTF8 && !named.is_utf16() => found(named, None),
            // A few broken bytes among much sound UTF-8 are damage; read as Windows-1252 they would
            // spoil every accent in the file.
            (broken, _) if self.sound > 20 * broken => found(UTF8, self.damage()),
            _ => {
                let (charset, readings) = self.words.guess();
                let key = match readings.is_empty() {
                    true => text!("note-encoding-guessed"; encoding, file),
                    false => text!("note-encoding-open"; encoding, file, readings),
                };
                Found {
                    readings,
                    ..found(charset, Some(key))
                }
            }
        }
    }

    /// All of it is ASCII, with the escapes that Japanese mail changes its letters by.
    fn iso_2022_jp(&self, head: &[u8]) -> Option<&'static Encoding> {
        let is_ascii = self.sound == 0 && self.malformed() == 0;
        let escapes = [b"\x1b$B", b"\x1b$@"];
        let is_there = |escape: &&[u8; 3]| memchr::memmem::find(head, *escape).is_some();
        (is_ascii && escapes.iter().any(is_there)).then_some(ISO_2022_JP)
    }
}

/// Whether a text that says `named` of itself may be read as `charset`.
fn agree(named: Charset, charset: Charset) -> bool {
    named == charset || (named.is_utf16() && charset.is_utf16())
}

/// Two bytes a character, recognised by the delimiters, digits and line ends that every table has: each is a
/// byte of ASCII beside a NUL.
fn utf16_by_nuls(head: &[u8]) -> Option<&'static Encoding> {
    let is_text = |b: u8| matches!(b, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    let (pairs, _) = head.as_chunks::<2>();
    let count = |is: fn([u8; 2]) -> (u8, u8)| {
        let pairs = pairs.iter().map(|pair| is(*pair));
        pairs.filter(|(c, nul)| *nul == 0 && is_text(*c)).count()
    };
    let (little, big) = (count(|[a, b]| (a, b)), count(|[a, b]| (b, a)));
    let (encoding, most, least) = match little > big {
        true => (UTF_16LE, little, big),
        false => (UTF_16BE, big, little),
    };
    let is_clear = most >= 2 && most * 10 >= pairs.len() && least * 10 <= most;
    let is_sound = || !encoding.decode_without_bom_handling(pairs.as_flattened()).1;
    // The last character may be cut in two.
    (is_clear && is_sound()).then_some(encoding)
}

/// What an XML text says of its encoding in its first line; empty where it says nothing.
fn declared(head: &[u8]) -> String {
    const LONGEST: usize = 400;
    let bytes = head.iter().copied().filter(|b| *b != 0 && b.is_ascii());
    let text: String = bytes.take(LONGEST).map(char::from).collect();
    let Some(prolog) = text.trim_start().strip_prefix("<?xml") else {
        return String::new();
    };
    let prolog = prolog.split("?>").next().unwrap_or_default();
    let value = prolog.split_once("encoding").map_or("", |(_, rest)| rest);
    let value = value.trim_start().trim_start_matches('=').trim_start();
    let Some(quote) = value.chars().next().filter(|c| "\"'".contains(*c)) else {
        return String::new();
    };
    let mut parts = value.split(quote);
    parts.nth(1).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{MACINTOSH, WINDOWS_1252};

    fn found(bytes: &[u8]) -> (&'static str, Option<TextKey>) {
        let mut evidence = Evidence::default();
        // In pieces that cut characters in two.
        bytes.chunks(7).for_each(|chunk| evidence.feed(chunk));
        let found = evidence.charset(bytes);
        (found.charset.name(), found.doubt)
    }

    fn in_charset(text: &str, charset: Charset) -> Vec<u8> {
        let bytes = 0..=255_u8;
        let byte = |c: char| {
            let mut all = bytes.clone();
            all.find(|b| charset.decode(&[*b]).chars().eq([c]))
        };
        text.chars().map(|c| byte(c).unwrap()).collect()
    }

    const GUESSED: Option<TextKey> = Some(text!("note-encoding-guessed"; encoding, file));

    #[test]
    fn english_quotation_marks_are_no_accents() {
        let text = "They don’t say “who” did it—the gang’s leader (1990–1995) and the mayor’s son";
        let bytes = in_charset(text, Charset::Whatwg(WINDOWS_1252));
        assert_eq!(found(&bytes), ("windows-1252", GUESSED));
    }

    #[test]
    fn a_wrong_declaration_is_told() {
        let xml =
            |encoding: &str| format!("<?xml version=\"1.0\" encoding='{encoding}'?><a>ñandú</a>");
        let wrong = Some(text!("note-encoding-declared"; declared, encoding, file));
        assert_eq!(found(xml("utf-8").as_bytes()), ("UTF-8", None));
        assert_eq!(found(xml("ISO-8859-1").as_bytes()), ("UTF-8", wrong));
        assert_eq!(found(xml("UTF-16").as_bytes()), ("UTF-8", wrong));
        assert_eq!(found(xml("klingon").as_bytes()), ("UTF-8", wrong));
        let latin1 = |text: String| text.chars().map(|c| c as u8).collect::<Vec<_>>();
        assert_eq!(found(&latin1(xml("latin1"))), ("windows-1252", None));
        assert_eq!(found(&latin1(xml("UTF-8"))), ("windows-1252", wrong));
        let wide: Vec<u8> = xml("utf-16")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(found(&wide), ("UTF-16LE", None));
        let mac = in_charset(&xml("macintosh"), Charset::Whatwg(MACINTOSH));
        assert_eq!(found(&mac), ("macintosh", None));
    }

    #[test]
    fn letters_lost_before_are_told() {
        let text = "Nuevo Le\u{fffd}n";
        assert_eq!(
            found(text.as_bytes()),
            ("UTF-8", Some(text!("note-encoding-lost"; file)))
        );
    }

    #[test]
    fn every_byte_of_ibm850_is_a_character_of_its_own() {
        let all: std::collections::HashSet<char> = (0..=255).map(|b| of_dos(IBM850, b)).collect();
        assert_eq!((IBM850.chars().count(), all.len()), (128, 256));
    }
}
