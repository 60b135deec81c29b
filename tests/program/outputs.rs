//! What the program writes, for people, programs and terminals: whole or not at all, never over what it is
//! made from, and nothing in it acts on the terminal that shows it.

use crate::common::*;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The program in a folder, with templates kept there.
fn program(folder: &TempDir) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("atalaya"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.env("ATALAYA_TEMPLATES", folder.path().join("templates"));
    command.current_dir(folder);
    command
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    program(folder).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// That it failed with one sentence; which.
fn failed(output: &Output) -> String {
    let text = said(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.starts_with("atalaya: ") && text.lines().count() == 1,
        "{text}"
    );
    text
}

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
    std::fs::create_dir(path("templates")).unwrap();
    std::fs::copy(path("own.csv"), path("templates/own.json")).unwrap();
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
        rows(400).as_bytes()
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
    let full = |args: &[&str]| {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        program(&folder).args(args).stdout(full).output().unwrap()
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
        let output = full(args);
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
    // An answer that was all there was to do is missing.
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
        &["import", "case.gpkg", "two.csv", "--dry-run"],
    ] {
        let told = failed(&full(args));
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

// --- foreign text -----------------------------------------------------------------------------

/// An escape of its own, the clipboard, the title of the terminal, going back over the line, a line that
/// looks like ours, order reversed, text that is hidden.
const HOSTILE: &str = "x\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{9b}31m\u{8}\rok\natalaya: all is well\t\u{202e}txe\u{2066}\u{200f}\u{200b}\u{2028}\u{7f}\u{feff}y";

/// What of a text acts on a terminal, but for ends of lines.
fn acts(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(*c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
    })
}

/// A case in which all that is text is hostile, from a file whose name is.
#[cfg(unix)]
fn hostile() -> (TempDir, String) {
    let folder = folder();
    let name = format!("{}.csv", HOSTILE.replace('/', ""));
    let quoted = format!("\"{HOSTILE}\"");
    let table = |title: &str, rows: &str| {
        format!(
            "id,date,lat,lon,kind,title,place,admin1,actor1,actor2,narrative,{quoted}\n\
             1,2025-02-03,27.5,-99.5,{quoted},{title},{quoted},{quoted},{quoted},{quoted},{quoted},{quoted}\n\
             {quoted},2025-02-04,27.5,-99.5,murder,{title},b,c,d,e,f,g\n{rows}"
        )
    };
    let bad = format!("2,{quoted},27.5,-99.5,murder,t,b,c,d,e,f,g\n");
    write(&folder, &name, table(&quoted, &bad));
    let dataset = ["--dataset", HOSTILE];
    let first = run(
        &folder,
        &[&["import", "case.gpkg", &name][..], &dataset].concat(),
    );
    assert!(first.status.success(), "{}", said(&first));
    assert_eq!(acts(std::str::from_utf8(&first.stdout).unwrap()), None);
    // Once more with other titles, so that rows were revised.
    write(&folder, &name, table(&format!("\"{HOSTILE} again\""), &bad));
    let second = run(
        &folder,
        &[&["import", "case.gpkg", &name][..], &dataset].concat(),
    );
    assert!(second.status.success(), "{}", said(&second));
    (folder, name)
}

#[cfg(unix)]
#[test]
fn foreign_text_does_not_reach_the_terminal() {
    let (folder, name) = hostile();
    let file = name.as_str();
    let missing = format!("{HOSTILE}.gpkg");
    for (args, code) in [
        (&["list", "case.gpkg"][..], 0),
        (
            &[
                "count",
                "case.gpkg",
                "--by",
                "actor",
                "--by",
                "admin1",
                "--by",
                "dataset",
            ],
            0,
        ),
        (&["check", "case.gpkg"], 0),
        (&["changes", "case.gpkg", "--since", "2020"], 0),
        (&["duplicates", "case.gpkg", "--all"], 0),
        (&["undo", "case.gpkg"], 0),
        (&["import", "case.gpkg", file, "--dry-run"], 0),
        (&["import", "case.gpkg", file, "--dry-run", "--json"], 0),
        (&["import", "new.gpkg", file, "--dataset", HOSTILE], 0),
        (&["list", "case.gpkg", "--format", "json"], 0),
        (&["check", "case.gpkg", "--format", "json"], 0),
        (
            &[
                "changes",
                "case.gpkg",
                "--since",
                "2020",
                "--format",
                "json",
            ],
            0,
        ),
        (&["undo", "new.gpkg", "--yes"], 0),
        (&["count", &missing], 1),
        (&["count", file], 1),
        (
            &[
                "list",
                "case.gpkg",
                "--actor",
                HOSTILE,
                "--dataset",
                HOSTILE,
                "--kind",
                HOSTILE,
            ],
            1,
        ),
        (
            &["list", "case.gpkg", "--actor", "nobody", "--admin", HOSTILE],
            1,
        ),
        (&["list", "case.gpkg", "--dataset", "none"], 1),
        (
            &[
                "import",
                "case.gpkg",
                file,
                "--map",
                &format!("start={HOSTILE}"),
            ],
            1,
        ),
        (&["import", "case.gpkg", file, "--template", HOSTILE], 1),
        (&["snapshot", "case.gpkg", HOSTILE], 1),
        (&["list", "case.gpkg", "--format", HOSTILE], 2),
        (&["import", "case.gpkg", file, &format!("--{HOSTILE}")], 2),
        (&["snapshot", "case.gpkg", "a.png", "--size", HOSTILE], 2),
    ] {
        for lang in ["en", "es"] {
            // What is not there yet is made, and taken back, once in each language.
            let _ = std::fs::remove_file(folder.path().join("new.gpkg"));
            if args.contains(&"new.gpkg") && args[0] == "undo" {
                run(&folder, &["import", "new.gpkg", file]);
            }
            let output = run(&folder, &[args, &["--lang", lang]].concat());
            assert_eq!(
                output.status.code(),
                Some(code),
                "{args:?}: {}",
                said(&output)
            );
            for text in [said(&output), String::from_utf8(output.stdout).unwrap()] {
                assert_eq!(acts(&text), None, "{args:?}: {text:?}");
                // No line is made by the text.
                assert!(
                    !text
                        .lines()
                        .any(|line| line.starts_with("atalaya: all is well")),
                    "{args:?}: {text}"
                );
            }
        }
    }
}

/// What goes to a program stays what it is.
#[cfg(unix)]
#[test]
fn programs_are_given_foreign_text_as_it_is() {
    let (folder, _) = hostile();
    let title = format!("{HOSTILE} again");
    let list = |format: &str| {
        let output = run(&folder, &["list", "case.gpkg", "--format", format]);
        String::from_utf8(output.stdout).unwrap()
    };
    let rows: serde_json::Value = serde_json::from_str(&list("json")).unwrap();
    let csv = list("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|h| h == "title")
        .unwrap();
    let titles: Vec<String> = reader
        .records()
        .map(|r| r.unwrap()[at].to_owned())
        .collect();
    assert_eq!(titles.len(), 2);
    for (row, in_csv) in rows.as_array().unwrap().iter().zip(&titles) {
        assert_eq!(row["title"], *in_csv);
        assert!(
            in_csv.contains('\u{1b}') && in_csv.contains('\u{202e}'),
            "{in_csv:?}"
        );
        assert_eq!(
            in_csv.split_whitespace().collect::<String>(),
            title.split_whitespace().collect::<String>()
        );
    }
    let rejects = run(&folder, &["rejects", "case.gpkg", "-"]);
    let rejects = String::from_utf8(rejects.stdout).unwrap();
    assert!(rejects.contains("\u{1b}]52;c;eA=="), "{rejects:?}");
}

// --- JSON -------------------------------------------------------------------------------------

/// Every sentence that an import says is in its JSON, with a code that no language changes.
#[test]
fn the_json_of_an_import_says_all_that_its_text_says() {
    let folder = folder();
    let file = folder.path().join("ambiguous.csv");
    let mut bytes = b"id,date,lat,lon,tipo,t\xedtulo,fecha_registro\n".to_vec();
    for i in 0..1_200 {
        bytes.extend(format!("{i},3/2/2025,27.5,-99.5,Ponchallantas,Caf").bytes());
        bytes.extend(b"\xe9,5/2/2025\n");
    }
    bytes.extend(b"bad,30/2/2025,27.5,-99.5,x,y,5/2/2025\nworse,,27.5,-99.5,x,y,\n");
    std::fs::write(&file, bytes).unwrap();
    for (lang, dry) in [("en", false), ("es", false), ("en", true), ("es", true)] {
        let import = |more: &[&str]| {
            let case = folder.path().join("case.gpkg");
            let _ = std::fs::remove_file(&case);
            let mut command = atalaya();
            command
                .arg("import")
                .arg(case)
                .arg(&file)
                .args(["--lang", lang])
                .args(more);
            command.args(dry.then_some("--dry-run"));
            command
        };
        let text = stdout(&mut import(&[]));
        let answer = json(&mut import(&["--json"]));
        let notes = answer["notes"].as_array().unwrap();
        let groups = answer["reject_groups"].as_array().unwrap();
        let told = |line: &str| {
            notes.iter().any(|n| n["text"] == line)
                || groups.iter().any(|g| {
                    line.contains(g["message"].as_str().unwrap())
                        && line.contains(g["remedy"].as_str().unwrap())
                })
        };
        let (reading, report) = match dry {
            true => text.split_at(
                text.find(" incid")
                    .map_or(0, |at| text[..at].rfind('\n').unwrap() + 1),
            ),
            false => ("", text.as_str()),
        };
        let lines: Vec<&str> = report.lines().skip(1).map(str::trim).collect();
        assert!(
            lines.len() >= notes.len() + groups.len() && notes.len() >= 3,
            "{text}"
        );
        assert!(lines.iter().all(|line| told(line)), "{text}\n{answer:#}");
        let of = |code: &str| notes.iter().find(|n| n["code"] == code).unwrap();
        assert_eq!(
            of("note-encoding-guessed")["values"]["encoding"],
            "windows-1252"
        );
        assert_eq!(answer["encoding"], "windows-1252");
        assert_eq!(of("note-unknown-kinds")["values"]["n"], 1_200);
        assert!(
            of("note-unknown-kinds")["values"]["words"]
                .as_str()
                .unwrap()
                .contains("Ponchallantas")
        );
        assert_eq!(
            (&answer["added"], &answer["rejected"]),
            (&1_200.into(), &2.into())
        );
        if dry {
            let seen = &answer["reading"];
            for value in [&seen["reason"]["text"], &seen["encoding"], &seen["profile"]] {
                assert!(
                    reading.contains(value.as_str().unwrap()),
                    "{value} {reading}"
                );
            }
            for name in seen["extra"].as_array().unwrap() {
                assert!(reading.contains(name.as_str().unwrap()), "{name} {reading}");
            }
        }
    }
}

/// A delivery that changed nothing is in the text, and so in what programs are given.
#[test]
fn every_delivery_is_in_the_answer_of_changes() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    for (name, titles) in [("a.csv", "t"), ("b.csv", "t")] {
        let text = format!(
            "id,date,lat,lon,title\n1,2025-02-03,27.5,-99.5,{titles}\n{}",
            if name == "b.csv" {
                "2,x,27.5,-99.5,t\n"
            } else {
                ""
            }
        );
        let file = write(&folder, name, text);
        stdout(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(file)
                .args(["--dataset", "one"]),
        );
    }
    let changes = |format: &str| {
        let mut command = atalaya();
        command
            .arg("changes")
            .arg(&case)
            .args(["--since", "2020", "--format", format]);
        command
    };
    let text = stdout(&mut changes("table"));
    assert!(
        text.contains("a.csv into one") && text.contains("b.csv into one"),
        "{text}"
    );
    let answer = json(&mut changes("json"));
    let told: Vec<[&str; 3]> = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|row| ["file", "dataset", "change"].map(|key| row[key].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [["a.csv", "one", "added"], ["b.csv", "one", "unchanged"]]
    );
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
