//! Cutting lines and polygon rings to a rectangle.

use super::drawing::Point;

/// `[left, top, right, bottom]`.
pub type Rect = [f32; 4];

/// `[west, first, east, last]` around points; of none, a box that holds nothing.
#[must_use]
pub fn around<'a>(points: impl IntoIterator<Item = &'a [f64; 2]>) -> [f64; 4] {
    let nothing = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    points
        .into_iter()
        .fold(nothing, |[west, first, east, last], [x, y]| {
            [west.min(*x), first.min(*y), east.max(*x), last.max(*y)]
        })
}

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

/// Points of one shape that are drawn at most, and their length from one to the next, px: a scribble of
/// more is black in any case, and every two of its steps that cross cost time.
pub const MOST_POINTS: usize = 50_000;
const MOST_LENGTH_PX: f32 = 200_000.0;
/// Points nearer to each other than this are one, px.
const TELL_APART_PX: f32 = 0.3;

/// A ring without points that lie on the one before; fewer than three where it is none that is seen.
#[must_use]
pub fn thinned(mut ring: Vec<Point>) -> Vec<Point> {
    const FEW: usize = 200;
    if ring.len() > FEW {
        ring.dedup_by(|p, last| (p[0] - last[0]).hypot(p[1] - last[1]) < TELL_APART_PX);
    }
    ring
}

/// Leaves out points evenly where the lines of a shape have too many together, or are too long; the
/// first and the last of each stay, and of too many lines only some are left.
pub fn limit(lines: &mut Vec<Vec<Point>>) {
    let step = excess(lines);
    if step > 1 {
        for line in lines.iter_mut() {
            every(line, step);
        }
        every(lines, excess(lines));
    }
}

/// How many times too many points there are, or too long steps.
fn excess(lines: &[Vec<Point>]) -> usize {
    let points: usize = lines.iter().map(Vec::len).sum();
    let steps = lines.iter().flat_map(|line| line.windows(2));
    let length: f32 = steps
        .map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1]))
        .sum();
    let of_length = (length / MOST_LENGTH_PX).ceil() as usize;
    points.div_ceil(MOST_POINTS).max(of_length)
}

/// Leaves each `step`th and the last.
fn every<T>(all: &mut Vec<T>, step: usize) {
    let last = all.len().saturating_sub(1);
    let mut at = 0..;
    all.retain(|_| at.next().is_some_and(|i| i % step.max(1) == 0 || i == last));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scribble_keeps_its_ends_and_no_more_points_than_can_be_drawn() {
        let far = |n: usize| {
            (0..n)
                .map(|i| [(i % 7) as f32 * 100.0, (i % 5) as f32 * 90.0])
                .collect()
        };
        let mut one: Vec<Vec<Point>> = vec![far(3_000_000)];
        let ends = [one[0][0], one[0][2_999_999]];
        limit(&mut one);
        assert!(one[0].len() < 5_000, "{}", one[0].len());
        assert_eq!([one[0][0], *one[0].last().unwrap()], ends);
        let mut many: Vec<Vec<Point>> = vec![far(2); 1_000_000];
        limit(&mut many);
        assert!(many.iter().map(Vec::len).sum::<usize>() <= MOST_POINTS + 4);
        let mut few: Vec<Vec<Point>> = vec![far(40)];
        limit(&mut few);
        assert_eq!(few[0].len(), 40);
        let tight = (0..3_000_000).map(|i| [i as f32 * 1e-4, 0.0]).collect();
        assert!(thinned(tight).len() < 1_100);
    }

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
