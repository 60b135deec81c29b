//! Cases of schema version 1, and what rows said before they changed.

use super::*;
use crate::import::Options;
use crate::session::load_file;
use std::io::Read;

/// A case as version 0.1 wrote it, from `own.csv` and `acled.csv` of the fixtures.
fn version_1() -> (tempfile::TempDir, PathBuf) {
    let packed = include_bytes!("../../../tests/fixtures/case/schema-1.gpkg.gz");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&packed[..])
        .read_to_end(&mut bytes)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.gpkg");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The same as version 0.2 left it.
fn version_2() -> (tempfile::TempDir, PathBuf) {
    let (folder, path) = version_1();
    let conn = Connection::open(&path).unwrap();
    rtree::register_functions(&conn).unwrap();
    migrate::upgrade_to(&conn, 1, 2).unwrap();
    conn.execute_batch(
        "INSERT INTO revision (incident_id, import_id, line, superseded_by, row) \
         SELECT 1, import_id, line, import_id, '{}' FROM incident WHERE id = 1",
    )
    .unwrap();
    drop(conn);
    (folder, path)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/import")
        .join(name)
}

fn load(case: &mut Case, file: &Path) -> ImportCounts {
    let loaded = load_file(case, file, &Options::default(), None, &Default::default());
    loaded.unwrap().unwrap().counts
}

#[test]
fn an_older_case_is_read_as_it_is() {
    for (_folder, path) in [version_1(), version_2()] {
        let before = std::fs::read(&path).unwrap();
        let mut case = Case::open_read_only(&path).unwrap();
        let rows = case.columns(|_| true).unwrap().unwrap().len();
        assert!(rows > 2 && case.check().unwrap().is_sound());
        assert!(
            case.history(RowKind::Incident, 1)
                .unwrap()
                .changes
                .is_empty()
        );
        assert!(case.incident(1).unwrap().is_some());
        let last = case.imports().unwrap().pop().unwrap();
        assert_eq!((last.known_at, last.retired), (last.imported_at, 0));
        let all = case.for_job().unwrap().search("report", &|| false).unwrap();
        assert!(all.is_some());
        // Nothing was known on the day before, and all of it on the last day there is.
        for (day, known) in [("1999-12-31", 0), ("9999-12-31", rows)] {
            case.look_back(day.parse().unwrap()).unwrap();
            assert_eq!(case.columns(|_| true).unwrap().unwrap().len(), known);
            case = Case::open_read_only(&path).unwrap();
        }
        drop(case);
        assert!(std::fs::read(&path).unwrap() == before);
    }
}

#[test]
fn a_case_of_version_2_is_upgraded() {
    let (_folder, path) = version_2();
    let mut case = Case::open_for_writing(&path).unwrap();
    assert_eq!(
        case.setting("schema_version").unwrap().as_deref(),
        Some(SCHEMA_VERSION.to_string().as_str())
    );
    assert!(case.check().unwrap().is_sound());
    let kept: i64 = case
        .conn
        .query_row(
            "SELECT count(*) FROM revision WHERE row_id = 1 AND table_name = 'incident' AND change = 'revised'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(kept, 1);
}

#[test]
fn an_older_case_is_upgraded_once_and_its_rows_are_known_again() {
    let (_folder, path) = version_1();
    let mut case = Case::open_for_writing(&path).unwrap();
    assert_eq!(
        case.setting("schema_version").unwrap().as_deref(),
        Some(SCHEMA_VERSION.to_string().as_str())
    );
    let rows = case.columns(|_| true).unwrap().unwrap().len();
    for name in ["own.csv", "acled.csv"] {
        let counts = load(&mut case, &fixture(name));
        assert_eq!((counts.added, counts.updated), (0, 0), "{name}: {counts:?}");
        assert!(counts.unchanged > 0);
    }
    assert!(case.check().unwrap().is_sound());
    drop(case);
    let upgraded = std::fs::read(&path).unwrap();
    let case = Case::open_for_writing(&path).unwrap();
    assert_eq!(case.columns(|_| true).unwrap().unwrap().len(), rows);
    drop(case);
    assert!(std::fs::read(&path).unwrap() == upgraded, "upgraded twice");
}

#[test]
fn what_a_row_said_before_is_kept() {
    let (_folder, path) = version_1();
    let mut case = Case::open_for_writing(&path).unwrap();
    let id = case.incident_id("own", "X-1").unwrap().unwrap();
    let first = case.incident(id).unwrap().unwrap();
    let said = |text: &str| {
        let file = path.with_file_name("own.csv");
        let rows = std::fs::read_to_string(fixture("own.csv")).unwrap();
        std::fs::write(&file, rows.replace("Told by a report.", text)).unwrap();
        file
    };
    for text in ["Told twice.", "Told three times."] {
        let counts = load(&mut case, &said(text));
        assert_eq!((counts.updated, counts.unchanged), (1, 1), "{counts:?}");
    }
    assert_eq!(case.incident_id("own", "X-1").unwrap(), Some(id));
    let now = case.incident(id).unwrap().unwrap();
    assert_eq!(now.incident.narrative.text, "Told three times.");
    // Newest first, each with the import it was from.
    let history = case.history(RowKind::Incident, id).unwrap().changes;
    let said = |record: &Record| match record {
        Record::Incident(i) => i.narrative.text.clone(),
        other => panic!("{other:?}"),
    };
    let told: Vec<[String; 2]> = history
        .iter()
        .map(|c| [said(&c.before), said(&c.after)])
        .collect();
    assert_eq!(
        told,
        [
            ["Told twice.", "Told three times."],
            ["Told by a report.", "Told twice."]
        ]
    );
    assert_eq!(
        history[1].before,
        Record::Incident(Box::new(first.incident))
    );
    assert_eq!(history[1].from_import, first.import.id);
    assert_eq!(
        (history[0].import_id, history[1].import_id),
        (now.import.id, history[0].from_import)
    );
    assert_eq!(history[0].before.row().line(), Some(now.incident.line));
    assert!(case.check().unwrap().is_sound());
}

/// A column that somebody added before an upgrade stands before ours afterwards.
#[test]
fn a_column_of_somebody_elses_outlives_an_upgrade() {
    let (_folder, path) = version_2();
    for table in ["incident", "import"] {
        Connection::open(&path)
            .unwrap()
            .execute_batch(&format!("ALTER TABLE {table} ADD COLUMN note TEXT"))
            .unwrap();
    }
    drop(Case::open_for_writing(&path).unwrap());
    let mut case = Case::open_for_writing(&path).unwrap();
    assert!(case.check().unwrap().is_sound());
}
