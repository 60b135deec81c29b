//! A ring in the accent colour around each selected incident, with a light one outside.

use super::super::drawing::{Point, Primitive, Stroke};
use super::super::view::MapView;
use super::incidents;
use super::layer::Layer;
use crate::index::Row;
use std::collections::HashMap;

pub const LAYER: Layer = Layer {
    has_switch: false,
    needs: &[incidents::LAYER.id],
    ..Layer::new("selected", text!("layer-selected"), draw)
};

/// Of more than so many selected, rings would hide the map and tell nothing.
const MOST: usize = 400;

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    if view.selected.is_empty() || view.selected.len() > MOST {
        return Vec::new();
    }
    let projector = view.projector();
    // Where the symbols are, which is not always where the places are.
    let drawn: HashMap<Row, (Point, f32)> = incidents::visible(view)
        .iter()
        .map(|s| (s.row, (s.at, s.radius_px)))
        .collect();
    let mut items = Vec::new();
    for row in view.selected {
        let i = *row as usize;
        let (Some(lon), Some(lat)) = (view.columns.lon.get(i), view.columns.lat.get(i)) else {
            continue;
        };
        let (center, radius_px) = drawn.get(row).copied().unwrap_or_else(|| {
            let best = view.columns.deaths(*row).best;
            (projector.lon_lat(*lon, *lat), view.symbol_radius_px(best))
        });
        let ring = |radius_px: f32, color, width_px: f32| Primitive::Circle {
            center,
            radius_px,
            fill: None,
            stroke: Some(Stroke::solid(color, width_px)),
        };
        items.push(ring(radius_px + 6.0, view.theme.halo, 2.4));
        items.push(ring(radius_px + 4.0, view.theme.accent, 2.4));
    }
    items
}
