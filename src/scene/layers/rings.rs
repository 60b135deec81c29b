//! A dashed ring around places that are not exact, of their true radius.

use super::super::drawing::{Primitive, Stroke};
use super::super::style::Drawn;
use super::super::view::MapView;
use super::incidents::{self, style_of};
use super::layer::Layer;
use crate::domain::{Mark, PlacePrecision};
use std::collections::BTreeMap;

pub const LAYER: Layer = Layer {
    needs: &[incidents::LAYER.id],
    ..Layer::new(incidents::RINGS, text!("layer-uncertainty_rings"), draw)
};

/// More would drown the map; those around most incidents are kept.
const MOST: usize = 60;

/// Smaller than this a dashed ring cannot be told from a symbol, px.
const SMALLEST_PX: f32 = 9.0;

/// Wider rings, in heights of the map, are drawn only with their middle in view.
const WITHOUT_MIDDLE: f32 = 0.3;

/// Spot and radius, px: rounded, so that one ring stands for all incidents on it.
type Spot = (i32, i32, i32);

#[derive(Default)]
struct Ring {
    incidents: u32,
    by_mark: [u32; Mark::ALL.len()],
}

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    // Around a count a ring says nothing.
    if style_of(view) != Drawn::Symbols {
        return Vec::new();
    }
    let mut rings: Vec<(Spot, Ring)> = spots(view).into_iter().collect();
    rings.sort_by_key(|(spot, ring)| (std::cmp::Reverse(ring.incidents), *spot));
    rings.truncate(MOST);
    // Widest first, under the narrower.
    rings.sort_by_key(|(spot, _)| (std::cmp::Reverse(spot.2), *spot));
    // Many rings are to be a texture, not the subject.
    let opacity = (30.0 / rings.len().max(1) as f32).clamp(0.22, 0.8);
    rings
        .iter()
        .map(|(spot, ring)| circle(view, *spot, ring, opacity))
        .collect()
}

fn circle(view: &MapView, (x, y, radius): Spot, ring: &Ring, opacity: f32) -> Primitive {
    let mark = Mark::ALL
        .iter()
        .max_by_key(|m| (ring.by_mark[**m as usize], std::cmp::Reverse(**m as u8)));
    let color = mark.map_or(view.theme.muted, |m| view.theme.mark(*m));
    Primitive::circle(
        [x as f32, y as f32],
        radius as f32,
        None,
        Some(Stroke::dashed(color.with_alpha(opacity), 1.0, [3.0, 3.0])),
    )
}

fn spots(view: &MapView) -> BTreeMap<Spot, Ring> {
    let projector = view.projector();
    // A ring around the whole view cannot be seen.
    let widest_px = 0.6 * view.size[0].max(view.size[1]);
    let mut spots: BTreeMap<Spot, Ring> = BTreeMap::new();
    let [west, north, east, south] = projector.visible();
    let reach = f64::from(WITHOUT_MIDDLE * view.size[0].min(view.size[1])) / projector.world_px();
    let rows = view.rows_near([west - reach, north - reach, east + reach, south + reach]);
    for row in rows.iter() {
        let i = *row as usize;
        if view.columns.place_precision[i] == PlacePrecision::Exact {
            continue;
        }
        let metres = f64::from(view.columns.radius_m[i]);
        let radius_px = (metres / view.camera.metres_per_px(view.columns.lat[i])) as f32;
        let symbol_px = view.symbol_radius_px(view.columns.deaths(*row).best);
        if radius_px < SMALLEST_PX.max(symbol_px + 3.0) || radius_px > widest_px {
            continue;
        }
        let at = projector.fixed(view.columns.world_x[i], view.columns.world_y[i]);
        // An arc without its middle explains nothing.
        let reach_px = if radius_px > WITHOUT_MIDDLE * view.size[0].min(view.size[1]) {
            0.0
        } else {
            radius_px
        };
        if projector.sees(at, reach_px) {
            let ring = spots
                .entry((
                    at[0].round() as i32,
                    at[1].round() as i32,
                    radius_px.round() as i32,
                ))
                .or_default();
            ring.incidents += 1;
            ring.by_mark[view.columns.kind[i].mark() as usize] += 1;
        }
    }
    spots
}
