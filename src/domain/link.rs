//! What somebody said of two incidents: the same event, or not.

/// What was decided of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same event: counted once.
    Linked,
    /// Two events: not to be proposed again.
    Dismissed,
}

impl Verdict {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Linked => "linked",
            Verdict::Dismissed => "dismissed",
        }
    }
}

/// A verdict on two incidents by primary key, `a < b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub a: i64,
    pub b: i64,
    pub verdict: Verdict,
}
