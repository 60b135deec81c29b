//! What somebody new to the program meets first: a few incidents by day, the key of the map in the way,
//! rows that an import rejects. Driven by role and label; no graphics driver is needed.

use crate::support::{DemoCase, settle, window};
use atalaya::app::App;
use atalaya::locale::Lang;
use atalaya::session::Command;
use atalaya::store::Case;
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use std::path::PathBuf;

type Window = Harness<'static, App>;

const FIVE: &str = "id,date,lat,lon,kind,title\n\
    1,2025-02-03,27.47,-99.51,homicide,One\n\
    2,2025-02-03,27.48,-99.52,gun_battle,Two\n\
    3,2025-02-04,27.49,-99.50,homicide,Three\n\
    4,2025-02-04,27.50,-99.49,homicide,Four\n\
    5,2025-02-06,27.46,-99.55,homicide,Five\n\
    6,2025-02-31,27.47,-99.55,homicide,Wrong\n";

/// A window over an empty case, and a file of five incidents and a row that is none.
fn five() -> (DemoCase, PathBuf, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.gpkg");
    drop(Case::create(&path).unwrap());
    let file = folder.path().join("five.csv");
    std::fs::write(&file, FIVE).unwrap();
    let mut w = window(&path, Lang::En);
    w.state_mut().push(Command::ImportPaths(vec![file.clone()]));
    settle(&mut w);
    (DemoCase { path, folder }, file, w)
}

fn imported() -> (DemoCase, Window) {
    let (case, _, mut w) = five();
    w.get_by_role_and_label(Role::Button, "Import")
        .click_accesskit();
    settle(&mut w);
    (case, w)
}

fn labels(w: &Window, role: Role) -> Vec<String> {
    let all = w.query_all_by_role(role);
    all.filter_map(|n| n.accesskit_node().label()).collect()
}

#[test]
fn the_assistant_marks_the_row_that_would_be_rejected() {
    let (_case, _, w) = five();
    let rows = labels(&w, Role::Row);
    let marked: Vec<&String> = rows
        .iter()
        .filter(|r| r.contains("would be rejected"))
        .collect();
    assert_eq!(marked.len(), 1, "{rows:#?}");
    assert!(marked[0].contains("Wrong"), "{marked:?}");
    assert!(
        marked[0].contains("“2025-02-31” in column date"),
        "{marked:?}"
    );
}

#[test]
fn an_import_with_rejects_offers_to_save_them() {
    let (_case, w) = imported();
    let mut said = w.query_all_by_label_contains("5 added");
    assert!(said.next().is_some());
    w.get_by_role_and_label(Role::Button, "Save the rejected rows…");
}

#[test]
fn a_few_incidents_dated_by_day_are_shown_by_day() {
    let (_case, mut w) = imported();
    w.key_press(Key::Escape);
    settle(&mut w);
    w.get_by_label("by day");
    w.get_by_role_and_label(Role::Button, "5 incidents");
    w.get_by_label("incidents · 1.2 a day");
    for _ in 0..6 {
        w.get_by_role_and_label(Role::Button, "Fewer days").click();
        settle(&mut w);
    }
    w.get_by_label("by day");
}

#[test]
fn the_key_folds_by_a_click_and_by_the_keyboard_and_gives_way() {
    let (case, mut w) = imported();
    w.key_press(Key::Escape);
    settle(&mut w);
    let is_open = |w: &Window| {
        let names = labels(w, Role::DisclosureTriangle);
        names.contains(&"Fold the key".to_owned())
    };
    assert!(is_open(&w));
    w.key_press(Key::G);
    settle(&mut w);
    assert!(!is_open(&w));
    assert_eq!(w.state().workspace().unwrap().legend, Some(false));
    w.get_by_role_and_label(Role::DisclosureTriangle, "Show the key")
        .click();
    settle(&mut w);
    assert!(is_open(&w));

    // The one that is selected is moved to where the key lies.
    let key = w
        .get_by_role_and_label(Role::DisclosureTriangle, "Fold the key")
        .rect();
    let map = w.get_by_role_and_label(Role::Canvas, "Map").rect();
    let under = key.center() + egui::vec2(-120.0, 20.0) - map.min;
    let c = w.state().loaded().unwrap().columns.clone();
    let mut camera = w.state().workspace().unwrap().camera;
    let size = [map.width(), map.height()];
    let [lon, lat] = camera.lon_lat_from_screen(size, [under.x, under.y]);
    camera.lon += c.lon[0] - lon;
    camera.lat += c.lat[0] - lat;
    w.state_mut().push(Command::SetCamera(camera));
    settle(&mut w);
    assert!(is_open(&w));
    w.state_mut().push(Command::Select([c.id[0]].into()));
    settle(&mut w);
    assert!(!is_open(&w), "it lies over what is selected");
    // Who opens it all the same has it.
    w.key_press(Key::G);
    settle(&mut w);
    assert!(is_open(&w));
    // As it was left, it is when the case is opened again.
    w.state_mut().push(Command::OpenPath(case.path.clone()));
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().legend, Some(true));
}
