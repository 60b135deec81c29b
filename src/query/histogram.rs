//! Incidents, or deaths in them, over time, stacked by mark. Counting is in whole numbers, so that nobody is lost: an
//! incident is [`UNIT`] parts, and the parts of one whose time is uncertain are dealt out to the
//! hours of its interval, what does not divide evenly to the first of them.

use super::bins::{BinWidth, HOURS, day_of, hour_of};
use super::figure::Figure;
use super::judge::{CHUNK, Judged};
use super::parts::Part;
use crate::domain::{Kind, Mark};
use crate::index::{Columns, NO_MINUTE, Row};
use rayon::prelude::*;
use std::sync::Arc;

const TIME: u16 = Part::Time.bit();

/// The parts of one incident or death.
pub const UNIT: u64 = 1 << 32;

const MARKS: usize = Mark::ALL.len();

/// Incidents that so many parts make.
#[must_use]
pub fn incidents_of(units: u64) -> f64 {
    units as f64 / UNIT as f64
}

/// The hours `[first, end)` in which a row lies: one where its clock time is known, else all of
/// its days.
#[must_use]
pub fn hours_of(columns: &Columns, row: usize) -> (i64, i64) {
    let (start, end) = (columns.start_day[row], columns.end_day[row]);
    let minute = columns.minute[row];
    if start == end && minute != NO_MINUTE {
        let hour = hour_of(start) + i64::from(minute / 60);
        (hour, hour + 1)
    } else {
        (hour_of(start), hour_of(end) + HOURS)
    }
}

/// One bar: `[start_hour, end_hour)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    pub start_hour: i64,
    pub end_hour: i64,
    /// Parts of incidents by `Mark as usize`, at any time and inside the filter's time window.
    pub by_mark: [u64; MARKS],
    pub inside: [u64; MARKS],
}

impl Bin {
    #[must_use]
    pub fn units(&self) -> u64 {
        self.by_mark.iter().fold(0, |a, b| a.wrapping_add(*b))
    }

    /// Incidents; a fraction where dates are uncertain.
    #[must_use]
    pub fn total(&self) -> f64 {
        incidents_of(self.units())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram {
    pub width: BinWidth,
    /// Consecutive, without gaps.
    pub bins: Vec<Bin>,
}

impl Histogram {
    /// The tallest bar, the first of equals.
    #[must_use]
    pub fn peak(&self) -> Option<&Bin> {
        self.bins.iter().rev().max_by_key(|b| b.units())
    }

    /// The bar that an hour lies in.
    #[must_use]
    pub fn at(&self, hour: i64) -> Option<&Bin> {
        let i = self.bins.partition_point(|b| b.end_hour <= hour);
        self.bins.get(i).filter(|b| b.start_hour <= hour)
    }
}

/// The bars over the hours `[span.0, span.1)` of the rows that pass all parts of the filter but
/// those in `but`. Over bars that cover all of its interval an incident adds up to [`UNIT`],
/// whatever the width.
#[must_use]
pub fn histogram(
    columns: &Columns,
    judged: &Judged,
    but: u16,
    (figure, span, width): (Figure, (i64, i64), BinWidth),
) -> Histogram {
    Bars::new(columns, judged, but, (figure, span, width)).histogram(columns, judged)
}

/// What [`histogram`] counted, to count on from.
pub struct Bars {
    but: u16,
    width: BinWidth,
    /// Of the rows that are events of their own: whether a linked one counts, others decide.
    alone: Table,
}

impl Bars {
    /// As in [`histogram`].
    #[must_use]
    pub fn new(
        columns: &Columns,
        judged: &Judged,
        but: u16,
        (figure, span, width): (Figure, (i64, i64), BinWidth),
    ) -> Bars {
        let edges = Arc::new(Edges::new(span, width));
        let rows = touching(columns, edges.first(), edges.end());
        let threads = rayon::current_num_threads().max(1);
        let share = rows.len().div_ceil(threads).max(CHUNK);
        let starts: Vec<usize> = rows.clone().step_by(share).collect();
        let counted = |start: usize| {
            let mut table = Table::new(&edges, figure);
            let has_links = judged.linked().next().is_some();
            for row in start..(start + share).min(rows.end) {
                let failed = judged.failed[row];
                if failed & !but == 0 && !(has_links && judged.is_linked(row)) {
                    table.add(columns, row, failed & TIME == 0);
                }
            }
            table
        };
        let tables = starts.into_par_iter().map(counted);
        let alone = tables.reduce_with(|mut a, b| {
            a.merge(&b, u64::wrapping_add);
            a
        });
        Bars {
            but,
            width,
            alone: alone.unwrap_or_else(|| Table::new(&edges, figure)),
        }
    }

    /// Brings the bars in line with a verdict that was updated once since they were counted; false
    /// where they are to be counted anew.
    #[must_use]
    pub fn follow(&mut self, columns: &Columns, judged: &Judged) -> bool {
        let Some(changes) = judged.changes() else {
            return false;
        };
        let empty = || Table::new(&self.alone.edges, self.alone.figure);
        let (mut left, mut came) = (empty(), empty());
        for (row, before, now) in changes.verdicts(judged) {
            if judged.is_linked(row) {
                continue;
            }
            for (failed, table) in [(before, &mut left), (now, &mut came)] {
                if failed & !self.but == 0 {
                    table.add(columns, row, failed & TIME == 0);
                }
            }
        }
        self.alone.merge(&came, u64::wrapping_add);
        self.alone.merge(&left, u64::wrapping_sub);
        true
    }

    #[must_use]
    pub fn histogram(&self, columns: &Columns, judged: &Judged) -> Histogram {
        let mut linked = judged.linked().peekable();
        if linked.peek().is_none() {
            return self.alone.histogram(self.width);
        }
        let mut all = self.alone.clone();
        for row in linked.filter(|row| judged.passes_but(*row, self.but)) {
            all.add(columns, row, judged.failed[row] & TIME == 0);
        }
        all.histogram(self.width)
    }
}

/// The same of given rows, all of them inside.
#[must_use]
pub fn histogram_of(
    columns: &Columns,
    rows: impl Iterator<Item = Row>,
    (figure, span, width): (Figure, (i64, i64), BinWidth),
) -> Histogram {
    let mut table = Table::new(&Arc::new(Edges::new(span, width)), figure);
    rows.for_each(|row| table.add(columns, row as usize, true));
    table.histogram(width)
}

/// Rows that may lie in the hours `[from, until)`: all that do are among them.
pub(super) fn touching(columns: &Columns, from: i64, until: i64) -> std::ops::Range<usize> {
    let longest = hour_of(columns.longest_days);
    let start = columns
        .start_day
        .partition_point(|day| hour_of(*day) + longest + HOURS <= from);
    let end = columns.start_day.partition_point(|d| hour_of(*d) < until);
    start..end.max(start)
}

/// The rows that pass all parts but those in `but` and possibly lie in the hours `[from, until)`,
/// ascending: those that a bar counts, in whole or in part.
#[must_use]
pub fn rows_in(columns: &Columns, judged: &Judged, but: u16, from: i64, until: i64) -> Vec<Row> {
    touching(columns, from, until)
        .filter(|row| judged.passes_but(*row, but))
        .filter(|row| {
            let (first, end) = hours_of(columns, *row);
            first < until && end > from
        })
        .map(|row| row as Row)
        .collect()
}

/// The first day on or after `from` on which a row possibly lies that passes all parts but those in
/// `but`.
#[must_use]
pub fn next_day(columns: &Columns, judged: &Judged, but: u16, from: i32) -> Option<i32> {
    let first = i64::from(from) - i64::from(columns.longest_days);
    let start = columns.start_day.partition_point(|d| i64::from(*d) < first);
    // Rows lie by first day: those that reach over `from` come before those that begin after it.
    let found = (start..columns.len())
        .find(|row| columns.end_day[*row] >= from && judged.passes_but(*row, but))?;
    Some(columns.start_day[found].max(from))
}

/// Where bars begin and end.
struct Edges {
    /// Of bar `i` `[i]` and `[i + 1]`.
    hours: Vec<i64>,
    bars_an_hour: f64,
}

impl Edges {
    fn new(span: (i64, i64), width: BinWidth) -> Edges {
        let mut hours = vec![width.floor(span.0)];
        let mut at = hours[0];
        while at < span.1 {
            at = width.next(at);
            hours.push(at);
        }
        let length = (at - hours[0]).max(1) as f64;
        Edges {
            bars_an_hour: (hours.len() - 1) as f64 / length,
            hours,
        }
    }

    fn bars(&self) -> usize {
        self.hours.len() - 1
    }

    fn first(&self) -> i64 {
        self.hours[0]
    }

    fn end(&self) -> i64 {
        self.hours[self.bars()]
    }

    fn length(&self, bar: usize) -> u64 {
        (self.hours[bar + 1] - self.hours[bar]) as u64
    }

    /// The bar of an hour that lies in one: months are about evenly long, so a guess is near.
    fn bar(&self, hour: i64) -> usize {
        let guess = ((hour - self.first()) as f64 * self.bars_an_hour) as usize;
        let mut bar = guess.min(self.bars() - 1);
        while self.hours[bar] > hour {
            bar -= 1;
        }
        while self.hours[bar + 1] <= hour {
            bar += 1;
        }
        bar
    }
}

/// Counts while rows pass by. An interval costs the same however many bars it covers: where its
/// parts an hour begin and end is noted, and the bars between are filled at the end.
#[derive(Clone)]
struct Table {
    edges: Arc<Edges>,
    figure: Figure,
    /// Each with `bars + 1` entries a mark, first of the rows outside the window, then inside.
    /// What lies in one bar.
    whole: Vec<u64>,
    /// Parts of the bars at the ends of intervals.
    parts: Vec<u64>,
    /// By how much the parts an hour change from the bar before, wrapping.
    rise: Vec<u64>,
    marks: [u8; Kind::ALL.len()],
    /// The bar of a row before and its days `[from, until)`, none where bars are of hours: rows come
    /// by start day, so that most lie in it.
    last: (usize, i32, i32),
}

impl Table {
    fn new(edges: &Arc<Edges>, figure: Figure) -> Table {
        let len = (edges.bars() + 1) * MARKS * 2;
        Table {
            edges: edges.clone(),
            figure,
            whole: vec![0; len],
            parts: vec![0; len],
            rise: vec![0; len],
            marks: std::array::from_fn(|i| Kind::ALL[i].mark() as u8),
            last: (0, 0, 0),
        }
    }

    fn line(&self, inside: bool, mark: usize) -> usize {
        (usize::from(inside) * MARKS + mark) * (self.edges.bars() + 1)
    }

    fn add(&mut self, columns: &Columns, row: usize, inside: bool) {
        let n = u64::from(self.figure.of(columns, row as Row));
        let mark = self.marks[columns.kind[row] as usize];
        let line = self.line(inside, usize::from(mark));
        let (bar, from_day, until_day) = self.last;
        if columns.start_day[row] >= from_day && columns.end_day[row] < until_day {
            self.whole[line + bar] += n;
            return;
        }
        let (first, end) = hours_of(columns, row);
        if end <= self.edges.first() || first >= self.edges.end() {
            return;
        }
        if first >= self.edges.first() {
            let bar = self.edges.bar(first);
            let (start, until) = (self.edges.hours[bar], self.edges.hours[bar + 1]);
            if end <= until {
                if until - start >= HOURS {
                    self.last = (bar, day_of(start), day_of(until));
                }
                self.whole[line + bar] += n;
                return;
            }
        }
        let hours = (end - first) as u64;
        // Sums that nobody can believe wrap around.
        let units = UNIT.wrapping_mul(n);
        let (each, left_over) = (units / hours, units % hours);
        let middle = first + left_over as i64;
        self.spread(line, first, middle, each + 1);
        self.spread(line, middle, end, each);
    }

    /// So many parts to each hour of `[from, until)`.
    fn spread(&mut self, line: usize, from: i64, until: i64, each: u64) {
        let edges = &self.edges;
        let (from, until) = (from.max(edges.first()), until.min(edges.end()));
        if from >= until {
            return;
        }
        let (a, b) = (edges.bar(from), edges.bar(until - 1));
        if a == b {
            self.part(line + a, each, until - from);
            return;
        }
        let (ends, begins) = (edges.hours[a + 1], edges.hours[b]);
        self.part(line + a, each, ends - from);
        self.part(line + b, each, until - begins);
        let between = [(a + 1, each), (b, each.wrapping_neg())];
        for (bar, change) in between {
            let rise = &mut self.rise[line + bar];
            *rise = rise.wrapping_add(change);
        }
    }

    /// So many parts to each of `hours` of a bar.
    fn part(&mut self, at: usize, each: u64, hours: i64) {
        let sum = &mut self.parts[at];
        *sum = sum.wrapping_add(each.wrapping_mul(hours as u64));
    }

    /// Adds what another counted over the same bars, or takes it away.
    fn merge(&mut self, other: &Table, with: impl Fn(u64, u64) -> u64) {
        let all = [
            (&mut self.whole, &other.whole),
            (&mut self.parts, &other.parts),
            (&mut self.rise, &other.rise),
        ];
        for (a, b) in all.into_iter().flat_map(|(a, b)| a.iter_mut().zip(b)) {
            *a = with(*a, *b);
        }
    }

    fn histogram(&self, width: BinWidth) -> Histogram {
        let edges = &self.edges;
        let mut bins: Vec<Bin> = (0..edges.bars())
            .map(|bar| Bin {
                start_hour: edges.hours[bar],
                end_hour: edges.hours[bar + 1],
                by_mark: [0; MARKS],
                inside: [0; MARKS],
            })
            .collect();
        for inside in [false, true] {
            for mark in 0..MARKS {
                let line = self.line(inside, mark);
                let mut each = 0_u64;
                for (bar, bin) in bins.iter_mut().enumerate() {
                    each = each.wrapping_add(self.rise[line + bar]);
                    let spread = each.wrapping_mul(edges.length(bar));
                    let units = self.whole[line + bar].wrapping_mul(UNIT);
                    let units = units
                        .wrapping_add(self.parts[line + bar])
                        .wrapping_add(spread);
                    bin.by_mark[mark] = bin.by_mark[mark].wrapping_add(units);
                    if inside {
                        bin.inside[mark] = units;
                    }
                }
            }
        }
        Histogram { width, bins }
    }
}
