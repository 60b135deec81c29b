//! Hexagons of a size that was not looked at before: of a million rows they take a second, so that they
//! are worked out beside the window, which shows the raster until they are there.

use super::App;
use crate::jobs::{Job, Polled};

impl App {
    /// Begins to work out what the map does without.
    pub(super) fn work_out_hexes(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        if desk.hexing.is_some() {
            return;
        }
        let Some(resolution) = self.shown.map.take_wanted_hexes() else {
            return;
        };
        let (spatial, columns) = (desk.loaded.spatial.clone(), desk.loaded.columns.clone());
        if spatial.has_hexes(resolution) {
            return;
        }
        let wake = ctx.clone();
        let begun = Job::start(
            "hexagons",
            move || wake.request_repaint(),
            move |_| {
                let _ = spatial.hexes(&columns, resolution);
            },
        );
        match begun {
            Ok(job) => desk.hexing = Some(job),
            // Without a thread of their own they are worked out all the same.
            Err(_) => {
                let _ = desk.loaded.spatial.hexes(&desk.loaded.columns, resolution);
                ctx.request_repaint();
            }
        }
    }

    pub(super) fn poll_hexes(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let running = |job: &Job<()>| matches!(job.poll(), Polled::Running);
        desk.hexing.take_if(|job| !running(job));
    }
}
