//! Time against an oracle that looks at every hour of every incident.

use super::*;
use crate::query::{
    BinWidth, Compare, Compared, Figure, Histogram, UNIT, day_of, histogram, histogram_of, hour_of,
    may_lie_in_month, months, passing as rows_of, rows_in, week_hours,
};

/// The hours an incident may lie in, as the parts of it that each gets.
fn parts(figure: Figure, i: &Incident) -> Vec<(i64, u64)> {
    let units = UNIT * one(figure, i);
    let known = i.when.precision <= TimePrecision::Hour && i.when.start == i.when.end;
    if let Some(instant) = i.when.instant.as_ref().filter(|_| known) {
        let local = instant.utc.in_tz(&instant.zone).unwrap();
        let hour = hour_of(when::day_number(i.when.start)) + i64::from(local.hour());
        return vec![(hour, units)];
    }
    let first = hour_of(when::day_number(i.when.start));
    let end = hour_of(when::day_number(i.when.end) + 1);
    let hours = (end - first) as u64;
    let share = |k: u64| units / hours + u64::from(k < units % hours);
    (0..hours).map(|k| (first + k as i64, share(k))).collect()
}

/// What one incident counts.
fn one(figure: Figure, i: &Incident) -> u64 {
    match figure {
        Figure::Incidents => 1,
        Figure::DeathsLow => in_sums(i.deaths)[0],
        Figure::Deaths => in_sums(i.deaths)[1],
        Figure::DeathsHigh => in_sums(i.deaths)[2],
    }
}

const FIGURES: [Figure; 4] = [
    Figure::Incidents,
    Figure::Deaths,
    Figure::DeathsLow,
    Figure::DeathsHigh,
];

/// Parts of incidents or deaths by mark of the hours `[from, until)`.
fn counted<'a>(
    figure: Figure,
    all: impl Iterator<Item = &'a Told>,
    from: i64,
    until: i64,
) -> [u64; Mark::ALL.len()] {
    let mut sums = [0; Mark::ALL.len()];
    for (_, _, i) in all {
        let inside = parts(figure, i)
            .into_iter()
            .filter(|(hour, _)| (from..until).contains(hour));
        sums[i.kind.mark() as usize] += inside.map(|(_, units)| units).sum::<u64>();
    }
    sums
}

fn sum(bars: &Histogram) -> u64 {
    bars.bins.iter().map(Bin::units).sum()
}

/// The hours from the first to the last of anything.
fn whole(columns: &Columns) -> (i64, i64) {
    let (first, last) = columns.day_extent().unwrap_or((0, 0));
    (hour_of(first), hour_of(last + 1))
}

const TIME: u16 = Part::Time.bit();

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn over_all_of_time_bars_add_up_to_the_last_part(all in told(), f in filter(), figure in pick(&FIGURES)) {
        let columns = columns(&all);
        let (judged, answer) = asked(&columns, &all, &f);
        let sum_of = |f: &Filter| -> u64 { passing(&all, f).map(|(_, _, i)| one(figure, i)).sum() };
        let any_time = sum_of(&f.any_time());
        let passing = sum_of(&f);
        for width in BinWidth::ALL {
            let bars = histogram(&columns, &judged, TIME, (figure, whole(&columns), width));
            prop_assert_eq!(sum(&bars), any_time * UNIT, "{}", width.code());
            let inside: u64 = bars.bins.iter().flat_map(|b| b.inside).sum();
            prop_assert_eq!(inside, passing * UNIT, "{}", width.code());
            prop_assert!(bars.bins.windows(2).all(|w| w[0].end_hour == w[1].start_hour));
            let given = histogram_of(&columns, answer.selection.rows.iter().copied(), (figure, whole(&columns), width));
            prop_assert_eq!(sum(&given), passing * UNIT);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bar_holds_what_its_hours_hold(all in told(), f in filter(), figure in pick(&FIGURES), width in pick(&BinWidth::ALL), from in -40..500_i64, hours in 1..4000_i64) {
        let columns = columns(&all);
        let (judged, _) = asked(&columns, &all, &f);
        let any_time = f.any_time();
        // A part of the time: what begins before or ends after is counted in part.
        let first = hour_of(when::day_number(day(0))) + from * 5;
        let bars = histogram(&columns, &judged, TIME, (figure, (first, first + hours.min(600)), width));
        for bin in &bars.bins {
            let (from, until) = (bin.start_hour, bin.end_hour);
            prop_assert_eq!(bin.by_mark, counted(figure, passing(&all, &any_time), from, until));
            prop_assert_eq!(bin.inside, counted(figure, passing(&all, &f), from, until));
            // And its number leads to all that are counted in it.
            let rows = rows_in(&columns, &judged, TIME, from, until);
            let touching = passing(&all, &any_time).filter(|(_, _, i)| parts(Figure::Incidents, i).iter().any(|(h, _)| (from..until).contains(h)));
            let mut expected: Vec<i64> = touching.map(|(id, _, _)| *id).collect();
            let mut found: Vec<i64> = rows.iter().map(|r| columns.id[*r as usize]).collect();
            expected.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_clock_and_the_calendar_count_every_hour(all in told(), f in filter(), figure in pick(&FIGURES)) {
        let columns = columns(&all);
        let (judged, answer) = asked(&columns, &all, &f);
        let found = week_hours(&columns, &judged, figure);
        let mut cells = [[0_u32; 25]; 7];
        let (mut unknown, mut by_month) = (0, [0_u64; 12]);
        for (_, _, i) in passing(&all, &f) {
            let parts = parts(figure, i);
            let n = one(figure, i) as u32;
            match parts.as_slice() {
                [(hour, _)] => {
                    let weekday = i.when.start.weekday().to_monday_zero_offset() as usize;
                    cells[weekday][hour.rem_euclid(24) as usize] += n;
                }
                _ if i.when.start == i.when.end => {
                    let weekday = i.when.start.weekday().to_monday_zero_offset() as usize;
                    cells[weekday][24] += n;
                }
                _ => unknown += n,
            }
            for (hour, units) in parts {
                by_month[when::date_of(day_of(hour)).month() as usize - 1] += units;
            }
        }
        prop_assert_eq!(found.cells, cells);
        prop_assert_eq!(found.unknown, unknown);
        let sums = months(&columns, &judged, figure);
        prop_assert_eq!(sums, by_month);
        let all_of_it: u64 = passing(&all, &f).map(|(_, _, i)| one(figure, i)).sum();
        prop_assert_eq!(sums.iter().sum::<u64>(), all_of_it * UNIT);
        prop_assert_eq!(passing(&all, &f).count(), answer.selection.len());
        for month in 1..=12_i8 {
            let rows = rows_of(&judged, |row| may_lie_in_month(&columns, row, month));
            let lies = |i: &Incident| parts(Figure::Incidents, i).iter().any(|(h, _)| when::date_of(day_of(*h)).month() == month);
            prop_assert_eq!(rows.len(), passing(&all, &f).filter(|(_, _, i)| lies(i)).count());
        }
    }

    #[test]
    fn two_times_compared_are_two_filters(all in told(), f in filter(), a in (-10..DAYS, 0..40_i64), b in (-10..DAYS, 0..40_i64)) {
        let columns = columns(&all);
        let (judged, _) = asked(&columns, &all, &f);
        let window = |(from, length): (i64, i64)| (day(from), day(from + length));
        let windows = Compare { a: window(a), b: window(b) };
        let compared = Compared::of(&columns, &judged, f.certain, windows);
        for (side, (from, to)) in [(&compared.a, windows.a), (&compared.b, windows.b)] {
            let in_window = Filter { from: Some(from), to: Some(to), ..f.clone() };
            let mut ids: Vec<i64> = side.selection.rows.iter().map(|r| columns.id[*r as usize]).collect();
            ids.sort_unstable();
            let mut expected: Vec<i64> = passing(&all, &in_window).map(|(id, _, _)| *id).collect();
            expected.sort_unstable();
            prop_assert_eq!(ids, expected);
            for kind in Kind::ALL {
                let n = passing(&all, &in_window).filter(|(_, _, i)| i.kind == *kind).count();
                prop_assert_eq!(side.kinds[0][*kind as usize] as usize, n);
            }
            prop_assert_eq!(side.days as i64, i64::from((to - from).get_days()) + 1);
        }
        let filters = [windows.a, windows.b].map(|(from, to)| Filter { from: Some(from), to: Some(to), ..f.clone() });
        let both = filters.iter().flat_map(|f| passing(&all, f));
        let either: BTreeMap<_, _> = both.map(|(id, _, i)| (*id, i)).collect();
        let not = |what: &dyn Fn(&Incident) -> bool| either.values().filter(|i| what(i)).count() as u64;
        let unknown = Unknown::of(&columns, &compared.rows());
        prop_assert_eq!(unknown.day, not(&|i| i.when.start != i.when.end));
        prop_assert_eq!(unknown.deaths, not(&|i| i.deaths == Deaths::UNKNOWN));
        prop_assert_eq!(compared.rows().len(), either.len());
    }
}

#[test]
fn bins_begin_where_calendars_say() {
    let of = |width: BinWidth, at: &str| {
        let at: Date = at.parse().unwrap();
        let start = width.floor(hour_of(when::day_number(at)) + 5);
        (
            when::date_of(day_of(start)).to_string(),
            when::date_of(day_of(width.next(start))).to_string(),
            width.label(day_of(start)),
        )
    };
    let told = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        of(BinWidth::Decade, "1969-12-31"),
        told("1960-01-01", "1970-01-01", "1960s")
    );
    assert_eq!(
        of(BinWidth::Week, "2025-01-01"),
        told("2024-12-30", "2025-01-06", "2025-W01")
    );
    assert_eq!(
        of(BinWidth::Month, "2024-02-29"),
        told("2024-02-01", "2024-03-01", "2024-02")
    );
    assert_eq!(
        of(BinWidth::Year, "1989-12-31"),
        told("1989-01-01", "1990-01-01", "1989")
    );
    assert_eq!(
        of(BinWidth::Day, "1969-12-31"),
        told("1969-12-31", "1970-01-01", "1969-12-31")
    );
    let hour = hour_of(20_000) + 7;
    assert_eq!(BinWidth::Hour.floor(hour), hour);
    assert_eq!(BinWidth::Hour.next(hour), hour + 1);
    // Time ends with the calendar, and bins with it.
    for width in BinWidth::ALL {
        let last = hour_of(when::day_number(Date::MAX));
        assert!(width.next(width.floor(last)) > last);
        assert!(width.next(last + 100) > last + 100);
    }
}

#[test]
fn widths_get_coarser_as_more_is_shown() {
    let fitting = |hours| BinWidth::fitting(hours, 240);
    assert_eq!(fitting(48), BinWidth::Hour);
    assert_eq!(fitting(24 * 100), BinWidth::Day);
    assert_eq!(fitting(24 * 365), BinWidth::Week);
    assert_eq!(fitting(24 * 365 * 10), BinWidth::Month);
    assert_eq!(fitting(24 * 365 * 100), BinWidth::Year);
    assert_eq!(fitting(24 * 365 * 1000), BinWidth::Decade);
}
