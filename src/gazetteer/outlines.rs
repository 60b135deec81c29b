//! Outlines of municipalities of Mexico (INEGI) and of counties of the border states of the United States (Census
//! Bureau) by name: areas to filter by. The same files that the map's lines are made of.

use crate::domain::Area;
use crate::domain::area::LonLat;
use crate::domain::names::{key, municipality_key, state_key};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

static MUNICIPALITIES: &[u8] =
    include_bytes!("../../data/basemap/ground/mx_municipalities.topojson.gz");
static COUNTIES: &[u8] =
    include_bytes!("../../data/basemap/ground/us_border_state_counties.topojson.gz");

/// By the first two digits of INEGI's keys, from 01.
const STATES: [&str; 32] = [
    "Aguascalientes",
    "Baja California",
    "Baja California Sur",
    "Campeche",
    "Coahuila",
    "Colima",
    "Chiapas",
    "Chihuahua",
    "Ciudad de México",
    "Durango",
    "Guanajuato",
    "Guerrero",
    "Hidalgo",
    "Jalisco",
    "México",
    "Michoacán",
    "Morelos",
    "Nayarit",
    "Nuevo León",
    "Oaxaca",
    "Puebla",
    "Querétaro",
    "Quintana Roo",
    "San Luis Potosí",
    "Sinaloa",
    "Sonora",
    "Tabasco",
    "Tamaulipas",
    "Tlaxcala",
    "Veracruz",
    "Yucatán",
    "Zacatecas",
];

/// A municipality or county.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlined {
    pub name: String,
    pub state: &'static str,
    pub area: Area,
}

impl Outlined {
    /// `Nuevo Laredo, Tamaulipas`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}, {}", self.name, self.state)
    }
}

/// TopoJSON, as far as the two files go: arcs in steps of a grid, rings as chains of them.
#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[i64; 2]>>,
    objects: HashMap<String, Collection>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    id: String,
    properties: Properties,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

impl Topology {
    fn read(packed: &[u8]) -> Option<Topology> {
        // Our own file: a test reads it.
        serde_json::from_reader(GzDecoder::new(packed)).ok()
    }

    fn features(self, state: fn(&str) -> Option<&'static str>) -> Vec<Outlined> {
        let arcs: Vec<Vec<LonLat>> = self.arcs.iter().map(|arc| self.places(arc)).collect();
        let features = self.objects.into_values().flat_map(|o| o.geometries);
        let outlined = |feature: Feature| {
            let rings: Vec<Vec<i64>> = match feature.shape {
                Shape::Polygon(rings) => rings,
                Shape::MultiPolygon(all) => all.into_iter().flatten().collect(),
            };
            let mut rings: Vec<Vec<LonLat>> = rings.iter().map(|r| chained(&arcs, r)).collect();
            rings.retain(|ring| ring.len() >= 3);
            let mut rings = rings.into_iter();
            let area = Area::Polygon {
                corners: rings.next()?,
                more: rings.collect(),
            };
            Some(Outlined {
                name: feature.properties.name,
                state: state(&feature.id)?,
                area,
            })
        };
        features.filter_map(outlined).collect()
    }

    fn places(&self, arc: &[[i64; 2]]) -> Vec<LonLat> {
        let mut at = [0, 0];
        let place = |step: &[i64; 2]| {
            at = [at[0] + step[0], at[1] + step[1]];
            [0, 1].map(|i| at[i] as f64 * self.transform.scale[i] + self.transform.translate[i])
        };
        arc.iter().map(place).collect()
    }
}

/// The arcs of a ring one after the other, the closing point left out; a number below nought is one walked backwards.
fn chained(arcs: &[Vec<LonLat>], ring: &[i64]) -> Vec<LonLat> {
    let mut chain: Vec<LonLat> = Vec::new();
    for number in ring {
        let index = if *number < 0 { !*number } else { *number };
        let Some(arc) = usize::try_from(index).ok().and_then(|i| arcs.get(i)) else {
            continue;
        };
        // Where one ends the next begins.
        chain.pop();
        if *number < 0 {
            chain.extend(arc.iter().rev());
        } else {
            chain.extend(arc);
        }
    }
    chain.pop();
    chain
}

static ALL: LazyLock<Vec<Outlined>> = LazyLock::new(|| {
    let mexican = |id: &str| {
        let number: usize = id.get(..2)?.parse().ok()?;
        STATES.get(number.checked_sub(1)?).copied()
    };
    let of_border = |id: &str| match id.get(..2)? {
        "04" => Some("Arizona"),
        "06" => Some("California"),
        "35" => Some("New Mexico"),
        "48" => Some("Texas"),
        _ => None,
    };
    let mut all = Topology::read(MUNICIPALITIES).map_or_else(Vec::new, |t| t.features(mexican));
    let counties = Topology::read(COUNTIES).map_or_else(Vec::new, |t| t.features(of_border));
    all.extend(counties.into_iter().map(|county| Outlined {
        name: format!("{} County", county.name),
        ..county
    }));
    all
});

/// Those of a name: `Nuevo Laredo`, `Juárez, Chihuahua`, `Webb County`, `Webb, Texas`. Several where
/// no state tells them apart.
#[must_use]
pub fn outlines_named(text: &str) -> Vec<&'static Outlined> {
    let (name, state) = match text.split_once(',') {
        Some((name, state)) => (name, Some(state_key(state))),
        None => (text, None),
    };
    let (whole, name) = (key(name), municipality_key(name));
    if name.is_empty() {
        return Vec::new();
    }
    let in_state = |o: &&Outlined| {
        let asked = state.as_ref();
        asked.is_none_or(|state| state_key(o.state) == *state)
    };
    let named = |o: &&Outlined| municipality_key(&o.name) == name;
    let found: Vec<&Outlined> = ALL.iter().filter(named).filter(in_state).collect();
    // `Juárez` is no `Benito Juárez`, and a county asked for as one is no municipality.
    let exact = |o: &&&Outlined| key(&o.name) == whole;
    let exact: Vec<&Outlined> = found.iter().filter(exact).copied().collect();
    if exact.is_empty() { found } else { exact }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::inside::Prepared;

    #[test]
    fn every_outline_is_read_and_sound() {
        assert_eq!(ALL.len(), 2_457 + 360);
        assert!(ALL.iter().all(|o| o.area.is_sound()));
    }

    #[test]
    fn names_lead_to_their_municipalities() {
        let labels = |text: &str| -> Vec<String> {
            outlines_named(text).iter().map(|o| o.label()).collect()
        };
        assert_eq!(labels("nuevo laredo"), ["Nuevo Laredo, Tamaulipas"]);
        assert_eq!(labels("Webb County"), ["Webb County, Texas"]);
        assert_eq!(labels("webb, texas"), ["Webb County, Texas"]);
        assert_eq!(labels("Juarez, Chihuahua"), ["Juárez, Chihuahua"]);
        assert!(labels("Juárez").len() > 3);
        assert!(labels("Atlantis").is_empty() && labels("").is_empty());
    }

    #[test]
    fn a_town_lies_in_its_municipality() {
        for (name, [lon, lat]) in [
            ("Nuevo Laredo", [-99.507, 27.476]),
            ("Monterrey", [-100.316, 25.671]),
            ("Webb County", [-99.48, 27.53]),
            ("Cozumel", [-86.88, 20.42]),
        ] {
            let [found] = outlines_named(name)[..] else {
                panic!("{name}");
            };
            assert!(Prepared::new(&found.area).contains(lon, lat), "{name}");
            assert!(
                !Prepared::new(&found.area).contains(lon + 3.0, lat),
                "{name}"
            );
        }
    }
}
