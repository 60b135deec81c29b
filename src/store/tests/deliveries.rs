//! Deliveries one after the other against a slow model: what was known on each day, and that each
//! can be taken back without a trace.

mod one;

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a file says: id → version of its text. A full one holds the whole dataset.
#[derive(Clone, Debug)]
struct Delivered {
    dataset: usize,
    full: bool,
    rows: BTreeMap<u64, u8>,
    areas: BTreeMap<u64, u8>,
    ways: BTreeMap<u64, u8>,
    measured: BTreeMap<u64, u8>,
}

fn delivered() -> impl Strategy<Value = Delivered> {
    let rows = || proptest::collection::btree_map(0..9_u64, 0..4_u8, 0..7);
    let all = (rows(), rows(), rows(), rows());
    (0..2_usize, any::<bool>(), all).prop_map(|(dataset, full, (rows, areas, ways, measured))| {
        Delivered {
            dataset,
            full,
            rows,
            areas,
            ways,
            measured,
        }
    })
}

const DATASETS: [&str; 2] = ["own", "other"];

/// A row whose every kind of part differs with `said`.
fn told(id: u64, said: u8) -> Incident {
    let side = ["Cártel A", "Cártel B; norte", "Police", "Cártel A"][usize::from(said)];
    let types = [
        ActorType::Unknown,
        ActorType::CartelOrGang,
        ActorType::Police,
        ActorType::Military,
    ];
    let sources = (0..said).map(|n| Source {
        publisher: format!("Diario {n}"),
        url: "https://example.org".to_owned(),
        ..Source::default()
    });
    let mut row = incident(id);
    row.title = LocalText::new(format!("Title {said}"));
    // Digits that a reader of JSON rounds.
    row.position = Position::new(
        -99.123_456_789_012_34 - f64::from(said) / 3.0,
        27.0 + f64::from(said) / 7.0,
        PlacePrecision::Near,
    )
    .unwrap();
    row.position.radius_m = (said == 3).then_some(1000.0 / 3.0);
    row.side_a = vec![Actor::new(side, types[usize::from(said)])];
    row.sources = sources.collect();
    row.extra = vec![("column z".to_owned(), said.to_string())];
    row
}

fn area(id: u64, said: u8) -> TerritoryEstimate {
    let at = 1.0 / (3.0 + f64::from(said));
    let ring = [(0.0, 0.0), (at, 0.0), (at, at), (0.0, 0.0)];
    TerritoryEstimate {
        dataset: String::new(),
        external_id: id.to_string(),
        name: LocalText::new("Area"),
        actor: Actor::new(format!("Actor {said}"), ActorType::CartelOrGang),
        relation: Relation::Present,
        valid_from: None,
        valid_to: None,
        share_low: Some(100.0 / 3.0),
        share_high: None,
        claimant: String::new(),
        grade: Grade::UNJUDGED,
        note: LocalText::default(),
        area: geo::MultiPolygon(vec![geo::Polygon::new(ring.to_vec().into(), Vec::new())]),
        extra: Vec::new(),
        line: id,
    }
}

fn way(id: u64, said: u8) -> Movement {
    let to = 1.0 / (3.0 + f64::from(said));
    Movement {
        external_id: id.to_string(),
        kind: MovementKind::Track,
        name: LocalText::new(format!("Way {said}")),
        actor: Some(Actor::new(format!("Actor {said}"), ActorType::Military)),
        when: None,
        path: geo::MultiLineString(vec![vec![(0.0, 0.0), (to, 1.0)].into()]),
        amount: Some(100.0 / 3.0),
        unit: String::new(),
        note: LocalText::default(),
        sources: Vec::new(),
        extra: Vec::new(),
        line: id,
    }
}

/// Rows go from one place to another, and places change their names with the values.
fn measured(id: u64, said: u8) -> PlaceSeries {
    let of = (id + u64::from(said)) % 3;
    PlaceSeries {
        external_id: id.to_string(),
        place: Place {
            external_id: of.to_string(),
            kind: "municipality".to_owned(),
            name: LocalText::new(format!("Place {of}, {said}")),
            names: PlaceNames::default(),
            position: (said > 1)
                .then(|| Position::new(f64::from(said) / 3.0, 20.0, PlacePrecision::Near).unwrap()),
        },
        series: vec![Series {
            measure: "Homicide".to_owned(),
            unit: String::new(),
            values: vec![Measured {
                from: day(id as usize),
                to: day(id as usize),
                value: Some(f64::from(said)),
            }],
        }],
        extra: Vec::new(),
        line: id,
    }
}

/// What is said of movements, and of places with their names, positions and values.
fn told_of_ways(case: &Case) -> String {
    let movements = case.movements().unwrap();
    let mut text: Vec<String> = movements
        .iter()
        .map(|m| format!("{} {:?}", m.dataset, m.movement))
        .collect();
    for p in case.places().unwrap() {
        let series = case.place_series(p.id).unwrap();
        text.push(format!("{} {:?} {series:?}", p.dataset, p.place));
    }
    text.sort();
    text.join("\n")
}

fn day(n: usize) -> Date {
    Date::constant(2024, 1, 1) + jiff::Span::new().days(n as i64)
}

fn load(case: &mut Case, n: usize, d: &Delivered) {
    let new = NewImport {
        dataset: DATASETS[d.dataset].to_owned(),
        received: Some(day(n)),
        full: d.full,
        force: true,
        sha256: format!("{n}"),
        ..import("delivery.csv")
    };
    let mut writer = case.begin_import(&new).unwrap();
    for (id, said) in &d.rows {
        writer.incident(&told(*id, *said)).unwrap();
    }
    for (id, said) in &d.areas {
        writer.write(&area(*id, *said).into()).unwrap();
    }
    for (id, said) in &d.ways {
        writer.write(&way(*id, *said).into()).unwrap();
    }
    for (id, said) in &d.measured {
        writer.write(&measured(*id, *said).into()).unwrap();
    }
    writer.reject("", 7, "date", "x", "bad_date", "{}").unwrap();
    let counts = writer.commit().unwrap();
    assert_eq!(
        counts.rows_read,
        counts.added + counts.updated + counts.unchanged + counts.rejected
    );
}

/// The type of each actor that an incident names, of the rows and of the columns.
fn types(case: &Case) -> BTreeMap<String, ActorType> {
    let columns = case.columns(|_| true).unwrap().unwrap();
    let mut found = BTreeMap::new();
    for id in &columns.id {
        for actor in case.incident(*id).unwrap().unwrap().incident.side_a {
            found.insert(actor.name, actor.actor_type);
        }
    }
    for (id, name) in columns.actors.iter() {
        // Names that no row has any more may stay.
        let of_rows = found.get(name);
        assert!(of_rows.is_none_or(|t| columns.actor_types[id.0 as usize] == *t));
    }
    found
}

/// What was said of each row, by kind, dataset and id.
type Told = BTreeMap<(RowKind, String, String), u8>;

/// Of each kind what a delivery says.
fn rows_of(d: &Delivered) -> Told {
    let kinds = [
        (RowKind::Incident, &d.rows),
        (RowKind::Territory, &d.areas),
        (RowKind::Movement, &d.ways),
        (RowKind::Series, &d.measured),
    ];
    let name = DATASETS[d.dataset].to_owned();
    let rows = kinds.into_iter().flat_map(|(kind, rows)| {
        let name = name.clone();
        rows.iter()
            .map(move |(id, said)| ((kind, name.clone(), id.to_string()), *said))
    });
    rows.collect()
}

/// Added, revised and retired rows, as lines.
fn told_changes(before: &Told, d: &Delivered) -> [Vec<String>; 3] {
    let now = rows_of(d);
    let lines = |rows: Vec<&(RowKind, String, String)>| -> Vec<String> {
        let mut lines: Vec<String> = rows
            .iter()
            .map(|(k, _, id)| format!("{k:?} {id}"))
            .collect();
        lines.sort();
        lines
    };
    let added = now.keys().filter(|key| !before.contains_key(*key));
    let revised = now
        .iter()
        .filter(|(key, said)| before.get(*key).is_some_and(|s| s != *said));
    let retired = before
        .keys()
        .filter(|key| d.full && key.1 == DATASETS[d.dataset] && !now.contains_key(*key));
    [
        lines(added.collect()),
        lines(revised.map(|(key, _)| key).collect()),
        lines(retired.collect()),
    ]
}

fn found_changes(case: &Case, import: ImportInfo) -> [Vec<String>; 3] {
    let changes = case.changes_of(import).unwrap();
    let name = |r: &RowName| format!("{:?} {}", r.kind, r.external_id);
    for name in changes.added.iter().chain(&changes.retired) {
        assert!(!name.title.text.is_empty(), "{name:?}");
    }
    let revised = changes.revised.iter().filter(|c| {
        assert_ne!(c.before, c.after);
        assert_eq!(c.before.row().external_id(), c.after.row().external_id());
        // Places follow from the rows that tell of them.
        c.after.kind() != RowKind::Place
    });
    let mut found = [
        changes.added.iter().map(name).collect::<Vec<_>>(),
        revised
            .map(|c| format!("{:?} {}", c.after.kind(), c.after.row().external_id()))
            .collect(),
        changes.retired.iter().map(name).collect(),
    ];
    found.iter_mut().for_each(|lines| lines.sort());
    found
}

/// Title by dataset and id, and the actor of each area.
type Known = BTreeMap<(String, String, bool), String>;

fn known(case: &Case) -> Known {
    let columns = case.columns(|_| true).unwrap().unwrap();
    let mut all = Known::new();
    for id in &columns.id {
        let stored = case.incident(*id).unwrap().unwrap();
        let text = case.table_texts(&[*id]).unwrap().pop().unwrap();
        assert_eq!(text.title, stored.incident.title.text);
        let said: u8 = text.title.trim_start_matches("Title ").parse().unwrap();
        let mut expected = told(text.external_id.parse().unwrap(), said);
        expected.side_a[0].name = cells::plain_name(&expected.side_a[0].name);
        // An actor is of one type in the whole case.
        expected.side_a[0].actor_type = stored.incident.side_a[0].actor_type;
        assert_eq!(stored.incident, expected);
        let key = (stored.dataset, text.external_id, false);
        all.insert(key, text.title.clone());
        let found = case.search(&text.title, &|| false).unwrap().unwrap();
        assert!(found.contains(id), "{found:?} lacks {id}");
    }
    for t in case.territories().unwrap() {
        let key = (t.estimate.dataset, t.estimate.external_id, true);
        all.insert(key, t.estimate.actor.name);
    }
    all
}

fn expected(before: &Known, d: &Delivered) -> Known {
    let mut now = before.clone();
    let name = DATASETS[d.dataset];
    if d.full {
        now.retain(|(dataset, ..), _| dataset != name);
    }
    let rows = d
        .rows
        .iter()
        .map(|(id, said)| (id, false, format!("Title {said}")));
    let areas = d
        .areas
        .iter()
        .map(|(id, said)| (id, true, format!("Actor {said}")));
    now.extend(
        rows.chain(areas)
            .map(|(id, is_area, words)| ((name.to_owned(), id.to_string(), is_area), words)),
    );
    now
}

/// Every table of the case as text, but for what is drawn from others, times of writing, and the
/// numbers of sources, which nothing points to.
fn dump(case: &Case) -> String {
    let mut tables: Vec<String> = case
        .conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    tables.sort();
    let drawn = [
        "cache",
        "search",
        "rtree_incident_geom_",
        "rtree_territory_geom_",
    ];
    tables.retain(|t| !drawn.iter().any(|d| t.starts_with(d)));
    let mut text = String::new();
    for table in tables {
        let columns = match table.as_str() {
            "source" => "incident_id, publisher, title, date, url, language, reliability",
            "gpkg_contents" => "table_name, min_x, min_y, max_x, max_y",
            _ => "*",
        };
        let order = match table.as_str() {
            "source" => "incident_id, id",
            _ => "1",
        };
        let sql = format!("SELECT {columns} FROM \"{table}\" ORDER BY {order}");
        let mut statement = case.conn.prepare(&sql).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..width)
                .map(|i| format!("{:?}", row.get::<_, rusqlite::types::Value>(i).unwrap()))
                .collect();
            text.push_str(&format!("{table}: {}\n", cells.join("|")));
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn each_day_is_remembered_and_each_delivery_can_be_undone(
        deliveries in proptest::collection::vec(delivered(), 1..6),
        indexed in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.gpkg");
        let mut case = Case::create(&path).unwrap();
        let (mut states, mut dumps) = (vec![Known::new()], vec![dump(&case)]);
        let (mut ways, mut actors) = (Vec::new(), Vec::new());
        let (mut told, mut changes) = (Told::new(), Vec::new());
        for (n, d) in deliveries.iter().enumerate() {
            load(&mut case, n, d);
            changes.push(told_changes(&told, d));
            if d.full {
                told.retain(|key, _| key.1 != DATASETS[d.dataset]);
            }
            told.extend(rows_of(d));
            actors.push(types(&case));
            states.push(expected(&states[n], d));
            dumps.push(dump(&case));
            ways.push(told_of_ways(&case));
            prop_assert_eq!(&known(&case), &states[n + 1]);
        }
        if indexed {
            case.build_search_index(|_| true).unwrap();
        }
        prop_assert!(case.check().unwrap().is_sound());
        for (n, import) in case.imports().unwrap().into_iter().enumerate() {
            prop_assert_eq!(&found_changes(&case, import), &changes[n], "changes of delivery {}", n);
        }
        for n in 0..deliveries.len() {
            let mut then = Case::open_read_only(&path).unwrap();
            then.look_back(day(n)).unwrap();
            prop_assert_eq!(&known(&then), &states[n + 1], "as known after delivery {}", n);
            prop_assert_eq!(&told_of_ways(&then), &ways[n], "as told after delivery {}", n);
            prop_assert_eq!(&types(&then), &actors[n], "types after delivery {}", n);
            let last = then.imports().unwrap().pop().unwrap();
            prop_assert_eq!(&found_changes(&then, last), &changes[n], "looked back on {}", n);
            prop_assert!(then.imports().unwrap().len() == n + 1);
            let also = then.for_job().unwrap();
            prop_assert_eq!(&known(&also), &states[n + 1]);
        }
        for n in (0..deliveries.len()).rev() {
            let last = case.undoable(None).unwrap();
            case.undo_import(last.id).unwrap();
            prop_assert_eq!(&dump(&case), &dumps[n], "after undoing delivery {}", n);
            prop_assert!(case.check().unwrap().is_sound());
        }
    }
}
