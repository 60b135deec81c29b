//! Pairs of incidents of different datasets that may be the same event. Two rows are proposed where
//!
//! - their points are no farther apart than asked for, on the ellipsoid. Their uncertainty does not
//!   widen that, or a row known to the municipality would be near all of a city;
//! - a row known only to the state or country, whose point says little, names the same place as the
//!   other one;
//! - their intervals of days are no farther apart than asked for;
//! - their kinds are of one group, or one of them is not known.
//!
//! Everything else counts for or against it: [`Reasons`]. Nothing is merged: who looks decides.
//!
//! Rows are cut into cells no narrower than the distance asked for, each cell's in the order of
//! their days, so that only the eight cells around and a few days are looked through.

mod actors;
mod cells;
mod reasons;

pub use reasons::{Actors, Kinds, Naming, Near, Reasons, Toll};

use crate::domain::PlacePrecision;
use crate::domain::filter::PATH;
use crate::domain::measure::distance_m;
use crate::domain::names;
use crate::index::{Columns, NameId, Names, Row};
use actors::Compared;
use cells::Cells;
use geo::{Distance, Haversine, Point};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Two rows that may be one event, `a < b`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub a: Row,
    pub b: Row,
    /// See [`Reasons::score`].
    pub score: u8,
    pub reasons: Reasons,
}

/// Partners that a row is shown with.
pub(super) const MOST_PARTNERS: u8 = 5;
/// Of the rows after it, so many of the best are kept for a row while looking: bounds the memory.
pub(super) const MOST_KEPT: usize = 8;
/// Rows of other datasets on the same days around it that are looked at for one row: bounds the time
/// where thousands lie on one spot and day.
const MOST_LOOKS: usize = 2_000;
/// Rows a thread takes at a time.
const SHARE: usize = 4_096;

/// The pairs among the rows `among` (ascending), best first; of equal ones the earlier. A row is in
/// [`MOST_PARTNERS`] pairs at most, its best. `is_known` leaves pairs out that were decided on.
/// `go_on` gets the rows looked at so far and says whether to go on; `None` where it does not.
#[must_use]
pub fn duplicates(
    columns: &Columns,
    among: &[Row],
    near: Near,
    is_known: &(dyn Fn(Row, Row) -> bool + Sync),
    go_on: &(dyn Fn(u64) -> bool + Sync),
) -> Option<Vec<Pair>> {
    let near = near.within_limits();
    let matcher = Matcher::new(columns, near);
    let cells = Cells::new(columns, among, near.km);
    let (done, stopped) = (AtomicU64::new(0), AtomicBool::new(false));
    let look = |share: &[(u64, Row)]| {
        let mut found = Vec::new();
        if !stopped.load(Ordering::Relaxed) {
            for (_, row) in share {
                found.append(&mut partners(&matcher, &cells, *row, is_known));
            }
            let before = done.fetch_add(share.len() as u64, Ordering::Relaxed);
            if !go_on(before + share.len() as u64) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
        found
    };
    let mut found: Vec<Found> = cells
        .entries
        .par_chunks(SHARE)
        .flat_map_iter(look)
        .collect();
    if stopped.into_inner() {
        return None;
    }
    found.par_sort_unstable_by_key(Found::order);
    let mut partners = vec![0_u8; columns.len()];
    found.retain(|pair| {
        let [a, b] = [pair.a, pair.b].map(|row| row as usize);
        let keeps = partners[a] < MOST_PARTNERS && partners[b] < MOST_PARTNERS;
        partners[a] += u8::from(keeps);
        partners[b] += u8::from(keeps);
        keeps
    });
    let full = |f: Found| Pair {
        a: f.a,
        b: f.b,
        score: f.score,
        reasons: matcher.reasons(f.a, f.b),
    };
    Some(found.into_iter().map(full).collect())
}

/// A pair while it is one of very many.
#[derive(Clone, Copy)]
struct Found {
    a: Row,
    b: Row,
    score: u8,
}

impl Found {
    fn order(&self) -> (std::cmp::Reverse<u8>, Row, Row) {
        (std::cmp::Reverse(self.score), self.a, self.b)
    }
}

/// The best pairs of a row with those after it.
fn partners(
    matcher: &Matcher,
    cells: &Cells,
    row: Row,
    is_known: &(dyn Fn(Row, Row) -> bool + Sync),
) -> Vec<Found> {
    let c = matcher.columns;
    let last_day = c.end_day[row as usize].saturating_add(matcher.near.days);
    let dataset = c.dataset[row as usize];
    let (mut found, mut looks) = (Vec::new(), 0);
    for slice in cells.around(c.lon[row as usize], c.lat[row as usize]) {
        let first = slice.partition_point(|(_, other)| *other <= row);
        for (_, other) in &slice[first..] {
            if c.start_day[*other as usize] > last_day || looks == MOST_LOOKS {
                break;
            }
            if c.dataset[*other as usize] == dataset {
                continue;
            }
            looks += 1;
            if matcher.may_be_one(row, *other) && !is_known(row, *other) {
                let reasons = matcher.reasons(row, *other);
                if reasons.distance_m <= matcher.near.km * 1000.0 {
                    found.push(Found {
                        a: row,
                        b: *other,
                        score: reasons.score(matcher.near),
                    });
                }
            }
        }
    }
    found.sort_unstable_by_key(Found::order);
    found.truncate(MOST_KEPT);
    found
}

/// Compares rows; names are folded once.
pub(super) struct Matcher<'a> {
    columns: &'a Columns,
    near: Near,
    actors: Compared,
    /// By id of the name: the same number for what reads the same, 0 for nothing.
    places: Vec<u32>,
    /// The same of the paths that go down to a municipality.
    municipalities: Vec<u32>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(columns: &'a Columns, near: Near) -> Matcher<'a> {
        Matcher {
            columns,
            near,
            actors: Compared::new(columns),
            places: numbered(&columns.places, |name| !name.is_empty()),
            municipalities: numbered(&columns.admins, |path| path.split(PATH).count() > 2),
        }
    }

    /// Whether all but the distance lets the two be proposed; what is surely too far is left out.
    fn may_be_one(&self, a: Row, b: Row) -> bool {
        let c = self.columns;
        let (i, k) = (a as usize, b as usize);
        if Kinds::of(c.kind[i], c.kind[k]).is_none() {
            return false;
        }
        let is_vague = |row: usize| c.place_precision[row] >= PlacePrecision::State;
        if (is_vague(i) || is_vague(k)) && self.naming(a, b) != Naming::SamePlace {
            return false;
        }
        // The sphere is off by less than 1 %, and far quicker.
        let [from, to] = [i, k].map(|row| Point::new(c.lon[row], c.lat[row]));
        from == to || Haversine.distance(from, to) <= self.near.km * 1010.0 + 1.0
    }

    pub(super) fn reasons(&self, a: Row, b: Row) -> Reasons {
        let c = self.columns;
        let (i, k) = (a as usize, b as usize);
        let [from, to] = [i, k].map(|row| [c.lon[row], c.lat[row]]);
        let apart = (c.start_day[k] - c.end_day[i]).max(c.start_day[i] - c.end_day[k]);
        Reasons {
            distance_m: if from == to {
                0.0
            } else {
                distance_m(from, to)
            },
            days_apart: apart.max(0),
            // Only pairs that may be one come here.
            kinds: Kinds::of(c.kind[i], c.kind[k]).unwrap_or(Kinds::Unknown),
            actors: self.actors.of(c, a, b),
            deaths: Toll::of(c.deaths(a), c.deaths(b)),
            place: self.naming(a, b),
        }
    }

    fn naming(&self, a: Row, b: Row) -> Naming {
        let c = self.columns;
        let same = |ids: &[NameId], numbers: &[u32]| {
            let [a, b] = [a, b].map(|row| numbers[ids[row as usize].0 as usize]);
            a == b && a != 0
        };
        if same(&c.place, &self.places) {
            Naming::SamePlace
        } else if same(&c.admin, &self.municipalities) {
            Naming::SameMunicipality
        } else {
            Naming::Other
        }
    }
}

/// By id: a number from 1 on for each name that `counts`, the same for those that read alike.
fn numbered(names: &Names, counts: impl Fn(&str) -> bool) -> Vec<u32> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let number = |(_, name): (NameId, &str)| {
        if !counts(name) {
            return 0;
        }
        let next = numbers.len() as u32 + 1;
        *numbers.entry(names::key(name)).or_insert(next)
    };
    names.iter().map(number).collect()
}
