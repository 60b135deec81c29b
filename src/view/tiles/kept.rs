//! Tiles kept ready to draw.

use crate::basemap::TileKey;
use std::collections::HashMap;
use walkers::Tile;

/// Pixels kept: about four screens of tiles.
const MOST_PIXELS: usize = 160 * 512 * 512;
/// What a tile counts for that has no image: a vector one as much as an image of its size, and one that
/// is not there enough to bound their number.
const PIXELS_OF_VECTORS: usize = 512 * 512;
const PIXELS_OF_NONE: usize = 64 * 64;

/// The tiles used last; `None` where it is known that there is none.
#[derive(Default)]
pub(super) struct Kept {
    tiles: HashMap<TileKey, (u64, Option<Tile>)>,
    clock: u64,
    pixels: usize,
}

impl Kept {
    pub(super) fn get(&mut self, key: TileKey) -> Option<Option<Tile>> {
        self.clock += 1;
        let (used, tile) = self.tiles.get_mut(&key)?;
        *used = self.clock;
        Some(tile.clone())
    }

    /// Makes room for it among those not used for longest.
    pub(super) fn put(&mut self, key: TileKey, tile: Option<Tile>) {
        self.clock += 1;
        self.pixels += pixels(tile.as_ref());
        let before = self.tiles.insert(key, (self.clock, tile));
        if let Some((_, before)) = before {
            self.pixels -= pixels(before.as_ref());
        }
        if self.pixels > MOST_PIXELS {
            self.halve();
        }
    }

    fn halve(&mut self) {
        let mut by_age: Vec<(u64, TileKey)> = self
            .tiles
            .iter()
            .map(|(key, (used, _))| (*used, *key))
            .collect();
        by_age.sort_unstable();
        for (_, key) in by_age {
            if self.pixels <= MOST_PIXELS / 2 {
                break;
            }
            if let Some((_, tile)) = self.tiles.remove(&key) {
                self.pixels -= pixels(tile.as_ref());
            }
        }
    }
}

fn pixels(tile: Option<&Tile>) -> usize {
    match tile {
        Some(Tile::Raster(image)) => image.size()[0] * image.size()[1],
        Some(Tile::Vector { .. }) => PIXELS_OF_VECTORS,
        None => PIXELS_OF_NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(ctx: &egui::Context, side: usize) -> Tile {
        let pixels = egui::ColorImage::filled([side, side], egui::Color32::RED);
        Tile::Raster(ctx.load_texture("test", pixels, Default::default()))
    }

    #[test]
    fn the_pixels_kept_are_bounded_whatever_their_tiles_are() {
        let ctx = egui::Context::default();
        for side in [256, 1024] {
            let (mut kept, tile) = (Kept::default(), image(&ctx, side));
            for x in 0..2_000 {
                kept.put((12, x, 0), Some(tile.clone()));
                // What is looked at stays.
                assert!(kept.get((12, 0, 0)).is_some(), "{x}");
                assert!(kept.pixels <= MOST_PIXELS);
            }
            assert_eq!(kept.pixels, kept.tiles.len() * side * side);
        }
        let mut kept = Kept::default();
        for x in 0..200_000 {
            kept.put((18, x, 0), None);
        }
        assert!(kept.tiles.len() <= MOST_PIXELS / PIXELS_OF_NONE);
    }

    #[test]
    fn a_tile_that_comes_again_counts_once() {
        let ctx = egui::Context::default();
        let mut kept = Kept::default();
        for side in [512, 256, 256] {
            kept.put((1, 0, 0), Some(image(&ctx, side)));
        }
        kept.put((1, 0, 1), None);
        assert_eq!(kept.pixels, 256 * 256 + PIXELS_OF_NONE);
    }
}
