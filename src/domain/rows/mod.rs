//! Rows of the case: what deliveries bring, revise and retire. Each kind has a file, a line in `kinds_of_rows` and
//! its name below.

mod incident;
mod movement;
mod place;
mod row;
mod territory;

pub use incident::{Incident, LocalText, PlaceNames};
pub use movement::{Movement, MovementKind};
pub use place::{Measured, Place, PlaceSeries, Series};
pub use row::RecordRow;
pub use territory::{Relation, TerritoryEstimate};

/// Declares the kinds of rows: each with its type and its code in answers that machines read.
macro_rules! kinds_of_rows {
    ($($(#[$meta:meta])* $kind:ident($row:ident) = $code:literal,)+) => {
        /// The kinds of rows that deliveries bring and change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RowKind { $($(#[$meta])* $kind),+ }

        impl RowKind {
            /// Every kind, in the order they are listed to people.
            pub const ALL: &'static [RowKind] = &[$(RowKind::$kind),+];

            /// As answers that machines read have it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(RowKind::$kind => $code),+ }
            }
        }

        /// What such a row says.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Record { $($(#[$meta])* $kind(Box<$row>)),+ }

        impl Record {
            #[must_use]
            pub fn kind(&self) -> RowKind {
                match self { $(Record::$kind(_) => RowKind::$kind),+ }
            }

            /// The row whatever its kind.
            #[must_use]
            pub fn row(&self) -> &dyn RecordRow {
                match self { $(Record::$kind(row) => row.as_ref()),+ }
            }

            /// As [`Record::row`], to be completed.
            pub fn row_mut(&mut self) -> &mut dyn RecordRow {
                match self { $(Record::$kind(row) => row.as_mut()),+ }
            }
        }

        $(impl From<$row> for Record {
            fn from(row: $row) -> Record {
                Record::$kind(Box::new(row))
            }
        })+
    };
}

kinds_of_rows! {
    Incident(Incident) = "incident",
    Territory(TerritoryEstimate) = "territory",
    Movement(Movement) = "movement",
    /// Name and position; what was measured there are rows of their own.
    Place(Place) = "place",
    /// What one row of a file says of a place, with the place as the case has it now: changes of the
    /// place itself are kept with it.
    Series(PlaceSeries) = "figures",
}

impl Record {
    /// Whether the other says the same, on whatever line.
    #[must_use]
    pub fn says_what(&self, other: &Record) -> bool {
        match (self, other) {
            (Record::Series(a), Record::Series(b)) => {
                (&a.place, &a.series, &a.extra) == (&b.place, &b.series, &b.extra)
            }
            (a, b) => a == b,
        }
    }
}

/// A row as it is called in lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowName {
    pub kind: RowKind,
    /// Primary key in its table.
    pub id: i64,
    pub external_id: String,
    pub title: LocalText,
    /// Line of the file that it is from, 1-based.
    pub line: u64,
}

/// A row before and after an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Primary key in its table.
    pub id: i64,
    /// The import that `before` was from, and the one that `after` is from.
    pub from_import: i64,
    pub import_id: i64,
    /// In between the row was retired.
    pub retired: bool,
    pub before: Record,
    pub after: Record,
}

/// How a row became what it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowHistory {
    /// Newest first.
    pub changes: Vec<Changed>,
    /// There are more, older ones.
    pub is_cut: bool,
}
