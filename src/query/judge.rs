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

use crate::domain::area::Prepared;
use crate::domain::when::day_number;
use crate::domain::{Credibility, Filter, Kind, PlacePrecision, Reliability};
use crate::gazetteer::{AskedAdmin, path_keys};
use crate::index::{Columns, Links, NameId, Names, Row, RowActor, UNKNOWN_DEATHS};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A part of a filter that rows pass or fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Part {
    Time = 1,
    Kind = 1 << 1,
    /// On either side.
    Actor = 1 << 2,
    SideA = 1 << 3,
    SideB = 1 << 4,
    Dataset = 1 << 5,
    Admin = 1 << 6,
    Area = 1 << 7,
    Deaths = 1 << 8,
    Precision = 1 << 9,
    Grade = 1 << 10,
    Text = 1 << 11,
}

/// Beside the bits of [`Part`]: another row of the same event stands for this one. Only rows that
/// fail no part have it.
pub(super) const ASIDE: u16 = 1 << 15;

/// A set of rows, a bit each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSet(Vec<u64>);

impl RowSet {
    /// Of `len` rows those given; what is beyond `len` is left out.
    #[must_use]
    pub fn new(len: usize, rows: impl Iterator<Item = Row>) -> RowSet {
        let mut words = vec![0; len.div_ceil(64)];
        for row in rows.map(|r| r as usize).filter(|r| *r < len) {
            words[row / 64] |= 1 << (row % 64);
        }
        RowSet(words)
    }

    #[must_use]
    pub fn contains(&self, row: usize) -> bool {
        self.0
            .get(row / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }
}

/// What is asked of the rows. Texts are not in the columns: who can read them says which rows
/// [`Filter::text`] finds.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    pub filter: &'a Filter,
    /// `None` lets all through.
    pub found: Option<&'a Arc<RowSet>>,
    /// Which rows are one event; `None` where each is its own.
    pub links: Option<&'a Arc<Links>>,
}

impl<'a> From<&'a Filter> for Ask<'a> {
    fn from(filter: &'a Filter) -> Ask<'a> {
        Ask {
            filter,
            found: None,
            links: None,
        }
    }
}

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
        let tests = tests(columns, &self.filter, ask, self.found.as_ref());
        if !tests.is_empty() {
            self.failed
                .par_chunks_mut(CHUNK)
                .enumerate()
                .for_each(|(i, failed)| {
                    for test in &tests {
                        test.mark(columns, i * CHUNK, failed);
                    }
                });
        }
        self.filter.clone_from(ask.filter);
        self.found = ask.found.cloned();
        self.set_aside(ask.links);
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
        self.rows_within(0..self.failed.len(), part as u16, is)
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
        let options = |event: Vec<(Row, bool)>| {
            let rows = event.into_iter();
            let those: BTreeSet<T> = rows.filter_map(|(row, _)| option(row)).collect();
            those.len().saturating_sub(1) as u32
        };
        self.events(part as u16).map(options).sum()
    }
}

/// Rows a thread takes at a time: few enough for the nearest cache.
pub(super) const CHUNK: usize = 16 * 1024;

/// One part made ready for one set of columns; names are looked up once.
enum Test {
    Time {
        from: i32,
        to: i32,
        certain: bool,
    },
    Kind([bool; Kind::ALL.len()]),
    /// By `RowActor::bits`.
    Actors(Part, Vec<bool>),
    Dataset(Vec<bool>),
    Admin(Vec<bool>),
    Area(Box<Prepared>),
    Deaths(u32, u32),
    Precision(PlacePrecision),
    Grade(Reliability, Credibility),
    Text(Arc<RowSet>),
    /// The part is not asked for any more.
    Open(Part),
}

/// The tests of the parts in which `ask` differs from what was asked before.
fn tests(columns: &Columns, old: &Filter, ask: Ask, found: Option<&Arc<RowSet>>) -> Vec<Test> {
    let new = ask.filter;
    let mut tests = Vec::new();
    let mut add = |changed: bool, part: Part, test: Option<Test>| {
        if changed {
            tests.push(test.unwrap_or(Test::Open(part)));
        }
    };
    let window = |f: &Filter| {
        (
            f.from,
            f.to,
            f.certain && (f.from.is_some() || f.to.is_some()),
        )
    };
    add(window(old) != window(new), Part::Time, time_test(new));
    add(
        old.kinds != new.kinds,
        Part::Kind,
        (!new.kinds.is_empty())
            .then(|| Test::Kind(std::array::from_fn(|i| new.kinds.contains(&Kind::ALL[i])))),
    );
    let actors = |part: Part, names: &BTreeSet<String>| {
        (!names.is_empty()).then(|| Test::Actors(part, wanted_actors(columns, part, names)))
    };
    for (part, old, new) in [
        (Part::Actor, &old.actors, &new.actors),
        (Part::SideA, &old.side_a, &new.side_a),
        (Part::SideB, &old.side_b, &new.side_b),
    ] {
        add(
            old != new,
            part,
            (old != new).then(|| actors(part, new)).flatten(),
        );
    }
    let datasets = || wanted(&columns.datasets, |name| new.datasets.contains(name));
    add(
        old.datasets != new.datasets,
        Part::Dataset,
        (!new.datasets.is_empty()).then(|| Test::Dataset(datasets())),
    );
    let admins = || {
        let asked: Vec<AskedAdmin> = new.admin.iter().map(|a| AskedAdmin::new(a)).collect();
        wanted(&columns.admins, |path| {
            let levels = path_keys(path);
            asked.iter().any(|asked| asked.holds(&levels))
        })
    };
    add(
        old.admin != new.admin,
        Part::Admin,
        (!new.admin.is_empty() && old.admin != new.admin).then(|| Test::Admin(admins())),
    );
    add(
        old.area != new.area,
        Part::Area,
        (old.area != new.area)
            .then(|| {
                new.area
                    .as_ref()
                    .map(|a| Test::Area(Box::new(Prepared::new(a))))
            })
            .flatten(),
    );
    let deaths = |f: &Filter| (f.min_deaths, f.max_deaths);
    add(
        deaths(old) != deaths(new),
        Part::Deaths,
        (deaths(new) != (None, None)).then(|| {
            let most = new.max_deaths.unwrap_or(u32::MAX).min(UNKNOWN_DEATHS - 1);
            Test::Deaths(new.min_deaths.unwrap_or(0), most)
        }),
    );
    add(
        old.precision != new.precision,
        Part::Precision,
        new.precision.map(Test::Precision),
    );
    let grade = |f: &Filter| (f.reliability, f.credibility);
    add(
        grade(old) != grade(new),
        Part::Grade,
        (grade(new) != (None, None)).then(|| {
            Test::Grade(
                new.reliability.unwrap_or(Reliability::F),
                new.credibility.unwrap_or(Credibility::Six),
            )
        }),
    );
    let same = match (found, ask.found) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    add(!same, Part::Text, ask.found.cloned().map(Test::Text));
    tests
}

fn time_test(filter: &Filter) -> Option<Test> {
    (filter.from.is_some() || filter.to.is_some()).then(|| {
        let window = Window::of(filter);
        Test::Time {
            from: window.from,
            to: window.to,
            certain: filter.certain,
        }
    })
}

fn wanted(names: &Names, is: impl Fn(&str) -> bool) -> Vec<bool> {
    names.iter().map(|(_, name)| is(name)).collect()
}

fn wanted_actors(columns: &Columns, part: Part, asked: &BTreeSet<String>) -> Vec<bool> {
    let mut flags = vec![false; columns.actors.len() * 4];
    for id in asked
        .iter()
        .flat_map(|name| columns.actors.find_spellings(name))
    {
        for sides in 0..4 {
            let on = RowActor::new(id, sides & 1 != 0, sides & 2 != 0);
            flags[on.bits() as usize] = match part {
                Part::SideA => on.on_a(),
                Part::SideB => on.on_b(),
                _ => true,
            };
        }
    }
    flags
}

impl Test {
    /// Sets or clears the part's bit of the rows from `first` on.
    fn mark(&self, c: &Columns, first: usize, failed: &mut [u16]) {
        let rows = first..first + failed.len();
        match self {
            Test::Time { from, to, certain } => {
                let intervals = c.start_day[rows.clone()].iter().zip(&c.end_day[rows]);
                if *certain {
                    set(
                        failed,
                        Part::Time,
                        intervals.map(|(s, e)| (s >= from) & (e <= to)),
                    );
                } else {
                    set(
                        failed,
                        Part::Time,
                        intervals.map(|(s, e)| (s <= to) & (e >= from)),
                    );
                }
            }
            Test::Kind(wanted) => {
                let kinds = c.kind[rows].iter();
                set(failed, Part::Kind, kinds.map(|k| wanted[*k as usize]));
            }
            Test::Actors(part, wanted) => {
                let has = |a: &RowActor| wanted.get(a.bits() as usize) == Some(&true);
                let any = |row| c.actors_of(row as Row).iter().any(has);
                set(failed, *part, rows.map(any));
            }
            Test::Dataset(wanted) => {
                let ids = c.dataset[rows].iter();
                set(failed, Part::Dataset, ids.map(|id| is(wanted, *id)));
            }
            Test::Admin(wanted) => {
                let ids = c.admin[rows].iter();
                set(failed, Part::Admin, ids.map(|id| is(wanted, *id)));
            }
            Test::Area(area) => {
                let places = c.lon[rows.clone()].iter().zip(&c.lat[rows]);
                set(
                    failed,
                    Part::Area,
                    places.map(|(lon, lat)| area.contains(*lon, *lat)),
                );
            }
            Test::Deaths(least, most) => {
                let best = c.deaths_best[rows].iter();
                set(
                    failed,
                    Part::Deaths,
                    best.map(|n| (n >= least) & (n <= most)),
                );
            }
            Test::Precision(worst) => {
                let precisions = c.place_precision[rows].iter();
                set(failed, Part::Precision, precisions.map(|p| p <= worst));
            }
            Test::Grade(reliability, credibility) => {
                let grades = c.reliability[rows.clone()].iter().zip(&c.credibility[rows]);
                set(
                    failed,
                    Part::Grade,
                    grades.map(|(r, k)| (r <= reliability) & (k <= credibility)),
                );
            }
            Test::Text(found) => set(failed, Part::Text, rows.map(|row| found.contains(row))),
            Test::Open(part) => failed.iter_mut().for_each(|f| *f &= !(*part as u16)),
        }
    }
}

fn is(wanted: &[bool], id: NameId) -> bool {
    wanted.get(id.0 as usize) == Some(&true)
}

fn set(failed: &mut [u16], part: Part, passes: impl Iterator<Item = bool>) {
    let bit = part as u16;
    for (f, passes) in failed.iter_mut().zip(passes) {
        *f = (*f & !bit) | (u16::from(!passes) * bit);
    }
}

/// The time window of a filter in days, open ends at the ends of time.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub from: i32,
    pub to: i32,
}

impl Window {
    #[must_use]
    pub fn of(filter: &Filter) -> Window {
        Window {
            from: filter.from.map_or(i32::MIN, day_number),
            to: filter.to.map_or(i32::MAX, day_number),
        }
    }

    /// Whether the whole interval of a row lies in it.
    #[must_use]
    pub fn holds(&self, columns: &Columns, row: usize) -> bool {
        columns.start_day[row] >= self.from && columns.end_day[row] <= self.to
    }
}
