//! What a part of a filter is: how it tests rows, what there is to choose, how it is said, and how it
//! is set by hand and by flags. The parts themselves are in [`super::parts`].

use super::ask::Ask;
use super::control::Panel;
use super::flags::{Flag, Given};
use super::wording::{Chip, Words};
use crate::domain::Filter;
use crate::index::{Columns, NameId, Names, Row, Wanted};
use crate::locale::Problem;
use std::ops::Range;

/// One part of a filter. Window, pages and command line show what it declares.
pub struct FilterPart {
    /// The columns it reads.
    pub needs: Wanted,
    /// `None` where no row is judged by it.
    pub verdict: Option<Verdict>,
    /// `None` where there is nothing to count.
    pub options: Option<Options>,
    /// Whether the filter asks for it, and how that is taken off.
    pub is_set: fn(&Filter) -> bool,
    pub clear: fn(&mut Filter),
    /// What is set, each to be taken off.
    pub chips: fn(&Words<'_>) -> Vec<Chip>,
    /// The same as sentences of a page.
    pub sentences: fn(&Words<'_>) -> Vec<String>,
    /// `None` where it is set elsewhere than in the panel of filters.
    pub panel: Option<Panel>,
    pub flags: &'static [Flag],
    /// Sets what the flags given ask for; names are looked up in the columns.
    pub read: fn(&Given, &Columns, &mut Filter) -> Result<(), Problem>,
}

/// How rows are judged by a part.
pub struct Verdict {
    /// Whether two questions ask the same of it.
    pub same: fn(&Ask<'_>, &Ask<'_>) -> bool,
    /// Made ready for one set of columns, so that names are looked up once; `None` lets all through.
    pub test: fn(&Columns, &Ask<'_>) -> Option<Test>,
}

/// Marks rows in one loop over their columns.
pub type Test = Box<dyn Fn(&Columns, Marks<'_>) + Send + Sync>;

/// The bit of one part on some rows.
pub struct Marks<'a> {
    first: usize,
    failed: &'a mut [u16],
    bit: u16,
}

impl<'a> Marks<'a> {
    pub(super) fn new(first: usize, failed: &'a mut [u16], bit: u16) -> Marks<'a> {
        Marks { first, failed, bit }
    }

    pub fn rows(&self) -> Range<usize> {
        self.first..self.first + self.failed.len()
    }

    /// Whether each row passes, in their order.
    pub fn set(self, passes: impl Iterator<Item = bool>) {
        for (failed, passes) in self.failed.iter_mut().zip(passes) {
            *failed = (*failed & !self.bit) | (u16::from(!passes) * self.bit);
        }
    }

    /// All pass.
    pub(super) fn clear(self) {
        self.failed.iter_mut().for_each(|f| *f &= !self.bit);
    }
}

/// What people choose from in a part, each option by its number.
pub struct Options {
    pub len: fn(&Columns) -> usize,
    /// Adds the numbers of a row.
    pub of_row: fn(&Columns, usize, &mut Vec<usize>),
    /// Counts the options of rows, in one loop.
    pub(super) count: fn(&Columns, &[Row], &mut [u32]),
    /// Where several parts are counted with one look at a row: which of its keys has which option.
    pub(super) shared: Option<(Shared, OfKey)>,
}

/// The option that a key of such a table stands for.
type OfKey = fn(usize) -> Option<usize>;

/// Tables of rows that pass, for more than one part each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// By [`Columns::traits`].
    Traits,
    /// By [`crate::index::RowActor::bits`].
    Actors,
}

/// The options of rows; [`Options::of`] makes loops of it.
pub trait HasOptions {
    fn len(columns: &Columns) -> usize;
    fn each(columns: &Columns, row: usize, put: impl FnMut(usize));
}

impl Options {
    pub const fn of<T: HasOptions>() -> Options {
        Options {
            len: T::len,
            of_row: |columns, row, to| T::each(columns, row, |option| to.push(option)),
            count: |columns, rows, table| {
                for row in rows {
                    T::each(columns, *row as usize, |option| table[option] += 1);
                }
            },
            shared: None,
        }
    }

    /// How many of these rows have each.
    #[must_use]
    pub fn counts(&self, columns: &Columns, rows: &[Row]) -> Vec<u32> {
        let mut counts = vec![0; (self.len)(columns)];
        (self.count)(columns, rows, &mut counts);
        counts
    }

    pub const fn shared(self, table: Shared, option: OfKey) -> Options {
        Options {
            shared: Some((table, option)),
            ..self
        }
    }
}

/// By id, which names are meant.
pub fn wanted(names: &Names, is: impl Fn(&str) -> bool) -> Vec<bool> {
    names.iter().map(|(_, name)| is(name)).collect()
}

/// Marks the rows whose name is among those wanted.
pub fn has_name(wanted: Vec<bool>, column: fn(&Columns) -> &[NameId]) -> Test {
    Box::new(move |columns, marks| {
        let ids = column(columns)[marks.rows()].iter();
        marks.set(ids.map(|id| wanted.get(id.0 as usize) == Some(&true)));
    })
}
