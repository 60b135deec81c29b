//! Deliveries on the command line: what changed between two, the case as it was known before the
//! second, rejected rows mended and imported again, an import taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const ROWS: usize = 500;

/// A file of the own profile: 500 rows, and in the second delivery 50 changed, 30 new, 20 gone.
fn delivery(second: bool) -> String {
    let mut text = "id,date,lat,lon,kind,title,deaths,note\n".to_owned();
    for i in 0..ROWS + 30 {
        let (gone, new) = (i % 25 == 7, i >= ROWS);
        if (second && gone && !new) || (!second && new) {
            continue;
        }
        let changed = second && i % 10 == 3 && !new;
        let (lat, lon) = (20.0 + i as f64 / 100.0, -100.0 + (i % 37) as f64 / 7.0);
        let lat = if changed { lat + 0.000_01 } else { lat };
        let deaths = if changed { 9 } else { i % 4 };
        let day = i % 28 + 1;
        text.push_str(&format!(
            "E-{i},2023-05-{day:02},{lat:.5},{lon:.5},arrest,\"Title {i}, said\",{deaths},=note {i}\n"
        ));
    }
    text
}

fn two_deliveries() -> (TempDir, PathBuf) {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    for (second, day) in [(false, "2024-03-01"), (true, "2024-03-08")] {
        let file = write(
            &folder,
            if second { "second.csv" } else { "first.csv" },
            delivery(second),
        );
        let mut import = atalaya();
        import.arg("import").arg(&case).arg(&file);
        import.args(["--dataset", "news", "--received", day, "--json"]);
        if second {
            import.arg("--full");
        }
        let answer = json(&mut import);
        let counts =
            ["added", "updated", "unchanged", "rejected"].map(|k| answer[k].as_u64().unwrap());
        let expected = if second {
            [30, 50, 430, 0]
        } else {
            [500, 0, 0, 0]
        };
        assert_eq!(counts, expected, "{answer}");
        if !second {
            snapshot(&case, folder.path(), "then.svg", &[]);
        }
    }
    (folder, case)
}

fn snapshot(case: &Path, folder: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let out = folder.join(name);
    stdout(atalaya().arg("snapshot").arg(case).arg(&out).args(more));
    std::fs::read(out).unwrap()
}

#[test]
fn two_deliveries_differ_in_exactly_a_hundred_rows() {
    let (_folder, case) = two_deliveries();
    let changes = |since: &str| {
        json(
            atalaya()
                .arg("changes")
                .arg(&case)
                .args(["--since", since, "--format", "json"]),
        )
    };
    let answer = changes("2024-03-02");
    let rows = answer.as_array().unwrap();
    let ids = |change: &str| -> BTreeSet<String> {
        let of = rows.iter().filter(|r| r["change"] == change);
        of.map(|r| r["id"].as_str().unwrap().to_owned()).collect()
    };
    let named = |which: &dyn Fn(usize) -> bool| -> BTreeSet<String> {
        let all = (0..ROWS + 30).filter(|i| which(*i));
        all.map(|i| format!("E-{i}")).collect()
    };
    assert_eq!(ids("added"), named(&|i| i >= ROWS));
    assert_eq!(ids("revised"), named(&|i| i < ROWS && i % 10 == 3));
    assert_eq!(ids("retired"), named(&|i| i < ROWS && i % 25 == 7));
    let of_row = |id: &str| -> Vec<[&str; 3]> {
        let of = rows.iter().filter(|r| r["id"] == id);
        of.map(|r| ["field", "before", "after"].map(|k| r[k].as_str().unwrap()))
            .collect()
    };
    let fields = of_row("E-13");
    assert_eq!(fields.len(), 2, "{fields:?}");
    assert!(
        fields[0][1].starts_with("20.13°") && fields[0][2].starts_with("20.13001°"),
        "{fields:?}"
    );
    assert_eq!(fields[1], ["Deaths", "1", "9"]);
    // Both deliveries: every row of the first was added by it.
    assert_eq!(
        changes("2024")
            .as_array()
            .unwrap()
            .iter()
            .filter(|r| r["change"] == "added")
            .count(),
        ROWS + 30
    );
    assert!(changes("2024-04").as_array().unwrap().is_empty());
    let table = stdout(
        atalaya()
            .arg("changes")
            .arg(&case)
            .args(["--since", "2024-03-02"]),
    );
    assert!(
        table.contains("30 added, 50 revised, 20 retired"),
        "{table}"
    );
    let wrong =
        sentence(
            atalaya()
                .arg("changes")
                .arg(&case)
                .args(["--since", "2024", "--dataset", "x"]),
        );
    assert!(wrong.contains("news"), "{wrong}");
}

#[test]
fn the_case_as_it_was_known_draws_the_same_picture() {
    let (folder, case) = two_deliveries();
    let then = std::fs::read(folder.path().join("then.svg")).unwrap();
    let now = snapshot(&case, folder.path(), "now.svg", &[]);
    assert!(then != now);
    for day in ["2024-03-01", "2024-03-07"] {
        let again = snapshot(&case, folder.path(), "again.svg", &["--known-on", day]);
        assert!(again == then, "as known on {day} it is another picture");
    }
    assert!(
        snapshot(
            &case,
            folder.path(),
            "again.svg",
            &["--known-on", "2024-03-08"]
        ) == now
    );
    let count = |more: &[&str]| {
        let mut count = atalaya();
        count
            .arg("count")
            .arg(&case)
            .args(["--format", "json"])
            .args(more);
        let answer = json(&mut count);
        answer[0]["incidents"].as_u64().unwrap()
    };
    assert_eq!(count(&[]), 510);
    assert_eq!(count(&["--known-on", "2024-03-07"]), 500);
    assert_eq!(count(&["--known-on", "2024-02-29"]), 0);
    // Words of rows that are there no more.
    let list = |more: &[&str]| {
        let mut list = atalaya();
        list.arg("list")
            .arg(&case)
            .args(["--text", "title 7 said", "--format", "csv"]);
        stdout(list.args(more))
    };
    let of_then = list(&["--known-on", "2024-03-02"]);
    assert!(
        of_then.contains("news,E-7,") && of_then.contains("first.csv"),
        "{of_then}"
    );
    assert!(!list(&[]).contains("news,E-7,"));
}

#[test]
fn the_last_import_is_taken_back_when_asked_twice() {
    let (_folder, case) = two_deliveries();
    let would = stdout(atalaya().arg("undo").arg(&case));
    assert!(
        would.contains("second.csv") && would.contains("--yes"),
        "{would}"
    );
    let first = sentence(
        atalaya()
            .arg("undo")
            .arg(&case)
            .args(["--import", "1", "--yes"]),
    );
    assert!(first.contains("second.csv"), "{first}");
    let done = stdout(atalaya().arg("undo").arg(&case).arg("--yes"));
    assert!(done.contains("30 rows removed, 70 as they were"), "{done}");
    stdout(atalaya().arg("check").arg(&case));
    stdout(atalaya().arg("undo").arg(&case).arg("--yes"));
    let none = sentence(atalaya().arg("undo").arg(&case).arg("--yes"));
    assert!(none.contains("no imports"), "{none}");
}

#[test]
fn rejected_rows_are_mended_and_imported_again() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let long = "x".repeat(5_000);
    let rows = format!(
        "id,date,lat,lon,title,remark\nA,2023-01-05,20,-100,Good,\nB,2023-02-30,-1.5,-100,=SUM(1),{long}\nC,2023-01-07,20,-100,'=quoted,-7\n,2023-13-01,1,1,+no id,\n"
    );
    let file = write(&folder, "rows.csv", rows);
    let answer =
        json(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(&file)
                .args(["--dataset", "own", "--json"]),
        );
    assert_eq!(
        (&answer["added"], &answer["rejected"]),
        (&2.into(), &2.into()),
        "{answer}"
    );
    let out = folder.path().join("out.csv");
    let said = stdout(atalaya().arg("rejects").arg(&case).arg(&out));
    assert!(said.contains("2 rejected rows"), "{said}");
    let table = std::fs::read_to_string(&out).unwrap();
    let head = table.lines().next().unwrap().trim_start_matches('\u{feff}');
    assert_eq!(
        head,
        "id,date,lat,lon,title,remark,atalaya_reason,atalaya_column,atalaya_line,atalaya_file"
    );
    assert!(
        table.contains("'=SUM(1)") && table.contains(&long) && table.contains(",-1.5,-100,"),
        "{head}"
    );
    assert_eq!(
        table,
        format!(
            "\u{feff}{}",
            stdout(
                atalaya()
                    .arg("rejects")
                    .arg(&case)
                    .args(["--import", "1", "-"])
            )
        )
    );
    let mended = write(
        &folder,
        "mended.csv",
        table.replace("2023-02-30,-1.5", "2023-02-28,-1.5"),
    );
    let answer =
        json(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(&mended)
                .args(["--dataset", "own", "--json"]),
        );
    assert_eq!(
        (&answer["added"], &answer["rejected"]),
        (&1.into(), &1.into()),
        "{answer}"
    );
    let list = json(atalaya().arg("list").arg(&case).args(["--format", "json"]));
    let titles: BTreeSet<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, BTreeSet::from(["Good", "=SUM(1)", "'=quoted"]));
    let content = content(&case);
    assert!(
        !content.contains("atalaya_reason"),
        "what the program wrote came in as data"
    );
    let wrong = sentence(
        atalaya()
            .arg("rejects")
            .arg(&case)
            .args(["--import", "9", "-"]),
    );
    assert!(wrong.contains('9'), "{wrong}");
}

#[test]
fn deliveries_out_of_order_or_too_small_are_refused() {
    let (folder, case) = two_deliveries();
    let before = sha256(&case);
    let file = write(
        &folder,
        "third.csv",
        delivery(true)
            .lines()
            .take(20)
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let import = |more: &[&str]| {
        sentence(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(&file)
                .args(["--dataset", "news"])
                .args(more),
        )
    };
    assert!(import(&["--received", "2024-03-07"]).contains("2024-03-08"));
    assert!(import(&["--received", "2999-01-01"]).contains("2999-01-01"));
    assert!(import(&["--full"]).contains("--force"));
    assert_eq!(sha256(&case), before);
}
