//! Records by the meaning of their columns: which column gives which field, and what the cells of a row say
//! of time, place and people. Nothing here knows publishers.

mod cells;
mod date_columns;
mod field;
mod find;
pub mod given;
mod look;
mod mapped;
mod mapping;
mod options;
mod people;
mod position;
mod tally;
mod when;

pub use cells::{Cell, Cells};
pub use field::{ColumnName, Field, measure_and_year};
pub use look::NoId;
pub use mapped::Row;
pub use mapping::{ACTOR_COLUMNS, Columns, FieldColumns, Mapping, RELATION_COLUMNS};
pub use options::Options;
pub use people::{deaths, deaths_exactly, grade, persons_range};
pub use position::{located, lon_lat, radius};
pub use tally::{NAMED_ROWS, NAMED_WORDS, Tally, UnknownKinds};
pub use when::when;
