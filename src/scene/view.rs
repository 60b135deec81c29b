//! What the layers draw from: the case, the camera and what is switched on.

use super::camera::{Camera, world_from_lon_lat};
use super::coloring::ColorBy;
use super::density::Density;
use super::drawing::{Drawing, Point, Primitive};
use super::layers;
use super::layers::compare::Times;
use super::memo::Memo;
use super::symbols;
use super::theme::Theme;
use super::ways::Ways;
use crate::basemap::Basemap;
use crate::domain::mercator::FIXED;
use crate::domain::{Outline, TerritoryEstimate};
use crate::index::spatial::Spatial;
use crate::index::{Columns, Row};
use crate::locale::Lang;
use crate::query::Selection;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which layers are switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LayerSet {
    /// Outlines of areas that nobody is said to hold.
    pub reference: bool,
    pub territories: bool,
    pub movements: bool,
    pub places: bool,
    pub uncertainty_rings: bool,
    pub incidents: bool,
    pub labels: bool,
    /// How incidents are shown.
    pub density: Density,
    /// What the colours of their symbols say.
    pub color_by: ColorBy,
}

impl Default for LayerSet {
    fn default() -> Self {
        LayerSet {
            reference: true,
            territories: true,
            movements: true,
            places: true,
            uncertainty_rings: true,
            incidents: true,
            labels: true,
            density: Density::default(),
            color_by: ColorBy::default(),
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
    /// Movements and places.
    pub ways: Ways<'a>,
    /// The time shown; territory estimates and movements outside of it are not drawn.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// What the filter's area looks like, where it has one.
    pub area: Option<&'a Outline>,
    /// Selected incidents.
    pub selected: &'a [Row],
    pub layers: LayerSet,
    pub basemap: Option<&'a Basemap>,
    /// `[x, y, width, height]` on the map where no label is wanted, such as under a legend.
    pub keep_clear: &'a [[f32; 4]],
    /// Two times side by side instead of the incidents, whose layers are off then.
    pub compare: Option<&'a Times>,
    /// The rows of `columns` by place; without it every question looks at all rows.
    pub spatial: Option<&'a Spatial>,
    /// What was counted for this view; for these columns and this selection only.
    pub memo: Option<&'a Memo>,
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

impl<'a> MapView<'a> {
    /// Incidents alone, with the layers that are on at first: what else is to be drawn is set on it.
    #[must_use]
    pub fn new(
        camera: Camera,
        size: [f32; 2],
        theme: &'a Theme,
        lang: Lang,
        columns: &'a Columns,
        selection: &'a Selection,
    ) -> Self {
        Self {
            camera,
            size,
            pixel_ratio: 1.0,
            theme,
            lang,
            columns,
            selection,
            territories: &[],
            ways: Ways::default(),
            from: None,
            to: None,
            area: None,
            selected: &[],
            layers: LayerSet::default(),
            basemap: None,
            keep_clear: &[],
            compare: None,
            spatial: None,
            memo: None,
        }
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

    /// A place in fixed point, see [`crate::domain::mercator`], on the nearest copy of the world.
    #[must_use]
    pub fn fixed(&self, x: u32, y: u32) -> Point {
        let center = [self.center[0].rem_euclid(1.0), self.center[1]];
        let anchor = center.map(|v| (v * FIXED) as u32);
        let step_px = self.scale_px / FIXED;
        // Wrapping around is what finds the nearest copy.
        let dx = f64::from(x.wrapping_sub(anchor[0]) as i32);
        let dy = f64::from(y) - f64::from(anchor[1]);
        let rest = [0, 1].map(|i| center[i] * FIXED - f64::from(anchor[i]));
        [
            ((dx - rest[0]) * step_px) as f32 + self.size[0] / 2.0,
            ((dy - rest[1]) * step_px) as f32 + self.size[1] / 2.0,
        ]
    }

    /// The place on the unit square under a point of the map; x may leave 0..=1.
    #[must_use]
    pub fn world_at(&self, at: Point) -> [f64; 2] {
        [0, 1].map(|i| self.center[i] + f64::from(at[i] - self.size[i] / 2.0) / self.scale_px)
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

    /// What the picture shows, for places in fixed point.
    #[must_use]
    pub fn window(&self) -> FixedWindow {
        let half = [0, 1].map(|i| f64::from(self.size[i]) / 2.0 / self.scale_px * FIXED);
        let [x, y] = self.center.map(|v| v * FIXED);
        FixedWindow {
            center_x: x.rem_euclid(FIXED) as u32,
            half_x: half[0] as u32,
            top: (y - half[1]) as u32,
            bottom: (y + half[1]) as u32,
        }
    }

    /// px between two points of the map that lie one world apart.
    #[must_use]
    pub fn world_px(&self) -> f64 {
        self.scale_px
    }

    /// Of the middle of the picture, on the unit square.
    #[must_use]
    pub fn center_x(&self) -> f64 {
        self.center[0]
    }

    /// Whether something of `reach_px` around a point may be seen.
    #[must_use]
    pub fn sees(&self, at: Point, reach_px: f32) -> bool {
        (0..2).all(|i| at[i] >= -reach_px && at[i] <= self.size[i] + reach_px)
    }
}

/// A part of the Mercator square in the fixed point of `Columns::world_x` and `world_y`. Of the
/// world's copies it takes the one nearest to its middle.
#[derive(Clone, Copy, Debug)]
pub struct FixedWindow {
    center_x: u32,
    half_x: u32,
    top: u32,
    bottom: u32,
}

impl FixedWindow {
    #[must_use]
    pub fn holds(&self, x: u32, y: u32) -> bool {
        // The difference wraps around the world as the map does.
        let from_center = (x.wrapping_sub(self.center_x) as i32).unsigned_abs();
        from_center <= self.half_x && y >= self.top && y <= self.bottom
    }

    /// Whether the place of a row lies in it.
    #[must_use]
    pub fn holds_row(&self, columns: &Columns, row: Row) -> bool {
        let row = row as usize;
        self.holds(columns.world_x[row], columns.world_y[row])
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
    fn a_window_holds_what_is_seen() {
        let size = [800.0, 600.0];
        for (lon, lat, zoom) in [(179.0, 10.0, 4.0), (-99.5, 27.5, 9.0), (0.0, 0.0, 1.0)] {
            let projector = Projector::new(&Camera { lon, lat, zoom }, size);
            let window = projector.window();
            for i in 0..10_000_u32 {
                let at = [
                    f64::from(i % 200) * 1.8 - 180.0,
                    f64::from(i / 200) * 3.4 - 84.0,
                ];
                let [x, y] = crate::domain::mercator::fixed_from_lon_lat(at[0], at[1]);
                let seen = projector.sees(projector.lon_lat(at[0], at[1]), 0.0);
                assert_eq!(window.holds(x, y), seen, "{at:?}");
            }
        }
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
