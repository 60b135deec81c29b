//! The words of the field as types. No I/O, no clock, no text for people: names shown to users
//! live in `assets/locales` under the stable codes given here.

pub mod actor;
pub mod area;
pub mod coordinates;
pub mod deaths;
pub mod delivery;
pub mod filter;
pub mod grade;
pub mod inside;
pub mod kind;
pub mod link;
pub mod margin;
pub mod measure;
pub mod mercator;
pub mod names;
pub mod outline;
pub mod period;
pub mod position;
pub mod rows;
pub mod source;
pub mod stored;
pub mod utm;
pub mod when;
pub mod zone;

pub use actor::{Actor, ActorType, Side};
pub use area::Area;
pub use deaths::Deaths;
pub use delivery::{
    DatasetInfo, ImportChanges, ImportCounts, ImportInfo, NewImport, RejectRow, RowOutcome, Undone,
};
pub use filter::{Bounds, Filter};
pub use grade::{Credibility, Grade, Reliability};
pub use kind::{Inner, Kind, KindGroup, Mark, Shape};
pub use link::{Link, Verdict};
pub use outline::Outline;
pub use position::{PlacePrecision, Position};
pub use rows::*;
pub use source::Source;
pub use stored::{
    StoredIncident, StoredMovement, StoredPlace, StoredSeries, StoredTerritory, StoredValue,
};
pub use when::{Instant, TimePrecision, When};

/// Declares an enum whose members have stable lower-case codes, as stored in the case file,
/// written in filters and used as keys of the locale files.
macro_rules! coded_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every member, in the order they are listed to people.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// The member with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use coded_enum;
