//! An import beside an open window, without the window, as something to kill: see `tests/attacks`.

use atalaya::import::Options;
use atalaya::jobs::Progress;
use atalaya::session::load_file;
use atalaya::store::Case;
use std::path::Path;

#[test]
#[ignore = "run by tests/attacks, in a folder with case.gpkg and a.csv"]
fn imports_as_a_window_does() {
    let window = Case::open_for_writing(Path::new("case.gpkg")).unwrap();
    let mut job = window.for_job().unwrap();
    let (file, options) = (Path::new("a.csv"), Options::default());
    let report = load_file(&mut job, file, &options, Some("log"), &Progress::default());
    assert!(report.unwrap().is_some());
    drop(job);
    println!("imported");
}
