//! How `atalaya import` reads a file: flags, templates, words for kinds, values for all rows.

use crate::common::*;

/// A file that needs words of the user: what is meant, and the columns have no known names.
fn unknown_columns(folder: &std::path::Path, name: &str, row: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    let text = format!("Reporte mensual\ncuando~y~x~caidos~tipo\n{row}\n");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn columns_datasets_and_profiles_can_be_named() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let file = write(
        &folder,
        "bitacora.csv",
        "Cuándo ocurrió;norte;este\n03/02/2025;27.5;-99.5\n",
    );
    let plain = sentence(atalaya().arg("import").arg(&case).arg(&file));
    assert!(
        plain.contains("Cuándo ocurrió, norte, este") && plain.contains("--map"),
        "{plain}"
    );
    assert!(!case.exists(), "a case was left half-made");
    let maps = [
        "--map",
        "start=Cuándo ocurrió",
        "--map",
        "lat=norte",
        "--map",
        "lon=este",
    ];
    stdout(
        atalaya()
            .arg("import")
            .arg(&case)
            .arg(&file)
            .args(maps)
            .args(["--dataset", "bitácora"]),
    );
    let rows =
        json(
            atalaya()
                .arg("list")
                .arg(&case)
                .args(["--dataset", "bitácora", "--format", "json"]),
        );
    assert_eq!(
        (&rows[0]["start"], &rows[0]["lat"]),
        (&"2025-02-03".into(), &27.5.into())
    );
    for (wrong, told) in [
        ("start", "FIELD=COLUMN"),
        ("nowhere=norte", "FIELD=COLUMN"),
        ("place=lugar", "no column “lugar”"),
    ] {
        let said = sentence(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(&file)
                .args(["--map", wrong]),
        );
        assert!(said.contains(told), "{said}");
    }
    let said = sentence(
        atalaya()
            .arg("import")
            .arg(&case)
            .arg(&file)
            .args(["--profile", "ucdp-ged"]),
    );
    assert!(said.contains("bitacora.csv"), "{said}");
    atalaya()
        .arg("import")
        .arg(&case)
        .arg(&file)
        .args(["--profile", "nobody"])
        .assert()
        .code(2);
}

#[test]
fn flags_say_how_a_file_is_read_and_a_template_keeps_it() {
    let folder = folder();
    let (templates, case) = (folder.path().join("t"), folder.path().join("a.gpkg"));
    let import = |file: &std::path::Path| {
        let mut command = atalaya();
        command.env("ATALAYA_TEMPLATES", &templates);
        command.arg("import").arg(&case).arg(file);
        command
    };
    let first = unknown_columns(folder.path(), "enero.csv", "02/01/2025~27.5~-99.5~3~x");
    let flags = [
        "--map",
        "start=cuando",
        "--map",
        "deaths_best=caidos",
        "--delimiter",
        "~",
        "--header",
        "2",
        "--day-order",
        "month-first",
        "--no-field",
        "kind",
        "--licence",
        "CC0",
        "--attribution",
        "Una redacción",
        "--dataset",
        "boletin",
    ];
    let answer = json(
        import(&first)
            .args(flags)
            .args(["--save-template", "Boletín", "--json"]),
    );
    assert_eq!(
        (&answer["added"], &answer["rejected"]),
        (&1.into(), &0.into())
    );

    // The next month its name is enough; flags still win over it.
    let second = unknown_columns(folder.path(), "febrero.csv", "03/02/2025~27.6~-99.6~4~x");
    let with = ["--template", "Boletín", "--json"];
    let dry = json(
        import(&second)
            .args(with)
            .args(["--dry-run", "--day-order", "day-first"]),
    );
    let reading = &dry["reading"];
    assert_eq!(reading["mapping"]["start"], "cuando");
    assert_eq!(reading["mapping"]["deaths_best"], "caidos");
    assert!(reading["mapping"].get("kind").is_none());
    assert_eq!(reading["day_order"], "day_first");
    assert_eq!(
        (&reading["delimiter"], &reading["header"]),
        (&"~".into(), &2.into())
    );
    assert_eq!(json(import(&second).args(with))["added"], 1);
    let rows = json(atalaya().arg("list").arg(&case).args(["--format", "json"]));
    let days: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["start"].as_str().unwrap())
        .collect();
    assert!(
        days.contains(&"2025-02-01") && days.contains(&"2025-03-02"),
        "{days:?}"
    );
    let counts = json(
        atalaya()
            .arg("count")
            .arg(&case)
            .args(["--by", "dataset", "--format", "json"]),
    );
    assert_eq!(counts[0]["dataset"], "boletin");
    assert_eq!(counts[0]["deaths_best"], 7);
}

#[test]
fn a_dry_run_says_how_each_file_is_read() {
    let folder = folder();
    let file = unknown_columns(folder.path(), "enero.csv", "02/01/2025~27.5~-99.5~3~x");
    let text = stdout(
        atalaya()
            .arg("import")
            .arg(folder.path().join("a.gpkg"))
            .arg(&file)
            .args([
                "--dry-run",
                "--delimiter",
                "~",
                "--header",
                "2",
                "--map",
                "start=cuando",
            ]),
    );
    for line in [
        "  format csv, encoding UTF-8, delimiter ~, sheet –, column names in line 2\n",
        "  start ← cuando\n",
        "  lon ← x\n",
        "  kept as extra: caidos\n",
        "  dates such as 3/2/2025 are read day first\n",
        "1 row read, 1 added",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!folder.path().join("a.gpkg").exists());
}

#[test]
fn a_template_that_is_not_there_and_a_flag_that_makes_no_sense_are_told() {
    let folder = folder();
    let said = |args: &[&str]| {
        sentence(
            atalaya()
                .env("ATALAYA_TEMPLATES", folder.path())
                .arg("import")
                .arg(folder.path().join("a.gpkg"))
                .arg(fixture("bad-rows.csv"))
                .args(args),
        )
    };
    assert!(said(&["--template", "nobody"]).contains("no template “nobody”"));
    assert!(said(&["--template", "../x"]).contains("cannot be the name"));
    assert!(said(&["--save-template", "a/b"]).contains("cannot be the name"));
    assert!(said(&["--delimiter", ";;"]).contains("one character"));
    assert!(said(&["--no-field", "colour"]).contains("colour"));
    assert!(said(&["--encoding", "klingon"]).contains("klingon"));
    std::fs::write(folder.path().join("cut.json"), "{").unwrap();
    assert!(said(&["--template", "cut"]).contains("no template that can be read"));
    assert!(!folder.path().join("a.gpkg").exists());
}

#[test]
fn words_that_no_table_knows_are_told_and_taken_for_the_kinds_the_user_says() {
    let folder = folder();
    let rows = "id,fecha,lat,lon,tipo\n\
        1,2025-02-03,27.4763,-99.5164,Robo de camión\n\
        2,2025-02-04,27.4763,-99.5164,Balacera\n\
        3,2025-02-05,27.4763,-99.5164,ROBO DE CAMION\n\
        4,2025-02-06,27.4763,-99.5164,Ponchallantas\n\
        5,2025-02-07,27.4763,-99.5164,\n\
        6,2025-02-08,27.4763,-99.5164,?\n\
        7,2025-02-30,27.4763,-99.5164,Never kept\n";
    let file = write(&folder, "boletin.csv", rows);
    let table = write(
        &folder,
        "words.tsv",
        "source\tkind\tnote\nrobo de camion\tgun_battle\t\nPonchallantas\tcar_bomb\tno\n",
    );
    let case = folder.path().join("a.gpkg");
    let import = |more: &[&str]| {
        let mut command = atalaya();
        command
            .env("ATALAYA_TEMPLATES", folder.path())
            .arg("import")
            .arg(&case)
            .arg(&file)
            .args(more);
        command
    };
    let kinds = || {
        let list = stdout(atalaya().arg("list").arg(&case).args(["--format", "csv"]));
        let mut rows = csv::Reader::from_reader(list.as_bytes());
        let mut kinds: Vec<(String, String)> = rows
            .deserialize()
            .map(|row| row.unwrap())
            .map(|row: std::collections::HashMap<String, String>| {
                (row["id"].clone(), row["kind"].clone())
            })
            .collect();
        kinds.sort();
        let kinds: Vec<String> = kinds.into_iter().map(|(_, kind)| kind).collect();
        kinds.join(" ")
    };
    let said = stdout(&mut import(&[]));
    assert!(
        said.contains("4 incidents have words for what happened that are not known")
            && said.contains(
                "“Robo de camión” (1), “ROBO DE CAMION” (1), “Ponchallantas” (1), “?” (1)."
            ),
        "{said}"
    );
    assert_eq!(kinds(), "other gun_battle other other other other");
    // What stands on the line wins over the table; the template keeps both.
    let table = table.to_str().unwrap();
    let flags = [
        "--kinds",
        table,
        "--kind-of",
        "Ponchallantas=bloqueo",
        "--kind-of",
        "?=threat",
        "--save-template",
        "boletin",
    ];
    let said = stdout(&mut import(&flags));
    assert!(!said.contains("not known"), "{said}");
    assert!(said.contains("4 updated"), "{said}");
    assert_eq!(
        kinds(),
        "gun_battle gun_battle gun_battle blockade other threat"
    );
    let said = stdout(&mut import(&["--template", "boletin"]));
    assert!(said.contains("6 unchanged"), "{said}");

    let before = sha256(&case);
    assert!(sentence(&mut import(&["--kind-of", "Ataque"])).contains("which kind"));
    assert!(sentence(&mut import(&["--kind-of", "=riot"])).contains("which kind"));
    assert!(sentence(&mut import(&["--kind-of", "Ataque=party"])).contains("gun_battle"));
    // A table without a heading loses no line.
    let bare = write(&folder, "bare.tsv", "Robo de camión\triot\n");
    let said = stdout(&mut import(&[
        "--kinds",
        bare.to_str().unwrap(),
        "--dry-run",
    ]));
    assert!(
        said.contains("“Ponchallantas” (1), “?” (1)") && !said.contains("camión"),
        "{said}"
    );
    let wrong = write(
        &folder,
        "wrong.tsv",
        "source\tkind\tnote\na\triot\t\nb\tparty\t\n",
    );
    let said = sentence(&mut import(&["--kinds", wrong.to_str().unwrap()]));
    assert!(said.contains("wrong.tsv, line 3"), "{said}");
    let long = write(&folder, "long.tsv", "x".repeat((1 << 20) + 1));
    assert!(sentence(&mut import(&["--kinds", long.to_str().unwrap()])).contains("1 MiB"));
    assert_eq!(sha256(&case), before);
}

#[test]
fn a_file_without_dates_gets_one_for_all_rows() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let file = write(
        &folder,
        "retenes.kml",
        r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Reten</name>
           <Point><coordinates>-99.51,27.48,0</coordinates></Point></Placemark></kml>"#,
    );
    let import = |set: &[&str]| {
        let mut command = atalaya();
        command.arg("import").arg(&case).arg(&file);
        command.args(set.iter().flat_map(|value| ["--set", value]));
        command
    };
    let said = sentence(&mut import(&[]));
    assert!(
        said.ends_with("for example --set date=2025-02-03."),
        "{said}"
    );
    for (wrong, told) in [
        (
            "date=2025-02-30",
            "“2025-02-30” cannot be given to all rows as start",
        ),
        ("date=", "FIELD=VALUE"),
        ("nothing=x", "FIELD=VALUE"),
        ("id=7", "cannot have the same id"),
    ] {
        let said = sentence(&mut import(&[wrong]));
        assert!(said.contains(told), "{said}");
    }
    let set = ["date=2025-02-03", "kind=arrest"];
    let said = sentence(import(&set).args(["--map", "start=name"]));
    assert!(said.contains("start=name and date=2025-02-03"), "{said}");
    assert!(!case.exists(), "a case was left half-made");
    let said = stdout(import(&set).arg("--dry-run"));
    assert!(said.contains("start = “2025-02-03” for all rows"), "{said}");
    let said = stdout(&mut import(&set));
    assert!(
        said.contains("1 added")
            && said.contains("not from the file: kind = arrest; start = 2025-02-03"),
        "{said}"
    );
    let list = json(atalaya().arg("list").arg(&case).args(["--format", "json"]));
    assert_eq!(
        (&list[0]["kind"], &list[0]["start"]),
        (&"arrest".into(), &"2025-02-03".into())
    );
}
