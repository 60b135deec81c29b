//! Where the parts of a shapefile are: beside each other or in one zip file.

use crate::import::formats::archive::{Archive, entry_problem};
use crate::locale::Problem;
use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};

pub const MOST_PART_BYTES: u64 = 8 << 30;

/// `.prj` and `.cpg`
const MOST_TEXT_BYTES: u64 = 64 << 10;

/// Where the parts of a shapefile are.
#[derive(Clone)]
pub struct Parts {
    /// The file that is imported.
    pub path: PathBuf,
    pub in_zip: bool,
    pub shp: String,
    /// Names, or paths where not in a zip file.
    pub dbf: Option<String>,
    pub shx: Option<String>,
    pub prj: Option<String>,
    pub cpg: Option<String>,
}

pub type Bytes = Box<dyn io::Read + Send>;

impl Parts {
    /// The files beside a `.shp`, whatever the case of their names.
    pub fn beside(path: &Path) -> Result<Parts, Problem> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut names = Vec::new();
        for file in std::fs::read_dir(folder).map_err(|e| Problem::io(path, &e))? {
            let name = file.map_err(|e| Problem::io(path, &e))?.file_name();
            let name = name.to_string_lossy();
            if name.len() == stem.len() + 4 {
                names.push(folder.join(&*name).to_string_lossy().into_owned());
            }
        }
        let shp = folder.join(&*stem).to_string_lossy().into_owned() + ".shp";
        let part = |ending| part_of(&shp, ending, &names);
        Ok(Parts {
            path: path.to_owned(),
            in_zip: false,
            shp: path.to_string_lossy().into_owned(),
            dbf: part("dbf"),
            shx: part("shx"),
            prj: part("prj"),
            cpg: part("cpg"),
        })
    }

    pub fn zipped(path: &Path, archive: &Archive, shp: &str) -> Parts {
        let names: Vec<String> = archive.names().collect();
        let part = |ending| part_of(shp, ending, &names);
        Parts {
            path: path.to_owned(),
            in_zip: true,
            shp: shp.to_owned(),
            dbf: part("dbf"),
            shx: part("shx"),
            prj: part("prj"),
            cpg: part("cpg"),
        }
    }

    pub fn open(&self, part: &str) -> Result<Bytes, Problem> {
        if self.in_zip {
            let stream = Archive::open(&self.path)?.stream(part, MOST_PART_BYTES)?;
            return Ok(Box::new(BufReader::new(stream)));
        }
        // The named file may have a name that is no text.
        let path = match part == self.shp {
            true => self.path.as_path(),
            false => Path::new(part),
        };
        let file = File::open(path).map_err(|e| Problem::io(path, &e))?;
        Ok(Box::new(BufReader::new(file)))
    }

    /// A short text.
    pub fn text(&self, part: &str) -> Result<String, Problem> {
        let mut bytes = Vec::new();
        self.open(part)?
            .take(MOST_TEXT_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|e| entry_problem(&self.path, part, &e))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub fn problem(&self, part: &str, cause: &str) -> Problem {
        let name = Path::new(part).file_name().unwrap_or_default();
        Problem::new(text!(
            "problem-part-damaged",
            file = self.path.display(),
            part = name.to_string_lossy(),
            cause = cause
        ))
    }
}

/// The file of the same name with another ending.
fn part_of(shp: &str, ending: &str, names: &[String]) -> Option<String> {
    let stem = shp.get(..shp.len() - 4)?;
    let wanted = format!("{stem}.{ending}");
    let exact = names.iter().find(|name| **name == wanted);
    let near = || {
        names
            .iter()
            .find(|name| name.to_lowercase() == wanted.to_lowercase())
    };
    exact.or_else(near).cloned()
}
