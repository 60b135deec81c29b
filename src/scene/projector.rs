//! Places to pixels of a map, and back.

use super::camera::{Camera, world_from_lon_lat};
use super::drawing::Point;
use crate::domain::mercator::FIXED;
use crate::index::{Columns, Row};

/// Places to screen px, made ready for one camera. Of the world's endless copies side by side it
/// takes the one nearest to the centre.
#[derive(Clone, Copy, Debug)]
pub struct Projector {
    center: [f64; 2],
    scale_px: f64,
    size: [f32; 2],
}

impl Projector {
    #[must_use]
    pub fn new(camera: &Camera, size: [f32; 2]) -> Projector {
        Projector {
            center: world_from_lon_lat(camera.lon, camera.lat),
            scale_px: camera.world_px(),
            size,
        }
    }

    #[must_use]
    pub fn lon_lat(&self, lon: f64, lat: f64) -> Point {
        let world = world_from_lon_lat(lon, lat);
        self.world([world[0] + self.nearest_copy(world[0]), world[1]])
    }

    /// A place on the unit square, taken as it is.
    #[must_use]
    pub fn world(&self, world: [f64; 2]) -> Point {
        [
            ((world[0] - self.center[0]) * self.scale_px) as f32 + self.size[0] / 2.0,
            ((world[1] - self.center[1]) * self.scale_px) as f32 + self.size[1] / 2.0,
        ]
    }

    /// A place in fixed point, see [`crate::domain::mercator`], on the nearest copy of the world.
    #[must_use]
    pub fn fixed(&self, x: u32, y: u32) -> Point {
        let center = [self.center[0].rem_euclid(1.0), self.center[1]];
        let anchor = center.map(|v| (v * FIXED) as u32);
        let step_px = self.scale_px / FIXED;
        // Wrapping around is what finds the nearest copy.
        let dx = f64::from(x.wrapping_sub(anchor[0]) as i32);
        let dy = f64::from(y) - f64::from(anchor[1]);
        let rest = [0, 1].map(|i| center[i] * FIXED - f64::from(anchor[i]));
        [
            ((dx - rest[0]) * step_px) as f32 + self.size[0] / 2.0,
            ((dy - rest[1]) * step_px) as f32 + self.size[1] / 2.0,
        ]
    }

    /// The place on the unit square under a point of the map; x may leave 0..=1.
    #[must_use]
    pub fn world_at(&self, at: Point) -> [f64; 2] {
        [0, 1].map(|i| self.center[i] + f64::from(at[i] - self.size[i] / 2.0) / self.scale_px)
    }

    /// Whole worlds to add to `x` so that it lies nearest to the centre.
    #[must_use]
    pub fn nearest_copy(&self, x: f64) -> f64 {
        (self.center[0] - x).round()
    }

    /// `[west, north, east, south]` on the unit square; x may leave 0..=1.
    #[must_use]
    pub fn visible(&self) -> [f64; 4] {
        let half = [0, 1].map(|i| f64::from(self.size[i]) / 2.0 / self.scale_px);
        let [x, y] = self.center;
        [x - half[0], y - half[1], x + half[0], y + half[1]]
    }

    /// What the picture shows, for places in fixed point.
    #[must_use]
    pub fn window(&self) -> FixedWindow {
        let half = [0, 1].map(|i| f64::from(self.size[i]) / 2.0 / self.scale_px * FIXED);
        let [x, y] = self.center.map(|v| v * FIXED);
        FixedWindow {
            center_x: x.rem_euclid(FIXED) as u32,
            half_x: half[0] as u32,
            top: (y - half[1]) as u32,
            bottom: (y + half[1]) as u32,
        }
    }

    /// px between two points of the map that lie one world apart.
    #[must_use]
    pub fn world_px(&self) -> f64 {
        self.scale_px
    }

    /// Of the middle of the picture, on the unit square.
    #[must_use]
    pub fn center_x(&self) -> f64 {
        self.center[0]
    }

    /// Whether something of `reach_px` around a point may be seen.
    #[must_use]
    pub fn sees(&self, at: Point, reach_px: f32) -> bool {
        (0..2).all(|i| at[i] >= -reach_px && at[i] <= self.size[i] + reach_px)
    }
}

/// A part of the Mercator square in the fixed point of `Columns::world_x` and `world_y`. Of the
/// world's copies it takes the one nearest to its middle.
#[derive(Clone, Copy, Debug)]
pub struct FixedWindow {
    center_x: u32,
    half_x: u32,
    top: u32,
    bottom: u32,
}

impl FixedWindow {
    #[must_use]
    pub fn holds(&self, x: u32, y: u32) -> bool {
        // The difference wraps around the world as the map does.
        let from_center = (x.wrapping_sub(self.center_x) as i32).unsigned_abs();
        from_center <= self.half_x && y >= self.top && y <= self.bottom
    }

    /// Whether the place of a row lies in it.
    #[must_use]
    pub fn holds_row(&self, columns: &Columns, row: Row) -> bool {
        let row = row as usize;
        self.holds(columns.world_x[row], columns.world_y[row])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_copy_of_the_world_is_taken() {
        let camera = Camera {
            lon: 179.0,
            lat: 0.0,
            zoom: 4.0,
        };
        let projector = Projector::new(&camera, [800.0, 600.0]);
        let east = projector.lon_lat(-179.0, 0.0);
        assert!(east[0] > 400.0 && east[0] < 500.0, "{east:?}");
        let visible = projector.visible();
        assert!(visible[2] > 1.0 && visible[0] < 1.0, "{visible:?}");
    }

    #[test]
    fn a_window_holds_what_is_seen() {
        let size = [800.0, 600.0];
        for (lon, lat, zoom) in [(179.0, 10.0, 4.0), (-99.5, 27.5, 9.0), (0.0, 0.0, 1.0)] {
            let projector = Projector::new(&Camera { lon, lat, zoom }, size);
            let window = projector.window();
            for i in 0..10_000_u32 {
                let at = [
                    f64::from(i % 200) * 1.8 - 180.0,
                    f64::from(i / 200) * 3.4 - 84.0,
                ];
                let [x, y] = crate::domain::mercator::fixed_from_lon_lat(at[0], at[1]);
                let seen = projector.sees(projector.lon_lat(at[0], at[1]), 0.0);
                assert_eq!(window.holds(x, y), seen, "{at:?}");
            }
        }
    }

    #[test]
    fn it_agrees_with_the_camera() {
        let camera = Camera {
            lon: -99.5,
            lat: 27.5,
            zoom: 7.3,
        };
        let size = [1600.0, 900.0];
        let (a, b) = (
            Projector::new(&camera, size).lon_lat(-100.0, 25.0),
            camera.screen_from_lon_lat(size, -100.0, 25.0),
        );
        assert!((a[0] - b[0]).abs() < 0.01 && (a[1] - b[1]).abs() < 0.01);
    }
}
