//! Files in, items out: the real ones at hand, those made for it, and whatever bytes come.

mod binary;
mod broken;
mod corpus;
mod given;
mod hostile;
mod hostile_binary;
mod hostile_shapes;
mod hostile_sheets;
mod profiles;
mod publishers;
mod routes;
mod text_formats;

#[path = "../../tests/testdata/mod.rs"]
mod testdata;

use super::*;
use crate::domain::{Incident, Movement, PlaceSeries, Record, TerritoryEstimate};
use crate::locale::{Lang, Problem, has, number};
use std::io::Write;
use std::path::{Path, PathBuf};
use testdata::testdata;

/// Everything a file gives.
#[derive(Default)]
struct Loaded {
    incidents: Vec<Incident>,
    territories: Vec<TerritoryEstimate>,
    movements: Vec<Movement>,
    series: Vec<PlaceSeries>,
    rejects: Vec<Reject>,
    notes: Vec<&'static str>,
}

impl Loaded {
    fn rows(&self) -> usize {
        let taken = self.incidents.len() + self.territories.len();
        taken + self.movements.len() + self.series.len() + self.rejects.len()
    }

    fn reasons(&self) -> Vec<(u64, &'static str)> {
        self.rejects.iter().map(|r| (r.line, r.reason)).collect()
    }
}

fn load_with(path: &Path, options: &Options) -> Result<(Loaded, FileFacts), Problem> {
    let mut reader = open(path, options)?;
    let mut loaded = Loaded::default();
    for item in reader.by_ref() {
        match item? {
            Item::Row(Record::Incident(i)) => loaded.incidents.push(*i),
            Item::Row(Record::Territory(t)) => loaded.territories.push(*t),
            Item::Row(Record::Movement(m)) => loaded.movements.push(*m),
            Item::Row(Record::Series(s)) => loaded.series.push(*s),
            Item::Row(other) => unreachable!("{other:?}"),
            Item::Reject(r) => {
                for lang in Lang::ALL {
                    assert!(!r.message(lang).contains("reject-"), "{}", r.message(lang));
                }
                loaded.rejects.push(r);
            }
        }
    }
    assert_eq!(reader.bytes_read(), reader.facts().size_bytes);
    loaded.notes = reader.facts().notes.iter().map(|n| n.key).collect();
    Ok((loaded, reader.facts().clone()))
}

fn load(path: &Path) -> Result<(Loaded, FileFacts), Problem> {
    load_with(path, &Options::default())
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/import")
        .join(name)
}

/// A file of these bytes under this extension.
fn written(bytes: &[u8], extension: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new()
        .suffix(extension)
        .tempfile()
        .unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn load_text(text: &str, extension: &str) -> Result<(Loaded, FileFacts), Problem> {
    load(written(text.as_bytes(), extension).path())
}

#[test]
fn lists_name_each_member_once() {
    let ids: Vec<&str> = profiles().iter().map(|p| p.id).collect();
    assert_eq!(
        ids,
        [
            "ucdp-ged", "acled", "gdelt", "gtd", "sesnsp", "places", "own"
        ]
    );
    let ids: Vec<&str> = formats().iter().map(|f| f.id).collect();
    assert_eq!(
        ids,
        [
            "csv",
            "geojson-seq",
            "geojsonl",
            "geojson",
            "xlsx",
            "ods",
            "kml",
            "kmz",
            "gpx",
            "shapefile",
            "shapefile-zip",
            "geopackage",
            "flatgeobuf",
        ]
    );
    let mut extensions: Vec<_> = formats().iter().flat_map(|f| f.extensions).collect();
    let all = extensions.len();
    extensions.sort();
    extensions.dedup();
    assert_eq!(extensions.len(), all);
}

#[test]
fn every_reason_has_its_sentence() {
    for reason in REJECT_REASONS {
        for lang in Lang::ALL {
            assert!(has(lang, &format!("reject-{reason}")), "{reason}");
        }
    }
}

#[test]
fn a_spanish_spreadsheet_export_is_read() {
    let (loaded, facts) = load(&fixture("own-es-windows1252.csv")).unwrap();
    assert_eq!(
        (facts.encoding.as_str(), facts.delimiter),
        ("windows-1252", Some(';'))
    );
    assert_eq!(facts.default_dataset, "own-es-windows1252");
    assert_eq!(
        loaded.notes,
        [
            "note-encoding-guessed",
            "note-rows-repeat",
            "note-unknown-kinds"
        ]
    );
    assert_eq!((loaded.incidents.len(), loaded.reasons()), (4, vec![]));
    let [first, truck, same_truck, month] = &loaded.incidents[..] else {
        panic!()
    };
    assert_eq!(first.kind, crate::domain::Kind::GunBattle);
    assert_eq!(first.title.text, "Gun battle, Nuevo Laredo");
    assert_eq!(
        first.title.es.as_deref(),
        Some("Enfrentamiento armado, Nuevo Laredo")
    );
    assert_eq!(first.when.start.to_string(), "2025-02-03");
    assert_eq!(first.narrative.text, "Enfrentamiento;\r\nsin más datos");
    assert_eq!(
        first.extra,
        [("Folio interno".to_owned(), "A-77".to_owned())]
    );
    assert_eq!((first.line, truck.line), (2, 4));
    assert_eq!(truck.source_kind, "Robo de camión");
    assert_eq!(
        (truck.kind, truck.deaths.is_unknown()),
        (crate::domain::Kind::Other, true)
    );
    assert_ne!(truck.external_id, same_truck.external_id);
    assert_eq!(month.when.end.to_string(), "2025-02-28");
    let (again, _) = load(&fixture("own-es-windows1252.csv")).unwrap();
    assert_eq!(again.incidents, loaded.incidents);
}

#[test]
fn columns_can_be_given() {
    let text = "cuando fue;norte;este;qué\n2025-02-03;27.5;-99.5;raro\n";
    let file = written(text.as_bytes(), ".csv");
    let problem = load(file.path()).err().unwrap();
    assert_eq!(problem.key, "problem-columns-missing");
    assert!(
        problem
            .message(Lang::En)
            .contains("cuando fue, norte, este, qué")
    );
    let map = [
        (Field::Start, "Cuando Fue"),
        (Field::Lat, "norte"),
        (Field::Lon, "este"),
    ];
    let mut options = Options {
        profile: Some("own".to_owned()),
        map: map.map(|(f, c)| (f, c.to_owned())).to_vec(),
        ..Options::default()
    };
    let (loaded, facts) = load_with(file.path(), &options).unwrap();
    assert_eq!(
        facts.mapping[0],
        ("start".to_owned(), "cuando fue".to_owned())
    );
    assert_eq!(
        loaded.incidents[0].extra,
        [("qué".to_owned(), "raro".to_owned())]
    );
    options.map.push((Field::Place, "nowhere".to_owned()));
    assert_eq!(
        load_with(file.path(), &options).err().unwrap().key,
        "problem-map-column"
    );
    options.profile = Some("nobody".to_owned());
    assert_eq!(
        load_with(file.path(), &options).err().unwrap().key,
        "problem-profile-unknown"
    );
}

#[test]
fn a_bad_row_is_kept_with_its_reason() {
    let (loaded, _) = load(&fixture("bad-rows.csv")).unwrap();
    assert_eq!(
        loaded.reasons(),
        [
            (3, "no_such_day"),
            (4, "bad_date"),
            (5, "no_date"),
            // `nan` is a word for no value.
            (6, "no_position"),
            (7, "out_of_range"),
            (8, "swapped"),
            (9, "no_position"),
            (10, "no_position"),
            (11, "bad_number"),
            (14, "ragged_row"),
        ]
    );
    let reject = &loaded.rejects[0];
    assert_eq!(
        (reject.column.as_str(), reject.value.as_str()),
        ("date", "2025-02-30")
    );
    assert_eq!(
        reject.raw,
        r#"{"date":"2025-02-30","lat":"27.5","lon":"-99.5","deaths":"1","place":"no such day"}"#
    );
    assert!(loaded.rejects[9].raw.ends_with(r#""column 7":"cells"}"#));
    let last = loaded.incidents.last().unwrap();
    assert_eq!((last.line, last.places.place.as_str()), (16, "two\nlines"));
    assert_eq!(last.extra, [("place (2)".to_owned(), "good".to_owned())]);
    assert_eq!(loaded.incidents.len(), 4);
}

#[test]
fn geojson_gives_points_and_areas() {
    let (loaded, facts) = load(&fixture("mixed.geojson")).unwrap();
    assert_eq!((facts.format, facts.delimiter), ("geojson", None));
    let [incident] = &loaded.incidents[..] else {
        panic!()
    };
    assert_eq!((incident.external_id.as_str(), incident.line), ("p1", 1));
    assert_eq!(
        (incident.position.lon, incident.position.lat),
        (-99.507, 27.476)
    );
    assert_eq!(incident.deaths.best, Some(0));
    assert_eq!(incident.extra, [("weather".to_owned(), "fog".to_owned())]);
    let [area] = &loaded.territories[..] else {
        panic!()
    };
    assert_eq!(
        (area.external_id.as_str(), area.dataset.as_str()),
        ("t1", "mixed")
    );
    assert_eq!(area.relation.code(), "contests");
    assert_eq!(area.valid_from.unwrap().to_string(), "2025-01-01");
    assert_eq!(area.valid_to.unwrap().to_string(), "2025-02-28");
    assert_eq!((area.share_low, area.share_high), (Some(30.0), Some(35.5)));
    assert_eq!(area.grade.to_string(), "C4");
    assert_eq!(area.area.0[0].interiors().len(), 1);
    assert_eq!(area.extra, [("colour".to_owned(), "red".to_owned())]);
    let [line] = &loaded.movements[..] else {
        panic!()
    };
    assert_eq!((line.line, line.when.is_some()), (10, false));
    assert_eq!(
        loaded.reasons(),
        [
            (3, "no_position"),
            (4, "out_of_range"),
            (5, "bad_geometry"),
            (6, "feature_not_json"),
            (7, "ring_short"),
            (8, "ring_open"),
            (9, "unknown_relation"),
            (11, "not_a_feature"),
        ]
    );
}
