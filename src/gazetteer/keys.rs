//! Keys of countries, states and municipalities: what the list of countries adds to
//! [`crate::domain::names`].

use super::countries::country_code;
use crate::domain::filter::PATH;
use crate::domain::names::{key, municipality_key, province_key, state_key};

/// The key of a country: its code of two letters by any of its names, else that of the name.
#[must_use]
pub fn country_key(name: &str) -> String {
    country_code(name).map_or_else(|| key(name), str::to_ascii_lowercase)
}

/// Whether the states of a country are known by their forms; also where none is named.
fn knows_states(country_key: &str) -> bool {
    ["mx", "us", ""].contains(&country_key)
}

/// The keys of the levels of a path: country, state, municipality. That of a state depends on its
/// country: Brazil's Distrito Federal is not Mexico's.
#[must_use]
pub fn path_keys(path: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(3);
    for (level, name) in path.split(PATH).enumerate() {
        keys.push(match level {
            0 => country_key(name),
            1 if knows_states(&keys[0]) => state_key(name),
            1 => province_key(name),
            _ => municipality_key(name),
        });
    }
    keys
}

/// The key under which the spellings of a level are one: below countries whose states are known by their
/// forms and below none, states are spelled alike.
#[must_use]
pub fn spelling_key(keys: &[String], level: usize) -> String {
    let country = keys.first().map_or("", String::as_str);
    let of = if level == 0 || knows_states(country) {
        ""
    } else {
        country
    };
    format!("{of}/{}", keys.get(level).map_or("", String::as_str))
}

/// What is asked for of countries, states and municipalities, by name or by path.
pub struct AskedAdmin {
    /// The keys of a path from the top.
    path: Vec<String>,
    /// Those of a name alone: as a country, a state that is known by its forms, one elsewhere, a
    /// municipality.
    alone: Option<[String; 4]>,
}

impl AskedAdmin {
    #[must_use]
    pub fn new(asked: &str) -> AskedAdmin {
        let is_name = !asked.contains(PATH);
        let alone = || {
            [
                country_key(asked),
                state_key(asked),
                province_key(asked),
                municipality_key(asked),
            ]
        };
        AskedAdmin {
            path: path_keys(asked),
            alone: is_name.then(alone),
        }
    }

    /// What is asked for as a path that lies in it spells it; `None` where the path does not.
    #[must_use]
    pub fn shown(&self, path: &str, levels: &[String]) -> Option<String> {
        if self.alone.is_none() {
            let names: Vec<&str> = path.split(PATH).take(self.path.len()).collect();
            return self.holds(levels).then(|| names.join(PATH));
        }
        path.split(PATH).nth(self.level(levels)?).map(str::to_owned)
    }

    /// Whether a place lies in it; `levels` as [`path_keys`] gives them.
    #[must_use]
    pub fn holds(&self, levels: &[String]) -> bool {
        match self.alone {
            None => levels.starts_with(&self.path),
            Some(_) => self.level(levels).is_some(),
        }
    }

    /// The level at which a place has the name that is asked for.
    fn level(&self, levels: &[String]) -> Option<usize> {
        let [country, state, province, municipality] = self.alone.as_ref()?;
        let state = match levels.first() {
            Some(country) if !knows_states(country) => province,
            _ => state,
        };
        let asked = [country, state, municipality];
        let mut pairs = levels.iter().zip(asked);
        pairs.position(|(level, asked)| level == asked && !asked.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_however_it_is_asked_for() {
        let levels = path_keys("México / Nuevo León state / Monterrey municipality");
        for asked in [
            "Nuevo Leon",
            "NUEVO LEÓN",
            "MEX",
            "Mexico / N.L.",
            "mx / nuevo leon / Monterrey",
            "monterrey",
        ] {
            assert!(AskedAdmin::new(asked).holds(&levels), "{asked}");
        }
        for asked in [
            "",
            "Nuevo",
            "Nuevo León / Monterrey",
            "Mexico / Coahuila",
            "Monterrey / x",
        ] {
            assert!(!AskedAdmin::new(asked).holds(&levels), "{asked}");
        }
    }

    #[test]
    fn the_forms_of_one_country_are_not_those_of_another() {
        let brasilia = path_keys("Brazil / Distrito Federal");
        assert!(!AskedAdmin::new("CDMX").holds(&brasilia));
        assert!(AskedAdmin::new("Distrito Federal").holds(&brasilia));
        let central = ["Kenya / Central Province", "Paraguay / Central"].map(path_keys);
        assert_ne!(spelling_key(&central[0], 1), spelling_key(&central[1], 1));
    }

    #[test]
    fn countries_are_one_by_any_of_their_names() {
        for name in [
            "EE.UU.",
            "EE. UU.",
            "EEUU",
            "EUA",
            "E.U.A.",
            "U.S.A.",
            "Estados Unidos de América",
        ] {
            assert_eq!(country_key(name), "us", "{name}");
        }
        for name in ["Méx.", "MÉXICO", "Estados Unidos Mexicanos", "MEX"] {
            assert_eq!(country_key(name), "mx", "{name}");
        }
    }
}
