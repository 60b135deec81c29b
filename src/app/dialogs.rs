//! Asking for files: the system's dialog on a thread of its own, or, where the system has none, a
//! line to type a path into.

use super::App;
use crate::jobs::{Busy, Slot};
use crate::locale::{TextKey, tr};
use crate::session::Command;
use crate::view::kit;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What the files are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Open,
    New,
    Import,
    Picture,
    Basemap,
    Route,
    /// The rejected rows of an import.
    Rejects(i64),
}

impl Wish {
    const fn title_key(self) -> TextKey {
        match self {
            Wish::Open => text!("menu-open"),
            Wish::New => text!("menu-new"),
            Wish::Import => text!("menu-import"),
            Wish::Picture => text!("menu-picture"),
            Wish::Rejects(_) => text!("data-rejects-save"),
            Wish::Basemap => text!("basemap-file"),
            Wish::Route => text!("area-import"),
        }
    }

    fn command(self, mut paths: Vec<PathBuf>) -> Option<Command> {
        if self == Wish::Import {
            return (!paths.is_empty()).then_some(Command::ImportPaths(paths));
        }
        let path = paths.pop()?;
        Some(match self {
            Wish::Open => Command::OpenPath(path),
            Wish::New => Command::NewCaseAt(with_ending(path, "gpkg")),
            Wish::Picture => Command::SavePictureAt(with_ending(path, "png")),
            Wish::Rejects(import) => Command::SaveRejectsAt(import, with_ending(path, "csv")),
            Wish::Basemap => Command::SetBasemap(crate::session::BasemapChoice::File(path)),
            Wish::Route => Command::ImportRoute(path),
            Wish::Import => return None,
        })
    }
}

fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() {
        path
    } else {
        path.with_extension(ending)
    }
}

/// A system dialog, what it chose, and how long it was open.
pub(crate) type Dialog = Slot<Wish, (Vec<PathBuf>, Duration)>;

/// A path being typed.
pub(crate) struct Typed {
    wish: Wish,
    path: String,
    /// Shown for the first time: the keyboard goes there.
    fresh: bool,
}

/// A dialog that comes back empty sooner than a hand can close one was never there.
const NO_HAND_IS_FASTER: Duration = Duration::from_millis(250);

impl App {
    pub(super) fn ask(&mut self, wish: Wish) {
        if self.dialog.is_busy() {
            return;
        }
        let title = tr(self.lang, wish.title_key());
        let desk = self.desk.as_ref();
        let folder = desk.and_then(|d| d.loaded.case.path().parent().map(PathBuf::from));
        self.dialog.start(wish, move |_| {
            let asked_at = Instant::now();
            Ok((system_dialog(wish, &title, folder), asked_at.elapsed()))
        });
    }

    /// What the path may be called: beside the case, or nothing to go by.
    fn suggested(&self, wish: Wish) -> String {
        let case = self.desk.as_ref().map(|d| d.loaded.case.path());
        let beside = match (wish, case) {
            (Wish::Picture, Some(case)) => case.with_extension("png"),
            (Wish::New, Some(case)) => case.with_file_name("case.gpkg"),
            (Wish::Rejects(_), Some(case)) => case.with_file_name("rejects.csv"),
            _ => return String::new(),
        };
        beside.display().to_string()
    }

    pub(super) fn poll_dialog(&mut self) {
        let Some((wish, answer)) = self.dialog.poll() else {
            return;
        };
        // Where the system has no dialogs a path can be typed.
        let (paths, took) = answer.unwrap_or_default();
        let none = paths.is_empty();
        self.commands.extend(wish.command(paths));
        if none && took < NO_HAND_IS_FASTER {
            self.typed = Some(Typed {
                wish,
                path: self.suggested(wish),
                fresh: true,
            });
        }
    }

    /// The card with a line to type a path into.
    pub(super) fn typed_card(&mut self, ui: &mut egui::Ui) {
        let lang = self.lang;
        let Some(typed) = &mut self.typed else { return };
        ui.set_width(460.0);
        let title = tr(lang, typed.wish.title_key());
        kit::title(ui, &title);
        kit::quiet(ui, tr(lang, text!("typed-what")));
        ui.add_space(4.0);
        let edit = egui::TextEdit::singleline(&mut typed.path)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(10, 6));
        let response = ui.add(edit);
        let name = tr(lang, text!("typed-path"));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
        if std::mem::take(&mut typed.fresh) {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        ui.add_space(8.0);
        let mut done = entered;
        kit::at_right(ui, |ui| {
            done |= kit::primary(ui, None, &tr(lang, text!("ok"))).clicked();
            if kit::button(ui, None, &tr(lang, text!("cancel"))).clicked() {
                self.commands.push(Command::Dismiss);
            }
        });
        if done && !typed.path.trim().is_empty() {
            let path = PathBuf::from(typed.path.trim());
            self.commands.extend(typed.wish.command(vec![path]));
            self.typed = None;
        }
    }
}

/// Of all formats that are read.
fn extensions() -> Vec<&'static str> {
    let formats = crate::import::formats().iter();
    formats.flat_map(|f| f.extensions).copied().collect()
}

fn system_dialog(wish: Wish, title: &str, folder: Option<PathBuf>) -> Vec<PathBuf> {
    let mut dialog = rfd::FileDialog::new().set_title(title);
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    match wish {
        Wish::Open => dialog
            .add_filter("GeoPackage", &["gpkg"])
            .pick_file()
            .into_iter()
            .collect(),
        Wish::New => dialog
            .add_filter("GeoPackage", &["gpkg"])
            .set_file_name("case.gpkg")
            .save_file()
            .into_iter()
            .collect(),
        Wish::Import => dialog
            .add_filter(extensions().join(", "), &extensions())
            .pick_files()
            .unwrap_or_default(),
        Wish::Picture => dialog
            .add_filter("PNG, SVG", &["png", "svg"])
            .set_file_name("map.png")
            .save_file()
            .into_iter()
            .collect(),
        Wish::Rejects(_) => dialog
            .add_filter("CSV", &["csv"])
            .set_file_name("rejects.csv")
            .save_file()
            .into_iter()
            .collect(),
        Wish::Basemap => dialog
            .add_filter("PMTiles, MBTiles", &["pmtiles", "mbtiles"])
            .pick_file()
            .into_iter()
            .collect(),
        Wish::Route => dialog
            .add_filter("GPX, GeoJSON", &["gpx", "geojson", "json"])
            .pick_file()
            .into_iter()
            .collect(),
    }
}
