//! Opens the window, or says why there is none and draws a picture instead.

use crate::cli;
use crate::jobs::Progress;
use crate::locale::{Lang, Problem, TextKey, tr};
use crate::session::{self, Loaded};
use crate::store::Case;
use std::path::{Path, PathBuf};

/// Opens `case`, or the Nuevo Laredo case, and the assistant for `files`. Where no window can be opened, says so in one sentence
/// and writes a picture of the case into the current folder.
pub fn open_window(
    case: Option<PathBuf>,
    files: Vec<PathBuf>,
    lang: Option<Lang>,
) -> Result<(), Problem> {
    let spoken = lang.unwrap_or_else(Lang::from_env);
    // As `import` does: a case that is not there yet is made for the files.
    if let Some(path) = case
        .as_deref()
        .filter(|path| !files.is_empty() && !path.exists())
    {
        for file in &files {
            std::fs::metadata(file).map_err(|e| Problem::io(file, &e))?;
        }
        drop(Case::create(path)?);
    }
    for path in case.iter().chain(&files) {
        // A missing file is told at once, on the terminal it was typed in.
        std::fs::metadata(path).map_err(|e| Problem::io(path, &e))?;
    }
    match run(case.clone(), files, lang) {
        Ok(()) => Ok(()),
        Err(why) => {
            let out = case.as_deref().and_then(Path::file_stem).map_or_else(
                || PathBuf::from("nuevo-laredo.png"),
                |stem| PathBuf::from(format!("{}.png", stem.to_string_lossy())),
            );
            let file = out.display().to_string();
            let why = tr(spoken, why);
            let line = tr(spoken, text!("no-window", why = why, file = file));
            cli::remark(&format!("{line}\n"));
            let loaded = match &case {
                Some(case) => Loaded::open_read_only(case)?,
                None => Loaded::read(session::demo_scratch()?, &Progress::default())?.ok_or_else(
                    || Problem::new(text!("problem-cancelled", file = out.display())),
                )?,
            };
            cli::draw_fallback(&loaded, &out, spoken)
        }
    }
}

/// Runs the window to its end; else a key that says why there is none.
#[cfg(feature = "gui")]
fn run(case: Option<PathBuf>, files: Vec<PathBuf>, lang: Option<Lang>) -> Result<(), TextKey> {
    crate::app::run(case, files, lang)
}

#[cfg(not(feature = "gui"))]
fn run(_case: Option<PathBuf>, _files: Vec<PathBuf>, _lang: Option<Lang>) -> Result<(), TextKey> {
    Err(text!("no-window-headless"))
}
