//! Two times side by side: what passes the rest of the filter in each.

use super::ask::Window;
use super::figure::Figure;
use super::judge::Judged;
use super::parts::Part;
use super::select::Selection;
use crate::domain::Kind;
use crate::domain::when::day_number;
use crate::index::{Columns, Row};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Two windows of days, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compare {
    pub a: (Date, Date),
    pub b: (Date, Date),
}

impl Compare {
    /// Whether both begin before they end: a file may say otherwise.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.a.0 <= self.a.1 && self.b.0 <= self.b.1
    }
}

/// What lies in one of the two windows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    pub selection: Selection,
    /// Of the window.
    pub days: i32,
    /// Incidents and deaths by `Kind as usize`, in the order of [`Figure::ALL`].
    pub kinds: [[u64; Kind::ALL.len()]; Figure::ALL.len()],
}

impl Side {
    #[must_use]
    pub fn a_day(&self, figure: Figure) -> f64 {
        self.sum(figure) as f64 / f64::from(self.days.max(1))
    }

    /// Incidents or deaths in it.
    #[must_use]
    pub fn sum(&self, figure: Figure) -> u64 {
        self.selection.sum(figure)
    }
}

/// Both windows with their rows. A row whose date is uncertain may lie in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub windows: Compare,
    pub a: Side,
    pub b: Side,
}

impl Compared {
    /// Of the rows that pass all but the time of a filter; `certain` as in
    /// [`crate::domain::Filter::certain`].
    #[must_use]
    pub fn of(columns: &Columns, judged: &Judged, certain: bool, windows: Compare) -> Compared {
        let side = |(from, to): (Date, Date)| {
            let window = Window {
                from: day_number(from),
                to: day_number(to),
            };
            let rows = rows_within(columns, judged, certain, window);
            let mut kinds = [[0; Kind::ALL.len()]; Figure::ALL.len()];
            for row in &rows {
                let kind = columns.kind[*row as usize] as usize;
                for (sums, figure) in kinds.iter_mut().zip(Figure::ALL) {
                    sums[kind] += u64::from(figure.of(columns, *row));
                }
            }
            Side {
                selection: Selection::of(columns, rows.into_iter(), window),
                days: window.to - window.from + 1,
                kinds,
            }
        };
        let (a, b) = rayon::join(|| side(windows.a), || side(windows.b));
        Compared { windows, a, b }
    }

    /// What lies in either, once each and ascending.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = [&self.a, &self.b]
            .map(|side| side.selection.rows.as_slice())
            .concat();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// How many times as many there are in B as in A, and how many times as many a day; `None`
    /// where A has none.
    #[must_use]
    pub fn times(&self, figure: Figure) -> Option<(f64, f64)> {
        let (a, b) = (self.a.sum(figure), self.b.sum(figure));
        let daily = || self.b.a_day(figure) / self.a.a_day(figure);
        (a > 0).then(|| (b as f64 / a as f64, daily()))
    }
}

/// The rows that pass all but the time of a filter and lie in a window, ascending; `certain` as in
/// [`crate::domain::Filter::certain`].
#[must_use]
pub fn rows_within(columns: &Columns, judged: &Judged, certain: bool, window: Window) -> Vec<Row> {
    let from = super::bins::hour_of(window.from);
    let until = super::bins::hour_of(window.to) + super::bins::HOURS;
    let in_it = |row: usize| {
        if certain {
            window.holds(columns, row)
        } else {
            columns.start_day[row] <= window.to && columns.end_day[row] >= window.from
        }
    };
    judged.rows_within(
        super::histogram::touching(columns, from, until),
        Part::Time.bit(),
        |row| in_it(row as usize),
    )
}
