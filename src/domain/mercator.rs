//! Web Mercator: degrees on the unit square, x east and y south from 180° W, 85.05° N.

use std::f64::consts::PI;

/// Latitude at which the Mercator square ends, degrees.
pub const MAX_LAT: f64 = 85.051_128_779_806_59;

/// A longitude and latitude on the unit square.
#[must_use]
pub fn world_from_lon_lat(lon: f64, lat: f64) -> [f64; 2] {
    let sin = lat.clamp(-MAX_LAT, MAX_LAT).to_radians().sin();
    let y = 0.5 - ((1.0 + sin) / (1.0 - sin)).ln() / (4.0 * PI);
    [lon / 360.0 + 0.5, y]
}

/// The inverse of [`world_from_lon_lat`].
#[must_use]
pub fn lon_lat_from_world(x: f64, y: f64) -> [f64; 2] {
    let lat = (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees();
    [(x - 0.5) * 360.0, lat]
}

/// Steps of the unit square in fixed point: 9 mm at the equator.
pub const FIXED: f64 = 4_294_967_296.0;

/// The same in fixed point, as columns hold it: `[x, y] · 2³²`.
#[must_use]
pub fn fixed_from_lon_lat(lon: f64, lat: f64) -> [u32; 2] {
    // Casts saturate: 180° E is the last step.
    world_from_lon_lat(lon, lat).map(|v| (v * FIXED) as u32)
}
