//! Numbers of roads on small plates along them.

use super::super::super::drawing::{Point, Primitive, Stroke, Weight};
use super::super::super::text::Font;
use super::super::super::view::MapView;
use super::super::basemap;
use super::label::{Box4, Label, Plate, Spot};
use crate::basemap::Feature;
use std::collections::BTreeMap;

/// Room beside the letters on a plate, px.
pub(super) const BESIDE_PX: f32 = 4.0;
/// Between two plates of one road, px, and from the ends of what is seen of it.
const APART_PX: f32 = 230.0;
/// What is seen of a road has to be this long to be told its number, px.
const LEAST_PX: f32 = 46.0;
const MOST: usize = 60;

/// From this map zoom on the numbers of main roads are shown, and of the others.
const MAIN_FROM: f64 = 5.7;
const OTHERS_FROM: f64 = 7.2;

/// The numbers of the roads in sight, main roads first, long ones before short ones.
pub(super) fn numbers(view: &MapView) -> Vec<Label> {
    let zoom = view.camera.zoom;
    if zoom < MAIN_FROM {
        return Vec::new();
    }
    let mut roads: BTreeMap<(bool, String), Vec<Vec<Point>>> = BTreeMap::new();
    let wanted = |feature: &Feature| {
        !feature.number.is_empty() && (is_main(&feature.class) || zoom >= OTHERS_FROM)
    };
    basemap::each_line(view, "road", wanted, |feature, line| {
        let key = (!is_main(&feature.class), feature.number.clone());
        roads.entry(key).or_default().push(line);
    });
    let mut wanted: Vec<(bool, f32, Label)> = Vec::new();
    for ((is_lesser, number), lines) in roads {
        let mut taken: Vec<Point> = Vec::new();
        let mut lines: Vec<(f32, Vec<Point>)> =
            lines.into_iter().map(|l| (length(&l), l)).collect();
        lines.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (length, line) in lines.iter().filter(|(length, _)| *length >= LEAST_PX) {
            let many = (length / APART_PX).ceil().max(1.0);
            for i in 0..many as usize {
                let Some(at) = along(line, length * (i as f32 + 0.5) / many) else {
                    continue;
                };
                let is_near = |p: &Point| (p[0] - at[0]).hypot(p[1] - at[1]) < APART_PX * 0.8;
                if taken.iter().any(is_near) {
                    continue;
                }
                taken.push(at);
                wanted.push((is_lesser, *length, label(view, &number, is_lesser, at)));
            }
        }
    }
    wanted.sort_by(|a, b| {
        (a.0, b.1)
            .partial_cmp(&(b.0, a.1))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    wanted
        .into_iter()
        .take(MOST)
        .map(|(_, _, label)| label)
        .collect()
}

fn is_main(class: &str) -> bool {
    matches!(class, "motorway" | "major" | "highway" | "major_road")
}

fn label(view: &MapView, number: &str, is_lesser: bool, at: Point) -> Label {
    let (size_px, plate) = match is_lesser {
        true => (8.5, Plate::Plain),
        false => (9.5, Plate::Main),
    };
    Label {
        text: number.to_owned(),
        font: Font::new(size_px, Weight::SemiBold),
        color: view.theme.shield_text,
        at,
        spot: Spot::Plate(plate),
    }
}

/// The plate under a number.
pub(super) fn plate(view: &MapView, plate: Plate, b: &Box4) -> Vec<Primitive> {
    let edge = match plate {
        Plate::Main => view.theme.shield_edge,
        Plate::Plain => view.theme.shield_edge.with_alpha(0.55),
    };
    vec![Primitive::area(
        vec![rounded(b, 2.5)],
        Some(view.theme.shield.with_alpha(0.92)),
        Some(Stroke::solid(edge, 1.0)),
    )]
}

fn rounded([left, top, right, bottom]: &Box4, r: f32) -> Vec<Point> {
    const STEPS: usize = 4;
    let corners = [
        [right - r, top + r],
        [right - r, bottom - r],
        [left + r, bottom - r],
        [left + r, top + r],
    ];
    let corner = |(i, [x, y]): (usize, [f32; 2])| {
        (0..=STEPS).map(move |step| {
            let quarter = i as f32 - 1.0 + step as f32 / STEPS as f32;
            let angle = quarter * std::f32::consts::FRAC_PI_2;
            [x + r * angle.cos(), y + r * angle.sin()]
        })
    };
    corners.into_iter().enumerate().flat_map(corner).collect()
}

fn length(line: &[Point]) -> f32 {
    let legs = line.iter().zip(line.iter().skip(1));
    legs.map(|(a, b)| (b[0] - a[0]).hypot(b[1] - a[1])).sum()
}

/// The point so far along a line.
fn along(line: &[Point], mut left: f32) -> Option<Point> {
    for (a, b) in line.iter().zip(line.iter().skip(1)) {
        let leg = (b[0] - a[0]).hypot(b[1] - a[1]);
        if left <= leg && leg > 0.0 {
            let t = left / leg;
            return Some([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
        }
        left -= leg;
    }
    None
}
