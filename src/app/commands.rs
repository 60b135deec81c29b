//! Each command, carried out.

use super::{App, Written, dialogs::Wish};
use crate::files::Existing;
use crate::jobs::{Busy, Progress};
use crate::locale::Problem;
use crate::render::missing_letters;
use crate::scene::Theme;
use crate::session::picture::{Aim, Picture, draw, no_font, write};
use crate::session::{Command, Desk, Example, Loaded, Panel, rejects::save_rejects};
use crate::store::Case;
use crate::view::map;
use crate::view::table::keyboard_id;
use std::path::{Path, PathBuf};

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
                if let Some(desk) = &mut self.desk {
                    desk.set_lang(lang);
                }
            }
            Command::Fold(Panel::Table) => self.fold_table(ctx),
            Command::Fold(panel) => self.fold(panel),
            Command::Open => self.ask(Wish::Open),
            Command::NewCase => self.ask(Wish::New),
            Command::Import => self.ask(Wish::Import),
            Command::SavePicture => self.ask(Wish::Picture),
            Command::ChooseBasemapFile => self.ask(Wish::Basemap),
            Command::OpenPath(path) => self.open(path, Loaded::open),
            Command::OpenExample(example) => self.open(example.path(), move |path, progress| {
                open_example(example, path, progress)
            }),
            Command::ForgetRecent => self.settings.forget_recent(),
            Command::NewCaseAt(path) => self.open(path, |path, progress| {
                Case::create(path)?;
                Loaded::open(path, progress)
            }),
            Command::ImportPaths(paths) => self.ask_about(ctx, paths),
            Command::SavePictureAt(path) => self.save_picture(path),
            Command::SaveRejects(import) => self.ask(Wish::Rejects(import)),
            Command::SaveRejectsAt(import, path) => self.save_rejects(import, path),
            Command::CancelJob => {
                self.opening
                    .progress()
                    .into_iter()
                    .for_each(Progress::cancel);
                self.desk.iter().for_each(Desk::cancel);
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
            Command::ClearPin => self.shown.map.pin = None,
            Command::Measure(on) => {
                self.shown.map.sketch = map::Sketch::default();
                self.shown.map.measure = on.then(Default::default);
            }
            Command::Take(tool) => {
                self.shown.map.measure = None;
                self.shown.map.sketch = map::Sketch::with(tool);
            }
            Command::ChooseRoute => self.ask(Wish::Route),
            Command::UndoImport(_) if self.opening.is_busy() => {
                self.tell(&Problem::new(text!("problem-busy")));
            }
            Command::ImportRoute(_) if self.desk.is_none() => {
                self.tell(&Problem::new(text!("problem-no-case")));
            }
            command => {
                if let Some(desk) = &mut self.desk {
                    desk.apply(command);
                }
            }
        }
    }

    /// Whoever opens the table goes on in it by keyboard.
    fn fold_table(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        let open = &mut desk.workspace.table.open;
        *open = !*open;
        if *open {
            ctx.memory_mut(|m| m.request_focus(keyboard_id()));
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
                    let open = self.shown.map.fold_legend(&desk.selected.rows);
                    desk.workspace.legend = Some(open);
                }
            }
        }
    }

    fn open(
        &mut self,
        path: PathBuf,
        work: impl FnOnce(&Path, &Progress) -> Result<Option<Loaded>, Problem> + Send + 'static,
    ) {
        // One case at a time: what is under way belongs to the one that is open.
        if self.is_loading() {
            return self.tell(&Problem::new(text!("problem-busy")));
        }
        self.keep_workspace();
        // The writer's lock of the open case is let go first where it is the same file.
        let same = |open: &Path| match (open.canonicalize(), path.canonicalize()) {
            (Ok(a), Ok(b)) => a == b,
            _ => open == path,
        };
        self.desk.take_if(|d| same(d.loaded.case.path()));
        let file = path.clone();
        self.opening
            .start(path, move |progress| work(&file, progress));
    }

    /// Whether a case is being opened, or files are on their way into the one that is open.
    pub(super) fn is_loading(&self) -> bool {
        let importing = self.desk.as_ref().and_then(Desk::importing);
        self.opening.is_busy() || importing.is_some()
    }

    fn save_picture(&mut self, path: PathBuf) {
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
        let case = desk.loaded.case.path().to_owned();
        // A picture that was asked for is made, whatever is asked for after it.
        self.writing.start(text!("picture-done"), move |_| {
            let day = picture.filter.known_on;
            let Some(loaded) = Loaded::open_known_on(&case, day, &Progress::default())? else {
                return Err(Problem::new(text!(
                    "problem-cancelled",
                    file = case.display()
                )));
            };
            let title = case
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            let inputs: Vec<&Path> = [&*case].into_iter().chain(picture.basemap.file()).collect();
            let drawing = draw(&loaded, &picture)?;
            write(&drawing, &path, &title, &inputs)?;
            let missing = missing_letters(&drawing);
            let remark = (!missing.is_empty()).then(|| no_font(&missing));
            Ok(Written { path, remark })
        });
    }

    /// Writes the rows of an import that could not be used, to be mended in a spreadsheet.
    fn save_rejects(&mut self, import: i64, path: PathBuf) {
        let Some(desk) = &self.desk else { return };
        let (file, lang) = (desk.loaded.case.path().to_owned(), self.lang);
        self.writing.start(text!("rejects-done"), move |_| {
            let case = Case::open_read_only(&file)?;
            save_rejects(&case, Some(import), lang, &path, Existing::Replaced)?;
            Ok(Written { path, remark: None })
        });
    }
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
