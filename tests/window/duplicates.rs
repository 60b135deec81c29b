//! Duplicates in the window, driven by role and label: proposed, linked, dismissed, taken back.

use crate::support::{demo_case, settle, window};
use atalaya::app::App;
use atalaya::index::Row;
use atalaya::locale::Lang;
use atalaya::session::{Command, Panel};
use atalaya::{import::Options, jobs::Progress, session::load_file, store::Case};
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use std::path::Path;
use std::sync::Arc;

type Window = Harness<'static, App>;

/// Three rows of a dataset of one's own, beside incidents that the case has: two that repeat them and
/// one far from all.
fn with_own_rows(path: &Path, folder: &Path) {
    let (own, elsewhere) = {
        let loaded = atalaya::session::Loaded::open_read_only(path).unwrap();
        let c = &loaded.columns;
        let precise = |r: &usize| {
            c.place_precision[*r] < atalaya::domain::PlacePrecision::State
                && c.start_day[*r] == c.end_day[*r]
        };
        let rows: Vec<usize> = (0..c.len()).filter(precise).collect();
        let line = |row: usize, id: &str, title: &str| {
            let day = atalaya::domain::when::date_of(c.start_day[row]);
            let (lat, lon, kind) = (c.lat[row], c.lon[row], c.kind[row].code());
            format!("{id},{day},{lat},{lon},{title},{kind}\n")
        };
        let last = *rows.last().unwrap();
        let own = line(rows[0], "n-1", "Told again") + &line(last, "n-2", "Another one");
        (own, "n-3,1999-01-01,10.0,10.0,Far away,homicide\n")
    };
    let file = folder.join("notes.csv");
    std::fs::write(
        &file,
        format!("id,date,lat,lon,title,kind\n{own}{elsewhere}"),
    )
    .unwrap();
    let mut case = Case::open_for_writing(path).unwrap();
    let options = Options::default();
    let report = load_file(&mut case, &file, &options, None, &Progress::default());
    assert_eq!(report.unwrap().unwrap().counts.added, 3);
}

fn open_panel(w: &mut Window) {
    w.state_mut().push(Command::Fold(Panel::Card(atalaya::text!(
        "duplicates-title"
    ))));
    settle(w);
}

fn click(w: &mut Window, label: &str) {
    w.get_by_role_and_label(Role::Button, label).click();
    settle(w);
}

/// The pairs in sight, from the upper one down.
fn pairs(w: &Window) -> Vec<String> {
    let found = w.query_all_by_role(Role::ListBoxOption);
    let mut found: Vec<(f32, String)> = found
        .map(|n| {
            (
                n.rect().top(),
                n.accesskit_node().label().unwrap_or_default(),
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, label)| label).collect()
}

#[test]
fn pairs_are_proposed_linked_and_dismissed_and_the_case_remembers() {
    let case = demo_case();
    with_own_rows(&case.path, case.folder.path());
    let mut w = window(&case.path, Lang::En);
    let all = w.state().loaded().unwrap().columns.len();
    assert_eq!(w.state().count(), all);
    open_panel(&mut w);
    w.get_by_label_contains("Say how near two incidents have to be");
    click(&mut w, "Look for duplicates");
    let proposed = pairs(&w);
    let those = |title: &str| proposed.iter().filter(|p| p.contains(title)).count();
    assert!(
        those("Told again") >= 1 && those("Another one") >= 1,
        "{proposed:?}"
    );
    assert_eq!(those("Far away"), 0);
    assert!(proposed[0].contains("at the same point") && proposed[0].contains("of the same kind"));

    // The list has the keyboard: down and up, and the first is linked.
    w.key_press(Key::ArrowDown);
    settle(&mut w);
    w.key_press(Key::ArrowUp);
    settle(&mut w);
    w.key_press(Key::L);
    settle(&mut w);
    assert_eq!(w.state().count(), all - 1);
    assert!(!pairs(&w).contains(&proposed[0]));

    // The next is dismissed: it is gone, and the count stays.
    let next = pairs(&w)[0].clone();
    click(&mut w, "Dismiss");
    assert!(!pairs(&w).contains(&next));
    assert_eq!(w.state().count(), all - 1);

    // Taken back and dismissed again.
    let undo = w
        .query_all_by_role(Role::Button)
        .chain(w.query_all_by_role(Role::Link));
    let undo = undo.filter(|n| {
        n.accesskit_node()
            .label()
            .unwrap_or_default()
            .starts_with("Undo: ")
    });
    undo.collect::<Vec<_>>().pop().unwrap().click();
    settle(&mut w);
    assert!(pairs(&w).contains(&next));
    w.key_press(Key::Escape);
    settle(&mut w);
    assert!(pairs(&w).is_empty(), "the card is closed");
    drop(w);

    // Another opening: what was said holds.
    let mut w = window(&case.path, Lang::En);
    assert_eq!(w.state().count(), all - 1);
    open_panel(&mut w);
    click(&mut w, "Look for duplicates");
    let again = pairs(&w);
    assert!(!again.contains(&proposed[0]) && again.contains(&next));
}

#[test]
fn what_is_linked_is_shown_with_the_record_and_both_on_the_map() {
    let case = demo_case();
    with_own_rows(&case.path, case.folder.path());
    let mut w = window(&case.path, Lang::En);
    open_panel(&mut w);
    click(&mut w, "Look for duplicates");
    click(&mut w, "Show on the map");
    let both = w.state().selected();
    assert_eq!(both.len(), 2);
    click(&mut w, "Link");
    w.key_press(Key::Escape);
    settle(&mut w);
    let loaded = w.state().loaded().unwrap();
    let rows: Vec<Row> = both
        .iter()
        .map(|id| loaded.columns.row_of(*id).unwrap())
        .collect();
    assert_eq!(loaded.links.group_of(rows[0]).map(<[Row]>::len), Some(2));
    w.state_mut().push(Command::Select(Arc::from([both[0]])));
    settle(&mut w);
    w.get_by_label_contains("Linked rows count once.");
    let other = w
        .state()
        .loaded()
        .unwrap()
        .title(rows[1], false)
        .to_string();
    let link = w.query_all_by_role(Role::Button);
    let link = link.filter(|n| {
        n.accesskit_node()
            .label()
            .unwrap_or_default()
            .ends_with(&format!(": {other}"))
    });
    link.collect::<Vec<_>>().pop().unwrap().click();
    settle(&mut w);
    assert_eq!(w.state().selected(), [both[1]]);
}

#[test]
fn a_case_of_one_dataset_says_what_is_needed() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    open_panel(&mut w);
    w.get_by_label_contains("This case has one dataset.");
    click(&mut w, "Close the duplicates");
    assert!(
        w.query_all_by_label_contains("This case has one dataset.")
            .next()
            .is_none()
    );
}
