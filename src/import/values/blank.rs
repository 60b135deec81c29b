//! Cells that only say that there is no value.

use crate::domain::filter::fold;

/// The words for "no value" of programs and people, for all fields; in small letters.
const NO_VALUE: [&str; 45] = [
    "#n/d",
    "se desconoce",
    "sin especificar",
    "no especificado",
    "no especificada",
    "unspecified",
    "por confirmar",
    "tbd",
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "nan",
    "nat",
    "null",
    "(null)",
    "<null>",
    "none",
    "nil",
    "\\n",
    "undefined",
    "s/d",
    "s.d.",
    "n/d",
    "n.d.",
    "nd",
    "s/i",
    "s/n",
    "sin dato",
    "sin datos",
    "sin informacion",
    "no disponible",
    "no data",
    "not available",
    "no aplica",
    "#ref!",
    "#value!",
    "#div/0!",
    "#name?",
    "#num!",
    "#null!",
    "#¡ref!",
    "#¡valor!",
    "-",
    "--",
];

const LONGEST_NO_VALUE: usize = 20;

/// The text, or nothing where it only says that there is no value.
pub fn given(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    // The first letter rules out nearly every cell.
    let may_be_none = matches!(
        first,
        b'n' | b'N'
            | b'#'
            | b'('
            | b'<'
            | b'\\'
            | b's'
            | b'S'
            | b'u'
            | b'U'
            | b't'
            | b'T'
            | b'p'
            | b'P'
            | b'-'
            | b'.'
            | 0xe2
    );
    if !may_be_none || bytes.len() > LONGEST_NO_VALUE {
        return Some(text);
    }
    let folded = fold(text);
    let is_none = NO_VALUE.contains(&folded.as_str())
        || text.chars().all(|c| matches!(c, '.' | '–' | '—' | '-'));
    (!is_none).then_some(text)
}
