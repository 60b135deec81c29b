//! Web Mercator: from degrees to the screen and back.

use crate::domain::Bounds;
pub use crate::domain::mercator::{MAX_LAT, lon_lat_from_world, world_from_lon_lat};
use serde::{Deserialize, Serialize};

/// Smallest and largest zoom; at zoom z the world is 256·2^z px wide.
pub const ZOOM_RANGE: std::ops::RangeInclusive<f64> = 1.0..=18.0;

/// Where the map is looked at from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// Centre, degrees on WGS 84.
    pub lon: f64,
    pub lat: f64,
    pub zoom: f64,
}

impl Camera {
    /// The zoom at which the world is as high as a frame, px: looked at from further away the map would
    /// not fill it.
    #[must_use]
    pub fn least_zoom(height: f32) -> f64 {
        f64::from(height / 256.0).log2().max(0.0)
    }

    /// Width of the whole world, px.
    #[must_use]
    pub fn world_px(&self) -> f64 {
        256.0 * self.zoom.exp2()
    }

    /// Screen position of a place on a picture of `size` px whose centre the camera looks at.
    #[must_use]
    pub fn screen_from_lon_lat(&self, size: [f32; 2], lon: f64, lat: f64) -> [f32; 2] {
        self.screen_from_world(size, world_from_lon_lat(lon, lat))
    }

    /// The same for a place on the unit square.
    #[must_use]
    pub fn screen_from_world(&self, size: [f32; 2], world: [f64; 2]) -> [f32; 2] {
        let center = world_from_lon_lat(self.lon, self.lat);
        let scale = self.world_px();
        [
            ((world[0] - center[0]) * scale) as f32 + size[0] / 2.0,
            ((world[1] - center[1]) * scale) as f32 + size[1] / 2.0,
        ]
    }

    /// Degrees under a screen position.
    #[must_use]
    pub fn lon_lat_from_screen(&self, size: [f32; 2], at: [f32; 2]) -> [f64; 2] {
        let center = world_from_lon_lat(self.lon, self.lat);
        let scale = self.world_px();
        lon_lat_from_world(
            center[0] + f64::from(at[0] - size[0] / 2.0) / scale,
            center[1] + f64::from(at[1] - size[1] / 2.0) / scale,
        )
    }

    /// Metres that one px stands for at a latitude.
    #[must_use]
    pub fn metres_per_px(&self, lat: f64) -> f64 {
        // Equator of the WGS 84 ellipsoid's sphere in Web Mercator.
        40_075_016.685_578_49 * lat.to_radians().cos() / self.world_px()
    }

    /// The camera that shows `bounds` in a picture of `size` px with `margin_px` around it.
    #[must_use]
    pub fn fitting(bounds: Bounds, size: [f32; 2], margin_px: f32) -> Camera {
        let around = if bounds.west > bounds.east {
            360.0
        } else {
            0.0
        };
        let extent = [
            bounds.west,
            bounds.south,
            bounds.east + around,
            bounds.north,
        ];
        Camera::fitting_extent(extent, size, margin_px)
    }

    /// The same for degrees `[west, south, east, north]` that may go beyond ±180.
    #[must_use]
    pub fn fitting_extent(
        [west, south, east, north]: [f64; 4],
        size: [f32; 2],
        margin_px: f32,
    ) -> Camera {
        let (nw, se) = (
            world_from_lon_lat(west, north),
            world_from_lon_lat(east, south),
        );
        let room = |px: f32| f64::from((px - 2.0 * margin_px).max(16.0));
        let zoom_for = |px: f64, world: f64| (px / (256.0 * world.max(1e-9))).log2();
        let zoom = zoom_for(room(size[0]), se[0] - nw[0])
            .min(zoom_for(room(size[1]), se[1] - nw[1]))
            // A single point still shows its surroundings.
            .clamp(*ZOOM_RANGE.start(), 11.0);
        let [lon, lat] = lon_lat_from_world((nw[0] + se[0]) / 2.0, (nw[1] + se[1]) / 2.0);
        Camera {
            lon: (lon + 180.0).rem_euclid(360.0) - 180.0,
            lat,
            zoom,
        }
    }

    /// What a picture of `size` px shows; clamped to the world.
    #[must_use]
    pub fn bounds(&self, size: [f32; 2]) -> Bounds {
        let [west, north] = self.lon_lat_from_screen(size, [0.0, 0.0]);
        let [east, south] = self.lon_lat_from_screen(size, size);
        Bounds {
            west: west.max(-180.0),
            south: south.max(-90.0),
            east: east.min(180.0),
            north: north.min(90.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screen_and_back() {
        let camera = Camera {
            lon: -99.5,
            lat: 27.5,
            zoom: 7.3,
        };
        let size = [1600.0, 900.0];
        for (lon, lat) in [(-99.5, 27.5), (-101.0, 25.0), (-95.0, 30.0)] {
            let [x, y] =
                camera.lon_lat_from_screen(size, camera.screen_from_lon_lat(size, lon, lat));
            assert!((x - lon).abs() < 1e-4 && (y - lat).abs() < 1e-4, "{x} {y}");
        }
    }

    #[test]
    fn fits_what_it_is_asked_to() {
        let mexico = Bounds::new(-117.1, 14.5, -86.7, 32.7).unwrap();
        let size = [1200.0, 800.0];
        let shown = Camera::fitting(mexico, size, 20.0).bounds(size);
        assert!(
            shown.west < -117.1 && shown.east > -86.7 && shown.south < 14.5 && shown.north > 32.7
        );
        assert!(shown.north - shown.south < 24.0, "{shown:?}");
    }
}
