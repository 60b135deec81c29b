//! Incidents that light up on the map while the pointer is on their number.

use crate::index::Row;
use crate::scene::Camera;
use crate::view::Context;
use crate::view::theme::color;
use egui::{Rect, Shape, Stroke, Ui, vec2};
use std::collections::HashSet;
use std::sync::Arc;

/// The rings, until rows or map change.
#[derive(Default)]
pub(super) struct Hint {
    made_from: Option<(Arc<[Row]>, Camera, Rect)>,
    rings: Vec<Shape>,
}

/// Rings nearer to each other than this are one, points: a million cost no more than a screen full.
const APART: f32 = 5.0;

impl Hint {
    pub(super) fn paint(&mut self, ui: &Ui, cx: &Context<'_>, rows: &Arc<[Row]>, rect: Rect) {
        let camera = cx.workspace.camera;
        let same = |(r, c, at): &(Arc<[Row]>, Camera, Rect)| {
            Arc::ptr_eq(r, rows) && *c == camera && *at == rect
        };
        if !self.made_from.as_ref().is_some_and(same) {
            self.rings = rings(cx, rows, rect);
            self.made_from = Some((rows.clone(), camera, rect));
        }
        ui.painter()
            .with_clip_rect(rect)
            .extend(self.rings.iter().cloned());
    }
}

fn rings(cx: &Context<'_>, rows: &[Row], rect: Rect) -> Vec<Shape> {
    let (c, camera) = (&cx.loaded.columns, cx.workspace.camera);
    let size = [rect.width(), rect.height()];
    let mut taken = HashSet::new();
    let mut rings = Vec::new();
    for row in rows {
        let i = *row as usize;
        let [x, y] = camera.screen_from_lon_lat(size, c.lon[i], c.lat[i]);
        let at = rect.min + vec2(x, y);
        if rect.contains(at) && taken.insert([(x / APART) as i32, (y / APART) as i32]) {
            for (width, ink) in [(4.0, cx.theme.halo), (2.0, cx.theme.accent)] {
                let pen = Stroke::new(width, color(ink));
                rings.push(Shape::circle_stroke(at, 7.0, pen));
            }
        }
    }
    rings
}
