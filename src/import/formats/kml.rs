//! KML 2.2 (OGC 07-147r2) and its `gx:` tracks, Placemark by Placemark. Whatever it refers to stays
//! unread: network links and images laid over the map are counted and never fetched.

use super::html::plain;
use super::pieces::{Cells, MOST_POSITIONS, Pieces};
use super::record::Record;
use super::table::{Format, Layout, Read, Rows, Table, gathered};
use super::xml::{Attributes, Step, XmlWalk, check_root, root_of};
use crate::import::encoding::Charset;
use crate::import::text::{Content, Survey, Utf8Reader};
use crate::locale::{Problem, number};
use geo::{Coord, LineString, Polygon};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Old files begin without the `kml` around them.
const ROOTS: [&str; 4] = ["kml", "Document", "Folder", "Placemark"];
/// Where a fault in the geometry is said to be.
const COLUMN: &str = "coordinates";
/// Texts of one Placemark, its coordinates apart.
const MOST_TEXT_BYTES: usize = 32 * 1024 * 1024;

pub const KML: Format = Format {
    times_are_utc: true,
    claims,
    ..Format::new("kml", &["kml"], Content::Xml, open)
};

fn claims(_path: &Path, survey: &Survey) -> bool {
    root_of(&survey.head).is_some_and(|root| ROOTS.contains(&root.as_str()))
}

fn open(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    let file = Document {
        path: path.to_owned(),
        charset: survey.encoding,
        bytes: None,
    };
    table(Arc::from([file]), Vec::new())
}

/// A KML text that can be begun anew.
pub struct Document {
    /// How messages name it.
    pub path: PathBuf,
    pub charset: Charset,
    /// What it holds, where it is no file of its own.
    pub bytes: Option<Arc<[u8]>>,
}

impl Document {
    fn text(&self) -> Result<Utf8Reader, Problem> {
        match &self.bytes {
            Some(bytes) => {
                let source = Box::new(Cursor::new(bytes.clone()));
                Ok(Utf8Reader::of(source, self.charset))
            }
            None => Utf8Reader::open(&self.path, self.charset),
        }
    }
}

/// The Placemarks of all documents, one after the other. `inside` are the names that links may refer
/// to within the same file. There is at least one document.
pub fn table(documents: Arc<[Document]>, inside: Vec<String>) -> Result<Table, Problem> {
    gathered(|columns| {
        let mut rows = KmlRows {
            walk: begun(&documents[0])?,
            documents: documents.clone(),
            at: 0,
            bytes_before: 0,
            columns,
            inside: inside.clone(),
            folders: Vec::new(),
            links: 0,
            stripped: 0,
            root_is_row: false,
        };
        rows.root_is_row = rows.walk.is_in(&["Placemark"]);
        Ok(rows)
    })
}

/// A document inside of its root.
fn begun(document: &Document) -> Result<XmlWalk, Problem> {
    let mut walk = XmlWalk::new(&document.path, document.text()?);
    check_root(&mut walk, &ROOTS)?;
    Ok(walk)
}

struct KmlRows {
    documents: Arc<[Document]>,
    /// The one that `walk` goes through.
    at: usize,
    walk: XmlWalk,
    /// Of the documents that are done with.
    bytes_before: u64,
    inside: Vec<String>,
    columns: Vec<String>,
    /// Depth and name of the folders that are open.
    folders: Vec<(usize, String)>,
    links: u64,
    stripped: u64,
    /// Whether the Placemark that is the root of the file is still to be read.
    root_is_row: bool,
}

impl Rows for KmlRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        record.clear();
        if std::mem::take(&mut self.root_is_row) {
            return self.placemark(record, None);
        }
        loop {
            match self.walk.step()? {
                Step::End => {
                    let Some(next) = self.documents.get(self.at + 1) else {
                        return Ok(Read::End);
                    };
                    let next = begun(next)?;
                    self.bytes_before += self.walk.bytes_read();
                    self.at += 1;
                    self.folders.clear();
                    self.walk = next;
                    if self.walk.is_in(&["Placemark"]) {
                        return self.placemark(record, None);
                    }
                }
                Step::Open(attributes) => match self.walk.names() {
                    [.., last] if last == "Placemark" => {
                        let id = attributes.get("id").map(str::to_owned);
                        return self.placemark(record, id);
                    }
                    names => self.count(names.last().cloned().as_deref()),
                },
                Step::Close(name, text) => self.leave(&name, &text),
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        self.bytes_before + self.walk.bytes_read()
    }

    fn notes(&self) -> Vec<Problem> {
        let counts = [
            (text!("note-kml-links"; n), self.links),
            (text!("note-kml-html"; n), self.stripped),
        ];
        let some = counts.into_iter().filter(|(_, n)| *n > 0);
        some.map(|(key, n)| Problem::new(key).with("n", number(n)))
            .collect()
    }
}

impl KmlRows {
    /// What the file only refers to.
    fn count(&mut self, name: Option<&str>) {
        let refers = ["GroundOverlay", "ScreenOverlay", "PhotoOverlay"];
        self.links += u64::from(name.is_some_and(|name| refers.contains(&name)));
    }

    /// The end of an element outside of Placemarks.
    fn leave(&mut self, name: &str, text: &str) {
        let depth = self.walk.names().len();
        if name == "href" && self.walk.names().iter().any(|n| n == "NetworkLink") {
            let href = text.trim().trim_start_matches("./");
            self.links += u64::from(!self.inside.iter().any(|name| name == href));
        } else if name == "Folder" {
            self.folders.retain(|(at, _)| *at <= depth);
        } else if name == "name" && self.walk.is_in(&["Folder"]) {
            self.folders.push((depth, text.trim().to_owned()));
        }
    }

    /// Reads on to the end of a Placemark that has begun.
    fn placemark(&mut self, record: &mut Record, id: Option<String>) -> Result<Read, Problem> {
        record.line = self.walk.line();
        let mut mark = Placemark::new(self.walk.names().len());
        loop {
            match self.walk.step()? {
                Step::Open(attributes) => mark.enter(&self.walk, &attributes),
                Step::Close(..) if self.walk.names().len() < mark.depth => break,
                Step::Close(name, text) => mark.leave(&self.walk, &name, &text),
                Step::End => break,
            }
            if mark.cells.bytes > MOST_TEXT_BYTES || mark.pieces.positions > MOST_POSITIONS {
                return Err(self.walk.problem(text!("problem-xml-big"; file, line)));
            }
        }
        let folder: Vec<&str> = self.folders.iter().map(|(_, name)| name.as_str()).collect();
        mark.cells
            .add("start", &mark.track.first.take().unwrap_or_default());
        mark.cells
            .add("end", &mark.track.last.take().unwrap_or_default());
        mark.cells.add("folder", &folder.join(" / "));
        mark.cells.add("placemark id", &id.unwrap_or_default());
        self.stripped += u64::from(mark.stripped);
        mark.cells.put(record, &self.columns);
        Ok(mark.pieces.put(COLUMN, record))
    }
}

/// A Placemark as far as it is read.
#[derive(Default)]
struct Placemark {
    /// Elements open inside of it, itself included.
    depth: usize,
    cells: Cells,
    pieces: Pieces,
    /// Name of the `Data` or `SimpleData` that is open.
    data: String,
    /// Of the point, line or ring that is open.
    coordinates: Option<Vec<Coord<f64>>>,
    outer: Option<LineString<f64>>,
    inner: Vec<LineString<f64>>,
    track: Track,
    stripped: bool,
}

/// A `gx:Track`: instants and places, as many of the one as of the other.
#[derive(Default)]
struct Track {
    places: Vec<Coord<f64>>,
    /// Places, also those that were left empty.
    coords: usize,
    whens: usize,
    first: Option<String>,
    last: Option<String>,
}

impl Placemark {
    fn new(depth: usize) -> Placemark {
        Placemark {
            depth,
            ..Placemark::default()
        }
    }

    fn enter(&mut self, walk: &XmlWalk, attributes: &Attributes) {
        match walk.names().last().map(String::as_str) {
            Some("Data" | "SimpleData") => {
                self.data = attributes.get("name").unwrap_or_default().to_owned();
            }
            Some("link") if walk.names().len() == self.depth + 1 => {
                self.cells
                    .add("link", attributes.get("href").unwrap_or_default());
            }
            Some("Point" | "LineString" | "LinearRing") => self.coordinates = None,
            Some("Polygon") => (self.outer, self.inner) = (None, Vec::new()),
            Some("Track") => {
                self.track.places = Vec::new();
                (self.track.coords, self.track.whens) = (0, 0);
            }
            Some("Model") => self.pieces.fail(COLUMN, "geometry_not_taken", "Model"),
            _ => {}
        }
    }

    /// The end of an element inside of the Placemark.
    fn leave(&mut self, walk: &XmlWalk, name: &str, text: &str) {
        match name {
            "coordinates" => self.coordinates = Some(self.tuples(text)),
            "Point" | "LineString" | "LinearRing" | "Polygon" | "Track" => {
                self.geometry(walk, name);
            }
            "coord" if walk.is_in(&["Track"]) => self.track_place(text),
            "when" if walk.is_in(&["Track"]) => {
                self.track.whens += 1;
                self.track.first.get_or_insert_with(|| text.to_owned());
                self.track.last = Some(text.to_owned());
            }
            "when" if walk.is_in(&["Placemark", "TimeStamp"]) => self.cells.add("start", text),
            "begin" if walk.is_in(&["Placemark", "TimeSpan"]) => self.cells.add("start", text),
            "end" if walk.is_in(&["Placemark", "TimeSpan"]) => self.cells.add("end", text),
            "value" if walk.is_in(&["Data"]) => self.cells.add(&self.data, text),
            "SimpleData" => self.cells.add(&self.data, text),
            "Data" | "SchemaData" => {}
            other if walk.is_in(&["Placemark", "ExtendedData"]) => self.cells.add(other, text),
            _ if walk.names().len() == self.depth => self.own(name, text),
            _ => {}
        }
    }

    /// A text of the Placemark itself.
    fn own(&mut self, name: &str, text: &str) {
        match name {
            "description" | "Snippet" | "snippet" => {
                let plain = plain(text);
                self.stripped |= plain.is_some();
                self.cells
                    .add(&name.to_lowercase(), plain.as_deref().unwrap_or(text));
            }
            "name" | "address" | "phoneNumber" => self.cells.add(name, text),
            _ => {}
        }
    }

    fn geometry(&mut self, walk: &XmlWalk, name: &str) {
        let found = self.coordinates.take();
        match (name, found) {
            ("Point", Some(places)) if places.len() == 1 => self.pieces.points.extend(places),
            // Left empty where only an address is known: a row without a place.
            ("Point", None) => {}
            ("Point", Some(places)) if places.is_empty() => {}
            ("Point", Some(places)) => {
                let found = format!("Point: {}", places.len());
                self.pieces.fail(COLUMN, "bad_geometry", &found);
            }
            ("LineString", found) => {
                let line = LineString(found.unwrap_or_default());
                self.pieces.lines.push(line);
            }
            ("LinearRing", found) => {
                let ring = LineString(found.unwrap_or_default());
                if walk.is_in(&["outerBoundaryIs"]) {
                    self.check_ring(&ring);
                    self.outer = Some(ring);
                } else if walk.is_in(&["innerBoundaryIs"]) {
                    self.check_ring(&ring);
                    self.inner.push(ring);
                } else {
                    self.pieces.lines.push(ring);
                }
            }
            ("Polygon", _) => match self.outer.take() {
                Some(outer) => {
                    let inner = std::mem::take(&mut self.inner);
                    self.pieces.areas.push(Polygon::new(outer, inner));
                }
                None => self.pieces.fail(COLUMN, "ring_short", "Polygon: 0"),
            },
            _ => self.end_track(),
        }
    }

    fn check_ring(&mut self, ring: &LineString<f64>) {
        let count = ring.0.len();
        if ring.0.first() != ring.0.last() {
            let ends = [ring.0.first(), ring.0.last()]
                .map(|c| c.map_or(String::new(), |c| format!("{},{}", c.x, c.y)));
            let ends = ends.join(" … ");
            self.pieces.fail(COLUMN, "ring_open", &ends);
        } else if count < 4 {
            self.pieces.fail(COLUMN, "ring_short", &count.to_string());
        }
    }

    fn track_place(&mut self, text: &str) {
        self.track.coords += 1;
        let numbers: Option<Vec<f64>> = text.split_whitespace().map(|n| n.parse().ok()).collect();
        match numbers.as_deref() {
            // No fix at this instant.
            Some([]) => {}
            Some([lon, lat] | [lon, lat, _]) => {
                let place = self.pieces.position(*lon, *lat);
                self.track.places.push(place);
            }
            _ => self.pieces.fail(COLUMN, "bad_geometry", text),
        }
    }

    fn end_track(&mut self) {
        let places = std::mem::take(&mut self.track.places);
        let (coords, whens) = (self.track.coords, self.track.whens);
        if whens > 0 && whens != coords {
            let found = format!("{whens} × when, {coords} × gx:coord");
            self.pieces.fail(COLUMN, "bad_geometry", &found);
        }
        self.pieces.lines.push(LineString(places));
    }

    /// `lon,lat` or `lon,lat,height`, between blanks; some programs write blanks after commas too.
    fn tuples(&mut self, text: &str) -> Vec<Coord<f64>> {
        let mut places = Vec::new();
        let mut tuple = String::new();
        for piece in text.split_whitespace() {
            if !tuple.is_empty() && !tuple.ends_with(',') && !piece.starts_with(',') {
                places.extend(self.tuple(&tuple));
                tuple.clear();
            }
            if self.pieces.positions > MOST_POSITIONS {
                return places;
            }
            tuple.push_str(piece);
        }
        if !tuple.is_empty() {
            places.extend(self.tuple(&tuple));
        }
        places
    }

    fn tuple(&mut self, text: &str) -> Option<Coord<f64>> {
        let mut numbers = text.split(',');
        let mut next = || numbers.next().and_then(|n| n.parse::<f64>().ok());
        let (lon, lat) = (next(), next());
        match (lon, lat, numbers.count()) {
            // The height may be left out, also behind its comma.
            (Some(lon), Some(lat), 0 | 1) => Some(self.pieces.position(lon, lat)),
            _ => {
                self.pieces.fail(COLUMN, "bad_geometry", text);
                None
            }
        }
    }
}
