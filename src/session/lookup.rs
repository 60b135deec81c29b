//! Finding actors and places by their names while somebody types.

use crate::basemap::{Basemap, Place};
use crate::domain::filter::{PATH, words};
use crate::domain::names::key;
use crate::index::{Columns, NameId};
use std::collections::{BTreeMap, HashSet};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    Actor(NameId),
    /// A country, state or municipality by its path, see [`crate::domain::filter::admin_path`].
    Admin(String),
    /// A place of the incidents, narrower than a municipality.
    Place(NameId),
    /// A town of the built-in map, by its name and degrees.
    Town(String, [f64; 2]),
}

/// The names of a case, made ready to be searched: built once a load.
#[derive(Default)]
pub struct Lookup {
    /// Folded words of each name and then of what it lies in, one a line.
    text: String,
    /// Where each line starts, and where its name ends.
    lines: Vec<(u32, u32)>,
    named: Vec<Named>,
    /// Incidents of each; people for towns of the map, which come last.
    weight: Vec<u64>,
}

/// The best matches, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    pub actors: Vec<NameId>,
    pub places: Vec<Named>,
    /// A place fits better than any actor.
    pub places_lead: bool,
}

/// How well a name fits, best last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Only with the words of what it lies in.
    Around,
    Words,
    Begins,
    Is,
}

impl Lookup {
    /// Of all names in `columns`, and of the towns on the map.
    #[must_use]
    pub fn new(columns: &Columns, towns: &[Place]) -> Lookup {
        let mut lookup = Lookup::default();
        let count = |ids: &[NameId], len: usize| {
            let mut counts = vec![0_u64; len];
            ids.iter().for_each(|id| counts[id.0 as usize] += 1);
            counts
        };
        let mut of_actor = vec![0_u64; columns.actors.len()];
        for actor in &columns.row_actors {
            of_actor[actor.actor().0 as usize] += 1;
        }
        for ((id, name), n) in columns.actors.iter().zip(of_actor) {
            lookup.add(Named::Actor(id), name, "", n);
        }
        // Every level of every path.
        let of_path = count(&columns.admin, columns.admins.len());
        let mut admins: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, path), n) in columns.admins.iter().zip(of_path) {
            let ends = path.match_indices(PATH).map(|(at, _)| at);
            for end in ends.chain([path.len()]) {
                *admins.entry(&path[..end]).or_default() += n;
            }
        }
        for (path, n) in &admins {
            let (around, name) = path.rsplit_once(PATH).unwrap_or(("", path));
            lookup.add(Named::Admin((*path).to_owned()), name, around, *n);
        }
        let of_place = count(&columns.place, columns.places.len());
        for ((id, name), n) in columns.places.iter().zip(of_place) {
            lookup.add(Named::Place(id), name, "", n);
        }
        // A town that the case names needs no second entry.
        let known: HashSet<String> = columns
            .places
            .iter()
            .map(|(_, name)| key(name))
            .chain(
                admins
                    .keys()
                    .filter_map(|p| Some(key(p.rsplit(PATH).next()?))),
            )
            .collect();
        for town in towns.iter().filter(|t| !known.contains(&key(&t.name))) {
            let named = Named::Town(town.name.clone(), town.lon_lat);
            lookup.add(named, &town.name, &town.country, town.population);
        }
        lookup
    }

    fn add(&mut self, named: Named, name: &str, around: &str, weight: u64) {
        let name = words(name).join(" ");
        if name.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(&name);
        self.lines.push((start as u32, self.text.len() as u32));
        for word in words(around) {
            self.text.push(' ');
            self.text.push_str(&word);
        }
        self.text.push('\n');
        self.named.push(named);
        self.weight.push(weight);
    }

    /// Up to `most` actors and places in whose names every word of `query` begins a word. Exact
    /// names come first, then those that begin so; those of more incidents before others.
    #[must_use]
    pub fn find(&self, query: &str, most: usize) -> Matches {
        let wanted = words(query);
        let Some(rarest) = wanted.iter().max_by_key(|w| w.len()) else {
            return Matches::default();
        };
        let whole = wanted.join(" ");
        let mut actors: Vec<(Fit, u64, usize)> = Vec::new();
        let mut places = Vec::new();
        let mut from = 0;
        while let Some(at) = self.text[from..].find(rarest.as_str()) {
            let at = from + at;
            let line = self
                .lines
                .partition_point(|(start, _)| *start as usize <= at)
                - 1;
            match self.fit(line, &wanted, &whole) {
                Some(fit) => {
                    let found = (fit, self.weight[line], line);
                    match self.named[line] {
                        Named::Actor(_) => actors.push(found),
                        _ => places.push(found),
                    }
                    from = self.end_of(line);
                }
                None => from = at + rarest.len(),
            }
        }
        let fit = |all: &[(Fit, u64, usize)]| all.iter().map(|(fit, ..)| *fit).max();
        let places_lead = fit(&places) > fit(&actors);
        let best = |mut all: Vec<(Fit, u64, usize)>| {
            // Towns of the map weigh people, not incidents: they follow where names fit alike.
            let order = |(fit, weight, line): &(Fit, u64, usize)| {
                let on_map = matches!(self.named[*line], Named::Town(..));
                (
                    std::cmp::Reverse(*fit),
                    on_map,
                    std::cmp::Reverse(*weight),
                    *line,
                )
            };
            if all.len() > most {
                all.select_nth_unstable_by_key(most, order);
                all.truncate(most);
            }
            all.sort_unstable_by_key(order);
            all.into_iter().map(|(.., line)| self.named[line].clone())
        };
        let actor = |named: Named| match named {
            Named::Actor(id) => Some(id),
            _ => None,
        };
        Matches {
            actors: best(actors).filter_map(actor).collect(),
            places: best(places).collect(),
            places_lead,
        }
    }

    fn end_of(&self, line: usize) -> usize {
        let next = self.lines.get(line + 1).map(|(start, _)| *start as usize);
        next.unwrap_or(self.text.len())
    }

    fn fit(&self, line: usize, wanted: &[String], whole: &str) -> Option<Fit> {
        let (start, end) = self.lines[line];
        let name = &self.text[start as usize..end as usize];
        let all = &self.text[start as usize..self.end_of(line)];
        let begins_in = |text: &str| {
            let begins = |w: &String| text.split_whitespace().any(|t| t.starts_with(w.as_str()));
            wanted.iter().all(begins)
        };
        if !begins_in(all) {
            return None;
        }
        Some(if name == whole {
            Fit::Is
        } else if name.starts_with(whole) {
            Fit::Begins
        } else if begins_in(name) {
            Fit::Words
        } else {
            Fit::Around
        })
    }
}

/// Deepest tiles of the built-in map that are read for names: beyond, it names ever smaller places
/// around Mexico alone.
const TOWNS_ZOOM: u8 = 6;

/// The towns that the built-in map names, each once. Reads some thousand tiles: not between frames.
#[must_use]
pub fn towns(map: &Basemap) -> Vec<Place> {
    let mut towns = Vec::new();
    let mut seen = HashSet::new();
    let side = 1_u32 << TOWNS_ZOOM;
    for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
        let key = (TOWNS_ZOOM, x, y);
        let bytes = map.tile_bytes(key);
        let tile = bytes.and_then(|bytes| crate::basemap::Tile::decode(key, bytes));
        for place in tile.into_iter().flat_map(|t| t.places) {
            let cell = place.lon_lat.map(|v| (v * 10.0).round() as i32);
            if seen.insert((place.name.clone(), cell)) {
                towns.push(place);
            }
        }
    }
    towns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Actor, ActorType, Incident, Kind, PlaceNames, PlacePrecision, Position};
    use crate::domain::{Deaths, LocalText, TimePrecision, When};
    use crate::index::Builder;

    fn columns() -> Columns {
        let rows = [
            ("Cártel del Noreste", "Nuevo Laredo", "Tamaulipas"),
            ("Cártel del Noreste", "Nuevo Laredo", "Tamaulipas"),
            ("Cártel del Golfo", "Reynosa", "Tamaulipas"),
            ("Ejército Mexicano", "Laredo", "Texas"),
        ];
        let mut builder = Builder::default();
        for (id, (actor, municipality, state)) in rows.into_iter().enumerate() {
            let day = jiff::civil::date(2025, 2, 3);
            let incident = Incident {
                side_a: vec![Actor::new(actor, ActorType::Unknown)],
                places: PlaceNames {
                    place: format!("Colonia {id}"),
                    admin2: municipality.to_owned(),
                    admin1: state.to_owned(),
                    country: "México".to_owned(),
                },
                external_id: String::new(),
                kind: Kind::GunBattle,
                source_kind: String::new(),
                title: LocalText::default(),
                when: When::new(day, day, TimePrecision::Day).unwrap(),
                position: Position::new(-99.5, 27.5, PlacePrecision::Exact).unwrap(),
                side_b: Vec::new(),
                deaths: Deaths::default(),
                narrative: LocalText::default(),
                sources: Vec::new(),
                credibility: None,
                related: Vec::new(),
                extra: Vec::new(),
                version: None,
                line: 1,
            };
            builder.push(id as i64 + 1, "own", &incident);
        }
        builder.finish()
    }

    fn lookup() -> (Columns, Lookup) {
        let columns = columns();
        let lookup = Lookup::new(&columns, &[]);
        (columns, lookup)
    }

    #[test]
    fn accents_case_and_order_of_words_do_not_matter() {
        let (columns, lookup) = lookup();
        let actors = |query| -> Vec<String> {
            let found = lookup.find(query, 5).actors;
            found
                .iter()
                .map(|a| columns.actors.get(*a).to_owned())
                .collect()
        };
        assert_eq!(actors("CARTEL"), ["Cártel del Noreste", "Cártel del Golfo"]);
        assert_eq!(actors("golfo cár"), ["Cártel del Golfo"]);
        assert_eq!(actors("ejercito"), ["Ejército Mexicano"]);
        // Words are begun, not entered in the middle.
        assert!(actors("ártel").is_empty() && actors("").is_empty());
    }

    #[test]
    fn exact_names_come_before_beginnings_and_beginnings_before_words() {
        let (_, lookup) = lookup();
        let path = |p: &str| Named::Admin(format!("México / {p}"));
        assert_eq!(
            lookup.find("laredo", 5).places,
            [path("Texas / Laredo"), path("Tamaulipas / Nuevo Laredo")]
        );
        // What it lies in counts least.
        assert_eq!(
            lookup.find("tamaulipas", 5).places,
            [
                path("Tamaulipas"),
                path("Tamaulipas / Nuevo Laredo"),
                path("Tamaulipas / Reynosa")
            ]
        );
        assert_eq!(
            lookup.find("laredo tamau", 5).places,
            [path("Tamaulipas / Nuevo Laredo")]
        );
        assert_eq!(lookup.find("colonia", 2).places.len(), 2);
    }

    #[test]
    fn towns_of_the_map_stand_in_for_what_the_case_does_not_name() {
        let map = Basemap::built_in().unwrap();
        let towns = towns(map);
        assert!(towns.len() > 1_000, "{}", towns.len());
        let lookup = Lookup::new(&columns(), &towns);
        let found = lookup.find("veracruz", 5).places;
        assert!(
            matches!(&found[..], [Named::Town(_, [lon, lat]), ..] if (lon + 96.1).abs() < 0.5 && (lat - 19.2).abs() < 0.5),
            "{found:?}"
        );
        let laredo = lookup.find("nuevo laredo", 5).places;
        assert_eq!(
            laredo
                .iter()
                .filter(|n| matches!(n, Named::Town(..)))
                .count(),
            0
        );
    }
}
