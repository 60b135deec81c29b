//! GeoPackage geometry blobs: an 8-byte header, an optional envelope, then WKB. Written little
//! endian; read in both byte orders, with limits before every allocation.

use geo::{BoundingRect, Coord, LineString, MultiLineString, MultiPolygon, Polygon};

const WKB_POINT: u32 = 1;
const WKB_LINE: u32 = 2;
const WKB_POLYGON: u32 = 3;
const WKB_MULTI_LINE: u32 = 5;
const WKB_MULTI_POLYGON: u32 = 6;

/// A point in WGS 84 degrees.
#[must_use]
pub(super) fn point_blob(lon: f64, lat: f64) -> Vec<u8> {
    let mut blob = header(None);
    blob.push(1);
    blob.extend(WKB_POINT.to_le_bytes());
    blob.extend(lon.to_le_bytes());
    blob.extend(lat.to_le_bytes());
    blob
}

/// Lines with their envelope.
#[must_use]
pub(super) fn multi_line_blob(path: &MultiLineString<f64>) -> Vec<u8> {
    let mut blob = header(path.bounding_rect().map(envelope));
    blob.push(1);
    blob.extend(WKB_MULTI_LINE.to_le_bytes());
    blob.extend((path.0.len() as u32).to_le_bytes());
    for line in path {
        blob.push(1);
        blob.extend(WKB_LINE.to_le_bytes());
        push_points(&mut blob, line);
    }
    blob
}

/// A multipolygon with its envelope.
#[must_use]
pub(super) fn multi_polygon_blob(area: &MultiPolygon<f64>) -> Vec<u8> {
    let mut blob = header(area.bounding_rect().map(envelope));
    blob.push(1);
    blob.extend(WKB_MULTI_POLYGON.to_le_bytes());
    blob.extend((area.0.len() as u32).to_le_bytes());
    for polygon in area {
        blob.push(1);
        blob.extend(WKB_POLYGON.to_le_bytes());
        blob.extend((1 + polygon.interiors().len() as u32).to_le_bytes());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            push_points(&mut blob, ring);
        }
    }
    blob
}

/// `[min_x, max_x, min_y, max_y]`
fn envelope(rect: geo::Rect<f64>) -> [f64; 4] {
    [rect.min().x, rect.max().x, rect.min().y, rect.max().y]
}

fn push_points(blob: &mut Vec<u8>, line: &LineString<f64>) {
    blob.extend((line.0.len() as u32).to_le_bytes());
    for c in &line.0 {
        blob.extend(c.x.to_le_bytes());
        blob.extend(c.y.to_le_bytes());
    }
}

fn header(envelope: Option<[f64; 4]>) -> Vec<u8> {
    // "GP", version 0, flags: little endian, envelope kind 0 or 1.
    let flags = 1 | (u8::from(envelope.is_some()) << 1);
    // Room for a point.
    let mut blob = Vec::with_capacity(29);
    blob.extend([b'G', b'P', 0, flags]);
    blob.extend(4326_i32.to_le_bytes());
    for value in envelope.into_iter().flatten() {
        blob.extend(value.to_le_bytes());
    }
    blob
}

/// The position of a point blob, `None` for anything else.
#[must_use]
pub(super) fn read_point(blob: &[u8]) -> Option<[f64; 2]> {
    let mut wkb = Wkb::after_header(blob)?;
    (wkb.geometry_type()? == WKB_POINT).then_some(())?;
    let point = [wkb.f64()?, wkb.f64()?];
    point.iter().all(|v| v.is_finite()).then_some(point)
}

/// The lines of a line or multi-line blob, `None` for anything else.
#[must_use]
pub(super) fn read_multi_line(blob: &[u8]) -> Option<MultiLineString<f64>> {
    let mut wkb = Wkb::after_header(blob)?;
    match wkb.geometry_type()? {
        WKB_LINE => Some(MultiLineString(vec![wkb.line()?])),
        WKB_MULTI_LINE => {
            let n = wkb.count(9)?;
            let mut lines = Vec::with_capacity(n);
            for _ in 0..n {
                (wkb.geometry_type()? == WKB_LINE).then_some(())?;
                lines.push(wkb.line()?);
            }
            Some(MultiLineString(lines))
        }
        _ => None,
    }
}

/// The area of a polygon or multipolygon blob, `None` for anything else.
#[must_use]
pub(super) fn read_multi_polygon(blob: &[u8]) -> Option<MultiPolygon<f64>> {
    let mut wkb = Wkb::after_header(blob)?;
    match wkb.geometry_type()? {
        WKB_POLYGON => Some(MultiPolygon(vec![wkb.polygon()?])),
        WKB_MULTI_POLYGON => {
            let n = wkb.count(9)?;
            let mut polygons = Vec::with_capacity(n);
            for _ in 0..n {
                (wkb.geometry_type()? == WKB_POLYGON).then_some(())?;
                polygons.push(wkb.polygon()?);
            }
            Some(MultiPolygon(polygons))
        }
        _ => None,
    }
}

/// `[min_x, max_x, min_y, max_y]`; `None` where empty or not understood.
#[must_use]
pub(super) fn bounds(blob: &[u8]) -> Option<[f64; 4]> {
    if let Some([x, y]) = read_point(blob) {
        return Some([x, x, y, y]);
    }
    let rect = match read_multi_line(blob) {
        Some(lines) => lines.bounding_rect(),
        None => read_multi_polygon(blob)?.bounding_rect(),
    };
    rect.map(envelope)
}

/// A cursor over WKB.
struct Wkb<'a> {
    rest: &'a [u8],
    little_endian: bool,
}

impl<'a> Wkb<'a> {
    fn after_header(blob: &'a [u8]) -> Option<Wkb<'a>> {
        (blob.len() >= 8 && blob.starts_with(b"GP")).then_some(())?;
        let envelope_bytes = match (blob[3] >> 1) & 7 {
            0 => 0,
            1 => 32,
            2 | 3 => 48,
            4 => 64,
            _ => return None,
        };
        Some(Wkb {
            rest: blob.get(8 + envelope_bytes..)?,
            little_endian: true,
        })
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*head)
    }

    fn u32(&mut self) -> Option<u32> {
        let bytes = self.take()?;
        Some(if self.little_endian {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }

    fn f64(&mut self) -> Option<f64> {
        let bytes = self.take()?;
        Some(if self.little_endian {
            f64::from_le_bytes(bytes)
        } else {
            f64::from_be_bytes(bytes)
        })
    }

    fn geometry_type(&mut self) -> Option<u32> {
        self.little_endian = self.take::<1>()?[0] == 1;
        self.u32()
    }

    /// A number of things of at least `bytes_each`, refused where the blob cannot hold them.
    fn count(&mut self, bytes_each: usize) -> Option<usize> {
        let n = self.u32()? as usize;
        (n <= self.rest.len() / bytes_each).then_some(n)
    }

    /// Points with their number before them.
    fn line(&mut self) -> Option<LineString<f64>> {
        let n = self.count(16)?;
        let mut points = Vec::with_capacity(n);
        for _ in 0..n {
            let (x, y) = (self.f64()?, self.f64()?);
            (x.is_finite() && y.is_finite()).then_some(())?;
            points.push(Coord { x, y });
        }
        Some(LineString(points))
    }

    fn polygon(&mut self) -> Option<Polygon<f64>> {
        let n = self.count(4)?;
        let mut rings = Vec::with_capacity(n);
        for _ in 0..n {
            rings.push(self.line()?);
        }
        let mut rings = rings.into_iter();
        Some(Polygon::new(rings.next()?, rings.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;
    use proptest::prelude::*;

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(read_point(&point_blob(-99.5, 27.5)), Some([-99.5, 27.5]));
        let square = polygon![exterior: [(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.), (x: 0., y: 0.)], interiors: [[(x: 1., y: 1.), (x: 2., y: 1.), (x: 2., y: 2.), (x: 1., y: 1.)]]];
        let area = MultiPolygon(vec![square]);
        let blob = multi_polygon_blob(&area);
        assert_eq!(read_multi_polygon(&blob), Some(area));
        assert_eq!(bounds(&blob), Some([0., 4., 0., 4.]));
        let lines: Vec<LineString<f64>> = vec![
            vec![(170., 1.), (180., 2.)].into(),
            vec![(-180., 2.), (-170., 3.)].into(),
        ];
        let path = MultiLineString(lines);
        let blob = multi_line_blob(&path);
        assert_eq!(read_multi_line(&blob), Some(path));
        assert_eq!(bounds(&blob), Some([-180., 180., 1., 3.]));
        assert_eq!(read_multi_polygon(&blob), None);
    }

    proptest! {
        #[test]
        fn hostile_blobs_do_not_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = bounds(&bytes);
            bytes.splice(0..0, header(None));
            let _ = bounds(&bytes);
            let _ = read_multi_polygon(&bytes);
            let _ = read_multi_line(&bytes);
        }
    }
}
