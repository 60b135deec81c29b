//! Every file of the malformed collections, and what becomes of it: a golden text, so that a change
//! is seen. It is written anew where `ATALAYA_BLESS` is set.

use super::super::formats::{Read, Record, Shape, for_file};
use super::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What the rows bring along, before anything is asked of their columns.
fn shapes(path: &Path) -> Result<String, Problem> {
    let survey = text::survey(path, None)?;
    let format = for_file(path, &survey)?;
    let mut table = (format.open)(path, &survey, &Layout::default())?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut record = Record::default();
    let mut shows_damage = false;
    loop {
        let key = match table.rows.read(&mut record)? {
            Read::End => break,
            Read::Bad(fault) => fault.reason.to_owned(),
            Read::Row => match record.shape {
                Shape::None => "plain",
                Shape::Point { .. } => "point",
                Shape::Line(_) => "line",
                Shape::Area(_) => "area",
            }
            .to_owned(),
        };
        shows_damage |= record.cells().any(|cell| cell.contains('\u{fffd}'));
        *counts.entry(key).or_insert(0) += 1;
    }
    let told = survey
        .notes(path)
        .iter()
        .any(|n| n.key.starts_with("note-encoding"));
    assert!(
        !shows_damage || told,
        "{}: � without a word",
        path.display()
    );
    let mut text = format.id.to_owned();
    for (key, n) in counts {
        write!(text, " {key}×{n}").unwrap();
    }
    for note in table.rows.notes() {
        write!(text, " {}", note.key).unwrap();
    }
    Ok(text)
}

fn imported(path: &Path) -> Result<String, Problem> {
    let (loaded, facts) = load(path)?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for reject in &loaded.rejects {
        *reasons.entry(reject.reason).or_insert(0) += 1;
    }
    let taken = [
        ("incidents", loaded.incidents.len()),
        ("territories", loaded.territories.len()),
        ("movements", loaded.movements.len()),
    ];
    let all = taken.into_iter().chain(reasons).filter(|(_, n)| *n > 0);
    let all: Vec<String> = all.map(|(key, n)| format!("{key} {n}")).collect();
    assert!(facts.size_bytes > 0);
    Ok(format!("{} rows: {}", loaded.rows(), all.join(", ")))
}

#[test]
fn every_malformed_file_has_its_known_end() {
    let mut found = String::new();
    for folder in [
        "csv/csvs",
        "geojson/bad",
        "geojson/good",
        "gpx/test_files",
        "kml",
        "kml-gpx",
    ] {
        let folder_path = testdata("malformed").join(folder);
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder_path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|p| {
                let extension = p.extension().unwrap_or_default().to_string_lossy();
                ["csv", "geojson", "gpx", "kml", "kmz", "tcx"].contains(&&*extension)
            })
            .collect();
        paths.sort();
        for path in paths {
            let said = |end: Result<String, Problem>| {
                end.unwrap_or_else(|problem| {
                    for lang in Lang::ALL {
                        assert!(has(lang, problem.key), "{}", problem.key);
                    }
                    problem.key.to_owned()
                })
            };
            let name = path.file_name().unwrap().to_string_lossy();
            let (shapes, imported) = (said(shapes(&path)), said(imported(&path)));
            writeln!(found, "{folder}/{name}: {shapes} → {imported}").unwrap();
        }
    }
    let golden =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/malformed.golden.txt");
    if std::env::var_os("ATALAYA_BLESS").is_some() {
        std::fs::write(&golden, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap();
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}
