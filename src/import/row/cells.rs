//! The cells of a row by the names of their columns, for rows whose columns have fixed names in
//! English and Spanish whatever the profile.

use super::field::Field;
use super::mapped::Row;
use super::tally::Tally;
use crate::domain::LocalText;
use crate::import::fault::Fault;
use crate::import::values::{given, normal};

/// The cells of a row; those not asked for are left over.
pub struct Cells<'a> {
    left: Vec<(&'a str, &'a str)>,
}

/// A cell that was found, or an empty one under the name it is looked for by.
pub struct Cell<'a> {
    pub column: &'a str,
    pub text: &'a str,
}

impl<'a> Cells<'a> {
    pub fn of(row: &Row<'a>) -> Cells<'a> {
        Cells {
            // What the row says itself comes before what is given for all.
            left: row.properties().chain(row.values()).collect(),
        }
    }

    /// The first cell under one of the names, which are as [`normal`] writes them.
    pub fn take(&mut self, names: &[&'static str]) -> Cell<'a> {
        let named = |(column, _): &(&str, &str)| names.contains(&normal(column).as_str());
        match self.left.iter().position(named) {
            Some(at) => {
                let (column, text) = self.left.remove(at);
                Cell { column, text }
            }
            None => Cell {
                column: names[0],
                text: "",
            },
        }
    }

    /// Puts back a cell that turned out not to be what was asked for.
    pub fn give_back(&mut self, cell: Cell<'a>) {
        if !cell.text.is_empty() {
            self.left.push((cell.column, cell.text));
        }
    }

    /// A text and its Spanish, where there is one.
    pub fn local(&mut self, text: &[&'static str], es: &[&'static str]) -> LocalText {
        LocalText {
            text: self.take(text).text.to_owned(),
            es: Some(self.take(es).text.to_owned()).filter(|t| !t.is_empty()),
        }
    }

    /// What a field was read from is not left over.
    pub fn used(&mut self, row: &Row<'a>, field: Field) {
        let kept = row.kept(field).map(|(column, _)| column);
        let column = kept.as_deref().unwrap_or(field.code());
        self.left.retain(|(name, _)| *name != column);
    }

    /// What nobody asked for, in file order.
    pub fn left(self) -> Vec<(String, String)> {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        self.left.into_iter().map(owned).collect()
    }
}

impl<'a> Cell<'a> {
    /// As [`Row::quality`]: what cannot be read is counted and left over.
    pub fn quality<T>(
        self,
        cells: &mut Cells<'a>,
        read: impl Fn(&str) -> Option<T>,
        tally: &mut Tally,
    ) -> Option<T> {
        let found = read(given(self.text)?);
        if found.is_none() {
            tally.unread(self.column, self.text);
            cells.give_back(self);
        }
        found
    }

    pub fn fault(&self, reason: &'static str) -> Fault {
        Fault::new(reason, self.column, self.text)
    }

    /// `None` where empty.
    pub fn read<T>(
        &self,
        reason: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        given(self.text)
            .map(|text| read(text).ok_or_else(|| self.fault(reason)))
            .transpose()
    }
}
