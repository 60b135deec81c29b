//! Questions to the columns: pure functions that never fail and do no I/O.

mod answer;
pub mod area_words;
mod ask;
mod bins;
mod calendar;
mod changes;
mod compare;
mod control;
mod cyclic;
mod duplicates;
mod facets;
mod figure;
mod flags;
mod groups;
mod histogram;
mod judge;
mod order;
mod pairs;
mod part;
mod parts;
mod reach;
mod select;
mod summary;
mod tables;
#[cfg(test)]
mod tests;
mod wording;

pub use answer::{Answer, Counted, Unknown, select};
pub use ask::{Ask, RowSet, Window};
pub use bins::{BinWidth, HOURS, day_of, hour_of};
pub use calendar::{Length, shifted};
pub use changes::{Changes, Moved};
pub use compare::{Compare, Compared, Side, rows_within};
pub use control::{Boxes, Choice, Control, List, NumberRange, Panel, Scale};
pub use cyclic::{
    HOUR_UNKNOWN, WeekHours, may_lie_in_month, months, passing, week_hour_of, week_hours,
    weekday_of,
};
pub use duplicates::{Actors, Kinds, Naming, Near, Pair, Reasons, Toll, duplicates};
pub use facets::{Facets, deaths_by_option, leading};
pub use figure::Figure;
pub use flags::{Flag, Given, Takes, parse_date};
pub use groups::{GroupBy, GroupCount, groups, period};
pub use histogram::{
    Bars, Bin, Histogram, UNIT, histogram, histogram_of, hours_of, incidents_of, next_day, rows_in,
};
pub use judge::Judged;
pub use order::{Field, ordered};
pub use pairs::{Pairs, Who};
pub use part::{FilterPart, Options};
pub use parts::{DEATH_CLASSES, Part, class_of, metres, parse_bounds};
pub use reach::{Inside, Reach};
pub use select::Selection;
pub use summary::{Group, Summary};
pub use wording::{Chip, Words};
