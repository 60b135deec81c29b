//! Whatever is wrong with what comes in or where it goes: one clear sentence in both languages,
//! exit 1, the case as it was to the byte, and nothing left beside it.

use crate::common::*;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Both languages say something of their own, and each names the file it is about.
fn sentences(make: impl Fn() -> assert_cmd::Command, names: &str) -> String {
    let english = sentence(&mut make());
    let spanish = sentence(make().args(["--lang", "es"]));
    assert!(
        english.contains(names) && spanish.contains(names),
        "{english} / {spanish}"
    );
    assert_ne!(english, spanish);
    english
}

/// A file that cannot be loaded changes neither a case that is there nor makes a new one.
fn refused(file: &Path) -> String {
    let (folder, case) = demo_copy();
    let before = sha256(&case);
    let name = file.file_name().unwrap().to_str().unwrap();
    let import = |case: &Path| {
        let mut command = atalaya();
        command.arg("import").arg(case).arg(file);
        command
    };
    let said = sentences(|| import(&case), name);
    assert_eq!(sha256(&case), before, "the case was changed by {name}");
    let fresh = folder.path().join("fresh.gpkg");
    assert_eq!(sentence(&mut import(&fresh)), said);
    assert_eq!(sentence(import(&case).arg("--dry-run")), said);
    assert_eq!(sha256(&case), before);
    assert_eq!(
        names(&folder),
        ["case.gpkg"],
        "{name} left something behind"
    );
    said
}

#[test]
fn files_that_cannot_be_loaded() {
    let folder = folder();
    let file = |name: &str, bytes: &[u8]| write(&folder, name, bytes);
    let many = "2025-02-03,27,-99,sound\n".repeat(3_000);
    let cases: [(PathBuf, &str); 9] = [
        (folder.path().join("missing.csv"), "there is no such file"),
        (folder.path().to_owned(), "is a folder"),
        (file("empty.csv", b""), "is empty"),
        (file("blank.csv", b"\n \n"), "is empty"),
        (
            file("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"),
            "a type that is not read",
        ),
        (
            file(
                "quote.csv",
                format!("date,lat,lon,\"notes\n{many}").as_bytes(),
            ),
            "line 1, column 4",
        ),
        (
            file("columns.csv", b"a,b,c\n1,2,3\n"),
            "The file has: a, b, c",
        ),
        (
            file(
                "cut.geojson",
                b"{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\",",
            ),
            "ends too early",
        ),
        (file("list.geojson", b"[1, 2]"), "line 1"),
    ];
    for (path, told) in cases {
        let said = refused(&path);
        assert!(said.contains(told), "{}: {said}", path.display());
    }
}

#[test]
fn rows_that_cannot_be_used_are_told_one_by_one() {
    let folder = folder();
    let rows = [
        ("2025-02-03,91,-99.5", "not on Earth"),
        ("2025-02-03,27.5,-999", "not on Earth"),
        ("2025-02-03,NaN,-99.5", "no position"),
        ("2025-02-03,27.5,inf", "not on Earth"),
        ("2025-02-03,-99.5,27.5", "look swapped"),
        ("2025-02-30,27.5,-99.5", "does not exist"),
        ("2023-02-29,27.5,-99.5", "does not exist"),
        ("31/04/2025,27.5,-99.5", "does not exist"),
        ("soon,27.5,-99.5", "not a date"),
        ("2025-02-03,north,-99.5", "not a number"),
    ];
    let lines: Vec<&str> = rows.iter().map(|(row, _)| *row).collect();
    let file = write(
        &folder,
        "rows.csv",
        format!(
            "date,lat,lon\n{}\n2025-02-03,27.5,-99.5\n",
            lines.join("\n")
        ),
    );
    let answer = json(
        atalaya()
            .arg("import")
            .arg(folder.path().join("case.gpkg"))
            .arg(file)
            .arg("--json"),
    );
    assert_eq!(
        (&answer["added"], &answer["rejected"]),
        (&1.into(), &rows.len().into())
    );
    for (i, (row, told)) in rows.iter().enumerate() {
        let reject = &answer["rejects"][i];
        assert_eq!(reject["line"], i + 2);
        assert!(
            reject["reason"].as_str().unwrap().contains(told),
            "{row}: {reject}"
        );
    }
}

/// Every way to open a case that is none, or none of ours.
fn not_opened(case: &Path) -> String {
    let folder = folder();
    let before = case.is_file().then(|| sha256(case));
    let name = case.file_name().unwrap().to_str().unwrap();
    let run = |subcommand: &'static str, more: Vec<PathBuf>| {
        let mut command = atalaya();
        command.arg(subcommand).arg(case).args(more);
        command
    };
    let said = sentences(|| run("count", vec![]), name);
    for (subcommand, more) in [
        ("list", vec![]),
        ("check", vec![]),
        ("snapshot", vec![folder.path().join("a.png")]),
    ] {
        assert_eq!(sentence(&mut run(subcommand, more)), said, "{subcommand}");
    }
    if let Some(before) = before {
        assert_eq!(sentence(&mut run("import", vec![fixture("own.csv")])), said);
        assert_eq!(sha256(case), before, "{name} was changed");
    }
    assert!(names(&folder).is_empty());
    said
}

/// A copy of the Nuevo Laredo case after somebody worked on it with SQLite.
fn tampered(sql: &str) -> (tempfile::TempDir, PathBuf) {
    let (folder, case) = demo_copy();
    Connection::open(&case).unwrap().execute_batch(sql).unwrap();
    (folder, case)
}

#[test]
fn cases_that_are_none_or_not_ours() {
    let folder = folder();
    let sqlite = folder.path().join("other.gpkg");
    Connection::open(&sqlite)
        .unwrap()
        .execute_batch(
            "CREATE TABLE setting (x); CREATE TABLE incident (x); CREATE TABLE import (x)",
        )
        .unwrap();
    let mut cut = std::fs::read(demo_case()).unwrap();
    cut.truncate(cut.len() / 2);
    let mut garbled = std::fs::read(demo_case()).unwrap();
    garbled[4096..20_000].fill(0x5a);
    let cases = [
        (folder.path().join("missing.gpkg"), "no such file"),
        (folder.path().to_owned(), "is a folder"),
        (write(&folder, "empty.gpkg", ""), "is empty"),
        (
            write(&folder, "text.gpkg", "date,lat,lon\n"),
            "is not an Atalaya case",
        ),
        (
            write(&folder, "head.gpkg", "SQLite format 3\0"),
            "is not an Atalaya case",
        ),
        (sqlite, "is not an Atalaya case"),
        (write(&folder, "cut.gpkg", cut), "is damaged"),
        (write(&folder, "garbled.gpkg", garbled), "is damaged"),
    ];
    for (case, told) in cases {
        let said = not_opened(&case);
        assert!(said.contains(told), "{}: {said}", case.display());
    }
    assert!(
        !names(&folder)
            .iter()
            .any(|n| n.contains("-wal") || n.contains(".lock")),
        "{:?}",
        names(&folder)
    );
}

#[test]
fn a_case_of_a_newer_version_is_left_alone() {
    let (folder, case) = tampered("UPDATE setting SET value = '99' WHERE key = 'schema_version'");
    let said = not_opened(&case);
    assert!(
        said.contains("newer Atalaya (schema 99; this program knows 4)"),
        "{said}"
    );
    assert_eq!(names(&folder), ["case.gpkg"]);
}

#[test]
fn code_in_a_strangers_case_does_not_run() {
    let hidden = "CREATE TRIGGER sneaky AFTER INSERT ON import BEGIN DELETE FROM incident; END";
    let view =
        "ALTER TABLE actor RENAME TO real_actor; CREATE VIEW actor AS SELECT * FROM real_actor";
    // The name of one of ours, with other words in it.
    let disguised = "DROP TRIGGER rtree_incident_geom_delete; \
        CREATE TRIGGER rtree_incident_geom_delete AFTER DELETE ON incident BEGIN DELETE FROM source; END";
    for (sql, name) in [
        (hidden, "sneaky"),
        (view, "actor"),
        (disguised, "rtree_incident_geom_delete"),
    ] {
        let (folder, case) = tampered(sql);
        let said = not_opened(&case);
        assert!(
            said.contains("does not trust") && said.contains(name),
            "{said}"
        );
        assert_eq!(names(&folder), ["case.gpkg"]);
    }
}

/// A case whose lock cannot be made can be read, and no more. (Permissions do not stop root, and mounting
/// needs it.)
#[test]
#[cfg(target_os = "linux")]
fn a_case_where_nothing_can_be_written_is_read_and_not_changed() {
    let (folder, case) = demo_copy();
    let before = sha256(&case);
    let through = |args: &[&str]| {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("atalaya"));
        command
            .args(args)
            .stdin(std::fs::File::open(&case).unwrap())
            .stderr(Stdio::piped())
            .stdout(Stdio::piped());
        command.output().unwrap()
    };
    let there = "/proc/self/fd/0";
    let counted = through(&["count", there, "--format", "csv"]);
    assert!(
        String::from_utf8(counted.stdout)
            .unwrap()
            .contains("\r\n30,"),
        "{}",
        String::from_utf8_lossy(&counted.stderr)
    );
    // The lock goes by the file and not by the way to it; here its place is taken.
    std::fs::create_dir(folder.path().join("case.gpkg.lock")).unwrap();
    let own = fixture("own.csv");
    for (lang, told) in [("en", "is in the way"), ("es", "estorba")] {
        let imported = through(&["--lang", lang, "import", there, own.to_str().unwrap()]);
        let said = String::from_utf8(imported.stderr).unwrap();
        assert_eq!(imported.status.code(), Some(1));
        assert!(
            said.starts_with("atalaya: ") && said.contains(told) && said.lines().count() == 1,
            "{said}"
        );
    }
    assert_eq!(sha256(&case), before);
    assert_eq!(names(&folder), ["case.gpkg", "case.gpkg.lock"]);
}

#[test]
fn folders_that_are_not_there_take_no_new_case() {
    let folder = folder();
    let case = folder.path().join("nowhere/case.gpkg");
    for args in [
        vec!["demo".into()],
        vec!["import".into(), PathBuf::from("")],
    ] {
        let make = || {
            let mut command = atalaya();
            command.arg(&args[0]).arg(&case);
            if args.len() > 1 {
                command.arg(fixture("own.csv"));
            }
            command
        };
        let said = sentences(make, "case.gpkg");
        assert!(said.contains("the folder"), "{said}");
    }
    assert!(names(&folder).is_empty());
}

/// A real limit to what may be written, the same for root and in a container. By default the system ends
/// a program that goes beyond it with a signal.
fn with_at_most(blocks_of_512: u32, args: &[&Path]) -> std::process::Output {
    let mut shell = std::process::Command::new("sh");
    shell.args([
        "-c",
        &format!("ulimit -f {blocks_of_512}; exec \"$@\""),
        "sh",
    ]);
    shell
        .arg(assert_cmd::cargo::cargo_bin!("atalaya"))
        .args(args);
    shell
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

#[test]
#[cfg(unix)]
fn no_room_for_the_case_leaves_it_as_it_was() {
    let (folder, case) = demo_copy();
    let before = sha256(&case);
    let room = (std::fs::metadata(&case).unwrap().len() / 512) as u32 + 400;
    let rows: String = (0..4_000)
        .map(|n| format!("{n},2025-02-03,27.5,-99.5,{}\n", "words ".repeat(20)))
        .collect();
    let file = write(
        &folder,
        "rows.csv",
        format!("id,date,lat,lon,notes\n{rows}"),
    );
    let import = |case: &Path, blocks| {
        let output = with_at_most(blocks, &[Path::new("import"), case, &file]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.starts_with("atalaya: ") && said.lines().count() == 1 && said.contains(".gpkg"),
            "{said}"
        );
    };
    import(&case, room);
    assert_eq!(sha256(&case), before);
    import(&folder.path().join("fresh.gpkg"), 400);
    assert_eq!(names(&folder), ["case.gpkg", "rows.csv"]);
    // With room, the same file is taken.
    stdout(atalaya().arg("import").arg(&case).arg(&file));
    assert_ne!(sha256(&case), before);
}

#[test]
#[cfg(unix)]
fn no_room_for_the_picture_leaves_none() {
    let folder = folder();
    let out = folder.path().join("a.svg");
    let output = with_at_most(2, &[Path::new("snapshot"), demo_case(), &out]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.starts_with("atalaya: ") && said.contains("a.svg"),
        "{said}"
    );
    assert!(names(&folder).is_empty(), "{:?}", names(&folder));
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_finds_no_room_is_an_error() {
    for args in [
        &["count"][..],
        &["list"],
        &["check"],
        &["check", "--format", "json"],
        &["list", "--format", "csv"],
    ] {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("atalaya"));
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = command
            .arg(args[0])
            .arg(demo_case())
            .args(&args[1..])
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(
            said.starts_with("atalaya: ") && said.lines().count() == 1,
            "{said}"
        );
    }
}
