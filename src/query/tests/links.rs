//! Linked rows count once, in every number and under every filter: against events made by hand.

use super::*;
use crate::index::{Links, Row};
use crate::query::{Figure, deaths_by_option};
use std::sync::Arc;

/// Incidents, and pairs of them said to be the same event.
fn linked() -> impl Strategy<Value = (Vec<Told>, Vec<(i64, i64)>)> {
    told().prop_flat_map(|all| {
        let ids: Vec<i64> = all.iter().map(|(id, ..)| *id).chain([-1, -2]).collect();
        let one = proptest::sample::select(ids);
        let most = all.len() / 2 + 2;
        let pairs = proptest::collection::vec((one.clone(), one), 0..most);
        (Just(all), pairs)
    })
}

/// The number of the event of each incident, by its key.
fn events(all: &[Told], pairs: &[(i64, i64)]) -> BTreeMap<i64, i64> {
    let mut event: BTreeMap<i64, i64> = all.iter().map(|(id, ..)| (*id, *id)).collect();
    for (a, b) in pairs {
        if let (Some(a), Some(b)) = (event.get(a).copied(), event.get(b).copied()) {
            event.values_mut().filter(|e| **e == b).for_each(|e| *e = a);
        }
    }
    event
}

struct Case {
    columns: Columns,
    events: BTreeMap<i64, i64>,
    judged: Judged,
    answer: Answer,
}

impl Case {
    fn new(all: &[Told], pairs: &[(i64, i64)], f: &Filter) -> Case {
        let columns = columns(all);
        let links = Arc::new(Links::new(&columns, pairs.iter().copied()));
        let found = all.iter().filter(|(_, _, i)| passes_text(f, i));
        let rows = found.filter_map(|(id, _, _)| columns.row_of(*id));
        let found = Arc::new(RowSet::new(columns.len(), rows));
        let ask = Ask {
            filter: f,
            found: Some(&found),
            links: Some(&links),
        };
        let judged = Judged::new(&columns, ask);
        let answer = Answer::of(&columns, &judged, Window::of(f));
        assert_eq!(answer.selection, select(&columns, ask));
        Case {
            events: events(all, pairs),
            columns,
            judged,
            answer,
        }
    }

    /// How many events the incidents are that pass a filter.
    fn count(&self, all: &[Told], f: &Filter) -> usize {
        let events = passing(all, f).map(|(id, ..)| self.events[id]);
        events.collect::<BTreeSet<i64>>().len()
    }

    /// That the rows are of different events, each passing the filter, and all there are.
    fn are(&self, rows: &[Row], all: &[Told], f: &Filter) -> bool {
        let ids: Vec<i64> = rows.iter().map(|r| self.columns.id[*r as usize]).collect();
        let events: BTreeSet<i64> = ids.iter().map(|id| self.events[id]).collect();
        let pass: BTreeSet<i64> = passing(all, f).map(|(id, ..)| *id).collect();
        events.len() == rows.len()
            && rows.len() == self.count(all, f)
            && ids.iter().all(|id| pass.contains(id))
            && rows.is_sorted()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_row_stands_for_its_event((all, pairs) in linked(), f in filter()) {
        let case = Case::new(&all, &pairs, &f);
        let rows = &case.answer.selection.rows;
        prop_assert!(case.are(rows, &all, &f));
        // It is the best graded, then the most precisely placed, then that of the lowest key.
        let standing = |(id, _, i): &Told| (i.grade().reliability, i.grade().credibility, i.position.precision, *id);
        let told = |id: i64| all.iter().find(|(key, ..)| *key == id).unwrap();
        for row in rows {
            let id = case.columns.id[*row as usize];
            let same = passing(&all, &f).filter(|(other, ..)| case.events[other] == case.events[&id]);
            prop_assert_eq!(same.map(standing).min(), Some(standing(told(id))));
        }
        let sum: u64 = rows.iter().map(|r| in_sums(told(case.columns.id[*r as usize]).2.deaths)[1]).sum();
        prop_assert_eq!(case.answer.selection.deaths_best, sum);
        let ids: BTreeSet<i64> = case.judged.rows_with_aside().iter().map(|r| case.columns.id[*r as usize]).collect();
        prop_assert_eq!(ids, passing(&all, &f).map(|(id, ..)| *id).collect());
    }

    #[test]
    fn facets_count_events((all, pairs) in linked(), f in filter()) {
        let case = Case::new(&all, &pairs, &f);
        let (c, found, judged) = (&case.columns, &case.answer.facets, &case.judged);
        for kind in Kind::ALL {
            let choice = Filter { kinds: [*kind].into(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Kind)[*kind as usize] as usize, case.count(&all, &choice), "{}", kind.code());
            let rows = judged.rows_having(Part::Kind, |r| c.kind[r as usize] == *kind);
            prop_assert!(case.are(&rows, &all, &choice));
        }
        for group in KindGroup::ALL {
            let kinds: BTreeSet<Kind> = group.kinds().collect();
            let sum: u32 = kinds.iter().map(|k| found.of(Part::Kind)[*k as usize]).sum();
            let of = |r| Some(c.kind[r as usize]).filter(|k| kinds.contains(k));
            let choice = Filter { kinds: kinds.clone(), ..f.clone() };
            prop_assert_eq!((sum - judged.overlap(Part::Kind, of)) as usize, case.count(&all, &choice));
        }
        for (id, name) in c.actors.iter() {
            let id = id.0 as usize;
            let names: BTreeSet<String> = [name.to_owned()].into();
            let choice = Filter { actors: names.clone(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Actor)[id] as usize, case.count(&all, &choice), "{}", name);
            let choice = Filter { side_a: names.clone(), ..f.clone() };
            prop_assert_eq!(found.of(Part::SideA)[id] as usize, case.count(&all, &choice), "{}", name);
            let choice = Filter { side_b: names, ..f.clone() };
            prop_assert_eq!(found.of(Part::SideB)[id] as usize, case.count(&all, &choice), "{}", name);
        }
        for (id, name) in c.datasets.iter() {
            let choice = Filter { datasets: [name.to_owned()].into(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Dataset)[id.0 as usize] as usize, case.count(&all, &choice), "{}", name);
            let rows = judged.rows_having(Part::Dataset, |r| c.dataset[r as usize] == id);
            prop_assert!(case.are(&rows, &all, &choice));
        }
        for asked in ["Mexico", "Tamaulipas", "Reynosa"] {
            let in_it = |path: &str| filter::is_in_admin(path, asked);
            let inside = c.admins.iter().filter(|(_, path)| in_it(path));
            let sum: u32 = inside.map(|(id, _)| found.of(Part::Admin)[id.0 as usize]).sum();
            let of = |r| Some(c.admin[r as usize].0).filter(|_| in_it(c.admins.get(c.admin[r as usize])));
            let choice = Filter { admin: [asked.to_owned()].into(), ..f.clone() };
            prop_assert_eq!((sum - judged.overlap(Part::Admin, of)) as usize, case.count(&all, &choice));
        }
        for (class, least) in DEATH_CLASSES.iter().enumerate() {
            let most = DEATH_CLASSES.get(class + 1).map(|next| next - 1);
            let choice = Filter { min_deaths: Some(*least), max_deaths: most, ..f.clone() };
            prop_assert_eq!(found.of(Part::Deaths)[class] as usize, case.count(&all, &choice), "{}", least);
        }
        for p in PlacePrecision::ALL {
            let choice = Filter { precision: Some(*p), ..f.clone() };
            let sum: u32 = found.of(Part::Precision)[..=*p as usize].iter().sum();
            let of = |r| Some(c.place_precision[r as usize]).filter(|of| of <= p);
            prop_assert_eq!((sum - judged.overlap(Part::Precision, of)) as usize, case.count(&all, &choice));
        }
        for (r, k) in Reliability::ALL.iter().flat_map(|r| Credibility::ALL.iter().map(move |k| (r, k))) {
            let choice = Filter { reliability: Some(*r), credibility: Some(*k), ..f.clone() };
            let lines = found.of(Part::Grade).chunks(Credibility::ALL.len()).take(*r as usize + 1);
            let sum: u32 = lines.map(|line| line[..=*k as usize].iter().sum::<u32>()).sum();
            let grade = |row: Row| (c.reliability[row as usize], c.credibility[row as usize]);
            let of = |row| Some(grade(row)).filter(|g| g.0 <= *r && g.1 <= *k);
            prop_assert_eq!((sum - judged.overlap(Part::Grade, of)) as usize, case.count(&all, &choice));
        }
    }

    #[test]
    fn deaths_of_an_option_are_those_of_its_choice((all, pairs) in linked(), f in filter()) {
        let case = Case::new(&all, &pairs, &f);
        let (c, judged) = (&case.columns, &case.judged);
        let found = deaths_by_option(c, judged);
        let deaths = |choice: Filter| Case::new(&all, &pairs, &choice).answer.selection.deaths_best as u32;
        for kind in Kind::ALL {
            let choice = Filter { kinds: [*kind].into(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Kind)[*kind as usize], deaths(choice), "{}", kind.code());
        }
        for (id, name) in c.actors.iter() {
            let (id, names) = (id.0 as usize, BTreeSet::from([name.to_owned()]));
            prop_assert_eq!(found.of(Part::Actor)[id], deaths(Filter { actors: names.clone(), ..f.clone() }));
            prop_assert_eq!(found.of(Part::SideA)[id], deaths(Filter { side_a: names.clone(), ..f.clone() }));
            prop_assert_eq!(found.of(Part::SideB)[id], deaths(Filter { side_b: names, ..f.clone() }));
        }
        for (id, name) in c.datasets.iter() {
            let choice = Filter { datasets: [name.to_owned()].into(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Dataset)[id.0 as usize], deaths(choice));
        }
        let group: BTreeSet<Kind> = KindGroup::ALL[0].kinds().collect();
        let sum: u32 = group.iter().map(|k| found.of(Part::Kind)[*k as usize]).sum();
        let of = |r| Some(c.kind[r as usize]).filter(|k| group.contains(k));
        let over = judged.overlap_of(Part::Kind, of, |r| Figure::Deaths.of(c, r));
        prop_assert_eq!(sum - over, deaths(Filter { kinds: group.clone(), ..f.clone() }));
        for asked in ["Mexico", "Tamaulipas"] {
            let in_it = |path: &str| filter::is_in_admin(path, asked);
            let inside = c.admins.iter().filter(|(_, path)| in_it(path));
            let sum: u32 = inside.map(|(id, _)| found.of(Part::Admin)[id.0 as usize]).sum();
            let of = |r| Some(c.admin[r as usize].0).filter(|_| in_it(c.admins.get(c.admin[r as usize])));
            let over = judged.overlap_of(Part::Admin, of, |r| Figure::Deaths.of(c, r));
            prop_assert_eq!(sum - over, deaths(Filter { admin: [asked.to_owned()].into(), ..f.clone() }));
        }
        for (class, least) in DEATH_CLASSES.iter().enumerate() {
            let most = DEATH_CLASSES.get(class + 1).map(|next| next - 1);
            let choice = Filter { min_deaths: Some(*least), max_deaths: most, ..f.clone() };
            prop_assert_eq!(found.of(Part::Deaths)[class], deaths(choice), "{}", least);
        }
        for p in PlacePrecision::ALL {
            let sum: u32 = found.of(Part::Precision)[..=*p as usize].iter().sum();
            let of = |r| Some(c.place_precision[r as usize]).filter(|of| of <= p);
            let over = judged.overlap_of(Part::Precision, of, |r| Figure::Deaths.of(c, r));
            prop_assert_eq!(sum - over, deaths(Filter { precision: Some(*p), ..f.clone() }));
        }
    }

    #[test]
    fn bars_and_what_they_lead_to_count_events((all, pairs) in linked(), f in filter()) {
        let case = Case::new(&all, &pairs, &f);
        let (c, judged) = (&case.columns, &case.judged);
        for (part, without) in [
            (Part::Time, f.any_time()),
            (Part::Text, Filter { text: String::new(), ..f.clone() }),
            (Part::Area, Filter { area: None, ..f.clone() }),
        ] {
            let but = part.bit();
            prop_assert_eq!(judged.passing_but(but), case.count(&all, &without), "{:?}", part);
            let rows: Vec<Row> = (0..c.len()).filter(|r| judged.passes_but(*r, but)).map(|r| r as Row).collect();
            prop_assert!(case.are(&rows, &all, &without));
        }
        let Some((first, last)) = c.day_extent() else { return Ok(()) };
        let span = (hour_of(first), hour_of(last) + HOURS);
        let bars = histogram(c, judged, Part::Time.bit(), (Figure::Incidents, span, BinWidth::Month));
        let total: u64 = bars.bins.iter().map(Bin::units).sum();
        prop_assert_eq!(total, case.count(&all, &f.any_time()) as u64 * UNIT);
        let inside: u64 = bars.bins.iter().flat_map(|b| b.inside).sum();
        prop_assert_eq!(inside, case.answer.selection.len() as u64 * UNIT);
        let rows = rows_in(c, judged, Part::Time.bit(), span.0, span.1);
        prop_assert!(case.are(&rows, &all, &f.any_time()));

        let windows = Compare { a: (day(0), day(20)), b: (day(15), day(40)) };
        let compared = Compared::of(c, judged, f.certain, windows);
        for (side, (from, to)) in [(&compared.a, windows.a), (&compared.b, windows.b)] {
            let choice = Filter { from: Some(from), to: Some(to), ..f.clone() };
            prop_assert!(case.are(&side.selection.rows, &all, &choice));
        }
    }

    #[test]
    fn links_that_change_leave_nothing_behind((all, pairs) in linked(), filters in proptest::collection::vec(filter(), 2..5)) {
        let columns = columns(&all);
        let mut kept = Judged::default();
        for (n, f) in filters.iter().enumerate() {
            let some = pairs.iter().skip(n).step_by(n + 1).copied();
            let links = (n != 1).then(|| Arc::new(Links::new(&columns, some)));
            let ask = Ask { filter: f, found: None, links: links.as_ref() };
            kept.update(&columns, ask);
            prop_assert_eq!(&kept.failed, &Judged::new(&columns, ask).failed);
        }
    }
}
