//! Cities by name: where rows lie that have a place and no coordinates. The list is GeoNames'
//! (CC BY 4.0), packed by `data/gazetteer/build.py`: Mexico, Central America and the United States
//! whole, the rest of the world from 15,000 people on. Nothing is guessed: a name that stands for
//! several cities gives all of them.

mod near;

pub use near::Surroundings;

use crate::domain::PlaceNames;
use crate::domain::filter::fold;
use crate::domain::measure::distance_m;
use flate2::read::GzDecoder;
use std::collections::HashMap;
use std::io::Read;
use std::sync::LazyLock;

static CITIES_GZ: &[u8] = include_bytes!("../assets/gazetteer/cities.tsv.gz");
static COUNTRIES_TSV: &str = include_str!("../assets/gazetteer/countries.tsv");

/// One city of the list.
#[derive(Debug, PartialEq)]
pub struct City {
    pub name: &'static str,
    /// Of Mexico and the United States only; else empty.
    pub state: &'static str,
    /// ISO 3166 code of two letters.
    pub country: &'static str,
    /// Degrees on WGS 84.
    pub lon: f64,
    pub lat: f64,
    pub population: u32,
}

/// What a name stands for.
#[derive(Debug, PartialEq)]
pub enum Match {
    One(&'static City),
    /// The largest first.
    Several(Vec<&'static City>),
    None,
}

struct Gazetteer {
    cities: Vec<City>,
    /// By folded name, also by those beside the first.
    by_name: HashMap<String, Vec<u32>>,
}

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    // Our own file: a test reads it.
    let _ = GzDecoder::new(CITIES_GZ).read_to_string(&mut text);
    text
});

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::read(&TEXT));

/// Code and name in English of a country, by its folded names and codes.
static COUNTRIES: LazyLock<HashMap<String, (&str, &str)>> = LazyLock::new(|| {
    let mut found = HashMap::new();
    for line in COUNTRIES_TSV.lines().skip(1) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [code, _, name, ..] = cells[..] else {
            continue;
        };
        for cell in cells.iter().filter(|c| !c.is_empty()) {
            found.insert(fold(cell), (code, name));
        }
    }
    if let Some(us) = found.get("us").copied() {
        found.insert("united states of america".to_owned(), us);
    }
    found
});

/// Code of two letters of a country by its name in English or Spanish or a code.
#[must_use]
pub fn country_code(named: &str) -> Option<&'static str> {
    COUNTRIES.get(fold(named).trim()).map(|(code, _)| *code)
}

impl City {
    /// `Nuevo Laredo, Tamaulipas, Mexico (GeoNames)`.
    #[must_use]
    pub fn label(&self) -> String {
        let country = COUNTRIES.get(&fold(self.country));
        let country = country.map_or(self.country, |(_, name)| name);
        let parts = [self.name, self.state, country];
        let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        format!("{} (GeoNames)", parts.join(", "))
    }

    fn is_in_state(&self, state: &str) -> bool {
        const WRITTEN: [(&str, &str); 6] = [
            ("mexico", "estado de mexico"),
            ("edomex", "estado de mexico"),
            ("cdmx", "ciudad de mexico"),
            ("mexico city", "ciudad de mexico"),
            ("distrito federal", "ciudad de mexico"),
            ("df", "ciudad de mexico"),
        ];
        let state = fold(state).replace('.', "");
        let state = state.trim();
        let same = WRITTEN.iter().find(|(written, _)| *written == state);
        let state = same.map_or(state, |(_, meant)| meant);
        let own = fold(self.state);
        // Where the list knows no states, none speaks against a city.
        own.is_empty() || state == own || state.starts_with(&format!("{own} de ")) || {
            let code = US_STATES.iter().find(|(code, _)| *code == state);
            code.is_some_and(|(_, name)| *name == own)
        }
    }
}

/// Codes of the states that lie at the border; others are written out.
const US_STATES: [(&str, &str); 4] = [
    ("az", "arizona"),
    ("ca", "california"),
    ("nm", "new mexico"),
    ("tx", "texas"),
];

impl Gazetteer {
    fn read(cities: &'static str) -> Gazetteer {
        let mut found = Gazetteer {
            cities: Vec::new(),
            by_name: HashMap::new(),
        };
        for line in cities.lines().skip(1) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [name, others, state, country, lat, lon, population] = cells[..] else {
                continue;
            };
            let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else {
                continue;
            };
            let Ok(index) = u32::try_from(found.cities.len()) else {
                break;
            };
            found.cities.push(City {
                name,
                state,
                country,
                lon,
                lat,
                population: population.parse().unwrap_or(0),
            });
            for name in std::iter::once(name).chain(others.split('|').filter(|o| !o.is_empty())) {
                let list = found.by_name.entry(plain(name)).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        found
    }

    fn look_up(&self, name: &str, places: &PlaceNames) -> Vec<&City> {
        let name = plain(name);
        let country = country_code(&places.country);
        // A country that is not known is none to look in.
        if country.is_none() && !places.country.is_empty() {
            return Vec::new();
        }
        let found = self.by_name.get(&name).into_iter().flatten();
        let cities = found.filter_map(|i| self.cities.get(*i as usize));
        cities
            .filter(|c| country.is_none_or(|code| c.country == code))
            .filter(|c| places.admin1.is_empty() || c.is_in_state(&places.admin1))
            .collect()
    }
}

/// Folded, without what a city may be called by or not.
fn plain(name: &str) -> String {
    let folded = fold(name).replace(['.', ','], " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let rest = match words[..] {
        ["h" | "heroica", "ciudad" | "cd", "de", ref rest @ ..] => rest,
        ["h" | "heroica", "ciudad" | "cd", ref rest @ ..] => rest,
        ["ciudad" | "cd", "de", ref rest @ ..] => rest,
        ["h" | "heroica" | "ciudad" | "cd", ref rest @ ..] => rest,
        ref all => all,
    };
    if rest.is_empty() { &words } else { rest }.join(" ")
}

/// The city that a place names, else the one its municipality is named after. State and country
/// narrow it down where they are given.
#[must_use]
pub fn find(places: &PlaceNames) -> Match {
    let look_up = |name: &str| match name {
        "" => Vec::new(),
        name => GAZETTEER.look_up(name, places),
    };
    let (by_place, by_admin2) = (look_up(&places.place), look_up(&places.admin2));
    match (
        decide(by_place, &places.place),
        decide(by_admin2, &places.admin2),
    ) {
        (Match::One(city), _) | (_, Match::One(city)) => Match::One(city),
        (Match::None, by_admin2) => by_admin2,
        (by_place, _) => by_place,
    }
}

/// Cities nearer than this are one place, metres.
const ONE_PLACE_M: f64 = 5_000.0;

/// One of several cities only where all are one place, or where the largest alone bears just this
/// name and the others are called so too.
fn decide(mut cities: Vec<&'static City>, name: &str) -> Match {
    cities.sort_by_key(|c| std::cmp::Reverse(c.population));
    let Some((largest, others)) = cities.split_first() else {
        return Match::None;
    };
    let is_near = |c: &&City| distance_m([c.lon, c.lat], [largest.lon, largest.lat]) < ONE_PLACE_M;
    let bears = |c: &City| fold(c.name) == fold(name.trim());
    if others.iter().all(is_near) || (bears(largest) && !others.iter().any(|c| bears(c))) {
        Match::One(largest)
    } else {
        Match::Several(cities)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(place: &str, admin2: &str, admin1: &str, country: &str) -> String {
        let places = PlaceNames {
            place: place.to_owned(),
            admin2: admin2.to_owned(),
            admin1: admin1.to_owned(),
            country: country.to_owned(),
        };
        match find(&places) {
            Match::One(city) => city.label(),
            Match::Several(cities) => format!("{} cities", cities.len()),
            Match::None => "-".to_owned(),
        }
    }

    #[test]
    fn the_list_is_whole() {
        let all = &GAZETTEER.cities;
        assert!(all.len() > 60_000, "{}", all.len());
        for city in all {
            assert!(
                city.lat.abs() <= 90.0 && city.lon.abs() <= 180.0,
                "{city:?}"
            );
            assert!(COUNTRIES.contains_key(&fold(city.country)), "{city:?}");
            let known = ["MX", "US"].contains(&city.country);
            assert!(known || city.state.is_empty(), "{city:?}");
        }
    }

    #[test]
    fn names_find_their_city() {
        let nuevo_laredo = "Nuevo Laredo, Tamaulipas, Mexico (GeoNames)";
        for (place, admin2, admin1, country) in [
            ("Nuevo Laredo", "", "Tamaulipas", "Mexico"),
            ("NUEVO LAREDO", "", "", "México"),
            ("Colonia Madero", "Nuevo Laredo", "Tamps.", ""),
            ("Puente 2", "Nuevo Laredo", "Tamaulipas", "MEX"),
        ] {
            let wanted = match admin1 {
                // An abbreviation that is not known narrows to nothing.
                "Tamps." => "-",
                _ => nuevo_laredo,
            };
            assert_eq!(found(place, admin2, admin1, country), wanted, "{place}");
        }
        assert_eq!(
            found("Laredo", "", "TX", "US"),
            "Laredo, Texas, United States (GeoNames)"
        );
        for (place, state) in [
            ("Ciudad Juárez", "Chihuahua"),
            ("Heroica Matamoros", "Tamaulipas"),
            ("Matamoros", "Tamaulipas"),
            ("Cd. Victoria", "Tamaulipas"),
            ("Acapulco", "Guerrero"),
            ("Xalapa", "Veracruz de Ignacio de la Llave"),
            ("Ciudad de México", "CDMX"),
            ("Toluca", "México"),
        ] {
            let label = found(place, "", state, "Mexico");
            assert!(label.ends_with("Mexico (GeoNames)"), "{place}: {label}");
        }
        assert_eq!(found("Nowhere at all", "", "", ""), "-");
        assert_eq!(found("Nuevo Laredo", "", "", "Ruritania"), "-");
    }

    #[test]
    fn a_name_of_many_is_not_guessed() {
        let places = PlaceNames {
            place: "Guadalupe".to_owned(),
            country: "Mexico".to_owned(),
            ..PlaceNames::default()
        };
        let Match::Several(cities) = find(&places) else {
            panic!("{:?}", find(&places));
        };
        assert!(cities.len() > 3);
        assert!(cities.is_sorted_by(|a, b| a.population >= b.population));
    }
}
