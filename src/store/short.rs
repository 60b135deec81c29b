//! What a row says that need not be written in full in each: a Spanish title that is made of the kind
//! and the title, and the names of further columns, which a file has the same in every row.

use crate::domain::Kind;
use crate::import;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use std::borrow::Cow;
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

/// The names of further columns of one import, in the order in which its rows brought them: a row has
/// their numbers in place of the names.
#[derive(Default)]
pub(super) struct Names {
    all: Vec<String>,
    numbers: HashMap<String, usize>,
    /// That of each pair of the last row, which the next one mostly has in the same order.
    last: Vec<usize>,
}

impl Names {
    /// Further columns as `[0,"2024",3,"Battles"]`; `None` where there are none.
    pub(super) fn written<'t>(
        &mut self,
        extra: &[(String, String)],
        json: &'t mut Vec<u8>,
    ) -> Option<&'t str> {
        json.clear();
        for (i, (name, value)) in extra.iter().enumerate() {
            json.push(if json.is_empty() { b'[' } else { b',' });
            let number = self.number(i, name);
            // Writing to memory does not fail.
            let _ = serde_json::to_writer(&mut *json, &number);
            json.push(b',');
            let _ = serde_json::to_writer(&mut *json, value);
        }
        json.push(b']');
        std::str::from_utf8(json).ok().filter(|_| !extra.is_empty())
    }

    fn number(&mut self, at: usize, name: &str) -> usize {
        let before = self.last.get(at).copied();
        if let Some(n) = before.filter(|n| self.all[*n] == name) {
            return n;
        }
        let n = match self.numbers.get(name) {
            Some(n) => *n,
            None => {
                let n = self.all.len();
                self.all.push(name.to_owned());
                self.numbers.insert(name.to_owned(), n);
                n
            }
        };
        self.last.resize(self.last.len().max(at + 1), n);
        self.last[at] = n;
        n
    }

    /// Whether the list stays short with these: it is read with each row.
    pub(super) fn takes(&self, extra: &[(String, String)]) -> bool {
        const MOST: usize = 1_000;
        self.all.len() + extra.len() <= MOST || self.knows(extra)
    }

    /// Those that an import left.
    pub(super) fn from_json(json: &str) -> Names {
        let all: Vec<String> = serde_json::from_str(json).unwrap_or_default();
        let numbers = all.iter().cloned().zip(0..).collect();
        Names {
            all,
            numbers,
            last: Vec::new(),
        }
    }

    /// Whether it has a number for each of these.
    pub(super) fn knows(&self, extra: &[(String, String)]) -> bool {
        extra
            .iter()
            .all(|(name, _)| self.numbers.contains_key(name))
    }

    /// As `import.extra_names` has them; `None` where there are none.
    pub(super) fn to_json(&self) -> Option<String> {
        (!self.all.is_empty()).then(|| serde_json::Value::from(self.all.clone()).to_string())
    }
}

/// Further columns with their names: an object as earlier versions wrote, or numbers of `names`, which
/// is a JSON array. What is neither, as another program may have written it, is left out.
pub(super) fn told(extra: &str, names: &str) -> Vec<(String, String)> {
    if !extra.starts_with('[') {
        return object(extra);
    }
    let values: Vec<serde_json::Value> = serde_json::from_str(extra).unwrap_or_default();
    let names: Vec<Cow<'_, str>> = serde_json::from_str(names).unwrap_or_default();
    let pairs = values.as_chunks::<2>().0.iter();
    pairs
        .filter_map(|[number, value]| {
            let name = names.get(usize::try_from(number.as_u64()?).ok()?)?;
            Some((
                name.to_string(),
                value.as_str().unwrap_or_default().to_owned(),
            ))
        })
        .collect()
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

    proptest! {
        #[test]
        fn further_columns_come_back_in_their_order(
            rows in proptest::collection::vec(proptest::collection::vec(("[a-d]{0,2}", ".{0,6}"), 0..6), 1..8)
        ) {
            let mut names = Names::default();
            let mut written = Vec::new();
            for row in &rows {
                written.push(names.written(row, &mut Vec::new()).map(str::to_owned));
            }
            let listed = names.to_json().unwrap_or_default();
            for (row, written) in rows.iter().zip(written) {
                prop_assert_eq!(&told(&written.unwrap_or_default(), &listed), row);
            }
        }
    }
}
