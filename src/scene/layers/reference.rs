//! Areas that nobody is said to hold, such as municipalities or districts: thin outlines below all
//! that the case says of them.

use super::super::drawing::{Point, Primitive, Stroke};
use super::super::theme::Theme;
use super::super::view::MapView;
use super::territories::{bounds, on_screen};
use crate::domain::Relation;

const WIDTH_PX: f32 = 0.8;
const OPACITY: f32 = 0.6;
/// Of areas as large as this, their mean on the map, the lines have their full weight; a whole country
/// of small ones is a faint web.
const LARGE_PX: f32 = 60.0;
const FAINTEST: f32 = 0.35;

/// The polygons in view, each as its rings.
fn in_view(view: &MapView) -> impl Iterator<Item = Vec<Vec<Point>>> {
    let projector = view.projector();
    let all = view.territories.iter();
    let areas = all.filter(|t| t.relation == Relation::Reference);
    areas.flat_map(move |t| on_screen(&t.area, &projector, view.size))
}

/// Whether some outline is drawn.
#[must_use]
pub fn is_drawn(view: &MapView) -> bool {
    view.layers.reference && in_view(view).next().is_some()
}

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let outlines: Vec<_> = in_view(view).collect();
    let width = |rings: &Vec<Vec<Point>>| {
        let [left, _, right, _] = bounds(rings);
        right - left
    };
    let mean_px = outlines.iter().map(width).sum::<f32>() / outlines.len().max(1) as f32;
    let weight = (mean_px / LARGE_PX).clamp(FAINTEST, 1.0);
    let drawn = |rings| outline(view.theme, rings, weight);
    outlines.into_iter().map(drawn).collect()
}

fn outline(theme: &Theme, rings: Vec<Vec<Point>>, weight: f32) -> Primitive {
    let ink = theme.state_label.with_alpha(OPACITY * weight);
    Primitive::Area {
        rings,
        fill: None,
        stroke: Some(Stroke::solid(ink, WIDTH_PX)),
    }
}

/// What stands for it in the key, its left end at `x`.
#[must_use]
pub fn sign(theme: &Theme, [x, y]: Point) -> Vec<Primitive> {
    let (left, right, top, bottom) = (x, x + 20.0, y - 6.0, y + 6.0);
    let ring = vec![[left, top], [right, top], [right, bottom], [left, bottom]];
    vec![outline(theme, vec![ring], 1.0)]
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::scene::Legend;
    use crate::scene::layers::territories;

    #[test]
    fn an_outline_is_no_estimate() {
        let square = [
            (-100.0, 27.0),
            (-99.0, 27.0),
            (-99.0, 28.0),
            (-100.0, 28.0),
            (-100.0, 27.0),
        ];
        let mut district = sample::territory("", Relation::Reference, "F6", &square);
        district.name = crate::domain::LocalText::new("Distrito 1");
        let held = sample::territory("A", Relation::Controls, "B2", &square);
        let all = [district, held];
        sample::with_view(crate::scene::ways::Ways::default(), |view| {
            let view = MapView {
                territories: &all,
                ..*view
            };
            assert_eq!(draw(&view).len(), 1);
            assert!(Legend::of(&view).outlines);
            let mut off = view;
            off.layers.reference = false;
            assert!(!Legend::of(&off).outlines);
            let shown = territories::shown(&view);
            assert_eq!(shown.len(), 1);
            assert!(!shown[0].is_contested());
            assert_eq!(territories::actor_index(&all, "A"), 0);
        });
    }
}
