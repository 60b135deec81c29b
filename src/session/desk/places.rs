//! Where the map goes, and the area that is filtered by.

use super::super::Named;
use super::{Desk, News};
use crate::domain::Area;
use crate::domain::area::LonLat;
use crate::domain::filter::is_in_admin;
use crate::import::route;
use crate::index::{Columns, Row};
use crate::roads;
use crate::scene::Camera;
use std::path::PathBuf;

/// How near a place is looked at, where it was looked at from further away.
const NEAR: f64 = 11.0;

impl Desk {
    /// Fits the map to the incidents that pass the filter, or to all of the case.
    pub(super) fn go_home(&mut self) {
        let rows = &self.derived.selection.rows;
        self.workspace.camera = if rows.is_empty() {
            self.loaded.home(self.map_size)
        } else {
            self.loaded.fitting(rows, self.map_size)
        };
    }

    pub(super) fn go_to_area(&mut self) {
        if let Some(area) = &self.workspace.filter.area {
            self.workspace.camera = self.fitting_extent(area.extent());
        }
    }

    fn fitting_extent(&self, extent: [f64; 4]) -> Camera {
        Camera::fitting_extent(extent, self.map_size, 60.0)
    }

    /// Moves the map to what is shown in full.
    pub(super) fn go_to_selected(&mut self) {
        let way = self.inspected.way;
        if let Some(extent) = way.and_then(|way| self.loaded.extent_of(way)) {
            let camera = self.fitting_extent(extent);
            let zoom = camera.zoom.min(self.workspace.camera.zoom.max(9.0));
            self.workspace.camera = Camera { zoom, ..camera };
        }
        let id = self.inspect.or(self.selected.ids.first().copied());
        let stored = self.inspected.incident.as_ref();
        if let Some(stored) = stored.filter(|s| Some(s.id) == id) {
            let p = stored.incident.position;
            self.workspace.camera = Camera {
                lon: p.lon,
                lat: p.lat,
                zoom: self.workspace.camera.zoom.max(8.0),
            };
        }
    }

    /// Marks a place and moves the map there.
    pub(super) fn go_to(&mut self, at: LonLat) {
        self.news.push(News::Pin(at));
        self.workspace.camera = looking_at(self.workspace.camera, at);
    }

    /// Fits the map to all incidents of a name, or moves it to a town.
    pub(super) fn show_named(&mut self, named: &Named) {
        self.workspace.camera = match named {
            Named::Town(_, at) => looking_at(self.workspace.camera, *at),
            _ => {
                let all = 0..self.loaded.columns.len() as Row;
                let rows = rows_named(&self.loaded.columns, all, named);
                if rows.is_empty() {
                    return;
                }
                self.loaded.fitting(&rows, self.map_size)
            }
        };
    }

    /// Selects what passes the filter and has this name.
    pub(super) fn select_named(&mut self, named: &Named) {
        let rows = self.derived.selection.rows.iter().copied();
        let columns = &self.loaded.columns;
        let rows = rows_named(columns, rows, named);
        self.select(columns.ids_of(rows));
    }

    pub(super) fn import_route(&mut self, path: PathBuf) {
        self.jobs.route.start((), move |_| route::read(&path));
    }

    pub(super) fn poll_route(&mut self) {
        match self.jobs.route.poll() {
            Some((_, Ok(route))) => {
                self.workspace.filter.set_area(Some(route.area), "");
                self.go_to_area();
                if route.left_out > 0 {
                    self.news.push(News::RouteCut(route.left_out as u64));
                }
            }
            Some((_, Err(problem))) => self.tell(problem),
            None => {}
        }
    }

    /// The fastest way along the roads becomes the area of the filter, as wide as a corridor that is there.
    pub(super) fn filter_along(&mut self, route: &str) {
        match roads::between(route).map(|ways| ways.into_iter().next()) {
            Ok(Some(way)) => {
                let filter = &mut self.workspace.filter;
                let width_m = filter.corridor_width_m();
                let line = way.line;
                filter.set_area(Some(Area::Corridor { line, width_m }), route);
                self.go_to_area();
                self.news.push(News::Along);
            }
            Ok(None) => {}
            Err(problem) => self.tell(problem),
        }
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
