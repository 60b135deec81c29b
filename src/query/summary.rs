//! What a set of rows is made of: its sums, and its biggest groups by kind, actor, state and time.

use super::bins::BinWidth;
use super::figure::Figure;
use super::judge::CHUNK;
use crate::domain::Kind;
use crate::domain::filter::PATH;
use crate::index::{Columns, NameId, Row};
use rayon::prelude::*;

/// Rows that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    Kind(Kind),
    /// On either side.
    Actor(NameId),
    /// A country and a state of it as a path; empty where neither is given.
    State(String),
    /// Those that begin in this bar, `[start_day, end_day)`.
    Time {
        start_day: i32,
        end_day: i32,
    },
}

impl Group {
    /// The rows of `rows` that belong to it, in their order: exactly those that [`Summary::of`]
    /// counts for it.
    #[must_use]
    pub fn of(&self, columns: &Columns, rows: &[Row]) -> Vec<Row> {
        let c = columns;
        let those = |holds: &(dyn Fn(usize) -> bool + Sync)| -> Vec<Row> {
            let rows = rows.par_iter().copied();
            rows.filter(|row| holds(*row as usize)).collect()
        };
        match self {
            Group::Kind(kind) => those(&|row| c.kind[row] == *kind),
            Group::Actor(id) => {
                those(&|row| c.actors_of(row as Row).iter().any(|a| a.actor() == *id))
            }
            Group::State(path) => {
                let in_it: Vec<bool> = c.admins.iter().map(|(_, p)| state(p) == path).collect();
                those(&|row| in_it[c.admin[row].0 as usize])
            }
            Group::Time { start_day, end_day } => {
                those(&|row| (*start_day..*end_day).contains(&c.start_day[row]))
            }
        }
    }
}

/// Country and state of an admin path.
fn state(path: &str) -> &str {
    let end = path.match_indices(PATH).nth(1);
    end.map_or(path, |(at, _)| &path[..at])
}

/// Bars at most in [`Summary::times`].
const MOST_BARS: i32 = 60;

/// What some rows are made of, by incidents or by deaths. Groups that count none are left out; biggest first,
/// and equal ones in the order of their lists; an incident with several actors counts for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// First and last day, `None` of no rows.
    pub days: Option<(i32, i32)>,
    /// Sums as [`crate::domain::Deaths::in_sums`] has them: low, best, high.
    pub deaths: [u64; 3],
    /// Rows whose deaths are not reported at all.
    pub deaths_unknown: u32,
    pub kinds: Vec<(Kind, u32)>,
    pub actors: Vec<(NameId, u32)>,
    pub states: Vec<(String, u32)>,
    /// By first day, in order and without gaps: first day, first day after, incidents or deaths.
    pub times: Vec<(i32, i32, u32)>,
    /// How wide those bars are.
    pub width: Option<BinWidth>,
}

impl Summary {
    #[must_use]
    pub fn of(columns: &Columns, rows: &[Row], figure: Figure) -> Summary {
        let c = columns;
        let all = rows.par_iter().map(|row| *row as usize);
        let Some(first) = all.clone().map(|row| c.start_day[row]).min() else {
            return Summary::default();
        };
        let last = all.clone().map(|row| c.end_day[row]).max().unwrap_or(first);
        let last_start = all.map(|row| c.start_day[row]).max().unwrap_or(first);
        let hours = i64::from(last_start.saturating_sub(first)) * 24;
        // Rows are counted by their first day, so that no bar is narrower.
        let width = match BinWidth::fitting(hours, MOST_BARS) {
            BinWidth::Hour => BinWidth::Day,
            width => width,
        };
        let next_day = |day: i32| width.next(i64::from(day) * 24).div_euclid(24) as i32;
        let mut starts = vec![width.floor(i64::from(first) * 24).div_euclid(24) as i32];
        while let Some(next) = starts.last().map(|s| next_day(*s))
            && next <= last_start
        {
            starts.push(next);
        }
        let count = rows
            .par_chunks(CHUNK.max(rows.len() / 16))
            .map(|rows| Count::of(c, rows, &starts, figure))
            .reduce(Count::default, Count::plus);
        let end = |i: usize| starts.get(i + 1).copied().unwrap_or(next_day(starts[i]));
        let times = count.times.iter().enumerate();
        Summary {
            days: Some((first, last)),
            deaths: count.deaths,
            deaths_unknown: count.deaths_unknown,
            kinds: biggest(&count.kinds, |i| Kind::ALL[i]),
            actors: biggest(&count.actors, |i| NameId(i as u32)),
            states: by_state(c, &count.admins),
            times: times.map(|(i, n)| (starts[i], end(i), *n)).collect(),
            width: Some(width),
        }
    }
}

/// Tables by number: kind, actor, admin path, bar.
#[derive(Default)]
struct Count {
    deaths: [u64; 3],
    deaths_unknown: u32,
    kinds: Vec<u32>,
    actors: Vec<u32>,
    admins: Vec<u32>,
    times: Vec<u32>,
}

impl Count {
    fn of(c: &Columns, rows: &[Row], starts: &[i32], figure: Figure) -> Count {
        let mut count = Count {
            kinds: vec![0; Kind::ALL.len()],
            actors: vec![0; c.actors.len()],
            admins: vec![0; c.admins.len()],
            times: vec![0; starts.len()],
            ..Count::default()
        };
        for row in rows {
            let i = *row as usize;
            let deaths = c.deaths(*row);
            let sums = deaths.in_sums();
            count.deaths.iter_mut().zip(sums).for_each(|(a, b)| *a += b);
            count.deaths_unknown += u32::from(deaths.is_unknown());
            let n = figure.of(c, *row);
            let bar = starts.partition_point(|s| *s <= c.start_day[i]);
            let actors = c.actors_of(*row).iter();
            let actors = actors.map(|actor| actor.actor().0 as usize);
            let add = |sums: &mut [u32], at: usize| sums[at] = sums[at].saturating_add(n);
            add(&mut count.kinds, c.kind[i] as usize);
            add(&mut count.admins, c.admin[i].0 as usize);
            add(&mut count.times, bar - 1);
            actors.for_each(|actor| add(&mut count.actors, actor));
        }
        count
    }

    fn plus(self, other: Count) -> Count {
        let add = |mut a: Vec<u32>, b: Vec<u32>| {
            a.resize(a.len().max(b.len()), 0);
            a.iter_mut()
                .zip(b)
                .for_each(|(a, b)| *a = a.saturating_add(b));
            a
        };
        let [a, b] = [self.deaths, other.deaths];
        Count {
            deaths: [a[0] + b[0], a[1] + b[1], a[2] + b[2]],
            deaths_unknown: self.deaths_unknown + other.deaths_unknown,
            kinds: add(self.kinds, other.kinds),
            actors: add(self.actors, other.actors),
            admins: add(self.admins, other.admins),
            times: add(self.times, other.times),
        }
    }
}

fn biggest<T>(counts: &[u32], name: impl Fn(usize) -> T) -> Vec<(T, u32)> {
    let mut found: Vec<(usize, u32)> = counts.iter().copied().enumerate().collect();
    found.retain(|(_, n)| *n > 0);
    found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    found.into_iter().map(|(i, n)| (name(i), n)).collect()
}

fn by_state(c: &Columns, admins: &[u32]) -> Vec<(String, u32)> {
    let mut states = indexmap::IndexMap::<&str, u32>::new();
    for (id, path) in c.admins.iter() {
        let n = admins[id.0 as usize];
        if n > 0 {
            let sum = states.entry(state(path)).or_default();
            *sum = sum.saturating_add(n);
        }
    }
    let mut states: Vec<(String, u32)> =
        states.into_iter().map(|(s, n)| (s.to_owned(), n)).collect();
    states.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    states
}
