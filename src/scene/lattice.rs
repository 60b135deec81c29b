//! Square cells laid over the map and fixed to the world: when the map is moved they move with it,
//! so that counts by cell do not flicker.

use super::camera::{Camera, world_from_lon_lat};
use super::drawing::Point;
use crate::domain::mercator::FIXED;

/// The cells around one view. Of the world's endless copies it takes the one nearest to the centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// Columns and rows of cells.
    pub size: [usize; 2],
    /// Width and height of a cell, px.
    pub cell_px: f32,
    /// Corner of the first cell on the map, px.
    pub corner_px: Point,
    /// The view's centre in fixed point, and in cells from the first cell's corner.
    anchor: [u32; 2],
    anchor_cells: [f64; 2],
    cells_per_step: f64,
}

impl Lattice {
    /// Cells of `cell_px` that cover a map of `size_px` and `margin` cells around it.
    #[must_use]
    pub fn new(camera: &Camera, size_px: [f32; 2], cell_px: f32, margin: usize) -> Lattice {
        let cells_per_world = camera.world_px() / f64::from(cell_px);
        let center = world_from_lon_lat(camera.lon, camera.lat);
        let center = [center[0].rem_euclid(1.0), center[1]];
        let anchor = center.map(|v| (v * FIXED) as u32);
        let mut lattice = Lattice {
            size: [0; 2],
            cell_px,
            corner_px: [0.0; 2],
            anchor,
            anchor_cells: [0.0; 2],
            cells_per_step: cells_per_world / FIXED,
        };
        for i in 0..2 {
            let half = f64::from(size_px[i]) / 2.0 / f64::from(cell_px);
            let from = center[i] * cells_per_world - half;
            let first = from.floor() - margin as f64;
            lattice.size[i] = (2.0 * half).ceil() as usize + 1 + 2 * margin;
            lattice.corner_px[i] = ((first - from) * f64::from(cell_px)) as f32;
            lattice.anchor_cells[i] = f64::from(anchor[i]) * lattice.cells_per_step - first;
        }
        lattice
    }

    /// Cells in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.size[0] * self.size[1]
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a place in fixed point lies, in cells from the first cell's corner.
    #[must_use]
    pub fn place(&self, x: u32, y: u32) -> [f64; 2] {
        // Wrapping around is what finds the nearest copy.
        let dx = f64::from(x.wrapping_sub(self.anchor[0]) as i32);
        let dy = f64::from(y) - f64::from(self.anchor[1]);
        [
            dx * self.cells_per_step + self.anchor_cells[0],
            dy * self.cells_per_step + self.anchor_cells[1],
        ]
    }

    /// The cell of a place in fixed point, row by row; `None` outside.
    #[must_use]
    pub fn cell(&self, x: u32, y: u32) -> Option<usize> {
        let [x, y] = self.place(x, y);
        let inside = x >= 0.0 && y >= 0.0 && x < self.size[0] as f64 && y < self.size[1] as f64;
        inside.then(|| y as usize * self.size[0] + x as usize)
    }

    /// The cell under a point of the map, px; `None` outside.
    #[must_use]
    pub fn cell_at(&self, at: Point) -> Option<[usize; 2]> {
        let cell = [0, 1].map(|i| ((at[i] - self.corner_px[i]) / self.cell_px).floor());
        let inside = (0..2).all(|i| cell[i] >= 0.0 && cell[i] < self.size[i] as f32);
        inside.then(|| cell.map(|v| v as usize))
    }

    /// Where a place in cells lies on the map, px.
    #[must_use]
    pub fn point(&self, cells: [f64; 2]) -> Point {
        [0, 1].map(|i| cells[i] as f32 * self.cell_px + self.corner_px[i])
    }

    /// `[west, north, east, south]` of a block of cells on the unit square; x may leave 0..=1.
    #[must_use]
    pub fn world(&self, from: [f64; 2], to: [f64; 2]) -> [f64; 4] {
        let at = |cells: [f64; 2], i: usize| {
            (f64::from(self.anchor[i]) + (cells[i] - self.anchor_cells[i]) / self.cells_per_step)
                / FIXED
        };
        [at(from, 0), at(from, 1), at(to, 0), at(to, 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::projector::Projector;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_agrees_with_the_projector(
            lon in -180.0..180.0_f64, lat in -80.0..80.0_f64, zoom in 1.0..18.0_f64,
            x in 0.0..1.0_f64, y in 0.0..1.0_f64,
        ) {
            let camera = Camera { lon, lat, zoom };
            let size = [1600.0, 900.0];
            let lattice = Lattice::new(&camera, size, 1.5, 3);
            let projector = Projector::new(&camera, size);
            // A place in view.
            let [west, north, east, south] = projector.visible();
            let world = [west + (east - west).min(1.0) * x, (north + (south - north) * y).clamp(0.0, 1.0)];
            let turned = world[0].rem_euclid(1.0);
            let fixed = [(turned * FIXED) as u32, (world[1] * FIXED) as u32];
            let there = projector.world([turned + projector.nearest_copy(turned), world[1]]);
            let found = lattice.point(lattice.place(fixed[0], fixed[1]));
            // Half a world away either copy is as near.
            prop_assume!((there[0] - found[0]).abs() < projector.world_px() as f32 / 2.0);
            prop_assert!((there[0] - found[0]).abs() < 0.02 && (there[1] - found[1]).abs() < 0.02,
                "{there:?} {found:?}");
        }
    }

    #[test]
    fn cells_move_with_the_map() {
        let size = [800.0, 600.0];
        let at = |lon| {
            let camera = Camera {
                lon,
                lat: 20.0,
                zoom: 6.0,
            };
            Lattice::new(&camera, size, 1.0, 0)
        };
        let places: Vec<[u32; 2]> = (0..200_u32)
            .map(|i| [1_000_000_000 + i * 70_001, 1_900_000_000 + i * 90_001])
            .collect();
        let (a, b) = (at(-99.0), at(-99.0371));
        let apart = |[x, y]: &[u32; 2]| {
            let cells = [a, b].map(|l| l.cell(*x, *y).map(|c| (c % l.size[0], c / l.size[0])));
            Some((
                cells[1]?.0 as i64 - cells[0]?.0 as i64,
                cells[1]?.1 as i64 - cells[0]?.1 as i64,
            ))
        };
        let moves: std::collections::BTreeSet<_> = places.iter().filter_map(apart).collect();
        assert_eq!(moves.len(), 1, "{moves:?}");
    }
}
