//! Many incidents: what stands for them on the map, and the counts behind it. Up to
//! [`SYMBOLS_UP_TO`] in view each has its symbol; above, the map shows how many there are.

use super::drawing::{Color, Point};
use super::lattice::Lattice;
use super::ramp::{LEVELS, Scale, level};
use super::raster::{self, Spread, Sum};
use super::theme::Theme;
use super::view::MapView;
use crate::domain::Mark;
use crate::index::hexes::{self, hex_of};
use crate::index::spatial::FixedRect;
use crate::index::{Columns, Row};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

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

/// Cells of a raster at most: a bigger picture has coarser ones.
const MOST_CELLS: f32 = 16_000_000.0;

/// Opacity of the raster, so that borders show through; and of edges of its dots.
pub const OPACITY: f32 = 0.94;
const EDGE_OPACITY: f32 = 0.5;

/// What was counted for the last view, so that layers, key and pointer count once. Who owns it
/// forgets when the case or the filter changes.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    of: Option<Asked>,
    raster: Option<Arc<Raster>>,
    cells: Option<Arc<Cells>>,
    in_view: Option<InView>,
}

/// What counts depend on, but for the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Asked {
    camera: super::Camera,
    size: [f32; 2],
    pixel_ratio: f32,
    density: Density,
    theme: super::theme::ThemeName,
    rows: usize,
}

impl Memo {
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }
}

/// What `slot` holds for this view, or what `make` makes of it.
fn kept<T: Clone>(
    view: &MapView,
    slot: fn(&mut Kept) -> &mut Option<T>,
    make: impl FnOnce() -> T,
) -> T {
    let Some(memo) = view.memo else {
        return make();
    };
    let asked = Asked {
        camera: view.camera,
        size: view.size,
        pixel_ratio: view.pixel_ratio,
        density: view.layers.density,
        theme: view.theme.name,
        rows: view.selection.len(),
    };
    let lock = || memo.0.lock().unwrap_or_else(PoisonError::into_inner);
    {
        let mut kept = lock();
        if kept.of != Some(asked) {
            *kept = Kept {
                of: Some(asked),
                ..Kept::default()
            };
        } else if let Some(known) = slot(&mut kept) {
            return known.clone();
        }
    }
    let made = make();
    *slot(&mut lock()) = Some(made.clone());
    made
}

/// What is drawn of incidents in a view.
#[must_use]
pub fn drawn(view: &MapView) -> Drawn {
    let few = || {
        view.selection.len() <= SYMBOLS_UP_TO || in_view(view).incidents() <= SYMBOLS_UP_TO as u32
    };
    view.layers.density.style.drawn(few)
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
    let Some(spatial) = view.spatial.filter(|_| all.len() > 1_000) else {
        return Cow::Borrowed(all);
    };
    let index = spatial.places(view.columns);
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
    kept(
        view,
        |k| &mut k.in_view,
        || {
            let (c, projector) = (view.columns, view.projector());
            let (window, rows) = (projector.window(), rows_near(view, projector.visible()));
            let tally = |rows: &[Row]| {
                let mut marks = [0; Mark::ALL.len()];
                for row in rows {
                    let i = *row as usize;
                    if window.holds(c.world_x[i], c.world_y[i]) {
                        marks[c.kind[i].mark() as usize] += 1;
                    }
                }
                InView { marks }
            };
            let parts = rows.par_chunks(1 << 16).map(tally);
            parts.reduce(InView::default, |a, b| InView {
                marks: std::array::from_fn(|i| a.marks[i] + b.marks[i]),
            })
        },
    )
}

/// A picture of counts.
#[derive(Debug)]
pub struct Raster {
    /// `[x, y, width, height]` on the map, px.
    pub rect: [f32; 4],
    /// Cells a row, rows.
    pub size: [u32; 2],
    /// Straight alpha, row by row.
    pub rgba: Arc<Vec<u8>>,
    /// How many incidents each cell tells of, row by row.
    counts: Vec<u32>,
    pub scale: Scale,
    /// How wide the dot of one incident is, px.
    pub dot_px: f32,
}

/// Cells of the raster, with enough around it for what reaches in; how many that is on each side,
/// and how many cells incidents reach.
fn raster_lattice(view: &MapView) -> (Lattice, usize, f32) {
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
    kept(view, |k| &mut k.raster, || Arc::new(counted_raster(view)))
}

fn counted_raster(view: &MapView) -> Raster {
    let (lattice, margin, reach) = raster_lattice(view);
    let end = lattice.size.map(|n| n as f64);
    let rows = rows_near(view, lattice.world([0.0; 2], end));
    let c = view.columns;
    let world = [&c.world_x[..], &c.world_y[..]];
    let theme = view.theme;
    let (scale, size, rgba, counts) = match view.layers.density.color {
        DensityColor::Ramp => {
            let cells = raster::count(&lattice, world, &rows, |_| 1_u32);
            let spread = Spread::new(&cells, &lattice, margin, reach);
            let scale = scale_of(view, spread.most, || spread.by_level());
            let bytes = |n: u32| opaque(scale.color(n), OPACITY);
            let known: Vec<[u8; 4]> = (0..4096.min(spread.most + 1)).map(bytes).collect();
            let color = |_, n: u32| known.get(n as usize).copied().unwrap_or_else(|| bytes(n));
            let rgba = spread.rgba(EDGE_OPACITY, color);
            (scale, spread.size, rgba, spread.into_counts())
        }
        DensityColor::Kind => {
            let one = Mark::ALL.iter().map(|m| {
                let color = theme.mark(*m);
                [color.r, color.g, color.b, 1].map(u32::from)
            });
            let one: Vec<[u32; 4]> = one.collect();
            let of = |row: Row| one[c.kind[row as usize].mark() as usize];
            let cells = raster::count(&lattice, world, &rows, of);
            let spread = Spread::new(&cells, &lattice, margin, reach);
            let scale = scale_of(view, spread.most, || spread.by_level());
            let color = |[r, g, b]: [u32; 3], n: u32| {
                let mean = |sum: u32| (sum / n) as u8;
                let mixed = Color {
                    r: mean(r),
                    g: mean(g),
                    b: mean(b),
                    a: 255,
                };
                opaque(deepened(theme, mixed, scale.place(n)), 1.0)
            };
            let rgba = spread.rgba(EDGE_OPACITY, color);
            (scale, spread.size, rgba, spread.into_counts())
        }
    };
    let corner = lattice.point([margin as f64; 2]);
    let [w, h] = size.map(|n| n as f32 * lattice.cell_px);
    Raster {
        rect: [corner[0], corner[1], w, h],
        size: size.map(|n| n as u32),
        rgba: Arc::new(rgba),
        counts,
        scale,
        dot_px: 2.0 * reach * lattice.cell_px,
    }
}

fn opaque(color: Color, opacity: f32) -> [u8; 4] {
    let c = color.with_alpha(opacity);
    [c.r, c.g, c.b, c.a]
}

/// A mark's colour where many lie together: `place` of 0..=1 is that of their number.
#[must_use]
pub fn deepened(theme: &Theme, color: Color, place: f32) -> Color {
    color.mix(theme.text, 0.62 * place)
}

fn scale_of(view: &MapView, most: u32, by_level: impl FnOnce() -> Vec<u32>) -> Scale {
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

fn hexagons(view: &MapView) -> Cells {
    let resolution = resolution(view);
    let width_m = hexes::width_m(resolution);
    let projector = view.projector();
    // Two hexagons more on each side than are seen, at the scale of the edge nearest to a pole.
    let [west, north, east, south] = projector.visible();
    let lat = view.camera.lat.abs().min(80.0) + 5.0;
    let reach = 3.0 * width_m / view.camera.metres_per_px(lat.min(84.0)) / projector.world_px();
    let rows = rows_near(
        view,
        [west - reach, north - reach, east + reach, south + reach],
    );
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

impl Raster {
    /// How many incidents the colour at a point of the map tells of.
    #[must_use]
    pub fn count_at(&self, at: Point) -> u32 {
        let [x, y, w, h] = self.rect;
        let column = ((at[0] - x) / w * self.size[0] as f32).floor();
        let row = ((at[1] - y) / h * self.size[1] as f32).floor();
        let inside = column >= 0.0 && row >= 0.0 && column < self.size[0] as f32;
        let cell = row as usize * self.size[0] as usize + column as usize;
        let count = inside.then(|| self.counts.get(cell)).flatten();
        count.copied().unwrap_or(0)
    }
}

/// How many rows [`pick`] would give, without looking at each; `None` of symbols, which are few.
#[must_use]
pub fn count_at(view: &MapView, at: Point) -> Option<u32> {
    match drawn(view) {
        Drawn::Symbols => None,
        Drawn::Density => Some(raster(view).count_at(at)),
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
    let (lattice, _, reach) = raster_lattice(view);
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
