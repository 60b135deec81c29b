//! Movements and places: what is written comes back, and what a changed row said before is kept.

use super::*;
use geo::{LineString, MultiLineString};

fn movement(id: &str) -> Movement {
    let line = |points: &[(f64, f64)]| LineString::from(points.to_vec());
    let mut when = When::day(Date::constant(2025, 2, 3));
    when.instant = Some(Instant {
        utc: "2025-02-03T12:30:00Z".parse().unwrap(),
        zone: "America/Tijuana".to_owned(),
    });
    Movement {
        external_id: id.to_owned(),
        kind: MovementKind::Deployment,
        name: LocalText {
            text: "Troops".to_owned(),
            es: Some("Tropas".to_owned()),
        },
        actor: Some(Actor::new("National Guard", ActorType::Military)),
        when: Some(when),
        path: MultiLineString(vec![
            line(&[(-99.0, 19.0), (-99.5, 27.5)]),
            line(&[(-110.0, 24.0), (-117.0, 32.5), (-116.0, 32.0)]),
        ]),
        amount: Some(10_000.0),
        unit: "troops".to_owned(),
        note: LocalText::new("to the border"),
        sources: vec![Source {
            publisher: "A newspaper".to_owned(),
            ..Source::default()
        }],
        extra: vec![("legs".to_owned(), "2".to_owned())],
        line: 3,
    }
}

fn row(id: &str, line: u64, series: Vec<Series>) -> PlaceSeries {
    PlaceSeries {
        external_id: id.to_owned(),
        place: Place {
            external_id: "28027".to_owned(),
            kind: "municipality".to_owned(),
            name: LocalText::new("Nuevo Laredo"),
            names: PlaceNames {
                admin1: "Tamaulipas".to_owned(),
                ..PlaceNames::default()
            },
            position: Position::new(-99.5, 27.5, PlacePrecision::Municipality),
        },
        series,
        extra: Vec::new(),
        line,
    }
}

fn months(measure: &str, year: i16, values: &[Option<f64>]) -> Series {
    let value = |(month, value): (usize, &Option<f64>)| {
        let from = Date::constant(year, month as i8 + 1, 1);
        let to = from.last_of_month();
        Measured {
            from,
            to,
            value: *value,
        }
    };
    Series {
        measure: measure.to_owned(),
        unit: "victims".to_owned(),
        values: values.iter().enumerate().map(value).collect(),
    }
}

fn empty_case() -> (tempfile::TempDir, Case) {
    let folder = tempfile::tempdir().unwrap();
    let case = Case::create(&folder.path().join("case.gpkg")).unwrap();
    (folder, case)
}

fn revisions(case: &Case, table: &str) -> Vec<(i64, i64, String)> {
    let sql = "SELECT import_id, line, row FROM revision WHERE table_name = ?1 ORDER BY id";
    let mut statement = case.conn.prepare(sql).unwrap();
    let rows = statement.query_map([table], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)));
    rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn movements_come_back_as_they_were_written() {
    let (_folder, mut case) = empty_case();
    let undated = Movement {
        when: None,
        actor: None,
        amount: None,
        unit: String::new(),
        sources: Vec::new(),
        extra: Vec::new(),
        ..movement("b")
    };
    let mut writer = case.begin_import(&import("flights.gpx")).unwrap();
    for m in [&movement("a"), &undated] {
        assert_eq!(writer.write(&m.clone().into()).unwrap(), RowOutcome::Added);
    }
    assert_eq!(writer.commit().unwrap().added, 2);
    let stored = case.movements().unwrap();
    let found: Vec<&Movement> = stored.iter().map(|s| &s.movement).collect();
    assert_eq!(found, [&movement("a"), &undated]);
    assert_eq!(
        (stored[0].dataset.as_str(), stored[0].import_id),
        ("own", 1)
    );
    let told = &case.datasets().unwrap()[0];
    assert_eq!((told.incidents, told.movements, told.places), (0, 2, 0));
    let extent: [f64; 4] = case
        .conn
        .query_row(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'movement'",
            [],
            |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?]),
        )
        .unwrap();
    assert_eq!(extent, [-117.0, 19.0, -99.0, 32.5]);
    assert!(case.check().unwrap().is_sound(), "{:?}", case.check());
}

#[test]
fn a_movement_loaded_again_is_unchanged_or_updated_and_keeps_what_it_said() {
    let (_folder, mut case) = empty_case();
    let load = |case: &mut Case, name: &str, all: &[Movement]| {
        let mut writer = case.begin_import(&import(name)).unwrap();
        let outcomes: Vec<RowOutcome> = all
            .iter()
            .map(|m| writer.write(&m.clone().into()).unwrap())
            .collect();
        writer.commit().unwrap();
        outcomes
    };
    load(&mut case, "first", &[movement("a"), movement("b")]);
    let id = case.movements().unwrap()[0].id;
    let changed = Movement {
        amount: Some(9_000.0),
        line: 8,
        ..movement("a")
    };
    let other_line = Movement {
        line: 9,
        ..movement("b")
    };
    let twice = Movement {
        amount: None,
        ..movement("b")
    };
    assert_eq!(
        load(&mut case, "second", &[changed.clone(), other_line, twice]),
        [
            RowOutcome::Updated,
            RowOutcome::Unchanged,
            RowOutcome::DuplicateKey
        ]
    );
    let stored = case.movements().unwrap();
    assert_eq!((stored[0].id, &stored[0].movement), (id, &changed));
    let kept = revisions(&case, "movement");
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].0, kept[0].1), (1, 3));
    case.undo_import(2).unwrap();
    assert_eq!(case.movements().unwrap()[0].movement, movement("a"));
}

#[test]
fn rows_of_a_place_are_one_series_a_measure_in_time_order() {
    let (_folder, mut case) = empty_case();
    let later = row(
        "2024",
        2,
        vec![months("Homicide", 2024, &[Some(4.0), None, Some(0.0)])],
    );
    let earlier = row(
        "2023",
        3,
        vec![
            months("Homicide", 2023, &[Some(7.0)]),
            months("Extortion", 2023, &[Some(1.0)]),
        ],
    );
    let mut writer = case.begin_import(&import("sesnsp.csv")).unwrap();
    for r in [&later, &earlier] {
        assert_eq!(writer.write(&r.clone().into()).unwrap(), RowOutcome::Added);
    }
    writer.commit().unwrap();
    let places = case.places().unwrap();
    assert_eq!(places.len(), 1);
    assert_eq!(places[0].place, later.place);
    let series = case.place_series(places[0].id).unwrap();
    let lines_and_values = |s: &StoredSeries| {
        let values = s.values.iter().map(|v| (v.line, v.measured.value));
        (s.measure.clone(), values.collect::<Vec<_>>())
    };
    let told: Vec<_> = series.iter().map(lines_and_values).collect();
    assert_eq!(
        told,
        [
            (
                "Homicide".to_owned(),
                vec![(3, Some(7.0)), (2, Some(4.0)), (2, None), (2, Some(0.0))]
            ),
            ("Extortion".to_owned(), vec![(3, Some(1.0))]),
        ]
    );
    assert!(case.check().unwrap().is_sound(), "{:?}", case.check());
}

#[test]
fn a_row_of_a_place_that_changes_keeps_what_it_said() {
    let (_folder, mut case) = empty_case();
    let before = row("2024", 2, vec![months("Homicide", 2024, &[Some(4.0)])]);
    let mut after = row("2024", 5, vec![months("Homicide", 2024, &[Some(5.0)])]);
    after.place.position = None;
    after.place.name = LocalText::new("NUEVO LAREDO");
    for (name, r, outcome) in [
        ("first", &before, RowOutcome::Added),
        ("again", &before, RowOutcome::Unchanged),
        ("second", &after, RowOutcome::Updated),
    ] {
        let mut writer = case.begin_import(&import(name)).unwrap();
        assert_eq!(writer.write(&r.clone().into()).unwrap(), outcome, "{name}");
        writer.commit().unwrap();
    }
    assert_eq!(revisions(&case, "series").len(), 1);
    let places = case.places().unwrap();
    assert_eq!(places[0].place.name.text, "NUEVO LAREDO");
    assert_eq!(
        places[0].place.position, before.place.position,
        "who gives no position takes none away"
    );
    let series = case.place_series(places[0].id).unwrap();
    assert_eq!(series[0].values[0].measured.value, Some(5.0));
    let newest = case.imports().unwrap().pop().unwrap().id;
    case.undo_import(newest).unwrap();
    let places = case.places().unwrap();
    assert_eq!(places[0].place, before.place);
    let series = case.place_series(places[0].id).unwrap();
    assert_eq!(series[0].values[0].measured.value, Some(4.0));
}
