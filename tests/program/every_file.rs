//! Every file at hand, accounted for: each row read is added, updated, unchanged or rejected, and as
//! many rows are read as a slow, simple look at the file finds. A file that is refused says why and
//! leaves the case as it was.

use crate::common::*;
use atalaya::import::Options;
use atalaya::jobs::Progress;
use atalaya::session::load_file;
use atalaya::store::Case;
use std::path::{Path, PathBuf};

/// All files below a folder but those that tell about the others.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        let about = ["source", "license", "readme"];
        if path.is_dir() {
            found.extend(files_below(&path));
        } else if !about.iter().any(|a| name.starts_with(a)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Rows of a file, counted without our own readers; `None` where that takes one.
fn rows_by_hand(path: &Path) -> Option<u64> {
    let bytes = std::fs::read(path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let tags = |names: &[&str]| -> u64 {
        let starts = |name: &&str| {
            let ends = ['>', ' ', '\n', '\r', '\t', '/'];
            let tag = format!("<{name}");
            text.match_indices(&tag)
                .filter(|(at, _)| text[at + tag.len()..].starts_with(ends))
                .count() as u64
        };
        names.iter().map(starts).sum()
    };
    match path.extension()?.to_str()? {
        "csv" => {
            let mut rows = csv::ReaderBuilder::new()
                .flexible(true)
                .from_reader(bytes.as_slice());
            Some(rows.byte_records().count() as u64)
        }
        "kml" => Some(tags(&["Placemark"])),
        "gpx" => Some(tags(&["wpt", "trk", "rte"])),
        "geojson" => {
            let value: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
            Some(match value["features"].as_array() {
                Some(features) => features.len() as u64,
                None => 1,
            })
        }
        // Bytes 4 to 7 of the table beside the shapes.
        "shp" => {
            let dbf = std::fs::read(path.with_extension("dbf")).ok()?;
            Some(u64::from(u32::from_le_bytes(dbf[4..8].try_into().unwrap())))
        }
        _ => None,
    }
}

#[test]
fn every_row_of_every_file_is_accounted_for() {
    let root = testdata("");
    let (mut counted, mut read, mut refused) = (0, Vec::new(), Vec::new());
    let ucdp =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ucdp-mexico/ucdp-ged-mexico.csv.gz");
    for path in files_below(&root).into_iter().chain([ucdp]) {
        let name = path
            .strip_prefix(&root)
            .unwrap_or(path.file_name().unwrap().as_ref());
        let name = name.display().to_string();
        // What is packed is packed for the repository's sake: it is read as it was.
        let name = name.strip_suffix(".gz").unwrap_or(&name).to_owned();
        let path = testdata(&name);
        let folder = folder();
        let case_path = folder.path().join("case.gpkg");
        drop(Case::create(&case_path).unwrap());
        let before = sha256(&case_path);
        let mut case = Case::open_for_writing(&case_path).unwrap();
        let load = |case: &mut Case| {
            load_file(case, &path, &Options::default(), None, &Progress::default())
        };
        match load(&mut case) {
            Err(problem) => {
                drop(case);
                assert_eq!(sha256(&case_path), before, "{name}: half written");
                let sentence = problem.to_string();
                assert!(
                    !sentence.contains("problem-") && !sentence.contains("{ $"),
                    "{sentence}"
                );
                refused.push((name, problem.key));
            }
            Ok(report) => {
                let c = report.expect("not cancelled").counts;
                assert_eq!(
                    c.rows_read,
                    c.added + c.updated + c.unchanged + c.rejected,
                    "{name}"
                );
                if let Some(rows) = rows_by_hand(&path) {
                    assert_eq!(c.rows_read, rows, "{name}: rows were lost");
                    counted += 1;
                }
                // The case holds what the report says.
                let import = case.imports().unwrap().pop().unwrap();
                assert_eq!(
                    [import.rows_read, import.added, import.rejected],
                    [c.rows_read, c.added, c.rejected],
                    "{name}"
                );
                assert_eq!(
                    case.rejects(None, u64::MAX >> 1).unwrap().len() as u64,
                    c.rejected
                );
                // A second load of the same file changes nothing.
                let again = load(&mut case).unwrap().expect("not cancelled").counts;
                assert_eq!(
                    (again.added, again.updated, again.rows_read),
                    (0, 0, c.rows_read),
                    "{name}: a second load changes something"
                );
                read.push((name, c.rows_read, c.rejected));
            }
        }
    }
    // Files of which no row can be kept are refused.
    assert!(counted > 70, "only {counted} files were counted by hand");
    // What becomes of each malformed one is in `fixtures/formats/malformed.golden.txt`.
    read.retain(|(name, ..)| !name.contains('/'));
    refused.retain(|(name, _)| !name.contains('/'));
    let read: Vec<_> = read.iter().map(|(n, r, j)| (n.as_str(), *r, *j)).collect();
    let refused: Vec<_> = refused.iter().map(|(n, k)| (n.as_str(), *k)).collect();
    assert_eq!(
        read,
        [
            // Areas without an actor are no territory estimates.
            ("mx-municipios.geojson", 2_457, 0),
            ("mx-states.shp", 32, 0),
            ("ucdp-ged-mexico.csv", 18_957, 0),
        ]
    );
    assert_eq!(
        refused,
        [
            // The columns of the shapefile, and its reference system.
            ("mx-municipio-names-latin1.csv", "problem-columns-missing"),
            ("mx-states.dbf", "problem-file-type"),
            ("mx-states.prj", "problem-columns-missing"),
            ("mx-states.shx", "problem-part-damaged"),
            ("us-mexico-ports-2018.csv", "problem-columns-places"),
        ]
    );
}
