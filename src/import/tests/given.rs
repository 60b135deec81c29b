//! What is given for all rows, lines and areas as text, and rows far from the country they name.

use super::*;
use crate::domain::Kind;

/// A phone's placemarks: where, and nothing of when and what.
const KML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>3 feb</name>
<Placemark><name>Retén 1</name><Point><coordinates>-99.51,27.48,0</coordinates></Point></Placemark>
<Placemark><name>Retén 2</name><Point><coordinates>-99.49,27.44,0</coordinates></Point></Placemark>
<Placemark><name>Ruta</name><LineString><coordinates>-99.5,27.4 -99.6,27.3</coordinates></LineString></Placemark>
</Document></kml>"#;

fn set(values: &[(Field, &str)]) -> Options {
    Options {
        set: values.iter().map(|(f, v)| (*f, (*v).to_owned())).collect(),
        ..Options::default()
    }
}

fn refused(path: &Path, options: &Options) -> Problem {
    open(path, options).err().expect("taken")
}

#[test]
fn a_day_of_checkpoints_from_a_phone_gets_its_day_and_kind() {
    // A line among them needs no date, so that the points alone would be rejected one by one.
    let points = KML.replace("<Placemark><name>Ruta", "<!--<Placemark><name>Ruta");
    let points = points.replace("</LineString></Placemark>", "</LineString></Placemark>-->");
    let file = written(points.as_bytes(), ".kml");
    let problem = refused(file.path(), &Options::default());
    assert_eq!(problem.key, "problem-columns-missing");
    assert!(problem.message(Lang::En).contains("--set date=2025-02-03"));
    let options = set(&[(Field::Start, "2025-02-03"), (Field::Kind, "Retén")]);
    let (loaded, facts) = load_with(file.path(), &options).unwrap();
    assert_eq!((loaded.incidents.len(), loaded.reasons()), (2, vec![]));
    assert_eq!(loaded.notes, ["note-given", "note-unknown-kinds"]);
    assert_eq!(
        facts.given,
        [("kind", "Retén"), ("start", "2025-02-03")].map(|(f, v)| (f.to_owned(), v.to_owned()))
    );
    let first = &loaded.incidents[0];
    assert_eq!(first.when.start.to_string(), "2025-02-03");
    assert_eq!(
        (first.kind, first.source_kind.as_str()),
        (Kind::Other, "Retén")
    );
    let told = ("given_for_all_rows", "kind = Retén; start = 2025-02-03");
    let extra = first.extra.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    assert!(extra.clone().any(|e| e == told), "{:?}", first.extra);
    // Another day's rows of the same names are others.
    let tuesday = set(&[(Field::Start, "2025-02-04"), (Field::Kind, "Retén")]);
    let (again, _) = load_with(file.path(), &tuesday).unwrap();
    assert_ne!(again.incidents[0].external_id, first.external_id);

    let file = written(KML.as_bytes(), ".kml");
    let known = set(&[(Field::Start, "2025-02-03"), (Field::Kind, "detención")]);
    let (loaded, _) = load_with(file.path(), &known).unwrap();
    assert_eq!((loaded.incidents.len(), loaded.movements.len()), (2, 1));
    assert_eq!(loaded.incidents[1].kind, Kind::Arrest);
    assert_eq!(loaded.notes, ["note-given"]);
    let deployment = set(&[(Field::Start, "2025-02-03"), (Field::Kind, "traslado")]);
    let (moved, _) = load_with(file.path(), &deployment).unwrap();
    assert_eq!(moved.movements[0].kind.code(), "deployment");
    // It is the movement's kind, and none that an incident has.
    assert_eq!(moved.notes, ["note-given", "note-unknown-kinds"]);
    let route = &loaded.movements[0];
    assert_eq!(route.when.as_ref().unwrap().start.to_string(), "2025-02-03");
    assert!(
        !route.extra.iter().any(|(name, _)| name == "start"),
        "{:?}",
        route.extra
    );
}

#[test]
fn a_value_that_no_row_could_have_is_one_error_before_any_row() {
    let file = written("lat,lon,país\n27.5,-99.5,México\n".as_bytes(), ".csv");
    let date = (Field::Start, "2025-02-03");
    for (field, value) in [
        (Field::Start, "yesterday"),
        (Field::Start, "2025-02-30"),
        (Field::End, "2025-02-02"),
        (Field::DatePrecision, "about"),
        (Field::PlacePrecision, "about"),
        (Field::Actor1Type, "martian"),
        (Field::DeathsBest, "1.000"),
        (Field::RadiusM, "-5"),
        (Field::Grade, "Z9"),
        (Field::Zone, "America/Nowhere"),
        (Field::Time, "25:99"),
    ] {
        let problem = refused(file.path(), &set(&[date, (field, value)]));
        assert_eq!(problem.key, "problem-set-value", "{value}");
        for lang in Lang::ALL {
            let said = problem.message(lang);
            assert!(
                said.contains(value) && said.contains(field.code()),
                "{said}"
            );
            assert!(said.ends_with('.'), "{said}");
        }
    }
    let deaths = [date, (Field::DeathsLow, "3"), (Field::DeathsHigh, "2")];
    assert_eq!(refused(file.path(), &set(&deaths)).key, "problem-set-value");
    // Such a word is no cell without a value: no row could say so, and it is not left out unsaid.
    for field in [Field::Grade, Field::DeathsBest, Field::Actor2Type] {
        let problem = refused(file.path(), &set(&[date, (field, "none")]));
        assert_eq!(problem.key, "problem-set-value", "{}", field.code());
    }
    let words = [date, (Field::Actor2, "none"), (Field::Place, "-")];
    let (loaded, facts) = load_with(file.path(), &set(&words)).unwrap();
    assert_eq!(facts.given.len(), 3);
    assert_eq!(loaded.incidents[0].places.place, "-");
    let bare = written("lat,lon\n-22.5,17.1\n".as_bytes(), ".csv");
    let namibia = set(&[date, (Field::Country, "NA")]);
    let (loaded, _) = load_with(bare.path(), &namibia).unwrap();
    assert_eq!(loaded.incidents[0].places.country, "NA");
    for field in Field::ALL.iter().filter(|f| !f.may_be_set()) {
        let problem = refused(file.path(), &set(&[date, (*field, "1")]));
        assert_eq!(problem.key, "problem-set-field", "{}", field.code());
    }
    // A blank one is none: the date is still missing.
    let blank = refused(file.path(), &set(&[(Field::Start, " ")]));
    assert_eq!(blank.key, "problem-columns-missing");
    let of_publisher = Options {
        profile: Some("gtd".to_owned()),
        ..set(&[(Field::Source, "x")])
    };
    let file = fixture("acled.csv");
    let as_acled = refused(&file, &set(&[(Field::SourceUrl, "x")]));
    assert_eq!(as_acled.key, "problem-set-profile");
    let as_gtd = refused(&fixture("profiles/gtd.csv"), &of_publisher);
    assert_eq!(as_gtd.key, "problem-set-profile");
}

#[test]
fn a_value_takes_the_place_of_no_cell() {
    let text = "lat,lon,fecha,país\n27.5,-99.5,2025-01-01,México\n27.6,-99.6,,México\n";
    let file = written(text.as_bytes(), ".csv");
    let mut options = set(&[(Field::Start, "2025-02-03")]);
    let problem = refused(file.path(), &options);
    assert_eq!(problem.key, "problem-set-column");
    assert!(problem.message(Lang::En).contains("“fecha” for start"));
    options.map = vec![(Field::Start, "país".to_owned())];
    assert_eq!(refused(file.path(), &options).key, "problem-set-column");
    // The column is left unread when that is said, and what it holds is kept.
    options.map.clear();
    options.unmap = vec![Field::Start];
    let (loaded, _) = load_with(file.path(), &options).unwrap();
    let starts = loaded.incidents.iter().map(|i| i.when.start.to_string());
    assert_eq!(starts.collect::<Vec<_>>(), ["2025-02-03", "2025-02-03"]);
    let kept = ("fecha".to_owned(), "2025-01-01".to_owned());
    assert!(loaded.incidents[0].extra.contains(&kept));
    // Fields are known by their names too, in both languages.
    assert_eq!(Field::from_code("Fecha"), Some(Field::Start));
    assert_eq!(Field::from_code("type"), Some(Field::Kind));
    assert_eq!(Field::from_code("nothing"), None);
}

#[test]
fn lines_and_areas_are_read_from_a_column() {
    let text = "wkt;nombre;actor;relation;fecha\n\
        LineStringZ (-99.5 27.5 1, -100.3 25.7 2);Ruta;;;3/2/2025\n\
        \"SRID=4326;LINESTRING(-99.5 27.5,-100.3 25.7)\";Ruta;;;2025-02-03\n\
        MultiPolygon (((-100 25, -98 25, -98 27, -100 25)));Zona;A;controls;\n\
        \"SRID=32614;LINESTRING (1 2, 3 4)\";Ruta;;;\n\
        LINESTRING (1 2;Ruta;;;\n\
        LINESTRING (-99 27, -99 270);Ruta;;;\n\
        POINT (-99.5 27.5);Punto;;;2025-02-03\n";
    let file = written(text.as_bytes(), ".csv");
    let (loaded, _) = load(file.path()).unwrap();
    assert_eq!(
        loaded.reasons(),
        [(5, "other_srid"), (6, "bad_geometry"), (7, "out_of_range")]
    );
    for reject in &loaded.rejects {
        assert_eq!(reject.column, "wkt", "{reject:?}");
        assert!(!reject.raw.contains("\"geometry\""), "{}", reject.raw);
    }
    let [route, same] = &loaded.movements[..] else {
        panic!("{}", loaded.movements.len())
    };
    assert_eq!((&route.path, &route.when), (&same.path, &same.when));
    assert_eq!(route.name.text, "Ruta");
    assert_eq!(route.path.0[0].0.len(), 2);
    assert!(
        route.when.is_some() && route.extra.is_empty(),
        "{:?}",
        route.extra
    );
    let [area] = &loaded.territories[..] else {
        panic!()
    };
    assert_eq!((area.name.text.as_str(), area.extra.len()), ("Zona", 0));
    assert_eq!(loaded.incidents.len(), 1);
    // A file of lines alone needs no date.
    let file = written(b"id,geom\na,\"LINESTRING (0 0, 1 1)\"\n", ".csv");
    assert_eq!(load(file.path()).unwrap().0.movements.len(), 1);
    // Longer than any text: a day of positions, one a second.
    let day: Vec<String> = (0..86_400)
        .map(|i| format!("{:.5} 27.5", -99.5 + f64::from(i) * 1e-5))
        .collect();
    let text = format!("id,geom\na,\"LINESTRING ({})\"\n", day.join(", "));
    assert!(text.len() > 1 << 20);
    let (loaded, _) = load(written(text.as_bytes(), ".csv").path()).unwrap();
    assert_eq!(loaded.movements[0].path.0[0].0.len(), 86_400);
    // A quotation mark gone astray is still told as one.
    let text = format!("id,geom\na,\"LINESTRING ({}\n", "1 2, ".repeat(4_000_000));
    let sound = "b,\"LINESTRING (-99 27, -98 27)\"\n";
    let text = text.replacen('\n', &format!("\n{sound}"), 1);
    let (loaded, _) = load_text(&text, ".csv").unwrap();
    assert_eq!(loaded.reasons(), [(3, "open_quote")]);
    assert_eq!(loaded.movements.len(), 1);
}

#[test]
fn rows_far_from_the_country_they_name_are_told_and_kept() {
    let text = "id,date,lat,lon,country\n\
        a,2025-02-03,27.4763,-99.5164,Mexico\n\
        b,2025-02-03,27.4763,99.5164,México\n\
        c,2025-02-03,25.6866,100.3161,MEX\n\
        d,2025-02-03,27.4763,99.5164,Ruritania\n\
        e,2025-02-03,27.4763,99.5164,\n\
        f,2025-02-03,39.9042,116.4074,China\n";
    let (loaded, _) = load_text(text, ".csv").unwrap();
    assert_eq!((loaded.incidents.len(), loaded.rejects.len()), (6, 0));
    assert_eq!(loaded.incidents[1].position.lon, 99.5164);
    assert_eq!(loaded.notes, ["note-far", "note-far-sign"]);
    let file = written(text.as_bytes(), ".csv");
    let mut reader = open(file.path(), &Options::default()).unwrap();
    assert!(reader.by_ref().all(|item| item.is_ok()));
    let far = reader.facts().notes[0].message(Lang::En);
    assert!(far.starts_with("2 rows lie more than 100 km"), "{far}");
    assert!(far.ends_with("3 (México), 4 (MEX)."), "{far}");
    // Where turning the sign would not bring them there, it is not proposed.
    let elsewhere = text.replace("27.4763,99.5164,México", "47.4763,99.5164,México");
    assert_eq!(load_text(&elsewhere, ".csv").unwrap().0.notes, ["note-far"]);
    let (real, _) = load(&testdata("ucdp-ged-mexico.csv")).unwrap();
    assert!(!real.notes.contains(&"note-far"), "{:?}", real.notes);
}

#[test]
fn rejected_lines_come_back_by_the_shape_that_was_written_for_them() {
    let kml = r#"<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Ruta</name>
        <ExtendedData><Data name="coordenadas"><value>27.5, -99.5</value></Data></ExtendedData>
        <LineString><coordinates>-99.5,27.5 -99.6,270.4</coordinates></LineString>
        </Placemark></Document></kml>"#;
    let (loaded, _) = load_text(kml, ".kml").unwrap();
    assert_eq!(loaded.reasons().len(), 1);
    let raw: serde_json::Value = serde_json::from_str(&loaded.rejects[0].raw).unwrap();
    let cell = |name: &str| raw[name].as_str().unwrap().replace("270.4", "27.4");
    let text = format!(
        "name,coordenadas,geometry,atalaya_reason\n{},\"{}\",\"{}\",x\n",
        cell("name"),
        cell("coordenadas"),
        cell("geometry")
    );
    let (again, _) = load_text(&text, ".csv").unwrap();
    assert_eq!((again.movements.len(), again.incidents.len()), (1, 0));
    let kept = ("coordenadas".to_owned(), "27.5, -99.5".to_owned());
    assert_eq!(again.movements[0].extra, [kept]);
}

#[test]
fn a_long_shape_in_a_cell_is_rejected_whole() {
    let on_earth = "-99.51234567 27.51234567, ".repeat(50_000);
    let text = format!("id,geom,note\na,\"LINESTRING ({on_earth}-99 270)\",NA\n");
    assert!(text.len() > 1 << 20);
    let (loaded, _) = load_text(&text, ".csv").unwrap();
    assert_eq!(loaded.reasons(), [(2, "out_of_range")]);
    assert!(loaded.rejects[0].raw.contains("-99 270)\""));
    // Once it is mended it is taken; what R has no value for is none in rows of lines too.
    let (loaded, _) = load_text(&text.replace("270)", "27)"), ".csv").unwrap();
    assert_eq!(loaded.movements[0].path.0[0].0.len(), 50_001);
    assert!(loaded.movements[0].extra.is_empty());
}
