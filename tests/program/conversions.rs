//! UCDP's rows as other programs write them: GDAL into every format it knows that we read, a Python
//! library into a spreadsheet. Counts, dates, deaths and coordinates are those of the CSV.
//!
//! Needs `ogr2ogr` (Debian: gdal-bin) and `/usr/bin/python3` with openpyxl (Debian:
//! python3-openpyxl). The limits of formats that matter here: a Shapefile cuts names of columns to 10
//! characters and texts to 254 bytes. Dates come through all of them whole, since UCDP writes them
//! with a midnight that tells no more than the day.

use crate::common::*;
use atalaya::domain::{Incident, Record};
use atalaya::import::{Field, Item, Options, open};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What has to come through.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    days: (String, String),
    deaths: [Option<u32>; 3],
    lon: f64,
    lat: f64,
}

fn told(path: &Path, options: &Options) -> BTreeMap<String, Told> {
    let mut reader = open(path, options).unwrap_or_else(|p| panic!("{}: {p}", path.display()));
    let mut all = BTreeMap::new();
    for item in reader.by_ref() {
        match item.unwrap() {
            Item::Row(Record::Incident(i)) => {
                let Incident {
                    external_id,
                    when,
                    deaths,
                    position,
                    ..
                } = *i;
                let row = Told {
                    days: (when.start.to_string(), when.end.to_string()),
                    deaths: [deaths.low, deaths.best, deaths.high],
                    lon: position.lon,
                    lat: position.lat,
                };
                let id = external_id.trim_end_matches(".0").to_owned();
                assert!(all.insert(id, row).is_none(), "one id twice");
            }
            other => panic!("{}: {other:?}", path.display()),
        }
    }
    all
}

fn run(program: &str, args: &[&str]) {
    let output = Command::new(program)
        .args(args)
        .output()
        .unwrap_or_else(|e| panic!("{program} is needed: {e}"));
    assert!(
        output.status.success(),
        "{program} {args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn compare(original: &BTreeMap<String, Told>, path: &Path, options: &Options) {
    let converted = told(path, options);
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(converted.len(), original.len(), "{name}");
    for (id, a) in original {
        let b = converted
            .get(id)
            .unwrap_or_else(|| panic!("{name}: no {id}"));
        assert_eq!((&a.days, a.deaths), (&b.days, b.deaths), "{name}: {id}");
        let apart = (a.lon - b.lon).abs().max((a.lat - b.lat).abs());
        assert!(apart <= 1e-7, "{name}: {id} is {apart}° away");
    }
}

/// Converts the CSV with GDAL into a file of `ending` and reads that.
fn through_gdal(driver: &str, ending: &str, options: &Options) {
    let folder = folder();
    let target = folder.path().join(format!("ucdp.{ending}"));
    run(
        "ogr2ogr",
        &[
            "-f",
            driver,
            target.to_str().unwrap(),
            ucdp().to_str().unwrap(),
            "-oo",
            "X_POSSIBLE_NAMES=longitude",
            "-oo",
            "Y_POSSIBLE_NAMES=latitude",
            "-oo",
            "KEEP_GEOM_COLUMNS=YES",
            "-a_srs",
            "EPSG:4326",
        ],
    );
    let original = told(&ucdp(), &Options::default());
    assert_eq!(original.len(), 18_957);
    compare(&original, &target, options);
}

#[test]
fn geojson() {
    through_gdal("GeoJSON", "geojson", &Options::default());
}

#[test]
fn geojson_sequence() {
    through_gdal("GeoJSONSeq", "geojsons", &Options::default());
}

#[test]
fn kml() {
    through_gdal("KML", "kml", &Options::default());
}

#[test]
fn geopackage() {
    through_gdal("GPKG", "gpkg", &Options::default());
}

#[test]
fn flatgeobuf() {
    through_gdal("FlatGeobuf", "fgb", &Options::default());
}

#[test]
fn open_document() {
    through_gdal("ODS", "ods", &Options::default());
}

/// Names of columns are cut to ten characters, so that the publisher is no longer known by them and has
/// to be named, with its columns.
#[test]
fn shapefile() {
    let cut = [
        (Field::Kind, "type_of_vi"),
        (Field::Start, "date_start"),
        (Field::End, "date_end"),
        (Field::Actor1, "side_a"),
        (Field::Actor2, "side_b"),
        (Field::Credibility, "event_clar"),
    ];
    let options = Options {
        profile: Some("ucdp-ged".to_owned()),
        map: cut.map(|(f, name)| (f, name.to_owned())).to_vec(),
        ..Options::default()
    };
    through_gdal("ESRI Shapefile", "shp", &options);
}

/// Written by openpyxl, numbers and dates as such.
#[test]
fn spreadsheet() {
    const SCRIPT: &str = r#"
import csv, datetime, sys
from openpyxl import Workbook
book = Workbook(write_only=True)
sheet = book.create_sheet("ged")
def value(name, text):
    if name in ("date_start", "date_end") and text:
        return datetime.datetime.fromisoformat(text[:19])
    if name in ("latitude", "longitude", "best", "high", "low", "type_of_violence", "where_prec", "date_prec"):
        return float(text)
    return "".join(c for c in text if c >= " " or c in "\n\t")
with open(sys.argv[1], newline="", encoding="utf-8") as f:
    rows = csv.reader(f)
    names = next(rows)
    sheet.append(names)
    for row in rows:
        sheet.append([value(n, t) for n, t in zip(names, row)])
book.save(sys.argv[2])
"#;
    let folder = folder();
    let target = folder.path().join("ucdp.xlsx");
    let (from, to) = (ucdp(), target.to_str().unwrap().to_owned());
    run(
        "/usr/bin/python3",
        &["-c", SCRIPT, from.to_str().unwrap(), &to],
    );
    let original = told(&ucdp(), &Options::default());
    compare(&original, &target, &Options::default());
}
