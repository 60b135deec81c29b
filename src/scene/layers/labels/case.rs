//! Names of what the case says: territories' actors, movements, places that were measured.

use super::super::super::drawing::{Point, Weight};
use super::super::super::text::Font;
use super::super::super::view::MapView;
use super::super::{movements, places, territories};
use super::label::{Label, Sign, Spot};
use geo::{Area, BoundingRect, InteriorPoint, LineString, Polygon};

/// Most important first.
pub(super) fn names(view: &MapView) -> Vec<Label> {
    let mut names = territory_names(view);
    names.extend(movement_names(view));
    names.extend(measured_names(view));
    names
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
                spot: Spot::Over,
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
        spot: Spot::Beside {
            reach_px: places::HALF_PX + 1.0,
            sign: Sign::Drawn,
        },
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
                    spot: Spot::Over,
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
