//! Who is said to be where: pale areas under the incidents. Stronger for control, dashed line for
//! low grades, two-colour hatch where it is contested, by relation or because estimates of two
//! actors overlap in space and time.

mod key;

use super::layer::Layer;
use crate::domain::{Relation, TerritoryEstimate};
use crate::scene::camera::world_from_lon_lat;
use crate::scene::clip;
use crate::scene::drawing::{Color, Point, Primitive, Stroke};
use crate::scene::hatch;
use crate::scene::projector::Projector;
use crate::scene::view::MapView;
use geo::{LineString, MultiPolygon};
use std::collections::{BTreeMap, BTreeSet};

pub const LAYER: Layer = Layer {
    key: key::part,
    credit: |view| {
        view.territories
            .iter()
            .map(|t| t.dataset.as_str())
            .collect()
    },
    ..Layer::new("territories", text!("layer-territories"), draw)
};

/// Between two hatch lines of one colour, along x, px.
const HATCH_PX: f32 = 14.0;
const HATCH_LINE_PX: f32 = 2.2;

/// An estimate as it is seen.
pub struct Shown<'a> {
    pub estimate: &'a TerritoryEstimate,
    pub color: Color,
    /// Cut to the view, px; under the even-odd rule.
    pub polygons: Vec<Vec<Vec<Point>>>,
    /// Places in the list of those shown whose actor is another and whose ground and days it
    /// shares in part.
    pub rivals: Vec<usize>,
}

impl Shown<'_> {
    #[must_use]
    pub fn is_contested(&self) -> bool {
        self.estimate.relation == Relation::Contests || !self.rivals.is_empty()
    }

    fn rings(&self) -> Vec<Vec<Point>> {
        self.polygons.iter().flatten().cloned().collect()
    }
}

/// The number of each actor among all territories of the case, by name: gives it its colour, which
/// stays the same whatever is shown.
#[must_use]
pub fn actor_index(all: &[TerritoryEstimate], actor: &str) -> usize {
    actor_indices(all).get(actor).copied().unwrap_or(0)
}

fn actor_indices(all: &[TerritoryEstimate]) -> BTreeMap<&str, usize> {
    let estimates = all.iter().filter(|t| t.relation != Relation::Reference);
    let names: BTreeSet<&str> = estimates.map(|t| t.actor.name.as_str()).collect();
    names.into_iter().zip(0..).collect()
}

/// The estimates of which some part can be seen, in the order of the case.
#[must_use]
pub fn shown<'a>(view: &MapView<'a>) -> Vec<Shown<'a>> {
    let all: &'a [TerritoryEstimate] = if view.layers.is_on(LAYER.id) {
        view.territories
    } else {
        &[]
    };
    let projector = view.projector();
    let indices = actor_indices(view.territories);
    let mut found: Vec<Shown<'a>> = Vec::new();
    let estimates = all.iter().filter(|t| t.relation != Relation::Reference);
    for estimate in estimates.filter(|t| t.holds_within(view.from, view.to)) {
        let polygons = on_screen(&estimate.area, &projector, view.size);
        if !polygons.is_empty() {
            let index = indices.get(estimate.actor.name.as_str()).copied();
            found.push(Shown {
                estimate,
                color: view.theme.territory(index.unwrap_or(0)),
                polygons,
                rivals: Vec::new(),
            });
        }
    }
    for (i, j) in overlaps(&found) {
        found[i].rivals.push(j);
        found[j].rivals.push(i);
    }
    found
}

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let shown = shown(view);
    let mut items: Vec<Primitive> = shown
        .iter()
        .flat_map(|s| areas(s, fill_opacity(s.estimate.relation), false))
        .collect();
    for (i, s) in shown.iter().enumerate() {
        if s.estimate.relation == Relation::Contests {
            // Of whom it meets there; grey where the case does not say.
            let other = s
                .rivals
                .first()
                .map_or(view.theme.state_label, |j| shown[*j].color);
            items.extend(stripes(view, &[&s.rings()], s.color, other));
            continue;
        }
        // Each pair once; a contesting estimate is hatched as a whole already.
        let later = s.rivals.iter().filter(|j| **j > i).map(|j| &shown[*j]);
        for rival in later.filter(|r| r.estimate.relation != Relation::Contests) {
            items.extend(stripes(
                view,
                &[&s.rings(), &rival.rings()],
                s.color,
                rival.color,
            ));
        }
    }
    items.extend(shown.iter().flat_map(|s| areas(s, 0.0, true)));
    items
}

#[must_use]
pub const fn fill_opacity(relation: Relation) -> f32 {
    match relation {
        Relation::Controls => 0.32,
        Relation::Present => 0.15,
        Relation::Contests => 0.10,
        Relation::Influences | Relation::Ungoverned => 0.09,
        // Drawn by the layer of reference.
        Relation::Reference => 0.0,
    }
}

/// Outline of an estimate.
#[must_use]
pub fn outline(estimate: &TerritoryEstimate, color: Color) -> Stroke {
    let width_px = if estimate.relation == Relation::Controls {
        1.6
    } else {
        1.2
    };
    if estimate.grade.is_low() {
        Stroke::dashed(color, width_px, [5.0, 3.5])
    } else {
        Stroke::solid(color, width_px)
    }
}

fn areas(shown: &Shown, opacity: f32, outlined: bool) -> Vec<Primitive> {
    let area = |polygon: &Vec<Vec<Point>>| Primitive::Area {
        rings: polygon.clone(),
        fill: (!outlined).then(|| shown.color.with_alpha(opacity)),
        stroke: outlined.then(|| outline(shown.estimate, shown.color.with_alpha(0.9))),
    };
    shown.polygons.iter().map(area).collect()
}

/// Two-colour hatch of what all areas share, fixed to the ground and not to the window.
fn stripes(view: &MapView, areas: &[&[Vec<Point>]], a: Color, b: Color) -> Vec<Primitive> {
    let world = world_from_lon_lat(view.camera.lon, view.camera.lat);
    let moved = (world[0] + world[1]) * view.camera.world_px()
        - f64::from(view.size[0] + view.size[1]) / 2.0;
    let phase = -(moved.rem_euclid(f64::from(HATCH_PX))) as f32;
    let lines = |color: Color, phase: f32| {
        let stroke = Stroke::solid(color.with_alpha(0.3), HATCH_LINE_PX);
        let found = hatch::lines(areas, HATCH_PX, phase).into_iter();
        found.map(move |ends| Primitive::Line {
            points: ends.to_vec(),
            stroke,
        })
    };
    lines(a, phase)
        .chain(lines(b, phase + HATCH_PX / 2.0))
        .collect()
}

/// Pairs of shown estimates of different actors that share ground and days.
fn overlaps(shown: &[Shown]) -> Vec<(usize, usize)> {
    // Neighbours that touch along a border share a line but no ground: a hatch finds what is wider.
    const SPACING_PX: f32 = 6.0;
    const LEAST_PX: f32 = 3.0;
    let rings: Vec<Vec<Vec<Point>>> = shown.iter().map(Shown::rings).collect();
    let boxes: Vec<clip::Rect> = rings.iter().map(|r| bounds(r)).collect();
    let mut pairs = Vec::new();
    for j in 0..shown.len() {
        for i in 0..j {
            let (a, b) = (shown[i].estimate, shown[j].estimate);
            let apart =
                (0..2).any(|k| boxes[i][k] >= boxes[j][k + 2] || boxes[j][k] >= boxes[i][k + 2]);
            if apart || a.actor.name == b.actor.name || !a.holds_within(b.valid_from, b.valid_to) {
                continue;
            }
            let common = hatch::lines(&[&rings[i], &rings[j]], SPACING_PX, 0.0);
            if common.iter().any(|[p, q]| (p[0] - q[0]).abs() >= LEAST_PX) {
                pairs.push((i, j));
            }
        }
    }
    pairs
}

pub fn bounds(rings: &[Vec<Point>]) -> clip::Rect {
    let nothing = [
        f32::INFINITY,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NEG_INFINITY,
    ];
    rings.iter().flatten().fold(nothing, |b, p| {
        [
            b[0].min(p[0]),
            b[1].min(p[1]),
            b[2].max(p[0]),
            b[3].max(p[1]),
        ]
    })
}

pub fn on_screen(
    area: &MultiPolygon<f64>,
    projector: &Projector,
    size: [f32; 2],
) -> Vec<Vec<Vec<Point>>> {
    // Cut outside of what is seen, so that the cut edges' outline is not.
    const MARGIN_PX: f32 = 12.0;
    let window = [
        -MARGIN_PX,
        -MARGIN_PX,
        size[0] + MARGIN_PX,
        size[1] + MARGIN_PX,
    ];
    let mut found = Vec::new();
    for polygon in area {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let mut cut: Vec<Vec<Point>> = rings
            .map(|r| clip::ring(&clip::thinned(ring(r, projector)), window))
            .filter(|r| !r.is_empty())
            .collect();
        clip::limit(&mut cut);
        cut.retain(|r| r.len() >= 3);
        if !cut.is_empty() {
            found.push(cut);
        }
    }
    found
}

/// The whole ring on that copy of the world in which it lies nearest to the centre.
fn ring(line: &LineString<f64>, projector: &Projector) -> Vec<Point> {
    let open = line.0.len().saturating_sub(usize::from(line.is_closed()));
    let points: Vec<[f64; 2]> = line.0[..open]
        .iter()
        .map(|c| world_from_lon_lat(c.x, c.y))
        .collect();
    let middle = points.iter().map(|p| p[0]).sum::<f64>() / points.len().max(1) as f64;
    let copy = projector.nearest_copy(middle);
    points
        .iter()
        .map(|p| projector.world([p[0] + copy, p[1]]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Columns;
    use crate::locale::Lang;
    use crate::query::Selection;
    use crate::scene::{Camera, Theme, sample};

    fn square(lon: f64, lat: f64) -> [(f64, f64); 5] {
        [
            (lon, lat),
            (lon + 1.0, lat),
            (lon + 1.0, lat + 1.0),
            (lon, lat + 1.0),
            (lon, lat),
        ]
    }

    fn with_view<T>(territories: &[TerritoryEstimate], check: impl FnOnce(&MapView) -> T) -> T {
        let (columns, selection) = (Columns::default(), Selection::default());
        check(&MapView {
            territories,
            ..MapView::new(
                Camera {
                    lon: -99.5,
                    lat: 27.5,
                    zoom: 8.0,
                },
                [1200.0, 800.0],
                &Theme::LIGHT,
                Lang::En,
                &columns,
                &selection,
            )
        })
    }

    const NOBODY: Vec<usize> = Vec::new();

    fn rivals(territories: &[TerritoryEstimate]) -> Vec<Vec<usize>> {
        with_view(territories, |v| {
            shown(v).into_iter().map(|s| s.rivals).collect()
        })
    }

    fn hatch_colors(territories: &[TerritoryEstimate]) -> BTreeSet<[u8; 3]> {
        let lines = with_view(territories, draw);
        lines
            .iter()
            .filter_map(|p| {
                if let Primitive::Line { stroke, .. } = p {
                    Some(stroke.color)
                } else {
                    None
                }
            })
            .map(|c| [c.r, c.g, c.b])
            .collect()
    }

    #[test]
    fn actors_that_share_ground_and_days_are_rivals() {
        let here =
            |actor: &str| sample::territory(actor, Relation::Present, "C3", &square(-100.0, 27.0));
        let beside = sample::territory("B", Relation::Present, "C3", &square(-99.0, 27.0));
        assert_eq!(rivals(&[here("A"), here("B")]), [vec![1], vec![0]]);
        assert_eq!(
            rivals(&[here("A"), here("A")]),
            [NOBODY, NOBODY],
            "one actor is no rival of itself"
        );
        assert_eq!(
            rivals(&[here("A"), beside]),
            [NOBODY, NOBODY],
            "neighbours share a border only"
        );
        let (mut before, mut after) = (here("A"), here("B"));
        before.valid_to = "2024-12-31".parse().ok();
        after.valid_from = "2025-01-01".parse().ok();
        assert_eq!(
            rivals(&[before, after]),
            [NOBODY, NOBODY],
            "one came after the other"
        );
    }

    #[test]
    fn contested_ground_is_hatched_in_two_colours() {
        let a = sample::territory("A", Relation::Controls, "B2", &square(-100.0, 27.0));
        let b = sample::territory("B", Relation::Present, "C3", &square(-99.6, 27.3));
        let contests = sample::territory("C", Relation::Contests, "C3", &square(-99.9, 27.1));
        assert!(hatch_colors(std::slice::from_ref(&a)).is_empty());
        assert_eq!(hatch_colors(&[a, b]).len(), 2);
        assert_eq!(hatch_colors(&[contests]).len(), 2);
    }

    #[test]
    fn a_scribble_is_drawn_with_no_more_points_than_can_be_seen() {
        let corner = |i: u32| {
            let far = |step: u32, of: u32| f64::from(i.wrapping_mul(step) % of) / f64::from(of);
            let (x, y) = (2.0 * far(7_919, 1_009), 2.0 * far(5_437, 997));
            (-100.5 + x, 26.5 + y)
        };
        let mut ring: Vec<(f64, f64)> = (0..400_000).map(corner).collect();
        ring.push(ring[0]);
        let scribble = sample::territory("A", Relation::Contests, "B2", &ring);
        with_view(&[scribble], |v| {
            let shown = shown(v);
            let points: usize = shown[0].polygons.iter().flatten().map(Vec::len).sum();
            assert!((100..5_000).contains(&points), "{points}");
        });
    }

    #[test]
    fn a_low_grade_is_dashed_and_time_decides() {
        let dashed = |grade: &str| {
            let one = [sample::territory(
                "A",
                Relation::Present,
                grade,
                &square(-100.0, 27.0),
            )];
            with_view(&one, |v| {
                draw(v).iter().any(
                    |p| matches!(p, Primitive::Area { stroke: Some(s), .. } if s.dash_px.is_some()),
                )
            })
        };
        assert!(dashed("D4") && !dashed("B2"));
        let mut old = sample::territory("A", Relation::Present, "B2", &square(-100.0, 27.0));
        old.valid_to = "2020-01-01".parse().ok();
        let from = "2025-01-01".parse().ok();
        assert!(with_view(&[old], |v| draw(&MapView { from, ..*v })).is_empty());
    }
}
