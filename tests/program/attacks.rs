//! Cases that somebody prepared, and leftovers beside them: nothing hangs, nothing foreign runs or is
//! believed, nothing of a case is left where it does not belong.

use crate::common::*;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program as a plain process, to be killed or raced with.
fn program(args: &[&Path]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("atalaya"));
    command
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// An edit by somebody who knows SQLite and takes our triggers off meanwhile.
fn behind_the_triggers(case: &Path, sql: &str) {
    let conn = Connection::open(case).unwrap();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
        .unwrap();
    let triggers: Vec<(String, String)> = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\""))
            .unwrap();
    }
    conn.execute_batch(sql).unwrap();
    for (_, sql) in &triggers {
        conn.execute_batch(sql).unwrap();
    }
}

fn incidents(case: &Path, more: &[&str]) -> i64 {
    let answer = json(
        atalaya()
            .arg("count")
            .arg(case)
            .args(["--format", "json"])
            .args(more),
    );
    answer[0]["incidents"].as_i64().unwrap_or(0)
}

/// What `check` found wrong, by name, with what it says of it.
fn wrong(case: &Path) -> Vec<(String, String)> {
    let output = atalaya()
        .arg("check")
        .arg(case)
        .args(["--format", "json"])
        .output()
        .unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
    let items = answer["checks"].as_array().unwrap().iter();
    items
        .filter(|i| i["ok"] == false)
        .map(|i| (text(&i["name"]), text(&i["found"])))
        .collect()
}

fn occurrences(path: &Path, marker: &[u8]) -> usize {
    let bytes = std::fs::read(path).unwrap();
    memchr::memmem::find_iter(&bytes, marker).count()
}

/// Rows whose accounts are those of witnesses.
fn witnesses(folder: &tempfile::TempDir) -> PathBuf {
    let rows: String = (0..300)
        .map(|i| format!("w{i},2025-02-03,27.5,-99.5,WITNESSWORD{i} saw it\n"))
        .collect();
    write(
        folder,
        "witnesses.csv",
        format!("id,date,lat,lon,notes\n{rows}"),
    )
}

#[test]
fn a_dry_run_leaves_no_copy_of_the_case() {
    let (folder, case) = demo_copy();
    let temp = folder.path().join("tmp");
    std::fs::create_dir(&temp).unwrap();
    let file = witnesses(&folder);
    let before = (sha256(&case), names(&folder));
    let mut run = program(&[Path::new("import"), &case, &file, Path::new("--dry-run")])
        .env("TMPDIR", &temp)
        .spawn()
        .unwrap();
    // At whatever moment one looks, no file but the case has its rows.
    while run.try_wait().unwrap().is_none() {
        for folder in [folder.path(), &temp] {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                // A folder of its own, in which the file has a name for the moment that it is empty.
                let name = entry.file_name();
                if name.to_string_lossy().starts_with(".atalaya-") {
                    let inside = std::fs::read_dir(entry.path())
                        .into_iter()
                        .flatten()
                        .flatten();
                    for file in inside {
                        let bytes = file.metadata().map_or(0, |m| m.len());
                        assert_eq!(bytes, 0, "{}", file.path().display());
                    }
                }
            }
        }
    }
    assert!(run.wait().unwrap().success());
    assert_eq!((sha256(&case), names(&folder)), before);
    assert!(std::fs::read_dir(&temp).unwrap().next().is_none());
    // Killed as soon as there is anything to be seen of it: no row has a name.
    let of_runs = || -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder.path()).unwrap().flatten();
        let paths = entries.map(|e| e.path());
        let is_of_run = |p: &PathBuf| {
            p.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(".atalaya-")
        };
        paths.filter(is_of_run).collect()
    };
    for n in 1..=5 {
        let mut run = program(&[Path::new("import"), &case, &file, Path::new("--dry-run")])
            .env("TMPDIR", &temp)
            .spawn()
            .unwrap();
        while of_runs().len() < n && run.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = run.kill();
        run.wait().unwrap();
    }
    for folder in of_runs() {
        for file in std::fs::read_dir(folder).unwrap().flatten() {
            assert_eq!(
                file.metadata().unwrap().len(),
                0,
                "{}",
                file.path().display()
            );
        }
    }
    assert_eq!(sha256(&case), before.0);
}

/// A case that a window has imported into says in its head that it writes ahead; its copy does not.
#[test]
fn a_dry_run_beside_a_window_leaves_no_copy() {
    let (folder, case) = demo_copy();
    let file = witnesses(&folder);
    let window = atalaya::store::Case::open_for_writing(&case).unwrap();
    let conn = Connection::open(&case).unwrap();
    conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .unwrap();
    conn.execute_batch("INSERT INTO setting (key, value) VALUES ('mine', 'kept')")
        .unwrap();
    let answer = json(
        atalaya()
            .arg("import")
            .arg(&case)
            .arg(&file)
            .args(["--dry-run", "--json"]),
    );
    assert_eq!(answer["added"], 300);
    let mut left = names(&folder);
    left.retain(|name| !name.starts_with("case.gpkg") && name != "witnesses.csv");
    assert!(left.is_empty(), "{left:?}");
    drop((conn, window));
}

/// A journal of an earlier case of the name would be played into the new one.
#[test]
fn a_new_case_is_not_made_beside_leftovers_of_another() {
    for left in ["new.gpkg-journal", "new.gpkg-wal"] {
        let folder = folder();
        write(&folder, left, "old pages");
        let said = sentence(atalaya().arg("demo").arg(folder.path().join("new.gpkg")));
        assert!(said.contains(left) && said.contains("Remove it"), "{said}");
        assert_eq!(names(&folder), [left]);
    }
}

#[test]
fn an_undone_import_leaves_no_word_of_it() {
    let (folder, case) = demo_copy();
    let file = witnesses(&folder);
    atalaya()
        .arg("import")
        .arg(&case)
        .arg(&file)
        .assert()
        .success();
    assert!(occurrences(&case, b"WITNESSWORD") >= 300);
    atalaya()
        .arg("undo")
        .arg(&case)
        .arg("--yes")
        .assert()
        .success();
    assert_eq!(occurrences(&case, b"WITNESSWORD"), 0);
    assert_eq!(wrong(&case), []);
    // What an earlier program or another one deleted is still there, and check says so.
    atalaya()
        .arg("import")
        .arg(&case)
        .arg(&file)
        .assert()
        .success();
    let conn = Connection::open(&case).unwrap();
    let delete = "PRAGMA secure_delete = OFF; DELETE FROM reject; DROP INDEX source_incident; \
        CREATE INDEX source_incident ON source(incident_id); \
        CREATE TABLE other (t); \
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) \
        INSERT INTO other SELECT 'WITNESSWORD ' || i || hex(zeroblob(200)) FROM n; DROP TABLE other";
    conn.execute_batch(delete).unwrap();
    drop(conn);
    let found = wrong(&case);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "free-pages");
}

#[test]
fn a_schema_that_is_not_word_for_word_ours_is_not_opened() {
    let endless = "CAST(hex(zeroblob(200000000)) AS TEXT)";
    let schema = |change: &str| {
        format!("PRAGMA writable_schema = ON; {change}; PRAGMA writable_schema = RESET")
    };
    let cases = [
        (
            format!(
                "ALTER TABLE incident ADD COLUMN more TEXT GENERATED ALWAYS AS ({endless}) VIRTUAL"
            ),
            "incident",
        ),
        (
            format!(
                "ALTER TABLE setting ADD COLUMN more TEXT GENERATED ALWAYS AS ({endless}) VIRTUAL"
            ),
            "setting",
        ),
        (
            "CREATE INDEX quick ON actor(length(name))".to_owned(),
            "quick",
        ),
        (
            "CREATE INDEX some ON actor(name) WHERE type <> 'x'".to_owned(),
            "some",
        ),
        (
            "CREATE UNIQUE INDEX only ON incident(line)".to_owned(),
            "only",
        ),
        (
            format!("CREATE TABLE mine (a, CHECK (length({endless}) > a))"),
            "mine",
        ),
        (format!("CREATE TABLE mine (a, b AS ({endless}))"), "mine"),
        (
            schema(
                "UPDATE sqlite_schema SET sql = replace(sql, 'type TEXT NOT NULL', 'type TEXT NOT NULL CHECK (type <> 1)') WHERE name = 'actor'",
            ),
            "actor",
        ),
        (
            schema(
                "INSERT INTO sqlite_schema VALUES ('table', 'rtree_sly', 'rtree_sly', 0, 'CREATE VIRTUAL TABLE rtree_sly USING fts5(/* using rtree */ a)')",
            ),
            "rtree_sly",
        ),
    ];
    for (sql, name) in cases {
        let (folder, case) = demo_copy();
        let conn = Connection::open(&case).unwrap();
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
            .unwrap();
        conn.execute_batch(&sql).unwrap();
        drop(conn);
        let before = sha256(&case);
        for command in ["count", "list", "check"] {
            let said = sentence(atalaya().arg(command).arg(&case));
            assert!(
                said.contains("does not trust") && said.contains(name),
                "{sql}: {said}"
            );
        }
        assert_eq!(
            (sha256(&case), names(&folder)),
            (before, vec!["case.gpkg".to_owned()])
        );
    }
    // What QGIS keeps beside our tables runs nothing, nor does a plain index.
    let (_folder, case) = demo_copy();
    let styles = "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, styleName TEXT(30), \
        update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))); \
        CREATE INDEX by_kind ON incident(kind); ANALYZE";
    Connection::open(&case)
        .unwrap()
        .execute_batch(styles)
        .unwrap();
    assert_eq!(incidents(&case, &[]), 30);
}

#[test]
fn what_a_case_lacks_or_says_of_its_version_is_told() {
    for (sql, told) in [
        ("DROP TABLE reject", "it lacks reject"),
        ("DROP INDEX link_b", "it lacks link_b"),
        (
            "UPDATE setting SET value = 'three' WHERE key = 'schema_version'",
            "“three” as its schema version",
        ),
        (
            "UPDATE setting SET value = x'ff00' WHERE key = 'schema_version'",
            "as its schema version",
        ),
        (
            "UPDATE setting SET value = '0' WHERE key = 'schema_version'",
            "“0” as its schema version",
        ),
        ("DELETE FROM setting", "as its schema version"),
    ] {
        let (_folder, case) = demo_copy();
        Connection::open(&case).unwrap().execute_batch(sql).unwrap();
        let said = sentence(atalaya().arg("count").arg(&case));
        assert!(said.contains(told), "{sql}: {said}");
    }
}

#[test]
fn forged_derived_data_is_not_believed_and_check_says_so() {
    let (_folder, case) = ucdp_copy();
    // Rows that went without the triggers seeing it.
    behind_the_triggers(
        &case,
        "DELETE FROM source WHERE incident_id <= 26; DELETE FROM incident WHERE id <= 26",
    );
    assert_eq!(incidents(&case, &[]), 18_957 - 26);
    let found = wrong(&case);
    assert!(
        found.iter().any(|(name, _)| name == "incident-index"),
        "{found:?}"
    );

    // An empty index of words that says it is ready, and columns that say what they like.
    let (_folder, case) = ucdp_copy();
    let found = incidents(&case, &["--text", "cartel"]);
    assert!(found > 1_000);
    behind_the_triggers(
        &case,
        "CREATE VIRTUAL TABLE search USING fts5(text, content='', detail=none, columnsize=0, tokenize='ascii'); \
         INSERT INTO cache (name, value) VALUES ('search_ready_2', x'01')",
    );
    assert_eq!(incidents(&case, &["--text", "cartel"]), found);
    assert_eq!(
        wrong(&case)
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        ["words"]
    );

    // Boxes moved aside: GDAL would find nothing.
    let (_folder, case) = demo_copy();
    Connection::open(&case)
        .unwrap()
        .execute_batch(
            "UPDATE rtree_incident_geom SET minx = minx + 10, maxx = maxx + 10 WHERE id IN (3, 4)",
        )
        .unwrap();
    assert_eq!(
        wrong(&case),
        [("incident-index".to_owned(), "2: id 3, 4".to_owned())]
    );
}

#[test]
fn values_that_cannot_be_used_are_told_with_their_ids() {
    let (_folder, case) = demo_copy();
    behind_the_triggers(
        &case,
        "UPDATE incident SET geom = x'4750' WHERE id = 3; UPDATE incident SET start_date = 'soon' WHERE id = 5; \
         UPDATE incident SET deaths_low = 9, deaths_best = 2 WHERE id = 7; UPDATE incident SET deaths_best = -1 WHERE id = 8; \
         UPDATE incident SET deaths_high = 'many' WHERE id = 9; \
         UPDATE territory SET geom = substr(geom, 1, 60) WHERE id = 1; UPDATE territory SET geom = 'text' WHERE id = 2; \
         UPDATE incident SET kind = 'quarrel' WHERE id = 10; UPDATE incident SET place_precision = 3 WHERE id = 11; \
         UPDATE incident SET grade = 'A+' WHERE id = 12; UPDATE incident SET credibility = '9' WHERE id = 13; \
         UPDATE incident SET extra = '[0,' WHERE id = 14; UPDATE incident SET related = x'00' WHERE id = 15; \
         UPDATE territory SET relation = 'rules' WHERE id = 1; UPDATE territory SET valid_from = '2025-13-01' WHERE id = 3; \
         UPDATE territory SET valid_from = '2025-03-01', valid_to = '2025-02-01' WHERE id = 4; \
         UPDATE territory SET share_high = 101 WHERE id = 2",
    );
    let found = wrong(&case);
    let of = |name: &str| {
        found
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, f)| f.as_str())
    };
    assert_eq!(of("usable"), Some("2: id 3, 5"));
    assert_eq!(of("deaths"), Some("3: id 7, 8, 9"));
    assert_eq!(of("territory-shapes"), Some("2: id 1, 2"));
    assert_eq!(of("codes"), Some("4: id 10, 11, 12, 13"));
    assert_eq!(of("further"), Some("2: id 14, 15"));
    assert_eq!(of("territory-values"), Some("4: id 1, 2, 3, 4"));
}

/// Beside an ordinary file, or one that is no case of ours, nothing is played back, folded in or made.
#[test]
fn strangers_leftovers_stay_as_they_are() {
    let folder = folder();
    for (name, mark) in [
        ("other.gpkg", "PRAGMA application_id = 5"),
        ("foreign.gpkg", "PRAGMA application_id = 1196444487"),
    ] {
        let path = folder.path().join(name);
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(&format!(
            "{mark}; PRAGMA cache_size = 2; CREATE TABLE t (x); INSERT INTO t VALUES (1)"
        ))
        .unwrap();
        // Half a change, as it lies there while it is made.
        conn.execute_batch("BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO t SELECT hex(zeroblob(100)) FROM n").unwrap();
        let copy = write(
            &folder,
            &format!("copy-{name}"),
            std::fs::read(&path).unwrap(),
        );
        let journal = write(
            &folder,
            &format!("copy-{name}-journal"),
            std::fs::read(folder.path().join(format!("{name}-journal"))).unwrap(),
        );
        let before = (sha256(&copy), sha256(&journal));
        for command in ["count", "check", "list"] {
            assert!(sentence(atalaya().arg(command).arg(&copy)).contains("is not an Atalaya case"));
        }
        sentence(atalaya().arg("import").arg(&copy).arg(fixture("own.csv")));
        assert_eq!((sha256(&copy), sha256(&journal)), before);
        conn.execute_batch("ROLLBACK").unwrap();
    }
    let ahead = folder.path().join("ahead.gpkg");
    let conn = Connection::open(&ahead).unwrap();
    conn.execute_batch(
        "PRAGMA application_id = 1196444487; PRAGMA journal_mode = WAL; CREATE TABLE t (x)",
    )
    .unwrap();
    drop(conn);
    let before = (sha256(&ahead), names(&folder));
    sentence(atalaya().arg("count").arg(&ahead));
    sentence(atalaya().arg("import").arg(&ahead).arg(fixture("own.csv")));
    assert_eq!((sha256(&ahead), names(&folder)), before);
}

#[test]
#[cfg(unix)]
fn one_file_has_one_lock_under_all_its_names() {
    let (folder, case) = demo_copy();
    let (link, other) = (
        folder.path().join("link.gpkg"),
        folder.path().join("other.gpkg"),
    );
    std::os::unix::fs::symlink(&case, &link).unwrap();
    let holder = atalaya::store::Case::open_for_writing(&case).unwrap();
    let import = |case: &Path| sentence(atalaya().arg("import").arg(case).arg(fixture("own.csv")));
    assert!(import(&link).contains("open for writing in another window"));
    drop(holder);
    std::fs::hard_link(&case, &other).unwrap();
    for name in [&case, &other] {
        assert!(import(name).contains("has 2 names"));
        assert_eq!(incidents(name, &[]), 30);
    }
    std::fs::remove_file(&other).unwrap();
    atalaya()
        .arg("import")
        .arg(&link)
        .arg(fixture("own.csv"))
        .assert()
        .success();
    assert_eq!(names(&folder), ["case.gpkg", "link.gpkg"]);
}

#[test]
#[cfg(unix)]
fn pipes_and_links_in_the_way_are_neither_waited_for_nor_followed() {
    let (folder, case) = demo_copy();
    let pipe = folder.path().join("pipe.gpkg");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for command in ["count", "check"] {
        assert!(sentence(atalaya().arg(command).arg(&pipe)).contains("not a regular file"));
    }
    let import = |case: &Path| sentence(atalaya().arg("import").arg(case).arg(fixture("own.csv")));
    assert!(import(&pipe).contains("not a regular file"));
    let lock = folder.path().join("case.gpkg.lock");
    assert!(
        Command::new("mkfifo")
            .arg(&lock)
            .status()
            .unwrap()
            .success()
    );
    assert!(import(&case).contains("is in the way"));
    std::fs::remove_file(&lock).unwrap();
    let target = folder.path().join("target");
    std::os::unix::fs::symlink(&target, &lock).unwrap();
    assert!(import(&case).contains("is in the way"));
    assert!(!target.exists());
    // A dangling link where the case is to be made.
    let dangling = folder.path().join("dangling.gpkg");
    std::os::unix::fs::symlink(&target, &dangling).unwrap();
    sentence(atalaya().arg("demo").arg(&dangling));
    assert!(!target.exists());
}

/// What a window had finished when it was killed is in `-wal`: the next program to open the case brings
/// it into the file.
#[test]
fn a_finished_change_beside_the_file_is_folded_in() {
    for command in [vec!["count"], vec!["check"], vec!["list"]] {
        let (folder, case) = demo_copy();
        let copy = folder.path().join("copy.gpkg");
        {
            let conn = Connection::open(&case).unwrap();
            conn.execute_batch("PRAGMA journal_mode = WAL; INSERT INTO setting (key, value) VALUES ('mine', 'kept')").unwrap();
            std::fs::copy(&case, &copy).unwrap();
            std::fs::copy(
                folder.path().join("case.gpkg-wal"),
                folder.path().join("copy.gpkg-wal"),
            )
            .unwrap();
        }
        let mut run = atalaya();
        let output = run.args(&command).arg(&copy).output().unwrap();
        assert!(output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains("They are in the file now"));
        assert_eq!(names(&folder), ["case.gpkg", "copy.gpkg"]);
        let conn = Connection::open(&copy).unwrap();
        let kept: String = conn
            .query_row("SELECT value FROM setting WHERE key = 'mine'", [], |r| {
                r.get(0)
            })
            .unwrap();
        assert_eq!(kept, "kept");
    }
}

/// A trigger that is added while the case is open does not run in the next transaction.
#[test]
fn a_trigger_added_after_opening_does_not_run() {
    let (_folder, case) = demo_copy();
    let open = atalaya::store::Case::open_for_writing(&case).unwrap();
    Connection::open(&case)
        .unwrap()
        .execute_batch("CREATE TRIGGER sly AFTER INSERT ON setting BEGIN DELETE FROM incident; END")
        .unwrap();
    let refused = open.set_setting("a", "b").unwrap_err();
    assert_eq!(refused.key, "problem-case-foreign-change");
    drop(open);
    let conn = Connection::open(&case).unwrap();
    let rows: i64 = conn
        .query_row("SELECT count(*) FROM incident", [], |r| r.get(0))
        .unwrap();
    assert_eq!(rows, 30);
}
