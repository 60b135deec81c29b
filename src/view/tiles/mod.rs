//! The basemap as walkers takes it: built-in or local vector tiles, a raster MBTiles file, or an
//! online source.

use crate::basemap::{Basemap, TileKey};
use crate::scene::Theme;
use crate::scene::basemap_style;
use crate::scene::theme::ThemeName;
use crate::store::MbTiles;
use std::collections::HashMap;
use walkers::sources::Attribution;
use walkers::{HttpTiles, Style, Tile, TileId, TilePiece, Tiles};

/// Tiles kept ready to draw; about four screens.
const MOST_TILES: usize = 160;
/// Points a side that vector tiles are drawn at.
const TILE_SIZE: u32 = 512;

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
    Raster(MbTiles),
}

/// Local tiles, decoded when first asked for.
pub struct LocalTiles {
    source: Source,
    style: Style,
    cache: HashMap<TileKey, (u64, Option<Tile>)>,
    clock: u64,
    ctx: egui::Context,
}

impl LocalTiles {
    #[must_use]
    pub fn new(source: Source, theme: &Theme, ctx: &egui::Context) -> LocalTiles {
        let style = serde_json::from_value(basemap_style::maplibre_json(theme)).unwrap_or_default();
        LocalTiles {
            source,
            style,
            cache: HashMap::new(),
            clock: 0,
            ctx: ctx.clone(),
        }
    }

    fn best(&self, id: TileId) -> Option<TileKey> {
        let key = (id.zoom, id.x, id.y);
        match &self.source {
            Source::Vector(map) => map.best_available(key),
            Source::BuiltIn(map) => map.best_available(key),
            Source::Raster(file) => {
                let up = id.zoom.saturating_sub(file.max_zoom);
                Some((id.zoom - up, id.x >> up, id.y >> up))
            }
        }
    }

    fn tile(&mut self, key: TileKey) -> Option<Tile> {
        self.clock += 1;
        if let Some((used, tile)) = self.cache.get_mut(&key) {
            *used = self.clock;
            return tile.clone();
        }
        let bytes = match &self.source {
            Source::Vector(map) => map.tile_bytes(key),
            Source::BuiltIn(map) => map.tile_bytes(key),
            Source::Raster(file) => file.tile(key.0, key.1, key.2),
        };
        // A damaged tile is left blank; the others still show.
        let tile = bytes.and_then(|b| match &self.source {
            Source::Raster(_) => Tile::new(&b, &self.style, key.0, 256, &self.ctx).ok(),
            _ => Tile::from_mvt(&b, &self.style, key.0, TILE_SIZE).ok(),
        });
        if self.cache.len() >= MOST_TILES {
            let clock = self.clock;
            self.cache
                .retain(|_, (used, _)| clock - *used < MOST_TILES as u64 / 2);
        }
        self.cache.insert(key, (self.clock, tile.clone()));
        tile
    }
}

impl Tiles for LocalTiles {
    fn at(&mut self, id: TileId) -> Option<TilePiece> {
        let (zoom, x, y) = self.best(id)?;
        let tile = self.tile((zoom, x, y))?;
        // The part of an ancestor that this tile covers.
        let share = 0.5_f32.powi(i32::from(id.zoom - zoom));
        let across = 1_u32 << (id.zoom - zoom);
        let left = (id.x % across) as f32 * share;
        let top = (id.y % across) as f32 * share;
        let uv = egui::Rect::from_min_size(egui::pos2(left, top), egui::Vec2::splat(share));
        Some(TilePiece::new(tile, uv))
    }

    fn attribution(&self) -> Attribution {
        NO_ATTRIBUTION
    }

    fn tile_size(&self) -> u32 {
        match self.source {
            Source::Raster(_) => 256,
            _ => TILE_SIZE,
        }
    }
}

/// An online source by its address, with `{z}`, `{x}`, `{y}`.
struct Online(String);

impl walkers::sources::TileSource for Online {
    fn tile_url(&self, id: TileId) -> String {
        let fill = |text: &str, name: &str, n: u32| text.replace(name, &n.to_string());
        let url = fill(&self.0, "{z}", u32::from(id.zoom));
        fill(&fill(&url, "{x}", id.x), "{y}", id.y)
    }

    fn attribution(&self) -> Attribution {
        NO_ATTRIBUTION
    }
}

/// OpenStreetMap's own tiles, for light use.
pub const OPEN_STREET_MAP: &str = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

/// Whether this is an address tiles can be asked of.
#[must_use]
pub fn is_tile_address(text: &str) -> bool {
    text.starts_with("https://")
        && ["{z}", "{x}", "{y}"].iter().all(|part| text.contains(part))
        && !text.contains(char::is_whitespace)
}

/// Tiles from an address; `None` where the machine's certificates are missing, without which no
/// connection can be trusted.
#[must_use]
pub fn online(address: &str, ctx: &egui::Context) -> Option<HttpTiles> {
    // Twice is no harm: the first one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bundles = [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/cert.pem",
        "/etc/ssl/ca-bundle.pem",
    ];
    let unix = cfg!(all(unix, not(target_os = "macos")));
    let named = std::env::var_os("SSL_CERT_FILE").is_some();
    let has_certificates =
        !unix || named || bundles.iter().any(|p| std::path::Path::new(p).exists());
    has_certificates.then(|| HttpTiles::new(Online(address.to_owned()), ctx.clone()))
}

/// What the map under the incidents is drawn from.
pub enum Ground {
    Local(Box<LocalTiles>),
    Online(Box<HttpTiles>),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_https_and_name_the_tile() {
        assert!(is_tile_address(OPEN_STREET_MAP));
        for bad in [
            "http://a/{z}/{x}/{y}",
            "https://a/{z}/{x}",
            "https://a b/{z}/{x}/{y}",
            "file:///{z}{x}{y}",
            "",
        ] {
            assert!(!is_tile_address(bad), "{bad}");
        }
    }
}
