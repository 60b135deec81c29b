//! What the first version costs on a real file: `cargo bench --bench basics`. Prints one line a
//! figure, `name: value unit`, medians of several runs; nothing is asserted, as machines differ.
//!
//! Data: `ucdp-ged-mexico.csv` of `tests/data`, 18,957 incidents.
#![allow(clippy::unwrap_used)]

use atalaya::domain::Filter;
use atalaya::import::Options;
use atalaya::index::Wanted;
use atalaya::jobs::Progress;
use atalaya::query::{Answer, Ask, Judged, Window};
use atalaya::scene::theme::ThemeName;
use atalaya::session::picture::{Aim, Picture, draw};
use atalaya::session::{Asked, BasemapChoice, Loaded, load_file};
use atalaya::store::Case;
use std::time::{Duration, Instant};
use testdata::testdata;

#[path = "../tests/testdata/mod.rs"]
mod testdata;

fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

fn print(name: &str, time: Duration) {
    println!("{name}: {:.2} ms", time.as_secs_f64() * 1e3);
}

fn main() {
    let file = testdata("ucdp-ged-mexico.csv");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mexico.gpkg");
    let import = median(3, || {
        let _ = std::fs::remove_file(&path);
        let mut case = Case::create(&path).unwrap();
        load_file(
            &mut case,
            &file,
            &Options::default(),
            None,
            &Progress::default(),
        )
        .unwrap();
    });
    print("import 18,957 rows", import);
    print(
        "open into columns",
        median(5, || drop(Loaded::open_read_only(&path).unwrap())),
    );
    let loaded = Loaded::open_read_only(&path).unwrap();
    let asked = Asked::open(&path, None, Wanted::ALL).unwrap();
    let filters = [
        ("all", Filter::default()),
        (
            "a year",
            Filter {
                from: "2011-01-01".parse().ok(),
                to: "2011-12-31".parse().ok(),
                ..Filter::default()
            },
        ),
        (
            "a word",
            Filter {
                text: "laredo".into(),
                ..Filter::default()
            },
        ),
    ];
    for (name, filter) in &filters {
        let time = median(21, || drop(asked.select(filter).unwrap()));
        print(&format!("select {name}"), time);
        let time = median(21, || {
            let found = loaded.found(&filter.text).unwrap();
            let ask = Ask {
                filter,
                found: found.as_ref(),
                links: Some(&loaded.links),
            };
            let judged = Judged::new(&loaded.columns, ask);
            drop(Answer::of(&loaded.columns, &judged, Window::of(filter)));
        });
        print(&format!("all counts {name}"), time);
    }
    let picture = Picture {
        size_px: [1920, 1080],
        camera: Aim::Incidents,
        title: None,
        filter: Filter::default(),
        layers: Default::default(),
        compare: None,
        basemap: BasemapChoice::Builtin,
        theme: ThemeName::Light,
        lang: Default::default(),
    };
    let page = draw(&loaded, &picture).unwrap();
    print(
        "page as a drawing",
        median(5, || drop(draw(&loaded, &picture).unwrap())),
    );
    print(
        "drawing as PNG, 1920×1080",
        median(5, || {
            drop(atalaya::render::png(&page.first.drawing).unwrap());
        }),
    );
}
