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

use crate::domain::filter::PATH;
use crate::domain::measure::distance_m;
use crate::domain::names;
use crate::domain::{Kind, PlacePrecision};
use crate::index::{Columns, NameId, Names, Row};
use actors::Compared;
use geo::{Distance, Haversine, Point};
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far apart two rows may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub km: f64,
    /// Between the last day of one and the first of the other.
    pub days: i32,
}

impl Near {
    pub const MOST_KM: f64 = 100.0;
    pub const MOST_DAYS: i32 = 60;

    /// What can be looked for: neither less than nothing nor so much that all is near.
    #[must_use]
    pub fn within_limits(self) -> Near {
        let km = if self.km.is_finite() { self.km } else { 0.0 };
        Near {
            km: km.clamp(0.0, Near::MOST_KM),
            days: self.days.clamp(0, Near::MOST_DAYS),
        }
    }
}

impl Default for Near {
    fn default() -> Near {
        Near { km: 5.0, days: 2 }
    }
}

/// Whom the two rows name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actors {
    /// The same, under these names.
    Shared(NameId, NameId),
    /// Others of the same sort, such as two forces of the state.
    SameSort,
    /// One of them names nobody.
    Unknown,
    /// Others, of other sorts.
    Differ,
}

/// Their deaths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toll {
    /// The same best estimate.
    Same(u64),
    /// From the lowest to the highest estimate they have a number in common.
    Overlap,
    Unknown,
    Differ,
}

/// The names of their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    SamePlace,
    SameMunicipality,
    Other,
}

/// How the kinds of two rows go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    Same,
    OfOneGroup,
    /// Of one of the two it is not known.
    Unknown,
}

impl Kinds {
    /// `None` where they speak against one event.
    #[must_use]
    pub fn of(a: Kind, b: Kind) -> Option<Kinds> {
        if a == Kind::Other || b == Kind::Other {
            Some(Kinds::Unknown)
        } else if a == b {
            Some(Kinds::Same)
        } else {
            (a.group() == b.group()).then_some(Kinds::OfOneGroup)
        }
    }
}

/// What speaks for the two being one event, and against it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reasons {
    pub distance_m: f64,
    /// Between their intervals, 0 where they meet.
    pub days_apart: i32,
    pub kinds: Kinds,
    pub actors: Actors,
    pub deaths: Toll,
    pub place: Naming,
}

impl Reasons {
    /// 0 to 100. The weights are a judgement, not a probability: place and time count most, and a
    /// shared name as much as the day.
    #[must_use]
    pub fn score(&self, near: Near) -> u8 {
        let share = |part: f64, most: f64| 1.0 - (part / most.max(1.0)).min(1.0);
        let distance = 25.0 * share(self.distance_m, near.km * 1000.0);
        let days = 20.0 * share(f64::from(self.days_apart), f64::from(near.days) + 1.0);
        let kind = match self.kinds {
            Kinds::Same => 15.0,
            Kinds::OfOneGroup => 5.0,
            Kinds::Unknown => 0.0,
        };
        let actors = match self.actors {
            Actors::Shared(..) => 20.0,
            Actors::SameSort | Actors::Unknown => 8.0,
            Actors::Differ => -10.0,
        };
        let deaths = match self.deaths {
            Toll::Same(0) | Toll::Overlap => 6.0,
            Toll::Same(_) => 12.0,
            Toll::Unknown => 3.0,
            Toll::Differ => -6.0,
        };
        let place = match self.place {
            Naming::SamePlace => 8.0,
            Naming::SameMunicipality => 4.0,
            Naming::Other => 0.0,
        };
        (distance + days + kind + actors + deaths + place).clamp(0.0, 100.0) as u8
    }
}

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
            deaths: toll(c, a, b),
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

fn toll(c: &Columns, a: Row, b: Row) -> Toll {
    let (a, b) = (c.deaths(a), c.deaths(b));
    if a.is_unknown() || b.is_unknown() {
        return Toll::Unknown;
    }
    let ([low_a, best_a, high_a], [low_b, best_b, high_b]) = (a.in_sums(), b.in_sums());
    if best_a == best_b {
        Toll::Same(best_a)
    } else if low_a <= high_b && low_b <= high_a {
        Toll::Overlap
    } else {
        Toll::Differ
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

/// Rows by cell: bands of latitude, each cut into columns by longitude, both at least as wide as the
/// distance asked for wherever in them one measures.
struct Cells {
    /// Cell and row, ascending.
    entries: Vec<(u64, Row)>,
    of: HashMap<u64, Range<usize>>,
    km: f64,
    band_deg: f64,
}

/// A degree of latitude is nowhere shorter, km.
const DEGREE_KM: f64 = 110.5;

impl Cells {
    fn new(columns: &Columns, among: &[Row], km: f64) -> Cells {
        // Cells narrower than 50 m only cost memory.
        let km = km.max(0.05);
        let mut cells = Cells {
            entries: Vec::new(),
            of: HashMap::new(),
            km,
            band_deg: km / DEGREE_KM,
        };
        let entry = |row: &Row| {
            let i = *row as usize;
            let band = cells.band(columns.lat[i]);
            (key(band, cells.column(band, columns.lon[i])), *row)
        };
        let mut entries: Vec<(u64, Row)> = among.par_iter().map(entry).collect();
        entries.par_sort_unstable();
        let mut start = 0;
        for cell in entries.chunk_by(|a, b| a.0 == b.0) {
            cells.of.insert(cell[0].0, start..start + cell.len());
            start += cell.len();
        }
        cells.entries = entries;
        cells
    }

    fn band(&self, lat: f64) -> i64 {
        ((lat + 90.0) / self.band_deg) as i64
    }

    /// How many columns a band has: what is near may lie a band nearer to the pole, where degrees
    /// of longitude are shorter.
    fn columns(&self, band: i64) -> i64 {
        let south = band as f64 * self.band_deg - 90.0;
        let poleward = south.abs().max((south + self.band_deg).abs()) + self.band_deg;
        if poleward >= 89.0 {
            return 1;
        }
        // 5 % more, as the shortest way bends towards the pole.
        let width_deg = self.km / (DEGREE_KM * poleward.to_radians().cos()) * 1.05;
        ((360.0 / width_deg) as i64).max(1)
    }

    fn column(&self, band: i64, lon: f64) -> i64 {
        let n = self.columns(band);
        (((lon + 180.0) / 360.0 * n as f64) as i64).clamp(0, n - 1)
    }

    /// The rows of all cells that may hold what is near a place, a slice a cell.
    fn around(&self, lon: f64, lat: f64) -> impl Iterator<Item = &[(u64, Row)]> {
        let middle = self.band(lat);
        let mut keys: Vec<u64> = Vec::with_capacity(9);
        for band in middle - 1..=middle + 1 {
            let (n, column) = (self.columns(band), self.column(band, lon));
            for beside in -1..=1 {
                let key = key(band, (column + beside).rem_euclid(n));
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        let slice = |key: u64| self.entries.get(self.of.get(&key)?.clone());
        keys.into_iter().filter_map(slice)
    }
}

/// One number for a cell; the band below the lowest has one too.
fn key(band: i64, column: i64) -> u64 {
    ((band + 1) as u64) << 32 | column as u64
}
