//! Where the towns of a country are, coarsely: to tell a point that cannot be there.

use super::tables::TEXT;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Cells of half a degree around the world and from pole to pole.
const COLUMNS: usize = 720;
const ROWS: usize = 360;
const DEGREES: f64 = 0.5;
const KM_PER_DEGREE: f64 = 111.2;

/// Countries of which the list has every place of 500 people or more.
const WHOLE: [&str; 9] = ["MX", "US", "GT", "BZ", "SV", "HN", "NI", "CR", "PA"];
/// What is surely not within reach of a town is further than this from all of them, kilometres; of
/// other countries the list has larger towns only, and deserts lie between those.
pub const APART_KM: f64 = 100.0;
pub const APART_ELSEWHERE_KM: f64 = 800.0;
/// Reach is measured between the middles of cells, and two points in them may be nearer by this.
const SLACK_KM: f64 = 80.0;

type Cell = (u16, u16);

/// The cells within reach of a country's towns, a bit each.
pub struct Surroundings {
    cells: Vec<u64>,
}

fn cell(lon: f64, lat: f64) -> Cell {
    let at = |degrees: f64, most: usize| {
        let cell = (degrees / DEGREES).floor().max(0.0);
        (cell as u16).min(most as u16 - 1)
    };
    (at(lon + 180.0, COLUMNS), at(lat + 90.0, ROWS))
}

/// Cells with towns in them, by code.
static TOWNS: LazyLock<HashMap<&'static str, HashSet<Cell>>> = LazyLock::new(|| {
    let mut towns: HashMap<&str, HashSet<Cell>> = HashMap::new();
    for line in TEXT.lines().skip(1) {
        let mut cells = line.split('\t').skip(3);
        let (code, lat, lon) = (cells.next(), cells.next(), cells.next());
        let number = |text: Option<&str>| text.and_then(|t| t.parse::<f64>().ok());
        if let (Some(code), Some(lat), Some(lon)) = (code, number(lat), number(lon)) {
            towns.entry(code).or_default().insert(cell(lon, lat));
        }
    }
    towns
});

impl Surroundings {
    /// Of a country by its code of two letters; `None` where the list has no town of it.
    #[must_use]
    pub fn of(code: &str) -> Option<Surroundings> {
        let apart_km = match WHOLE.contains(&code) {
            true => APART_KM,
            false => APART_ELSEWHERE_KM,
        };
        let mut around = Surroundings {
            cells: vec![0; COLUMNS * ROWS / 64],
        };
        for town in TOWNS.get(code)? {
            around.add(*town, apart_km + SLACK_KM);
        }
        Some(around)
    }

    /// Whether a point may be within reach of a town; degrees.
    #[must_use]
    pub fn hold(&self, lon: f64, lat: f64) -> bool {
        let (column, row) = cell(lon, lat);
        let bit = usize::from(row) * COLUMNS + usize::from(column);
        self.cells
            .get(bit / 64)
            .is_some_and(|w| w >> (bit % 64) & 1 == 1)
    }

    /// Adds the cells around one.
    fn add(&mut self, (column, row): Cell, reach_km: f64) {
        let (column, row) = (i32::from(column), i32::from(row));
        let cell_km = DEGREES * KM_PER_DEGREE;
        let reach = (reach_km / cell_km) as i32;
        for y in (row - reach).max(0)..=(row + reach).min(ROWS as i32 - 1) {
            let up_km = f64::from(y - row) * cell_km;
            let side_km = (reach_km * reach_km - up_km * up_km).max(0.0).sqrt();
            // Cells are narrowest at the latitude furthest from the equator.
            let lat = |row: i32| ((f64::from(row) + 0.5) * DEGREES - 90.0).abs();
            let width_km = cell_km * lat(y).max(lat(row)).to_radians().cos();
            let sides = ((side_km / width_km) as i32).min(COLUMNS as i32 / 2);
            for x in column - sides..=column + sides {
                let bit = y as usize * COLUMNS + x.rem_euclid(COLUMNS as i32) as usize;
                if let Some(word) = self.cells.get_mut(bit / 64) {
                    *word |= 1 << (bit % 64);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_around_its_towns() {
        let mexico = Surroundings::of("MX").unwrap();
        for (lon, lat, holds) in [
            // Nuevo Laredo; the same without its minus sign; with latitude and longitude exchanged.
            (-99.5164, 27.4763, true),
            (99.5164, 27.4763, false),
            (27.4763, -99.5164, false),
            // Laredo, beyond the river; San Antonio and Denver are not.
            (-99.49, 27.52, true),
            (-97.5, 30.3, false),
            (-104.99, 39.74, false),
            // The loneliest corners: the desert of Altar, the Lacandon forest, Guadalupe island's shore.
            (-113.9, 31.9, true),
            (-91.0, 16.5, true),
            (-112.5, 27.5, true),
            // The Gulf, 300 km from any coast.
            (-93.0, 23.5, false),
            (-99.5, -27.5, false),
        ] {
            assert_eq!(mexico.hold(lon, lat), holds, "{lon} {lat}");
        }
        // Deserts of countries whose small places the list has not.
        let mali = Surroundings::of("ML").unwrap();
        assert!(mali.hold(-3.98, 22.67) && !mali.hold(40.0, 22.0));
        // Over the antimeridian.
        let fiji = Surroundings::of("FJ").unwrap();
        assert!(fiji.hold(-179.5, -17.0) && fiji.hold(179.5, -17.0) && !fiji.hold(0.0, -17.0));
        assert!(Surroundings::of("XX").is_none() && Surroundings::of("").is_none());
    }

    #[test]
    fn what_is_far_is_as_far_as_is_said() {
        use crate::domain::measure::distance_m;
        let mexico = Surroundings::of("MX").unwrap();
        let cities = super::super::tables::GAZETTEER.cities.iter();
        let towns: Vec<_> = cities.filter(|c| c.country == "MX").collect();
        for i in 0..2_000 {
            let (lon, lat) = (
                -119.0 + f64::from(i % 50) * 0.7,
                12.0 + f64::from(i / 50) * 0.55,
            );
            let near = towns
                .iter()
                .filter(|c| (c.lon - lon).abs() < 3.0 && (c.lat - lat).abs() < 3.0);
            let nearest_m = near.map(|c| distance_m([c.lon, c.lat], [lon, lat]));
            let nearest_km = nearest_m.fold(f64::INFINITY, f64::min) / 1e3;
            match mexico.hold(lon, lat) {
                true => assert!(nearest_km < 270.0, "{lon} {lat}: {nearest_km} km"),
                false => assert!(nearest_km > APART_KM, "{lon} {lat}: {nearest_km} km"),
            }
        }
    }
}
