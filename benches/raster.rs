//! What maps of very many incidents cost: `cargo bench --bench raster`. Prints one line a figure,
//! `name: value unit`, the quickest of several runs; nothing is asserted, as machines differ.
//!
//! Data: 1 and 10 million made-up incidents, most of them in a few hundred heaps, on a map of
//! 1600×900 px that shows all of them.
#![allow(clippy::unwrap_used)]

use atalaya::domain::{Credibility, Kind, PlacePrecision, Reliability, TimePrecision};
use atalaya::index::spatial::Spatial;
use atalaya::index::{Columns, NO_MINUTE, NameId};
use atalaya::locale::Lang;
use atalaya::query::Selection;
use atalaya::scene::density::{self, in_view};
use atalaya::scene::dots::raster;
use atalaya::scene::key::Medium;
use atalaya::scene::layers::incidents;
use atalaya::scene::layers::{key, overlay};
use atalaya::scene::memo::Memo;
use atalaya::scene::style::{Density, DensityColor, DensityScale, IncidentStyle};
use atalaya::scene::{Camera, LayerSet, MapView, Theme};
use std::time::{Duration, Instant};

fn quickest(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[0]
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn columns(n: usize) -> Columns {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let heaps: Vec<[f64; 2]> = (0..400)
        .map(|_| [-117.0 + 30.0 * numbers.next(), 15.0 + 17.0 * numbers.next()])
        .collect();
    let mut c = Columns::default();
    for i in 0..n {
        let heap = heaps[(numbers.next().powi(2) * 400.0) as usize];
        let far = 0.02 + 0.8 * numbers.next().powi(4);
        c.lon.push(heap[0] + far * (numbers.next() - 0.5));
        c.lat.push(heap[1] + far * (numbers.next() - 0.5));
        c.kind.push(Kind::ALL[i * 7 % Kind::ALL.len()]);
        c.id.push(i as i64);
        let day = (i * 12_000 / n) as i32;
        c.start_day.push(day);
        c.end_day.push(day);
    }
    c.time_precision = vec![TimePrecision::Day; n];
    c.minute = vec![NO_MINUTE; n];
    c.place_precision = vec![PlacePrecision::Exact; n];
    c.radius_m = vec![0.0; n];
    c.deaths_low = vec![0; n];
    c.deaths_best = vec![0; n];
    c.deaths_high = vec![0; n];
    c.reliability = vec![Reliability::F; n];
    c.credibility = vec![Credibility::ALL[5]; n];
    c.dataset = vec![NameId(0); n];
    c.admin = vec![NameId(0); n];
    c.place = vec![NameId(0); n];
    c.actor_start = vec![0; n + 1];
    c.derive();
    c
}

fn main() {
    println!("threads: {}", rayon::current_num_threads());
    for n in [1_000_000, 10_000_000] {
        measure(n);
    }
}

fn measure(n: usize) {
    let columns = columns(n);
    let selection = Selection {
        rows: (0..n as u32).collect(),
        ..Selection::default()
    };
    let print = |name: &str, time: Duration| {
        println!("{n} rows, {name}: {:.3} ms", time.as_secs_f64() * 1e3);
    };
    print(
        "index by place built",
        quickest(3, || {
            let _ = Spatial::default().places(&columns);
        }),
    );
    let spatial = Spatial::default();
    let _ = spatial.places(&columns);
    let theme = Theme::LIGHT;
    let view = |density: Density, zoom: f64| MapView {
        layers: LayerSet {
            density,
            ..LayerSet::default()
        },
        spatial: Some(&spatial),
        ..MapView::new(
            Camera {
                lon: -102.0,
                lat: 23.8,
                zoom,
            },
            [1600.0, 900.0],
            &theme,
            Lang::En,
            &columns,
            &selection,
        )
    };
    let density = |style| Density {
        style,
        ..Density::default()
    };
    let auto = view(density(IncidentStyle::Auto), 5.4);
    println!("{n} rows, in view: {}", in_view(&auto).incidents());
    print(
        "counted by mark",
        quickest(11, || assert!(in_view(&auto).incidents() > 0)),
    );
    print("raster", quickest(21, || drop(raster(&auto))));
    let equal = Density {
        scale: DensityScale::EqualArea,
        ..Density::default()
    };
    print(
        "raster, equal areas",
        quickest(11, || drop(raster(&view(equal, 5.4)))),
    );
    let kind = Density {
        color: DensityColor::Kind,
        ..Density::default()
    };
    print(
        "raster by kind",
        quickest(11, || drop(raster(&view(kind, 5.4)))),
    );
    for (name, style) in [
        ("hexagons", IncidentStyle::Hexagons),
        ("clusters", IncidentStyle::Clusters),
    ] {
        let view = view(density(style), 5.4);
        print(
            &format!("{name}, the first time"),
            quickest(1, || drop(density::cells(&view))),
        );
        print(name, quickest(7, || drop(density::cells(&view))));
    }
    for (name, style, zoom) in [
        ("raster", IncidentStyle::Auto, 5.4),
        ("symbols, zoomed in", IncidentStyle::Auto, 14.0),
        ("hexagons", IncidentStyle::Hexagons, 5.4),
        ("clusters", IncidentStyle::Clusters, 5.4),
    ] {
        let memo = Memo::default();
        let view = MapView {
            memo: Some(&memo),
            ..view(density(style), zoom)
        };
        print(
            &format!("layers and key, {name}"),
            quickest(7, || {
                memo.forget();
                drop(overlay(&view));
                drop(key(&view, Medium::Window));
            }),
        );
        let mut picked = 0;
        let mut numbers = Numbers(7);
        let time = quickest(201, || {
            let at = [
                (1600.0 * numbers.next()) as f32,
                (900.0 * numbers.next()) as f32,
            ];
            picked += incidents::pick(&view, at).len();
        });
        print(&format!("pick, {name}, {} rows a pick", picked / 201), time);
    }
}
