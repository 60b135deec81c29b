//! Shapefiles made to do harm, or damaged on their way.

use super::hostile_binary::{ending, fgb, key, zipped};
use super::*;
use proptest::prelude::*;

fn be(n: u32) -> [u8; 4] {
    n.to_be_bytes()
}

fn shp_of(records: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (i, record) in records.iter().enumerate() {
        body.extend(be(i as u32 + 1));
        body.extend(be(record.len() as u32 / 2));
        body.extend(record);
    }
    let mut file = vec![0; 100];
    file[..4].copy_from_slice(&be(9994));
    file[24..28].copy_from_slice(&be((100 + body.len() as u32) / 2));
    file.extend(body);
    file
}

fn shp_point(x: f64, y: f64) -> Vec<u8> {
    let mut record = 1_u32.to_le_bytes().to_vec();
    record.extend(x.to_le_bytes());
    record.extend(y.to_le_bytes());
    record
}

/// Of one column `date` of ten characters.
fn dbf_of(dates: &[&str]) -> Vec<u8> {
    let mut file = vec![0; 32];
    file[0] = 3;
    file[4..8].copy_from_slice(&(dates.len() as u32).to_le_bytes());
    file[8..10].copy_from_slice(&65_u16.to_le_bytes());
    file[10..12].copy_from_slice(&11_u16.to_le_bytes());
    let mut field = [0; 32];
    field[..4].copy_from_slice(b"date");
    field[11] = b'C';
    field[16] = 10;
    file.extend(field);
    file.push(0x0D);
    for date in dates {
        file.extend(format!(" {date:<10}").bytes());
    }
    file
}

fn shapefile(shp: &[u8], dbf: &[u8]) -> Result<(Loaded, FileFacts), &'static str> {
    ending(&zipped(&[("a.shp", shp), ("a.dbf", dbf)]), ".zip")
}

#[test]
fn a_small_shapefile_is_read() {
    let shp = shp_of(&[shp_point(-99.5, 27.5), shp_point(-99.5, 27.5)]);
    let (loaded, _) = shapefile(&shp, &dbf_of(&["2025-02-03", "2025-02-04"])).unwrap();
    assert_eq!(loaded.incidents.len(), 2);
    assert_eq!(loaded.notes, ["note-crs-untold"]);
    let mut deleted = dbf_of(&["2025-02-03", "2025-02-04"]);
    deleted[65] = b'*';
    let (loaded, _) = shapefile(&shp, &deleted).unwrap();
    assert_eq!(loaded.incidents[0].line, 2);
    assert_eq!(loaded.rows(), 1);
}

#[test]
fn shapes_that_lie_about_their_lengths() {
    let dates = ["2025-02-03"; 2];
    let sound = shp_of(&[shp_point(-99.5, 27.5), shp_point(-99.5, 27.5)]);
    let changed = |at: usize, bytes: &[u8]| {
        let mut file = sound.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    for (at, bytes) in [
        // Of the file, then of its first record.
        (24, be(0)),
        (24, be(u32::MAX)),
        (24, be(60)),
        (24, be(1_000)),
        (104, be(u32::MAX)),
        (104, be(0x7FFF_FFFF)),
        (104, be(0)),
        (104, be(1_000_000)),
        (0, be(1)),
    ] {
        let found = shapefile(&changed(at, &bytes), &dbf_of(&dates));
        let key = found.map(|(loaded, _)| loaded.reasons());
        assert!(
            matches!(key, Err("problem-part-damaged" | "problem-crs-untold")),
            "{at} {bytes:?}: {key:?}"
        );
    }
    for at in 1..sound.len() {
        assert!(shapefile(&sound[..at], &dbf_of(&dates)).is_err(), "{at}");
    }
}

#[test]
fn an_index_that_lies() {
    let shp = shp_of(&[shp_point(-99.5, 27.5), shp_point(-98.5, 27.5)]);
    let dbf = dbf_of(&["2025-02-03", "2025-02-04"]);
    let with = |starts: &[u32]| {
        let mut shx = shp[..100].to_vec();
        for start in starts {
            shx.extend(be(*start / 2));
            shx.extend(be(10));
        }
        ending(
            &zipped(&[("a.shp", &shp), ("a.dbf", &dbf), ("a.shx", &shx)]),
            ".zip",
        )
    };
    let (loaded, _) = with(&[100, 128]).unwrap();
    assert_eq!(loaded.incidents[1].position.lon, -98.5);
    for starts in [
        &[128, 100][..],
        &[100],
        &[100, 4_000_000_000],
        &[0, 128],
        &[100, 130],
        &[100; 3],
    ] {
        let key = with(starts).map(|(loaded, _)| loaded.rows()).err();
        assert_eq!(key, Some("problem-part-damaged"), "{starts:?}");
    }
}

#[test]
fn shapes_that_lie_about_their_parts() {
    /// A polygon's record: counts as told, then parts and points.
    fn polygon(n_parts: u32, n_points: u32, parts: &[u32], points: &[(f64, f64)]) -> Vec<u8> {
        let mut record = 5_u32.to_le_bytes().to_vec();
        record.extend([0; 32]);
        record.extend(n_parts.to_le_bytes());
        record.extend(n_points.to_le_bytes());
        parts.iter().for_each(|p| record.extend(p.to_le_bytes()));
        for (x, y) in points {
            record.extend(x.to_le_bytes());
            record.extend(y.to_le_bytes());
        }
        record
    }
    let square = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)];
    let records = [
        polygon(1, 4, &[0], &square),
        polygon(u32::MAX, 4, &[0], &square),
        polygon(1, u32::MAX, &[0], &square),
        polygon(1, 0x1000_0000, &[0], &square),
        polygon(1, 4, &[u32::MAX], &square),
        polygon(2, 4, &[3, 1], &square),
        polygon(1, 3, &[0], &square[..3]),
        polygon(0, 0, &[], &[]),
        polygon(1, 4, &[0], &[(f64::NAN, 0.0); 4]),
        polygon(1, 4, &[0], &[(1e308, 1e308); 4]),
        polygon(1, 4, &[0], &[(f64::INFINITY, 0.0); 4]),
        vec![5, 0, 0, 0],
        vec![99, 0, 0, 0],
        vec![0; 4],
    ];
    let dates = vec!["2025-02-03"; records.len()];
    let (loaded, _) = shapefile(&shp_of(&records), &dbf_of(&dates)).unwrap();
    assert_eq!(loaded.rows(), records.len());
    let reasons: Vec<&str> = loaded.rejects.iter().map(|r| r.reason).collect();
    for reason in [
        "bad_geometry",
        "ring_open",
        "out_of_range",
        "geometry_not_taken",
        "no_position",
    ] {
        assert!(reasons.contains(&reason), "{reason}: {reasons:?}");
    }
}

#[test]
fn tables_that_lie_about_their_rows() {
    let shp = shp_of(&[shp_point(-99.5, 27.5), shp_point(-99.5, 27.5)]);
    let sound = dbf_of(&["2025-02-03", "2025-02-04"]);
    for (at, bytes) in [
        (0, &[0x8C][..]),
        (4, &[255, 255, 255, 255]),
        (4, &[1, 0, 0, 0]),
        (4, &[3, 0, 0, 0]),
        (8, &[0, 0]),
        (8, &[255, 255]),
        (8, &[33, 0]),
        (10, &[0, 0]),
        (10, &[255, 255]),
        (10, &[1, 0]),
        (48, &[255, 255]),
        (32, &[0x0D]),
    ] {
        let mut table = sound.clone();
        table[at..at + bytes.len()].copy_from_slice(bytes);
        let found = shapefile(&shp, &table).map(|(loaded, _)| loaded.rows());
        assert_eq!(found.err(), Some("problem-part-damaged"), "{at} {bytes:?}");
    }
    for at in 0..sound.len() {
        assert!(shapefile(&shp, &sound[..at]).is_err(), "{at}");
    }
    let alone = zipped(&[("a.shp", &shp)]);
    assert_eq!(key(&alone, ".zip"), "problem-part-missing");
    assert_eq!(key(&shp, ".shp"), "problem-part-missing");
}

#[test]
fn a_reference_system_that_is_not_known_is_named() {
    let shp = shp_of(&[shp_point(500_000.0, 3_000_000.0)]);
    let dbf = dbf_of(&["2025-02-03"]);
    assert_eq!(shapefile(&shp, &dbf).err(), Some("problem-crs-untold"));
    let nad27 = r#"GEOGCS["GCS_North_American_1927",DATUM["D_North_American_1927",SPHEROID["Clarke_1866",6378206.4,294.9786982]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    for prj in [nad27, "", "GEOGCS[", &"GEOGCS[".repeat(10_000)] {
        let file = zipped(&[("a.shp", &shp), ("a.dbf", &dbf), ("a.prj", prj.as_bytes())]);
        assert_eq!(
            key(&file, ".zip"),
            "problem-crs",
            "{}",
            &prj[..prj.len().min(20)]
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_shapefile_ends(at in 100_usize..160, byte in any::<u8>(), table in 0_usize..87) {
        let mut shp = shp_of(&[shp_point(-99.5, 27.5), shp_point(-99.5, 27.5)]);
        let len = shp.len();
        shp[at % len] = byte;
        let mut dbf = dbf_of(&["2025-02-03", "2025-02-04"]);
        dbf[table] = byte;
        let _ = shapefile(&shp, &dbf);
    }
}

#[test]
fn an_encoding_that_is_named_wins_or_is_told_to_be_without_use() {
    let shp = shp_of(&[shp_point(-99.5, 27.5)]);
    let dbf = dbf_of(&["2025-02-03"]);
    let zip = zipped(&[("a.shp", &shp), ("a.dbf", &dbf), ("a.cpg", b"1252")]);
    let named = |label: &str| Options {
        encoding: Some(label.to_owned()),
        ..Options::default()
    };
    let file = written(&zip, ".zip");
    let (_, facts) = load_with(file.path(), &named("utf-8")).unwrap();
    assert_eq!(facts.encoding, "UTF-8");
    let (_, facts) = load(file.path()).unwrap();
    assert_eq!(facts.encoding, "windows-1252");
    let flat = written(&fgb(), ".fgb");
    let facts = inspect(flat.path(), &named("windows-1252")).unwrap().facts;
    assert_eq!(facts.encoding, "UTF-8");
    assert!(facts.notes.iter().any(|n| n.key == "note-options-unused"));
}
