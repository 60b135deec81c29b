//! Cells that a spreadsheet would run as a formula.

use std::borrow::Cow;

/// Whether a spreadsheet would run it, but for apostrophes that [`escape`] put in front.
fn begins_formula(cell: &str) -> bool {
    const BEGINNINGS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
    cell.trim_start_matches('\'').starts_with(BEGINNINGS)
}

/// The cell with an apostrophe in front where a spreadsheet would run it as a formula. Numbers stay as
/// they are.
#[must_use]
pub fn escape(cell: &str) -> Cow<'_, str> {
    let is_number = || cell.replacen(',', ".", 1).parse::<f64>().is_ok();
    match begins_formula(cell) && !is_number() {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

/// The cell as it was before [`escape`].
#[must_use]
pub fn unescape(cell: &str) -> &str {
    let before = cell.strip_prefix('\'');
    before.filter(|cell| begins_formula(cell)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_escaped_and_numbers_are_not() {
        for (cell, escaped) in [
            ("=1+1", "'=1+1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("-99,5", "-99,5"),
            ("+1", "+1"),
            ("- none", "'- none"),
            ("'90s", "'90s"),
            ("", ""),
        ] {
            assert_eq!(escape(cell), escaped);
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_comes_back(any in "\\PC{0,20}", odd in "['=+@\t\r0-9.,-]{0,8}") {
            for cell in [&any, &odd] {
                let escaped = escape(cell);
                prop_assert_eq!(unescape(&escaped), cell);
            }
        }
    }
}
