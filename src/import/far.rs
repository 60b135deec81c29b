//! Rows whose point lies far from the country that they name, or far from all other rows where a
//! turned sign would bring it to them: a lost minus sign puts Nuevo Laredo in China. They are pointed out
//! and kept as they are.

use crate::domain::Incident;
use crate::gazetteer::{Surroundings, country_code};
use crate::locale::{Problem, number};
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// Rows that are named; the others are counted.
const NAMED: usize = 20;
/// Names of countries remembered: a file has few, unless the column holds something else.
const MOST_NAMES: usize = 1_000;
/// Longer texts name no country, bytes.
const LONGEST_NAME: usize = 200;

#[derive(Default)]
pub struct Far {
    /// Codes by name as rows write it; `None` for what is no country.
    codes: HashMap<String, Option<&'static str>, RandomState>,
    /// By code; `None` where the list has no town.
    countries: HashMap<&'static str, Option<Surroundings>, RandomState>,
    rows: u64,
    /// Of them, those that would lie in their country with the sign of the longitude turned.
    turned: u64,
    /// Lines of the first, with what they name.
    first: Vec<String>,
    region: Region,
}

/// Rows by square of the map, to find those that a wrong sign took from where all others are.
#[derive(Default)]
struct Region {
    squares: HashMap<(i16, i16), Square, RandomState>,
    rows: u64,
}

#[derive(Default)]
struct Square {
    rows: u64,
    /// Lines of the first.
    lines: Vec<u64>,
}

/// Degrees of a side.
const SQUARE: f64 = 5.0;

impl Region {
    fn square(lon: f64, lat: f64) -> (i16, i16) {
        ((lon / SQUARE).floor() as i16, (lat / SQUARE).floor() as i16)
    }

    fn add(&mut self, lon: f64, lat: f64, line: u64) {
        self.rows += 1;
        let square = self.squares.entry(Region::square(lon, lat)).or_default();
        square.rows += 1;
        if square.lines.len() < NAMED {
            square.lines.push(line);
        }
    }

    /// The squares that hang together with the fullest one, one empty square apart at most; `None` where
    /// less than two thirds of the rows are there.
    fn main(&self) -> Option<HashSet<(i16, i16)>> {
        let fullest = self.squares.iter().max_by_key(|(at, s)| (s.rows, **at))?.0;
        let (mut main, mut open) = (HashSet::from([*fullest]), vec![*fullest]);
        while let Some((x, y)) = open.pop() {
            for (dx, dy) in (-2..=2).flat_map(|dx| (-2..=2).map(move |dy| (dx, dy))) {
                let next = (x + dx, y + dy);
                if self.squares.contains_key(&next) && main.insert(next) {
                    open.push(next);
                }
            }
        }
        let rows: u64 = main
            .iter()
            .filter_map(|at| self.squares.get(at))
            .map(|s| s.rows)
            .sum();
        (rows * 3 >= self.rows * 2).then_some(main)
    }

    /// Rows outside of the region of all others that lie in it with a sign turned.
    fn turned(&self) -> (u64, Vec<u64>) {
        let Some(main) = self.main().filter(|main| main.len() < self.squares.len()) else {
            return (0, Vec::new());
        };
        // The square of a coordinate with its sign turned.
        let turn = |at: i16| -at - 1;
        let near = |(x, y): (i16, i16)| {
            let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
            around
                .into_iter()
                .any(|(dx, dy)| main.contains(&(x + dx, y + dy)))
        };
        let (mut rows, mut lines) = (0, Vec::new());
        for ((x, y), square) in self.squares.iter().filter(|(at, _)| !main.contains(at)) {
            let turned = [(turn(*x), *y), (*x, turn(*y)), (turn(*x), turn(*y))];
            if turned.into_iter().any(near) {
                rows += square.rows;
                lines.extend(&square.lines);
            }
        }
        lines.sort_unstable();
        lines.truncate(NAMED);
        (rows, lines)
    }
}

impl Far {
    /// Holds one incident against its country.
    pub fn look(&mut self, incident: &Incident) {
        let named = incident.places.country.as_str();
        let (lon, lat) = (incident.position.lon, incident.position.lat);
        self.region.add(lon, lat, incident.line);
        if named.is_empty() {
            return;
        }
        let Some(around) = self.country(named).filter(|a| !a.hold(lon, lat)) else {
            return;
        };
        let is_there_turned = around.hold(-lon, lat);
        self.rows += 1;
        self.turned += u64::from(is_there_turned);
        if self.first.len() < NAMED {
            self.first
                .push(format!("{} ({named})", number(incident.line)));
        }
    }

    fn country(&mut self, named: &str) -> Option<&Surroundings> {
        let code = match self.codes.get(named) {
            Some(code) => *code,
            None => self.learn(named),
        }?;
        let around = self.countries.entry(code);
        around.or_insert_with(|| Surroundings::of(code)).as_ref()
    }

    fn learn(&mut self, named: &str) -> Option<&'static str> {
        if named.len() > LONGEST_NAME {
            return None;
        }
        if self.codes.len() >= MOST_NAMES {
            self.codes.clear();
        }
        let code = country_code(named);
        self.codes.insert(named.to_owned(), code);
        code
    }

    /// How many they were and which, and whether their longitudes seem to have lost a sign.
    pub fn notes(&self) -> Vec<Problem> {
        let mut notes = Vec::new();
        if self.rows > 0 {
            let more = if self.rows > NAMED as u64 {
                ", …"
            } else {
                ""
            };
            let first = format!("{}{more}", self.first.join(", "));
            notes.push(Problem::new(text!(
                "note-far",
                n = number(self.rows),
                first = first
            )));
        }
        if self.turned * 10 > self.rows * 9 {
            let turned = Problem::new(text!("note-far-sign", n = number(self.turned)));
            notes.push(turned);
        }
        let (rows, lines) = self.region.turned();
        // Said already, where rows name their country.
        if rows > 0 && self.turned == 0 {
            let lines: Vec<String> = lines.into_iter().map(number).collect();
            notes.push(Problem::new(text!(
                "note-region-sign",
                n = number(rows),
                first = lines.join(", ")
            )));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_sign_leaves_the_region_of_all_others() {
        let turned = |points: &[(f64, f64)]| {
            let mut region = Region::default();
            for (i, (lon, lat)) in points.iter().enumerate() {
                region.add(*lon, *lat, i as u64 + 2);
            }
            region.turned().1
        };
        let here = [(-99.5, 27.5), (-98.3, 26.1), (-97.5, 25.9), (-100.3, 25.7)];
        let with = |point| [&here[..], &[point]].concat();
        assert_eq!(turned(&with((99.5, 27.4))), [6]);
        assert_eq!(turned(&with((-99.5, -27.4))), [6]);
        // Far, and not by a sign.
        assert!(turned(&with((2.3, 48.8))).is_empty());
        assert!(turned(&here).is_empty());
        // No region that most rows share.
        assert!(turned(&[(-99.5, 27.5), (99.5, 27.5)]).is_empty());
    }

    #[test]
    fn a_country_is_worked_out_once_however_it_is_written() {
        let mut far = Far::default();
        for named in ["México", "Mexico", "MEX", "MX", "mexico ", "Ruritania"] {
            assert_eq!(far.country(named).is_some(), named != "Ruritania");
        }
        assert_eq!((far.codes.len(), far.countries.len()), (6, 1));
        assert!(far.country(&"México ".repeat(100)).is_none());
        assert_eq!(far.codes.len(), 6);
    }
}
