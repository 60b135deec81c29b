//! Which parts of a filter each row fails: one bit a part, so that a changed part is looked at
//! alone and a count "as if this part were not there" needs no second look at the rows.
//!
//! Linked rows are one event and count once. That is decided here and nowhere else: of the rows of
//! a group that pass, the first in the order of [`Links`] stands for it, and the others get the bit
//! [`ASIDE`], as if they failed one more part. So whatever takes rows that fail nothing (the
//! selection, bars, map, table) sees one of them. A count "as if a part were not there" must not
//! simply ignore that bit, for a row that stands aside may be the only one of its group that has
//! the option asked for. There of the rows that pass the other parts and have the option one
//! counts: the one that stands now, else the first ([`Judged::passes_but`], [`Judged::rows_having`],
//! [`Judged::overlap`]). Groups are few, so they are looked through apart from the rows.

use super::ask::{Ask, RowSet};
use super::changes::{self, Changes};
use super::part::{Marks, Test};
use super::parts::Part;
use crate::domain::Filter;
use crate::index::{Columns, Links, Row};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Beside the bits of [`Part`]: another row of the same event stands for this one. Only rows that
/// fail no part have it.
pub(super) const ASIDE: u16 = 1 << 15;

/// The verdict on every row, kept from filter to filter: only the parts that changed are judged
/// anew.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// By row: the parts it fails, 0 where it passes.
    pub failed: Vec<u16>,
    /// What the verdict is on.
    filter: Filter,
    found: Option<Arc<RowSet>>,
    links: Option<Arc<Links>>,
    changes: Option<Changes>,
}

impl Judged {
    #[must_use]
    pub fn new(columns: &Columns, ask: Ask) -> Judged {
        let mut judged = Judged::default();
        judged.update(columns, ask);
        judged
    }

    /// Brings the verdict in line with another question about the same columns.
    pub fn update(&mut self, columns: &Columns, ask: Ask) {
        let is_new = self.failed.len() != columns.len();
        if is_new {
            self.failed.clear();
            self.failed.resize(columns.len(), 0);
            self.filter = Filter::default();
            self.found = None;
            self.links = None;
        }
        let before = Ask {
            filter: &self.filter,
            found: self.found.as_ref(),
            links: self.links.as_ref(),
        };
        let tests = tests(columns, &before, &ask);
        let is_time = tests.iter().all(|(part, _)| *part == Part::Time);
        let rows = (is_time && !is_new).then(|| changes::rows(columns, before, ask));
        let rows = rows.flatten();
        self.changes = rows.map(|rows| Changes::new(rows, &self.failed));
        match &self.changes {
            Some(changes) => {
                for rows in changes.rows() {
                    mark(columns, &tests, rows.start, &mut self.failed[rows.clone()]);
                }
            }
            None if tests.is_empty() => {}
            None => {
                let chunks = self.failed.par_chunks_mut(CHUNK).enumerate();
                chunks.for_each(|(i, failed)| mark(columns, &tests, i * CHUNK, failed));
            }
        }
        self.filter.clone_from(ask.filter);
        self.found = ask.found.cloned();
        self.set_aside(ask.links);
    }

    /// What the last update changed; `None` where that may be anything.
    #[must_use]
    pub fn changes(&self) -> Option<&Changes> {
        self.changes.as_ref()
    }

    /// Whether a row is one of several of its event.
    pub(super) fn is_linked(&self, row: usize) -> bool {
        let links = self.links.as_ref();
        links.is_some_and(|l| l.group_of(row as Row).is_some())
    }

    /// All rows that are.
    pub(super) fn linked(&self) -> impl Iterator<Item = usize> {
        let groups = self.links.iter().flat_map(|l| l.groups());
        groups.flatten().map(|row| *row as usize)
    }

    /// Of the passing rows of each event lets one stand.
    fn set_aside(&mut self, links: Option<&Arc<Links>>) {
        let old = std::mem::replace(&mut self.links, links.cloned());
        for row in old.iter().flat_map(|l| l.groups()).flatten() {
            self.failed[*row as usize] &= !ASIDE;
        }
        for group in links.iter().flat_map(|l| l.groups()) {
            let passing = |row: &&Row| self.failed.get(**row as usize) == Some(&0);
            let others: Vec<Row> = group.iter().filter(passing).skip(1).copied().collect();
            for row in others {
                self.failed[row as usize] |= ASIDE;
            }
        }
    }

    /// The parts that a row fails, whether it stands aside or not.
    fn parts_failed(&self, row: Row) -> u16 {
        self.failed
            .get(row as usize)
            .map_or(u16::MAX, |f| f & !ASIDE)
    }

    /// For every event of several rows that pass all parts but those in `but`: these rows, and
    /// whether each is among those that fail nothing but `but` and do not stand aside.
    pub(super) fn events(&self, but: u16) -> impl Iterator<Item = Vec<(Row, bool)>> {
        let groups = self.links.iter().flat_map(|l| l.groups());
        let stands = |row: Row| self.failed[row as usize] & ASIDE == 0;
        groups.filter_map(move |group| {
            let passing = group.iter().filter(|r| self.parts_failed(**r) & !but == 0);
            let rows: Vec<(Row, bool)> = passing.map(|r| (*r, stands(*r))).collect();
            (rows.len() > 1).then_some(rows)
        })
    }

    /// For every event of linked rows those that pass all parts but those in `but`, in their order; none
    /// is empty.
    pub(super) fn events_of(&self, but: u16) -> impl Iterator<Item = Vec<Row>> {
        let groups = self.links.iter().flat_map(|l| l.groups());
        groups.filter_map(move |group| {
            let passing = group.iter().filter(|r| self.parts_failed(**r) & !but == 0);
            let rows: Vec<Row> = passing.copied().collect();
            (!rows.is_empty()).then_some(rows)
        })
    }

    /// Whether no other row of its event stands before it among those that pass all parts but
    /// those in `but` and for which `is` holds. The row itself is one of them.
    fn comes_first(&self, row: Row, but: u16, is: impl Fn(Row) -> bool) -> bool {
        let Some(group) = self.links.as_ref().and_then(|l| l.group_of(row)) else {
            return true;
        };
        let passing = |r: &&Row| self.parts_failed(**r) & !but == 0 && is(**r);
        let now = |r: &&Row| self.failed[**r as usize] == 0;
        let mut those = group.iter().filter(passing);
        let first = those.clone().find(now).or(those.next());
        first == Some(&row)
    }

    /// Whether the row passes all parts, though another may stand for its event.
    #[must_use]
    pub fn lets_through(&self, row: usize) -> bool {
        self.failed.get(row).is_some_and(|f| f & !ASIDE == 0)
    }

    /// Whether the row passes all parts but those in `but`, a sum of [`Part`]s, and stands for its
    /// event there.
    #[must_use]
    pub fn passes_but(&self, row: usize, but: u16) -> bool {
        let passes =
            |f: &u16| *f == 0 || (f & !but == 0 && self.comes_first(row as Row, but, |_| true));
        self.failed.get(row).is_some_and(passes)
    }

    /// How many rows pass all parts but those in `but`, an event counted once.
    #[must_use]
    pub fn passing_but(&self, but: u16) -> usize {
        let chunks = self.failed.par_chunks(CHUNK);
        let rows: usize = chunks
            .map(|failed| failed.iter().filter(|f| **f & !but == 0).count())
            .sum();
        let counted = |event: Vec<(Row, bool)>| event.iter().filter(|(_, stands)| *stands).count();
        let twice = self.events(but).map(|event| counted(event) - 1);
        rows - twice.sum::<usize>()
    }

    /// The rows that pass all parts but `part` and for which `is` holds, ascending; of an event
    /// one of them. What a count of an option leads to.
    pub fn rows_having(&self, part: Part, is: impl Fn(Row) -> bool) -> Vec<Row> {
        self.rows_within(0..self.failed.len(), part.bit(), is)
    }

    /// How many those are.
    pub fn count_having(&self, part: Part, is: impl Fn(Row) -> bool + Sync) -> usize {
        let rows = (0..self.failed.len() as Row)
            .into_par_iter()
            .with_min_len(CHUNK);
        let passes = |row: &Row| self.parts_failed(*row) & !(part.bit()) == 0 && is(*row);
        rows.filter(|row| passes(row) && self.comes_first(*row, part.bit(), &is))
            .count()
    }

    /// The same of some rows: all for which `is` holds are among them.
    pub(super) fn rows_within(
        &self,
        rows: Range<usize>,
        but: u16,
        is: impl Fn(Row) -> bool,
    ) -> Vec<Row> {
        let passes = |row: &Row| self.parts_failed(*row) & !but == 0 && is(*row);
        let rows = (rows.start as Row..rows.end as Row).filter(passes);
        rows.filter(|row| self.comes_first(*row, but, &is))
            .collect()
    }

    /// All rows that pass, those that stand aside too, ascending.
    #[must_use]
    pub fn rows_with_aside(&self) -> Vec<Row> {
        let rows = self.failed.iter().enumerate();
        rows.filter(|(_, f)| **f & !ASIDE == 0)
            .map(|(row, _)| row as Row)
            .collect()
    }

    /// By how much the counts of several options of a part add up to more than what choosing them
    /// together gives: an event whose rows have different ones counts for each. `option` names that
    /// of a row, `None` where it is not among them.
    #[must_use]
    pub fn overlap<T: Ord>(&self, part: Part, option: impl Fn(Row) -> Option<T>) -> u32 {
        self.overlap_of(part, option, |_| 1)
    }

    /// The same of what is counted instead of incidents; `n` is that of a row.
    #[must_use]
    pub fn overlap_of<T: Ord>(
        &self,
        part: Part,
        option: impl Fn(Row) -> Option<T>,
        n: impl Fn(Row) -> u32,
    ) -> u32 {
        let of_event = |event: Vec<(Row, bool)>| {
            let mut seen = BTreeSet::new();
            let those = event.into_iter().filter_map(|(row, _)| {
                let is_new = seen.insert(option(row)?);
                is_new.then(|| n(row))
            });
            // The first stands for the event where all are chosen.
            those.skip(1).fold(0, u32::saturating_add)
        };
        let events = self.events(part.bit()).map(of_event);
        events.fold(0, u32::saturating_add)
    }
}

/// The tests of the parts in which one question differs from another; none where it lets all through.
fn tests(columns: &Columns, before: &Ask, ask: &Ask) -> Vec<(Part, Option<Test>)> {
    let verdicts = Part::ALL.iter().filter_map(|part| {
        let verdict = part.declared().verdict.as_ref()?;
        let changed = !(verdict.same)(before, ask);
        changed.then(|| (*part, (verdict.test)(columns, ask)))
    });
    verdicts.collect()
}

/// Sets or clears the bits of these parts on the rows from `first` on.
fn mark(columns: &Columns, tests: &[(Part, Option<Test>)], first: usize, failed: &mut [u16]) {
    for (part, test) in tests {
        let marks = Marks::new(first, failed, part.bit());
        match test {
            Some(test) => test(columns, marks),
            None => marks.clear(),
        }
    }
}

/// Rows a thread takes at a time: few enough for the nearest cache.
pub(super) const CHUNK: usize = 16 * 1024;
