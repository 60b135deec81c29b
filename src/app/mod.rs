//! The program with a window: state changes in [`logic`], drawing in [`ui`].

mod assistant;
mod commands;
mod dialogs;
mod ground;
mod keys;
mod logic;
mod palette;
mod search;
mod ui;

use crate::index::Row;
use crate::jobs::{Busy, Slot, Wake};
use crate::locale::{Lang, Problem, TextKey};
use crate::scene::theme::{Theme, ThemeName};
use crate::session::{Command, Desk, Example, Loaded, Settings, Workspace};
use crate::view::cards::Message;
use crate::view::panels::Shown;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file that was written, and what is to be said of it.
pub(crate) struct Written {
    pub path: PathBuf,
    pub remark: Option<Problem>,
}

/// What the list of the search is made from: text, generation, language, and whether names and incidents were
/// known.
type MadeFrom = (String, u64, Lang, bool, bool);

/// The whole program.
pub struct App {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) styled: Option<ThemeName>,
    pub(crate) desk: Option<Desk>,
    pub(crate) shown: Shown,
    /// The case that is being opened.
    pub(crate) opening: Slot<PathBuf, Option<Loaded>>,
    pub(crate) assistant: Option<assistant::Assistant>,
    /// Where templates are kept, and files the assistant is to open once a case is there.
    pub(crate) templates: PathBuf,
    pub(crate) settings: Settings,
    /// Inner size of the window in the last frame, points; not while it fills the screen.
    pub(crate) size: Option<[f32; 2]>,
    pub(crate) waiting: Vec<PathBuf>,
    /// A file being written, with the key of what is said when it is.
    pub(crate) writing: Slot<TextKey, Written>,
    /// What was copied, for the clipboard.
    pub(crate) clip: Option<String>,
    /// A system dialog that is open.
    pub(crate) dialog: dialogs::Dialog,
    pub(crate) typed: Option<dialogs::Typed>,
    pub(crate) message: Option<Message>,
    pub(crate) commands: Vec<Command>,
    /// That of the desk before: see [`Desk::generation`].
    pub(crate) generation: u64,
    /// What the list of the search was made from.
    pub(crate) listed: Option<MadeFrom>,
    /// Asks for a frame when a job has ended.
    pub(crate) wake: Wake,
}

impl App {
    /// Opens `case`, or the Nuevo Laredo case, once the window is there.
    #[must_use]
    pub fn new(cc: &eframe::CreationContext<'_>, case: Option<PathBuf>, lang: Lang) -> App {
        crate::view::theme::install_fonts(&cc.egui_ctx);
        if cc.wgpu_render_state.is_some() {
            walkers::install_renderer(cc.wgpu_render_state.as_ref());
        }
        let ctx = cc.egui_ctx.clone();
        let wake: Wake = Arc::new(move || ctx.request_repaint());
        let is_welcome = case.is_none();
        let example = Command::OpenExample(Example::NuevoLaredo);
        let first = case.map_or(example, Command::OpenPath);
        App {
            lang,
            theme: Theme::LIGHT,
            styled: None,
            desk: None,
            shown: Shown::new(is_welcome),
            opening: Slot::new("open", &wake),
            assistant: None,
            templates: crate::session::templates_folder(),
            settings: Settings::default(),
            size: None,
            waiting: Vec::new(),
            writing: Slot::new("write", &wake),
            clip: None,
            dialog: Slot::new("dialog", &wake),
            typed: None,
            message: None,
            commands: vec![first],
            generation: 0,
            listed: None,
            wake,
        }
    }

    /// Opens the assistant for these files when the case is there.
    #[must_use]
    pub fn with_files(mut self, files: Vec<PathBuf>) -> App {
        self.waiting = files;
        self
    }

    /// Begins with what was remembered, and remembers.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> App {
        if let Some(theme) = settings.theme() {
            self.theme = Theme::named(theme);
        }
        self.settings = settings;
        self
    }

    /// Shows the card of a start without a case.
    pub fn welcome(&mut self) {
        self.shown.welcome = true;
    }

    /// Keeps templates in another folder than the user's.
    #[must_use]
    pub fn with_templates(mut self, folder: PathBuf) -> App {
        self.templates = folder;
        self
    }

    /// Whether the mapping assistant is open.
    #[must_use]
    pub fn is_assisting(&self) -> bool {
        self.assistant.is_some()
    }

    /// How the open case is looked at.
    #[must_use]
    pub fn workspace(&self) -> Option<&Workspace> {
        self.desk.as_ref().map(|d| &d.workspace)
    }

    /// The open case.
    #[must_use]
    pub fn loaded(&self) -> Option<&Loaded> {
        self.desk.as_ref().map(|d| &d.loaded)
    }

    /// The selected incidents, by primary key.
    #[must_use]
    pub fn selected(&self) -> Vec<i64> {
        let desk = self.desk.as_ref();
        desk.map_or_else(Vec::new, |d| d.selected.ids.to_vec())
    }

    /// The incident shown in full, by primary key.
    #[must_use]
    pub fn inspected(&self) -> Option<i64> {
        self.desk.as_ref().and_then(|d| d.inspect)
    }

    /// The rows the table shows, and those of them in sight.
    #[must_use]
    pub fn table_rows(&self) -> (&[Row], std::ops::Range<usize>) {
        (self.shown.table.rows(), self.shown.table.in_sight())
    }

    /// The bookmarks of the open case, by name.
    #[must_use]
    pub fn bookmarks(&self) -> Vec<&str> {
        let desk = self.desk.iter();
        let all = desk.flat_map(|d| &d.bookmarks.all);
        all.map(|b| b.name.as_str()).collect()
    }

    /// How many incidents pass the filter, linked ones counted once.
    #[must_use]
    pub fn count(&self) -> usize {
        let desk = self.desk.as_ref();
        desk.map_or(0, |d| d.derived.selection.len())
    }

    /// Asks for something as a panel would; it is carried out before the next frame.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Whether any work is under way.
    fn is_busy(&self) -> bool {
        let assistant = self.assistant.as_ref().map(|a| a as &dyn Busy);
        let desk = self.desk.as_ref().map(|d| d as &dyn Busy);
        let own: [&dyn Busy; 2] = [&self.opening, &self.writing];
        let all = own.into_iter().chain(assistant).chain(desk);
        all.into_iter().any(Busy::is_busy)
    }

    /// Waits until no work is under way: for tests, which have no time to wait by the clock.
    pub fn wait_for_jobs(&mut self) {
        while self.is_busy() {
            self.poll_jobs();
            std::thread::yield_now();
        }
    }

    /// Waits until the case that is being opened is there, and for nothing else.
    pub fn wait_until_open(&mut self) {
        while self.opening.is_busy() {
            self.poll_jobs();
            std::thread::yield_now();
        }
    }

    /// Shows a problem until it is closed.
    pub(crate) fn tell(&mut self, problem: &Problem) {
        self.message = Some(Message {
            title: crate::locale::tr(self.lang, text!("problem-title")),
            lines: vec![problem.message(self.lang)],
            is_problem: true,
            saves: Vec::new(),
        });
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.update_state(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn on_exit(&mut self) {
        self.keep_workspace();
        if let Some(size) = self.size {
            self.settings.set_window(size);
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        crate::view::theme::color(self.theme.background).to_normalized_gamma_f32()
    }
}

/// Runs the window to its end; else a locale key that says why there is none.
pub fn run(case: Option<PathBuf>, files: Vec<PathBuf>, lang: Option<Lang>) -> Result<(), TextKey> {
    let unix_desktop = cfg!(all(unix, not(target_os = "macos")));
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    if unix_desktop && !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        return Err(text!("no-window-display"));
    }
    let settings = Settings::of_user();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Atalaya")
            .with_app_id("atalaya")
            .with_inner_size(settings.window().unwrap_or([1600.0, 900.0]))
            .with_min_inner_size([900.0, 560.0]),
        ..Default::default()
    };
    // What is asked for now comes before what was chosen last.
    let lang = lang
        .or_else(|| settings.lang())
        .unwrap_or_else(Lang::from_env);
    // winit panics where libxkbcommon-x11 is missing: that is a missing package, not a fault to
    // end the program by. Only until the window is there: a later panic is a fault, and shown.
    static IS_THERE: AtomicBool = AtomicBool::new(false);
    let open = move || {
        let create: eframe::AppCreator<'_> = Box::new(move |cc| {
            IS_THERE.store(true, Ordering::Relaxed);
            let app = App::new(cc, case, lang).with_files(files);
            Ok(Box::new(app.with_settings(settings)))
        });
        eframe::run_native("atalaya", options, create)
    };
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if IS_THERE.load(Ordering::Relaxed) {
            usual(info);
        }
    }));
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(text!("no-window-driver")),
        Err(panic) if IS_THERE.load(Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(_) => Err(text!("no-window-library")),
    }
}
