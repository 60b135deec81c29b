//! An import that does not come to its end leaves the case as it was, to the byte.

use crate::common::*;
use atalaya::import::Options;
use atalaya::jobs::{Job, Progress};
use atalaya::session::load_file;
use atalaya::store::Case;

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
fn cancelled_from_another_thread_half_way() {
    let (folder, case) = demo_copy();
    let before = sha256(&case);
    let mut open = Case::open_for_writing(&case).unwrap();
    let load = move |progress: &Progress| {
        let done = load_file(&mut open, &ucdp(), &Options::default(), None, progress);
        (open, done)
    };
    let job = Job::start("import", || {}, load).unwrap();
    // Some rows are written by then, and most are not.
    while job.progress.rows() < 1_024 {
        std::thread::yield_now();
    }
    job.progress.cancel();
    let (open, done) = job.wait().unwrap();
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
    let mut import = std::process::Command::new(assert_cmd::cargo::cargo_bin!("atalaya"))
        .arg("import")
        .args([&case, &file])
        .args(["--dataset", "ucdp-ged"])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let journal = folder.path().join("case.gpkg-journal");
    while !journal.exists() && import.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    import.kill().unwrap();
    assert!(
        !import.wait().unwrap().success(),
        "it ended before it could be killed"
    );
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
