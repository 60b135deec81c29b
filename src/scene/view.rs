//! What the layers draw from: the case, the camera and what is switched on.

use super::camera::Camera;
use super::memo::{Asked, Kept, Memo};
use super::projector::Projector;
use super::ramp::Scale;
use super::style::{DensityScale, LayerSet};
use super::symbols;
use super::theme::Theme;
use super::times::Times;
use super::ways::Ways;
use crate::basemap::Basemap;
use crate::domain::{Outline, TerritoryEstimate};
use crate::index::spatial::{FixedRect, Spatial};
use crate::index::{Columns, Row};
use crate::locale::Lang;
use crate::query::Selection;
use jiff::civil::Date;
use std::borrow::Cow;

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

    /// Selected rows among which are all that lie in a part of the world (`[west, north, east, south]`
    /// on the unit square), ascending.
    #[must_use]
    pub fn rows_near(&self, world: [f64; 4]) -> Cow<'a, [Row]> {
        let all = &self.selection.rows;
        let index = self.spatial.and_then(Spatial::places_made);
        let Some(index) = index.filter(|_| all.len() > 1_000) else {
            return Cow::Borrowed(all);
        };
        let rect = FixedRect::around(world);
        if index.count_near(rect) > all.len() / 4 {
            return Cow::Borrowed(all);
        }
        let selected = |row: &Row| self.selection.contains(*row);
        let mut rows: Vec<Row> = index.near(rect).filter(selected).collect();
        rows.sort_unstable();
        Cow::Owned(rows)
    }

    /// The colours of counts up to `most`; `by_level` says how many cells have each level.
    pub(super) fn scale(&self, most: u32, by_level: impl FnOnce() -> Vec<u32>) -> Scale {
        let kind = self.layers.density.scale;
        let levels = match kind {
            DensityScale::Log => Vec::new(),
            DensityScale::EqualArea => by_level(),
        };
        Scale::new(kind, most, &levels, self.theme)
    }

    /// What counts depend on, but for the rows.
    pub(super) fn asked(&self) -> Asked {
        Asked {
            camera: self.camera,
            size: self.size,
            pixel_ratio: self.pixel_ratio,
            density: self.layers.density,
            theme: self.theme.name,
            rows: self.selection.len(),
        }
    }

    /// What was counted for this view already, else what `make` makes of it.
    pub(super) fn kept<T: Clone>(
        &self,
        slot: fn(&mut Kept) -> &mut Option<T>,
        make: impl FnOnce() -> T,
    ) -> T {
        match self.memo {
            Some(memo) => memo.kept(self.asked(), slot, make),
            None => make(),
        }
    }
}
