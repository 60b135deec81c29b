//! The Nuevo Laredo case, coded by hand from public reporting: see `data/nuevo-laredo/README.md`.

use super::load_file;
use super::workspace::{WORKSPACE, Workspace};
use crate::import::Options;
use crate::jobs::Progress;
use crate::locale::Problem;
use crate::scene::Camera;
use crate::store::Case;
use std::path::{Path, PathBuf};

/// The dataset its rows belong to.
pub const DEMO_DATASET: &str = "nuevo-laredo-2025";

/// The stretch of the border that the case is about.
const HERE: Camera = Camera {
    lon: -100.4,
    lat: 26.6,
    zoom: 6.9,
};

const FILES: [(&str, &[u8]); 2] = [
    (
        "incidents.csv",
        include_bytes!("../../data/nuevo-laredo/incidents.csv"),
    ),
    (
        "territories.geojson",
        include_bytes!("../../data/nuevo-laredo/territories.geojson"),
    ),
];

/// Makes the case at `path`, which must not exist yet; leaves nothing there where that fails.
pub fn create_demo(path: &Path) -> Result<Case, Problem> {
    let mut case = Case::create(path)?;
    let filled = fill(&mut case);
    if filled.is_err() {
        drop(case);
        let _ = std::fs::remove_file(path);
        return Err(filled
            .err()
            .unwrap_or_else(|| Problem::new("problem-cancelled")));
    }
    Ok(case)
}

/// The same case with nothing left of it on the disk.
pub fn demo_scratch() -> Result<Case, Problem> {
    let mut case = Case::scratch(Path::new("nuevo-laredo.gpkg"))?;
    fill(&mut case)?;
    Ok(case)
}

fn fill(case: &mut Case) -> Result<(), Problem> {
    // The files go through the same door as anybody's: from a folder, with their names recorded.
    let temp = std::env::temp_dir();
    let folder = tempfile::tempdir().map_err(|e| Problem::io(&temp, &e))?;
    let options = Options {
        attribution: Some("Newspaper report of February 2025, coded by hand by Atalaya".to_owned()),
        licence: Some("CC BY 4.0".to_owned()),
        ..Options::default()
    };
    for (name, bytes) in FILES {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).map_err(|e| Problem::io(&file, &e))?;
        load_file(
            case,
            &file,
            &options,
            Some(DEMO_DATASET),
            &Progress::default(),
        )?;
    }
    case.set_setting(WORKSPACE, &Workspace::at(HERE).to_json())
}

/// Where the window keeps the demo case: the user's data folder.
#[must_use]
pub fn demo_path() -> PathBuf {
    data_folder().join("nuevo-laredo.gpkg")
}

/// The program's own folder among the user's data.
pub(super) fn data_folder() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    let data = set("XDG_DATA_HOME")
        .or_else(|| set("APPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".local").join("share")))
        .unwrap_or_else(std::env::temp_dir);
    data.join("atalaya")
}
