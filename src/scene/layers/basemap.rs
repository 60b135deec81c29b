//! Land, water and borders from the tiles, in the style the window uses too.

use super::super::clip::{self, Rect};
use super::super::drawing::{Primitive, Stroke, rectangle};
use super::super::projector::Projector;
use super::super::view::MapView;
use crate::basemap::{Basemap, Cover, Feature, Path, Rule, Style, Tile};
use std::sync::Arc;

/// How far areas reach over the edge of their square, of its side: neighbours must overlap a
/// little, else a hairline shows between them.
const OVERLAP: f32 = 1.0 / 512.0;

/// Water all over, then the rules of the style.
#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let [w, h] = view.size;
    let mut items = vec![Primitive::area(
        vec![rectangle([0.0, 0.0, w, h])],
        Some(view.theme.water),
        None,
    )];
    let Some(basemap) = view.basemap else {
        return items;
    };
    let projector = view.projector();
    let squares: Vec<Square> = squares(view, basemap, &projector);
    for rule in &Style::built_in().rules {
        for square in &squares {
            items.extend(square.draw(rule, view, &projector));
        }
    }
    items
}

/// The tile zoom that the window takes too: that of tiles drawn some 512 px wide.
#[must_use]
pub fn tile_zoom(view: &MapView) -> u8 {
    let zoom = view.camera.zoom + f64::from(view.pixel_ratio.max(0.1)).log2();
    (zoom.round() - 1.0).clamp(0.0, 22.0) as u8
}

fn squares(view: &MapView, basemap: &Basemap, projector: &Projector) -> Vec<Square> {
    let cover = basemap.cover(projector.visible(), tile_zoom(view));
    let square = |cover: Cover| {
        Some(Square {
            tile: basemap.tile(cover.from)?,
            window: window(&cover),
            cover,
        })
    };
    cover.into_iter().filter_map(square).collect()
}

/// Goes through the lines of a layer of the tiles, on the screen and cut at the edges of their squares.
pub fn each_line(
    view: &MapView,
    layer: &str,
    wanted: impl Fn(&Feature) -> bool,
    mut take: impl FnMut(&Feature, Path),
) {
    let Some(basemap) = view.basemap else {
        return;
    };
    let projector = view.projector();
    for square in squares(view, basemap, &projector) {
        for feature in square.tile.layer(layer).iter().filter(|f| wanted(f)) {
            for path in &feature.paths {
                for points in clip::line(path, square.window) {
                    take(feature, square.screen(&points, &projector));
                }
            }
        }
    }
}

/// One square of the picture.
struct Square {
    tile: Arc<Tile>,
    cover: Cover,
    /// Its part of the tile, in tile units.
    window: Rect,
}

/// Which part of the tile it is drawn from a square is: all of it, unless that is an ancestor.
fn window(cover: &Cover) -> Rect {
    let levels = cover.wanted.0 - cover.from.0;
    let side = 1.0 / f64::from(1_u32 << levels.min(30));
    let x = (f64::from(cover.wanted.1) * side - f64::from(cover.from.1)) as f32;
    let y = (f64::from(cover.wanted.2) * side - f64::from(cover.from.2)) as f32;
    let side = side as f32;
    [x, y, x + side, y + side]
}

impl Square {
    fn draw(&self, rule: &Rule, view: &MapView, projector: &Projector) -> Vec<Primitive> {
        let Some(layer) = rule
            .layers
            .iter()
            .find(|name| !self.tile.layer(name).is_empty())
        else {
            return Vec::new();
        };
        let features = self.tile.layer(layer).iter().filter(|f| rule.takes(f));
        if let Some(fill) = rule.fill {
            return features
                .filter_map(|f| {
                    Some(Primitive::area(
                        self.rings(f, projector)?,
                        Some(view.theme.token(fill)),
                        None,
                    ))
                })
                .collect();
        }
        let width_px = rule.width_px(view.camera.zoom);
        let (Some(line), true) = (rule.line, width_px > 0.0) else {
            return Vec::new();
        };
        let stroke = Stroke {
            color: view.theme.token(line),
            width_px,
            dash_px: rule
                .dash
                .map(|[dash, gap]| [dash * width_px, gap * width_px]),
        };
        let stretches = features
            .flat_map(|f| &f.paths)
            .flat_map(|path| clip::line(path, self.window));
        stretches
            .map(|points| Primitive::Line {
                points: self.screen(&points, projector),
                stroke,
            })
            .collect()
    }

    fn rings(&self, feature: &Feature, projector: &Projector) -> Option<Vec<Path>> {
        let over = OVERLAP * (self.window[2] - self.window[0]);
        let [left, top, right, bottom] = self.window;
        let window = [left - over, top - over, right + over, bottom + over];
        let rings = feature
            .paths
            .iter()
            .map(|ring| clip::ring(ring, window))
            .filter(|r| !r.is_empty());
        let rings: Vec<Path> = rings.map(|ring| self.screen(&ring, projector)).collect();
        (!rings.is_empty()).then_some(rings)
    }

    fn screen(&self, points: &[[f32; 2]], projector: &Projector) -> Path {
        let (z, x, y) = self.cover.from;
        let side = f64::from(1_u32 << z.min(30));
        let world = |p: &[f32; 2]| {
            projector.world([
                (f64::from(x) + f64::from(p[0])) / side + f64::from(self.cover.world),
                (f64::from(y) + f64::from(p[1])) / side,
            ])
        };
        points.iter().map(world).collect()
    }
}
