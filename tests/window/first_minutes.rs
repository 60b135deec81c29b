//! What somebody sees who starts the program for the first time, and for the second.

use crate::support::settle;
use atalaya::app::App;
use atalaya::jobs::Progress;
use atalaya::locale::Lang;
use atalaya::scene::theme::ThemeName;
use atalaya::session::{Command, Example, Settings};
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::path::{Path, PathBuf};

/// A window over a case, with its settings in a folder of their own.
fn remembered(case: &Path, settings: PathBuf) -> Harness<'static, App> {
    let case = case.to_owned();
    let mut w = Harness::builder()
        .with_size([1600.0, 900.0])
        .build_eframe(move |cc| {
            let settings = Settings::read(settings);
            let lang = settings.lang().unwrap_or(Lang::En);
            App::new(cc, Some(case), lang).with_settings(settings)
        });
    settle(&mut w);
    w
}

fn example() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nuevo-laredo.gpkg");
    drop(
        Example::NuevoLaredo
            .create(&path, &Progress::default())
            .unwrap(),
    );
    (folder, path)
}

#[test]
fn the_example_begins_with_its_week_at_the_bridge() {
    let (folder, path) = example();
    let w = remembered(&path, folder.path().join("settings.json"));
    let workspace = w.state().workspace().unwrap();
    assert_eq!(workspace.filter.from.unwrap().to_string(), "2025-02-03");
    let bounds = workspace.camera.bounds([976.0, 610.0]);
    assert!(bounds.contains(-99.507, 27.476));
    // The week is no sliver at the end of four years.
    let handles: Vec<f32> = w
        .query_all_by_role(Role::Slider)
        .map(|n| n.rect().center().x)
        .collect();
    assert!(
        handles.len() == 2 && handles[1] - handles[0] > 150.0,
        "{handles:?}"
    );
    // The flight is a track, trucks and cars are figures of places.
    let loaded = w.state().loaded().unwrap();
    assert_eq!(loaded.columns.len(), 30);
    assert_eq!((loaded.tracks.len(), loaded.spots.len()), (1, 2));
}

#[test]
fn theme_language_and_cases_are_there_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("settings.json");
    let cases = ["a.gpkg", "b.gpkg"].map(|name| folder.path().join(name));
    for case in &cases {
        drop(
            Example::NuevoLaredo
                .create(case, &Progress::default())
                .unwrap(),
        );
    }
    let mut w = remembered(&cases[0], settings.clone());
    w.state_mut().push(Command::SetTheme(ThemeName::Dark));
    w.state_mut().push(Command::SetLang(Lang::Es));
    settle(&mut w);
    drop(w);
    let mut w = remembered(&cases[1], settings.clone());
    assert!(w.query_by_label("Colores claros").is_some());
    // The case before it is offered, and can be forgotten.
    w.get_by_label_contains("b.gpkg").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "a.gpkg").click();
    settle(&mut w);
    assert_eq!(w.state().loaded().unwrap().case.path(), cases[0]);
    w.state_mut().push(Command::ForgetRecent);
    settle(&mut w);
    assert!(Settings::read(settings).recent().is_empty());
}

#[test]
fn the_card_goes_with_a_key_and_a_click_elsewhere() {
    let (folder, path) = example();
    for by_key in [true, false] {
        let mut w = remembered(&path, folder.path().join("settings.json"));
        w.state_mut().welcome();
        settle(&mut w);
        assert!(
            w.query_by_label("Mexico 1989–2023: 18,957 incidents")
                .is_some()
        );
        assert!(w.query_by_label_contains("drop a file here").is_some());
        if by_key {
            w.key_press(Key::Escape);
        } else {
            w.drag_at(egui::pos2(900.0, 600.0));
            w.drop_at(egui::pos2(900.0, 600.0));
        }
        settle(&mut w);
        assert!(
            w.query_by_label("Mexico 1989–2023: 18,957 incidents")
                .is_none()
        );
    }
}
