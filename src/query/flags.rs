//! The flags of the parts of a filter as data, and what was given for them.

use crate::locale::Problem;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

/// A flag of the command line.
pub struct Flag {
    /// Without its dashes.
    pub name: &'static str,
    pub takes: Takes,
    pub help: &'static str,
    /// Its place in the help, lowest first.
    pub place: usize,
    /// Another flag that is to be there with it.
    pub requires: Option<&'static str>,
}

/// What follows a flag; the words are those of its value in the help.
#[derive(Clone, Copy)]
pub enum Takes {
    Nothing,
    One(&'static str),
    /// May begin with a minus.
    Signed(&'static str),
    Number(&'static str),
    /// May be given more than once.
    Many(&'static str),
    /// And is cut at commas.
    Listed(&'static str),
    File(&'static str),
}

impl Flag {
    pub const fn new(place: usize, name: &'static str, takes: Takes, help: &'static str) -> Flag {
        let requires = None;
        Flag {
            name,
            takes,
            help,
            place,
            requires,
        }
    }
}

/// Flags that were given, with what was typed for them.
#[derive(Clone, Debug, Default)]
pub struct Given(BTreeMap<&'static str, Vec<OsString>>);

impl Given {
    pub fn insert(&mut self, flag: &'static str, values: Vec<OsString>) {
        self.0.insert(flag, values);
    }

    #[must_use]
    pub fn has(&self, flag: &str) -> bool {
        self.0.contains_key(flag)
    }

    #[must_use]
    pub fn file(&self, flag: &str) -> Option<&OsStr> {
        self.0.get(flag)?.first().map(OsString::as_os_str)
    }

    #[must_use]
    pub fn one(&self, flag: &str) -> Option<&str> {
        self.file(flag)?.to_str()
    }

    #[must_use]
    pub fn number(&self, flag: &str) -> Option<u32> {
        self.one(flag)?.parse().ok()
    }

    pub fn all(&self, flag: &str) -> impl Iterator<Item = &str> {
        let values = self.0.get(flag).into_iter().flatten();
        values.filter_map(|value| value.to_str())
    }

    /// What is typed for a flag, trimmed and without what is empty then.
    pub fn names(&self, flag: &str) -> impl Iterator<Item = &str> {
        self.all(flag)
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }

    /// A day, for a month or a year its last one where `last` is.
    pub fn day(&self, flag: &str, last: bool) -> Result<Option<Date>, Problem> {
        self.one(flag)
            .map(|text| parse_date(text, last))
            .transpose()
    }
}

/// A day, or the first or last one of a month or year.
///
/// # Errors
/// It is no such date.
pub fn parse_date(text: &str, last: bool) -> Result<Date, Problem> {
    let bad = || Problem::new(text!("problem-date-argument", value = text));
    let padded = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return Err(bad()),
    };
    let date: Date = padded.parse().map_err(|_| bad())?;
    Ok(match (text.len(), last) {
        (4, true) => date.last_of_year(),
        (7, true) => date.last_of_month(),
        _ => date,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_dates_mean_their_ends() {
        let date = |t: &str, last| parse_date(t, last).unwrap().to_string();
        assert_eq!(date("2024", false), "2024-01-01");
        assert_eq!(date("2024", true), "2024-12-31");
        assert_eq!(date("2024-02", true), "2024-02-29");
        assert_eq!(date("2024-02-10", true), "2024-02-10");
        for bad in [
            "",
            "24",
            "2023-02-29",
            "2023-13",
            "20230101",
            "yesterday",
            "2023-1-1",
        ] {
            assert!(parse_date(bad, false).is_err(), "{bad}");
        }
    }
}
