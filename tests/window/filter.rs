//! Filter panel, areas and chips, driven by role and label as a person would.

use crate::support::{demo_case, settle, window};
use atalaya::app::App;
use atalaya::domain::{Area, Filter, Kind, PlacePrecision};
use atalaya::index::Row;
use atalaya::locale::Lang;
use atalaya::query::{Judged, Part};
use atalaya::session::{Command, Tool};
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use geo::{Distance, Geodesic, Point};

type Window = Harness<'static, App>;

fn filter(w: &Window) -> Filter {
    w.state().workspace().unwrap().filter.clone()
}

/// Clicks at a place on the map.
fn click_map(w: &mut Window, lon: f64, lat: f64) {
    let at = on_map(w, lon, lat);
    w.drag_at(at);
    w.step();
    w.drop_at(at);
    w.step();
}

fn on_map(w: &Window, lon: f64, lat: f64) -> egui::Pos2 {
    let map = w.get_by_role_and_label(Role::Canvas, "Map").rect();
    let camera = w.state().workspace().unwrap().camera;
    let [x, y] = camera.screen_from_lon_lat([map.width(), map.height()], lon, lat);
    map.min + egui::vec2(x, y)
}

fn passing(w: &Window) -> usize {
    let columns = &w.state().loaded().unwrap().columns;
    atalaya::query::select(columns, &filter(w)).len()
}

/// The rows of which the filter without `part` holds and `has` too, by primary key.
fn expected(w: &Window, part: Part, has: impl Fn(usize) -> bool) -> Vec<i64> {
    let columns = &w.state().loaded().unwrap().columns;
    let judged = Judged::new(columns, (&filter(w)).into());
    let rows = judged.rows_having(part, |row: Row| has(row as usize));
    rows.into_iter().map(|r| columns.id[r as usize]).collect()
}

/// What the number of an entry is called: `List these 4: Arrest`, `List this one: Arrest`.
fn number_label(n: usize, name: &str) -> String {
    match n {
        1 => format!("List this one: {name}"),
        n => format!("List these {n}: {name}"),
    }
}

/// All numbers of the panel by their labels.
fn numbers(w: &Window) -> Vec<(usize, String)> {
    let links = w.query_all_by_role(Role::Link);
    let labels = links.map(|n| n.accesskit_node().label().unwrap_or_default());
    labels
        .filter_map(|label| {
            if let Some(name) = label.strip_prefix("List this one: ") {
                return Some((1, name.to_owned()));
            }
            let (n, name) = label.strip_prefix("List these ")?.split_once(": ")?;
            Some((n.replace(',', "").parse().ok()?, name.to_owned()))
        })
        .collect()
}

fn click_number(w: &mut Window, name: &str) -> usize {
    let of_name: Vec<_> = numbers(w).into_iter().filter(|(_, n)| n == name).collect();
    let [(n, _)] = of_name.as_slice() else {
        panic!("{name}: {:?}", numbers(w));
    };
    let label = number_label(*n, name);
    // Some are further down than the window is high.
    w.get_by_role_and_label(Role::Link, &label)
        .click_accesskit();
    settle(w);
    *n
}

#[test]
fn a_corridor_drawn_by_clicks_counts_what_lies_along_it() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let (monterrey, laredo) = ([-100.316, 25.686], [-99.507, 27.476]);
    w.get_by_role_and_label(Role::RadioButton, "Corridor")
        .click();
    settle(&mut w);
    w.get_by_label_contains("Click the points of the line");
    click_map(&mut w, monterrey[0], monterrey[1]);
    // A point too many is taken back.
    click_map(&mut w, -101.0, 27.0);
    w.key_press(Key::Backspace);
    w.step();
    click_map(&mut w, laredo[0], laredo[1]);
    assert_eq!(filter(&w).area, None);
    w.key_press(Key::Enter);
    settle(&mut w);

    let area = filter(&w).area.expect("an area");
    let Area::Corridor { line, width_m } = &area else {
        panic!("{area:?}");
    };
    assert_eq!((line.len(), *width_m), (2, 10_000.0));
    for (drawn, meant) in line.iter().zip([monterrey, laredo]) {
        // A pixel is a kilometre or two here.
        let off = Geodesic.distance(Point::from(*drawn), Point::from(meant));
        assert!(off < 5_000.0, "{off}");
    }
    w.get_by_role_and_label(
        Role::Button,
        "Remove: Corridor 10\u{A0}km wide, 214\u{A0}km long",
    );

    // The chip's count against a walk along the line.
    let columns = w.state().loaded().unwrap().columns.clone();
    let near = |row: usize| {
        (0..=4_000).any(|i| {
            let t = f64::from(i) / 4_000.0;
            let on = [0, 1].map(|k| line[0][k] + (line[1][k] - line[0][k]) * t);
            let at = Point::new(columns.lon[row], columns.lat[row]);
            Geodesic.distance(Point::from(on), at) <= 5_000.0
        })
    };
    let along = (0..columns.len()).filter(|row| near(*row)).count();
    assert!(along > 0 && along < columns.len(), "{along}");
    assert_eq!(passing(&w), along);
    w.query_all_by_label_contains(&format!("{along} of 30 incidents"))
        .next()
        .unwrap();
    w.get_by_label_contains("5\u{A0}km to each side");

    w.get_by_role_and_label(
        Role::Button,
        "Remove: Corridor 10\u{A0}km wide, 214\u{A0}km long",
    )
    .click();
    settle(&mut w);
    assert!(filter(&w).is_empty());
}

#[test]
fn polygons_and_circles_are_drawn_and_escape_lets_go() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.get_by_role_and_label(Role::RadioButton, "Polygon")
        .click();
    settle(&mut w);
    let corners = [(-101.0, 25.0), (-98.5, 25.0), (-98.5, 28.0), (-101.0, 28.0)];
    for (lon, lat) in corners {
        click_map(&mut w, lon, lat);
    }
    // A second click on the last corner closes it.
    click_map(&mut w, -101.0, 28.0);
    settle(&mut w);
    let area = filter(&w).area;
    assert!(
        matches!(&area, Some(Area::Polygon { corners, .. }) if corners.len() == 4),
        "{area:?}"
    );
    let in_polygon = passing(&w);
    assert!(in_polygon > 0 && in_polygon < 30);

    w.state_mut().push(Command::Take(Tool::Circle));
    settle(&mut w);
    let (from, to) = (on_map(&w, -99.507, 27.476), on_map(&w, -98.5, 27.476));
    w.drag_at(from);
    w.step();
    w.hover_at(from + (to - from) * 0.5);
    w.step();
    w.hover_at(to);
    w.step();
    w.drop_at(to);
    settle(&mut w);
    let Some(Area::Circle { center, radius_m }) = filter(&w).area else {
        panic!("{:?}", filter(&w).area);
    };
    assert!(
        (center[0] + 99.507).abs() < 0.05 && (center[1] - 27.476).abs() < 0.05,
        "{center:?}"
    );
    assert!((95_000.0..104_000.0).contains(&radius_m), "{radius_m}");

    // Escape puts the tool away and leaves the filter.
    w.get_by_role_and_label(Role::RadioButton, "Polygon")
        .click();
    settle(&mut w);
    click_map(&mut w, -101.0, 25.0);
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(w.query_by_label_contains("Click the corners").is_none());
    assert!(matches!(filter(&w).area, Some(Area::Circle { .. })));
    w.get_by_role_and_label(Role::RadioButton, "Everywhere")
        .click();
    settle(&mut w);
    assert_eq!(filter(&w).area, None);
}

#[test]
fn an_area_is_typed_without_a_mouse() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let name = "Places of an area";
    w.get_by_role_and_label(Role::TextInput, name).focus();
    w.step();
    w.get_by_role_and_label(Role::TextInput, name)
        .type_text("25.686,-100.316; 27.476,-99.507");
    settle(&mut w);
    w.get_by_role_and_label(Role::Link, "Corridor of 10 km");
    w.key_press(Key::Enter);
    settle(&mut w);
    let line = vec![[-100.316, 25.686], [-99.507, 27.476]];
    let width_m = 10_000.0;
    assert_eq!(filter(&w).area, Some(Area::Corridor { line, width_m }));
}

#[test]
fn a_route_is_typed_by_its_places_and_another_way_is_chosen() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let name = "Places of an area";
    w.get_by_role_and_label(Role::TextInput, name).focus();
    w.step();
    w.get_by_role_and_label(Role::TextInput, name)
        .type_text("Monterrey – Nuevo Laredo");
    settle(&mut w);
    w.get_by_role_and_label(Role::Link, "Find the ways by road");
    w.key_press(Key::Enter);
    settle(&mut w);
    let line = |w: &egui_kittest::Harness<'static, atalaya::app::App>| match filter(w).area {
        Some(Area::Corridor { line, .. }) => line,
        other => panic!("{other:?}"),
    };
    let fast = line(&w);
    w.get_by_role_and_label(Role::Link, "85 by Ciudad Sabinas Hidalgo: 228\u{A0}km")
        .click_accesskit();
    settle(&mut w);
    let free = line(&w);
    assert_ne!(fast, free);
    assert_eq!(fast.first(), free.first());
    // What is certain and what may be leads to its rows.
    assert!(w.query_by_label_contains("possibly inside").is_some());
    // Without the area its ways are gone too.
    w.state_mut().push(Command::SetFilter(Box::default()));
    settle(&mut w);
    assert!(w.query_by_label_contains("85 by Ciudad").is_none());
}

#[test]
fn a_route_of_a_file_becomes_a_corridor_and_a_bad_one_is_told() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let write = |name: &str, text: &str| {
        let path = case.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let road = write(
        "road.gpx",
        "<gpx><rte><rtept lat='25.686' lon='-100.316'/><rtept lat='27.476' lon='-99.507'/></rte></gpx>",
    );
    w.state_mut().push(Command::ImportRoute(road));
    settle(&mut w);
    settle(&mut w);
    assert!(matches!(filter(&w).area, Some(Area::Corridor { .. })));
    let bad = write("bad.gpx", "<gpx><wpt lat='1' lon='1'/></gpx>");
    w.state_mut().push(Command::ImportRoute(bad));
    settle(&mut w);
    settle(&mut w);
    w.get_by_label_contains("waypoints alone make no route");
    assert!(matches!(filter(&w).area, Some(Area::Corridor { .. })));
}

#[test]
fn numbers_of_the_panel_lead_to_their_rows() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    // Two parts are set, so that each number is of what passes the other.
    let asked = Filter {
        kinds: asked_kinds(),
        precision: Some(PlacePrecision::Municipality),
        ..Filter::default()
    };
    w.state_mut().push(Command::SetFilter(Box::new(asked)));
    settle(&mut w);
    w.get_by_role_and_label(Role::DisclosureTriangle, "Unfold State action")
        .click();
    settle(&mut w);
    w.get_by_role_and_label(Role::DisclosureTriangle, "Unfold Grade")
        .click_accesskit();
    settle(&mut w);
    let columns = w.state().loaded().unwrap().columns.clone();

    let n = click_number(&mut w, "Arrest");
    let rows = expected(&w, Part::Kind, |r| columns.kind[r] == Kind::Arrest);
    assert_eq!((w.state().selected(), rows.len()), (rows, n));

    let n = click_number(&mut w, "state or better");
    let rows = expected(&w, Part::Precision, |r| {
        columns.place_precision[r] <= PlacePrecision::State
    });
    assert_eq!((w.state().selected(), rows.len()), (rows, n));

    let (actor, name) = columns
        .actors
        .iter()
        .find(|(id, _)| {
            (0..columns.len()).any(|r| {
                asked_kinds().contains(&columns.kind[r])
                    && columns.place_precision[r] <= PlacePrecision::Municipality
                    && columns.actors_of(r as Row).iter().any(|a| a.actor() == *id)
            })
        })
        .unwrap();
    let name = name.to_owned();
    let n = click_number(&mut w, &name);
    let rows = expected(&w, Part::Actor, |r| {
        columns
            .actors_of(r as Row)
            .iter()
            .any(|a| a.actor() == actor)
    });
    assert_eq!((w.state().selected(), rows.len()), (rows, n));

    let n = click_number(&mut w, "Not reported");
    let rows = expected(&w, Part::Deaths, |r| {
        columns.deaths(r as Row).best.is_none()
    });
    assert_eq!((w.state().selected(), rows.len()), (rows, n));

    let n = click_number(&mut w, "B or better: usually reliable");
    let rows = expected(&w, Part::Grade, |r| {
        columns.reliability[r] <= atalaya::domain::Reliability::B
    });
    assert_eq!((w.state().selected(), rows.len()), (rows, n));
    assert_eq!(filter(&w).kinds, asked_kinds());
}

fn asked_kinds() -> std::collections::BTreeSet<Kind> {
    [Kind::GunBattle, Kind::Arrest, Kind::Statement].into()
}

#[test]
fn a_side_is_chosen_and_shown_as_a_chip() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let columns = w.state().loaded().unwrap().columns.clone();
    // Somebody who stands on the second side and is easy to find.
    let (id, name) = columns
        .actors
        .iter()
        .find(|(id, _)| {
            columns
                .row_actors
                .iter()
                .any(|a| a.actor() == *id && a.on_b())
        })
        .unwrap();
    w.get_by_role_and_label(Role::RadioButton, "Side B").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::CheckBox, name).click();
    settle(&mut w);
    assert_eq!(filter(&w).side_b, [name.to_owned()].into());
    let on_b = (0..columns.len() as Row)
        .filter(|r| {
            columns
                .actors_of(*r)
                .iter()
                .any(|a| a.actor() == id && a.on_b())
        })
        .count();
    assert_eq!(passing(&w), on_b);
    let chip = format!("Remove: Side B: {name}");
    w.get_by_role_and_label(Role::Button, &chip).click();
    settle(&mut w);
    assert!(filter(&w).is_empty());
}

#[test]
fn a_state_is_found_by_name_and_taken_off_again() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::Es);
    let hint = "Buscar un lugar por nombre";
    w.get_by_role_and_label(Role::SearchInput, hint).focus();
    w.step();
    w.get_by_role_and_label(Role::SearchInput, hint)
        .type_text("tamaul");
    settle(&mut w);
    w.get_by_role_and_label(Role::CheckBox, "Tamaulipas · Mexico")
        .click_accesskit();
    settle(&mut w);
    let columns = w.state().loaded().unwrap().columns.clone();
    let there = (0..columns.len() as Row).filter(|r| columns.admin1_of(*r) == "Tamaulipas");
    let there = there.count();
    assert!(there > 0);
    assert_eq!(passing(&w), there);
    w.get_by_role_and_label(Role::Button, "Quitar: Tamaulipas")
        .click();
    settle(&mut w);
    assert!(filter(&w).is_empty());
}

#[test]
fn a_municipality_is_found_named_kept_and_taken_again() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let field = "Places of an area";
    w.get_by_role_and_label(Role::TextInput, field).focus();
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, field)
        .type_text("Nuevo Laredo");
    w.run_steps(2);
    w.key_press(Key::Enter);
    settle(&mut w);
    assert_eq!(filter(&w).area_name, "Nuevo Laredo, Tamaulipas");
    let inside = passing(&w);
    assert!(inside > 3 && inside < 30, "{inside}");
    // Its name stands on the chip; kept, it can be had again.
    w.get_by_role_and_label(Role::Button, "Remove: Nuevo Laredo, Tamaulipas");
    w.get_by_role_and_label(Role::Link, "Save area")
        .click_accesskit();
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().areas.len(), 1);
    w.get_by_role_and_label(Role::Button, "Remove: Nuevo Laredo, Tamaulipas")
        .click();
    settle(&mut w);
    assert!(filter(&w).area.is_none() && filter(&w).area_name.is_empty());
    w.get_by_role_and_label(Role::Link, "Nuevo Laredo, Tamaulipas")
        .click_accesskit();
    settle(&mut w);
    assert_eq!(passing(&w), inside);
    w.get_by_role_and_label(
        Role::Button,
        "Remove Nuevo Laredo, Tamaulipas from the list",
    )
    .click_accesskit();
    settle(&mut w);
    assert!(w.state().workspace().unwrap().areas.is_empty());
}
