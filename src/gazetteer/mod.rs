//! Cities by name: where rows lie that have a place and no coordinates. The list is GeoNames'
//! (CC BY 4.0), packed by `data/gazetteer/build.py`: Mexico, Central America and the United States
//! whole, the rest of the world from 15,000 people on. Nothing is guessed: a name that stands for
//! several cities gives all of them.

mod countries;
mod keys;
mod near;
mod outlines;
mod tables;
mod zones;

pub use countries::country_code;
pub use keys::{AskedAdmin, country_key, path_keys, spelling_key};
pub use near::Surroundings;
pub use outlines::{Outlined, outlines_named};
pub use tables::City;
pub use zones::zone_at;

use crate::domain::PlaceNames;
use crate::domain::filter::fold;
use crate::domain::measure::distance_m;
use crate::domain::names::{municipality_key, state_key};
use tables::{GAZETTEER, MUNICIPALITIES, STATES, plain};

/// What a name stands for.
#[derive(Debug, PartialEq)]
pub enum Match {
    One(&'static City),
    /// The largest first.
    Several(Vec<&'static City>),
    None,
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
mod tests;
