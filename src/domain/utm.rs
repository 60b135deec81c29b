//! Universal Transverse Mercator on WGS 84 by Krüger's series to the third order of the
//! flattening's `n`: under a millimetre within a zone. After Karney, "Transverse Mercator with an
//! accuracy of a few nanometers" (2011), equations 7–11 and 35–36.

use super::area::LonLat;

/// A place on the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Utm {
    /// 1..=60, from 180° W.
    pub zone: u8,
    pub north: bool,
    pub easting_m: f64,
    pub northing_m: f64,
}

const A_M: f64 = 6_378_137.0;
const F: f64 = 1.0 / 298.257_223_563;
const N: f64 = F / (2.0 - F);
const SCALE: f64 = 0.9996;
const FALSE_EASTING_M: f64 = 500_000.0;
const FALSE_NORTHING_M: f64 = 10_000_000.0;

/// Radius of the circle whose quarter is as long as the meridian's.
const RECTIFYING_M: f64 = A_M / (1.0 + N) * (1.0 + N * N / 4.0 + N * N * N * N / 64.0);

const ALPHA: [f64; 3] = [
    N / 2.0 - 2.0 * N * N / 3.0 + 5.0 * N * N * N / 16.0,
    13.0 * N * N / 48.0 - 3.0 * N * N * N / 5.0,
    61.0 * N * N * N / 240.0,
];
const BETA: [f64; 3] = [
    N / 2.0 - 2.0 * N * N / 3.0 + 37.0 * N * N * N / 96.0,
    N * N / 48.0 + N * N * N / 15.0,
    17.0 * N * N * N / 480.0,
];
const DELTA: [f64; 3] = [
    2.0 * N - 2.0 * N * N / 3.0 - 2.0 * N * N * N,
    7.0 * N * N / 3.0 - 8.0 * N * N * N / 5.0,
    56.0 * N * N * N / 15.0,
];

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

fn central_meridian(zone: u8) -> f64 {
    f64::from(zone) * 6.0 - 183.0
}

impl Utm {
    /// A place by its zone, without the exceptions of Norway and Svalbard; `None` beyond 80° S and
    /// 84° N, where the grid ends.
    #[must_use]
    pub fn from_lon_lat([lon, lat]: LonLat) -> Option<Utm> {
        band(lat)?;
        let zone = (((lon + 180.0).rem_euclid(360.0) / 6.0) as u8 + 1).min(60);
        let phi = lat.to_radians();
        let lambda = (lon - central_meridian(zone)).to_radians();
        let e = 2.0 * N.sqrt() / (1.0 + N);
        let t = (phi.sin().atanh() - e * (e * phi.sin()).atanh()).sinh();
        let xi = t.atan2(lambda.cos());
        let eta = (lambda.sin() / (1.0 + t * t).sqrt()).atanh();
        let [x, y] = series(eta, xi, &ALPHA, 1.0);
        let k = SCALE * RECTIFYING_M;
        let north = lat >= 0.0;
        Some(Utm {
            zone,
            north,
            easting_m: FALSE_EASTING_M + k * x,
            northing_m: k * y + if north { 0.0 } else { FALSE_NORTHING_M },
        })
    }

    /// Degrees. Sensible within the zone and some degrees beyond it.
    #[must_use]
    pub fn lon_lat(&self) -> LonLat {
        let k = SCALE * RECTIFYING_M;
        let from_equator = self.northing_m - if self.north { 0.0 } else { FALSE_NORTHING_M };
        let (xi, eta) = (from_equator / k, (self.easting_m - FALSE_EASTING_M) / k);
        let [eta, xi] = series(eta, xi, &BETA, -1.0);
        let chi = (xi.sin() / eta.cosh()).asin();
        let raised = DELTA
            .iter()
            .enumerate()
            .map(|(i, d)| d * (2.0 * (i + 1) as f64 * chi).sin());
        let phi = chi + raised.sum::<f64>();
        let lambda = eta.sinh().atan2(xi.cos());
        let lon = central_meridian(self.zone) + lambda.to_degrees();
        [(lon + 180.0).rem_euclid(360.0) - 180.0, phi.to_degrees()]
    }
}

/// `[eta, xi]` plus or minus the series of a transverse sphere.
fn series(eta: f64, xi: f64, coefficients: &[f64; 3], sign: f64) -> [f64; 2] {
    let (mut x, mut y) = (eta, xi);
    for (i, c) in coefficients.iter().enumerate() {
        let j = 2.0 * (i + 1) as f64;
        x += sign * c * (j * xi).cos() * (j * eta).sinh();
        y += sign * c * (j * xi).sin() * (j * eta).cosh();
    }
    [x, y]
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
            .lon_lat();
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
