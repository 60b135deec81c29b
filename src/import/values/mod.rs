//! The lowest floor: texts of cells as values. Nothing here knows rows, files or publishers.

mod blank;
mod civil;
mod clock;
mod dates;
mod estimate;
pub mod kinds;
mod numbers;
mod orders;
mod words;
mod zones;

pub use blank::given;
pub use civil::{DateFault, DayOrder, is_iso, span_of};
pub use clock::{Clock, clock, is_midnight, is_utc};
pub use dates::{Dated, Written, date, date_and_clock};
pub use estimate::estimate;
pub use kinds::kind;
pub use numbers::{count, decimal, grouped, metres};
pub use orders::Orders;
pub use words::{Words, actor_type, normal, place_precision, time_precision, words};
pub use zones::{by_name, check_zone, named_zone};
