//! What is shown: one value for screen, export and command line.

use super::{Kind, PlacePrecision};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Degrees on WGS 84. `west > east` crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    /// `None` where a number is out of range, not a number, or south is above north.
    #[must_use]
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Option<Bounds> {
        let lon = -180.0..=180.0;
        let lat = -90.0..=90.0;
        (lon.contains(&west)
            && lon.contains(&east)
            && lat.contains(&south)
            && lat.contains(&north)
            && south <= north)
            .then_some(Bounds {
                west,
                south,
                east,
                north,
            })
    }

    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        let in_lon = if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        };
        in_lon && (self.south..=self.north).contains(&lat)
    }
}

/// Every part narrows; an absent part (`None`, empty) lets all through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// First and last day of the time window, both included.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Only incidents that certainly lie in the window; else all that possibly overlap it.
    pub certain: bool,
    pub kinds: BTreeSet<Kind>,
    /// Names, on either side.
    pub actors: BTreeSet<String>,
    pub bounds: Option<Bounds>,
    /// Every word must occur in title, narrative, place, actor or the row's own id, without regard
    /// to case or accents.
    pub text: String,
    /// At least so many deaths by the best estimate; what is unknown does not pass.
    pub min_deaths: Option<u32>,
    /// At least this precise.
    pub precision: Option<PlacePrecision>,
    pub datasets: BTreeSet<String>,
}

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// Without its time window.
    #[must_use]
    pub fn any_time(&self) -> Filter {
        Filter {
            from: None,
            to: None,
            ..self.clone()
        }
    }
}

/// Text as it is compared: lower case, without accents, so that "Nuevo León" finds "nuevo leon".
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        // Accents that stand as characters of their own, as a Mac writes them.
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(unaccented)
        .collect()
}

fn unaccented(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_may_cross_the_antimeridian() {
        let fiji = Bounds::new(177.0, -20.0, -178.0, -15.0).unwrap();
        assert!(fiji.contains(179.0, -17.0) && fiji.contains(-179.0, -17.0));
        assert!(!fiji.contains(0.0, -17.0));
        assert!(Bounds::new(0.0, 10.0, 1.0, 9.0).is_none());
        assert!(Bounds::new(f64::NAN, 0.0, 1.0, 9.0).is_none());
    }

    #[test]
    fn folds_case_and_accents() {
        assert_eq!(
            fold("Cártel del NORESTE, Nuevo León"),
            "cartel del noreste, nuevo leon"
        );
        assert_eq!(fold("Leo\u{301}n"), "leon");
    }
}
