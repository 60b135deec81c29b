use super::*;
use crate::scene::ways::Ways;
use crate::scene::{layers, sample};

fn tracks() -> Vec<Track> {
    let east: &[(f64, f64)] = &[(-101.0, 27.5), (-98.0, 27.5)];
    let far: &[(f64, f64)] = &[(10.0, 50.0), (11.0, 50.0)];
    let mut flow = sample::movement(&[&[(-99.5, 26.5), (-99.5, 28.5)]]);
    flow.kind = MovementKind::Flow;
    vec![
        Track::new(1, "test", &sample::movement(&[east])),
        Track::new(2, "other", &flow),
        Track::new(3, "test", &sample::movement(&[far])),
    ]
}

#[test]
fn heads_point_the_way_it_went() {
    let tracks = tracks();
    let ways = Ways {
        tracks: &tracks[..1],
        ..Ways::default()
    };
    sample::with_view(ways, |view| {
        let items = draw(view);
        let tips: Vec<(Point, f32)> = items
            .iter()
            .filter_map(|item| match item {
                Primitive::Area { rings, .. } => {
                    let r = &rings[0];
                    Some((r[0], (r[1][0] + r[3][0]) / 2.0))
                }
                _ => None,
            })
            .collect();
        assert!(tips.len() >= 3, "{tips:?}");
        assert!(tips.iter().all(|(tip, foot)| tip[0] > *foot), "{tips:?}");
        let end = view.projector().lon_lat(-98.0, 27.5);
        let at_end = |(tip, _): &(Point, f32)| (tip[0] - end[0]).abs() < 0.1;
        assert!(tips.iter().any(at_end), "{end:?} {tips:?}");
    });
}

#[test]
fn a_line_ends_at_the_edge_of_the_symbol_over_its_end() {
    let symbol = |x: f32, radius_px| Symbol {
        row: 0,
        at: [x, 50.0],
        radius_px,
    };
    let ended = |symbols: &[Symbol]| {
        let mut squares: HashMap<_, Vec<Symbol>> = HashMap::new();
        for s in symbols {
            squares.entry(square(s.at)).or_default().push(*s);
        }
        let mut stretch = Stretch {
            points: vec![[0.0, 50.0], [40.0, 50.0], [100.0, 50.0]],
            is_end: true,
        };
        Symbols { squares }.leave_free(&mut stretch);
        stretch.points.last().unwrap()[0]
    };
    assert_eq!(ended(&[]), 100.0);
    assert_eq!(ended(&[symbol(60.0, 5.0)]), 100.0);
    let edge = 100.0 - 10.0 * REACH - GAP_PX;
    let end = ended(&[symbol(100.0, 10.0)]);
    assert!((edge - 1.0..=edge).contains(&end), "{end}");
    // One beside the other: free of both. Wholly under one: as it was.
    let end = ended(&[symbol(100.0, 10.0), symbol(85.0, 10.0)]);
    assert!(end <= 85.0 - 10.0 * REACH, "{end}");
    assert_eq!(ended(&[symbol(50.0, 90.0), symbol(100.0, 90.0)]), 100.0);
    // A scribble longer than what numbers of this size can tell a pixel from.
    let back_and_forth = (0..40_000).map(|i| [if i % 2 == 0 { 0.0 } else { 1000.0 }, 50.0]);
    let mut scribble = Stretch {
        points: back_and_forth.collect(),
        is_end: true,
    };
    let squares = HashMap::from([(square([1000.0, 50.0]), vec![symbol(1000.0, 9.0)])]);
    Symbols { squares }.leave_free(&mut scribble);
    assert!(scribble.points.len() >= 39_999);
}

#[test]
fn time_dataset_and_switch_decide_what_is_shown() {
    let tracks = tracks();
    let ways = Ways {
        tracks: &tracks,
        ..Ways::default()
    };
    let ids = |view: &MapView| shown(view).iter().map(|s| s.track.id).collect::<Vec<_>>();
    let other = ["other".to_owned()].into();
    sample::with_view(ways, |view| {
        assert_eq!(ids(view), [1, 2]);
        let from = "2025-03-01".parse().ok();
        assert!(ids(&MapView { from, ..*view }).is_empty());
        let datasets = Some(&other);
        let ways = Ways { datasets, ..ways };
        assert_eq!(ids(&MapView { ways, ..*view }), [2]);
        let layers = view.layers.without(LAYER.id);
        assert!(ids(&MapView { layers, ..*view }).is_empty());
    });
}

#[test]
fn the_nearest_line_under_the_pointer_is_picked() {
    let tracks = tracks();
    let ways = Ways {
        tracks: &tracks,
        ..Ways::default()
    };
    sample::with_view(ways, |view| {
        let near = |lon, lat| {
            let [x, y] = view.projector().lon_lat(lon, lat);
            pick(view, [x + 3.0, y + 2.0])
        };
        assert_eq!(near(-100.5, 27.5), Some(1));
        assert_eq!(near(-99.5, 27.0), Some(2));
        assert_eq!(near(-100.5, 27.0), None);
    });
}

#[test]
fn movements_and_places_in_view_are_explained() {
    use crate::scene::ways::Spot;
    let line: &[(f64, f64)] = &[(-99.5, 27.0), (-99.0, 28.0)];
    let mut flow = sample::movement(&[line]);
    flow.kind = MovementKind::Flow;
    let far: &[(f64, f64)] = &[(10.0, 50.0), (11.0, 50.0)];
    let tracks = [
        Track::new(1, "test", &flow),
        Track::new(2, "test", &sample::movement(&[far])),
    ];
    let spot = |lon, lat| Spot {
        id: 1,
        name: crate::domain::LocalText::new("Bridge"),
        dataset: "test".to_owned(),
        lon_lat: [lon, lat],
    };
    let spots = [spot(-99.5, 27.5), spot(10.0, 50.0)];
    let ways = Ways {
        tracks: &tracks,
        spots: &spots,
        ..Ways::default()
    };
    let parts = sample::with_view(ways, |v| layers::key(v, Medium::Page));
    let found: Vec<(&str, &str)> = parts[1]
        .rows
        .iter()
        .filter_map(|row| match row {
            KeyRow::Line(line) => Some((line.name.as_str(), line.value.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(parts[1].section, Section::Movements);
    assert_eq!(found, [("Flow", "1"), ("Place with figures", "1")]);
}
