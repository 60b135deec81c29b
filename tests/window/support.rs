//! A window over a case in a folder of its own.

use atalaya::app::App;
use atalaya::jobs::Progress;
use atalaya::locale::Lang;
use atalaya::scene::Camera;
use atalaya::session::{Example, WORKSPACE, Workspace};
use egui_kittest::Harness;
use std::path::{Path, PathBuf};

#[path = "../testdata/mod.rs"]
mod testdata;
pub use testdata::testdata;

pub struct DemoCase {
    pub path: PathBuf,
    /// Deleted with everything in it when dropped.
    pub folder: tempfile::TempDir,
}

/// The Nuevo Laredo case, made anew.
pub fn demo_case() -> DemoCase {
    let folder = tempfile::tempdir().expect("a folder for the case");
    let path = folder.path().join("nuevo-laredo.gpkg");
    let case = Example::NuevoLaredo.create(&path, &Progress::default());
    let case = case.expect("the demo case");
    // All of it, from further off than it begins with.
    let whole = Workspace::at(Camera {
        lon: -100.4,
        lat: 26.6,
        zoom: 6.9,
    });
    case.set_setting(WORKSPACE, &whole.to_json())
        .expect("the view of it");
    DemoCase { path, folder }
}

/// UCDP's Mexico as a case.
pub fn ucdp_case() -> DemoCase {
    use atalaya::{import::Options, session::load_file, store::Case};
    let file = testdata("ucdp-ged-mexico.csv");
    let folder = tempfile::tempdir().expect("a folder for the case");
    let path = folder.path().join("ucdp.gpkg");
    let mut case = Case::create(&path).expect("a case");
    let options = Options::default();
    load_file(&mut case, &file, &options, None, &Progress::default()).expect("UCDP's rows");
    drop(case);
    DemoCase { path, folder }
}

/// A window of 1600 × 900 with the case open.
pub fn window(case: &Path, lang: Lang) -> Harness<'static, App> {
    let case = case.to_owned();
    let mut window = Harness::builder()
        .with_size([1600.0, 900.0])
        .build_eframe(move |cc| {
            let templates = case.with_file_name("templates");
            App::new(cc, Some(case), lang).with_templates(templates)
        });
    settle(&mut window);
    window
}

/// Frames until work that was begun is done and shown.
pub fn settle(window: &mut Harness<'static, App>) {
    for _ in 0..3 {
        window.run_steps(2);
        window.state_mut().wait_for_jobs();
        window.run_steps(2);
    }
}
