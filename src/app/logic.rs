//! What happens between frames: jobs come back, commands are carried out, what follows from the
//! state is brought up to date.

use super::{App, Desk};
use crate::domain::Filter;
use crate::jobs::Polled;
use crate::locale::Problem;
use crate::query::{facets, select};
use crate::session::{
    BasemapChoice, Command, History, Loaded, WORKSPACE, Workspace, advance, picture,
};
use crate::store::MbTiles;
use crate::view::cards::import_message;
use crate::view::inspector::Inspected;
use crate::view::tiles::{Ground, LocalTiles, Source, needs_restyle, online};
use crate::view::{Derived, Unknown, data_panel::Rejects, theme};
use std::sync::Arc;
use std::time::Duration;

/// Rejects shown in the window; all of them are in the case.
const MOST_REJECTS: u64 = 500;

impl App {
    pub(super) fn update_state(&mut self, ctx: &egui::Context) {
        self.take_dropped_files(ctx);
        self.press_keys(ctx);
        self.poll_jobs();
        self.play(ctx);
        let commands = std::mem::take(&mut self.commands);
        let at_rest = commands.is_empty();
        for command in commands {
            self.carry_out(ctx, command);
        }
        if self.styled != Some(self.theme.name) {
            theme::apply(ctx, &self.theme);
            self.styled = Some(self.theme.name);
        }
        self.refresh(ctx);
        if at_rest {
            self.settle(ctx);
        }
    }

    fn take_dropped_files(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|i| i.raw.dropped_files.clone());
        let paths: Vec<_> = dropped.into_iter().map(|f| f.path().to_owned()).collect();
        let is_case = |p: &std::path::PathBuf| {
            p.extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("gpkg"))
        };
        match paths.iter().find(|p| is_case(p)) {
            Some(case) => self.commands.push(Command::OpenPath(case.clone())),
            None if !paths.is_empty() => self.commands.push(Command::ImportPaths(paths)),
            None => {}
        }
    }

    pub(super) fn poll_jobs(&mut self) {
        self.poll_dialog();
        match self.opening.as_ref().map(|(_, job)| job.poll()) {
            None | Some(Polled::Running) => {}
            Some(ended) => {
                self.opening = None;
                match ended {
                    Polled::Done(Ok(Some(loaded))) => self.sit_down(loaded),
                    Polled::Done(Err(problem)) => self.tell(&problem),
                    Polled::Lost => self.tell(&Problem::new("problem-job-lost")),
                    Polled::Done(Ok(None)) | Polled::Running => {}
                }
            }
        }
        match self.importing.as_ref().map(crate::jobs::Job::poll) {
            None | Some(Polled::Running) => {}
            Some(ended) => {
                self.importing = None;
                match ended {
                    Polled::Done(Ok(imported)) => self.take_import(imported),
                    Polled::Done(Err(problem)) => self.tell(&problem),
                    Polled::Lost => self.tell(&Problem::new("problem-job-lost")),
                    Polled::Running => {}
                }
            }
        }
        match self.drawing.as_ref().map(crate::jobs::Job::poll) {
            None | Some(Polled::Running) => {}
            Some(ended) => {
                self.drawing = None;
                match ended {
                    Polled::Done(Ok(path)) => self.tell_done("picture-done", &path),
                    Polled::Done(Err(problem)) => self.tell(&problem),
                    _ => self.tell(&Problem::new("problem-job-lost")),
                }
            }
        }
    }

    fn tell_done(&mut self, key: &str, path: &std::path::Path) {
        self.message = Some(crate::view::cards::Message {
            title: crate::locale::tr(self.lang, key),
            lines: vec![path.display().to_string()],
            is_problem: false,
        });
    }

    /// A case was opened: it becomes the one on show.
    fn sit_down(&mut self, loaded: Loaded) {
        self.keep_workspace();
        let saved = loaded.case.setting(WORKSPACE).ok().flatten();
        let saved = saved.and_then(|json| Workspace::from_json(&json));
        let needs_home = saved.is_none();
        let workspace = saved.unwrap_or_else(|| Workspace::at(loaded.home(self.shown.map.size)));
        let rejects = loaded.case.rejects(None, MOST_REJECTS).unwrap_or_default();
        self.shown.times.reset();
        self.shown.search.clone_from(&workspace.filter.text);
        self.desk = Some(Desk {
            loaded,
            history: History::new(workspace.clone()),
            workspace,
            basemap: BasemapChoice::default(),
            derived: Derived::default(),
            derived_from: None,
            selected: Vec::new(),
            selected_rows: Vec::new(),
            inspect: None,
            inspected: Inspected::default(),
            rejects: Rejects { rows: rejects },
            needs_home,
            playing_since: None,
        });
    }

    fn take_import(&mut self, imported: super::Imported) {
        if let Some(loaded) = imported.loaded {
            self.take_new_rows(loaded);
        }
        if !imported.reports.is_empty() {
            let mut message = import_message(self.lang, &imported.reports);
            message
                .lines
                .extend(imported.problem.map(|p| p.message(self.lang)));
            self.message = Some(message);
        } else if let Some(problem) = imported.problem {
            self.tell(&problem);
        }
    }

    /// An import has ended: new columns under the same view. The first rows of an empty case are
    /// moved to.
    fn take_new_rows(&mut self, loaded: Loaded) {
        let Some(desk) = &mut self.desk else { return };
        let was_empty = desk.loaded.columns.is_empty();
        // The case stays: it holds the writer's lock. The job had a connection of its own.
        let case = std::mem::replace(&mut desk.loaded, loaded).case;
        desk.loaded.case = case;
        desk.rejects.rows = desk
            .loaded
            .case
            .rejects(None, MOST_REJECTS)
            .unwrap_or_default();
        desk.needs_home |= was_empty;
        desk.derived = Derived::default();
        desk.selected.clear();
        desk.inspect = None;
        desk.inspected = Inspected::default();
        self.shown.times.reset();
    }

    /// Saves how the case is looked at; silently not where it is read-only.
    pub(super) fn keep_workspace(&mut self) {
        if let Some(desk) = &self.desk
            && desk.loaded.case.read_only().is_none()
        {
            let _ = desk
                .loaded
                .case
                .set_setting(WORKSPACE, &desk.workspace.to_json());
        }
    }

    fn play(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        let Some(last) = desk.playing_since else {
            return;
        };
        let now = ctx.input(|i| i.time);
        let pause = 1.0 / f64::from(desk.workspace.timeline.speed.max(1));
        if now - last >= pause {
            self.commands.push(Command::Step(1));
            desk.playing_since = Some(now);
        }
        let wait = pause - (now - desk.playing_since.unwrap_or(now));
        ctx.request_repaint_after(Duration::from_secs_f64(wait.clamp(0.001, 1.0)));
    }

    /// Moves the time window; at the end of the data playing stops.
    pub(super) fn step(&mut self, steps: i32) {
        let Some(desk) = &mut self.desk else { return };
        let Some((first, last)) = desk.loaded.columns.day_extent() else {
            return;
        };
        let timeline = desk.workspace.timeline;
        if !advance(&mut desk.workspace.filter, &timeline, steps, first, last) {
            desk.playing_since = None;
        }
    }

    fn refresh(&mut self, ctx: &egui::Context) {
        self.lay_ground(ctx);
        let Some(desk) = &mut self.desk else { return };
        if desk.derived.generation == 0
            || desk.derived_from.as_ref() != Some(&desk.workspace.filter)
        {
            self.generation += 1;
            let filter = desk.workspace.filter.clone();
            desk.derived = derive(&desk.loaded, &filter, self.generation);
            desk.derived_from = Some(filter);
        }
        let rows = desk
            .selected
            .iter()
            .filter_map(|id| desk.loaded.row_of(*id))
            .collect();
        if desk.selected_rows != rows {
            desk.selected_rows = rows;
        }
    }

    /// Brings the tiles in line with the basemap that is chosen.
    fn lay_ground(&mut self, ctx: &egui::Context) {
        let choice = self
            .desk
            .as_ref()
            .map_or(BasemapChoice::Builtin, |d| d.basemap.clone());
        let current = self.shown.ground.as_ref();
        let same_choice = current.is_some_and(|(c, _)| *c == choice);
        let restyle = current
            .is_some_and(|(_, was)| needs_restyle(&self.shown.map.ground, *was, self.theme.name));
        if same_choice && !restyle {
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
                    local(Source::Raster(file))
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
                let tiles =
                    online(address, ctx).ok_or_else(|| Problem::new("problem-no-certificates"))?;
                Ground::Online(Box::new(tiles))
            }
        })
    }

    /// A step of undo is kept when hands are off the controls and what they did has arrived.
    fn settle(&mut self, ctx: &egui::Context) {
        let busy = ctx.input(|i| {
            i.pointer.any_down()
                || i.pointer.any_released()
                || i.smooth_scroll_delta != egui::Vec2::ZERO
        }) || ctx.text_edit_focused();
        if let Some(desk) = &mut self.desk
            && !busy
            && desk.playing_since.is_none()
        {
            desk.history.settle(&desk.workspace);
        }
    }
}

fn derive(loaded: &Loaded, filter: &Filter, generation: u64) -> Derived {
    let selection = select(&loaded.columns, filter);
    Derived {
        unknown: Unknown::of(&loaded.columns, &selection),
        any_time: select(&loaded.columns, &filter.any_time()),
        facets: facets(&loaded.columns, filter),
        selection,
        generation,
    }
}
