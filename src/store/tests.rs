//! What cannot be brought about from outside: a disk that fills up inside of SQLite, and the
//! moment a program is killed.

mod columns;
mod deliveries;
mod history;
mod search;
mod upgrade;
mod ways;

use super::*;
use crate::domain::*;
use jiff::civil::Date;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

fn incident(n: u64) -> Incident {
    Incident {
        external_id: n.to_string(),
        kind: Kind::Arrest,
        source_kind: String::new(),
        title: LocalText::new("Arrest"),
        when: When::day(Date::constant(2025, 2, 3)),
        position: Position::new(-99.5, 27.5, PlacePrecision::Exact).unwrap(),
        places: PlaceNames::default(),
        side_a: vec![Actor::new("Police; state and municipal", ActorType::Police)],
        side_b: Vec::new(),
        deaths: Deaths::UNKNOWN,
        narrative: LocalText::new("words ".repeat(100)),
        sources: Vec::new(),
        credibility: None,
        related: Vec::new(),
        extra: Vec::new(),
        version: None,
        line: n,
    }
}

fn import(name: &str) -> NewImport {
    NewImport {
        dataset: "own".to_owned(),
        licence: String::new(),
        attribution: String::new(),
        file_name: name.to_owned(),
        sha256: name.to_owned(),
        size_bytes: 1,
        format: "csv".to_owned(),
        profile: "own".to_owned(),
        mapping: Vec::new(),
        encoding: "UTF-8".to_owned(),
        ..NewImport::default()
    }
}

/// A closed case with the incidents `0..n`.
fn case_of(n: u64) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.gpkg");
    let mut case = Case::create(&path).unwrap();
    let mut writer = case.begin_import(&import("first.csv")).unwrap();
    (0..n).for_each(|i| assert_eq!(writer.incident(&incident(i)).unwrap(), RowOutcome::Added));
    writer.commit().unwrap();
    (folder, path)
}

#[test]
fn a_full_disk_is_told_and_leaves_the_case_as_it_was() {
    let (_folder, path) = case_of(10);
    let before = std::fs::read(&path).unwrap();
    let mut case = Case::open_for_writing(&path).unwrap();
    let pages: i64 = case
        .conn
        .query_row("PRAGMA page_count", [], |r| r.get(0))
        .unwrap();
    case.conn
        .query_row(
            &format!("PRAGMA max_page_count = {}", pages + 20),
            [],
            |_| Ok(()),
        )
        .unwrap();
    let mut writer = case.begin_import(&import("second.csv")).unwrap();
    let failed = (10..10_000)
        .find_map(|i| writer.incident(&incident(i)).err())
        .unwrap();
    assert_eq!(failed.key, "problem-disk-full");
    drop(writer);
    drop(case);
    assert!(
        std::fs::read(&path).unwrap() == before,
        "the case was changed"
    );
}

/// Copies the case and its journal as they lie on the disk in the middle of an import: what a
/// killed program leaves behind.
fn killed_while_importing(path: &Path) -> (tempfile::TempDir, PathBuf) {
    let mut case = Case::open_for_writing(path).unwrap();
    // A small cache writes its pages to the file long before the end.
    case.conn
        .execute_batch("PRAGMA cache_size = 10; PRAGMA cache_spill = 5;")
        .unwrap();
    let mut writer = case.begin_import(&import("second.csv")).unwrap();
    for i in 0..500 {
        let changed = Incident {
            title: LocalText::new("Changed"),
            ..incident(i)
        };
        writer.incident(&changed).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("case.gpkg");
    std::fs::copy(path, &copy).unwrap();
    std::fs::copy(
        path.with_extension("gpkg-journal"),
        folder.path().join("case.gpkg-journal"),
    )
    .unwrap();
    (folder, copy)
}

#[test]
fn a_killed_import_is_undone_at_the_next_opening() {
    let (_folder, path) = case_of(200);
    let before = std::fs::read(&path).unwrap();
    for open in [Case::open, Case::open_for_writing] {
        let (folder, copy) = killed_while_importing(&path);
        assert!(
            std::fs::read(&copy).unwrap() != before,
            "nothing was half-written: the test shows nothing"
        );
        let mut case = open(&copy).unwrap();
        assert_eq!(case.put_back(), Some(PutBack::Restored));
        assert!(case.check().unwrap().is_sound());
        assert_eq!(
            (
                case.datasets().unwrap()[0].incidents,
                case.imports().unwrap().len()
            ),
            (200, 1)
        );
        drop(case);
        assert!(std::fs::read(&copy).unwrap() == before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
    let (folder, copy) = killed_while_importing(&path);
    let journal = copy.with_extension("gpkg-journal");
    let lying = || {
        [
            std::fs::read(&copy).unwrap(),
            std::fs::read(&journal).unwrap(),
        ]
    };
    let left = lying();
    let mut case = Case::open_read_only(&copy).unwrap();
    assert_eq!(case.put_back(), Some(PutBack::Shown));
    assert_eq!(case.datasets().unwrap()[0].incidents, 200);
    let report = case.check().unwrap();
    let unfinished = report.items.iter().find(|i| i.name == "unfinished");
    assert!(report.is_sound() && unfinished.unwrap().found == "journal, not applied");
    drop(case);
    assert!(lying() == left, "reading changed the file or its journal");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    // The writer above was dropped without a commit each time.
    assert!(std::fs::read(&path).unwrap() == before);
}

#[test]
fn what_is_read_is_what_was_written() {
    let (_folder, path) = case_of(3);
    let case = Case::open_read_only(&path).unwrap();
    let id = case.incident_id("own", "2").unwrap().unwrap();
    let stored = case.incident(id).unwrap().unwrap();
    let mut expected = incident(2);
    // Sides are joined by `;`, so a name cannot hold one.
    expected.side_a[0].name = "Police, state and municipal".to_owned();
    assert_eq!(stored.incident, expected);
    assert_eq!(
        (stored.dataset.as_str(), stored.import.file_name.as_str()),
        ("own", "first.csv")
    );
    assert_eq!(case.incident_id("own", "9").unwrap(), None);
}

#[test]
fn only_the_file_that_changed_something_is_recorded() {
    let (_folder, path) = case_of(3);
    let mut case = Case::open_for_writing(&path).unwrap();
    let mut load = |name: &str, ids: std::ops::Range<u64>| {
        let mut writer = case.begin_import(&import(name)).unwrap();
        ids.for_each(|i| {
            writer.incident(&incident(i)).unwrap();
        });
        let counts = writer.commit().unwrap();
        (
            counts.added,
            counts.unchanged,
            case.imports().unwrap().len(),
        )
    };
    assert_eq!(load("first.csv", 0..3), (0, 3, 1));
    // Another file that says the same is a delivery of its own.
    assert_eq!(load("other.csv", 0..3), (0, 3, 2));
    assert_eq!(load("other.csv", 0..4), (1, 3, 3));
}
