//! All that the panels show of a filter, in one pass over the rows on all cores: what passes, what
//! each choice beside it would give, and how much is not known.

use super::ask::{Ask, Window};
use super::facets::Facets;
use super::judge::{CHUNK, Judged};
use super::select::Selection;
use super::tables::Count;
use crate::domain::{PlacePrecision, Reliability};
use crate::index::{Columns, Row, Traits};
use rayon::prelude::*;

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
        let mut facets = count.facets();
        facets.count_events_once(columns, judged);
        let mut unknown = Unknown {
            deaths: count.deaths_unknown,
            ..Unknown::default()
        };
        for (traits, n) in count.traits.iter().enumerate().filter(|(_, n)| **n > 0) {
            unknown.add(&Traits::of(traits as u16), u64::from(*n));
        }
        let selection = count.selection(rows);
        self.0 = Some((count, window));
        Answer {
            selection,
            facets,
            unknown,
        }
    }
}

impl Unknown {
    /// Of some rows; all columns are to be there.
    #[must_use]
    pub fn of(columns: &Columns, rows: &[Row]) -> Unknown {
        let mut unknown = Unknown::default();
        for row in rows {
            unknown.add(&Traits::of(columns.traits[*row as usize]), 1);
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

/// The rows of `columns` that pass.
#[must_use]
pub fn select<'a>(columns: &Columns, ask: impl Into<Ask<'a>>) -> Selection {
    let ask = ask.into();
    let judged = Judged::new(columns, ask);
    Answer::selection(columns, &judged, Window::of(ask.filter), Vec::new())
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
