//! Files that are not what they should be: each ends in items or in one clear sentence.

use super::*;
use crate::domain::Relation;
use proptest::prelude::*;

pub(super) fn problem(text: &str, extension: &str) -> Problem {
    match load_text(text, extension) {
        Ok(_) => panic!("taken: {text:?}"),
        Err(problem) => {
            for lang in Lang::ALL {
                let message = problem.message(lang);
                assert!(message.len() > 20 && message != problem.key, "{message}");
                assert!(!message.contains("{$"), "{message}");
            }
            problem
        }
    }
}

pub(super) fn place(problem: &Problem) -> (&str, &str) {
    let arg = |name| {
        problem
            .args
            .iter()
            .find(|(n, _)| *n == name)
            .map_or("", |(_, v)| v.as_str())
    };
    (arg("line"), arg("column"))
}

#[test]
fn files_that_hold_no_rows_at_all() {
    let missing = Path::new("no/such/file.csv");
    assert_eq!(load(missing).err().unwrap().key, "problem-file-missing");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        load(folder.path()).err().unwrap().key,
        "problem-file-is-folder"
    );
    for text in ["", "\u{feff}", " \n\r\n\t"] {
        for extension in [".csv", ".geojson"] {
            assert_eq!(
                problem(text, extension).key,
                "problem-file-empty",
                "{text:?}"
            );
        }
    }
    for text in ["%PDF-1.7", "\0\0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\0\0\0"] {
        assert_eq!(problem(text, ".csv").key, "problem-file-type", "{text:?}");
    }
}

#[test]
fn a_header_alone_is_an_import_of_no_rows() {
    let (loaded, _) = load_text("date,lat,lon\n", ".csv").unwrap();
    assert_eq!((loaded.rows(), loaded.notes), (0, vec!["note-no-rows"]));
}

#[test]
fn an_unclosed_quote_costs_the_rows_from_there_on_and_no_other() {
    let head = "date,lat,lon,notes\n";
    let row = "2025-02-03,27,-99,x\n";
    let open = "2025-02-03,27,-99,\"never closed\n";
    for (text, line, kept) in [
        (
            format!("{head}2025-02-03,27,-99,\"two\nlines\"\n{open}{row}"),
            4,
            1,
        ),
        // Beyond the sample, and with more behind it than a cell may hold.
        (
            format!("{head}{}{open}{}", row.repeat(50_000), row.repeat(100_000)),
            50_002,
            50_000,
        ),
        // In the last row, with a line end and without.
        (format!("{head}{row}{open}"), 3, 1),
        (format!("{head}{row}{}", open.trim_end()), 3, 1),
    ] {
        for end in ["\n", "\r\n"] {
            let (loaded, _) = load_text(&text.replace('\n', end), ".csv").unwrap();
            assert_eq!(loaded.reasons(), [(line, "open_quote")]);
            assert_eq!(loaded.incidents.len(), kept);
            let reject = &loaded.rejects[0];
            assert_eq!(
                (&*reject.column, reject.value.clone()),
                ("notes", number(line))
            );
        }
    }
    // Nothing is to be had without the names of the columns.
    let header = format!("date,lat,lon,\"notes\n{row}{row}");
    let found = problem(&header, ".csv");
    assert_eq!(
        (found.key, place(&found)),
        ("problem-csv-quote", ("1", "4"))
    );
}

#[test]
fn a_stray_quote_that_swallows_lines_is_told_and_the_rows_after_it_are_read() {
    let text = "date,lat,lon,notes\n2025-02-03,27,-99,\"oh\n2025-02-04,27,-99,x\n\
        2025-02-05,27,-99,\"quoted\"\n2025-02-06,27,-99,5\" pipe\n";
    let (loaded, _) = load_text(text, ".csv").unwrap();
    assert_eq!(loaded.reasons(), [(2, "stray_quote")]);
    assert_eq!(loaded.incidents.len(), 1);
}

#[test]
fn a_cell_beyond_all_measure_costs_its_row_and_is_no_open_quote() {
    let head = "date,lat,lon,notes\n2025-02-03,27,-99,x\n";
    let text = "x\n".repeat(1_250_000);
    let (plain, many) = ("x".repeat(2_500_000), ",".repeat(20_000));
    let rows = [
        (format!("\"{text}\""), "cell_too_big", "notes"),
        (plain, "cell_too_big", "notes"),
        (many, "too_many_cells", ""),
    ];
    for (cell, reason, column) in rows {
        let text = format!("{head}2025-02-03,27,-99,{cell}\n2025-02-04,27,-99,\"y, z\"\n");
        let (loaded, _) = load_text(&text, ".csv").unwrap();
        assert_eq!(loaded.reasons(), [(3, reason)]);
        assert_eq!(loaded.rejects[0].column, column);
        assert_eq!(loaded.incidents.len(), 2);
    }
}

#[test]
fn a_nul_spoils_its_row_only() {
    let text = "date,lat,lon,notes\n2025-02-03,27,-99,a\0b\n2025-02-03,27,-99,ok\n";
    let (loaded, _) = load_text(text, ".csv").unwrap();
    assert_eq!(
        (loaded.reasons(), loaded.incidents.len()),
        (vec![(2, "nul_byte")], 1)
    );
}

#[test]
fn line_ends_of_every_kind_count_once() {
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "date|lat|lon|notes",
            "2025-02-03|27|-99|\"a",
            "b\"",
            "",
            "2025-02-04|x|-99|",
        ]
        .join(end);
        let (loaded, facts) = load_text(&text, ".txt").unwrap();
        assert_eq!(facts.delimiter, Some('|'));
        assert_eq!(loaded.incidents[0].narrative.text, format!("a{end}b"));
        assert_eq!(loaded.reasons(), [(5, "bad_number")], "{end:?}");
    }
}

#[test]
fn json_that_is_no_feature_collection_says_where() {
    for (text, key, at) in [
        ("[1, 2]", "problem-geojson-root", ("1", "1")),
        ("hello", "problem-json-syntax", ("1", "1")),
        (
            "{\n  \"type\": \"FeatureCollection\"\n}",
            "problem-geojson-features",
            ("3", "2"),
        ),
        (
            "{\"type\": \"FeatureCollection\", \"features\": {}}",
            "problem-geojson-features",
            ("1", "43"),
        ),
        (
            "{\"type\": \"Topology\"}",
            "problem-geojson-type",
            ("1", "21"),
        ),
        ("{\"features\": []}", "problem-geojson-type", ("1", "17")),
        (
            "{\"type\": \"FeatureCollection\",\n\"features\": [\n{\"type\": \"Fea",
            "problem-json-cut",
            ("3", "14"),
        ),
        (
            "{\"type\": \"FeatureCollection\", \"features\": [] }\n}",
            "problem-json-syntax",
            ("2", "1"),
        ),
        (
            "{\"type\" \"FeatureCollection\"}",
            "problem-json-syntax",
            ("1", "9"),
        ),
    ] {
        let found = problem(text, ".geojson");
        assert_eq!((found.key, place(&found)), (key, at), "{text}");
    }
    let crs = r#"{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::6372"}},"features":[]}"#;
    assert_eq!(problem(crs, ".geojson").key, "problem-geojson-crs");
}

#[test]
fn nesting_costs_no_stack() {
    let deep = "[".repeat(1_000_000);
    assert_eq!(problem(&deep, ".geojson").key, "problem-geojson-root");
    let inside = format!("{{\"type\":\"FeatureCollection\",\"features\":[{deep}");
    assert_eq!(problem(&inside, ".geojson").key, "problem-json-cut");
    let closed = format!("{inside}{}]}}", "]".repeat(1_000_000));
    let (loaded, _) = load_text(&closed, ".geojson").unwrap();
    assert_eq!(loaded.reasons(), [(1, "feature_not_json")]);
    let member = format!("{{\"a\":{deep}{}}}", "]".repeat(1_000_000));
    assert_eq!(problem(&member, ".geojson").key, "problem-json-syntax");
}

/// The number of rows where the file is read to its end.
fn ends(path: &Path) -> Option<usize> {
    match load(path) {
        Ok((loaded, _)) => Some(loaded.rows()),
        Err(problem) => {
            let message = problem.message(Lang::Es);
            assert!(
                message.len() > 20 && message != problem.key,
                "{}: {message}",
                path.display()
            );
            None
        }
    }
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(testdata(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == extension))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{folder} holds no {extension}");
    found
}

#[test]
fn the_malformed_collections_end_in_rows_or_a_sentence() {
    for path in files("malformed/csv/csvs", "csv") {
        assert_eq!(
            ends(&path),
            None,
            "{}: has no date and no position",
            path.display()
        );
    }
    for path in files("malformed/geojson/good", "geojson") {
        let text = std::fs::read_to_string(&path).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let features = value["features"].as_array().map_or(1, Vec::len);
        if let Some(rows) = ends(&path) {
            assert_eq!(rows, features, "{}", path.display());
        }
    }
    for path in files("malformed/geojson/bad", "geojson") {
        if let Ok((loaded, _)) = load(&path) {
            assert!(loaded.incidents.is_empty(), "{}", path.display());
        } else {
            ends(&path);
        }
    }
}

#[test]
fn real_tables_without_incidents_say_what_is_missing() {
    for (name, key) in [
        ("mx-municipio-names-latin1.csv", "problem-columns-missing"),
        ("us-mexico-ports-2018.csv", "problem-columns-places"),
    ] {
        assert_eq!(load(&testdata(name)).err().unwrap().key, key, "{name}");
    }
    let (loaded, _) = load(&testdata("mx-municipios.geojson")).unwrap();
    assert_eq!((loaded.rows(), loaded.rejects.len()), (2_457, 0));
    let is_outline =
        |t: &TerritoryEstimate| t.relation == Relation::Reference && !t.name.text.is_empty();
    assert!(loaded.territories.iter().all(is_outline));
}

fn try_bytes(bytes: &[u8], extension: &str) {
    let file = written(bytes, extension);
    ends(file.path());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..400), json: bool) {
        try_bytes(&bytes, if json { ".geojson" } else { ".csv" });
    }

    #[test]
    fn anything_like_csv_ends_well(rows in "([0-9./,;\"\r\n\t NaT:+-]|é|2025-02-03|feb){0,200}") {
        try_bytes(format!("date,lat,lon,end,deaths\n{rows}").as_bytes(), ".csv");
    }

    #[test]
    fn anything_like_geojson_ends_well(
        features in r#"([\[\]{},:"\\ 0-9e.-]|null|"type"|"Feature"|"Point"|"geometry"|"coordinates"|"properties"){0,120}"#
    ) {
        try_bytes(format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}").as_bytes(), ".geojson");
    }

    /// What the `csv` crate writes comes back cell by cell.
    #[test]
    fn csv_is_read_as_it_was_written(
        cells in prop::collection::vec(("[a-z\",;\n\r\té ]{0,12}", "[a-z\",\n ]{1,5}"), 1..20),
        delimiter in prop::sample::select(b",;\t|".to_vec()),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["date", "lat", "lon", "one", "two"]).unwrap();
        for (a, b) in &cells {
            writer.write_record(["2025-02-03", "27", "-99", a, b]).unwrap();
        }
        let file = written(&writer.into_inner().unwrap(), ".csv");
        let (loaded, facts) = load(file.path()).unwrap();
        prop_assert_eq!(facts.delimiter, Some(char::from(delimiter)));
        prop_assert_eq!(loaded.incidents.len(), cells.len());
        for (incident, (a, b)) in loaded.incidents.iter().zip(&cells) {
            let extra = |name: &str| {
                let found = incident.extra.iter().find(|(n, _)| n == name);
                found.map_or("", |(_, v)| v.as_str()).to_owned()
            };
            prop_assert_eq!(extra("one"), a.trim());
            prop_assert_eq!(extra("two"), b.trim());
        }
    }
}
