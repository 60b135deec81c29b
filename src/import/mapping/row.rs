//! A record seen through a mapping: what a profile reads.

use super::{Mapping, word};
use crate::domain::{Kind, PlaceNames};
use crate::import::dates::DayOrder;
use crate::import::field::Field;
use crate::import::formats::{Record, Shape};
use crate::import::report::{Fault, OWN_COLUMNS, Tally};
use crate::import::values::given;

/// A record seen through a mapping.
pub struct Row<'a> {
    record: &'a Record,
    columns: &'a [String],
    mapping: &'a Mapping,
}

impl<'a> Row<'a> {
    pub fn new(record: &'a Record, columns: &'a [String], mapping: &'a Mapping) -> Row<'a> {
        Row {
            record,
            columns,
            mapping,
        }
    }

    pub fn line(&self) -> u64 {
        self.record.line
    }

    pub fn day_order(&self) -> DayOrder {
        self.mapping.day_order
    }

    /// Whether longitude and latitude stand in each other's columns, as the user has said.
    pub fn is_swapped(&self) -> bool {
        self.mapping.swap
    }

    /// Whether the column of both coordinates is named with the longitude first.
    pub fn is_lon_first(&self) -> bool {
        let index = self.mapping.index(Field::Coordinates);
        let name = index.and_then(|i| self.mapping.names.get(i));
        name.is_some_and(|n| ["lonlat", "longlat", "lnglat"].contains(&n.normal.as_str()))
    }

    /// Whether the user wants rows without coordinates to be located by their names.
    pub fn by_gazetteer(&self) -> bool {
        self.mapping.gazetteer
    }

    /// The kind of the first of `labels` that the user has said, then of the first that `known` has.
    /// What neither has is counted, and is [`Kind::Other`].
    pub fn kind(
        &self,
        labels: &[&str],
        known: impl Fn(&str) -> Option<Kind>,
        tally: &mut Tally,
    ) -> Kind {
        // No word at all is not a word that is not known.
        let mut labels = labels.iter().filter_map(|label| given(label));
        let said = |label: &str| self.mapping.kinds.get(&word(label)).copied();
        let said = match self.mapping.kinds.is_empty() {
            true => None,
            false => labels.clone().find_map(said),
        };
        let found = said.or_else(|| labels.clone().find_map(known));
        found.unwrap_or_else(|| {
            if let Some(word) = labels.next() {
                tally.unknown_kind(word);
            }
            Kind::Other
        })
    }

    /// The zone of clock times that name none, as the user gives it.
    pub fn zone(&self) -> Option<&'a str> {
        self.mapping.zone.as_deref()
    }

    pub fn places(&self) -> PlaceNames {
        PlaceNames {
            place: self.text(Field::Place),
            admin2: self.text(Field::Admin2),
            admin1: self.text(Field::Admin1),
            country: self.text(Field::Country),
        }
    }

    /// A column by its name as [`normal`] writes it, with the name that the file has for it.
    pub fn named(&self, normal: &str) -> Option<(&'a str, &'a str)> {
        let at = self.mapping.named(normal)?;
        Some((self.columns.get(at)?, trimmed(self.record.get(at))))
    }

    /// The text of [`Row::named`]; empty where there is no such column, or no value.
    pub fn cell(&self, normal: &str) -> &'a str {
        self.named(normal).map_or("", |(_, text)| valued(text))
    }

    /// The point the row brings along, longitude first.
    pub fn point(&self) -> Option<(f64, f64)> {
        match self.record.shape {
            Shape::Point { lon, lat } => Some((lon, lat)),
            _ => None,
        }
    }

    /// Trimmed; empty where neither a column nor a value for all rows gives the field, or the cell
    /// has no value.
    pub fn get(&self, field: Field) -> &'a str {
        match self.mapping.index(field) {
            // The code of Namibia is one.
            Some(_) if field != Field::Country => valued(self.written(field)),
            _ => self.written(field),
        }
    }

    /// As the file has it, or the user gave it for all rows.
    fn written(&self, field: Field) -> &'a str {
        match self.mapping.index(field) {
            Some(index) => trimmed(self.record.get(index)),
            None => self.mapping.value(field).unwrap_or_default(),
        }
    }

    /// The values that all rows have, each under the code of its field.
    pub fn values(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mapping = self.mapping;
        mapping.values().map(|(field, value)| (field.code(), value))
    }

    pub fn text(&self, field: Field) -> String {
        self.get(field).to_owned()
    }

    /// The parts of a list separated by `;`.
    pub fn list(&self, field: Field) -> impl Iterator<Item = &'a str> {
        self.get(field)
            .split(';')
            .map(str::trim)
            .filter(|s| !s.is_empty())
    }

    /// A fault in the column that gives `field`.
    pub fn fault(&self, field: Field, reason: &'static str) -> Fault {
        let column = self.mapping.index(field).and_then(|i| self.columns.get(i));
        let column = column.map_or(field.code(), String::as_str);
        Fault::new(reason, column, self.written(field))
    }

    /// Every column with a value, in file order, with whether a field takes it.
    pub fn cells(&self) -> impl Iterator<Item = (&'a str, &'a str, bool)> {
        let own = self.columns.iter().enumerate().map(|(i, name)| {
            let taken = self.mapping.taken.get(i).copied().unwrap_or(false);
            (name.as_str(), trimmed(self.record.get(i)), taken)
        });
        let further = self.record.further.iter();
        own.chain(further.map(|(name, value)| (name.as_str(), value.trim(), false)))
            .filter(|(_, value, _)| !value.is_empty())
    }

    /// As [`Row::cells`] for rows whose columns have fixed names: without the shape and what the
    /// program wrote beside them.
    pub fn properties(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let ways = self.mapping.ways.and_then(|i| self.columns.get(i));
        self.cells()
            .map(|(name, value, _)| (name, valued(value)))
            .filter(move |(name, value)| !value.is_empty() && !name.starts_with(OWN_COLUMNS))
            .filter(move |(name, _)| ways.is_none_or(|ways| ways != name))
    }

    /// The columns that no field took.
    pub fn extra(&self) -> Vec<(String, String)> {
        self.cells()
            .filter(|(_, _, taken)| !taken)
            .map(|(name, value, _)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// A column as the file has it, to be kept though a field read it: where the field could not
    /// hold all that it says.
    pub fn kept(&self, field: Field) -> Option<(String, String)> {
        let name = self.columns.get(self.mapping.index(field)?)?;
        Some((name.clone(), self.text(field)))
    }
}

/// Without white space at its ends, which few cells have.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [one] | [one, .., _] if !one.is_ascii_graphic() => text.trim(),
        [.., last] if !last.is_ascii_graphic() => text.trim(),
        _ => text,
    }
}

/// The text, or nothing where it is R's word for a missing value, which stands in every text column
/// of a table that R wrote: an actor of that name would be none.
fn valued(text: &str) -> &str {
    if text == "NA" { "" } else { text }
}
