//! Names of the ground: countries, states and cities, airports and crossings of the border.

use super::super::super::drawing::{Point, Weight};
use super::super::super::projector::Projector;
use super::super::super::text::Font;
use super::super::super::view::MapView;
use super::super::basemap;
use super::label::{Box4, Label, Sign, Spot};
use crate::basemap::{Place, PlaceClass};
use crate::locale::tr;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a place is sorted by: rank, population, class, and name with position to tell places apart.
type Importance = (u8, Reverse<u64>, PlaceClass, String);

pub(super) fn place_names(view: &MapView, wanted: impl Fn(PlaceClass) -> bool) -> Vec<Label> {
    let Some(map) = view.basemap else {
        return Vec::new();
    };
    let projector = view.projector();
    let zoom = view.camera.zoom + 0.35;
    // One tile may stand in for many squares: every place once.
    let mut places: BTreeMap<Importance, (Place, Point)> = BTreeMap::new();
    let tiles: BTreeSet<_> = map
        .cover(projector.visible(), basemap::tile_zoom(view))
        .into_iter()
        .map(|c| c.from)
        .collect();
    for tile in tiles.into_iter().filter_map(|key| map.tile(key)) {
        for place in tile
            .places
            .iter()
            .filter(|p| f64::from(p.rank) <= zoom && is_wanted(p, zoom) && wanted(p.class))
        {
            let at = projector.lon_lat(place.lon_lat[0], place.lon_lat[1]);
            if projector.sees(at, 60.0) {
                // Countries and states at one rank before the cities of that rank.
                let class_first = match place.class {
                    PlaceClass::Country | PlaceClass::State => place.rank,
                    PlaceClass::City => place.rank + 1,
                    PlaceClass::Crossing => place.rank + 2,
                    PlaceClass::Airport => place.rank + 3,
                };
                let key = (
                    class_first,
                    Reverse(place.population),
                    place.class,
                    // A country or state is there once for each room its name may stand in.
                    match place.rooms.is_empty() {
                        true => format!("{} {:?}", place.name, place.lon_lat),
                        false => format!("{} {}", place.name, place.country),
                    },
                );
                places.entry(key).or_insert_with(|| (place.clone(), at));
            }
        }
    }
    places
        .into_values()
        .map(|(place, at)| label(view, &place, at))
        .collect()
}

/// A country's name is of no use once it is wider than the view.
fn is_wanted(place: &Place, zoom: f64) -> bool {
    place.class != PlaceClass::Country || zoom < f64::from(place.rank) + 4.5
}

fn label(view: &MapView, place: &Place, at: Point) -> Label {
    let name = if view.lang.is_spanish() && !place.name_es.is_empty() {
        &place.name_es
    } else {
        &place.name
    };
    let (font, color) = match place.class {
        PlaceClass::Country => (spaced(12.0, Weight::SemiBold, 1.6), view.theme.place_label),
        PlaceClass::State => (spaced(10.5, Weight::Medium, 2.4), view.theme.state_label),
        PlaceClass::City => (city_font(place), view.theme.place_label),
        PlaceClass::Airport | PlaceClass::Crossing => {
            (Font::new(10.0, Weight::Medium), view.theme.muted)
        }
    };
    let beside = |reach_px, sign| Spot::Beside { reach_px, sign };
    let (text, spot) = match place.class {
        PlaceClass::Country | PlaceClass::State => {
            (name.to_uppercase(), home(place, &view.projector()))
        }
        PlaceClass::City => (name.clone(), beside(city_dot_px(place), Sign::Dot)),
        PlaceClass::Crossing => {
            let text = tr(view.lang, text!("map-crossing", name = name));
            (text, beside(3.6, Sign::Crossing))
        }
        PlaceClass::Airport => (name.clone(), beside(3.2, Sign::Airport)),
    };
    Label {
        text,
        font,
        color,
        at,
        spot,
    }
}

const fn spaced(size_px: f32, weight: Weight, spacing_px: f32) -> Font {
    Font {
        size_px,
        weight,
        spacing_px,
    }
}

fn is_big(place: &Place) -> bool {
    place.population >= 1_000_000 || place.capital
}

fn city_font(place: &Place) -> Font {
    match place.population {
        _ if is_big(place) => Font::new(12.5, Weight::SemiBold),
        250_000.. => Font::new(11.5, Weight::Medium),
        _ => Font::new(11.0, Weight::Regular),
    }
}

fn city_dot_px(place: &Place) -> f32 {
    match place.population {
        _ if is_big(place) => 2.2,
        250_000.. => 1.9,
        _ => 1.6,
    }
}

/// Where the name of a country or state may stand: inside of it. Other people's tiles do not say; there it stands
/// over its point.
fn home(place: &Place, projector: &Projector) -> Spot {
    if place.rooms.is_empty() {
        return Spot::Over;
    }
    let copy = projector.nearest_copy(place.world[0]);
    let on_screen = |[x, y, w, h]: &[f64; 4]| -> Box4 {
        let [left, top] = projector.world([x + copy, *y]);
        let [right, bottom] = projector.world([x + w + copy, y + h]);
        [left, top, right, bottom]
    };
    Spot::Within(place.rooms.iter().map(on_screen).collect())
}
