//! Labels against the map they stand on.

use super::*;
use crate::basemap::Basemap;
use crate::index::Columns;
use crate::locale::Lang;
use crate::query::Selection;
use crate::scene::sample;
use crate::scene::{Camera, LayerSet, Theme};

fn with_view<T>(camera: Camera, check: impl FnOnce(&MapView) -> T) -> T {
    let columns = Columns::default();
    let selection = Selection::default();
    check(&MapView {
        camera,
        size: [1200.0, 800.0],
        pixel_ratio: 1.0,
        theme: &Theme::LIGHT,
        lang: Lang::En,
        columns: &columns,
        selection: &selection,
        territories: &[],
        ways: Default::default(),
        from: None,
        to: None,
        area: None,
        selected: &[],
        layers: LayerSet::default(),
        basemap: Basemap::built_in(),
        keep_clear: &[],
        compare: None,
        spatial: None,
        memo: None,
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
    let mut incident = sample::incident(-100.5, 25.67, crate::domain::Kind::GunBattle);
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
