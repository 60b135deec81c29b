//! `atalaya import`: what goes in is counted, kept or rejected, and a second load changes nothing.

use crate::common::*;
use std::path::Path;

#[test]
fn the_whole_of_ucdp_is_accounted_for() {
    let answer = ucdp_answer();
    assert_eq!(answer["rows_read"], 18_957);
    assert_eq!(answer["profile"], "ucdp-ged");
    assert_eq!(answer["file"], "ucdp-ged-mexico.csv");
    assert_eq!(answer["sha256"], sha256(&ucdp()));
    let sum = |keys: &[&str]| {
        keys.iter()
            .map(|k| answer[*k].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(sum(&["added", "updated", "unchanged", "rejected"]), 18_957);
    let rows = json(
        atalaya()
            .arg("count")
            .arg(ucdp_case())
            .args(["--by", "dataset", "--format", "json"]),
    );
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["dataset"], "ucdp-ged");
    assert_eq!(rows[0]["incidents"], answer["added"]);
    // Nothing of the data's own total is lost on the way.
    assert_eq!(rows[0]["deaths_best"], 140_695);
    assert_eq!(answer["rejected"], 0);
}

#[test]
fn the_json_answer_has_these_fields_and_no_others() {
    let (folder, case) = (folder(), "case.gpkg");
    let case = folder.path().join(case);
    let answer = json(
        atalaya()
            .arg("import")
            .arg(&case)
            .arg(fixture("bad-rows.csv"))
            .arg("--json"),
    );
    let keys: Vec<&str> = answer
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "file",
            "sha256",
            "profile",
            "rows_read",
            "added",
            "updated",
            "unchanged",
            "rejected",
            "deaths_best",
            "rejects",
            "reject_groups",
            "notes",
            "dataset",
            "sheets",
            "sheets_not_read"
        ]
    );
    let rejects = answer["rejects"].as_array().unwrap();
    assert_eq!(answer["rejected"], rejects.len());
    let first = rejects[0].as_object().unwrap();
    assert_eq!(
        first.keys().map(String::as_str).collect::<Vec<_>>(),
        ["line", "column", "value", "reason"]
    );
    assert_eq!(
        (&first["line"], &first["column"], &first["value"]),
        (&3.into(), &"date".into(), &"2025-02-30".into())
    );
    assert_eq!(
        first["reason"],
        "“2025-02-30” in column date is a day that does not exist."
    );
    // What was rejected is kept in the case, with the whole row.
    let checked = json(atalaya().arg("check").arg(&case).args(["--format", "json"]));
    assert_eq!(checked["rejects"].as_array().unwrap().len(), rejects.len());
    assert!(
        checked["rejects"][0]["raw"]
            .as_str()
            .unwrap()
            .contains("no such day")
    );
}

#[test]
fn a_report_for_people_says_each_line_once() {
    let folder = folder();
    let text = stdout(
        atalaya()
            .arg("import")
            .arg(folder.path().join("a.gpkg"))
            .arg(fixture("bad-rows.csv")),
    );
    assert!(text.starts_with("bad-rows.csv as own into bad-rows: 14 rows read, 4 added, 0 updated, 0 unchanged, 10 rejected"), "{text}");
    assert!(
        text.contains(
            "  Line 3: “2025-02-30” in column date is a day that does not exist. If the dates"
        ),
        "{text}"
    );
    assert!(
        text.contains("  2 rows (lines 6, 9): There is no position"),
        "{text}"
    );
    assert!(!text.contains("more;"), "{text}");
    let spanish = stdout(
        atalaya()
            .args(["--lang", "es", "import"])
            .arg(folder.path().join("b.gpkg"))
            .arg(fixture("bad-rows.csv")),
    );
    assert!(spanish.contains("  Línea 3: "), "{spanish}");
}

#[test]
fn a_second_import_changes_nothing() {
    let (folder, case) = ucdp_copy();
    let before = content(&case);
    let again = json(atalaya().arg("import").arg(&case).arg(ucdp()).arg("--json"));
    assert_eq!(
        (&again["added"], &again["updated"], &again["unchanged"]),
        (&0.into(), &0.into(), &18_957.into())
    );
    assert!(content(&case) == before, "the second import left a trace");
    assert_eq!(names(&folder), ["case.gpkg"]);
}

const TWO: &str = "id,date,lat,lon,deaths\nA,2025-02-03,27.5,-99.5,1\nB,2025-02-04,27.5,-99.5,2\n";

#[test]
fn a_changed_row_of_a_later_delivery_is_updated() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let first = write(&folder, "week.csv", TWO);
    stdout(atalaya().arg("import").arg(&case).arg(&first));
    let second = write(
        &folder,
        "week2.csv",
        TWO.replace("99.5,2", "99.5,7") + "C,2025-02-05,27.5,-99.5,\n",
    );
    let answer =
        json(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(second)
                .args(["--dataset", "week", "--json"]),
        );
    let counts = ["rows_read", "added", "updated", "unchanged", "rejected"]
        .map(|k| answer[k].as_u64().unwrap());
    assert_eq!(counts, [3, 1, 1, 1, 0]);
    let rows = json(atalaya().arg("list").arg(&case).args(["--format", "json"]));
    let of = |id: &str| {
        rows.as_array()
            .unwrap()
            .iter()
            .find(|r| r["id"] == id)
            .unwrap()
            .clone()
    };
    assert_eq!(
        (&of("B")["deaths_best"], &of("B")["file"]),
        (&7.into(), &"week2.csv".into())
    );
    assert_eq!(
        (&of("A")["deaths_best"], &of("A")["file"]),
        (&1.into(), &"week.csv".into())
    );
    assert!(of("C")["deaths_best"].is_null());
    // Loading the first one again takes the later word back: a load is what the user says now.
    let back = json(atalaya().arg("import").arg(&case).arg(first).arg("--json"));
    assert_eq!(
        (&back["updated"], &back["unchanged"]),
        (&1.into(), &1.into())
    );
    let sound = json(atalaya().arg("check").arg(&case).args(["--format", "json"]));
    assert_eq!(sound["sound"], true);
}

#[test]
fn two_rows_of_one_id_in_one_file_are_told() {
    let folder = folder();
    let file = write(
        &folder,
        "twice.csv",
        // Of many: where most repeat they are no ids.
        TWO.to_owned()
            + "A,2025-02-09,27.5,-99.5,9\n"
            + &('C'..='L')
                .map(|id| format!("{id},2025-02-10,27.5,-99.5,0\n"))
                .collect::<String>(),
    );
    for dry in [&["--json", "--dry-run"][..], &["--json"]] {
        let answer = json(
            atalaya()
                .arg("import")
                .arg(folder.path().join("case.gpkg"))
                .arg(&file)
                .args(dry),
        );
        assert_eq!(
            (&answer["added"], &answer["rejected"]),
            (&12.into(), &1.into()),
            "{dry:?}"
        );
        assert_eq!(
            (
                &answer["rejects"][0]["line"],
                &answer["rejects"][0]["value"]
            ),
            (&4.into(), &"A".into())
        );
        assert!(
            answer["rejects"][0]["reason"]
                .as_str()
                .unwrap()
                .contains("earlier row")
        );
    }
}

#[test]
fn a_dry_run_changes_nothing() {
    let empty = folder();
    let none = empty.path().join("none.gpkg");
    let answer = json(
        atalaya()
            .arg("import")
            .arg(&none)
            .arg(fixture("own.csv"))
            .args(["--dry-run", "--json"]),
    );
    assert_eq!(answer["added"], 2);
    assert!(names(&empty).is_empty());

    let (folder, case) = demo_copy();
    let before = sha256(&case);
    let demo = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/nuevo-laredo/incidents.csv"
    );
    let answer = json(atalaya().arg("import").arg(&case).args([
        demo,
        "--dataset",
        "nuevo-laredo-2025",
        "--dry-run",
        "--json",
    ]));
    assert_eq!(
        (&answer["added"], &answer["unchanged"]),
        (&0.into(), &30.into())
    );
    stdout(
        atalaya()
            .arg("import")
            .arg(&case)
            .arg(fixture("own.csv"))
            .arg("--dry-run"),
    );
    assert_eq!(sha256(&case), before);
    assert_eq!(names(&folder), ["case.gpkg"]);
}

#[test]
fn several_files_go_into_one_case() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let answer = json(
        atalaya()
            .arg("import")
            .arg(&case)
            .args([
                fixture("own.csv"),
                fixture("acled.csv"),
                fixture("mixed.geojson"),
            ])
            .arg("--json"),
    );
    let files: Vec<(&str, &str)> = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|a| (a["file"].as_str().unwrap(), a["profile"].as_str().unwrap()))
        .collect();
    assert_eq!(
        files,
        [
            ("own.csv", "own"),
            ("acled.csv", "acled"),
            ("mixed.geojson", "own")
        ]
    );
    let added: u64 = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["added"].as_u64().unwrap())
        .sum();
    let rows = json(
        atalaya()
            .arg("count")
            .arg(&case)
            .args(["--by", "dataset", "--format", "json"]),
    );
    let counted: u64 = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["incidents"].as_u64().unwrap())
        .sum();
    // An area and a line are no incidents.
    assert_eq!(counted + 2, added);
    let sound = json(atalaya().arg("check").arg(&case).args(["--format", "json"]));
    assert_eq!(
        (&sound["sound"], sound["imports"].as_array().unwrap().len()),
        (&true.into(), 3)
    );
}

#[test]
fn what_was_loaded_before_another_file_failed_is_told() {
    let (folder, case) = demo_copy();
    let broken = write(
        &folder,
        "broken.csv",
        "date,lat,lon,\"notes\n2025-02-03,27,-99,never closed\n",
    );
    let output = atalaya()
        .arg("import")
        .arg(&case)
        .arg(fixture("own.csv"))
        .arg(&broken)
        .assert()
        .code(1)
        .get_output()
        .clone();
    let (told, failed) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert!(
        told.starts_with("own.csv as own into own: 2 rows read, 2 added"),
        "{told}"
    );
    assert!(
        failed.starts_with("atalaya: ") && failed.contains("broken.csv, line 1, column 4"),
        "{failed}"
    );
    let rows = json(atalaya().arg("count").arg(&case).args(["--format", "json"]));
    assert_eq!(rows[0]["incidents"], 32);
}

/// The rows that a case lists.
fn listed(case: &Path) -> Vec<serde_json::Value> {
    let rows = json(atalaya().arg("list").arg(case).args(["--format", "json"]));
    rows.as_array().unwrap().clone()
}

#[test]
fn an_encoding_that_nobody_can_tell_is_told_with_samples_and_the_flag() {
    let folder = folder();
    let rows = b"id,fecha,tipo,lugar,lat,lon\na,2025-02-03,arrest,K\xd6LN,26.09,-98.28\n";
    let file = write(&folder, "log.csv", rows);
    for (lang, flag) in [("en", "--encoding NAME"), ("es", "--encoding NOMBRE")] {
        let case = folder.path().join(format!("{lang}.gpkg"));
        let import = |more: &[&str]| {
            let mut command = atalaya();
            command
                .arg("import")
                .arg(&case)
                .arg(&file)
                .args(["--lang", lang]);
            stdout(command.args(more))
        };
        let said = import(&[]);
        for part in ["IBM850 “KÍLN”", "windows-1252 “KÖLN”", flag] {
            assert!(said.contains(part), "{said}");
        }
        // Named, it is asked no more, and the row says what it is.
        let said = import(&["--encoding", "windows-1252"]);
        assert!(!said.contains("KÍLN"), "{said}");
        assert_eq!(listed(&case)[0]["place"], "KÖLN");
    }
}

#[test]
fn tables_of_other_alphabets_are_read_as_they_were_written() {
    let places = ["Москва", "Ростов-на-Дону", "Санкт-Петербург", "Грозный"];
    // Windows-1251, as Excel saves it there.
    let byte = |c: char| match u32::from(c) {
        n @ 0..0x80 => n as u8,
        n @ 0x410..=0x44f => (n - 0x410 + 0xc0) as u8,
        n => panic!("{n}"),
    };
    let rows: String = places
        .iter()
        .enumerate()
        .map(|(i, place)| format!("{i},2025-02-0{},arrest,{place},55.7,37.6\n", i + 1))
        .collect();
    let text = format!("id,date,kind,place,lat,lon\n{rows}");
    let folder = folder();
    let bytes: Vec<u8> = text.chars().map(byte).collect();
    let file = write(&folder, "log.csv", &bytes);
    let case = folder.path().join("case.gpkg");
    let said = stdout(atalaya().arg("import").arg(&case).arg(&file));
    assert!(said.contains("windows-1251"), "{said}");
    let found: Vec<_> = listed(&case)
        .iter()
        .map(|row| row["place"].clone())
        .collect();
    assert!(
        places.iter().all(|place| found.contains(&(*place).into())),
        "{found:?}"
    );
}

#[test]
fn broken_bytes_in_much_utf8_are_counted() {
    let folder = folder();
    let mut bytes = b"id,date,kind,place,lat,lon\n".to_vec();
    for i in 0..60 {
        bytes.extend(format!("{i},2025-02-03,arrest,Nuevo León,25.7,-100.3\n").bytes());
    }
    bytes.extend(b"x,2025-02-03,arrest,Le\xf3n \xf1,25.7,-100.3\n");
    let file = write(&folder, "log.csv", &bytes);
    let case = folder.path().join("case.gpkg");
    let said = stdout(atalaya().arg("import").arg(&case).arg(&file));
    assert!(
        said.contains("UTF-8") && said.contains("2 characters"),
        "{said}"
    );
}

#[test]
fn the_rows_before_an_unclosed_quote_are_loaded_and_a_full_delivery_is_refused() {
    let folder = folder();
    let row = |i: usize| format!("{i},2025-02-03,arrest,Reynosa,26.09,-98.28,x\n");
    let head = "id,date,kind,place,lat,lon,notes\n";
    let rest: String = (2..500).map(row).collect();
    let broken = format!("{head}{}{}", row(0), row(1).replace(",x", ",\"x"));
    let file = write(&folder, "log.csv", (broken + &rest).as_bytes());
    let case = folder.path().join("case.gpkg");
    let import = |full: &[&str]| {
        let mut command = atalaya();
        command.arg("import").arg(&case).arg(&file).args(full);
        command
    };
    let said = stdout(&mut import(&[]));
    assert!(said.contains("opens in line 3, column notes"), "{said}");
    assert_eq!(listed(&case).len(), 1);
    let said = sentence(&mut import(&["--full"]));
    assert!(said.contains("never closed"), "{said}");
}
