//! Files in, rows out: a [`Format`] cuts a file into records, a [`Profile`] reads a record as an
//! incident. Nothing here writes; the store takes the items one by one.
//!
//! Four floors, each below the next: `values` (texts of cells), `formats` (files as records), `row` (records
//! by the meaning of their columns) and `profiles` (publishers). `encoding`, `text` and `fault` lie under all
//! of them, and what reads a whole file on top.
//!
//! A bad row is data, not an error: it comes out as [`Item::Reject`] and the rows after it are
//! still read. Only what makes the rest of the file unreadable ends it with a
//! [`Problem`](crate::locale::Problem).
//!
//! Every file is read twice, so that memory stays bounded: once for its checksum and encoding,
//! once for its rows. A short look at the first rows in between settles delimiter, columns and
//! the order of day and month.

mod ahead;
mod encoding;
mod far;
mod fault;
mod formats;
mod inspect;
mod open;
mod profiles;
mod reader;
mod report;
pub mod route;
mod row;
mod sheets;
mod text;
mod values;

#[cfg(test)]
mod tests;

pub use ahead::{Ahead, RowRead};
pub use encoding::Reading;
pub use fault::{DAY_ORDER_COLUMN, GEOMETRY, OWN_COLUMNS, REASON_COLUMN};
pub use formats::{Format, Header, Layout, formats};
pub use inspect::{Inspection, SwapHint, Trial, inspect, try_out};
pub use open::open;
pub use profiles::{Candidate, OWN, Profile, profiles};
pub use reader::{CONTENT_ID, Reader};
pub use report::{FileFacts, Item, REJECT_REASONS, Reject, RejectGroup, RejectGroups};
pub use row::given::in_words;
pub use row::{Field, Options, UnknownKinds};
pub use values::DayOrder;
pub use values::kinds::{kind_in_spanish, kind_named, kinds_of};
