//! What is counted: incidents, or those who died in them.

use super::answer::{DEATH_CLASSES, Facets};
use super::judge::{CHUNK, Judged, Part};
use super::tables::class_of;
use crate::domain::{Credibility, Kind};
use crate::index::{Columns, NameId, Row, RowActor};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// What bars, facets and summaries count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Figure {
    #[default]
    Incidents,
    /// Best estimates, as [`crate::domain::Deaths::in_sums`] has them; none where nothing is reported.
    Deaths,
    /// The lowest and the highest, to stand beside the best.
    #[serde(skip)]
    DeathsLow,
    #[serde(skip)]
    DeathsHigh,
}

impl Figure {
    /// What people choose from.
    pub const ALL: [Figure; 2] = [Figure::Incidents, Figure::Deaths];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Figure::Incidents => "incidents",
            Figure::Deaths => "deaths",
            Figure::DeathsLow => "deaths-low",
            Figure::DeathsHigh => "deaths-high",
        }
    }

    /// What one row counts.
    #[must_use]
    pub fn of(self, columns: &Columns, row: Row) -> u32 {
        // In range: one of three counts that are.
        let deaths = |which: usize| columns.deaths(row).in_sums()[which] as u32;
        match self {
            Figure::Incidents => 1,
            Figure::DeathsLow => deaths(0),
            Figure::Deaths => deaths(1),
            Figure::DeathsHigh => deaths(2),
        }
    }
}

/// An option of a part: whether a row of these failed parts counts for it, its numbers in the row.
type Options = fn(&Columns, usize, &mut Vec<usize>);

/// The parts of the filter that have options, with those of a row.
const PARTS: [(Part, Options); 9] = [
    (Part::Kind, |c, row, to| to.push(c.kind[row] as usize)),
    (Part::Actor, |c, row, to| actors(c, row, to, |_| true)),
    (Part::SideA, |c, row, to| actors(c, row, to, RowActor::on_a)),
    (Part::SideB, |c, row, to| actors(c, row, to, RowActor::on_b)),
    (Part::Dataset, |c, row, to| {
        to.push(c.dataset[row].0 as usize);
    }),
    (Part::Admin, |c, row, to| to.push(c.admin[row].0 as usize)),
    (Part::Deaths, |c, row, to| {
        to.push(class_of(c.deaths_best[row]));
    }),
    (Part::Precision, |c, row, to| {
        to.push(c.place_precision[row] as usize);
    }),
    (Part::Grade, |c, row, to| {
        let reliability = c.reliability[row] as usize * Credibility::ALL.len();
        to.push(reliability + c.credibility[row] as usize);
    }),
];

fn actors(c: &Columns, row: usize, to: &mut Vec<usize>, stands: fn(RowActor) -> bool) {
    let those = c.actors_of(row as Row).iter().filter(|a| stands(**a));
    to.extend(those.map(|a| a.actor().0 as usize));
}

/// For every option the deaths of the rows that pass all other parts of the filter and have it: as
/// [`Facets`] has incidents. An event of several rows counts once for each option, as the first of its rows that
/// has it says.
#[must_use]
pub fn deaths_by_option(columns: &Columns, judged: &Judged) -> Facets {
    let sizes = [
        Kind::ALL.len(),
        columns.actors.len(),
        columns.actors.len(),
        columns.actors.len(),
        columns.datasets.len(),
        columns.admins.len(),
        DEATH_CLASSES.len() + 1,
        Facets::default().precisions.len(),
        Facets::default().grades.as_flattened().len(),
    ];
    let empty = || sizes.map(|len| vec![0_u32; len]);
    let has_links = judged.linked().next().is_some();
    let chunk = |(i, failed): (usize, &[u16])| {
        let mut sums = empty();
        let mut options = Vec::new();
        for (at, failed) in failed.iter().enumerate() {
            let row = i * CHUNK + at;
            let alone = *failed == 0 || failed.is_power_of_two();
            if !alone || (has_links && judged.is_linked(row)) {
                continue;
            }
            let n = Figure::Deaths.of(columns, row as Row);
            if n > 0 {
                for (sums, (part, of)) in sums.iter_mut().zip(&PARTS) {
                    if *failed & !(*part as u16) == 0 {
                        options.clear();
                        of(columns, row, &mut options);
                        add(sums, &mut options, n);
                    }
                }
            }
        }
        sums
    };
    let chunks = judged.failed.par_chunks(CHUNK).enumerate().map(chunk);
    let mut sums = chunks.reduce(empty, |mut a, b| {
        for (a, b) in a.iter_mut().flatten().zip(b.iter().flatten()) {
            *a = a.saturating_add(*b);
        }
        a
    });
    for (sums, (part, of)) in sums.iter_mut().zip(&PARTS) {
        for event in judged.events_of(*part as u16) {
            let (mut seen, mut options) = (Vec::new(), Vec::new());
            for row in event {
                options.clear();
                of(columns, row as usize, &mut options);
                options.retain(|o| !seen.contains(o));
                add(sums, &mut options, Figure::Deaths.of(columns, row));
                seen.extend_from_slice(&options);
            }
        }
    }
    let [
        kinds,
        actors,
        side_a,
        side_b,
        datasets,
        admins,
        deaths,
        precisions,
        grades,
    ] = sums;
    let mut facets = Facets {
        kinds,
        actors,
        side_a,
        side_b,
        datasets,
        admins,
        ..Facets::default()
    };
    facets.deaths.copy_from_slice(&deaths);
    facets.precisions.copy_from_slice(&precisions);
    facets.grades.as_flattened_mut().copy_from_slice(&grades);
    facets
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
        for (at, _) in failed
            .iter()
            .enumerate()
            .filter(|(_, f)| **f & !(Part::Time as u16) == 0)
        {
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
