//! The cases that come with the program: Nuevo Laredo in February 2025, coded by hand from public
//! reporting (`data/nuevo-laredo/README.md`), and Mexico 1989–2023, UCDP's rows (`data/ucdp-mexico/README.md`).

use super::load_file;
use super::workspace::{WORKSPACE, Workspace};
use crate::domain::Filter;
use crate::import::Options;
use crate::jobs::Progress;
use crate::locale::Problem;
use crate::scene::layers::territories;
use crate::scene::{Camera, LayerSet};
use crate::store::Case;
use flate2::read::GzDecoder;
use jiff::civil::Date;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The dataset that the rows of Nuevo Laredo belong to.
pub const DEMO_DATASET: &str = "nuevo-laredo-2025";

/// A case that comes with the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Example {
    #[default]
    NuevoLaredo,
    Mexico,
}

/// What the first case begins with: the bridge and its city, in the week of 3 February 2025.
const HERE: Camera = Camera {
    lon: -99.36,
    lat: 27.46,
    zoom: 10.4,
};
const WEEK: [Date; 2] = [Date::constant(2025, 2, 3), Date::constant(2025, 2, 9)];

/// A file with the profile that reads it, where its columns leave that open.
type Shipped = (&'static str, Option<&'static str>, &'static [u8]);

const FILES: [Shipped; 4] = [
    (
        "incidents.csv",
        None,
        include_bytes!("../../data/nuevo-laredo/incidents.csv"),
    ),
    (
        "territories.geojson",
        None,
        include_bytes!("../../data/nuevo-laredo/territories.geojson"),
    ),
    (
        "movements.geojson",
        None,
        include_bytes!("../../data/nuevo-laredo/movements.geojson"),
    ),
    (
        "places.csv",
        Some("places"),
        include_bytes!("../../data/nuevo-laredo/places.csv"),
    ),
];

const UCDP: &[u8] = include_bytes!("../../data/ucdp-mexico/ucdp-ged-mexico.csv.gz");

impl Example {
    /// By the name in commands.
    pub const ALL: [(&'static str, Example); 2] = [
        ("nuevo-laredo", Example::NuevoLaredo),
        ("mexico", Example::Mexico),
    ];

    /// Makes the case at `path`, which must not exist yet; leaves nothing there where that fails or is
    /// cancelled.
    pub fn create(self, path: &Path, progress: &Progress) -> Result<Case, Problem> {
        let mut case = Case::create(path)?;
        let filled = self.fill(&mut case, progress);
        if let Err(problem) = filled {
            drop(case);
            let _ = std::fs::remove_file(path);
            return Err(problem);
        }
        Ok(case)
    }

    /// Makes the case of a user, which has its name only when it is whole: it is never made again.
    pub fn make(self, path: &Path, progress: &Progress) -> Result<(), Problem> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let aside = tempfile::tempdir_in(folder).map_err(|e| Problem::unwritten(folder, &e))?;
        let half = aside.path().join("case.gpkg");
        drop(self.create(&half, progress)?);
        // Another window may have been quicker.
        if !path.exists() {
            std::fs::rename(&half, path).map_err(|e| Problem::unwritten(path, &e))?;
        }
        Ok(())
    }

    fn fill(self, case: &mut Case, progress: &Progress) -> Result<(), Problem> {
        // The files go through the same door as anybody's: from a folder, with their names recorded.
        let temp = std::env::temp_dir();
        let folder = tempfile::tempdir().map_err(|e| Problem::io(&temp, &e))?;
        match self {
            Example::NuevoLaredo => nuevo_laredo(case, folder.path(), progress),
            Example::Mexico => mexico(case, folder.path(), progress),
        }
    }

    /// Where the window keeps it: the user's data folder.
    #[must_use]
    pub fn path(self) -> PathBuf {
        data_folder().join(match self {
            Example::NuevoLaredo => "nuevo-laredo-2025.gpkg",
            Example::Mexico => "mexico-1989-2023.gpkg",
        })
    }
}

/// The Nuevo Laredo case with nothing left of it on the disk.
pub fn demo_scratch() -> Result<Case, Problem> {
    let mut case = Case::scratch(Path::new("nuevo-laredo.gpkg"))?;
    Example::NuevoLaredo.fill(&mut case, &Progress::default())?;
    Ok(case)
}

fn nuevo_laredo(case: &mut Case, folder: &Path, progress: &Progress) -> Result<(), Problem> {
    for (name, profile, bytes) in FILES {
        let file = folder.join(name);
        std::fs::write(&file, bytes).map_err(|e| Problem::io(&file, &e))?;
        let options = Options {
            profile: profile.map(str::to_owned),
            attribution: Some(
                "Newspaper report of February 2025, coded by hand by Atalaya".to_owned(),
            ),
            licence: Some("CC BY 4.0".to_owned()),
            ..Options::default()
        };
        load(case, &file, &options, DEMO_DATASET, progress)?;
    }
    case.set_setting(WORKSPACE, &first_view().to_json())
}

fn mexico(case: &mut Case, folder: &Path, progress: &Progress) -> Result<(), Problem> {
    let file = folder.join("ucdp-ged-mexico.csv");
    let unpacked =
        File::create(&file).and_then(|mut to| std::io::copy(&mut GzDecoder::new(UCDP), &mut to));
    unpacked.map_err(|e| Problem::io(&file, &e))?;
    load(case, &file, &Options::default(), "ucdp-ged", progress)
}

fn load(
    case: &mut Case,
    file: &Path,
    options: &Options,
    dataset: &str,
    progress: &Progress,
) -> Result<(), Problem> {
    let loaded = load_file(case, file, options, Some(dataset), progress)?;
    loaded
        .map(|_| ())
        .ok_or_else(|| Problem::new(text!("problem-cancelled", file = case.path().display())))
}

/// The territory estimates of the example are whole states: they would hatch all of what it begins with.
fn first_view() -> Workspace {
    let mut first = Workspace::at(HERE);
    first.filter = Filter {
        from: Some(WEEK[0]),
        to: Some(WEEK[1]),
        ..Filter::default()
    };
    first.layers = LayerSet::default().without(territories::LAYER.id);
    first
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
