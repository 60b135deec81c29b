//! Names of territories' actors, movements, places, countries, states and cities: the most important first, each only
//! where it hides no other, and beside big symbols rather than on them.

use super::super::density::{self, Drawn};
use super::super::drawing::{Anchor, Color, Point, Primitive, Weight};
use super::super::text::Font;
use super::super::view::MapView;
use super::{basemap, incidents, movements, places, territories};
use crate::basemap::{Place, PlaceClass};
use geo::{Area, BoundingRect, InteriorPoint, LineString, Polygon};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// `[left, top, right, bottom]`, px.
pub type Box4 = [f32; 4];

/// Free room around every label, px; to the sides more for those that name areas, so that two of
/// them are not read as one.
const PADDING_PX: f32 = 2.5;
const AREA_PADDING_PX: f32 = 9.0;

/// From this radius on a symbol is worth going around, and how many are looked at; while there
/// are few, every symbol is.
const BIG_SYMBOL_PX: f32 = 7.0;
const BIG_SYMBOLS: usize = 2_000;
const FEW_SYMBOLS: usize = 600;
/// Only a place with a symbol this near may have its name further off.
const CLUSTER_PX: f32 = 26.0;
/// The candidates close by come first; there are so many.
const NEAR: usize = 8;

/// A text that wants a place on the map.
struct Label {
    text: String,
    font: Font,
    color: Color,
    at: Point,
    /// A dot at the place, with the text beside it; else the text is centred there.
    dot_px: Option<f32>,
    /// Another layer draws what stands at the place.
    has_sign: bool,
}

/// What a place is sorted by: rank, population, class, and name with position to tell places apart.
type Importance = (u8, Reverse<u64>, PlaceClass, String);

/// Where a label came to stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub text: String,
    pub bounds: Box4,
    pub items: Vec<Primitive>,
}

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    place(view).into_iter().flat_map(|p| p.items).collect()
}

/// The labels that found room, most important first.
#[must_use]
pub fn place(view: &MapView) -> Vec<Placed> {
    let mut room = Room::of(view);
    let mut placed = Vec::new();
    for label in territory_names(view)
        .into_iter()
        .chain(movement_names(view))
        .chain(measured_names(view))
        .chain(place_names(view, |_| true))
    {
        placed.extend(room.place(view, &label));
    }
    placed
}

/// What is taken already.
struct Room {
    view: Box4,
    taken: Vec<Box4>,
    symbols: Vec<(Point, f32)>,
    /// So few symbols that a name may stand further off without being taken for another place's.
    few: bool,
}

impl Room {
    fn of(view: &MapView) -> Room {
        let mut symbols = Vec::new();
        let mut few = true;
        if view.layers.incidents {
            let all = incidents::visible(view);
            few = incidents::style_of(view) == Drawn::Symbols && all.len() <= FEW_SYMBOLS;
            symbols = all
                .into_iter()
                .filter(|s| few || s.radius_px >= BIG_SYMBOL_PX)
                .map(|s| (s.at, s.radius_px))
                .collect();
            symbols.sort_by(|a: &(Point, f32), b| b.1.total_cmp(&a.1));
            symbols.dedup();
            symbols.truncate(BIG_SYMBOLS);
        }
        let clear = view.keep_clear.iter();
        let mut taken: Vec<Box4> = clear.map(|[x, y, w, h]| [*x, *y, x + w, y + h]).collect();
        if view.layers.incidents && incidents::style_of(view) == Drawn::Clusters {
            // The numbers in them are to be read.
            let clusters = density::cells(view);
            let boxes = clusters.cells.iter().map(|c| {
                let half = c.radius_px * 0.8;
                around(c.at, half, half)
            });
            taken.extend(boxes);
        }
        Room {
            view: [0.0, 0.0, view.size[0], view.size[1]],
            taken,
            symbols,
            few,
        }
    }

    fn place(&mut self, view: &MapView, label: &Label) -> Option<Placed> {
        let width = label.font.width_px(&label.text) - label.font.spacing_px;
        let mut candidates = candidates(label, width);
        let crowded = self.few
            && self
                .symbols
                .iter()
                .any(|(at, _)| (at[0] - label.at[0]).hypot(at[1] - label.at[1]) < CLUSTER_PX);
        if !crowded {
            candidates.truncate(NEAR);
        }
        let free = candidates.iter().filter(|(_, bounds)| self.is_free(bounds));
        // The first of the best: candidates come in order of preference.
        let (text_at, bounds) = free.min_by_key(|(_, bounds)| self.symbols_under(bounds))?;
        self.taken.push(*bounds);
        let mut items = Vec::new();
        if let Some(radius_px) = label.dot_px.filter(|_| !label.has_sign) {
            items.push(Primitive::Circle {
                center: label.at,
                radius_px,
                fill: Some(label.color),
                stroke: Some(super::super::drawing::Stroke::solid(view.theme.halo, 1.0)),
            });
            self.taken.push(around(label.at, radius_px, radius_px));
        }
        items.push(Primitive::Text {
            at: *text_at,
            anchor: Anchor::Left,
            text: label.text.clone(),
            size_px: label.font.size_px,
            weight: label.font.weight,
            color: label.color,
            halo: Some((view.theme.halo.with_alpha(0.9), 3.0)),
            spacing_px: label.font.spacing_px,
        });
        Some(Placed {
            text: label.text.clone(),
            bounds: *bounds,
            items,
        })
    }

    fn is_free(&self, b: &Box4) -> bool {
        let inside = b[0] >= self.view[0]
            && b[1] >= self.view[1]
            && b[2] <= self.view[2]
            && b[3] <= self.view[3];
        inside && !self.taken.iter().any(|t| overlap(t, b))
    }

    fn symbols_under(&self, b: &Box4) -> usize {
        let near = |(at, radius): &&(Point, f32)| {
            let dx = (b[0] - at[0]).max(at[0] - b[2]).max(0.0);
            let dy = (b[1] - at[1]).max(at[1] - b[3]).max(0.0);
            dx.hypot(dy) < *radius
        };
        self.symbols.iter().filter(near).count()
    }
}

#[must_use]
pub fn overlap(a: &Box4, b: &Box4) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn around(at: Point, half_w: f32, half_h: f32) -> Box4 {
    [
        at[0] - half_w,
        at[1] - half_h,
        at[0] + half_w,
        at[1] + half_h,
    ]
}

/// Where a label may stand, best first: left end and middle of its letters, and its box.
fn candidates(label: &Label, width: f32) -> Vec<(Point, Box4)> {
    let half_h = label.font.size_px * 0.55;
    let [x, y] = label.at;
    let starts: Vec<Point> = match label.dot_px {
        // An area's name may move up and down in it.
        None => [0.0, -18.0, 18.0, -36.0, 36.0]
            .map(|dy| [x - width / 2.0, y + dy])
            .to_vec(),
        Some(dot) => {
            let gap = dot + 4.0;
            let (above, below) = (y - gap - half_h, y + gap + half_h);
            vec![
                [x + gap, y],
                [x - gap - width, y],
                [x - width / 2.0, above],
                [x - width / 2.0, below],
                [x + 0.6 * gap, above],
                [x + 0.6 * gap, below],
                [x - 0.6 * gap - width, above],
                [x - 0.6 * gap - width, below],
                // Beside a cluster of symbols around the place.
                [x + gap + 16.0, y],
                [x - gap - 16.0 - width, y],
                [x + gap + 28.0, y],
                [x - gap - 28.0 - width, y],
            ]
        }
    };
    let with_box = |at: Point| {
        let middle = [at[0] + width / 2.0, at[1]];
        let beside = if label.dot_px.is_some() {
            PADDING_PX
        } else {
            AREA_PADDING_PX
        };
        (
            at,
            around(middle, width / 2.0 + beside, half_h + PADDING_PX),
        )
    };
    starts.into_iter().map(with_box).collect()
}

/// Names of countries alone, small: for a map that says where another lies.
#[must_use]
pub fn country_names(view: &MapView, size_px: f32) -> Vec<Primitive> {
    let mut room = Room::of(view);
    let font = Font {
        size_px,
        weight: Weight::Medium,
        spacing_px: 0.8,
    };
    let small = place_names(view, |class| class == PlaceClass::Country)
        .into_iter()
        .map(|l| Label { font, ..l });
    small
        .filter_map(|l| room.place(view, &l))
        .flat_map(|p| p.items)
        .collect()
}

fn place_names(view: &MapView, wanted: impl Fn(PlaceClass) -> bool) -> Vec<Label> {
    let Some(map) = view.basemap else {
        return Vec::new();
    };
    let projector = view.projector();
    let zoom = view.camera.zoom + 0.35;
    // One tile may stand in for many squares: every place once.
    let mut places: BTreeMap<Importance, (Place, Point)> = BTreeMap::new();
    let tiles: std::collections::BTreeSet<_> = map
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
                let class_first = if place.class == PlaceClass::City {
                    place.rank + 1
                } else {
                    place.rank
                };
                let key = (
                    class_first,
                    Reverse(place.population),
                    place.class,
                    format!("{} {:?}", place.name, place.lon_lat),
                );
                places.insert(key, (place.clone(), at));
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
    let (font, color, dot_px) = match place.class {
        PlaceClass::Country => (
            Font {
                size_px: 12.0,
                weight: Weight::SemiBold,
                spacing_px: 1.6,
            },
            view.theme.place_label,
            None,
        ),
        PlaceClass::State => (
            Font {
                size_px: 10.5,
                weight: Weight::Medium,
                spacing_px: 2.4,
            },
            view.theme.state_label,
            None,
        ),
        PlaceClass::City => match place.population {
            1_000_000.. => (
                Font::new(12.5, Weight::SemiBold),
                view.theme.place_label,
                Some(2.2),
            ),
            _ if place.capital => (
                Font::new(12.5, Weight::SemiBold),
                view.theme.place_label,
                Some(2.2),
            ),
            250_000.. => (
                Font::new(11.5, Weight::Medium),
                view.theme.place_label,
                Some(1.9),
            ),
            _ => (
                Font::new(11.0, Weight::Regular),
                view.theme.place_label,
                Some(1.6),
            ),
        },
    };
    let text = if place.class != PlaceClass::City {
        name.to_uppercase()
    } else {
        name.clone()
    };
    Label {
        text,
        font,
        color,
        at,
        dot_px,
        has_sign: false,
    }
}

/// The name of each movement over the middle of its longest stretch, where that is long enough.
fn movement_names(view: &MapView) -> Vec<Label> {
    const OFF_LINE_PX: f32 = 12.0;
    let font = Font::new(11.5, Weight::Medium);
    let mut named: Vec<(f32, Label)> = Vec::new();
    for shown in movements::shown(view) {
        let text = shown.track.name.in_language(view.lang.is_spanish());
        let along = shown
            .stretches
            .iter()
            .map(|s| movements::Along::new(&s.points));
        let longest = along.max_by(|a, b| a.length().total_cmp(&b.length()));
        let Some(line) = longest.filter(|l| !text.is_empty() && l.length() > font.width_px(text))
        else {
            continue;
        };
        let middle = line.at(line.length() / 2.0);
        named.extend(middle.map(|[x, y]| {
            let label = Label {
                text: text.to_owned(),
                font,
                color: view.theme.movement,
                at: [x, y - OFF_LINE_PX],
                dot_px: None,
                has_sign: false,
            };
            (line.length(), label)
        }));
    }
    named.sort_by(|a, b| b.0.total_cmp(&a.0));
    named.into_iter().map(|(_, label)| label).collect()
}

/// The names of places that were measured; none where they are too many to be read.
fn measured_names(view: &MapView) -> Vec<Label> {
    const MOST: usize = 150;
    let shown = places::shown(view);
    if shown.len() > MOST {
        return Vec::new();
    }
    let named = shown.into_iter().map(|(spot, at)| Label {
        text: spot.name.in_language(view.lang.is_spanish()).to_owned(),
        font: Font::new(11.5, Weight::Medium),
        color: view.theme.movement,
        at,
        dot_px: Some(places::HALF_PX + 1.0),
        has_sign: true,
    });
    named.filter(|label| !label.text.is_empty()).collect()
}

/// The name of the actor inside the biggest part of each territory that has room for it.
fn territory_names(view: &MapView) -> Vec<Label> {
    let font = Font::new(12.0, Weight::SemiBold);
    let mut named: Vec<(f64, Label)> = Vec::new();
    let all = territories::shown(view);
    for (i, shown) in all.iter().enumerate() {
        // A contested area is named once, by all who are said to be there.
        if shown.rivals.iter().any(|j| *j < i) {
            continue;
        }
        let Some((area, polygon)) = shown
            .polygons
            .iter()
            .map(|p| polygon_of(p))
            .map(|p| (p.unsigned_area(), p))
            .max_by(|a, b| a.0.total_cmp(&b.0))
        else {
            continue;
        };
        let mut names = vec![shown.estimate.actor.name.as_str()];
        names.extend(
            shown
                .rivals
                .iter()
                .map(|j| all[*j].estimate.actor.name.as_str()),
        );
        names.dedup();
        let text = names.join(" / ");
        let color = if names.len() > 1 {
            view.theme.place_label
        } else {
            shown.color
        };
        let wide = polygon
            .bounding_rect()
            .is_some_and(|b| b.width() > f64::from(font.width_px(&text)) * 0.9);
        if let (true, Some(at)) = (wide, polygon.interior_point()) {
            let at = [at.x() as f32, at.y() as f32];
            named.push((
                area,
                Label {
                    text,
                    font,
                    color,
                    at,
                    dot_px: None,
                    has_sign: false,
                },
            ));
        }
    }
    named.sort_by(|a, b| b.0.total_cmp(&a.0));
    named.into_iter().map(|(_, label)| label).collect()
}

fn polygon_of(rings: &[Vec<Point>]) -> Polygon<f64> {
    let line = |ring: &Vec<Point>| {
        LineString::from(
            ring.iter()
                .map(|p| (f64::from(p[0]), f64::from(p[1])))
                .collect::<Vec<_>>(),
        )
    };
    let mut lines = rings.iter().map(line);
    let outline = lines.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(outline, lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::Basemap;
    use crate::index::Columns;
    use crate::locale::Lang;
    use crate::query::Selection;
    use crate::scene::sample;
    use crate::scene::{Camera, LayerSet, Theme};

    fn with_view<T>(camera: Camera, check: impl FnOnce(&MapView) -> T) -> T {
        let columns = Columns::default();
        let selection = Selection::default();
        check(&MapView {
            camera,
            size: [1200.0, 800.0],
            pixel_ratio: 1.0,
            theme: &Theme::LIGHT,
            lang: Lang::En,
            columns: &columns,
            selection: &selection,
            territories: &[],
            ways: Default::default(),
            from: None,
            to: None,
            area: None,
            selected: &[],
            layers: LayerSet::default(),
            basemap: Basemap::built_in(),
            keep_clear: &[],
            compare: None,
            spatial: None,
            memo: None,
        })
    }

    #[test]
    fn labels_do_not_overlap_each_other() {
        for (lon, lat, zoom) in [
            (-99.5, 27.5, 7.0),
            (-99.1, 19.4, 9.3),
            (10.0, 50.0, 5.0),
            (-100.0, 24.0, 5.2),
            (179.0, -17.0, 6.0),
        ] {
            let placed = with_view(Camera { lon, lat, zoom }, place);
            assert!(placed.len() >= 4, "{lon} {lat} {zoom}: {}", placed.len());
            for (i, a) in placed.iter().enumerate() {
                for b in &placed[..i] {
                    assert!(
                        !overlap(&a.bounds, &b.bounds),
                        "{} and {} at zoom {zoom}",
                        a.text,
                        b.text
                    );
                }
                let [l, t, r, b] = a.bounds;
                assert!(
                    l >= 0.0 && t >= 0.0 && r <= 1200.0 && b <= 800.0,
                    "{} is cut",
                    a.text
                );
            }
        }
    }

    #[test]
    fn the_important_come_first_and_in_the_language_asked_for() {
        let mexico = Camera {
            lon: -100.0,
            lat: 22.0,
            zoom: 5.0,
        };
        let names = |lang| {
            with_view(mexico, |v| {
                place(&MapView { lang, ..*v })
                    .into_iter()
                    .map(|p| p.text)
                    .collect::<Vec<_>>()
            })
        };
        let (en, es) = (names(Lang::En), names(Lang::Es));
        assert!(
            en.contains(&"Mexico City".to_owned()) && en.contains(&"Monterrey".to_owned()),
            "{en:?}"
        );
        assert!(es.contains(&"Ciudad de México".to_owned()), "{es:?}");
        // At zoom 8 around Nuevo Laredo the city itself is named.
        let near = with_view(
            Camera {
                lon: -99.5,
                lat: 27.5,
                zoom: 8.0,
            },
            place,
        );
        assert!(near.iter().any(|p| p.text == "Nuevo Laredo"));
    }

    #[test]
    fn labels_keep_clear_and_go_around_big_symbols() {
        let here = Camera {
            lon: -99.5,
            lat: 27.5,
            zoom: 8.0,
        };
        let everything = [[0.0, 0.0, 1200.0, 800.0]];
        assert!(
            with_view(here, |v| place(&MapView {
                keep_clear: &everything,
                ..*v
            }))
            .is_empty()
        );
        let mut incident = sample::incident(-99.35, 27.487, crate::domain::Kind::GunBattle);
        incident.deaths = crate::domain::Deaths::exactly(40);
        let columns = sample::columns(&[incident]);
        let selection = crate::query::select(&columns, &crate::domain::Filter::default());
        let nuevo_laredo = |v: &MapView| {
            place(v)
                .into_iter()
                .find(|p| p.text == "Nuevo Laredo")
                .map(|p| p.bounds)
        };
        let (alone, beside) = with_view(here, |v| {
            (
                nuevo_laredo(v),
                nuevo_laredo(&MapView {
                    columns: &columns,
                    selection: &selection,
                    ..*v
                }),
            )
        });
        assert!(alone.is_some() && beside.is_some());
        assert_ne!(alone, beside, "the symbol lies where the name would");
    }

    #[test]
    fn a_territory_is_named_where_there_is_room() {
        let square = |side: f64| {
            [
                (-100.0, 27.0),
                (-100.0 + side, 27.0),
                (-100.0 + side, 27.0 + side),
                (-100.0, 27.0 + side),
                (-100.0, 27.0),
            ]
        };
        let camera = Camera {
            lon: -99.5,
            lat: 27.5,
            zoom: 8.0,
        };
        let named = |side: f64| {
            let all = [sample::territory(
                "Cártel del Noreste",
                crate::domain::Relation::Present,
                "C3",
                &square(side),
            )];
            with_view(camera, |v| {
                place(&MapView {
                    territories: &all,
                    ..*v
                })
                .iter()
                .any(|p| p.text == "Cártel del Noreste")
            })
        };
        assert!(named(1.2));
        assert!(!named(0.1));
    }
}
