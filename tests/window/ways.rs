//! Movements and places in the window: a line of a file is seen on the map, and a click on it leads
//! back to that line.

use crate::support::{DemoCase, settle, window};
use atalaya::app::App;
use atalaya::domain::{LocalText, Measured, Place, PlaceNames, PlacePrecision, PlaceSeries};
use atalaya::domain::{MovementKind, Position, Series};
use atalaya::import::Options;
use atalaya::jobs::Progress;
use atalaya::locale::{Lang, tr};
use atalaya::session::{Command, Loaded, load_file};
use atalaya::store::{Case, NewImport};
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

const LINES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"clave":"V1","nombre":"Vuelo de reconocimiento","tipo":"vuelo","actor":"Fuerza Aérea","tipo_actor":"ejército","inicio":"2025-02-03","fuente":"Un diario","altura":"9000 m"},
 "geometry":{"type":"LineString","coordinates":[[-101.0,27.5],[-98.0,27.5]]}},
{"type":"Feature","properties":{"name":"Troops to the border","kind":"deployment","start":"2025-02-04","end":"2025-02-06","troops":"10,000"},
 "geometry":{"type":"MultiLineString","coordinates":[[[-99.1,19.4],[-99.5,26.5]]]}},
{"type":"Feature","properties":{"name":"Freight","kind":"flow","amount":"2.5","unit":"million trucks a year","start":"2025-02-30"},
 "geometry":{"type":"LineString","coordinates":[[-100.3,25.7],[-99.5,27.5]]}}
]}"#;

/// A case of a file with two movements and a date that does not exist, and of a place with figures.
fn case() -> DemoCase {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ways.gpkg");
    let file = folder.path().join("lines.geojson");
    std::fs::write(&file, LINES).unwrap();
    let mut case = Case::create(&path).unwrap();
    let options = Options::default();
    let report = load_file(&mut case, &file, &options, None, &Progress::default());
    let report = report.unwrap().unwrap();
    let counts = report.counts;
    assert_eq!((counts.rows_read, counts.added, counts.rejected), (3, 2, 1));
    assert_eq!(report.rejects[0].reason, "no_such_day");
    let again = load_file(&mut case, &file, &options, None, &Progress::default());
    assert_eq!(again.unwrap().unwrap().counts.unchanged, 2);
    let mut writer = case
        .begin_import(&NewImport {
            dataset: "puentes".to_owned(),
            file_name: "puentes.csv".to_owned(),
            ..NewImport::default()
        })
        .unwrap();
    writer.write(&bridge().into()).unwrap();
    writer.commit().unwrap();
    DemoCase { path, folder }
}

fn bridge() -> PlaceSeries {
    let month = |m: i8, value| {
        let from = jiff::civil::date(2024, m, 1);
        let to = from.last_of_month();
        Measured { from, to, value }
    };
    PlaceSeries {
        external_id: "1".to_owned(),
        place: Place {
            external_id: "wtb".to_owned(),
            kind: "crossing".to_owned(),
            name: LocalText::new("World Trade Bridge"),
            names: PlaceNames::default(),
            position: Position::new(-99.0, 26.9, PlacePrecision::Exact),
        },
        series: vec![Series {
            measure: "Trucks".to_owned(),
            unit: "trucks".to_owned(),
            values: vec![
                month(1, Some(120_000.0)),
                month(2, None),
                month(3, Some(131_000.0)),
            ],
        }],
        extra: Vec::new(),
        line: 17,
    }
}

fn click_at(w: &mut Harness<'static, App>, lon: f64, lat: f64) {
    let map = w
        .get_by_role_and_label(Role::Canvas, &tr(Lang::En, atalaya::text!("map-name")))
        .rect();
    let camera = w.state().workspace().unwrap().camera;
    let [x, y] = camera.screen_from_lon_lat([map.width(), map.height()], lon, lat);
    let at = map.min + egui::vec2(x, y);
    w.drag_at(at);
    w.drop_at(at);
    settle(w);
}

fn says(w: &Harness<'static, App>, texts: &[&str]) {
    for text in texts {
        assert!(
            w.query_all_by_label_contains(text).next().is_some(),
            "{text}"
        );
    }
}

#[test]
fn a_line_of_a_file_is_read_as_a_movement_in_both_languages() {
    let case = case();
    let loaded = Loaded::open_read_only(&case.path).unwrap();
    let [flight, troops] = &loaded.movements[..] else {
        panic!("{:?}", loaded.movements);
    };
    let (flight, troops) = (&flight.movement, &troops.movement);
    assert_eq!(flight.kind, MovementKind::Track);
    assert_eq!(flight.name.text, "Vuelo de reconocimiento");
    let actor = flight.actor.as_ref().unwrap();
    assert_eq!(actor.name, "Fuerza Aérea");
    assert_eq!(actor.actor_type, atalaya::domain::ActorType::Military);
    assert_eq!(flight.sources[0].publisher, "Un diario");
    assert_eq!(flight.extra, [("altura".to_owned(), "9000 m".to_owned())]);
    assert_eq!(troops.kind, MovementKind::Deployment);
    assert_eq!(
        (troops.amount, troops.unit.as_str()),
        (Some(10_000.0), "troops")
    );
    let when = troops.when.as_ref().unwrap();
    assert_eq!(
        format!("{} {}", when.start, when.end),
        "2025-02-04 2025-02-06"
    );
    assert!(troops.extra.is_empty(), "{:?}", troops.extra);
}

#[test]
fn a_click_on_a_movement_shows_its_line_and_one_beside_it_nothing() {
    let case = case();
    let mut w = window(&case.path, Lang::En);
    click_at(&mut w, -100.4, 27.5);
    says(
        &w,
        &[
            "Vuelo de reconocimiento",
            "Fuerza Aérea",
            "lines.geojson, line 1",
            "9000 m",
        ],
    );
    // What lies outside of the time shown cannot be clicked on.
    let mut filter = w.state().workspace().unwrap().filter.clone();
    filter.from = "2025-02-04".parse().ok();
    w.state_mut().push(Command::Select(Default::default()));
    w.state_mut().push(Command::SetFilter(Box::new(filter)));
    settle(&mut w);
    click_at(&mut w, -100.4, 27.5);
    assert!(w.query_by_label_contains("lines.geojson, line 1").is_none());
}

#[test]
fn a_click_on_a_place_shows_its_figures_and_where_each_stands() {
    let case = case();
    let mut w = window(&case.path, Lang::En);
    click_at(&mut w, -99.0, 26.9);
    says(
        &w,
        &[
            "World Trade Bridge",
            "251,000 trucks in all, from 2 figures",
            "For one more period nobody gives a figure",
            "puentes.csv, line 17",
        ],
    );
    w.get_by_label_contains("Show all 3 figures").click();
    settle(&mut w);
    says(&w, &["Mar 2024: 131,000", "Feb 2024: not reported"]);
}

#[test]
fn the_key_and_the_switches_name_movements_and_places() {
    let case = case();
    let mut w = window(&case.path, Lang::En);
    says(
        &w,
        &[
            "Movements and places",
            "Deployment 1",
            "Track 1",
            "Place with figures 1",
        ],
    );
    w.get_by_role_and_label(Role::Tab, "Layers").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::CheckBox, "Movements").click();
    w.get_by_role_and_label(Role::CheckBox, "Places with figures")
        .click();
    settle(&mut w);
    assert!(w.query_by_label_contains("Deployment 1").is_none());
    assert!(w.query_by_label_contains("Place with figures 1").is_none());
    w.get_by_role_and_label(Role::Tab, "Data").click();
    settle(&mut w);
    says(&w, &["2 movements", "1 place"]);
}

/// What a later delivery said otherwise stands in the record of a movement and of a place.
#[test]
fn what_earlier_files_said_of_a_movement_and_a_place_is_shown() {
    let case = case();
    let file = case.folder.path().join("lines.geojson");
    std::fs::write(&file, LINES.replace("-98.0,27.5", "-98.25,27.5")).unwrap();
    let mut open = Case::open_for_writing(&case.path).unwrap();
    let options = Options::default();
    let report = load_file(&mut open, &file, &options, None, &Progress::default());
    assert_eq!(report.unwrap().unwrap().counts.updated, 1);
    let mut revised = bridge();
    revised.series[0].values[1].value = Some(125_000.0);
    revised.line = 18;
    let import = NewImport {
        dataset: "puentes".to_owned(),
        file_name: "marzo.csv".to_owned(),
        ..NewImport::default()
    };
    let mut writer = open.begin_import(&import).unwrap();
    writer.write(&revised.into()).unwrap();
    writer.commit().unwrap();
    drop(open);
    let mut w = window(&case.path, Lang::En);
    click_at(&mut w, -100.4, 27.5);
    says(
        &w,
        &[
            "What earlier files said".to_uppercase().as_str(),
            "2 points; point 2: 27.5° N  98° W → 2 points; point 2: 27.5° N  98.25° W",
            "The first that was heard of it",
        ],
    );
    click_at(&mut w, -99.0, 26.9);
    says(
        &w,
        &[
            "marzo.csv, line 18",
            "Trucks · trucks · Feb 2024  not reported → 125,000",
        ],
    );
}

#[test]
fn movements_and_places_are_found_by_their_names() {
    let case = case();
    let mut w = window(&case.path, Lang::En);
    for (typed, found) in [
        ("reconoc", "lines.geojson, line 1"),
        ("trade brid", "puentes.csv, line 17"),
    ] {
        w.key_press_modifiers(Modifiers::COMMAND, Key::F);
        settle(&mut w);
        let hint = tr(Lang::En, atalaya::text!("search-hint"));
        w.get_by_role_and_label(Role::SearchInput, &hint)
            .type_text(typed);
        settle(&mut w);
        w.key_press(Key::Enter);
        settle(&mut w);
        says(&w, &[found]);
    }
    let camera = w.state().workspace().unwrap().camera;
    assert!((camera.lon + 99.0).abs() < 1e-6 && (camera.lat - 26.9).abs() < 1e-6);
}
