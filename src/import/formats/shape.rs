//! A GeoJSON geometry (RFC 7946) as what a row may bring along: a point or an area.

use geo::{Coord, CoordsIter, LineString, MapCoords, MultiLineString, MultiPolygon, Polygon};
use serde_json::Value;

/// Where a row lies, if its format says so apart from the columns. WGS 84 degrees as the file has
/// them: whether they are on Earth is asked once, of all formats, when the row is taken.
#[derive(Clone, Default)]
pub enum Shape {
    #[default]
    None,
    Point {
        lon: f64,
        lat: f64,
    },
    /// Along which something moved.
    Line(MultiLineString<f64>),
    Area(MultiPolygon<f64>),
}

/// Points that a line or an area may have: a flight of eleven days, a point a second.
const MOST_POINTS: usize = 1_000_000;

/// A reason and the value at fault.
pub type ShapeFault = (&'static str, String);

impl Shape {
    /// Every position, in order; degrees, longitude first.
    pub fn positions(&self) -> Box<dyn Iterator<Item = Coord<f64>> + '_> {
        match self {
            Shape::None => Box::new(std::iter::empty()),
            Shape::Point { lon, lat } => Box::new(std::iter::once(Coord { x: *lon, y: *lat })),
            Shape::Line(lines) => Box::new(lines.coords_iter()),
            Shape::Area(area) => Box::new(area.coords_iter()),
        }
    }

    /// A point of it, longitude first.
    pub fn anchor(&self) -> Option<[f64; 2]> {
        self.positions().next().map(|c| [c.x, c.y])
    }

    /// As well-known text, to be read by people and other programs; `None` where there is none.
    pub fn wkt(&self) -> Option<String> {
        let list = |parts: Vec<String>| format!("({})", parts.join(", "));
        let line =
            |l: &LineString<f64>| list(l.coords().map(|c| format!("{} {}", c.x, c.y)).collect());
        let polygon = |p: &Polygon<f64>| {
            let rings = std::iter::once(p.exterior()).chain(p.interiors());
            list(rings.map(line).collect())
        };
        match self {
            Shape::None => None,
            Shape::Point { lon, lat } => Some(format!("POINT ({lon} {lat})")),
            Shape::Line(lines) => Some(format!(
                "MULTILINESTRING {}",
                list(lines.iter().map(line).collect())
            )),
            Shape::Area(area) => Some(format!(
                "MULTIPOLYGON {}",
                list(area.iter().map(polygon).collect())
            )),
        }
    }

    /// Reads a geometry object; the height of a position is left out.
    pub fn from_geojson(geometry: &Value) -> Result<Shape, ShapeFault> {
        let Some(kind) = geometry.get("type").and_then(Value::as_str) else {
            return match geometry {
                Value::Null => Ok(Shape::None),
                other => Err(("bad_geometry", other.to_string())),
            };
        };
        let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
        match kind {
            "Point" => position(coordinates).map(|c| Shape::Point { lon: c.x, lat: c.y }),
            "LineString" => Ok(Shape::Line(MultiLineString(vec![line(coordinates)?]))),
            "MultiLineString" => {
                let parts = list(coordinates)?.iter().map(line);
                Ok(Shape::Line(MultiLineString(
                    parts.collect::<Result<_, _>>()?,
                )))
            }
            "Polygon" => Ok(Shape::Area(MultiPolygon(vec![polygon(coordinates)?]))),
            "MultiPolygon" => {
                let parts = list(coordinates)?.iter().map(polygon);
                Ok(Shape::Area(MultiPolygon(parts.collect::<Result<_, _>>()?)))
            }
            // What holds one thing is that thing.
            "MultiPoint" => match list(coordinates)?.as_slice() {
                [one] => position(one).map(|c| Shape::Point { lon: c.x, lat: c.y }),
                many => Err(("geometry_not_taken", format!("{kind} ({})", many.len()))),
            },
            "GeometryCollection" => {
                match list(geometry.get("geometries").unwrap_or(&Value::Null))?.as_slice() {
                    [one] => Shape::from_geojson(one),
                    many => Err(("geometry_not_taken", format!("{kind} ({})", many.len()))),
                }
            }
            other => Err(("geometry_not_taken", other.to_owned())),
        }
    }
}

impl Shape {
    /// Areas of rings, each area with its outer ring first, in whatever coordinates.
    pub fn area(areas: Vec<Vec<LineString<f64>>>) -> Result<Shape, ShapeFault> {
        let mut polygons = Vec::with_capacity(areas.len());
        for rings in areas.into_iter().filter(|rings| !rings.is_empty()) {
            for ring in &rings {
                if ring.0.first() != ring.0.last() {
                    let first = ring.0.first().map(|c| format!("{},{}", c.x, c.y));
                    return Err(("ring_open", first.unwrap_or_default()));
                }
                if ring.0.len() < 4 {
                    return Err(("ring_short", ring.0.len().to_string()));
                }
            }
            let mut rings = rings.into_iter();
            if let Some(outer) = rings.next() {
                polygons.push(Polygon::new(outer, rings.collect()));
            }
        }
        match polygons.is_empty() {
            true => Ok(Shape::None),
            false => Ok(Shape::Area(MultiPolygon(polygons))),
        }
    }

    /// Parts of a line, in whatever coordinates.
    pub fn line(parts: Vec<LineString<f64>>) -> Result<Shape, ShapeFault> {
        if let Some(short) = parts.iter().find(|part| part.0.len() < 2) {
            return Err(("line_short", short.0.len().to_string()));
        }
        match parts.is_empty() {
            true => Ok(Shape::None),
            false => Ok(Shape::Line(MultiLineString(parts))),
        }
    }

    /// The only point of several; more than one is no place where something happened.
    pub fn only_point(points: &[Coord<f64>]) -> Result<Shape, ShapeFault> {
        match points {
            [] => Ok(Shape::None),
            [at] => Ok(Shape::Point {
                lon: at.x,
                lat: at.y,
            }),
            more => Err(("geometry_not_taken", format!("MultiPoint ({})", more.len()))),
        }
    }

    /// With longitude and latitude in each other's place.
    pub fn swapped(&self) -> Shape {
        let swap = |at: Coord<f64>| Coord { x: at.y, y: at.x };
        match self {
            Shape::None => Shape::None,
            Shape::Point { lon, lat } => Shape::Point {
                lon: *lat,
                lat: *lon,
            },
            Shape::Line(lines) => Shape::Line(lines.map_coords(swap)),
            Shape::Area(areas) => Shape::Area(areas.map_coords(swap)),
        }
    }

    /// How many points it has, where these are more than are taken.
    pub fn points_beyond(&self) -> Option<usize> {
        let points = match self {
            Shape::None | Shape::Point { .. } => 1,
            Shape::Line(lines) => lines.coords_count(),
            Shape::Area(areas) => areas.coords_count(),
        };
        (points > MOST_POINTS).then_some(points)
    }

    /// The first position that is no place on Earth; `swapped` where it would be one exchanged.
    pub fn off_earth(&self) -> Option<ShapeFault> {
        let is_off = |at: &Coord<f64>| !on_earth(at.x, at.y);
        let found = match self {
            Shape::None => None,
            Shape::Point { lon, lat } => Some(Coord { x: *lon, y: *lat }).filter(is_off),
            Shape::Line(lines) => lines.coords_iter().find(is_off),
            Shape::Area(areas) => areas.coords_iter().find(is_off),
        };
        found.map(|at| match on_earth(at.y, at.x) {
            true => ("swapped", at.y.to_string()),
            false => ("out_of_range", format!("{}, {}", at.x, at.y)),
        })
    }

    /// Whether a position is on Earth neither as it is nor exchanged.
    pub fn is_beyond_degrees(&self) -> bool {
        self.off_earth()
            .is_some_and(|(reason, _)| reason == "out_of_range")
    }

    /// Changes every coordinate.
    ///
    /// # Errors
    /// The first that `change` has none for, as the file has it.
    pub fn try_map(
        self,
        change: impl Fn(Coord<f64>) -> Option<Coord<f64>>,
    ) -> Result<Shape, ShapeFault> {
        let one = |at: Coord<f64>| {
            let changed = change(at);
            changed.ok_or_else(|| ("out_of_range", format!("{}, {}", at.x, at.y)))
        };
        Ok(match self {
            Shape::None => Shape::None,
            Shape::Point { lon, lat } => {
                let at = one(Coord { x: lon, y: lat })?;
                Shape::Point {
                    lon: at.x,
                    lat: at.y,
                }
            }
            Shape::Line(lines) => Shape::Line(lines.try_map_coords(one)?),
            Shape::Area(areas) => Shape::Area(areas.try_map_coords(one)?),
        })
    }
}

pub fn on_earth(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

/// An array that is not empty.
fn list(value: &Value) -> Result<&Vec<Value>, ShapeFault> {
    value
        .as_array()
        .filter(|items| !items.is_empty())
        .ok_or_else(|| ("bad_geometry", value.to_string()))
}

fn position(value: &Value) -> Result<Coord<f64>, ShapeFault> {
    let items = list(value)?;
    let numbers: Option<Vec<f64>> = items.iter().map(Value::as_f64).collect();
    let Some([x, y, ..]) = numbers.as_deref().filter(|n| n.len() <= 3) else {
        return Err(("bad_geometry", value.to_string()));
    };
    Ok(Coord { x: *x, y: *y })
}

fn polygon(value: &Value) -> Result<Polygon<f64>, ShapeFault> {
    let mut rings = list(value)?
        .iter()
        .map(ring)
        .collect::<Result<Vec<_>, _>>()?;
    let exterior = rings.remove(0);
    Ok(Polygon::new(exterior, rings))
}

/// At least two positions.
fn line(value: &Value) -> Result<LineString<f64>, ShapeFault> {
    let coords = list(value)?
        .iter()
        .map(position)
        .collect::<Result<Vec<_>, _>>()?;
    match coords.len() {
        0 | 1 => Err(("line_short", value.to_string())),
        _ => Ok(LineString(coords)),
    }
}

fn ring(value: &Value) -> Result<LineString<f64>, ShapeFault> {
    let coords = list(value)?
        .iter()
        .map(position)
        .collect::<Result<Vec<_>, _>>()?;
    if coords.first() != coords.last() {
        return Err(("ring_open", value.to_string()));
    }
    if coords.len() < 4 {
        return Err(("ring_short", value.to_string()));
    }
    Ok(LineString(coords))
}
