//! Tiles of an online map.

use super::kept::Kept;
use super::raster::image_tile;
use super::{NO_ATTRIBUTION, RASTER_SIZE, part_of};
use crate::locale::Problem;
use crate::online::{Limits, Server};
use std::time::Instant;
use walkers::sources::Attribution;
use walkers::{Tile, TileId, TilePiece, Tiles};

/// The finest zoom asked for.
const MAX_ZOOM: u8 = 19;

/// Images that a server sends, while it does so; below each that is missing lies a coarser one.
pub struct OnlineTiles {
    server: Server<Tile>,
    kept: Kept,
    ctx: egui::Context,
}

impl OnlineTiles {
    /// # Errors
    /// Where the machine has no certificates, without which no connection can be trusted.
    pub fn new(address: &str, limits: Limits, ctx: &egui::Context) -> Result<OnlineTiles, Problem> {
        let (maker, waker) = (ctx.clone(), ctx.clone());
        let server = Server::new(
            address,
            limits,
            move |bytes| image_tile(bytes, &maker),
            move || waker.request_repaint(),
        )?;
        Ok(OnlineTiles {
            server,
            kept: Kept::default(),
            ctx: ctx.clone(),
        })
    }

    /// How many tiles are asked for and not yet here.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.server.under_way()
    }

    /// What is wrong with the server, once.
    pub fn trouble(&mut self) -> Option<Problem> {
        self.server.trouble()
    }
}

impl Tiles for OnlineTiles {
    fn at(&mut self, id: TileId) -> Option<TilePiece> {
        let now = Instant::now();
        for (key, tile) in self.server.answers(now) {
            self.kept.put(key, tile);
        }
        let finest = id.zoom.min(MAX_ZOOM);
        let key = |zoom: u8| (zoom, id.x >> (id.zoom - zoom), id.y >> (id.zoom - zoom));
        if self.kept.get(key(finest)).is_none()
            && let Some(left) = self.server.ask(key(finest), now)
        {
            self.ctx.request_repaint_after(left);
        }
        let coarser = (0..=finest).rev().map(key);
        let mut there = coarser.filter_map(|key| Some((key, self.kept.get(key)??)));
        let (key, tile) = there.next()?;
        Some(part_of(tile, key, id))
    }

    fn attribution(&self) -> Attribution {
        NO_ATTRIBUTION
    }

    fn tile_size(&self) -> u32 {
        RASTER_SIZE
    }
}
