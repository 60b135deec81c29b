//! Labels against the map they stand on.

use super::*;
use crate::basemap::Basemap;
use crate::index::Columns;
use crate::locale::Lang;
use crate::query::Selection;
use crate::scene::sample;
use crate::scene::{Camera, Theme};

fn with_view<T>(camera: Camera, check: impl FnOnce(&MapView) -> T) -> T {
    let columns = Columns::default();
    let selection = Selection::default();
    check(&MapView {
        basemap: Basemap::built_in(),
        ..MapView::new(
            camera,
            [1200.0, 800.0],
            &Theme::LIGHT,
            Lang::En,
            &columns,
            &selection,
        )
    })
}

#[test]
fn labels_do_not_overlap_each_other() {
    for (lon, lat, zoom) in [
        (-99.5, 27.5, 7.0),
        (-99.1, 19.4, 9.3),
        (10.0, 50.0, 5.0),
        (-100.0, 24.0, 5.2),
        (179.0, -17.0, 6.0),
    ] {
        let placed = with_view(Camera { lon, lat, zoom }, place);
        assert!(placed.len() >= 4, "{lon} {lat} {zoom}: {}", placed.len());
        for (i, a) in placed.iter().enumerate() {
            for b in &placed[..i] {
                assert!(
                    !overlap(&a.bounds, &b.bounds),
                    "{} and {} at zoom {zoom}",
                    a.text,
                    b.text
                );
            }
            let [l, t, r, b] = a.bounds;
            assert!(
                l >= 0.0 && t >= 0.0 && r <= 1200.0 && b <= 800.0,
                "{} is cut",
                a.text
            );
        }
    }
}

#[test]
fn the_important_come_first_and_in_the_language_asked_for() {
    let mexico = Camera {
        lon: -100.0,
        lat: 22.0,
        zoom: 5.0,
    };
    let names = |lang| {
        with_view(mexico, |v| {
            place(&MapView { lang, ..*v })
                .into_iter()
                .map(|p| p.text)
                .collect::<Vec<_>>()
        })
    };
    let (en, es) = (names(Lang::En), names(Lang::Es));
    assert!(
        en.contains(&"Mexico City".to_owned()) && en.contains(&"Monterrey".to_owned()),
        "{en:?}"
    );
    assert!(es.contains(&"Ciudad de México".to_owned()), "{es:?}");
    // At zoom 8 around Nuevo Laredo the city itself is named.
    let near = with_view(
        Camera {
            lon: -99.5,
            lat: 27.5,
            zoom: 8.0,
        },
        place,
    );
    assert!(near.iter().any(|p| p.text == "Nuevo Laredo"));
}

#[test]
fn labels_keep_clear_and_go_around_big_symbols() {
    let here = Camera {
        lon: -100.3,
        lat: 25.6,
        zoom: 8.0,
    };
    let everything = [[0.0, 0.0, 1200.0, 800.0]];
    assert!(
        with_view(here, |v| place(&MapView {
            keep_clear: &everything,
            ..*v
        }))
        .is_empty()
    );
    let mut incident = sample::incident(-100.1, 25.67, crate::domain::Kind::GunBattle);
    incident.deaths = crate::domain::Deaths::exactly(40);
    let columns = sample::columns(&[incident]);
    let selection = crate::query::select(&columns, &crate::domain::Filter::default());
    let monterrey = |v: &MapView| {
        place(v)
            .into_iter()
            .find(|p| p.text == "Monterrey")
            .map(|p| p.bounds)
    };
    let (alone, beside) = with_view(here, |v| {
        (
            monterrey(v),
            monterrey(&MapView {
                columns: &columns,
                selection: &selection,
                ..*v
            }),
        )
    });
    assert!(alone.is_some() && beside.is_some());
    assert_ne!(alone, beside, "the symbol lies where the name would");
}

#[test]
fn a_territory_is_named_where_there_is_room() {
    let square = |side: f64| {
        [
            (-100.0, 27.0),
            (-100.0 + side, 27.0),
            (-100.0 + side, 27.0 + side),
            (-100.0, 27.0 + side),
            (-100.0, 27.0),
        ]
    };
    let camera = Camera {
        lon: -99.5,
        lat: 27.5,
        zoom: 8.0,
    };
    let named = |side: f64| {
        let all = [sample::territory(
            "Cártel del Noreste",
            crate::domain::Relation::Present,
            "C3",
            &square(side),
        )];
        with_view(camera, |v| {
            place(&MapView {
                territories: &all,
                ..*v
            })
            .iter()
            .any(|p| p.text == "Cártel del Noreste")
        })
    };
    assert!(named(1.2));
    assert!(!named(0.1));
}

/// Outlines by name, as the basemap's own script took them from Natural Earth, simplified by 0.03 degrees.
fn countries() -> std::collections::BTreeMap<String, Vec<Vec<Vec<[f64; 2]>>>> {
    use std::io::Read;
    let packed = include_bytes!("../../../../data/basemap/countries-check.json.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..])
        .read_to_string(&mut text)
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

fn states() -> std::collections::BTreeMap<String, Vec<Vec<Vec<[f64; 2]>>>> {
    let text = include_str!("../../../../data/basemap/mx-states.geojson");
    let json: serde_json::Value = serde_json::from_str(text).unwrap();
    let features = json["features"].as_array().unwrap().iter();
    let of = |f: &serde_json::Value| {
        let shape = &f["geometry"];
        let polygons = match shape["type"].as_str() {
            Some("Polygon") => serde_json::json!([shape["coordinates"]]),
            _ => shape["coordinates"].clone(),
        };
        let name = f["properties"]["name"].as_str().unwrap().to_owned();
        (name, serde_json::from_value(polygons).unwrap())
    };
    features.map(of).collect()
}

#[test]
fn names_of_countries_and_states_stand_inside_of_them() {
    use crate::domain::Area;
    use crate::domain::margin::Margins;
    let areas: Vec<_> = countries().into_iter().chain(states()).collect();
    let (mut checked, mut seen) = (0, std::collections::BTreeSet::new());
    for (lon, lat, zoom) in [
        (15.0, 50.0, 4.3),
        (10.0, 42.0, 5.2),
        (20.0, 2.0, 3.4),
        (38.0, 8.0, 5.0),
        (-102.0, 24.0, 4.8),
        (-101.0, 20.0, 6.2),
        (-90.0, 15.0, 6.0),
        (-62.0, -15.0, 3.6),
        (45.0, 32.0, 4.6),
        (105.0, 20.0, 4.2),
        (178.0, -17.0, 6.0),
        (0.0, 20.0, 2.2),
    ] {
        let camera = Camera { lon, lat, zoom };
        let size = [1200.0, 800.0];
        for placed in with_view(camera, place) {
            let named = areas
                .iter()
                .filter(|(name, _)| name.to_uppercase() == placed.text);
            // Georgia is a country and one of the United States.
            let is_about = |_: &&Vec<Vec<[f64; 2]>>| placed.text != "GEORGIA" || lon > 0.0;
            let polygons = named.flat_map(|(_, polygons)| polygons);
            let polygons: Vec<_> = polygons.filter(is_about).collect();
            if polygons.is_empty() {
                continue;
            }
            let [left, top, right, bottom] = placed.bounds;
            // The letters without the room kept free around them.
            let inner = [
                left + AREA_PADDING_PX,
                top + PADDING_PX,
                right - AREA_PADDING_PX,
                bottom - PADDING_PX,
            ];
            let corners = [
                [inner[0], inner[1]],
                [inner[2], inner[1]],
                [inner[2], inner[3]],
                [inner[0], inner[3]],
            ];
            let is_in = polygons.iter().any(|rings| {
                let corners_of = rings[0].clone();
                let margins = Margins::new(&Area::polygon(corners_of));
                corners.iter().all(|at| {
                    let [lon, lat] = camera.lon_lat_from_screen(size, *at);
                    // The outline is simplified by 0.03 degrees.
                    margins.depth_m(lon, lat, 10_000.0) > -5_000.0
                })
            });
            assert!(is_in, "{} leaves its area at {camera:?}", placed.text);
            checked += 1;
            seen.insert(placed.text);
        }
    }
    assert!(checked > 120 && seen.len() > 75, "{checked} {}", seen.len());
}
