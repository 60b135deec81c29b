//! Files that the program writes, whole or not at all and never over what they are made from; how it ends
//! where an answer finds no room or no reader.

use crate::common::*;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Every name in a folder and in those below it.
fn all_names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        if path.is_dir() {
            found.extend(all_names(&path));
        }
    }
    found.sort();
    found
}

/// Rows that are kept and rows that are not, of a dataset `own`.
fn rows(n: usize) -> String {
    let rows = (0..n).map(|i| {
        let day = if i % 2 == 0 {
            "2025-02-03"
        } else {
            "2025-02-30"
        };
        format!("{i},{day},27.5,-99.5,A title of some length {i}\n")
    });
    format!("id,date,lat,lon,title\n{}", rows.collect::<String>())
}

/// A folder with `case.gpkg`, made from `own.csv`, half of whose rows are rejected.
fn with_rejects() -> TempDir {
    let folder = folder();
    write(&folder, "own.csv", rows(400));
    let output = run(&folder, &["import", "case.gpkg", "own.csv"]);
    assert!(output.status.success(), "{}", said(&output));
    folder
}

/// The commands that write a file beside the case, with the file.
const WRITERS: [(&[&str], &str); 4] = [
    (
        &["snapshot", "case.gpkg", "out.png", "--size", "400x300"],
        "out.png",
    ),
    (
        &["snapshot", "case.gpkg", "out.svg", "--size", "400x300"],
        "out.svg",
    ),
    (&["rejects", "case.gpkg", "out.csv"], "out.csv"),
    (
        &[
            "import",
            "case.gpkg",
            "own.csv",
            "--dry-run",
            "--save-template",
            "out",
        ],
        "templates/out.json",
    ),
];

/// A limit that the file does not fit in is to a write what a full disk is. The system's own answer to it
/// is a signal that ends the program.
#[cfg(unix)]
#[test]
fn a_file_that_does_not_fit_is_not_begun_and_can_be_written_again() {
    let folder = with_rejects();
    let limited = |args: &[&str]| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -f 1; exec \"$@\"", "sh"]);
        shell
            .arg(assert_cmd::cargo::cargo_bin!("atalaya"))
            .args(args);
        shell.env_remove("LANG").env_remove("LC_ALL");
        shell.env("ATALAYA_TEMPLATES", folder.path().join("templates"));
        shell.current_dir(&folder).output().unwrap()
    };
    // What is less than that fits.
    for (args, file) in &WRITERS[..3] {
        let before = all_names(folder.path());
        let told = failed(&limited(args));
        assert!(told.contains(file) && told.contains("ulimit -f"), "{told}");
        assert_eq!(all_names(folder.path()), before, "{args:?}");
        assert!(run(&folder, args).status.success(), "{args:?}");
        let whole = std::fs::read(folder.path().join(file)).unwrap();
        failed(&limited(args));
        assert_eq!(std::fs::read(folder.path().join(file)).unwrap(), whole);
    }
}

#[cfg(unix)]
#[test]
fn a_case_that_outgrows_the_limit_on_files_stays_as_it_was() {
    let folder = with_rejects();
    let before = sha256(&folder.path().join("case.gpkg"));
    let blocks = std::fs::metadata(folder.path().join("case.gpkg"))
        .unwrap()
        .len()
        / 512;
    write(&folder, "more.csv", rows(40_000));
    let import = |case: &str, blocks: u64| {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -f {blocks}; exec \"$@\""), "sh"]);
        shell.arg(assert_cmd::cargo::cargo_bin!("atalaya"));
        shell
            .args(["import", case, "more.csv"])
            .current_dir(&folder);
        shell
            .env_remove("LANG")
            .env_remove("LC_ALL")
            .output()
            .unwrap()
    };
    let told = failed(&import("case.gpkg", blocks + 200));
    assert!(told.contains("case.gpkg"), "{told}");
    assert!(!told.contains("could not be read"), "{told}");
    assert_eq!(sha256(&folder.path().join("case.gpkg")), before);
    failed(&import("new.gpkg", 300));
    assert_eq!(names(&folder), ["case.gpkg", "more.csv", "own.csv"]);
}

/// Neither the case nor anything that a command reads is written over, by whatever name it goes.
#[cfg(unix)]
#[test]
fn no_output_goes_over_the_case_or_another_input() {
    let folder = with_rejects();
    let path = |name: &str| folder.path().join(name);
    // A case may be called anything, a picture too.
    for name in ["case.png", "case.svg", "case.csv"] {
        std::fs::copy(path("case.gpkg"), path(name)).unwrap();
    }
    let link = |name: &str, to: &str| std::os::unix::fs::symlink(path(to), path(name)).unwrap();
    link("soft.png", "case.gpkg");
    std::fs::hard_link(path("case.gpkg"), path("hard.svg")).unwrap();
    link("way", "");
    write(
        &folder,
        "route.png",
        r#"{"type":"LineString","coordinates":[[-99.6,27.4],[-99.4,27.6]]}"#,
    );
    let tiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/basemap/world.pmtiles");
    std::fs::copy(tiles, path("tiles.png")).unwrap();
    std::fs::create_dir(path("templates")).unwrap();
    let points = r#"{"type":"Feature","properties":{"id":1,"date":"2025-02-03"},"geometry":{"type":"Point","coordinates":[-99.5,27.5]}}"#;
    std::fs::write(path("templates/own.json"), points).unwrap();
    let before: Vec<(String, String)> = names(&folder)
        .into_iter()
        .filter(|name| path(name).is_file())
        .map(|name| (sha256(&path(&name)), name))
        .collect();
    for args in [
        &["snapshot", "case.png", "case.png"][..],
        &["snapshot", "case.svg", "./way/case.svg"],
        &["snapshot", "case.gpkg", "soft.png"],
        &["snapshot", "soft.png", "soft.png"],
        &["snapshot", "case.gpkg", "hard.svg"],
        &["snapshot", "case.gpkg", "route.png", "--route", "route.png"],
        &[
            "snapshot",
            "case.gpkg",
            "tiles.png",
            "--basemap",
            "tiles.png",
        ],
        &["rejects", "case.csv", "case.csv"],
        &["rejects", "case.gpkg", "case.gpkg-journal"],
        &["rejects", "case.gpkg", "way/case.gpkg-wal"],
        &["rejects", "soft.png", "case.gpkg.lock"],
        &["import", "case.gpkg", "case.gpkg"],
        &["import", "case.gpkg", "own.csv", "hard.svg"],
        &[
            "import",
            "case.gpkg",
            "templates/own.json",
            "--save-template",
            "own",
        ],
    ] {
        let told = failed(&run(&folder, args));
        assert!(told.contains("Choose another name"), "{args:?}: {told}");
        for (hash, name) in &before {
            assert_eq!(*hash, sha256(&path(name)), "{args:?} changed {name}");
        }
    }
    assert_eq!(
        std::fs::read(path("templates/own.json")).unwrap(),
        points.as_bytes()
    );
    // The picture of a case where no window opens is called like the case.
    let mut window = program(&folder);
    window.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let output = window.arg("case.png").output().unwrap();
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("Choose another name"), "{told}");
    assert_eq!(
        sha256(&path("case.png")),
        before.iter().find(|(_, n)| n == "case.png").unwrap().0
    );
}

/// A command whose answer finds no room.
#[cfg(target_os = "linux")]
fn to_full(folder: &TempDir, args: &[&str]) -> std::process::Output {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    program(folder)
        .args(args)
        .stdout(full.unwrap())
        .output()
        .unwrap()
}

/// What was done is done, whatever becomes of the sentence that says so.
#[cfg(target_os = "linux")]
#[test]
fn what_is_done_is_a_success_though_nobody_can_be_told() {
    let folder = with_rejects();
    write(
        &folder,
        "two.csv",
        "id,date,lat,lon\nA,2025-02-03,27.5,-99.5\nB,2025-02-03,27.5,-99.5\n",
    );
    let case = folder.path().join("case.gpkg");
    let incidents = || {
        let answer = json(atalaya().arg("count").arg(&case).args(["--format", "json"]));
        answer[0]["incidents"].as_u64().unwrap()
    };
    let pair = "two:A=two:B";
    for (args, n) in [
        (&["import", "case.gpkg", "two.csv"][..], 202),
        (&["duplicates", "case.gpkg", "--link", pair], 201),
        (
            &[
                "duplicates",
                "case.gpkg",
                "--unlink",
                pair,
                "--format",
                "csv",
            ],
            202,
        ),
        (&["undo", "case.gpkg", "--yes"], 200),
        (&["import", "case.gpkg", "two.csv", "--json"], 202),
        (WRITERS[0].0, 202),
        (WRITERS[2].0, 202),
        (&["demo", "demo.gpkg"], 202),
    ] {
        let output = to_full(&folder, args);
        let told = said(&output);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {told}");
        assert!(
            told.lines().count() == 1 && told.contains("is written as asked"),
            "{args:?}: {told}"
        );
        assert_eq!(incidents(), n, "{args:?}");
    }
    for name in ["out.png", "out.csv", "demo.gpkg"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_was_all_there_was_to_do_and_is_lost_is_a_failure() {
    let folder = with_rejects();
    for args in [
        &["count", "case.gpkg"][..],
        &["list", "case.gpkg", "--format", "csv"],
        &[
            "changes",
            "case.gpkg",
            "--since",
            "2020",
            "--format",
            "json",
        ],
        &["check", "case.gpkg"],
        &["rejects", "case.gpkg", "-"],
        &["undo", "case.gpkg"],
        &["import", "case.gpkg", "own.csv", "--dry-run"],
    ] {
        let told = failed(&to_full(&folder, args));
        assert!(told.contains("the disk is full"), "{args:?}: {told}");
    }
    // Standard error is as full.
    let both = || {
        std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    let mut silent = program(&folder);
    silent
        .args(["count", "nowhere.gpkg"])
        .stdout(both())
        .stderr(both());
    assert_eq!(silent.status().unwrap().code(), Some(1));
}

/// `| head` has read enough.
#[test]
fn a_closed_pipe_ends_every_command_quietly() {
    let folder = with_rejects();
    let formats = ["table", "csv", "json"];
    let mut all: Vec<Vec<&str>> = vec![
        vec!["--help"],
        vec!["--version"],
        vec!["help", "import"],
        vec!["snapshot", "--help"],
        vec!["rejects", "case.gpkg", "-"],
        vec!["undo", "case.gpkg"],
        vec!["import", "case.gpkg", "own.csv", "--dry-run"],
        vec!["import", "case.gpkg", "own.csv", "--json"],
        vec!["demo", "demo.gpkg"],
    ];
    all.extend(WRITERS.map(|(args, _)| args.to_vec()));
    for format in formats {
        all.push(vec![
            "count",
            "case.gpkg",
            "--by",
            "day",
            "--format",
            format,
        ]);
        all.push(vec!["list", "case.gpkg", "--format", format]);
        all.push(vec!["check", "case.gpkg", "--format", format]);
        all.push(vec![
            "changes",
            "case.gpkg",
            "--since",
            "2020",
            "--format",
            format,
        ]);
        all.push(vec!["duplicates", "case.gpkg", "--format", format]);
    }
    for args in all {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = program(&folder)
            .args(&args)
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", said(&output));
        assert_eq!(said(&output), "", "{args:?}");
    }
    // A word of usage to nobody.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let usage = program(&folder).arg("--nothing").stderr(writer).status();
    assert_eq!(usage.unwrap().code(), Some(2));
}

// --- sentences --------------------------------------------------------------------------------

/// What another program did to the numbers of a case is told for what it is, in words.
#[test]
fn what_a_forged_case_lacks_is_said_without_sql() {
    let last = i64::MAX;
    for (sql, told) in [
        (
            format!("UPDATE sqlite_sequence SET seq = {last} WHERE name = 'import'"),
            "no ids left",
        ),
        (
            format!("INSERT INTO sqlite_sequence VALUES ('incident', {last})"),
            "no ids left",
        ),
        (
            "UPDATE setting SET value = '1' WHERE key = 'schema_version'".to_owned(),
            "",
        ),
        (
            "UPDATE setting SET value = '2' WHERE key = 'schema_version'".to_owned(),
            "",
        ),
        (
            "UPDATE setting SET value = '-7' WHERE key = 'schema_version'".to_owned(),
            "",
        ),
    ] {
        let (_folder, case) = demo_copy();
        rusqlite::Connection::open(&case)
            .unwrap()
            .execute_batch(&sql)
            .unwrap();
        let said = sentence(atalaya().arg("import").arg(&case).arg(fixture("own.csv")));
        assert!(
            said.contains(told) && said.contains("case.gpkg"),
            "{sql}: {said}"
        );
        for word in ["CREATE", "ALTER", "SELECT", "INSERT", "disk is full"] {
            assert!(!said.contains(word), "{sql}: {said}");
        }
    }
}

/// Writing fails for other reasons than reading, and is told in other words.
#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_that_is_what_is_said() {
    // It takes no new file, from root either.
    let there = Path::new("/sys");
    for (subcommand, file) in [
        ("rejects", "a.csv"),
        ("snapshot", "a.png"),
        ("demo", "a.gpkg"),
    ] {
        let mut command = atalaya();
        command.arg(subcommand);
        if subcommand != "demo" {
            command.arg(demo_case());
        }
        let said = sentence(command.arg(there.join(file)));
        assert!(said.contains(file) && said.contains("written"), "{said}");
        for wrong in ["to open", "read", "/tmp", ".tmp", ".atalaya-"] {
            assert!(!said.contains(wrong), "{subcommand}: {said}");
        }
    }
}
