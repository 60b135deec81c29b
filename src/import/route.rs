//! A route to filter along, from a GPX or GeoJSON file. Lines that meet are put together; of what
//! stays apart the longest is taken, with the number of those left out.

use super::encoding::Charset;
use super::formats::{Features, Step, XmlWalk, lon_lat};
use super::text::{self, Content};
use crate::domain::Area;
use crate::domain::area::{DEFAULT_WIDTH_M, LonLat, MOST_POINTS};
use crate::domain::measure::distance_m;
use crate::domain::outline::length_m;
use crate::locale::{Problem, number};
use serde_json::Value;
use std::path::Path;

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// A corridor of [`DEFAULT_WIDTH_M`] along a line, or a polygon.
    pub area: Area,
    /// Lines or polygons that are not in it.
    pub left_out: usize,
}

/// Bigger files are no route.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Ends of lines no further apart than this meet.
const MEET_M: f64 = 50.0;

/// Lines and outer rings of polygons, degrees, as the file has them.
#[derive(Default)]
struct Found {
    lines: Vec<Vec<LonLat>>,
    rings: Vec<Vec<LonLat>>,
    points: usize,
}

/// Reads the route of a file.
///
/// # Errors
/// The file is missing, too big, damaged, neither GPX nor GeoJSON, has a place that is not on
/// Earth, or holds no line and no polygon.
pub fn read(path: &Path) -> Result<Route, Problem> {
    let io = |e: std::io::Error| Problem::io(path, &e);
    let about = std::fs::metadata(path).map_err(io)?;
    if about.len() > MOST_BYTES {
        return Err(Problem::new(text!(
            "problem-route-big",
            file = path.display(),
            mb = MOST_BYTES >> 20
        )));
    }
    if !about.is_file() && !about.is_dir() {
        return Err(Problem::new(text!(
            "problem-route-type",
            file = path.display()
        )));
    }
    let survey = text::survey(path, None)?;
    let found = match (survey.content, survey.starts_with) {
        (Content::Xml, _) => gpx(path, survey.encoding)?,
        (Content::Text, Some(b'{' | b'[')) => geojson(path, survey.encoding)?,
        _ => {
            return Err(Problem::new(text!(
                "problem-route-type",
                file = path.display()
            )));
        }
    };
    found.route(path)
}

impl Found {
    /// Counts a point; a file of too many is refused before they fill the memory.
    fn point(&mut self, path: &Path, lon: f64, lat: f64) -> Result<LonLat, Problem> {
        self.points += 1;
        if self.points > MOST_POINTS {
            return Err(Problem::new(text!(
                "problem-route-points",
                file = path.display(),
                n = number(MOST_POINTS as u64)
            )));
        }
        if !(-180.0..=180.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
            return Err(Problem::new(text!(
                "problem-route-place",
                file = path.display(),
                value = format!("{lat}, {lon}")
            )));
        }
        Ok([lon, lat])
    }

    fn route(self, path: &Path) -> Result<Route, Problem> {
        let lines = joined(self.lines.into_iter().map(unrolled));
        let longest = |all: &[Vec<LonLat>]| {
            let lengths = all.iter().map(|line| length_m(line));
            let longest = lengths.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            longest.map(|(i, _)| i)
        };
        if let Some(i) = longest(&lines) {
            return Ok(Route {
                left_out: lines.len() - 1,
                area: Area::Corridor {
                    line: lines[i].clone(),
                    width_m: DEFAULT_WIDTH_M,
                },
            });
        }
        let mut rings: Vec<_> = self.rings.into_iter().map(unrolled).collect();
        rings.iter_mut().for_each(|ring| {
            if ring.first() == ring.last() {
                ring.pop();
            }
        });
        rings.retain(|ring| ring.len() >= 3);
        match longest(&rings) {
            Some(i) => Ok(Route {
                left_out: rings.len() - 1,
                area: Area::polygon(rings[i].clone()),
            }),
            None => Err(Problem::new(text!(
                "problem-route-none",
                file = path.display()
            ))),
        }
    }
}

/// Without repeated points, and going on beyond ±180 where it crosses the antimeridian.
fn unrolled(mut line: Vec<LonLat>) -> Vec<LonLat> {
    line.dedup();
    let mut turns = 0.0;
    for i in 1..line.len() {
        let step = line[i][0] + turns - line[i - 1][0];
        turns -= (step / 360.0).round() * 360.0;
        line[i][0] += turns;
    }
    line
}

/// Lines put together where the end of one meets the start or end of another, in their order.
fn joined(lines: impl Iterator<Item = Vec<LonLat>>) -> Vec<Vec<LonLat>> {
    let mut all: Vec<Vec<LonLat>> = Vec::new();
    for mut line in lines.filter(|line| line.len() >= 2) {
        let meets = |a: Option<&LonLat>, b: Option<&LonLat>| {
            a.zip(b).is_some_and(|(a, b)| distance_m(*a, *b) <= MEET_M)
        };
        match all.last_mut() {
            Some(before) if meets(before.last(), line.first()) => {
                before.extend(line.drain(1..));
            }
            Some(before) if meets(before.last(), line.last()) => {
                before.extend(line.into_iter().rev().skip(1));
            }
            Some(before) if meets(before.first(), line.last()) => {
                line.extend(before.drain(1..));
                *before = line;
            }
            Some(before) if meets(before.first(), line.first()) => {
                before.reverse();
                before.extend(line.drain(1..));
            }
            _ => all.push(line),
        }
    }
    all
}

/// Tracks, their segments one after the other, and routes. Waypoints are no route.
fn gpx(path: &Path, charset: Charset) -> Result<Found, Problem> {
    let mut walk = XmlWalk::open(path, charset)?;
    let mut found = Found::default();
    let mut line: Option<Vec<LonLat>> = None;
    if !walk.enter_root()? || !walk.is_in(&["gpx"]) {
        return Err(Problem::new(text!(
            "problem-route-type",
            file = path.display()
        )));
    }
    loop {
        match walk.step()? {
            Step::Open(attributes) => match walk.names().last().map(String::as_str) {
                Some("trk" | "rte") => line = Some(Vec::new()),
                Some("trkpt" | "rtept") => {
                    let point = lon_lat(&attributes);
                    let (lon, lat) = point
                        .ok_or_else(|| walk.problem(text!("problem-route-point"; file, line)))?;
                    let at = found.point(path, lon, lat)?;
                    line.iter_mut().for_each(|line| line.push(at));
                }
                _ => {}
            },
            Step::Close(name, _) if name == "trk" || name == "rte" => {
                found.lines.extend(line.take());
            }
            Step::Close(..) => {}
            Step::End => return Ok(found),
        }
    }
}

fn geojson(path: &Path, charset: Charset) -> Result<Found, Problem> {
    let mut features = Features::open(path, charset)?;
    let mut found = Found::default();
    while let Some(feature) = features.next()? {
        // What the importer would reject row by row ends a route: there are no others.
        let feature = feature
            .map_err(|_| Problem::new(text!("problem-route-geometry", file = path.display())))?;
        geometry(path, &feature["geometry"], &mut found)?;
    }
    Ok(found)
}

fn geometry(path: &Path, geometry: &Value, found: &mut Found) -> Result<(), Problem> {
    let bad = || Problem::new(text!("problem-route-geometry", file = path.display()));
    let coordinates = &geometry["coordinates"];
    let list = |value: &Value| value.as_array().cloned().ok_or_else(bad);
    match geometry["type"].as_str() {
        None if geometry.is_null() => Ok(()),
        Some("Point" | "MultiPoint") => Ok(()),
        Some("LineString") => {
            let line = positions(path, coordinates, found)?;
            found.lines.push(line);
            Ok(())
        }
        Some("MultiLineString") => list(coordinates)?.iter().try_for_each(|part| {
            let line = positions(path, part, found)?;
            found.lines.push(line);
            Ok(())
        }),
        Some("Polygon") => outer_ring(path, coordinates, found),
        Some("MultiPolygon") => list(coordinates)?
            .iter()
            .try_for_each(|part| outer_ring(path, part, found)),
        _ => Err(bad()),
    }
}

/// Holes are no part of an area to filter by.
fn outer_ring(path: &Path, rings: &Value, found: &mut Found) -> Result<(), Problem> {
    let ring = positions(path, &rings[0], found)?;
    found.rings.push(ring);
    Ok(())
}

fn positions(path: &Path, value: &Value, found: &mut Found) -> Result<Vec<LonLat>, Problem> {
    let bad = || Problem::new(text!("problem-route-geometry", file = path.display()));
    let all = value.as_array().ok_or_else(bad)?;
    let mut points = Vec::with_capacity(all.len().min(MOST_POINTS));
    for position in all {
        let numbers = position.as_array().ok_or_else(bad)?;
        let numbers: Option<Vec<f64>> = numbers.iter().map(Value::as_f64).collect();
        let Some([lon, lat, ..]) = numbers.as_deref() else {
            return Err(bad());
        };
        points.push(found.point(path, *lon, *lat)?);
    }
    Ok(points)
}
