//! A picture of counts: how many incidents lie within a few px of each px of the map. Every
//! incident adds one to a disc around its place, so that one alone is a dot that is seen, and the
//! colour of a px always stands for a whole number of incidents: those that a click there selects.
//!
//! Three passes, each on all cores: rows into cells, cells over discs, counts into colours.

use super::lattice::Lattice;
use crate::index::Row;
use rayon::prelude::*;
use std::ops::Range;

/// How far from a px incidents count for it, about, px.
const REACH_PX: f32 = 2.5;

/// How far incidents count, in cells of which so many make a px: half a cell more than a whole
/// number, which gives the roundest discs.
#[must_use]
pub fn reach_cells(cells_a_px: f32) -> f32 {
    (REACH_PX * cells_a_px).floor() + 0.5
}

/// What is added up of incidents.
pub trait Sum: Copy + Default + Send + Sync {
    #[must_use]
    fn plus(self, other: Self) -> Self;
    #[must_use]
    fn count(self) -> u32;
}

/// What a part can be taken from again: a count, or the sums of red, green and blue with a count.
pub trait Difference: Sum + PartialEq {
    #[must_use]
    fn minus(self, other: Self) -> Self;
}

impl Sum for u32 {
    fn plus(self, other: u32) -> u32 {
        self.wrapping_add(other)
    }
    fn count(self) -> u32 {
        self
    }
}

impl Difference for u32 {
    fn minus(self, other: u32) -> u32 {
        self.wrapping_sub(other)
    }
}

impl Sum for [u32; 4] {
    fn plus(self, o: [u32; 4]) -> [u32; 4] {
        [0, 1, 2, 3].map(|i| self[i].wrapping_add(o[i]))
    }
    fn count(self) -> u32 {
        self[3]
    }
}

impl Difference for [u32; 4] {
    fn minus(self, o: [u32; 4]) -> [u32; 4] {
        [0, 1, 2, 3].map(|i| self[i].wrapping_sub(o[i]))
    }
}

/// Cells whose rows one thread counts at least: fewer are not worth a grid of their own.
const ROWS_A_PART: usize = 200_000;
const MOST_PARTS: usize = 8;

/// Rows whose cells are looked up at a time.
const AHEAD: usize = 256;

/// Adds up `one` of each row in the cell of its place. `world` are all rows' places in fixed point.
#[must_use]
pub fn count<S: Sum>(
    lattice: &Lattice,
    world: [&[u32]; 2],
    rows: &[Row],
    one: impl Fn(Row) -> S + Sync,
) -> Vec<S> {
    let cell = |row: Row| lattice.cell(world[0][row as usize], world[1][row as usize]);
    tally(lattice.len(), rows, cell, one)
}

/// Adds up `one` of each row in its cell, of so many; rows without one are left out.
#[must_use]
pub fn tally<S: Sum>(
    cells: usize,
    rows: &[Row],
    cell_of: impl Fn(Row) -> Option<usize> + Sync,
    one: impl Fn(Row) -> S + Sync,
) -> Vec<S> {
    let parts = (rows.len() / ROWS_A_PART).clamp(1, rayon::current_num_threads().min(MOST_PARTS));
    let counted = |part: &[Row]| {
        let mut sums = vec![S::default(); cells];
        // Cells are looked up ahead of their sums, so that waiting for memory overlaps.
        let mut ahead = [usize::MAX; AHEAD];
        for rows in part.chunks(AHEAD) {
            for (cell, row) in ahead.iter_mut().zip(rows) {
                *cell = cell_of(*row).unwrap_or(usize::MAX);
            }
            for (cell, row) in ahead.iter().zip(rows) {
                if let Some(sum) = sums.get_mut(*cell) {
                    *sum = sum.plus(one(*row));
                }
            }
        }
        sums
    };
    let part_len = rows.len().div_ceil(parts).max(1);
    let mut grids: Vec<Vec<S>> = rows.par_chunks(part_len).map(counted).collect();
    let Some(mut sum) = grids.pop() else {
        return vec![S::default(); cells];
    };
    for grid in grids {
        let blocks = sum.par_chunks_mut(1 << 16).zip(grid.par_chunks(1 << 16));
        blocks.for_each(|(sum, grid)| {
            for (a, b) in sum.iter_mut().zip(grid) {
                *a = a.plus(*b);
            }
        });
    }
    sum
}

/// The cells of a disc around a place, row by row, where they lie in a picture of this size.
fn stretches_of(
    size: [usize; 2],
    [x, y]: [isize; 2],
    disc: &[usize],
) -> impl Iterator<Item = Range<usize>> {
    let [wide, high] = size.map(|n| n as isize);
    let top = y - (disc.len() / 2) as isize;
    let lines = disc.iter().enumerate().map(move |(dy, half)| {
        let (line, half) = (top + dy as isize, *half as isize);
        let (from, until) = ((x - half).max(0), (x + half + 1).min(wide));
        let inside = (0..high).contains(&line) && from < until;
        let start = line * wide;
        inside.then(|| (start + from) as usize..(start + until) as usize)
    });
    lines.flatten()
}

/// The half widths of a disc's rows, from its topmost to its lowest, in cells.
#[must_use]
pub fn disc(reach_cells: f32) -> Vec<usize> {
    let r = reach_cells.floor() as i32;
    let half = |dy: i32| {
        (reach_cells * reach_cells - (dy * dy) as f32)
            .max(0.0)
            .sqrt() as usize
    };
    (-r..=r).map(half).collect()
}

/// Sums over discs. The result has `margin` cells less on each side than `cells`.
#[derive(Debug, PartialEq)]
pub struct Spread<S: Difference> {
    pub size: [usize; 2],
    /// Row by row.
    sums: Vec<S>,
    /// How many lie in a disc smaller by a cell: where none do, the cell is on the edge of all discs
    /// that touch it.
    cores: Vec<u32>,
    /// Highest count.
    pub most: u32,
}

/// Rows of the picture that are worked on at a time: what they need fits a core's own memory.
const BAND: usize = 32;

/// Cells of the picture that a core is given at a time where each is looked at by itself.
const SHARE: usize = 1 << 16;

impl<S: Difference> Spread<S> {
    /// `cells` has the size of `lattice`, which has `margin` cells more on each side than what is
    /// wanted, at least as many as the disc reaches.
    #[must_use]
    pub fn new(cells: &[S], lattice: &Lattice, margin: usize, reach_cells: f32) -> Spread<S> {
        let wide = lattice.size[0];
        let size = lattice.size.map(|n| n - 2 * margin);
        let [whole, core] = discs(reach_cells);
        let mut sums = vec![S::default(); size[0] * size[1]];
        let mut cores = vec![0_u32; size[0] * size[1]];
        let bands = sums
            .par_chunks_mut(size[0] * BAND)
            .zip(cores.par_chunks_mut(size[0] * BAND));
        let band = |(i, (sums, cores)): (usize, (&mut [S], &mut [u32]))| {
            let high = sums.len() / size[0];
            let first = i * BAND * wide;
            let lines = sums_from_left(&cells[first..first + (high + 2 * margin) * wide], wide);
            let mut in_core = vec![S::default(); size[0]];
            let mut most = 0;
            let lines_of = sums.chunks_mut(size[0]).zip(cores.chunks_mut(size[0]));
            for (y, (sums, cores)) in lines_of.enumerate() {
                if !add_discs(sums, &lines, y + margin, margin, &whole) {
                    continue;
                }
                add_discs(&mut in_core, &lines, y + margin, margin, &core);
                let counts = sums.iter().map(|sum| sum.count());
                most = most.max(counts.max().unwrap_or(0));
                for (to, sum) in cores.iter_mut().zip(&in_core) {
                    *to = sum.count();
                }
            }
            most
        };
        let most = bands.enumerate().map(band).max().unwrap_or(0);
        Spread {
            size,
            sums,
            cores,
            most,
        }
    }

    /// Counts the incidents of some cells of the lattice in, and those of others no more. Gives the
    /// stretches of the picture whose sums are others now; they may meet and overlap.
    pub fn shift(
        &mut self,
        lattice: &Lattice,
        margin: usize,
        reach_cells: f32,
        came: &[(usize, S)],
        left: &[(usize, S)],
    ) -> Vec<Range<usize>> {
        let [whole, core] = discs(reach_cells);
        let mut stretches = Vec::new();
        for (cell, by) in differences(came, left) {
            // Its place in the picture, which it may lie beside.
            let at = [cell % lattice.size[0], cell / lattice.size[0]];
            let at = at.map(|v| v as isize - margin as isize);
            for stretch in stretches_of(self.size, at, &core) {
                let cores = self.cores[stretch].iter_mut();
                cores.for_each(|n| *n = n.wrapping_add(by.count()));
            }
            for stretch in stretches_of(self.size, at, &whole) {
                let sums = self.sums[stretch.clone()].iter_mut();
                sums.for_each(|sum| *sum = sum.plus(by));
                stretches.push(stretch);
            }
        }
        let most = |part: &[S]| part.iter().map(|sum| sum.count()).max().unwrap_or(0);
        let parts = self.sums.par_chunks(SHARE).map(most);
        self.most = parts.max().unwrap_or(0);
        stretches
    }

    /// Incidents that count for a cell.
    #[must_use]
    pub fn count(&self, cell: usize) -> u32 {
        self.sums.get(cell).map_or(0, |sum| sum.count())
    }

    /// Red, green, blue and opacity of every cell, 4 bytes each, row by row. `color` is asked
    /// with what was summed up; `edge_opacity` of 0..=1 is for cells that lie on the edge of all
    /// the discs that touch them, so that dots are round.
    #[must_use]
    pub fn rgba(&self, edge_opacity: f32, color: impl Fn(S) -> [u8; 4] + Sync) -> Vec<u8> {
        let mut rgba = vec![0; self.sums.len() * 4];
        let parts = rgba.par_chunks_mut(SHARE * 4).enumerate();
        parts.for_each(|(i, part)| {
            let first = i * SHARE;
            self.paint(first..first + part.len() / 4, edge_opacity, &color, part);
        });
        rgba
    }

    /// Brings stretches of what [`Spread::rgba`] made in line.
    pub fn repaint(
        &self,
        stretches: &[Range<usize>],
        edge_opacity: f32,
        color: impl Fn(S) -> [u8; 4],
        rgba: &mut [u8],
    ) {
        for cells in stretches {
            let part = &mut rgba[cells.start * 4..cells.end * 4];
            self.paint(cells.clone(), edge_opacity, &color, part);
        }
    }

    fn paint(
        &self,
        cells: Range<usize>,
        edge_opacity: f32,
        color: impl Fn(S) -> [u8; 4],
        rgba: &mut [u8],
    ) {
        let fainter = (edge_opacity.clamp(0.0, 1.0) * 256.0) as u32;
        let sums = self.sums[cells.clone()].iter().zip(&self.cores[cells]);
        for (out, (sum, core)) in rgba.chunks_exact_mut(4).zip(sums) {
            if sum.count() == 0 {
                out.fill(0);
                continue;
            }
            let mut color = color(*sum);
            if *core == 0 {
                color[3] = ((u32::from(color[3]) * fainter) >> 8) as u8;
            }
            out.copy_from_slice(&color);
        }
    }

    /// How many cells have each count's level, see [`super::ramp::level`].
    #[must_use]
    pub fn by_level(&self) -> Vec<u32> {
        use super::ramp::{LEVELS, level};
        let tally = |part: &[S]| {
            let mut levels = vec![0_u32; LEVELS];
            let filled = part.iter().map(|sum| sum.count()).filter(|n| *n != 0);
            filled.for_each(|n| levels[level(n)] += 1);
            levels
        };
        let parts = self.sums.par_chunks((self.sums.len() / 16).max(1 << 14));
        parts.map(tally).reduce(Vec::new, |mut a, b| {
            if a.is_empty() {
                return b;
            }
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
            a
        })
    }
}

/// The disc that incidents count for, and one smaller by a cell.
fn discs(reach_cells: f32) -> [Vec<usize>; 2] {
    [disc(reach_cells), disc((reach_cells - 1.0).max(0.0))]
}

/// By how much the sum of each cell changes: none twice, and none by nothing.
fn differences<S: Difference>(came: &[(usize, S)], left: &[(usize, S)]) -> Vec<(usize, S)> {
    let negative = |(cell, sum): &(usize, S)| (*cell, S::default().minus(*sum));
    let mut all: Vec<(usize, S)> = came.to_vec();
    all.extend(left.iter().map(negative));
    all.sort_unstable_by_key(|(cell, _)| *cell);
    all.dedup_by(|(cell, sum), (kept, total)| {
        let same = cell == kept;
        if same {
            *total = total.plus(*sum);
        }
        same
    });
    all.retain(|(_, sum)| *sum != S::default());
    all
}

/// Lines of cells, each as sums from the left with a nought before: those of any stretch are a
/// difference of two. Lines without anything are empty.
fn sums_from_left<S: Sum>(cells: &[S], wide: usize) -> Vec<Vec<S>> {
    let line = |cells: &[S]| {
        if cells.iter().all(|cell| cell.count() == 0) {
            return Vec::new();
        }
        let mut sums = Vec::with_capacity(wide + 1);
        let mut sum = S::default();
        sums.push(sum);
        sums.extend(cells.iter().map(|cell| {
            sum = sum.plus(*cell);
            sum
        }));
        sums
    };
    cells.chunks(wide).map(line).collect()
}

/// Sets `out` to sums over the discs around the cells of line `y`, from `margin` on; false where
/// there is nothing.
fn add_discs<S: Difference>(
    out: &mut [S],
    lines: &[Vec<S>],
    y: usize,
    margin: usize,
    disc: &[usize],
) -> bool {
    let mut any = false;
    for (dy, half) in disc.iter().enumerate() {
        let line = &lines[y + dy - disc.len() / 2];
        if line.is_empty() {
            continue;
        }
        if !any {
            out.fill(S::default());
            any = true;
        }
        let left = &line[margin - half..][..out.len()];
        let right = &line[margin + half + 1..][..out.len()];
        for ((out, right), left) in out.iter_mut().zip(right).zip(left) {
            *out = out.plus(right.minus(*left));
        }
    }
    if !any {
        out.fill(S::default());
    }
    any
}

#[cfg(test)]
mod tests;
