//! What one step from filter to filter changes: while time is scrubbed only the rows that come into
//! the window or leave it, so that whoever counted all rows before adds and takes away these alone.

use super::ask::{Ask, Window};
use super::judge::Judged;
use crate::index::{Columns, Row, SHORT_DAYS};
use std::ops::Range;
use std::sync::Arc;

/// Of all rows a share of one in so many is followed up at most: beyond, all are counted anew, on
/// all cores.
const SHARE: usize = 4;

/// Rows among which are all whose verdict changed, with the verdict before.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Ascending, none empty, each after the one before.
    rows: Vec<Range<usize>>,
    /// The parts that each of these rows failed.
    before: Vec<u16>,
}

impl Changes {
    pub(super) fn new(rows: Vec<Range<usize>>, failed: &[u16]) -> Changes {
        let before = rows.iter().flat_map(|r| &failed[r.clone()]).copied();
        Changes {
            before: before.collect(),
            rows,
        }
    }

    pub(super) fn rows(&self) -> &[Range<usize>] {
        &self.rows
    }

    /// The same rows, each range with the parts that its rows failed before.
    pub(super) fn before(&self) -> impl Iterator<Item = (Range<usize>, &[u16])> {
        let mut rest = self.before.as_slice();
        self.rows.iter().map(move |rows| {
            let (these, after) = rest.split_at(rows.len());
            rest = after;
            (rows.clone(), these)
        })
    }

    /// Rows whose verdict is another, with the parts they failed before and fail now.
    pub(super) fn verdicts(&self, judged: &Judged) -> impl Iterator<Item = (usize, u16, u16)> {
        let each = self.before().flat_map(|(rows, before)| rows.zip(before));
        let with_now = each.map(|(row, before)| (row, *before, judged.failed[row]));
        with_now.filter(|(_, before, now)| before != now)
    }

    /// The rows that pass now and did not before, and those that did and do not, ascending.
    #[must_use]
    pub fn moved(&self, judged: &Judged) -> Moved {
        let mut moved = Moved::default();
        for (row, before, now) in self.verdicts(judged) {
            match (before, now) {
                (_, 0) => moved.came.push(row as Row),
                (0, _) => moved.left.push(row as Row),
                _ => {}
            }
        }
        moved
    }

    /// Brings `passing`, all rows that passed before, in line.
    pub(super) fn follow(&self, judged: &Judged, passing: &mut Vec<Row>) {
        let Some(first) = self.rows.first() else {
            return;
        };
        let before = |rows: &[Row], end: usize| rows.partition_point(|r| (*r as usize) < end);
        let after = passing.split_off(before(passing, first.start));
        let mut rest = after.as_slice();
        for range in &self.rows {
            let (stay, changed) = rest.split_at(before(rest, range.start));
            passing.extend_from_slice(stay);
            let passes = |row: &usize| judged.failed[*row] == 0;
            passing.extend(range.clone().filter(passes).map(|row| row as Row));
            rest = &changed[before(changed, range.end)..];
        }
        passing.extend_from_slice(rest);
    }
}

/// Rows that came into a selection and those that left it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub came: Vec<Row>,
    pub left: Vec<Row>,
}

/// All rows whose verdict may change where questions differ in their time window and links alone;
/// `None` where they are many.
pub(super) fn rows(columns: &Columns, before: Ask, ask: Ask) -> Option<Vec<Range<usize>>> {
    let same_links = match (before.links, ask.links) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    if !same_links || before.filter.certain != ask.filter.certain {
        return None;
    }
    let mut found = times(columns, Window::of(before.filter), Window::of(ask.filter));
    // Of linked rows another may stand for the event.
    let linked = ask.links.iter().flat_map(|l| l.groups()).flatten();
    found.extend(linked.map(|row| *row as usize..*row as usize + 1));
    let found = apart(found);
    let rows: usize = found.iter().map(Range::len).sum();
    (rows <= columns.len() / SHARE).then_some(found)
}

/// The rows for which it may make a difference, to the verdict or to whether they are certain to lie
/// in the window, that one window is another.
fn times(columns: &Columns, old: Window, new: Window) -> Vec<Range<usize>> {
    let longest = i64::from(columns.longest_days.min(SHORT_DAYS));
    // Rows that begin on a day of `[from, until)`.
    let begin = |from: i64, until: i64| {
        let at = |day: i64| columns.start_day.partition_point(|d| i64::from(*d) < day);
        at(from)..at(until)
    };
    let ends = |a: i32, b: i32| (i64::from(a.min(b)), i64::from(a.max(b)));
    let mut found = Vec::new();
    if old.from != new.from {
        let (first, until) = ends(old.from, new.from);
        found.push(begin(first - longest, until));
    }
    if old.to != new.to {
        let (first, last) = ends(old.to, new.to);
        found.push(begin(first - longest, last + 1));
    }
    let long = columns.long_rows.iter().map(|row| *row as usize);
    found.extend(long.map(|row| row..row + 1));
    found
}

/// The same rows in ranges that do not meet, in order.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|r| !r.is_empty());
    ranges.sort_unstable_by_key(|r| r.start);
    let mut found: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match found.last_mut() {
            Some(before) if before.end >= range.start => before.end = before.end.max(range.end),
            _ => found.push(range),
        }
    }
    found
}
