//! Borders of countries on the screen: a town's name does not cross one.

use super::super::super::drawing::Point;
use super::super::super::view::MapView;
use super::super::basemap;
use super::label::Box4;
use crate::basemap::Feature;
use std::collections::HashMap;

/// Side of a cell in which stretches are looked for, px.
const CELL_PX: f32 = 64.0;

/// Stretches of border by the cells they touch.
pub(super) struct Borders {
    stretches: Vec<[Point; 2]>,
    cells: HashMap<(i32, i32), Vec<u32>, foldhash::fast::RandomState>,
}

impl Borders {
    pub(super) fn of(view: &MapView) -> Borders {
        let mut found = Borders {
            stretches: Vec::new(),
            cells: HashMap::default(),
        };
        let is_border = |feature: &Feature| feature.class == "country";
        basemap::each_line(view, "boundary", is_border, |_, line| {
            for (a, b) in line.iter().zip(line.iter().skip(1)) {
                found.add([*a, *b]);
            }
        });
        found
    }

    fn add(&mut self, stretch: [Point; 2]) {
        let number = self.stretches.len() as u32;
        self.stretches.push(stretch);
        for cell in cells(&bounds(stretch)) {
            self.cells.entry(cell).or_default().push(number);
        }
    }

    /// Whether a border runs through a box, or between it and a point beside it.
    pub(super) fn part(&self, at: Point, b: &Box4) -> bool {
        let nearest = [at[0].clamp(b[0], b[2]), at[1].clamp(b[1], b[3])];
        let whole = [
            b[0].min(at[0]),
            b[1].min(at[1]),
            b[2].max(at[0]),
            b[3].max(at[1]),
        ];
        cells(&whole)
            .filter_map(|cell| self.cells.get(&cell))
            .flatten()
            .map(|i| self.stretches[*i as usize])
            .any(|s| meets_box(s, b) || cross(s, [at, nearest]))
    }
}

fn bounds([a, b]: [Point; 2]) -> Box4 {
    [
        a[0].min(b[0]),
        a[1].min(b[1]),
        a[0].max(b[0]),
        a[1].max(b[1]),
    ]
}

fn cells(b: &Box4) -> impl Iterator<Item = (i32, i32)> + use<> {
    let at = |v: f32| (v / CELL_PX).floor() as i32;
    let [left, top, right, bottom] = b.map(at);
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

/// Whether a stretch has a point in a box (Liang and Barsky 1984).
fn meets_box([from, to]: [Point; 2], b: &Box4) -> bool {
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    for axis in 0..2 {
        let step = to[axis] - from[axis];
        let near = b[axis] - from[axis];
        let far = b[axis + 2] - from[axis];
        if step == 0.0 {
            if near > 0.0 || far < 0.0 {
                return false;
            }
            continue;
        }
        let (enter, leave) = match step > 0.0 {
            true => (near / step, far / step),
            false => (far / step, near / step),
        };
        first = first.max(enter);
        last = last.min(leave);
    }
    first <= last
}

/// Whether two stretches cross.
fn cross([a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    let side = |p: Point, q: Point, r: Point| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) > 0.0
    };
    side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Against many points of the stretch: what one of them says, the test says too.
        #[test]
        fn a_stretch_meets_a_box_where_one_of_its_points_lies_in_it(
            from in prop::array::uniform2(-50_i32..50), to in prop::array::uniform2(-50_i32..50),
            corner in prop::array::uniform2(-30_i32..30), size in prop::array::uniform2(1_i32..40),
        ) {
            let [from, to, corner, size] = [from, to, corner, size].map(|p| p.map(|v| v as f32));
            let b = [corner[0], corner[1], corner[0] + size[0], corner[1] + size[1]];
            let grown = [b[0] - 0.1, b[1] - 0.1, b[2] + 0.1, b[3] + 0.1];
            let holds = |b: &Box4, p: Point| p[0] >= b[0] && p[0] <= b[2] && p[1] >= b[1] && p[1] <= b[3];
            let mut points = (0..=4_000).map(|i| {
                let t = i as f32 / 4_000.0;
                [0, 1].map(|i| from[i] + (to[i] - from[i]) * t)
            });
            let meets = meets_box([from, to], &b);
            if meets {
                prop_assert!(points.any(|p| holds(&grown, p)));
            } else {
                prop_assert!(!points.any(|p| holds(&b, p) && !on_edge(&b, p)));
            }
        }
    }

    fn on_edge(b: &Box4, p: Point) -> bool {
        (0..2).any(|i| (p[i] - b[i]).abs() < 0.01 || (p[i] - b[i + 2]).abs() < 0.01)
    }
}
