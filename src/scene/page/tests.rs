use super::*;
use crate::basemap::Basemap;
use crate::domain::{Bounds, Relation, TerritoryEstimate};
use crate::index::Columns;
use crate::locale::Lang;
use crate::query::select;
use crate::render;
use crate::scene::{Camera, Theme, sample};
use std::sync::LazyLock;

static UCDP: LazyLock<Columns> = LazyLock::new(sample::ucdp);

fn territories() -> Vec<TerritoryEstimate> {
    let outline = |w: f64, s: f64, e: f64, n: f64| [(w, s), (e, s), (e, n), (w, n), (w, s)];
    vec![
        sample::territory(
            "Cártel del Noreste",
            Relation::Present,
            "C3",
            &outline(-101.5, 26.0, -99.2, 28.5),
        ),
        sample::territory(
            "Cártel del Golfo y sus aliados de la frontera",
            Relation::Controls,
            "D4",
            &outline(-99.8, 24.2, -97.6, 26.4),
        ),
    ]
}

fn year() -> Filter {
    Filter {
        from: "2010-10-01".parse().ok(),
        to: "2011-09-30".parse().ok(),
        ..Filter::default()
    }
}

fn page_of(size_px: [u32; 2], lang: Lang, filter: &Filter, title: Option<&str>) -> Drawing {
    let selection = select(&UCDP, filter);
    let size = [1200.0, 800.0];
    let northeast = Bounds::new(-104.5, 22.8, -95.5, 29.9).unwrap();
    let view = MapView {
        territories: &territories(),
        from: filter.from,
        to: filter.to,
        basemap: Basemap::built_in(),
        ..MapView::new(
            Camera::fitting(northeast, size, 0.0),
            size,
            &Theme::LIGHT,
            lang,
            &UCDP,
            &selection,
        )
    };
    let attributions = ["UCDP Georeferenced Event Dataset 24.1, CC BY 4.0".to_owned()];
    page(
        &view,
        &PageSpec {
            size_px,
            title,
            filter,
            found: None,
            links: None,
            attributions: &attributions,
            data_date: "2026-11-22".parse().ok(),
        },
    )
}

/// All texts with their boxes, `[left, top, right, bottom]`; those of clipped items where asked.
fn texts(items: &[Primitive], clipped: bool, found: &mut Vec<(String, [f32; 4])>) {
    for item in items {
        match item {
            Primitive::Text {
                at,
                anchor,
                text,
                size_px,
                weight,
                spacing_px,
                ..
            } => {
                let width = Font {
                    size_px: *size_px,
                    weight: *weight,
                    spacing_px: *spacing_px,
                }
                .width_px(text);
                let left = match anchor {
                    crate::scene::Anchor::Left => at[0],
                    crate::scene::Anchor::Center => at[0] - width / 2.0,
                    crate::scene::Anchor::Right => at[0] - width,
                };
                found.push((
                    text.clone(),
                    [
                        left,
                        at[1] - 0.5 * size_px,
                        left + width,
                        at[1] + 0.5 * size_px,
                    ],
                ));
            }
            Primitive::Clipped { items, .. } if clipped => texts(items, clipped, found),
            Primitive::Group { items, .. } => texts(items, clipped, found),
            _ => {}
        }
    }
}

fn texts_of(drawing: &Drawing, clipped: bool) -> Vec<(String, [f32; 4])> {
    let mut found = Vec::new();
    texts(&drawing.items, clipped, &mut found);
    found
}

#[test]
fn no_text_is_cut_or_lies_on_another() {
    let long = "A headline that somebody wrote without thinking of how many words have room on a page that is small, and that therefore must wrap, and wrap, and end";
    let sizes = [
        [800, 600],
        [1024, 768],
        [1280, 720],
        [1080, 1920],
        [1920, 1080],
        [3840, 2160],
        [2400, 700],
        [600, 600],
        [300, 200],
    ];
    for size in sizes {
        for lang in Lang::ALL {
            for (filter, title) in [(Filter::default(), None), (year(), Some(long))] {
                let drawing = page_of(size, lang, &filter, title);
                assert_eq!(drawing.size, size.map(|v| v as f32));
                let found = texts_of(&drawing, false);
                for (i, (text, b)) in found.iter().enumerate() {
                    let inside = b[0] >= 0.0
                        && b[1] >= 0.0
                        && b[2] <= drawing.size[0] + 0.5
                        && b[3] <= drawing.size[1];
                    assert!(inside, "{size:?} {lang:?}: {text:?} at {b:?}");
                    for (other, o) in &found[..i] {
                        let apart = b[0] >= o[2] || o[0] >= b[2] || b[1] >= o[3] || o[1] >= b[3];
                        assert!(apart, "{size:?} {lang:?}: {text:?} lies on {other:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_page_says_what_it_must() {
    let drawing = page_of([1920, 1080], Lang::En, &year(), None);
    let all: String = texts_of(&drawing, false)
        .into_iter()
        .map(|(t, _)| t + " ")
        .collect();
    let words = [
        "Oct\u{A0}2010\u{A0}– Sep\u{A0}2011",
        "of the case’s 18,957 incidents",
        "best estimate",
        "° N",
        "Armed violence",
        "C3",
        "D4",
        "contested",
        "illustrative, not an assessment",
        "Incidents a year",
        "What we don’t know",
        "UCDP",
        "Natural Earth",
        "GeoNames",
        "Web Mercator",
        "do not imply endorsement",
        "imported on 22 Nov",
        "Made with Atalaya",
    ];
    for word in words {
        assert!(all.contains(word), "{word} is missing in: {all}");
    }
    assert!(
        texts_of(&drawing, true)
            .iter()
            .any(|(t, _)| t == "Nuevo Laredo")
    );
}

#[test]
fn the_numbers_agree_with_each_other() {
    let drawing = page_of([1920, 1080], Lang::En, &year(), None);
    let found = texts_of(&drawing, false);
    let after = |word: &str| {
        let i = found.iter().position(|(t, _)| t.contains(word)).unwrap();
        found[i]
            .0
            .split(' ')
            .find_map(|w| w.replace(',', "").parse::<usize>().ok())
    };
    let deck = after("of the case’s").unwrap();
    let outside = after("more match but").unwrap();
    assert_eq!(deck + outside, select(&UCDP, &year()).len());
    // The key's only mark counts what the sentence counts.
    assert!(found.iter().any(|(t, _)| *t == deck.to_string()), "{deck}");
}

#[test]
fn a_given_title_stands_and_an_empty_selection_says_so() {
    let title = |filter: &Filter, title| {
        texts_of(&page_of([1600, 900], Lang::Es, filter, title), false)[0]
            .0
            .clone()
    };
    assert_eq!(
        title(&year(), Some("El camino al cruce")),
        "El camino al cruce"
    );
    let none = Filter {
        actors: ["nobody of this name".to_owned()].into(),
        ..Filter::default()
    };
    assert_eq!(
        title(&none, None),
        "Ningún incidente correspondiente en este mapa"
    );
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let make = || page_of([800, 600], Lang::En, &year(), None);
    let (a, b) = (make(), make());
    assert_eq!(render::svg(&a), render::svg(&b));
    let picture = render::png(&a).unwrap();
    assert_eq!(picture, render::png(&b).unwrap());
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 50_000);
}
