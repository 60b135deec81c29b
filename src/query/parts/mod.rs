//! The parts of a filter. To add one: its file, and a line in the list of [`Part`].

mod actor;
mod admin;
mod area;
mod dataset;
mod deaths;
mod grade;
mod kind;
mod known;
mod precision;
mod text;
mod time;

pub use area::{metres, parse_bounds};
pub use deaths::{DEATH_CLASSES, class_of};

use super::part::FilterPart;

macro_rules! parts {
    ($($(#[$doc:meta])* $part:ident = $declared:path,)*) => {
        /// A part of a filter, in the order in which they are shown.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Part { $($(#[$doc])* $part,)* }

        impl Part {
            pub const ALL: [Part; [$(Part::$part,)*].len()] = [$(Part::$part,)*];

            /// What it is.
            #[must_use]
            pub fn declared(self) -> &'static FilterPart {
                static PARTS: [FilterPart; Part::ALL.len()] = [$($declared,)*];
                &PARTS[self as usize]
            }
        }
    };
}

parts! {
    Time = time::PART,
    Kind = kind::PART,
    /// On either side.
    Actor = actor::EITHER,
    SideA = actor::SIDE_A,
    SideB = actor::SIDE_B,
    Area = area::PART,
    Admin = admin::PART,
    Text = text::PART,
    Deaths = deaths::PART,
    Precision = precision::PART,
    Grade = grade::PART,
    Known = known::PART,
    Dataset = dataset::PART,
}

/// The highest bit says that another row stands for the event.
const _: () = assert!(Part::ALL.len() < u16::BITS as usize);

impl Part {
    /// Of a row that fails it.
    #[must_use]
    pub const fn bit(self) -> u16 {
        1 << self as u16
    }
}
