//! What the layers draw from: the case, the camera and what is switched on.

use super::camera::{Camera, world_from_lon_lat};
use super::drawing::{Drawing, Point, Primitive};
use super::layers;
use super::symbols;
use super::theme::Theme;
use crate::basemap::Basemap;
use crate::domain::TerritoryEstimate;
use crate::index::{Columns, Row};
use crate::locale::Lang;
use crate::query::Selection;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which layers are switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LayerSet {
    pub territories: bool,
    pub uncertainty_rings: bool,
    pub incidents: bool,
    pub labels: bool,
}

impl Default for LayerSet {
    fn default() -> Self {
        LayerSet {
            territories: true,
            uncertainty_rings: true,
            incidents: true,
            labels: true,
        }
    }
}

/// One look at a case. Everything is borrowed: making one costs nothing.
#[derive(Clone, Copy)]
pub struct MapView<'a> {
    pub camera: Camera,
    /// Of the map, px.
    pub size: [f32; 2],
    /// Screen pixels a px: more than 1 asks for finer basemap tiles.
    pub pixel_ratio: f32,
    pub theme: &'a Theme,
    pub lang: Lang,
    pub columns: &'a Columns,
    pub selection: &'a Selection,
    pub territories: &'a [TerritoryEstimate],
    /// The time shown; territory estimates outside of it are not drawn.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Selected incidents.
    pub selected: &'a [Row],
    pub layers: LayerSet,
    pub basemap: Option<&'a Basemap>,
    /// `[x, y, width, height]` on the map where no label is wanted, such as under a legend.
    pub keep_clear: &'a [[f32; 4]],
}

/// Everything above the basemap's areas and lines, labels included: what the window replays over
/// its tiles.
#[must_use]
pub fn overlay(view: &MapView) -> Drawing {
    let on = layers::LAYERS
        .iter()
        .filter(|layer| (layer.is_on)(&view.layers));
    Drawing {
        size: view.size,
        items: on.flat_map(|layer| (layer.draw)(view)).collect(),
    }
}

/// The whole map, for print.
#[must_use]
pub fn map(view: &MapView) -> Drawing {
    let mut items = layers::basemap::draw(view);
    items.append(&mut overlay(view).items);
    let rect = [0.0, 0.0, view.size[0], view.size[1]];
    Drawing {
        size: view.size,
        items: vec![Primitive::Clipped { rect, items }],
    }
}

impl MapView<'_> {
    /// Radius of the symbol of an incident on this map, px.
    #[must_use]
    pub fn symbol_radius_px(&self, deaths_best: Option<u32>) -> f32 {
        let scale = symbols::symbol_scale(self.selection.len(), self.camera.zoom);
        // Few incidents are to be seen even where nobody died.
        (symbols::symbol_radius_px(deaths_best) * scale).max(4.6 * scale)
    }

    #[must_use]
    pub fn projector(&self) -> Projector {
        Projector::new(&self.camera, self.size)
    }
}

/// Places to screen px, made ready for one camera. Of the world's endless copies side by side it
/// takes the one nearest to the centre.
#[derive(Clone, Copy, Debug)]
pub struct Projector {
    center: [f64; 2],
    scale_px: f64,
    size: [f32; 2],
}

impl Projector {
    #[must_use]
    pub fn new(camera: &Camera, size: [f32; 2]) -> Projector {
        Projector {
            center: world_from_lon_lat(camera.lon, camera.lat),
            scale_px: camera.world_px(),
            size,
        }
    }

    #[must_use]
    pub fn lon_lat(&self, lon: f64, lat: f64) -> Point {
        let world = world_from_lon_lat(lon, lat);
        self.world([world[0] + self.nearest_copy(world[0]), world[1]])
    }

    /// A place on the unit square, taken as it is.
    #[must_use]
    pub fn world(&self, world: [f64; 2]) -> Point {
        [
            ((world[0] - self.center[0]) * self.scale_px) as f32 + self.size[0] / 2.0,
            ((world[1] - self.center[1]) * self.scale_px) as f32 + self.size[1] / 2.0,
        ]
    }

    /// Whole worlds to add to `x` so that it lies nearest to the centre.
    #[must_use]
    pub fn nearest_copy(&self, x: f64) -> f64 {
        (self.center[0] - x).round()
    }

    /// `[west, north, east, south]` on the unit square; x may leave 0..=1.
    #[must_use]
    pub fn visible(&self) -> [f64; 4] {
        let half = [0, 1].map(|i| f64::from(self.size[i]) / 2.0 / self.scale_px);
        let [x, y] = self.center;
        [x - half[0], y - half[1], x + half[0], y + half[1]]
    }

    /// px between two points of the map that lie one world apart.
    #[must_use]
    pub fn world_px(&self) -> f64 {
        self.scale_px
    }

    /// Whether something of `reach_px` around a point may be seen.
    #[must_use]
    pub fn sees(&self, at: Point, reach_px: f32) -> bool {
        (0..2).all(|i| at[i] >= -reach_px && at[i] <= self.size[i] + reach_px)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_copy_of_the_world_is_taken() {
        let camera = Camera {
            lon: 179.0,
            lat: 0.0,
            zoom: 4.0,
        };
        let projector = Projector::new(&camera, [800.0, 600.0]);
        let east = projector.lon_lat(-179.0, 0.0);
        assert!(east[0] > 400.0 && east[0] < 500.0, "{east:?}");
        let visible = projector.visible();
        assert!(visible[2] > 1.0 && visible[0] < 1.0, "{visible:?}");
    }

    #[test]
    fn it_agrees_with_the_camera() {
        let camera = Camera {
            lon: -99.5,
            lat: 27.5,
            zoom: 7.3,
        };
        let size = [1600.0, 900.0];
        let (a, b) = (
            Projector::new(&camera, size).lon_lat(-100.0, 25.0),
            camera.screen_from_lon_lat(size, -100.0, 25.0),
        );
        assert!((a[0] - b[0]).abs() < 0.01 && (a[1] - b[1]).abs() < 0.01);
    }
}
