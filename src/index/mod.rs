//! The case as columns in memory: one `Vec` a field, rows sorted by start day. Filtering and
//! counting scan these and never touch SQL. No I/O.

mod build;
pub mod hexes;
mod links;
mod names;
pub mod spatial;
mod unify;

pub use build::Builder;
pub use links::Links;
pub use names::{NameId, Names};

use crate::domain::filter::state_of;
use crate::domain::mercator::fixed_from_lon_lat;
use crate::domain::{
    ActorType, Credibility, Deaths, Kind, PlacePrecision, Reliability, TimePrecision,
};
use rayon::prelude::*;

/// A row of [`Columns`]; valid for one set of columns only.
pub type Row = u32;

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
    /// Rows in the order of `id`.
    pub by_id: Vec<Row>,
    /// Kind (5 bits), place precision, reliability, credibility (3 each) and whether the day is
    /// known, highest first, as one number: what is counted of every row at once.
    pub traits: Vec<u16>,
}

impl Columns {
    #[must_use]
    pub fn len(&self) -> usize {
        self.id.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
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
        let at = self
            .by_id
            .binary_search_by_key(&id, |row| self.id[*row as usize]);
        Some(self.by_id[at.ok()?])
    }

    /// The state or province of a row, empty where not given.
    #[must_use]
    pub fn admin1_of(&self, row: Row) -> &str {
        state_of(self.admins.get(self.admin[row as usize]))
    }

    /// Fills in what follows from the other columns: [`Self::world_x`], [`Self::world_y`],
    /// [`Self::longest_days`], [`Self::by_id`], [`Self::traits`].
    pub fn derive(&mut self) {
        let fixed = |(lon, lat): (&f64, &f64)| fixed_from_lon_lat(*lon, *lat);
        let world: Vec<[u32; 2]> = self.lon.par_iter().zip(&self.lat).map(fixed).collect();
        self.world_x = world.iter().map(|w| w[0]).collect();
        self.world_y = world.iter().map(|w| w[1]).collect();
        let lengths = self.start_day.iter().zip(&self.end_day);
        self.longest_days = lengths
            .map(|(s, e)| e.saturating_sub(*s))
            .max()
            .unwrap_or(0);
        self.by_id = (0..self.id.len() as Row).collect();
        self.by_id
            .sort_unstable_by_key(|row| self.id[*row as usize]);
        self.traits = (0..self.id.len()).map(|row| self.traits_of(row)).collect();
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
        Some((*self.start_day.first()?, *self.end_day.iter().max()?))
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
