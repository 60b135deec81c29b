//! The places of a route as people write them: `Monterrey – Nuevo Laredo`.

use super::routes::Way;
use crate::domain::PlaceNames;
use crate::domain::area::LonLat;
use crate::domain::coordinates;
use crate::gazetteer::{self, Match};
use crate::locale::Problem;

/// A place that a route passes.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    pub name: String,
    pub at: LonLat,
}

/// What stands between two places, longest first.
const BETWEEN: [&str; 10] = [
    " – ", " — ", " -> ", " → ", " - ", "–", "—", "→", " to ", " hasta ",
];

/// Two places or more, each a town, `Monterrey, Nuevo León`, or coordinates.
///
/// # Errors
/// There is one place only, or one of them is not known or stands for several towns.
pub fn stops(text: &str) -> Result<Vec<Stop>, Problem> {
    let bad = || Problem::new(text!("problem-along-form", value = text));
    let sign = BETWEEN.iter().find(|sign| text.contains(**sign));
    let parts: Vec<&str> = text.split(*sign.ok_or_else(bad)?).map(str::trim).collect();
    if parts.len() < 2 || parts.iter().any(|part| part.is_empty()) {
        return Err(bad());
    }
    let mut found: Vec<Stop> = Vec::new();
    for part in parts {
        let near = found.last().map(|stop| stop.at);
        found.push(stop(part, near)?);
    }
    Ok(found)
}

/// The ways between the places that a text names, as [`super::ways`] gives them.
///
/// # Errors
/// As [`stops`] and [`super::ways`].
pub fn between(text: &str) -> Result<Vec<Way>, Problem> {
    let at: Vec<LonLat> = stops(text)?.into_iter().map(|stop| stop.at).collect();
    super::routes::ways(&at)
}

/// Whether a text means to name two places or more.
#[must_use]
pub fn is_route(text: &str) -> bool {
    BETWEEN.iter().any(|sign| {
        let (from, to) = text.split_once(sign).unwrap_or_default();
        [from, to]
            .iter()
            .all(|part| part.chars().any(char::is_alphabetic))
    })
}

/// A town or coordinates; of several towns of one name the one near a place.
///
/// # Errors
/// It is not known, or stands for several towns.
pub fn stop(text: &str, near: Option<LonLat>) -> Result<Stop, Problem> {
    if let Ok(at) = coordinates::parse(text) {
        return Ok(Stop {
            name: text.to_owned(),
            at,
        });
    }
    let levels: Vec<&str> = text.split(',').map(str::trim).collect();
    let level = |i: usize| levels.get(i).copied().unwrap_or_default().to_owned();
    let asked = |admin1: String, country: String| PlaceNames {
        place: level(0),
        admin1,
        country,
        ..PlaceNames::default()
    };
    // The second may be a state or a country.
    let readings = match levels.len() {
        1 => vec![asked(String::new(), String::new())],
        2 => vec![
            asked(level(1), String::new()),
            asked(String::new(), level(1)),
        ],
        _ => vec![asked(level(1), level(2))],
    };
    let mut several = Vec::new();
    for reading in readings {
        match gazetteer::find(&reading) {
            Match::One(city) => return Ok(stop_at(city)),
            Match::Several(cities) => several.extend(cities),
            Match::None => {}
        }
    }
    let Some(largest) = several.iter().max_by_key(|city| city.population) else {
        return Err(Problem::new(text!("problem-along-place", place = text)));
    };
    // One town far larger than the others of its name is meant, or the one near where the route begins.
    let rest = several
        .iter()
        .filter(|city| !std::ptr::eq(**city, *largest));
    if rest
        .clone()
        .all(|city| city.population.saturating_mul(10) < largest.population)
    {
        return Ok(stop_at(largest));
    }
    let away = |city: &&&gazetteer::City| {
        near.map_or(f64::MAX, |near| {
            (city.lon - near[0]).hypot(city.lat - near[1])
        })
    };
    let nearest = several.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
    match nearest.filter(|city| away(city) < 5.0) {
        Some(city) => Ok(stop_at(city)),
        None => {
            let all: Vec<String> = several.iter().take(4).map(|city| city.label()).collect();
            Err(Problem::new(text!(
                "problem-along-several",
                place = text,
                places = all.join("; ")
            )))
        }
    }
}

fn stop_at(city: &gazetteer::City) -> Stop {
    Stop {
        name: city.name.to_owned(),
        at: [city.lon, city.lat],
    }
}
