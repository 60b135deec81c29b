//! The case as columns in memory: one `Vec` a field, rows sorted by start day. Filtering and
//! counting scan these and never touch SQL. No I/O.

mod build;
mod names;

pub use build::Builder;
pub use names::{NameId, Names};

use crate::domain::Credibility;
use crate::domain::{ActorType, Deaths, Kind, PlacePrecision, Reliability, Side, TimePrecision};

/// A row of [`Columns`]; valid for one set of columns only.
pub type Row = u32;

/// Stands for "not reported" in the deaths columns.
pub const UNKNOWN_DEATHS: u32 = u32::MAX;

/// An actor of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowActor {
    pub actor: NameId,
    pub side: Side,
}

/// All incidents of a case. Every vector has one entry a row, except where said.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Primary key in the case file.
    pub id: Vec<i64>,
    /// Days since 1970-01-01; ascending.
    pub start_day: Vec<i32>,
    /// Last day of the interval, `>= start_day`.
    pub end_day: Vec<i32>,
    pub time_precision: Vec<TimePrecision>,
    /// Degrees, WGS 84.
    pub lon: Vec<f64>,
    pub lat: Vec<f64>,
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
    pub admin1: Vec<NameId>,
    pub place: Vec<NameId>,
    /// `row_actors[actor_start[row] .. actor_start[row + 1]]`; one entry more than rows.
    pub actor_start: Vec<u32>,
    pub row_actors: Vec<RowActor>,
    /// Title of each row, for hover and lists, in the source's language and in Spanish (equal
    /// where there is none).
    pub title: Vec<NameId>,
    pub title_es: Vec<NameId>,
    /// Folded text to search in; see [`crate::domain::filter::fold`].
    pub search_text: Vec<Box<str>>,

    pub datasets: Names,
    pub admin1s: Names,
    pub places: Names,
    pub titles: Names,
    pub actors: Names,
    /// One entry an actor of `actors`.
    pub actor_types: Vec<ActorType>,
    /// Widest `end_day - start_day` of any row: bounds the search for overlapping intervals.
    pub longest_days: i32,
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

    #[must_use]
    pub fn title_of(&self, row: Row, spanish: bool) -> &str {
        let ids = if spanish { &self.title_es } else { &self.title };
        self.titles.get(ids[row as usize])
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
