//! A part of the Earth to filter by.

use super::Bounds;
use super::mercator::{lon_lat_from_world, world_from_lon_lat};
use serde::{Deserialize, Serialize};

/// Longitude and latitude, degrees on WGS 84. A shape that crosses the antimeridian goes on beyond
/// ±180.
pub type LonLat = [f64; 2];

/// Edges and lines are straight on the map, as they were drawn; distances are on the ellipsoid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum Area {
    Box(Bounds),
    /// Three corners or more; the last is joined to the first. Under the even-odd rule.
    Polygon {
        corners: Vec<LonLat>,
        /// Further rings, such as islands and holes, under the same rule.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more: Vec<Vec<LonLat>>,
    },
    Circle {
        center: LonLat,
        radius_m: f64,
    },
    /// All that lies within half of `width_m` of a line of two points or more.
    Corridor {
        line: Vec<LonLat>,
        width_m: f64,
    },
}

/// A corridor is this wide unless somebody says otherwise: 5 km to each side.
pub const DEFAULT_WIDTH_M: f64 = 10_000.0;

/// Islands and holes of a polygon at most: each is held against all others.
pub const MOST_RINGS: usize = 500;

/// Points of an imported line beyond this are no route.
pub const MOST_POINTS: usize = 100_000;

impl Area {
    /// A polygon of one ring.
    #[must_use]
    pub fn polygon(corners: Vec<LonLat>) -> Area {
        Area::Polygon {
            corners,
            more: Vec::new(),
        }
    }

    /// Whether its numbers make sense: a file may say anything.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let sound = |points: &[LonLat], least: usize| {
            (least..=MOST_POINTS).contains(&points.len())
                && points
                    .iter()
                    .all(|[lon, lat]| lon.abs() <= 540.0 && lat.abs() <= 90.0)
        };
        let distance = |m: f64| m > 0.0 && m <= 20_000_000.0;
        match self {
            Area::Box(b) => Bounds::new(b.west, b.south, b.east, b.north).is_some(),
            Area::Polygon { corners, more } => {
                let points: usize = more.iter().map(Vec::len).sum();
                let few = more.len() <= MOST_RINGS && corners.len() + points <= MOST_POINTS;
                few && sound(corners, 3) && more.iter().all(|r| sound(r, 3))
            }
            Area::Circle { center, radius_m } => sound(&[*center], 1) && distance(*radius_m),
            Area::Corridor { line, width_m } => sound(line, 2) && distance(*width_m),
        }
    }

    /// A point inside or near it to look at, and its bounds in degrees `[west, south, east, north]`,
    /// which may go beyond ±180.
    #[must_use]
    pub fn extent(&self) -> [f64; 4] {
        match self {
            Area::Box(b) if b.west > b.east => [b.west, b.south, b.east + 360.0, b.north],
            Area::Box(b) => [b.west, b.south, b.east, b.north],
            Area::Polygon { corners, more } => {
                more.iter().fold(extent_of(corners, 0.0), |e, ring| {
                    let o = extent_of(ring, 0.0);
                    [
                        e[0].min(o[0]),
                        e[1].min(o[1]),
                        e[2].max(o[2]),
                        e[3].max(o[3]),
                    ]
                })
            }
            Area::Circle { center, radius_m } => extent_of(&[*center], *radius_m),
            Area::Corridor { line, width_m } => extent_of(line, width_m / 2.0),
        }
    }
}

pub(super) fn extent_of(points: &[LonLat], reach_m: f64) -> [f64; 4] {
    let mut e = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for [lon, lat] in points {
        let (dx, dy) = degrees_for(reach_m, *lat);
        e = [
            e[0].min(lon - dx),
            e[1].min(lat - dy),
            e[2].max(lon + dx),
            e[3].max(lat + dy),
        ];
    }
    [e[0], e[1].max(-90.0), e[2], e[3].min(90.0)]
}

/// Degrees of longitude and latitude that surely hold `reach_m` around a point at `lat`.
fn degrees_for(reach_m: f64, lat: f64) -> (f64, f64) {
    // A degree of latitude is 110.57 km at least.
    let dy = reach_m / 110_500.0;
    let furthest = (lat.abs() + dy).to_radians();
    let cos = furthest.cos();
    let dx = if furthest >= 1.57 || cos <= 0.0 {
        180.0
    } else {
        (reach_m / (111_000.0 * cos)).min(180.0)
    };
    (dx, dy)
}

/// Semi-major axis in metres and first eccentricity squared of WGS 84.
const A_M: f64 = 6_378_137.0;

const E2: f64 = 0.006_694_379_990_141_3;

/// Metres a degree of longitude and of latitude at `lat` on WGS 84.
#[must_use]
pub fn metres_per_degree(lat: f64) -> [f64; 2] {
    let phi = lat.to_radians();
    let w2 = 1.0 - E2 * phi.sin().powi(2);
    let n = A_M / w2.sqrt();
    let m = n * (1.0 - E2) / w2;
    [(n * phi.cos()).to_radians(), m.to_radians()]
}

/// For drawing longer ones do.
pub(super) const METRES_ARE_FLAT_M: f64 = 50_000.0;

const MOST_PIECES: usize = 20_000;

/// Distance from the origin to the line from `a` to `b`.
pub(super) fn to_origin(a: [f64; 2], b: [f64; 2]) -> f64 {
    let t = nearest_share(a, b);
    (a[0] + t * (b[0] - a[0])).hypot(a[1] + t * (b[1] - a[1]))
}

/// How far along the line from `a` to `b` it is nearest to the origin, 0..=1.
#[must_use]
pub fn nearest_share(a: [f64; 2], b: [f64; 2]) -> f64 {
    let d = [b[0] - a[0], b[1] - a[1]];
    let length2 = d[0] * d[0] + d[1] * d[1];
    match length2 > 0.0 {
        true => (-(a[0] * d[0] + a[1] * d[1]) / length2).clamp(0.0, 1.0),
        false => 0.0,
    }
}

/// The line with points added, straight on the map, so that no piece is longer than `piece_m`, or than
/// a line of that length in all allows.
pub(super) fn pieces(line: &[LonLat], piece_m: f64) -> Vec<LonLat> {
    let piece_m = piece_m.max(shortest_piece_m(line));
    let mut out = Vec::new();
    for leg in line.windows(2) {
        let n = (flat_m(leg[0], leg[1]) / piece_m).ceil().max(1.0) as usize;
        let [a, b] = [0, 1].map(|i| world_from_lon_lat(leg[i][0], leg[i][1]));
        for i in 0..n {
            let t = i as f64 / n as f64;
            out.push(lon_lat_from_world(
                a[0] + (b[0] - a[0]) * t,
                a[1] + (b[1] - a[1]) * t,
            ));
        }
    }
    out.extend(line.last());
    out
}

/// What pieces are to have at least, so that a line has no more than [`MOST_PIECES`] beside its own.
pub(super) fn shortest_piece_m(line: &[LonLat]) -> f64 {
    let legs = line.windows(2);
    legs.map(|leg| flat_m(leg[0], leg[1])).sum::<f64>() / MOST_PIECES as f64
}

/// About how far apart two places are, metres.
#[must_use]
pub fn flat_m(a: LonLat, b: LonLat) -> f64 {
    let [mx, my] = metres_per_degree((a[1] + b[1]) / 2.0);
    ((b[0] - a[0]) * mx).hypot((b[1] - a[1]) * my)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_told() {
        for area in [
            Area::polygon(vec![[0.0, 0.0], [1.0, 1.0]]),
            Area::Circle {
                center: [0.0, 0.0],
                radius_m: f64::NAN,
            },
            Area::Corridor {
                line: vec![[0.0, 0.0]; 2],
                width_m: -1.0,
            },
            Area::Corridor {
                line: vec![[0.0, f64::INFINITY]; 2],
                width_m: 1.0,
            },
        ] {
            assert!(!area.is_sound(), "{area:?}");
        }
    }
}
