//! Two times side by side: which had more a day, in words and by hexagons of the world. The grid lies
//! on the world, so that it stays where it is while the map moves.

use super::camera::Camera;
use super::drawing::{Color, Point, Primitive, Stroke};
use super::projector::Projector;
use super::raster;
use super::theme::Theme;
use crate::domain::mercator::FIXED;
use crate::index::{Columns, Row};
use crate::locale::{Lang, TextKey, number, number_f64, period, tr};
use crate::query::{Compared, Figure, Side};
use jiff::civil::Date;
use std::sync::{Arc, Mutex, PoisonError};

/// From the centre of a hexagon to its corners, px, at whole and half zoom levels.
const RADIUS_PX: f64 = 17.0;
const SQRT_3: f64 = 1.732_050_807_568_877_2;

/// Which of the two times had more a day, in five steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lean {
    MuchMoreA,
    MoreA,
    Same,
    MoreB,
    MuchMoreB,
}

impl Lean {
    pub const ALL: [Lean; 5] = [
        Lean::MuchMoreA,
        Lean::MoreA,
        Lean::Same,
        Lean::MoreB,
        Lean::MuchMoreB,
    ];

    /// Of so many incidents in so many days; four times as many a day and more are much more,
    /// twice as many are more.
    #[must_use]
    pub fn of(a: u32, b: u32, days: (i32, i32)) -> Lean {
        let daily = |n: u32, days: i32| f64::from(n) / f64::from(days.max(1));
        let (a, b) = (daily(a, days.0), daily(b, days.1));
        match () {
            () if a >= 4.0 * b => Lean::MuchMoreA,
            () if a >= 2.0 * b => Lean::MoreA,
            () if b >= 4.0 * a => Lean::MuchMoreB,
            () if b >= 2.0 * a => Lean::MoreB,
            () => Lean::Same,
        }
    }

    /// Key of its name in the locale files.
    #[must_use]
    pub const fn name_key(self) -> TextKey {
        match self {
            Lean::MuchMoreA => text!("compare-much-more-a"),
            Lean::MoreA => text!("compare-more-a"),
            Lean::Same => text!("compare-same"),
            Lean::MoreB => text!("compare-more-b"),
            Lean::MuchMoreB => text!("compare-much-more-b"),
        }
    }

    #[must_use]
    pub fn color(self, theme: &Theme) -> Color {
        match self {
            Lean::MuchMoreA => theme.compare_a,
            Lean::MoreA => theme.compare_a.mix(theme.faint, 0.5),
            Lean::Same => theme.faint,
            Lean::MoreB => theme.compare_b.mix(theme.faint, 0.5),
            Lean::MuchMoreB => theme.compare_b,
        }
    }
}

/// Two times compared, with their counts on the map as it was last looked at.
#[derive(Debug)]
pub struct Times {
    compared: Compared,
    counted: Mutex<Option<(Grid, Arc<[Counted]>)>>,
}

impl std::ops::Deref for Times {
    type Target = Compared;

    fn deref(&self) -> &Compared {
        &self.compared
    }
}

/// `none`, `same`, `more`, `fewer` or `many`, with the number that says how many: percent up to twice as many,
/// times beyond.
fn against(times: f64) -> (&'static str, String) {
    let percent = |share: f64| number_f64(share * 100.0, 0);
    match times {
        0.0 => ("none", String::new()),
        t if (0.95..1.05).contains(&t) => ("same", String::new()),
        // Some are left.
        t if t < 1.0 => ("fewer", percent((1.0 - t).min(0.99))),
        t if t < 2.0 => ("more", percent(t - 1.0)),
        t if t < 10.0 => ("many", number_f64(t, 1)),
        t => ("many", number(t.round() as u64)),
    }
}

/// A hexagon of the world.
#[derive(Clone, Copy, Debug)]
struct Counted {
    at: At,
    a: u32,
    b: u32,
}

impl Times {
    #[must_use]
    pub fn new(compared: Compared) -> Times {
        Times {
            compared,
            counted: Mutex::default(),
        }
    }

    /// `B has 90 % more incidents than A (80 % more per day)`.
    #[must_use]
    pub fn times_words(&self, lang: Lang, figure: Figure) -> String {
        let what = tr(lang, text!("figure-" + figure.code())).to_lowercase();
        let what = what.as_str();
        let Some((times, daily)) = self.times(figure) else {
            return tr(lang, text!("time-compare-no-a", what = what));
        };
        let (of, n) = against(times);
        let words = tr(lang, text!("time-compare-" + of, n = n, what = what));
        // Of windows equally long the days say nothing more, nor of none.
        let (a, b) = (f64::from(self.a.days), f64::from(self.b.days));
        if times == 0.0 || (a / b - 1.0).abs() < 0.05 {
            return words;
        }
        let (of, n) = against(daily);
        let daily = tr(lang, text!("time-compare-daily-" + of, n = n));
        format!("{words} ({daily})")
    }

    /// `A 2010: 1,234 · B 2022: 2,345 · B has 90 % more incidents than A`.
    #[must_use]
    pub fn words(&self, lang: Lang, figure: Figure) -> String {
        let side = |letter: &str, side: &Side, (from, to): (Date, Date)| {
            let n = number(side.sum(figure));
            format!("{letter} {}: {n}", period(lang, from, to))
        };
        let windows = self.windows;
        format!(
            "{} · {} · {}",
            side("A", &self.a, windows.a),
            side("B", &self.b, windows.b),
            self.times_words(lang, figure)
        )
    }

    /// All hexagons in view with incidents of either time.
    #[must_use]
    pub fn cells(&self, grid: &Grid, columns: &Columns) -> Vec<Cell> {
        let days = (self.a.days, self.b.days);
        let reach_px = (grid.radius * grid.projector.world_px()) as f32;
        let cell = |c: &Counted| Cell {
            at: c.at,
            center: grid.projector.world(grid.center(c.at)),
            a: c.a,
            b: c.b,
            lean: Lean::of(c.a, c.b, days),
        };
        let counted = self.counted(grid, columns);
        let cells = counted.iter().map(cell);
        cells
            .filter(|c| grid.projector.sees(c.center, reach_px))
            .collect()
    }

    fn counted(&self, grid: &Grid, columns: &Columns) -> Arc<[Counted]> {
        let kept = || self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, counted)) = kept().as_ref()
            && of.covers(grid)
        {
            return counted.clone();
        }
        let counted: Arc<[Counted]> = grid.counted(columns, &self.compared).into();
        *kept() = Some((*grid, counted.clone()));
        counted
    }
}

/// Column and row of a hexagon on the world.
pub type At = (i64, i64);

/// A hexagon of the map with incidents of either time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub at: At,
    /// On the picture, px.
    pub center: Point,
    pub a: u32,
    pub b: u32,
    pub lean: Lean,
}

/// The grid at one camera: hexagons with a flat top, odd columns half a hexagon lower.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub(super) projector: Projector,
    /// From centre to corner on the unit square.
    pub(super) radius: f64,
    /// Of the first column and row that are counted, and how many there are.
    first: At,
    size: (usize, usize),
}

impl Grid {
    #[must_use]
    pub fn new(camera: &Camera, size: [f32; 2]) -> Grid {
        let level = (camera.zoom * 2.0).round() / 2.0;
        let radius = RADIUS_PX / (256.0 * level.exp2());
        let projector = Projector::new(camera, size);
        let [west, north, east, south] = projector.visible();
        // A map and one around it on each side, so that panning counts anew only now and then. Of
        // a world seen whole, what is where depends on where one looks.
        let (width, height) = (east - west, south - north);
        let around = if width < 0.2 { 1.0 } else { 0.0 };
        let (west, east) = (west - width * around, east + width * around);
        let (north, south) = (north - height * around, south + height * around);
        let column = |x: f64| (x / (1.5 * radius)).round() as i64;
        let row = |y: f64| (y / (SQRT_3 * radius)).round() as i64;
        let first = (column(west) - 1, row(north) - 1);
        let last = (column(east) + 1, row(south) + 1);
        Grid {
            projector,
            radius,
            first,
            size: (
                (last.0 - first.0 + 1).max(1) as usize,
                (last.1 - first.1 + 1).max(1) as usize,
            ),
        }
    }

    pub(super) fn center(&self, (column, row): At) -> [f64; 2] {
        let lower = if column.rem_euclid(2) == 1 { 0.5 } else { 0.0 };
        [
            column as f64 * 1.5 * self.radius,
            (row as f64 + lower) * SQRT_3 * self.radius,
        ]
    }

    /// The hexagon that holds a place on the unit square: in the three directions of the grid, the
    /// one that is rounded most gives way.
    fn cell(&self, [x, y]: [f64; 2]) -> At {
        let q = x * (2.0 / 3.0) / self.radius;
        let r = (y * (SQRT_3 / 3.0) - x / 3.0) / self.radius;
        let rounded = [q.round(), r.round(), (-q - r).round()];
        let off = [
            (rounded[0] - q).abs(),
            (rounded[1] - r).abs(),
            (rounded[2] + q + r).abs(),
        ];
        let [mut q, mut r, s] = rounded;
        if off[0] > off[1] && off[0] > off[2] {
            q = -r - s;
        } else if off[1] > off[2] {
            r = -q - s;
        }
        let (q, r) = (q as i64, r as i64);
        (q, r + (q - q.rem_euclid(2)) / 2)
    }

    /// The hexagon of a row, on the copy of the world that is in view.
    pub(super) fn of_row(&self, columns: &Columns, row: usize) -> At {
        let x = f64::from(columns.world_x[row]) / FIXED;
        let y = f64::from(columns.world_y[row]) / FIXED;
        self.cell([x + self.projector.nearest_copy(x), y])
    }

    /// Where a hexagon in view is counted.
    fn slot(&self, (column, row): At) -> Option<usize> {
        let column = usize::try_from(column - self.first.0).ok()?;
        let row = usize::try_from(row - self.first.1).ok()?;
        (column < self.size.0 && row < self.size.1).then_some(row * self.size.0 + column)
    }

    fn counts(&self, columns: &Columns, rows: &[Row]) -> Vec<u32> {
        let slot = |row: Row| self.slot(self.of_row(columns, row as usize));
        raster::tally(self.size.0 * self.size.1, rows, slot, |_| 1_u32)
    }

    fn counted(&self, columns: &Columns, compared: &Compared) -> Vec<Counted> {
        let a = self.counts(columns, &compared.a.selection.rows);
        let b = self.counts(columns, &compared.b.selection.rows);
        let counted = a.into_iter().zip(b).enumerate();
        let full = counted.filter(|(_, (a, b))| a + b > 0);
        full.map(|(slot, (a, b))| {
            let (row, column) = (slot / self.size.0, slot % self.size.0);
            let at = (self.first.0 + column as i64, self.first.1 + row as i64);
            Counted { at, a, b }
        })
        .collect()
    }

    /// Whether what this grid counted is all that is in view of another.
    fn covers(&self, other: &Grid) -> bool {
        let [west, north, east, south] = other.projector.visible();
        let same_world = self.projector.center_x() == other.projector.center_x();
        let inside = |world: [f64; 2]| {
            let reach = 2.0 * self.radius;
            [-reach, reach].iter().all(|by| {
                let near = [world[0] + by, world[1] + by];
                self.slot(self.cell(near)).is_some()
            })
        };
        self.radius == other.radius
            && (same_world || east - west < 0.2)
            && inside([west, north])
            && inside([east, south])
    }

    /// The hexagon under a point of the picture.
    #[must_use]
    pub fn under(&self, point: Point) -> At {
        let [west, north, ..] = self.projector.visible();
        let scale = self.projector.world_px();
        self.cell([
            west + f64::from(point[0]) / scale,
            north + f64::from(point[1]) / scale,
        ])
    }

    /// The rows of either time whose hexagon `is_wanted`, ascending.
    #[must_use]
    pub fn rows(
        &self,
        columns: &Columns,
        compared: &Compared,
        is_wanted: impl Fn(At) -> bool,
    ) -> Vec<Row> {
        let (a, b) = (&compared.a.selection.rows, &compared.b.selection.rows);
        let mut rows: Vec<Row> = a.iter().chain(b).copied().collect();
        rows.retain(|row| is_wanted(self.of_row(columns, *row as usize)));
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The corners of a hexagon around its centre, px.
    fn corners(&self, center: Point) -> Vec<Point> {
        let radius = (self.radius * self.projector.world_px()) as f32;
        let half = radius * SQRT_3 as f32 / 2.0;
        [
            [radius, 0.0],
            [radius / 2.0, half],
            [-radius / 2.0, half],
            [-radius, 0.0],
            [-radius / 2.0, -half],
            [radius / 2.0, -half],
        ]
        .map(|[x, y]| [center[0] + x, center[1] + y])
        .into()
    }

    /// A hexagon as it is drawn; `most` incidents make it fullest.
    pub(super) fn hexagon(&self, theme: &Theme, cell: &Cell, most: u32) -> Primitive {
        let share = (f64::from(cell.a + cell.b) / f64::from(most.max(1))).sqrt() as f32;
        Primitive::area(
            vec![self.corners(cell.center)],
            Some(cell.lean.color(theme).with_alpha(0.35 + 0.55 * share)),
            Some(Stroke::solid(theme.halo.with_alpha(0.7), 1.0)),
        )
    }
}
