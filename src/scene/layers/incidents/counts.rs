//! What stands for many incidents: a picture of counts, hexagons or clusters.

use crate::domain::Mark;
use crate::locale::number_short;
use crate::scene::cells;
use crate::scene::coloring::Coloring;
use crate::scene::counted::Cell;
use crate::scene::density;
use crate::scene::dots;
use crate::scene::drawing::{Anchor, Point, Primitive, Stroke, Weight};
use crate::scene::style::Drawn;
use crate::scene::view::MapView;
use std::f32::consts::{FRAC_PI_2, TAU};

/// Opacity of hexagons, so that what lies below is still known.
pub const HEXAGON: f32 = 0.86;
/// Width of the ring of shares around a cluster, px.
const RING_PX: f32 = 3.6;

/// Everything but symbols.
#[must_use]
pub fn draw(view: &MapView, drawn: Drawn) -> Vec<Primitive> {
    match drawn {
        Drawn::Symbols => Vec::new(),
        Drawn::Density => vec![raster(view)],
        Drawn::Hexagons => hexagons(view),
        Drawn::Clusters => clusters(view),
    }
}

fn raster(view: &MapView) -> Primitive {
    let raster = dots::raster(view);
    Primitive::Image {
        rect: raster.rect,
        size: raster.size,
        pixels: raster.pixels.clone(),
    }
}

fn hexagons(view: &MapView) -> Vec<Primitive> {
    let found = density::cells(view);
    let outline = Stroke::solid(view.theme.land.with_alpha(0.75), 0.8);
    let one = |cell: &Cell| Primitive::Area {
        rings: vec![cell.ring.clone()],
        fill: Some(cells::cell_color(view, &found, cell).with_alpha(HEXAGON)),
        stroke: Some(outline),
    };
    found.cells.iter().map(one).collect()
}

fn clusters(view: &MapView) -> Vec<Primitive> {
    let found = density::cells(view);
    let (alone, together): (Vec<&Cell>, Vec<&Cell>) =
        found.cells.iter().partition(|cell| cell.radius_px == 0.0);
    let mut items: Vec<Primitive> = together.iter().flat_map(|c| cluster(view, c)).collect();
    let coloring = Coloring::of(view);
    let symbol = |cell: &&Cell| super::symbol_at(view, coloring.as_ref(), cell.tally.last, cell.at);
    items.extend(alone.iter().map(symbol));
    items
}

/// A disc with the number in it, and around it a ring of the shares of the marks.
fn cluster(view: &MapView, cell: &Cell) -> Vec<Primitive> {
    let theme = view.theme;
    let n = cell.tally.incidents();
    let lead = theme.mark(cell.tally.leading_mark());
    let mut items = vec![Primitive::circle(
        cell.at,
        cell.radius_px - 0.5,
        Some(theme.background.mix(lead, 0.14)),
        Some(Stroke::solid(theme.background, 1.0)),
    )];
    let mut from = -FRAC_PI_2;
    let (outer, inner) = (cell.radius_px - 0.8, cell.radius_px - 0.8 - RING_PX);
    for mark in Mark::ALL {
        let share = cell.tally.marks[*mark as usize] as f32 / n as f32;
        if share == 0.0 {
            continue;
        }
        let to = from + share * TAU;
        items.extend(
            arcs(cell.at, [inner, outer], [from, to])
                .into_iter()
                .map(|ring| Primitive::Area {
                    rings: vec![ring],
                    fill: Some(theme.mark(*mark)),
                    stroke: None,
                }),
        );
        from = to;
    }
    items.push(Primitive::Text {
        at: cell.at,
        anchor: Anchor::Center,
        text: number_short(view.lang, u64::from(n)),
        size_px: if n < 1_000 { 11.0 } else { 10.0 },
        weight: Weight::SemiBold,
        color: theme.text,
        halo: None,
        spacing_px: 0.0,
    });
    items
}

/// A part of a ring, from one angle to another, in pieces that do not bend far.
fn arcs(center: Point, [inner, outer]: [f32; 2], [from, to]: [f32; 2]) -> Vec<Vec<Point>> {
    const PIECE: f32 = TAU / 4.0;
    const STEP: f32 = TAU / 40.0;
    let on = |r: f32, angle: f32| [center[0] + r * angle.cos(), center[1] + r * angle.sin()];
    let pieces = ((to - from) / PIECE).ceil().max(1.0);
    let piece = |i: usize| {
        let ends = [i, i + 1].map(|i| from + (to - from) * i as f32 / pieces);
        let steps = ((ends[1] - ends[0]) / STEP).ceil().max(1.0) as usize;
        let angle = |k: usize| ends[0] + (ends[1] - ends[0]) * k as f32 / steps as f32;
        let out = (0..=steps).map(|k| on(outer, angle(k)));
        let back = (0..=steps).rev().map(|k| on(inner, angle(k)));
        out.chain(back).collect()
    };
    (0..pieces as usize).map(piece).collect()
}
