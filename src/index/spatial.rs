//! Rows by place. A quadtree without nodes: rows sorted along a Z-curve, so that every square of
//! every size is one slice. It is built once for a set of columns and serves every filter; what is
//! filtered out is left out by who asks.

use super::hexes::{Hexes, RESOLUTIONS};
use super::{Columns, Row};
use crate::domain::mercator::FIXED;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::OnceLock;

/// What is looked up by place in one set of columns, each part made when it is first asked for.
#[derive(Debug, Default)]
pub struct Spatial {
    places: OnceLock<SpatialIndex>,
    hexes: [OnceLock<Hexes>; RESOLUTIONS],
}

impl Spatial {
    /// `columns` must be the same at every call.
    #[must_use]
    pub fn places(&self, columns: &Columns) -> &SpatialIndex {
        let build = || SpatialIndex::build(&columns.world_x, &columns.world_y);
        self.places.get_or_init(build)
    }

    /// The same where somebody made it: who can do without does not wait for it.
    #[must_use]
    pub fn places_made(&self) -> Option<&SpatialIndex> {
        self.places.get()
    }

    /// `columns` must be the same at every call. A resolution takes a while for a million rows.
    #[must_use]
    pub fn hexes(&self, columns: &Columns, resolution: u8) -> &Hexes {
        let slot = &self.hexes[usize::from(resolution).min(RESOLUTIONS - 1)];
        slot.get_or_init(|| Hexes::new(columns, resolution))
    }

    /// Whether hexagons of a resolution are there.
    #[must_use]
    pub fn has_hexes(&self, resolution: u8) -> bool {
        self.hexes[usize::from(resolution).min(RESOLUTIONS - 1)]
            .get()
            .is_some()
    }

    /// Of how many resolutions they are.
    #[must_use]
    pub fn hexes_made(&self) -> usize {
        self.hexes.iter().filter(|h| h.get().is_some()).count()
    }
}

/// Bits of each axis that the curve goes by: its smallest square is 611 m wide at the equator.
const BITS: u32 = 16;

/// A square with no more entries than this is taken whole: looking at each is quicker than cutting.
const FEW: usize = 32;

/// A part of the Mercator square in fixed point, see [`crate::domain::mercator`]; edges belong to
/// it. `x[0] > x[1]` is one over the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedRect {
    pub x: [u32; 2],
    pub y: [u32; 2],
}

impl FixedRect {
    /// `[west, north, east, south]` on the unit square; x may leave 0..=1. A step is added all
    /// around, so that nothing is lost by rounding.
    #[must_use]
    pub fn around([west, north, east, south]: [f64; 4]) -> FixedRect {
        let y = [
            (north * FIXED - 1.0) as u32,
            // Casts saturate at the edges of the square.
            (south * FIXED + 1.0) as u32,
        ];
        let turned = |x: f64| (x * FIXED).rem_euclid(FIXED) as u32;
        let x = if (east - west) * FIXED >= FIXED - 4.0 {
            [0, u32::MAX]
        } else {
            [turned(west).wrapping_sub(1), turned(east).wrapping_add(1)]
        };
        FixedRect { x, y }
    }

    #[must_use]
    pub fn contains(&self, x: u32, y: u32) -> bool {
        let in_x = if self.x[0] <= self.x[1] {
            (self.x[0]..=self.x[1]).contains(&x)
        } else {
            x >= self.x[0] || x <= self.x[1]
        };
        in_x && (self.y[0]..=self.y[1]).contains(&y)
    }
}

#[derive(Clone, Debug, Default)]
pub struct SpatialIndex {
    /// Place on the Z-curve (upper half) and row (lower half), ascending.
    entries: Vec<u64>,
}

impl SpatialIndex {
    /// Of rows at these places, fixed point; both have one entry a row.
    #[must_use]
    pub fn build(world_x: &[u32], world_y: &[u32]) -> SpatialIndex {
        let entry = |(row, (x, y)): (usize, (&u32, &u32))| {
            let place = spread_bits(x >> (32 - BITS)) | spread_bits(y >> (32 - BITS)) << 1;
            u64::from(place) << 32 | row as u64
        };
        let places = world_x.par_iter().zip(world_y).enumerate();
        let mut entries: Vec<u64> = places.map(entry).collect();
        entries.par_sort_unstable();
        SpatialIndex { entries }
    }

    /// The rows that may lie in `rect`: all that do, and some in squares that its edges cut.
    pub fn near(&self, rect: FixedRect) -> impl Iterator<Item = Row> {
        let slices = self.slices(rect).into_iter();
        slices.flat_map(|slice| self.entries[slice].iter().map(|e| *e as Row))
    }

    /// How many rows [`Self::near`] gives.
    #[must_use]
    pub fn count_near(&self, rect: FixedRect) -> usize {
        self.slices(rect).iter().map(Range::len).sum()
    }

    fn slices(&self, rect: FixedRect) -> Vec<Range<usize>> {
        let square = |v: u32| v >> (32 - BITS);
        let (x, y) = (rect.x.map(square), rect.y.map(square));
        let asked = Asked {
            x: if rect.x[0] > rect.x[1] && x[0] == x[1] {
                [0, square(u32::MAX)]
            } else {
                x
            },
            y,
        };
        let whole = Square {
            corner: [0, 0],
            bits: BITS,
            first: 0,
        };
        let mut found = Vec::new();
        self.collect(whole, 0..self.entries.len(), asked, &mut found);
        found
    }

    fn collect(
        &self,
        square: Square,
        slice: Range<usize>,
        asked: Asked,
        found: &mut Vec<Range<usize>>,
    ) {
        if slice.is_empty() || asked.is_apart(square) {
            return;
        }
        if slice.len() <= FEW || asked.holds(square) {
            match found.last_mut() {
                Some(before) if before.end == slice.start => before.end = slice.end,
                _ => found.push(slice),
            }
            return;
        }
        let mut start = slice.start;
        for quarter in square.quarters() {
            let end = quarter.first + (1_u64 << (2 * quarter.bits));
            let rest = &self.entries[start..slice.end];
            let stop = start + rest.partition_point(|entry| entry >> 32 < end);
            self.collect(quarter, start..stop, asked, found);
            start = stop;
        }
    }
}

/// A [`FixedRect`] in smallest squares, first and last.
#[derive(Clone, Copy)]
struct Asked {
    x: [u32; 2],
    y: [u32; 2],
}

impl Asked {
    fn is_apart(self, square: Square) -> bool {
        let ([left, top], last) = (square.corner, square.last());
        let x_apart = if self.x[0] <= self.x[1] {
            left > self.x[1] || left + last < self.x[0]
        } else {
            left > self.x[1] && left + last < self.x[0]
        };
        x_apart || top > self.y[1] || top + last < self.y[0]
    }

    fn holds(self, square: Square) -> bool {
        let ([left, top], last) = (square.corner, square.last());
        let x_inside = if self.x[0] <= self.x[1] {
            left >= self.x[0] && left + last <= self.x[1]
        } else {
            left >= self.x[0] || left + last <= self.x[1]
        };
        x_inside && top >= self.y[0] && top + last <= self.y[1]
    }
}

/// A square of the quadtree: its corner and width, 2^bits, in smallest squares, and the place on
/// the Z-curve where it begins.
#[derive(Clone, Copy)]
struct Square {
    corner: [u32; 2],
    bits: u32,
    first: u64,
}

impl Square {
    /// From its first smallest square to its last.
    fn last(self) -> u32 {
        (1 << self.bits) - 1
    }

    /// In the order of the curve. One that cannot be cut holds equal places only, and is inside
    /// or apart.
    fn quarters(self) -> [Square; 4] {
        let bits = self.bits - 1;
        [0, 1, 2, 3].map(|i| Square {
            corner: [
                self.corner[0] + ((i & 1) << bits),
                self.corner[1] + ((i >> 1) << bits),
            ],
            bits,
            first: self.first + (u64::from(i) << (2 * bits)),
        })
    }
}

/// The 16 lower bits of `v` with a gap after each.
fn spread_bits(v: u32) -> u32 {
    let v = (v | v << 8) & 0x00FF_00FF;
    let v = (v | v << 4) & 0x0F0F_0F0F;
    let v = (v | v << 2) & 0x3333_3333;
    (v | v << 1) & 0x5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Places in heaps and alone, edges of the square among them.
    fn coordinate() -> impl Strategy<Value = u32> {
        prop_oneof![
            any::<u32>(),
            0x7FFF_0000..0x8001_0000_u32,
            Just(0),
            Just(u32::MAX),
        ]
    }

    proptest! {
        #[test]
        fn it_finds_what_a_scan_finds(
            places in proptest::collection::vec((coordinate(), coordinate()), 0..600),
            x in [coordinate(), coordinate()],
            y in [coordinate(), coordinate()],
        ) {
            let (xs, ys): (Vec<u32>, Vec<u32>) = places.iter().copied().unzip();
            let rect = FixedRect { x, y: [y[0].min(y[1]), y[0].max(y[1])] };
            let index = SpatialIndex::build(&xs, &ys);
            let found: Vec<Row> = index.near(rect).collect();
            prop_assert_eq!(found.len(), index.count_near(rect));
            let found: BTreeSet<Row> = found.into_iter().collect();
            prop_assert_eq!(found.len(), index.count_near(rect), "a row came twice");
            let inside = |row: &u32| rect.contains(xs[*row as usize], ys[*row as usize]);
            let exact: BTreeSet<Row> = found.into_iter().filter(inside).collect();
            let scanned: BTreeSet<Row> = (0..xs.len() as u32).filter(inside).collect();
            prop_assert_eq!(exact, scanned);
        }
    }

    #[test]
    fn little_beside_what_is_asked_for_is_looked_at() {
        let xs: Vec<u32> = (0..100_000_u32)
            .map(|i| i.wrapping_mul(2_654_435_769))
            .collect();
        let ys: Vec<u32> = (0..100_000_u32)
            .map(|i| i.wrapping_mul(1_597_334_677))
            .collect();
        let index = SpatialIndex::build(&xs, &ys);
        let hundredth = FixedRect {
            x: [0x4000_0000, 0x5999_9999],
            y: [0x4000_0000, 0x5999_9999],
        };
        let near = index.count_near(hundredth);
        assert!((900..1_500).contains(&near), "{near}");
    }

    #[test]
    fn rectangles_over_the_antimeridian() {
        let rect = FixedRect::around([0.9, 0.4, 1.1, 0.6]);
        let fixed = |v: f64| (v * FIXED) as u32;
        for (x, y, inside) in [
            (0.95, 0.5, true),
            (0.05, 0.5, true),
            (0.5, 0.5, false),
            (0.05, 0.7, false),
        ] {
            assert_eq!(rect.contains(fixed(x), fixed(y)), inside, "{x} {y}");
        }
        let all = FixedRect::around([-0.3, -0.2, 0.8, 1.2]);
        assert_eq!((all.x, all.y), ([0, u32::MAX], [0, u32::MAX]));
    }
}
