//! The time zone of a point outside of what [`crate::domain::zone`] knows: that of the nearest place
//! which the tz database names a zone of its country by.

use super::countries::country_code;
use super::tables::{City, GAZETTEER};
use crate::domain::PlaceNames;
use crate::domain::area::LonLat;
use crate::domain::measure::distance_m;
use crate::domain::zone::zone_of;
use std::collections::HashMap;
use std::sync::LazyLock;

static ZONES_TSV: &str = include_str!("../../assets/zones/zones.tsv");

struct Zone {
    country: &'static str,
    name: &'static str,
    at: LonLat,
}

static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [country, name, lat, lon] = cells[..] else {
            return None;
        };
        Some(Zone {
            country,
            name,
            at: [lon.parse().ok()?, lat.parse().ok()?],
        })
    };
    ZONES_TSV.lines().skip(1).filter_map(read).collect()
});

/// Towns by square degree.
static SQUARES: LazyLock<HashMap<(i16, i16), Vec<&'static City>>> = LazyLock::new(|| {
    let mut squares: HashMap<(i16, i16), Vec<&City>> = HashMap::new();
    for city in &GAZETTEER.cities {
        squares
            .entry(square([city.lon, city.lat]))
            .or_default()
            .push(city);
    }
    squares
});

fn square([lon, lat]: LonLat) -> (i16, i16) {
    (lon.floor() as i16, lat.floor() as i16)
}

/// The nearest town of a country, or of any: first in the squares around, then further off.
fn nearest(at: LonLat, country: Option<&str>) -> Option<&'static City> {
    let away = |c: &City| distance_m([c.lon, c.lat], at);
    let (x, y) = square(at);
    [1, 4].into_iter().find_map(|reach: i16| {
        let around =
            (-reach..=reach).flat_map(|dx| (-reach..=reach).map(move |dy| (x + dx, y + dy)));
        let towns = around
            .filter_map(|square| SQUARES.get(&square))
            .flatten()
            .copied();
        let towns = towns.filter(|c| country.is_none_or(|code| c.country == code));
        towns.min_by(|a, b| away(a).total_cmp(&away(b)))
    })
}

/// Further from every known town than this, a point is at sea or nowhere, metres.
const NEAR_M: f64 = 300_000.0;

/// The IANA zone of a point by the country that it names, else by that of the nearest town. `None` far
/// from all of them.
#[must_use]
pub fn zone_at(country: &str, at: LonLat) -> Option<&'static str> {
    let named = country_code(country);
    let town = nearest(at, named);
    let town = town.filter(|c| distance_m([c.lon, c.lat], at) < NEAR_M);
    // Mexico and the border states have zones that no list of capitals tells apart.
    if let Some(town) = town.filter(|t| !t.state.is_empty()) {
        let places = PlaceNames {
            place: town.name.to_owned(),
            admin1: town.state.to_owned(),
            country: town.country.to_owned(),
            ..PlaceNames::default()
        };
        if let Some(zone) = zone_of(&places, Some(at)) {
            return Some(zone);
        }
    }
    let code = named.or(town.map(|t| t.country))?;
    let of_country = ZONES.iter().filter(|zone| zone.country == code);
    let nearest = of_country.min_by(|a, b| distance_m(a.at, at).total_cmp(&distance_m(b.at, at)));
    nearest.map(|zone| zone.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_keep_the_time_of_their_place() {
        for (country, at, wanted) in [
            ("", [-99.5164, 27.4763], "America/Matamoros"),
            ("", [-100.3161, 25.6866], "America/Monterrey"),
            ("", [-99.15, 23.73], "America/Monterrey"),
            ("", [-99.49, 27.52], "America/Chicago"),
            ("Mexico", [-104.66, 24.02], "America/Monterrey"),
            ("", [-88.30, 18.50], "America/Cancun"),
            ("Sudan", [24.8807, 12.0489], "Africa/Khartoum"),
            ("", [36.3, 50.0], "Europe/Kyiv"),
            ("", [-77.04, -12.05], "America/Lima"),
            ("", [-74.0, 40.7], "America/New_York"),
        ] {
            assert_eq!(zone_at(country, at), Some(wanted), "{country} {at:?}");
        }
        assert_eq!(zone_at("", [-140.0, 10.0]), None);
    }

    #[test]
    fn every_zone_is_one() {
        assert!(ZONES.len() > 400);
        let known = jiff::tz::TimeZoneDatabase::bundled();
        for zone in ZONES.iter() {
            assert!(known.get(zone.name).is_ok(), "{}", zone.name);
        }
    }
}
