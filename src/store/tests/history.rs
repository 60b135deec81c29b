//! What deliveries, their undoing and looks back do to places and links, and to what other programs
//! wrote into a case.

use super::*;

/// A closed case that nothing was loaded into.
fn empty_case() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.gpkg");
    drop(Case::create(&path).unwrap());
    (folder, path)
}

fn day(n: i8) -> Date {
    Date::constant(2024, 1, n)
}

fn delivery(dataset: &str, n: i8, full: bool) -> NewImport {
    NewImport {
        dataset: dataset.to_owned(),
        received: Some(day(n)),
        full,
        force: true,
        ..import(&format!("{dataset}-{n}"))
    }
}

/// A row of a place of that key; the place is called as `name` says.
fn measured(key: &str, name: &str, value: f64) -> PlaceSeries {
    PlaceSeries {
        external_id: key.to_owned(),
        place: Place {
            external_id: key.to_owned(),
            kind: "municipality".to_owned(),
            name: LocalText::new(name),
            names: PlaceNames::default(),
            position: None,
        },
        series: vec![Series {
            measure: "Homicide".to_owned(),
            unit: String::new(),
            values: vec![Measured {
                from: day(1),
                to: day(31),
                value: Some(value),
            }],
        }],
        extra: Vec::new(),
        line: 2,
    }
}

fn deliver_series(case: &mut Case, n: i8, full: bool, rows: &[PlaceSeries]) {
    let mut writer = case.begin_import(&delivery("own", n, full)).unwrap();
    for row in rows {
        writer.write(&row.clone().into()).unwrap();
    }
    writer.commit().unwrap();
}

fn deliver(case: &mut Case, dataset: &str, n: i8, ids: &[u64]) -> ImportCounts {
    let mut writer = case.begin_import(&delivery(dataset, n, true)).unwrap();
    for id in ids {
        writer.incident(&incident(*id)).unwrap();
    }
    writer.commit().unwrap()
}

fn place_names(case: &Case) -> Vec<String> {
    let places = case.places().unwrap();
    places.into_iter().map(|p| p.place.name.text).collect()
}

#[test]
fn undoing_leaves_the_places_to_which_retired_rows_come_back() {
    let (_folder, path) = empty_case();
    let mut case = Case::open_for_writing(&path).unwrap();
    deliver_series(
        &mut case,
        1,
        false,
        &[measured("a", "A", 1.0), measured("b", "B", 1.0)],
    );
    deliver_series(&mut case, 2, true, &[measured("a", "A", 1.0)]);
    deliver_series(&mut case, 3, false, &[measured("c", "C", 1.0)]);
    assert_eq!(place_names(&case), ["A", "C"]);
    for left in [&["A"][..], &["A", "B"]] {
        let last = case.undoable(None).unwrap().id;
        case.undo_import(last).unwrap();
        assert_eq!(place_names(&case), left);
    }
    let n: i64 = case
        .conn
        .query_row("SELECT count(*) FROM place", [], |r| r.get(0))
        .unwrap();
    assert_eq!(n, 2, "no place is left over");
}

#[test]
fn a_place_is_called_as_it_was_on_the_day() {
    let (_folder, path) = empty_case();
    let mut case = Case::open_for_writing(&path).unwrap();
    for (n, name) in [(1, "First"), (2, "Second"), (3, "Third")] {
        let row = measured("a", name, f64::from(n));
        deliver_series(&mut case, n, false, &[row]);
    }
    for (n, name) in [(1, "First"), (2, "Second"), (3, "Third")] {
        let mut then = Case::open_read_only(&path).unwrap();
        then.look_back(day(n)).unwrap();
        assert_eq!(place_names(&then), [name]);
    }
}

#[test]
fn a_link_comes_back_with_its_row_and_is_looked_back_on() {
    let (_folder, path) = empty_case();
    let mut case = Case::open_for_writing(&path).unwrap();
    deliver(&mut case, "own", 1, &[1, 2, 3]);
    deliver(&mut case, "other", 1, &[1]);
    let other = case.incident_id("other", "1").unwrap().unwrap();
    let own = case.incident_id("own", "1").unwrap().unwrap();
    case.set_link(own, other, Some(Verdict::Linked)).unwrap();
    let past = "UPDATE link SET decided_at = '2024-01-01T12:00:00.000Z'";
    case.conn.execute(past, []).unwrap();
    let said = case.links().unwrap();
    deliver(&mut case, "own", 2, &[2, 3]);
    // The other one goes as well, and comes back last.
    deliver(&mut case, "other", 3, &[5]);
    deliver(&mut case, "own", 4, &[1, 2, 3]);
    assert!(
        case.links().unwrap().is_empty(),
        "its other end is not there"
    );
    deliver(&mut case, "other", 5, &[1, 5]);
    assert_eq!(case.links().unwrap(), said);
    deliver(&mut case, "own", 6, &[2, 3]);
    for (n, there) in [(1, 1), (2, 0), (3, 0), (4, 0), (5, 1), (6, 0)] {
        let mut then = Case::open_read_only(&path).unwrap();
        then.look_back(day(n)).unwrap();
        assert_eq!(then.links().unwrap().len(), there, "on day {n}");
    }
    // What was taken back stays so.
    deliver(&mut case, "own", 7, &[1, 2, 3]);
    assert_eq!(case.links().unwrap(), said);
    case.set_link(own, other, None).unwrap();
    deliver(&mut case, "other", 8, &[5]);
    deliver(&mut case, "other", 9, &[1, 5]);
    assert!(case.links().unwrap().is_empty());
}

#[test]
fn undoing_puts_no_link_between_rows_that_are_not_there() {
    let (_folder, path) = empty_case();
    let mut case = Case::open_for_writing(&path).unwrap();
    deliver(&mut case, "own", 1, &[1, 2]);
    deliver(&mut case, "other", 1, &[1, 2]);
    let of = |dataset: &str| case.incident_id(dataset, "1").unwrap().unwrap();
    case.set_link(of("own"), of("other"), Some(Verdict::Linked))
        .unwrap();
    let said = case.links().unwrap();
    deliver(&mut case, "own", 2, &[2]);
    deliver(&mut case, "other", 2, &[2]);
    let last = |case: &Case, dataset: &str| {
        let imports = case.imports().unwrap();
        imports
            .iter()
            .rev()
            .find(|i| i.dataset == dataset)
            .unwrap()
            .id
    };
    let import = last(&case, "own");
    case.undo_import(import).unwrap();
    assert!(case.links().unwrap().is_empty());
    let import = last(&case, "other");
    case.undo_import(import).unwrap();
    assert_eq!(case.links().unwrap(), said);
}

#[test]
fn what_cannot_be_kept_is_not_retired() {
    let (_folder, path) = case_of(4);
    let mut case = Case::open_for_writing(&path).unwrap();
    let broken = "UPDATE incident SET start_date = 'never' WHERE external_id = '3'";
    case.conn.execute(broken, []).unwrap();
    let new = NewImport {
        full: true,
        ..import("full.csv")
    };
    let mut writer = case.begin_import(&new).unwrap();
    for id in [0, 1] {
        writer.incident(&incident(id)).unwrap();
    }
    assert_eq!(writer.commit().unwrap().retired, 1);
    assert!(case.incident_id("own", "2").unwrap().is_none());
    assert!(case.incident_id("own", "3").unwrap().is_some());
}

#[test]
fn a_column_of_any_name_is_a_column() {
    let (_folder, path) = empty_case();
    let mut case = Case::open_for_writing(&path).unwrap();
    let add = "ALTER TABLE series ADD COLUMN \"a\"\") VALUES (1); --\" TEXT";
    case.conn.execute(add, []).unwrap();
    deliver_series(&mut case, 1, false, &[measured("a", "A", 1.0)]);
    deliver_series(&mut case, 2, true, &[measured("b", "B", 1.0)]);
    case.undo_import(case.undoable(None).unwrap().id).unwrap();
    assert_eq!(place_names(&case), ["A"]);
}

#[test]
fn history_that_another_program_spoilt_stops_no_delivery() {
    for spoilt in ["{", "{\"external_id\": 7}", "[]"] {
        let (_folder, path) = empty_case();
        let mut case = Case::open_for_writing(&path).unwrap();
        deliver(&mut case, "own", 1, &[1, 2]);
        deliver(&mut case, "own", 2, &[1]);
        case.conn
            .execute("UPDATE revision SET row = ?1", [spoilt])
            .unwrap();
        assert_eq!(deliver(&mut case, "own", 3, &[1, 2]).added, 1, "{spoilt}");
        let actor = "INSERT INTO revision (row_id, import_id, line, superseded_by, row, table_name) \
             VALUES (1, 1, 0, 3, ?1, 'actor')";
        case.conn.execute(actor, [spoilt]).unwrap();
        case.undo_import(3).unwrap();
        assert_eq!(case.datasets().unwrap()[0].incidents, 1);
    }
}

#[test]
fn of_two_versions_in_one_file_the_newer_wins_in_either_order() {
    let told = |said: &str, version: i64| Incident {
        title: LocalText::new(said),
        version: Some(version),
        ..incident(1)
    };
    for before in [None, Some(told("before", 1))] {
        for rows in [
            [told("older", 10), told("newer", 20)],
            [told("newer", 20), told("older", 10)],
        ] {
            let (_folder, path) = case_of(0);
            let mut case = Case::open_for_writing(&path).unwrap();
            let mut load = |name: &str, rows: &[Incident]| {
                let mut writer = case.begin_import(&import(name)).unwrap();
                for row in rows {
                    assert_ne!(writer.incident(row).unwrap(), RowOutcome::DuplicateKey);
                }
                let older = writer.older();
                (writer.commit().unwrap(), older)
            };
            if let Some(before) = &before {
                load("before", std::slice::from_ref(before));
            }
            let (counts, older) = load("both", &rows);
            assert_eq!((counts.rows_read, counts.unchanged, older), (2, 1, 1));
            assert_eq!(counts.added + counts.updated, 1);
            let id = case.incident_id("own", "1").unwrap().unwrap();
            let stored = case.incident(id).unwrap().unwrap().incident;
            assert_eq!(stored.title.text, "newer");
            assert_eq!(case.columns(|_| true).unwrap().unwrap().id, [id]);
            assert_eq!(
                case.history(RowKind::Incident, id).unwrap().changes.len(),
                usize::from(before.is_some())
            );
            assert!(case.check().unwrap().is_sound());
            case.undoable(None).unwrap();
        }
    }
}
