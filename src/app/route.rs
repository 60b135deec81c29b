//! A route from a file, or along the roads, becomes the area of the filter.

use super::App;
use crate::domain::Area;
use crate::import::route::{self, Route};
use crate::jobs::{Job, Polled};
use crate::locale::{Problem, number, tr, tr_args};
use crate::roads;
use crate::session::Command;
use crate::view::cards::Message;
use std::path::PathBuf;

pub(crate) type RouteJob = Job<Result<Route, Problem>>;

impl App {
    pub(super) fn import_route(&mut self, ctx: &egui::Context, path: PathBuf) {
        if self.desk.is_none() {
            return self.tell(&Problem::new("problem-no-case"));
        }
        let wake = ctx.clone();
        let job = Job::start(
            "route",
            move || wake.request_repaint(),
            move |_| route::read(&path),
        );
        match job {
            Ok(job) => self.routing = Some(job),
            Err(_) => self.tell(&Problem::new("problem-job-lost")),
        }
    }

    /// The fastest way along the roads becomes the area of the filter, as wide as a corridor that is there.
    pub(super) fn filter_along(&mut self, route: &str) {
        let Some(desk) = &self.desk else { return };
        match roads::between(route).map(|ways| ways.into_iter().next()) {
            Ok(Some(way)) => {
                let mut filter = desk.workspace.filter.clone();
                let width_m = filter.corridor_width_m();
                let line = way.line;
                filter.set_area(Some(Area::Corridor { line, width_m }), route);
                self.commands.push(Command::SetFilter(Box::new(filter)));
                self.commands.push(Command::GoToArea);
                // Where its width and the other ways are.
                self.shown.show_filter();
            }
            Ok(None) => {}
            Err(problem) => self.tell(&problem),
        }
    }

    pub(super) fn poll_route(&mut self) {
        match self.routing.as_ref().map(Job::poll) {
            None | Some(Polled::Running) => return,
            Some(Polled::Done(Ok(route))) => self.take_route(route),
            Some(Polled::Done(Err(problem))) => self.tell(&problem),
            Some(Polled::Lost) => self.tell(&Problem::new("problem-job-lost")),
        }
        self.routing = None;
    }

    fn take_route(&mut self, route: Route) {
        let Some(desk) = &self.desk else { return };
        let mut filter = desk.workspace.filter.clone();
        filter.set_area(Some(route.area), "");
        self.commands.push(Command::SetFilter(Box::new(filter)));
        self.commands.push(Command::GoToArea);
        if route.left_out > 0 {
            let n = number(route.left_out as u64);
            self.message = Some(Message {
                title: tr(self.lang, "area-import-done"),
                lines: vec![tr_args(self.lang, "area-import-left-out", &[("n", &n)])],
                is_problem: false,
                saves: Vec::new(),
            });
        }
    }
}
