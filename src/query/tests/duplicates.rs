//! Proposals against every pair looked at, and what speaks for and against a pair.

use super::*;
use crate::index::Row;
use crate::query::duplicates::{MOST_KEPT, MOST_PARTNERS, Matcher};
use geo::{Distance, Geodesic, Point};

/// Around these many incidents lie: in Mexico, by the antimeridian, by the poles.
const CENTRES: [(f64, f64); 5] = [
    (-99.5, 27.48),
    (-99.46, 27.5),
    (180.0, -17.0),
    (20.0, 89.93),
    (-20.0, -89.2),
];

fn placed() -> impl Strategy<Value = (&'static str, Incident)> {
    let at = (pick(&CENTRES), -0.06..0.06_f64, -0.06..0.06_f64);
    (pick(&DATASETS), incident(), at, 0..12_i64).prop_map(|(dataset, mut i, at, start)| {
        let ((lon, lat), dx, dy) = at;
        let lon = (lon + dx + 180.0_f64).rem_euclid(360.0) - 180.0;
        let lat = (lat + dy).clamp(-90.0, 90.0);
        i.position = Position::new(lon, lat, i.position.precision).unwrap();
        let length = (i.when.end - i.when.start).get_days().min(3);
        i.when = When::new(day(start), day(start + i64::from(length)), i.when.precision).unwrap();
        (dataset, i)
    })
}

fn placed_told() -> impl Strategy<Value = Vec<Told>> {
    proptest::collection::vec(placed(), 0..60).prop_map(|all| {
        let all = all.into_iter().enumerate();
        all.map(|(i, (dataset, incident))| (i as i64 + 1, dataset, incident))
            .collect()
    })
}

/// Every two rows, by what the fields of [`Near`] and the essay of the module say.
fn by_hand(columns: &Columns, all: &[Told], near: Near) -> Vec<(Row, Row)> {
    let told = |row: Row| {
        let id = columns.id[row as usize];
        all.iter().find(|(key, ..)| *key == id).unwrap()
    };
    let matcher = Matcher::new(columns, near);
    let n = columns.len() as Row;
    let mut found = Vec::new();
    for a in 0..n {
        let mut of_row = Vec::new();
        for b in a + 1..n {
            let ((_, dataset_a, x), (_, dataset_b, y)) = (told(a), told(b));
            let [from, to] = [x, y].map(|i| Point::new(i.position.lon, i.position.lat));
            let apart = |first: &Incident, second: &Incident| {
                (second.when.start - first.when.end).get_days()
            };
            let vague = |i: &Incident| i.position.precision >= PlacePrecision::State;
            let same_name = !x.places.place.is_empty() && x.places.place == y.places.place;
            if dataset_a != dataset_b
                && (x.kind.group() == y.kind.group()
                    || x.kind == Kind::Other
                    || y.kind == Kind::Other)
                && Geodesic.distance(from, to) <= near.km * 1000.0
                && apart(x, y) <= near.days
                && apart(y, x) <= near.days
                && (same_name || !(vague(x) || vague(y)))
            {
                of_row.push((matcher.reasons(a, b).score(near), a, b));
            }
        }
        of_row.sort_by_key(|(score, a, b)| (std::cmp::Reverse(*score), *a, *b));
        found.extend(of_row.into_iter().take(MOST_KEPT));
    }
    found.sort_by_key(|(score, a, b)| (std::cmp::Reverse(*score), *a, *b));
    let mut partners = vec![0; columns.len()];
    found.retain(|(_, a, b)| {
        let (a, b) = (*a as usize, *b as usize);
        let keeps = partners[a] < MOST_PARTNERS && partners[b] < MOST_PARTNERS;
        if keeps {
            partners[a] += 1;
            partners[b] += 1;
        }
        keeps
    });
    found.into_iter().map(|(_, a, b)| (a, b)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_near_pair_is_proposed_and_no_other(all in placed_told(), km in 0.0..14.0_f64, days in 0..5_i32) {
        let columns = columns(&all);
        let near = Near { km, days };
        let among: Vec<Row> = (0..columns.len() as Row).collect();
        let found = duplicates(&columns, &among, near, &|_, _| false, &|_| true).unwrap();
        let pairs: Vec<(Row, Row)> = found.iter().map(|p| (p.a, p.b)).collect();
        prop_assert_eq!(&pairs, &by_hand(&columns, &all, near));
        for pair in &found {
            prop_assert_eq!(pair.score, pair.reasons.score(near));
        }
        // What was decided on makes room for the next.
        let known: BTreeSet<(Row, Row)> = pairs.into_iter().collect();
        let rest = duplicates(&columns, &among, near, &|a, b| known.contains(&(a, b)), &|_| true);
        prop_assert!(rest.unwrap().iter().all(|p| !known.contains(&(p.a, p.b))));
    }
}

pub(super) fn one(dataset: &'static str, id: i64, change: impl FnOnce(&mut Incident)) -> Told {
    let mut incident = Incident {
        external_id: String::new(),
        kind: Kind::Homicide,
        source_kind: String::new(),
        title: LocalText::default(),
        when: When::new(day(0), day(0), TimePrecision::Day).unwrap(),
        position: Position::new(-99.5, 27.48, PlacePrecision::Near).unwrap(),
        places: PlaceNames::default(),
        side_a: Vec::new(),
        side_b: Vec::new(),
        deaths: Deaths::UNKNOWN,
        narrative: LocalText::default(),
        sources: Vec::new(),
        credibility: None,
        related: Vec::new(),
        extra: Vec::new(),
        version: None,
        line: 1,
    };
    change(&mut incident);
    (id, dataset, incident)
}

fn reasons(a: impl FnOnce(&mut Incident), b: impl FnOnce(&mut Incident)) -> (Columns, Pair) {
    let columns = columns(&[one("acled", 1, a), one("own", 2, b)]);
    let found = duplicates(&columns, &[0, 1], Near::default(), &|_, _| false, &|_| true);
    let [pair] = found.unwrap()[..] else {
        panic!("not one pair")
    };
    (columns, pair)
}

#[test]
fn names_are_compared_by_telling_words_and_initials() {
    let compared = |a: &[(&str, ActorType)], b: &[(&str, ActorType)]| {
        let side = |names: &[(&str, ActorType)]| {
            let actors = names.iter().map(|(name, of)| Actor::new(*name, *of));
            actors.collect::<Vec<_>>()
        };
        let (a, b) = (side(a), side(b));
        reasons(|i| i.side_a = a, |i| i.side_b = b).1.reasons.actors
    };
    use ActorType::{CartelOrGang as Gang, Civilians, Military, Police, Unknown};
    let shared = [
        ("CDN: Northeast Cartel", "Cártel del Noreste"),
        (
            "JALISCO CARTEL New Generation",
            "Cártel de Jalisco Nueva Generación",
        ),
        ("Sinaloa Cartel", "sinaloa cartel"),
        ("CJNG", "Cártel Jalisco Nueva Generación"),
    ];
    for (a, b) in shared {
        let found = compared(&[("Civilians", Civilians), (a, Gang)], &[(b, Gang)]);
        assert!(matches!(found, Actors::Shared(..)), "{a} / {b}: {found:?}");
    }
    let army = ("Military Forces of Mexico (2018-)", Military);
    assert_eq!(
        compared(&[("Gulf Cartel", Gang)], &[("Cartel del Noreste", Gang)]),
        Actors::SameSort
    );
    assert_eq!(
        compared(&[army], &[("Police Forces of Mexico (2018-)", Police)]),
        Actors::SameSort
    );
    assert_eq!(compared(&[army], &[("Gulf Cartel", Gang)]), Actors::Differ);
    assert_eq!(
        compared(&[army], &[("Gulf Cartel", Unknown)]),
        Actors::SameSort
    );
    assert_eq!(compared(&[army], &[]), Actors::Unknown);
}

#[test]
fn the_more_agrees_the_higher_the_score() {
    let deaths = |n| Deaths::new(Some(n), Some(n), Some(n)).unwrap();
    let there = |i: &mut Incident| {
        i.places.place = "Nuevo Laredo".to_owned();
        i.deaths = deaths(3);
        i.side_a = vec![Actor::new("Cártel del Noreste", ActorType::CartelOrGang)];
    };
    let (_, best) = reasons(there, there);
    assert_eq!(best.score, 100);
    assert_eq!(best.reasons.deaths, Toll::Same(3));
    assert_eq!(best.reasons.place, Naming::SamePlace);
    let worse: [fn(&mut Incident); 6] = [
        |i| i.position.lat += 0.02,
        |i| i.when = When::new(day(1), day(2), TimePrecision::Day).unwrap(),
        |i| i.kind = Kind::GunBattle,
        |i| i.side_a = vec![Actor::new("Ejército", ActorType::Military)],
        |i| i.deaths = Deaths::new(Some(4), Some(4), Some(4)).unwrap(),
        |i| i.places.place = "Reynosa".to_owned(),
    ];
    for (n, change) in worse.into_iter().enumerate() {
        let (_, found) = reasons(there, |i| {
            there(i);
            change(i);
        });
        assert!(found.score < best.score, "{n}: {found:?}");
    }
    let (_, range) = reasons(there, |i| {
        i.deaths = Deaths::new(Some(1), Some(2), Some(5)).unwrap();
    });
    assert_eq!(range.reasons.deaths, Toll::Overlap);
}

#[test]
fn what_is_asked_for_is_kept_within_limits_and_can_be_stopped() {
    let wild = Near {
        km: f64::NAN,
        days: i32::MAX,
    }
    .within_limits();
    assert_eq!(
        wild,
        Near {
            km: 0.0,
            days: Near::MOST_DAYS
        }
    );
    let all = [one("acled", 1, |_| {}), one("own", 2, |_| {})];
    let columns = columns(&all);
    let stopped = duplicates(&columns, &[0, 1], Near::default(), &|_, _| false, &|_| {
        false
    });
    assert_eq!(stopped, None);
    let none = duplicates(&columns, &[], Near::default(), &|_, _| false, &|_| true);
    assert_eq!(none, Some(Vec::new()));
}
