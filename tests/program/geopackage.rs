//! The case file is a GeoPackage 1.4: what the standard demands, read with plain SQLite as any
//! other program would. `tests/ogr.sh` asks GDAL the same.

use crate::common::*;
use atalaya::store::Case;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

fn open(case: &Path) -> Connection {
    Connection::open_with_flags(case, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn number(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |r| r.get(0)).unwrap()
}

fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    statement
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn the_file_says_what_it_is() {
    let bytes = std::fs::read(demo_case()).unwrap();
    assert_eq!(&bytes[..16], b"SQLite format 3\0");
    assert_eq!(&bytes[68..72], b"GPKG");
    let conn = open(demo_case());
    assert_eq!(number(&conn, "PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(number(&conn, "PRAGMA user_version"), 10_400);
    assert_eq!(texts(&conn, "PRAGMA integrity_check"), ["ok"]);
    assert_eq!(
        number(&conn, "SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
    assert_eq!(
        texts(
            &conn,
            "SELECT CAST(srs_id AS TEXT) FROM gpkg_spatial_ref_sys ORDER BY srs_id"
        ),
        ["-1", "0", "4326"]
    );
}

#[test]
fn every_table_is_announced() {
    let conn = open(demo_case());
    let ours = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'gpkg_%' AND name NOT LIKE 'rtree_%' \
        AND name NOT LIKE 'sqlite_%' ORDER BY name";
    assert_eq!(
        texts(&conn, ours),
        texts(
            &conn,
            "SELECT table_name FROM gpkg_contents ORDER BY table_name"
        )
    );
    assert_eq!(
        texts(
            &conn,
            "SELECT table_name || '.' || column_name || ' ' || geometry_type_name || ' ' || srs_id || z || m FROM gpkg_geometry_columns ORDER BY 1"
        ),
        [
            "incident.geom POINT 432600",
            "movement.geom MULTILINESTRING 432600",
            "place.geom POINT 432600",
            "territory.geom MULTIPOLYGON 432600"
        ]
    );
    assert_eq!(
        texts(
            &conn,
            "SELECT table_name || ' ' || column_name || ' ' || extension_name || ' ' || scope FROM gpkg_extensions ORDER BY 1"
        ),
        [
            "incident geom gpkg_rtree_index write-only",
            "territory geom gpkg_rtree_index write-only"
        ]
    );
    // Each table has one integer primary key, as QGIS needs to edit it.
    for table in texts(&conn, ours) {
        let key = format!(
            "SELECT group_concat(name || ' ' || type) FROM pragma_table_info('{table}') WHERE pk > 0"
        );
        assert_eq!(texts(&conn, &key), ["id INTEGER"], "{table}");
    }
    let dated =
        "SELECT count(*) FROM gpkg_contents WHERE last_change NOT GLOB '????-??-??T??:??:??.???Z'";
    assert_eq!(number(&conn, dated), 0);
}

/// The point of a blob, by the standard: `GP`, version, flags, SRS, then WKB.
fn point(blob: &[u8]) -> [f64; 2] {
    assert_eq!(
        &blob[..4],
        b"GP\0\x01",
        "magic, version 0, little endian without envelope"
    );
    assert_eq!(i32::from_le_bytes(blob[4..8].try_into().unwrap()), 4326);
    assert_eq!((blob.len(), &blob[8..13]), (29, &b"\x01\x01\0\0\0"[..]));
    [13, 21].map(|at| f64::from_le_bytes(blob[at..at + 8].try_into().unwrap()))
}

#[test]
fn extents_are_those_of_the_points() {
    for case in [demo_case(), ucdp_case()] {
        let conn = open(case);
        let mut statement = conn.prepare("SELECT geom FROM incident").unwrap();
        let points: Vec<[f64; 2]> = statement
            .query_map([], |r| Ok(point(&r.get::<_, Vec<u8>>(0)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let least = |axis: usize| points.iter().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
        let most = |axis: usize| {
            points
                .iter()
                .map(|p| p[axis])
                .fold(f64::NEG_INFINITY, f64::max)
        };
        let told: [f64; 4] = conn
            .query_row("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'incident'", [], |r| {
                Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?])
            })
            .unwrap();
        assert_eq!(told, [least(0), least(1), most(0), most(1)]);
    }
    let areas = "SELECT count(*) FROM territory WHERE substr(hex(geom), 1, 8) = '47500003'";
    assert_eq!(
        number(&open(demo_case()), areas),
        4,
        "areas carry their envelope"
    );
}

#[test]
fn the_index_holds_every_row() {
    for case in [demo_case(), ucdp_case()] {
        let conn = open(case);
        for table in ["incident", "territory"] {
            assert_eq!(
                texts(&conn, &format!("SELECT rtreecheck('rtree_{table}_geom')")),
                ["ok"]
            );
            let rows = number(&conn, &format!("SELECT count(*) FROM {table}"));
            assert_eq!(
                number(
                    &conn,
                    &format!(
                        "SELECT count(*) FROM rtree_{table}_geom r JOIN {table} t ON t.id = r.id"
                    )
                ),
                rows
            );
        }
        let mut statement = conn.prepare("SELECT i.geom, r.minx, r.maxx, r.miny, r.maxy FROM incident i JOIN rtree_incident_geom r ON r.id = i.id").unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let [x, y] = point(&row.get::<_, Vec<u8>>(0).unwrap());
            let b: [f64; 4] = [1, 2, 3, 4].map(|i| row.get(i).unwrap());
            assert!(
                (b[0]..=b[1]).contains(&x) && (b[2]..=b[3]).contains(&y),
                "{x} {y} outside of {b:?}"
            );
        }
    }
}

/// What QGIS and GDAL bring along: the functions that the standard's triggers call.
fn as_another_program(case: &Path) -> Connection {
    let conn = Connection::open(case).unwrap();
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, axis) in [
        ("ST_MinX", 0),
        ("ST_MaxX", 0),
        ("ST_MinY", 1),
        ("ST_MaxY", 1),
    ] {
        conn.create_scalar_function(name, 1, flags, move |c| {
            Ok(point(&c.get::<Vec<u8>>(0)?)[axis])
        })
        .unwrap();
    }
    conn.create_scalar_function("ST_IsEmpty", 1, flags, |_| Ok(false))
        .unwrap();
    conn
}

#[test]
fn another_programs_edits_keep_the_index_true() {
    let (_folder, case) = demo_copy();
    let conn = as_another_program(&case);
    let moved = b"GP\0\x01\xe6\x10\0\0\x01\x01\0\0\0"
        .iter()
        .copied()
        .chain(12.5_f64.to_le_bytes())
        .chain((-7.25_f64).to_le_bytes());
    let moved: Vec<u8> = moved.collect();
    conn.execute(
        "UPDATE incident SET geom = ?1 WHERE external_id = 'NL-003'",
        [&moved],
    )
    .unwrap();
    conn.execute("DELETE FROM source WHERE incident_id = (SELECT id FROM incident WHERE external_id = 'NL-001')", []).unwrap();
    assert_eq!(
        conn.execute("DELETE FROM incident WHERE external_id = 'NL-001'", [])
            .unwrap(),
        1
    );
    assert_eq!(
        number(&conn, "SELECT count(*) FROM rtree_incident_geom"),
        29
    );
    assert_eq!(
        texts(&conn, "SELECT rtreecheck('rtree_incident_geom')"),
        ["ok"]
    );
    let there = "SELECT count(*) FROM rtree_incident_geom WHERE minx <= 12.5 AND maxx >= 12.5 AND miny <= -7.25 AND maxy >= -7.25";
    assert_eq!(number(&conn, there), 1);
    drop(conn);
    // And Atalaya goes on with the case as the other program left it.
    let rows =
        json(
            atalaya()
                .arg("list")
                .arg(&case)
                .args(["--bbox", "12,-8,13,-7", "--format", "json"]),
        );
    assert_eq!(
        (rows.as_array().unwrap().len(), &rows[0]["id"]),
        (1, &"NL-003".into())
    );
    let checked = json(atalaya().arg("check").arg(&case).args(["--format", "json"]));
    assert_eq!(checked["sound"], true, "{checked}");
}

#[test]
fn one_writer_at_a_time() {
    let (folder, case) = demo_copy();
    let first = Case::open(&case).unwrap();
    assert!(first.read_only().is_none());
    let second = Case::open(&case).unwrap();
    assert_eq!(
        second.read_only().map(|p| p.key),
        Some("problem-case-in-use")
    );
    assert!(second.set_setting("workspace", "{}").is_err());
    assert_eq!(
        Case::open_for_writing(&case).err().map(|p| p.key),
        Some("problem-case-in-use")
    );
    // The one that reads sees what the other writes.
    first.set_setting("workspace", "mine").unwrap();
    assert_eq!(
        second.setting("workspace").unwrap().as_deref(),
        Some("mine")
    );
    // Another program is told so too, in its own words.
    let said = sentence(atalaya().arg("import").arg(&case).arg(fixture("own.csv")));
    assert!(
        said.contains("open for writing in another window"),
        "{said}"
    );
    drop(first);
    drop(second);
    let third = Case::open(&case).unwrap();
    assert!(third.read_only().is_none());
    drop(third);
    assert_eq!(names(&folder), ["case.gpkg"]);
}

#[test]
fn a_closed_case_is_one_plain_file() {
    let (folder, case) = demo_copy();
    let open_case = Case::open(&case).unwrap();
    {
        // An import beside an open window writes ahead, so that the window goes on reading.
        let mut job = open_case.for_job().unwrap();
        let options = atalaya::import::Options::default();
        let done = atalaya::session::load_file(
            &mut job,
            &fixture("own.csv"),
            &options,
            None,
            &Default::default(),
        )
        .unwrap();
        assert_eq!(done.unwrap().counts.added, 2);
        assert!(names(&folder).contains(&"case.gpkg-wal".to_owned()));
        assert_eq!(open_case.datasets().unwrap().len(), 2);
    }
    open_case.set_setting("workspace", "{}").unwrap();
    drop(open_case);
    assert_eq!(names(&folder), ["case.gpkg"]);
    // Bytes 18 and 19 are 1 for a rollback journal and 2 for WAL, which read-only media refuse.
    assert_eq!(std::fs::read(&case).unwrap()[18..20], [1, 1]);
}

#[test]
fn opening_a_case_does_not_change_it() {
    let (folder, case) = demo_copy();
    let before = sha256(&case);
    drop(Case::open(&case).unwrap());
    drop(Case::open_read_only(&case).unwrap());
    stdout(atalaya().arg("check").arg(&case));
    assert_eq!(sha256(&case), before);
    assert_eq!(names(&folder), ["case.gpkg"]);
}

#[test]
fn another_program_may_name_any_number_of_actors_in_one_row() {
    let (_folder, case) = demo_copy();
    let names: Vec<String> = (0..100_000).map(|i| format!("A{i}")).collect();
    let conn = as_another_program(&case);
    let set = "UPDATE incident SET side_a = ?1, side_b = 'A7; B' WHERE id = (SELECT min(id) FROM incident)";
    assert_eq!(conn.execute(set, [names.join("; ")]).unwrap(), 1);
    drop(conn);
    for actor in ["A99999", "A7", "B"] {
        let mut list = atalaya();
        list.arg("list").arg(&case);
        let found = json(list.args(["--format", "json", "--actor", actor]));
        assert_eq!(found.as_array().unwrap().len(), 1, "{actor}");
    }
}
