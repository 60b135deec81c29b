//! The map in its neatline, with scale bar and a small map that says where it lies.

use super::super::camera::Camera;
use super::super::drawing::{Anchor, Color, Point, Primitive, Stroke, Weight, rectangle};
use super::super::layers::{basemap, incidents, labels, map};
use super::super::scale::scale_bar;
use super::super::text::Font;
use super::super::view::MapView;

/// Between the neatline and what stands on the map.
const INSET_GAP: f32 = 12.0;
/// Below this zoom the map shows so much that a locator says nothing.
const LOCATOR_FROM_ZOOM: f64 = 3.6;
/// How many times as wide as the map the locator's view is.
const LOCATOR_WIDER: f32 = 5.0;

/// Everything in and on `[x, y, width, height]`, which has the size of `view`.
pub fn draw(view: &MapView, rect: [f32; 4]) -> Vec<Primitive> {
    let [w, h] = view.size;
    let locator = locator_rect(view);
    let bar = scale_rect(view);
    let taken: Vec<[f32; 4]> = locator.into_iter().chain([bar]).collect();
    let view = MapView {
        keep_clear: &taken,
        ..*view
    };
    let mut items = map(&view).items;
    items.extend(scale_items(&view, bar));
    if let Some(locator) = locator {
        items.extend(locator_items(&view, locator));
    }
    items.push(outline(
        [0.0, 0.0, w, h],
        Stroke::solid(
            view.theme.country_border.mix(view.theme.background, 0.45),
            1.0,
        ),
    ));
    items
        .into_iter()
        .map(|item| item.placed(1.0, [rect[0], rect[1]]))
        .collect()
}

fn corners([x, y, w, h]: [f32; 4]) -> Vec<Point> {
    rectangle([x, y, x + w, y + h])
}

fn outline(rect: [f32; 4], stroke: Stroke) -> Primitive {
    Primitive::area(vec![corners(rect)], None, Some(stroke))
}

fn filled(rect: [f32; 4], color: Color) -> Primitive {
    Primitive::area(vec![corners(rect)], Some(color), None)
}

const SCALE_FONT: Font = Font::new(11.0, Weight::Medium);

fn scale_rect(view: &MapView) -> [f32; 4] {
    let bar = bar(view);
    let width = bar.length_px.max(SCALE_FONT.width_px(&bar.label)) + 16.0;
    [INSET_GAP, view.size[1] - INSET_GAP - 32.0, width, 32.0]
}

fn bar(view: &MapView) -> super::super::scale::ScaleBar {
    scale_bar(
        &view.camera,
        view.camera.lat,
        (view.size[0] * 0.18).min(150.0),
        view.lang,
    )
}

/// The bar holds at the middle of the map, and says so.
fn scale_items(view: &MapView, [x, y, w, h]: [f32; 4]) -> Vec<Primitive> {
    let bar = bar(view);
    let (left, base) = (x + 8.0, y + h - 8.0);
    let right = left + bar.length_px;
    let ink = Stroke::solid(view.theme.text, 1.4);
    let line = vec![
        [left, base - 5.0],
        [left, base],
        [right, base],
        [right, base - 5.0],
    ];
    vec![
        filled([x, y, w, h], view.theme.halo.with_alpha(0.82)),
        Primitive::line(line, ink),
        Primitive::Text {
            at: [left, base - 13.5],
            anchor: Anchor::Left,
            text: bar.label,
            size_px: SCALE_FONT.size_px,
            weight: SCALE_FONT.weight,
            color: view.theme.text,
            halo: None,
            spacing_px: 0.0,
        },
    ]
}

/// In the top right corner, in the shape of the map; none on small maps and maps of half the world.
fn locator_rect(view: &MapView) -> Option<[f32; 4]> {
    let [w, h] = view.size;
    if view.basemap.is_none() || view.camera.zoom < LOCATOR_FROM_ZOOM || w < 520.0 || h < 360.0 {
        return None;
    }
    let width = (w * 0.16).clamp(120.0, 190.0);
    let height = (width * 0.78).min(h * 0.3);
    Some([w - INSET_GAP - width, INSET_GAP, width, height])
}

fn locator_items(view: &MapView, rect: [f32; 4]) -> Vec<Primitive> {
    let [x, y, w, h] = rect;
    let wider = f64::from(LOCATOR_WIDER * (view.size[0] / w).max(view.size[1] / h)).log2();
    let camera = Camera {
        zoom: (view.camera.zoom - wider).max(Camera::least_zoom(h)),
        ..view.camera
    };
    let small = MapView {
        camera,
        size: [w, h],
        pixel_ratio: view.pixel_ratio,
        layers: view.layers.without(incidents::LAYER.id),
        ..*view
    };
    let ratio = (camera.zoom - view.camera.zoom).exp2() as f32;
    let [seen_w, seen_h] = view.size.map(|v| (v * ratio).max(4.0));
    let seen = [(w - seen_w) / 2.0, (h - seen_h) / 2.0, seen_w, seen_h];
    let mut inner = basemap::draw(&small);
    inner.extend(labels::country_names(
        &MapView {
            keep_clear: &[seen],
            ..small
        },
        9.5,
    ));
    inner.push(filled(seen, view.theme.accent.with_alpha(0.16)));
    inner.push(outline(seen, Stroke::solid(view.theme.accent, 1.6)));
    vec![
        filled([x - 3.0, y - 3.0, w + 6.0, h + 6.0], view.theme.background),
        Primitive::Clipped {
            rect,
            items: inner
                .into_iter()
                .map(|item| item.placed(1.0, [x, y]))
                .collect(),
        },
        outline(
            rect,
            Stroke::solid(
                view.theme.country_border.mix(view.theme.background, 0.3),
                0.8,
            ),
        ),
    ]
}
