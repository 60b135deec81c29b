//! Which places lie in an area.

use super::Bounds;
use super::area::{
    Area, LonLat, extent_of, metres_per_degree, pieces, shortest_piece_m, to_origin,
};
use super::mercator::world_from_lon_lat;
use std::collections::HashMap;

/// Pieces of a corridor's line are no longer than this, so that each is as good as flat.
const PIECE_M: f64 = 5_000.0;

/// An area made ready to ask about many points.
pub struct Prepared {
    extent: [f64; 4],
    shape: Shape,
}

enum Shape {
    Box(Bounds),
    /// Corners on the unit square.
    Polygon(Corners),
    Circle(LonLat, f64),
    Corridor(Route),
}

impl Prepared {
    #[must_use]
    pub fn new(area: &Area) -> Prepared {
        let shape = match area {
            Area::Box(b) => Shape::Box(*b),
            Area::Polygon { corners, more } => Shape::Polygon(Corners::new(corners, more)),
            Area::Circle { center, radius_m } => Shape::Circle(*center, *radius_m),
            Area::Corridor { line, width_m } => Shape::Corridor(Route::new(line, width_m / 2.0)),
        };
        Prepared {
            extent: area.extent(),
            shape,
        }
    }

    /// Whether a place on Earth, degrees, lies inside.
    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        if let Shape::Box(b) = &self.shape {
            return b.contains(lon, lat);
        }
        let [west, south, east, north] = self.extent;
        if lat < south || lat > north {
            return false;
        }
        // Of the world's copies those that may lie in the shape.
        [lon - 360.0, lon, lon + 360.0]
            .into_iter()
            .filter(|lon| (west..=east).contains(lon))
            .any(|lon| self.holds(lon, lat))
    }

    fn holds(&self, lon: f64, lat: f64) -> bool {
        match &self.shape {
            Shape::Box(b) => b.contains(lon, lat),
            Shape::Polygon(corners) => corners.hold(world_from_lon_lat(lon, lat)),
            Shape::Circle(center, radius_m) => within(*center, [lon, lat], *radius_m),
            Shape::Corridor(route) => route.is_near(lon, lat),
        }
    }
}

/// A line in pieces that are as good as flat, found by the cells of a grid they may be near to: an
/// imported road has tens of thousands.
struct Route {
    points: Vec<LonLat>,
    half_m: f64,
    cell_deg: f64,
    /// First points of the pieces that reach into a cell.
    cells: HashMap<(i32, i32), Vec<u32>>,
}

impl Route {
    fn new(line: &[LonLat], half_m: f64) -> Route {
        let points = pieces(line, PIECE_M);
        // Wide enough that no piece is near to many cells.
        let piece_m = PIECE_M.max(shortest_piece_m(line));
        let cell_deg = (half_m.max(piece_m / 4.0) / 110_500.0).max(0.1);
        let mut cells: HashMap<(i32, i32), Vec<u32>> = HashMap::new();
        for (i, piece) in points.windows(2).enumerate() {
            let [west, south, east, north] = extent_of(piece, half_m);
            let at = |v: f64| (v / cell_deg).floor() as i32;
            for x in at(west)..=at(east) {
                for y in at(south)..=at(north) {
                    cells.entry((x, y)).or_default().push(i as u32);
                }
            }
        }
        Route {
            points,
            half_m,
            cell_deg,
            cells,
        }
    }

    fn is_near(&self, lon: f64, lat: f64) -> bool {
        let cell = [lon, lat].map(|v| (v / self.cell_deg).floor() as i32);
        let Some(pieces) = self.cells.get(&(cell[0], cell[1])) else {
            return false;
        };
        pieces.iter().any(|i| {
            let i = *i as usize;
            // Flat around the latitude between point and piece, which is where they differ.
            let [mx, my] = metres_per_degree((self.points[i][1] + lat) / 2.0);
            let from = |[x, y]: LonLat| [(x - lon) * mx, (y - lat) * my];
            to_origin(from(self.points[i]), from(self.points[i + 1])) <= self.half_m
        })
    }
}

/// A polygon on the unit square, its edges found by the bands of y they reach into: a border has
/// tens of thousands.
struct Corners {
    edges: Vec<[[f64; 2]; 2]>,
    top: f64,
    band: f64,
    bands: Vec<Vec<u32>>,
}

impl Corners {
    fn new(corners: &[LonLat], more: &[Vec<LonLat>]) -> Corners {
        let mut edges: Vec<[[f64; 2]; 2]> = Vec::new();
        for ring in [corners].into_iter().chain(more.iter().map(Vec::as_slice)) {
            let world = ring.iter().map(|[lon, lat]| world_from_lon_lat(*lon, *lat));
            let world: Vec<[f64; 2]> = world.collect();
            let next = world.iter().cycle().skip(1);
            edges.extend(world.iter().zip(next).map(|(a, b)| [*a, *b]));
        }
        let top = edges.iter().map(|e| e[0][1]).fold(f64::MAX, f64::min);
        let bottom = edges.iter().map(|e| e[0][1]).fold(f64::MIN, f64::max);
        let n = edges.len().clamp(1, 2_048);
        let mut found = Corners {
            edges,
            top,
            band: ((bottom - top) / n as f64).max(f64::MIN_POSITIVE),
            bands: vec![Vec::new(); n],
        };
        for (i, edge) in found.edges.iter().enumerate() {
            let [a, b] = edge.map(|p| found.band_of(p[1]));
            for band in a.min(b)..=a.max(b) {
                found.bands[band].push(i as u32);
            }
        }
        found
    }

    fn band_of(&self, y: f64) -> usize {
        (((y - self.top) / self.band) as usize).min(self.bands.len() - 1)
    }

    /// By the even-odd rule.
    fn hold(&self, [x, y]: [f64; 2]) -> bool {
        let crosses = |i: &&u32| {
            let [a, b] = self.edges[**i as usize];
            (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        };
        self.bands[self.band_of(y)].iter().filter(crosses).count() % 2 == 1
    }
}

/// On the sphere where that settles it, which is up to 0.6 % off; else on the ellipsoid.
fn within(center: LonLat, at: LonLat, radius_m: f64) -> bool {
    use geo::{Distance, Geodesic, Haversine, Point};
    let (a, b) = (Point::from(center), Point::from(at));
    let about = Haversine.distance(a, b);
    if (about - radius_m).abs() > radius_m * 0.01 {
        return about < radius_m;
    }
    Geodesic.distance(a, b) <= radius_m
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mercator::lon_lat_from_world;
    use geo::{Distance, Geodesic, Point};
    use proptest::prelude::*;

    const MONTERREY: LonLat = [-100.316, 25.686];

    const NUEVO_LAREDO: LonLat = [-99.507, 27.476];

    /// Metres from a point to a line that is straight on the map, by walking it in small steps.
    fn walked_m(line: &[LonLat], at: LonLat) -> f64 {
        let mut least = f64::INFINITY;
        for leg in line.windows(2) {
            let (a, b) = (
                world_from_lon_lat(leg[0][0], leg[0][1]),
                world_from_lon_lat(leg[1][0], leg[1][1]),
            );
            for i in 0..=2_000 {
                let t = f64::from(i) / 2_000.0;
                let on = lon_lat_from_world(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t);
                least = least.min(Geodesic.distance(Point::from(on), Point::from(at)));
            }
        }
        least
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_corridor_is_what_lies_near_its_line(
            dx in -3.0..3.0_f64, dy in -3.0..3.0_f64, width_km in 1.0..200.0_f64,
            (lon, lat) in (-103.0..-97.0_f64, 23.0..30.0_f64),
        ) {
            let line = vec![MONTERREY, [MONTERREY[0] + dx, MONTERREY[1] + dy], NUEVO_LAREDO];
            let area = Area::Corridor { line: line.clone(), width_m: width_km * 1e3 };
            let distance = walked_m(&line, [lon, lat]);
            let half = width_km * 500.0;
            // Steps of the walk are up to 250 m, and the flat pieces 0.1 % off.
            prop_assume!((distance - half).abs() > 300.0 + half * 0.001);
            prop_assert_eq!(Prepared::new(&area).contains(lon, lat), distance < half);
        }

        #[test]
        fn a_circle_is_measured_on_the_ellipsoid(
            (lon, lat) in (-180.0..180.0_f64, -85.0..85.0_f64), (x, y) in (-180.0..180.0_f64, -90.0..90.0_f64),
            radius_m in 1.0..5e6_f64,
        ) {
            let area = Area::Circle { center: [lon, lat], radius_m };
            let expected = Geodesic.distance(Point::new(lon, lat), Point::new(x, y)) <= radius_m;
            prop_assert_eq!(Prepared::new(&area).contains(x, y), expected);
        }
    }

    proptest! {
        #[test]
        fn a_polygon_holds_what_edge_after_edge_says(
            corners in proptest::collection::vec((-20.0..20.0_f64, -20.0..20.0_f64), 3..60), x in -21.0..21.0_f64, y in -21.0..21.0_f64,
        ) {
            let corners: Vec<LonLat> = corners.into_iter().map(|(x, y)| [x, y]).collect();
            let area = Area::polygon(corners.clone());
            let at = world_from_lon_lat(x, y);
            // Every edge asked, one after the other.
            let mut inside = false;
            for (i, a) in corners.iter().enumerate() {
                let b = corners[(i + 1) % corners.len()];
                let (a, b) = (world_from_lon_lat(a[0], a[1]), world_from_lon_lat(b[0], b[1]));
                if (a[1] > at[1]) != (b[1] > at[1])
                    && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0]
                {
                    inside = !inside;
                }
            }
            prop_assert_eq!(Prepared::new(&area).contains(x, y), inside);
        }
    }

    #[test]
    fn a_route_with_jumps_is_made_ready() {
        let line = (0..20_000).map(|i| {
            if i % 50 == 0 {
                [0.0, 0.0]
            } else {
                [-100.0, 25.0 + f64::from(i) * 1e-4]
            }
        });
        let area = Area::Corridor {
            line: line.collect(),
            width_m: 10_000.0,
        };
        let ready = Prepared::new(&area);
        assert!(
            ready.contains(-100.0, 25.5)
                && ready.contains(0.0, 0.0)
                && !ready.contains(-100.0, 40.0)
        );
    }

    #[test]
    fn shapes_may_cross_the_antimeridian() {
        let fiji = Area::polygon(vec![
            [177.0, -20.0],
            [182.0, -20.0],
            [182.0, -15.0],
            [177.0, -15.0],
        ]);
        let fiji = Prepared::new(&fiji);
        assert!(fiji.contains(179.0, -17.0) && fiji.contains(-179.0, -17.0));
        assert!(!fiji.contains(-177.0, -17.0) && !fiji.contains(176.0, -17.0));
    }
}
