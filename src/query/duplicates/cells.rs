//! Rows by where they lie, so that what is near is found without looking at all of them.

use crate::index::{Columns, Row};
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// Rows by cell: bands of latitude, each cut into columns by longitude, both at least as wide as the
/// distance asked for wherever in them one measures.
pub struct Cells {
    /// Cell and row, ascending.
    pub entries: Vec<(u64, Row)>,
    of: HashMap<u64, Range<usize>>,
    km: f64,
    band_deg: f64,
}

/// A degree of latitude is nowhere shorter, km.
const DEGREE_KM: f64 = 110.5;

impl Cells {
    pub fn new(columns: &Columns, among: &[Row], km: f64) -> Cells {
        // Cells narrower than 50 m only cost memory.
        let km = km.max(0.05);
        let mut cells = Cells {
            entries: Vec::new(),
            of: HashMap::new(),
            km,
            band_deg: km / DEGREE_KM,
        };
        let entry = |row: &Row| {
            let i = *row as usize;
            let band = cells.band(columns.lat[i]);
            (key(band, cells.column(band, columns.lon[i])), *row)
        };
        let mut entries: Vec<(u64, Row)> = among.par_iter().map(entry).collect();
        entries.par_sort_unstable();
        let mut start = 0;
        for cell in entries.chunk_by(|a, b| a.0 == b.0) {
            cells.of.insert(cell[0].0, start..start + cell.len());
            start += cell.len();
        }
        cells.entries = entries;
        cells
    }

    fn band(&self, lat: f64) -> i64 {
        ((lat + 90.0) / self.band_deg) as i64
    }

    /// How many columns a band has: what is near may lie a band nearer to the pole, where degrees
    /// of longitude are shorter.
    fn columns(&self, band: i64) -> i64 {
        let south = band as f64 * self.band_deg - 90.0;
        let poleward = south.abs().max((south + self.band_deg).abs()) + self.band_deg;
        if poleward >= 89.0 {
            return 1;
        }
        // 5 % more, as the shortest way bends towards the pole.
        let width_deg = self.km / (DEGREE_KM * poleward.to_radians().cos()) * 1.05;
        ((360.0 / width_deg) as i64).max(1)
    }

    fn column(&self, band: i64, lon: f64) -> i64 {
        let n = self.columns(band);
        (((lon + 180.0) / 360.0 * n as f64) as i64).clamp(0, n - 1)
    }

    /// The rows of all cells that may hold what is near a place, a slice a cell.
    pub fn around(&self, lon: f64, lat: f64) -> impl Iterator<Item = &[(u64, Row)]> {
        let middle = self.band(lat);
        let mut keys: Vec<u64> = Vec::with_capacity(9);
        for band in middle - 1..=middle + 1 {
            let (n, column) = (self.columns(band), self.column(band, lon));
            for beside in -1..=1 {
                let key = key(band, (column + beside).rem_euclid(n));
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        let slice = |key: u64| self.entries.get(self.of.get(&key)?.clone());
        keys.into_iter().filter_map(slice)
    }
}

/// One number for a cell; the band below the lowest has one too.
fn key(band: i64, column: i64) -> u64 {
    ((band + 1) as u64) << 32 | column as u64
}
