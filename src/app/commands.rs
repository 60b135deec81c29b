//! Each command, carried out.

use super::Imported;
use super::{App, dialogs::Wish};
use crate::domain::when::day_number;
use crate::import::Options;
use crate::jobs::{Job, Progress};
use crate::locale::Problem;
use crate::scene::camera::ZOOM_RANGE;
use crate::scene::{Camera, Theme};
use crate::session::picture::{Aim, Picture, draw, write};
use crate::session::{self, Command, Loaded, Panel, load_file};
use crate::store::Case;
use crate::view::inspector::Inspected;
use std::path::{Path, PathBuf};

impl App {
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::SetTheme(name) => self.theme = Theme::named(name),
            Command::SetLang(lang) => self.lang = lang,
            Command::Fold(panel) => self.fold(panel),
            Command::Open => self.ask(ctx, Wish::Open),
            Command::NewCase => self.ask(ctx, Wish::New),
            Command::Import => self.ask(ctx, Wish::Import),
            Command::SavePicture => self.ask(ctx, Wish::Picture),
            Command::ChooseBasemapFile => self.ask(ctx, Wish::Basemap),
            Command::OpenPath(path) => {
                self.open(ctx, path, Loaded::open);
            }
            Command::OpenDemo => self.open(ctx, session::demo_path(), open_demo),
            Command::NewCaseAt(path) => self.open(ctx, path, |path, progress| {
                Case::create(path)?;
                Loaded::open(path, progress)
            }),
            Command::ImportPaths(paths) => self.import(ctx, paths),
            Command::SavePictureAt(path) => self.save_picture(ctx, path),
            Command::CancelJob => {
                let jobs = [
                    self.opening.as_ref().map(|(_, j)| &j.progress),
                    self.importing.as_ref().map(|j| &j.progress),
                ];
                jobs.into_iter().flatten().for_each(Progress::cancel);
            }
            Command::Dismiss => {
                self.message = None;
                self.typed = None;
            }
            Command::ToggleHelp => self.shown.help = !self.shown.help,
            Command::FocusSearch => {
                ctx.memory_mut(|m| m.request_focus(crate::view::top_bar::search_id()));
            }
            Command::DrawBox(on) => self.shown.map.draw_box = on,
            Command::Step(steps) => self.step(steps),
            other => self.on_desk(ctx, other),
        }
    }

    /// Commands that need an open case.
    fn on_desk(&mut self, ctx: &egui::Context, command: Command) {
        let size = self.shown.map.size;
        let Some(desk) = &mut self.desk else { return };
        match command {
            Command::SetFilter(filter) => {
                if self.shown.search != filter.text {
                    self.shown.search.clone_from(&filter.text);
                }
                desk.workspace.filter = *filter;
            }
            Command::SetCamera(camera) => desk.workspace.camera = camera,
            Command::ZoomBy(levels) => {
                let zoom = (desk.workspace.camera.zoom + levels)
                    .clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end());
                desk.workspace.camera.zoom = zoom;
            }
            Command::Home => {
                let rows = &desk.derived.selection.rows;
                desk.workspace.camera = if rows.is_empty() {
                    desk.loaded.home(size)
                } else {
                    desk.loaded.fitting(rows, size)
                };
            }
            Command::SetLayers(layers) => desk.workspace.layers = layers,
            Command::SetBasemap(choice) => desk.basemap = choice,
            Command::SetTimeline(timeline) => desk.workspace.timeline = timeline,
            Command::Play(on) => {
                desk.playing_since = on.then(|| ctx.input(|i| i.time));
                let at_end = desk
                    .loaded
                    .columns
                    .day_extent()
                    .zip(desk.workspace.filter.to)
                    .is_some_and(|((_, last), to)| day_number(to) >= last);
                // Played to its end it starts again.
                if on && at_end {
                    (desk.workspace.filter.from, desk.workspace.filter.to) = (None, None);
                    self.step(1);
                }
            }
            Command::Select(ids) => {
                desk.inspect = (ids.len() == 1).then(|| ids[0]);
                desk.selected = ids;
                self.fetch_inspected();
            }
            Command::Inspect(id) => {
                desk.inspect = Some(id);
                self.fetch_inspected();
            }
            Command::InspectAll => {
                desk.inspect = None;
                self.fetch_inspected();
            }
            Command::GoToSelected => {
                let id = desk.inspect.or_else(|| desk.selected.first().copied());
                if let Some(stored) = desk
                    .inspected
                    .incident
                    .as_ref()
                    .filter(|s| Some(s.id) == id)
                {
                    let p = stored.incident.position;
                    let zoom = desk.workspace.camera.zoom.max(8.0);
                    desk.workspace.camera = Camera {
                        lon: p.lon,
                        lat: p.lat,
                        zoom,
                    };
                }
            }
            Command::Undo | Command::Redo => {
                let restored = if command == Command::Undo {
                    desk.history.undo(&desk.workspace)
                } else {
                    desk.history.redo(&desk.workspace)
                };
                if let Some(workspace) = restored {
                    self.shown.search.clone_from(&workspace.filter.text);
                    desk.workspace = workspace;
                }
            }
            _ => {}
        }
    }

    fn fold(&mut self, panel: Panel) {
        match panel {
            Panel::Left => self.shown.left = !self.shown.left,
            Panel::Timeline => self.shown.timeline = !self.shown.timeline,
            Panel::Inspector => self.shown.inspector = Some(!self.inspector_is_open()),
        }
    }

    /// Reads the incident to be shown in full, with those it names as related.
    fn fetch_inspected(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let case = &desk.loaded.case;
        let read = || -> Result<Inspected, Problem> {
            let Some(id) = desk.inspect else {
                return Ok(Inspected::default());
            };
            let incident = case.incident(id)?;
            let mut related = Vec::new();
            if let Some(stored) = &incident {
                for external_id in &stored.incident.related {
                    if let Some(id) = case.incident_id(&stored.dataset, external_id)?
                        && let Some(other) = case.incident(id)?
                    {
                        related.push((id, other.incident));
                    }
                }
            }
            Ok(Inspected { incident, related })
        };
        match read() {
            Ok(inspected) => desk.inspected = inspected,
            Err(problem) => self.tell(&problem),
        }
    }

    fn open(
        &mut self,
        ctx: &egui::Context,
        path: PathBuf,
        work: fn(&Path, &Progress) -> Result<Option<Loaded>, Problem>,
    ) {
        // One case at a time: what is under way belongs to the one that is open.
        if self.importing.is_some() || self.opening.is_some() {
            return self.tell(&Problem::new("problem-busy"));
        }
        self.keep_workspace();
        // The writer's lock of the open case is let go first where it is the same file.
        let same = |open: &Path| match (open.canonicalize(), path.canonicalize()) {
            (Ok(a), Ok(b)) => a == b,
            _ => open == path,
        };
        if self
            .desk
            .as_ref()
            .is_some_and(|d| same(d.loaded.case.path()))
        {
            self.desk = None;
        }
        let (file, wake) = (path.clone(), ctx.clone());
        match Job::start(
            "open",
            move || wake.request_repaint(),
            move |progress| work(&file, progress),
        ) {
            Ok(job) => self.opening = Some((path, job)),
            Err(e) => self.tell(&Problem::io(&path, &e)),
        }
    }

    fn import(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        let Some(desk) = &self.desk else {
            return self.tell(&Problem::new("problem-no-case"));
        };
        if self.importing.is_some() {
            return;
        }
        let begun = (|| {
            if let Some(why) = desk.loaded.case.read_only() {
                return Err(why.clone());
            }
            let case = desk.loaded.case.for_job()?;
            let wake = ctx.clone();
            Job::start(
                "import",
                move || wake.request_repaint(),
                move |progress| import_all(case, &paths, progress),
            )
            .map_err(|_| Problem::new("problem-job-lost"))
        })();
        match begun {
            Ok(job) => self.importing = Some(job),
            Err(problem) => self.tell(&problem),
        }
    }

    fn save_picture(&mut self, ctx: &egui::Context, path: PathBuf) {
        let Some(desk) = &self.desk else { return };
        let picture = Picture {
            size_px: crate::scene::page::DEFAULT_SIZE_PX,
            camera: Aim::Camera(desk.workspace.camera, self.shown.map.size),
            title: None,
            filter: desk.workspace.filter.clone(),
            layers: desk.workspace.layers,
            basemap: desk.basemap.clone(),
            theme: self.theme.name,
            lang: self.lang,
        };
        let (case, wake) = (desk.loaded.case.path().to_owned(), ctx.clone());
        let job = Job::start(
            "picture",
            move || wake.request_repaint(),
            move |_| {
                let loaded = Loaded::open_read_only(&case)?;
                let title = case
                    .file_stem()
                    .map(|s| s.to_string_lossy().into_owned())
                    .unwrap_or_default();
                write(&draw(&loaded, &picture)?, &path, &title)?;
                Ok(path)
            },
        );
        match job {
            Ok(job) => self.drawing = Some(job),
            Err(_) => self.tell(&Problem::new("problem-job-lost")),
        }
    }
}

/// Opens the Nuevo Laredo case of this user, made now where it is not there yet.
fn open_demo(path: &Path, progress: &Progress) -> Result<Option<Loaded>, Problem> {
    if !path.exists() {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Problem::io(folder, &e))?;
        }
        session::create_demo(path)?;
    }
    Loaded::open(path, progress)
}

/// Loads the files one after the other, then reads the case anew, whatever became of the last.
fn import_all(mut case: Case, paths: &[PathBuf], progress: &Progress) -> Result<Imported, Problem> {
    let (mut reports, mut problem) = (Vec::new(), None);
    for path in paths {
        match load_file(&mut case, path, &Options::default(), None, progress) {
            Ok(Some(report)) => reports.push(report),
            Ok(None) => break,
            Err(p) => {
                problem = Some(p);
                break;
            }
        }
    }
    if reports.is_empty() {
        return Ok(Imported {
            reports,
            problem,
            loaded: None,
        });
    }
    // Not to be cancelled: the rows are in the case.
    let loaded = Loaded::read(case, &Progress::default())?;
    Ok(Imported {
        reports,
        problem,
        loaded,
    })
}
