//! What was counted of many incidents: of a view, of hexagons and clusters, and of each pixel.

use super::drawing::Point;
use super::pixels::Pixels;
use super::projector::FixedWindow;
use super::ramp::Scale;
use super::raster::{Spread, Sum};
use crate::domain::Mark;
use crate::index::{Columns, Row};
use crate::query::Moved;
use std::sync::Arc;

/// Incidents whose place lies in the view, by mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InView {
    pub marks: [u32; Mark::ALL.len()],
}

impl InView {
    #[must_use]
    pub fn incidents(&self) -> u32 {
        self.marks.iter().sum()
    }

    /// Of some rows, those whose place lies in the window.
    pub(super) fn of(c: &Columns, window: &FixedWindow, rows: &[Row]) -> InView {
        let mut marks = [0; Mark::ALL.len()];
        for row in rows.iter().filter(|row| window.holds_row(c, **row)) {
            marks[c.kind[*row as usize].mark() as usize] += 1;
        }
        InView { marks }
    }

    pub(super) fn with(self, other: InView, sum: fn(u32, u32) -> u32) -> InView {
        InView {
            marks: std::array::from_fn(|i| sum(self.marks[i], other.marks[i])),
        }
    }

    /// The same after rows came into the selection and left it.
    #[must_use]
    pub fn follow(self, c: &Columns, window: &FixedWindow, moved: &Moved) -> InView {
        let came = self.with(InView::of(c, window, &moved.came), u32::wrapping_add);
        came.with(InView::of(c, window, &moved.left), u32::wrapping_sub)
    }
}

/// Incidents counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub marks: [u32; Mark::ALL.len()],
    /// The latest of them.
    pub last: Row,
    /// Their places in 1/256 of a lattice's cell, added up; for clusters.
    pub(super) sum: [u64; 2],
}

impl Sum for Tally {
    fn plus(self, other: Tally) -> Tally {
        Tally {
            marks: std::array::from_fn(|i| self.marks[i] + other.marks[i]),
            last: self.last.max(other.last),
            sum: [self.sum[0] + other.sum[0], self.sum[1] + other.sum[1]],
        }
    }

    fn count(self) -> u32 {
        self.marks.iter().sum()
    }
}

impl Tally {
    #[must_use]
    pub fn incidents(&self) -> u32 {
        self.count()
    }

    pub(super) fn one(columns: &Columns, row: Row) -> Tally {
        let mut marks = [0; Mark::ALL.len()];
        marks[columns.kind[row as usize].mark() as usize] = 1;
        Tally {
            marks,
            last: row,
            sum: [0; 2],
        }
    }

    /// The mark most of them have.
    #[must_use]
    pub fn leading_mark(&self) -> Mark {
        let by_count = |m: &&Mark| (self.marks[**m as usize], std::cmp::Reverse(**m as u8));
        let most = Mark::ALL.iter().max_by_key(by_count);
        most.copied().unwrap_or(Mark::Context)
    }
}

/// A hexagon or a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub tally: Tally,
    /// Middle of the hexagon, or of the incidents of the cluster, px.
    pub at: Point,
    /// Of a hexagon, px.
    pub ring: Vec<Point>,
    /// Of a cluster's circle, px; 0 for an incident alone.
    pub radius_px: f32,
    pub(super) id: u64,
}

/// All hexagons or clusters of a view.
#[derive(Debug)]
pub struct Cells {
    pub cells: Vec<Cell>,
    pub scale: Scale,
    /// About how wide a hexagon is, metres.
    pub width_m: f64,
}

/// A picture of counts.
#[derive(Debug)]
pub struct Raster {
    /// `[x, y, width, height]` on the map, px.
    pub rect: [f32; 4],
    /// Cells a row, rows.
    pub size: [u32; 2],
    pub pixels: Arc<Pixels>,
    pub(super) sums: Sums,
    pub scale: Scale,
    /// How wide the dot of one incident is, px.
    pub dot_px: f32,
}

/// What each cell tells of, by what its colour says.
#[derive(Debug)]
pub(super) enum Sums {
    Ramp(Spread<u32>),
    Kind(Spread<[u32; 4]>),
}

impl Raster {
    /// How many incidents the colour at a point of the map tells of.
    #[must_use]
    pub fn count_at(&self, at: Point) -> u32 {
        let [x, y, w, h] = self.rect;
        let column = ((at[0] - x) / w * self.size[0] as f32).floor();
        let row = ((at[1] - y) / h * self.size[1] as f32).floor();
        if column < 0.0 || row < 0.0 || column >= self.size[0] as f32 {
            return 0;
        }
        let cell = row as usize * self.size[0] as usize + column as usize;
        match &self.sums {
            Sums::Ramp(spread) => spread.count(cell),
            Sums::Kind(spread) => spread.count(cell),
        }
    }
}
