//! What a publisher's file of this folder says of its rows, and what several of them share.

use crate::domain::filter::fold;
use crate::domain::{Actor, ActorType, Record};
use crate::import::fault::Fault;
use crate::import::row::{Columns, Field, FieldColumns, Row, Tally};
use crate::import::values::normal;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

/// Reads the rows of one publisher.
pub struct Profile {
    pub id: &'static str,
    /// Which columns give which fields.
    pub columns: fn() -> Vec<FieldColumns>,
    /// Names of columns without which a file is not of this publisher.
    pub required: &'static [&'static str],
    pub licence: &'static str,
    pub attribution: &'static str,
    /// Whether it is taken only where the user names it.
    pub is_on_request: bool,
    /// Whether its rows are series of numbers at places, which need no position.
    pub gives_series: bool,
    /// Whether its files are made by hand and may end in a row that sums up the others.
    pub has_total_rows: bool,
    /// Whether its files are people's own: they are datasets of their own, and what all rows have in common
    /// may be left out of them, to be given by the user.
    pub is_peoples_own: bool,
    /// The columns of its files that come without a header, where the first row of one is surely of this
    /// publisher.
    pub headerless: fn(&[String]) -> Option<&'static [&'static str]>,
    /// The `external_id` of the row, also where it cannot be taken: a row that was there is not
    /// missing. Empty where it has none, or none that can be known.
    pub key: fn(&Row) -> String,
    /// What the row tells. An empty `external_id` asks for one made of the content. An error names the
    /// first thing in the row that cannot be taken.
    pub draft: fn(&Row, &mut Tally) -> Result<Record, Fault>,
}

/// The profile of people's own tables.
pub const OWN: &str = "own";

impl Profile {
    /// A publisher's profile, found by its columns.
    pub const fn new(
        id: &'static str,
        columns: fn() -> Vec<FieldColumns>,
        draft: fn(&Row, &mut Tally) -> Result<Record, Fault>,
    ) -> Profile {
        Profile {
            id,
            columns,
            required: &[],
            licence: "",
            attribution: "",
            is_on_request: false,
            gives_series: false,
            has_total_rows: false,
            is_peoples_own: false,
            headerless: |_| None,
            key: |row| row.text(Field::Id),
            draft,
        }
    }

    /// The dataset that the rows of a file belong to, unless the user names one: that of the publisher, or
    /// the name of the file in lower case and hyphens.
    pub fn dataset(&self, path: &Path) -> String {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let words: Vec<String> = stem
            .split(|c: char| !c.is_alphanumeric())
            .map(normal)
            .filter(|word| !word.is_empty())
            .collect();
        match (self.is_peoples_own, words.is_empty()) {
            (false, _) => self.id.to_owned(),
            (true, true) => OWN.to_owned(),
            (true, false) => words.join("-"),
        }
    }

    /// What of a file its rows are read from.
    pub fn reads(&self) -> Columns {
        Columns {
            profile: self.id,
            fields: (self.columns)(),
            is_own: self.id == OWN,
            gives_series: self.gives_series,
            takes_values: self.is_peoples_own,
        }
    }
}

/// What an actor's name gives away of its type. Few names make many rows, so the last ones asked for
/// are remembered.
pub fn type_by_name(name: &str) -> Option<ActorType> {
    const REMEMBERED: usize = 10_000;
    thread_local! {
        static TYPES: RefCell<HashMap<String, Option<ActorType>>> = RefCell::default();
    }
    TYPES.with_borrow_mut(|types| {
        if let Some(known) = types.get(name) {
            return *known;
        }
        if types.len() >= REMEMBERED {
            types.clear();
        }
        let found = look_for_type(name);
        types.insert(name.to_owned(), found);
        found
    })
}

fn look_for_type(name: &str) -> Option<ActorType> {
    const CARTELS: [&str; 12] = [
        "cartel",
        "gang",
        "zetas",
        "la familia",
        "nueva familia",
        "templarios",
        "mara salvatrucha",
        "barrio 18",
        "los aztecas",
        "la linea",
        "los rojos",
        "los ardillos",
    ];
    let name = match name.is_ascii() {
        true => name.to_ascii_lowercase(),
        false => fold(name),
    };
    let starts = |prefix: &str| name.starts_with(prefix);
    if starts("civilians") || starts("civiles") {
        Some(ActorType::Civilians)
    } else if starts("government of") || starts("gobierno de") {
        Some(ActorType::Government)
    } else if starts("military forces of") {
        Some(ActorType::Military)
    } else if starts("police forces of") {
        Some(ActorType::Police)
    } else if CARTELS.iter().any(|word| name.contains(word)) {
        Some(ActorType::CartelOrGang)
    } else {
        None
    }
}

/// What happened, and the names of those who took part.
pub fn titled(label: &str, names: &[&str]) -> String {
    match names {
        [] => label.to_owned(),
        _ => format!("{label}: {}", names.join(" – ")),
    }
}

/// A side of one actor; nobody where the name is empty.
pub fn side(name: &str, actor_type: ActorType) -> Vec<Actor> {
    match name {
        "" => Vec::new(),
        name => vec![Actor::new(name, actor_type)],
    }
}
