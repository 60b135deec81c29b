//! Universal Transverse Mercator on WGS 84.

use super::area::LonLat;
use proj4rs::Proj;
use proj4rs::transform::transform;
use std::sync::LazyLock;

/// A place on the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Utm {
    /// 1..=60, from 180° W.
    pub zone: u8,
    pub north: bool,
    pub easting_m: f64,
    pub northing_m: f64,
}

const FALSE_NORTHING_M: f64 = 10_000_000.0;

static DEGREES: LazyLock<Option<Proj>> =
    LazyLock::new(|| Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").ok());

/// The northern half of each zone, from the first on.
static ZONES: LazyLock<[Option<Proj>; 60]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let zone = format!("+proj=utm +zone={} +datum=WGS84 +units=m +no_defs", i + 1);
        Proj::from_proj_string(&zone).ok()
    })
});

fn zone(number: u8) -> Option<&'static Proj> {
    ZONES.get(usize::from(number).checked_sub(1)?)?.as_ref()
}

/// Letters of the bands of 8° from 80° S; the last is 12° high.
const BANDS: &str = "CDEFGHJKLMNPQRSTUVWX";

/// The latitudes of a band, degrees, `None` for a letter that is none.
#[must_use]
pub fn band_latitudes(letter: char) -> Option<[f64; 2]> {
    let south = BANDS.find(letter)? as f64 * 8.0 - 80.0;
    Some([south, if letter == 'X' { 84.0 } else { south + 8.0 }])
}

/// The letter of the band of 8° at a latitude from 80° S to 84° N.
#[must_use]
pub fn band(lat: f64) -> Option<char> {
    if !(-80.0..=84.0).contains(&lat) {
        return None;
    }
    let index = (((lat + 80.0) / 8.0) as usize).min(BANDS.len() - 1);
    BANDS.chars().nth(index)
}

impl Utm {
    /// A place by its zone, without the exceptions of Norway and Svalbard; `None` beyond 80° S and
    /// 84° N, where the grid ends.
    #[must_use]
    pub fn from_lon_lat([lon, lat]: LonLat) -> Option<Utm> {
        band(lat)?;
        let number = (((lon + 180.0).rem_euclid(360.0) / 6.0) as u8 + 1).min(60);
        let mut at = (lon.to_radians(), lat.to_radians(), 0.0);
        transform(DEGREES.as_ref()?, zone(number)?, &mut at).ok()?;
        let north = lat >= 0.0;
        Some(Utm {
            zone: number,
            north,
            easting_m: at.0,
            northing_m: at.1 + if north { 0.0 } else { FALSE_NORTHING_M },
        })
    }

    /// Degrees; `None` where there is no such zone, or the place is far beyond it.
    #[must_use]
    pub fn lon_lat(&self) -> Option<LonLat> {
        let from_equator = self.northing_m - if self.north { 0.0 } else { FALSE_NORTHING_M };
        let mut at = (self.easting_m, from_equator, 0.0);
        transform(zone(self.zone)?, DEGREES.as_ref()?, &mut at).ok()?;
        let lon = (at.0.to_degrees() + 180.0).rem_euclid(360.0) - 180.0;
        Some([lon, at.1.to_degrees()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From PROJ.
    const KNOWN: [(LonLat, u8, f64, f64); 6] = [
        ([-99.5164, 27.4763], 14, 448_982.502_356, 3_039_297.716_875),
        (
            [-79.387_138_9, 43.642_566_7],
            17,
            630_084.309_547,
            4_833_438.552_512,
        ),
        ([151.2153, -33.8568], 56, 334_900.569_652, 6_252_288.752_888),
        ([5.3221, 60.3913], 32, 297_353.932_729, 6_700_648.345_232),
        ([-68.3, -54.8], 19, 545_000.053_364, 3_927_239.381_3),
        ([-96.05, 25.1], 14, 797_526.983_252, 2_779_271.719_426),
    ];

    #[test]
    fn known_places_to_the_centimetre() {
        for (at, zone, easting_m, northing_m) in KNOWN {
            let north = at[1] >= 0.0;
            let [lon, lat] = Utm {
                zone,
                north,
                easting_m,
                northing_m,
            }
            .lon_lat()
            .unwrap();
            assert!(
                (lon - at[0]).abs() < 1e-7 && (lat - at[1]).abs() < 1e-7,
                "{at:?}: {lon} {lat}"
            );
            let utm = Utm::from_lon_lat(at).unwrap();
            // Bergen lies in a zone that was widened for it.
            if utm.zone == zone {
                assert!(
                    (utm.easting_m - easting_m).abs() < 0.01
                        && (utm.northing_m - northing_m).abs() < 0.01,
                    "{at:?}: {utm:?}"
                );
            }
        }
    }

    #[test]
    fn the_grid_ends_near_the_poles() {
        assert!(Utm::from_lon_lat([0.0, 84.5]).is_none());
        assert!(Utm::from_lon_lat([0.0, -80.5]).is_none());
        assert_eq!(Utm::from_lon_lat([180.0, 0.0]).unwrap().zone, 1);
        assert_eq!(band(27.5), Some('R'));
        assert_eq!(band_latitudes('R'), Some([24.0, 32.0]));
        assert_eq!(band_latitudes('I'), None);
    }
}
