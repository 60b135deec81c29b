//! One file a publisher: what its columns and codes mean.

mod acled;
mod own;
mod ucdp_ged;

use super::field::{Field, normal};
use super::mapping::Row;
use super::report::{Fault, Tally};
use crate::domain::filter::fold;
use crate::domain::{Actor, ActorType, Incident};
use crate::locale::Problem;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

/// Names of the columns a field may be read from, the preferred one first.
pub type FieldColumns = (Field, &'static [&'static str]);

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

    /// How well the header fits: the number of its columns that are known, or `None` where a
    /// required one is missing. `names` are as [`normal`] writes them.
    fn score(&self, names: &[String]) -> Option<usize> {
        let has = |name: &str| names.iter().any(|n| n == name);
        let known = |name: &String| {
            self.columns()
                .iter()
                .any(|(_, c)| c.contains(&name.as_str()))
        };
        self.required()
            .iter()
            .all(|name| has(name))
            .then(|| names.iter().filter(|n| known(n)).count())
    }

    /// What the row tells. An empty `external_id` asks for one made of the content.
    ///
    /// # Errors
    /// The first thing in the row that cannot be taken.
    fn draft(&self, row: &Row, tally: &mut Tally) -> Result<Incident, Fault>;
}

static PROFILES: [&dyn Profile; 3] = [&ucdp_ged::UcdpGed, &acled::Acled, &own::Own];

/// Every profile; the last one takes any file.
#[must_use]
pub fn profiles() -> &'static [&'static dyn Profile] {
    &PROFILES
}

/// The profile the user names, else the one that fits the columns best.
///
/// # Errors
/// There is no profile of that name, or the file is one that no profile can take.
pub fn choose(
    path: &Path,
    id: Option<&str>,
    columns: &[String],
) -> Result<&'static dyn Profile, Problem> {
    if let Some(id) = id {
        return PROFILES
            .iter()
            .copied()
            .find(|p| p.id() == id)
            .ok_or_else(|| {
                let known: Vec<&str> = PROFILES.iter().map(|p| p.id()).collect();
                Problem::new("problem-profile-unknown")
                    .with("profile", id)
                    .with("known", known.join(", "))
            });
    }
    let names: Vec<String> = columns.iter().map(|c| normal(c)).collect();
    if acled::is_weekly_aggregate(&names) {
        return Err(Problem::file("problem-acled-aggregate", path));
    }
    // A publisher's own columns beat a mere likeness of names.
    let (own, publishers) = PROFILES.split_last().unwrap_or((&PROFILES[2], &[]));
    let fitting = publishers
        .iter()
        .filter_map(|p| Some((p.score(&names)?, *p)));
    Ok(fitting
        .max_by_key(|(score, _)| *score)
        .map_or(*own, |(_, p)| p))
}

/// What an actor's name gives away of its type. Few names make many rows, so the last ones asked for
/// are remembered.
fn type_by_name(name: &str) -> Option<ActorType> {
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
fn side(name: &str, actor_type: ActorType) -> Vec<Actor> {
    match name {
        "" => Vec::new(),
        name => vec![Actor::new(name, actor_type)],
    }
}
