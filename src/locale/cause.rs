//! Why a file could not be used, as libraries and the system put it, in words of ours. They speak
//! English alone; what we know of is said in the language of the window, and their own words follow
//! for whoever looks into it.

use super::{Lang, TextKey, tr};

/// Sentences of our own modules, which stand for themselves.
const OWN: &[(&str, TextKey)] = &[
    (
        "a cell names a text that is not there",
        text!("cause-no-text"),
    ),
    ("a row has more than 16384 cells", text!("cause-row-cells")),
    ("elements lie too deep in each other", text!("cause-deep")),
    ("it breaks off", text!("cause-breaks-off")),
    (
        "it is no dBASE III, IV or FoxPro table",
        text!("cause-no-dbase"),
    ),
    (
        "it is of another version than 3",
        text!("cause-fgb-version"),
    ),
    (
        "it is repeated beyond the end of a sheet",
        text!("cause-repeated"),
    ),
    (
        "its columns do not fit its rows",
        text!("cause-columns-rows"),
    ),
    ("its header breaks off", text!("cause-header-cut")),
    (
        "its index is longer than the file",
        text!("cause-index-long"),
    ),
    ("its rows are out of order", text!("cause-row-order")),
    (
        "the row after it has a number that cannot be",
        text!("cause-row-number"),
    ),
];

/// What others say, in lower case, and what it means; the first that is found counts.
const OTHERS: &[(&str, TextKey)] = &[
    ("no such file", text!("cause-missing")),
    ("cannot find the", text!("cause-missing")),
    ("permission denied", text!("cause-denied")),
    ("access is denied", text!("cause-denied")),
    ("operation not permitted", text!("cause-denied")),
    ("no space left", text!("cause-disk-full")),
    ("disk is full", text!("cause-disk-full")),
    ("not enough space", text!("cause-disk-full")),
    ("quota exceeded", text!("cause-disk-full")),
    ("read-only file", text!("cause-read-only")),
    ("readonly database", text!("cause-read-only")),
    ("is a directory", text!("cause-folder")),
    ("is locked", text!("cause-in-use")),
    ("resource busy", text!("cause-in-use")),
    ("file busy", text!("cause-in-use")),
    ("being used by another", text!("cause-in-use")),
    ("temporarily unavailable", text!("cause-in-use")),
    ("stale file handle", text!("cause-gone")),
    ("stale nfs", text!("cause-gone")),
    ("no such device", text!("cause-gone")),
    ("timed out", text!("cause-gone")),
    ("network", text!("cause-gone")),
    ("input/output error", text!("cause-device")),
    ("disk i/o error", text!("cause-device")),
    ("file too large", text!("cause-size-limit")),
    ("cannot allocate", text!("cause-memory")),
    ("out of memory", text!("cause-memory")),
    ("broken pipe", text!("cause-pipe")),
    ("name too long", text!("cause-name-long")),
    ("not a database", text!("cause-not-database")),
    ("database disk image is malformed", text!("cause-database")),
    ("database corrupt", text!("cause-database")),
    ("no such table", text!("cause-no-table")),
    ("no such column", text!("cause-no-table")),
    ("password", text!("cause-password")),
    ("encrypted", text!("cause-password")),
    ("compression method", text!("cause-packing")),
    ("multi-disk", text!("cause-packing")),
    ("checksum", text!("cause-checksum")),
    ("deflate", text!("cause-checksum")),
    ("eocd", text!("cause-no-zip")),
    ("invalid zip archive", text!("cause-no-zip")),
    ("central directory", text!("cause-no-zip")),
    ("expected `</", text!("cause-xml-tags")),
    ("end tag", text!("cause-xml-tags")),
    ("close tag", text!("cause-xml-tags")),
    ("tag not closed", text!("cause-xml-tags")),
    ("eof while parsing", text!("cause-cut")),
    ("end of file", text!("cause-cut")),
    ("unexpected eof", text!("cause-cut")),
    ("early eof", text!("cause-cut")),
    ("fill whole buffer", text!("cause-cut")),
    ("before end of input", text!("cause-cut")),
    ("utf-8", text!("cause-not-text")),
    ("ill-formed", text!("cause-xml")),
    ("syntax error", text!("cause-xml")),
    ("parsing attribute", text!("cause-xml")),
    ("expected value", text!("cause-json")),
    ("trailing c", text!("cause-json")),
    ("expected `", text!("cause-json")),
    ("key must be a string", text!("cause-json")),
];

/// A cause as it is told: our words, then theirs after a dash; theirs alone where nothing is known
/// of it.
#[must_use]
pub(super) fn words(lang: Lang, cause: &str) -> String {
    if let Some((_, key)) = OWN.iter().find(|(own, _)| *own == cause) {
        return tr(lang, *key);
    }
    let lower = cause.to_lowercase();
    match OTHERS.iter().find(|(part, _)| lower.contains(part)) {
        Some((_, key)) => format!("{} – {cause}", tr(lang, *key)),
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
            assert!(Lang::ALL.iter().all(|l| has(*l, key.as_str())), "{key:?}");
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
            (13, text!("cause-denied")),
            (28, text!("cause-disk-full")),
            (5, text!("cause-device")),
        ];
        let system = system.into_iter().filter(|_| cfg!(unix));
        let system = system.map(|(n, key)| (Error::from_raw_os_error(n).to_string(), key));
        let others = [
            (short.to_string(), text!("cause-cut")),
            (json(""), text!("cause-cut")),
            (json("x"), text!("cause-json")),
            (text.to_string(), text!("cause-not-text")),
            (xml, text!("cause-xml-tags")),
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
        let because =
            |cause: &str| Problem::new(text!("problem-fgb", file = "a.fgb", cause = cause));
        let own = because("it breaks off").message(Lang::Es);
        assert!(own.contains("se interrumpe"));
        assert!(!own.contains("breaks"));
        let said = because("database is locked").message(Lang::Es);
        assert!(said.contains("otro programa lo está usando – database is locked"));
    }
}
