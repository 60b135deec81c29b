//! How the columns of fields are found: by the names that a profile knows, and in people's own tables also by
//! how they end and by what they hold.

use super::field::{ColumnName, Field};
use super::look::{IdColumn, Look};
use super::mapping::{ACTOR_COLUMNS, Columns, Mapping, RELATION_COLUMNS, listed, word};
use super::options::Options;
use crate::domain::coordinates::parse;
use crate::import::fault::{GEOMETRY, OWN_COLUMNS, REASON_COLUMN};
use crate::import::formats::{Record, Table, written};
use crate::import::values::{DayOrder, decimal, given, normal};
use crate::locale::Problem;
use std::path::Path;

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
        profile: &Columns,
        table: &Table,
        options: &Options,
    ) -> Result<Mapping, Problem> {
        let mut mapping = Mapping {
            columns: vec![None; Field::ALL.len()],
            values: vec![None; Field::ALL.len()],
            shape_column: None,
            has_written_shapes: false,
            // What the program wrote beside rejected rows is not part of them.
            taken: table
                .columns
                .iter()
                .map(|c| c.starts_with(OWN_COLUMNS))
                .collect(),
            names: ColumnName::all(&table.columns),
            gives_series: profile.gives_series,
            takes_values: profile.takes_values,
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
                return Err(Problem::new(text!(
                    "problem-map-column",
                    file = path.display(),
                    field = field.code(),
                    column = column,
                    found = listed(&table.columns)
                )));
            };
            mapping.set(*field, index);
        }
        let is_own = profile.is_own;
        if is_own {
            mapping.find_dates(options);
        }
        mapping.find_others(profile, table, options);
        if is_own {
            mapping.find_by_endings(table, options);
        }
        mapping.prefer_own_shapes(table, options);
        mapping.leave_second_position(table, options);
        mapping.find_written_shapes(table);
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

    /// Finds columns by their names for the fields that have none.
    fn find_others(&mut self, profile: &Columns, table: &Table, options: &Options) {
        let is_own = profile.is_own;
        for &(field, synonyms) in &profile.fields {
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
        profile: &Columns,
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
                return Err(problem(text!("problem-set-field"; field)));
            }
            // What a publisher's rows say they say in the publisher's codes.
            if !self.takes_values {
                return Err(problem(text!("problem-set-profile"; field, file, profile))
                    .with("profile", profile.profile));
            }
            if let Some(index) = self.index(*field) {
                return Err(problem(text!("problem-set-column"; column, field, file))
                    .with("column", &table.columns[index]));
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
    fn find_written_shapes(&mut self, table: &Table) {
        if table.has_shapes {
            return;
        }
        self.shape_column = self.index(Field::Coordinates).or_else(|| own_shapes(table));
        if let Some(index) = self.shape_column {
            self.taken[index] = true;
            let mut cells = table.sample.records.iter().map(|r| r.get(index));
            self.has_written_shapes = cells.any(|cell| written(cell.trim()).is_some());
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

    /// The first column that goes by one of these names and that no field reads.
    pub(super) fn free(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let at = self.names.iter().position(|n| n.normal == *name);
            at.filter(|i| !self.taken[*i])
        })
    }

    /// Coordinates of forms, whose columns are named after the question: `_place_latitude`.
    pub(super) fn find_by_endings(&mut self, table: &Table, options: &Options) {
        let has_position = table.has_shapes || self.index(Field::Coordinates).is_some();
        let ending = |ends: &[&str]| {
            let is = |n: &ColumnName| ends.iter().any(|end| n.normal.ends_with(end));
            (0..self.names.len()).find(|i| is(&self.names[*i]) && !self.taken[*i])
        };
        let (lat, lon) = (
            ending(&["latitude", "latitud"]),
            ending(&["longitude", "longitud"]),
        );
        let pair = [(Field::Lat, lat), (Field::Lon, lon)];
        if !has_position {
            for (field, found) in pair {
                if let Some(index) = found
                    && self.index(field).is_none()
                    && !options.unmap.contains(&field)
                {
                    self.set(field, index);
                }
            }
        }
        let lacks_position = self.index(Field::Lat).is_none()
            && self.index(Field::Coordinates).is_none()
            && !table.has_shapes;
        if lacks_position && !options.unmap.contains(&Field::Coordinates) {
            let ends = [
                "coordinates",
                "coordenadas",
                "geopoint",
                "latlong",
                "latlon",
            ];
            let named = (0..self.names.len()).find(|i| {
                !self.taken[*i] && ends.iter().any(|end| self.names[*i].normal.ends_with(end))
            });
            // Addresses of maps also stand in a column of links.
            let links = self.index(Field::SourceUrl);
            let is_open = |i: &usize| !self.taken[*i] || links == Some(*i);
            let held =
                || (0..self.names.len()).find(|i| is_open(i) && holds_coordinates(table, *i));
            if let Some(index) = named.or_else(held) {
                self.set(Field::Coordinates, index);
            }
        }
        // A form gives the accuracy of its own coordinates in metres under this name.
        if let Some(index) = self.index(Field::PlacePrecision)
            && let Some(question) = self.names[index].normal.strip_suffix("precision")
            && self.named(&format!("{question}latitude")).is_some()
            && !options
                .map
                .iter()
                .any(|(field, _)| *field == Field::PlacePrecision)
            && self.index(Field::RadiusM).is_none()
        {
            self.columns[Field::PlacePrecision as usize] = None;
            self.set(Field::RadiusM, index);
        }
    }

    /// Which columns may give ids, where the user has not said it: the best one first.
    pub(super) fn find_ids(&mut self, profile: &Columns, options: &Options) {
        let is_asked = options.map.iter().any(|(field, _)| *field == Field::Id);
        // Of series the id is that of the place.
        let is_asked = is_asked || self.gives_series;
        let Some(index) = self.index(Field::Id).filter(|_| !is_asked) else {
            return;
        };
        self.asks_ids = profile.is_own;
        let mut found = vec![index];
        if self.asks_ids {
            let others = Field::Id
                .synonyms()
                .iter()
                .filter_map(|name| self.free(&[name]));
            found.extend(others.filter(|i| *i != index).take(4));
        }
        self.look.ids = found.into_iter().map(IdColumn::new).collect();
    }
}

/// The column that the program wrote the shapes of rejected rows to, where it wrote the table.
fn own_shapes(table: &Table) -> Option<usize> {
    let is_ours = table.columns.iter().any(|c| c == REASON_COLUMN);
    table.columns.iter().position(|c| is_ours && c == GEOMETRY)
}

/// Whether the cells of a column are coordinates in words, such as `POINT (-99.5 27.5)`: a number
/// alone is none.
pub(super) fn holds_coordinates(table: &Table, index: usize) -> bool {
    const LOOKED_AT: usize = 50;
    let cells = table.sample.records.iter().take(LOOKED_AT);
    let cells = cells.filter_map(|record| given(record.get(index).trim()));
    let (mut filled, mut pairs) = (0, 0);
    for cell in cells {
        filled += 1;
        pairs += usize::from(cell.len() < 500 && parse(cell).is_ok());
    }
    filled > 0 && pairs * 2 > filled
}
