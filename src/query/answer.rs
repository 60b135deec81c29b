//! All that the panels show of a filter, in one pass over the rows on all cores: what passes, what
//! each choice beside it would give, and how much is not known.

use super::judge::{CHUNK, Judged, Part, Window};
use super::select::Selection;
use super::tables::{Count, class_of};
use crate::domain::{Credibility, PlacePrecision, Reliability};
use crate::index::{Columns, Row, RowActor};
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
        Counted::default().answer(columns, judged, window, Vec::new())
    }

    /// What passes alone; `rows` is the memory of a selection that is not needed any more.
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

/// What was counted for the answer before, so that the next one counts only what changed since.
#[derive(Default)]
pub struct Counted(Option<(Count, Window)>);

impl Counted {
    /// Everything. Where something was counted before, it was asked of the same columns and of
    /// `judged` one update ago, and `rows` are those of its selection; else their memory is used.
    #[must_use]
    pub fn answer(
        &mut self,
        columns: &Columns,
        judged: &Judged,
        window: Window,
        mut rows: Vec<Row>,
    ) -> Answer {
        let count = match (self.0.take(), judged.changes()) {
            (Some((mut count, before)), Some(changes)) => {
                count.follow(columns, judged, changes, [before, window]);
                changes.follow(judged, &mut rows);
                count
            }
            _ => {
                let (passing, count) = pass::<true>(columns, judged, window, rows);
                rows = passing;
                count
            }
        };
        let mut answer = count.answer(columns, rows);
        answer.facets.count_events_once(columns, judged);
        self.0 = Some((count, window));
        answer
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
        .reduce_with(|mut a, b| {
            a.merge(&b, u64::wrapping_add);
            a
        })
        .unwrap_or_else(|| Count::new(columns, FACETS));
    (rows, count)
}
