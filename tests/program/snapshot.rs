//! `atalaya snapshot`: the same case gives the same bytes, wherever and however often it is drawn.

use crate::common::*;
use std::path::Path;

const SIZE: [&str; 2] = ["--size", "640x480"];

fn snapshot(case: &Path, out: &Path, more: &[&str]) -> Vec<u8> {
    stdout(atalaya().arg("snapshot").arg(case).arg(out).args(more));
    std::fs::read(out).unwrap()
}

#[test]
fn a_picture_is_the_same_each_time() {
    let folder = folder();
    for ending in ["png", "svg"] {
        let out = |name: &str| folder.path().join(format!("{name}.{ending}"));
        let first = snapshot(demo_case(), &out("first"), &SIZE);
        let second = snapshot(demo_case(), &out("second"), &SIZE);
        assert!(first == second, "{ending} differs");
        // No font, home, locale, zone or display of the machine takes part.
        let third = out("third");
        let mut bare = atalaya();
        bare.env_clear()
            .current_dir("/")
            .arg("snapshot")
            .arg(demo_case())
            .arg(&third)
            .args(SIZE)
            .assert()
            .success();
        assert!(
            std::fs::read(&third).unwrap() == first,
            "{ending} differs with an empty environment"
        );
        let mut far = atalaya();
        far.envs([("TZ", "Pacific/Auckland"), ("LC_ALL", "es_MX.UTF-8")]);
        far.args(["--lang", "en", "snapshot"])
            .arg(demo_case())
            .arg(&third)
            .args(SIZE)
            .assert()
            .success();
        assert!(
            std::fs::read(&third).unwrap() == first,
            "{ending} differs in another zone and locale"
        );
    }
}

#[test]
fn the_size_asked_for_is_the_size_made() {
    let folder = folder();
    let png = snapshot(
        demo_case(),
        &folder.path().join("a.png"),
        &["--size", "801x603"],
    );
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (801, 603));
    let svg = snapshot(
        demo_case(),
        &folder.path().join("a.svg"),
        &["--size", "801x603"],
    );
    let head = String::from_utf8(svg).unwrap();
    assert!(
        head.contains("width=\"801\"") && head.contains("height=\"603\""),
        "{}",
        &head[..300]
    );
    for bad in ["0x0", "100", "640x", "99999x99999", "-1x5", "640x480x3"] {
        let out = folder.path().join("bad.png");
        atalaya()
            .arg("snapshot")
            .arg(demo_case())
            .arg(&out)
            .args([&format!("--size={bad}")])
            .assert()
            .code(2);
        assert!(!out.exists(), "{bad}");
    }
}

#[test]
fn language_theme_filter_and_title_change_the_picture() {
    let folder = folder();
    let out = folder.path().join("a.svg");
    let plain = snapshot(demo_case(), &out, &SIZE);
    let changes: [&[&str]; 6] = [
        &["--lang", "es"],
        &["--theme", "dark"],
        &["--kind", "statement"],
        &["--title", "A title of its own"],
        &["--bbox", "-100,27,-99,28"],
        &["--basemap", "none"],
    ];
    let mut seen = vec![plain];
    for change in changes {
        let picture = snapshot(demo_case(), &out, &[&SIZE[..], change].concat());
        assert!(
            seen.iter().all(|other| *other != picture),
            "{change:?} changed nothing"
        );
        seen.push(picture);
    }
}

#[test]
fn a_picture_that_cannot_be_made_leaves_nothing() {
    let folder = folder();
    for (name, told) in [
        ("a.jpg", ".png or .svg"),
        ("a", ".png or .svg"),
        ("nowhere/a.png", "the folder is not there"),
    ] {
        let said = sentence(
            atalaya()
                .arg("snapshot")
                .arg(demo_case())
                .arg(folder.path().join(name))
                .args(SIZE),
        );
        assert!(said.contains(told), "{name}: {said}");
    }
    assert!(names(&folder).is_empty(), "{:?}", names(&folder));
    // A picture that was there stays as it was.
    let kept = write(&folder, "kept.png", "a picture");
    sentence(
        atalaya()
            .arg("snapshot")
            .arg(folder.path().join("no.gpkg"))
            .arg(&kept),
    );
    sentence(
        atalaya()
            .arg("snapshot")
            .arg(demo_case())
            .arg(&kept)
            .args(["--basemap", "no.pmtiles"]),
    );
    sentence(
        atalaya()
            .arg("snapshot")
            .arg(demo_case())
            .arg(&kept)
            .args(["--kind", "meteor"]),
    );
    assert_eq!(std::fs::read(&kept).unwrap(), b"a picture");
    assert_eq!(names(&folder), ["kept.png"]);
}

#[test]
fn counts_are_drawn_in_each_style() {
    let folder = folder();
    let out = |name: &str| folder.path().join(format!("{name}.svg"));
    let text = |name: &str, more: &[&str]| {
        let more = [&SIZE, more].concat();
        String::from_utf8(snapshot(demo_case(), &out(name), &more)).unwrap()
    };
    let symbols = text("symbols", &[]);
    assert!(!symbols.contains("<image"), "thirty have their symbols");
    assert_eq!(symbols, text("asked", &["--style", "symbols"]));
    let raster = text("raster", &["--style", "density"]);
    assert!(raster.contains("data:image/png;base64,"));
    let mut seen = vec![symbols, raster];
    for more in [
        &["--style", "density", "--color", "kind"][..],
        &["--style", "density", "--scale", "equal-area"],
        &["--style", "hexagons"],
        &["--style", "clusters"],
    ] {
        let picture = text("other", more);
        assert!(!seen.contains(&picture), "{more:?} changes nothing");
        seen.push(picture);
    }
}

/// A page says of an area what may lie outside of it and what more may lie inside; texts of pictures are outlines, so
/// those of the drawing are read.
#[test]
fn a_page_says_how_sure_it_is_of_what_lies_in_an_area() {
    use atalaya::domain::{Area, Filter};
    use atalaya::locale::Lang;
    use atalaya::scene::{LayerSet, theme::ThemeName};
    use atalaya::session::picture::{Aim, Picture, draw};
    let loaded = atalaya::session::Loaded::open_read_only(ucdp_case()).unwrap();
    let said = |area: Option<Area>, camera: Aim| {
        let picture = Picture {
            size_px: [1600, 900],
            camera,
            title: None,
            filter: Filter {
                area,
                ..Filter::default()
            },
            layers: LayerSet::default(),
            compare: None,
            basemap: atalaya::session::BasemapChoice::None,
            theme: ThemeName::Light,
            lang: Lang::En,
        };
        let drawing = format!("{:?}", draw(&loaded, &picture).unwrap());
        ["may lie outside the", "known only roughly, may lie"].map(|words| drawing.contains(words))
    };
    let circle = Area::Circle {
        center: [-99.507, 27.476],
        radius_m: 25_000.0,
    };
    let extent = circle.extent();
    assert_eq!(said(Some(circle), Aim::Extent(extent)), [true, true]);
    assert_eq!(said(None, Aim::Incidents), [false, false]);
}
