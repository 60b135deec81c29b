//! What the options of a part would give, and the rows that have them.

use crate::index::{Columns, Row};
use crate::query::Part;
use crate::view::Context;
use std::cell::RefCell;

/// What one option would give.
pub fn count(cx: &Context<'_>, part: Part, option: usize) -> u32 {
    cx.facets().of(part).get(option).copied().unwrap_or(0)
}

/// What those options of a part for which `is` holds would give together, where a row has one.
pub fn sum(cx: &Context<'_>, part: Part, is: impl Fn(usize) -> bool) -> u32 {
    let counts = cx.facets().of(part).iter().enumerate();
    let those = counts.filter(|(option, _)| is(*option)).map(|(_, n)| *n);
    let sum = those.fold(0, u32::saturating_add);
    sum.saturating_sub(cx.overlap(part, having(cx, part, is)))
}

/// The rows that have one of those options, as [`crate::query::Judged::rows_having`] counts them.
pub fn rows(cx: &Context<'_>, part: Part, is: impl Fn(usize) -> bool) -> Vec<Row> {
    let option = having(cx, part, is);
    let judged = &cx.derived.judged;
    judged.rows_having(part, |row| option(row).is_some())
}

/// The first option of a row for which `is` holds.
pub fn having<'a>(
    cx: &Context<'a>,
    part: Part,
    is: impl Fn(usize) -> bool,
) -> impl Fn(Row) -> Option<usize> {
    let columns: &'a Columns = &cx.loaded.columns;
    let options = part.declared().options.as_ref();
    let of_row = RefCell::new(Vec::new());
    move |row| {
        let mut of_row = of_row.borrow_mut();
        of_row.clear();
        (options?.of_row)(columns, row as usize, &mut of_row);
        of_row.iter().copied().find(|option| is(*option))
    }
}
