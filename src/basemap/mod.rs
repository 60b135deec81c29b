//! The map under the incidents: tiles from the built-in file or a local one, decoded, and one
//! style for screen and print. Reads files and nothing else: no packet leaves the machine here.
//!
//! A tile that is missing (zooms 7 to 9 exist around Mexico alone) is stood in for by the part of
//! its nearest ancestor that lies under it: see [`Basemap::best_available`].

mod budget;
mod inflate;
mod pmtiles;
mod style;
mod tile;

pub use self::pmtiles::PmtilesSource;
pub use inflate::inflated;
pub use style::{Rule, Style, Token};
pub use tile::{Feature, Path, Place, PlaceClass, Tile};

use crate::locale::Problem;
use std::collections::HashMap;
use std::path::Path as FilePath;
use std::sync::{Arc, LazyLock, Mutex};

/// Zoom, column from 180° W, row from the north: as in XYZ tile addresses.
pub type TileKey = (u8, u32, u32);

/// Tiles kept decoded: some four screens of them.
const CACHED_TILES: usize = 128;

const BUILT_IN: &[u8] = include_bytes!("../../assets/basemap/world.pmtiles");

/// Where tiles come from.
pub trait TileSource: Send + Sync {
    /// The bytes of a vector tile (MVT, not compressed), `None` where there is none.
    fn tile(&self, key: TileKey) -> Option<Vec<u8>>;
    fn max_zoom(&self) -> u8;
    /// Who is to be named under the map; empty where the source does not say.
    fn attribution(&self) -> String;
}

/// A tile source with its decoded tiles at hand. Shared between threads by reference.
pub struct Basemap {
    source: Box<dyn TileSource>,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    tiles: HashMap<TileKey, (u64, Option<Arc<Tile>>)>,
    clock: u64,
}

/// One square of the picture and the tile that it is drawn from, which is the same square or an
/// ancestor that contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    pub wanted: TileKey,
    pub from: TileKey,
    /// Whole worlds east of the one around Greenwich: not 0 beyond the antimeridian.
    pub world: i32,
}

static WORLD: LazyLock<Option<Basemap>> = LazyLock::new(|| {
    let source = PmtilesSource::from_static(BUILT_IN).ok()?;
    Some(Basemap::new(Box::new(source)))
});

impl Basemap {
    /// The map the program carries; a test holds that it is there.
    #[must_use]
    pub fn built_in() -> Option<&'static Basemap> {
        WORLD.as_ref()
    }

    #[must_use]
    pub fn new(source: Box<dyn TileSource>) -> Basemap {
        Basemap {
            source,
            cache: Mutex::default(),
        }
    }

    /// A `.pmtiles` file of vector tiles, in our schema or in that of Protomaps.
    ///
    /// # Errors
    /// Where the file cannot be read, is no PMTiles file, or holds images.
    pub fn open_pmtiles(path: &FilePath) -> Result<Basemap, Problem> {
        Ok(Basemap::new(Box::new(PmtilesSource::open(path)?)))
    }

    #[must_use]
    pub fn max_zoom(&self) -> u8 {
        self.source.max_zoom()
    }

    #[must_use]
    pub fn attribution(&self) -> String {
        self.source.attribution()
    }

    /// The bytes of exactly this tile (MVT, not compressed); `None` too where they would cost too much.
    #[must_use]
    pub fn tile_bytes(&self, key: TileKey) -> Option<Vec<u8>> {
        let bytes = self.source.tile(key)?;
        budget::is_affordable(&bytes).then_some(bytes)
    }

    /// The tile itself where it exists, else its nearest ancestor that does.
    #[must_use]
    pub fn best_available(&self, key: TileKey) -> Option<TileKey> {
        let (mut z, mut x, mut y) = key;
        loop {
            if z <= self.max_zoom() && self.tile((z, x, y)).is_some() {
                return Some((z, x, y));
            }
            z = z.checked_sub(1)?;
            (x, y) = (x / 2, y / 2);
        }
    }

    /// This tile, decoded; `None` where there is none or it is damaged.
    #[must_use]
    pub fn tile(&self, key: TileKey) -> Option<Arc<Tile>> {
        if let Some(known) = self.lock().get(key) {
            return known;
        }
        // Decoded outside of the lock; two threads may do the same tile, with the same result.
        let tile = self
            .tile_bytes(key)
            .and_then(|bytes| Tile::decode(key, bytes))
            .map(Arc::new);
        self.lock().put(key, tile.clone());
        tile
    }

    /// The squares that cover `[west, north, east, south]` of the unit square (x may leave 0..=1)
    /// at a tile zoom, row by row.
    #[must_use]
    pub fn cover(&self, world: [f64; 4], zoom: u8) -> Vec<Cover> {
        let zoom = zoom.min(self.max_zoom());
        let side = f64::from(1_u32 << zoom.min(30));
        let last_row = side - 1.0;
        let rows = (world[1] * side).floor().clamp(0.0, last_row) as u32
            ..=(world[3] * side).floor().clamp(0.0, last_row) as u32;
        let columns = (world[0] * side).floor() as i64..=(world[2] * side).floor() as i64;
        let side = side as i64;
        let mut found = Vec::new();
        for y in rows {
            for column in columns.clone() {
                let wanted = (zoom, column.rem_euclid(side) as u32, y);
                if let Some(from) = self.best_available(wanted) {
                    let world = column.div_euclid(side) as i32;
                    found.push(Cover {
                        wanted,
                        from,
                        world,
                    });
                }
            }
        }
        found
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cache> {
        // A thread that died while it held the lock left a usable cache behind.
        self.cache
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Cache {
    fn get(&mut self, key: TileKey) -> Option<Option<Arc<Tile>>> {
        self.clock += 1;
        let (used, tile) = self.tiles.get_mut(&key)?;
        *used = self.clock;
        Some(tile.clone())
    }

    fn put(&mut self, key: TileKey, tile: Option<Arc<Tile>>) {
        if self.tiles.len() >= 2 * CACHED_TILES {
            let mut ages: Vec<u64> = self.tiles.values().map(|(used, _)| *used).collect();
            ages.sort_unstable();
            let oldest_kept = ages[CACHED_TILES];
            self.tiles.retain(|_, (used, _)| *used >= oldest_kept);
        }
        self.tiles.insert(key, (self.clock, tile));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> &'static Basemap {
        Basemap::built_in().expect("assets/basemap/world.pmtiles opens")
    }

    #[test]
    fn the_whole_world_is_there_to_zoom_6() {
        for z in 0..=6_u8 {
            let last = (1_u32 << z) - 1;
            for key in [(z, 0, 0), (z, last, last), (z, last / 2, last / 3)] {
                assert!(world().tile(key).is_some(), "{key:?}");
            }
        }
        assert_eq!(world().tile((6, 64, 0)), None);
    }

    #[test]
    fn every_layer_of_every_tile_reads() {
        // One feature without a geometry makes readers, walkers' too, drop its whole layer.
        let keys = (0..=9_u8).flat_map(|z| {
            let side = 1_u32 << z;
            // Beyond zoom 6 there are tiles around Mexico alone.
            let (x, y) = if z <= 6 {
                (0..side, 0..side)
            } else {
                (side / 8..side * 3 / 10, side * 3 / 8..side / 2)
            };
            x.flat_map(move |x| y.clone().map(move |y| (z, x, y)))
        });
        let mut tiles = 0;
        for key in keys {
            let Some(bytes) = world().tile_bytes(key) else {
                continue;
            };
            let reader = mvt_reader::Reader::new(bytes).unwrap();
            for layer in reader.get_layer_metadata().unwrap() {
                let features = reader.get_features(layer.layer_index);
                assert!(
                    features.is_ok(),
                    "{} of {key:?}: {:?}",
                    layer.name,
                    features.err()
                );
                assert_eq!(layer.extent, 4096, "walkers reads no other");
            }
            tiles += 1;
        }
        assert!(tiles > 5_461, "{tiles}");
    }

    #[test]
    fn names_and_borders_are_where_they_belong() {
        let places = |key| world().tile(key).unwrap().places.clone();
        let all: Vec<Place> = (11..=16)
            .flat_map(|x| (26..=29).flat_map(move |y| places((6, x, y))))
            .collect();
        let laredo = all
            .iter()
            .find(|p| p.name == "Nuevo Laredo")
            .expect("Nuevo Laredo");
        assert_eq!(
            (laredo.class, laredo.country.as_str()),
            (PlaceClass::City, "MX")
        );
        assert!(
            (laredo.lon_lat[0] + 99.5).abs() < 0.1 && (laredo.lon_lat[1] - 27.5).abs() < 0.1,
            "{laredo:?}"
        );
        assert!(
            all.iter()
                .any(|p| p.class == PlaceClass::State && p.name == "Tamaulipas")
        );
        let tile = world().tile((2, 0, 1)).unwrap();
        for layer in ["land", "coast", "boundary"] {
            assert!(!tile.layer(layer).is_empty(), "{layer}");
        }
    }

    #[test]
    fn a_missing_tile_is_stood_in_for_by_its_ancestor() {
        // Over France there is nothing finer than zoom 6.
        assert_eq!(world().best_available((9, 259, 176)), Some((6, 32, 22)));
        assert_eq!(world().best_available((25, 0, 0)).map(|k| k.0), Some(6));
    }

    #[test]
    fn the_cover_goes_on_beyond_the_antimeridian() {
        let cover = world().cover([0.95, 0.4, 1.05, 0.45], 3);
        assert_eq!(cover.len(), 2);
        assert_eq!((cover[0].wanted, cover[0].world), ((3, 7, 3), 0));
        assert_eq!((cover[1].wanted, cover[1].world), ((3, 0, 3), 1));
    }

    /// The same bytes everywhere.
    struct Same(Vec<u8>);

    impl TileSource for Same {
        fn tile(&self, _: TileKey) -> Option<Vec<u8>> {
            Some(self.0.clone())
        }
        fn max_zoom(&self) -> u8 {
            3
        }
        fn attribution(&self) -> String {
            String::new()
        }
    }

    #[test]
    fn damaged_tiles_and_those_that_cost_too_much_are_none() {
        let bombs = [
            budget::tests::lines(300_000),
            budget::tests::values(100_000, 100_000),
        ];
        for bytes in [vec![0x1A, 0xFF, 0x03, 7]].into_iter().chain(bombs) {
            let bad = Basemap::new(Box::new(Same(bytes)));
            assert!(bad.tile((1, 0, 0)).is_none());
            assert_eq!(bad.cover([0.0, 0.0, 1.0, 1.0], 2), Vec::new());
        }
        let sound = Basemap::new(Box::new(Same(budget::tests::lines(300))));
        assert_eq!(sound.tile((1, 0, 0)).unwrap().layer("land").len(), 1);
    }

    #[test]
    fn the_cache_stays_small() {
        for x in 0..32 {
            for y in 0..20 {
                let _ = world().tile((5, x, y));
            }
        }
        assert!(world().lock().tiles.len() <= 2 * CACHED_TILES);
    }
}
