//! The desk with a million incidents: the window itself (without a graphics card, up to the
//! triangles it would be given), and the steps of one frame alone.

use atalaya::app::App;
use atalaya::domain::{Filter, Kind};
use atalaya::index::Columns;
use atalaya::index::spatial::Spatial;
use atalaya::locale::Lang;
use atalaya::query::{Ask, Counted, Judged, Selection, Window};
use atalaya::scene::layers::incidents;
use atalaya::scene::memo::Memo;
use atalaya::scene::{Camera, MapView, Theme};
use atalaya::session::{Command, Panel};
use egui_kittest::Harness;
use jiff::civil::Date;
use std::path::Path;
use std::time::Instant;

/// Of the desk the figures are for, points.
const SIZE: [f32; 2] = [1600.0, 900.0];

/// CPU seconds of this process so far, user and system; 0 where the system does not say.
pub fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |i: usize| {
        fields
            .get(i)
            .and_then(|t| t.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    // Ticks of a hundredth of a second on every Linux that is in use.
    (ticks(11) + ticks(12)) / 100.0
}

/// Memory in use by this process, MiB.
pub fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let kib = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}

/// The value in the middle, and the one that 95 of 100 do not exceed; milliseconds.
pub fn median_and_p95(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |q: f64| times[((times.len() - 1) as f64 * q).round() as usize];
    (at(0.5), at(0.95))
}

pub fn timed(runs: usize, mut work: impl FnMut()) -> Vec<f64> {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect()
}

/// A window with the case open and its first full frame made ready for the graphics card.
pub fn window(case: &Path) -> Harness<'static, App> {
    let case = case.to_owned();
    let mut window = Harness::builder()
        .with_size(SIZE)
        .build_eframe(move |cc| App::new(cc, Some(case), Lang::En));
    window.step();
    window.state_mut().wait_until_open();
    window.step();
    triangles(&window);
    window
}

/// What the graphics card would be given.
fn triangles(window: &Harness<'static, App>) -> usize {
    let output = window.output();
    let shapes = output.shapes.clone();
    window.ctx.tessellate(shapes, output.pixels_per_point).len()
}

/// How the time window moves while it is dragged.
#[derive(Clone, Copy)]
pub enum Drag {
    /// Its end, over the last years.
    End,
    /// All of its three years.
    Both,
}

/// Frames of the whole window while its time window is dragged, with the table open or not.
pub fn scrub(window: &mut Harness<'static, App>, frames: i32, drag: Drag, table: bool) -> Vec<f64> {
    if table {
        window.state_mut().push(Command::Fold(Panel::Table));
        window.run_steps(4);
    }
    window.state_mut().wait_for_jobs();
    window.run_steps(4);
    let columns = &window.state().loaded().unwrap().columns;
    let last = columns.day_extent().unwrap().1;
    let mut times = Vec::new();
    for i in 0..frames {
        let to = last - 10 * (frames - i);
        let from = match drag {
            Drag::End => None,
            Drag::Both => Some(atalaya::domain::when::date_of(to - 3 * 365)),
        };
        let filter = Filter {
            from,
            to: Some(atalaya::domain::when::date_of(to)),
            ..Filter::default()
        };
        let set = Command::SetFilter(Box::new(filter));
        window.state_mut().push(set);
        let start = Instant::now();
        window.step();
        triangles(window);
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times
}

/// Frames an idle window asks for.
pub fn idle_frames(window: &mut Harness<'static, App>) -> u32 {
    for _ in 0..30 {
        window.step();
    }
    window.state_mut().wait_for_jobs();
    for _ in 0..10 {
        window.step();
    }
    let mut asked = 0;
    for _ in 0..60 {
        window.step();
        asked += u32::from(window.ctx.has_requested_repaint());
    }
    asked
}

/// Filters as an analyst sets them: a period, kinds, a country, deaths.
pub fn filters(columns: &Columns) -> Vec<(&'static str, Filter)> {
    let date = |text: &str| text.parse::<Date>().ok();
    let country = columns
        .admins
        .iter()
        .next()
        .map(|(_, path)| path.to_owned());
    vec![
        ("nothing", Filter::default()),
        (
            "two years",
            Filter {
                from: date("2021-01-01"),
                to: date("2022-12-31"),
                ..Filter::default()
            },
        ),
        (
            "kinds and deaths",
            Filter {
                kinds: [Kind::GunBattle, Kind::AttackCivilians].into(),
                min_deaths: Some(1),
                ..Filter::default()
            },
        ),
        (
            "a place",
            Filter {
                admin: country.into_iter().collect(),
                ..Filter::default()
            },
        ),
    ]
}

/// Filtering from scratch with every count of the panels.
pub fn all_counts(columns: &Columns, filter: &Filter, rows: &mut Vec<u32>) {
    let ask = Ask {
        filter,
        found: None,
        links: None,
    };
    let judged = Judged::new(columns, ask);
    let window = Window::of(filter);
    let answer = Counted::default().answer(columns, &judged, window, std::mem::take(rows));
    *rows = answer.selection.rows;
}

/// A case ten times as big: every row ten times, each a little elsewhere.
pub fn ten_times(columns: &Columns) -> Columns {
    fn each<T: Copy>(of: &[T]) -> Vec<T> {
        of.iter().flat_map(|v| [*v; 10]).collect()
    }
    let moved = |of: &[f64], step: f64| -> Vec<f64> {
        let each = of
            .iter()
            .flat_map(|v| (0..10).map(move |i| v + step * f64::from(i - 5)));
        each.collect()
    };
    let mut actor_start = vec![0];
    let mut row_actors = Vec::new();
    for row in 0..columns.len() as u32 {
        for _ in 0..10 {
            row_actors.extend_from_slice(columns.actors_of(row));
            actor_start.push(row_actors.len() as u32);
        }
    }
    let mut big = Columns {
        id: (0..10 * columns.len() as i64).collect(),
        start_day: each(&columns.start_day),
        end_day: each(&columns.end_day),
        time_precision: each(&columns.time_precision),
        minute: each(&columns.minute),
        lon: moved(&columns.lon, 0.013),
        lat: moved(&columns.lat, 0.007),
        place_precision: each(&columns.place_precision),
        radius_m: each(&columns.radius_m),
        kind: each(&columns.kind),
        deaths_low: each(&columns.deaths_low),
        deaths_best: each(&columns.deaths_best),
        deaths_high: each(&columns.deaths_high),
        reliability: each(&columns.reliability),
        credibility: each(&columns.credibility),
        dataset: each(&columns.dataset),
        admin: each(&columns.admin),
        place: each(&columns.place),
        actor_start,
        row_actors,
        datasets: columns.datasets.clone(),
        admins: columns.admins.clone(),
        places: columns.places.clone(),
        actors: columns.actors.clone(),
        actor_types: columns.actor_types.clone(),
        ..Columns::default()
    };
    big.derive();
    big
}

/// The steps of one frame while the end of the time window is dragged, one after the other: filter
/// with all counts of the panels, count into the raster, make the key, make the triangles.
/// Milliseconds of each of `frames` frames; the first, which counts all rows, is none of them.
pub fn frames(columns: &Columns, frames: i32) -> Vec<f64> {
    let egui = Harness::new_ui(|_| {});
    let (spatial, memo) = (Spatial::default(), Memo::default());
    let last = columns.day_extent().map_or(0, |(_, last)| last);
    let (mut judged, mut counted) = (Judged::default(), Counted::default());
    let mut rows = Vec::new();
    let mut times = Vec::new();
    for i in 0..=frames {
        let filter = Filter {
            to: Some(atalaya::domain::when::date_of(last - 10 * (frames - i))),
            ..Filter::default()
        };
        let ask = Ask {
            filter: &filter,
            found: None,
            links: None,
        };
        let start = Instant::now();
        judged.update(columns, ask);
        let window = Window::of(&filter);
        let selection = counted.answer(columns, &judged, window, rows).selection;
        let view = view(columns, &selection, &spatial, &memo);
        if let Some(changes) = judged.changes() {
            memo.follow(&view, &changes.moved(&judged));
        }
        let drawing = atalaya::scene::layers::overlay(&view);
        let key = atalaya::scene::layers::key(&view, atalaya::scene::key::Medium::Window);
        let shapes = atalaya::view::replay::shapes(&drawing, egui::Pos2::ZERO, None);
        let shapes = shapes.into_iter().flat_map(|(clip_rect, shapes)| {
            shapes
                .into_iter()
                .map(move |shape| egui::epaint::ClippedShape {
                    clip_rect,
                    shape,
                    transform_after_tessellation: egui::emath::TSTransform::IDENTITY,
                })
        });
        let triangles = egui.ctx.tessellate(shapes.collect(), 1.0);
        times.push(start.elapsed().as_secs_f64() * 1e3);
        std::hint::black_box((key, triangles));
        rows = selection.rows;
    }
    times.split_off(1)
}

fn view<'a>(
    columns: &'a Columns,
    selection: &'a Selection,
    spatial: &'a Spatial,
    memo: &'a Memo,
) -> MapView<'a> {
    MapView {
        basemap: atalaya::basemap::Basemap::built_in(),
        spatial: Some(spatial),
        memo: Some(memo),
        ..MapView::new(WORLD, SIZE, &Theme::LIGHT, Lang::En, columns, selection)
    }
}

/// What lies under the pointer, at places where incidents are: milliseconds of each look.
pub fn picks(columns: &Columns) -> Vec<f64> {
    let filter = Filter::default();
    let selection = atalaya::query::select(columns, &filter);
    let (spatial, memo) = (Spatial::default(), Memo::default());
    let _ = spatial.places(columns);
    let view = view(columns, &selection, &spatial, &memo);
    // What a first look makes ready is there when the pointer comes.
    std::hint::black_box(incidents::pick(&view, [0.0, 0.0]));
    let projector = view.projector();
    let rows = (0..columns.len()).step_by(columns.len() / 1_000 + 1);
    let places = rows.map(|row| projector.lon_lat(columns.lon[row], columns.lat[row]));
    let mut places = places.collect::<Vec<_>>().into_iter();
    let n = places.len();
    timed(n, || {
        let at = places.next().unwrap_or_default();
        // As the window does it: many are counted, few are named.
        match atalaya::scene::density::count_at(&view, at).filter(|n| *n > 50) {
            Some(n) => std::hint::black_box(n as usize),
            None => std::hint::black_box(incidents::pick(&view, at)).len(),
        };
    })
}

/// All of the generated case is in view.
const WORLD: Camera = Camera {
    lon: 10.0,
    lat: 25.0,
    zoom: 2.3,
};
