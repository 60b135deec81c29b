//! The tables behind an answer: what is counted of rows by which parts of the filter they fail.

use super::answer::{Answer, DEATH_CLASSES, Facets, Unknown};
use super::changes::Changes;
use super::judge::{Judged, Part, Window};
use super::select::Selection;
use crate::domain::{Credibility, Kind, PlacePrecision, Reliability};
use crate::index::{Columns, Row, RowActor, UNKNOWN_DEATHS};

const KIND: u16 = Part::Kind as u16;
const DATASET: u16 = Part::Dataset as u16;
const ADMIN: u16 = Part::Admin as u16;
const DEATHS: u16 = Part::Deaths as u16;
const PRECISION: u16 = Part::Precision as u16;
const GRADE: u16 = Part::Grade as u16;
const ACTOR: u16 = Part::Actor as u16;
const SIDE_A: u16 = Part::SideA as u16;
const SIDE_B: u16 = Part::SideB as u16;
/// Parts whose options are counted.
const COUNTED: [u16; 9] = [
    KIND, DATASET, ADMIN, DEATHS, PRECISION, GRADE, ACTOR, SIDE_A, SIDE_B,
];

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
    deaths_unknown: u64,
    uncertain_dates: u64,
    /// By [`Columns::traits`]: of the rows that pass.
    traits: Vec<u32>,
    /// By `RowActor::bits`: of the rows that pass, and of those that fail one of the three parts.
    actors: [Vec<u32>; 4],
    /// Of the rows that pass or fail that part alone.
    datasets: Vec<u32>,
    admins: Vec<u32>,
    deaths_by_class: [u32; DEATH_CLASSES.len() + 1],
    /// Of the rows that fail that part alone.
    kinds: [u32; Kind::ALL.len()],
    precisions: [u32; PlacePrecision::ALL.len()],
    grades: [[u32; Credibility::ALL.len()]; Reliability::ALL.len()],
}

impl Count {
    pub fn new(columns: &Columns, facets: bool) -> Count {
        let table = |len: usize| vec![0; if facets { len } else { 0 }];
        let actors = || table(columns.actors.len() * 4);
        Count {
            rows: Vec::new(),
            deaths: [0; 3],
            deaths_unknown: 0,
            uncertain_dates: 0,
            traits: table(1 << 15),
            actors: [actors(), actors(), actors(), actors()],
            datasets: table(columns.datasets.len()),
            admins: table(columns.admins.len()),
            deaths_by_class: Default::default(),
            kinds: [0; Kind::ALL.len()],
            precisions: Default::default(),
            grades: Default::default(),
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
            let any = failed.iter().fold(0, |all, f| all | f);
            for part in COUNTED.into_iter().filter(|part| any & part != 0) {
                let those = picked(first, failed, &mut rows, |f| f == part);
                self.failing(c, part, those);
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

    /// A table at a time: each is small enough to stay at hand.
    fn passing(&mut self, c: &Columns, rows: &[Row]) {
        let each = || rows.iter().map(|row| *row as usize);
        each().for_each(|row| self.traits[usize::from(c.traits[row])] += 1);
        match self.datasets.as_mut_slice() {
            [only] => *only += rows.len() as u32,
            all => each().for_each(|row| all[c.dataset[row].0 as usize] += 1),
        }
        each().for_each(|row| self.admins[c.admin[row].0 as usize] += 1);
        each().for_each(|row| self.deaths_by_class[class_of(c.deaths_best[row])] += 1);
        let [of_passing, ..] = &mut self.actors;
        let mut count = |actors: &[RowActor]| {
            let bits = actors.iter().map(|actor| actor.bits() as usize);
            bits.for_each(|bits| of_passing[bits] += 1);
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

    /// Rows that fail one part alone.
    fn failing(&mut self, c: &Columns, part: u16, rows: &[Row]) {
        let each = || rows.iter().map(|row| *row as usize);
        match part {
            KIND => each().for_each(|row| self.kinds[c.kind[row] as usize] += 1),
            DATASET => each().for_each(|row| self.datasets[c.dataset[row].0 as usize] += 1),
            ADMIN => each().for_each(|row| self.admins[c.admin[row].0 as usize] += 1),
            DEATHS => {
                let classes = each().map(|row| class_of(c.deaths_best[row]));
                classes.for_each(|class| self.deaths_by_class[class] += 1);
            }
            PRECISION => {
                each().for_each(|row| self.precisions[c.place_precision[row] as usize] += 1);
            }
            GRADE => each().for_each(|row| {
                self.grades[c.reliability[row] as usize][c.credibility[row] as usize] += 1;
            }),
            ACTOR => each().for_each(|row| self.actors_of(c, row, 1)),
            SIDE_A => each().for_each(|row| self.actors_of(c, row, 2)),
            SIDE_B => each().for_each(|row| self.actors_of(c, row, 3)),
            _ => {}
        }
    }

    fn actors_of(&mut self, c: &Columns, row: usize, table: usize) {
        for actor in c.actors_of(row as Row) {
            self.actors[table][actor.bits() as usize] += 1;
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
        for (to, from) in self.actors.iter_mut().zip(&other.actors) {
            each(to, from);
        }
        each(&mut self.datasets, &other.datasets);
        each(&mut self.admins, &other.admins);
        each(&mut self.deaths_by_class, &other.deaths_by_class);
        each(&mut self.kinds, &other.kinds);
        each(&mut self.precisions, &other.precisions);
        let grades = other.grades.as_flattened();
        each(self.grades.as_flattened_mut(), grades);
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

    pub fn answer(&self, columns: &Columns, rows: Vec<Row>) -> Answer {
        let selection = self.selection(rows);
        let mut unknown = Unknown {
            deaths: self.deaths_unknown,
            ..Unknown::default()
        };
        let mut facets = Facets {
            kinds: self.kinds.to_vec(),
            precisions: self.precisions,
            grades: self.grades,
            deaths: self.deaths_by_class,
            ..Facets::default()
        };
        for (traits, n) in self.traits.iter().enumerate().filter(|(_, n)| **n > 0) {
            let t = Traits::from_bits(traits as u16);
            facets.kinds[t.kind] += n;
            facets.precisions[t.precision] += n;
            facets.grades[t.reliability][t.credibility] += n;
            unknown.add(&t, u64::from(*n));
        }
        facets.datasets.clone_from(&self.datasets);
        facets.admins.clone_from(&self.admins);
        let [passing, either, a, b] = &self.actors;
        let on = |table: &[u32], sides: &[usize]| -> Vec<u32> {
            (0..columns.actors.len())
                .map(|id| {
                    sides
                        .iter()
                        .map(|s| passing[id * 4 + s] + table[id * 4 + s])
                        .sum()
                })
                .collect()
        };
        facets.actors = on(either, &[1, 2, 3]);
        facets.side_a = on(a, &[1, 3]);
        facets.side_b = on(b, &[2, 3]);
        Answer {
            selection,
            facets,
            unknown,
        }
    }
}

/// The class of [`DEATH_CLASSES`] of a best estimate.
#[must_use]
pub fn class_of(best: u32) -> usize {
    if best == UNKNOWN_DEATHS {
        return DEATH_CLASSES.len();
    }
    let least = DEATH_CLASSES.iter().skip(1);
    least.map(|least| usize::from(*least <= best)).sum()
}

/// What of [`Columns::traits`] is counted.
struct Traits {
    kind: usize,
    precision: usize,
    reliability: usize,
    credibility: usize,
    day_known: bool,
}

impl Unknown {
    /// Of some rows; all columns are to be there.
    #[must_use]
    pub fn of(columns: &Columns, rows: &[Row]) -> Unknown {
        let mut unknown = Unknown::default();
        for row in rows {
            unknown.add(&Traits::from_bits(columns.traits[*row as usize]), 1);
            unknown.deaths += u64::from(columns.deaths(*row).is_unknown());
        }
        unknown
    }

    /// `n` rows; the deaths are in no trait.
    fn add(&mut self, t: &Traits, n: u64) {
        self.day += if t.day_known { 0 } else { n };
        if t.precision >= PlacePrecision::Municipality as usize {
            self.place += n;
        }
        if t.reliability == Reliability::F as usize {
            self.grade += n;
        }
    }
}

impl Traits {
    fn from_bits(bits: u16) -> Traits {
        let part = |shift: u16, mask: u16| usize::from(bits >> shift & mask);
        Traits {
            kind: part(10, 31),
            precision: part(7, 7),
            reliability: part(4, 7),
            credibility: part(1, 7),
            day_known: bits & 1 == 1,
        }
    }
}
