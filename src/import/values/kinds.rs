//! The tables of `assets/kinds`: which label or code of a publisher is which kind. They are plain
//! tab-separated text, so that anybody can read what becomes of what.

use super::words::{Words, normal, words};
use crate::domain::Kind;
use crate::locale::{Lang, Problem, number, tr};
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

/// Bytes of a table of the user's own: thousands of words.
const LONGEST_TABLE: u64 = 1 << 20;

/// A kind by its code, or its name in either language.
///
/// # Errors
/// There is none of that name.
pub fn kind_named(text: &str) -> Result<Kind, Problem> {
    kind(text.trim()).ok_or_else(|| {
        let codes: Vec<&str> = Kind::ALL.iter().map(|k| k.code()).collect();
        Problem::new(text!(
            "problem-kind-named",
            value = text.trim(),
            known = codes.join(", ")
        ))
    })
}

/// The kind a label names, in English or Spanish.
pub fn kind(label: &str) -> Option<Kind> {
    static WORDS: LazyLock<Words<Kind>> = LazyLock::new(|| {
        words(
            Kind::ALL,
            Kind::code,
            |k| text!("kind-" + k.code()),
            &OWN.all(),
        )
    });
    WORDS.get(&normal(label)).copied()
}

/// What a kind is called in Spanish; looked up once for all rows.
pub fn kind_in_spanish(kind: Kind) -> &'static str {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let name = |kind: &Kind| tr(Lang::Es, text!("kind-" + kind.code()));
        Kind::ALL.iter().map(name).collect()
    });
    &NAMES[kind as usize]
}

/// Words and their kinds of a table laid out as those of `assets/kinds`: word, kind and a note between
/// tabs, one a line, mostly below a line that names the columns.
///
/// # Errors
/// The file cannot be read, is no UTF-8 text or longer than 1 MiB, or a line has no word or names no
/// kind.
pub fn kinds_of(path: &Path) -> Result<Vec<(String, Kind)>, Problem> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LONGEST_TABLE + 1).read_to_string(&mut text))
        .map_err(|error| Problem::io(path, &error))?;
    if text.len() as u64 > LONGEST_TABLE {
        return Err(Problem::new(text!(
            "problem-kinds-long",
            file = path.display()
        )));
    }
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .map(|(i, line)| {
            let mut cells = line.split('\t').map(str::trim);
            let (word, kind) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
            (i, line, word, kind)
        })
        .filter(|(i, line, _, kind)| {
            let is_heading = *i == 0 && ["kind", "tipo"].contains(&normal(kind).as_str());
            !is_heading && !line.trim().is_empty()
        })
        .map(|(i, line, word, kind)| match kind_named(kind) {
            Ok(kind) if !word.is_empty() => Ok((word.to_owned(), kind)),
            _ => Err(Problem::new(text!(
                "problem-kinds-line",
                file = path.display(),
                line = number(i as u64 + 1),
                value = line
            ))),
        })
        .collect()
}

/// One file of `assets/kinds`.
pub struct KindTable {
    rows: Vec<(&'static str, Kind, &'static str)>,
    /// By label as the publisher writes it and as [`normal`] does; the place in `rows`.
    by_label: HashMap<String, usize>,
}

macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident = $file:literal;)+) => {
        $($(#[$meta])* pub static $name: LazyLock<KindTable> = LazyLock::new(|| {
            KindTable::read(include_str!(concat!("../../../assets/kinds/", $file)))
        });)+

        #[cfg(test)]
        const TEXTS: &[(&str, &str)] = &[
            $(($file, include_str!(concat!("../../../assets/kinds/", $file)))),+
        ];
    };
}

tables! {
    /// Sub-event types as of 2019 and later, then event types of all years.
    ACLED = "acled.tsv";
    /// By the number in `type_of_violence`; the note is UCDP's word for it.
    UCDP = "ucdp-ged.tsv";
    /// By the first digits of a CAMEO code.
    GDELT = "gdelt.tsv";
    /// By the first type of attack.
    GTD = "gtd.tsv";
    /// Further words of people's own files; names and codes of the kinds are known without it.
    OWN = "own.tsv";
}

impl KindTable {
    /// Lines that name no kind are left out; a test finds them.
    fn read(text: &'static str) -> KindTable {
        let rows: Vec<_> = text
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (source, kind) = (cells.next()?, Kind::from_code(cells.next()?)?);
                Some((source, kind, cells.next().unwrap_or_default()))
            })
            .collect();
        let labels = rows.iter().enumerate();
        let normal = labels.clone().map(|(i, row)| (normal(row.0), i));
        let by_label = normal
            .chain(labels.map(|(i, row)| (row.0.to_owned(), i)))
            .collect();
        KindTable { rows, by_label }
    }

    /// The kind of a label, also where somebody has written it over in small letters.
    pub fn get(&self, label: &str) -> Option<Kind> {
        self.with_note(label).map(|(kind, _)| kind)
    }

    /// As [`KindTable::get`], with the note beside it.
    pub fn with_note(&self, label: &str) -> Option<(Kind, &'static str)> {
        let found = self.by_label.get(label);
        let at = found.or_else(|| self.by_label.get(&normal(label)))?;
        self.rows.get(*at).map(|(_, kind, note)| (*kind, *note))
    }

    /// The kind of the longest code listed that `code` begins with, and the note beside it.
    pub fn by_beginning(&self, code: &str) -> Option<(Kind, &'static str)> {
        (1..=code.len())
            .rev()
            .filter_map(|end| code.get(..end))
            .find_map(|beginning| self.by_label.get(beginning))
            .and_then(|at| self.rows.get(*at))
            .map(|(_, kind, note)| (*kind, *note))
    }

    /// Every label with its kind.
    pub fn all(&self) -> Vec<(&'static str, Kind)> {
        self.rows.iter().map(|row| (row.0, row.1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_of_every_table_is_sound() {
        let files = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/kinds");
        assert_eq!(std::fs::read_dir(files).unwrap().count(), TEXTS.len());
        for (file, text) in TEXTS {
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some("source\tkind\tnote"), "{file}");
            let mut seen = HashSet::new();
            for line in lines {
                let cells: Vec<&str> = line.split('\t').collect();
                assert_eq!(cells.len(), 3, "{file}: {line}");
                assert!(Kind::from_code(cells[1]).is_some(), "{file}: {line}");
                assert!(
                    seen.insert(normal(cells[0])),
                    "{file}: {line} is there twice"
                );
            }
        }
    }

    #[test]
    fn labels_are_found_however_they_are_written() {
        for (label, kind) in ACLED.all() {
            assert_eq!(ACLED.get(&label.to_uppercase()), Some(kind), "{label}");
        }
        assert_eq!(ACLED.get("Something new"), None);
        let cameo = |code| GDELT.by_beginning(code).map(|(kind, _)| kind.code());
        assert_eq!(cameo("1832"), Some("car_bomb"));
        assert_eq!(cameo("1831"), Some("explosion_other"));
        assert_eq!(cameo("190"), Some("gun_battle"));
        assert_eq!(cameo("042"), Some("statement"));
        assert_eq!((cameo("99"), cameo("")), (None, None));
        assert_eq!(UCDP.with_note("2"), Some((Kind::GunBattle, "non-state")));
    }
}
