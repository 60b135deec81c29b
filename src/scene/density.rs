//! Many incidents: what stands for them on the map, and the counts behind it. Up to
//! [`SYMBOLS_UP_TO`] in view each has its symbol; above, the map shows how many there are.

use super::dots;
use super::drawing::{Color, Point};
use super::lattice::Lattice;
use super::memo::kept;
use super::ramp::{LEVELS, Scale, level};
use super::raster::{self, Sum};
use super::theme::Theme;
use super::view::MapView;
use crate::domain::Mark;
use crate::index::hexes::{self, hex_of};
use crate::index::spatial::{FixedRect, Spatial};
use crate::index::{Columns, Row};
use crate::query::Moved;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How incidents are to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentStyle {
    /// As symbols, or as a raster where there are too many.
    #[default]
    Auto,
    Symbols,
    Density,
    Hexagons,
    Clusters,
}

/// What the colour of a count says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DensityColor {
    /// How many.
    #[default]
    Ramp,
    /// Of which marks, mixed by their shares; darker (in the dark, brighter) where more.
    Kind,
}

/// How counts become colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DensityScale {
    /// Ten times as many is always the same step.
    #[default]
    Log,
    /// Each colour covers as much of the map.
    EqualArea,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Density {
    pub style: IncidentStyle,
    pub color: DensityColor,
    pub scale: DensityScale,
}

/// What is drawn of incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    Symbols,
    Density,
    Hexagons,
    Clusters,
}

/// Incidents in view up to which each has its symbol where nothing else is asked for.
pub const SYMBOLS_UP_TO: usize = 20_000;

/// Hexagons are about so wide, px: 0.6 to 1.6 times as much, as neighbouring resolutions differ by √7.
const HEXAGON_PX: f64 = 26.0;

/// Cells that clusters are made of are about so wide, px: 0.7 to 1.4 times as much, by zoom.
const CLUSTER_PX: f64 = 66.0;

/// Up to so many rows each is looked up by itself rather than all of the case.
const FEW_ROWS: usize = 50_000;

/// What is drawn of incidents in a view.
#[must_use]
pub fn drawn(view: &MapView) -> Drawn {
    let few = || {
        view.selection.len() <= SYMBOLS_UP_TO || in_view(view).incidents() <= SYMBOLS_UP_TO as u32
    };
    match view.layers.density.style.drawn(few) {
        Drawn::Hexagons if waits_for_hexagons(view) => Drawn::Density,
        drawn => drawn,
    }
}

/// Hexagons of a size that was not looked at before take a while to work out where there are many
/// rows: a window does without until somebody has.
fn waits_for_hexagons(view: &MapView) -> bool {
    let memo = view.memo.filter(|memo| memo.is_hurried());
    let (Some(memo), Some(spatial)) = (memo, view.spatial) else {
        return false;
    };
    let resolution = resolution(view);
    let index = spatial.places_made();
    let near = index.map_or(usize::MAX, |i| {
        i.count_near(FixedRect::around(around_hexagons(view)))
    });
    let waits = near.min(view.selection.len()) > FEW_ROWS && !spatial.has_hexes(resolution);
    if waits {
        memo.want_hexes(resolution);
    }
    waits
}

impl IncidentStyle {
    /// What is drawn; `few` says whether each incident in view can have its symbol.
    #[must_use]
    pub fn drawn(self, few: impl FnOnce() -> bool) -> Drawn {
        match self {
            IncidentStyle::Symbols => Drawn::Symbols,
            IncidentStyle::Density => Drawn::Density,
            IncidentStyle::Hexagons => Drawn::Hexagons,
            IncidentStyle::Clusters => Drawn::Clusters,
            IncidentStyle::Auto if few() => Drawn::Symbols,
            IncidentStyle::Auto => Drawn::Density,
        }
    }
}

/// Selected rows among which are all that lie in a part of the world (`[west, north, east, south]`
/// on the unit square), ascending.
#[must_use]
pub fn rows_near<'a>(view: &MapView<'a>, world: [f64; 4]) -> Cow<'a, [Row]> {
    let all = &view.selection.rows;
    let index = view.spatial.and_then(Spatial::places_made);
    let Some(index) = index.filter(|_| all.len() > 1_000) else {
        return Cow::Borrowed(all);
    };
    let rect = FixedRect::around(world);
    if index.count_near(rect) > all.len() / 4 {
        return Cow::Borrowed(all);
    }
    let selected = |row: &Row| view.selection.contains(*row);
    let mut rows: Vec<Row> = index.near(rect).filter(selected).collect();
    rows.sort_unstable();
    Cow::Owned(rows)
}

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
}

/// Counts what lies in the view.
#[must_use]
pub fn in_view(view: &MapView) -> InView {
    let count = || {
        let rows = rows_near(view, view.projector().visible());
        let parts = rows.par_chunks(1 << 16);
        let parts = parts.map(|rows| InView::of(view, rows));
        parts.reduce(InView::default, |a, b| a.with(b, u32::wrapping_add))
    };
    kept(view, |k| &mut k.in_view, count)
}

impl InView {
    /// Of some rows.
    fn of(view: &MapView, rows: &[Row]) -> InView {
        let (c, window) = (view.columns, view.projector().window());
        let mut marks = [0; Mark::ALL.len()];
        for row in rows.iter().filter(|row| window.holds_row(c, **row)) {
            marks[c.kind[*row as usize].mark() as usize] += 1;
        }
        InView { marks }
    }

    fn with(self, other: InView, sum: fn(u32, u32) -> u32) -> InView {
        InView {
            marks: std::array::from_fn(|i| sum(self.marks[i], other.marks[i])),
        }
    }

    /// The same after rows came into the selection and left it.
    #[must_use]
    pub fn follow(self, view: &MapView, moved: &Moved) -> InView {
        let came = self.with(InView::of(view, &moved.came), u32::wrapping_add);
        came.with(InView::of(view, &moved.left), u32::wrapping_sub)
    }
}

/// A mark's colour where many lie together: `place` of 0..=1 is that of their number.
#[must_use]
pub fn deepened(theme: &Theme, color: Color, place: f32) -> Color {
    color.mix(theme.text, 0.62 * place)
}

pub(super) fn scale_of(view: &MapView, most: u32, by_level: impl FnOnce() -> Vec<u32>) -> Scale {
    let kind = view.layers.density.scale;
    let levels = match kind {
        DensityScale::Log => Vec::new(),
        DensityScale::EqualArea => by_level(),
    };
    Scale::new(kind, most, &levels, view.theme)
}

/// Incidents counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub marks: [u32; Mark::ALL.len()],
    /// The latest of them.
    pub last: Row,
    /// Their places in 1/256 of a lattice's cell, added up; for clusters.
    sum: [u64; 2],
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

    fn one(columns: &Columns, row: Row) -> Tally {
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
    id: u64,
}

/// All hexagons or clusters of a view.
#[derive(Debug)]
pub struct Cells {
    pub cells: Vec<Cell>,
    pub scale: Scale,
    /// About how wide a hexagon is, metres.
    pub width_m: f64,
}

/// The hexagons or clusters of a view; every one is whole, also where the view cuts it.
#[must_use]
pub fn cells(view: &MapView) -> Arc<Cells> {
    kept(
        view,
        |k| &mut k.cells,
        || {
            Arc::new(match drawn(view) {
                Drawn::Hexagons => hexagons(view),
                _ => clusters(view),
            })
        },
    )
}

/// The resolution of hexagons in a view.
fn resolution(view: &MapView) -> u8 {
    hexes::resolution_of_width(HEXAGON_PX * view.camera.metres_per_px(view.camera.lat))
}

/// The part of the world that has all rows of hexagons in view: two of them more on each side than
/// are seen, at the scale of the edge nearest to a pole.
fn around_hexagons(view: &MapView) -> [f64; 4] {
    let width_m = hexes::width_m(resolution(view));
    let projector = view.projector();
    let [west, north, east, south] = projector.visible();
    let lat = view.camera.lat.abs().min(80.0) + 5.0;
    let reach = 3.0 * width_m / view.camera.metres_per_px(lat.min(84.0)) / projector.world_px();
    [west - reach, north - reach, east + reach, south + reach]
}

fn hexagons(view: &MapView) -> Cells {
    let resolution = resolution(view);
    let width_m = hexes::width_m(resolution);
    let rows = rows_near(view, around_hexagons(view));
    let c = view.columns;
    let one = |row: Row| Tally::one(c, row);
    let tallies: Vec<(u64, Tally)> = match view.spatial.filter(|_| rows.len() > FEW_ROWS) {
        Some(spatial) => {
            let hexes = spatial.hexes(c, resolution);
            let cell = |row: Row| Some(hexes.of_row[row as usize] as usize);
            let tallies = raster::tally(hexes.cells.len(), &rows, cell, one);
            hexes.cells.iter().copied().zip(tallies).collect()
        }
        None => {
            let hexes: Vec<u64> = rows
                .par_iter()
                .map(|row| hex_of(c, *row, resolution))
                .collect();
            let mut tallies: BTreeMap<u64, Tally> = BTreeMap::new();
            for (hex, row) in hexes.iter().zip(rows.iter()) {
                let tally = tallies.entry(*hex).or_default();
                *tally = tally.plus(one(*row));
            }
            tallies.into_iter().collect()
        }
    };
    let seen = |(hex, tally): &(u64, Tally)| {
        if tally.count() == 0 {
            return None;
        }
        hexagon(view, *hex, *tally)
    };
    let cells: Vec<Cell> = tallies.par_iter().filter_map(seen).collect();
    scaled(view, cells, width_m)
}

/// One hexagon; `None` where nothing of it is seen.
fn hexagon(view: &MapView, hex: u64, tally: Tally) -> Option<Cell> {
    let projector = view.projector();
    let corners = hexes::outline(hex);
    let world = corners
        .iter()
        .map(|[lon, lat]| super::camera::world_from_lon_lat(*lon, *lat));
    let world: Vec<[f64; 2]> = world.collect();
    let n = world.len().max(1) as f64;
    let middle = [0, 1].map(|i| world.iter().map(|p| p[i]).sum::<f64>() / n);
    let copy = projector.nearest_copy(middle[0]);
    let ring: Vec<Point> = world
        .iter()
        .map(|[x, y]| projector.world([x + copy, *y]))
        .collect();
    let reaches =
        |i: usize, f: fn(f32, f32) -> f32, start: f32| ring.iter().map(|p| p[i]).fold(start, f);
    let outside = (0..2).any(|i| {
        reaches(i, f32::max, f32::MIN) < 0.0 || reaches(i, f32::min, f32::MAX) > view.size[i]
    });
    (!outside && !ring.is_empty()).then(|| Cell {
        tally,
        at: projector.world([middle[0] + copy, middle[1]]),
        ring,
        radius_px: 0.0,
        id: hex,
    })
}

/// Cells that clusters are made of; they halve in width at every whole zoom.
fn cluster_lattice(view: &MapView) -> Lattice {
    let zoom = view.camera.zoom;
    let cell_px = CLUSTER_PX * (zoom - zoom.round()).exp2();
    Lattice::new(&view.camera, view.size, cell_px as f32, 1)
}

fn clusters(view: &MapView) -> Cells {
    let lattice = cluster_lattice(view);
    let c = view.columns;
    let end = lattice.size.map(|n| n as f64);
    let rows = rows_near(view, lattice.world([0.0; 2], end));
    let cell = |row: Row| lattice.cell(c.world_x[row as usize], c.world_y[row as usize]);
    let one = |row: Row| {
        let place = lattice.place(c.world_x[row as usize], c.world_y[row as usize]);
        Tally {
            sum: place.map(|v| (v * 256.0) as u64),
            ..Tally::one(c, row)
        }
    };
    let tallies = raster::tally(lattice.len(), &rows, cell, one);
    let filled = tallies.iter().enumerate().filter(|(_, t)| t.count() > 0);
    let cells = filled.filter_map(|(id, tally)| {
        let n = tally.count();
        let radius_px = cluster_radius_px(n).min(lattice.cell_px / 2.0);
        let mean = tally.sum.map(|sum| sum as f64 / f64::from(n) / 256.0);
        // A circle stays in its cell, so that none covers another.
        let [column, line] = [id % lattice.size[0], id / lattice.size[0]].map(|v| v as f64);
        let inset = f64::from(radius_px / lattice.cell_px);
        let kept =
            |v: f64, from: f64| v.clamp(from + inset, (from + 1.0 - inset).max(from + inset));
        let at = lattice.point(if n == 1 {
            mean
        } else {
            [kept(mean[0], column), kept(mean[1], line)]
        });
        view.projector()
            .sees(at, radius_px.max(8.0))
            .then_some(Cell {
                tally: *tally,
                at,
                ring: Vec::new(),
                radius_px: if n == 1 { 0.0 } else { radius_px },
                id: id as u64,
            })
    });
    scaled(view, cells.collect(), 0.0)
}

/// Radius of a cluster's circle, px: it grows with the number's logarithm, from what two
/// digits need to what a cell has room for.
fn cluster_radius_px(incidents: u32) -> f32 {
    (11.0 + 4.2 * (incidents.max(1) as f32).log10()).min(30.0)
}

fn scaled(view: &MapView, cells: Vec<Cell>, width_m: f64) -> Cells {
    let counts = || cells.iter().map(|cell| cell.tally.incidents());
    let most = counts().max().unwrap_or(0);
    let scale = scale_of(view, most, || {
        let mut levels = vec![0; LEVELS];
        counts().for_each(|n| levels[level(n)] += 1);
        levels
    });
    Cells {
        cells,
        scale,
        width_m,
    }
}

/// How many rows [`pick`] would give, without looking at each; `None` of symbols, which are few.
#[must_use]
pub fn count_at(view: &MapView, at: Point) -> Option<u32> {
    match drawn(view) {
        Drawn::Symbols => None,
        Drawn::Density => Some(dots::raster(view).count_at(at)),
        Drawn::Hexagons => {
            let hex = hex_under(view, at);
            let found = cells(view);
            let cell = found.cells.iter().find(|cell| cell.id == hex);
            Some(cell.map_or(0, |cell| cell.tally.incidents()))
        }
        Drawn::Clusters => None,
    }
}

/// The hexagon at a point of the map.
fn hex_under(view: &MapView, at: Point) -> u64 {
    let [lon, lat] = view.camera.lon_lat_from_screen(view.size, at);
    let lon = (lon + 180.0).rem_euclid(360.0) - 180.0;
    hexes::hex_at(lon, lat, resolution(view))
}

/// The rows that what lies under a point of the map counts, the latest first.
#[must_use]
pub fn pick(view: &MapView, at: Point) -> Vec<Row> {
    let mut rows = match drawn(view) {
        Drawn::Symbols => Vec::new(),
        Drawn::Density => pick_raster(view, at),
        Drawn::Hexagons => pick_hexagon(view, at),
        Drawn::Clusters => pick_cluster(view, at),
    };
    rows.reverse();
    rows
}

fn pick_raster(view: &MapView, at: Point) -> Vec<Row> {
    let (lattice, _, reach) = dots::lattice(view);
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
    let rows = rows_near(view, lattice.world(from, to));
    rows.iter().copied().filter(counts).collect()
}

fn pick_hexagon(view: &MapView, at: Point) -> Vec<Row> {
    let resolution = resolution(view);
    let hex = hex_under(view, at);
    let found = cells(view);
    let Some(cell) = found.cells.iter().find(|cell| cell.id == hex) else {
        return Vec::new();
    };
    let corners = cell.ring.iter().map(|p| {
        let [x, y] = *p;
        let [lon, lat] = view.camera.lon_lat_from_screen(view.size, [x, y]);
        super::camera::world_from_lon_lat(lon, lat)
    });
    // Rounded edges of the sphere bulge over the straight lines between corners.
    let mut world = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for [x, y] in corners {
        world = [
            world[0].min(x),
            world[1].min(y),
            world[2].max(x),
            world[3].max(y),
        ];
    }
    let bulge = 0.05 * (world[2] - world[0]);
    let world = [
        world[0] - bulge,
        world[1] - bulge,
        world[2] + bulge,
        world[3] + bulge,
    ];
    let rows = rows_near(view, world);
    let c = view.columns;
    let inside = |row: &&Row| hex_of(c, **row, resolution) == hex;
    match view.spatial.filter(|_| rows.len() > FEW_ROWS) {
        Some(spatial) => {
            let hexes = spatial.hexes(c, resolution);
            let Ok(place) = hexes.cells.binary_search(&hex) else {
                return Vec::new();
            };
            let inside = |row: &&Row| hexes.of_row[**row as usize] as usize == place;
            rows.iter().filter(inside).copied().collect()
        }
        None => rows.iter().filter(inside).copied().collect(),
    }
}

fn pick_cluster(view: &MapView, at: Point) -> Vec<Row> {
    let found = cells(view);
    let under = |cell: &&Cell| {
        let reach = cell.radius_px.max(7.0);
        (cell.at[0] - at[0]).hypot(cell.at[1] - at[1]) <= reach
    };
    // Incidents alone are drawn last.
    let Some(cell) = found
        .cells
        .iter()
        .filter(under)
        .max_by_key(|cell| cell.radius_px == 0.0)
    else {
        return Vec::new();
    };
    let lattice = cluster_lattice(view);
    let id = cell.id as usize;
    let corner = [id % lattice.size[0], id / lattice.size[0]].map(|v| v as f64);
    let rows = rows_near(view, lattice.world(corner, corner.map(|v| v + 1.0)));
    let c = view.columns;
    let inside =
        |row: &Row| lattice.cell(c.world_x[*row as usize], c.world_y[*row as usize]) == Some(id);
    rows.iter().copied().filter(inside).collect()
}

/// The colour of a hexagon, as the settings say.
#[must_use]
pub fn cell_color(view: &MapView, cells: &Cells, cell: &Cell) -> Color {
    let n = cell.tally.incidents();
    match view.layers.density.color {
        DensityColor::Ramp => cells.scale.color(n),
        DensityColor::Kind => {
            let mut sums = [0_u64; 3];
            for mark in Mark::ALL {
                let color = view.theme.mark(*mark);
                let times = u64::from(cell.tally.marks[*mark as usize]);
                for (sum, part) in sums.iter_mut().zip([color.r, color.g, color.b]) {
                    *sum += times * u64::from(part);
                }
            }
            let [r, g, b] = sums.map(|sum| (sum / u64::from(n.max(1))) as u8);
            let mixed = Color { r, g, b, a: 255 };
            deepened(view.theme, mixed, cells.scale.place(n))
        }
    }
}
