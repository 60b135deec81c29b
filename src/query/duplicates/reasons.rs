//! What speaks for two incidents being one event, and against it.

use crate::domain::{Deaths, Kind};
use crate::index::NameId;

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

impl Toll {
    #[must_use]
    pub fn of(a: Deaths, b: Deaths) -> Toll {
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
