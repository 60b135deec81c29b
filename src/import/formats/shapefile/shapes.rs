//! The geometries of a `.shp`.
//!
//! The index (`.shx`) says where records start, for writers leave gaps between them; without one they are
//! taken to follow each other. Lengths and places in these files are often wrong, some
//! on purpose: nothing is made room for before its bytes are there.

use super::parts::{Bytes, MOST_PART_BYTES, Parts};
use super::rings::areas;
use crate::import::formats::archive::{Archive, Stream, entry_problem};
use crate::import::formats::shape::{Shape, ShapeFault};
use crate::locale::{Problem, number};
use geo::{Coord, LineString};
use std::fs::File;
use std::io::{self, BufReader, Read as _};

/// One geometry: a coastline in full detail fits many times over.
const MOST_RECORD_BYTES: u64 = 64 << 20;

/// The geometries of a `.shp` in their order, in its own coordinates.
pub struct Shapes {
    bytes: Source,
    index: Option<Bytes>,
    /// Where the next byte of the file is, and where the header says that it ends.
    pub at: u64,
    end: u64,
    pub count: u64,
    /// Bytes that may still be read: an index can name one record over and over.
    left: u64,
    record: Vec<u8>,
}

enum Source {
    File(BufReader<File>),
    /// Goes forward only.
    Zip(BufReader<Stream>),
}

impl Source {
    fn reader(&mut self) -> &mut dyn io::Read {
        match self {
            Source::File(reader) => reader,
            Source::Zip(reader) => reader,
        }
    }
}

const HEADER_BYTES: u64 = 100;

/// How much more than its size may be read of a file.
const MOST_TIMES: u64 = 4;

/// The header of a `.shp` or `.shx`: where the file says that it ends.
fn header(parts: &Parts, part: &str, bytes: &mut dyn io::Read) -> Result<u64, Problem> {
    let mut head = [0; HEADER_BYTES as usize];
    bytes
        .read_exact(&mut head)
        .map_err(|e| cut(parts, part, &e))?;
    let code = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
    let words = u32::from_be_bytes([head[24], head[25], head[26], head[27]]);
    let end = u64::from(words) * 2;
    match code == 9994 && end >= HEADER_BYTES {
        true => Ok(end),
        false => Err(parts.problem(part, "its header is not that of a shapefile")),
    }
}

impl Shapes {
    pub fn open(parts: &Parts) -> Result<Shapes, Problem> {
        let mut bytes = if parts.in_zip {
            let stream = Archive::open(&parts.path)?.stream(&parts.shp, MOST_PART_BYTES)?;
            Source::Zip(BufReader::new(stream))
        } else {
            let file = File::open(&parts.path).map_err(|e| Problem::io(&parts.path, &e))?;
            Source::File(BufReader::new(file))
        };
        let end = header(parts, &parts.shp, bytes.reader())?;
        let index = match &parts.shx {
            None => None,
            Some(shx) => {
                let mut index = parts.open(shx)?;
                header(parts, shx, &mut index)?;
                Some(index)
            }
        };
        Ok(Shapes {
            bytes,
            index,
            at: HEADER_BYTES,
            end,
            count: 0,
            left: end.saturating_mul(MOST_TIMES),
            record: Vec::new(),
        })
    }

    /// Where the next record starts; `None` after the last.
    fn next_start(&mut self, parts: &Parts) -> Result<Option<u64>, Problem> {
        let Some(index) = &mut self.index else {
            return Ok((self.at < self.end).then_some(self.at));
        };
        let shx = parts.shx.as_deref().unwrap_or_default();
        let mut entry = Vec::with_capacity(8);
        let taken = index.take(8).read_to_end(&mut entry);
        taken.map_err(|e| cut(parts, shx, &e))?;
        match entry.as_slice() {
            [] => Ok(None),
            [a, b, c, d, _, _, _, _] => {
                let start = u64::from(u32::from_be_bytes([*a, *b, *c, *d])) * 2;
                match (HEADER_BYTES..self.end).contains(&start) {
                    true => Ok(Some(start)),
                    false => Err(parts.problem(shx, "it points out of the .shp")),
                }
            }
            _ => Err(parts.problem(shx, "it breaks off")),
        }
    }

    fn go_to(&mut self, start: u64, parts: &Parts) -> Result<(), Problem> {
        let failed = |e: io::Error| cut(parts, &parts.shp, &e);
        match &mut self.bytes {
            _ if start == self.at => {}
            // Both lie in the file, which is far below 2^63 bytes long.
            Source::File(reader) => reader
                .seek_relative(start as i64 - self.at as i64)
                .map_err(failed)?,
            Source::Zip(reader) => {
                let Some(gap) = start.checked_sub(self.at) else {
                    let cause =
                        "its shapes are out of order; unpack the zip file and load the .shp";
                    return Err(parts.problem(&parts.shp, cause));
                };
                io::copy(&mut reader.take(gap), &mut io::sink()).map_err(failed)?;
            }
        }
        self.at = start;
        Ok(())
    }

    /// `None` after the last.
    pub fn next(&mut self, parts: &Parts) -> Result<Option<Result<Shape, ShapeFault>>, Problem> {
        let Some(start) = self.next_start(parts)? else {
            return Ok(None);
        };
        self.go_to(start, parts)?;
        let failed = |e: io::Error| cut(parts, &parts.shp, &e);
        let mut head = [0; 8];
        self.bytes.reader().read_exact(&mut head).map_err(failed)?;
        let words = u32::from_be_bytes([head[4], head[5], head[6], head[7]]);
        let length = u64::from(words) * 2;
        self.count += 1;
        let left = self.left.checked_sub(8 + length);
        let (Some(left), true) = (
            left,
            length <= MOST_RECORD_BYTES && self.at + 8 + length <= self.end,
        ) else {
            let cause = format!("shape {} is longer than can be", number(self.count));
            return Err(parts.problem(&parts.shp, &cause));
        };
        self.left = left;
        self.record.clear();
        let taken = self
            .bytes
            .reader()
            .take(length)
            .read_to_end(&mut self.record);
        if taken.map_err(failed)? as u64 != length {
            return Err(failed(io::ErrorKind::UnexpectedEof.into()));
        }
        self.at += 8 + length;
        Ok(Some(shape(&self.record)))
    }
}

fn cut(parts: &Parts, part: &str, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => parts.problem(part, "it breaks off"),
        _ => entry_problem(&parts.path, part, error),
    }
}

fn shape(bytes: &[u8]) -> Result<Shape, ShapeFault> {
    read_shape(bytes).unwrap_or_else(|| {
        let start: String = bytes.iter().take(16).map(|b| format!("{b:02x}")).collect();
        Err(("bad_geometry", format!("{start}… ({})", bytes.len())))
    })
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}

fn point_at(bytes: &[u8], at: usize) -> Option<Coord<f64>> {
    let bytes = bytes.get(at..)?;
    let (x, y) = (
        bytes.first_chunk::<8>()?,
        bytes.get(8..)?.first_chunk::<8>()?,
    );
    Some(Coord {
        x: f64::from_le_bytes(*x),
        y: f64::from_le_bytes(*y),
    })
}

/// Positions that follow each other; `None` where they are not all there. Heights and measures, if
/// any, come after all positions and are left out.
fn points_at(bytes: &[u8], at: usize, count: usize) -> Option<Vec<Coord<f64>>> {
    let end = count.checked_mul(16)?.checked_add(at)?;
    bytes.get(at..end)?;
    (0..count).map(|i| point_at(bytes, at + i * 16)).collect()
}

/// `None` where the bytes end early or contradict each other.
fn read_shape(bytes: &[u8]) -> Option<Result<Shape, ShapeFault>> {
    Some(match u32_at(bytes, 0)? {
        0 => Ok(Shape::None),
        1 | 11 | 21 => {
            let at = point_at(bytes, 4)?;
            Ok(Shape::Point {
                lon: at.x,
                lat: at.y,
            })
        }
        8 | 18 | 28 => {
            let count = u32_at(bytes, 36)? as usize;
            Shape::only_point(&points_at(bytes, 40, count)?)
        }
        3 | 13 | 23 => Shape::line(parts(bytes)?),
        5 | 15 | 25 => areas(parts(bytes)?).and_then(Shape::area),
        code => Err(("geometry_not_taken", format!("shape type {code}"))),
    })
}

/// Parts of a line or rings of an area.
fn parts(bytes: &[u8]) -> Option<Vec<LineString<f64>>> {
    let (n_parts, n_points) = (u32_at(bytes, 36)? as usize, u32_at(bytes, 40)? as usize);
    let points_start = n_parts.checked_mul(4)?.checked_add(44)?;
    let points = points_at(bytes, points_start, n_points)?;
    let mut starts = (0..n_parts)
        .map(|i| u32_at(bytes, 44 + i * 4).map(|start| start as usize))
        .collect::<Option<Vec<_>>>()?;
    starts.push(n_points);
    starts
        .windows(2)
        .map(|pair| Some(LineString(points.get(pair[0]..pair[1])?.to_vec())))
        .collect()
}
