//! Hexagons and clusters: incidents counted by the cell they lie in.

use super::camera::world_from_lon_lat;
use super::clip;
use super::counted::{Cell, Cells, Tally};
use super::drawing::{Color, Point};
use super::lattice::Lattice;
use super::ramp::{LEVELS, level};
use super::raster::{self, Sum};
use super::style::DensityColor;
use super::view::MapView;
use crate::domain::Mark;
use crate::index::Row;
use crate::index::hexes::{self, hex_of};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Hexagons are about so wide, px: 0.6 to 1.6 times as much, as neighbouring resolutions differ by √7.
const HEXAGON_PX: f64 = 26.0;

/// Cells that clusters are made of are about so wide, px: 0.7 to 1.4 times as much, by zoom.
const CLUSTER_PX: f64 = 66.0;

/// Up to so many rows each is looked up by itself rather than all of the case.
pub(super) const FEW_ROWS: usize = 50_000;

/// The resolution of hexagons in a view.
pub(super) fn resolution(view: &MapView) -> u8 {
    hexes::resolution_of_width(HEXAGON_PX * view.camera.metres_per_px(view.camera.lat))
}

/// The part of the world that has all rows of hexagons in view: two of them more on each side than
/// are seen, at the scale of the edge nearest to a pole.
pub(super) fn around_hexagons(view: &MapView) -> [f64; 4] {
    let width_m = hexes::width_m(resolution(view));
    let projector = view.projector();
    let [west, north, east, south] = projector.visible();
    let lat = view.camera.lat.abs().min(80.0) + 5.0;
    let reach = 3.0 * width_m / view.camera.metres_per_px(lat.min(84.0)) / projector.world_px();
    [west - reach, north - reach, east + reach, south + reach]
}

pub(super) fn hexagons(view: &MapView) -> Cells {
    let resolution = resolution(view);
    let width_m = hexes::width_m(resolution);
    let rows = view.rows_near(around_hexagons(view));
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
        .map(|[lon, lat]| world_from_lon_lat(*lon, *lat));
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

pub(super) fn clusters(view: &MapView) -> Cells {
    let lattice = cluster_lattice(view);
    let c = view.columns;
    let end = lattice.size.map(|n| n as f64);
    let rows = view.rows_near(lattice.world([0.0; 2], end));
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
    let scale = view.scale(most, || {
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

/// The hexagon at a point of the map, where it holds incidents.
pub(super) fn hexagon_at<'a>(view: &MapView, found: &'a Cells, at: Point) -> Option<&'a Cell> {
    let [lon, lat] = view.camera.lon_lat_from_screen(view.size, at);
    let lon = (lon + 180.0).rem_euclid(360.0) - 180.0;
    let hex = hexes::hex_at(lon, lat, resolution(view));
    found.cells.iter().find(|cell| cell.id == hex)
}

/// The rows of the hexagon under a point of the map, ascending.
pub(super) fn pick_hexagon(view: &MapView, found: &Cells, at: Point) -> Vec<Row> {
    let resolution = resolution(view);
    let Some(cell) = hexagon_at(view, found, at) else {
        return Vec::new();
    };
    let hex = cell.id;
    let corners = cell.ring.iter().map(|p| {
        let [lon, lat] = view.camera.lon_lat_from_screen(view.size, *p);
        world_from_lon_lat(lon, lat)
    });
    // Rounded edges of the sphere bulge over the straight lines between corners.
    let world = clip::around(&corners.collect::<Vec<_>>());
    let bulge = 0.05 * (world[2] - world[0]);
    let world = [
        world[0] - bulge,
        world[1] - bulge,
        world[2] + bulge,
        world[3] + bulge,
    ];
    let rows = view.rows_near(world);
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

/// The rows of the cluster under a point of the map, ascending.
pub(super) fn pick_cluster(view: &MapView, found: &Cells, at: Point) -> Vec<Row> {
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
    let rows = view.rows_near(lattice.world(corner, corner.map(|v| v + 1.0)));
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
            view.theme.deepened(mixed, cells.scale.place(n))
        }
    }
}
