//! Places in all the ways people write them.

use super::*;
use proptest::prelude::*;

const HERE: LonLat = [-99.5164, 27.4763];

fn is_near(text: &str, [lon, lat]: LonLat, degrees: f64) {
    let read = parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
    assert!(
        (read[0] - lon).abs() <= degrees && (read[1] - lat).abs() <= degrees,
        "{text}: {read:?}"
    );
}

#[test]
fn the_pin_of_a_map_and_the_point_of_a_form() {
    for text in [
        "https://www.google.com/maps/place/X/@27.4863,-99.5477,15z/data=!8m2!3d27.4763!4d-99.5164!16z",
        "https://www.google.com/maps/search/27.4763,+-99.5164?entry=tts",
        "https://www.google.com/maps/search/?api=1&query=27.4763%2C-99.5164",
        "https://maps.google.com/?q=27.4763,-99.5164",
        "https://maps.google.com/maps?q=loc:27.4763,-99.5164",
        "https://www.google.com/maps/dir/26.0922,-98.2779/27.4763,-99.5164/@26.8,-98.9,9z",
        "https://www.google.com/maps/dir/A/B/@26.8,-98.9,9z/data=!1d-98.2779!2d26.0922!1d-99.5164!2d27.4763",
        "https://www.google.com/maps/dir/?api=1&origin=26.1,-98.3&destination=27.4763,-99.5164",
        "https://maps.apple.com/?ll=27.4763,-99.5164&z=12",
        "https://www.openstreetmap.org/?mlat=27.4763&mlon=-99.5164#map=12/27.5/-99.6",
        "https://waze.com/ul?ll=27.4763,-99.5164&navigate=yes",
        "https://www.google.com/maps/@27.4763,-99.5164,15z",
        "[-99.5164, 27.4763]",
        "27.4763 -99.5164 130.2 4.8",
        "27.4763 -99.5164 0 0",
        "27.4763,-99.5164,0.0,0.0",
        "27 deg 28' 34.68\" N, 99 deg 30' 59.04\" W",
        "\u{200e}27.4763\u{200b}, \u{200e}-99.5164",
    ] {
        is_near(text, HERE, 1e-4);
    }
    // Degrees and minutes are still that.
    is_near("27 28.578, -99 30.984", HERE, 1e-4);
    assert!(parse("https://maps.app.goo.gl/AbCdEf").is_err());
}

#[test]
fn one_coordinate_of_a_column() {
    for (text, is_latitude, wanted) in [
        ("27.5", true, 27.5),
        ("-99,5", false, -99.5),
        ("99.5 O", false, -99.5),
        ("W99.5", false, -99.5),
        ("27°30'N", true, 27.5),
        ("27° 30′ 00″ norte", true, 27.5),
        ("99°30'0,0\"W", false, -99.5),
        ("27 30 00", true, 27.5),
    ] {
        assert_eq!(parse_one(text, is_latitude), Ok(wanted), "{text}");
    }
    for text in [
        "",
        "N",
        "27.5 W",
        "27.5, 3",
        "north of town",
        "-27.5 S",
        "1,2,3",
        "NaN",
    ] {
        assert!(parse_one(text, true).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn one_coordinate_never_fails_otherwise(text in "\\PC{0,30}", digits in "[-0-9.,°'\" NSEWO]{0,20}") {
        for text in [&text, &digits] {
            let _ = parse_one(text, true);
            let _ = parse_one(text, false);
        }
    }

    #[test]
    fn degrees_minutes_and_seconds_come_back(lat in -89.99..89.99_f64, lon in -179.99..179.99_f64) {
        let written = sexagesimal([lon, lat], ["N", "S", "E", "O"]);
        let (ns, eo) = written.split_once(' ').unwrap();
        prop_assert!((parse_one(ns, true).unwrap() - lat).abs() < 2e-5);
        prop_assert!((parse_one(eo, false).unwrap() - lon).abs() < 2e-5);
    }
}

#[test]
fn decimal_degrees() {
    for text in [
        "27.4763, -99.5164",
        "27.4763,-99.5164",
        "27.4763 -99.5164",
        "27.4763; −99.5164",
        "27,4763; -99,5164",
        "27,4763 -99,5164",
        "27,4763, -99,5164",
        "27,4763,-99,5164",
        "(27.4763, -99.5164)",
        "27.4763° N, 99.5164° W",
        "99.5164 O, 27.4763 N",
        "N 27.4763 W 99.5164",
        "27.4763N 99.5164O",
        "99,5164° oeste 27,4763° norte",
        "lat: 27.4763, lon: -99.5164",
        "longitud=-99.5164 latitud=27.4763",
        // Only one order lies on Earth.
        "-99.5164, 27.4763",
        "27.4763°\u{a0}N  99.5164°\u{a0}W",
    ] {
        is_near(text, HERE, 1e-9);
    }
    is_near("27,-99", [-99.0, 27.0], 0.0);
    is_near("19 -99", [-99.0, 19.0], 0.0);
    is_near("27,5 -99", [-99.0, 27.5], 0.0);
    is_near("-33.8568, 151.2153", [151.2153, -33.8568], 1e-9);
}

#[test]
fn degrees_minutes_seconds() {
    for text in [
        "27°28'34.7\"N 99°30'59\"W",
        "27°28′34.7″ N, 99°30′59″ O",
        "27º 28’ 34,7” N 99º 30’ 59” O",
        "27 28 34.7 -99 30 59",
        "27 28 34.7 N 99 30 59 W",
        "N27°28'34.7'' W99°30'59''",
        "27°28'34.7\" -99°30'59\"",
        "99°30'59\"W 27°28'34.7\"N",
    ] {
        is_near(text, [-99.516_388_9, 27.476_305_6], 1e-6);
    }
    for text in ["27 28.578 N 99 30.984 W", "27°28.578' -99°30.984'"] {
        is_near(text, HERE, 1e-6);
    }
    is_near("0°30'S 0°30'W", [-0.5, -0.5], 0.0);
    is_near("-0 30, -0 30", [-0.5, -0.5], 0.0);
}

#[test]
fn grids_links_and_geometry() {
    for text in [
        "14R 447000 3040000",
        "14 r 447000 3040000",
        "14R 447000mE 3040000mN",
        "14R 447000, 3040000",
        "14N 447000 3040000",
    ] {
        is_near(text, [-99.536_496_937, 27.482_564_045], 1e-8);
    }
    is_near("20S 750000 8000000", [-60.638_002, -18.074_252_8], 1e-6);
    for text in [
        "geo:27.4763,-99.5164;u=35",
        "geo:27.4763,-99.5164?z=12",
        "https://www.google.com/maps/@27.4763,-99.5164,12z",
        "https://www.google.com/maps/place/X/@27.4763,-99.5164,12z/data=!3m1",
        "@27.4763,-99.5164,12z",
        "https://maps.google.com/?q=27.4763,-99.5164",
        "https://www.openstreetmap.org/#map=12/27.4763/-99.5164",
        "#map=12/27.4763/-99.5164&layers=N",
        "https://www.openstreetmap.org/?mlat=27.4763&mlon=-99.5164#map=5/1/1",
        "POINT(-99.5164 27.4763)",
        "SRID=4326;POINT Z (-99.5164 27.4763 120)",
        "POINTZM (-99.5164 27.4763 120 1)",
    ] {
        is_near(text, HERE, 1e-9);
    }
}

#[test]
fn what_is_none_is_told_apart() {
    for (text, why) in [
        ("", Unread::NotCoordinates),
        ("Nuevo Laredo", Unread::NotCoordinates),
        ("Ruta 85", Unread::NotCoordinates),
        ("2025", Unread::NotCoordinates),
        ("1e5 nan", Unread::NotCoordinates),
        ("99 N 27 N", Unread::Unclear),
        ("-27 S 99 W", Unread::Unclear),
        ("27°75'N 99°W", Unread::Unclear),
        ("27.5°30'N 99°W", Unread::Unclear),
        ("27 28 29", Unread::Unclear),
        ("1,2,3", Unread::Unclear),
        ("127, 199", Unread::OffEarth),
        ("geo:95,10", Unread::OffEarth),
        ("14Q 447000 3040000", Unread::OffEarth),
        ("77R 447000 3040000", Unread::OffEarth),
    ] {
        assert_eq!(parse(text), Err(why), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(lon in -180.0..180.0_f64, lat in -90.0..90.0_f64) {
        let at = [lon, lat];
        is_near(&decimal(at), at, 1e-6);
        is_near(&sexagesimal(at, ["N", "S", "E", "W"]), at, 2e-5);
        is_near(&sexagesimal(at, ["N", "S", "E", "O"]), at, 2e-5);
        is_near(&format!("POINT({lon} {lat})"), at, 1e-9);
        // At the edge of a zone half a metre may lie beyond it.
        if let Some(grid) = grid(at) && lat > -79.9 {
            let read = parse(&grid).unwrap_or_else(|e| panic!("{grid}: {e:?}"));
            prop_assert!((read[1] - lat).abs() < 1e-5, "{grid} {read:?}");
        }
    }

    #[test]
    fn nothing_makes_it_fall_over(text in "\\PC{0,40}", odd in "[0-9.,;°'\" NSEWO+-]{0,30}") {
        let _ = parse(&text);
        let _ = parse(&odd);
    }
}
