//! `atalaya duplicates`: UCDP's rows of Nuevo Laredo beside a few told again in a file of one's own.

use crate::common::{atalaya, json, sentence, stdout, ucdp_copy, write};

/// UCDP's rows of Nuevo Laredo, each with a day.
fn of_nuevo_laredo(case: &std::path::Path) -> Vec<serde_json::Value> {
    let mut list = atalaya();
    let list = list.arg("list").arg(case);
    let found = json(list.args([
        "--text",
        "Nuevo Laredo",
        "--precision",
        "near",
        "--format",
        "json",
    ]));
    let rows = found.as_array().unwrap().iter().cloned();
    rows.filter(|row| row["start"] == row["end"]).collect()
}

#[test]
fn pairs_are_proposed_linked_and_counted_once() {
    let (folder, case) = ucdp_copy();
    let rows = of_nuevo_laredo(&case);
    let again = &rows[rows.len() / 2];
    let text = |key: &str| again[key].as_str().unwrap().to_owned();
    let own = format!(
        "id,date,lat,lon,title,kind,deaths\nk-1,{},{},{},Told again,{},{}\nk-2,1990-01-01,10.5,10.5,Alone,homicide,1\n",
        text("start"),
        again["lat"],
        again["lon"],
        text("kind"),
        again["deaths_best"],
    );
    let own = write(&folder, "notes.csv", own);
    atalaya()
        .arg("import")
        .arg(&case)
        .arg(own)
        .args(["--dataset", "notes"])
        .assert()
        .success();

    let total = |args: &[&str]| -> u64 {
        let counted = json(
            atalaya()
                .arg("count")
                .arg(&case)
                .args(["--format", "json"])
                .args(args),
        );
        counted[0]["incidents"].as_u64().unwrap()
    };
    let all = total(&[]);
    let look = |args: &[&str]| {
        let found = json(
            atalaya()
                .arg("duplicates")
                .arg(&case)
                .args(["--format", "json"])
                .args(args),
        );
        found.as_array().unwrap().clone()
    };
    let ucdp = text("dataset");
    let first = format!("{ucdp}:{}=notes:k-1", text("id"));
    let is_pair = |row: &serde_json::Value| {
        let sides = [&row["a_id"], &row["b_id"]];
        sides.contains(&&again["id"]) && sides.contains(&&serde_json::Value::from("k-1"))
    };
    assert!(look(&["--known-on", "1970-01-01"]).is_empty());
    let found = look(&[]);
    let pair = found
        .iter()
        .find(|row| is_pair(row))
        .expect("the pair is proposed");
    assert_eq!(pair["distance_m"], 0);
    assert!(
        pair["reasons"]
            .as_str()
            .unwrap()
            .contains("at the same point")
    );
    assert!(
        found
            .iter()
            .all(|row| row["a_id"] != "k-2" && row["b_id"] != "k-2")
    );
    assert!(found.is_sorted_by(|a, b| a["score"].as_u64() >= b["score"].as_u64()));
    assert_eq!(look(&["--limit", "1"]).len(), 1);
    assert!(look(&["--to", "1990-12-31"]).is_empty());

    let said = stdout(
        atalaya()
            .arg("duplicates")
            .arg(&case)
            .args(["--link", &first]),
    );
    assert!(said.contains("linked"), "{said}");
    assert_eq!(total(&[]), all - 1);
    assert_eq!(total(&["--dataset", "notes"]), 2);
    assert_eq!(total(&["--dataset", &ucdp]), all - 2);
    assert!(!look(&[]).iter().any(is_pair));
    let kept = look(&["--all"]);
    let kept = kept.iter().find(|row| is_pair(row)).unwrap();
    assert_eq!(kept["verdict"], "linked");

    stdout(
        atalaya()
            .arg("duplicates")
            .arg(&case)
            .args(["--dismiss", &first]),
    );
    assert_eq!(total(&[]), all);
    assert!(!look(&[]).iter().any(is_pair));
    stdout(
        atalaya()
            .arg("duplicates")
            .arg(&case)
            .args(["--unlink", &first]),
    );
    assert!(look(&[]).iter().any(is_pair));
    let checked = stdout(atalaya().arg("check").arg(&case));
    assert!(!checked.is_empty());
}

#[test]
fn what_names_no_two_incidents_is_told_and_changes_nothing() {
    let (_folder, case) = ucdp_copy();
    let before = crate::common::sha256(&case);
    for wrong in ["", "k-1", "nobody:1=nobody:2", "ucdp-ged:1=ucdp-ged:1"] {
        let mut asked = atalaya();
        let said = sentence(asked.arg("duplicates").arg(&case).args(["--link", wrong]));
        assert!(said.contains("DATASET:ID"), "{said}");
    }
    assert_eq!(crate::common::sha256(&case), before);
}

#[test]
fn the_past_takes_no_verdict() {
    let (_folder, case) = ucdp_copy();
    let said = ["--known-on", "1970-01-01", "--link", "a:1=a:2"];
    let mut tell = atalaya();
    let refused = tell
        .arg("duplicates")
        .arg(&case)
        .args(said)
        .assert()
        .failure();
    let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(told.contains("1970-01-01"), "{told}");
}
