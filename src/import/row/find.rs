//! Columns of people's own tables found by rank, by how they end and by what they hold: names alone
//! do not tell them there.

use super::Mapping;
use crate::domain::coordinates::parse;
use crate::import::date_columns;
use crate::import::dates::date;
use crate::import::field::{ColumnName, Field};
use crate::import::formats::Table;
use crate::import::look::IdColumn;
use crate::import::options::Options;
use crate::import::profiles::{self, Profile};
use crate::import::report::OWN_COLUMNS;
use crate::import::values::given;

impl Mapping {
    /// Which of the columns with dates says when it happened, and what belongs to it: a column of the
    /// whole date, else those of its parts.
    pub(super) fn find_dates(&mut self, options: &Options) {
        let is_free = |field: Field| !options.unmap.contains(&field);
        let is_set = options
            .set
            .iter()
            .any(|(f, value)| *f == Field::Start && !value.trim().is_empty());
        if self.index(Field::Start).is_none() && is_free(Field::Start) {
            let ranked = self
                .names
                .iter()
                .enumerate()
                .filter(|(i, _)| !self.taken[*i]);
            let best = ranked
                .filter_map(|(i, name)| Some((date_columns::rank(name)?, i)))
                .min();
            let year = self
                .free(Field::Year.synonyms())
                .filter(|_| is_free(Field::Year));
            // A day or a month alone, or the time of an upload, gives way to columns of the parts.
            let is_whole = |rank: u8| rank <= 2 || rank == 4;
            match (best, year) {
                (Some((rank, index)), year) if is_whole(rank) || year.is_none() => {
                    self.set(Field::Start, index);
                }
                (_, Some(year)) if !is_set && self.index(Field::Year).is_none() => {
                    self.set(Field::Year, year);
                    for field in [Field::Month, Field::Day] {
                        let found = self.free(field.synonyms()).filter(|_| is_free(field));
                        if let Some(index) = found.filter(|_| self.index(field).is_none()) {
                            self.set(field, index);
                        }
                    }
                }
                _ => {}
            }
        }
        let start = self
            .index(Field::Start)
            .map(|i| self.names[i].normal.clone());
        let start = start.unwrap_or_default();
        if self.index(Field::End).is_none() && is_free(Field::End) {
            let ends = Field::End.synonyms().iter().filter(|end| {
                // The end of a form that was filled in is not that of what it tells of.
                date_columns::start_of(end)
                    .is_none_or(|began| began == start || self.named(began).is_none())
            });
            let ends: Vec<&str> = ends.copied().collect();
            if let Some(index) = self.free(&ends) {
                self.set(Field::End, index);
            }
        }
        if self.index(Field::Time).is_none() && is_free(Field::Time) {
            let beside = |time: &&&str| date_columns::is_beside(time, &start);
            let mut times: Vec<&str> = Field::Time
                .synonyms()
                .iter()
                .filter(beside)
                .copied()
                .collect();
            // One named like the date before one of any date.
            times.sort_by_key(|time| ["time", "hora", "clock"].contains(time));
            if let Some(index) = self.free(&times) {
                self.set(Field::Time, index);
            }
        }
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

    /// Columns of dates that no field reads, to be named: of most of the first rows a day.
    pub(super) fn find_other_dates(&mut self, table: &Table) {
        const LOOKED_AT: usize = 200;
        let records = table.sample.records.iter().take(LOOKED_AT);
        let dates = |index: usize| {
            let cells = records.clone().filter_map(|r| given(r.get(index).trim()));
            let (mut filled, mut dates) = (0_u32, 0_u32);
            for cell in cells {
                filled += 1;
                let may_be = cell.len() >= 6 && cell.contains(['-', '/', ':', ' ', '.']);
                let read = may_be.then(|| date(cell, self.day_order).ok()).flatten();
                dates += u32::from(read.is_some_and(|d| d.start == d.end && d.start.year() > 1900));
            }
            filled > 0 && dates * 5 >= filled * 4
        };
        let read = |index: &usize| {
            let of = [Field::Start, Field::End, Field::SourceDate].map(|field| self.index(field));
            of.contains(&Some(*index))
        };
        let own = |index: &usize| table.columns[*index].starts_with(OWN_COLUMNS);
        self.other_dates = (0..table.columns.len())
            .filter(|i| !read(i) && !own(i) && !self.taken[*i] && dates(*i))
            .collect();
    }

    /// Which columns may give ids, where the user has not said it: the best one first.
    pub(super) fn find_ids(&mut self, profile: &dyn Profile, options: &Options) {
        let is_asked = options.map.iter().any(|(field, _)| *field == Field::Id);
        // Of series the id is that of the place.
        let is_asked = is_asked || self.gives_series;
        let Some(index) = self.index(Field::Id).filter(|_| !is_asked) else {
            return;
        };
        self.asks_ids = profile.id() == profiles::OWN;
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
