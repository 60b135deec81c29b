//! What a row says that need not be written in full in each: a Spanish title that is made of the kind
//! and the title, and the names and repeated values of further columns, which many rows of a file share.

use crate::domain::Kind;
use crate::import;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The Spanish title that says no more than kind and title: the kind's name in place of the source's
/// label. `Looting: Unidentified Gang` of `Looting` is `Saqueo: Unidentified Gang`.
fn spanish_title(kind: Kind, source_kind: &str, title: &str) -> Option<String> {
    let rest = title
        .strip_prefix(source_kind)
        .filter(|_| !source_kind.is_empty())?;
    (rest.is_empty() || rest.starts_with(": "))
        .then(|| format!("{}{rest}", import::kind_in_spanish(kind)))
}

/// `title_es` as it is written: empty where it can be made again.
pub(super) fn title_es<'t>(
    kind: Kind,
    source_kind: &str,
    title: &str,
    es: Option<&'t str>,
) -> Option<&'t str> {
    let es = es?;
    let rest = title
        .strip_prefix(source_kind)
        .filter(|_| !source_kind.is_empty());
    let is_made = rest.is_some_and(|rest| {
        (rest.is_empty() || rest.starts_with(": "))
            && es.strip_suffix(rest) == Some(import::kind_in_spanish(kind))
    });
    Some(if is_made { "" } else { es })
}

/// Makes `told_es(kind, source_kind, title, title_es)` known to a connection: `title_es` in full.
pub(super) fn register_functions(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("told_es", 4, flags, |ctx: &Context<'_>| {
        let text = |i: usize| ctx.get_raw(i).as_str().ok();
        Ok(match text(3) {
            Some("") => {
                let kind = text(0).and_then(Kind::from_code).unwrap_or(Kind::Other);
                let [source_kind, title] = [text(1), text(2)].map(Option::unwrap_or_default);
                spanish_title(kind, source_kind, title)
            }
            es => es.map(str::to_owned),
        })
    })
}

/// What further columns of one import have in common, as `import.extra_names` lists it: names, and names with
/// a value. A row has the numbers of its entries in place of them.
#[derive(Default)]
pub(super) struct Names {
    listed: Vec<Listed>,
    columns: Vec<Column>,
    by_name: HashMap<String, usize, Hashing>,
    /// That of each pair of the last row, which the next one mostly has in the same order.
    last: Vec<usize>,
}

type Hashing = foldhash::fast::RandomState;

/// An entry of the list.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Listed {
    Name(String),
    /// A value that rows have under this name.
    Pair(String, String),
}

/// One of the further columns.
struct Column {
    number: usize,
    /// Numbers of the values that are listed.
    values: HashMap<String, usize, Hashing>,
    /// Whether more are.
    is_open: bool,
}

/// Values listed of a column, the first ones, and how long they may be. Whether a value is listed does not change
/// any more once it was seen, so that a row put back is written as it was.
const MOST_VALUES: usize = 512;
const LONGEST_VALUE: usize = 80;

impl Names {
    /// Further columns as `[0,"2024",3,"Battles",7]`, where 7 is a name with its value; `None` where there are none.
    pub(super) fn written<'t>(
        &mut self,
        extra: &[(String, String)],
        json: &'t mut Vec<u8>,
    ) -> Option<&'t str> {
        json.clear();
        for (i, (name, value)) in extra.iter().enumerate() {
            json.push(if json.is_empty() { b'[' } else { b',' });
            let column = self.column(i, name);
            // Writing to memory does not fail.
            if let Some(pair) = self.pair(column, value) {
                let _ = serde_json::to_writer(&mut *json, &pair);
            } else {
                let _ = serde_json::to_writer(&mut *json, &self.columns[column].number);
                json.push(b',');
                let _ = serde_json::to_writer(&mut *json, value);
            }
        }
        json.push(b']');
        std::str::from_utf8(json).ok().filter(|_| !extra.is_empty())
    }

    fn column(&mut self, at: usize, name: &str) -> usize {
        let before = self.last.get(at).copied();
        if let Some(n) = before.filter(|n| self.is_named(*n, name)) {
            return n;
        }
        let n = match self.by_name.get(name) {
            Some(n) => *n,
            None => self.add_column(name.to_owned(), self.listed.len(), true),
        };
        if self.columns[n].number == self.listed.len() {
            self.listed.push(Listed::Name(name.to_owned()));
        }
        self.last.resize(self.last.len().max(at + 1), n);
        self.last[at] = n;
        n
    }

    fn is_named(&self, column: usize, name: &str) -> bool {
        matches!(self.listed.get(self.columns[column].number), Some(Listed::Name(n)) if n == name)
    }

    fn add_column(&mut self, name: String, number: usize, is_open: bool) -> usize {
        self.columns.push(Column {
            number,
            values: HashMap::default(),
            is_open,
        });
        self.by_name.insert(name, self.columns.len() - 1);
        self.columns.len() - 1
    }

    /// The number of a value with its name, where it is listed.
    fn pair(&mut self, column: usize, value: &str) -> Option<usize> {
        let of = &mut self.columns[column];
        if let Some(number) = of.values.get(value) {
            return Some(*number);
        }
        if !of.is_open || value.len() > LONGEST_VALUE {
            return None;
        }
        let Some(Listed::Name(name)) = self.listed.get(of.number) else {
            return None;
        };
        let (number, pair) = (
            self.listed.len(),
            Listed::Pair(name.clone(), value.to_owned()),
        );
        self.listed.push(pair);
        of.values.insert(value.to_owned(), number);
        of.is_open = of.values.len() < MOST_VALUES;
        Some(number)
    }

    /// Whether the list stays short with these: it is read with each row.
    pub(super) fn takes(&self, extra: &[(String, String)]) -> bool {
        const MOST: usize = 1_000;
        self.columns.len() + extra.len() <= MOST || self.knows(extra)
    }

    /// Those that an import left; nothing is added to them any more.
    pub(super) fn from_json(json: &str) -> Names {
        let mut names = Names::default();
        let listed: Vec<Listed> = serde_json::from_str(json).unwrap_or_default();
        for (number, entry) in listed.iter().enumerate() {
            match entry {
                Listed::Name(name) if !names.by_name.contains_key(name) => {
                    names.add_column(name.clone(), number, false);
                }
                Listed::Pair(name, value) => {
                    let column = names.by_name.get(name).copied();
                    if let Some(column) = column.and_then(|n| names.columns.get_mut(n)) {
                        column.values.insert(value.clone(), number);
                    }
                }
                Listed::Name(_) => {}
            }
        }
        names.listed = listed;
        names
    }

    /// Whether it has a number for each of these.
    pub(super) fn knows(&self, extra: &[(String, String)]) -> bool {
        extra
            .iter()
            .all(|(name, _)| self.by_name.contains_key(name))
    }

    /// As `import.extra_names` has them; `None` where there are none.
    pub(super) fn to_json(&self) -> Option<String> {
        let json = serde_json::to_string(&self.listed).ok();
        json.filter(|_| !self.listed.is_empty())
    }
}

/// Further columns with their names: an object as earlier versions wrote, or numbers of `names`, which
/// is a JSON array. What is neither, as another program may have written it, is left out.
pub(super) fn extra_columns(extra: &str, names: &str) -> Vec<(String, String)> {
    if !extra.starts_with('[') {
        return object(extra);
    }
    let values: Vec<serde_json::Value> = serde_json::from_str(extra).unwrap_or_default();
    let listed: Vec<Listed> = serde_json::from_str(names).unwrap_or_default();
    let mut values = values.iter();
    let mut pairs = Vec::new();
    while let Some(number) = values.next() {
        let number = number.as_u64().and_then(|n| usize::try_from(n).ok());
        match number.and_then(|n| listed.get(n)) {
            Some(Listed::Pair(name, value)) => pairs.push((name.clone(), value.clone())),
            Some(Listed::Name(name)) => {
                let value = values.next().and_then(|v| v.as_str()).unwrap_or_default();
                pairs.push((name.clone(), value.to_owned()));
            }
            None => {}
        }
    }
    pairs
}

/// Further columns of a row that carries their names.
pub(super) fn object(json: &str) -> Vec<(String, String)> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).unwrap_or_default();
    object
        .into_iter()
        .map(|(k, v)| (k, v.as_str().unwrap_or_default().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_title_that_can_be_made_is_not_written() {
        let kind = Kind::GunBattle;
        let name = import::kind_in_spanish(kind);
        let made = format!("{name}: Army – Cartel: one");
        let es = |source: &str, title: &str, es: Option<&str>| {
            let written = title_es(kind, source, title, es).map(str::to_owned);
            if written.as_deref() == Some("") {
                assert_eq!(spanish_title(kind, source, title).as_deref(), es);
            }
            written
        };
        let title = "Armed clash: Army – Cartel: one";
        assert_eq!(es("Armed clash", title, Some(&made)).as_deref(), Some(""));
        assert_eq!(
            es("Armed clash", "Armed clash", Some(name)).as_deref(),
            Some("")
        );
        for (source, title, own) in [
            ("Armed clash", title, "Otro"),
            ("Armed", title, made.as_str()),
            ("", "", name),
            ("Armed clash", "Balacera", name),
        ] {
            assert_eq!(es(source, title, Some(own)).as_deref(), Some(own));
        }
        assert_eq!(es("Armed clash", title, None), None);
    }

    #[test]
    fn the_first_values_of_a_column_are_listed_and_the_list_stays_short() {
        let mut names = Names::default();
        let row = |iso: &str, note: &str| {
            [("iso", iso), ("note", note)].map(|(n, v)| (n.to_owned(), v.to_owned()))
        };
        let mut written = |iso: &str, note: &str| {
            let json = &mut Vec::new();
            names.written(&row(iso, note), json).unwrap().to_owned()
        };
        assert_eq!(written("484", "a"), "[1,3]");
        assert_eq!(written("484", "b"), "[1,4]");
        let long = "x".repeat(81);
        assert_eq!(written("484", &long), format!(r#"[1,2,"{long}"]"#));
        for n in 0..10_000 {
            written("484", &format!("n{n}"));
        }
        assert_eq!(written("484", "n9999"), r#"[1,2,"n9999"]"#);
        assert_eq!(written("484", "n1"), "[1,6]");
        let listed = names.to_json().unwrap();
        assert!(listed.starts_with(r#"["iso",["iso","484"],"note",["note","a"],["note","b"]"#));
        assert!(listed.len() < 10_000);
        assert_eq!(
            extra_columns(r#"[1,2,"n9999"]"#, &listed),
            row("484", "n9999")
        );
        // As version 4 began: names alone.
        let old = extra_columns(r#"[1,"x",0,"484"]"#, r#"["iso","note"]"#);
        assert_eq!(old, row("484", "x").into_iter().rev().collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn further_columns_come_back_in_their_order(
            rows in proptest::collection::vec(proptest::collection::vec(("[a-d]{0,2}", "[a-c]{0,2}|.{0,6}"), 0..6), 1..20)
        ) {
            let mut names = Names::default();
            let mut written = Vec::new();
            for row in &rows {
                written.push(names.written(row, &mut Vec::new()).map(str::to_owned));
            }
            let listed = names.to_json().unwrap_or_default();
            for (row, written) in rows.iter().zip(written) {
                prop_assert_eq!(&extra_columns(&written.unwrap_or_default(), &listed), row);
            }
            // As the past of a case is put back: with the list as it is.
            let mut again = Names::from_json(&listed);
            for row in &rows {
                let written = again.written(row, &mut Vec::new()).map(str::to_owned);
                prop_assert_eq!(&extra_columns(&written.unwrap_or_default(), &listed), row);
            }
            prop_assert_eq!(again.to_json().unwrap_or_default(), listed);
        }
    }
}
