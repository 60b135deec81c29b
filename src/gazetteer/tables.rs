//! The lists of towns and of Mexico's municipalities, by name.

use super::countries::{country_code, country_name};
use crate::domain::PlaceNames;
use crate::domain::filter::fold;
use crate::domain::names::state_key;
use flate2::read::GzDecoder;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::sync::LazyLock;

static CITIES_GZ: &[u8] = include_bytes!("../../assets/gazetteer/cities.tsv.gz");
static MUNICIPALITIES_GZ: &[u8] = include_bytes!("../../assets/gazetteer/municipalities.tsv.gz");

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
    /// Whose list it is of.
    pub source: &'static str,
}

pub(super) struct Gazetteer {
    pub cities: Vec<City>,
    /// By folded name, also by those beside the first.
    pub by_name: HashMap<String, Vec<u32>>,
}

pub(super) static TEXT: LazyLock<String> = LazyLock::new(|| unpacked(CITIES_GZ));

/// Mexico's municipalities (INEGI), each with a point inside of it.
pub(super) static MUNICIPALITIES: LazyLock<Gazetteer> = LazyLock::new(|| {
    static TEXT: LazyLock<String> = LazyLock::new(|| unpacked(MUNICIPALITIES_GZ));
    Gazetteer::read_municipalities(&TEXT)
});

/// Of a file of our own: a test reads it.
fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    let _ = GzDecoder::new(packed).read_to_string(&mut text);
    text
}

/// Keys of Mexico's states.
pub(super) static STATES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let all = MUNICIPALITIES.cities.iter();
    all.map(|c| state_key(c.state)).collect()
});

pub(super) static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::read(&TEXT, town_of));

impl City {
    /// `Nuevo Laredo, Tamaulipas, Mexico (GeoNames)`.
    #[must_use]
    pub fn label(&self) -> String {
        let country = country_name(self.country);
        let parts = [self.name, self.state, country];
        let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        format!("{} ({})", parts.join(", "), self.source)
    }

    pub(super) fn is_in_state(&self, state: &str) -> bool {
        // Where the list knows no states, none speaks against a city; but one of Mexico's does.
        let asked = state_key(state);
        match self.state.is_empty() {
            true => !STATES.contains(&asked),
            false => asked == state_key(self.state),
        }
    }
}

impl Gazetteer {
    /// Of a table with a line of names above; `row` gives a place and all that it is called.
    fn read(table: &'static str, row: fn(&[&'static str]) -> Option<Named>) -> Gazetteer {
        let mut found = Gazetteer {
            cities: Vec::new(),
            by_name: HashMap::new(),
        };
        for line in table.lines().skip(1) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let Some((city, names)) = row(&cells) else {
                continue;
            };
            let Ok(index) = u32::try_from(found.cities.len()) else {
                break;
            };
            found.cities.push(city);
            for name in names {
                let list = found.by_name.entry(name).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        found
    }

    fn read_municipalities(table: &'static str) -> Gazetteer {
        let mut found = Gazetteer::read(table, municipality_of);
        // Where one has just the name asked for, others that begin so are not meant.
        let exact: Vec<String> = found.cities.iter().map(|c| plain(c.name)).collect();
        for (key, list) in &mut found.by_name {
            if list.iter().any(|i| exact[*i as usize] == *key) {
                list.retain(|i| exact[*i as usize] == *key);
            }
        }
        found
    }

    pub(super) fn look_up(&self, name: &str, places: &PlaceNames) -> Vec<&City> {
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

/// A place with all that it is called, as [`plain`] writes it.
type Named = (City, Vec<String>);

/// A line of the list of towns.
fn town_of(cells: &[&'static str]) -> Option<Named> {
    let [name, others, state, country, lat, lon, population] = *cells else {
        return None;
    };
    let names = std::iter::once(name).chain(others.split('|').filter(|o| !o.is_empty()));
    let names = names.map(plain).collect();
    let city = City {
        name,
        state,
        country,
        lon: lon.parse().ok()?,
        lat: lat.parse().ok()?,
        population: population.parse().unwrap_or(0),
        source: "GeoNames",
    };
    Some((city, names))
}

/// A line of the list of Mexico's municipalities.
fn municipality_of(cells: &[&'static str]) -> Option<Named> {
    let [_, name, state, lat, lon, population] = *cells else {
        return None;
    };
    let whole = plain(name);
    // "Acapulco de Juárez" is mostly called Acapulco.
    let short = whole.split(" de ").next().filter(|short| short.len() > 4);
    let short = short.map(str::to_owned);
    let city = City {
        name,
        state,
        country: "MX",
        lon: lon.parse().ok()?,
        lat: lat.parse().ok()?,
        population: population.parse().unwrap_or(0),
        source: "INEGI",
    };
    Some((city, std::iter::once(whole).chain(short).collect()))
}

/// Folded, without what a city may be called by or not.
pub(super) fn plain(name: &str) -> String {
    let folded = fold(name).replace(['.', ',', '-'], " ");
    let written_out = |word| match word {
        "sta" => "santa",
        "sto" => "santo",
        "gral" => "general",
        "nvo" => "nuevo",
        "nva" => "nueva",
        word => word,
    };
    let words: Vec<&str> = folded.split_whitespace().map(written_out).collect();
    let rest = match words[..] {
        ["h" | "heroica", "ciudad" | "cd", "de", ref rest @ ..] => rest,
        ["h" | "heroica", "ciudad" | "cd", ref rest @ ..] => rest,
        ["ciudad" | "cd", "de", ref rest @ ..] => rest,
        ["h" | "heroica" | "ciudad" | "cd", ref rest @ ..] => rest,
        ref all => all,
    };
    if rest.is_empty() { &words } else { rest }.join(" ")
}
