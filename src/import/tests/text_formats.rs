//! What the text formats give of files that other programs wrote, and of how people write them.

use super::super::encoding::Charset;
use super::*;

fn made(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/formats")
        .join(name)
}

/// The twelve incidents as a golden text has them, which was made from the same table by other means.
fn told(loaded: &Loaded) -> String {
    let line = |i: &Incident| {
        let parts = [
            i.external_id.clone(),
            i.when.start.to_string(),
            format!("{:.7} {:.7}", i.position.lon, i.position.lat),
            i.kind.code().to_owned(),
            i.title.text.clone(),
            i.narrative.text.clone(),
        ];
        parts.join(" | ") + "\n"
    };
    loaded.incidents.iter().map(line).collect()
}

#[test]
fn one_table_in_every_format_gives_the_same_incidents() {
    let golden = std::fs::read_to_string(made("incidents.golden.txt")).unwrap();
    for (name, format, day) in [
        ("incidents.csv", "csv", "date_start"),
        ("incidents.kml", "kml", "date_start"),
        ("timestamps.kml", "kml", "start"),
        ("incidents.kmz", "kmz", "date_start"),
        ("incidents.geojsonl", "geojsonl", "date_start"),
        ("incidents.geojsons", "geojson-seq", "date_start"),
        ("waypoints.gpx", "gpx", "start"),
    ] {
        let mut options = Options::default();
        if format == "gpx" {
            // GPX has no id of its own: it went where there was room.
            options.map.push((Field::Id, "cmt".to_owned()));
        }
        let (loaded, facts) = load_with(&made(name), &options).unwrap();
        assert_eq!(told(&loaded), golden, "{name}");
        // KML and GPX are in UTC, and say on which day that is at the place.
        let mut notes = loaded.notes.clone();
        notes.retain(|note| *note != "note-utc-placed");
        assert_eq!(
            (facts.format, loaded.reasons(), &notes[..]),
            (format, vec![], &[][..])
        );
        assert!(
            facts
                .mapping
                .contains(&("start".to_owned(), day.to_owned())),
            "{name}"
        );
    }
}

#[test]
fn lines_of_the_file_are_named() {
    let first = |name: &str| {
        load(&made(name)).unwrap().0.incidents[..2]
            .iter()
            .map(|i| i.line)
            .collect::<Vec<_>>()
    };
    assert_eq!(first("incidents.kml"), [13, 31]);
    assert_eq!(first("incidents.geojsons"), [1, 2]);
    assert_eq!(first("waypoints.gpx"), [4, 11]);
}

#[test]
fn a_track_is_one_movement_with_its_first_and_last_instant() {
    let path = made("track.gpx");
    let (loaded, _) = load(&path).unwrap();
    let [track] = &loaded.movements[..] else {
        panic!()
    };
    assert_eq!(track.name.text, "Recorrido de campo, Nuevo León");
    assert_eq!(
        (track.path.0.len(), track.path.0[0].0.len(), track.line),
        (1, 4, 4)
    );
    let cells = inspect(&path, &Options::default()).unwrap();
    assert_eq!(cells.facts.columns, ["name", "start", "end"]);
    assert_eq!(
        cells.preview[0][1..],
        ["2025-02-03T10:00:00Z", "2025-02-03T13:00:00Z"]
    );
}

const KML: &str = r#"<?xml version="1.0" encoding="ENC"?>
<k:kml xmlns:k="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><k:Document>
<k:name>Bit&#225;cora</k:name><k:NetworkLink><k:name>no</k:name><k:Link><k:href>http://x.mx/a.kml</k:href></k:Link></k:NetworkLink>
<k:Folder><k:name>Febrero</k:name><k:Folder><k:name>Cateos</k:name>
<k:Placemark id="a1"><k:name>Cateo en Nuevo León</k:name>
<k:description><![CDATA[<b>Dos</b> detenidos &amp; armas<br>una nota]]></k:description>
<k:address>Calle 5</k:address>
<k:LookAt><gx:TimeStamp><k:when>1999</k:when></gx:TimeStamp></k:LookAt>
<k:TimeSpan><k:begin>2025-02-03</k:begin><k:end>2025-02</k:end></k:TimeSpan>
<k:ExtendedData><k:Data name="folio"><k:displayName>x</k:displayName><k:value>77</k:value></k:Data>
<k:Data name="name"><k:value>otro</k:value></k:Data></k:ExtendedData>
<k:Point><k:coordinates> -99.5, 27.5 ,10 </k:coordinates></k:Point></k:Placemark>
</k:Folder>
<k:Placemark><k:name>Ruta</k:name><gx:MultiTrack><gx:Track>
<k:when>2025-02-03T10:00:00Z</k:when><k:when>2025-02-03T11:00:00Z</k:when>
<gx:coord>-99.5 27.5 1</gx:coord><gx:coord>-99.6 27.6</gx:coord></gx:Track></gx:MultiTrack></k:Placemark>
</k:Folder>
<k:Placemark><k:TimeStamp><k:when>2025</k:when></k:TimeStamp>
<k:MultiGeometry><k:Point><k:coordinates>-99,27</k:coordinates></k:Point></k:MultiGeometry></k:Placemark>
</k:Document></k:kml>
"#;

#[test]
fn what_a_placemark_says_becomes_columns() {
    let (loaded, facts) = load_text(&KML.replace("ENC", "UTF-8"), ".kml").unwrap();
    assert_eq!(loaded.reasons(), []);
    assert_eq!(
        loaded.notes,
        ["note-utc-placed", "note-kml-links", "note-kml-html"]
    );
    let [house, year] = &loaded.incidents[..] else {
        panic!()
    };
    assert_eq!(
        (house.title.text.as_str(), house.line),
        ("Cateo en Nuevo León", 5)
    );
    assert_eq!(house.narrative.text, "Dos detenidos & armas\nuna nota");
    assert_eq!(
        (house.when.start.to_string(), house.when.end.to_string()),
        ("2025-02-03".into(), "2025-02-28".into())
    );
    assert_eq!((house.position.lon, house.position.lat), (-99.5, 27.5));
    let extra = |name: &str| {
        house
            .extra
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    };
    assert_eq!(extra("folder"), Some("Febrero / Cateos"));
    assert_eq!(extra("name (2)"), Some("otro"));
    assert_eq!(extra("placemark id"), Some("a1"));
    assert_eq!(house.places.place, "Calle 5");
    assert!(
        house
            .extra
            .iter()
            .all(|(_, value)| value != "1999" && value != "x")
    );
    assert!(
        facts
            .mapping
            .contains(&("id".to_owned(), "folio".to_owned()))
    );
    assert_eq!(house.external_id, "77");
    assert_eq!(year.when.end.to_string(), "2025-12-31");
    assert_eq!(loaded.movements[0].path.0[0].0.len(), 2);
}

/// The same text under every encoding it may say it has.
#[test]
fn xml_is_read_as_it_says_or_as_it_is() {
    let (told, _) = load_text(&KML.replace("ENC", "UTF-8"), ".kml").unwrap();
    let wrong = "note-encoding-declared";
    let wide = |text: &str| -> Vec<u8> {
        let mark = format!("\u{feff}{text}");
        mark.encode_utf16().flat_map(u16::to_be_bytes).collect()
    };
    let latin1 = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<_>>();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    for (says, bytes, note) in [
        ("UTF-16", &wide as &dyn Fn(&str) -> Vec<u8>, None),
        ("ISO-8859-1", &latin1, None),
        ("windows-1252", &latin1, None),
        ("UTF-8", &latin1, Some(wrong)),
        ("windows-1252", &utf8, Some(wrong)),
        ("UTF-16", &utf8, Some(wrong)),
    ] {
        let file = written(&bytes(&KML.replace("ENC", says)), ".kml");
        let (loaded, _) = load(file.path()).unwrap();
        assert_eq!(loaded.incidents, told.incidents, "{says}");
        let noted = loaded.notes.iter().find(|n| n.starts_with("note-encoding"));
        assert_eq!(noted.copied(), note, "{says}");
    }
}

fn in_charset(text: &str, label: &str) -> Vec<u8> {
    let charset = Charset::of_label(label).unwrap();
    let byte = |c: char| (0..=255_u8).find(|b| charset.decode(&[*b]).chars().eq([c]));
    text.chars().map(|c| byte(c).unwrap()).collect()
}

#[test]
fn tables_of_old_machines_keep_their_accents() {
    let text = "fecha;lat;lon;lugar\n2025-02-03;27,5;-99,5;Cuautitlán Izcalli, México\n2025-02-04;27,5;-99,5;Dueño de un rancho en León\n";
    for (label, name) in [
        ("windows-1252", "windows-1252"),
        ("macintosh", "macintosh"),
        ("cp850", "IBM850"),
    ] {
        let file = written(&in_charset(text, label), ".csv");
        let (loaded, facts) = load(file.path()).unwrap();
        assert_eq!(
            (facts.encoding.as_str(), &loaded.notes[..]),
            (name, &["note-encoding-guessed"][..])
        );
        assert_eq!(
            loaded.incidents[0].places.place,
            "Cuautitlán Izcalli, México"
        );
        // What the user names wins, and what it cannot read is told.
        let options = Options {
            encoding: Some("utf-8".to_owned()),
            ..Options::default()
        };
        let (loaded, facts) = load_with(file.path(), &options).unwrap();
        assert_eq!(
            (facts.encoding.as_str(), &loaded.notes[..]),
            ("UTF-8", &["note-encoding-damaged"][..])
        );
    }
    let undefined = written(
        b"fecha;lat;lon;lugar\n2025-02-03;27;-99;Le\xf3n \x81\n",
        ".csv",
    );
    let (loaded, facts) = load(undefined.path()).unwrap();
    assert_eq!(facts.encoding, "windows-1252");
    assert_eq!(
        loaded.notes,
        ["note-encoding-open", "note-encoding-damaged"]
    );
}

#[test]
fn a_table_may_stand_below_its_title() {
    let rows = "2025-02-03;León;21,1;-101,6;1\n2025-02-04;León;21,1;-101,6;2\n";
    let names = "Fecha;Municipio;Latitud;Longitud;Muertos\n";
    for (title, line) in [
        ("Fiscalía General, 2025\n\n", "3"),
        ("Reporte;;;;\nfebrero;;;;\n", "3"),
        ("sep=;\nReporte de hechos\n", "3"),
    ] {
        let (loaded, facts) = load_text(&format!("{title}{names}{rows}"), ".csv").unwrap();
        assert_eq!(loaded.incidents.len(), 2, "{title}");
        assert_eq!(
            (facts.header_line.to_string().as_str(), facts.delimiter),
            (line, Some(';'))
        );
        assert!(loaded.notes.contains(&"note-header-below-title"));
    }
    // A first line that is a row of names, if a short one, stays the header.
    for (text, line) in [
        (format!("{names}{rows}"), 1),
        (format!("\u{feff}sep=;\r\n{names}{rows}"), 2),
        (format!("\"SEP=;\"\n{names}{rows}"), 2),
        (
            format!("fecha;lat;lon;;\n{rows}").replace("León;21,1;-101,6", "21,1;-101,6;León"),
            1,
        ),
    ] {
        let (loaded, facts) = load_text(&text, ".csv").unwrap();
        assert_eq!(
            (facts.header_line, loaded.incidents.len()),
            (line, 2),
            "{text}"
        );
        assert!(!loaded.notes.contains(&"note-header-below-title"));
    }
    let comma = "sep=,\ndate,lat,lon,what\n2025-02-03,27,-99,a;b;c;d;e\n";
    let (loaded, facts) = load_text(comma, ".csv").unwrap();
    assert_eq!((facts.delimiter, loaded.incidents.len()), (Some(','), 1));
}

#[test]
fn what_holds_one_thing_is_that_thing() {
    let feature = |geometry: &str| {
        let text = format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"date\":\"2025-02-03\",\"id\":1}},\"geometry\":{geometry}}}\n"
        );
        load_text(&text.repeat(2), ".geojsonl").unwrap().0
    };
    for geometry in [
        r#"{"type":"Point","coordinates":[-99.5,27.5,540.2]}"#,
        r#"{"type":"MultiPoint","coordinates":[[-99.5,27.5]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-99.5,27.5]}]}"#,
    ] {
        let loaded = feature(geometry);
        let at = &loaded.incidents[0].position;
        assert_eq!((at.lon, at.lat), (-99.5, 27.5), "{geometry}");
    }
    for geometry in [
        r#"{"type":"MultiPoint","coordinates":[[-99.5,27.5],[-99,27]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[1,2]}]}"#,
    ] {
        assert_eq!(
            feature(geometry).reasons(),
            [(1, "geometry_not_taken"), (2, "geometry_not_taken")]
        );
    }
}

/// Features of each kind of shape with longitude and latitude in each other's place.
const SWAPPED: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"p","date":"2025-02-03"},"geometry":{"type":"Point","coordinates":[27.5,-99.5]}},
{"type":"Feature","properties":{"id":"l","date":"2025-02-03"},"geometry":{"type":"LineString","coordinates":[[27.5,-99.5],[27.6,-99.6]]}},
{"type":"Feature","properties":{"id":"a","actor":"A","relation":"contests"},"geometry":{"type":"Polygon","coordinates":[[[27.5,-99.5],[27.6,-99.5],[27.6,-99.6],[27.5,-99.5]]]}}]}"#;

#[test]
fn shapes_are_exchanged_where_the_user_says_so() {
    let kml = "<kml><Placemark><TimeStamp><when>2025-02-03</when></TimeStamp>\
               <Point><coordinates>27.5,-99.5</coordinates></Point></Placemark></kml>";
    let swap = Options {
        swap: true,
        ..Options::default()
    };
    for (text, ending, rows) in [(SWAPPED, ".geojson", 3), (kml, ".kml", 1)] {
        let file = written(text.as_bytes(), ending);
        let (loaded, _) = load(file.path()).unwrap();
        let is_swapped = |r: &Reject| r.reason == "swapped" && r.raw.contains("(27.5 -99.5");
        assert_eq!(loaded.rejects.len(), rows);
        assert!(
            loaded
                .rejects
                .iter()
                .all(|r| is_swapped(r) || r.raw.contains("((27.5 -99.5"))
        );
        let hint = inspect(file.path(), &Options::default()).unwrap().swapped;
        assert_eq!(hint.unwrap().exchanged, 1);
        let (loaded, _) = load_with(file.path(), &swap).unwrap();
        assert_eq!((loaded.rejects.len(), loaded.rows()), (0, rows));
        let at = &loaded.incidents[0].position;
        assert_eq!((at.lon, at.lat), (-99.5, 27.5));
        for line in &loaded.movements {
            assert_eq!(line.path.0[0].0[0].x, -99.5);
        }
        for area in &loaded.territories {
            assert_eq!(area.area.0[0].exterior().0[0].x, -99.5);
        }
    }
}

#[test]
fn a_feature_without_a_geometry_is_located_by_its_properties() {
    let feature = |properties: &str| {
        format!(
            r#"{{"type":"Feature","geometry":null,"properties":{{"date":"2025-02-03",{properties}}}}}"#
        )
    };
    let text = [
        feature(r#""lat":27.5,"lon":-99.5"#),
        feature(r#""admin2":"Nuevo Laredo","admin1":"Tamaulipas","country":"Mexico""#),
    ];
    let file = written(text.join("\n").as_bytes(), ".geojsonl");
    let (loaded, _) = load(file.path()).unwrap();
    assert_eq!(loaded.incidents[0].position.lat, 27.5);
    assert_eq!(loaded.reasons(), [(2, "no_position")]);
    let options = Options {
        gazetteer: true,
        ..Options::default()
    };
    let (loaded, _) = load_with(file.path(), &options).unwrap();
    assert_eq!(loaded.incidents.len(), 2);
}

#[test]
fn a_decimal_comma_is_no_thousand() {
    let file = written(
        b"name;lon;lat;flow_2018\nA;-99,5;27,5;3,5\nB;-99,5;27,5;3,500\n",
        ".csv",
    );
    let options = Options {
        profile: Some("places".to_owned()),
        ..Options::default()
    };
    let (loaded, _) = load_with(file.path(), &options).unwrap();
    let values = loaded.series.iter().map(|s| s.series[0].values[0].value);
    assert_eq!(values.collect::<Vec<_>>(), [Some(3.5), Some(3500.0)]);
}

#[test]
fn a_header_of_one_name_over_and_over() {
    let mut text = "a,".repeat(16_000);
    text.push_str("date,lat,lon\n");
    text.push_str(&"1,".repeat(16_000));
    text.push_str("2025-02-03,27.5,-99.5\n");
    let (loaded, facts) = load_text(&text, ".csv").unwrap();
    assert_eq!(loaded.incidents.len(), 1);
    assert_eq!(facts.columns[15_999], "a (16000)");
}

#[test]
fn choices_without_use_are_told() {
    let options = Options {
        layer: Some("x".to_owned()),
        header: Some(3),
        delimiter: Some(';'),
        ..Options::default()
    };
    let file = written(SWAPPED.as_bytes(), ".geojson");
    let (_, facts) = load_with(file.path(), &options).unwrap();
    let note = facts.notes.iter().find(|n| n.key == "note-options-unused");
    let told = note.unwrap().message(Lang::En);
    assert!(told.contains("sheet / layer, header, delimiter"), "{told}");
    let sound = written(b"date;lat;lon\n2025-02-03;27.5;-99.5\n", ".csv");
    let options = Options {
        layer: None,
        header: Some(0),
        ..options
    };
    let looked = inspect(sound.path(), &options).unwrap();
    assert!(
        looked
            .facts
            .notes
            .iter()
            .all(|n| n.key != "note-options-unused")
    );
}

/// The first rows of a file may all be days that can be read both ways.
#[test]
fn a_date_far_down_tells_day_from_month() {
    let rows = "03/04/2024,25.6,-100.3\n".repeat(1_200) + "04/25/2024,25.6,-100.3\n";
    let (loaded, _) = load_text(&format!("date,lat,lon\n{rows}"), ".csv").unwrap();
    assert_eq!((loaded.rows(), loaded.rejects.len()), (1_201, 0));
    assert_eq!(loaded.incidents[0].when.start.to_string(), "2024-03-04");
    assert_eq!(loaded.notes, ["note-rows-repeat"]);
}
