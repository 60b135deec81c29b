//! The picture of counts of a view: a dot an incident, and the colour of each pixel tells how many it
//! lies in. See [`super::raster`] for how that is counted.

use super::counted::{Raster, Sums};
use super::drawing::{Color, Point};
use super::lattice::Lattice;
use super::pixels::Pixels;
use super::ramp::Scale;
use super::raster::{self, Difference, Spread};
use super::style::DensityColor;
use super::theme::Theme;
use super::view::MapView;
use crate::domain::Mark;
use crate::index::Row;
use crate::query::Moved;
use std::sync::Arc;

/// Cells of a raster at most: a bigger picture has coarser ones.
const MOST_CELLS: f32 = 16_000_000.0;

/// Opacity of the raster, so that borders show through; and of edges of its dots.
pub const OPACITY: f32 = 0.94;
const EDGE_OPACITY: f32 = 0.5;

/// Cells of the raster, with enough around it for what reaches in; how many that is on each side,
/// and how many cells incidents reach.
pub(super) fn lattice(view: &MapView) -> (Lattice, usize, f32) {
    let fitting = (MOST_CELLS / (view.size[0] * view.size[1]).max(1.0)).sqrt();
    let cells_a_px = view.pixel_ratio.max(1.0).min(fitting);
    let reach = raster::reach_cells(cells_a_px);
    let margin = reach as usize + 1;
    let lattice = Lattice::new(&view.camera, view.size, 1.0 / cells_a_px, margin);
    (lattice, margin, reach)
}

/// The picture of counts of a view.
#[must_use]
pub fn raster(view: &MapView) -> Arc<Raster> {
    view.kept(|k| &mut k.raster, || Arc::new(count(view)))
}

fn count(view: &MapView) -> Raster {
    match view.layers.density.color {
        DensityColor::Ramp => counting(view, Sums::Ramp),
        DensityColor::Kind => counting(view, Sums::Kind),
    }
}

fn counting<S: Painted>(view: &MapView, sums: fn(Spread<S>) -> Sums) -> Raster {
    let (lattice, margin, reach) = lattice(view);
    let end = lattice.size.map(|n| n as f64);
    let rows = view.rows_near(lattice.world([0.0; 2], end));
    let c = view.columns;
    let cells = {
        let one = S::ones(view.theme);
        let of = |row: Row| one[c.kind[row as usize].mark() as usize];
        raster::count(&lattice, [&c.world_x, &c.world_y], &rows, of)
    };
    let spread = Spread::new(&cells, &lattice, margin, reach);
    let scale = view.scale(spread.most, || spread.by_level());
    let paints = Paints::new(view.theme, &scale);
    let rgba = spread.rgba(EDGE_OPACITY, |sum: S| sum.color(&paints));
    let corner = lattice.point([margin as f64; 2]);
    let [w, h] = spread.size.map(|n| n as f32 * lattice.cell_px);
    Raster {
        rect: [corner[0], corner[1], w, h],
        size: spread.size.map(|n| n as u32),
        pixels: Arc::new(Pixels::new(rgba)),
        scale,
        sums: sums(spread),
        dot_px: 2.0 * reach * lattice.cell_px,
    }
}

/// Brings a picture in line with rows that came into the selection and left it since; `view` is as it
/// was but for them.
pub(super) fn follow(raster: &mut Raster, view: &MapView, moved: &Moved) {
    let (scale, pixels) = (&mut raster.scale, &mut raster.pixels);
    match &mut raster.sums {
        Sums::Ramp(spread) => shift(spread, scale, pixels, view, moved),
        Sums::Kind(spread) => shift(spread, scale, pixels, view, moved),
    }
}

/// The rows that the colour at a point of the map tells of, ascending.
pub(super) fn pick(view: &MapView, at: Point) -> Vec<Row> {
    let (lattice, _, reach) = lattice(view);
    let Some(cell) = lattice.cell_at(at) else {
        return Vec::new();
    };
    let disc = raster::disc(reach);
    let cell = cell.map(|v| v as f64);
    let around = (disc.len() / 2) as f64;
    let from = cell.map(|v| v - around);
    let to = cell.map(|v| v + around + 1.0);
    let c = view.columns;
    let counts = |row: &Row| {
        let place = lattice.place(c.world_x[*row as usize], c.world_y[*row as usize]);
        let [dx, dy] = [0, 1].map(|i| place[i].floor() - cell[i]);
        let half = disc.get((dy + around) as usize).copied();
        dy >= -around && half.is_some_and(|half| dx.abs() <= half as f64)
    };
    let rows = view.rows_near(lattice.world(from, to));
    rows.iter().copied().filter(counts).collect()
}

fn shift<S: Painted>(
    spread: &mut Spread<S>,
    scale: &mut Scale,
    pixels: &mut Arc<Pixels>,
    view: &MapView,
    moved: &Moved,
) {
    let (lattice, margin, reach) = lattice(view);
    let (c, one) = (view.columns, S::ones(view.theme));
    let placed = |rows: &[Row]| -> Vec<(usize, S)> {
        let place = |row: &Row| {
            let i = *row as usize;
            let cell = lattice.cell(c.world_x[i], c.world_y[i])?;
            Some((cell, one[c.kind[i].mark() as usize]))
        };
        rows.iter().filter_map(place).collect()
    };
    let (came, left) = (placed(&moved.came), placed(&moved.left));
    let stretches = spread.shift(&lattice, margin, reach, &came, &left);
    let before = scale.clone();
    *scale = view.scale(spread.most, || spread.by_level());
    let paints = Paints::new(view.theme, scale);
    let color = |sum: S| sum.color(&paints);
    if scale.paints_as(&before) {
        Arc::make_mut(pixels).change(stretches.clone(), |rgba| {
            spread.repaint(&stretches, EDGE_OPACITY, color, rgba);
        });
    } else {
        *pixels = Arc::new(Pixels::new(spread.rgba(EDGE_OPACITY, color)));
    }
}

/// What colours of sums are made from.
struct Paints<'a> {
    theme: &'a Theme,
    scale: &'a Scale,
    /// Those of counts from nought on.
    known: Vec<[u8; 4]>,
}

impl<'a> Paints<'a> {
    fn new(theme: &'a Theme, scale: &'a Scale) -> Paints<'a> {
        let known = 0..4096.min(scale.most + 1);
        Paints {
            theme,
            scale,
            known: known.map(|n| ramp_color(scale, n)).collect(),
        }
    }
}

fn ramp_color(scale: &Scale, count: u32) -> [u8; 4] {
    opaque(scale.color(count), OPACITY)
}

fn opaque(color: Color, opacity: f32) -> [u8; 4] {
    let c = color.with_alpha(opacity);
    [c.r, c.g, c.b, c.a]
}

/// What is summed up and has a colour.
trait Painted: Difference {
    /// What an incident of each mark adds.
    fn ones(theme: &Theme) -> Vec<Self>;
    fn color(self, paints: &Paints) -> [u8; 4];
}

/// How many.
impl Painted for u32 {
    fn ones(_: &Theme) -> Vec<u32> {
        vec![1; Mark::ALL.len()]
    }

    fn color(self, paints: &Paints) -> [u8; 4] {
        let known = paints.known.get(self as usize).copied();
        known.unwrap_or_else(|| ramp_color(paints.scale, self))
    }
}

/// Red, green and blue of their marks, and how many.
impl Painted for [u32; 4] {
    fn ones(theme: &Theme) -> Vec<[u32; 4]> {
        let one = |mark: &Mark| {
            let color = theme.mark(*mark);
            [color.r, color.g, color.b, 1].map(u32::from)
        };
        Mark::ALL.iter().map(one).collect()
    }

    fn color(self, paints: &Paints) -> [u8; 4] {
        let [r, g, b, n] = self;
        let mean = |sum: u32| (sum / n) as u8;
        let mixed = Color {
            r: mean(r),
            g: mean(g),
            b: mean(b),
            a: 255,
        };
        opaque(paints.theme.deepened(mixed, paints.scale.place(n)), 1.0)
    }
}
