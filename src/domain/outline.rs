//! An area as rings to draw, and how long a line is. Nothing here decides what lies inside: that is
//! [`super::inside::Prepared`], and the tests hold the two together.

use super::area::{LonLat, METRES_ARE_FLAT_M, flat_m, metres_per_degree, pieces};
use super::inside::Prepared;
use super::mercator::world_from_lon_lat;
use super::{Area, Bounds};
use geo::{BoundingRect, Coord, LineString, Polygon, Simplify, unary_union};

/// Rings under the even-odd rule and, of a corridor, the line in its middle; on the unit square of
/// [`super::mercator`], where x may leave 0..=1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    pub rings: Vec<Vec<[f64; 2]>>,
    pub line: Vec<[f64; 2]>,
}

/// Legs of a corridor that are drawn at most; a longer line is made simpler until it fits.
const MOST_LEGS: usize = 1_500;
/// Corners of a circle.
const CIRCLE_CORNERS: usize = 180;
/// Corners of the half circle around an end of a leg.
const CAP_CORNERS: usize = 16;

impl Outline {
    #[must_use]
    pub fn of(area: &Area) -> Outline {
        let world = |points: &[LonLat]| -> Vec<[f64; 2]> {
            let points = points.iter();
            points
                .map(|[lon, lat]| world_from_lon_lat(*lon, *lat))
                .collect()
        };
        match area {
            Area::Box(b) => Outline {
                rings: vec![world(&corners(b))],
                line: Vec::new(),
            },
            Area::Polygon { corners, more } => Outline {
                rings: [corners]
                    .into_iter()
                    .chain(more)
                    .map(|r| world(r))
                    .collect(),
                line: Vec::new(),
            },
            Area::Circle { center, radius_m } => Outline {
                rings: vec![world(&circle(*center, *radius_m))],
                line: Vec::new(),
            },
            Area::Corridor { line, width_m } => Outline {
                rings: corridor(line, width_m / 2.0),
                line: world(line),
            },
        }
    }
}

fn corners(b: &Bounds) -> [LonLat; 4] {
    let east = if b.west > b.east {
        b.east + 360.0
    } else {
        b.east
    };
    [
        [b.west, b.north],
        [east, b.north],
        [east, b.south],
        [b.west, b.south],
    ]
}

/// On the ellipsoid; longitudes go on beyond ±180 so that the ring does not jump.
fn circle(center: LonLat, radius_m: f64) -> Vec<LonLat> {
    use geo::{Destination, Geodesic, Point};
    let corner = |i: usize| {
        let bearing = 360.0 * i as f64 / CIRCLE_CORNERS as f64;
        let at = Geodesic.destination(Point::from(center), bearing, radius_m);
        let turns = ((center[0] - at.x()) / 360.0).round();
        [at.x() + turns * 360.0, at.y()]
    };
    (0..CIRCLE_CORNERS).map(corner).collect()
}

/// All that lies within `half_m` of the line: a capsule around each leg, made one.
fn corridor(line: &[LonLat], half_m: f64) -> Vec<Vec<[f64; 2]>> {
    let legs = legs(line, half_m);
    let capsules: Vec<Polygon> = legs
        .windows(2)
        .map(|leg| capsule(leg[0], leg[1], half_m))
        .collect();
    let area = unary_union(&capsules);
    let rings = area.0.iter().flat_map(|polygon| {
        let holes = polygon.interiors().iter();
        std::iter::once(polygon.exterior()).chain(holes)
    });
    rings
        .map(|ring| {
            // The first point is there again at the end.
            let open = ring.0.iter().take(ring.0.len().saturating_sub(1));
            open.map(|c| [c.x, c.y]).collect()
        })
        .collect()
}

/// The line with no more points than its width shows, each leg short enough for its two ends to be
/// measured alike.
fn legs(line: &[LonLat], half_m: f64) -> Vec<LonLat> {
    let coords = line.iter().map(|[x, y]| Coord { x: *x, y: *y });
    let mut simple = LineString(coords.collect());
    // A five-hundredth of the half width cannot be seen beside it.
    let mut off_deg = half_m / 500.0 / 111_000.0;
    while simple.0.len() > MOST_LEGS {
        let tried = simple.simplify(off_deg);
        // What cannot be made simpler is a scribble: drawn as far as it goes.
        if off_deg > 1.0 {
            simple.0.truncate(MOST_LEGS);
        } else {
            simple = tried;
        }
        off_deg *= 2.0;
    }
    let points: Vec<LonLat> = simple.0.iter().map(|c| [c.x, c.y]).collect();
    let reach_deg = simple
        .bounding_rect()
        .map_or(0.0, |r| r.width().max(r.height()));
    // A country is crossed in pieces of some 50 km, a city in one.
    if reach_deg * 111_000.0 > METRES_ARE_FLAT_M {
        pieces(&points, METRES_ARE_FLAT_M)
    } else {
        points
    }
}

/// What lies within `half_m` of a leg, on the unit square.
fn capsule(a: LonLat, b: LonLat, half_m: f64) -> Polygon {
    let [mx, my] = metres_per_degree((a[1] + b[1]) / 2.0);
    let along = ((b[1] - a[1]) * my).atan2((b[0] - a[0]) * mx);
    let mut ring = Vec::with_capacity(2 * CAP_CORNERS + 2);
    for (end, from) in [(b, -0.5), (a, 0.5)] {
        for i in 0..=CAP_CORNERS {
            let turn = from + i as f64 / CAP_CORNERS as f64;
            let angle = along + turn * std::f64::consts::PI;
            let at = offset(end, half_m * angle.cos(), half_m * angle.sin());
            let [x, y] = world_from_lon_lat(at[0], at[1]);
            ring.push(Coord { x, y });
        }
    }
    Polygon::new(LineString(ring), Vec::new())
}

/// The place so many metres east and north, measured at the latitude half-way.
fn offset([lon, lat]: LonLat, east_m: f64, north_m: f64) -> LonLat {
    let half_way = lat + north_m / metres_per_degree(lat)[1] / 2.0;
    let [mx, my] = metres_per_degree(half_way.clamp(-89.9, 89.9));
    [lon + east_m / mx, lat + north_m / my]
}

/// Metres along a line that is straight on the map between its points.
#[must_use]
pub fn length_m(line: &[LonLat]) -> f64 {
    let legs = pieces(line, 5_000.0);
    legs.windows(2).map(|leg| flat_m(leg[0], leg[1])).sum()
}

/// What is worth saying of an area's size: square metres of a polygon, on the ellipsoid, metres of
/// a corridor's line; 0 where a number of its own says it.
#[must_use]
pub fn measure(area: &Area) -> f64 {
    use geo::GeodesicArea;
    match area {
        Area::Polygon { corners, more } => {
            let of_ring = |corners: &Vec<LonLat>| {
                let mut closed = corners.clone();
                closed.extend(corners.first());
                let ring = pieces(&closed, METRES_ARE_FLAT_M).into_iter();
                let ring = LineString::from_iter(ring.map(|[x, y]| Coord { x, y }));
                // Whichever way round it is drawn: unsigned would be the rest of the Earth for one of them.
                Polygon::new(ring, Vec::new()).geodesic_area_signed().abs()
            };
            // A ring in another is a hole, one in a hole an island.
            let rings: Vec<&Vec<LonLat>> = [corners].into_iter().chain(more).collect();
            let inside: Vec<Prepared> = match rings[..] {
                [_] => Vec::new(),
                _ => rings
                    .iter()
                    .map(|r| Prepared::new(&Area::polygon((*r).clone())))
                    .collect(),
            };
            let sign = |i: usize| {
                let [lon, lat] = rings[i][0];
                let others = inside.iter().enumerate().filter(|(j, _)| *j != i);
                let depth = others.filter(|(_, ring)| ring.contains(lon, lat)).count();
                if depth % 2 == 0 { 1.0 } else { -1.0 }
            };
            let sum: f64 = (0..rings.len()).map(|i| sign(i) * of_ring(rings[i])).sum();
            // Of rings that lie on each other nothing sensible can be said.
            sum.max(0.0)
        }
        Area::Corridor { line, .. } => length_m(line),
        Area::Box(_) | Area::Circle { .. } => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::inside::Prepared;
    use super::super::mercator::lon_lat_from_world;
    use super::*;
    use proptest::prelude::*;

    const MONTERREY: LonLat = [-100.316, 25.686];
    const NUEVO_LAREDO: LonLat = [-99.507, 27.476];

    fn is_inside(rings: &[Vec<[f64; 2]>], [x, y]: [f64; 2]) -> bool {
        let mut inside = false;
        for ring in rings {
            for (i, a) in ring.iter().enumerate() {
                let b = ring[(i + 1) % ring.len()];
                if (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
                {
                    inside = !inside;
                }
            }
        }
        inside
    }

    #[test]
    fn a_polygon_is_as_big_whichever_way_round_it_is_drawn() {
        let square = |lon: f64, size: f64| {
            vec![
                [lon, 25.0],
                [lon + size, 25.0],
                [lon + size, 25.0 + size],
                [lon, 25.0 + size],
            ]
        };
        let outer = square(-100.0, 1.0);
        let backwards: Vec<LonLat> = outer.iter().rev().copied().collect();
        let whole = measure(&Area::polygon(outer.clone()));
        assert!((1.1e10..1.2e10).contains(&whole), "{whole}");
        assert!((measure(&Area::polygon(backwards.clone())) - whole).abs() < 1.0);
        // A hole is taken away, an island added.
        let mut hole = square(-100.0, 0.5);
        hole.iter_mut()
            .for_each(|p| *p = [p[0] + 0.25, p[1] + 0.25]);
        let (hole_m2, island) = (measure(&Area::polygon(hole.clone())), square(-90.0, 1.0));
        let all = Area::Polygon {
            corners: backwards,
            more: vec![hole, island],
        };
        assert!((measure(&all) - (2.0 * whole - hole_m2)).abs() < 1.0);
        assert!(Prepared::new(&all).contains(-99.9, 25.1));
        assert!(!Prepared::new(&all).contains(-99.5, 25.5));
        assert!(Prepared::new(&all).contains(-89.5, 25.5));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

        /// What is drawn is what is asked: a little further in it holds, a little further out not.
    #[test]
        fn the_outline_is_where_the_test_ends(
            dx in -3.0..3.0_f64, dy in -3.0..3.0_f64, width_km in 1.0..120.0_f64, round in 0_u8..2,
            (lon, lat) in (-104.0..-96.0_f64, 22.0..31.0_f64),
        ) {
            let line = vec![MONTERREY, [MONTERREY[0] + dx, MONTERREY[1] + dy], NUEVO_LAREDO];
            let shape = |m: f64| match round {
                0 => Area::Corridor { line: line.clone(), width_m: m },
                _ => Area::Circle { center: NUEVO_LAREDO, radius_m: m },
            };
            let width_m = width_km * 1e3;
            let drawn = is_inside(&Outline::of(&shape(width_m)).rings, world_from_lon_lat(lon, lat));
            let holds = |m: f64| Prepared::new(&shape(m)).contains(lon, lat);
            if holds(width_m * 0.98) { prop_assert!(drawn); }
            if !holds(width_m * 1.02) { prop_assert!(!drawn); }
        }
    }

    #[test]
    fn lengths_are_those_of_the_ellipsoid() {
        let direct = crate::domain::measure::distance_m(MONTERREY, NUEVO_LAREDO);
        let along = length_m(&[MONTERREY, NUEVO_LAREDO]);
        assert!((214_000.0..215_500.0).contains(&direct), "{direct}");
        // Straight on the map is hardly longer at this distance.
        assert!(
            along >= direct - 30.0 && along < direct * 1.001,
            "{along} {direct}"
        );
        assert_eq!(length_m(&[MONTERREY]), 0.0);
    }

    #[test]
    fn a_road_of_many_points_is_still_drawn() {
        let line: Vec<LonLat> = (0..40_000)
            .map(|i| {
                let t = f64::from(i) / 40_000.0;
                [-100.0 + t * 3.0, 25.0 + t * 2.0 + (t * 900.0).sin() * 0.01]
            })
            .collect();
        let outline = Outline::of(&Area::Corridor {
            line: line.clone(),
            width_m: 10_000.0,
        });
        assert_eq!(outline.rings.len(), 1);
        for p in line.iter().step_by(1_000) {
            assert!(is_inside(&outline.rings, world_from_lon_lat(p[0], p[1])));
        }
    }

    #[test]
    fn a_ring_road_has_a_hole() {
        let around: Vec<LonLat> = (0..=60)
            .map(|i| {
                let angle = f64::from(i) * 6.0_f64.to_radians();
                [-99.0 + 0.5 * angle.cos(), 19.0 + 0.5 * angle.sin()]
            })
            .collect();
        let rings = Outline::of(&Area::Corridor {
            line: around,
            width_m: 10_000.0,
        })
        .rings;
        assert_eq!(rings.len(), 2);
        let [lon, lat] = lon_lat_from_world(rings[0][0][0], rings[0][0][1]);
        assert!(lon.abs() < 180.0 && lat.abs() < 90.0);
        assert!(!is_inside(&rings, world_from_lon_lat(-99.0, 19.0)));
    }
}
