//! Rings as areas.

use crate::import::formats::shape::ShapeFault;
use geo::{Coord, LineString};

/// Rings as areas: those that run clockwise are outer rings, each other one is a hole in the outer
/// ring around it, or an outer ring where there is none.
pub fn areas(rings: Vec<LineString<f64>>) -> Result<Vec<Vec<LineString<f64>>>, ShapeFault> {
    let (mut outer, mut holes): (Vec<_>, Vec<_>) =
        rings.into_iter().partition(|ring| turn(ring) <= 0.0);
    let mut found = homes(&outer, &holes)?;
    if found.iter().all(Option::is_none) && !holes.is_empty() {
        // Perhaps somebody wrote all rings the other way round.
        let turned = homes(&holes, &outer)?;
        if turned.iter().any(Option::is_some) {
            (outer, holes, found) = (holes, outer, turned);
        }
    }
    let mut areas: Vec<Vec<_>> = outer.into_iter().map(|ring| vec![ring]).collect();
    let mut alone = Vec::new();
    for (hole, home) in holes.into_iter().zip(found) {
        match home {
            Some(i) => areas[i].push(hole),
            None => alone.push(vec![hole]),
        }
    }
    areas.append(&mut alone);
    Ok(areas)
}

/// By hole, which of the outer rings is around it.
fn homes(
    outer: &[LineString<f64>],
    holes: &[LineString<f64>],
) -> Result<Vec<Option<usize>>, ShapeFault> {
    /// Comparisons: far beyond any real map, and well below a second.
    const MOST_WORK: usize = 20_000_000;
    let boxes: Vec<[f64; 4]> = outer.iter().map(around).collect();
    let (mut work, mut homes) = (0, Vec::with_capacity(holes.len()));
    for hole in holes {
        work += boxes.len();
        homes.push(hole.0.first().and_then(|at| {
            boxes.iter().zip(outer).position(|(b, ring)| {
                let near = b[0] <= at.x && at.x <= b[2] && b[1] <= at.y && at.y <= b[3];
                work += if near { ring.0.len() } else { 0 };
                near && work < MOST_WORK && is_inside(*at, ring)
            })
        }));
        if work >= MOST_WORK {
            return Err(("bad_geometry", "too many rings".to_owned()));
        }
    }
    Ok(homes)
}

/// Twice the area, negative where the ring runs clockwise.
fn turn(ring: &LineString<f64>) -> f64 {
    let Some(origin) = ring.0.first().copied() else {
        return 0.0;
    };
    // From a corner of the ring: far from zero the products would swallow the differences.
    let sides = ring.0.windows(2).map(|p| {
        let (a, b) = (p[0] - origin, p[1] - origin);
        a.x * b.y - b.x * a.y
    });
    sides.sum()
}

/// West, south, east, north.
fn around(ring: &LineString<f64>) -> [f64; 4] {
    let start = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    ring.0.iter().fold(start, |b, p| {
        [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)]
    })
}

/// Whether a ray from the point crosses the ring an odd number of times.
fn is_inside(at: Coord<f64>, ring: &LineString<f64>) -> bool {
    let crossings = ring.0.windows(2).filter(|p| {
        let (a, b) = (p[0], p[1]);
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64, clockwise: bool) -> LineString<f64> {
        let (east, north) = (west + side, south + side);
        let mut ring = vec![
            (west, south),
            (west, north),
            (east, north),
            (east, south),
            (west, south),
        ];
        if !clockwise {
            ring.reverse();
        }
        LineString::from(ring)
    }

    #[test]
    fn holes_go_to_the_ring_around_them() {
        let rings = vec![
            square(-100.0, 20.0, 4.0, true),
            square(-90.0, 20.0, 4.0, true),
            square(-89.0, 21.0, 1.0, false),
            square(-99.0, 21.0, 1.0, false),
            square(0.0, 0.0, 1.0, false),
        ];
        let areas = areas(rings).unwrap();
        let counts: Vec<usize> = areas.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 2, 1]);
        assert_eq!(areas[0][1].0[0].x, -99.0);
        let turned = super::areas(vec![square(0.0, 0.0, 1.0, false)]).unwrap();
        assert_eq!(turned.len(), 1);
        // All of them the other way round.
        let turned = super::areas(vec![
            square(-100.0, 20.0, 4.0, false),
            square(-99.0, 21.0, 1.0, true),
        ]);
        let turned = turned.unwrap();
        assert_eq!((turned.len(), turned[0].len()), (1, 2));
        assert_eq!(turned[0][0].0[0].x, -100.0);
    }

    #[test]
    fn rings_without_end_are_refused() {
        let mut rings = Vec::new();
        for i in 0..10_000 {
            rings.push(square(f64::from(i), 0.0, 0.5, i % 2 == 0));
        }
        assert_eq!(areas(rings).err().unwrap().0, "bad_geometry");
    }
}
