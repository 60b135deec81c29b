//! The tables behind an answer: what is counted of rows by which parts of the filter they fail.

use super::ask::Window;
use super::changes::Changes;
use super::facets::Facets;
use super::judge::Judged;
use super::part::Shared;
use super::select::Selection;
use crate::index::{Columns, Row, RowActor, UNKNOWN_DEATHS};

/// Rows from `first` on for whose failed parts `is` holds, put into `out`.
fn picked<'a>(
    first: usize,
    failed: &[u16],
    out: &'a mut Vec<Row>,
    is: impl Fn(u16) -> bool,
) -> &'a [Row] {
    out.resize(failed.len().max(out.len()), 0);
    let mut n = 0;
    // Without a branch: which rows they are cannot be guessed.
    for (row, failed) in (first as Row..).zip(failed) {
        out[n] = row;
        n += usize::from(is(*failed));
    }
    &out[..n]
}

/// Tables that are filled while the rows pass by.
pub(super) struct Count {
    /// Rows at hand.
    rows: Vec<Row>,
    deaths: [u64; 3],
    pub deaths_unknown: u64,
    uncertain_dates: u64,
    /// By [`Columns::traits`]: of the rows that pass.
    pub traits: Vec<u32>,
    /// By [`RowActor::bits`]: of the rows that pass.
    actors: Vec<u32>,
    /// By option: of the rows that fail that part alone, and of those that pass where no table above
    /// has them.
    facets: Facets,
}

impl Count {
    pub fn new(columns: &Columns, facets: bool) -> Count {
        let table = |len: usize| vec![0; if facets { len } else { 0 }];
        Count {
            rows: Vec::new(),
            deaths: [0; 3],
            deaths_unknown: 0,
            uncertain_dates: 0,
            traits: table(1 << 15),
            actors: table(columns.actors.len() * 4),
            facets: match facets {
                true => Facets::empty(columns),
                false => Facets::default(),
            },
        }
    }

    /// Counts rows from `first` on by the parts they fail; those that pass are written to `out`,
    /// where it has room for them.
    pub fn rows<const FACETS: bool>(
        &mut self,
        c: &Columns,
        first: usize,
        failed: &[u16],
        out: &mut [Row],
        window: Window,
    ) {
        let mut rows = std::mem::take(&mut self.rows);
        let passing = picked(first, failed, &mut rows, |f| f == 0);
        if out.len() == passing.len() {
            out.copy_from_slice(passing);
        }
        self.deaths_of(c, passing);
        if window.from > i32::MIN || window.to < i32::MAX {
            let uncertain = passing.iter().filter(|r| !window.holds(c, **r as usize));
            self.uncertain_dates += uncertain.count() as u64;
        }
        if FACETS {
            self.passing(c, passing);
            for (_, options, table) in self.facets.tables() {
                if options.shared.is_none() {
                    (options.count)(c, passing, table);
                }
            }
            let any = failed.iter().fold(0, |all, f| all | f);
            for (part, options, table) in self.facets.tables() {
                if any & part.bit() != 0 {
                    let those = picked(first, failed, &mut rows, |f| f == part.bit());
                    (options.count)(c, those, table);
                }
            }
        }
        self.rows = rows;
    }

    fn deaths_of(&mut self, c: &Columns, rows: &[Row]) {
        let known = |n: u32| n != UNKNOWN_DEATHS;
        let or = |a: u32, b: u32| if known(a) { a } else { b };
        let mut sums = [0_u64; 3];
        let mut unknown = 0_u64;
        for row in rows {
            let row = *row as usize;
            let (low, best, high) = (c.deaths_low[row], c.deaths_best[row], c.deaths_high[row]);
            let all = [
                or(low, or(best, high)),
                or(best, or(low, high)),
                or(high, or(best, low)),
            ];
            // Where one is known, all are.
            let is_known = known(all[0]);
            unknown += u64::from(!is_known);
            for (sum, n) in sums.iter_mut().zip(all) {
                *sum += u64::from(if is_known { n } else { 0 });
            }
        }
        self.deaths.iter_mut().zip(sums).for_each(|(a, b)| *a += b);
        self.deaths_unknown += unknown;
    }

    /// What several parts share, a table at a time: each is small enough to stay at hand.
    fn passing(&mut self, c: &Columns, rows: &[Row]) {
        let traits = rows.iter().map(|row| c.traits[*row as usize]);
        traits.for_each(|traits| self.traits[usize::from(traits)] += 1);
        let mut count = |actors: &[RowActor]| {
            let bits = actors.iter().map(|actor| actor.bits() as usize);
            bits.for_each(|bits| self.actors[bits] += 1);
        };
        match rows {
            // Without a gap their actors lie side by side.
            [first, .., last] if (last - first) as usize == rows.len() - 1 => {
                let ends = [*first as usize, *last as usize + 1].map(|row| c.actor_start[row]);
                count(&c.row_actors[ends[0] as usize..ends[1] as usize]);
            }
            rows => rows.iter().for_each(|row| count(c.actors_of(*row))),
        }
    }

    /// Counts as if every row of `changes` had been counted by what it fails now, and against the
    /// second of two windows, from the start.
    pub fn follow(
        &mut self,
        c: &Columns,
        judged: &Judged,
        changes: &Changes,
        windows: [Window; 2],
    ) {
        let (mut left, mut came) = (Count::new(c, true), Count::new(c, true));
        for (rows, before) in changes.before() {
            left.rows::<true>(c, rows.start, before, &mut [], windows[0]);
            let now = &judged.failed[rows.clone()];
            came.rows::<true>(c, rows.start, now, &mut [], windows[1]);
        }
        self.merge(&came, u64::wrapping_add);
        self.merge(&left, u64::wrapping_sub);
    }

    /// Adds the tables of another, or takes them away: nothing is below nought in the end, whatever
    /// it is in between.
    pub fn merge(&mut self, other: &Count, with: impl Fn(u64, u64) -> u64) {
        let each = |to: &mut [u32], from: &[u32]| {
            let pairs = to.iter_mut().zip(from);
            pairs.for_each(|(a, b)| *a = with(u64::from(*a), u64::from(*b)) as u32);
        };
        let one = |to: &mut u64, from: u64| *to = with(*to, from);
        for (to, from) in self.deaths.iter_mut().zip(other.deaths) {
            one(to, from);
        }
        one(&mut self.deaths_unknown, other.deaths_unknown);
        one(&mut self.uncertain_dates, other.uncertain_dates);
        each(&mut self.traits, &other.traits);
        each(&mut self.actors, &other.actors);
        let with = |a: u32, b: u32| with(u64::from(a), u64::from(b)) as u32;
        self.facets.merge(&other.facets, with);
    }

    /// For every option the rows that have it.
    pub fn facets(&self) -> Facets {
        let mut facets = self.facets.clone();
        for (_, options, table) in facets.tables() {
            let Some((shared, option)) = options.shared else {
                continue;
            };
            let counts = match shared {
                Shared::Traits => &self.traits,
                Shared::Actors => &self.actors,
            };
            for (key, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
                if let Some(option) = option(key) {
                    table[option] += n;
                }
            }
        }
        facets
    }

    pub fn selection(&self, rows: Vec<Row>) -> Selection {
        Selection {
            rows,
            deaths_low: self.deaths[0],
            deaths_best: self.deaths[1],
            deaths_high: self.deaths[2],
            deaths_unknown: self.deaths_unknown as u32,
            uncertain_dates: self.uncertain_dates as u32,
            inside: None,
            leading: Default::default(),
        }
    }
}
