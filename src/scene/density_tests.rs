//! Counts on the map against the incidents they stand for.

use super::density::*;
use super::dots::raster;
use super::drawing::{Color, Primitive};
use super::layers::incidents::key::IncidentKey;
use super::layers::incidents::{self, style_of};
use super::layers::overlay;
use super::memo::Memo;
use super::ramp_key::Counted;
use super::style::*;
use super::theme::{Theme, contrast};
use super::view::MapView;
use super::{Camera, sample};
use crate::domain::{Filter, Kind};
use crate::index::Columns;
use crate::index::spatial::Spatial;
use crate::locale::Lang;
use crate::query::{Moved, Selection, select};
use proptest::prelude::*;

const SIZE: [f32; 2] = [400.0, 300.0];

struct Case {
    columns: Columns,
    selection: Selection,
    spatial: Spatial,
}

impl Case {
    fn new(places: &[(f64, f64)]) -> Case {
        let kinds = [Kind::GunBattle, Kind::Raid, Kind::Protest];
        let incidents: Vec<_> = places
            .iter()
            .enumerate()
            .map(|(i, (lon, lat))| sample::incident(*lon, *lat, kinds[i % 3]))
            .collect();
        let columns = sample::columns(&incidents);
        // Every fifth is filtered out, so that no answer may count all rows.
        let mut selection = select(&columns, &Filter::default());
        selection.rows.retain(|row| row % 5 != 4);
        let spatial = Spatial::default();
        let _ = spatial.places(&columns);
        Case {
            columns,
            selection,
            spatial,
        }
    }

    fn view<'a>(&'a self, camera: Camera, density: Density, theme: &'a Theme) -> MapView<'a> {
        MapView {
            layers: LayerSet {
                density,
                ..LayerSet::default()
            },
            spatial: Some(&self.spatial),
            ..MapView::new(
                camera,
                SIZE,
                theme,
                Lang::En,
                &self.columns,
                &self.selection,
            )
        }
    }
}

fn of(style: IncidentStyle) -> Density {
    Density {
        style,
        ..Density::default()
    }
}

fn camera(lon: f64, zoom: f64) -> Camera {
    Camera {
        lon,
        lat: 20.0,
        zoom,
    }
}

/// Heaps and single incidents around a place, over the antimeridian where it is near.
fn places(lon: f64, many: usize) -> impl Strategy<Value = Vec<(f64, f64)>> {
    let turned = move |d: f64| (lon + d + 180.0).rem_euclid(360.0) - 180.0;
    let place = prop_oneof![
        (-2.0..2.0_f64, -2.0..2.0_f64),
        (0.5..0.51_f64, 0.2..0.21_f64),
        Just((1.0, 1.0)),
    ];
    let place = place.prop_map(move |(x, y)| (turned(x), 20.0 + y));
    proptest::collection::vec(place, 1..many)
}

fn anywhere(many: usize) -> impl Strategy<Value = (f64, Vec<(f64, f64)>)> {
    prop_oneof![Just(-99.0), Just(179.3), Just(-180.0)]
        .prop_flat_map(move |lon| (Just(lon), places(lon, many)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn hexagons_and_clusters_count_each_once_and_give_them_when_picked(
        (lon, places) in anywhere(1_500), zoom in 5.5..6.5_f64,
    ) {
        let case = Case::new(&places);
        for style in [IncidentStyle::Hexagons, IncidentStyle::Clusters] {
            let view = case.view(camera(lon, zoom), of(style), &Theme::LIGHT);
            // The whole case is in view.
            prop_assert_eq!(in_view(&view).incidents() as usize, case.selection.len());
            let found = cells(&view);
            let sum: u32 = found.cells.iter().map(|c| c.tally.incidents()).sum();
            prop_assert_eq!(sum as usize, case.selection.len());
            let mut picked_in_all = 0;
            for cell in &found.cells {
                let picked = incidents::pick(&view, cell.at);
                if style == IncidentStyle::Hexagons {
                    prop_assert_eq!(count_at(&view, cell.at), Some(picked.len() as u32));
                }
                prop_assert!(picked.is_sorted_by(|a, b| a > b));
                prop_assert!(picked.iter().all(|row| row % 5 != 4), "a filtered row");
                // Single symbols may lie on a circle.
                if cell.radius_px > 0.0 || style == IncidentStyle::Hexagons {
                    let covered = found.cells.iter().any(|other| other.radius_px == 0.0
                        && style == IncidentStyle::Clusters
                        && (other.at[0] - cell.at[0]).hypot(other.at[1] - cell.at[1]) < 8.0);
                    prop_assert!(covered || picked.len() as u32 == cell.tally.incidents());
                }
                picked_in_all += picked.len();
            }
            if style == IncidentStyle::Hexagons {
                prop_assert_eq!(picked_in_all, case.selection.len());
            }
        }
    }

    #[test]
    fn a_colour_of_the_raster_is_the_count_that_a_click_selects(
        (lon, places) in anywhere(1_500), zoom in 3.0..12.0_f64,
        points in proptest::collection::vec((0.0..SIZE[0], 0.0..SIZE[1]), 12),
        equal in any::<bool>(), dark in any::<bool>(),
    ) {
        let case = Case::new(&places);
        let scale = if equal { DensityScale::EqualArea } else { DensityScale::Log };
        let density = Density { style: IncidentStyle::Density, scale, ..Density::default() };
        let theme = if dark { Theme::DARK } else { Theme::LIGHT };
        let view = case.view(camera(lon, zoom), density, &theme);
        let picture = raster(&view);
        let projector = view.projector();
        let on = case.selection.rows.iter().take(30).map(|row| {
            let row = *row as usize;
            projector.fixed(case.columns.world_x[row], case.columns.world_y[row])
        });
        let inside = on.filter(|at| projector.sees(*at, -1.0));
        for at in inside.chain(points.into_iter().map(|(x, y)| [x, y])) {
            let cell = [0, 1].map(|i| (at[i] - picture.rect[i]) as usize);
            let start = (cell[1] * picture.size[0] as usize + cell[0]) * 4;
            let seen = &picture.pixels.rgba()[start..start + 4];
            let picked = incidents::pick(&view, at).len() as u32;
            prop_assert_eq!(count_at(&view, at), Some(picked));
            if picked == 0 {
                prop_assert_eq!(seen[3], 0);
            } else {
                let color = picture.scale.color(picked);
                prop_assert_eq!([seen[0], seen[1], seen[2]], [color.r, color.g, color.b]);
                prop_assert!(seen[3] > 100);
                prop_assert!(picked <= picture.scale.most);
            }
        }
        // The key lists what is there, in the colours of the map.
        let legend = IncidentKey::of(&view);
        prop_assert_eq!(legend.total, in_view(&view).incidents());
        if let Some(key) = &legend.density {
            for (n, place) in &key.counts {
                prop_assert!(*n <= picture.scale.most);
                prop_assert_eq!(theme.density(*place), picture.scale.color(*n));
            }
            prop_assert_eq!(key.counts.last().map(|c| c.0), Some(picture.scale.most));
        } else {
            prop_assert_eq!(legend.total, 0);
        }
    }

    #[test]
    fn symbols_are_found_through_the_index_as_without_it(
        (lon, places) in anywhere(4_000), zoom in 4.0..13.0_f64, x in 0.0..SIZE[0], y in 0.0..SIZE[1],
    ) {
        let case = Case::new(&places);
        let with = case.view(camera(lon, zoom), of(IncidentStyle::Symbols), &Theme::LIGHT);
        let without = MapView { spatial: None, ..with };
        let rows = |view: &MapView| -> Vec<u32> {
            incidents::visible(view).iter().map(|s| s.row).collect()
        };
        prop_assert_eq!(rows(&with), rows(&without));
        prop_assert_eq!(incidents::pick(&with, [x, y]), incidents::pick(&without, [x, y]));
        for symbol in incidents::visible(&with).iter().take(10) {
            let picked = incidents::pick(&with, symbol.at);
            prop_assert_eq!(&picked, &incidents::pick(&without, symbol.at));
            prop_assert!(picked.contains(&symbol.row));
        }
    }
}

#[test]
fn one_alone_is_seen() {
    let case = Case::new(&[(-99.0, 20.0)]);
    for theme in [Theme::LIGHT, Theme::DARK] {
        for color in [DensityColor::Ramp, DensityColor::Kind] {
            let density = Density {
                color,
                ..of(IncidentStyle::Density)
            };
            let view = case.view(camera(-99.0, 4.0), density, &theme);
            let picture = raster(&view);
            let middle = [200.0, 150.0];
            let cell = [0, 1].map(|i| (middle[i] - picture.rect[i]) as usize);
            let start = (cell[1] * picture.size[0] as usize + cell[0]) * 4;
            let [r, g, b, a] = [0, 1, 2, 3].map(|i| picture.pixels.rgba()[start + i]);
            assert!(a >= 230, "{a}");
            let on_land = theme
                .land
                .mix(Color { r, g, b, a: 255 }, f32::from(a) / 255.0);
            let ratio = contrast(on_land, theme.land);
            assert!(ratio >= 3.0, "{:?} {color:?}: {ratio:.2}", theme.name);
            let filled = picture.pixels.rgba().chunks(4).filter(|c| c[3] > 0).count();
            assert_eq!(filled, 21, "a dot of five px");
        }
    }
}

#[test]
fn symbols_up_to_a_number_in_view_and_counts_above() {
    let heap = |n: usize| -> Vec<(f64, f64)> {
        (0..n)
            .map(|i| {
                (
                    -99.0 + (i % 300) as f64 * 0.01,
                    20.0 + (i / 300) as f64 * 0.01,
                )
            })
            .collect()
    };
    let n = SYMBOLS_UP_TO * 5 / 4;
    let (few, many) = (Case::new(&heap(n)), Case::new(&heap(n + 10)));
    let whole = camera(-98.0, 6.0);
    let drawn =
        |case: &Case, camera| style_of(&case.view(camera, Density::default(), &Theme::LIGHT));
    assert_eq!(few.selection.len(), SYMBOLS_UP_TO);
    assert_eq!(drawn(&few, whole), Drawn::Symbols);
    assert_eq!(drawn(&many, whole), Drawn::Density);
    // Zoomed in there are few again.
    assert_eq!(drawn(&many, camera(-98.0, 11.0)), Drawn::Symbols);
    let view = many.view(whole, Density::default(), &Theme::LIGHT);
    let images = overlay(&view)
        .items
        .iter()
        .filter(|i| matches!(i, Primitive::Image { .. }))
        .count();
    assert_eq!(images, 1);
    assert!(incidents::visible(&view).is_empty());
}

#[test]
fn what_was_counted_is_kept_until_it_is_forgotten() {
    let case = Case::new(&[(-99.0, 20.0), (-99.1, 20.0)]);
    let memo = Memo::default();
    let view = MapView {
        memo: Some(&memo),
        ..case.view(
            camera(-99.0, 6.0),
            of(IncidentStyle::Density),
            &Theme::LIGHT,
        )
    };
    let first = raster(&view);
    assert!(std::sync::Arc::ptr_eq(&first, &raster(&view)));
    let moved = MapView {
        camera: camera(-99.05, 6.0),
        ..view
    };
    assert!(!std::sync::Arc::ptr_eq(&first, &raster(&moved)));
    let kept = raster(&moved);
    memo.forget();
    assert!(!std::sync::Arc::ptr_eq(&kept, &raster(&moved)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_follows_rows_that_come_and_go_is_what_is_drawn_anew(
        (lon, places) in anywhere(800), zoom in 3.0..9.0_f64,
        ratio in 1_u8..3, mixed in any::<bool>(), equal in any::<bool>(),
        steps in proptest::collection::vec((0..800_usize, 0..800_usize), 1..6),
    ) {
        let mut case = Case::new(&places);
        let memo = Memo::default();
        let density = Density {
            style: IncidentStyle::Density,
            color: if mixed { DensityColor::Kind } else { DensityColor::Ramp },
            scale: if equal { DensityScale::EqualArea } else { DensityScale::Log },
        };
        // What a window keeps of the picture: its bytes, brought up to date by what is said to change.
        let mut copy: Option<(u64, Vec<u8>)> = None;
        for (from, until) in std::iter::once((0, 800)).chain(steps) {
            let rows = from.min(until)..from.max(until).min(places.len());
            let wanted: Vec<u32> = rows.map(|row| row as u32).collect();
            let is_in = |rows: &[u32], row: &u32| rows.binary_search(row).is_ok();
            let before = std::mem::take(&mut case.selection.rows);
            let moved = Moved {
                came: wanted.iter().copied().filter(|row| !is_in(&before, row)).collect(),
                left: before.iter().copied().filter(|row| !is_in(&wanted, row)).collect(),
            };
            case.selection.rows = wanted;
            let view = MapView {
                pixel_ratio: f32::from(ratio),
                memo: Some(&memo),
                ..case.view(camera(lon, zoom), density, &Theme::LIGHT)
            };
            memo.follow(&view, &moved);
            let anew = MapView { memo: None, ..view };
            prop_assert_eq!(in_view(&view), in_view(&anew));
            let (found, expected) = (raster(&view), raster(&anew));
            prop_assert_eq!(&found.pixels, &expected.pixels);
            prop_assert_eq!(&found.scale, &expected.scale);
            prop_assert_eq!(IncidentKey::of(&view), IncidentKey::of(&anew));
            for x in 0..40 {
                let at = [10.0 * x as f32, 7.0 * x as f32];
                prop_assert_eq!(found.count_at(at), expected.count_at(at));
            }
            let pixels = &found.pixels;
            let bytes = match copy.take() {
                Some((state, mut bytes)) if let Some(changed) = pixels.changed_since(state) => {
                    for part in changed {
                        let part = part.start * 4..part.end * 4;
                        bytes[part.clone()].copy_from_slice(&pixels.rgba()[part]);
                    }
                    bytes
                }
                _ => pixels.rgba().to_vec(),
            };
            prop_assert_eq!(&bytes[..], pixels.rgba());
            copy = Some((pixels.state(), bytes));
        }
    }
}

#[test]
fn hexagons_that_take_a_while_are_waited_for() {
    let places: Vec<(f64, f64)> = (0..80_000)
        .map(|i| (-99.0 + f64::from(i % 300) * 0.01, 20.0))
        .collect();
    let case = Case::new(&places);
    let memo = Memo::of_window();
    let hexagons = of(IncidentStyle::Hexagons);
    let print = case.view(camera(-98.0, 6.0), hexagons, &Theme::LIGHT);
    let window = MapView {
        memo: Some(&memo),
        ..print
    };
    assert_eq!(style_of(&window), Drawn::Density);
    assert!(matches!(
        IncidentKey::of(&window).density.unwrap().of,
        Counted::Dot { .. }
    ));
    let resolution = memo.take_wanted_hexes().expect("said");
    assert_eq!(memo.take_wanted_hexes(), None);
    let _ = case.spatial.hexes(&case.columns, resolution);
    assert_eq!(style_of(&window), Drawn::Hexagons);
    assert_eq!(memo.take_wanted_hexes(), None);
    // A picture that is made once waits.
    let anew = Case::new(&places);
    let print = anew.view(camera(-98.0, 6.0), hexagons, &Theme::LIGHT);
    assert_eq!(style_of(&print), Drawn::Hexagons);
    assert_eq!(cells(&print).cells, cells(&window).cells);
}

#[test]
fn one_row_more_changes_a_dot_and_no_more() {
    let mut case = Case::new(&[(-99.0, 20.0), (-98.0, 20.0), (-98.5, 20.0)]);
    case.selection.rows = vec![0, 1];
    let memo = Memo::default();
    let density = of(IncidentStyle::Density);
    let at = camera(-98.5, 6.0);
    let view = |case: &Case| {
        raster(&MapView {
            memo: Some(&memo),
            ..case.view(at, density, &Theme::LIGHT)
        })
        .pixels
        .state()
    };
    let before = view(&case);
    case.selection.rows = vec![0, 1, 2];
    let moved = Moved {
        came: vec![2],
        left: Vec::new(),
    };
    let now = MapView {
        memo: Some(&memo),
        ..case.view(at, density, &Theme::LIGHT)
    };
    memo.follow(&now, &moved);
    let picture = raster(&now);
    let changed = picture.pixels.changed_since(before).expect("followed");
    assert_eq!(changed.iter().map(std::ops::Range::len).sum::<usize>(), 21);
}

#[test]
fn the_key_says_what_is_counted() {
    let places: Vec<(f64, f64)> = (0..200)
        .map(|i| (-99.0 + f64::from(i % 7) * 0.2, 20.0))
        .collect();
    let case = Case::new(&places);
    let legend = |style, color| {
        let density = Density { color, ..of(style) };
        IncidentKey::of(&case.view(camera(-98.5, 6.0), density, &Theme::LIGHT))
    };
    let key = |l: &IncidentKey| l.density.clone().unwrap();
    let counted = legend(IncidentStyle::Density, DensityColor::Ramp);
    assert!(counted.marks.is_empty() && !key(&counted).ramp.is_empty());
    assert!(matches!(key(&counted).of, Counted::Dot { .. }));
    let kinds = legend(IncidentStyle::Hexagons, DensityColor::Kind);
    assert!(kinds.marks.len() == 3 && key(&kinds).ramp.is_empty());
    assert_eq!(kinds.marks.iter().map(|m| m.1).sum::<u32>(), kinds.total);
    let circles = legend(IncidentStyle::Clusters, DensityColor::Ramp);
    assert!(circles.marks.len() == 3 && key(&circles).of == Counted::Cluster);
    assert!(
        legend(IncidentStyle::Symbols, DensityColor::Ramp)
            .density
            .is_none()
    );
    // Texts below the ramp never run into each other.
    let ticks = key(&counted).ticks(60.0, |text| 7.0 * text.len() as f32);
    assert!(ticks.len() >= 2);
    for (i, tick) in ticks.iter().enumerate() {
        for other in &ticks[..i] {
            let room = 3.5 * (tick.text.len() + other.text.len()) as f32;
            assert!((tick.text_px - other.text_px).abs() > room, "{ticks:?}");
        }
    }
}
