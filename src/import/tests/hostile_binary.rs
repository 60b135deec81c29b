//! Binary files made to do harm, or damaged on their way: each ends in items or in one clear sentence.

use super::*;
use proptest::prelude::*;
use rusqlite::Connection;
use zip::write::{SimpleFileOptions, ZipWriter};

/// How a file ends: the key of the problem, or the reasons of the rejects.
fn ending(bytes: &[u8], extension: &str) -> Result<(Loaded, FileFacts), &'static str> {
    ending_of(written(bytes, extension).path())
}

fn ending_of(path: &Path) -> Result<(Loaded, FileFacts), &'static str> {
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

fn key(bytes: &[u8], extension: &str) -> &'static str {
    match ending(bytes, extension) {
        Ok((loaded, _)) => panic!("{} rows taken", loaded.rows()),
        Err(key) => key,
    }
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

// --- spreadsheets -----------------------------------------------------------------------------

const BOOK: &str = r#"<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn xlsx(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zipped(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// Cells of text in the sheet itself.
fn row(number: u64, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|c| format!("<c t=\"inlineStr\"><is><t>{c}</t></is></c>"))
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

const HEADER: &[&str] = &["date", "lat", "lon"];
const SOUND: &[&str] = &["2025-02-03", "27.5", "-99.5"];

#[test]
fn a_small_workbook_is_read() {
    let sound = row(1, HEADER) + &row(2, SOUND) + &row(9, &["2025-02-03", "27.5"]);
    let (loaded, facts) = ending(&xlsx(&sound, "<sst/>"), ".xlsx").unwrap();
    assert_eq!(
        (loaded.incidents.len(), facts.layer.as_deref()),
        (1, Some("S"))
    );
    assert_eq!(loaded.reasons(), [(9, "no_position")]);
    // The content tells, not the name.
    assert!(ending(&xlsx(&sound, "<sst/>"), ".csv").is_ok());
}

#[test]
fn zips_that_are_no_workbook_say_what_they_hold() {
    let other = zipped(&[("hola.txt", b"hola"), ("../../etc/passwd", b"x")]);
    for extension in [".xlsx", ".ods", ".zip", ".csv"] {
        assert_eq!(key(&other, extension), "problem-zip-foreign");
    }
    let file = written(&other, ".xlsx");
    let message = load(file.path()).err().unwrap().message(Lang::En);
    assert!(message.contains("hola.txt"), "{message}");
    assert_eq!(key(b"PK\x03\x04zip", ".xlsx"), "problem-zip-damaged");
}

#[test]
fn bombs_are_stopped_while_they_are_counted() {
    let zeros = " ".repeat(300 << 20);
    let bomb = xlsx(
        &row(1, HEADER),
        &format!("<sst><si><t>{zeros}</t></si></sst>"),
    );
    assert!(bomb.len() < 1 << 20);
    assert_eq!(key(&bomb, ".xlsx"), "problem-zip-bomb");
    let bomb = xlsx(&format!("{}{zeros}", row(1, HEADER)), "<sst/>");
    assert_eq!(key(&bomb, ".xlsx"), "problem-zip-bomb");
    drop(zeros);
    // Many small texts take more room than they look: they are counted too.
    let many = xlsx(
        &row(1, HEADER),
        &format!("<sst>{}", "<si/>".repeat(9_000_000)),
    );
    assert!(["problem-zip-bomb", "problem-sheet-xml"].contains(&key(&many, ".xlsx")));
}

#[test]
fn sheets_that_lie_about_their_cells() {
    let far = r#"<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>"#;
    assert_eq!(
        key(&xlsx(far, "<sst/>"), ".xlsx"),
        "problem-columns-missing"
    );
    let header = row(1, HEADER);
    for (rows, expected) in [
        (
            r#"<row r="2"><c t="s"><v>99</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c t="s"><v>-1</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="1"><c t="str"><v>again</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="99999999999"><c t="str"><v>x</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c r="ZZZZZ2" t="str"><v>x</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c r="B2" t="str"><v>x</v></c><c r="A2" t="str"><v>x</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c t="str"><v>x</w></c></row>"#,
            "problem-sheet-xml",
        ),
        (r#"<row r="2"><c t="str"><v>x"#, "problem-sheet-xml"),
    ] {
        assert_eq!(
            key(&xlsx(&(header.clone() + rows), "<sst/>"), ".xlsx"),
            expected,
            "{rows}"
        );
    }
    let deep = header.clone() + &"<a>".repeat(10_000);
    assert_eq!(key(&xlsx(&deep, "<sst/>"), ".xlsx"), "problem-sheet-xml");
    // Entities of its own are not looked up, however many they stand for.
    let lol = xlsx(
        &(header + &row(2, SOUND)),
        r#"<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"#,
    );
    assert_eq!(ending(&lol, ".xlsx").unwrap().0.incidents.len(), 1);
    let error = row(1, HEADER)
        + r#"<row r="2"><c t="e"><v>#N/A</v></c><c><v>27.5</v></c><c><v>-99.5</v></c></row>"#;
    let (loaded, _) = ending(&xlsx(&error, "<sst/>"), ".xlsx").unwrap();
    assert_eq!(loaded.reasons(), [(2, "no_date")]);
}

#[test]
fn a_workbook_cut_off_anywhere_ends() {
    let whole = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/own-openpyxl.xlsx"),
    )
    .unwrap();
    for at in (1..whole.len()).step_by(200) {
        assert!(ending(&whole[..at], ".xlsx").is_err(), "{at}");
    }
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\">\
         {rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

fn ods_row(repeated: &str, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|c| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{c}</text:p></table:table-cell>")
        })
        .collect();
    format!("<table:table-row {repeated}>{cells}</table:table-row>")
}

#[test]
fn rows_repeated_a_billion_times() {
    let header = ods_row("", HEADER);
    let empty = "<table:table-row table:number-rows-repeated=\"1000000000\">\
                 <table:table-cell table:number-columns-repeated=\"1000000000\"/></table:table-row>";
    let (loaded, _) = ending(
        &ods(&(header.clone() + &ods_row("", SOUND) + empty)),
        ".ods",
    )
    .unwrap();
    assert_eq!(loaded.incidents.len(), 1);
    let twice = ods_row("table:number-rows-repeated=\"2\"", SOUND);
    let (loaded, _) = ending(&ods(&(header.clone() + &twice)), ".ods").unwrap();
    assert_eq!(loaded.incidents.len(), 2);
    for rows in [
        ods_row("table:number-rows-repeated=\"1000000000\"", SOUND),
        ods_row("table:number-rows-repeated=\"99999999999999999999\"", SOUND) + &ods_row("", SOUND),
        empty.to_owned() + &ods_row("", SOUND),
        "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\" \
         table:number-columns-repeated=\"1000000000\"/></table:table-row>"
            .to_owned(),
    ] {
        let first = rows.contains("99999999999999999999");
        match ending(&ods(&(header.clone() + &rows)), ".ods") {
            Err(key) => assert_eq!(key, "problem-sheet-row", "{rows}"),
            // A number that is none counts once.
            Ok((loaded, _)) => assert!(first && loaded.incidents.len() == 2, "{rows}"),
        }
    }
}

// --- shapefiles -------------------------------------------------------------------------------

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

fn fgb() -> Vec<u8> {
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
