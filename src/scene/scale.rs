//! The scale bar: how far a round distance is on the map, at its latitude.

use super::camera::Camera;
use crate::locale::{Lang, number_f64, round_distance, tr_args};

#[derive(Clone, Debug, PartialEq)]
pub struct ScaleBar {
    pub length_px: f32,
    pub metres: f64,
    /// `50 km`.
    pub distance: String,
    /// `50 km at 26.6° N`.
    pub label: String,
}

/// The longest bar of 1, 2 or 5 · 10ⁿ metres that is at most `max_px` long at latitude `lat`.
#[must_use]
pub fn scale_bar(camera: &Camera, lat: f64, max_px: f32, lang: Lang) -> ScaleBar {
    let metres_per_px = camera.metres_per_px(lat).max(1e-9);
    let most = metres_per_px * f64::from(max_px);
    let power = 10_f64.powf(most.log10().floor());
    let step = [5.0, 2.0, 1.0]
        .into_iter()
        .find(|s| s * power <= most)
        .unwrap_or(1.0);
    let metres = step * power;
    let distance = round_distance(metres);
    let latitude = number_f64(lat.abs(), 1);
    let key = if lat < 0.0 {
        text!("scale-at-south"; distance, latitude)
    } else {
        text!("scale-at-north"; distance, latitude)
    };
    ScaleBar {
        length_px: (metres / metres_per_px) as f32,
        metres,
        label: tr_args(
            lang,
            key,
            &[("distance", &distance), ("latitude", &latitude)],
        ),
        distance,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_as_long_as_it_says() {
        for (lon, lat, zoom) in [
            (-99.5, 27.5, 8.0),
            (-99.5, 27.5, 3.3),
            (2.0, 60.0, 12.7),
            (0.0, 0.0, 5.0),
        ] {
            let camera = Camera { lon, lat, zoom };
            let bar = scale_bar(&camera, lat, 140.0, Lang::En);
            assert!(
                bar.length_px <= 140.0 && bar.length_px > 140.0 / 2.6,
                "{bar:?}"
            );
            // Measured on the sphere between the ends of the bar, not with the same formula.
            let size = [400.0, 400.0];
            let end = |dx: f32| camera.lon_lat_from_screen(size, [200.0 + dx, 200.0]);
            let (a, b) = (end(-bar.length_px / 2.0), end(bar.length_px / 2.0));
            let (half_lat, half_lon) = (lat.to_radians(), ((b[0] - a[0]) / 2.0).to_radians());
            let on_sphere = 2.0 * 6_378_137.0 * (half_lat.cos() * half_lon.sin()).asin();
            assert!(
                (on_sphere / bar.metres - 1.0).abs() < 0.01,
                "{on_sphere} {bar:?}"
            );
        }
    }

    #[test]
    fn the_label_says_the_latitude() {
        let camera = Camera {
            lon: -99.0,
            lat: 26.6,
            zoom: 7.5,
        };
        assert_eq!(
            scale_bar(&camera, 26.6, 110.0, Lang::En).label,
            "50 km at 26.6° N"
        );
        assert_eq!(
            scale_bar(&camera, -26.6, 110.0, Lang::Es).label,
            "50 km a 26.6° S"
        );
    }
}
