//! Binary files made to do harm, or damaged on their way: each ends in items or in one clear sentence.

use super::*;
use proptest::prelude::*;
use rusqlite::Connection;
use zip::write::{SimpleFileOptions, ZipWriter};

/// How a file ends: the key of the problem, or the reasons of the rejects.
pub(super) fn ending(bytes: &[u8], extension: &str) -> Result<(Loaded, FileFacts), &'static str> {
    ending_of(written(bytes, extension).path())
}

pub(super) fn ending_of(path: &Path) -> Result<(Loaded, FileFacts), &'static str> {
    let result = load(path);
    result.map_err(|problem| {
        for lang in Lang::ALL {
            let message = problem.message(lang);
            assert!(message.len() > 20 && message != problem.key, "{message}");
            // A name of a column may hold a dollar: a value that is not filled in stands in braces.
            assert!(!message.contains("{$"), "{message}");
        }
        problem.key
    })
}

pub(super) fn key(bytes: &[u8], extension: &str) -> &'static str {
    match ending(bytes, extension) {
        Ok((loaded, _)) => panic!("{} rows taken", loaded.rows()),
        Err(key) => key,
    }
}

pub(super) fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

// --- GeoPackage -------------------------------------------------------------------------------

const GPKG: &str = "
    CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '');
    INSERT INTO gpkg_spatial_ref_sys VALUES ('NAD27', 4267, 'EPSG', 4267, '');
    CREATE TABLE gpkg_contents (table_name, data_type);
    CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);
    INSERT INTO gpkg_contents VALUES ('a', 'features');
    INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 4326);";

fn gpkg(sql: &str) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".gpkg").tempfile().unwrap();
    let conn = Connection::open(file.path()).unwrap();
    conn.execute_batch(sql).unwrap();
    file
}

fn gpkg_key(sql: &str) -> &'static str {
    match ending_of(gpkg(sql).path()) {
        Ok((loaded, _)) => panic!("{} rows taken", loaded.rows()),
        Err(key) => key,
    }
}

#[test]
fn databases_that_run_code_or_are_no_geopackage() {
    for (sql, expected) in [
        (
            "CREATE TABLE a (date, lat, lon);".to_owned(),
            "problem-gpkg-plain",
        ),
        (
            format!("{GPKG} DELETE FROM gpkg_contents;"),
            "problem-gpkg-plain",
        ),
        (GPKG.to_owned(), "problem-layer"),
        (
            format!(
                "{GPKG} CREATE VIEW a AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) \
                 SELECT n AS date, NULL AS geom FROM c;"
            ),
            "problem-gpkg-view",
        ),
        (format!("{GPKG} CREATE TABLE a (date) ;"), "problem-gpkg"),
        (
            format!(
                "{GPKG} CREATE TABLE a (date PRIMARY KEY, geom) WITHOUT ROWID; INSERT INTO a VALUES (1, 2);"
            ),
            "problem-gpkg",
        ),
        (
            format!(
                "{GPKG} CREATE TABLE a (rowid, oid, _rowid_, geom); INSERT INTO a VALUES (1, 2, 3, 4);"
            ),
            "problem-gpkg-view",
        ),
        (
            format!(
                "{GPKG} CREATE TABLE a (date, geom); INSERT INTO a VALUES (1, zeroblob(70000000));"
            ),
            "problem-gpkg",
        ),
        (
            format!(
                "{GPKG} UPDATE gpkg_geometry_columns SET srs_id = 4267; CREATE TABLE a (date, geom);"
            ),
            "problem-crs",
        ),
        (
            format!(
                "{GPKG} UPDATE gpkg_geometry_columns SET srs_id = 77; CREATE TABLE a (date, geom);"
            ),
            "problem-crs",
        ),
        (
            "CREATE VIEW gpkg_contents AS SELECT 'a' AS table_name, 'features' AS data_type;"
                .to_owned(),
            "problem-gpkg",
        ),
    ] {
        assert_eq!(gpkg_key(&sql), expected, "{sql}");
    }
    assert_eq!(key(b"SQLite format 3\0", ".gpkg"), "problem-gpkg");
}

#[test]
fn geometries_that_are_none_are_rejected_one_by_one() {
    let point = |head: &str| format!("X'{head}01010000000000000000E058C00000000000803B40'");
    let rows = [
        point("4750000100000000"),
        point("4750000FFFFFFFFF"),
        point("5858000100000000"),
        "X'4750'".to_owned(),
        "X''".to_owned(),
        "'text'".to_owned(),
        "7".to_owned(),
        "NULL".to_owned(),
        // Envelopes that are not there, lines and areas of billions, nested collections.
        "X'47500009000000000101'".to_owned(),
        "X'47500001000000000102000000FFFFFFFF'".to_owned(),
        "X'47500001000000000106000000FFFFFFFF'".to_owned(),
        "X'4750000100000000010700000001000000010700000001000000'".to_owned(),
        "X'47500001000000000101000000000000000000F87F000000000000F87F'".to_owned(),
        "X'47500001000000000101000000000000000000F07F000000000000F07F'".to_owned(),
    ];
    let values: Vec<String> = rows
        .iter()
        .map(|r| format!("('2025-02-03', {r})"))
        .collect();
    let sql = format!(
        "{GPKG} CREATE TABLE a (date, geom); INSERT INTO a VALUES {};",
        values.join(",")
    );
    let (loaded, facts) = ending_of(gpkg(&sql).path()).unwrap();
    assert_eq!(facts.layer.as_deref(), Some("a"));
    assert_eq!((loaded.incidents.len(), loaded.rows()), (1, rows.len()));
    assert_eq!(loaded.incidents[0].position.lat, 27.5);
}

#[test]
fn computed_columns_and_triggers_are_left_alone() {
    let sql = format!(
        "{GPKG} CREATE TABLE a (date, geom, big AS (hex(zeroblob(100000000)))); \
         INSERT INTO a (date, geom) VALUES ('2025-02-03', X'475000010000000001010000000000000000E058C00000000000803B40');"
    );
    let (loaded, facts) = ending_of(gpkg(&sql).path()).unwrap();
    assert_eq!(
        (loaded.incidents.len(), facts.columns),
        (1, vec!["date".to_owned()])
    );
}

#[test]
fn rows_come_in_pages_and_none_is_lost() {
    let sql = format!(
        "{GPKG} UPDATE gpkg_contents SET data_type = 'attributes'; DELETE FROM gpkg_geometry_columns; \
         CREATE TABLE a (fid INTEGER PRIMARY KEY, date, lat, lon); \
         WITH RECURSIVE c(n) AS (SELECT -5 UNION ALL SELECT n + 1 FROM c WHERE n < 2999) \
         INSERT INTO a SELECT n, '2025-02-03', 27.5, -99.5 FROM c; \
         INSERT INTO a VALUES (9223372036854775807, '2025-02-03', 27.5, -99.5);"
    );
    let (loaded, _) = ending_of(gpkg(&sql).path()).unwrap();
    assert_eq!(loaded.incidents.len(), 3_006);
}

/// A case of ours is a GeoPackage like any other.
#[test]
fn a_geopackage_cut_off_or_changed_anywhere_ends() {
    let whole = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/own.gpkg"),
    )
    .unwrap();
    for at in (0..whole.len()).step_by(512) {
        let _ = ending(&whole[..at.max(16)], ".gpkg");
        let mut changed = whole.clone();
        changed[at + 100..at + 108].fill(0xFF);
        let _ = ending(&changed, ".gpkg");
    }
}

// --- FlatGeobuf -------------------------------------------------------------------------------

pub(super) fn fgb() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/own.fgb");
    std::fs::read(path).unwrap()
}

#[test]
fn sizes_in_a_flatgeobuf_are_not_believed() {
    let whole = fgb();
    let header_bytes = u32::from_le_bytes([whole[8], whole[9], whole[10], whole[11]]) as usize;
    for size in [0, 7, 1_000_000, 0x7FFF_FFFF, u32::MAX] {
        let mut changed = whole.clone();
        changed[8..12].copy_from_slice(&size.to_le_bytes());
        assert_eq!(key(&changed, ".fgb"), "problem-fgb", "{size}");
    }
    for at in 1..whole.len() {
        if at % 13 == 0 || at < 100 {
            assert!(ending(&whole[..at], ".fgb").is_err(), "{at}");
        }
    }
    let mut other = whole.clone();
    other[3] = 9;
    assert_eq!(key(&other, ".fgb"), "problem-fgb");
    assert!(header_bytes < whole.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_flatgeobuf_ends(at in 0_usize..4_400, byte in any::<u8>(), more in 0_usize..8) {
        let mut changed = fgb();
        let len = changed.len();
        for i in 0..=more {
            changed[(at + i) % len] = byte;
        }
        let _ = ending(&changed, ".fgb");
    }
}

#[test]
fn a_view_before_the_tables_is_passed_over() {
    let sql = format!(
        "{GPKG} CREATE TABLE b (date, geom); \
         INSERT INTO b VALUES ('2025-02-03', X'475000010000000001010000000000000000E058C00000000000803B40'); \
         CREATE VIEW a AS SELECT * FROM b; \
         INSERT INTO gpkg_contents (table_name, data_type) VALUES ('b', 'features'); \
         INSERT INTO gpkg_geometry_columns (table_name, column_name, srs_id) VALUES ('b', 'geom', 4326);"
    );
    let (loaded, facts) = ending_of(gpkg(&sql).path()).unwrap();
    assert_eq!(
        (facts.layer.as_deref(), loaded.incidents.len()),
        (Some("b"), 1)
    );
}

#[test]
fn columns_beyond_those_of_the_table_go_with_the_row() {
    let names: Vec<String> = (0..2_003).map(|i| format!("c{i}")).collect();
    let mut record = crate::import::formats::Record::default();
    for name in &names {
        crate::import::formats::put(&mut record, &names[..2_000], name, name);
    }
    assert_eq!((record.len(), record.further.len()), (2_000, 3));
    assert_eq!(record.further[2].0, "c2002");
}
