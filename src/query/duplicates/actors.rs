//! Whether two rows name the same actors: datasets write one name in many ways.

use super::reasons::Actors;
use crate::domain::ActorType;
use crate::domain::filter::words;
use crate::index::{Columns, NameId, Row};
use std::collections::HashMap;

/// Words that many names have in common and so tell nothing, folded; in the languages of the
/// datasets.
const GENERIC: [&str; 62] = [
    "and",
    "armada",
    "armado",
    "armados",
    "armed",
    "banda",
    "cartel",
    "carteles",
    "civiles",
    "civilians",
    "con",
    "del",
    "desconocido",
    "desconocidos",
    "estado",
    "estatal",
    "faccion",
    "faction",
    "federal",
    "for",
    "force",
    "forces",
    "former",
    "fuerza",
    "fuerzas",
    "gang",
    "gangs",
    "gobierno",
    "government",
    "group",
    "groups",
    "grupo",
    "grupos",
    "identificado",
    "identificados",
    "las",
    "los",
    "mexican",
    "mexicana",
    "mexicano",
    "mexico",
    "militar",
    "military",
    "militia",
    "municipal",
    "nacional",
    "national",
    "new",
    "nueva",
    "nuevo",
    "other",
    "police",
    "policia",
    "por",
    "presunto",
    "presuntos",
    "state",
    "suspected",
    "the",
    "unidentified",
    "unknown",
    "with",
];

/// Shorter words tell nothing.
const SHORTEST: usize = 3;

/// All names of some columns, made ready to be compared.
pub(super) struct Compared {
    /// By actor id.
    names: Vec<Name>,
}

struct Name {
    /// The same number for what reads the same.
    whole: u32,
    /// Telling words, ascending.
    words: Vec<u32>,
    /// First letters of all its words, where there are three or more, as a word: `CDN`.
    initials: Option<u32>,
    sort: Option<u8>,
}

impl Compared {
    pub(super) fn new(columns: &Columns) -> Compared {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut number = |word: String| {
            let next = numbers.len() as u32;
            *numbers.entry(word).or_insert(next)
        };
        let types = columns.actor_types.iter().copied();
        let types = types.chain(std::iter::repeat(ActorType::Unknown));
        let name = |((_, name), actor_type): ((NameId, &str), ActorType)| {
            let all: Vec<String> = words(name);
            let tells = |word: &&String| {
                let is_number = word.chars().all(|c| c.is_ascii_digit());
                word.len() >= SHORTEST && !is_number && !GENERIC.contains(&word.as_str())
            };
            let mut telling: Vec<u32> = all
                .iter()
                .filter(tells)
                .map(|word| number(word.clone()))
                .collect();
            telling.sort_unstable();
            let letters: String = all.iter().filter_map(|word| word.chars().next()).collect();
            let initials = (all.len() >= SHORTEST).then(|| number(letters));
            // No word has a blank in front.
            let whole = number(format!(" {}", all.join(" ")));
            Name {
                whole,
                words: telling,
                initials,
                sort: sort_of(actor_type),
            }
        };
        Compared {
            names: columns.actors.iter().zip(types).map(name).collect(),
        }
    }

    pub(super) fn of(&self, columns: &Columns, a: Row, b: Row) -> Actors {
        let ids = |row: Row| columns.actors_of(row).iter().map(|actor| actor.actor());
        let name = |id: NameId| &self.names[id.0 as usize];
        let (mut unknown, mut same_sort) = (true, false);
        for x in ids(a) {
            for y in ids(b) {
                let (one, other) = (name(x), name(y));
                if one.is_same(other) {
                    return Actors::Shared(x, y);
                }
                unknown = false;
                same_sort |= match (one.sort, other.sort) {
                    (Some(one), Some(other)) => one == other,
                    _ => true,
                };
            }
        }
        match (unknown, same_sort) {
            (true, _) => Actors::Unknown,
            (_, true) => Actors::SameSort,
            _ => Actors::Differ,
        }
    }
}

impl Name {
    /// Written alike, sharing a telling word, or one the initials of the other.
    fn is_same(&self, other: &Name) -> bool {
        let has = |name: &Name, word: Option<u32>| {
            word.is_some_and(|word| name.words.binary_search(&word).is_ok())
        };
        self.whole == other.whole
            || self.words.iter().any(|word| has(other, Some(*word)))
            || has(other, self.initials)
            || has(self, other.initials)
    }
}

/// What is likely to be taken for another of the same number; `None` where nobody knows.
const fn sort_of(actor_type: ActorType) -> Option<u8> {
    match actor_type {
        ActorType::CartelOrGang | ActorType::ArmedCivilians => Some(0),
        ActorType::Military | ActorType::Police | ActorType::Government => Some(1),
        ActorType::Civilians => Some(2),
        ActorType::ForeignState => Some(3),
        ActorType::Unknown => None,
    }
}
