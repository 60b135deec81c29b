//! The points, lines and areas of one row, gathered while it is read, as the one shape it may have.

use super::record::Record;
use super::shape::Shape;
use super::table::Read;
use crate::import::fault::Fault;
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use std::collections::HashMap;

/// Positions of one row; a country's outline in full detail has fewer.
pub const MOST_POSITIONS: usize = 4_000_000;

#[derive(Default)]
pub struct Pieces {
    pub points: Vec<Coord<f64>>,
    pub lines: Vec<LineString<f64>>,
    pub areas: Vec<Polygon<f64>>,
    /// Of all of them together.
    pub positions: usize,
    fault: Option<Fault>,
}

impl Pieces {
    /// The first fault stands for the row.
    pub fn fail(&mut self, column: &str, reason: &'static str, value: &str) {
        self.fault
            .get_or_insert_with(|| Fault::new(reason, column, value));
    }

    /// Counts a position.
    pub fn position(&mut self, lon: f64, lat: f64) -> Coord<f64> {
        self.positions += 1;
        Coord { x: lon, y: lat }
    }

    /// Gives the record its shape; a row that can have none is a bad one.
    pub fn put(self, column: &str, record: &mut Record) -> Read {
        match self.shape(column) {
            Ok(shape) => {
                record.shape = shape;
                Read::Row
            }
            Err(fault) => Read::Bad(fault),
        }
    }

    /// A line that recorded less than two positions says nothing, unless it is all there is.
    fn shape(mut self, column: &str) -> Result<Shape, Fault> {
        if self.lines.iter().any(|line| line.0.len() >= 2) {
            self.lines.retain(|line| line.0.len() >= 2);
        }
        if !self.lines.is_empty() && self.lines.iter().all(|line| line.0.len() < 2) {
            let found = self.lines.iter().map(|line| line.0.len()).sum::<usize>();
            self.fail(column, "line_short", &found.to_string());
        }
        let counts = [self.points.len(), self.lines.len(), self.areas.len()];
        if let (None, false) = (
            &self.fault,
            matches!(counts, [_, 0, 0] | [0, _, 0] | [0, 0, _]),
        ) {
            let [points, lines, areas] = counts;
            let found = format!("{points} × Point, {lines} × LineString, {areas} × Polygon");
            self.fail(column, "geometry_not_taken", &found);
        }
        if let (None, 2..) = (&self.fault, self.points.len()) {
            let found = format!("{} × Point", self.points.len());
            self.fail(column, "geometry_not_taken", &found);
        }
        match (self.fault, self.points.first()) {
            (Some(fault), _) => Err(fault),
            (None, Some(at)) => Ok(Shape::Point {
                lon: at.x,
                lat: at.y,
            }),
            (None, None) if !self.lines.is_empty() => Ok(Shape::Line(MultiLineString(self.lines))),
            (None, None) if !self.areas.is_empty() => Ok(Shape::Area(MultiPolygon(self.areas))),
            (None, None) => Ok(Shape::None),
        }
    }
}

/// The named texts of one row, in the order of the file.
#[derive(Default)]
pub struct Cells {
    cells: indexmap::IndexMap<String, String>,
    /// How often a name came that was there already.
    repeats: HashMap<String, usize>,
    pub bytes: usize,
}

impl Cells {
    /// Keeps a value that is not blank; a second one of the same name gets a number.
    pub fn add(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let base = match name.trim() {
            "" => "column",
            name => name,
        };
        let mut name = base.to_owned();
        while self.cells.contains_key(&name) {
            let count = self.repeats.entry(base.to_owned()).or_insert(1);
            *count += 1;
            name = format!("{base} ({count})");
        }
        self.bytes += name.len() + value.len();
        self.cells.insert(name, value.to_owned());
    }

    pub fn put(self, record: &mut Record, columns: &[String]) {
        record.further = self.cells.into_iter().collect();
        record.settle(columns);
    }
}
