//! A GeoJSON geometry (RFC 7946) as what a row may bring along: a point or an area.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde_json::Value;

/// Where a row lies, if its format says so apart from the columns. WGS 84 degrees.
#[derive(Default)]
pub enum Shape {
    #[default]
    None,
    Point {
        lon: f64,
        lat: f64,
    },
    Area(MultiPolygon<f64>),
}

/// A reason and the value at fault.
type ShapeFault = (&'static str, String);

impl Shape {
    /// Reads a geometry object; the height of a position is left out.
    pub fn from_geojson(geometry: &Value) -> Result<Shape, ShapeFault> {
        let Some(kind) = geometry.get("type").and_then(Value::as_str) else {
            return Err(match geometry {
                Value::Null => ("no_position", "null".to_owned()),
                other => ("bad_geometry", other.to_string()),
            });
        };
        let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
        match kind {
            "Point" => position(coordinates).map(|c| Shape::Point { lon: c.x, lat: c.y }),
            "Polygon" => Ok(Shape::Area(MultiPolygon(vec![polygon(coordinates)?]))),
            "MultiPolygon" => {
                let parts = list(coordinates)?.iter().map(polygon);
                Ok(Shape::Area(MultiPolygon(parts.collect::<Result<_, _>>()?)))
            }
            other => Err(("geometry_not_taken", other.to_owned())),
        }
    }
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
    if !(-180.0..=180.0).contains(x) || !(-90.0..=90.0).contains(y) {
        return Err(("out_of_range", value.to_string()));
    }
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
