//! Questions to the columns: pure functions that never fail and do no I/O.

mod answer;
mod bins;
mod calendar;
mod changes;
mod compare;
mod cyclic;
mod duplicates;
mod figure;
mod groups;
mod histogram;
mod judge;
mod order;
mod pairs;
mod parts;
mod reach;
mod select;
mod summary;
mod tables;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Counted, DEATH_CLASSES, Facets, Unknown};
pub use bins::{BinWidth, HOURS, day_of, hour_of};
pub use calendar::{Length, shifted};
pub use changes::{Changes, Moved};
pub use compare::{Compare, Compared, Side, rows_within};
pub use cyclic::{
    HOUR_UNKNOWN, WeekHours, may_lie_in_month, months, passing, week_hour_of, week_hours,
    weekday_of,
};
pub use duplicates::{Actors, Kinds, Naming, Near, Pair, Reasons, Toll, duplicates};
pub use figure::{Figure, deaths_by_option, leading};
pub use groups::{GroupBy, GroupCount, groups, period};
pub use histogram::{
    Bars, Bin, Histogram, UNIT, histogram, histogram_of, hours_of, incidents_of, next_day, rows_in,
};
pub use judge::{Ask, Judged, Part, RowSet, Window};
pub use order::{Field, ordered};
pub use pairs::{Pairs, Who};
pub use reach::{Inside, Reach};
pub use select::{Selection, select};
pub use summary::{Group, Summary};
pub use tables::class_of;
