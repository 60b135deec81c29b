//! Counting on from filter to filter against counting anew.

use super::*;
use crate::index::{Links, Row};
use crate::query::{Bars, Counted, Figure, histogram, hour_of};
use std::sync::Arc;

/// What an analyst does next.
#[derive(Clone, Debug)]
enum Step {
    From(Option<i64>),
    To(Option<i64>),
    Both(i64, i64),
    Certain,
    Kinds(BTreeSet<Kind>),
    Deaths(Option<u32>),
    Text(bool),
    /// The links are said anew.
    Links,
    Nothing,
}

fn step() -> impl Strategy<Value = Step> {
    let end = || proptest::option::weighted(0.9, -5..DAYS + 5);
    let kinds = some_of(Kind::ALL);
    let deaths = proptest::option::of(0..4_u32);
    prop_oneof![
        6 => end().prop_map(Step::From),
        6 => end().prop_map(Step::To),
        6 => (-5..DAYS, 0..20_i64).prop_map(|(from, days)| Step::Both(from, from + days)),
        1 => Just(Step::Certain),
        1 => kinds.prop_map(Step::Kinds),
        1 => deaths.prop_map(Step::Deaths),
        1 => any::<bool>().prop_map(Step::Text),
        1 => Just(Step::Links),
        1 => Just(Step::Nothing),
    ]
}

impl Step {
    fn take(&self, f: &mut Filter, has_words: &mut bool) {
        match self {
            Step::From(from) => f.from = from.map(day),
            Step::To(to) => f.to = to.map(day),
            Step::Both(from, to) => (f.from, f.to) = (Some(day(*from)), Some(day(*to))),
            Step::Certain => f.certain = !f.certain,
            Step::Kinds(kinds) => f.kinds.clone_from(kinds),
            Step::Deaths(least) => f.min_deaths = *least,
            Step::Text(has) => *has_words = *has,
            Step::Links | Step::Nothing => {}
        }
    }
}

/// Incidents of which few take longer than a day or two, as in life.
fn mostly_short() -> impl Strategy<Value = Vec<Told>> {
    (told(), 0..30_i64).prop_map(|(mut all, longest)| {
        for (n, (_, _, incident)) in all.iter_mut().enumerate() {
            let most = if n % 40 == 0 { 400 } else { longest };
            let last = incident.when.start + jiff::Span::new().days(most);
            incident.when.end = incident.when.end.min(last);
        }
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_step_counts_what_counting_anew_does(
        all in mostly_short(),
        pairs in proptest::collection::vec((0..400_i64, 0..400_i64), 0..6),
        steps in proptest::collection::vec(step(), 1..12),
        width in pick(&BinWidth::ALL),
        figure in pick(&Figure::ALL),
    ) {
        let columns = columns(&all);
        let key = |n: i64| (n * 7919) % 10_007;
        let linked = || Arc::new(Links::new(&columns, pairs.iter().map(|(a, b)| (key(*a), key(*b)))));
        let mut links = linked();
        let words = Arc::new(RowSet::new(columns.len(), (0..columns.len() as Row).step_by(3)));
        let span = (hour_of(when::day_number(day(2))), hour_of(when::day_number(day(40))));
        let time = Part::Time.bit();
        let (mut filter, mut has_words) = (Filter::default(), false);
        let (mut judged, mut counted) = (Judged::default(), Counted::default());
        let mut rows: Vec<Row> = Vec::new();
        let mut bars: Option<Bars> = None;
        for step in &steps {
            step.take(&mut filter, &mut has_words);
            if matches!(step, Step::Links) {
                links = linked();
            }
            let found = has_words.then_some(&words);
            let ask = Ask { filter: &filter, found, links: Some(&links) };
            judged.update(&columns, ask);
            let window = Window::of(&filter);
            let before = rows.clone();
            let answer = counted.answer(&columns, &judged, window, rows);
            let anew = Judged::new(&columns, ask);
            prop_assert_eq!(&judged.failed, &anew.failed);
            prop_assert_eq!(&answer, &Answer::of(&columns, &anew, window));
            if let Some(changes) = judged.changes() {
                let moved = changes.moved(&judged);
                let (was, is): (BTreeSet<Row>, BTreeSet<Row>) = (before.into_iter().collect(), answer.selection.rows.iter().copied().collect());
                prop_assert_eq!(moved.came, is.difference(&was).copied().collect::<Vec<_>>());
                prop_assert_eq!(moved.left, was.difference(&is).copied().collect::<Vec<_>>());
            }
            bars = bars.and_then(|mut bars| bars.follow(&columns, &judged).then_some(bars));
            let shown = bars.get_or_insert_with(|| Bars::new(&columns, &judged, time, (figure, span, width)));
            prop_assert_eq!(shown.histogram(&columns, &judged), histogram(&columns, &anew, time, (figure, span, width)));
            rows = answer.selection.rows;
        }
    }
}

#[test]
fn a_day_more_looks_at_the_rows_of_a_month() {
    let told = |n: i64| {
        let days = if n == 17 { 5_000 } else { 0 };
        super::duplicates::one("acled", n, |incident| {
            let (first, last) = (day(n / 10), day(n / 10 + days));
            incident.when = When::new(first, last, TimePrecision::Day).unwrap();
        })
    };
    let columns = columns(&(0..10_000).map(told).collect::<Vec<_>>());
    let until = |to: i64| Filter {
        to: Some(day(to)),
        ..Filter::default()
    };
    let (first, then) = (until(500), until(501));
    let mut judged = Judged::new(&columns, Ask::from(&first));
    assert!(judged.changes().is_none());
    judged.update(&columns, Ask::from(&then));
    let changes = judged.changes().expect("followed");
    assert_eq!(changes.moved(&judged).came.len(), 10);
    let looked_at: usize = changes.rows().iter().map(std::ops::Range::len).sum();
    assert!(looked_at < 400, "{looked_at}");
    // Half of all rows are not followed one by one.
    judged.update(&columns, Ask::from(&until(1)));
    assert!(judged.changes().is_none());
}
