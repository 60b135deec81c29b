//! Cutting lines and polygon rings to a rectangle.

use super::drawing::Point;

/// `[left, top, right, bottom]`.
pub type Rect = [f32; 4];

/// The part of a ring inside `rect` (Sutherland–Hodgman); under the even-odd rule it may run along
/// the rectangle's edge more than once. Empty where nothing is left.
#[must_use]
pub fn ring(points: &[Point], rect: Rect) -> Vec<Point> {
    let mut ring = points.to_vec();
    // Axis, limit, whether the smaller side stays.
    for (axis, limit, below) in [
        (0, rect[0], false),
        (1, rect[1], false),
        (0, rect[2], true),
        (1, rect[3], true),
    ] {
        let inside = |p: &Point| {
            if below {
                p[axis] <= limit
            } else {
                p[axis] >= limit
            }
        };
        if ring.iter().all(inside) {
            continue;
        }
        let mut cut = Vec::with_capacity(ring.len() + 4);
        for (i, p) in ring.iter().enumerate() {
            let before = &ring[(i + ring.len() - 1) % ring.len()];
            if inside(before) != inside(p) {
                cut.push(crossing(*before, *p, axis, limit));
            }
            if inside(p) {
                cut.push(*p);
            }
        }
        ring = cut;
    }
    if ring.len() < 3 { Vec::new() } else { ring }
}

fn crossing(a: Point, b: Point, axis: usize, limit: f32) -> Point {
    let t = (limit - a[axis]) / (b[axis] - a[axis]);
    let mut at = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    at[axis] = limit;
    at
}

/// The stretches of a line inside `rect`.
#[must_use]
pub fn line(points: &[Point], rect: Rect) -> Vec<Vec<Point>> {
    let mut found: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((a, b)) = segment(pair[0], pair[1], rect) else {
            open = false;
            continue;
        };
        match found.last_mut() {
            Some(stretch) if open && a == pair[0] => stretch.push(b),
            _ => found.push(vec![a, b]),
        }
        open = b == pair[1];
    }
    found
}

/// The part of a segment inside `rect` (Liang–Barsky).
#[must_use]
pub fn segment(a: Point, b: Point, rect: Rect) -> Option<(Point, Point)> {
    let (mut t0, mut t1) = (0.0_f32, 1.0_f32);
    let d = [b[0] - a[0], b[1] - a[1]];
    for (p, q) in [
        (-d[0], a[0] - rect[0]),
        (d[0], rect[2] - a[0]),
        (-d[1], a[1] - rect[1]),
        (d[1], rect[3] - a[1]),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            t0 = t0.max(q / p);
        } else {
            t1 = t1.min(q / p);
        }
    }
    let at = |t: f32| [a[0] + t * d[0], a[1] + t * d[1]];
    let start = if t0 == 0.0 { a } else { at(t0) };
    let end = if t1 == 1.0 { b } else { at(t1) };
    (t0 < t1).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = [0.0, 0.0, 1.0, 1.0];

    fn area(ring: &[Point]) -> f32 {
        let next = |i: usize| ring[(i + 1) % ring.len()];
        (0..ring.len())
            .map(|i| ring[i][0] * next(i)[1] - next(i)[0] * ring[i][1])
            .sum::<f32>()
            .abs()
            / 2.0
    }

    #[test]
    fn rings_keep_what_is_inside() {
        let half_out = [[-0.5, 0.25], [0.5, 0.25], [0.5, 0.75], [-0.5, 0.75]];
        assert!((area(&ring(&half_out, UNIT)) - 0.25).abs() < 1e-6);
        let around = [[-9.0, -9.0], [9.0, -9.0], [9.0, 9.0], [-9.0, 9.0]];
        assert!((area(&ring(&around, UNIT)) - 1.0).abs() < 1e-6);
        assert!(ring(&[[2.0, 2.0], [3.0, 2.0], [3.0, 3.0]], UNIT).is_empty());
        assert!(ring(&[], UNIT).is_empty());
    }

    #[test]
    fn lines_are_cut_into_stretches() {
        let zigzag = [[-0.5, 0.5], [0.5, 0.5], [0.5, 1.5], [0.7, 1.5], [0.7, 0.5]];
        assert_eq!(
            line(&zigzag, UNIT),
            vec![
                vec![[0.0, 0.5], [0.5, 0.5], [0.5, 1.0]],
                vec![[0.7, 1.0], [0.7, 0.5]]
            ]
        );
        assert!(line(&[[2.0, 0.0], [2.0, 1.0]], UNIT).is_empty());
    }
}
