//! Areas that nobody is said to hold, such as municipalities or districts: thin outlines below all
//! that the case says of them.

use super::super::drawing::{Primitive, Stroke};
use super::super::view::MapView;
use super::territories::on_screen;
use crate::domain::Relation;

const WIDTH_PX: f32 = 0.8;

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let projector = view.projector();
    let all = view.territories.iter();
    let areas = all.filter(|t| t.relation == Relation::Reference);
    let outlines = areas.flat_map(|t| on_screen(&t.area, &projector, view.size));
    let stroke = Stroke::dashed(view.theme.state_label.with_alpha(0.7), WIDTH_PX, [1.5, 2.5]);
    let drawn = |rings| Primitive::Area {
        rings,
        fill: None,
        stroke: Some(stroke),
    };
    outlines.map(drawn).collect()
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
            let shown = territories::shown(&view);
            assert_eq!(shown.len(), 1);
            assert!(!shown[0].is_contested());
            assert_eq!(territories::actor_index(&all, "A"), 0);
        });
    }
}
