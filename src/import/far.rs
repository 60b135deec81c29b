//! Rows whose point lies far from the country that they name: a lost minus sign puts Nuevo Laredo in
//! China. They are told of and kept as they are.

use crate::domain::Incident;
use crate::gazetteer::{Surroundings, country_code};
use crate::locale::{Problem, number};
use std::collections::HashMap;

/// Rows that are named; the others are counted.
const NAMED: usize = 20;
/// Names of countries remembered: a file has few, unless the column holds something else.
const MOST_NAMES: usize = 1_000;
/// Longer texts name no country, bytes.
const LONGEST_NAME: usize = 200;

#[derive(Default)]
pub struct Far {
    /// Codes by name as rows write it; `None` for what is no country.
    codes: HashMap<String, Option<&'static str>>,
    /// By code; `None` where the list has no town.
    countries: HashMap<&'static str, Option<Surroundings>>,
    rows: u64,
    /// Of them, those that would lie in their country with the sign of the longitude turned.
    turned: u64,
    /// Lines of the first, with what they name.
    first: Vec<String>,
}

impl Far {
    /// Holds one incident against its country.
    pub fn look(&mut self, incident: &Incident) {
        let named = incident.places.country.as_str();
        if named.is_empty() {
            return;
        }
        let (lon, lat) = (incident.position.lon, incident.position.lat);
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
            let far = Problem::new("note-far").with("n", number(self.rows));
            notes.push(far.with("first", first));
        }
        if self.turned * 10 > self.rows * 9 {
            let turned = Problem::new("note-far-sign").with("n", number(self.turned));
            notes.push(turned);
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
