//! Which hexagon of H3 (<https://h3geo.org>) each row lies in: cells of about equal area all over
//! the world, with names that other programs know.

use super::{Columns, Row};
use h3o::{CellIndex, LatLng, Resolution};
use rayon::prelude::*;

/// Coarsest and finest resolution, each with seven times as many cells as the one before.
pub const RESOLUTIONS: usize = 16;

/// The hexagons of one resolution that any row lies in.
#[derive(Clone, Debug, Default)]
pub struct Hexes {
    /// H3 indexes, ascending.
    pub cells: Vec<u64>,
    /// Place in `cells` of each row's.
    pub of_row: Vec<u32>,
}

impl Hexes {
    /// Of all rows.
    #[must_use]
    pub fn new(columns: &Columns, resolution: u8) -> Hexes {
        let rows = (0..columns.len() as Row).into_par_iter();
        let of_row: Vec<u64> = rows.map(|row| hex_of(columns, row, resolution)).collect();
        let mut cells = of_row.clone();
        cells.par_sort_unstable();
        cells.dedup();
        let place = |cell: &u64| cells.binary_search(cell).unwrap_or_default() as u32;
        Hexes {
            of_row: of_row.par_iter().map(place).collect(),
            cells,
        }
    }
}

/// The hexagon of a row, as H3 numbers it.
#[must_use]
pub fn hex_of(columns: &Columns, row: Row, resolution: u8) -> u64 {
    let row = row as usize;
    hex_at(columns.lon[row], columns.lat[row], resolution)
}

/// The hexagon of a place, degrees; 0 for what is no place.
#[must_use]
pub fn hex_at(lon: f64, lat: f64, resolution: u8) -> u64 {
    let resolution = Resolution::try_from(resolution).unwrap_or(Resolution::Fifteen);
    let place = LatLng::new(lat, lon).ok();
    place.map_or(0, |place| place.to_cell(resolution).into())
}

/// Corners of a hexagon, degrees; x may leave −180..=180, so that none jumps around the world.
/// Empty for what is no hexagon.
#[must_use]
pub fn outline(hex: u64) -> Vec<[f64; 2]> {
    let Ok(cell) = CellIndex::try_from(hex) else {
        return Vec::new();
    };
    let middle = LatLng::from(cell).lng();
    let near = |lon: f64| lon + 360.0 * ((middle - lon) / 360.0).round();
    let corners = cell.boundary();
    corners.iter().map(|c| [near(c.lng()), c.lat()]).collect()
}

/// The resolution whose hexagons are nearest to `width_m` wide, from side to side.
#[must_use]
pub fn resolution_of_width(width_m: f64) -> u8 {
    let off = |r: &Resolution| (width_of(*r) / width_m).ln().abs();
    let best = Resolution::range(Resolution::Zero, Resolution::Fifteen)
        .min_by(|a, b| off(a).total_cmp(&off(b)));
    best.map_or(0, u8::from)
}

/// How wide hexagons are on average, metres from side to side.
#[must_use]
pub fn width_m(resolution: u8) -> f64 {
    Resolution::try_from(resolution).map_or(0.0, width_of)
}

fn width_of(resolution: Resolution) -> f64 {
    resolution.edge_length_m() * 3.0_f64.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_outlines() {
        assert_eq!(resolution_of_width(1.0e9), 0);
        assert_eq!(resolution_of_width(0.01), 15);
        // 5 km edges or so.
        let five = resolution_of_width(16_000.0);
        assert!((10_000.0..25_000.0).contains(&width_m(five)), "{five}");
        let hex = hex_at(-99.5, 27.5, five);
        let ring = outline(hex);
        assert!((5..=10).contains(&ring.len()));
        let east = ring.iter().map(|p| p[0]).fold(f64::MIN, f64::max);
        let west = ring.iter().map(|p| p[0]).fold(f64::MAX, f64::min);
        assert!(
            west < -99.5 && east > -99.5 && east - west < 0.5,
            "{ring:?}"
        );
        // Over the antimeridian it stays in one piece.
        let ring = outline(hex_at(179.999, 10.0, 3));
        let span = ring.iter().map(|p| p[0]).fold(f64::MIN, f64::max)
            - ring.iter().map(|p| p[0]).fold(f64::MAX, f64::min);
        assert!(span < 5.0, "{ring:?}");
        assert!(outline(0).is_empty());
    }
}
