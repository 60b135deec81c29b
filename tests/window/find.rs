//! Finding one's way in the window: search, palette, coordinates, measuring, bookmarks, and the
//! table of who stands against whom; driven by role and label, no graphics driver is needed.

use crate::support::{demo_case, settle, window};
use atalaya::app::App;
use atalaya::locale::{Lang, tr};
use atalaya::scene::Camera;
use atalaya::session::Command;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

type Window = Harness<'static, App>;

/// Types into the search, which Ctrl+F opens.
fn search(w: &mut Window, text: &str) {
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(w);
    let hint = tr(Lang::En, atalaya::text!("search-hint"));
    w.get_by_role_and_label(Role::SearchInput, &hint)
        .type_text(text);
    settle(w);
}

fn options(w: &Window) -> Vec<String> {
    let all = w.query_all_by_role(Role::ListBoxOption);
    all.filter_map(|n| n.accesskit_node().label()).collect()
}

fn camera(w: &Window) -> Camera {
    w.state().workspace().unwrap().camera
}

/// Clicks on a place of the map.
fn click_map(w: &mut Window, lon: f64, lat: f64) {
    let map = w.get_by_role_and_label(Role::Canvas, "Map").rect();
    let [x, y] = camera(w).screen_from_lon_lat([map.width(), map.height()], lon, lat);
    let at = map.min + egui::vec2(x, y);
    w.hover_at(at);
    w.step();
    w.drag_at(at);
    w.drop_at(at);
    settle(w);
}

#[test]
fn search_finds_places_actors_and_incidents_and_enter_takes_the_first() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let far = Camera {
        lon: -110.0,
        lat: 20.0,
        zoom: 4.0,
    };
    w.state_mut().push(Command::SetCamera(far));
    settle(&mut w);
    search(&mut w, "nuevo laredo");
    let found = options(&w);
    assert!(found[0].starts_with("Nuevo Laredo, "), "{found:?}");
    assert!(
        found
            .iter()
            .any(|o| o.starts_with("Gun battles with the army on a bridge")),
        "{found:?}"
    );
    let last = found.last().unwrap();
    assert!(
        last.starts_with("Filter by the words “nuevo laredo”"),
        "{found:?}"
    );
    // Typing alone changes nothing.
    assert!(w.state().workspace().unwrap().filter.is_empty());
    w.key_press(Key::Enter);
    settle(&mut w);
    let there = camera(&w);
    assert!(
        (there.lon + 99.5).abs() < 0.3 && (there.lat - 27.5).abs() < 0.3 && there.zoom > 8.0,
        "{there:?}"
    );
    assert!(options(&w).is_empty());

    // An actor filters; the number beside the name is what is left.
    search(&mut w, "cartel noreste");
    let found = options(&w);
    let label = found[0].clone();
    assert!(label.starts_with("Cártel del Noreste, "), "{found:?}");
    w.key_press(Key::ArrowDown);
    w.key_press(Key::ArrowUp);
    w.key_press(Key::Enter);
    settle(&mut w);
    let filter = w.state().workspace().unwrap().filter.clone();
    assert!(filter.actors.contains("Cártel del Noreste"), "{filter:?}");
    let n = label
        .split(", ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    assert!(
        w.query_all_by_label_contains(&format!("{n} of 30 incidents"))
            .next()
            .is_some()
    );

    // An incident is selected and gone to; Escape leaves the list and nothing else.
    search(&mut w, "executives of monterrey avoid");
    w.get_by_label_contains("Executives of Monterrey avoid")
        .click();
    settle(&mut w);
    assert_eq!(w.state().selected().len(), 1);
    search(&mut w, "puente");
    assert!(!options(&w).is_empty());
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(options(&w).is_empty());
    assert_eq!(w.state().selected().len(), 1);
}

#[test]
fn words_filter_by_the_last_entry_and_its_number_is_what_is_left() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    search(&mut w, "bridge");
    let label = options(&w).last().unwrap().clone();
    let n = label
        .rsplit(", ")
        .next()
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    w.get_by_role_and_label(Role::ListBoxOption, &label).click();
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().filter.text, "bridge");
    assert!(
        w.query_all_by_label_contains(&format!("{n} of 30 incidents"))
            .next()
            .is_some()
    );
}

#[test]
fn coordinates_are_gone_to_and_marked_until_escape() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    search(&mut w, "27°28'34.7\"N 99°30'59\"O");
    w.key_press(Key::Enter);
    settle(&mut w);
    let there = camera(&w);
    assert!((there.lon + 99.516_389).abs() < 1e-5 && (there.lat - 27.476_306).abs() < 1e-5);
    for text in [
        "Copy 27.476306, -99.516389",
        "Copy 27°28'34.7\"N 99°30'59.0\"W",
        "Copy 14R ",
    ] {
        w.get_by_label_contains(text);
    }
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(w.query_by_label_contains("Copy 14R ").is_none());
    search(&mut w, "127, 199");
    w.get_by_label_contains("do not lie on Earth");
}

#[test]
fn the_palette_finds_commands_and_enter_runs_them() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut w);
    assert!(options(&w).len() > 35, "{:?}", options(&w));
    let hint = tr(Lang::En, atalaya::text!("palette-hint"));
    w.get_by_role_and_label(Role::SearchInput, &hint)
        .type_text("left pan");
    settle(&mut w);
    assert_eq!(options(&w), ["Fold the left panel, or show it, ["]);
    w.key_press(Key::Enter);
    settle(&mut w);
    assert!(options(&w).is_empty());
    assert!(w.query_by_role_and_label(Role::Tab, "Layers").is_none());
    // A question mark opens the card of shortcuts.
    w.key_press(Key::Questionmark);
    settle(&mut w);
    w.get_by_label_contains("Bookmark this view");
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(w.query_by_label_contains("Inter (OFL)").is_none());
}

#[test]
fn measured_on_the_ellipsoid_not_on_the_map() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.key_press(Key::M);
    settle(&mut w);
    w.get_by_label_contains("Click on the map where to begin");
    let (monterrey, laredo) = ((-100.3161, 25.6866), (-99.5164, 27.4763));
    click_map(&mut w, monterrey.0, monterrey.1);
    click_map(&mut w, laredo.0, laredo.1);
    // 213.696 km, says PROJ; on the map's plane it would be 238.
    let told = w.get_by_label_contains(" km").accesskit_node();
    let told = told.value().unwrap();
    let km: f64 = told.split(' ').next().unwrap().parse().unwrap();
    assert!((km - 213.696).abs() / 213.696 < 0.001, "{told}");
    assert!(w.state().selected().is_empty());

    click_map(&mut w, -98.5, 26.0);
    w.get_by_label_contains("in 2 legs");
    w.get_by_role_and_label(Role::Button, "Close the shape")
        .click();
    settle(&mut w);
    w.get_by_label_contains("Area ");
    w.key_press(Key::Backspace);
    w.key_press(Key::Backspace);
    settle(&mut w);
    w.get_by_label_contains("213.7 km");
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(w.query_by_label_contains("213.7 km").is_none());
}

#[test]
fn bookmarks_keep_the_view_and_outlast_the_window() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    search(&mut w, "cartel noreste");
    w.key_press(Key::Enter);
    settle(&mut w);
    let kept = w.state().workspace().unwrap().clone();
    w.key_press_modifiers(Modifiers::COMMAND, Key::D);
    settle(&mut w);
    assert_eq!(w.state().bookmarks(), ["Cártel del Noreste"]);
    // Its name can be changed at once.
    w.get_by_role_and_label(Role::TextInput, "Name of the bookmark")
        .type_text("!");
    w.key_press(Key::Enter);
    settle(&mut w);
    assert_eq!(w.state().bookmarks(), ["Cártel del Noreste!"]);
    w.key_press(Key::Escape);
    settle(&mut w);

    w.state_mut().push(Command::SetFilter(Box::default()));
    w.state_mut().push(Command::ZoomBy(2.0));
    settle(&mut w);
    w.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    settle(&mut w);
    assert_eq!(*w.state().workspace().unwrap(), kept);
    // Going there is undone like anything else.
    w.get_by_role_and_label(Role::Button, "Undo").click();
    settle(&mut w);
    assert!(w.state().workspace().unwrap().filter.is_empty());

    drop(w);
    let mut w = window(&case.path, Lang::En);
    assert_eq!(w.state().bookmarks(), ["Cártel del Noreste!"]);
    w.get_by_role_and_label(Role::Button, "Bookmarks").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "Delete Cártel del Noreste!")
        .click();
    settle(&mut w);
    assert!(w.state().bookmarks().is_empty());
    w.get_by_label_contains("was deleted. Put it back").click();
    settle(&mut w);
    assert_eq!(w.state().bookmarks(), ["Cártel del Noreste!"]);
    w.get_by_role_and_label(Role::ListBoxOption, "Cártel del Noreste!, Ctrl 1")
        .click();
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().filter, kept.filter);
}

#[test]
fn every_number_of_the_table_selects_what_it_counts() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.key_press(Key::A);
    settle(&mut w);
    for form in ["Table", "Network"] {
        w.get_by_role_and_label(Role::RadioButton, form).click();
        settle(&mut w);
        let pairs: Vec<String> = w
            .query_all_by_role(Role::Button)
            .filter_map(|n| n.accesskit_node().label())
            .filter(|l| l.contains(" against ") && l.contains(": "))
            .collect();
        assert!(!pairs.is_empty(), "{form}");
        for label in pairs {
            let n = label
                .rsplit(": ")
                .next()
                .unwrap()
                .split(' ')
                .next()
                .unwrap();
            // Some lie beyond what is in sight of the table.
            w.get_by_role_and_label(Role::Button, &label)
                .click_accesskit();
            settle(&mut w);
            assert_eq!(
                w.state().selected().len(),
                n.parse::<usize>().unwrap(),
                "{label}"
            );
        }
    }
    w.get_by_role_and_label(Role::Button, "Filter by Cártel del Noreste")
        .click();
    settle(&mut w);
    let filter = w.state().workspace().unwrap().filter.clone();
    assert!(filter.actors.contains("Cártel del Noreste"));
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(
        w.query_by_role_and_label(Role::RadioButton, "Network")
            .is_none()
    );
}
