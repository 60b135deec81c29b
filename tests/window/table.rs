//! The table and the inspector of several, driven by role and label.

use crate::support::{demo_case, settle, window};
use atalaya::app::App;
use atalaya::index::Row;
use atalaya::locale::{Lang, tr};
use atalaya::query::{Field, Group};
use atalaya::session::{Command, Panel};
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// A window with the table open.
fn with_table(path: &std::path::Path) -> Harness<'static, App> {
    let mut w = window(path, Lang::En);
    w.key_press(Key::T);
    settle(&mut w);
    w
}

/// Labels of the lines in sight, from the upper one down.
fn lines(w: &Harness<'static, App>) -> Vec<String> {
    let label = |n: &egui_kittest::Node<'_>| n.accesskit_node().label().unwrap_or_default();
    let mut found: Vec<(f32, String)> = w
        .query_all_by_role(Role::Row)
        .map(|n| (n.rect().top(), label(&n)))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, l)| l).collect()
}

fn marked(w: &Harness<'static, App>) -> Vec<String> {
    w.query_all_by_role(Role::Row)
        .filter(|n| n.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True))
        .map(|n| n.accesskit_node().label().unwrap_or_default())
        .collect()
}

fn rows(w: &Harness<'static, App>) -> Vec<Row> {
    w.state().table_rows().0.to_vec()
}

fn select(w: &mut Harness<'static, App>, rows: &[Row]) {
    let columns = &w.state().loaded().unwrap().columns;
    let ids = columns.ids_of(rows.iter().copied());
    w.state_mut().push(Command::Select(ids));
    settle(w);
}

fn selected_rows(w: &Harness<'static, App>) -> Vec<Row> {
    let columns = &w.state().loaded().unwrap().columns;
    let ids = w.state().selected().into_iter();
    ids.map(|id| columns.row_of(id).unwrap()).collect()
}

#[test]
fn sorted_and_opened_by_keyboard_down_to_file_and_line() {
    let case = demo_case();
    let mut w = with_table(&case.path);
    assert_eq!(rows(&w), (0..30).collect::<Vec<Row>>());

    let head = w.get_by_role_and_label(Role::ColumnHeader, "Kind");
    head.click();
    settle(&mut w);
    let columns = w.state().loaded().unwrap().columns.clone();
    let mut by_kind: Vec<Row> = (0..30).collect();
    by_kind.sort_by_key(|r| (columns.kind[*r as usize] as u8, *r));
    assert_eq!(rows(&w), by_kind);

    // What cannot be sorted by says why and does nothing.
    w.get_by_role_and_label(Role::ColumnHeader, "Title").click();
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().table.sort, Field::Kind);

    // Clicking a line takes the keyboard along; down and up move the selection.
    let first = lines(&w).remove(0);
    w.get_by_role_and_label(Role::Row, &first).click();
    settle(&mut w);
    w.key_press(Key::ArrowDown);
    settle(&mut w);
    assert_eq!(selected_rows(&w), [by_kind[1]]);
    w.key_press(Key::Enter);
    settle(&mut w);
    let id = columns.id[by_kind[1] as usize];
    assert_eq!(w.state().inspected(), Some(id));
    let line = w.state().loaded().unwrap().text(by_kind[1]).line;
    w.get_by_label_contains(&format!("incidents.csv, line {line}"));

    w.key_press_modifiers(Modifiers::SHIFT, Key::End);
    settle(&mut w);
    assert_eq!(selected_rows(&w), by_kind[1..]);
    w.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut w);
    assert_eq!(selected_rows(&w), by_kind);
    w.key_press(Key::Home);
    settle(&mut w);
    assert_eq!(selected_rows(&w), [by_kind[0]]);
}

#[test]
fn the_last_row_is_reached_and_what_is_selected_elsewhere_comes_into_sight() {
    let case = demo_case();
    let mut w = with_table(&case.path);
    let sight = w.state().table_rows().1;
    assert!(sight.start == 0 && sight.len() < 20, "{sight:?}");
    select(&mut w, &[29]);
    assert!(w.state().table_rows().1.contains(&29));
    let title = w.state().loaded().unwrap().title(29, false).to_string();
    let now = marked(&w);
    assert!(now.len() == 1 && now[0].contains(&title), "{now:?}");

    // Several: the first of them in the order of the table.
    select(&mut w, &[20, 3]);
    assert!(w.state().table_rows().1.contains(&3));
    w.get_by_role_and_label(Role::RadioButton, "Selected (2)")
        .click();
    settle(&mut w);
    assert_eq!(rows(&w), [3, 20]);
    assert_eq!(lines(&w).len(), 2);
    // One of them clicked: the other stays in the table.
    let second = lines(&w).remove(1);
    w.get_by_role_and_label(Role::Row, &second).click();
    settle(&mut w);
    assert_eq!((selected_rows(&w), rows(&w)), (vec![20], vec![3, 20]));
}

#[test]
fn copied_rows_are_the_selected_in_the_order_of_the_table() {
    let case = demo_case();
    let mut w = with_table(&case.path);
    w.get_by_role_and_label(Role::Button, "Columns").click();
    settle(&mut w);
    let shown = w.state().workspace().unwrap().table.columns.clone();
    for field in shown {
        if ![Field::Date, Field::Kind].contains(&field) {
            let name = tr(Lang::En, atalaya::text!("table-col-" + field.code()));
            w.get_by_role_and_label(Role::CheckBox, &name).click();
            settle(&mut w);
        }
    }
    w.get_by_role_and_label(Role::CheckBox, "Line").click();
    settle(&mut w);
    assert_eq!(
        w.state().workspace().unwrap().table.columns,
        [Field::Date, Field::Kind, Field::Line]
    );
    w.key_press(Key::Escape);
    settle(&mut w);
    select(&mut w, &[5, 2]);
    w.get_by_role_and_label(Role::Button, "Copy").click();
    w.step();
    w.step();
    w.state_mut().wait_for_jobs();
    let mut copied = None;
    for _ in 0..3 {
        w.step();
        let commands = &w.output().platform_output.commands;
        copied = copied.or_else(|| {
            commands.iter().find_map(|c| match c {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        });
    }
    let copied = copied.expect("text on the clipboard");
    let loaded = w.state().loaded().unwrap();
    let c = &loaded.columns;
    let line = |row: Row| {
        let i = row as usize;
        let day = |n| atalaya::domain::when::date_of(n).to_string();
        let (from, to) = (day(c.start_day[i]), day(c.end_day[i]));
        let days = if from == to {
            from
        } else {
            format!("{from}/{to}")
        };
        let kind = tr(Lang::En, atalaya::text!("kind-" + c.kind[i].code()));
        format!("{days}\t{kind}\t{}\n", loaded.text(row).line)
    };
    assert_eq!(copied, format!("Date\tKind\tLine\n{}{}", line(2), line(5)));
    w.get_by_label_contains("2 rows copied");
}

#[test]
fn a_bar_of_the_summary_selects_what_it_counts_and_there_is_a_way_back() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let all: Vec<Row> = (0..30).collect();
    select(&mut w, &all);
    w.get_by_role_and_label(Role::RadioButton, "Summary")
        .click();
    settle(&mut w);
    let columns = w.state().loaded().unwrap().columns.clone();
    let mut counts = std::collections::BTreeMap::<u8, (u32, atalaya::domain::Kind)>::new();
    for kind in &columns.kind {
        counts.entry(*kind as u8).or_insert((0, *kind)).0 += 1;
    }
    let (n, kind) = counts.into_values().max_by_key(|(n, _)| *n).unwrap();
    let n_incidents = tr(Lang::En, atalaya::text!("n-incidents", n = n));
    let name = tr(Lang::En, atalaya::text!("kind-" + kind.code()));
    w.get_by_role_and_label(Role::Button, &format!("{name}: {n_incidents}"))
        .click();
    settle(&mut w);
    let expected = Group::Kind(kind).of(&columns, &all);
    assert_eq!(expected.len(), n as usize);
    assert_eq!(selected_rows(&w), expected);
    w.get_by_label_contains("back to 30 selected before")
        .click();
    settle(&mut w);
    assert_eq!(selected_rows(&w), all);

    // Another selection has nothing to go back to.
    w.get_by_role_and_label(Role::Button, &format!("{name}: {n_incidents}"))
        .click();
    settle(&mut w);
    select(&mut w, &[1, 2]);
    assert!(w.query_by_label_contains("selected before").is_none());
}

#[test]
fn the_inspector_goes_from_one_selected_to_the_next() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    select(&mut w, &[4, 9, 2]);
    let id = |w: &Harness<'static, App>, row: usize| w.state().loaded().unwrap().columns.id[row];
    for (key, row) in [
        (Key::J, 4),
        (Key::J, 9),
        (Key::J, 2),
        (Key::J, 2),
        (Key::K, 9),
    ] {
        w.key_press(key);
        settle(&mut w);
        assert_eq!(w.state().inspected(), Some(id(&w, row)));
    }
    w.get_by_label_contains("2 of 3");
    w.get_by_role_and_label(Role::Button, "Next of the selected")
        .click();
    settle(&mut w);
    assert_eq!(w.state().inspected(), Some(id(&w, 2)));
}

#[test]
fn what_earlier_files_said_is_shown_field_by_field() {
    let case = demo_case();
    let folder = case.folder.path();
    let mut w = window(&case.path, Lang::En);
    let other = "x-0,2025-02-01,27.5,-99.5,Before,0\n";
    for (day, above, deaths) in [("monday", "", 2), ("friday", other, 5)] {
        // The same file, as it is sent each time.
        std::fs::create_dir(folder.join(day)).unwrap();
        let file = folder.join(day).join("mine.csv");
        let text = format!(
            "id,date,lat,lon,title,deaths\n{above}x-1,2025-02-03,27.5,-99.5,On the bridge,{deaths}\n"
        );
        std::fs::write(&file, text).unwrap();
        w.state_mut().push(Command::ImportPaths(vec![file]));
        settle(&mut w);
        w.key_press(Key::Enter);
        settle(&mut w);
        w.get_by_role_and_label(Role::Button, "Close").click();
        settle(&mut w);
    }
    let columns = w.state().loaded().unwrap().columns.clone();
    let row = (0..columns.len() as Row)
        .find(|r| w.state().loaded().unwrap().text(*r).title == "On the bridge")
        .expect("the incident");
    select(&mut w, &[row]);
    w.get_by_label_contains("What earlier files said".to_uppercase().as_str());
    assert!(
        w.query_all_by_label_contains("mine.csv, line 2")
            .next()
            .is_some()
    );
    w.get_by_label_contains("2 → 5");
}

#[test]
fn the_table_is_part_of_the_saved_view_and_folds_away() {
    let case = demo_case();
    let mut w = with_table(&case.path);
    w.get_by_role_and_label(Role::ColumnHeader, "Deaths")
        .click();
    settle(&mut w);
    let json = w.state().workspace().unwrap().to_json();
    let read = atalaya::session::Workspace::from_json(&json).unwrap();
    assert!(read.table.open && read.table.descending);
    assert_eq!(read.table.sort, Field::Deaths);
    w.state_mut().push(Command::Fold(Panel::Table));
    settle(&mut w);
    assert!(w.query_all_by_role(Role::Row).next().is_none());
    w.get_by_role_and_label(Role::Button, "Show the table")
        .click();
    settle(&mut w);
    assert!(w.query_all_by_role(Role::Row).next().is_some());
}
