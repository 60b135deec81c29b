//! Which column gives which field.

use super::dates::DayOrder;
use super::field::{Field, normal};
use super::formats::{Record, Shape, Table};
use super::profiles::Profile;
use super::report::Fault;
use crate::locale::Problem;
use std::path::Path;

/// The column of each field, and how dates with slashes are read.
pub struct Mapping {
    /// Index of the column by field.
    columns: Vec<Option<usize>>,
    /// By column: whether a field reads it.
    taken: Vec<bool>,
    pub day_order: DayOrder,
}

/// A mapping comes with what people should know of it.
type Mapped = (Mapping, Vec<Problem>);

impl Mapping {
    /// Columns the user names win; then each field takes the first of its names that is there.
    ///
    /// # Errors
    /// A column given by the user is not in the file, or none is found for the date, or none for
    /// the position where rows do not bring their own.
    pub fn new(
        path: &Path,
        profile: &dyn Profile,
        table: &Table,
        given: &[(Field, String)],
    ) -> Result<Mapped, Problem> {
        let names: Vec<String> = table.columns.iter().map(|c| normal(c)).collect();
        let mut mapping = Mapping {
            columns: vec![None; Field::ALL.len()],
            taken: vec![false; names.len()],
            day_order: DayOrder::DayFirst,
        };
        for (field, column) in given {
            let exact = table.columns.iter().position(|c| c == column);
            let index = exact.or_else(|| names.iter().position(|n| *n == normal(column)));
            let Some(index) = index else {
                return Err(Problem::file("problem-map-column", path)
                    .with("field", field.code())
                    .with("column", column)
                    .with("found", listed(&table.columns)));
            };
            mapping.set(*field, index);
        }
        for (field, synonyms) in profile.columns() {
            if mapping.index(field).is_none() {
                let free = |name: &&str| {
                    names
                        .iter()
                        .position(|n| n == name)
                        .filter(|i| !mapping.taken[*i])
                };
                if let Some(index) = synonyms.iter().find_map(free) {
                    mapping.set(field, index);
                }
            }
        }
        mapping.check(path, table)?;
        let notes = mapping.settle_day_order(path, table);
        Ok((mapping, notes.into_iter().collect()))
    }

    fn set(&mut self, field: Field, index: usize) {
        self.columns[field as usize] = Some(index);
        self.taken[index] = true;
    }

    pub fn index(&self, field: Field) -> Option<usize> {
        self.columns.get(field as usize).copied().flatten()
    }

    fn check(&self, path: &Path, table: &Table) -> Result<(), Problem> {
        let needed: &[Field] = match (table.has_shapes, table.sample.has_points) {
            (false, _) => &[Field::Start, Field::Lat, Field::Lon],
            // Areas need no date, and a few points without one need not sink them.
            (true, true) if !table.sample.has_areas => &[Field::Start],
            _ => &[],
        };
        let missing: Vec<Field> = needed
            .iter()
            .copied()
            .filter(|f| self.index(*f).is_none())
            .collect();
        let Some(first) = missing.first() else {
            return Ok(());
        };
        let wanted: Vec<String> = missing
            .iter()
            .map(|f| format!("{} ({}…)", f.code(), f.synonyms()[..5].join(", ")))
            .collect();
        Err(Problem::file("problem-columns-missing", path)
            .with("wanted", wanted.join("; "))
            .with("found", listed(&table.columns))
            .with("field", first.code()))
    }

    /// Whether 03/02 is in February or in March, by those dates of the sample that leave no
    /// choice.
    fn settle_day_order(&mut self, path: &Path, table: &Table) -> Option<Problem> {
        let dates = [Field::Start, Field::End, Field::SourceDate];
        let columns: Vec<usize> = dates.iter().filter_map(|f| self.index(*f)).collect();
        let texts = table
            .sample
            .records
            .iter()
            .flat_map(|r| columns.iter().map(|i| r.get(*i)));
        let (order, key) = DayOrder::of(texts);
        self.day_order = order;
        key.map(|key| Problem::file(key, path))
    }

    /// Field code and column of each field that has one.
    pub fn listed(&self, columns: &[String]) -> Vec<(String, String)> {
        Field::ALL
            .iter()
            .filter_map(|f| Some((f.code().to_owned(), columns.get(self.index(*f)?)?.clone())))
            .collect()
    }
}

/// Names of columns in a message, not more than fit one.
fn listed(columns: &[String]) -> String {
    const SHOWN: usize = 20;
    let mut text = columns
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if columns.len() > SHOWN {
        text.push_str(", …");
    }
    if text.is_empty() {
        "–".to_owned()
    } else {
        text.chars().take(500).collect()
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

    /// The point the row brings along, longitude first.
    pub fn point(&self) -> Option<(f64, f64)> {
        match self.record.shape {
            Shape::Point { lon, lat } => Some((lon, lat)),
            _ => None,
        }
    }

    /// Trimmed; empty where no column gives the field.
    pub fn get(&self, field: Field) -> &'a str {
        let index = self.mapping.index(field);
        index.map_or("", |i| trimmed(self.record.get(i)))
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
        Fault::new(reason, column, self.get(field))
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
