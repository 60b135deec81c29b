//! Places of which something was measured: a small square with a dot, which no incident has.

use super::super::drawing::{Point, Primitive, Stroke, rectangle};
use super::super::key::{KeyLine, KeyPart, KeyRow, Medium, Section};
use super::super::theme::Theme;
use super::super::view::MapView;
use super::super::ways::{Spot, Way};
use super::layer::{Found, Layer, What};
use crate::locale::{number, tr};

pub const LAYER: Layer = Layer {
    key,
    pick: found,
    credit: |view| {
        shown(view)
            .iter()
            .map(|(s, _)| s.dataset.as_str())
            .collect()
    },
    ..Layer::new("places", text!("layer-places"), draw)
};

/// Half the side of a square.
pub const HALF_PX: f32 = 4.6;
const SMALL_HALF_PX: f32 = 2.6;
/// More in view are drawn small.
const FEW: usize = 120;

/// The places that can be seen, with where.
#[must_use]
pub fn shown<'a>(view: &MapView<'a>) -> Vec<(&'a Spot, Point)> {
    if !view.layers.is_on(LAYER.id) {
        return Vec::new();
    }
    let projector = view.projector();
    let spots = view.ways.spots.iter();
    let placed = spots
        .filter(|s| view.ways.shows(&s.dataset))
        .map(|s| (s, projector.lon_lat(s.lon_lat[0], s.lon_lat[1])));
    placed
        .filter(|(_, at)| projector.sees(*at, HALF_PX))
        .collect()
}

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let mut shown = shown(view);
    let half = half_px(shown.len());
    // What is selected lies over the others.
    let is_selected = |spot: &Spot| view.ways.selected == Some(Way::Place(spot.id));
    shown.sort_by_key(|(spot, _)| is_selected(spot));
    let signs = shown.iter().flat_map(|(spot, at)| {
        let selected = is_selected(spot);
        sign(
            view.theme,
            *at,
            if selected { HALF_PX } else { half },
            selected,
        )
    });
    signs.collect()
}

const fn half_px(in_view: usize) -> f32 {
    if in_view > FEW {
        SMALL_HALF_PX
    } else {
        HALF_PX
    }
}

/// How many are in view.
fn key(view: &MapView, medium: Medium) -> Option<KeyPart> {
    let n = shown(view).len();
    let middle = medium.sign_px();
    let sign = move |theme: &Theme, [x, y]: Point| sign(theme, [x + middle, y], HALF_PX, false);
    let line = || {
        KeyLine::new(
            sign,
            tr(view.lang, text!("legend-places")),
            number(n as u64),
        )
    };
    (n > 0).then(|| KeyPart {
        section: Section::Movements,
        head: tr(view.lang, text!("legend-ways")),
        rows: vec![KeyRow::Line(line())],
    })
}

/// The sign of a place.
#[must_use]
pub fn sign(theme: &Theme, [x, y]: Point, half: f32, selected: bool) -> Vec<Primitive> {
    let ink = if selected {
        theme.accent
    } else {
        theme.movement
    };
    let square = |half: f32| rectangle([x - half, y - half, x + half, y + half]);
    let area = |half, fill, stroke| Primitive::Area {
        rings: vec![square(half)],
        fill: Some(fill),
        stroke: Some(stroke),
    };
    vec![
        area(half + 1.6, theme.halo, Stroke::solid(theme.halo, 0.6)),
        area(half, theme.background, Stroke::solid(ink, 1.5)),
        area(half * 0.34, ink, Stroke::solid(ink, 0.5)),
    ]
}

/// The place under a point, the nearest one.
#[must_use]
pub fn pick(view: &MapView, at: Point) -> Option<i64> {
    let all = shown(view);
    let reach_px = half_px(all.len()) + 3.0;
    let distance = |p: Point| (p[0] - at[0]).abs().max((p[1] - at[1]).abs());
    all.iter()
        .map(|(spot, p)| (distance(*p), spot.id))
        .filter(|(d, _)| *d <= reach_px)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, id)| id)
}

/// The same with its name.
fn found(view: &MapView, at: Point, _: usize) -> Option<Found> {
    let id = pick(view, at)?;
    let spot = view.ways.spots.iter().find(|s| s.id == id)?;
    Some(Found {
        what: What::Way(Way::Place(id)),
        words: Some(spot.name.in_language(view.lang.is_spanish()).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{LocalText, Place, PlaceNames, PlacePrecision, Position};
    use crate::scene::sample;
    use crate::scene::ways::Ways;

    fn spot(id: i64, at: Option<(f64, f64)>) -> Option<Spot> {
        let place = Place {
            external_id: id.to_string(),
            kind: "crossing".to_owned(),
            name: LocalText::new("Bridge"),
            names: PlaceNames::default(),
            position: at.and_then(|(lon, lat)| Position::new(lon, lat, PlacePrecision::Exact)),
        };
        Spot::new(id, "ports", &place)
    }

    #[test]
    fn places_with_a_position_in_view_are_drawn_and_picked() {
        assert!(spot(9, None).is_none());
        let all = [(1, -99.5, 27.5), (2, -98.6, 27.0), (3, 10.0, 50.0)];
        let spots: Vec<Spot> = all
            .into_iter()
            .filter_map(|(id, lon, lat)| spot(id, Some((lon, lat))))
            .collect();
        let ways = Ways {
            spots: &spots,
            ..Ways::default()
        };
        sample::with_view(ways, |view| {
            assert_eq!(draw(view).len(), 2 * 3);
            let [x, y] = view.projector().lon_lat(-98.6, 27.0);
            assert_eq!(pick(view, [x + 5.0, y - 5.0]), Some(2));
            assert_eq!(pick(view, [x + 12.0, y]), None);
            let layers = view.layers.without(LAYER.id);
            assert!(draw(&MapView { layers, ..*view }).is_empty());
        });
    }
}
