//! GeoJSON (RFC 7946), feature by feature: properties are the columns, the geometry the shape.

use super::json::JsonWalk;
use super::record::Record;
use super::shape::Shape;
use super::table::{Format, Layout, Read, Rows, Table, gathered};
use crate::import::encoding::Charset;
use crate::import::fault::{Fault, GEOMETRY};
use crate::import::text::{Content, Survey, Utf8Reader};
use crate::locale::Problem;
use serde_json::{Map, Value};
use std::path::Path;

pub const GEOJSON: Format = Format {
    claims: |_, survey| matches!(survey.starts_with, Some(b'{' | b'[')),
    ..Format::new("geojson", &["geojson", "json"], Content::Text, open)
};

fn open(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    let start = |columns: Vec<String>| -> Result<FeatureRows, Problem> {
        Ok(FeatureRows {
            features: Features::open(path, survey.encoding)?,
            columns,
        })
    };
    gathered(start)
}

struct FeatureRows {
    features: Features,
    columns: Vec<String>,
}

impl Rows for FeatureRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        record.clear();
        let Some(feature) = self.features.next()? else {
            return Ok(Read::End);
        };
        record.line = self.features.count;
        Ok(match feature.and_then(|f| fill(record, &self.columns, f)) {
            Ok(()) => Read::Row,
            Err(fault) => Read::Bad(fault),
        })
    }

    fn bytes_read(&self) -> u64 {
        self.features.walk.bytes_read()
    }
}

/// Puts a feature into the record.
pub fn fill(record: &mut Record, columns: &[String], feature: Value) -> Result<(), Fault> {
    let Value::Object(mut feature) = feature else {
        return Err(Fault::new("not_a_feature", "", &feature.to_string()));
    };
    let mut properties = match feature.remove("properties") {
        Some(Value::Object(properties)) => properties,
        None | Some(Value::Null) => Map::new(),
        Some(other) => {
            return Err(Fault::new(
                "bad_properties",
                "properties",
                &other.to_string(),
            ));
        }
    };
    if let (Some(id), false) = (feature.remove("id"), properties.contains_key("id")) {
        properties.insert("id".to_owned(), id);
    }
    for column in columns {
        record.push(&properties.remove(column).map(cell_text).unwrap_or_default());
    }
    record.further = properties
        .into_iter()
        .map(|(k, v)| (k, cell_text(v)))
        .collect();
    match feature.get("type") {
        Some(Value::String(kind)) if kind == "Feature" => {}
        other => {
            let found = other.map(Value::to_string).unwrap_or_default();
            return Err(Fault::new("not_a_feature", "type", &found));
        }
    }
    let geometry = feature.get("geometry").unwrap_or(&Value::Null);
    record.shape = Shape::from_geojson(geometry).map_err(|(reason, value)| {
        // As the file has it, to be mended among the rejected rows.
        let kept = (GEOMETRY.to_owned(), geometry.to_string());
        record.further.push(kept);
        Fault::new(reason, GEOMETRY, &value)
    })?;
    Ok(())
}

/// A property as the text a cell would hold; a list of texts is joined as cells join them.
fn cell_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            texts.join(";")
        }
        other => other.to_string(),
    }
}

/// A geometry that stands alone as a feature without properties; all else as it is.
pub fn as_feature(value: Value) -> Value {
    const GEOMETRIES: [&str; 7] = [
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
    ];
    let kind = value.get("type").and_then(Value::as_str);
    match kind.is_some_and(|kind| GEOMETRIES.contains(&kind)) {
        true => serde_json::json!({ "type": "Feature", "geometry": value }),
        false => value,
    }
}

/// Members of the root that matter; `geometries` where it is itself a geometry.
const ROOT_MEMBERS: [&str; 7] = [
    "type",
    "crs",
    "geometry",
    "properties",
    "id",
    "coordinates",
    "geometries",
];

enum Place {
    Start,
    InFeatures,
    End,
}

/// Gives the features of a FeatureCollection, or of a file that is one feature or one geometry.
pub struct Features {
    walk: JsonWalk,
    place: Place,
    /// Features given so far.
    count: u64,
    /// The members of the root that matter, without `features`.
    root: Map<String, Value>,
    text: Vec<u8>,
}

impl Features {
    pub fn open(path: &Path, encoding: Charset) -> Result<Features, Problem> {
        let reader = Utf8Reader::open(path, encoding)?;
        Ok(Features::new(JsonWalk::new(path, reader)))
    }

    fn new(walk: JsonWalk) -> Features {
        Features {
            walk,
            place: Place::Start,
            count: 0,
            root: Map::new(),
            text: Vec::new(),
        }
    }

    pub fn next(&mut self) -> Result<Option<Result<Value, Fault>>, Problem> {
        match self.place {
            Place::End => Ok(None),
            Place::Start => {
                self.place = Place::InFeatures;
                if !self.walk.take(b'{')? {
                    return Err(match self.walk.peek()? {
                        Some(b'[' | b'"' | b'n' | b't' | b'f' | b'0'..=b'9' | b'-') => self
                            .walk
                            .problem(text!("problem-geojson-root"; column, file, line)),
                        _ => self.walk.unexpected(),
                    });
                }
                if self.members(true)? {
                    self.element(true)
                } else {
                    self.single()
                }
            }
            Place::InFeatures => self.element(false),
        }
    }

    /// Reads members of the root until the list of features (`true`) or the end of the file.
    fn members(&mut self, mut first: bool) -> Result<bool, Problem> {
        loop {
            if self.walk.take(b'}')? {
                return match self.walk.next_token()? {
                    None => Ok(false),
                    Some(_) => Err(self.walk.unexpected()),
                };
            }
            if !std::mem::replace(&mut first, false) {
                self.walk.expect(b',')?;
            }
            let Value::String(name) = self.parsed()? else {
                return Err(self
                    .walk
                    .problem(text!("problem-json-syntax"; column, file, line)));
            };
            self.walk.expect(b':')?;
            if name == "features" {
                self.check_root()?;
                return match self.walk.take(b'[')? {
                    true => Ok(true),
                    false => Err(self
                        .walk
                        .problem(text!("problem-geojson-features"; column, file, line))),
                };
            }
            let value = self.parsed()?;
            if ROOT_MEMBERS.contains(&&*name) {
                self.root.insert(name, value);
            }
        }
    }

    fn parsed(&mut self) -> Result<Value, Problem> {
        self.walk.value(&mut self.text)?;
        serde_json::from_slice(&self.text).map_err(|_| {
            self.walk
                .problem(text!("problem-json-syntax"; column, file, line))
        })
    }

    /// What the root says of itself so far must not speak against a list of features.
    fn check_root(&self) -> Result<(), Problem> {
        match self.root.get("type").map(Value::as_str) {
            None | Some(Some("FeatureCollection")) => self.check_crs(),
            Some(_) => Err(self
                .walk
                .problem(text!("problem-geojson-type"; column, file, line))),
        }
    }

    /// GeoJSON is WGS 84; older files may name another reference system, which we do not convert.
    fn check_crs(&self) -> Result<(), Problem> {
        let name = self
            .root
            .get("crs")
            .and_then(|c| c.pointer("/properties/name"));
        let Some(name) = name.and_then(Value::as_str) else {
            return Ok(());
        };
        if name.ends_with("CRS84") || name.ends_with(":4326") {
            return Ok(());
        }
        Err(self
            .walk
            .problem(text!("problem-geojson-crs"; column, crs, file, line))
            .with("crs", name))
    }

    fn element(&mut self, first: bool) -> Result<Option<Result<Value, Fault>>, Problem> {
        if self.walk.take(b']')? {
            return self.rest();
        }
        if !first {
            self.walk.expect(b',')?;
        }
        self.walk.value(&mut self.text)?;
        self.count += 1;
        Ok(Some(serde_json::from_slice(&self.text).map_err(|e| {
            Fault::new("feature_not_json", "", &e.to_string())
        })))
    }

    /// After the list: the members that follow it.
    fn rest(&mut self) -> Result<Option<Result<Value, Fault>>, Problem> {
        self.place = Place::End;
        if self.members(false)? {
            return Err(self
                .walk
                .problem(text!("problem-geojson-features"; column, file, line)));
        }
        self.check_root()?;
        match self.root.contains_key("type") {
            true => Ok(None),
            false => Err(self
                .walk
                .problem(text!("problem-geojson-type"; column, file, line))),
        }
    }

    /// The root has no list of features: it is one feature, one geometry, or neither.
    fn single(&mut self) -> Result<Option<Result<Value, Fault>>, Problem> {
        self.place = Place::End;
        self.check_crs()?;
        let root = std::mem::take(&mut self.root);
        if root.get("type").and_then(Value::as_str) == Some("FeatureCollection") {
            return Err(self
                .walk
                .problem(text!("problem-geojson-features"; column, file, line)));
        }
        let feature = as_feature(Value::Object(root));
        if feature.get("type").and_then(Value::as_str) != Some("Feature") {
            return Err(self
                .walk
                .problem(text!("problem-geojson-type"; column, file, line)));
        }
        self.count = 1;
        Ok(Some(Ok(feature)))
    }
}
