//! Which column gives which field.

use super::dates::{DayOrder, Orders};
use super::field::{ColumnName, Field, normal};
use super::formats::{Record, Shape, Table};
use super::options::Options;
use super::profiles::Profile;
use super::report::{Fault, OWN_COLUMNS};
use crate::domain::PlaceNames;
use crate::locale::Problem;
use std::path::Path;

/// The column of each field, and how dates with slashes are read.
pub struct Mapping {
    /// Index of the column by field.
    columns: Vec<Option<usize>>,
    /// By column: whether a field reads it.
    taken: Vec<bool>,
    /// Names of the columns, to be found by.
    names: Vec<ColumnName>,
    /// Whether rows are series, which need no position and whose profile sees to their times.
    gives_series: bool,
    pub day_order: DayOrder,
    /// What the dates looked at tell of it.
    pub orders: Orders,
    /// Longitude and latitude stand in each other's columns, as the user has said.
    pub swap: bool,
    /// Rows without coordinates are located by the names of their places.
    pub gazetteer: bool,
    /// Zone of clock times that name none; see [`Options::zone`].
    pub zone: Option<String>,
}

impl Mapping {
    /// Columns the user names win; then each field takes the first of its names that is there.
    ///
    /// # Errors
    /// A column given by the user is not in the file.
    pub fn new(
        path: &Path,
        profile: &dyn Profile,
        table: &Table,
        options: &Options,
    ) -> Result<Mapping, Problem> {
        let mut mapping = Mapping {
            columns: vec![None; Field::ALL.len()],
            // What the program wrote beside rejected rows is not part of them.
            taken: table
                .columns
                .iter()
                .map(|c| c.starts_with(OWN_COLUMNS))
                .collect(),
            names: ColumnName::all(&table.columns),
            gives_series: profile.gives_series(),
            day_order: DayOrder::DayFirst,
            orders: Orders::default(),
            swap: options.swap,
            gazetteer: options.gazetteer,
            zone: options.zone.clone(),
        };
        for (field, column) in &options.map {
            let exact = table.columns.iter().position(|c| c == column);
            let index = exact.or_else(|| mapping.named(&normal(column)));
            let Some(index) = index else {
                return Err(Problem::file("problem-map-column", path)
                    .with("field", field.code())
                    .with("column", column)
                    .with("found", listed(&table.columns)));
            };
            mapping.set(*field, index);
        }
        for (field, synonyms) in profile.columns() {
            if mapping.index(field).is_none() && !options.unmap.contains(&field) {
                let free = |is: fn(&ColumnName, &str) -> bool| {
                    let of = |name: &&str| {
                        let at = mapping.names.iter().position(|n| is(n, name));
                        at.filter(|i| !mapping.taken[*i])
                    };
                    synonyms.iter().find_map(of)
                };
                let found = free(|n, known| n.normal == known)
                    .or_else(|| free(ColumnName::is_beginning_of));
                if let Some(index) = found {
                    mapping.set(field, index);
                }
            }
        }
        mapping.leave_second_position(table, options);
        let sample = table.sample.records.iter();
        sample.for_each(|record| mapping.add_dates(record));
        if let Some(order) = options.day_order {
            mapping.day_order = order;
        }
        Ok(mapping)
    }

    fn set(&mut self, field: Field, index: usize) {
        self.columns[field as usize] = Some(index);
        // These are also kept as what the file says: a row that differs in its version alone has
        // changed, and not every clock time makes a moment.
        self.taken[index] |= !matches!(field, Field::Version | Field::Time | Field::Zone);
    }

    /// Where rows have a position without it, a column of both coordinates is one more to be kept.
    fn leave_second_position(&mut self, table: &Table, options: &Options) {
        let has_both = self.index(Field::Lon).is_some() && self.index(Field::Lat).is_some();
        let is_asked = options.map.iter().any(|(f, _)| *f == Field::Coordinates);
        if let Some(index) = self.index(Field::Coordinates)
            && (has_both || table.has_shapes)
            && !is_asked
        {
            self.columns[Field::Coordinates as usize] = None;
            self.taken[index] = false;
        }
    }

    fn named(&self, normal: &str) -> Option<usize> {
        self.names.iter().position(|n| n.normal == normal)
    }

    pub fn index(&self, field: Field) -> Option<usize> {
        self.columns.get(field as usize).copied().flatten()
    }

    /// Fields that a row cannot do without and that no column gives.
    pub fn missing(&self, table: &Table) -> Vec<Field> {
        let has = |field: Field| self.index(field).is_some();
        if self.gives_series {
            return Vec::new();
        }
        // Places are told apart by their values; areas and lines need no date, and a few points
        // without one need not sink them.
        let of_points = !table.has_shapes
            || (table.sample.has_points && !table.sample.has_areas && !table.sample.has_lines);
        let mut missing = Vec::new();
        if of_points && !has(Field::Start) {
            missing.push(Field::Start);
        }
        let by_name = self.gazetteer && [Field::Place, Field::Admin2].into_iter().any(has);
        if !table.has_shapes && !has(Field::Coordinates) && !by_name {
            let coordinates = [Field::Lat, Field::Lon].into_iter();
            missing.extend(coordinates.filter(|field| !has(*field)));
        }
        missing
    }

    /// # Errors
    /// No column is found for the date, or none for the position where rows do not bring their own.
    pub fn check(&self, path: &Path, table: &Table) -> Result<(), Problem> {
        let missing = self.missing(table);
        let Some(first) = missing.first() else {
            return Ok(());
        };
        // Numbers of years at places, as many offices give them.
        let is_measure = |name: &&ColumnName| measure_and_year(&name.normal).is_some();
        if missing == [Field::Start] && self.names.iter().any(|n| is_measure(&n)) {
            return Err(Problem::file("problem-columns-places", path)
                .with("wanted", Field::Start.synonyms()[..5].join(", "))
                .with("found", listed(&table.columns)));
        }
        let wanted: Vec<String> = missing
            .iter()
            .map(|f| format!("{} ({}…)", f.code(), f.synonyms()[..5].join(", ")))
            .collect();
        Err(Problem::file("problem-columns-missing", path)
            .with("wanted", wanted.join("; "))
            .with("found", listed(&table.columns))
            .with("field", first.code()))
    }

    /// Settles whether 03/02 is in February or in March by what the dates of one more record tell.
    pub fn add_dates(&mut self, record: &Record) {
        for field in [Field::Start, Field::End, Field::SourceDate] {
            if let Some(index) = self.index(field) {
                self.orders.add(record.get(index));
            }
        }
        self.day_order = self.orders.order().0;
    }

    /// Field code and column of each field that has one.
    pub fn listed(&self, columns: &[String]) -> Vec<(String, String)> {
        Field::ALL
            .iter()
            .filter_map(|f| Some((f.code().to_owned(), columns.get(self.index(*f)?)?.clone())))
            .collect()
    }
}

/// `trucks2018`, `trucks_2018`, `Trucks 2018`: what was counted, and the year.
pub fn measure_and_year(name: &str) -> Option<(&str, i16)> {
    let at = name.len().checked_sub(4).filter(|at| *at > 0)?;
    let (measure, year) = (name.get(..at)?, name.get(at..)?);
    let year = year
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| year.parse().ok())??;
    let measure = measure.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plausible = (1800..2200).contains(&year) && measure.ends_with(char::is_alphabetic);
    plausible.then_some((measure, year))
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

    /// The text of [`Row::named`]; empty where there is no such column.
    pub fn cell(&self, normal: &str) -> &'a str {
        self.named(normal).map_or("", |(_, text)| text)
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
