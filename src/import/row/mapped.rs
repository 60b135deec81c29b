//! A record seen through a mapping: what a profile reads.

use super::field::Field;
use super::look::day_of_number;
use super::mapping::{Mapping, word};
use super::tally::Tally;
use crate::domain::area::LonLat;
use crate::domain::filter::is_mark;
use crate::domain::{Kind, PlaceNames};
use crate::import::fault::{Fault, OWN_COLUMNS};
use crate::import::formats::{Record, Shape};
use crate::import::values::{DayOrder, given, normal};
use crate::locale::TextKey;
use jiff::civil::Date;

/// A record seen through a mapping.
pub struct Row<'a> {
    record: &'a Record,
    columns: &'a [String],
    mapping: &'a Mapping,
    /// A point of the row's own shape, where it brings one.
    anchor: Option<LonLat>,
}

impl<'a> Row<'a> {
    pub fn new(record: &'a Record, columns: &'a [String], mapping: &'a Mapping) -> Row<'a> {
        let anchor = match &record.shape {
            Shape::Point { lon, lat } => Some([*lon, *lat]),
            _ => None,
        };
        Row {
            record,
            columns,
            mapping,
            anchor,
        }
    }

    /// The same, whose shape has been taken from its record.
    pub fn with_anchor(self, anchor: Option<LonLat>) -> Row<'a> {
        Row { anchor, ..self }
    }

    /// A point of the row's own shape, longitude first.
    pub fn anchor(&self) -> Option<LonLat> {
        self.anchor
    }

    /// The day on which the file is read: what lies after it has not happened.
    pub fn today(&self) -> Date {
        self.mapping.today
    }

    /// Whether the format writes all of its times in UTC.
    pub fn times_are_utc(&self) -> bool {
        self.mapping.times_are_utc
    }

    /// Whether the column of dates has moments in UTC that are not midnight, so that midnight is one.
    pub fn has_moments(&self) -> bool {
        self.mapping.look.has_moments()
    }

    /// The day of a spreadsheet's number, where the dates of the file are such.
    pub fn day_of_number(&self, text: &str) -> Option<Date> {
        let is_asked = self.mapping.look.has_day_numbers();
        is_asked.then(|| day_of_number(text))?
    }

    /// Whether the user has said that a spreadsheet took days for months, see [`Look::half`].
    ///
    /// [`Look::half`]: super::look::Look::half
    pub fn is_half_converted(&self) -> bool {
        self.mapping.half_converted == Some(true) && self.mapping.look.half().is_some()
    }

    /// Whether areas of the file are estimates: some row names an actor or a relation.
    pub fn gives_estimates(&self) -> bool {
        self.mapping.gives_estimates
    }

    /// Whether coordinates of the first rows are degrees, so that others are no metres.
    pub fn has_degrees(&self) -> bool {
        self.mapping.has_degrees
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
            Some(_) if field == Field::Country && self.written(field) == "NA" => "NA",
            // That of North Dakota too.
            Some(_) if field == Field::Admin1 && self.written(field) == "ND" => "ND",
            Some(_) => valued(self.written(field)),
            None => self.written(field),
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
        Fault::new(reason, self.column(field), self.written(field))
    }

    /// The name of the column that gives `field`, else the code of the field.
    pub fn column(&self, field: Field) -> &'a str {
        let column = self.mapping.index(field).and_then(|i| self.columns.get(i));
        column.map_or(field.code(), String::as_str)
    }

    /// What a field tells of how sure or how exact something is, which never costs the row: what
    /// `read` cannot read is counted, and stays with the row as the file has it.
    pub fn quality<T>(
        &self,
        field: Field,
        read: impl Fn(&str) -> Option<T>,
        extra: &mut Vec<(String, String)>,
        tally: &mut Tally,
    ) -> Option<T> {
        let text = given(self.get(field))?;
        let found = read(text);
        if found.is_none() {
            self.count(field, text!("note-quality-unread"; column, n, words), tally);
            self.keep(field, extra);
        }
        found
    }

    /// Counts the text of a field, which stays with the row, for the note of this key.
    pub fn count(&self, field: Field, key: TextKey, tally: &mut Tally) {
        tally.word(key, self.column(field), self.get(field));
    }

    /// Which delivery of the row is newer; `None` where the file does not say, or not by a number.
    pub fn version(&self) -> Option<i64> {
        self.get(Field::Version).parse().ok()
    }

    /// Puts a column among the others of the row, once.
    pub fn keep(&self, field: Field, extra: &mut Vec<(String, String)>) {
        let kept = self
            .kept(field)
            .filter(|(name, _)| extra.iter().all(|(n, _)| n != name));
        extra.extend(kept);
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
        let shapes = self.mapping.shape_column.and_then(|i| self.columns.get(i));
        self.cells()
            .map(|(name, value, _)| (name, valued(value)))
            .filter(move |(name, value)| !value.is_empty() && !name.starts_with(OWN_COLUMNS))
            .filter(move |(name, _)| shapes.is_none_or(|shapes| shapes != name))
    }

    /// The cell that says that the row sums up others, with its column: one of the first that are filled is a
    /// word for a total.
    pub fn total(&self) -> Option<(&'a str, &'a str)> {
        const WORDS: [&str; 8] = [
            "total",
            "totales",
            "totals",
            "totalgeneral",
            "grantotal",
            "grandtotal",
            "subtotal",
            "sumatotal",
        ];
        // A municipality of Yucatán is called Suma: without a date or a position it is none.
        const OTHERS: [&str; 2] = ["suma", "sum"];
        let lacks = |fields: &[Field]| fields.iter().all(|field| self.get(*field).is_empty());
        let is_bare = || {
            self.anchor.is_none()
                && (lacks(&[Field::Start, Field::Year]) || lacks(&[Field::Lat, Field::Coordinates]))
        };
        const LOOKED_AT: usize = 3;
        let first = self.cells().take(LOOKED_AT);
        let mut labels = first.filter(|(_, label, _)| {
            // Nearly every cell begins with something else.
            let first = label.bytes().next().map(|b| b.to_ascii_lowercase());
            matches!(first, Some(b't' | b's' | b'g')) && label.len() <= 40
        });
        let total = labels.find(|(_, label, _)| {
            let word = normal(label);
            let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
            let lower = label.to_lowercase();
            let begins = ["total ", "subtotal "]
                .iter()
                .any(|start| lower.starts_with(start));
            WORDS.contains(&word) || begins || (OTHERS.contains(&word) && is_bare())
        });
        total.map(|(column, label, _)| (column, label))
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

/// Without white space and unseen marks at its ends, which few cells have.
fn trimmed(text: &str) -> &str {
    let is_blank = |c: char| c.is_whitespace() || is_mark(c);
    match text.as_bytes() {
        [] => text,
        [one] | [one, .., _] if !one.is_ascii_graphic() => text.trim_matches(is_blank),
        [.., last] if !last.is_ascii_graphic() => text.trim_matches(is_blank),
        _ => text,
    }
}

/// The text, or nothing where it only says that there is no value: an actor of the name NULL would be
/// none.
fn valued(text: &str) -> &str {
    given(text).unwrap_or_default()
}
