//! Files as people have them: what the real program makes of each, held against what was written down
//! as right beforehand (`tests/fixtures/cases`).

use super::common::{atalaya, folder, testdata};
use rayon::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn inputs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases/inputs")
}

fn cases() -> Vec<Value> {
    let file = inputs().with_file_name("cases.json");
    let text = std::fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    let all = value[key].as_array().into_iter().flatten();
    all.map(|text| text.as_str().unwrap()).collect()
}

/// Exit status and all that was printed.
fn run(args: &[&str], in_folder: &Path) -> (i64, String) {
    let output = atalaya()
        .args(args)
        .current_dir(in_folder)
        .env("ATALAYA_TEMPLATES", in_folder.join("templates"))
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let code = output.status.code().map_or(-1, i64::from);
    (code, String::from_utf8_lossy(&said).into_owned())
}

fn list(folder: &Path, flags: &[&str]) -> Vec<Value> {
    if !folder.join("c.gpkg").exists() {
        return Vec::new();
    }
    let args = [
        &["list", "c.gpkg", "--format", "json", "--lang", "en"],
        flags,
    ]
    .concat();
    let (_, said) = run(&args, folder);
    serde_json::from_str(&said).unwrap_or_default()
}

/// Whether a value is the one wanted: numbers may differ by a ten-thousandth, two numbers are a range,
/// several texts any of them, and null is nothing.
fn is(found: &Value, wanted: &Value) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-4 + 1e-9;
    match (wanted, found) {
        (Value::Null, found) => found.is_null() || found == "",
        (Value::Number(a), Value::Number(b)) => near(a.as_f64().unwrap(), b.as_f64().unwrap()),
        (Value::Array(all), Value::Number(n)) if all.iter().all(Value::is_number) => {
            let n = n.as_f64().unwrap();
            all[0].as_f64().unwrap() - 1e-9 <= n && n <= all[1].as_f64().unwrap() + 1e-9
        }
        (Value::Array(all), found) => all.iter().any(|wanted| is(found, wanted)),
        (wanted, found) => wanted == found,
    }
}

fn is_row(found: &Value, wanted: &Value) -> bool {
    let wanted = wanted.as_object().unwrap();
    wanted.iter().all(|(key, value)| is(&found[key], value))
}

/// What is wrong with a case; empty where all is right.
fn faults(case: &Value) -> Vec<String> {
    let folder = folder();
    let mut faults = Vec::new();
    let mut all_said = String::new();
    for import in case["imports"].as_array().unwrap() {
        let file = import["file"].as_str().unwrap();
        let source = inputs().join(file);
        let target = folder.path().join(import["as"].as_str().unwrap_or(file));
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&source, &target).unwrap();
        let target = target.to_str().unwrap();
        let mut args = vec!["import", "c.gpkg", target, "--lang", "en"];
        args.extend(texts(import, "flags"));
        let (code, said) = run(&args, folder.path());
        if said.contains("panicked") {
            faults.push("panicked".to_owned());
        }
        if let Some(wanted) = import["exit"].as_i64().filter(|wanted| *wanted != code) {
            faults.push(format!("exit {code}, not {wanted}"));
        }
        let lower = said.to_lowercase();
        let says = |text: &str| {
            text.to_lowercase()
                .split('|')
                .any(|one| lower.contains(one))
        };
        let silent = texts(import, "says").into_iter().filter(|text| !says(text));
        faults.extend(silent.map(|text| format!("does not say {text:?}")));
        let loud = texts(import, "says_not")
            .into_iter()
            .filter(|text| says(text));
        faults.extend(loud.map(|text| format!("says {text:?}")));
        all_said += &said;
    }
    let found = list(folder.path(), &[]);
    if let Some(wanted) = case["rows"].as_array() {
        let mut left: Vec<&Value> = found.iter().collect();
        for row in wanted {
            match left.iter().position(|found| is_row(found, row)) {
                Some(at) => drop(left.swap_remove(at)),
                None => faults.push(format!("lacks {row}")),
            }
        }
        let brief = |row: &Value| {
            [
                "id",
                "start",
                "end",
                "lat",
                "lon",
                "kind",
                "deaths_low",
                "deaths_best",
                "deaths_high",
                "place",
                "admin1",
                "side_a",
                "side_b",
            ]
            .map(|key| row[key].to_string())
            .join(" ")
        };
        faults.extend(left.iter().map(|row| format!("has {}", brief(row))));
    }
    if let Some(wanted) = case["deaths_best"].as_i64() {
        let sum: i64 = found
            .iter()
            .filter_map(|row| row["deaths_best"].as_i64())
            .sum();
        if sum != wanted {
            faults.push(format!("{sum} deaths, not {wanted}"));
        }
    }
    for find in case["finds"].as_array().into_iter().flatten() {
        let n = list(folder.path(), &texts(find, "flags")).len();
        if find["n"] != n {
            faults.push(format!("{} finds {n}", find["flags"]));
        }
    }
    if !faults.is_empty() {
        faults.push(all_said);
    }
    faults
}

/// `ATALAYA_CASES=S01,D07b` runs these alone.
#[test]
fn every_case_comes_out_right() {
    let only = std::env::var("ATALAYA_CASES").unwrap_or_default();
    let is_asked = |case: &Value| only.is_empty() || only.split(',').any(|id| case["id"] == id);
    let cases: Vec<Value> = cases().into_iter().filter(is_asked).collect();
    assert!(!cases.is_empty());
    let wrong: Vec<String> = cases
        .par_iter()
        .map(|case| (case, faults(case)))
        .filter(|(_, faults)| !faults.is_empty())
        .map(|(case, faults)| format!("{} {}: {}", case["id"], case["seen"], faults.join("\n    ")))
        .collect();
    let n = cases.len();
    assert!(
        wrong.is_empty(),
        "{} of {n} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// UCDP's Mexico and two small files that spell its states in other ways.
#[test]
fn a_state_is_found_in_any_spelling() {
    let folder = folder();
    let ucdp = testdata("ucdp-ged-mexico.csv");
    let files = [
        ucdp,
        inputs().join("S41-acled-spelling.csv"),
        inputs().join("S41-own-spelling.csv"),
    ];
    for file in files {
        let (code, said) = run(&["import", "c.gpkg", file.to_str().unwrap()], folder.path());
        assert_eq!(code, 0, "{said}");
    }
    for spelling in [
        "Nuevo León",
        "Nuevo Leon",
        "NUEVO LEÓN",
        "Nuevo León state",
        "N.L.",
    ] {
        assert_eq!(
            list(folder.path(), &["--admin", spelling]).len(),
            824,
            "{spelling}"
        );
    }
    let by = |spelling| list(folder.path(), &["--admin", spelling]).len();
    assert_eq!(by("Michoacán"), by("Michoacan de Ocampo"));
}
