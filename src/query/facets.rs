//! What every option of the filter's parts would give: incidents, or those who died in them.

use super::figure::Figure;
use super::judge::{CHUNK, Judged};
use super::part::Options;
use super::parts::Part;
use crate::index::{Columns, NameId, Row};
use rayon::prelude::*;

/// For every option of every part, the rows that pass all other parts of the filter and have it; an
/// incident with several options counts for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets(Vec<Vec<u32>>);

impl Facets {
    /// With nothing counted.
    pub(super) fn empty(columns: &Columns) -> Facets {
        let len = |part: &Part| {
            part.declared()
                .options
                .as_ref()
                .map_or(0, |o| (o.len)(columns))
        };
        Facets(Part::ALL.iter().map(|part| vec![0; len(part)]).collect())
    }

    /// By the number of the option.
    #[must_use]
    pub fn of(&self, part: Part) -> &[u32] {
        self.0.get(part as usize).map_or(&[], Vec::as_slice)
    }

    /// Those of the parts that have options.
    pub(super) fn tables(
        &mut self,
    ) -> impl Iterator<Item = (Part, &'static Options, &mut Vec<u32>)> {
        let tables = Part::ALL.iter().zip(&mut self.0);
        tables.filter_map(|(part, table)| Some((*part, part.declared().options.as_ref()?, table)))
    }

    /// With the numbers of another.
    pub(super) fn merge(&mut self, other: &Facets, with: impl Fn(u32, u32) -> u32) {
        let pairs = self.0.iter_mut().flatten().zip(other.0.iter().flatten());
        pairs.for_each(|(a, b)| *a = with(*a, *b));
    }

    /// What was counted row by row is put right for linked rows: an event counts once for each
    /// option that any of its rows has.
    pub(super) fn count_events_once(&mut self, columns: &Columns, judged: &Judged) {
        for (part, options, counts) in self.tables() {
            let mut of_event = Vec::new();
            for event in judged.events(part.bit()) {
                of_event.clear();
                for (row, was_counted) in event {
                    let before = of_event.len();
                    (options.of_row)(columns, row as usize, &mut of_event);
                    if was_counted {
                        of_event[before..].iter().for_each(|o| counts[*o] -= 1);
                    }
                }
                of_event.sort_unstable();
                of_event.dedup();
                of_event.iter().for_each(|o| counts[*o] += 1);
            }
        }
    }
}

/// For every option the deaths of the rows that pass all other parts of the filter and have it: as
/// [`Facets`] has incidents. An event of several rows counts once for each option, as the first of its rows that
/// has it says.
#[must_use]
pub fn deaths_by_option(columns: &Columns, judged: &Judged) -> Facets {
    let has_links = judged.linked().next().is_some();
    let chunk = |(i, failed): (usize, &[u16])| {
        let mut sums = Facets::empty(columns);
        let mut options = Vec::new();
        for (at, failed) in failed.iter().enumerate() {
            let row = i * CHUNK + at;
            let alone = *failed == 0 || failed.is_power_of_two();
            if !alone || (has_links && judged.is_linked(row)) {
                continue;
            }
            let n = Figure::Deaths.of(columns, row as Row);
            if n > 0 {
                for (part, of, sums) in sums.tables() {
                    if *failed & !part.bit() == 0 {
                        options.clear();
                        (of.of_row)(columns, row, &mut options);
                        add(sums, &mut options, n);
                    }
                }
            }
        }
        sums
    };
    let chunks = judged.failed.par_chunks(CHUNK).enumerate().map(chunk);
    let empty = || Facets::empty(columns);
    let mut sums = chunks.reduce(empty, |mut a, b| {
        a.merge(&b, u32::saturating_add);
        a
    });
    for (part, of, sums) in sums.tables() {
        for event in judged.events_of(part.bit()) {
            let (mut seen, mut options) = (Vec::new(), Vec::new());
            for row in event {
                options.clear();
                (of.of_row)(columns, row as usize, &mut options);
                options.retain(|o| !seen.contains(o));
                add(sums, &mut options, Figure::Deaths.of(columns, row));
                seen.extend_from_slice(&options);
            }
        }
    }
    sums
}

/// Adds to each option of a row once, though an actor may stand on it twice.
fn add(sums: &mut [u32], options: &mut Vec<usize>, n: u32) {
    options.sort_unstable();
    options.dedup();
    for option in options {
        sums[*option] = sums[*option].saturating_add(n);
    }
}

/// The actors of most incidents on each side, the most frequent first: of all rows that pass all parts of the filter but
/// its time, so that they stay the same while time moves on. At most `most` a side.
#[must_use]
pub fn leading(columns: &Columns, judged: &Judged, most: usize) -> [Vec<NameId>; 2] {
    let empty = || {
        [
            vec![0_u32; columns.actors.len()],
            vec![0; columns.actors.len()],
        ]
    };
    let chunks = judged.failed.par_chunks(CHUNK).enumerate();
    let counted = chunks.map(|(i, failed)| {
        let mut counts = empty();
        let rows = failed.iter().enumerate();
        for (at, _) in rows.filter(|(_, f)| **f & !Part::Time.bit() == 0) {
            for actor in columns.actors_of((i * CHUNK + at) as Row) {
                let id = actor.actor().0 as usize;
                counts[0][id] += u32::from(actor.on_a());
                counts[1][id] += u32::from(actor.on_b());
            }
        }
        counts
    });
    let counts = counted.reduce(empty, |mut a, b| {
        for (a, b) in a.iter_mut().flatten().zip(b.iter().flatten()) {
            *a += b;
        }
        a
    });
    counts.map(|counts| {
        let mut ids: Vec<usize> = (0..counts.len()).filter(|id| counts[*id] > 0).collect();
        ids.sort_by_key(|id| std::cmp::Reverse(counts[*id]));
        ids.truncate(most);
        ids.into_iter().map(|id| NameId(id as u32)).collect()
    })
}
