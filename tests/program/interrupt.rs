//! An import that does not come to its end leaves the case as it was, to the byte.

use crate::common::*;
use atalaya::import::Options;
use atalaya::jobs::Progress;
use atalaya::session::load_file;
use atalaya::store::Case;

/// Some rows are written by then, and most are not.
const HALF_WAY: u64 = 1_024;
/// The file and the case of [`dies_half_way`], for the process that it is run in.
const TO_KILL: &str = "ATALAYA_TEST_KILLED_IMPORT";

#[test]
fn cancelled_before_it_began() {
    let (folder, case) = demo_copy();
    let before = sha256(&case);
    let progress = Progress::default();
    progress.cancel();
    let mut open = Case::open_for_writing(&case).unwrap();
    for file in [ucdp(), fixture("own.csv")] {
        let done = load_file(&mut open, &file, &Options::default(), None, &progress).unwrap();
        assert!(done.is_none(), "{} was loaded all the same", file.display());
    }
    drop(open);
    assert_eq!(sha256(&case), before);
    assert_eq!(names(&folder), ["case.gpkg"]);
}

#[test]
fn cancelled_half_way() {
    let (folder, case) = demo_copy();
    let before = sha256(&case);
    let mut open = Case::open_for_writing(&case).unwrap();
    let progress = Progress::default();
    let handle = progress.clone();
    progress.at_row(HALF_WAY, move || handle.cancel());
    let done = load_file(&mut open, &ucdp(), &Options::default(), None, &progress);
    assert!(done.unwrap().is_none(), "it ran to its end");
    drop(open);
    assert_eq!(sha256(&case), before);
    assert_eq!(names(&folder), ["case.gpkg"]);
    // The next import is not disturbed by it.
    let answer = json(
        atalaya()
            .arg("import")
            .arg(&case)
            .arg(fixture("own.csv"))
            .arg("--json"),
    );
    assert_eq!(answer["added"], 2);
}

/// Killed, the program cleans nothing up: the next one to open the case does.
#[test]
#[cfg(unix)]
fn killed_half_way() {
    let (folder, case) = ucdp_copy();
    let before = content(&case);
    // Every row of the file is changed, so that the import rewrites pages that are there.
    let text = std::fs::read_to_string(ucdp())
        .unwrap()
        .replace("Sinaloa Cartel", "Cartel de Sinaloa");
    let file = write(&folder, "changed.csv", text);
    let paths = std::env::join_paths([&file, &case]).unwrap();
    let died = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "interrupt::dies_half_way", "--ignored"])
        .env(TO_KILL, paths)
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert_eq!(died.code(), None, "it ended before it could be killed");
    assert!(folder.path().join("case.gpkg-journal").exists());
    let counted = json(atalaya().arg("count").arg(&case).args(["--format", "json"]));
    assert_eq!(
        (&counted[0]["incidents"], &counted[0]["deaths_best"]),
        (&18_957.into(), &140_695.into())
    );
    assert!(content(&case) == before, "half an import stayed");
    let answer = json(atalaya().arg("import").arg(&case).arg(&file).args([
        "--dataset",
        "ucdp-ged",
        "--json",
    ]));
    assert_eq!(answer["added"], 0);
    assert_ne!(answer["updated"], 0);
}

/// Not a test: what [`killed_half_way`] runs in a process of its own.
#[test]
#[ignore = "kills the process that it runs in"]
#[cfg(unix)]
fn dies_half_way() {
    let Some(paths) = std::env::var_os(TO_KILL) else {
        return;
    };
    let paths: Vec<_> = std::env::split_paths(&paths).collect();
    let mut case = Case::open_for_writing(&paths[1]).unwrap();
    let progress = Progress::default();
    // As a kill: nothing is cleaned up.
    progress.at_row(HALF_WAY, || std::process::abort());
    let dataset = Some("ucdp-ged");
    let _ = load_file(
        &mut case,
        &paths[0],
        &Options::default(),
        dataset,
        &progress,
    );
}
