//! GPX 1.0 and 1.1: a waypoint is a row with a point, a track or route one with a line.

use super::pieces::{Cells, MOST_POSITIONS, Pieces};
use super::record::Record;
use super::table::{Format, Layout, Read, Rows, Table, gathered};
use super::xml::{Attributes, Step, XmlWalk, check_root, root_of};
use crate::import::text::{Content, Survey};
use crate::locale::Problem;
use geo::LineString;
use std::path::Path;

/// Where a fault in the geometry is said to be.
const COLUMN: &str = "lat, lon";

pub const GPX: Format = Format {
    times_are_utc: true,
    claims: |_, survey| root_of(&survey.head).is_some_and(|root| root == "gpx"),
    ..Format::new("gpx", &["gpx"], Content::Xml, open)
};

fn open(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    gathered(|columns| {
        let mut walk = XmlWalk::open(path, survey.encoding)?;
        check_root(&mut walk, &["gpx"])?;
        Ok(GpxRows { walk, columns })
    })
}

/// The place of a point of GPX, as far as its attributes are numbers.
pub fn lon_lat(attributes: &Attributes) -> Option<(f64, f64)> {
    let degrees = |name: &str| attributes.get(name)?.trim().parse::<f64>().ok();
    Some((degrees("lon")?, degrees("lat")?))
}

struct GpxRows {
    walk: XmlWalk,
    columns: Vec<String>,
}

impl Rows for GpxRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        record.clear();
        loop {
            match self.walk.step()? {
                Step::End => return Ok(Read::End),
                Step::Open(attributes) => match self.walk.names() {
                    [_, kind] if ["wpt", "trk", "rte"].contains(&kind.as_str()) => {
                        return self.row(record, &attributes);
                    }
                    _ => {}
                },
                Step::Close(..) => {}
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        self.walk.bytes_read()
    }
}

impl GpxRows {
    /// Reads on to the end of a waypoint, track or route that has begun.
    fn row(&mut self, record: &mut Record, attributes: &Attributes) -> Result<Read, Problem> {
        record.line = self.walk.line();
        let mut row = Row::default();
        let is_point = self.walk.is_in(&["wpt"]);
        match self.walk.names().last().map(String::as_str) {
            Some("wpt") => {
                let place = row.place(attributes);
                row.pieces.points.extend(place);
            }
            Some("rte") => row.pieces.lines.push(LineString(Vec::new())),
            _ => {}
        }
        loop {
            match self.walk.step()? {
                Step::Open(attributes) => row.enter(&self.walk, &attributes),
                Step::Close(..) if self.walk.names().len() < 2 => break,
                Step::Close(name, text) => row.leave(&self.walk, &name, &text),
                Step::End => break,
            }
            if row.pieces.positions > MOST_POSITIONS {
                return Err(self.walk.problem(text!("problem-xml-big"; file, line)));
            }
        }
        if !is_point {
            row.cells.add("start", &row.first.unwrap_or_default());
            row.cells.add("end", &row.last.unwrap_or_default());
            // A track that recorded nothing is a line too short, and no row without a place.
            if row.pieces.lines.is_empty() {
                row.pieces.lines.push(LineString(Vec::new()));
            }
        }
        row.cells.put(record, &self.columns);
        Ok(row.pieces.put(COLUMN, record))
    }
}

/// A waypoint, track or route as far as it is read.
#[derive(Default)]
struct Row {
    cells: Cells,
    pieces: Pieces,
    /// Instants of the first and last point that have one.
    first: Option<String>,
    last: Option<String>,
}

impl Row {
    fn place(&mut self, attributes: &Attributes) -> Option<geo::Coord<f64>> {
        match lon_lat(attributes) {
            Some((lon, lat)) => Some(self.pieces.position(lon, lat)),
            None => {
                let shown = |name| attributes.get(name).unwrap_or("–");
                let found = format!("lat={}, lon={}", shown("lat"), shown("lon"));
                self.pieces.fail(COLUMN, "bad_geometry", &found);
                None
            }
        }
    }

    fn enter(&mut self, walk: &XmlWalk, attributes: &Attributes) {
        if walk.is_in(&["trk", "trkseg"]) {
            self.pieces.lines.push(LineString(Vec::new()));
        } else if walk.is_in(&["trkpt"]) || walk.is_in(&["rtept"]) {
            if self.pieces.lines.is_empty() {
                self.pieces.lines.push(LineString(Vec::new()));
            }
            let place = self.place(attributes);
            if let Some(line) = self.pieces.lines.last_mut() {
                line.0.extend(place);
            }
        } else if let [_, _, name] = walk.names()
            && name == "link"
        {
            self.cells
                .add("link", attributes.get("href").unwrap_or_default());
        }
    }

    fn leave(&mut self, walk: &XmlWalk, name: &str, text: &str) {
        match (walk.names(), name) {
            ([_, kind], "time") if kind == "wpt" => self.cells.add("start", text),
            ([_, _], "desc") => self.cells.add("description", text),
            ([_, _], "url") => self.cells.add("link", text),
            ([_, _], "name" | "cmt" | "sym" | "type" | "ele" | "src" | "number") => {
                self.cells.add(name, text);
            }
            (_, "time") if walk.is_in(&["trkpt"]) || walk.is_in(&["rtept"]) => {
                self.first.get_or_insert_with(|| text.to_owned());
                self.last = Some(text.to_owned());
            }
            _ => {}
        }
    }
}
