//! Text files made to do harm, and those that come broken out of programs and phones: an end in rows
//! or in one sentence, whatever the size of what they promise.

use super::broken::{place, problem};
use super::*;
use std::io::Cursor;
use zip::write::{SimpleFileOptions, ZipWriter};

fn kml(inner: &str) -> String {
    format!("<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n{inner}</Document></kml>")
}

fn placemark(geometry: &str) -> String {
    format!("<Placemark><TimeStamp><when>2025-02-03</when></TimeStamp>{geometry}</Placemark>\n")
}

#[test]
fn xml_that_is_none_or_too_much() {
    let deep = |name: &str, n: usize| kml(&format!("<{name}>").repeat(n));
    let laughs = "<!DOCTYPE kml [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><kml><Placemark><name>&b;</name></Placemark></kml>";
    let outside = "<!DOCTYPE kml SYSTEM \"file:///etc/passwd\"><kml/>";
    for (text, key) in [
        (deep("Folder", 10_000), "problem-xml-deep"),
        (
            kml(&format!("<Placemark>{}", "<a>".repeat(1_000_000))),
            "problem-xml-deep",
        ),
        (laughs.to_owned(), "problem-xml-doctype"),
        (outside.to_owned(), "problem-xml-doctype"),
        ("<!DOCTYPE kml><kml/>".to_owned(), "problem-xml-doctype"),
        ("<kml><Placemark><na".to_owned(), "problem-xml-cut"),
        ("<kml><Placemark name='x".to_owned(), "problem-xml-cut"),
        (
            "<kml><Placemark><![CDATA[ never".to_owned(),
            "problem-xml-cut",
        ),
        ("<kml><!-- never".to_owned(), "problem-xml-cut"),
        ("<kml><Placemark></Placemark>".to_owned(), "problem-xml-cut"),
        ("<kml><Folder></kml>".to_owned(), "problem-xml-syntax"),
        ("<kml></kml></kml>".to_owned(), "problem-xml-syntax"),
        (
            "<kml><Placemark id></Placemark></kml>".to_owned(),
            "problem-xml-syntax",
        ),
        ("<kml/><kml/>".to_owned(), "problem-xml-outside"),
        ("<kml/>and more".to_owned(), "problem-xml-outside"),
        ("<TrainingCenterDatabase/>".to_owned(), "problem-xml-root"),
        ("<!-- nothing at all -->".to_owned(), "problem-xml-cut"),
        (
            kml(&format!(
                "<Placemark><name>{}</name></Placemark>",
                "x".repeat(34 << 20)
            )),
            "problem-xml-big",
        ),
        (
            format!("<kml><Folder a=\"{}\"/></kml>", "x".repeat(34 << 20)),
            "problem-xml-big",
        ),
        (
            kml(&format!("<!--{}-->", "x".repeat(34 << 20))),
            "problem-xml-big",
        ),
    ] {
        let found = problem(&text, ".kml");
        assert_eq!(found.key, key, "{}", &text[..text.len().min(60)]);
    }
    let found = problem("<kml>\n<Document>\n<a></b>\n", ".kml");
    assert_eq!((found.key, place(&found).0), ("problem-xml-syntax", "3"));
    let root = problem("<TrainingCenterDatabase/>", ".tcx");
    assert!(root.message(Lang::En).contains("TCX"));
}

#[test]
fn xml_that_is_odd_and_sound() {
    let many = format!("<Placemark {}/>", "a='1' ".repeat(300_000));
    let point = "<Point><coordinates>-99.5,27.5</coordinates></Point>";
    let named = |name: &str| placemark(&format!("<name>{name}</name>{point}"));
    let text = kml(&format!(
        "{many}{}{}",
        named("&xxe; & &#233;&lt;"),
        named("<![CDATA[a]]>b")
    ));
    let (loaded, _) = load_text(&text, ".kml").unwrap();
    assert_eq!(loaded.reasons(), [(2, "no_date")]);
    let names: Vec<&str> = loaded
        .incidents
        .iter()
        .map(|i| i.title.text.as_str())
        .collect();
    assert_eq!(names, ["&xxe; & é<", "ab"]);
    let (empty, _) = load_text("<kml/>", ".kml").unwrap();
    assert_eq!((empty.rows(), empty.notes), (0, vec!["note-no-rows"]));
    // Found by what it is, not by its name.
    let (_, facts) = load_text(&text, ".csv").unwrap();
    assert_eq!(facts.format, "kml");
    // A row of a hundred thousand columns does not make the others wide.
    let wide: String = (0..100_000)
        .map(|i| format!("<Data name='d{i}'><value>1</value></Data>"))
        .collect();
    let wide = placemark(&format!("<ExtendedData>{wide}</ExtendedData>{point}"));
    let (loaded, facts) =
        load_text(&kml(&format!("{wide}{}", named("a").repeat(900))), ".kml").unwrap();
    assert_eq!((loaded.incidents.len(), facts.columns.len()), (901, 2_000));
    assert_eq!(loaded.incidents[0].extra.len(), 100_000);
    // So many values of one name end too.
    let same = "<Data name='d'><value>1</value></Data>".repeat(50_000);
    let same = placemark(&format!("<ExtendedData>{same}</ExtendedData>{point}"));
    let (loaded, _) = load_text(&kml(&same), ".kml").unwrap();
    assert_eq!(loaded.incidents[0].extra.len(), 50_000);
}

#[test]
fn geometry_that_is_none_is_rejected_with_its_reason() {
    let point = |text: &str| format!("<Point><coordinates>{text}</coordinates></Point>");
    let line = |text: &str| format!("<LineString><coordinates>{text}</coordinates></LineString>");
    let ring = |text: &str| format!("<LinearRing><coordinates>{text}</coordinates></LinearRing>");
    let area = |text: &str| {
        format!(
            "<Polygon><outerBoundaryIs>{}</outerBoundaryIs></Polygon>",
            ring(text)
        )
    };
    let cases = [
        (point("1e308,2"), "out_of_range"),
        (point("NaN,2"), "out_of_range"),
        (point("inf,2"), "out_of_range"),
        (point("-181,2"), "out_of_range"),
        (point("27.476,-99.507"), "swapped"),
        (point("-99.5 27.4"), "bad_geometry"),
        (point("a,b"), "bad_geometry"),
        (point("1,2,3,4"), "bad_geometry"),
        (point(",,"), "bad_geometry"),
        (point(""), "no_position"),
        (point("1,2 3,4"), "bad_geometry"),
        ("<Point/>".to_owned(), "no_position"),
        (line("1,2"), "line_short"),
        (line("1,2 NaN,3"), "out_of_range"),
        (ring(""), "line_short"),
        ("<LinearRing/>".to_owned(), "line_short"),
        (area("0,0 1,0 1,1"), "ring_open"),
        (area("0,0 1,0 0,0"), "ring_short"),
        (area(""), "ring_short"),
        ("<Polygon/>".to_owned(), "ring_short"),
        (
            format!(
                "<MultiGeometry>{}{}</MultiGeometry>",
                point("1,2"),
                line("1,2 3,4")
            ),
            "geometry_not_taken",
        ),
        (
            format!(
                "<MultiGeometry>{}{}</MultiGeometry>",
                point("1,2"),
                point("1,3")
            ),
            "geometry_not_taken",
        ),
        ("<Model/>".to_owned(), "geometry_not_taken"),
        ("<gx:Track/>".to_owned(), "line_short"),
        (
            "<gx:Track><when>2025</when><when>2025</when><gx:coord>1 2</gx:coord></gx:Track>"
                .to_owned(),
            "bad_geometry",
        ),
        (
            "<gx:Track><gx:coord>1</gx:coord></gx:Track>".to_owned(),
            "bad_geometry",
        ),
        (
            "<gx:Track><gx:coord>1 2</gx:coord><gx:coord>1 2e300</gx:coord></gx:Track>".to_owned(),
            "out_of_range",
        ),
        (String::new(), "no_position"),
        ("<MultiGeometry/>".to_owned(), "no_position"),
    ];
    let rows: String = cases
        .iter()
        .map(|(geometry, _)| placemark(geometry))
        .collect();
    let good = placemark(&point("-99.5, 27.5"));
    let (loaded, _) = load_text(&kml(&format!("{rows}{good}{good}")), ".kml").unwrap();
    let found = loaded.reasons();
    for (i, (geometry, reason)) in cases.iter().enumerate() {
        assert_eq!(found.get(i), Some(&(i as u64 + 2, *reason)), "{geometry}");
    }
    assert_eq!((found.len(), loaded.incidents.len()), (cases.len(), 2));
}

#[test]
fn gpx_points_that_are_none() {
    let wpt = |attributes: &str, inner: &str| format!("<wpt {attributes}>{inner}</wpt>\n");
    let time = "<time>2025-02-03T10:00:00Z</time>";
    let rows = [
        (wpt("lon='2'", time), "bad_geometry"),
        (wpt("lat='x' lon='2'", time), "bad_geometry"),
        (wpt("lat='91' lon='-100'", time), "out_of_range"),
        (wpt("lat='-99' lon='27'", time), "swapped"),
        (
            wpt("lat='27' lon='-99'", "<time>gestern</time>"),
            "bad_date",
        ),
        (
            wpt("lat='27' lon='-99'", "<time>2025-02-30T10:00:00Z</time>"),
            "no_such_day",
        ),
        (wpt("lat='27' lon='-99'", ""), "no_date"),
        ("<trk><trkseg/></trk>\n".to_owned(), "line_short"),
        (
            "<trk><trkseg><trkpt lat='1' lon='2'/></trkseg></trk>\n".to_owned(),
            "line_short",
        ),
        (
            "<trk><trkseg><trkpt lat='1'/><trkpt lat='1' lon='2'/></trkseg></trk>\n".to_owned(),
            "bad_geometry",
        ),
        (
            "<rte><rtept lat='1' lon='2'/><rtept lat='1' lon='nan'/></rte>\n".to_owned(),
            "out_of_range",
        ),
    ];
    let text: String = rows.iter().map(|(row, _)| row.as_str()).collect();
    let good = wpt("lat='27' lon='-99'", time);
    let (loaded, _) = load_text(&format!("<gpx>\n{text}{good}</gpx>"), ".gpx").unwrap();
    let reasons: Vec<(u64, &str)> = rows
        .iter()
        .enumerate()
        .map(|(i, (_, r))| (i as u64 + 2, *r))
        .collect();
    assert_eq!((loaded.reasons(), loaded.incidents.len()), (reasons, 1));
}

fn kmz(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    written(&zip.finish().unwrap().into_inner(), ".kmz")
}

#[test]
fn kmz_files_that_are_traps() {
    let sound = kml(&placemark(
        "<Point><coordinates>-99.5,27.5</coordinates></Point>",
    ));
    let (loaded, facts) =
        load(kmz(&[("a.png", b"x"), ("../../../evil.KML", sound.as_bytes())]).path()).unwrap();
    assert_eq!((loaded.incidents.len(), facts.format), (1, "kmz"));
    let refused = |file: tempfile::NamedTempFile| load(file.path()).err().unwrap();
    assert_eq!(refused(kmz(&[("a.png", b"x")])).key, "problem-kmz-empty");
    let endless = vec![b' '; 40 << 20];
    assert_eq!(
        refused(kmz(&[("doc.kml", &endless)])).key,
        "problem-zip-bomb"
    );
    let whole = std::fs::read(kmz(&[("doc.kml", sound.as_bytes())]).path()).unwrap();
    for cut in [whole.len() / 2, whole.len() - 1] {
        let found = refused(written(&whole[..cut], ".kmz"));
        assert_eq!(found.key, "problem-zip-damaged");
    }
    let not_kml = refused(kmz(&[("doc.kml", b"\x89PNG not XML")]));
    assert!(not_kml.key.starts_with("problem-xml"), "{}", not_kml.key);
    let bomb = refused(kmz(&[("doc.kml", b"<!DOCTYPE a><kml/>")]));
    assert_eq!(bomb.key, "problem-xml-doctype");
}

const FEATURE: &str = r#"{"type":"Feature","properties":{"date":"2025-02-03"},"geometry":{"type":"Point","coordinates":[-99.5,27.5]}}"#;

#[test]
fn a_broken_line_spoils_itself_only() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let lines = [
        FEATURE,
        r#"{"type":"Feature","prop"#,
        "",
        "   ",
        FEATURE,
        "not JSON",
        deep.as_str(),
        r#"{"type":"FeatureCollection","features":[]}"#,
        r#"{"type":"Point","coordinates":[1,2]}"#,
        "null",
        FEATURE,
    ];
    let reasons = [
        (2, "feature_not_json"),
        (6, "feature_not_json"),
        (7, "feature_not_json"),
        (8, "not_a_feature"),
        (9, "no_date"),
        (10, "not_a_feature"),
    ];
    for end in ["\n", "\r\n", "\r"] {
        let (loaded, facts) = load_text(&lines.join(end), ".ndjson").unwrap();
        assert_eq!(
            (facts.format, loaded.incidents.len()),
            ("geojsonl", 3),
            "{end:?}"
        );
        assert_eq!(loaded.reasons(), reasons, "{end:?}");
    }
    // Sequences need no line ends, and may have them inside.
    let pretty = FEATURE.replace(',', ",\n");
    let text = format!("\u{1e}{FEATURE}\u{1e}{pretty}\n\u{1e}\u{1e}{{\"type\":\u{1e}{FEATURE}");
    let (loaded, facts) = load_text(&text, ".json").unwrap();
    assert_eq!((facts.format, loaded.incidents.len()), ("geojson-seq", 3));
    assert_eq!(loaded.reasons(), [(6, "feature_not_json")]);
    // Without a name of its own: two features below one another.
    let (_, facts) = load_text(&format!("{FEATURE}\n{FEATURE}"), ".txt").unwrap();
    assert_eq!(facts.format, "geojsonl");
    let (_, facts) = load_text(FEATURE, ".json").unwrap();
    assert_eq!(facts.format, "geojson");
}

#[test]
fn a_feature_beyond_all_measure_is_told() {
    let padded = FEATURE.replace(
        "2025-02-03\"",
        &format!("2025-02-03\",\"x\":\"{}\"", "y".repeat(65 << 20)),
    );
    let parts = FEATURE.replace("\"2025-02-03\"", &format!("[{}1]", "1,".repeat(2_100_000)));
    let text = format!("{FEATURE}\n{padded}\n{parts}\n{FEATURE}\n");
    let (loaded, _) = load_text(&text, ".geojsonl").unwrap();
    assert_eq!(
        loaded.reasons(),
        [(2, "feature_too_big"), (3, "feature_too_big")]
    );
    assert_eq!(loaded.incidents.len(), 2);
    let collection = format!("{{\"type\":\"FeatureCollection\",\"features\":[{parts}]}}");
    assert_eq!(
        problem(&collection, ".geojson").key,
        "problem-json-value-big"
    );
}

#[test]
fn tables_nobody_meant_to_write() {
    let header = "date,lat,lon,notes";
    let row = "2025-02-03,27,-99,x";
    let wide = ",c".repeat(20_000);
    assert_eq!(
        problem(&format!("{header}{wide}\n"), ".csv").key,
        "problem-csv-cells"
    );
    assert_eq!(problem(",,,,\n,,,,\n", ".csv").key, "problem-file-empty");
    let field = "x".repeat(20 << 20);
    let long = problem(&format!("{header}{field}\n{row}\n"), ".csv");
    assert_eq!(
        (long.key, place(&long)),
        ("problem-csv-cell-long", ("1", "4"))
    );
    for (text, rows, reasons) in [
        (format!("{header}\n"), 0, vec![]),
        (format!("{header}\r{row}\r{row}"), 2, vec![]),
        (format!("{header}\r\n{row}\n{row}\r{row}"), 3, vec![]),
        (
            format!("{header}\n{row}\n{header}\n{row}\n"),
            2,
            vec![(3, "bad_date")],
        ),
        (format!("{header}\n{row}\n,,,\n\n{row}\n"), 2, vec![]),
        (
            format!("{header}\n2025-02-03,27,-99,he said \"no\" twice\n"),
            1,
            vec![],
        ),
        (format!("{header}\n2025-02-03,27,-99,\"a\"b\n"), 1, vec![]),
        (format!("\u{feff}SEP=,\r\n{header}\r\n{row}\r\n"), 1, vec![]),
        (
            format!("{header}\n2025-02-03,1e308,-99,x\n{row}\n"),
            1,
            vec![(2, "out_of_range")],
        ),
        (format!("{header}\n2025-02-03,27,-99\n{row}\n"), 2, vec![]),
    ] {
        let (loaded, _) = load_text(&text, ".csv").unwrap();
        assert_eq!(
            (loaded.incidents.len(), loaded.reasons()),
            (rows, reasons),
            "{text:?}"
        );
    }
    assert_eq!(problem("sep=;\n", ".csv").key, "problem-header-line");
    assert_eq!(problem("sep=;", ".csv").key, "problem-header-line");
}

#[test]
fn more_names_or_points_than_anybody_means_cost_their_row() {
    let feature = |properties: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"date\":\"2025-02-03\"{properties}}},\
             \"geometry\":{{\"type\":\"Point\",\"coordinates\":[-99.5,27.5]}}}}\n"
        )
    };
    let names = |n: usize| (0..n).map(|i| format!("A{i};")).collect::<String>();
    let mut text = feature("");
    for (field, n) in [("related", 1_001), ("actor2", 1_000), ("actor1", 2_000_000)] {
        text += &feature(&format!(",\"{field}\":\"{}\"", names(n)));
    }
    let (loaded, _) = load_text(&text, ".geojsonl").unwrap();
    let found = |loaded: &Loaded| -> Vec<(u64, &str, String)> {
        let rejects = loaded.rejects.iter();
        rejects
            .map(|r| (r.line, r.reason, r.column.clone()))
            .collect()
    };
    let names = |line, column: &str| (line, "too_many_names", column.to_owned());
    assert_eq!(found(&loaded), [names(2, "related"), names(4, "actor1")]);
    assert_eq!(loaded.incidents.len(), 2);
    let scribble = |n: u32| -> String {
        let points = (0..n).map(|i| format!("{} {}, ", i % 7, 20 + i % 5));
        points.collect()
    };
    let (few, many) = (scribble(5), scribble(1_000_001));
    let text = format!(
        "date,geom\n2025-02-03,\"LINESTRING ({few}0 20)\"\n2025-02-03,\"LINESTRING ({many}0 20)\"\n\
         2025-02-03,\"POLYGON (({many}0 20))\"\n"
    );
    let (loaded, _) = load_text(&text, ".csv").unwrap();
    let points = |line| (line, "too_many_points", "geometry".to_owned());
    assert_eq!(found(&loaded), [points(3), points(4)]);
    assert_eq!(loaded.movements.len(), 1);
}
