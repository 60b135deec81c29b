//! What the window remembers from one start to the next, in a file among the user's data: theme,
//! language, size, and the cases opened lately. Nothing of what is in them.

use super::demo::data_folder;
use crate::files::{self, Existing};
use crate::locale::Lang;
use crate::scene::theme::ThemeName;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Cases in the list at most.
const MOST_RECENT: usize = 8;
/// A longer file is none of ours.
const MOST_BYTES: u64 = 256 * 1024;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    theme: Option<ThemeName>,
    /// A code of [`Lang`].
    lang: Option<String>,
    /// Inner size of the window, points.
    window: Option<[f32; 2]>,
    /// The latest first.
    recent: Vec<PathBuf>,
    /// Where all this is kept; nowhere where `None`.
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Settings {
    /// Those of this user.
    #[must_use]
    pub fn of_user() -> Settings {
        Settings::read(data_folder().join("settings.json"))
    }

    /// What a file holds; where it is missing or cannot be understood, nothing is remembered.
    #[must_use]
    pub fn read(file: PathBuf) -> Settings {
        let small = file.metadata().is_ok_and(|m| m.len() <= MOST_BYTES);
        let text = small.then(|| std::fs::read_to_string(&file).ok()).flatten();
        let read = text.and_then(|text| serde_json::from_str::<Settings>(&text).ok());
        let mut settings = read.unwrap_or_default();
        settings.window = settings
            .window
            .filter(|w| w.iter().all(|v| (100.0..=20_000.0).contains(v)));
        settings.recent.truncate(MOST_RECENT);
        settings.recent.retain(|case| case.exists());
        settings.file = Some(file);
        settings
    }

    #[must_use]
    pub fn theme(&self) -> Option<ThemeName> {
        self.theme
    }

    #[must_use]
    pub fn lang(&self) -> Option<Lang> {
        let code = self.lang.as_deref()?;
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    #[must_use]
    pub fn window(&self) -> Option<[f32; 2]> {
        self.window
    }

    /// The cases opened lately, the latest first.
    #[must_use]
    pub fn recent(&self) -> &[PathBuf] {
        &self.recent
    }

    pub fn set_theme(&mut self, theme: ThemeName) {
        self.theme = Some(theme);
        self.save();
    }

    pub fn set_lang(&mut self, lang: Lang) {
        self.lang = Some(lang.code().to_owned());
        self.save();
    }

    pub fn set_window(&mut self, size: [f32; 2]) {
        if self.window != Some(size) {
            self.window = Some(size);
            self.save();
        }
    }

    pub fn opened(&mut self, case: &Path) {
        // A name that is no Unicode cannot be written down here.
        let Ok(case) = std::path::absolute(case) else {
            return;
        };
        if case.to_str().is_none() || self.recent.first() == Some(&case) {
            return;
        }
        self.recent.retain(|known| *known != case);
        self.recent.insert(0, case);
        self.recent.truncate(MOST_RECENT);
        self.save();
    }

    pub fn forget_recent(&mut self) {
        self.recent.clear();
        self.save();
    }

    /// Silently not where it cannot be written: nothing of a case depends on it.
    fn save(&self) {
        let Some(file) = &self.file else { return };
        if let (Some(folder), Ok(json)) = (file.parent(), serde_json::to_vec_pretty(self)) {
            let _ = std::fs::create_dir_all(folder);
            let _ = files::write(file, &json, Existing::Replaced, &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deeper").join("settings.json");
        let mut settings = Settings::read(file.clone());
        assert_eq!((settings.theme(), settings.lang()), (None, None));
        settings.set_theme(ThemeName::Dark);
        settings.set_lang(Lang::Es);
        settings.set_window([1280.0, 720.0]);
        let cases: Vec<PathBuf> = (0..10)
            .map(|i| folder.path().join(format!("{i}.gpkg")))
            .collect();
        for case in &cases {
            std::fs::write(case, "").unwrap();
            settings.opened(case);
        }
        settings.opened(&cases[5]);
        let read = Settings::read(file.clone());
        assert_eq!(read, settings);
        assert_eq!(read.lang(), Some(Lang::Es));
        assert_eq!(read.recent().len(), MOST_RECENT);
        assert_eq!(read.recent()[0], cases[5]);
        // One that is gone is not offered.
        std::fs::remove_file(&cases[5]).unwrap();
        assert_eq!(Settings::read(file.clone()).recent()[0], cases[9]);
        settings.forget_recent();
        assert!(Settings::read(file).recent().is_empty());
    }

    #[test]
    fn a_damaged_file_is_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        for text in ["", "[]", "{\"theme\":7}", "{\"window\":[1e9,-3]}"] {
            std::fs::write(&file, text).unwrap();
            let read = Settings::read(file.clone());
            assert_eq!((read.theme(), read.window()), (None, None), "{text}");
        }
    }
}
