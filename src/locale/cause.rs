//! Why a file could not be used, as libraries and the system put it, in words of ours. They speak
//! English alone; what we know of is said in the language of the window, and their own words follow
//! for whoever looks into it.

use super::{Lang, tr};

/// Sentences of our own modules, which stand for themselves.
const OWN: &[(&str, &str)] = &[
    ("a cell names a text that is not there", "cause-no-text"),
    ("a row has more than 16384 cells", "cause-row-cells"),
    ("elements lie too deep in each other", "cause-deep"),
    ("it breaks off", "cause-breaks-off"),
    ("it is no dBASE III, IV or FoxPro table", "cause-no-dbase"),
    ("it is of another version than 3", "cause-fgb-version"),
    ("it is repeated beyond the end of a sheet", "cause-repeated"),
    ("its columns do not fit its rows", "cause-columns-rows"),
    ("its header breaks off", "cause-header-cut"),
    ("its index is longer than the file", "cause-index-long"),
    ("its rows are out of order", "cause-row-order"),
    (
        "the row after it has a number that cannot be",
        "cause-row-number",
    ),
];

/// What others say, in lower case, and what it means; the first that is found counts.
const OTHERS: &[(&str, &str)] = &[
    ("no such file", "cause-missing"),
    ("cannot find the", "cause-missing"),
    ("permission denied", "cause-denied"),
    ("access is denied", "cause-denied"),
    ("operation not permitted", "cause-denied"),
    ("no space left", "cause-disk-full"),
    ("disk is full", "cause-disk-full"),
    ("not enough space", "cause-disk-full"),
    ("quota exceeded", "cause-disk-full"),
    ("read-only file", "cause-read-only"),
    ("readonly database", "cause-read-only"),
    ("is a directory", "cause-folder"),
    ("is locked", "cause-in-use"),
    ("resource busy", "cause-in-use"),
    ("file busy", "cause-in-use"),
    ("being used by another", "cause-in-use"),
    ("temporarily unavailable", "cause-in-use"),
    ("stale file handle", "cause-gone"),
    ("stale nfs", "cause-gone"),
    ("no such device", "cause-gone"),
    ("timed out", "cause-gone"),
    ("network", "cause-gone"),
    ("input/output error", "cause-device"),
    ("disk i/o error", "cause-device"),
    ("file too large", "cause-size-limit"),
    ("cannot allocate", "cause-memory"),
    ("out of memory", "cause-memory"),
    ("broken pipe", "cause-pipe"),
    ("name too long", "cause-name-long"),
    ("not a database", "cause-not-database"),
    ("database disk image is malformed", "cause-database"),
    ("database corrupt", "cause-database"),
    ("no such table", "cause-no-table"),
    ("no such column", "cause-no-table"),
    ("password", "cause-password"),
    ("encrypted", "cause-password"),
    ("compression method", "cause-packing"),
    ("multi-disk", "cause-packing"),
    ("checksum", "cause-checksum"),
    ("deflate", "cause-checksum"),
    ("eocd", "cause-no-zip"),
    ("invalid zip archive", "cause-no-zip"),
    ("central directory", "cause-no-zip"),
    ("expected `</", "cause-xml-tags"),
    ("end tag", "cause-xml-tags"),
    ("close tag", "cause-xml-tags"),
    ("tag not closed", "cause-xml-tags"),
    ("eof while parsing", "cause-cut"),
    ("end of file", "cause-cut"),
    ("unexpected eof", "cause-cut"),
    ("early eof", "cause-cut"),
    ("fill whole buffer", "cause-cut"),
    ("before end of input", "cause-cut"),
    ("utf-8", "cause-not-text"),
    ("ill-formed", "cause-xml"),
    ("syntax error", "cause-xml"),
    ("parsing attribute", "cause-xml"),
    ("expected value", "cause-json"),
    ("trailing c", "cause-json"),
    ("expected `", "cause-json"),
    ("key must be a string", "cause-json"),
];

/// A cause as it is told: our words, then theirs after a dash; theirs alone where nothing is known
/// of it.
#[must_use]
pub(super) fn words(lang: Lang, cause: &str) -> String {
    if let Some((_, key)) = OWN.iter().find(|(own, _)| *own == cause) {
        return tr(lang, key);
    }
    let lower = cause.to_lowercase();
    match OTHERS.iter().find(|(part, _)| lower.contains(part)) {
        Some((_, key)) => format!("{} – {cause}", tr(lang, key)),
        None => cause.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Problem, has};
    use std::io::{Error, Read};

    #[test]
    fn every_cause_has_words_and_none_hides_another() {
        for (part, key) in OWN.iter().chain(OTHERS) {
            assert!(Lang::ALL.iter().all(|l| has(*l, key)), "{key}");
            let is_own = OWN.iter().any(|(own, _)| own == part);
            let first = OTHERS.iter().find(|(other, _)| part.contains(other));
            assert!(is_own || first.map(|(_, k)| k) == Some(key), "{part}");
        }
    }

    #[test]
    fn what_the_system_and_libraries_really_say_is_known() {
        let short = (&b"ab"[..]).read_exact(&mut [0; 4]).unwrap_err();
        let json = |text: &str| serde_json::from_str::<u8>(text).unwrap_err().to_string();
        let text = String::from_utf8(vec![0xff]).unwrap_err();
        let xml = {
            let mut reader = quick_xml::Reader::from_str("<a></b>");
            let mut error = None;
            while error.is_none() {
                error = reader.read_event().err();
            }
            error.map(|e| e.to_string()).unwrap_or_default()
        };
        // The numbers of another system mean other things.
        let system = [
            (13, "cause-denied"),
            (28, "cause-disk-full"),
            (5, "cause-device"),
        ];
        let system = system.into_iter().filter(|_| cfg!(unix));
        let system = system.map(|(n, key)| (Error::from_raw_os_error(n).to_string(), key));
        let others = [
            (short.to_string(), "cause-cut"),
            (json(""), "cause-cut"),
            (json("x"), "cause-json"),
            (text.to_string(), "cause-not-text"),
            (xml, "cause-xml-tags"),
        ];
        for (cause, key) in system.chain(others) {
            for lang in Lang::ALL {
                let said = words(lang, &cause);
                assert_eq!(said, format!("{} – {cause}", tr(lang, key)));
            }
        }
    }

    #[test]
    fn a_spanish_message_is_not_half_english() {
        let problem = Problem::new("problem-fgb").with("file", "a.fgb");
        let own = problem.clone().with("cause", "it breaks off");
        assert!(own.message(Lang::Es).contains("se interrumpe"));
        assert!(!own.message(Lang::Es).contains("breaks"));
        let others = problem.with("cause", "database is locked");
        let said = others.message(Lang::Es);
        assert!(said.contains("otro programa lo está usando – database is locked"));
    }
}
