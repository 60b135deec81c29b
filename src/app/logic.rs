//! What happens between frames: jobs come back, commands are carried out, what follows from the
//! state is brought up to date.

use super::{App, Written};
use crate::domain::ImportInfo;
use crate::jobs::Busy;
use crate::locale::{Problem, TextKey, number, tr};
use crate::scene::ColorBy;
use crate::session::{Command, Desk, Example, LoadReport, Loaded, News};
use crate::view::cards::{Message, import_message, saves};
use crate::view::theme;
use std::time::Duration;

impl App {
    pub(super) fn update_state(&mut self, ctx: &egui::Context) {
        self.note_size(ctx);
        self.take_dropped_files(ctx);
        self.press_keys(ctx);
        self.poll_jobs();
        if let Some(text) = self.clip.take() {
            ctx.copy_text(text);
        }
        if let Some(desk) = &mut self.desk {
            desk.map_size = self.shown.map.size;
            desk.play(ctx.input(|i| i.time));
        }
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
        self.assist(ctx);
        self.lay_ground(ctx);
        if let Some(desk) = &mut self.desk {
            if let Some(resolution) = self.shown.map.take_wanted_hexes() {
                desk.work_out_hexes(resolution);
            }
            desk.update();
        }
        self.refresh_search(ctx);
        self.take_news();
        if at_rest {
            self.settle(ctx);
        }
        let opening = self.opening.is_busy().then_some(Duration::from_millis(100));
        let next = self.desk.as_ref().and_then(Desk::next_look);
        if let Some(wait) = opening.into_iter().chain(next).min() {
            ctx.request_repaint_after(wait);
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
        self.poll_assistant();
        if let Some(desk) = &mut self.desk {
            desk.poll();
        }
        self.take_news();
        match self.opening.poll() {
            Some((_, Ok(Some(loaded)))) => self.show_case(loaded),
            Some((_, Err(problem))) => self.tell(&problem),
            Some((_, Ok(None))) | None => {}
        }
        match self.writing.poll() {
            Some((key, Ok(written))) => self.tell_done(key, &written),
            Some((_, Err(problem))) => self.tell(&problem),
            None => {}
        }
    }

    /// Says and does what the desk has to say.
    fn take_news(&mut self) {
        let news = self.desk.as_mut().map(Desk::take_news);
        for news in news.into_iter().flatten() {
            match news {
                News::Problem(problem) => self.tell(&problem),
                News::Rows => {
                    self.shown.times.reset();
                    self.shown.table.reset();
                    self.shown.record = Default::default();
                }
                News::Imported { reports, problem } => self.tell_imported(&reports, problem),
                News::Copied(rows, text) => {
                    self.shown.table.copied = Some(rows);
                    self.clip = Some(text);
                }
                News::Along => self.shown.show_filter(),
                News::RouteCut(left_out) => {
                    let n = number(left_out);
                    let line = tr(self.lang, text!("area-import-left-out", n = n));
                    self.say(text!("area-import-done"), vec![line]);
                }
                News::Pin(at) => self.shown.map.pin = Some(at),
                News::Bookmarked(at) => self.offer_to_rename(at),
                News::Looking => self.shown.duplicates.begin_anew(),
                // Asked for, so not to stay folded away.
                News::Inspecting => {
                    self.shown.inspector = self.shown.inspector.filter(|open| *open);
                }
            }
        }
    }

    /// A new bookmark is at hand to be given another name.
    fn offer_to_rename(&mut self, at: usize) {
        let added = self.desk.as_ref().and_then(|d| d.bookmarks.all.get(at));
        if let Some(added) = added {
            self.shown.bookmarks.open = true;
            self.shown.bookmarks.renaming = Some((at, added.name.clone(), false));
        }
    }

    /// Shows a message until it is closed.
    fn say(&mut self, title: TextKey, lines: Vec<String>) {
        self.message = Some(Message {
            title: tr(self.lang, title),
            lines,
            is_problem: false,
            saves: Vec::new(),
        });
    }

    fn tell_done(&mut self, key: TextKey, written: &Written) {
        let remark = written.remark.as_ref().map(|p| p.message(self.lang));
        let path = written.path.display().to_string();
        self.say(key, [path].into_iter().chain(remark).collect());
    }

    /// A case was opened: it becomes the one on show.
    fn show_case(&mut self, loaded: Loaded) {
        self.leave();
        self.shown.times.reset();
        self.shown.table.reset();
        self.shown.record = Default::default();
        self.shown.search.close();
        self.shown.map.pin = None;
        self.shown.map.measure = None;
        self.settings.opened(loaded.case.path());
        // It speaks of the example alone.
        self.shown.welcome &= loaded.case.path() == Example::NuevoLaredo.path();
        let remark = loaded.case.remark();
        let (size, after) = (self.shown.map.size, self.generation);
        self.desk = Some(Desk::new(loaded, self.lang, size, after, &self.wake));
        if let Some(remark) = remark {
            self.say(
                text!("case-unfinished-title"),
                vec![remark.message(self.lang)],
            );
        }
        if !self.waiting.is_empty() {
            let files = std::mem::take(&mut self.waiting);
            self.commands.push(Command::ImportPaths(files));
        }
    }

    fn tell_imported(&mut self, reports: &[LoadReport], problem: Option<Problem>) {
        if !reports.is_empty() {
            let mut message = import_message(self.lang, reports);
            message.saves = saves(self.lang, &self.with_rejects(reports));
            message.lines.extend(problem.map(|p| p.message(self.lang)));
            self.message = Some(message);
        } else if let Some(problem) = problem {
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
        // What was asked of the window, and not of that case, still counts.
        self.commands
            .retain(|c| matches!(c, Command::SetTheme(_) | Command::SetLang(_)));
        self.assistant = None;
        self.shown.actors.forget();
        self.shown.bookmarks.renaming = None;
        self.shown.map.sketch = crate::view::map::Sketch::default();
    }

    /// Saves how the case is looked at.
    pub(super) fn keep_workspace(&mut self) {
        if let Some(desk) = &mut self.desk {
            self.generation = desk.generation();
            desk.keep_workspace();
        }
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
        {
            desk.settle();
        }
    }
}
