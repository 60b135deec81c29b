//! What time costs with a million incidents: `cargo bench --bench time`. Prints one line a figure,
//! `name: value unit`, medians; nothing is asserted, as machines differ. One in ten has an uncertain
//! date, from a day more to a year; one in three a clock time.
#![allow(clippy::unwrap_used)]

use atalaya::domain::{Deaths, Instant as Clock, PlaceNames, TimePrecision};
use atalaya::domain::{Filter, Incident, Kind, LocalText, PlacePrecision, Position, When};
use atalaya::index::{Builder, Columns};
use atalaya::query::{
    BinWidth, Compare, Compared, Figure, Judged, Part, histogram, hour_of, months, week_hours,
};
use jiff::civil::Date;
use std::time::{Duration, Instant};

const ROWS: u64 = 1_000_000;

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

/// The same numbers every time (splitmix64).
fn random(seed: u64) -> u64 {
    let z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn incident(n: u64) -> Incident {
    let pick = |k: u64, of: u64| random(n * 8 + k) % of;
    let start = Date::constant(1989, 1, 1) + jiff::Span::new().days(pick(0, 35 * 365) as i64);
    let extra = match pick(1, 10) {
        0 => pick(2, 365) as i64 + 1,
        _ => 0,
    };
    let end = start + jiff::Span::new().days(extra);
    let mut when = When::new(start, end, TimePrecision::Day).unwrap();
    if extra == 0 && pick(3, 3) == 0 {
        when.precision = TimePrecision::Hour;
        let local = start.at(pick(4, 24) as i8, 0, 0, 0);
        when.instant = Some(Clock {
            utc: local.in_tz("UTC").unwrap().timestamp(),
            zone: "UTC".to_owned(),
        });
    }
    let text = || LocalText {
        text: String::new(),
        es: None,
    };
    let place = |k: u64, from: f64, to: f64| from + (to - from) * pick(k, 10_000) as f64 / 1e4;
    Incident {
        external_id: String::new(),
        kind: Kind::ALL[pick(5, Kind::ALL.len() as u64) as usize],
        source_kind: String::new(),
        title: text(),
        when,
        position: Position::new(
            place(6, -117.0, -87.0),
            place(7, 15.0, 32.0),
            PlacePrecision::Exact,
        )
        .unwrap(),
        places: PlaceNames::default(),
        side_a: Vec::new(),
        side_b: Vec::new(),
        deaths: Deaths::default(),
        narrative: text(),
        sources: Vec::new(),
        credibility: None,
        related: Vec::new(),
        extra: Vec::new(),
        version: None,
        line: n,
    }
}

fn columns() -> Columns {
    let mut builder = Builder::default();
    (0..ROWS).for_each(|n| builder.push(n as i64, "made", &incident(n)));
    builder.finish()
}

fn main() {
    let columns = columns();
    let judged = Judged::new(&columns, (&Filter::default()).into());
    let (first, last) = columns.day_extent().unwrap();
    let all = (hour_of(first), hour_of(last + 1));
    let day = (hour_of(first + 5000), hour_of(first + 5004));
    for (name, span, width) in [
        ("years", all, BinWidth::Year),
        ("months", all, BinWidth::Month),
        ("days", all, BinWidth::Day),
        ("hours of four days", day, BinWidth::Hour),
    ] {
        let time = median(31, || {
            drop(histogram(
                &columns,
                &judged,
                Part::Time.bit(),
                (Figure::Incidents, span, width),
            ));
        });
        print(&format!("histogram 1M, {name}"), time);
    }
    let time = median(31, || {
        drop(week_hours(&columns, &judged, Figure::Incidents));
    });
    print("weekday by hour 1M", time);
    let time = median(31, || {
        let _ = months(&columns, &judged, Figure::Incidents);
    });
    print("months of the year 1M", time);
    let year = |y| (Date::constant(y, 1, 1), Date::constant(y, 12, 31));
    let windows = Compare {
        a: year(2010),
        b: year(2022),
    };
    let time = median(31, || {
        drop(Compared::of(&columns, &judged, false, windows));
    });
    print("compare two years of 1M", time);
}
