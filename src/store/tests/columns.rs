//! The columns kept with the rows: they are those of the rows, whatever happened to them.

use super::*;
use crate::index::{Columns, Wanted};
use crate::store::{cache, codec, columns, derived};
use rusqlite::params;

/// One incident of many: dates, places, actors, deaths and grades that repeat in other rhythms.
fn varied(n: u64) -> Incident {
    let day =
        Date::constant(2020, 1, 1).saturating_add(jiff::Span::new().days((n * 37 % 900) as i64));
    let end = day.saturating_add(jiff::Span::new().days((n % 3) as i64));
    let mut when = When::new(day, end, TimePrecision::ALL[(n % 6) as usize]).unwrap();
    if n.is_multiple_of(5) {
        when.instant = Some(Instant {
            utc: "2020-03-04T22:15:00Z".parse().unwrap(),
            zone: "America/Matamoros".to_owned(),
        });
    }
    let actor = |n: u64| {
        Actor::new(
            format!("Group {}", n % 11),
            ActorType::ALL[(n % 11 % 8) as usize],
        )
    };
    Incident {
        kind: Kind::ALL[(n % 29) as usize],
        title: LocalText::new(format!("Incident {n}")),
        when,
        position: Position::new(
            -180.0 + (n * 17 % 360) as f64,
            -90.0 + (n * 7 % 180) as f64,
            PlacePrecision::ALL[(n % 5) as usize],
        )
        .unwrap(),
        places: PlaceNames {
            place: format!("Place {}", n % 7),
            admin2: String::new(),
            admin1: format!("State {}", n % 4),
            country: "Mexico".to_owned(),
        },
        side_a: vec![
            actor(n),
            Actor::new("Police; state and municipal", ActorType::Police),
        ],
        side_b: n
            .is_multiple_of(2)
            .then(|| actor(n / 2))
            .into_iter()
            .collect(),
        deaths: [Deaths::UNKNOWN, Deaths::exactly(n as u32 % 9)][(n % 2) as usize],
        sources: vec![Source {
            reliability: Some(Reliability::ALL[(n % 6) as usize]),
            ..Source::default()
        }],
        credibility: Some(Credibility::ALL[(n % 6) as usize]),
        ..incident(n)
    }
}

fn load(case: &mut Case, name: &str, rows: impl Iterator<Item = Incident>) -> ImportCounts {
    let mut writer = case.begin_import(&import(name)).unwrap();
    rows.for_each(|i| {
        writer.incident(&i).unwrap();
    });
    writer.commit().unwrap()
}

/// A new case with the rows `0..n`, by triggers where `n` is small and in bulk where not.
fn varied_case(n: u64) -> (tempfile::TempDir, Case) {
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::create(&folder.path().join("case.gpkg")).unwrap();
    load(&mut case, "first.csv", (0..n).map(varied));
    (folder, case)
}

/// What is kept, held against every row.
fn kept(case: &mut Case) -> Columns {
    let kept = columns::read(&case.conn, Wanted::ALL)
        .unwrap()
        .expect("columns are kept");
    let told = columns::columns_from_rows(&case.conn, |_| true)
        .unwrap()
        .unwrap();
    assert_eq!(
        (kept.len(), columns::rows_alike(&kept, &told)),
        (told.len(), told.len())
    );
    assert_eq!(kept.id, told.id);
    let report = case.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
    kept
}

fn is_kept(case: &Case) -> bool {
    columns::read(&case.conn, Wanted::ALL).unwrap().is_some()
}

#[test]
fn imports_keep_the_columns_of_the_rows() {
    for n in [0, 1, 30, 3_000] {
        let (_folder, mut case) = varied_case(n);
        assert_eq!(kept(&mut case).len() as u64, n);
        // Some rows change, move in time and place, and others come; once few and once many.
        for (name, many) in [("second.csv", 20), ("third.csv", 4_000)] {
            let changed = |i: u64| match i % 3 {
                0 => varied(i),
                _ => Incident {
                    external_id: i.to_string(),
                    ..varied(i + many)
                },
            };
            let counts = load(&mut case, name, (0..n + many).map(changed));
            assert!(
                counts.added > 0 && (n < 2 || counts.updated > 0),
                "{counts:?}"
            );
            kept(&mut case);
        }
    }
}

#[test]
fn another_edit_empties_what_is_kept_and_an_import_fills_it_again() {
    let (_folder, mut case) = varied_case(50);
    for sql in [
        "UPDATE incident SET deaths_best = 7 WHERE id = 3",
        "DELETE FROM source; DELETE FROM incident WHERE id = 4",
        "UPDATE actor SET type = 'military' WHERE name = 'Group 1'",
        "UPDATE dataset SET name = 'another'",
        "INSERT INTO actor (name, type) VALUES ('New', 'police')",
    ] {
        assert!(is_kept(&case));
        case.conn.execute_batch(sql).unwrap();
        assert!(!is_kept(&case), "{sql}");
        // Opening reads the rows, and keeps what it read.
        case.columns(|_| true).unwrap();
        kept(&mut case);
    }
    case.conn.execute_batch("DELETE FROM cache").unwrap();
    load(&mut case, "second.csv", (200..230).map(varied));
    kept(&mut case);
}

#[test]
fn what_is_kept_counts_for_nothing_without_its_triggers() {
    let (_folder, case) = varied_case(50);
    for (name, sql) in cache::triggers() {
        case.conn
            .execute_batch(&format!("DROP TRIGGER {name}"))
            .unwrap();
        assert!(!is_kept(&case), "{name}");
        case.conn.execute_batch(&sql).unwrap();
        assert!(is_kept(&case));
    }
}

#[test]
fn a_strangers_columns_are_not_believed() {
    let (folder, case) = varied_case(200);
    let kept_blob = |name: &str| -> Vec<u8> {
        let sql = "SELECT value FROM cache WHERE name = ?1";
        case.conn.query_row(sql, [name], |r| r.get(0)).unwrap()
    };
    let put = |name: &str, blob: &[u8]| {
        let sql = "UPDATE cache SET value = ?2 WHERE name = ?1";
        case.conn.execute(sql, params![name, blob]).unwrap();
    };
    for name in codec::NAMES {
        let sound = kept_blob(name);
        let mut hostile = vec![
            Vec::new(),
            sound[..10].to_vec(),
            sound[..sound.len() - 1].to_vec(),
        ];
        // A count that nothing in memory could hold.
        let mut endless = sound.clone();
        endless[8..16].fill(0xff);
        hostile.push(endless);
        // Each byte of the first and the last entry set: ids, days, codes and numbers out of range.
        let mut wild = sound.clone();
        wild[16..].fill(0xff);
        hostile.push(wild);
        for blob in hostile {
            put(name, &blob);
            assert!(!is_kept(&case), "{name}: {} bytes", blob.len());
            assert_eq!(case.columns(|_| true).unwrap().unwrap().len(), 200);
            put(name, &sound);
            assert!(is_kept(&case), "{name}");
        }
    }
    // Sound in itself and yet not true: the rows tell.
    let columns = columns::read(&case.conn, Wanted::ALL).unwrap().unwrap();
    let elsewhere = Columns {
        lon: vec![1.5; columns.len()],
        ..columns
    };
    let mut blobs = codec::packed(&elsewhere);
    let (_, moved) = blobs.find(|(name, _)| *name == "columns.lon").unwrap();
    put("columns.lon", &moved);
    assert!(!is_kept(&case));
    drop(case);
    let mut case = Case::open_read_only(&folder.path().join("case.gpkg")).unwrap();
    let report = case.check().unwrap();
    let item = report.items.iter().find(|i| i.name == "columns").unwrap();
    assert!(!item.ok, "{item:?}");
}

#[test]
fn some_columns_are_read_as_all_are() {
    use crate::index::Wanted;
    let (_folder, case) = varied_case(300);
    let all = case.columns(|_| true).unwrap().unwrap();
    let read = |wanted| case.columns_wanted(wanted, |_| true).unwrap().unwrap();
    let least = read(Wanted::LEAST);
    assert_eq!((least.len(), &least.start_day), (300, &all.start_day));
    assert_eq!((&least.id, &least.end_day), (&all.id, &all.end_day));
    assert_eq!(
        (&least.deaths_best, least.day_extent()),
        (&all.deaths_best, all.day_extent())
    );
    assert!(least.kind.is_empty() && least.lon.is_empty() && least.actors.is_empty());
    assert_eq!(read(Wanted::KIND).kind, all.kind);
    assert_eq!(read(Wanted::POSITION).world_x, all.world_x);
    assert_eq!(read(Wanted::KEYS).by_id, all.by_id);
    assert_eq!(read(Wanted::GRADE).reliability, all.reliability);
    assert_eq!(read(Wanted::PRECISION).radius_m, all.radius_m);
    assert_eq!(read(Wanted::CLOCK).minute, all.minute);
    let named = read(Wanted::ADMIN.and(Wanted::PLACE).and(Wanted::ACTORS));
    for row in 0..300_u32 {
        let i = row as usize;
        let names = |c: &Columns| {
            let actors = c.actors_of(row).iter();
            let actors: Vec<String> = actors.map(|a| c.actors.get(a.actor()).to_owned()).collect();
            let (place, admin) = (c.places.get(c.place[i]), c.admins.get(c.admin[i]));
            (place.to_owned(), admin.to_owned(), actors)
        };
        assert_eq!(names(&named), names(&all));
    }
    // What is not wanted is not asked about either: another program may have spoilt it.
    case.conn
        .execute("DELETE FROM cache WHERE name = 'columns.kind'", [])
        .unwrap();
    assert_eq!(read(Wanted::LEAST).len(), 300);
    assert!(read(Wanted::LEAST).kind.is_empty());
    assert_eq!(read(Wanted::KIND).kind, all.kind);
}

/// A copy that SQLite makes begins to count its changes anew, and may hold other rows by then.
#[test]
fn what_a_copy_brings_is_not_believed() {
    let (folder, case) = varied_case(3_000);
    let copy = folder.path().join("copy.gpkg");
    assert!(derived::is_true(&case.conn, &case.file).unwrap());
    let sql = "VACUUM INTO ?1";
    case.conn.execute(sql, [copy.to_str().unwrap()]).unwrap();
    let copy = Case::open_read_only(&copy).unwrap();
    assert!(!derived::is_true(&copy.conn, &copy.file).unwrap());
    assert_eq!(copy.columns(|_| true).unwrap().unwrap().len(), 3_000);
}
