//! All that the panels show of a filter, in one pass over the rows on all cores: what passes, what
//! each choice beside it would give, and how much is not known.

use super::judge::{CHUNK, Judged, Part, Window};
use super::select::Selection;
use crate::domain::{Credibility, Kind, PlacePrecision, Reliability};
use crate::index::{Columns, Row, RowActor, UNKNOWN_DEATHS};
use rayon::prelude::*;

/// Lower ends of the classes of deaths that are counted: see [`Facets::deaths`].
pub const DEATH_CLASSES: [u32; 8] = [0, 1, 2, 5, 10, 25, 50, 100];

/// For every option, the rows that pass all other parts of the filter and have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By `Kind as usize`.
    pub kinds: Vec<u32>,
    /// By actor id, on either side, on the first, on the second; an incident with several actors
    /// counts for each.
    pub actors: Vec<u32>,
    pub side_a: Vec<u32>,
    pub side_b: Vec<u32>,
    /// By dataset id.
    pub datasets: Vec<u32>,
    /// By id of `Columns::admins`.
    pub admins: Vec<u32>,
    /// By class of [`DEATH_CLASSES`], best estimate; the last counts those not reported.
    pub deaths: [u32; DEATH_CLASSES.len() + 1],
    /// By `PlacePrecision as usize`.
    pub precisions: [u32; PlacePrecision::ALL.len()],
    /// By `Reliability as usize`, then `Credibility as usize`.
    pub grades: [[u32; Credibility::ALL.len()]; Reliability::ALL.len()],
}

/// Incidents of which something is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// The day.
    pub day: u64,
    /// The place, more narrowly than the municipality.
    pub place: u64,
    pub deaths: u64,
    /// The reliability of the source.
    pub grade: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub selection: Selection,
    pub facets: Facets,
    pub unknown: Unknown,
}

impl Answer {
    /// Everything.
    #[must_use]
    pub fn of(columns: &Columns, judged: &Judged, window: Window) -> Answer {
        Answer::reusing(columns, judged, window, Vec::new())
    }

    /// The same; `rows` is the memory of a selection that is not needed any more.
    #[must_use]
    pub fn reusing(columns: &Columns, judged: &Judged, window: Window, rows: Vec<Row>) -> Answer {
        let (rows, count) = pass::<true>(columns, judged, window, rows);
        let mut answer = count.answer(columns, rows);
        answer.facets.count_events_once(columns, judged);
        answer
    }

    /// What passes alone; `rows` as in [`Answer::reusing`].
    #[must_use]
    pub fn selection(
        columns: &Columns,
        judged: &Judged,
        window: Window,
        rows: Vec<Row>,
    ) -> Selection {
        let (rows, count) = pass::<false>(columns, judged, window, rows);
        count.selection(rows)
    }
}

impl Facets {
    /// What was counted row by row is put right for linked rows: an event counts once for each
    /// option that any of its rows has.
    fn count_events_once(&mut self, c: &Columns, judged: &Judged) {
        let one = |of: fn(&Columns, usize) -> usize| {
            move |row: Row, options: &mut Vec<usize>| options.push(of(c, row as usize))
        };
        let actors = |stands: fn(RowActor) -> bool| {
            move |row: Row, options: &mut Vec<usize>| {
                let those = c.actors_of(row).iter().filter(|a| stands(**a));
                options.extend(those.map(|a| a.actor().0 as usize));
            }
        };
        let kind = one(|c, row| c.kind[row] as usize);
        once(&mut self.kinds, judged, Part::Kind, kind);
        once(&mut self.actors, judged, Part::Actor, actors(|_| true));
        once(
            &mut self.side_a,
            judged,
            Part::SideA,
            actors(RowActor::on_a),
        );
        once(
            &mut self.side_b,
            judged,
            Part::SideB,
            actors(RowActor::on_b),
        );
        let dataset = one(|c, row| c.dataset[row].0 as usize);
        once(&mut self.datasets, judged, Part::Dataset, dataset);
        let admin = one(|c, row| c.admin[row].0 as usize);
        once(&mut self.admins, judged, Part::Admin, admin);
        let class = one(|c, row| class_of(c.deaths_best[row]));
        once(&mut self.deaths, judged, Part::Deaths, class);
        let precision = one(|c, row| c.place_precision[row] as usize);
        once(&mut self.precisions, judged, Part::Precision, precision);
        let grade = one(|c, row| {
            c.reliability[row] as usize * Credibility::ALL.len() + c.credibility[row] as usize
        });
        once(self.grades.as_flattened_mut(), judged, Part::Grade, grade);
    }
}

/// One part's counts, by option; `options` adds those of a row.
fn once(counts: &mut [u32], judged: &Judged, part: Part, options: impl Fn(Row, &mut Vec<usize>)) {
    let mut of_event = Vec::new();
    for event in judged.events(part as u16) {
        of_event.clear();
        for (row, was_counted) in event {
            let before = of_event.len();
            options(row, &mut of_event);
            if was_counted {
                of_event[before..].iter().for_each(|o| counts[*o] -= 1);
            }
        }
        of_event.sort_unstable();
        of_event.dedup();
        of_event.iter().for_each(|o| counts[*o] += 1);
    }
}

fn pass<const FACETS: bool>(
    columns: &Columns,
    judged: &Judged,
    window: Window,
    mut rows: Vec<Row>,
) -> (Vec<Row>, Count) {
    let passing = |failed: &[u16]| failed.iter().filter(|f| **f == 0).count();
    let sizes: Vec<usize> = judged.failed.par_chunks(CHUNK).map(passing).collect();
    rows.resize(sizes.iter().sum(), 0);
    let mut rest = rows.as_mut_slice();
    let mut parts = Vec::with_capacity(sizes.len());
    for (i, size) in sizes.into_iter().enumerate() {
        let (part, after) = rest.split_at_mut(size);
        parts.push((i * CHUNK, part));
        rest = after;
    }
    // A table a thread, not a chunk: they are bigger than what a chunk costs.
    let share = parts
        .len()
        .div_ceil(rayon::current_num_threads().max(1))
        .max(1);
    let count = parts
        .par_chunks_mut(share)
        .map(|parts| {
            let mut count = Count::new(columns, FACETS);
            for (first, out) in parts {
                let last = (*first + CHUNK).min(columns.len());
                let failed = &judged.failed[*first..last];
                count.rows::<FACETS>(columns, *first, failed, out, window);
            }
            count
        })
        .reduce_with(Count::plus)
        .unwrap_or_else(|| Count::new(columns, FACETS));
    (rows, count)
}

/// Tables that are filled while the rows pass by.
struct Count {
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
    fn new(columns: &Columns, facets: bool) -> Count {
        let table = |len: usize| vec![0; if facets { len } else { 0 }];
        let actors = || table(columns.actors.len() * 4);
        Count {
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

    fn rows<const FACETS: bool>(
        &mut self,
        c: &Columns,
        first: usize,
        failed: &[u16],
        out: &mut [Row],
        window: Window,
    ) {
        let mut out = out.iter_mut();
        for (i, failed) in failed.iter().enumerate() {
            let row = first + i;
            if *failed == 0 {
                if let Some(slot) = out.next() {
                    *slot = row as Row;
                }
                self.passing(c, row, window);
                if FACETS {
                    self.traits[usize::from(c.traits[row])] += 1;
                    self.datasets[c.dataset[row].0 as usize] += 1;
                    self.admins[c.admin[row].0 as usize] += 1;
                    self.deaths_by_class[class_of(c.deaths_best[row])] += 1;
                    self.actors_of(c, row, 0);
                }
            } else if FACETS && failed.is_power_of_two() {
                self.failing_one(c, row, *failed);
            }
        }
    }

    fn passing(&mut self, c: &Columns, row: usize, window: Window) {
        let known = |n: u32| n != UNKNOWN_DEATHS;
        let (low, best, high) = (c.deaths_low[row], c.deaths_best[row], c.deaths_high[row]);
        let or = |a: u32, b: u32| if known(a) { a } else { b };
        let all = [
            or(low, or(best, high)),
            or(best, or(low, high)),
            or(high, or(best, low)),
        ];
        if known(all[0]) {
            for (sum, n) in self.deaths.iter_mut().zip(all) {
                *sum += u64::from(n);
            }
        } else {
            self.deaths_unknown += 1;
        }
        self.uncertain_dates += u64::from(!window.holds(c, row));
    }

    fn failing_one(&mut self, c: &Columns, row: usize, failed: u16) {
        const KIND: u16 = Part::Kind as u16;
        const DATASET: u16 = Part::Dataset as u16;
        const ADMIN: u16 = Part::Admin as u16;
        const DEATHS: u16 = Part::Deaths as u16;
        const PRECISION: u16 = Part::Precision as u16;
        const GRADE: u16 = Part::Grade as u16;
        const ACTOR: u16 = Part::Actor as u16;
        const SIDE_A: u16 = Part::SideA as u16;
        const SIDE_B: u16 = Part::SideB as u16;
        match failed {
            KIND => self.kinds[c.kind[row] as usize] += 1,
            DATASET => self.datasets[c.dataset[row].0 as usize] += 1,
            ADMIN => self.admins[c.admin[row].0 as usize] += 1,
            DEATHS => self.deaths_by_class[class_of(c.deaths_best[row])] += 1,
            PRECISION => self.precisions[c.place_precision[row] as usize] += 1,
            GRADE => {
                self.grades[c.reliability[row] as usize][c.credibility[row] as usize] += 1;
            }
            ACTOR => self.actors_of(c, row, 1),
            SIDE_A => self.actors_of(c, row, 2),
            SIDE_B => self.actors_of(c, row, 3),
            _ => {}
        }
    }

    fn actors_of(&mut self, c: &Columns, row: usize, table: usize) {
        for actor in c.actors_of(row as Row) {
            self.actors[table][actor.bits() as usize] += 1;
        }
    }

    fn plus(mut self, other: Count) -> Count {
        fn add(to: &mut [u32], from: &[u32]) {
            to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
        }
        self.deaths
            .iter_mut()
            .zip(other.deaths)
            .for_each(|(a, b)| *a += b);
        self.deaths_unknown += other.deaths_unknown;
        self.uncertain_dates += other.uncertain_dates;
        add(&mut self.traits, &other.traits);
        for (to, from) in self.actors.iter_mut().zip(&other.actors) {
            add(to, from);
        }
        add(&mut self.datasets, &other.datasets);
        add(&mut self.admins, &other.admins);
        add(&mut self.deaths_by_class, &other.deaths_by_class);
        add(&mut self.kinds, &other.kinds);
        add(&mut self.precisions, &other.precisions);
        for (to, from) in self.grades.iter_mut().zip(&other.grades) {
            add(to, from);
        }
        self
    }

    fn selection(&self, rows: Vec<Row>) -> Selection {
        Selection {
            rows,
            deaths_low: self.deaths[0],
            deaths_best: self.deaths[1],
            deaths_high: self.deaths[2],
            deaths_unknown: self.deaths_unknown as u32,
            uncertain_dates: self.uncertain_dates as u32,
        }
    }

    fn answer(self, columns: &Columns, rows: Vec<Row>) -> Answer {
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
            let n = u64::from(*n);
            unknown.day += if t.day_known { 0 } else { n };
            if t.precision >= PlacePrecision::Municipality as usize {
                unknown.place += n;
            }
            if t.reliability == Reliability::F as usize {
                unknown.grade += n;
            }
        }
        facets.datasets = self.datasets;
        facets.admins = self.admins;
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
        DEATH_CLASSES.len()
    } else {
        DEATH_CLASSES.partition_point(|least| *least <= best) - 1
    }
}

/// What of [`Columns::traits`] is counted.
struct Traits {
    kind: usize,
    precision: usize,
    reliability: usize,
    credibility: usize,
    day_known: bool,
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
