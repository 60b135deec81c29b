//! Cities by name: where rows lie that have a place and no coordinates. The list is GeoNames'
//! (CC BY 4.0), packed by `data/gazetteer/build.py`: Mexico, Central America and the United States
//! whole, the rest of the world from 15,000 people on. Nothing is guessed: a name that stands for
//! several cities gives all of them.

mod keys;
mod near;
mod outlines;
mod zones;

pub use keys::{AskedAdmin, country_key, path_keys, spelling_key};
pub use near::Surroundings;
pub use outlines::{Outlined, outlines_named};
pub use zones::zone_at;

use crate::domain::PlaceNames;
use crate::domain::filter::fold;
use crate::domain::measure::distance_m;
use crate::domain::names::{key, municipality_key, state_key};
use flate2::read::GzDecoder;
use std::collections::{HashMap, HashSet};
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
    /// Whose list it is of.
    pub source: &'static str,
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

static MUNICIPALITIES_GZ: &[u8] = include_bytes!("../assets/gazetteer/municipalities.tsv.gz");

/// Mexico's municipalities (INEGI), each with a point inside of it.
static MUNICIPALITIES: LazyLock<Gazetteer> = LazyLock::new(|| {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let mut text = String::new();
        // Our own file: a test reads it.
        let _ = GzDecoder::new(MUNICIPALITIES_GZ).read_to_string(&mut text);
        text
    });
    Gazetteer::read_municipalities(&TEXT)
});

/// Keys of Mexico's states.
static STATES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let all = MUNICIPALITIES.cities.iter();
    all.map(|c| state_key(c.state)).collect()
});

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::read(&TEXT, town_of));

/// Code and name in English of a country, by its folded names and codes.
static COUNTRIES: LazyLock<HashMap<String, (&str, &str)>> = LazyLock::new(|| {
    let mut found = HashMap::new();
    for line in COUNTRIES_TSV.lines().skip(1) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [code, _, name, ..] = cells[..] else {
            continue;
        };
        for cell in cells.iter().filter(|c| !c.is_empty()) {
            found.insert(key(cell), (code, name));
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
    const FORMS: [(&str, &str); 9] = [
        ("mex", "mx"),
        ("estados unidos mexicanos", "mx"),
        ("republica mexicana", "mx"),
        ("eeuu", "us"),
        ("ee uu", "us"),
        ("eua", "us"),
        ("usa", "us"),
        ("estados unidos de america", "us"),
        ("the united states", "us"),
    ];
    let name = key(named);
    let found = COUNTRIES.get(&name).or_else(|| {
        let bare = name.replace('.', "");
        let bare = bare.trim();
        let form = FORMS.iter().find(|(form, _)| *form == bare);
        COUNTRIES.get(form.map_or(bare, |(_, code)| code))
    });
    found.map(|(code, _)| *code)
}

impl City {
    /// `Nuevo Laredo, Tamaulipas, Mexico (GeoNames)`.
    #[must_use]
    pub fn label(&self) -> String {
        let country = COUNTRIES.get(&key(self.country));
        let country = country.map_or(self.country, |(_, name)| name);
        let parts = [self.name, self.state, country];
        let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        format!("{} ({})", parts.join(", "), self.source)
    }

    fn is_in_state(&self, state: &str) -> bool {
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
fn plain(name: &str) -> String {
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

/// A place of another name is in its municipality where it is no further from its middle, metres: the
/// largest reach some 100 km.
const IN_MUNICIPALITY_M: f64 = 60_000.0;

/// The place that a row names: in the municipality that it names, if it names one that is known. A
/// neighbourhood called like a town elsewhere is not that town. State and country narrow it down where
/// they are given.
#[must_use]
pub fn find(places: &PlaceNames) -> Match {
    if let Some(parted) = parted(places) {
        return find(&parted);
    }
    let is_mexican = country_code(&places.country).map_or(places.country.is_empty(), |c| c == "MX");
    if !places.admin2.is_empty() && is_mexican {
        match municipality(places) {
            Match::One(municipality) => return Match::One(within(municipality, places)),
            several @ Match::Several(_) if places.place.is_empty() => return several,
            _ => {}
        }
    }
    by_town(places)
}

/// `Col. Centro, Culiacán, Sinaloa` in the place of a row that names no state: its parts, where the last is
/// a state of Mexico.
fn parted(places: &PlaceNames) -> Option<PlaceNames> {
    if !places.admin1.is_empty() {
        return None;
    }
    let mut parts: Vec<&str> = places.place.split(',').map(str::trim).collect();
    let state = parts
        .pop()
        .filter(|state| !parts.is_empty() && !state.is_empty())?;
    if !STATES.contains(&state_key(state)) {
        return None;
    }
    let municipality = match parts.len() {
        1 => "",
        _ => parts.pop()?,
    };
    let municipality = if places.admin2.is_empty() {
        municipality
    } else {
        &places.admin2
    };
    Some(PlaceNames {
        place: parts.first().copied().unwrap_or_default().to_owned(),
        admin2: municipality.to_owned(),
        admin1: state.to_owned(),
        country: places.country.clone(),
    })
}

/// The town that the row names, where it lies in the municipality; else the seat of the municipality,
/// where that has its name, and a point inside of it otherwise.
fn within(municipality: &'static City, places: &PlaceNames) -> &'static City {
    let away_m = |c: &City| distance_m([c.lon, c.lat], [municipality.lon, municipality.lat]);
    let nearest = |name: &str| {
        let in_state = PlaceNames {
            admin1: municipality.state.to_owned(),
            country: "MX".to_owned(),
            ..PlaceNames::default()
        };
        let towns = GAZETTEER.look_up(name, &in_state).into_iter();
        let near = towns.filter(|c| away_m(c) < IN_MUNICIPALITY_M);
        near.min_by(|a, b| away_m(a).total_cmp(&away_m(b)))
    };
    let is_seat = plain(&places.place) == plain(municipality.name);
    let seat = || nearest(municipality.name);
    // A small place may share the name of a neighbourhood of the seat: only what is nearer to the middle of
    // the municipality than any other of the state is taken for it.
    let named = match places.place.is_empty() || is_seat {
        true => None,
        false => nearest(&places.place).filter(|town| is_inside(town, municipality)),
    };
    named.or_else(seat).unwrap_or(municipality)
}

/// Whether no other municipality's middle is nearer.
fn is_inside(town: &City, municipality: &City) -> bool {
    let away = |m: &City| distance_m([m.lon, m.lat], [town.lon, town.lat]);
    let all = MUNICIPALITIES.cities.iter();
    let near = all.filter(|m| (m.lat - town.lat).abs() < 1.5 && (m.lon - town.lon).abs() < 1.5);
    let nearest = near.min_by(|a, b| away(a).total_cmp(&away(b)));
    nearest.is_some_and(|nearest| std::ptr::eq(nearest, municipality))
}

/// The municipality that a row names, in the state that it names if it does.
fn municipality(places: &PlaceNames) -> Match {
    let name = plain(&municipality_key(&places.admin2));
    let of_name = MUNICIPALITIES.by_name.get(&name).into_iter().flatten();
    let all = of_name.filter_map(|i| MUNICIPALITIES.cities.get(*i as usize));
    let found: Vec<&City> = all
        .filter(|c| places.admin1.is_empty() || c.is_in_state(&places.admin1))
        .collect();
    match found[..] {
        [] => Match::None,
        [one] => Match::One(one),
        _ => Match::Several(found),
    }
}

fn by_town(places: &PlaceNames) -> Match {
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

/// The towns no further than so many metres from the box around a line, largest first.
#[must_use]
pub fn towns_near(line: &[[f64; 2]], reach_m: f64) -> Vec<&'static City> {
    let mut b = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for [lon, lat] in line {
        b = [
            b[0].min(*lon),
            b[1].min(*lat),
            b[2].max(*lon),
            b[3].max(*lat),
        ];
    }
    let reach = reach_m / 50_000.0;
    let is_near = |c: &&City| {
        (b[0] - reach..=b[2] + reach).contains(&c.lon)
            && (b[1] - reach..=b[3] + reach).contains(&c.lat)
    };
    let mut near: Vec<&City> = GAZETTEER.cities.iter().filter(is_near).collect();
    near.sort_by_key(|c| std::cmp::Reverse(c.population));
    near
}

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
            assert!(COUNTRIES.contains_key(&key(city.country)), "{city:?}");
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
            // Neighbourhoods called like towns elsewhere in the state.
            ("Victoria", "Nuevo Laredo", "Tamaulipas", "México"),
            ("Madero", "NUEVO LAREDO", "Tamaulipas", "México"),
        ] {
            assert_eq!(
                found(place, admin2, admin1, country),
                nuevo_laredo,
                "{place}"
            );
        }
        for (admin2, admin1, wanted) in [
            (
                "Acapulco",
                "Guerrero",
                "Acapulco de Juárez, Guerrero, Mexico (GeoNames)",
            ),
            (
                "Municipio de Reynosa",
                "Tamps",
                "Reynosa, Tamaulipas, Mexico (GeoNames)",
            ),
        ] {
            assert!(
                found("", admin2, admin1, "").starts_with(&wanted[..6]),
                "{}",
                found("", admin2, admin1, "")
            );
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
