//! An image as a tile, within bounds: it may be a stranger's.

use image::{ImageReader, Limits};
use std::io::Cursor;
use walkers::Tile;

/// Pixels a side: a tile of 512 points on a screen of double density.
const LARGEST_SIDE: u32 = 1024;
/// Bytes that may be allocated to read one.
const MOST_BYTES: u64 = 64 << 20;

/// `None` where the bytes are no PNG or JPEG image, or one too large.
pub(super) fn image_tile(bytes: &[u8], ctx: &egui::Context) -> Option<Tile> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let image = reader.decode().ok()?.into_rgba8();
    let size = [image.width() as usize, image.height() as usize];
    let image = egui::ColorImage::from_rgba_unmultiplied(size, &image);
    Some(Tile::Raster(ctx.load_texture(
        "tile",
        image,
        Default::default(),
    )))
}
