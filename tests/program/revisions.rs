//! Deliveries on the command line: what changed between two, the case as it was known before the
//! second, rejected rows mended and imported again, an import taken back.

use crate::common::*;
use atalaya::import::Options;
use atalaya::jobs::Progress;
use atalaya::locale::Lang;
use atalaya::session::changes::{compare, kind_words};
use atalaya::session::{Delivery, Loaded, load_delivery};
use atalaya::store::{Case, ImportCounts, RowKind, RowName};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const ROWS: usize = 500;

/// A file of the own profile: 500 rows, and in the second delivery 50 changed, 30 new, 20 gone.
fn delivery(second: bool) -> String {
    let mut text = "id,date,lat,lon,kind,title,deaths,note\n".to_owned();
    for i in 0..ROWS + 30 {
        let (gone, new) = (i % 25 == 7, i >= ROWS);
        if (second && gone && !new) || (!second && new) {
            continue;
        }
        let changed = second && i % 10 == 3 && !new;
        let (lat, lon) = (20.0 + i as f64 / 100.0, -100.0 + (i % 37) as f64 / 7.0);
        let lat = if changed { lat + 0.000_01 } else { lat };
        let deaths = if changed { 9 } else { i % 4 };
        let day = i % 28 + 1;
        text.push_str(&format!(
            "E-{i},2023-05-{day:02},{lat:.5},{lon:.5},arrest,\"Title {i}, said\",{deaths},=note {i}\n"
        ));
    }
    text
}

fn two_deliveries() -> (TempDir, PathBuf) {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    for (second, day) in [(false, "2024-03-01"), (true, "2024-03-08")] {
        let file = write(
            &folder,
            if second { "second.csv" } else { "first.csv" },
            delivery(second),
        );
        let mut import = atalaya();
        import.arg("import").arg(&case).arg(&file);
        import.args(["--dataset", "news", "--received", day, "--json"]);
        if second {
            import.arg("--full");
        }
        let answer = json(&mut import);
        let counts =
            ["added", "updated", "unchanged", "rejected"].map(|k| answer[k].as_u64().unwrap());
        let expected = if second {
            [30, 50, 430, 0]
        } else {
            [500, 0, 0, 0]
        };
        assert_eq!(counts, expected, "{answer}");
        if !second {
            snapshot(&case, folder.path(), "then.svg", &[]);
        }
    }
    (folder, case)
}

fn snapshot(case: &Path, folder: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let out = folder.join(name);
    stdout(atalaya().arg("snapshot").arg(case).arg(&out).args(more));
    std::fs::read(out).unwrap()
}

#[test]
fn two_deliveries_differ_in_exactly_a_hundred_rows() {
    let (_folder, case) = two_deliveries();
    let changes = |since: &str| {
        json(
            atalaya()
                .arg("changes")
                .arg(&case)
                .args(["--since", since, "--format", "json"]),
        )
    };
    let answer = changes("2024-03-02");
    let rows = answer.as_array().unwrap();
    let ids = |change: &str| -> BTreeSet<String> {
        let of = rows.iter().filter(|r| r["change"] == change);
        of.map(|r| r["id"].as_str().unwrap().to_owned()).collect()
    };
    let named = |which: &dyn Fn(usize) -> bool| -> BTreeSet<String> {
        let all = (0..ROWS + 30).filter(|i| which(*i));
        all.map(|i| format!("E-{i}")).collect()
    };
    assert_eq!(ids("added"), named(&|i| i >= ROWS));
    assert_eq!(ids("revised"), named(&|i| i < ROWS && i % 10 == 3));
    assert_eq!(ids("retired"), named(&|i| i < ROWS && i % 25 == 7));
    assert!(rows.iter().all(|r| r["row"] == "incident"), "{answer}");
    // Codes whatever the language.
    let spanish = json(
        atalaya()
            .args(["--lang", "es", "changes"])
            .arg(&case)
            .args(["--since", "2024-03-02", "--format", "json"]),
    );
    let codes = |answer: &serde_json::Value| -> Vec<[String; 2]> {
        let rows = answer.as_array().unwrap().iter();
        rows.map(|r| ["change", "row"].map(|k| r[k].to_string()))
            .collect()
    };
    assert_eq!(codes(&spanish), codes(&answer));
    let of_row = |id: &str| -> Vec<[&str; 3]> {
        let of = rows.iter().filter(|r| r["id"] == id);
        of.map(|r| ["field", "before", "after"].map(|k| r[k].as_str().unwrap()))
            .collect()
    };
    let fields = of_row("E-13");
    assert_eq!(fields.len(), 2, "{fields:?}");
    assert!(
        fields[0][1].starts_with("20.13°") && fields[0][2].starts_with("20.13001°"),
        "{fields:?}"
    );
    assert_eq!(fields[1], ["Deaths", "1", "9"]);
    // Both deliveries: every row of the first was added by it.
    assert_eq!(
        changes("2024")
            .as_array()
            .unwrap()
            .iter()
            .filter(|r| r["change"] == "added")
            .count(),
        ROWS + 30
    );
    assert!(changes("2024-04").as_array().unwrap().is_empty());
    let table = stdout(
        atalaya()
            .arg("changes")
            .arg(&case)
            .args(["--since", "2024-03-02"]),
    );
    assert!(
        table.contains("30 added, 50 revised, 20 retired"),
        "{table}"
    );
    let wrong =
        sentence(
            atalaya()
                .arg("changes")
                .arg(&case)
                .args(["--since", "2024", "--dataset", "x"]),
        );
    assert!(wrong.contains("news"), "{wrong}");
}

#[test]
fn the_case_as_it_was_known_draws_the_same_picture() {
    let (folder, case) = two_deliveries();
    let then = std::fs::read(folder.path().join("then.svg")).unwrap();
    let now = snapshot(&case, folder.path(), "now.svg", &[]);
    assert!(then != now);
    for day in ["2024-03-01", "2024-03-07"] {
        let again = snapshot(&case, folder.path(), "again.svg", &["--known-on", day]);
        assert!(again == then, "as known on {day} it is another picture");
    }
    assert!(
        snapshot(
            &case,
            folder.path(),
            "again.svg",
            &["--known-on", "2024-03-08"]
        ) == now
    );
    let count = |more: &[&str]| {
        let mut count = atalaya();
        count
            .arg("count")
            .arg(&case)
            .args(["--format", "json"])
            .args(more);
        let answer = json(&mut count);
        answer[0]["incidents"].as_u64().unwrap()
    };
    assert_eq!(count(&[]), 510);
    assert_eq!(count(&["--known-on", "2024-03-07"]), 500);
    assert_eq!(count(&["--known-on", "2024-02-29"]), 0);
    // Words of rows that are there no more.
    let list = |more: &[&str]| {
        let mut list = atalaya();
        list.arg("list")
            .arg(&case)
            .args(["--text", "title 7 said", "--format", "csv"]);
        stdout(list.args(more))
    };
    let of_then = list(&["--known-on", "2024-03-02"]);
    assert!(
        of_then.contains("news,E-7,") && of_then.contains("first.csv"),
        "{of_then}"
    );
    assert!(!list(&[]).contains("news,E-7,"));
}

#[test]
fn the_last_import_is_taken_back_when_asked_twice() {
    let (_folder, case) = two_deliveries();
    let would = stdout(atalaya().arg("undo").arg(&case));
    assert!(
        would.contains("second.csv") && would.contains("--yes"),
        "{would}"
    );
    let first = sentence(
        atalaya()
            .arg("undo")
            .arg(&case)
            .args(["--import", "1", "--yes"]),
    );
    assert!(first.contains("second.csv"), "{first}");
    let done = stdout(atalaya().arg("undo").arg(&case).arg("--yes"));
    assert!(done.contains("30 rows removed, 70 as they were"), "{done}");
    stdout(atalaya().arg("check").arg(&case));
    stdout(atalaya().arg("undo").arg(&case).arg("--yes"));
    let none = sentence(atalaya().arg("undo").arg(&case).arg("--yes"));
    assert!(none.contains("no imports"), "{none}");
}

#[test]
fn rejected_rows_are_mended_and_imported_again() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let long = "x".repeat(5_000);
    let rows = format!(
        "id,date,lat,lon,title,remark\nA,2023-01-05,20,-100,Good,\nB,2023-02-30,-1.5,-100,=SUM(1),{long}\nC,2023-01-07,20,-100,'=quoted,-7\n,2023-13-01,1,1,+no id,\n"
    );
    let file = write(&folder, "rows.csv", rows);
    let answer =
        json(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(&file)
                .args(["--dataset", "own", "--json"]),
        );
    assert_eq!(
        (&answer["added"], &answer["rejected"]),
        (&2.into(), &2.into()),
        "{answer}"
    );
    let out = folder.path().join("out.csv");
    let said = stdout(atalaya().arg("rejects").arg(&case).arg(&out));
    assert!(said.contains("2 rejected rows"), "{said}");
    let table = std::fs::read_to_string(&out).unwrap();
    let head = table.lines().next().unwrap().trim_start_matches('\u{feff}');
    assert_eq!(
        head,
        "id,date,lat,lon,title,remark,atalaya_reason,atalaya_column,atalaya_line,atalaya_file,atalaya_day_order"
    );
    assert!(
        table.contains("'=SUM(1)") && table.contains(&long) && table.contains(",-1.5,-100,"),
        "{head}"
    );
    assert_eq!(
        table,
        format!(
            "\u{feff}{}",
            stdout(
                atalaya()
                    .arg("rejects")
                    .arg(&case)
                    .args(["--import", "1", "-"])
            )
        )
    );
    let mended = write(
        &folder,
        "mended.csv",
        table.replace("2023-02-30,-1.5", "2023-02-28,-1.5"),
    );
    let answer =
        json(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(&mended)
                .args(["--dataset", "own", "--json"]),
        );
    assert_eq!(
        (&answer["added"], &answer["rejected"]),
        (&1.into(), &1.into()),
        "{answer}"
    );
    let list = json(atalaya().arg("list").arg(&case).args(["--format", "json"]));
    let titles: BTreeSet<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, BTreeSet::from(["Good", "=SUM(1)", "'=quoted"]));
    let content = content(&case);
    assert!(
        !content.contains("atalaya_reason"),
        "what the program wrote came in as data"
    );
    let wrong = sentence(
        atalaya()
            .arg("rejects")
            .arg(&case)
            .args(["--import", "9", "-"]),
    );
    assert!(wrong.contains('9'), "{wrong}");
}

#[test]
fn mended_rows_keep_the_order_of_day_and_month_that_their_file_told() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    let rows = "id,date,lat,lon\nu1,2/13/2025,27.5,-99.5\nu2,3/2/2025,27.5,-99.5\nu3,3/4/2025,127.5,-99.5\n";
    let file = write(&folder, "us.csv", rows);
    stdout(atalaya().arg("import").arg(&case).arg(&file));
    let table = stdout(atalaya().arg("rejects").arg(&case).arg("-"));
    let mended = write(&folder, "mended.csv", table.replace("127.5", "27.5"));
    let mut import = atalaya();
    import.arg("import").arg(&case).arg(&mended);
    stdout(import.args(["--dataset", "us"]));
    let list = json(atalaya().arg("list").arg(&case).args(["--format", "json"]));
    let days = list.as_array().unwrap().iter();
    let days: Vec<&str> = days.map(|row| row["start"].as_str().unwrap()).collect();
    assert_eq!(days, ["2025-02-13", "2025-03-02", "2025-03-04"]);
}

#[test]
fn deliveries_out_of_order_or_too_small_are_refused() {
    let (folder, case) = two_deliveries();
    let before = sha256(&case);
    let file = write(
        &folder,
        "third.csv",
        delivery(true)
            .lines()
            .take(20)
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let import = |more: &[&str]| {
        sentence(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(&file)
                .args(["--dataset", "news"])
                .args(more),
        )
    };
    assert!(import(&["--received", "2024-03-07"]).contains("2024-03-08"));
    assert!(import(&["--received", "2999-01-01"]).contains("2999-01-01"));
    assert!(import(&["--full"]).contains("--force"));
    assert_eq!(sha256(&case), before);
}

/// Loads what was received on a day, without a program of its own.
fn deliver(case: &mut Case, path: &Path, day: &str, full: bool) -> ImportCounts {
    let delivery = Delivery {
        dataset: Some("d".to_owned()),
        received: day.parse().ok(),
        full,
        ..Delivery::default()
    };
    let options = Options::default();
    let report = load_delivery(case, path, &options, &delivery, &Progress::default());
    report.unwrap().unwrap().counts
}

/// What the last import of a case changed: change, kind of row, id, field, before and after.
fn last_changes(case: &Case, lang: Lang) -> Vec<[String; 6]> {
    let import = case.imports().unwrap().pop().unwrap();
    let changes = case.changes_of(import).unwrap();
    let name = |change: &str, r: &RowName| {
        let kind = kind_words(lang, r.kind);
        let none = String::new;
        [
            change.to_owned(),
            kind,
            r.external_id.clone(),
            none(),
            none(),
            none(),
        ]
    };
    let mut rows: Vec<_> = changes.added.iter().map(|r| name("added", r)).collect();
    for c in &changes.revised {
        let (kind, id) = (
            kind_words(lang, c.after.kind()),
            c.after.row().external_id(),
        );
        for f in compare(lang, &c.before, &c.after) {
            let [change, id] = ["revised", id].map(str::to_owned);
            rows.push([change, kind.clone(), id, f.field, f.before, f.after]);
        }
    }
    rows.extend(changes.retired.iter().map(|r| name("retired", r)));
    rows
}

#[test]
fn revised_months_of_municipalities_are_listed_value_by_value() {
    let head = "Año,Clave_Ent,Entidad,Cve. Municipio,Municipio,Bien jurídico afectado,Tipo de delito,\
        Subtipo de delito,Modalidad,Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,\
        Noviembre,Diciembre\n";
    let row = |key: &str, town: &str, months: &str| {
        format!(
            "2025,28,Tamaulipas,{key},{town},La vida,Homicidio,Homicidio doloso,Con arma,{months}\n"
        )
    };
    let [laredo, matamoros] = [("28027", "Nuevo Laredo"), ("28022", "Matamoros")];
    let first =
        row(laredo.0, laredo.1, "3,5,,,,,,,,,,") + &row(matamoros.0, matamoros.1, "1,0,,,,,,,,,,");
    let second =
        row(laredo.0, laredo.1, "4,5,1200.5,,,,,,,,,") + &row("28032", "Reynosa", "2,2,2,,,,,,,,,");
    let folder = folder();
    let mut case = Case::create(&folder.path().join("case.gpkg")).unwrap();
    let file = write(&folder, "idm.csv", format!("{head}{first}"));
    assert_eq!(deliver(&mut case, &file, "2025-03-20", true).added, 2);
    let file = write(&folder, "idm.csv", format!("{head}{second}"));
    let counts = deliver(&mut case, &file, "2025-04-20", true);
    assert_eq!((counts.added, counts.updated, counts.retired), (1, 1, 1));
    let of = |key: &str| format!("{key}-2025-lavida-homicidio-homicidiodoloso-conarma");
    let field = |month: &str| {
        format!("Homicidio doloso · Con arma · carpetas de investigación · {month} 2025")
    };
    let line = |change: &str, key: &str, rest: [&str; 3]| {
        let words = [change, "Figures"].map(str::to_owned);
        let [a, b, c] = rest.map(str::to_owned);
        let [change, kind] = words;
        [change, kind, of(key), a, b, c]
    };
    assert_eq!(
        last_changes(&case, Lang::En),
        [
            line("added", "28032", [""; 3]),
            line("revised", "28027", [&field("Jan"), "3", "4"]),
            line(
                "revised",
                "28027",
                [&field("Mar"), "not reported", "1200.5"]
            ),
            line("retired", "28022", [""; 3]),
        ]
    );
    // The record of the place tells the same, and nothing is left of it once it is taken back.
    let places = case.places().unwrap();
    let history = |case: &Case, name: &str| {
        let place = places.iter().find(|p| p.place.name.text == name).unwrap();
        case.history(RowKind::Place, place.id).unwrap().changes
    };
    assert_eq!(history(&case, laredo.1).len(), 1);
    assert!(history(&case, "Reynosa").is_empty());
    case.undo_import(2).unwrap();
    assert!(history(&case, laredo.1).is_empty());
    assert_eq!(case.places().unwrap().len(), 2);
}

#[test]
fn a_movement_and_an_area_are_revised_field_by_field() {
    let lines = |troops: &str, to: &str, actor: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[
{{"type":"Feature","properties":{{"id":"m1","name":"Troops to the border","kind":"deployment","start":"2025-02-04","troops":"{troops}"}},
 "geometry":{{"type":"LineString","coordinates":[[-99.1,19.4],{to}]}}}},
{{"type":"Feature","properties":{{"id":"m2","name":"Freight","kind":"flow","start":"2025-02-05"}},
 "geometry":{{"type":"LineString","coordinates":[[-100.3,25.7],[-99.5,27.5]]}}}},
{{"type":"Feature","properties":{{"id":"a1","name":"Area","actor":"{actor}","relation":"present"}},
 "geometry":{{"type":"Polygon","coordinates":[[[-100,27],[-99,27],[-99,28],[-100,27]]]}}}}]}}"#
        )
    };
    let folder = folder();
    let path = folder.path().join("case.gpkg");
    let mut case = Case::create(&path).unwrap();
    let file = write(&folder, "1.GeoJSON", lines("10,000", "[-99.5,26.5]", "A"));
    assert_eq!(deliver(&mut case, &file, "2025-02-07", false).added, 3);
    let file = write(&folder, "1.GeoJSON", lines("9,000", "[-99.5,26.75]", "B"));
    let counts = deliver(&mut case, &file, "2025-02-14", false);
    assert_eq!((counts.updated, counts.unchanged), (2, 1));
    let found = last_changes(&case, Lang::Es);
    let fields: Vec<[&str; 5]> = found
        .iter()
        .map(|r| [&r[1], &r[2], &r[3], &r[4], &r[5]].map(String::as_str))
        .collect();
    let shape = |at: &str| format!("2 puntos; punto 2: {at}° N  99.5° O");
    assert_eq!(
        fields,
        [
            [
                "estimación de territorio",
                "a1",
                "Quién",
                "A (desconocido)",
                "B (desconocido)"
            ],
            [
                "movimiento",
                "m1",
                "Cantidad",
                "10,000 troops",
                "9,000 troops"
            ],
            ["movimiento", "m1", "Dónde", &shape("26.5"), &shape("26.75")],
        ]
    );
    let id = case.movements().unwrap()[0].id;
    assert_eq!(
        case.history(RowKind::Movement, id).unwrap().changes.len(),
        1
    );
    // As known in between there is no history yet.
    case.look_back("2025-02-10".parse().unwrap()).unwrap();
    assert!(
        case.history(RowKind::Movement, id)
            .unwrap()
            .changes
            .is_empty()
    );
}

/// A delivery that says nothing new of an actor but what it is changes no answer about the time before.
#[test]
fn the_type_of_an_actor_is_that_of_the_day_looked_back_on() {
    let folder = folder();
    let path = folder.path().join("case.gpkg");
    let mut case = Case::create(&path).unwrap();
    let rows = |of_type: &str| {
        format!(
            "id,date,lat,lon,kind,title,actor1,actor1_type\n1,2025-02-03,27.5,-99.5,arrest,A,The Column,{of_type}\n"
        )
    };
    let read = |path: &Path, day: Option<&str>| {
        let day = day.map(|d| d.parse().unwrap());
        let loaded = Loaded::open_known_on(path, day, &Progress::default());
        loaded.unwrap().unwrap()
    };
    let types = |loaded: &Loaded| {
        let id = loaded.columns.id[0];
        let side = loaded.case.incident(id).unwrap().unwrap().incident.side_a;
        (loaded.columns.actor_types.clone(), side[0].actor_type)
    };
    let days = ["2025-02-07", "2025-02-14", "2025-02-21"];
    let said = ["cartel_or_gang", "military", "police"];
    let mut then = Vec::new();
    for (day, said) in days.into_iter().zip(said) {
        let file = write(&folder, "rows.csv", rows(said));
        deliver(&mut case, &file, day, false);
        then.push(types(&read(&path, None)));
    }
    let kinds: Vec<&str> = then.iter().map(|(_, t)| t.code()).collect();
    assert_eq!(kinds, said);
    for (day, then) in days.into_iter().zip(&then) {
        assert_eq!(&types(&read(&path, Some(day))), then, "as known on {day}");
    }
    // Taken back, it is as before, on each day too.
    case.undo_import(3).unwrap();
    assert_eq!(types(&read(&path, None)), then[1]);
    assert_eq!(types(&read(&path, Some("2025-02-08"))), then[0]);
}

/// What an area or a line says of its actor stays what its own file said.
#[test]
fn areas_and_lines_have_the_actors_of_the_day_looked_back_on() {
    let folder = folder();
    let path = folder.path().join("case.gpkg");
    let mut case = Case::create(&path).unwrap();
    let shapes = |of_type: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[
{{"type":"Feature","properties":{{"id":"m1","name":"Way","kind":"deployment","start":"2025-02-04","actor":"The Column","actor_type":"{of_type}"}},
 "geometry":{{"type":"LineString","coordinates":[[-99.1,19.4],[-99.5,26.5]]}}}},
{{"type":"Feature","properties":{{"id":"a1","name":"Area","actor":"The Column","actor_type":"{of_type}","relation":"present"}},
 "geometry":{{"type":"Polygon","coordinates":[[[-100,27],[-99,27],[-99,28],[-100,27]]]}}}}]}}"#
        )
    };
    let row = "id,date,lat,lon,kind,title,actor1,actor1_type\n\
        1,2025-02-03,27.5,-99.5,arrest,A,The Column,military\n";
    let deliveries = [
        ("2025-02-07", "1.geojson", shapes("cartel_or_gang")),
        ("2025-02-14", "2.csv", row.to_owned()),
        ("2025-02-21", "3.geojson", shapes("police")),
    ];
    let told = |day: Option<&str>| {
        let day = day.map(|d| d.parse().unwrap());
        let loaded = Loaded::open_known_on(&path, day, &Progress::default());
        let case = loaded.unwrap().unwrap().case;
        let lines = case.movements().unwrap();
        let areas = case.territories().unwrap();
        assert_eq!((lines.len(), areas.len()), (1, 1));
        format!("{lines:?} {areas:?}")
    };
    let mut then = Vec::new();
    for (day, name, text) in &deliveries {
        let file = write(&folder, name, text);
        deliver(&mut case, &file, day, false);
        then.push(told(None));
    }
    assert!(
        then[0].contains("CartelOrGang") && then[2].contains("Police"),
        "{then:?}"
    );
    for ((day, ..), then) in deliveries.iter().zip(&then) {
        assert_eq!(&told(Some(*day)), then, "as known on {day}");
    }
}
