//! What happens between frames: jobs come back, commands are carried out, what follows from the
//! state is brought up to date.

use super::upkeep::Due;
use super::{App, Desk};
use crate::domain::filter::words;
use crate::index::Columns;
use crate::jobs::{Job, Polled};
use crate::locale::Problem;
use crate::online::Limits;
use crate::query::{
    self, Ask, Compared, Figure, Part, Reach, RowSet, Unknown, Window, deaths_by_option, next_day,
};
use crate::scene::ColorBy;
use crate::scene::coloring::MOST_NAMED;
use crate::scene::times::Times;
use crate::session::{
    BasemapChoice, Command, Example, History, LoadReport, Loaded, WORKSPACE, Workspace, advance,
    advance_both, find, picture, play_on, steps_due,
};
use crate::store::{ImportInfo, MbTiles};
use crate::view::cards::{import_message, saves};
use crate::view::inspector::Inspected;
use crate::view::tiles::{Ground, LocalTiles, OnlineTiles, Source, needs_restyle};
use crate::view::{Derived, data_panel::Rejects, theme};
use std::sync::Arc;
use std::time::Duration;

impl App {
    pub(super) fn update_state(&mut self, ctx: &egui::Context) {
        self.note_size(ctx);
        self.take_dropped_files(ctx);
        self.press_keys(ctx);
        self.poll_jobs();
        self.clip
            .take()
            .into_iter()
            .for_each(|text| ctx.copy_text(text));
        self.play(ctx);
        let commands = std::mem::take(&mut self.commands);
        let at_rest = commands.is_empty();
        for command in commands {
            self.carry_out(ctx, command);
        }
        let color_by = self.desk.as_ref().map(|d| d.workspace.layers.color_by);
        self.theme.plain_marks = color_by.is_some_and(|by| by != ColorBy::Kind);
        if self.styled != Some(self.theme.name) {
            theme::apply(ctx, &self.theme);
            // The frame that follows was begun in the old colours.
            ctx.request_repaint();
            self.styled = Some(self.theme.name);
        }
        self.recall(ctx);
        self.list_rejects(ctx);
        self.begin_upkeep(ctx);
        self.work_out_hexes(ctx);
        self.assist(ctx);
        self.refresh(ctx);
        self.selection_follows();
        if at_rest {
            self.settle(ctx);
        }
    }

    fn note_size(&mut self, ctx: &egui::Context) {
        let size = ctx.input(|i| {
            let v = i.viewport();
            let whole = v.maximized.unwrap_or(false) || v.fullscreen.unwrap_or(false);
            v.inner_rect.filter(|_| !whole).map(|r| r.size().into())
        });
        self.size = size.or(self.size);
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
        self.poll_search();
        self.poll_upkeep();
        self.poll_hexes();
        self.poll_recall();
        self.poll_route();
        self.poll_copy();
        self.poll_names();
        self.poll_assistant();
        self.poll_duplicates();
        self.poll_rejects();
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
        match self.drawing.as_ref().map(|(key, job)| (*key, job.poll())) {
            None | Some((_, Polled::Running)) => {}
            Some((key, ended)) => {
                self.drawing = None;
                match ended {
                    Polled::Done(Ok(written)) => self.tell_done(key, &written),
                    Polled::Done(Err(problem)) => self.tell(&problem),
                    _ => self.tell(&Problem::new("problem-job-lost")),
                }
            }
        }
    }

    fn tell_done(&mut self, key: &str, written: &super::Written) {
        self.message = Some(crate::view::cards::Message {
            title: crate::locale::tr(self.lang, key),
            lines: [written.path.display().to_string()]
                .into_iter()
                .chain(written.remark.as_ref().map(|p| p.message(self.lang)))
                .collect(),
            is_problem: false,
            saves: Vec::new(),
        });
    }

    /// A case was opened: it becomes the one on show.
    fn sit_down(&mut self, loaded: Loaded) {
        self.leave();
        let saved = loaded.case.setting(WORKSPACE).ok().flatten();
        let saved = saved.and_then(|json| Workspace::from_json(&json));
        let needs_home = saved.is_none();
        let home = || Workspace::at(loaded.home(self.shown.map.size));
        let mut workspace = saved.unwrap_or_else(home);
        loaded.columns.respell(&mut workspace.filter);
        self.shown.times.reset();
        self.shown.table.reset();
        self.shown.record = crate::view::inspector::State::default();
        self.shown.search.close();
        self.shown.map.pin = None;
        self.shown.map.measure = None;
        let bookmarks = super::bookmarks::of_case(&loaded);
        self.settings.opened(loaded.case.path());
        // It speaks of the example alone.
        self.shown.welcome &= loaded.case.path() == Example::NuevoLaredo.path();
        let remark = loaded.case.remark();
        self.desk = Some(Desk {
            loaded,
            present: None,
            recalling: None,
            history: History::new(workspace.clone()),
            workspace,
            basemap: BasemapChoice::default(),
            derived: Derived::default(),
            derived_from: None,
            found: None,
            searching: None,
            hexing: None,
            upkeep: None,
            upkeep_due: Some(Due {
                has_new_rows: false,
            }),
            selected: Arc::default(),
            chosen: Arc::default(),
            selected_under: 0,
            leading: None,
            inspect: None,
            inspected: Inspected::default(),
            rejects: Rejects::default(),
            rejects_due: true,
            listing: None,
            bookmarks,
            proposed: Default::default(),
            comparing: None,
            search: super::search::Search::default(),
            needs_home,
            playing_since: None,
        });
        if let Some(remark) = remark {
            self.message = Some(crate::view::cards::Message {
                title: crate::locale::tr(self.lang, "case-unfinished-title"),
                lines: vec![remark.message(self.lang)],
                is_problem: false,
                saves: Vec::new(),
            });
        }
        if !self.waiting.is_empty() {
            let files = std::mem::take(&mut self.waiting);
            self.commands.push(Command::ImportPaths(files));
        }
    }

    fn take_import(&mut self, imported: super::Imported) {
        if let Some(loaded) = imported.loaded {
            self.take_new_rows(loaded);
        }
        if !imported.reports.is_empty() {
            let mut message = import_message(self.lang, &imported.reports);
            let with_rejects = self.with_rejects(&imported.reports);
            message.saves = saves(self.lang, &with_rejects);
            message
                .lines
                .extend(imported.problem.map(|p| p.message(self.lang)));
            self.message = Some(message);
        } else if let Some(problem) = imported.problem {
            self.tell(&problem);
        }
    }

    /// File and import of the deliveries that left rejected rows in the case.
    fn with_rejects<'a>(&self, reports: &'a [LoadReport]) -> Vec<(&'a str, i64)> {
        let imports = self.desk.as_ref().map_or(&[][..], |d| &d.loaded.imports);
        let of_it = |r: &&'a LoadReport| {
            let same = |i: &&ImportInfo| i.sha256 == r.sha256 && i.dataset == r.dataset;
            let latest = imports.iter().filter(same).max_by_key(|i| i.id)?;
            (latest.rejected > 0).then_some((r.file.as_str(), latest.id))
        };
        reports.iter().filter_map(|r| of_it(&r)).collect()
    }

    /// The case on show is left: what is known of it alone goes with it.
    fn leave(&mut self) {
        self.keep_workspace();
        if let Some(desk) = &mut self.desk {
            desk.stop_looking();
        }
        // What was asked of the window, and not of that case, still counts.
        self.commands
            .retain(|c| matches!(c, Command::SetTheme(_) | Command::SetLang(_)));
        self.assistant = None;
        self.routing = None;
        self.shown.actors.forget();
        self.shown.bookmarks.renaming = None;
        self.shown.map.sketch = crate::view::map::Sketch::default();
    }

    /// An import has ended: new columns under the same view. The first rows of an empty case are
    /// moved to.
    fn take_new_rows(&mut self, loaded: Loaded) {
        let Some(desk) = &mut self.desk else { return };
        if loaded.case.path() != desk.loaded.case.path() {
            return;
        }
        desk.needs_home |= desk.loaded.columns.is_empty();
        self.replace_rows(loaded);
    }

    /// Other rows of the same case; nothing is selected.
    pub(super) fn replace_rows(&mut self, loaded: Loaded) {
        let Some(desk) = &mut self.desk else { return };
        desk.change_rows(loaded);
        desk.rejects_due = true;
        desk.derived = Derived::default();
        desk.stop_looking();
        (desk.selected, desk.chosen) = Default::default();
        desk.found = None;
        desk.upkeep_due = Some(Due { has_new_rows: true });
        desk.search = super::search::Search::default();
        desk.proposed = Default::default();
        desk.inspect = None;
        desk.inspected = Inspected::default();
        self.shown.times.reset();
        self.shown.table.reset();
        self.shown.record = crate::view::inspector::State::default();
    }

    /// Saves how the case is looked at; silently not where it is read-only.
    pub(super) fn keep_workspace(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.stop_upkeep();
        }
        if let Some(desk) = &self.desk
            && desk.present().read_only().is_none()
        {
            let _ = desk
                .present()
                .set_setting(WORKSPACE, &desk.workspace.to_json());
        }
    }

    fn play(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        let Some(last) = desk.playing_since else {
            return;
        };
        let now = ctx.input(|i| i.time);
        let speed = desk.workspace.timeline.speed;
        let (steps, at) = steps_due(last, now, speed);
        if steps > 0 {
            desk.playing_since = Some(at);
            for _ in 0..steps {
                self.play_step();
            }
        }
        let wait = at + 1.0 / f64::from(speed.max(1)) - now;
        ctx.request_repaint_after(Duration::from_secs_f64(wait.clamp(0.001, 1.0)));
    }

    /// Moves the time window, or both that are compared; at the end of the data playing stops.
    pub(super) fn step(&mut self, steps: i32) {
        let Some(desk) = &mut self.desk else { return };
        let Some((first, last)) = desk.loaded.columns.day_extent() else {
            return;
        };
        let timeline = desk.workspace.timeline;
        for _ in 0..steps.abs() {
            let step = steps.signum();
            let went = match &mut desk.workspace.compare {
                Some(both) => advance_both(both, &timeline, step, first, last),
                None => advance(&mut desk.workspace.filter, &timeline, step, first, last),
            };
            if !went {
                desk.playing_since = None;
                return;
            }
        }
    }

    /// One step of playing, over time in which nothing happened; it stops at the end.
    pub(super) fn play_step(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        if desk.workspace.compare.is_some() {
            return self.step(1);
        }
        let Some(extent) = desk.loaded.columns.day_extent() else {
            return;
        };
        let mut filter = desk.workspace.filter.clone();
        let next_day = |day| desk.next_day(day);
        let went = play_on(&mut filter, &desk.workspace.timeline, next_day, extent);
        desk.workspace.filter = filter;
        if !went {
            desk.playing_since = None;
        }
    }

    fn refresh(&mut self, ctx: &egui::Context) {
        self.lay_ground(ctx);
        self.look_for_words(ctx);
        let Some(desk) = &mut self.desk else { return };
        if desk.derived.generation == 0
            || desk.derived_from.as_ref() != Some(&desk.workspace.filter)
        {
            self.generation += 1;
            let filter = desk.workspace.filter.clone();
            // Until the first words are found, nothing passes them.
            let found = match &desk.found {
                Some((_, rows)) => rows.clone(),
                None => nothing(),
            };
            let ask = Ask {
                filter: &filter,
                found: found.as_ref(),
                links: Some(&desk.loaded.links),
            };
            let area_of = |f: &crate::domain::Filter| f.area.clone();
            if desk.derived_from.as_ref().and_then(area_of) != filter.area {
                let area = filter.area.as_ref();
                desk.derived.area_measure = area.map_or(0.0, crate::domain::outline::measure);
                desk.derived.reach = area.map(|area| Reach::new(&desk.loaded.columns, area));
            }
            derive(
                &mut desk.derived,
                &desk.loaded.columns,
                ask,
                self.generation,
            );
            desk.derived_from = Some(filter);
            desk.derived.compare = None;
            desk.derived.deaths = None;
        }
        count_deaths(desk);
        find_leading(desk);
        compare(desk);
        desk.derived.searching = desk.searching.is_some();
        self.refresh_search(ctx);
    }

    /// Starts the search for the words of the filter where they changed: the newest wins.
    fn look_for_words(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        let text = words(&desk.workspace.filter.text).join(" ");
        let known = desk.found.as_ref().is_some_and(|(of, _)| *of == text);
        let under_way = desk.searching.as_ref().is_some_and(|(of, _)| *of == text);
        if known || under_way {
            return;
        }
        if let Some((_, job)) = desk.searching.take() {
            job.progress.cancel();
        }
        if text.is_empty() {
            desk.found = Some((text, None));
            desk.derived_from = None;
            return;
        }
        let (columns, wanted, wake) = (desk.loaded.columns.clone(), text.clone(), ctx.clone());
        let begun = desk.loaded.case.for_job().and_then(|case| {
            Job::start(
                "search",
                move || wake.request_repaint(),
                move |progress| find(&case, &columns, &wanted, &|| progress.is_cancelled()),
            )
            .map_err(|_| Problem::new("problem-job-lost"))
        });
        match begun {
            Ok(job) => desk.searching = Some((text, job)),
            Err(problem) => {
                desk.found = Some((text, nothing()));
                desk.derived_from = None;
                self.tell(&problem);
            }
        }
    }

    fn poll_search(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let Some((text, job)) = &desk.searching else {
            return;
        };
        let ended = job.poll();
        let text = text.clone();
        match ended {
            Polled::Running => return,
            Polled::Done(Ok(rows)) => {
                desk.found = Some((text, rows));
                desk.derived_from = None;
            }
            // Words that could not be looked for let nothing through: the chip still stands there.
            Polled::Done(Err(problem)) => {
                desk.found = Some((text, nothing()));
                desk.derived_from = None;
                self.tell(&problem);
            }
            Polled::Lost => {
                desk.found = Some((text, nothing()));
                desk.derived_from = None;
                self.tell(&Problem::new("problem-job-lost"));
            }
        }
        if let Some(desk) = &mut self.desk {
            desk.searching = None;
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

/// Finds the actors that have a colour of their own, where colours say actors: anew where something else
/// than time is filtered, so that a colour stays while time moves on.
fn find_leading(desk: &mut Desk) {
    let by = desk.workspace.layers.color_by;
    if !matches!(by, ColorBy::SideA | ColorBy::SideB) {
        desk.leading = None;
        return;
    }
    let derived = &desk.derived;
    match &mut desk.leading {
        Some((of, _)) if *of == derived.generation => {}
        // Nothing but the time is another.
        Some((of, _)) if derived.changes_since(*of).is_some() => *of = derived.generation,
        leading => {
            let found = query::leading(&desk.loaded.columns, &derived.judged, MOST_NAMED);
            *leading = Some((derived.generation, found));
        }
    }
    if let Some((_, found)) = &desk.leading {
        desk.derived.selection.leading.clone_from(found);
    }
}

/// Counts the deaths of every option where they are asked for.
fn count_deaths(desk: &mut Desk) {
    let derived = &mut desk.derived;
    match desk.workspace.figure {
        Figure::Incidents => derived.deaths = None,
        _ if derived.deaths.is_some() => {}
        _ => {
            derived.deaths = Some(deaths_by_option(&desk.loaded.columns, &derived.judged));
        }
    }
}

/// Brings the two times that are compared in line with what is asked for.
fn compare(desk: &mut Desk) {
    let wanted = desk.workspace.compare;
    if desk.derived.compare.as_ref().map(|c| c.windows) != wanted {
        let certain = desk.workspace.filter.certain;
        let of = |windows| {
            let (columns, judged) = (&desk.loaded.columns, &desk.derived.judged);
            Times::new(Compared::of(columns, judged, certain, windows))
        };
        desk.derived.compare = wanted.map(of);
        let rows = desk
            .derived
            .compare
            .as_ref()
            .map(|compared| compared.rows());
        desk.derived.compare_unknown = rows.map_or_else(Unknown::default, |rows| {
            Unknown::of(&desk.loaded.columns, &rows)
        });
    }
}

/// A search that found nothing.
fn nothing() -> Option<Arc<RowSet>> {
    Some(Arc::new(RowSet::new(0, std::iter::empty())))
}

impl Desk {
    /// The first day on or after another on which something possibly happened that all of the filter
    /// but its time lets through.
    pub(super) fn next_day(&self, from: i32) -> Option<i32> {
        let (columns, judged) = (&self.loaded.columns, &self.derived.judged);
        next_day(columns, judged, Part::Time.bit(), from)
    }

    /// Ends the searches under way, whose rows would be of other columns.
    fn stop_looking(&mut self) {
        if let Some((_, job)) = self.searching.take() {
            job.progress.cancel();
        }
        self.search.stop();
        self.stop_comparing();
    }
}

fn derive(derived: &mut Derived, columns: &Columns, ask: Ask, generation: u64) {
    derived.judged.update(columns, ask);
    let rows = std::mem::take(&mut derived.selection.rows);
    let window = Window::of(ask.filter);
    let answer = derived
        .counted
        .answer(columns, &derived.judged, window, rows);
    derived.selection = answer.selection;
    let reach = derived.reach.as_ref();
    derived.selection.inside = reach.map(|reach| reach.counts(&derived.judged));
    derived.facets = answer.facets;
    derived.unknown = answer.unknown;
    derived.generation = generation;
}
