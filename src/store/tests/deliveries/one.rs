//! What single deliveries do: bring back, refuse, order, undo.

use super::*;

#[test]
fn a_row_that_comes_back_has_its_id_and_its_history() {
    let (_folder, path) = case_of(3);
    let mut case = Case::open_for_writing(&path).unwrap();
    let id = case.incident_id("own", "1").unwrap().unwrap();
    let mut deliver = |n: usize, ids: &[u64]| {
        let new = NewImport {
            full: true,
            sha256: n.to_string(),
            ..import("full.csv")
        };
        let mut writer = case.begin_import(&new).unwrap();
        ids.iter().for_each(|i| {
            writer.incident(&incident(*i)).unwrap();
        });
        writer.commit().unwrap()
    };
    assert_eq!(
        (deliver(1, &[0, 2]).retired, deliver(2, &[0, 1, 2]).added),
        (1, 1)
    );
    assert_eq!(case.incident_id("own", "1").unwrap(), Some(id));
    let history = case.history(RowKind::Incident, id).unwrap().changes;
    assert_eq!((history.len(), history[0].retired), (1, true));
    // A new row gets none of the ids there were.
    let mut writer = case.begin_import(&import("more.csv")).unwrap();
    writer.incident(&incident(9)).unwrap();
    writer.commit().unwrap();
    assert_eq!(case.incident_id("own", "9").unwrap(), Some(4));
}

#[test]
fn a_full_file_that_would_empty_the_dataset_is_refused() {
    let (_folder, path) = case_of(10);
    let mut case = Case::open_for_writing(&path).unwrap();
    let before = dump(&case);
    let mut deliver = |ids: std::ops::Range<u64>, force: bool| {
        let new = NewImport {
            full: true,
            force,
            ..import("full.csv")
        };
        let mut writer = case.begin_import(&new).unwrap();
        ids.for_each(|i| {
            writer.incident(&incident(i)).unwrap();
        });
        // Present, and rejected: not missing.
        writer
            .reject("9", 3, "date", "x", "bad_date", "{}")
            .unwrap();
        writer.commit().map(|c| c.retired).map_err(|p| p.key)
    };
    assert_eq!(deliver(0..0, false), Err("problem-full-retires"));
    assert_eq!(deliver(0..3, false), Err("problem-full-retires"));
    assert_eq!(deliver(0..5, false), Ok(4));
    case.undo_import(2).unwrap();
    assert_eq!(dump(&case), before);
}

#[test]
fn the_newer_version_stays_whatever_the_order() {
    let (_folder, path) = case_of(1);
    let mut case = Case::open_for_writing(&path).unwrap();
    let mut deliver = |n: &str, version: Option<i64>| {
        let row = Incident {
            title: LocalText::new(n),
            version,
            ..incident(0)
        };
        let mut writer = case.begin_import(&import(n)).unwrap();
        let outcome = writer.incident(&row).unwrap();
        let older = writer.older();
        writer.commit().unwrap();
        (outcome, older)
    };
    assert_eq!(deliver("a", Some(20)), (RowOutcome::Updated, 0));
    assert_eq!(deliver("b", Some(10)), (RowOutcome::Unchanged, 1));
    assert_eq!(deliver("c", Some(20)), (RowOutcome::Updated, 0));
    assert_eq!(deliver("d", None), (RowOutcome::Updated, 0));
}

#[test]
fn deliveries_are_received_in_their_order() {
    let (_folder, path) = case_of(1);
    let mut case = Case::open_for_writing(&path).unwrap();
    let mut begin = |dataset: &str, received: Option<Date>| {
        let new = NewImport {
            dataset: dataset.to_owned(),
            received,
            ..import("second.csv")
        };
        let begun = case.begin_import(&new).map(drop);
        begun.map_err(|p| p.key)
    };
    let past = Some(Date::constant(2024, 1, 1));
    assert_eq!(begin("own", past), Err("problem-received-early"));
    assert_eq!(begin("other", past), Ok(()));
    let to_come = Some(Date::constant(9000, 1, 1));
    assert_eq!(begin("own", to_come), Err("problem-received-future"));
}

#[test]
fn what_is_shown_of_the_past_cannot_be_changed() {
    let (_folder, path) = case_of(3);
    let mut case = Case::open_for_writing(&path).unwrap();
    case.look_back(Date::constant(2024, 1, 1)).unwrap();
    assert!(case.columns(|_| true).unwrap().unwrap().is_empty());
    assert!(case.datasets().unwrap().is_empty() && case.imports().unwrap().is_empty());
    let refused = [
        case.begin_import(&import("x")).map(drop).unwrap_err(),
        case.undo_import(1).map(drop).unwrap_err(),
        case.set_setting("a", "b").unwrap_err(),
        case.build_search_index(|_| true).map(drop).unwrap_err(),
    ];
    assert!(
        refused.iter().all(|p| p.key == "problem-known-on"),
        "{refused:?}"
    );
}

#[test]
fn an_import_that_others_rest_on_stays() {
    let (_folder, path) = case_of(3);
    let mut case = Case::open_for_writing(&path).unwrap();
    let changed = Incident {
        title: LocalText::new("Changed"),
        ..incident(1)
    };
    let mut writer = case.begin_import(&import("second.csv")).unwrap();
    writer.incident(&changed).unwrap();
    writer.commit().unwrap();
    assert_eq!(case.undo_import(1).unwrap_err().key, "problem-undo-newer");
    assert_eq!(
        case.undo_import(7).unwrap_err().key,
        "problem-no-such-import"
    );
    let undone = case.undo_import(2).unwrap();
    assert_eq!((undone.removed, undone.restored), (0, 1));
    case.conn
        .execute("UPDATE import SET updated = 1", [])
        .unwrap();
    assert_eq!(case.undo_import(1).unwrap_err().key, "problem-undo-history");
}

#[test]
fn many_rows_are_retired_and_undone_with_the_index_written_at_once() {
    let (_folder, path) = case_of(5_000);
    let mut case = Case::open_for_writing(&path).unwrap();
    let before = dump(&case);
    let new = NewImport {
        full: true,
        ..import("full.csv")
    };
    let mut writer = case.begin_import(&new).unwrap();
    (0..2_600).for_each(|i| {
        writer.incident(&incident(i)).unwrap();
    });
    assert_eq!(writer.commit().unwrap().retired, 2_400);
    assert!(case.check().unwrap().is_sound());
    case.undo_import(2).unwrap();
    assert!(case.check().unwrap().is_sound());
    assert!(dump(&case) == before);
}
