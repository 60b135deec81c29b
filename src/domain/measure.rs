//! Lengths and areas on the ellipsoid of WGS 84, never on the map's plane.

use super::area::LonLat;
use geo::{Distance, Geodesic, GeodesicArea, InterpolatePoint, LineString, Point, Polygon};

fn point([lon, lat]: LonLat) -> Point {
    Point::new(lon, lat)
}

/// Metres along the shortest way between two places.
#[must_use]
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    Geodesic.distance(point(from), point(to))
}

/// Square metres inside a ring of corners, whichever way round; the last is joined to the first.
#[must_use]
pub fn area_m2(corners: &[LonLat]) -> f64 {
    let ring: LineString = corners.iter().map(|c| (c[0], c[1])).collect();
    let area = Polygon::new(ring, Vec::new()).geodesic_area_signed();
    area.abs()
}

/// Metres along a line of places.
#[must_use]
pub fn length_m(line: &[LonLat]) -> f64 {
    line.windows(2).map(|leg| distance_m(leg[0], leg[1])).sum()
}

/// Places on the shortest way between two, both ends included: on the map it is a curve. The
/// longitudes go on beyond ±180 rather than jump.
#[must_use]
pub fn course(from: LonLat, to: LonLat) -> Vec<LonLat> {
    // A piece of 20 km leaves the straight line by metres.
    let pieces = (distance_m(from, to) / 20_000.0).clamp(1.0, 64.0) as usize;
    let mut line = vec![from];
    for i in 1..=pieces {
        let ratio = i as f64 / pieces as f64;
        let at = Geodesic.point_at_ratio_between(point(from), point(to), ratio);
        let before = line[i - 1][0];
        let turns = ((before - at.x()) / 360.0).round();
        line.push([at.x() + turns * 360.0, at.y()]);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONTERREY: LonLat = [-100.3161, 25.6866];
    const NUEVO_LAREDO: LonLat = [-99.5164, 27.4763];

    #[test]
    fn as_proj_has_it() {
        let m = distance_m(MONTERREY, NUEVO_LAREDO);
        assert!((m - 213_696.085_6).abs() < 0.01, "{m}");
        let square = [[-100.0, 27.0], [-99.0, 27.0], [-99.0, 28.0], [-100.0, 28.0]];
        let mut back = square;
        back.reverse();
        for ring in [square, back] {
            let area = area_m2(&ring);
            assert!((area - 10_949_477_827.24).abs() < 1.0, "{area}");
        }
        let mut closed = square.to_vec();
        closed.push(square[0]);
        let around = length_m(&closed);
        assert!((around - 419_239.128_8).abs() < 0.01, "{around}");
    }

    #[test]
    fn a_course_goes_over_the_antimeridian_without_a_jump() {
        let line = course([179.0, 10.0], [-179.0, 12.0]);
        assert!(line.len() > 10);
        assert!(line.windows(2).all(|w| (w[0][0] - w[1][0]).abs() < 1.0));
        assert!((line[line.len() - 1][0] - 181.0).abs() < 1e-9);
        assert!((length_m(&line) - distance_m(line[0], line[line.len() - 1])).abs() < 1.0);
    }
}
