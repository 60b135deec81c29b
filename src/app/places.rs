//! Going to what has a name, and to coordinates.

use super::App;
use crate::domain::area::LonLat;
use crate::domain::filter::is_in_admin;
use crate::index::{Columns, Row};
use crate::scene::Camera;
use crate::session::{Command, Named};

/// How near a place is looked at, where it was looked at from further away.
const NEAR: f64 = 11.0;

impl App {
    /// Marks a place and moves the map there.
    pub(super) fn go_to(&mut self, at: LonLat) {
        let Some(desk) = &mut self.desk else { return };
        self.shown.map.pin = Some(at);
        desk.workspace.camera = looking_at(desk.workspace.camera, at);
    }

    /// Fits the map to all incidents of a name, or moves it to a town.
    pub(super) fn show_named(&mut self, named: &Named) {
        let size = self.shown.map.size;
        let Some(desk) = &mut self.desk else { return };
        let camera = match named {
            Named::Town(_, at) => looking_at(desk.workspace.camera, *at),
            _ => {
                let all = 0..desk.loaded.columns.len() as Row;
                let rows = rows_named(&desk.loaded.columns, all, named);
                if rows.is_empty() {
                    return;
                }
                desk.loaded.fitting(&rows, size)
            }
        };
        desk.workspace.camera = camera;
    }

    /// Selects what passes the filter and has this name.
    pub(super) fn select_named(&mut self, named: &Named) {
        let Some(desk) = &self.desk else { return };
        let rows = desk.derived.selection.rows.iter().copied();
        let rows = rows_named(&desk.loaded.columns, rows, named);
        self.commands.push(Command::Select(rows.into()));
    }
}

fn looking_at(camera: Camera, [lon, lat]: LonLat) -> Camera {
    Camera {
        lon,
        lat: lat.clamp(-84.0, 84.0),
        zoom: camera.zoom.max(NEAR),
    }
}

fn rows_named(c: &Columns, rows: impl Iterator<Item = Row>, named: &Named) -> Vec<Row> {
    match named {
        Named::Place(id) => rows.filter(|r| c.place[*r as usize] == *id).collect(),
        Named::Actor(id) => {
            let names = |r: &Row| c.actors_of(*r).iter().any(|a| a.actor() == *id);
            rows.filter(names).collect()
        }
        Named::Admin(asked) => {
            let inside: Vec<bool> = c
                .admins
                .iter()
                .map(|(_, p)| is_in_admin(p, asked))
                .collect();
            rows.filter(|r| inside[c.admin[*r as usize].0 as usize])
                .collect()
        }
        Named::Town(..) => Vec::new(),
    }
}
