//! Which column gives which field.

use super::field::{ColumnName, Field, measure_and_year};
use super::look::{IdColumn, Look, NoId};
use super::options::Options;
use crate::domain::Kind;
use crate::import::formats::{Record, Table};
use crate::import::values::{DayOrder, normal};
use crate::locale::Problem;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;

/// Names of the columns a field may be read from, the preferred one first, as [`normal`] writes them.
pub type FieldColumns = (Field, &'static [&'static str]);

/// What of a file the rows of a profile are read from.
pub struct Columns {
    /// Id of the profile, for messages.
    pub profile: &'static str,
    pub fields: Vec<FieldColumns>,
    /// Whether it is that of people's own tables, whose columns are also found by rank, endings and content.
    pub is_own: bool,
    /// Whether its rows are series of numbers at places, which need no position.
    pub gives_series: bool,
    /// Whether all rows may be given a value for what no column gives.
    pub takes_values: bool,
}

/// The columns, in their plain form, that name who is said to hold an area.
pub const ACTOR_COLUMNS: [&str; 8] = [
    "actor",
    "actor1",
    "grupo",
    "group",
    "cartel",
    "organizacion",
    "faccion",
    "grupoarmado",
];

/// The columns, in their plain form, that give the relation to the area.
pub const RELATION_COLUMNS: [&str; 3] = ["relation", "relacion", "predicate"];

/// The column of each field, and how dates with slashes are read.
pub struct Mapping {
    /// Index of the column by field.
    pub(super) columns: Vec<Option<usize>>,
    /// Values given for all rows, by field: only of fields without a column.
    pub(super) values: Vec<Option<String>>,
    /// The column that may hold lines and areas as text.
    pub(super) shape_column: Option<usize>,
    /// Whether it does in the first rows.
    pub(super) has_written_shapes: bool,
    /// By column: whether a field reads it.
    pub(super) taken: Vec<bool>,
    /// Names of the columns, to be found by.
    pub(super) names: Vec<ColumnName>,
    /// Whether rows are series, which need no position and whose profile sees to their times.
    pub(super) gives_series: bool,
    /// Whether the profile lets all rows be given a value.
    pub(super) takes_values: bool,
    pub day_order: DayOrder,
    /// What the rows looked at tell.
    pub look: Look,
    /// Whether ids of columns found by their names are looked at in every row.
    pub(super) asks_ids: bool,
    /// What became of a column that looked like one of ids.
    pub(super) no_id: Option<(usize, NoId)>,
    /// Columns with dates that no field reads.
    pub(super) other_dates: Vec<usize>,
    pub today: Date,
    /// Whether the format writes all of its times in UTC.
    pub times_are_utc: bool,
    /// Whether the user says that a spreadsheet took days for months; `None` where not asked yet.
    pub half_converted: Option<bool>,
    /// Whether areas are estimates, as some of the first rows, or a value for all, name an actor or a
    /// relation.
    pub gives_estimates: bool,
    /// Whether coordinates of most of the first rows are degrees with a fraction.
    pub has_degrees: bool,
    /// Longitude and latitude stand in each other's columns, as the user has said.
    pub swap: bool,
    /// Rows without coordinates are located by the names of their places.
    pub gazetteer: bool,
    /// Zone of clock times that name none; see [`Options::zone`].
    pub zone: Option<String>,
    /// What words of the file are, as the user says; the words as [`word`] writes them.
    pub(super) kinds: HashMap<String, Kind>,
}

impl Mapping {
    /// The columns with dates that are not read.
    pub fn other_dates(&self) -> &[usize] {
        &self.other_dates
    }

    /// Whether all rows are to be looked at, beyond the first ones.
    pub fn asks_for_all(&self, options: &Options) -> bool {
        (options.day_order.is_none() && self.look.orders.are_asked()) || self.asks_ids
    }

    /// Begins anew to look at rows, of the same columns.
    pub fn forget_looks(&mut self) {
        let ids = self
            .look
            .ids
            .iter()
            .map(|column| IdColumn::new(column.index))
            .collect();
        self.look = Look::default();
        self.look.ids = ids;
        for field in [Field::Start, Field::End, Field::SourceDate] {
            if let Some(value) = self.values[field as usize].clone() {
                self.look.orders.add(&value);
            }
        }
    }

    /// Draws the conclusions from the rows looked at.
    pub fn conclude(&mut self) {
        let faults: Vec<(usize, Option<NoId>)> = self
            .look
            .ids
            .iter()
            .map(|column| (column.index, column.fault(self.asks_ids)))
            .collect();
        // What was seen of a million ids is not needed any more.
        self.look.ids = Vec::new();
        let Some((first, Some(fault))) = faults.first().copied() else {
            return;
        };
        self.no_id = Some((first, fault));
        self.columns[Field::Id as usize] = None;
        self.taken[first] = false;
        if let Some((index, _)) = faults.iter().find(|(_, fault)| fault.is_none()) {
            self.set(Field::Id, *index);
        }
    }

    /// The column that looked like one of ids and is none.
    pub fn no_id(&self) -> Option<(usize, NoId)> {
        self.no_id
    }

    pub(super) fn set(&mut self, field: Field, index: usize) {
        self.columns[field as usize] = Some(index);
        // These are also kept as what the file says: a row that differs in its version alone has
        // changed, and not every clock time makes a moment.
        self.taken[index] |= !matches!(
            field,
            Field::Version | Field::Time | Field::Zone | Field::Relation
        );
    }

    pub(super) fn named(&self, normal: &str) -> Option<usize> {
        self.names.iter().position(|n| n.normal == normal)
    }

    pub fn index(&self, field: Field) -> Option<usize> {
        self.columns.get(field as usize).copied().flatten()
    }

    /// The value that all rows have for a field.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.values.get(field as usize)?.as_deref()
    }

    /// The column that may hold lines and areas as text.
    pub fn shape_column(&self) -> Option<usize> {
        self.shape_column
    }

    /// Fields that a row cannot do without and that no column gives.
    pub fn missing(&self, table: &Table) -> Vec<Field> {
        let has = |field: Field| self.index(field).is_some() || self.value(field).is_some();
        if self.gives_series {
            return Vec::new();
        }
        // Places differ by their values; areas and lines need no date, and a few points
        // without one need not sink them.
        let of_points = (!table.has_shapes && !self.has_written_shapes)
            || (table.sample.has_points && !table.sample.has_areas && !table.sample.has_lines);
        let mut missing = Vec::new();
        if of_points && !has(Field::Start) && !has(Field::Year) {
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
            return Err(Problem::new(text!(
                "problem-columns-places",
                file = path.display(),
                wanted = Field::Start.synonyms()[..5].join(", "),
                found = listed(&table.columns)
            )));
        }
        let wanted: Vec<String> = missing
            .iter()
            .map(|f| format!("{} ({}…)", f.code(), f.synonyms()[..5].join(", ")))
            .collect();
        Err(Problem::new(text!(
            "problem-columns-missing",
            file = path.display(),
            wanted = wanted.join("; "),
            found = listed(&table.columns),
            field = first.code(),
            undated = self.takes_values && missing.contains(&Field::Start),
            named = missing.contains(&Field::Lat)
                && [Field::Place, Field::Admin2, Field::Admin1]
                    .iter()
                    .any(|f| self.index(*f).is_some())
        )))
    }

    /// Takes one more record into account.
    pub fn look_at(&mut self, record: &Record) {
        let dates = [Field::Start, Field::End, Field::SourceDate].map(|field| self.index(field));
        self.look.add(dates, self.day_order, record);
        self.day_order = self.look.orders.order().0;
    }

    /// Field and value of each field that all rows have the same value for.
    pub fn values(&self) -> impl Iterator<Item = (Field, &str)> {
        let all = Field::ALL.iter();
        all.filter_map(|field| Some((*field, self.value(*field)?)))
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
pub(super) fn listed(columns: &[String]) -> String {
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

/// A word for what happened as it is looked up: one of signs alone stands for itself.
pub(super) fn word(text: &str) -> String {
    match normal(text) {
        normal if normal.is_empty() => text.trim().to_owned(),
        normal => normal,
    }
}
