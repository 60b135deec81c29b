//! FlatGeobuf 3: a header, an index that is passed over, and features one after the other. The
//! tables within are checked by the library before they are read; sizes and the bytes of the
//! properties are checked here.

use super::crs::Crs;
use super::gis;
use super::record::Record;
use super::shape::{Shape, ShapeFault};
use super::table::{Format, Layout, Read, Rows, Table, column_names};
use crate::import::fault::Fault;
use crate::import::text::{Content, Survey};
use crate::locale::{Problem, number};
use flatgeobuf::{
    Column, ColumnType, Feature, Geometry, GeometryType, size_prefixed_root_as_feature,
    size_prefixed_root_as_header,
};
use geo::{Coord, LineString};
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The format's own limit, as its reader has it.
const MOST_HEADER_BYTES: u32 = 10 << 20;
const MOST_FEATURE_BYTES: u32 = 64 << 20;
/// Each row is made room for all of them.
const MOST_COLUMNS: usize = 2_000;
const MAGIC_BYTES: u64 = 8;

pub const FLATGEOBUF: Format = Format::new("flatgeobuf", &["fgb"], Content::FlatGeobuf, open);

fn open(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    let head = Arc::new(Head::read(path, survey.size_bytes)?);
    let start = |columns: Vec<String>| -> Result<FeatureRows, Problem> {
        let mut file = File::open(path).map_err(|e| Problem::io(path, &e))?;
        file.seek(SeekFrom::Start(head.features_start))
            .map_err(|e| Problem::io(path, &e))?;
        Ok(FeatureRows {
            path: path.to_owned(),
            bytes: BufReader::new(file),
            head: Arc::clone(&head),
            columns,
            count: 0,
            at: head.features_start,
            feature: Vec::new(),
        })
    };
    gis::table(path, &head.crs, start)
}

/// What the header says.
struct Head {
    crs: Crs,
    names: Vec<String>,
    types: Vec<ColumnType>,
    /// Of every feature; unknown where each says its own.
    geometry: GeometryType,
    /// How many there are; 0 where that is not stated.
    features: u64,
    features_start: u64,
}

impl Head {
    fn read(path: &Path, size_bytes: u64) -> Result<Head, Problem> {
        let mut bytes = BufReader::new(File::open(path).map_err(|e| Problem::io(path, &e))?);
        let mut magic = [0; MAGIC_BYTES as usize];
        bytes.read_exact(&mut magic).map_err(|e| cut(path, &e))?;
        if magic[3] != 3 {
            return Err(damaged(path, "it is of another version than 3"));
        }
        let mut buffer = Vec::new();
        let length = sized(path, &mut bytes, MOST_HEADER_BYTES, &mut buffer)?
            .ok_or_else(|| damaged(path, "it breaks off"))?;
        let header =
            size_prefixed_root_as_header(&buffer).map_err(|e| damaged(path, &e.to_string()))?;
        let columns = header.columns();
        let columns: Vec<_> = columns.iter().flatten().collect();
        if columns.len() > MOST_COLUMNS {
            let cause = format!("it has {} columns", number(columns.len() as u64));
            return Err(damaged(path, &cause));
        }
        let crs = match header.crs() {
            None => Crs::unstated(),
            Some(crs) => {
                let is_epsg = crs.org().is_none_or(|org| org.eq_ignore_ascii_case("EPSG"));
                let code = u32::try_from(crs.code())
                    .ok()
                    .filter(|code| is_epsg && *code > 0);
                let name = crs.name().unwrap_or_default();
                match (code, crs.wkt()) {
                    (None, None) if name.is_empty() => Crs::unstated(),
                    (code, wkt) => Crs::named(path, code, wkt, name)?,
                }
            }
        };
        let features = header.features_count();
        let index = index_bytes(features, header.index_node_size());
        let features_start = index
            .and_then(|index| index.checked_add(MAGIC_BYTES + 4 + u64::from(length)))
            .filter(|start| *start <= size_bytes);
        Ok(Head {
            crs,
            names: column_names(columns.iter().map(Column::name)),
            types: columns.iter().map(Column::type_).collect(),
            geometry: header.geometry_type(),
            features,
            features_start: features_start
                .ok_or_else(|| damaged(path, "its index is longer than the file"))?,
        })
    }
}

/// Bytes of a packed Hilbert R-tree: nodes of 40 bytes, so many to a node above them. `None` where
/// there can be no such tree.
fn index_bytes(features: u64, node_size: u16) -> Option<u64> {
    const NODE_BYTES: u64 = 40;
    if features == 0 || node_size == 0 {
        return Some(0);
    }
    let node_size = u64::from(node_size.max(2));
    let (mut level, mut nodes) = (features, features);
    while level > 1 {
        level = level.div_ceil(node_size);
        nodes = nodes.checked_add(level)?;
    }
    nodes.checked_mul(NODE_BYTES)
}

/// Reads a length and that many bytes after it into `buffer`, the length included; `None` at the
/// end of the file.
fn sized(
    path: &Path,
    bytes: &mut impl io::Read,
    most: u32,
    buffer: &mut Vec<u8>,
) -> Result<Option<u32>, Problem> {
    buffer.clear();
    let taken = bytes
        .take(4)
        .read_to_end(buffer)
        .map_err(|e| cut(path, &e))?;
    if taken == 0 {
        return Ok(None);
    }
    let Some(head) = buffer.first_chunk::<4>() else {
        return Err(damaged(path, "it breaks off"));
    };
    let length = u32::from_le_bytes(*head);
    // The tables of the library do not stand less.
    if !(8..=most).contains(&length) {
        return Err(damaged(
            path,
            "a size in it is longer than can be, or too short",
        ));
    }
    let taken = bytes.take(u64::from(length)).read_to_end(buffer);
    if taken.map_err(|e| cut(path, &e))? as u64 != u64::from(length) {
        return Err(damaged(path, "it breaks off"));
    }
    Ok(Some(length))
}

fn damaged(path: &Path, cause: &str) -> Problem {
    Problem::new(text!("problem-fgb", file = path.display(), cause = cause))
}

fn cut(path: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => damaged(path, "it breaks off"),
        _ => Problem::io(path, error),
    }
}

struct FeatureRows {
    path: PathBuf,
    bytes: BufReader<File>,
    head: Arc<Head>,
    columns: Vec<String>,
    count: u64,
    at: u64,
    feature: Vec<u8>,
}

impl Rows for FeatureRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        record.clear();
        let length = sized(
            &self.path,
            &mut self.bytes,
            MOST_FEATURE_BYTES,
            &mut self.feature,
        )?;
        let Some(length) = length else {
            return match self.head.features {
                stated if stated == 0 || stated == self.count => Ok(Read::End),
                stated => {
                    let counts = format!("{} / {}", number(self.count), number(stated));
                    Err(damaged(
                        &self.path,
                        &format!("it breaks off, features {counts}"),
                    ))
                }
            };
        };
        self.at += 4 + u64::from(length);
        self.count += 1;
        record.line = self.count;
        let feature = size_prefixed_root_as_feature(&self.feature)
            .map_err(|e| damaged(&self.path, &e.to_string()))?;
        let values = values(&feature, &self.head);
        let values = values.map_err(|value| Fault::new("bad_properties", "properties", &value));
        let shape = feature
            .geometry()
            .map_or(Ok(Shape::None), |g| shape(&g, self.head.geometry))
            .and_then(|shape| self.head.crs.place(shape))
            .map_err(|(reason, value)| Fault::new(reason, "geometry", &value));
        Ok(match values {
            Ok(values) => {
                for (name, value) in self.head.names.iter().zip(&values) {
                    gis::put(record, &self.columns, name, value);
                }
                match shape {
                    Ok(shape) => {
                        record.shape = shape;
                        Read::Row
                    }
                    Err(fault) => Read::Bad(fault),
                }
            }
            Err(fault) => Read::Bad(fault),
        })
    }

    fn bytes_read(&self) -> u64 {
        self.at
    }
}

/// The value of each column; what is at fault where the bytes are not what the header says.
fn values(feature: &Feature<'_>, head: &Head) -> Result<Vec<String>, String> {
    let mut values = vec![String::new(); head.types.len()];
    let Some(properties) = feature.properties() else {
        return Ok(values);
    };
    let mut bytes = properties.bytes();
    while let Some((index, rest)) = bytes.split_first_chunk::<2>() {
        let index = usize::from(u16::from_le_bytes(*index));
        let kind = head
            .types
            .get(index)
            .ok_or_else(|| format!("column {index}"))?;
        let name = || head.names[index].clone();
        let (value, rest) = value(*kind, rest).ok_or_else(name)?;
        values[index] = value;
        bytes = rest;
    }
    Ok(values)
}

/// A value as a cell of text, and the bytes after it.
fn value(kind: ColumnType, bytes: &[u8]) -> Option<(String, &[u8])> {
    macro_rules! fixed {
        ($number:ty) => {{
            let (own, rest) = bytes.split_first_chunk::<{ size_of::<$number>() }>()?;
            (<$number>::from_le_bytes(*own).to_string(), rest)
        }};
    }
    Some(match kind {
        ColumnType::Byte => fixed!(i8),
        ColumnType::UByte => fixed!(u8),
        ColumnType::Bool => {
            let (own, rest) = bytes.split_first()?;
            ((*own != 0).to_string(), rest)
        }
        ColumnType::Short => fixed!(i16),
        ColumnType::UShort => fixed!(u16),
        ColumnType::Int => fixed!(i32),
        ColumnType::UInt => fixed!(u32),
        ColumnType::Long => fixed!(i64),
        ColumnType::ULong => fixed!(u64),
        ColumnType::Float => fixed!(f32),
        ColumnType::Double => fixed!(f64),
        ColumnType::String | ColumnType::Json | ColumnType::DateTime | ColumnType::Binary => {
            let (length, rest) = bytes.split_first_chunk::<4>()?;
            let length = u32::from_le_bytes(*length) as usize;
            let own = rest.get(..length)?;
            let text = match kind {
                ColumnType::Binary => String::new(),
                _ => std::str::from_utf8(own).ok()?.to_owned(),
            };
            (text, &rest[length..])
        }
        _ => return None,
    })
}

/// In the coordinates of the file. Parts of an area are one level deep, as the format demands.
fn shape(geometry: &Geometry<'_>, of_all: GeometryType) -> Result<Shape, ShapeFault> {
    let kind = match of_all {
        GeometryType::Unknown => geometry.type_(),
        kind => kind,
    };
    let points = points(geometry)?;
    match kind {
        GeometryType::Point | GeometryType::MultiPoint => match points.as_slice() {
            [at] if at.x.is_nan() && at.y.is_nan() => Ok(Shape::None),
            points => Shape::only_point(points),
        },
        GeometryType::LineString if points.is_empty() => Ok(Shape::None),
        GeometryType::LineString => Shape::line(vec![LineString(points)]),
        GeometryType::MultiLineString => Shape::line(parts(geometry, &points)?),
        GeometryType::Polygon if points.is_empty() => Ok(Shape::None),
        GeometryType::Polygon => Shape::area(vec![parts(geometry, &points)?]),
        GeometryType::MultiPolygon => {
            let mut areas = Vec::new();
            for part in geometry.parts().iter().flatten() {
                areas.push(parts(&part, &self::points(&part)?)?);
            }
            Shape::area(areas)
        }
        other => {
            let name = other.variant_name().unwrap_or("?");
            Err(("geometry_not_taken", name.to_owned()))
        }
    }
}

fn points(geometry: &Geometry<'_>) -> Result<Vec<Coord<f64>>, ShapeFault> {
    let Some(xy) = geometry.xy() else {
        return Ok(Vec::new());
    };
    if xy.len() % 2 != 0 {
        return Err(("bad_geometry", format!("{} coordinates", xy.len())));
    }
    Ok((0..xy.len() / 2)
        .map(|i| Coord {
            x: xy.get(i * 2),
            y: xy.get(i * 2 + 1),
        })
        .collect())
}

/// Positions cut where the geometry says that parts end.
fn parts(
    geometry: &Geometry<'_>,
    points: &[Coord<f64>],
) -> Result<Vec<LineString<f64>>, ShapeFault> {
    let Some(ends) = geometry.ends().filter(|ends| !ends.is_empty()) else {
        return Ok(vec![LineString(points.to_vec())]);
    };
    let mut start = 0;
    let mut parts = Vec::new();
    for end in ends {
        let end = end as usize;
        let part = points.get(start..end);
        let part = part.ok_or_else(|| ("bad_geometry", format!("part {start}–{end}")))?;
        parts.push(LineString(part.to_vec()));
        start = end;
    }
    Ok(parts)
}
