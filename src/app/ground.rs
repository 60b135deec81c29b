//! The map below: its tiles follow what is chosen.

use super::App;
use crate::locale::Problem;
use crate::online::Limits;
use crate::session::{BasemapChoice, picture};
use crate::store::MbTiles;
use crate::view::tiles::{Ground, LocalTiles, OnlineTiles, Source, needs_restyle};
use std::sync::Arc;

impl App {
    /// Brings the tiles in line with the basemap that is chosen.
    pub(super) fn lay_ground(&mut self, ctx: &egui::Context) {
        let choice = self
            .desk
            .as_ref()
            .map_or(BasemapChoice::Builtin, |d| d.basemap.clone());
        let current = self.shown.ground.as_ref();
        let same_choice = current.is_some_and(|(c, _)| *c == choice);
        let restyle = current
            .is_some_and(|(_, was)| needs_restyle(&self.shown.map.ground, *was, self.theme.name));
        if same_choice && !restyle {
            // What else is being told comes first.
            if self.message.is_none()
                && let Some(problem) = self.shown.map.ground.trouble()
            {
                self.tell(&problem);
            }
            return;
        }
        self.shown.map.names = None;
        self.shown.map.attribution.clear();
        match self.ground_of(ctx, &choice) {
            Ok(ground) => {
                self.shown.map.ground = ground;
                self.shown.ground = Some((choice, self.theme.name));
            }
            Err(problem) => {
                self.tell(&problem);
                if let Some(desk) = &mut self.desk {
                    desk.basemap = BasemapChoice::Builtin;
                }
            }
        }
    }

    fn ground_of(
        &mut self,
        ctx: &egui::Context,
        choice: &BasemapChoice,
    ) -> Result<Ground, Problem> {
        let local = |source| Ground::Local(Box::new(LocalTiles::new(source, &self.theme, ctx)));
        Ok(match choice {
            BasemapChoice::Builtin => match crate::basemap::Basemap::built_in() {
                Some(map) => local(Source::BuiltIn(map)),
                None => Ground::Plain,
            },
            BasemapChoice::None => Ground::Plain,
            BasemapChoice::File(path) if picture::is_mbtiles(path) => {
                let file = MbTiles::open(path)?;
                if file.is_raster() {
                    self.shown.map.attribution.clone_from(&file.attribution);
                    local(Source::Raster(Box::new(file)))
                } else {
                    drop(file);
                    let map = Arc::new(picture::open_basemap(path)?);
                    let ground = local(Source::Vector(map.clone()));
                    self.shown.map.attribution = map.attribution();
                    self.shown.map.names = Some(map);
                    ground
                }
            }
            BasemapChoice::File(path) => {
                let map = Arc::new(picture::open_basemap(path)?);
                let ground = local(Source::Vector(map.clone()));
                self.shown.map.attribution = map.attribution();
                self.shown.map.names = Some(map);
                ground
            }
            BasemapChoice::Online(address) => {
                let tiles = OnlineTiles::new(address, Limits::default(), ctx)?;
                Ground::Online(Box::new(tiles))
            }
        })
    }
}
