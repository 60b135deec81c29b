//! The area that is filtered by: a light wash inside of an outline in the accent, and of a corridor
//! the line in its middle.

use super::super::clip;
use super::super::drawing::{Point, Primitive, Stroke};
use super::super::view::MapView;
use super::layer::Layer;

/// Shown whenever there is one: what is filtered by is never hidden.
pub const LAYER: Layer = Layer {
    has_switch: false,
    ..Layer::new("area", text!("layer-area"), draw)
};

/// How far beyond the picture outlines are cut, px: their cut edge is not to be seen.
const BEYOND_PX: f32 = 20.0;

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let Some(area) = view.area else {
        return Vec::new();
    };
    let projector = view.projector();
    let shift = area.rings.iter().chain([&area.line]).flatten().next();
    let shift = shift.map_or(0.0, |first| projector.nearest_copy(first[0]));
    let on_screen = |points: &[[f64; 2]]| -> Vec<Point> {
        let points = points.iter();
        points
            .map(|[x, y]| projector.world([x + shift, *y]))
            .collect()
    };
    let [w, h] = view.size;
    let frame = [-BEYOND_PX, -BEYOND_PX, w + BEYOND_PX, h + BEYOND_PX];
    let rings = area.rings.iter().map(|ring| on_screen(ring));
    let rings: Vec<Vec<Point>> = rings
        .map(|ring| clip::ring(&ring, frame))
        .filter(|ring| !ring.is_empty())
        .collect();
    let accent = view.theme.accent;
    let mut items = vec![Primitive::area(
        rings,
        Some(accent.with_alpha(0.07)),
        Some(Stroke::solid(accent.with_alpha(0.9), 1.5)),
    )];
    let pen = Stroke::dashed(accent.with_alpha(0.7), 1.2, [5.0, 4.0]);
    let middle = clip::line(&on_screen(&area.line), frame);
    items.extend(middle.into_iter().map(|points| Primitive::Line {
        points,
        stroke: pen,
    }));
    items
}
