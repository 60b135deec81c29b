//! Which column gives which field.

mod find;
mod row;

pub use row::Row;

use find::holds_coordinates;

use super::day_order::DayOrder;
use super::field::{ColumnName, Field, normal};
use super::formats::{Record, Table, written};
use super::look::{IdColumn, Look, NoId};
use super::options::Options;
use super::profiles::{self, Profile};
use super::report::{GEOMETRY, OWN_COLUMNS, REASON_COLUMN};
use super::territory::{ACTOR_COLUMNS, RELATION_COLUMNS};
use super::values::{decimal, given};
use crate::domain::Kind;
use crate::locale::Problem;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::Path;

/// The column of each field, and how dates with slashes are read.
pub struct Mapping {
    /// Index of the column by field.
    columns: Vec<Option<usize>>,
    /// Values given for all rows, by field: only of fields without a column.
    values: Vec<Option<String>>,
    /// The column that may hold lines and areas as text.
    ways: Option<usize>,
    /// Whether it does in the first rows.
    has_ways: bool,
    /// By column: whether a field reads it.
    taken: Vec<bool>,
    /// Names of the columns, to be found by.
    names: Vec<ColumnName>,
    /// Whether rows are series, which need no position and whose profile sees to their times.
    gives_series: bool,
    /// Whether the profile lets all rows be given a value.
    takes_values: bool,
    pub day_order: DayOrder,
    /// What the rows looked at tell.
    pub look: Look,
    /// Whether ids of columns found by their names are looked at in every row.
    asks_ids: bool,
    /// What became of a column that looked like one of ids.
    no_id: Option<(usize, NoId)>,
    /// Columns with dates that no field reads.
    other_dates: Vec<usize>,
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
    kinds: HashMap<String, Kind>,
}

impl Mapping {
    /// Found by what they are named and belong to, see [`Mapping::find_dates`].
    const DATES: [Field; 6] = [
        Field::Start,
        Field::End,
        Field::Year,
        Field::Month,
        Field::Day,
        Field::Time,
    ];

    /// Columns the user names win; then each field takes the first of its names that is there.
    ///
    /// # Errors
    /// A column given by the user is not in the file, or a field has both a column and a value for
    /// all rows, or may have no such value.
    pub fn new(
        path: &Path,
        profile: &dyn Profile,
        table: &Table,
        options: &Options,
    ) -> Result<Mapping, Problem> {
        let mut mapping = Mapping {
            columns: vec![None; Field::ALL.len()],
            values: vec![None; Field::ALL.len()],
            ways: None,
            has_ways: false,
            // What the program wrote beside rejected rows is not part of them.
            taken: table
                .columns
                .iter()
                .map(|c| c.starts_with(OWN_COLUMNS))
                .collect(),
            names: ColumnName::all(&table.columns),
            gives_series: profile.gives_series(),
            takes_values: super::given::PROFILES.contains(&profile.id()),
            day_order: DayOrder::DayFirst,
            look: Look::default(),
            asks_ids: false,
            no_id: None,
            other_dates: Vec::new(),
            today: jiff::Zoned::now().date(),
            times_are_utc: false,
            half_converted: options.half_converted,
            gives_estimates: false,
            has_degrees: false,
            swap: options.swap,
            gazetteer: options.gazetteer,
            zone: options.zone.clone(),
            kinds: options.kinds.iter().map(|(w, k)| (word(w), *k)).collect(),
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
        let is_own = profile.id() == profiles::OWN;
        if is_own {
            mapping.find_dates(options);
        }
        mapping.find_others(profile, table, options);
        if is_own {
            mapping.find_by_endings(table, options);
        }
        mapping.prefer_own_shapes(table, options);
        mapping.leave_second_position(table, options);
        mapping.find_ways(table);
        mapping.give(path, profile, table, options)?;
        mapping.find_ids(profile, options);
        mapping.has_degrees = mapping.are_degrees(table);
        mapping.gives_estimates = mapping.names_actors(table);
        let sample = table.sample.records.iter();
        sample.for_each(|record| mapping.look_at(record));
        if is_own {
            mapping.find_other_dates(table);
        }
        if let Some(order) = options.day_order {
            mapping.day_order = order;
        }
        Ok(mapping)
    }

    /// The first column that goes by one of these names and that no field reads.
    fn free(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let at = self.names.iter().position(|n| n.normal == *name);
            at.filter(|i| !self.taken[*i])
        })
    }

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

    fn names_actors(&self, table: &Table) -> bool {
        let of_all = [Field::Actor1, Field::Relation]
            .iter()
            .any(|field| self.value(*field).is_some());
        let columns: Vec<usize> = (0..self.names.len())
            .filter(|i| {
                let name = &self.names[*i].normal.as_str();
                ACTOR_COLUMNS.contains(name) || RELATION_COLUMNS.contains(name)
            })
            .collect();
        // A table of the program's own rejects was one of estimates.
        let is_ours = table.columns.iter().any(|c| c == REASON_COLUMN);
        let records = &table.sample.records;
        let named = |r: &Record| columns.iter().any(|i| given(r.get(*i).trim()).is_some());
        of_all || is_ours || records.iter().any(named)
    }

    fn are_degrees(&self, table: &Table) -> bool {
        let [Some(lat), Some(lon)] = [Field::Lat, Field::Lon].map(|field| self.index(field)) else {
            return false;
        };
        let is_degree =
            |text: &str| decimal(text.trim()).is_some_and(|n| n.abs() <= 180.0 && n.fract() != 0.0);
        let records = &table.sample.records;
        let degrees = records
            .iter()
            .filter(|r| is_degree(r.get(lat)) && is_degree(r.get(lon)))
            .count();
        degrees > 0 && (degrees * 2 >= records.len() || records.len() < 8)
    }

    fn set(&mut self, field: Field, index: usize) {
        self.columns[field as usize] = Some(index);
        // These are also kept as what the file says: a row that differs in its version alone has
        // changed, and not every clock time makes a moment.
        self.taken[index] |= !matches!(
            field,
            Field::Version | Field::Time | Field::Zone | Field::Relation
        );
    }

    /// Finds columns by their names for the fields that have none.
    fn find_others(&mut self, profile: &dyn Profile, table: &Table, options: &Options) {
        let is_own = profile.id() == profiles::OWN;
        for (field, synonyms) in profile.columns() {
            let is_done = is_own && Mapping::DATES.contains(&field);
            if self.index(field).is_some() || options.unmap.contains(&field) || is_done {
                continue;
            }
            let is_text = is_own && matches!(field, Field::Place | Field::Title);
            let free = |is: fn(&ColumnName, &str) -> bool| {
                let of = |name: &&str| {
                    let at = self.names.iter().position(|n| is(n, name));
                    // Coordinates in words are no name of a place.
                    let is_other = |i: &usize| is_text && holds_coordinates(table, *i);
                    at.filter(|i| !self.taken[*i]).filter(|i| !is_other(i))
                };
                synonyms.iter().find_map(of)
            };
            let of_form = || {
                let found = free(|n, known| n.question.as_deref() == Some(known));
                found.filter(|_| is_own)
            };
            // Only tables of shapes cut the names of their columns.
            let cut = || free(ColumnName::is_beginning_of).filter(|_| table.has_shapes || !is_own);
            let found = free(|n, known| n.normal == known)
                .or_else(cut)
                .or_else(of_form);
            if let Some(index) = found {
                self.set(field, index);
            }
        }
    }

    /// Takes the values for all rows. None takes the place of a cell that is there: a field with a
    /// column has no such value.
    fn give(
        &mut self,
        path: &Path,
        profile: &dyn Profile,
        table: &Table,
        options: &Options,
    ) -> Result<(), Problem> {
        for (field, value) in &options.set {
            // What a cell would leave out is said here: a country of the code NA, an actor “none”.
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let problem = |key| Problem::file(key, path).with("field", field.code());
            if !field.may_be_set() {
                return Err(problem("problem-set-field"));
            }
            // What a publisher's rows say they say in the publisher's codes.
            if !self.takes_values {
                return Err(problem("problem-set-profile").with("profile", profile.id()));
            }
            if let Some(index) = self.index(*field) {
                return Err(problem("problem-set-column").with("column", &table.columns[index]));
            }
            self.values[*field as usize] = Some(value.to_owned());
            if [Field::Start, Field::End, Field::SourceDate].contains(field) {
                self.look.orders.add(value);
            }
        }
        self.day_order = self.look.orders.order().0;
        Ok(())
    }

    /// Where rows do not bring shapes along, a column of both coordinates may hold them as text, and
    /// in a table that the program wrote the column that it wrote them to.
    fn find_ways(&mut self, table: &Table) {
        if table.has_shapes {
            return;
        }
        self.ways = self.index(Field::Coordinates).or_else(|| own_shapes(table));
        if let Some(index) = self.ways {
            self.taken[index] = true;
            let mut cells = table.sample.records.iter().map(|r| r.get(index));
            self.has_ways = cells.any(|cell| written(cell.trim()).is_some());
        }
    }

    /// In a table that the program wrote, where a row lies stands in the column that it wrote that to:
    /// what else is named like coordinates came along with the row.
    fn prefer_own_shapes(&mut self, table: &Table, options: &Options) {
        let is_asked = options.map.iter().any(|(f, _)| *f == Field::Coordinates);
        if let (Some(ours), Some(found)) = (own_shapes(table), self.index(Field::Coordinates))
            && !is_asked
        {
            self.taken[found] = false;
            self.set(Field::Coordinates, ours);
        }
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

    /// The value that all rows have for a field.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.values.get(field as usize)?.as_deref()
    }

    /// The column that may hold lines and areas as text.
    pub fn ways(&self) -> Option<usize> {
        self.ways
    }

    /// Fields that a row cannot do without and that no column gives.
    pub fn missing(&self, table: &Table) -> Vec<Field> {
        let has = |field: Field| self.index(field).is_some() || self.value(field).is_some();
        if self.gives_series {
            return Vec::new();
        }
        // Places are told apart by their values; areas and lines need no date, and a few points
        // without one need not sink them.
        let of_points = (!table.has_shapes && !self.has_ways)
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
            .with("field", first.code())
            .with(
                "undated",
                self.takes_values && missing.contains(&Field::Start),
            )
            .with(
                "named",
                missing.contains(&Field::Lat)
                    && [Field::Place, Field::Admin2, Field::Admin1]
                        .iter()
                        .any(|f| self.index(*f).is_some()),
            ))
    }

    /// Takes one more record into account.
    pub fn look_at(&mut self, record: &Record) {
        let mut look = std::mem::take(&mut self.look);
        look.add(self, record);
        self.look = look;
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

/// The column that the program wrote the shapes of rejected rows to, where it wrote the table.
fn own_shapes(table: &Table) -> Option<usize> {
    let is_ours = table.columns.iter().any(|c| c == REASON_COLUMN);
    table.columns.iter().position(|c| is_ours && c == GEOMETRY)
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

/// A word for what happened as it is looked up: one of signs alone stands for itself.
fn word(text: &str) -> String {
    match normal(text) {
        normal if normal.is_empty() => text.trim().to_owned(),
        normal => normal,
    }
}
