//! Spellings of one name made one: rows as files wrote them in, columns that filter, group and
//! count by the name out. The commonest spelling is the one shown; the case keeps all of them.

use super::{Columns, NameId, Names, RowActor, Wanted};
use crate::domain::ActorType;
use crate::domain::filter::{Filter, PATH, is_in_admin};
use crate::domain::names::{self, key, shown};
use crate::gazetteer::{AskedAdmin, path_keys, spelling_key};
use std::collections::HashMap;

impl Columns {
    /// Makes one name of the spellings that share a key, in the actors, the places and each level
    /// of the administrative paths; of the columns that were read.
    pub fn unify_names(&mut self, wanted: Wanted) {
        if wanted.has(Wanted::PLACE) {
            let n = count(self.place.iter().copied(), self.places.len());
            let new = unified(&self.places, &n, key);
            self.places = new.apply(&mut self.place);
        }
        if wanted.has(Wanted::ADMIN) {
            let n = count(self.admin.iter().copied(), self.admins.len());
            let new = unified_paths(&self.admins, &n);
            self.admins = new.apply(&mut self.admin);
        }
        if wanted.has(Wanted::ACTORS) {
            let n = count(self.row_actors.iter().map(|a| a.actor()), self.actors.len());
            let new = unified(&self.actors, &n, key);
            if new.names.len() < self.actors.len() {
                self.unify_actors(new, &n);
            }
        }
    }

    /// Writes the names that a filter asks for as they are shown, where the columns have them.
    pub fn respell(&self, filter: &mut Filter) {
        for asked in [&mut filter.actors, &mut filter.side_a, &mut filter.side_b] {
            let names = std::mem::take(asked);
            asked.extend(names.into_iter().map(|name| {
                let found = self.actors.find_spellings(&name);
                found
                    .first()
                    .map_or(name, |id| self.actors.get(*id).to_owned())
            }));
        }
        let is_shown = |asked: &str| self.admins.iter().any(|(_, path)| is_in_admin(path, asked));
        let admin = std::mem::take(&mut filter.admin);
        filter.admin.extend(admin.into_iter().map(|name| {
            if is_shown(&name) {
                return name;
            }
            let asked = AskedAdmin::new(&name);
            let shown = self
                .admins
                .iter()
                .find_map(|(_, path)| asked.shown(path, &path_keys(path)));
            shown.unwrap_or(name)
        }));
    }

    fn unify_actors(&mut self, new: Unified, n: &[u32]) {
        // Of the types that rows give the spellings, that of the commonest one that tells it.
        let mut types = vec![(ActorType::Unknown, 0); new.names.len()];
        for ((old, actor_type), n) in new.of.iter().zip(&self.actor_types).zip(n) {
            let known = &mut types[old.0 as usize];
            if *actor_type != ActorType::Unknown && (known.0 == ActorType::Unknown || *n > known.1)
            {
                *known = (*actor_type, *n);
            }
        }
        let old_start = std::mem::take(&mut self.actor_start);
        let old_actors = std::mem::take(&mut self.row_actors);
        self.actor_start = Vec::with_capacity(old_start.len());
        self.row_actors = Vec::with_capacity(old_actors.len());
        self.actor_start.extend(old_start.first());
        for ends in old_start.windows(2) {
            let first = self.row_actors.len();
            for old in &old_actors[ends[0] as usize..ends[1] as usize] {
                let id = new.of[old.actor().0 as usize];
                // Two spellings in one row are one actor of that row.
                match self.row_actors[first..]
                    .iter_mut()
                    .find(|a| a.actor() == id)
                {
                    Some(a) => {
                        *a = RowActor::new(id, a.on_a() || old.on_a(), a.on_b() || old.on_b());
                    }
                    None => self
                        .row_actors
                        .push(RowActor::new(id, old.on_a(), old.on_b())),
                }
            }
            self.actor_start.push(self.row_actors.len() as u32);
        }
        self.actor_types = types
            .into_iter()
            .map(|(actor_type, _)| actor_type)
            .collect();
        self.actors = new.names;
    }
}

/// New names, and which of them each old one is.
struct Unified {
    names: Names,
    of: Vec<NameId>,
}

impl Unified {
    /// Puts the new ids in place of the old ones.
    fn apply(self, ids: &mut [NameId]) -> Names {
        ids.iter_mut().for_each(|id| *id = self.of[id.0 as usize]);
        self.names
    }
}

/// Rows by name.
fn count(ids: impl Iterator<Item = NameId>, len: usize) -> Vec<u32> {
    let mut n = vec![0; len];
    ids.for_each(|id| n[id.0 as usize] += 1);
    n
}

/// `n` is how often each name stands in a row.
fn unified(old: &Names, n: &[u32], key: impl Fn(&str) -> String) -> Unified {
    let mut best = Best::default();
    let keys: Vec<String> = old.iter().map(|(_, name)| key(name)).collect();
    for (((_, name), key), n) in old.iter().zip(&keys).zip(n) {
        best.add(key, name, *n);
    }
    let mut names = Names::default();
    let of = keys
        .iter()
        .map(|key| names.intern(&shown(best.of(key))))
        .collect();
    Unified { names, of }
}

/// As [`unified`], level by level: a state is spelled alike below every spelling of its country.
fn unified_paths(old: &Names, n: &[u32]) -> Unified {
    let mut best: [Best; 3] = Default::default();
    let paths: Vec<Vec<(String, &str)>> = old.iter().map(|(_, path)| levels(path)).collect();
    for (levels, n) in paths.iter().zip(n) {
        for (best, (key, name)) in best.iter_mut().zip(levels) {
            best.add(key, name, *n);
        }
    }
    let mut found = Names::default();
    let shown = |levels: &Vec<(String, &str)>| {
        let shown = levels.iter().enumerate();
        let shown = shown.map(|(i, (key, name))| best.get(i).map_or(*name, |best| best.of(key)));
        shown.map(names::shown).collect::<Vec<_>>().join(PATH)
    };
    let of = paths
        .iter()
        .map(|levels| found.intern(&shown(levels)))
        .collect();
    Unified { names: found, of }
}

/// The names of a path, each with the key under which its spellings are one.
fn levels(path: &str) -> Vec<(String, &str)> {
    let keys = path_keys(path);
    let names = path.split(PATH).enumerate();
    names
        .map(|(i, name)| (spelling_key(&keys, i), name))
        .collect()
}

/// The commonest spelling of each key so far.
#[derive(Default)]
struct Best<'a> {
    spellings: HashMap<String, HashMap<&'a str, u32>>,
}

impl<'a> Best<'a> {
    fn add(&mut self, key: &str, name: &'a str, n: u32) {
        match self.spellings.get_mut(key) {
            Some(spellings) => *spellings.entry(name).or_default() += n,
            None => {
                let spellings = HashMap::from([(name, n)]);
                self.spellings.insert(key.to_owned(), spellings);
            }
        }
    }

    /// Among equals the one that keeps its accents, then the first by letters: the order in which
    /// rows come does not matter.
    fn of(&self, key: &str) -> &'a str {
        let spellings = self.spellings.get(key).into_iter().flatten();
        let rank = |(name, n): &(&&'a str, &u32)| {
            let accents = name.chars().filter(|c| !c.is_ascii()).count();
            let is_loud = !name.chars().any(char::is_lowercase);
            (**n, !is_loud, accents, std::cmp::Reverse(**name))
        };
        spellings.max_by_key(rank).map_or("", |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Actor, PlaceNames};
    use crate::index::Builder;

    fn columns(rows: &[(&str, &str, &str)]) -> Columns {
        let mut builder = Builder::default();
        for (i, (country, state, actor)) in rows.iter().enumerate() {
            let mut incident =
                crate::scene::sample::incident(0.0, 0.0, crate::domain::Kind::Arrest);
            incident.places = PlaceNames {
                country: (*country).to_owned(),
                admin1: (*state).to_owned(),
                ..PlaceNames::default()
            };
            incident.side_a = vec![Actor::new(*actor, ActorType::Unknown)];
            builder.push(i as i64 + 1, "own", &incident);
        }
        let mut columns = builder.finish();
        columns.unify_names(Wanted::ALL);
        columns
    }

    #[test]
    fn the_commonest_spelling_stands_for_all() {
        let c = columns(&[
            ("Mexico", "Nuevo León", "Cártel del Noreste"),
            ("México", "NUEVO LEON", "CARTEL DEL NORESTE"),
            ("MEX", "Nuevo León state", "Ca\u{301}rtel del  Noreste"),
            ("México", "Nuevo León", "Cártel del Noreste"),
            ("", "Nuevo León", "Los Zetas"),
        ]);
        let admins: Vec<&str> = c.admins.iter().map(|(_, path)| path).collect();
        assert_eq!(admins, ["México / Nuevo León", " / Nuevo León"]);
        let actors: Vec<&str> = c.actors.iter().map(|(_, name)| name).collect();
        assert_eq!(actors, ["Cártel del Noreste", "Los Zetas"]);
        assert_eq!(c.actor_types.len(), 2);
        assert_eq!(c.actor_start, [0, 1, 2, 3, 4, 5]);
        assert_eq!((c.admin[0], c.admin[3]), (NameId(0), NameId(0)));
    }

    #[test]
    fn a_filter_is_written_as_names_are_shown() {
        let c = columns(&[("Mexico", "Nuevo León", "Cártel del Noreste")]);
        let mut filter = Filter {
            actors: ["CARTEL DEL NORESTE".to_owned(), "Nobody".to_owned()].into(),
            admin: ["México / Nuevo Leon".to_owned(), "N.L.".to_owned()].into(),
            ..Filter::default()
        };
        c.respell(&mut filter);
        assert!(filter.actors.contains("Cártel del Noreste") && filter.actors.contains("Nobody"));
        let admin: Vec<&str> = filter.admin.iter().map(String::as_str).collect();
        assert_eq!(admin, ["Mexico / Nuevo León", "Nuevo León"]);
    }

    #[test]
    fn what_shares_no_key_stays_apart() {
        let c = columns(&[("Mexico", "Hidalgo", "A"), ("Mexico", "Guerrero", "B")]);
        assert_eq!((c.admins.len(), c.actors.len()), (2, 2));
    }
}
