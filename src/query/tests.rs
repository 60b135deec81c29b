//! Questions against a slow and obvious oracle: a walk over a list of incidents, written from
//! what the fields of [`Filter`] say and sharing nothing with the code under test but the words.

mod pairs;
mod table;

use super::*;
use crate::domain::*;
use crate::index::{Builder, Columns};
use jiff::civil::Date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

mod duplicates;
mod links;
mod steps;
mod time;

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
const COUNTRIES: [&str; 2] = ["Mexico", ""];
const MUNICIPALITIES: [&str; 2] = ["Reynosa", ""];
const STATES: [&str; 3] = ["Tamaulipas", "Nuevo León", ""];
const DATASETS: [&str; 3] = ["acled", "ucdp-ged", "own"];
/// Days since the first of 2024: two months, so that windows and intervals meet.
const DAYS: i64 = 60;
/// West of Greenwich, its clocks not put forward in these years.
const ZONE: &str = "America/Monterrey";

fn day(n: i64) -> Date {
    Date::constant(2024, 1, 20) + jiff::Span::new().days(n)
}

fn pick<T: Clone + std::fmt::Debug + 'static>(from: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(from)
}

fn when() -> impl Strategy<Value = When> {
    let length = prop_oneof![3 => Just(0), 2 => 0..10_i64, 1 => 0..400_i64];
    let minute = proptest::option::weighted(0.5, 0..24 * 60_i64);
    (0..DAYS, length, pick(TimePrecision::ALL), minute).prop_map(
        |(start, length, precision, minute)| {
            let mut when = When::new(day(start), day(start + length), precision).unwrap();
            when.instant = minute.map(|minute| {
                let local = day(start).at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
                Instant {
                    utc: local.in_tz(ZONE).unwrap().timestamp(),
                    zone: ZONE.to_owned(),
                }
            });
            when
        },
    )
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
    let grade = (
        proptest::option::of(pick(Reliability::ALL)),
        proptest::option::of(pick(Credibility::ALL)),
    );
    let what = (pick(Kind::ALL), pick(&WORDS), pick(&WORDS), deaths(), grade);
    let place = (
        -180.0..=180.0_f64,
        -90.0..=90.0_f64,
        pick(PlacePrecision::ALL),
        pick(&PLACES),
        (pick(&COUNTRIES), pick(&STATES), pick(&MUNICIPALITIES)),
    );
    (what, when(), place, side(), side()).prop_map(
        |(
            (kind, title, account, deaths, (reliability, credibility)),
            when,
            (lon, lat, precision, town, (country, state, municipality)),
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
                admin2: municipality.to_owned(),
                admin1: state.to_owned(),
                country: country.to_owned(),
            },
            side_a,
            side_b,
            deaths,
            narrative: LocalText {
                text: account.to_owned(),
                es: Some("en español".to_owned()),
            },
            sources: vec![Source {
                reliability,
                ..Source::default()
            }],
            credibility,
            related: Vec::new(),
            extra: Vec::new(),
            version: None,
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
    let bounds = bounds.prop_map(|(west, a, east, b)| {
        Area::Box(Bounds::new(west, a.min(b), east, a.max(b)).unwrap())
    });
    let circle = ((-180.0..180.0_f64, -85.0..85.0_f64), 1e5..8e6_f64);
    let circle = circle.prop_map(|((lon, lat), radius_m)| Area::Circle {
        center: [lon, lat],
        radius_m,
    });
    let area = prop_oneof![bounds, circle];
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
    let names = (
        some_of(&ASKED),
        some_of(&ASKED),
        some_of(&ASKED),
        some_of(&DATASETS),
    );
    let names = names.prop_map(|(either, a, b, d)| [either, a, b, d].map(owned));
    const PLACES: [&str; 6] = [
        "Mexico",
        "Tamaulipas",
        "Mexico / Nuevo León",
        "Mexico / Tamaulipas / Reynosa",
        "Reynosa",
        "Nowhere",
    ];
    let grade = (
        proptest::option::weighted(0.2, pick(Reliability::ALL)),
        proptest::option::weighted(0.2, pick(Credibility::ALL)),
    );
    let rest = (
        pick(&TEXTS),
        proptest::option::weighted(0.3, 0..6_u32),
        proptest::option::weighted(0.2, 0..6_u32),
        proptest::option::weighted(0.3, pick(PlacePrecision::ALL)),
        grade,
        some_of(&PLACES),
        proptest::option::weighted(0.2, area),
    );
    (end(), end(), any::<bool>(), some_of(Kind::ALL), names, rest).prop_map(
        |(from, to, certain, kinds, [actors, side_a, side_b, datasets], rest)| {
            let (text, min_deaths, max_deaths, precision, grade, admin, area) = rest;
            Filter {
                from: from.map(day),
                to: to.map(day),
                certain,
                kinds,
                actors,
                side_a,
                side_b,
                area,
                area_name: String::new(),
                admin: owned(admin),
                text: text.to_owned(),
                min_deaths,
                max_deaths,
                precision,
                reliability: grade.0,
                credibility: grade.1,
                datasets,
                known_on: None,
            }
        },
    )
}

fn owned(names: BTreeSet<&str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// The answer to everything, and the question.
fn asked(columns: &Columns, all: &[Told], f: &Filter) -> (Judged, Answer) {
    // Texts are read elsewhere: what they hold is told to the columns.
    let found = all.iter().filter(|(_, _, i)| passes_text(f, i));
    let rows = found.filter_map(|(id, _, _)| columns.row_of(*id));
    let found = std::sync::Arc::new(RowSet::new(columns.len(), rows));
    let ask = Ask {
        filter: f,
        found: Some(&found),
        links: None,
    };
    let judged = Judged::new(columns, ask);
    let answer = Answer::of(columns, &judged, Window::of(f));
    assert_eq!(answer.selection, select(columns, ask));
    (judged, answer)
}

fn selected(columns: &Columns, all: &[Told], f: &Filter) -> Selection {
    asked(columns, all, f).1.selection
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

fn passes_area(area: &Area, i: &Incident) -> bool {
    use geo::{Distance, Geodesic, Point};
    let at = Point::new(i.position.lon, i.position.lat);
    match area {
        Area::Box(b) => passes_bounds(b, i),
        Area::Circle { center, radius_m } => {
            Geodesic.distance(Point::from(*center), at) <= *radius_m
        }
        // Measured in the tests of `domain::area`.
        other => crate::domain::inside::Prepared::new(other).contains(at.x(), at.y()),
    }
}

fn passes_admin(f: &Filter, p: &PlaceNames) -> bool {
    let levels = [p.country.as_str(), &p.admin1, &p.admin2];
    let is_in = |asked: &String| {
        let path: Vec<&str> = asked.split(" / ").collect();
        levels.starts_with(&path) || (path.len() == 1 && levels.contains(&path[0]))
    };
    f.admin.is_empty() || f.admin.iter().any(is_in)
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
    f.text.split_whitespace().all(|word| {
        let mut told = parts.iter().flat_map(|part| part.split_whitespace());
        told.any(|w| plain(w).starts_with(&plain(word)))
    })
}

/// Whether a name is asked for, in whatever letters.
fn is_named(asked: &BTreeSet<String>, name: &str) -> bool {
    asked
        .iter()
        .any(|asked| asked.to_lowercase() == name.to_lowercase())
}

fn passes(f: &Filter, dataset: &str, i: &Incident) -> bool {
    passes_time(f, i)
        && (f.kinds.is_empty() || f.kinds.contains(&i.kind))
        && (f.actors.is_empty() || names(i).iter().any(|name| is_named(&f.actors, name)))
        && (f.side_a.is_empty() || i.side_a.iter().any(|a| is_named(&f.side_a, &a.name)))
        && (f.side_b.is_empty() || i.side_b.iter().any(|a| is_named(&f.side_b, &a.name)))
        && (f.datasets.is_empty() || f.datasets.contains(dataset))
        && f.area.as_ref().is_none_or(|a| passes_area(a, i))
        && passes_admin(f, &i.places)
        && passes_text(f, i)
        && f.min_deaths
            .is_none_or(|least| i.deaths.best.is_some_and(|best| best >= least))
        && f.max_deaths
            .is_none_or(|most| i.deaths.best.is_some_and(|best| best <= most))
        && f.precision
            .is_none_or(|worst| i.position.precision <= worst)
        && f.reliability
            .is_none_or(|worst| i.grade().reliability <= worst)
        && f.credibility
            .is_none_or(|worst| i.grade().credibility <= worst)
}

fn passing<'a>(all: &'a [Told], f: &'a Filter) -> impl Iterator<Item = &'a Told> {
    all.iter()
        .filter(|(_, dataset, incident)| passes(f, dataset, incident))
}

/// What a key of a table may be for one incident.
fn keys(field: GroupBy, dataset: &str, i: &Incident) -> Vec<String> {
    match field {
        GroupBy::Time(BinWidth::Hour | BinWidth::Day) => {
            vec![i.when.start.strftime("%Y-%m-%d").to_string()]
        }
        GroupBy::Time(BinWidth::Week) => vec![i.when.start.strftime("%G-W%V").to_string()],
        GroupBy::Time(BinWidth::Month) => vec![i.when.start.strftime("%Y-%m").to_string()],
        GroupBy::Time(BinWidth::Year) => vec![i.when.start.strftime("%Y").to_string()],
        GroupBy::Time(BinWidth::Decade) => vec![format!("{}0s", i.when.start.year() / 10)],
        GroupBy::Weekday if i.when.start == i.when.end => {
            vec![i.when.start.strftime("%u").to_string()]
        }
        GroupBy::Weekday => vec![String::new()],
        GroupBy::Hour => {
            let told = i.when.instant.as_ref();
            let told = told.filter(|_| i.when.precision <= TimePrecision::Hour);
            let local = told.filter(|_| i.when.start == i.when.end);
            let local = local.and_then(|t| t.utc.in_tz(&t.zone).ok());
            vec![local.map_or(String::new(), |t| format!("{:02}", t.hour()))]
        }
        GroupBy::Kind => vec![i.kind.code().to_owned()],
        GroupBy::Admin1 => vec![i.places.admin1.clone()],
        GroupBy::Dataset => vec![dataset.to_owned()],
        GroupBy::Actor if names(i).is_empty() => vec![String::new()],
        GroupBy::Actor => names(i).into_iter().map(str::to_owned).collect(),
    }
}

const FIELDS: [GroupBy; 10] = [
    GroupBy::Weekday,
    GroupBy::Hour,
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
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn select_takes_what_the_filter_says(all in told(), f in filter()) {
        let columns = columns(&all);
        let selection = selected(&columns, &all, &f);
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
        let (judged, answer) = asked(&columns, &all, &f);
        let found = &answer.facets;
        let count = |choice: Filter| passing(&all, &choice).count();
        for kind in Kind::ALL {
            let choice = Filter { kinds: [*kind].into(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Kind)[*kind as usize] as usize, passing(&all, &choice).count(), "{}", kind.code());
        }
        for (id, name) in columns.actors.iter() {
            let choice = Filter { actors: [name.to_owned()].into(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Actor)[id.0 as usize] as usize, passing(&all, &choice).count(), "{}", name);
        }
        for (id, name) in columns.actors.iter() {
            let [a, b] = [found.of(Part::SideA), found.of(Part::SideB)].map(|side| side[id.0 as usize] as usize);
            prop_assert_eq!(a, count(Filter { side_a: [name.to_owned()].into(), ..f.clone() }), "{}", name);
            prop_assert_eq!(b, count(Filter { side_b: [name.to_owned()].into(), ..f.clone() }), "{}", name);
        }
        for (id, path) in columns.admins.iter() {
            let anywhere = Filter { admin: BTreeSet::new(), ..f.clone() };
            let here = passing(&all, &anywhere).filter(|(_, _, i)| filter::admin_path(&i.places) == path).count();
            prop_assert_eq!(found.of(Part::Admin)[id.0 as usize] as usize, here, "{}", path);
        }
        for (class, least) in DEATH_CLASSES.iter().enumerate() {
            let most = DEATH_CLASSES.get(class + 1).map(|next| next - 1);
            let choice = Filter { min_deaths: Some(*least), max_deaths: most, ..f.clone() };
            prop_assert_eq!(found.of(Part::Deaths)[class] as usize, count(choice), "{}", least);
        }
        for p in PlacePrecision::ALL {
            let choice = Filter { precision: Some(*p), ..f.clone() };
            let so_far: u32 = found.of(Part::Precision)[..=*p as usize].iter().sum();
            prop_assert_eq!(so_far as usize, count(choice), "{}", p.code());
        }
        for (r, k) in Reliability::ALL.iter().flat_map(|r| Credibility::ALL.iter().map(move |k| (r, k))) {
            let choice = Filter { reliability: Some(*r), credibility: Some(*k), ..f.clone() };
            let rows = found.of(Part::Grade).chunks(Credibility::ALL.len()).take(*r as usize + 1);
            let so_far: u32 = rows.map(|row| row[..=*k as usize].iter().sum::<u32>()).sum();
            prop_assert_eq!(so_far as usize, count(choice), "{}{}", r.code(), k.code());
        }
        for (part, without) in [
            (Part::Time, f.any_time()),
            (Part::Text, Filter { text: String::new(), ..f.clone() }),
            (Part::Area, Filter { area: None, ..f.clone() }),
        ] {
            let expected = count(without);
            prop_assert_eq!(judged.passing_but(part.bit()), expected, "{:?}", part);
            prop_assert_eq!(judged.rows_having(part, |_| true).len(), expected);
        }
        let known: Vec<&Incident> = passing(&all, &f).map(|(_, _, i)| i).collect();
        let not = |what: &dyn Fn(&Incident) -> bool| known.iter().filter(|i| what(i)).count() as u64;
        let expected = Unknown {
            day: not(&|i| i.when.start != i.when.end),
            place: not(&|i| i.position.precision >= PlacePrecision::Municipality),
            deaths: not(&|i| i.deaths == Deaths::UNKNOWN),
            grade: not(&|i| i.grade().reliability == Reliability::F),
        };
        prop_assert_eq!(answer.unknown, expected);
    }

    #[test]
    fn a_verdict_follows_the_filter_part_by_part(all in told(), filters in proptest::collection::vec(filter(), 2..6)) {
        let columns = columns(&all);
        let mut kept = Judged::default();
        for f in &filters {
            kept.update(&columns, f.into());
            prop_assert_eq!(&kept.failed, &Judged::new(&columns, f.into()).failed);
        }
    }

    /// Circles against geodesic distances, each row by itself.
    #[test]
    fn rows_lie_in_a_circle_for_certain_or_possibly(
        all in told(), f in filter(), lon in -180.0..180.0_f64, lat in -85.0..85.0_f64, km in 50.0..6_000.0_f64
    ) {
        let area = Area::Circle { center: [lon, lat], radius_m: km * 1e3 };
        let f = Filter { area: Some(area.clone()), ..f };
        let columns = columns(&all);
        let judged = asked(&columns, &all, &f).0;
        let reach = Reach::new(&columns, &area);
        let counts = reach.counts(&judged);
        let (certain, possible) = (reach.certain(&judged), reach.possible(&judged));
        prop_assert_eq!((counts.certain as usize, counts.possible as usize), (certain.len(), possible.len()));
        for (id, dataset, i) in &all {
            let row = columns.row_of(*id).unwrap();
            let away = crate::domain::measure::distance_m([lon, lat], [i.position.lon, i.position.lat]);
            let radius = i.position.radius_or_default_m();
            let elsewhere = Filter { area: None, ..f.clone() };
            let passes_rest = passes(&elsewhere, dataset, i);
            // Radii are kept as 32-bit floats.
            let slack = 1.0;
            if away + radius + slack < km * 1e3 {
                prop_assert_eq!(certain.contains(&row), passes_rest);
            } else if away + radius - slack > km * 1e3 {
                prop_assert!(!certain.contains(&row));
            }
            if away + slack < km * 1e3 + radius {
                prop_assert_eq!(possible.contains(&row), passes_rest);
            } else if away - slack > km * 1e3 + radius {
                prop_assert!(!possible.contains(&row));
            }
        }
    }

    #[test]
    fn facets_count_datasets(all in told(), f in filter()) {
        let columns = columns(&all);
        let found = asked(&columns, &all, &f).1.facets;
        for (id, name) in columns.datasets.iter() {
            let choice = Filter { datasets: [name.to_owned()].into(), ..f.clone() };
            prop_assert_eq!(found.of(Part::Dataset)[id.0 as usize] as usize, passing(&all, &choice).count(), "{}", name);
        }
    }

    #[test]
    fn groups_hold_every_incident_under_its_keys(all in told(), f in filter(), one in pick(&FIELDS), two in pick(&FIELDS)) {
        let columns = columns(&all);
        let found = groups(&columns, &selected(&columns, &all, &f), &[one, two]);
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
    fn the_period_is_that_of_the_first_and_the_last(all in told(), f in filter()) {
        let columns = columns(&all);
        let first = passing(&all, &f).map(|(_, _, i)| i.when.start).min();
        let last = passing(&all, &f).map(|(_, _, i)| i.when.end).max();
        prop_assert_eq!(period(&columns, &selected(&columns, &all, &f)), first.zip(last));
    }
}

#[test]
fn bars_are_never_finer_than_what_is_known() {
    let of = |precisions: &[TimePrecision], minutes: &[u16]| {
        BinWidth::finest_of(&Columns {
            time_precision: precisions.to_vec(),
            minute: minutes.to_vec(),
            ..Columns::default()
        })
    };
    let none = crate::index::NO_MINUTE;
    use TimePrecision::{Day, Month, Week, Year};
    assert_eq!(of(&[], &[]), BinWidth::Day);
    assert_eq!(of(&[Year, Month], &[none, none]), BinWidth::Month);
    assert_eq!(of(&[Week, Year], &[none, none]), BinWidth::Week);
    assert_eq!(of(&[Month, Day], &[none, none]), BinWidth::Day);
    // A precision of minutes without its minute, as a file may claim.
    assert_eq!(of(&[TimePrecision::Minute], &[none]), BinWidth::Day);
    assert_eq!(of(&[Day, Day], &[none, 870]), BinWidth::Hour);
}
