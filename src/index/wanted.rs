//! Which columns a question reads: of ten million rows it need not read what it does not ask for.

/// Some of the columns. Days, deaths and primary keys are always among them, as whatever is counted
/// is counted with its deaths, and some rows are held against the case by their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted(u16);

impl Wanted {
    /// Those that are always read.
    pub const LEAST: Wanted = Wanted(0);
    /// Rows looked up by primary key.
    pub const KEYS: Wanted = Wanted(1);
    /// Clock time and precision of the time.
    pub const CLOCK: Wanted = Wanted(1 << 1);
    pub const POSITION: Wanted = Wanted(1 << 2);
    pub const PRECISION: Wanted = Wanted(1 << 3);
    pub const KIND: Wanted = Wanted(1 << 4);
    pub const GRADE: Wanted = Wanted(1 << 5);
    pub const DATASET: Wanted = Wanted(1 << 6);
    pub const ADMIN: Wanted = Wanted(1 << 7);
    pub const PLACE: Wanted = Wanted(1 << 8);
    pub const ACTORS: Wanted = Wanted(1 << 9);
    pub const ALL: Wanted = Wanted((1 << 10) - 1);

    #[must_use]
    pub const fn and(self, other: Wanted) -> Wanted {
        Wanted(self.0 | other.0)
    }

    /// With those where `is`.
    #[must_use]
    pub const fn and_if(self, is: bool, other: Wanted) -> Wanted {
        if is { self.and(other) } else { self }
    }

    /// Whether all of `other` are among them.
    #[must_use]
    pub const fn has(self, other: Wanted) -> bool {
        self.0 & other.0 == other.0
    }
}
