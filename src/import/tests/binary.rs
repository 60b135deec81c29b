//! Files that other people's programs wrote, each against what it must give, line for line.

use super::*;

fn formats_fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/formats")
        .join(name)
}

/// Everything that a file gives, one line an item.
fn told(loaded: &Loaded, facts: &FileFacts) -> String {
    let mut text = format!(
        "format {}, layer {}, header {}, notes {}\n",
        facts.format,
        facts.layer.as_deref().unwrap_or("–"),
        facts.header_line,
        loaded.notes.join(" "),
    );
    text += &format!("columns {}\n", facts.columns.join(" | "));
    for i in &loaded.incidents {
        text += &format!(
            "{} {} {} {:.7} {:.7} {} {:?} {} / {} / {}\n    {}\n",
            i.line,
            i.external_id,
            i.when.start,
            i.position.lon,
            i.position.lat,
            i.source_kind,
            i.deaths.best,
            i.places.place,
            i.places.admin2,
            i.places.admin1,
            i.narrative.text,
        );
    }
    for r in &loaded.rejects {
        text += &format!("{} {} {}: {}\n", r.line, r.reason, r.column, r.value);
    }
    text
}

#[test]
fn what_other_programs_wrote() {
    for name in [
        "own.csv",
        "own-openpyxl.xlsx",
        "own-libreoffice.xlsx",
        "own-libreoffice.ods",
        "own.shp",
        "own-shapefile.zip",
        "own.gpkg",
        "own-lcc.gpkg",
        "own.fgb",
        "own-utm.fgb",
    ] {
        let (loaded, facts) =
            load(&formats_fixture(name)).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        let found = told(&loaded, &facts);
        let golden = formats_fixture(&format!("{name}.txt"));
        if std::env::var_os("ATALAYA_BLESS").is_some() {
            std::fs::write(&golden, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap();
        assert_eq!(found, expected, "{name}");
    }
}

/// Whatever the format, the same incidents come out of it.
#[test]
fn every_format_gives_the_same_incidents() {
    let (expected, _) = load(&formats_fixture("own.csv")).unwrap();
    for name in [
        "own-openpyxl.xlsx",
        "own-libreoffice.xlsx",
        "own-libreoffice.ods",
        "own.shp",
        "own-shapefile.zip",
        "own.gpkg",
        "own-lcc.gpkg",
        "own.fgb",
        "own-utm.fgb",
    ] {
        let (mut found, _) = load(&formats_fixture(name)).unwrap();
        // FlatGeobuf puts features that are near each other together.
        found
            .incidents
            .sort_by(|a, b| a.external_id.cmp(&b.external_id));
        assert_eq!(found.incidents.len(), expected.incidents.len(), "{name}");
        for (a, b) in found.incidents.iter().zip(&expected.incidents) {
            assert_eq!(a.external_id, b.external_id, "{name}");
            assert_eq!(a.when.start, b.when.start, "{name}: {}", a.external_id);
            assert_eq!(a.deaths.best, b.deaths.best, "{name}: {}", a.external_id);
            assert_eq!(
                a.narrative.text, b.narrative.text,
                "{name}: {}",
                a.external_id
            );
            let apart = [
                a.position.lon - b.position.lon,
                a.position.lat - b.position.lat,
            ];
            assert!(apart.iter().all(|d| d.abs() < 1e-7), "{name}: {apart:?}");
        }
        let reasons = |l: &Loaded| {
            let mut reasons: Vec<_> = l.rejects.iter().map(|r| r.reason).collect();
            reasons.sort_unstable();
            reasons
        };
        assert_eq!(reasons(&found), reasons(&expected), "{name}");
    }
}

#[test]
fn sheets_and_lines_can_be_chosen() {
    let path = formats_fixture("own-openpyxl.xlsx");
    let inspection = inspect(&path, &Options::default()).unwrap();
    assert_eq!(inspection.layers, ["Portada", "Incidentes", "Notas"]);
    assert!(!inspection.has_encoding);
    let mut options = Options {
        layer: Some("Incidentes".to_owned()),
        header: Some(4),
        ..Options::default()
    };
    let (loaded, facts) = load_with(&path, &options).unwrap();
    assert_eq!((loaded.incidents.len(), facts.header_line), (11, 4));
    options.header = Some(400);
    let problem = load_with(&path, &options).err().unwrap();
    assert_eq!(problem.key, "problem-header-line");
    options.layer = Some("Incidente".to_owned());
    let problem = load_with(&path, &options).err().unwrap();
    assert_eq!(problem.key, "problem-layer");
    assert!(
        problem
            .message(Lang::En)
            .contains("Portada, Incidentes, Notas")
    );
    options.layer = Some("Portada".to_owned());
    options.header = None;
    let problem = load_with(&path, &options).err().unwrap();
    assert_eq!(problem.key, "problem-sheet-empty");
}

/// The states of Mexico, whose records lie apart as the index says, in the data at hand and in a zip.
#[test]
fn a_real_shapefile_is_read_whole() {
    let plain = testdata("mx-states.shp");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for ending in ["shp", "shx", "dbf", "prj"] {
        let name = format!("states/MX.{}", ending.to_uppercase());
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(&std::fs::read(plain.with_extension(ending)).unwrap())
            .unwrap();
    }
    let zipped = written(&zip.finish().unwrap().into_inner(), ".zip");
    for path in [plain.as_path(), zipped.path()] {
        let trial = try_out(path, &Options::default(), &mut |_, _| true);
        let trial = trial.unwrap().unwrap();
        assert_eq!(trial.rows_read, 32);
        // Areas without an actor are nobody's: outlines for reference.
        assert_eq!((trial.kept, trial.rejected), (32, 0));
        assert!(
            trial.notes.iter().all(|n| !n.key.starts_with("note-crs")),
            "{:?}",
            trial.notes
        );
    }
}
