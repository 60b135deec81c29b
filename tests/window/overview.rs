//! The window, driven by role and label as a screen reader would; no graphics driver is needed.

use crate::support::{demo_case, settle, window};
use atalaya::domain::Kind;
use atalaya::locale::{Lang, tr};
use atalaya::session::Command;
use egui::{Key, Role};
use egui_kittest::kittest::Queryable;

#[test]
fn a_session_drag_the_time_filter_a_kind_click_an_incident_undo() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let before = w.state().workspace().unwrap().clone();

    // Drag over the bars: a time window from there to there.
    let bars = w
        .get_by_role_and_label(Role::Canvas, "Incidents over time")
        .rect();
    let y = bars.center().y;
    w.drag_at(egui::pos2(bars.left() + bars.width() * 0.70, y));
    w.step();
    w.hover_at(egui::pos2(bars.left() + bars.width() * 0.85, y));
    w.step();
    w.drop_at(egui::pos2(bars.right() - 20.0, y));
    settle(&mut w);
    let filter = w.state().workspace().unwrap().filter.clone();
    let (from, to) = (filter.from.expect("a window"), filter.to.expect("a window"));
    assert!(from < to, "{from} {to}");

    // Its last end is a slider that can be taken and moved.
    let label = tr(
        Lang::En,
        atalaya::text!("time-last-day", date = atalaya::locale::date(Lang::En, to)),
    );
    let handle = w.get_by_role_and_label(Role::Slider, &label).rect();
    w.drag_at(handle.center());
    w.step();
    w.hover_at(handle.center() - egui::vec2(60.0, 0.0));
    w.step();
    w.drop_at(handle.center() - egui::vec2(120.0, 0.0));
    settle(&mut w);
    let moved = w.state().workspace().unwrap().filter.clone();
    assert_eq!(moved.from, Some(from));
    assert!(moved.to.unwrap() < to, "{:?} {to}", moved.to);

    // Only one kind.
    w.get_by_role_and_label(Role::CheckBox, "Context").click();
    settle(&mut w);
    let kinds = w.state().workspace().unwrap().filter.kinds.clone();
    assert!(
        !kinds.is_empty() && !kinds.contains(&Kind::Statement) && kinds.contains(&Kind::GunBattle),
        "{kinds:?}"
    );

    // Undo, three times: kind, handle, window.
    for expected in [&moved, &filter, &before.filter] {
        w.get_by_role_and_label(Role::Button, "Undo").click();
        settle(&mut w);
        assert_eq!(w.state().workspace().unwrap().filter, *expected);
    }
    w.get_by_role_and_label(Role::Button, "Redo").click();
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().filter, filter);

    // An incident that lies alone: its record, down to the line of the file.
    w.state_mut().push(Command::SetFilter(Box::default()));
    settle(&mut w);
    let (lon, lat) = (-99.908, 26.574);
    let map = w.get_by_role_and_label(Role::Canvas, "Map").rect();
    let camera = w.state().workspace().unwrap().camera;
    let [x, y] = camera.screen_from_lon_lat([map.width(), map.height()], lon, lat);
    let at = map.min + egui::vec2(x, y);
    w.drag_at(at);
    w.drop_at(at);
    settle(&mut w);
    assert_eq!(w.state().selected().len(), 1);
    for text in [
        "Executives of Monterrey avoid",
        "incidents.csv, line",
        "usually reliable",
    ] {
        assert!(
            w.query_all_by_label_contains(text).next().is_some(),
            "{text}"
        );
    }
}

#[test]
fn several_on_one_spot_open_a_list_that_leads_to_each() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::Es);
    // The number of incidents leads to its rows.
    let chip = w.state().loaded().unwrap().columns.len();
    w.get_by_role_and_label(
        Role::Button,
        &format!("{chip} de {chip} incidentes · muertes sin dato"),
    )
    .click();
    settle(&mut w);
    assert_eq!(w.state().selected().len(), chip);
    // Each row is named by its title and its day.
    let first = "Comando Norte, en público: los grupos operan en zonas sin gobierno";
    let row = w.query_all_by_label_contains(first).next();
    row.expect("a row of the list").click();
    settle(&mut w);
    w.get_by_label_contains("incidents.csv, línea");
    w.get_by_label_contains("volver a los 30").click();
    settle(&mut w);
    assert!(
        w.query_all_by_role_and_label(Role::Label, "30 incidentes")
            .next()
            .is_some()
    );
}

#[test]
fn a_filter_that_nothing_passes_says_what_to_take_off() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.get_by_role_and_label(
        Role::SearchInput,
        &tr(Lang::En, atalaya::text!("search-hint")),
    )
    .focus();
    w.step();
    w.get_by_role_and_label(
        Role::SearchInput,
        &tr(Lang::En, atalaya::text!("search-hint")),
    )
    .type_text("zzz no such thing");
    settle(&mut w);
    // The last of the list, and here the only one.
    w.key_press(egui::Key::Enter);
    settle(&mut w);
    w.get_by_label_contains("No incident passes the filter");
    w.get_by_role_and_label(Role::Button, "Without “zzz no such thing”: 30 incidents")
        .click();
    settle(&mut w);
    assert!(w.state().workspace().unwrap().filter.is_empty());
    assert!(
        w.query_by_label_contains("No incident passes the filter")
            .is_none()
    );
}

#[test]
fn language_theme_and_panels_change_by_name_and_by_key() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.get_by_role_and_label(Role::Button, "EN").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "Deshacer");
    w.get_by_role_and_label(Role::Button, "Colores oscuros")
        .click();
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "Colores claros");
    w.get_by_role_and_label(Role::Tab, "Datos").click();
    settle(&mut w);
    w.get_by_label_contains("territories.geojson");
    w.get_by_role_and_label(Role::Tab, "Capas").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::CheckBox, "Incidentes")
        .click();
    settle(&mut w);
    assert!(!w.state().workspace().unwrap().layers.is_on("incidents"));
    w.key_press(egui::Key::OpenBracket);
    settle(&mut w);
    assert!(w.query_by_role_and_label(Role::Tab, "Capas").is_none());
    w.key_press(egui::Key::F1);
    settle(&mut w);
    w.get_by_label_contains("Ir a un marcador, del primero al noveno");
}

#[test]
fn import_by_dropping_a_file_shows_what_came_of_it() {
    let case = demo_case();
    let file = case.folder.path().join("mine.csv");
    std::fs::write(
        &file,
        "date,lat,lon,title,deaths\n2025-02-03,27.5,-99.5,One,2\n2025-02-30,27.5,-99.5,Two,1\n",
    )
    .unwrap();
    let mut w = window(&case.path, Lang::En);
    w.state_mut().push(Command::ImportPaths(vec![file]));
    settle(&mut w);
    w.key_press(Key::Enter);
    settle(&mut w);
    w.get_by_label_contains("Import finished");
    w.get_by_label_contains("2 rows read: 1 added, 0 updated, 0 unchanged, 1 rejected");
    w.get_by_role_and_label(Role::Button, "Close").click();
    settle(&mut w);
    assert_eq!(w.state().loaded().unwrap().columns.len(), 31);
    w.get_by_role_and_label(Role::Tab, "Data").click();
    settle(&mut w);
    w.get_by_label_contains("1 row could not be used").click();
    settle(&mut w);
    w.get_by_label_contains("1 row, line 3: ");
}

#[test]
fn a_broken_case_is_told_and_the_window_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.gpkg");
    std::fs::write(&bad, b"not a case").unwrap();
    let mut w = window(&bad, Lang::En);
    w.get_by_label_contains("is not an Atalaya case");
    w.get_by_role_and_label(Role::Button, "Close").click();
    settle(&mut w);
    w.get_by_label_contains("What do you want to look at?");
}

#[test]
fn a_second_window_opens_read_only_and_says_so() {
    let case = demo_case();
    let first = window(&case.path, Lang::En);
    let mut second = window(&case.path, Lang::En);
    second.get_by_role_and_label(Role::Label, "read-only");
    drop(first);
    second
        .state_mut()
        .push(Command::OpenPath(case.path.clone()));
    settle(&mut second);
    assert!(
        second
            .query_by_role_and_label(Role::Label, "read-only")
            .is_none()
    );
}

#[test]
fn an_idle_window_asks_for_no_frames() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    settle(&mut w);
    w.step();
    let delay = w
        .output()
        .viewport_output
        .values()
        .map(|v| v.repaint_delay)
        .min()
        .unwrap();
    assert_eq!(delay, std::time::Duration::MAX);
}

#[test]
fn every_control_has_a_name() {
    let case = demo_case();
    let w = window(&case.path, Lang::En);
    let roles = [
        Role::Button,
        Role::CheckBox,
        Role::RadioButton,
        Role::Tab,
        Role::Slider,
        Role::SearchInput,
        Role::SpinButton,
        Role::Link,
    ];
    let mut controls = 0;
    for role in roles {
        for node in w.query_all_by_role(role) {
            use egui_kittest::kittest::NodeT;
            let label = node.accesskit_node().label().unwrap_or_default();
            assert!(!label.is_empty(), "{role:?} at {:?}", node.rect());
            controls += 1;
        }
    }
    assert!(controls > 40, "{controls}");
}

#[test]
fn counts_stand_for_incidents_and_lead_to_them() {
    use atalaya::scene::style::{DensityColor, IncidentStyle};
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let all = w.state().loaded().unwrap().columns.len();
    w.get_by_role_and_label(Role::Tab, "Layers").click();
    settle(&mut w);
    let style = |w: &egui_kittest::Harness<'static, atalaya::app::App>| {
        w.state().workspace().unwrap().layers.density
    };
    assert_eq!(style(&w).style, IncidentStyle::Auto);
    for (label, wanted, key) in [
        (
            "Hexagons",
            IncidentStyle::Hexagons,
            "Incidents in a hexagon",
        ),
        ("Density", IncidentStyle::Density, "Incidents in a dot"),
        ("Clusters", IncidentStyle::Clusters, "Each circle counts"),
    ] {
        w.get_by_role_and_label(Role::RadioButton, label).click();
        settle(&mut w);
        assert_eq!(style(&w).style, wanted);
        assert!(
            w.query_all_by_label_contains(key).next().is_some(),
            "{label}: the key says what is counted"
        );
    }
    w.get_by_role_and_label(Role::RadioButton, "Density")
        .click();
    settle(&mut w);
    w.get_by_role_and_label(Role::RadioButton, "Kind").click();
    settle(&mut w);
    assert_eq!(style(&w).color, DensityColor::Kind);
    // From far away all lie under one pointer: what the colour counts is selected.
    let state = w.state().workspace().unwrap().camera;
    let far = atalaya::scene::Camera { zoom: 1.0, ..state };
    w.state_mut().push(Command::SetCamera(far));
    w.get_by_role_and_label(Role::RadioButton, "Hexagons")
        .click();
    settle(&mut w);
    let map = w.get_by_role_and_label(Role::Canvas, "Map").rect();
    let [x, y] = far.screen_from_lon_lat([map.width(), map.height()], -99.5, 27.5);
    let at = map.min + egui::vec2(x, y);
    w.drag_at(at);
    w.drop_at(at);
    settle(&mut w);
    let picked = w.state().selected().len();
    assert!(picked > all / 2 && picked <= all, "{picked} of {all}");
    // One step of undo takes the style back.
    let before = style(&w);
    w.get_by_role_and_label(Role::Button, "Undo").click();
    settle(&mut w);
    assert_ne!(style(&w), before);
}
