//! Questions against a slow and obvious oracle: a walk over a list of incidents, written from
//! what the fields of [`Filter`] say and sharing nothing with the code under test but the words.

use super::*;
use crate::domain::*;
use crate::index::{Builder, Columns};
use jiff::civil::Date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// An incident with its primary key and dataset.
type Told = (i64, &'static str, Incident);

const ACTORS: [&str; 5] = [
    "Cártel del Noreste",
    "Sinaloa Cartel",
    "Gulf Cartel",
    "Civiles",
    "Ejército",
];
const PLACES: [&str; 4] = ["Nuevo Laredo", "Monterrey", "Ciudad Juárez", ""];
const WORDS: [&str; 5] = ["puente", "Camión", "BALACERA", "año", "tráiler quemado"];
const STATES: [&str; 3] = ["Tamaulipas", "Nuevo León", ""];
const DATASETS: [&str; 3] = ["acled", "ucdp-ged", "own"];
/// Days since the first of 2024: two months, so that windows and intervals meet.
const DAYS: i64 = 60;

fn day(n: i64) -> Date {
    Date::constant(2024, 1, 20) + jiff::Span::new().days(n)
}

fn pick<T: Clone + std::fmt::Debug + 'static>(from: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(from)
}

fn when() -> impl Strategy<Value = When> {
    let length = prop_oneof![3 => Just(0), 2 => 0..10_i64, 1 => 0..400_i64];
    (0..DAYS, length, pick(TimePrecision::ALL)).prop_map(|(start, length, precision)| {
        When::new(day(start), day(start + length), precision).unwrap()
    })
}

fn deaths() -> impl Strategy<Value = Deaths> {
    let n = || proptest::option::of(0..6_u32);
    (n(), n(), n()).prop_map(|(low, best, high)| Deaths::new(low, best, high).unwrap_or_default())
}

fn side() -> impl Strategy<Value = Vec<Actor>> {
    let actor = (pick(&ACTORS), pick(ActorType::ALL))
        .prop_map(|(name, actor_type)| Actor::new(name, actor_type));
    proptest::collection::vec(actor, 0..3)
}

fn incident() -> impl Strategy<Value = Incident> {
    let what = (pick(Kind::ALL), pick(&WORDS), pick(&WORDS), deaths());
    let place = (
        -180.0..=180.0_f64,
        -90.0..=90.0_f64,
        pick(PlacePrecision::ALL),
        pick(&PLACES),
        pick(&STATES),
    );
    (what, when(), place, side(), side()).prop_map(
        |(
            (kind, title, account, deaths),
            when,
            (lon, lat, precision, town, state),
            side_a,
            side_b,
        )| Incident {
            external_id: String::new(),
            kind,
            source_kind: String::new(),
            title: LocalText {
                text: title.to_owned(),
                es: None,
            },
            when,
            position: Position::new(lon, lat, precision).unwrap(),
            places: PlaceNames {
                place: town.to_owned(),
                admin1: state.to_owned(),
                ..PlaceNames::default()
            },
            side_a,
            side_b,
            deaths,
            narrative: LocalText {
                text: account.to_owned(),
                es: Some("en español".to_owned()),
            },
            sources: Vec::new(),
            credibility: None,
            related: Vec::new(),
            extra: Vec::new(),
            line: 1,
        },
    )
}

/// Up to 300 of them, their keys in no order.
fn told() -> impl Strategy<Value = Vec<Told>> {
    let size = prop_oneof![0..4_usize, 0..40_usize, 0..300_usize];
    size.prop_flat_map(|n| proptest::collection::vec((pick(&DATASETS), incident()), n))
        .prop_map(|all| {
            all.into_iter()
                .enumerate()
                .map(|(i, (dataset, incident))| ((i as i64 * 7919) % 10_007, dataset, incident))
                .collect()
        })
}

fn some_of<T: Clone + std::fmt::Debug + Ord + 'static>(
    from: &'static [T],
) -> impl Strategy<Value = BTreeSet<T>> {
    prop_oneof![2 => Just(BTreeSet::new()), 1 => proptest::collection::btree_set(pick(from), 1..=from.len().min(12))]
}

fn filter() -> impl Strategy<Value = Filter> {
    let end = || proptest::option::of(-20..DAYS + 20);
    let bounds = (
        -180.0..=180.0_f64,
        -90.0..=90.0_f64,
        -180.0..=180.0_f64,
        -90.0..=90.0_f64,
    );
    let bounds =
        bounds.prop_map(|(west, a, east, b)| Bounds::new(west, a.min(b), east, a.max(b)).unwrap());
    // Names nobody has are asked for too: they let nothing through.
    const ASKED: [&str; 7] = [
        "Cártel del Noreste",
        "Sinaloa Cartel",
        "Gulf Cartel",
        "Civiles",
        "Ejército",
        "Nobody",
        "gulf cartel",
    ];
    const TEXTS: [&str; 9] = [
        "",
        "PUENTE",
        "camion",
        "juarez",
        "leon nuevo",
        "  español ",
        "cartel  ano",
        "quemado",
        "zzz",
    ];
    let names = (some_of(&ASKED), some_of(&DATASETS)).prop_map(|(a, d)| {
        let owned = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
        (owned(a), owned(d))
    });
    let rest = (
        pick(&TEXTS),
        proptest::option::weighted(0.3, 0..6_u32),
        proptest::option::weighted(0.3, pick(PlacePrecision::ALL)),
    );
    (
        end(),
        end(),
        any::<bool>(),
        some_of(Kind::ALL),
        names,
        proptest::option::weighted(0.3, bounds),
        rest,
    )
        .prop_map(
            |(
                from,
                to,
                certain,
                kinds,
                (actors, datasets),
                bounds,
                (text, min_deaths, precision),
            )| Filter {
                from: from.map(day),
                to: to.map(day),
                certain,
                kinds,
                actors,
                bounds,
                text: text.to_owned(),
                min_deaths,
                precision,
                datasets,
            },
        )
}

fn columns(all: &[Told]) -> Columns {
    let mut builder = Builder::default();
    all.iter()
        .for_each(|(id, dataset, incident)| builder.push(*id, dataset, incident));
    builder.finish()
}

/// Without case and accents, for the letters used above.
fn plain(text: &str) -> String {
    [
        ("á", "a"),
        ("é", "e"),
        ("í", "i"),
        ("ó", "o"),
        ("ú", "u"),
        ("ñ", "n"),
    ]
    .iter()
    .fold(text.to_lowercase(), |t, (from, to)| t.replace(from, to))
}

fn names(incident: &Incident) -> BTreeSet<&str> {
    incident
        .side_a
        .iter()
        .chain(&incident.side_b)
        .map(|a| a.name.as_str())
        .collect()
}

fn passes_time(f: &Filter, i: &Incident) -> bool {
    let (first, last) = (f.from.unwrap_or(Date::MIN), f.to.unwrap_or(Date::MAX));
    if f.certain {
        first <= i.when.start && i.when.end <= last
    } else {
        i.when.start <= last && first <= i.when.end
    }
}

fn passes_bounds(b: &Bounds, i: &Incident) -> bool {
    let (lon, lat) = (i.position.lon, i.position.lat);
    let in_lon = if b.west <= b.east {
        b.west <= lon && lon <= b.east
    } else {
        b.west <= lon || lon <= b.east
    };
    in_lon && b.south <= lat && lat <= b.north
}

fn passes_text(f: &Filter, i: &Incident) -> bool {
    let mut parts = vec![
        i.title.text.as_str(),
        &i.narrative.text,
        &i.places.place,
        &i.places.admin2,
        &i.places.admin1,
        &i.places.country,
    ];
    parts.extend(i.title.es.as_deref());
    parts.extend(i.narrative.es.as_deref());
    parts.extend(names(i));
    f.text
        .split_whitespace()
        .all(|word| parts.iter().any(|part| plain(part).contains(&plain(word))))
}

fn passes(f: &Filter, dataset: &str, i: &Incident) -> bool {
    passes_time(f, i)
        && (f.kinds.is_empty() || f.kinds.contains(&i.kind))
        && (f.actors.is_empty() || names(i).iter().any(|name| f.actors.contains(*name)))
        && (f.datasets.is_empty() || f.datasets.contains(dataset))
        && f.bounds.is_none_or(|b| passes_bounds(&b, i))
        && passes_text(f, i)
        && f.min_deaths
            .is_none_or(|least| i.deaths.best.is_some_and(|best| best >= least))
        && f.precision
            .is_none_or(|worst| i.position.precision <= worst)
}

fn passing<'a>(all: &'a [Told], f: &'a Filter) -> impl Iterator<Item = &'a Told> {
    all.iter()
        .filter(|(_, dataset, incident)| passes(f, dataset, incident))
}

/// What a key of a table may be for one incident.
fn keys(field: GroupBy, dataset: &str, i: &Incident) -> Vec<String> {
    match field {
        GroupBy::Time(BinWidth::Day) => vec![i.when.start.strftime("%Y-%m-%d").to_string()],
        GroupBy::Time(BinWidth::Week) => vec![i.when.start.strftime("%G-W%V").to_string()],
        GroupBy::Time(BinWidth::Month) => vec![i.when.start.strftime("%Y-%m").to_string()],
        GroupBy::Time(BinWidth::Year) => vec![i.when.start.strftime("%Y").to_string()],
        GroupBy::Kind => vec![i.kind.code().to_owned()],
        GroupBy::Admin1 => vec![i.places.admin1.clone()],
        GroupBy::Dataset => vec![dataset.to_owned()],
        GroupBy::Actor if names(i).is_empty() => vec![String::new()],
        GroupBy::Actor => names(i).into_iter().map(str::to_owned).collect(),
    }
}

const FIELDS: [GroupBy; 8] = [
    GroupBy::Time(BinWidth::Day),
    GroupBy::Time(BinWidth::Week),
    GroupBy::Time(BinWidth::Month),
    GroupBy::Time(BinWidth::Year),
    GroupBy::Kind,
    GroupBy::Actor,
    GroupBy::Admin1,
    GroupBy::Dataset,
];

/// Deaths as sums have them: what nobody gave counts as the nearest that somebody gave.
fn in_sums(d: Deaths) -> [u64; 3] {
    let first = |order: [Option<u32>; 3]| order.into_iter().flatten().next().map_or(0, u64::from);
    [
        first([d.low, d.best, d.high]),
        first([d.best, d.low, d.high]),
        first([d.high, d.best, d.low]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn select_takes_what_the_filter_says(all in told(), f in filter()) {
        let columns = columns(&all);
        let selection = select(&columns, &f);
        let found: Vec<i64> = selection.rows.iter().map(|r| columns.id[*r as usize]).collect();
        let mut expected: Vec<&Told> = passing(&all, &f).collect();
        expected.sort_by_key(|(id, _, i)| (i.when.start, *id));
        prop_assert_eq!(found, expected.iter().map(|(id, _, _)| *id).collect::<Vec<_>>());
        let sum = |which: usize| expected.iter().map(|(_, _, i)| in_sums(i.deaths)[which]).sum::<u64>();
        prop_assert_eq!([selection.deaths_low, selection.deaths_best, selection.deaths_high], [sum(0), sum(1), sum(2)]);
        let unknown = expected.iter().filter(|(_, _, i)| i.deaths == Deaths::UNKNOWN).count();
        prop_assert_eq!(selection.deaths_unknown as usize, unknown);
        let sure = Filter { certain: true, ..f.clone() };
        let unsure = expected.iter().filter(|(_, dataset, i)| !passes(&sure, dataset, i)).count();
        prop_assert_eq!(selection.uncertain_dates as usize, unsure);
        for row in 0..columns.len() as u32 {
            prop_assert_eq!(selection.contains(row), selection.rows.contains(&row));
        }
    }

    #[test]
    fn facets_count_what_each_choice_would_give(all in told(), f in filter()) {
        let columns = columns(&all);
        let found = facets(&columns, &f);
        for kind in Kind::ALL {
            let choice = Filter { kinds: [*kind].into(), ..f.clone() };
            prop_assert_eq!(found.kinds[*kind as usize] as usize, passing(&all, &choice).count(), "{}", kind.code());
        }
        for (id, name) in columns.actors.iter() {
            let choice = Filter { actors: [name.to_owned()].into(), ..f.clone() };
            prop_assert_eq!(found.actors[id.0 as usize] as usize, passing(&all, &choice).count(), "{}", name);
        }
        for (id, name) in columns.datasets.iter() {
            let choice = Filter { datasets: [name.to_owned()].into(), ..f.clone() };
            prop_assert_eq!(found.datasets[id.0 as usize] as usize, passing(&all, &choice).count(), "{}", name);
        }
    }

    #[test]
    fn groups_hold_every_incident_under_its_keys(all in told(), f in filter(), one in pick(&FIELDS), two in pick(&FIELDS)) {
        let columns = columns(&all);
        let found = groups(&columns, &select(&columns, &f), &[one, two]);
        let mut expected: BTreeMap<Vec<String>, [u64; 5]> = BTreeMap::new();
        for (_, dataset, i) in passing(&all, &f) {
            for first in keys(one, dataset, i) {
                for second in keys(two, dataset, i) {
                    let group = expected.entry(vec![first.clone(), second]).or_default();
                    let [low, best, high] = in_sums(i.deaths);
                    let unknown = u64::from(i.deaths == Deaths::UNKNOWN);
                    for (sum, n) in group.iter_mut().zip([1, low, best, high, unknown]) {
                        *sum += n;
                    }
                }
            }
        }
        let found: Vec<(Vec<String>, [u64; 5])> =
            found.into_iter().map(|g| (g.keys, [g.incidents, g.deaths_low, g.deaths_best, g.deaths_high, g.deaths_unknown])).collect();
        prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_histogram_loses_nobody(all in told(), f in filter(), width in pick(&BinWidth::ALL)) {
        let columns = columns(&all);
        let selection = select(&columns, &f);
        let (first, last) = columns.day_extent().unwrap_or((0, 0));
        let bars = histogram(&columns, &selection, first, last, width);
        let total: f64 = bars.bins.iter().map(Bin::total).sum();
        prop_assert!((total - selection.len() as f64).abs() < 1e-6, "{} of {}", total, selection.len());
        prop_assert!(bars.bins.windows(2).all(|w| w[0].end_day == w[1].start_day));
        // Each bar day by day: an incident gives every day it may lie on an equal part of itself.
        for bin in &bars.bins {
            let mut expected = [0.0; Mark::ALL.len()];
            for (_, _, i) in passing(&all, &f) {
                let days: Vec<Date> = i.when.start.series(jiff::Span::new().days(1)).take_while(|d| *d <= i.when.end).collect();
                let inside = |d: &&Date| (bin.start_day..bin.end_day).contains(&when::day_number(**d));
                expected[i.kind.mark() as usize] += days.iter().filter(inside).count() as f64 / days.len() as f64;
            }
            for (found, expected) in bin.by_mark.iter().zip(expected) {
                prop_assert!((found - expected).abs() < 1e-9, "{} {}", bin.start_day, width.code());
            }
        }
    }

    #[test]
    fn the_period_is_that_of_the_first_and_the_last(all in told(), f in filter()) {
        let columns = columns(&all);
        let first = passing(&all, &f).map(|(_, _, i)| i.when.start).min();
        let last = passing(&all, &f).map(|(_, _, i)| i.when.end).max();
        prop_assert_eq!(period(&columns, &select(&columns, &f)), first.zip(last));
    }
}

#[test]
fn bins_begin_where_calendars_say() {
    let of = |width: BinWidth, day: &str| {
        let start = width.floor(when::day_number(day.parse().unwrap()));
        (
            when::date_of(start).to_string(),
            when::date_of(width.next(start)).to_string(),
            width.label(start),
        )
    };
    let told = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
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
}
