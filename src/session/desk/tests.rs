//! A case is opened, looked at and changed without a window.

use super::{Desk, News, Order};
use crate::domain::{Filter, Kind};
use crate::import::Options;
use crate::jobs::{Busy, Progress, Wake};
use crate::locale::Lang;
use crate::session::{Bookmarking, Command, Delivery, Loaded, load_file};
use crate::store::Case;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const HEAD: &str = "id,date,lat,lon,title,kind,deaths\n";
const FIRST: &str = "a,2025-02-01,27.5,-99.5,On the bridge,gun_battle,2\n\
                     b,2025-02-03,27.6,-99.6,At the market,kidnapping,0\n\
                     c,2025-03-05,25.7,-100.3,On the road,gun_battle,1\n";

fn file(folder: &Path, name: &str, rows: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, format!("{HEAD}{rows}")).unwrap();
    path
}

fn desk(folder: &Path) -> Desk {
    let path = folder.join("case.gpkg");
    let mut case = Case::create(&path).unwrap();
    let rows = file(folder, "first.csv", FIRST);
    let options = Options::default();
    load_file(&mut case, &rows, &options, Some("d"), &Progress::default()).unwrap();
    drop(case);
    let loaded = Loaded::open(&path, &Progress::default()).unwrap().unwrap();
    let wake: Wake = Arc::new(|| {});
    let mut desk = Desk::new(loaded, Lang::En, [800.0, 600.0], 0, &wake);
    run(&mut desk, []);
    desk
}

/// What a window does in a frame, until nothing is under way.
fn run(desk: &mut Desk, commands: impl IntoIterator<Item = Command>) {
    commands.into_iter().for_each(|c| desk.apply(c));
    desk.update();
    while desk.is_busy() {
        desk.poll();
        desk.update();
        std::thread::yield_now();
    }
    desk.settle();
}

fn set(filter: Filter) -> Command {
    Command::SetFilter(Box::new(filter))
}

fn battles() -> Filter {
    Filter {
        kinds: [Kind::GunBattle].into(),
        ..Filter::default()
    }
}

fn titles(desk: &Desk) -> Vec<String> {
    let rows = desk.selected.rows.iter();
    rows.map(|row| desk.loaded.title(*row, false).to_string())
        .collect()
}

#[test]
fn a_case_is_filtered_selected_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    assert_eq!(desk.derived.selection.len(), 3);
    run(&mut desk, [set(battles())]);
    assert_eq!(desk.derived.selection.len(), 2);
    let all = desk.loaded.columns.ids_of(0..3);
    run(&mut desk, [Command::Select(all)]);
    assert_eq!(titles(&desk).len(), 3);
    // With another filter those stay that it lets through, and all come back.
    let text = Filter {
        text: "bridge market".to_owned(),
        ..Filter::default()
    };
    run(&mut desk, [set(text)]);
    assert_eq!((desk.derived.selection.len(), titles(&desk).len()), (0, 0));
    run(&mut desk, [Command::Undo, Command::Undo]);
    assert!(desk.workspace.filter.is_empty());
    assert_eq!((desk.derived.selection.len(), titles(&desk).len()), (3, 3));
    run(&mut desk, [Command::Redo]);
    assert_eq!(desk.workspace.filter, battles());
    assert_eq!(titles(&desk), ["On the bridge", "On the road"]);
    run(
        &mut desk,
        [Command::InspectStep(1), Command::InspectStep(1)],
    );
    let shown = desk.inspected.incident.as_ref();
    assert_eq!(shown.map(|s| s.incident.external_id.as_str()), Some("c"));
    run(&mut desk, [Command::Bookmark(Bookmarking::Add(None))]);
    let news = desk.take_news();
    assert!(matches!(news[..], [News::Bookmarked(0)]));
}

#[test]
fn a_selection_survives_rows_that_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let two = desk.loaded.columns.ids_of([1, 2]);
    run(&mut desk, [Command::Select(two.clone())]);
    // Rows before those that are selected: each lies elsewhere in the columns then.
    let more = "x,2024-01-01,27.1,-99.1,Long before,gun_battle,0\n\
                y,2024-01-02,27.1,-99.2,A day later,gun_battle,0\n";
    let order = |name: &str, rows: &str| Order {
        path: file(folder.path(), name, rows),
        options: Options::default(),
        delivery: Delivery {
            dataset: Some("e".to_owned()),
            ..Delivery::default()
        },
    };
    let orders = vec![order("more.csv", more)];
    desk.import(orders);
    run(&mut desk, []);
    assert_eq!(desk.derived.selection.len(), 5);
    assert_eq!(*desk.selected.rows, [3, 4]);
    assert_eq!(desk.selected.ids, two);
    assert_eq!(titles(&desk), ["At the market", "On the road"]);
    let imported =
        |news: &News| matches!(news, News::Imported { reports, .. } if reports.len() == 1);
    assert!(desk.take_news().iter().any(imported));
    // What goes is not selected any more.
    let first = desk.loaded.imports.first().unwrap().id;
    let (other, all) = (desk.loaded.columns.id[0], desk.loaded.columns.ids_of(0..5));
    run(&mut desk, [Command::Select(all)]);
    run(&mut desk, [Command::UndoImport(first)]);
    assert_eq!(titles(&desk), ["Long before", "A day later"]);
    run(
        &mut desk,
        [Command::Select([other].into()), Command::GoToSelected],
    );
    assert_eq!(desk.inspect, Some(other));
    assert_eq!(desk.workspace.camera.lon, -99.1);
}
