//! ESRI shapefiles (ESRI, 1998): geometries in `.shp`, one row of `.dbf` for each, the reference
//! system in `.prj`, the encoding in `.cpg`; beside each other or in one zip file. The checksum of the
//! import is that of the file that was named: the `.shp`, or the zip file.
//!
//! Where records start is told by the index (`.shx`), for writers leave gaps between them; without
//! one they are taken to follow each other. Lengths and places in these files are often wrong, some
//! on purpose: nothing is made room for before its bytes are there.

use super::archive::{Archive, Stream, entry_problem};
use super::crs::Crs;
use super::dbf::{Dbf, DbfRow, charset_of_cpg};
use super::shape::{Shape, ShapeFault};
use super::{Format, Layout, Read, Record, Rows, Table, gis, no_layer};
use crate::import::report::Fault;
use crate::import::text::{Content, Survey};
use crate::locale::{Problem, number};
use geo::{Coord, LineString};
use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// As a file of its own.
pub struct Shapefile;
/// In a zip file.
pub struct ZippedShapefile;

/// One geometry: a coastline in full detail fits many times over.
const MOST_RECORD_BYTES: u64 = 64 << 20;
const MOST_PART_BYTES: u64 = 8 << 30;
/// `.prj` and `.cpg`
const MOST_TEXT_BYTES: u64 = 64 << 10;

impl Format for Shapefile {
    fn id(&self) -> &'static str {
        "shapefile"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["shp"]
    }

    fn content(&self) -> Content {
        Content::Shapefile
    }

    fn open(&self, path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
        table(&Parts::beside(path)?, survey)
    }
}

impl Format for ZippedShapefile {
    fn id(&self) -> &'static str {
        "shapefile-zip"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["zip"]
    }

    fn content(&self) -> Content {
        Content::Zip
    }

    fn claims(&self, path: &Path, _: &Survey) -> bool {
        Archive::open(path).is_ok_and(|archive| archive.names().any(|name| is_shp(&name)))
    }

    fn layers(&self, path: &Path, _: &Survey) -> Result<Vec<String>, Problem> {
        let archive = Archive::open(path)?;
        let names: Vec<String> = archive.names().filter(|name| is_shp(name)).collect();
        match names.len() {
            0 => Err(archive.foreign()),
            1 => Ok(Vec::new()),
            _ => Ok(names),
        }
    }

    fn open(&self, path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem> {
        let archive = Archive::open(path)?;
        let all: Vec<String> = archive.names().filter(|name| is_shp(name)).collect();
        let found = match &layout.layer {
            Some(name) => all.iter().find(|shp| *shp == name),
            None => all.first(),
        };
        let shp = match (found, &layout.layer) {
            (Some(shp), _) => shp,
            (None, None) => return Err(archive.foreign()),
            (None, Some(name)) => {
                return Err(no_layer(path, name, all.iter().map(String::as_str)));
            }
        };
        let mut table = table(&Parts::zipped(path, &archive, shp), survey)?;
        table.layer = (all.len() > 1 || layout.layer.is_some()).then(|| shp.clone());
        Ok(table)
    }
}

fn is_shp(name: &str) -> bool {
    // Names of deleted forks that one desktop adds to its archives.
    name.to_ascii_lowercase().ends_with(".shp") && !name.starts_with("__MACOSX/")
}

/// Where the parts of a shapefile are.
#[derive(Clone)]
struct Parts {
    /// The file that is imported.
    path: PathBuf,
    in_zip: bool,
    shp: String,
    /// Names, or paths where not in a zip file.
    dbf: Option<String>,
    shx: Option<String>,
    prj: Option<String>,
    cpg: Option<String>,
}

type Bytes = Box<dyn io::Read + Send>;

impl Parts {
    /// The files beside a `.shp`, whatever the case of their names.
    fn beside(path: &Path) -> Result<Parts, Problem> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut names = Vec::new();
        for file in std::fs::read_dir(folder).map_err(|e| Problem::io(path, &e))? {
            let name = file.map_err(|e| Problem::io(path, &e))?.file_name();
            let name = name.to_string_lossy();
            if name.len() == stem.len() + 4 {
                names.push(folder.join(&*name).to_string_lossy().into_owned());
            }
        }
        let shp = folder.join(&*stem).to_string_lossy().into_owned() + ".shp";
        let part = |ending| part_of(&shp, ending, &names);
        Ok(Parts {
            path: path.to_owned(),
            in_zip: false,
            shp: path.to_string_lossy().into_owned(),
            dbf: part("dbf"),
            shx: part("shx"),
            prj: part("prj"),
            cpg: part("cpg"),
        })
    }

    fn zipped(path: &Path, archive: &Archive, shp: &str) -> Parts {
        let names: Vec<String> = archive.names().collect();
        let part = |ending| part_of(shp, ending, &names);
        Parts {
            path: path.to_owned(),
            in_zip: true,
            shp: shp.to_owned(),
            dbf: part("dbf"),
            shx: part("shx"),
            prj: part("prj"),
            cpg: part("cpg"),
        }
    }

    fn open(&self, part: &str) -> Result<Bytes, Problem> {
        if self.in_zip {
            let stream = Archive::open(&self.path)?.stream(part, MOST_PART_BYTES)?;
            return Ok(Box::new(BufReader::new(stream)));
        }
        // The named file may have a name that is no text.
        let path = match part == self.shp {
            true => self.path.as_path(),
            false => Path::new(part),
        };
        let file = File::open(path).map_err(|e| Problem::io(path, &e))?;
        Ok(Box::new(BufReader::new(file)))
    }

    /// A short text.
    fn text(&self, part: &str) -> Result<String, Problem> {
        let mut bytes = Vec::new();
        self.open(part)?
            .take(MOST_TEXT_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|e| entry_problem(&self.path, part, &e))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn problem(&self, part: &str, cause: &str) -> Problem {
        let name = Path::new(part).file_name().unwrap_or_default();
        Problem::file("problem-part-damaged", &self.path)
            .with("part", name.to_string_lossy())
            .with("cause", cause)
    }
}

/// The file of the same name with another ending.
fn part_of(shp: &str, ending: &str, names: &[String]) -> Option<String> {
    let stem = shp.get(..shp.len() - 4)?;
    let wanted = format!("{stem}.{ending}");
    let exact = names.iter().find(|name| **name == wanted);
    let near = || {
        names
            .iter()
            .find(|name| name.to_lowercase() == wanted.to_lowercase())
    };
    exact.or_else(near).cloned()
}

fn table(parts: &Parts, survey: &Survey) -> Result<Table, Problem> {
    let Some(dbf) = &parts.dbf else {
        let wanted = Path::new(&parts.shp).with_extension("dbf");
        let wanted = wanted
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        return Err(Problem::file("problem-part-missing", &parts.path).with("part", wanted));
    };
    let crs = match &parts.prj {
        Some(prj) => Crs::from_wkt(&parts.path, &parts.text(prj)?)?,
        None => Crs::untold(),
    };
    let told = match &parts.cpg {
        _ if survey.named.is_some() => survey.named,
        Some(cpg) => charset_of_cpg(&parts.text(cpg)?),
        None => None,
    };
    let crs = Arc::new(crs);
    let open_dbf = || {
        let name = Path::new(dbf)
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let bytes = parts.open(dbf)?;
        Dbf::open(&parts.path, &name, bytes, told, || parts.open(dbf))
    };
    let start = |columns: Vec<String>| -> Result<ShapeRows, Problem> {
        Ok(ShapeRows {
            shapes: Shapes::open(parts)?,
            dbf: open_dbf()?,
            parts: parts.clone(),
            crs: Arc::clone(&crs),
            columns,
            ended: false,
            size_bytes: survey.size_bytes,
        })
    };
    let first = open_dbf()?;
    let mut table = gis::table(&parts.path, &crs, start)?;
    table.notes.extend(first.found.note(&parts.path, 0));
    table.found = Some(first.found);
    Ok(table)
}

struct ShapeRows {
    shapes: Shapes,
    dbf: Dbf<Bytes>,
    parts: Parts,
    crs: Arc<Crs>,
    columns: Vec<String>,
    ended: bool,
    size_bytes: u64,
}

impl Rows for ShapeRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        loop {
            record.clear();
            let shape = self.shapes.next(&self.parts)?;
            let row = self.dbf.next(&self.parts.path, &self.columns, record)?;
            let shape = match (shape, row) {
                (None, DbfRow::End) => {
                    self.ended = true;
                    return Ok(Read::End);
                }
                (Some(_), DbfRow::Deleted) => continue,
                (Some(shape), DbfRow::Row) => shape,
                _ => {
                    let n = number(self.shapes.count);
                    let cause = format!("its rows are not as many as the shapes, from {n} on");
                    let dbf = self.parts.dbf.clone().unwrap_or_default();
                    return Err(self.parts.problem(&dbf, &cause));
                }
            };
            record.line = self.shapes.count;
            let placed = shape.and_then(|shape| self.crs.place(shape));
            return Ok(match placed {
                Ok(shape) => {
                    record.shape = shape;
                    Read::Row
                }
                Err((reason, value)) => Read::Bad(Fault::new(reason, "geometry", &value)),
            });
        }
    }

    fn bytes_read(&self) -> u64 {
        match self.ended {
            true => self.size_bytes,
            // In a zip file this counts what is unpacked.
            false => self.shapes.at.min(self.size_bytes),
        }
    }
}

/// The geometries of a `.shp` in their order, in its own coordinates.
struct Shapes {
    bytes: Source,
    index: Option<Bytes>,
    /// Where the next byte of the file is, and where the header says that it ends.
    at: u64,
    end: u64,
    count: u64,
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
    fn open(parts: &Parts) -> Result<Shapes, Problem> {
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
    fn next(&mut self, parts: &Parts) -> Result<Option<Result<Shape, ShapeFault>>, Problem> {
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

/// Rings as areas: those that run clockwise are outer rings, each other one is a hole in the outer
/// ring around it, or an outer ring where there is none.
fn areas(rings: Vec<LineString<f64>>) -> Result<Vec<Vec<LineString<f64>>>, ShapeFault> {
    let (mut outer, mut holes): (Vec<_>, Vec<_>) =
        rings.into_iter().partition(|ring| turn(ring) <= 0.0);
    let mut found = homes(&outer, &holes)?;
    if found.iter().all(Option::is_none) && !holes.is_empty() {
        // Perhaps somebody wrote all rings the other way round.
        let turned = homes(&holes, &outer)?;
        if turned.iter().any(Option::is_some) {
            (outer, holes, found) = (holes, outer, turned);
        }
    }
    let mut areas: Vec<Vec<_>> = outer.into_iter().map(|ring| vec![ring]).collect();
    let mut alone = Vec::new();
    for (hole, home) in holes.into_iter().zip(found) {
        match home {
            Some(i) => areas[i].push(hole),
            None => alone.push(vec![hole]),
        }
    }
    areas.append(&mut alone);
    Ok(areas)
}

/// By hole, which of the outer rings is around it.
fn homes(
    outer: &[LineString<f64>],
    holes: &[LineString<f64>],
) -> Result<Vec<Option<usize>>, ShapeFault> {
    /// Comparisons: far beyond any real map, and well below a second.
    const MOST_WORK: usize = 20_000_000;
    let boxes: Vec<[f64; 4]> = outer.iter().map(around).collect();
    let (mut work, mut homes) = (0, Vec::with_capacity(holes.len()));
    for hole in holes {
        work += boxes.len();
        homes.push(hole.0.first().and_then(|at| {
            boxes.iter().zip(outer).position(|(b, ring)| {
                let near = b[0] <= at.x && at.x <= b[2] && b[1] <= at.y && at.y <= b[3];
                work += if near { ring.0.len() } else { 0 };
                near && work < MOST_WORK && is_inside(*at, ring)
            })
        }));
        if work >= MOST_WORK {
            return Err(("bad_geometry", "too many rings".to_owned()));
        }
    }
    Ok(homes)
}

/// Twice the area, negative where the ring runs clockwise.
fn turn(ring: &LineString<f64>) -> f64 {
    let Some(origin) = ring.0.first().copied() else {
        return 0.0;
    };
    // From a corner of the ring: far from zero the products would swallow the differences.
    let sides = ring.0.windows(2).map(|p| {
        let (a, b) = (p[0] - origin, p[1] - origin);
        a.x * b.y - b.x * a.y
    });
    sides.sum()
}

/// West, south, east, north.
fn around(ring: &LineString<f64>) -> [f64; 4] {
    let start = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    ring.0.iter().fold(start, |b, p| {
        [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)]
    })
}

/// Whether a ray from the point crosses the ring an odd number of times.
fn is_inside(at: Coord<f64>, ring: &LineString<f64>) -> bool {
    let crossings = ring.0.windows(2).filter(|p| {
        let (a, b) = (p[0], p[1]);
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64, clockwise: bool) -> LineString<f64> {
        let (east, north) = (west + side, south + side);
        let mut ring = vec![
            (west, south),
            (west, north),
            (east, north),
            (east, south),
            (west, south),
        ];
        if !clockwise {
            ring.reverse();
        }
        LineString::from(ring)
    }

    #[test]
    fn holes_go_to_the_ring_around_them() {
        let rings = vec![
            square(-100.0, 20.0, 4.0, true),
            square(-90.0, 20.0, 4.0, true),
            square(-89.0, 21.0, 1.0, false),
            square(-99.0, 21.0, 1.0, false),
            square(0.0, 0.0, 1.0, false),
        ];
        let areas = areas(rings).unwrap();
        let counts: Vec<usize> = areas.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 2, 1]);
        assert_eq!(areas[0][1].0[0].x, -99.0);
        let turned = super::areas(vec![square(0.0, 0.0, 1.0, false)]).unwrap();
        assert_eq!(turned.len(), 1);
        // All of them the other way round.
        let turned = super::areas(vec![
            square(-100.0, 20.0, 4.0, false),
            square(-99.0, 21.0, 1.0, true),
        ]);
        let turned = turned.unwrap();
        assert_eq!((turned.len(), turned[0].len()), (1, 2));
        assert_eq!(turned[0][0].0[0].x, -100.0);
    }

    #[test]
    fn rings_without_end_are_refused() {
        let mut rings = Vec::new();
        for i in 0..10_000 {
            rings.push(square(f64::from(i), 0.0, 0.5, i % 2 == 0));
        }
        assert_eq!(areas(rings).err().unwrap().0, "bad_geometry");
    }
}
