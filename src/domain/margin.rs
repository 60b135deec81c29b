//! How far a place lies inside or outside of an area: what is known only to some kilometres may lie in it or not.

use super::area::{LonLat, metres_per_degree, pieces};
use super::inside::Prepared;
use super::{Area, measure};

/// Pieces of an outline that are looked at together.
const TOGETHER: usize = 32;
/// Longer pieces would not be straight on the ground as they are on the map.
const PIECE_M: f64 = 50_000.0;

/// An area made ready to say how far places are from its edge.
pub struct Margins {
    prepared: Prepared,
    edge: Edge,
}

enum Edge {
    /// Within so many metres of a place.
    Around(LonLat, f64),
    /// Within so many metres of a line.
    Along(Line, f64),
    /// The outline, ring by ring.
    Outline(Vec<Line>),
}

impl Margins {
    #[must_use]
    pub fn new(area: &Area) -> Margins {
        let edge = match area {
            Area::Circle { center, radius_m } => Edge::Around(*center, *radius_m),
            Area::Corridor { line, width_m } => Edge::Along(Line::new(line), width_m / 2.0),
            Area::Polygon { corners, more } => {
                let rings = [corners].into_iter().chain(more);
                Edge::Outline(rings.map(|ring| Line::closed(ring)).collect())
            }
            Area::Box(_) => {
                let [west, south, east, north] = area.extent();
                let corners = [[west, south], [east, south], [east, north], [west, north]];
                Edge::Outline(vec![Line::closed(&corners)])
            }
        };
        Margins {
            prepared: Prepared::new(area),
            edge,
        }
    }

    /// Metres from a place inside to the edge, and from one outside the same below nought. What lies further than
    /// `most_m` from it is so far away at least, and in a corridor the bend of the line may leave more room around a place
    /// than this: what is said to lie inside for certain does.
    #[must_use]
    pub fn depth_m(&self, lon: f64, lat: f64, most_m: f64) -> f64 {
        match &self.edge {
            Edge::Around(center, radius_m) => radius_m - measure::distance_m(*center, [lon, lat]),
            Edge::Along(line, half_m) => half_m - line.distance_m(lon, lat, most_m + half_m),
            Edge::Outline(rings) => {
                let nearer = |most: f64, ring: &Line| ring.distance_m(lon, lat, most);
                let away = rings.iter().fold(most_m, nearer);
                match self.prepared.contains(lon, lat) {
                    true => away,
                    false => -away,
                }
            }
        }
    }
}

/// A line in pieces, the extents of some of them together.
struct Line {
    points: Vec<LonLat>,
    extents: Vec<[f64; 4]>,
}

impl Line {
    fn new(line: &[LonLat]) -> Line {
        let points = pieces(line, PIECE_M);
        let starts = (0..points.len().saturating_sub(1)).step_by(TOGETHER);
        let extents = starts.map(|start| {
            let some = &points[start..(start + TOGETHER + 1).min(points.len())];
            some.iter()
                .fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |e, p| {
                    [
                        e[0].min(p[0]),
                        e[1].min(p[1]),
                        e[2].max(p[0]),
                        e[3].max(p[1]),
                    ]
                })
        });
        Line {
            extents: extents.collect(),
            points,
        }
    }

    fn closed(corners: &[LonLat]) -> Line {
        let mut ring = corners.to_vec();
        ring.extend(corners.first());
        Line::new(&ring)
    }

    /// To the nearest of the world's copies of the line, or `most_m` where that is nearer.
    fn distance_m(&self, lon: f64, lat: f64, most_m: f64) -> f64 {
        let mut best = most_m;
        for lon in [lon, lon - 360.0, lon + 360.0] {
            for (i, extent) in self.extents.iter().enumerate() {
                if beyond_m(extent, lon, lat) >= best {
                    continue;
                }
                let start = i * TOGETHER;
                let end = (start + TOGETHER + 1).min(self.points.len());
                for piece in self.points[start..end].windows(2) {
                    best = best.min(to_piece_m([lon, lat], piece[0], piece[1]));
                }
            }
        }
        best
    }
}

/// No place in an extent is nearer than this.
fn beyond_m([west, south, east, north]: &[f64; 4], lon: f64, lat: f64) -> f64 {
    let dx = (west - lon).max(lon - east).max(0.0);
    let dy = (south - lat).max(lat - north).max(0.0);
    let furthest = lat.abs().max(south.abs()).max(north.abs()).min(90.0);
    let [mx, _] = metres_per_degree(furthest);
    // A degree of latitude is 110.57 km at least.
    (dx.min(180.0) * mx).hypot(dy * 110_500.0) * 0.99
}

/// Flat around the latitude between place and piece, as corridors are.
fn to_piece_m(at: LonLat, a: LonLat, b: LonLat) -> f64 {
    let [mx, my] = metres_per_degree(((a[1] + b[1]) / 2.0 + at[1]) / 2.0);
    let from = |p: LonLat| [(p[0] - at[0]) * mx, (p[1] - at[1]) * my];
    super::area::to_origin(from(a), from(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Bounds;
    use proptest::prelude::*;

    fn areas() -> impl Strategy<Value = Area> {
        let place = || (-110.0..-90.0_f64, 15.0..35.0_f64).prop_map(|(lon, lat)| [lon, lat]);
        let km = || 1.0..400.0_f64;
        prop_oneof![
            (place(), km()).prop_map(|(center, km)| Area::Circle {
                center,
                radius_m: km * 1e3
            }),
            (proptest::collection::vec(place(), 2..6), km()).prop_map(|(line, km)| {
                Area::Corridor {
                    line,
                    width_m: km * 1e3,
                }
            }),
            proptest::collection::vec(place(), 3..7).prop_map(Area::polygon),
            (place(), place()).prop_map(|(a, b)| {
                let [west, east] = [a[0].min(b[0]), a[0].max(b[0])];
                let [south, north] = [a[1].min(b[1]), a[1].max(b[1])];
                Area::Box(Bounds::new(west, south, east, north).unwrap())
            }),
        ]
    }

    proptest! {
        /// Against many places on the circle around a point: where all lie inside its depth is more than its
        /// radius, and where none does and the point does not either, it is further outside than that.
        #[test]
        fn depths_are_those_that_circles_of_places_show(
            area in areas(), lon in -112.0..-88.0_f64, lat in 13.0..37.0_f64, km in 1.0..300.0_f64
        ) {
            use geo::{Destination, Geodesic, Point};
            let radius_m = km * 1e3;
            let depth = Margins::new(&area).depth_m(lon, lat, 600_000.0);
            let prepared = Prepared::new(&area);
            let inside = prepared.contains(lon, lat);
            prop_assert_eq!(depth > 0.0, inside, "{}", depth);
            let ring = (0..720).map(|i| {
                let at = Geodesic.destination(Point::new(lon, lat), f64::from(i) / 2.0, radius_m);
                prepared.contains(at.x(), at.y())
            });
            let hits = ring.filter(|hit| *hit).count();
            // What is flat here is round there: 1.5 % over hundreds of kilometres.
            let slack = 0.015 * (radius_m + depth.abs().min(600_000.0)) + 50.0;
            if depth > radius_m + slack {
                prop_assert_eq!(hits, 720);
            }
            if depth < -radius_m - slack {
                prop_assert_eq!(hits, 0);
            }
            // A circle has no second edge behind the first.
            if matches!(area, Area::Circle { .. }) && (0.0..radius_m - slack).contains(&depth) {
                prop_assert!(hits < 720);
            }
        }
    }

    #[test]
    fn a_box_beyond_the_antimeridian_has_edges_on_both_sides() {
        let fiji = Area::Box(Bounds::new(177.0, -20.0, -178.0, -15.0).unwrap());
        let margins = Margins::new(&fiji);
        assert!(margins.depth_m(179.5, -17.5, 1e6) > 200_000.0);
        assert!(margins.depth_m(-179.5, -17.5, 1e6) > 100_000.0);
        let outside = margins.depth_m(-177.0, -17.5, 1e6);
        assert!((-107_000.0..-105_000.0).contains(&outside), "{outside}");
    }
}
