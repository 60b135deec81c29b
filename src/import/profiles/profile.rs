//! What a publisher's file of this folder says of its rows, and what several of them share.

use crate::domain::filter::fold;
use crate::domain::{Actor, ActorType, Incident, PlaceSeries};
use crate::import::fault::Fault;
use crate::import::row::{Columns, Field, FieldColumns, Row, Tally};
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

/// What a profile reads a row as.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    Incident(Box<Incident>),
    Series(Box<PlaceSeries>),
}

/// Reads the rows of one publisher.
pub trait Profile: Sync {
    fn id(&self) -> &'static str;

    /// Which columns give which fields, names as [`normal`] writes them.
    fn columns(&self) -> Vec<FieldColumns>;

    /// Names of columns without which a file is not of this publisher.
    fn required(&self) -> &'static [&'static str];

    /// Of the rows of a file, unless the user names one.
    fn dataset(&self, path: &Path) -> String;

    fn licence(&self) -> &'static str {
        ""
    }

    fn attribution(&self) -> &'static str {
        ""
    }

    /// Whether it is taken only where the user names it.
    fn is_on_request(&self) -> bool {
        false
    }

    /// Whether its rows are series of numbers at places, which need no position.
    fn gives_series(&self) -> bool {
        false
    }

    /// Whether its files may leave out what all rows have in common, to be given by the user.
    fn takes_values(&self) -> bool {
        false
    }

    /// Whether its files are made by hand and may end in a row that sums up the others.
    fn has_total_rows(&self) -> bool {
        false
    }

    /// The columns of its files that come without a header, where `first`, the first row of one, is
    /// surely of this publisher.
    fn headerless(&self, _first: &[String]) -> Option<&'static [&'static str]> {
        None
    }

    /// The `external_id` of the row, also where it cannot be taken: a row that was there is not
    /// missing. Empty where it has none, or none that can be told.
    fn key(&self, row: &Row) -> String {
        row.text(Field::Id)
    }

    /// What the row tells. An empty `external_id` asks for one made of the content.
    ///
    /// # Errors
    /// The first thing in the row that cannot be taken.
    fn draft(&self, row: &Row, tally: &mut Tally) -> Result<Draft, Fault>;
}

impl dyn Profile {
    /// What of a file its rows are read from.
    pub fn reads(&self) -> Columns {
        Columns {
            profile: self.id(),
            fields: self.columns(),
            is_own: self.id() == OWN,
            gives_series: self.gives_series(),
            takes_values: self.takes_values(),
        }
    }
}

/// The profile of people's own tables.
pub const OWN: &str = "own";

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

/// A side of one actor; nobody where the name is empty.
pub fn side(name: &str, actor_type: ActorType) -> Vec<Actor> {
    match name {
        "" => Vec::new(),
        name => vec![Actor::new(name, actor_type)],
    }
}
