//! The basemap as walkers takes it: built-in or local vector tiles, a raster MBTiles file, or an
//! online source.

mod kept;
mod online;
mod raster;

pub use online::OnlineTiles;

use crate::basemap::{Basemap, TileKey, TileSource};
use crate::locale::Problem;
use crate::scene::Theme;
use crate::scene::basemap_style;
use crate::scene::theme::ThemeName;

use kept::Kept;
use raster::image_tile;
use walkers::sources::Attribution;
use walkers::{Style, Tile, TileId, TilePiece, Tiles};

/// Points a side that vector tiles are drawn at, and images.
const TILE_SIZE: u32 = 512;
const RASTER_SIZE: u32 = 256;

const NO_ATTRIBUTION: Attribution = Attribution {
    text: "",
    url: "",
    logo_light: None,
    logo_dark: None,
};

/// Where the tiles of one basemap come from.
pub enum Source {
    Vector(std::sync::Arc<Basemap>),
    BuiltIn(&'static Basemap),
    /// Images.
    Raster(Box<dyn TileSource>),
}

/// Local tiles, decoded when first asked for.
pub struct LocalTiles {
    source: Source,
    style: Style,
    kept: Kept,
    ctx: egui::Context,
}

impl LocalTiles {
    #[must_use]
    pub fn new(source: Source, theme: &Theme, ctx: &egui::Context) -> LocalTiles {
        let style = serde_json::from_value(basemap_style::maplibre_json(theme)).unwrap_or_default();
        LocalTiles {
            source,
            style,
            kept: Kept::default(),
            ctx: ctx.clone(),
        }
    }

    fn best(&self, id: TileId) -> Option<TileKey> {
        let key = (id.zoom, id.x, id.y);
        match &self.source {
            Source::Vector(map) => map.best_available(key),
            Source::BuiltIn(map) => map.best_available(key),
            Source::Raster(file) => {
                let up = id.zoom.saturating_sub(file.max_zoom());
                Some((id.zoom - up, id.x >> up, id.y >> up))
            }
        }
    }

    fn tile(&mut self, key: TileKey) -> Option<Tile> {
        if let Some(known) = self.kept.get(key) {
            return known;
        }
        let bytes = match &self.source {
            Source::Vector(map) => map.tile_bytes(key),
            Source::BuiltIn(map) => map.tile_bytes(key),
            Source::Raster(file) => file.tile(key),
        };
        // A damaged tile is left blank; the others still show.
        let tile = bytes.and_then(|b| match &self.source {
            Source::Raster(_) => image_tile(&b, &self.ctx),
            _ => Tile::from_mvt(&b, &self.style, key.0, TILE_SIZE).ok(),
        });
        self.kept.put(key, tile.clone());
        tile
    }
}

impl Tiles for LocalTiles {
    fn at(&mut self, id: TileId) -> Option<TilePiece> {
        let key = self.best(id)?;
        let tile = self.tile(key)?;
        Some(part_of(tile, key, id))
    }

    fn attribution(&self) -> Attribution {
        NO_ATTRIBUTION
    }

    fn tile_size(&self) -> u32 {
        match self.source {
            Source::Raster(_) => RASTER_SIZE,
            _ => TILE_SIZE,
        }
    }
}

/// The part of a tile or of its ancestor that lies under a tile.
fn part_of(tile: Tile, (zoom, _, _): TileKey, id: TileId) -> TilePiece {
    let share = 0.5_f32.powi(i32::from(id.zoom - zoom));
    let across = 1_u32 << (id.zoom - zoom);
    let left = (id.x % across) as f32 * share;
    let top = (id.y % across) as f32 * share;
    let uv = egui::Rect::from_min_size(egui::pos2(left, top), egui::Vec2::splat(share));
    TilePiece::new(tile, uv)
}

/// What the map under the incidents is drawn from.
pub enum Ground {
    Local(Box<LocalTiles>),
    Online(Box<OnlineTiles>),
    Plain,
}

impl Ground {
    pub fn tiles(&mut self) -> Option<&mut dyn Tiles> {
        match self {
            Ground::Local(tiles) => Some(tiles.as_mut()),
            Ground::Online(tiles) => Some(tiles.as_mut()),
            Ground::Plain => None,
        }
    }

    /// What is wrong with the server of an online map, once.
    pub fn trouble(&mut self) -> Option<Problem> {
        match self {
            Ground::Online(tiles) => tiles.trouble(),
            Ground::Local(_) | Ground::Plain => None,
        }
    }
}

/// Whether labels of the built-in map are drawn over this ground in this theme's halo.
#[must_use]
pub fn has_own_labels(ground: &Ground) -> bool {
    match ground {
        Ground::Local(tiles) => matches!(tiles.source, Source::Raster(_)),
        Ground::Online(_) => true,
        Ground::Plain => false,
    }
}

/// The theme a ground was styled in has to match the one shown.
#[must_use]
pub fn needs_restyle(ground: &Ground, was: ThemeName, is: ThemeName) -> bool {
    was != is && matches!(ground, Ground::Local(_))
}
