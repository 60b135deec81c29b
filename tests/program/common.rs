//! What the tests of the program share: the program itself, the real files, cases to work on.

use assert_cmd::Command;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

#[path = "../testdata/mod.rs"]
mod testdata;
pub use testdata::testdata;

/// The program, in a machine that asks for no language: it speaks English.
pub fn atalaya() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("atalaya");
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

/// What it prints on success.
pub fn stdout(command: &mut Command) -> String {
    let output = command.assert().success().get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

/// The answer of a command with `--format json` or `--json`.
pub fn json(command: &mut Command) -> serde_json::Value {
    serde_json::from_str(&stdout(command)).unwrap()
}

/// The one sentence it fails with, and that it fails as it should: exit 1, nothing on stdout.
pub fn sentence(command: &mut Command) -> String {
    let output = command.assert().failure().code(1).get_output().clone();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1, "not one sentence: {text}");
    let said = text
        .trim_end()
        .strip_prefix("atalaya: ")
        .unwrap_or_else(|| panic!("{text}"))
        .to_owned();
    assert!(
        !said.starts_with("problem-") && !said.contains("{ $"),
        "no text for people: {said}"
    );
    assert!(said.ends_with('.'), "{said}");
    assert!(
        output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    said
}

pub fn ucdp() -> PathBuf {
    testdata("ucdp-ged-mexico.csv")
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/import")
        .join(name)
}

/// A folder of its own for one test.
pub fn folder() -> TempDir {
    TempDir::with_prefix("atalaya-test-").unwrap()
}

pub fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn sha256(path: &Path) -> String {
    let digest = Sha256::digest(std::fs::read(path).unwrap());
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// The names in a folder, sorted: shows what was left behind.
pub fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The program in a folder, with templates kept there.
pub fn program(folder: &TempDir) -> std::process::Command {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("atalaya"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.env("ATALAYA_TEMPLATES", folder.path().join("templates"));
    command.current_dir(folder);
    command
}

pub fn run(folder: &TempDir, args: &[&str]) -> std::process::Output {
    program(folder).args(args).output().unwrap()
}

pub fn said(output: &std::process::Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// That it failed with one sentence; which.
pub fn failed(output: &std::process::Output) -> String {
    let text = said(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.starts_with("atalaya: ") && text.lines().count() == 1,
        "{text}"
    );
    text
}

/// What a case is filled with before it is copied for a test.
struct Template {
    _folder: TempDir,
    case: PathBuf,
    answer: String,
}

fn template(fill: impl FnOnce(&Path) -> String) -> Template {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let answer = fill(&case);
    Template {
        _folder: folder,
        case,
        answer,
    }
}

fn copied(template: &Template) -> (TempDir, PathBuf) {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    std::fs::copy(&template.case, &case).unwrap();
    (folder, case)
}

fn ucdp_template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        template(|case| stdout(atalaya().arg("import").arg(case).arg(ucdp()).arg("--json")))
    })
}

/// A case with all of UCDP's Mexico, to be read only: one for all tests of a file.
pub fn ucdp_case() -> &'static Path {
    &ucdp_template().case
}

/// What the import of it said.
pub fn ucdp_answer() -> serde_json::Value {
    serde_json::from_str(&ucdp_template().answer).unwrap()
}

/// A copy of it to change.
pub fn ucdp_copy() -> (TempDir, PathBuf) {
    copied(ucdp_template())
}

fn demo_template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| template(|case| stdout(atalaya().arg("demo").arg(case))))
}

/// The Nuevo Laredo case, to be read only.
pub fn demo_case() -> &'static Path {
    &demo_template().case
}

pub fn demo_answer() -> &'static str {
    &demo_template().answer
}

/// A copy of it to change.
pub fn demo_copy() -> (TempDir, PathBuf) {
    copied(demo_template())
}

/// Everything a case holds, as text, without what says when it was written.
pub fn content(case: &Path) -> String {
    let conn = rusqlite::Connection::open(case).unwrap();
    let mut text = String::new();
    for table in [
        "setting",
        "dataset",
        "import",
        "reject",
        "actor",
        "incident",
        "source",
        "territory",
        "movement",
        "place",
        "series",
    ] {
        let mut statement = conn
            .prepare(&format!("SELECT * FROM {table} ORDER BY id"))
            .unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = (0..columns)
                .map(|i| format!("{:?}", row.get::<_, rusqlite::types::Value>(i).unwrap()));
            text.push_str(&format!(
                "{table}: {}\n",
                cells.collect::<Vec<_>>().join(" | ")
            ));
        }
    }
    text
}
