//! Routes from files as devices and programs write them, and from broken ones.

use super::super::route::{Route, read};
use crate::domain::Area;
use crate::domain::area::{LonLat, MOST_POINTS};
use crate::domain::outline::length_m;
use crate::locale::{Lang, Problem, has};
use proptest::prelude::*;
use std::path::PathBuf;

fn read_text(name: &str, text: impl AsRef<[u8]>) -> Result<Route, Problem> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    read(&path)
}

/// The key of the problem, which must have its words in both languages.
fn refused(name: &str, text: impl AsRef<[u8]>) -> &'static str {
    let problem = read_text(name, text).unwrap_err();
    assert!(
        Lang::ALL.iter().all(|lang| has(*lang, problem.key)),
        "{}",
        problem.key
    );
    problem.key
}

fn line(route: &Route) -> &[LonLat] {
    match &route.area {
        Area::Corridor { line, width_m } => {
            assert_eq!(*width_m, 10_000.0);
            line
        }
        other => panic!("{other:?}"),
    }
}

fn malformed(name: &str) -> PathBuf {
    super::testdata("malformed").join(name)
}

const GPX: &str = r#"<?xml version="1.0"?><gpx version="1.1" creator="me">
<wpt lat="1" lon="1"/>
<trk><name>Highway 85 &amp; more</name>
<trkseg><trkpt lat="25.686" lon="-100.316"><ele>540</ele></trkpt><trkpt lat="26.5" lon="-100.1"/></trkseg>
<trkseg><trkpt lat="26.5" lon="-100.1"/><trkpt lat="27.476" lon="-99.507"/></trkseg></trk>
<rte><rtept lat="19" lon="-99"/><rtept lat="19.1" lon="-99"/></rte></gpx>"#;

#[test]
fn a_track_is_one_line_and_the_longest_is_taken() {
    let route = read_text("road.gpx", GPX).unwrap();
    assert_eq!(
        line(&route),
        [[-100.316, 25.686], [-100.1, 26.5], [-99.507, 27.476]]
    );
    assert_eq!(route.left_out, 1);
}

/// Points and kilometres as counted on a sphere, by other means.
#[test]
fn real_files_give_their_routes() {
    for (file, points, km) in [
        ("gpx/test_files/Mojstrovka.gpx", 184, 2.69..2.71),
        ("gpx/test_files/route.gpx", 55, 6.66..6.70),
        ("kml-gpx/opencpn.gpx", 16, 62.5..62.9),
        // Three tracks, each beginning where the one before ends.
        ("kml-gpx/blue_hills.gpx", 1_243, 52.5..53.2),
    ] {
        let route = read(&malformed(file)).unwrap_or_else(|p| panic!("{file}: {p}"));
        let line = line(&route);
        assert!(
            line.len() <= points && line.len() * 2 > points,
            "{file}: {}",
            line.len()
        );
        assert!(
            km.contains(&(length_m(line) / 1e3)),
            "{file}: {} m",
            length_m(line)
        );
    }
}

/// Whatever the files hold: a sound area, or a sentence.
#[test]
fn no_file_at_hand_is_too_much() {
    let (mut taken, mut told) = (0, 0);
    for folder in ["gpx/test_files", "kml-gpx", "geojson/bad", "geojson/good"] {
        for entry in std::fs::read_dir(malformed(folder)).unwrap() {
            let path = entry.unwrap().path();
            match read(&path) {
                Ok(route) => {
                    assert!(route.area.is_sound(), "{}", path.display());
                    taken += 1;
                }
                Err(problem) => {
                    assert!(has(Lang::Es, problem.key), "{}", problem.key);
                    told += 1;
                }
            }
        }
    }
    assert!(taken > 30 && told > 50, "{taken} {told}");
}

#[test]
fn geojson_lines_that_meet_are_put_together() {
    let lines = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":null,"geometry":{"type":"MultiLineString","coordinates":[[[-100,25],[-100,26,540]],[[-99,27],[-100,26]]]}},
        {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[0,0]}},
        {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[-90,20],[-90.1,20]]}}]}"#;
    let route = read_text("road.geojson", lines).unwrap();
    assert_eq!(
        line(&route),
        [[-100.0, 25.0], [-100.0, 26.0], [-99.0, 27.0]]
    );
    assert_eq!(route.left_out, 1);
    let polygon = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]],[[0.2,0.1],[0.3,0.1],[0.3,0.2],[0.2,0.1]]]}"#;
    let corners = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]];
    assert_eq!(
        read_text("area.json", polygon).unwrap().area,
        Area::polygon(corners)
    );
}

#[test]
fn a_line_over_the_antimeridian_goes_on() {
    let pacific =
        r#"{"type":"LineString","coordinates":[[179,-17],[-179,-17],[-178,-16],[179.5,-16]]}"#;
    let route = read_text("fiji.geojson", pacific).unwrap();
    assert_eq!(
        line(&route),
        [
            [179.0, -17.0],
            [181.0, -17.0],
            [182.0, -16.0],
            [179.5, -16.0]
        ]
    );
}

#[test]
fn what_is_no_route_is_told() {
    let gpx = |inner: &str| format!("<gpx>{inner}</gpx>");
    for (name, text, key) in [
        ("a.gpx", gpx("<wpt lat='1' lon='1'/>"), "problem-route-none"),
        ("a.gpx", gpx("<trk><trkseg/></trk>"), "problem-route-none"),
        (
            "a.gpx",
            gpx("<trk><trkpt lat='1' lon='2'/></trk>"),
            "problem-route-none",
        ),
        (
            "a.gpx",
            gpx("<trk><trkpt lat='91' lon='2'/></trk>"),
            "problem-route-place",
        ),
        (
            "a.gpx",
            gpx("<trk><trkpt lat='x' lon='2'/></trk>"),
            "problem-route-point",
        ),
        (
            "a.gpx",
            gpx("<trk><trkpt lat='NaN' lon='2'/></trk>"),
            "problem-route-place",
        ),
        (
            "a.gpx",
            gpx("<trk><trkpt lon='2'/></trk>"),
            "problem-route-point",
        ),
        ("a.gpx", gpx("<trk></rte>"), "problem-xml-syntax"),
        (
            "a.gpx",
            "<gpx><trk><trkpt lat='1' lon='1'>".into(),
            "problem-xml-cut",
        ),
        (
            "a.gpx",
            "<kml><Document/></kml>".into(),
            "problem-route-type",
        ),
        ("a.gpx", "<!-- nothing -->".into(), "problem-route-type"),
        ("a.csv", "lat,lon\n1,2\n".into(), "problem-route-type"),
        ("a.gpx", String::new(), "problem-file-empty"),
        (
            "a.json",
            r#"{"type":"Point","coordinates":[1,2]}"#.into(),
            "problem-route-none",
        ),
        (
            "a.json",
            r#"{"type":"LineString","coordinates":[[1,2]]}"#.into(),
            "problem-route-none",
        ),
        (
            "a.json",
            r#"{"type":"LineString","coordinates":[[1,"x"],[2,3]]}"#.into(),
            "problem-route-geometry",
        ),
        (
            "a.json",
            r#"{"type":"LineString","coordinates":[[1,2],[200,3]]}"#.into(),
            "problem-route-place",
        ),
        (
            "a.json",
            r#"{"type":"LineString","coordinates":[[1,2],[2"#.into(),
            "problem-json-cut",
        ),
        (
            "a.json",
            r#"{"type":"Nothing"}"#.into(),
            "problem-geojson-type",
        ),
    ] {
        assert_eq!(refused(name, &text), key, "{text}");
    }
    let many = "<trkpt lat='1' lon='1'/>".repeat(MOST_POINTS + 1);
    assert_eq!(
        refused("a.gpx", gpx(&format!("<trk>{many}</trk>"))),
        "problem-route-points"
    );
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        read(folder.path()).unwrap_err().key,
        "problem-file-is-folder"
    );
    let missing = read(&folder.path().join("no.gpx")).unwrap_err();
    assert_eq!(missing.key, "problem-file-missing");
}

#[test]
fn a_file_too_big_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big.gpx");
    // Sparse: takes no room.
    let file = std::fs::File::create(&path).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    assert_eq!(read(&path).unwrap_err().key, "problem-route-big");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A file that was cut, or damaged in one place, gives a sound area or a sentence.
    #[test]
    fn damage_is_survived(cut in 0..GPX.len(), byte in any::<u8>()) {
        let mut bytes = GPX.as_bytes()[..cut].to_vec();
        prop_assert!(read_text("cut.gpx", &bytes).is_err());
        bytes = GPX.as_bytes().to_vec();
        bytes[cut] = byte;
        if let Ok(route) = read_text("damaged.gpx", &bytes) {
            prop_assert!(route.area.is_sound());
        }
    }
}
