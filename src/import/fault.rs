//! Why a row cannot be taken, and the columns that the program writes beside such rows.

/// Why a row cannot be taken, before its line is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub reason: &'static str,
    pub column: String,
    pub value: String,
}

impl Fault {
    pub fn new(reason: &'static str, column: &str, value: &str) -> Fault {
        Fault {
            reason,
            column: column.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// The column that rejected rows have their shape in.
pub const GEOMETRY: &str = "geometry";

/// Columns that the program adds to rejected rows, after those of the file, begin so.
pub const OWN_COLUMNS: &str = "atalaya_";

/// The first of them; a file that has it was written by the program.
pub const REASON_COLUMN: &str = "atalaya_reason";

/// The column that tells how the dates of the row were read, as [`DayOrder`] is written: a few mended rows
/// may no longer tell it.
pub const DAY_ORDER_COLUMN: &str = "atalaya_day_order";

pub fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
