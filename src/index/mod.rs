//! The case as columns in memory: one `Vec` a field, rows sorted by start day. Filtering and
//! counting scan these and never touch SQL. No I/O.

mod build;
pub mod hexes;
mod links;
mod names;
pub mod spatial;
mod unify;
mod wanted;

pub use build::Builder;
pub use links::Links;
pub use names::{NameId, Names};
pub use wanted::Wanted;

use crate::domain::filter::state_of;
use crate::domain::mercator::fixed_from_lon_lat;
use crate::domain::{
    ActorType, Credibility, Deaths, Kind, PlacePrecision, Reliability, TimePrecision,
};
use rayon::prelude::*;
use std::sync::Arc;

/// A row of [`Columns`]; valid for one set of columns only.
pub type Row = u32;

/// Intervals from their first to their last day are seldom wider: those of a month are not.
pub const SHORT_DAYS: i32 = 31;

/// Stands for "not reported" in the deaths columns.
pub const UNKNOWN_DEATHS: u32 = u32::MAX;

/// [`Columns::minute`] where no clock time is known.
pub const NO_MINUTE: u16 = u16::MAX;

/// An actor of one row and the sides it stood on; an actor named twice is there once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowActor(u32);

impl RowActor {
    #[must_use]
    pub const fn new(actor: NameId, on_a: bool, on_b: bool) -> RowActor {
        RowActor(actor.0 << 2 | (on_b as u32) << 1 | on_a as u32)
    }

    #[must_use]
    pub const fn actor(self) -> NameId {
        NameId(self.0 >> 2)
    }

    #[must_use]
    pub const fn on_a(self) -> bool {
        self.0 & 1 != 0
    }

    #[must_use]
    pub const fn on_b(self) -> bool {
        self.0 & 2 != 0
    }

    /// As one number, to be stored; any number reads back.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    #[must_use]
    pub const fn from_bits(bits: u32) -> RowActor {
        RowActor(bits)
    }
}

/// What [`Columns::traits`] holds of a row, each as its number in its list.
pub struct Traits {
    pub kind: usize,
    pub precision: usize,
    pub reliability: usize,
    pub credibility: usize,
    pub day_known: bool,
}

impl Traits {
    #[must_use]
    pub fn of(bits: u16) -> Traits {
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

/// All incidents of a case. Every vector has one entry a row, except where said. Texts are not
/// here: they are read from the case for the few rows that are looked at.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Primary key in the case file.
    pub id: Vec<i64>,
    /// Days since 1970-01-01; ascending.
    pub start_day: Vec<i32>,
    /// Last day of the interval, `>= start_day`.
    pub end_day: Vec<i32>,
    pub time_precision: Vec<TimePrecision>,
    /// Minute of the day where it happened, [`NO_MINUTE`] where no clock time is known.
    pub minute: Vec<u16>,
    /// Degrees, WGS 84.
    pub lon: Vec<f64>,
    pub lat: Vec<f64>,
    /// The same on the Mercator square in fixed point, see [`crate::domain::mercator`].
    pub world_x: Vec<u32>,
    pub world_y: Vec<u32>,
    pub place_precision: Vec<PlacePrecision>,
    /// Metres; that of the precision where the source gives none.
    pub radius_m: Vec<f32>,
    pub kind: Vec<Kind>,
    /// [`UNKNOWN_DEATHS`] where not reported.
    pub deaths_low: Vec<u32>,
    pub deaths_best: Vec<u32>,
    pub deaths_high: Vec<u32>,
    pub reliability: Vec<Reliability>,
    pub credibility: Vec<Credibility>,
    pub dataset: Vec<NameId>,
    /// Country, state and municipality as a path, see [`crate::domain::filter::admin_path`].
    pub admin: Vec<NameId>,
    pub place: Vec<NameId>,
    /// `row_actors[actor_start[row] .. actor_start[row + 1]]`; one entry more than rows.
    pub actor_start: Vec<u32>,
    pub row_actors: Vec<RowActor>,

    pub datasets: Names,
    pub admins: Names,
    pub places: Names,
    pub actors: Names,
    /// One entry an actor of `actors`.
    pub actor_types: Vec<ActorType>,
    /// Widest `end_day - start_day` of any row: bounds the search for overlapping intervals.
    pub longest_days: i32,
    /// Rows whose is wider than [`SHORT_DAYS`], ascending: a few do not make that search wide for all.
    pub long_rows: Vec<Row>,
    /// Last `end_day` of any row.
    pub last_day: i32,
    /// Rows in the order of `id`.
    pub by_id: Vec<Row>,
    /// Kind (5 bits), place precision, reliability, credibility (3 each) and whether the day is
    /// known, highest first, as one number: what is counted of every row at once.
    pub traits: Vec<u16>,
}

impl Columns {
    #[must_use]
    pub fn len(&self) -> usize {
        self.start_day.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start_day.is_empty()
    }

    #[must_use]
    pub fn deaths(&self, row: Row) -> Deaths {
        let known = |n: u32| (n != UNKNOWN_DEATHS).then_some(n);
        let row = row as usize;
        Deaths {
            low: known(self.deaths_low[row]),
            best: known(self.deaths_best[row]),
            high: known(self.deaths_high[row]),
        }
    }

    #[must_use]
    pub fn actors_of(&self, row: Row) -> &[RowActor] {
        let row = row as usize;
        &self.row_actors[self.actor_start[row] as usize..self.actor_start[row + 1] as usize]
    }

    /// The row of an incident by its primary key.
    #[must_use]
    pub fn row_of(&self, id: i64) -> Option<Row> {
        let id_at = |at: usize| self.id[self.by_id[at] as usize];
        let last = self.by_id.len().checked_sub(1)?;
        let above = usize::try_from(id.saturating_sub(id_at(0))).ok()?;
        // Where no key below it is missing it lies just there, else a little before.
        let guess = above.min(last);
        let (mut from, mut step) = (guess, 1);
        while id_at(from) > id {
            from = from.saturating_sub(step);
            step *= 2;
        }
        let to = if id_at(guess) < id { last } else { guess };
        let near = &self.by_id[from..=to];
        let at = near.binary_search_by_key(&id, |row| self.id[*row as usize]);
        Some(near[at.ok()?])
    }

    /// The rows of incidents by their primary keys, in that order; those that are not there are left out.
    #[must_use]
    pub fn rows_of(&self, ids: &[i64]) -> Vec<Row> {
        let rows = ids.par_iter().with_min_len(4096);
        rows.filter_map(|id| self.row_of(*id)).collect()
    }

    /// The primary keys of rows, in their order.
    #[must_use]
    pub fn ids_of(&self, rows: impl IntoIterator<Item = Row>) -> Arc<[i64]> {
        rows.into_iter().map(|row| self.id[row as usize]).collect()
    }

    /// The state or province of a row, empty where not given.
    #[must_use]
    pub fn admin1_of(&self, row: Row) -> &str {
        state_of(self.admins.get(self.admin[row as usize]))
    }

    /// Fills in what follows from the other columns: [`Self::world_x`], [`Self::world_y`],
    /// [`Self::longest_days`], [`Self::long_rows`], [`Self::last_day`], [`Self::by_id`],
    /// [`Self::traits`].
    pub fn derive(&mut self) {
        self.derive_wanted(Wanted::ALL);
    }

    /// The same where only some columns were read: what follows from others stays empty.
    pub fn derive_wanted(&mut self, wanted: Wanted) {
        let fixed = |(lon, lat): (&f64, &f64)| fixed_from_lon_lat(*lon, *lat);
        let world: Vec<[u32; 2]> = self.lon.par_iter().zip(&self.lat).map(fixed).collect();
        self.world_x = world.iter().map(|w| w[0]).collect();
        self.world_y = world.iter().map(|w| w[1]).collect();
        let days = self.start_day.iter().zip(&self.end_day);
        let lengths = days.map(|(s, e)| e.saturating_sub(*s));
        self.longest_days = lengths.clone().max().unwrap_or(0);
        let long = (0..).zip(lengths).filter(|(_, days)| *days > SHORT_DAYS);
        self.long_rows = long.map(|(row, _)| row).collect();
        self.last_day = self.end_day.iter().copied().max().unwrap_or(0);
        if wanted.has(Wanted::KEYS) {
            self.by_id = ordered_by(&self.id);
        }
        if wanted == Wanted::ALL {
            self.traits = (0..self.len()).map(|row| self.traits_of(row)).collect();
        }
    }

    fn traits_of(&self, row: usize) -> u16 {
        let parts = [
            (self.kind[row] as u16, 10),
            (self.place_precision[row] as u16, 7),
            (self.reliability[row] as u16, 4),
            (self.credibility[row] as u16, 1),
            (u16::from(self.start_day[row] == self.end_day[row]), 0),
        ];
        parts
            .iter()
            .fold(0, |bits, (part, shift)| bits | part << shift)
    }

    /// The first and last day any incident may lie on.
    #[must_use]
    pub fn day_extent(&self) -> Option<(i32, i32)> {
        Some((*self.start_day.first()?, self.last_day))
    }

    /// West, south, east, north of all rows; degrees. Antimeridian crossings are not looked for.
    #[must_use]
    pub fn lon_lat_extent(&self) -> Option<[f64; 4]> {
        (!self.is_empty()).then(|| {
            let fold = |v: &[f64], init: f64, pick: fn(f64, f64) -> f64| {
                v.iter().copied().fold(init, pick)
            };
            [
                fold(&self.lon, f64::INFINITY, f64::min),
                fold(&self.lat, f64::INFINITY, f64::min),
                fold(&self.lon, f64::NEG_INFINITY, f64::max),
                fold(&self.lat, f64::NEG_INFINITY, f64::max),
            ]
        })
    }
}

/// Rows in the order of their keys, equal ones in their own.
fn ordered_by(keys: &[i64]) -> Vec<Row> {
    const NONE: Row = Row::MAX;
    let least = keys.iter().copied().min().unwrap_or(0);
    let most = keys.iter().copied().max().unwrap_or(0);
    // Keys that a case gave itself lie close together: each row goes straight to its place.
    let room = usize::try_from(most.saturating_sub(least)).unwrap_or(usize::MAX);
    if room / 2 <= keys.len() {
        let mut places = vec![NONE; room + 1];
        let mut is_taken = false;
        for (row, key) in keys.iter().enumerate() {
            let place = &mut places[(key - least) as usize];
            is_taken |= *place != NONE;
            *place = row as Row;
        }
        if !is_taken {
            places.retain(|row| *row != NONE);
            places.shrink_to_fit();
            return places;
        }
    }
    let mut rows: Vec<Row> = (0..keys.len() as Row).collect();
    rows.par_sort_by_key(|row| keys[*row as usize]);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_found_by_key_however_keys_lie(
            keys in prop_oneof![
                proptest::collection::btree_set(0..200_i64, 0..150),
                proptest::collection::btree_set(any::<i64>(), 0..60),
            ].prop_map(|keys| keys.into_iter().collect::<Vec<i64>>()).prop_shuffle(),
            again in proptest::option::of(0..150_usize),
        ) {
            let mut keys = keys;
            if let Some(key) = again.and_then(|i| keys.get(i)).copied() {
                keys.push(key);
            }
            let mut expected: Vec<Row> = (0..keys.len() as Row).collect();
            expected.sort_by_key(|row| keys[*row as usize]);
            prop_assert_eq!(ordered_by(&keys), expected.clone());
            let columns = Columns {
                id: keys.clone(),
                by_id: expected,
                ..Columns::default()
            };
            for key in keys.iter().flat_map(|key| [key.saturating_sub(1), *key, key.saturating_add(1)]) {
                let found = columns.row_of(key).map(|row| keys[row as usize]);
                prop_assert_eq!(found, keys.contains(&key).then_some(key));
            }
        }
    }
}
