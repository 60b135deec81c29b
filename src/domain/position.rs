//! Where something happened: a point on WGS 84 and how precisely it is known.

use super::coded_enum;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// How precisely the place is known, finest first.
    PlacePrecision {
        Exact = "exact",
        Near = "near",
        Municipality = "municipality",
        State = "state",
        Country = "country",
    }
}

impl PlacePrecision {
    /// A radius in metres that stands for this precision where the source gives none. Ours, by
    /// rule of thumb: a neighbourhood, a Mexican municipality, a state, a country.
    #[must_use]
    pub const fn default_radius_m(self) -> f64 {
        match self {
            PlacePrecision::Exact => 0.0,
            PlacePrecision::Near => 5_000.0,
            PlacePrecision::Municipality => 15_000.0,
            PlacePrecision::State => 120_000.0,
            PlacePrecision::Country => 600_000.0,
        }
    }
}

/// A point with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees east, WGS 84, −180..=180.
    pub lon: f64,
    /// Degrees north, WGS 84, −90..=90.
    pub lat: f64,
    pub precision: PlacePrecision,
    /// Metres around the point in which the incident lies, where the source says so.
    pub radius_m: Option<f64>,
}

impl Position {
    /// `None` where a coordinate is not a number or out of range.
    #[must_use]
    pub fn new(lon: f64, lat: f64, precision: PlacePrecision) -> Option<Position> {
        ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some(Position {
            lon,
            lat,
            precision,
            radius_m: None,
        })
    }

    /// The radius given, else the one that stands for the precision; metres.
    #[must_use]
    pub fn radius_or_default_m(&self) -> f64 {
        self.radius_m.unwrap_or(self.precision.default_radius_m())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_on_earth() {
        for (lon, lat) in [
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (180.1, 0.0),
            (0.0, -90.5),
            (f64::INFINITY, 0.0),
        ] {
            assert!(Position::new(lon, lat, PlacePrecision::Exact).is_none());
        }
        assert!(Position::new(-180.0, 90.0, PlacePrecision::Exact).is_some());
    }
}
