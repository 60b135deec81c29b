//! What each choice of the filter would give: counts beside the options.

use super::select::{Matcher, Part};
use crate::domain::{Filter, Kind};
use crate::index::Columns;

/// For every option, the rows that pass all other parts of the filter and have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By `Kind as usize`.
    pub kinds: Vec<u32>,
    /// By actor id; an incident with several actors counts for each.
    pub actors: Vec<u32>,
    /// By dataset id.
    pub datasets: Vec<u32>,
}

/// One pass over the rows: a row that fails one part only still counts among that part's options.
#[must_use]
pub fn facets(columns: &Columns, filter: &Filter) -> Facets {
    let matcher = Matcher::new(columns, filter);
    let mut found = Facets {
        kinds: vec![0; Kind::ALL.len()],
        actors: vec![0; columns.actors.len()],
        datasets: vec![0; columns.datasets.len()],
    };
    let mut seen = Vec::new();
    for row in matcher.time_slice() {
        let failed = matcher.failed_parts(row);
        let only = |part: Part| failed == 0 || failed == part as u8;
        if only(Part::Kind) {
            found.kinds[columns.kind[row] as usize] += 1;
        }
        if only(Part::Dataset) {
            found.datasets[columns.dataset[row].0 as usize] += 1;
        }
        if only(Part::Actor) {
            // An actor named on both sides is one incident, not two.
            seen.clear();
            for a in columns.actors_of(row as u32) {
                if !seen.contains(&a.actor) {
                    seen.push(a.actor);
                    found.actors[a.actor.0 as usize] += 1;
                }
            }
        }
    }
    found
}
