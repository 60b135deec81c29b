//! Each command, carried out.

use super::assistant::Order;
use super::{App, Imported, Written, dialogs::Wish};
use crate::domain::when::day_number;
use crate::files::{Existing, refuse_input};
use crate::jobs::{Job, Progress};
use crate::locale::{Lang, Problem};
use crate::render::missing_letters;
use crate::scene::camera::ZOOM_RANGE;
use crate::scene::{Camera, Theme, Way};
use crate::session::changes::tell;
use crate::session::picture::{Aim, Picture, draw, no_font, write};
use crate::session::{Command, Example, Loaded, Panel, load_delivery, rejects::save_rejects};
use crate::store::{Case, RowKind};
use crate::view::inspector::Inspected;
use crate::view::map;
use std::path::{Path, PathBuf};

/// Related rows that are read for the record of one incident: a case may come from anybody.
const MOST_RELATED: usize = 100;

impl App {
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::SetTheme(name) => {
                self.theme = Theme::named(name);
                self.settings.set_theme(name);
            }
            Command::SetLang(lang) => {
                self.lang = lang;
                self.settings.set_lang(lang);
                self.inspect_again();
            }
            Command::Fold(Panel::Table) => self.fold_table(ctx),
            Command::CopyRows(rows) => self.copy_rows(ctx, rows),
            Command::InspectStep(steps) => self.inspect_step(steps),
            Command::Fold(panel) => self.fold(panel),
            Command::Open => self.ask(ctx, Wish::Open),
            Command::NewCase => self.ask(ctx, Wish::New),
            Command::Import => self.ask(ctx, Wish::Import),
            Command::SavePicture => self.ask(ctx, Wish::Picture),
            Command::ChooseBasemapFile => self.ask(ctx, Wish::Basemap),
            Command::OpenPath(path) => {
                self.open(ctx, path, Loaded::open);
            }
            Command::OpenExample(example) => match example {
                Example::NuevoLaredo => self.open(ctx, example.path(), open_nuevo_laredo),
                Example::Mexico => self.open(ctx, example.path(), open_mexico),
            },
            Command::ForgetRecent => self.settings.forget_recent(),
            Command::NewCaseAt(path) => self.open(ctx, path, |path, progress| {
                Case::create(path)?;
                Loaded::open(path, progress)
            }),
            Command::ImportPaths(paths) => self.ask_about(ctx, paths),
            Command::SavePictureAt(path) => self.save_picture(ctx, path),
            Command::SaveRejects(import) => self.ask(ctx, Wish::Rejects(import)),
            Command::SaveRejectsAt(import, path) => self.save_rejects(ctx, import, path),
            Command::CancelJob => {
                let jobs = [
                    self.opening.as_ref().map(|(_, j)| &j.progress),
                    self.importing.as_ref().map(|j| &j.progress),
                    self.long_copying(),
                ];
                jobs.into_iter().flatten().for_each(Progress::cancel);
            }
            Command::Dismiss => {
                self.message = None;
                self.typed = None;
            }
            Command::ToggleHelp => self.shown.help = !self.shown.help,
            Command::FocusSearch => {
                ctx.memory_mut(|m| m.request_focus(crate::view::search::field_id()));
            }
            Command::FocusKnownOn => {
                self.shown.show_filter();
                self.shown.filter.ask_known_on();
            }
            Command::TogglePalette => {
                let open = self.shown.palette.take().is_some();
                self.shown.palette = (!open).then(Default::default);
            }
            Command::Duplicates(asked) => self.on_duplicates(ctx, asked),
            Command::GoTo(at) => self.go_to(at),
            Command::ClearPin => self.shown.map.pin = None,
            Command::Show(named) => self.show_named(&named),
            Command::SelectNamed(named) => self.select_named(&named),
            Command::Measure(on) => {
                self.shown.map.sketch = map::Sketch::default();
                self.shown.map.measure = on.then(Default::default);
            }
            Command::Bookmark(asked) => self.bookmark(asked),
            Command::Take(tool) => {
                self.shown.map.measure = None;
                self.shown.map.sketch = map::Sketch::with(tool);
            }
            Command::ChooseRoute => self.ask(ctx, Wish::Route),
            Command::ImportRoute(path) => self.import_route(ctx, path),
            Command::FilterAlong(route) => self.filter_along(&route),
            Command::Step(steps) => self.step(steps),
            Command::Select(rows) => self.select(rows),
            Command::UndoImport(id) => self.undo_import(ctx, id),
            other => self.on_desk(ctx, other),
        }
    }

    /// Commands that need an open case.
    fn on_desk(&mut self, ctx: &egui::Context, command: Command) {
        let size = self.shown.map.size;
        let Some(desk) = &mut self.desk else { return };
        match command {
            Command::SetFilter(filter) => desk.workspace.filter = *filter,
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
            Command::GoToArea => {
                if let Some(area) = &desk.workspace.filter.area {
                    desk.workspace.camera = Camera::fitting_extent(area.extent(), size, 60.0);
                }
            }
            Command::SetLayers(layers) => desk.workspace.layers = layers,
            Command::SetBasemap(choice) => desk.basemap = choice,
            Command::SetTable(table) => desk.workspace.table = table,
            Command::SetFigure(figure) => desk.workspace.figure = figure,
            Command::SetAreas(areas) => desk.workspace.areas = areas,
            Command::SetTimeline(timeline) => desk.workspace.timeline = timeline,
            Command::SetCompare(compare) => desk.workspace.compare = compare,
            Command::Play(on) => {
                desk.playing_since = on.then(|| ctx.input(|i| i.time));
                let to = desk.workspace.filter.to.map(day_number);
                let at_end = to.is_some_and(|to| desk.next_day(to + 1).is_none());
                // Played to its end it starts again.
                if on && at_end {
                    (desk.workspace.filter.from, desk.workspace.filter.to) = (None, None);
                    self.play_step();
                }
            }
            Command::SelectWay(way) => {
                // Asked for in the frame before another case came.
                if !desk.loaded.has(way) {
                    return;
                }
                desk.inspect = None;
                (desk.selected, desk.chosen) = Default::default();
                self.fetch_way(way);
            }
            Command::Inspect(id) => {
                desk.inspect = Some(id);
                // Asked for, so not to stay folded away.
                self.shown.inspector = self.shown.inspector.filter(|open| *open);
                self.fetch_inspected();
            }
            Command::InspectAll => {
                desk.inspect = None;
                self.fetch_inspected();
            }
            Command::GoToSelected => {
                let way = desk.inspected.way;
                if let Some(extent) = way.and_then(|way| desk.loaded.extent_of(way)) {
                    let camera = Camera::fitting_extent(extent, size, 60.0);
                    let zoom = camera.zoom.min(desk.workspace.camera.zoom.max(9.0));
                    desk.workspace.camera = Camera { zoom, ..camera };
                }
                let first = desk.selected.first();
                let first = first.map(|r| desk.loaded.columns.id[*r as usize]);
                let id = desk.inspect.or(first);
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
                    desk.workspace = workspace;
                }
            }
            _ => {}
        }
    }

    fn fold(&mut self, panel: Panel) {
        match panel {
            Panel::Left => self.shown.left = !self.shown.left,
            Panel::Card(name) => self.shown.toggle(name),
            Panel::Timeline => self.shown.timeline = !self.shown.timeline,
            // Is part of the workspace: see `fold_table`.
            Panel::Table => {}
            Panel::Inspector => self.shown.inspector = Some(!self.inspector_is_open()),
            Panel::Legend => {
                if let Some(desk) = &mut self.desk {
                    let open = self.shown.map.fold_legend(&desk.selected);
                    desk.workspace.legend = Some(open);
                }
            }
        }
    }

    /// Reads the incident to be shown in full, with those it names as related.
    pub(super) fn fetch_inspected(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let case = &desk.loaded.case;
        let read = || -> Result<Inspected, Problem> {
            let Some(id) = desk.inspect else {
                return Ok(Inspected::default());
            };
            let incident = case.incident(id)?;
            let mut related = Vec::new();
            if let Some(stored) = &incident {
                for external_id in stored.incident.related.iter().take(MOST_RELATED) {
                    if let Some(id) = case.incident_id(&stored.dataset, external_id)?
                        && let Some(other) = case.incident(id)?
                    {
                        related.push((id, other.incident));
                    }
                }
            }
            let row = desk.loaded.columns.row_of(id);
            let place = desk.selected.iter().position(|r| Some(*r) == row);
            let linked = row.and_then(|row| desk.loaded.links.group_of(row));
            Ok(Inspected {
                incident,
                related,
                linked: linked.unwrap_or_default().to_vec(),
                history: tell(self.lang, &case.history(RowKind::Incident, id)?),
                place,
                ..Inspected::default()
            })
        };
        match read() {
            Ok(inspected) => desk.inspected = inspected,
            Err(problem) => self.tell(&problem),
        }
    }

    /// Reads what is shown of a movement or a place.
    fn fetch_way(&mut self, way: Way) {
        let Some(desk) = &mut self.desk else { return };
        match inspect_way(&desk.loaded.case, way, self.lang) {
            Ok(inspected) => desk.inspected = inspected,
            Err(problem) => self.tell(&problem),
        }
    }

    /// What earlier files said is kept in words of one language.
    fn inspect_again(&mut self) {
        match self.desk.as_ref().and_then(|d| d.inspected.way) {
            Some(way) => self.fetch_way(way),
            None => self.fetch_inspected(),
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

    pub(super) fn import(&mut self, ctx: &egui::Context, orders: Vec<Order>) {
        let Some(desk) = &mut self.desk else {
            return self.tell(&Problem::new("problem-no-case"));
        };
        // Files dropped while another case opens belong to neither.
        if self.importing.is_some() || self.opening.is_some() {
            return self.tell(&Problem::new("problem-busy"));
        }
        desk.stop_upkeep();
        let begun = (|| {
            if let Some(why) = desk.loaded.case.read_only() {
                return Err(why.clone());
            }
            let files: Vec<&Path> = orders.iter().map(|order| order.path.as_path()).collect();
            refuse_input(desk.loaded.case.path(), &files)?;
            let case = desk.loaded.case.for_job()?;
            let wake = ctx.clone();
            Job::start(
                "import",
                move || wake.request_repaint(),
                move |progress| import_all(case, &orders, progress),
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
            compare: desk.workspace.compare,
            basemap: desk.basemap.clone(),
            theme: self.theme.name,
            lang: self.lang,
        };
        let (case, wake) = (desk.loaded.case.path().to_owned(), ctx.clone());
        let job = Job::start(
            "picture",
            move || wake.request_repaint(),
            move |progress| {
                let day = picture.filter.known_on;
                let Some(loaded) = Loaded::open_known_on(&case, day, progress)? else {
                    return Err(Problem::file("problem-cancelled", &case));
                };
                let title = case
                    .file_stem()
                    .map(|s| s.to_string_lossy().into_owned())
                    .unwrap_or_default();
                let inputs: Vec<&Path> =
                    [&*case].into_iter().chain(picture.basemap.file()).collect();
                let drawing = draw(&loaded, &picture)?;
                write(&drawing, &path, &title, &inputs)?;
                let missing = missing_letters(&drawing);
                let remark = (!missing.is_empty()).then(|| no_font(&missing));
                Ok(Written { path, remark })
            },
        );
        match job {
            Ok(job) => self.drawing = Some(("picture-done", job)),
            Err(_) => self.tell(&Problem::new("problem-job-lost")),
        }
    }

    /// Writes the rows of an import that could not be used, to be mended in a spreadsheet.
    fn save_rejects(&mut self, ctx: &egui::Context, import: i64, path: PathBuf) {
        let Some(desk) = &self.desk else { return };
        let (file, lang, wake) = (desk.loaded.case.path().to_owned(), self.lang, ctx.clone());
        let job = Job::start(
            "rejects",
            move || wake.request_repaint(),
            move |_| {
                let case = Case::open_read_only(&file)?;
                save_rejects(&case, Some(import), lang, &path, Existing::Replaced)?;
                Ok(Written { path, remark: None })
            },
        );
        match job {
            Ok(job) => self.drawing = Some(("rejects-done", job)),
            Err(_) => self.tell(&Problem::new("problem-job-lost")),
        }
    }
}

fn inspect_way(case: &Case, way: Way, lang: Lang) -> Result<Inspected, Problem> {
    let (series, history) = match way {
        Way::Place(id) => (case.place_series(id)?, case.history(RowKind::Place, id)?),
        Way::Movement(id) => (Vec::new(), case.history(RowKind::Movement, id)?),
    };
    Ok(Inspected {
        way: Some(way),
        series,
        history: tell(lang, &history),
        ..Inspected::default()
    })
}

fn open_nuevo_laredo(path: &Path, progress: &Progress) -> Result<Option<Loaded>, Problem> {
    open_example(Example::NuevoLaredo, path, progress)
}

fn open_mexico(path: &Path, progress: &Progress) -> Result<Option<Loaded>, Problem> {
    open_example(Example::Mexico, path, progress)
}

/// Opens this user's case of an example, made now where it is not there yet.
fn open_example(
    example: Example,
    path: &Path,
    progress: &Progress,
) -> Result<Option<Loaded>, Problem> {
    if !path.exists() {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Problem::unwritten(folder, &e))?;
        }
        example.make(path, progress)?;
    }
    Loaded::open(path, progress)
}

/// Loads the files one after the other, then reads the case anew, whatever became of the last.
fn import_all(mut case: Case, orders: &[Order], progress: &Progress) -> Result<Imported, Problem> {
    let (mut reports, mut problem) = (Vec::new(), None);
    for order in orders {
        let delivery = &order.delivery;
        match load_delivery(&mut case, &order.path, &order.options, delivery, progress) {
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
