//! Questions to the columns: pure functions that never fail and do no I/O.

mod facets;
mod groups;
mod histogram;
mod select;
#[cfg(test)]
mod tests;

pub use facets::{Facets, facets};
pub use groups::{GroupBy, GroupCount, groups, period};
pub use histogram::{Bin, BinWidth, Histogram, histogram};
pub use select::{Matcher, Selection, select};
