//! Areas that nobody is said to hold, such as municipalities or districts: thin outlines below all
//! that the case says of them.

use super::super::drawing::{Point, Primitive, Stroke, rectangle};
use super::super::key::{KeyLine, KeyPart, KeyRow, Medium, Section};
use super::super::theme::Theme;
use super::super::view::MapView;
use super::layer::Layer;
use super::territories::{bounds, on_screen};
use crate::domain::Relation;
use crate::locale::tr;

pub const LAYER: Layer = Layer {
    key,
    ..Layer::new("reference", text!("layer-reference"), draw)
};

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

/// Where some outline is drawn.
fn key(view: &MapView, medium: Medium) -> Option<KeyPart> {
    let is_drawn = view.layers.is_on(LAYER.id) && in_view(view).next().is_some();
    let left = medium.pick(1.0, 0.0);
    let sign = move |theme: &Theme, [x, y]: Point| sign(theme, [x + left, y]);
    let line = || KeyLine::new(sign, tr(view.lang, LAYER.name_key), String::new());
    is_drawn.then(|| KeyPart {
        section: Section::Also,
        head: tr(view.lang, text!("legend-also")),
        rows: vec![KeyRow::Line(line())],
    })
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
    Primitive::area(rings, None, Some(Stroke::solid(ink, WIDTH_PX)))
}

/// What stands for it in the key, its left end at `x`.
fn sign(theme: &Theme, [x, y]: Point) -> Vec<Primitive> {
    let ring = rectangle([x, y - 6.0, x + 20.0, y + 6.0]);
    vec![outline(theme, vec![ring], 1.0)]
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
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
            assert!(key(&view, Medium::Window).is_some());
            let mut off = view;
            off.layers.set(LAYER.id, false);
            assert!(key(&off, Medium::Window).is_none());
            let shown = territories::shown(&view);
            assert_eq!(shown.len(), 1);
            assert!(!shown[0].is_contested());
            assert_eq!(territories::actor_index(&all, "A"), 0);
        });
    }
}
