//! Names of territories' actors, movements, places, countries, states and cities, and numbers of roads: the most
//! important first, each only where it hides no other, and beside big symbols rather than on them. A name stands at
//! home or nowhere: that of a country or state inside of it, that of a town on its side of the border.

mod borders;
mod case;
mod ground;
mod label;
mod shields;
#[cfg(test)]
mod tests;

use super::super::density;
use super::super::drawing::{Anchor, Point, Primitive, Stroke, Weight};
use super::super::style::Drawn;
use super::super::text::Font;
use super::super::view::MapView;
use super::incidents;
use super::layer::Layer;
use crate::basemap::PlaceClass;
use borders::Borders;
use label::{Box4, Label, Setting, Sign, Spot};

pub const LAYER: Layer = Layer::new("labels", text!("layer-labels"), draw);

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
    for label in case::names(view)
        .into_iter()
        .chain(ground::place_names(view, |_| true))
        .chain(shields::numbers(view))
    {
        placed.extend(room.place(view, &label));
    }
    placed
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
    let small = ground::place_names(view, |class| class == PlaceClass::Country)
        .into_iter()
        .map(|l| Label { font, ..l });
    small
        .filter_map(|l| room.place(view, &l))
        .flat_map(|p| p.items)
        .collect()
}

/// What is taken already.
struct Room {
    view: Box4,
    taken: Vec<Box4>,
    symbols: Vec<(Point, f32)>,
    borders: Borders,
    /// So few symbols that a name may stand further off without being taken for another place's.
    few: bool,
}

impl Room {
    fn of(view: &MapView) -> Room {
        let mut symbols = Vec::new();
        let mut few = true;
        if view.layers.is_on(incidents::LAYER.id) {
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
        if view.layers.is_on(incidents::LAYER.id) && incidents::style_of(view) == Drawn::Clusters {
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
            borders: Borders::of(view),
            few,
        }
    }

    /// Places a label as it is set best, else closer, else in two lines; nowhere where it finds no room.
    fn place(&mut self, view: &MapView, label: &Label) -> Option<Placed> {
        label
            .settings()
            .iter()
            .find_map(|setting| self.place_as(view, label, setting))
    }

    fn place_as(&mut self, view: &MapView, label: &Label, set: &Setting) -> Option<Placed> {
        let mut candidates = candidates(label, set.size());
        let crowded = self.few
            && self
                .symbols
                .iter()
                .any(|(at, _)| (at[0] - label.at[0]).hypot(at[1] - label.at[1]) < CLUSTER_PX);
        if !crowded {
            candidates.truncate(NEAR);
        }
        let is_town = matches!(
            label.spot,
            Spot::Beside {
                sign: Sign::Dot,
                ..
            }
        );
        let is_home = |b: &Box4| !is_town || !self.borders.part(label.at, b);
        let free = candidates
            .iter()
            .filter(|(_, bounds)| self.is_free(bounds) && is_home(bounds));
        // The first of the best: candidates come in order of preference.
        let (middle, bounds) = free.min_by_key(|(_, bounds)| self.symbols_under(bounds))?;
        self.taken.push(*bounds);
        let mut items = Vec::new();
        match &label.spot {
            Spot::Beside { reach_px, sign } if *sign != Sign::Drawn => {
                items.extend(sign_at(view, label, *reach_px, *sign));
                self.taken.push(around(label.at, *reach_px, *reach_px));
            }
            Spot::Plate(plate) => items.extend(shields::plate(view, *plate, bounds)),
            _ => {}
        }
        let is_plate = matches!(label.spot, Spot::Plate(_));
        let halo = (!is_plate).then(|| (view.theme.halo.with_alpha(0.9), 3.0));
        items.extend(set.lines(*middle).map(|(at, text)| Primitive::Text {
            at,
            anchor: Anchor::Left,
            text,
            size_px: set.font.size_px,
            weight: set.font.weight,
            color: label.color,
            halo,
            spacing_px: set.font.spacing_px,
        }));
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

/// The dot of a town, or what else marks a place.
fn sign_at(view: &MapView, label: &Label, reach_px: f32, sign: Sign) -> Vec<Primitive> {
    let [x, y] = label.at;
    let halo = Stroke::solid(view.theme.halo, 1.0);
    match sign {
        Sign::Drawn => Vec::new(),
        Sign::Dot => vec![Primitive::circle(
            label.at,
            reach_px,
            Some(label.color),
            Some(halo),
        )],
        Sign::Crossing => vec![Primitive::area(
            vec![vec![
                [x, y - reach_px],
                [x + reach_px, y],
                [x, y + reach_px],
                [x - reach_px, y],
            ]],
            Some(view.theme.halo),
            Some(Stroke::solid(label.color, 1.3)),
        )],
        Sign::Airport => vec![Primitive::area(
            vec![vec![
                [x, y - reach_px],
                [x + 0.9 * reach_px, y + 0.8 * reach_px],
                [x - 0.9 * reach_px, y + 0.8 * reach_px],
            ]],
            Some(label.color),
            Some(halo),
        )],
    }
}

/// Where a label may stand, best first: the middle of its letters, and its box.
fn candidates(label: &Label, [width, half_h]: [f32; 2]) -> Vec<(Point, Box4)> {
    let [x, y] = label.at;
    let half_w = width / 2.0;
    let mut beside_px = AREA_PADDING_PX;
    let middles: Vec<Point> = match &label.spot {
        Spot::Over => [0.0, -18.0, 18.0, -36.0, 36.0]
            .map(|dy| [x, y + dy])
            .to_vec(),
        Spot::Within(rooms) => {
            let middles = |room| within(room, width, 2.0 * half_h);
            rooms.iter().flat_map(middles).collect()
        }
        Spot::Plate(_) => {
            beside_px = shields::BESIDE_PX;
            vec![[x, y]]
        }
        Spot::Beside { reach_px, .. } => {
            beside_px = PADDING_PX;
            let gap = reach_px + 4.0;
            let (above, below) = (y - gap - half_h, y + gap + half_h);
            let (right, left) = (x + half_w, x - half_w);
            vec![
                [right + gap, y],
                [left - gap, y],
                [x, above],
                [x, below],
                [right + 0.6 * gap, above],
                [right + 0.6 * gap, below],
                [left - 0.6 * gap, above],
                [left - 0.6 * gap, below],
                // Beside a cluster of symbols around the place.
                [right + gap + 16.0, y],
                [left - gap - 16.0, y],
                [right + gap + 28.0, y],
                [left - gap - 28.0, y],
            ]
        }
    };
    let with_box = |middle: Point| {
        let bounds = around(middle, half_w + beside_px, half_h + PADDING_PX);
        (middle, bounds)
    };
    middles.into_iter().map(with_box).collect()
}

/// Middles of a text in a room, that of the room first; none where it does not fit.
fn within(room: &Box4, width: f32, height: f32) -> Vec<Point> {
    // A hair from its border a name seems to touch it.
    const FREE_PX: [f32; 2] = [8.0, 3.0];
    let slack = [
        room[2] - room[0] - width - FREE_PX[0],
        room[3] - room[1] - height - FREE_PX[1],
    ];
    if slack.iter().any(|slack| *slack < 0.0) {
        return Vec::new();
    }
    let middle = [(room[0] + room[2]) / 2.0, (room[1] + room[3]) / 2.0];
    let step = slack.map(|slack| slack / 2.0);
    let ways = [[0.0, 0.0], [0.0, -1.0], [0.0, 1.0], [-1.0, 0.0], [1.0, 0.0]];
    // Somewhere else only where that is a way: else the name would jump about.
    let far = |[dx, dy]: &[f32; 2]| dx.abs() * step[0] + dy.abs() * step[1] > 6.0;
    let moves = ways.iter().filter(|way| **way == [0.0, 0.0] || far(way));
    moves
        .map(|[dx, dy]| [middle[0] + dx * step[0], middle[1] + dy * step[1]])
        .collect()
}
