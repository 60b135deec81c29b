//! Diagonal lines inside areas: how contested ground is drawn.

use super::drawing::Point;
use std::collections::BTreeMap;

/// Ascending, not overlapping stretches along one hatch line.
type Stretches = Vec<(f32, f32)>;

/// The parts of the lines `x + y = phase + k · spacing` that lie inside **every** one of `areas`;
/// each area is a set of closed rings under the even-odd rule. px.
#[must_use]
pub fn lines(areas: &[&[Vec<Point>]], spacing: f32, phase: f32) -> Vec<[Point; 2]> {
    let Some((first, others)) = areas.split_first() else {
        return Vec::new();
    };
    let mut inside = stretches(first, spacing, phase);
    for other in others {
        let more = stretches(other, spacing, phase);
        inside = inside
            .into_iter()
            .filter_map(|(k, a)| Some((k, common(&a, more.get(&k)?))))
            .collect();
    }
    let point = |sum: f32, difference: f32| [(sum + difference) / 2.0, (sum - difference) / 2.0];
    let mut found = Vec::new();
    for (k, along) in inside {
        let sum = phase + k as f32 * spacing;
        found.extend(
            along
                .into_iter()
                .map(|(a, b)| [point(sum, a), point(sum, b)]),
        );
    }
    found
}

/// By number of the line, where it is inside the rings: stretches of `x − y`.
fn stretches(rings: &[Vec<Point>], spacing: f32, phase: f32) -> BTreeMap<i64, Stretches> {
    let mut crossings: BTreeMap<i64, Vec<f32>> = BTreeMap::new();
    for ring in rings {
        for (i, b) in ring.iter().enumerate() {
            let a = ring[(i + ring.len() - 1) % ring.len()];
            let (sum_a, sum_b) = (a[0] + a[1] - phase, b[0] + b[1] - phase);
            let (low, high) = (sum_a.min(sum_b), sum_a.max(sum_b));
            // Half open, so that a corner on a line counts once.
            for k in (low / spacing).ceil() as i64..(high / spacing).ceil() as i64 {
                let t = (k as f32 * spacing - sum_a) / (sum_b - sum_a);
                let (difference_a, difference_b) = (a[0] - a[1], b[0] - b[1]);
                crossings
                    .entry(k)
                    .or_default()
                    .push(difference_a + t * (difference_b - difference_a));
            }
        }
    }
    let pairs = |mut at: Vec<f32>| {
        at.sort_unstable_by(f32::total_cmp);
        at.chunks_exact(2)
            .map(|c| (c[0], c[1]))
            .filter(|(a, b)| b > a)
            .collect()
    };
    crossings
        .into_iter()
        .map(|(k, at)| (k, pairs(at)))
        .collect()
}

fn common(a: &[(f32, f32)], b: &[(f32, f32)]) -> Stretches {
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let (start, end) = (x.0.max(y.0), x.1.min(y.1));
        if start < end {
            found.push((start, end));
        }
        if x.1 < y.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, LineString, Point as GeoPoint, Polygon};

    fn polygon(rings: &[Vec<Point>]) -> Polygon<f64> {
        let mut rings = rings.iter().map(|r| {
            LineString::from(
                r.iter()
                    .map(|p| (f64::from(p[0]), f64::from(p[1])))
                    .collect::<Vec<_>>(),
            )
        });
        Polygon::new(rings.next().unwrap(), rings.collect())
    }

    fn ell() -> Vec<Vec<Point>> {
        let outline = vec![
            [0.0, 0.0],
            [100.0, 0.0],
            [100.0, 40.0],
            [40.0, 40.0],
            [40.0, 100.0],
            [0.0, 100.0],
        ];
        let hole = vec![[10.0, 10.0], [30.0, 10.0], [30.0, 30.0], [10.0, 30.0]];
        vec![outline, hole]
    }

    #[test]
    fn the_hatch_stays_inside() {
        let area = ell();
        let shape = polygon(&area);
        let found = lines(&[&area], 6.0, 1.5);
        assert!(found.len() > 20);
        for [a, b] in found {
            for t in [0.02, 0.3, 0.5, 0.8, 0.98] {
                let at = GeoPoint::new(
                    f64::from(a[0] + t * (b[0] - a[0])),
                    f64::from(a[1] + t * (b[1] - a[1])),
                );
                assert!(shape.contains(&at), "{at:?}");
            }
        }
    }

    #[test]
    fn it_covers_what_the_areas_share_and_no_more() {
        let (a, b) = (
            ell(),
            vec![vec![
                [50.0, -10.0],
                [200.0, -10.0],
                [200.0, 200.0],
                [50.0, 200.0],
            ]],
        );
        let spacing = 2.0;
        let length: f32 = lines(&[&a, &b], spacing, 0.0)
            .iter()
            .map(|[a, b]| (a[0] - b[0]).hypot(a[1] - b[1]))
            .sum();
        // Lines stand spacing ÷ √2 apart; the common part is 50 × 40.
        let covered = length * spacing / 2.0_f32.sqrt();
        assert!((covered - 2000.0).abs() < 60.0, "{covered}");
        let far = vec![vec![[500.0, 500.0], [510.0, 500.0], [510.0, 510.0]]];
        assert!(lines(&[&a, &far], spacing, 0.0).is_empty());
        assert!(lines(&[], spacing, 0.0).is_empty());
    }
}
