//! The order of rows and what a set of them is made of, against a slow and obvious oracle.

use super::*;
use crate::index::Row;
use crate::query::Figure;

/// What a table shows of an incident in a column, to be compared by eye: smaller comes first, none
/// last.
fn shown(field: Field, told: &Told) -> Option<(i64, String)> {
    let (_, dataset, i) = told;
    let name = |name: &str| (!name.is_empty()).then(|| (0, plain(name) + "|" + name));
    let first = |side: &[Actor]| side.first().and_then(|a| name(&a.name));
    let place = |n: i64| Some((n, String::new()));
    match field {
        Field::Date => {
            let days = (i.when.start - Date::constant(1970, 1, 1)).get_days();
            let clock = i.when.instant.as_ref();
            let clock = clock.filter(|_| i.when.precision <= TimePrecision::Hour);
            let clock = clock.map(|t| t.utc.in_tz(&t.zone).unwrap().time());
            // What has no clock time comes last on its day.
            let clock = clock.map_or("none".to_owned(), |t| t.strftime("%H:%M").to_string());
            Some((i64::from(days), clock))
        }
        Field::Kind => place(Kind::ALL.iter().position(|k| *k == i.kind).unwrap() as i64),
        Field::Place => name(&i.places.place),
        Field::Municipality => name(&i.places.admin2),
        Field::State => name(&i.places.admin1),
        Field::Country => name(&i.places.country),
        Field::SideA => first(&i.side_a),
        Field::SideB => {
            // One that stood on both sides is told before the others of the second.
            let both = i
                .side_a
                .iter()
                .find(|a| i.side_b.iter().any(|b| b.name == a.name));
            both.map_or_else(|| first(&i.side_b), |a| name(&a.name))
        }
        Field::Deaths if i.deaths == Deaths::UNKNOWN => None,
        Field::Deaths => place(in_sums(i.deaths)[1] as i64),
        Field::Precision => place(i.position.precision as i64),
        Field::Grade => Some((0, i.grade().to_string())),
        Field::Dataset => name(dataset),
        Field::Title | Field::Id | Field::File | Field::Line => place(0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_are_ordered_as_a_slow_sort_orders_incidents(all in told(), field in pick(Field::ALL), descending in any::<bool>()) {
        let columns = columns(&all);
        let of_row = |row: &Row| all.iter().find(|t| t.0 == columns.id[*row as usize]).unwrap();
        let mut slow: Vec<Row> = (0..columns.len() as Row).collect();
        slow.sort_by(|a, b| match (shown(field, of_row(a)), shown(field, of_row(b))) {
            (Some(a), Some(b)) if descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        });
        prop_assert_eq!(ordered(&columns, field, descending), slow);
    }

    #[test]
    fn a_summary_counts_what_its_groups_hold(all in told(), picked in proptest::collection::vec(any::<bool>(), 80)) {
        let columns = columns(&all);
        let rows: Vec<Row> = (0..columns.len() as Row).filter(|r| picked[*r as usize % 80]).collect();
        let told: Vec<&Told> = rows.iter().map(|r| all.iter().find(|t| t.0 == columns.id[*r as usize]).unwrap()).collect();
        let s = Summary::of(&columns, &rows, Figure::Incidents);
        let ids = |rows: Vec<Row>| -> Vec<i64> { rows.iter().map(|r| columns.id[*r as usize]).collect() };
        let that = |holds: &dyn Fn(&Incident) -> bool| -> Vec<i64> {
            told.iter().filter(|t| holds(&t.2)).map(|t| t.0).collect()
        };
        let sums = told.iter().map(|t| in_sums(t.2.deaths)).fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        prop_assert_eq!(s.deaths, sums);
        prop_assert_eq!(s.deaths_unknown as usize, that(&|i| i.deaths.is_unknown()).len());
        prop_assert_eq!(s.days.map(|d| d.0), rows.iter().map(|r| columns.start_day[*r as usize]).min());
        prop_assert_eq!(s.days.map(|d| d.1), rows.iter().map(|r| columns.end_day[*r as usize]).max());
        for (kind, n) in &s.kinds {
            let found = ids(Group::Kind(*kind).of(&columns, &rows));
            prop_assert_eq!(found.len(), *n as usize);
            prop_assert_eq!(found, that(&|i| i.kind == *kind));
        }
        prop_assert_eq!(s.kinds.iter().map(|k| k.1 as usize).sum::<usize>(), rows.len());
        for (id, n) in &s.actors {
            let found = ids(Group::Actor(*id).of(&columns, &rows));
            let name = columns.actors.get(*id);
            prop_assert_eq!(found.len(), *n as usize);
            prop_assert_eq!(found, that(&|i| i.side_a.iter().chain(&i.side_b).any(|a| a.name == name)));
        }
        let everybody: BTreeSet<&str> = told.iter().flat_map(|t| names(&t.2)).collect();
        prop_assert_eq!(s.actors.len(), everybody.len());
        for (path, n) in &s.states {
            let found = ids(Group::State(path.clone()).of(&columns, &rows));
            prop_assert_eq!(found.len(), *n as usize);
            let state = |p: &PlaceNames| match (p.country.as_str(), p.admin1.as_str()) {
                // A municipality without a state leaves an empty one in the path.
                (country, "") if p.admin2.is_empty() => country.to_owned(),
                (country, state) => format!("{country} / {state}"),
            };
            prop_assert_eq!(found, that(&|i| state(&i.places) == *path));
        }
        prop_assert_eq!(s.states.iter().map(|k| k.1 as usize).sum::<usize>(), rows.len());
        for (start_day, end_day, n) in &s.times {
            let found = Group::Time { start_day: *start_day, end_day: *end_day }.of(&columns, &rows);
            prop_assert_eq!(found.len(), *n as usize);
        }
        prop_assert_eq!(s.times.iter().map(|t| t.2 as usize).sum::<usize>(), rows.len());
        prop_assert!(s.times.windows(2).all(|w| w[0].1 == w[1].0));
        let d = Summary::of(&columns, &rows, Figure::Deaths);
        let deaths = |group: &Group| group.of(&columns, &rows).iter().map(|r| Figure::Deaths.of(&columns, *r)).sum::<u32>();
        prop_assert!(d.kinds.iter().all(|(kind, n)| *n > 0 && deaths(&Group::Kind(*kind)) == *n));
        prop_assert_eq!(d.kinds.iter().map(|k| u64::from(k.1)).sum::<u64>(), sums[1]);
        prop_assert!(d.actors.iter().all(|(id, n)| deaths(&Group::Actor(*id)) == *n));
        prop_assert_eq!(d.times.iter().map(|t| u64::from(t.2)).sum::<u64>(), sums[1]);
        prop_assert_eq!(d.states.iter().map(|t| u64::from(t.1)).sum::<u64>(), sums[1]);
        let falling = |n: Vec<u32>| n.is_sorted_by(|a, b| a >= b);
        prop_assert!(falling(s.kinds.iter().map(|k| k.1).collect()));
        prop_assert!(falling(s.actors.iter().map(|k| k.1).collect()));
        prop_assert!(falling(s.states.iter().map(|k| k.1).collect()));
    }
}
