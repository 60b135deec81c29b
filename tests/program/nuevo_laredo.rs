//! The case the program must carry: everything the newspaper report tells is found again by
//! time, place, actor, kind and word.

use crate::common::*;

#[test]
fn the_demo_holds_thirty_incidents_four_territories_and_a_track() {
    assert!(
        demo_answer().contains("30 incidents and 4 territory estimates"),
        "{}",
        demo_answer()
    );
    let counted = json(
        atalaya()
            .arg("count")
            .arg(demo_case())
            .args(["--by", "dataset", "--format", "json"]),
    );
    assert_eq!(
        (&counted[0]["dataset"], &counted[0]["incidents"]),
        (&"nuevo-laredo-2025".into(), &30.into())
    );
    // Nobody gave a number of deaths: that is not zero deaths.
    assert_eq!(
        (&counted[0]["deaths_unknown"], &counted[0]["deaths_high"]),
        (&30.into(), &0.into())
    );
    let checked = json(
        atalaya()
            .arg("check")
            .arg(demo_case())
            .args(["--format", "json"]),
    );
    assert_eq!(
        (&checked["sound"], &checked["rejects"]),
        (&true.into(), &serde_json::json!([]))
    );
    let files: Vec<&str> = checked["imports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["file_name"].as_str().unwrap())
        .collect();
    assert_eq!(
        files,
        [
            "incidents.csv",
            "territories.geojson",
            "movements.geojson",
            "places.csv"
        ]
    );
    let added: Vec<u64> = checked["imports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["added"].as_u64().unwrap())
        .collect();
    assert_eq!(added, [30, 4, 1, 2]);
}

#[test]
fn a_demo_does_not_overwrite() {
    let folder = folder();
    let kept = write(&folder, "kept.gpkg", "something of mine");
    let said = sentence(atalaya().arg("demo").arg(&kept));
    assert!(said.contains("already exists"), "{said}");
    assert_ne!(
        sentence(atalaya().args(["--lang", "es", "demo"]).arg(&kept)),
        said
    );
    assert_eq!(std::fs::read(&kept).unwrap(), b"something of mine");
    assert_eq!(names(&folder), ["kept.gpkg"]);
}

/// The ids that a filter finds, without their `NL-0`.
fn found(args: &[&str]) -> Vec<u32> {
    let rows = json(
        atalaya()
            .arg("list")
            .arg(demo_case())
            .args(args)
            .args(["--format", "json"]),
    );
    let id = |r: &serde_json::Value| {
        r["id"]
            .as_str()
            .unwrap()
            .trim_start_matches("NL-")
            .parse()
            .unwrap()
    };
    let mut ids: Vec<u32> = rows.as_array().unwrap().iter().map(id).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn every_fact_of_the_report_is_found() {
    let facts: &[(&[&str], &[u32])] = &[
        // The crossing, its trucks and the new bridge.
        (&["--text", "busiest freight crossing"], &[7]),
        (
            &[
                "--text",
                "rail freight bridge",
                "--from",
                "2025-02-06",
                "--to",
                "2025-02-06",
                "--certain",
            ],
            &[5],
        ),
        // Monday 3 February.
        (&["--kind", "gun_battle"], &[3]),
        (&["--kind", "arrest", "--actor", "Cártel del Noreste"], &[1]),
        (&["--actor", "cartel del noreste"], &[1, 2]),
        (
            &["--from", "2025-02-03", "--to", "2025-02-03", "--certain"],
            &[1, 2, 3, 4],
        ),
        (&["--text", "stay at home"], &[4]),
        // Troops, tariff, orders and answers.
        (&["--kind", "deployment"], &[11]),
        (&["--text", "tariff", "--kind", "policy"], &[12]),
        (
            &[
                "--text",
                "intolerable alliance",
                "--to",
                "2025-02-01",
                "--certain",
            ],
            &[13],
        ),
        (&["--text", "slander"], &[14]),
        (&["--text", "terrorist"], &[15]),
        (&["--text", "total elimination"], &[16]),
        // One sentence, three readings.
        (&["--actor", "US Northern Command"], &[18, 19, 20]),
        (
            &[
                "--text",
                "ungoverned areas",
                "--from",
                "2021",
                "--to",
                "2021",
            ],
            &[18],
        ),
        (&["--text", "seven of the ten cities"], &[21]),
        // Two dates for one arrest, both kept.
        (&["--text", "zambada"], &[22, 23]),
        (
            &[
                "--kind",
                "extradition",
                "--from",
                "2024-06",
                "--to",
                "2024-06",
            ],
            &[22],
        ),
        (
            &[
                "--kind",
                "extradition",
                "--from",
                "2024-07-25",
                "--to",
                "2024-07-25",
            ],
            &[23],
        ),
        (&["--kind", "seizure"], &[24]),
        (&["--kind", "car_bomb"], &[25]),
        (&["--kind", "bodies_displayed"], &[26]),
        (&["--text", "poll december"], &[27]),
        (&["--actor", "Businesspeople"], &[28]),
        (&["--text", "san antonio"], &[29, 30]),
        // The same in Spanish, without its accents.
        (&["--text", "coches bomba"], &[25]),
        (&["--text", "financiero nunca"], &[29]),
        // What the people of the report say.
        (&["--text", "snowball"], &[31]),
        (&["--text", "clear message"], &[32]),
        (&["--text", "armed interventions"], &[33]),
        (&["--text", "all options"], &[34]),
        (&["--text", "red lines"], &[35]),
        // A place, and only what is known that well.
        (
            &[
                "--bbox",
                "-99.6,27.4,-99.4,27.6",
                "--precision",
                "municipality",
                "--kind",
                "armed_violence,state_action",
            ],
            &[1, 3],
        ),
    ];
    for (args, ids) in facts {
        assert_eq!(found(args), *ids, "{args:?}");
    }
    let moved = [6, 8, 9, 10, 17];
    let all = (1..=35).filter(|id| !moved.contains(id));
    assert_eq!(found(&[]), all.collect::<Vec<u32>>());
    // The flight is a track, and trucks and cars are figures of the crossing and the border.
    let conn = rusqlite::Connection::open(demo_case()).unwrap();
    let one = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    assert_eq!(one("SELECT count(*) FROM movement WHERE kind = 'track'"), 1);
    assert_eq!(one("SELECT count(*) FROM place"), 2);
    for figure in ["3000000", "20000", "208000"] {
        let sql = format!("SELECT count(*) FROM series WHERE \"values\" LIKE '%{figure}%'");
        assert_eq!(one(&sql), 1, "{figure}");
    }
}

#[test]
fn territories_keep_claimant_share_and_grade() {
    let conn = rusqlite::Connection::open(demo_case()).unwrap();
    let rows: i64 = conn
        .query_row(
            "SELECT count(*) FROM territory WHERE claimant <> '' AND grade <> '' AND note <> ''",
            [],
            |r| r.get(0),
        )
        .unwrap();
    assert_eq!(rows, 4);
}

#[test]
fn the_files_of_the_case_load_like_anybodys() {
    let folder = folder();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/nuevo-laredo");
    let case = folder.path().join("case.gpkg");
    let answer = json(
        atalaya()
            .arg("import")
            .arg(&case)
            .args([
                format!("{data}/incidents.csv"),
                format!("{data}/territories.geojson"),
            ])
            .arg("--json"),
    );
    let counts =
        |i: usize| ["rows_read", "added", "rejected"].map(|k| answer[i][k].as_u64().unwrap());
    assert_eq!((counts(0), counts(1)), ([30, 30, 0], [4, 4, 0]));
    assert_eq!(
        answer[0]["sha256"],
        sha256(std::path::Path::new(&format!("{data}/incidents.csv")))
    );
}
