//! Well-known binary (ISO 19125, with PostGIS's flags): one geometry of a byte slice. Counts are
//! held against the bytes that are there before anything is made of them.

use super::shape::{Shape, ShapeFault};
use geo::{Coord, LineString};

/// # Errors
/// The bytes are no geometry or one that is not taken.
pub fn shape(bytes: &[u8]) -> Result<Shape, ShapeFault> {
    let mut cursor = Cursor { bytes, big: false };
    cursor.geometry().unwrap_or_else(|| {
        let start: String = bytes.iter().take(16).map(|b| format!("{b:02x}")).collect();
        Err(("bad_geometry", format!("WKB {start}…")))
    })
}

struct Cursor<'a> {
    bytes: &'a [u8],
    /// Byte order of the geometry at hand.
    big: bool,
}

/// Kind of a geometry and how many numbers a position has.
#[derive(Clone, Copy, PartialEq)]
struct Kind {
    code: u32,
    numbers: usize,
}

impl Cursor<'_> {
    /// `None` where the bytes end early or contradict each other.
    fn geometry(&mut self) -> Option<Result<Shape, ShapeFault>> {
        let kind = self.kind()?;
        Some(match kind.code {
            1 => {
                let at = self.position(kind)?;
                match at.x.is_nan() && at.y.is_nan() {
                    // How an empty point is written.
                    true => Ok(Shape::None),
                    false => Ok(Shape::Point {
                        lon: at.x,
                        lat: at.y,
                    }),
                }
            }
            2 => match self.positions(kind)? {
                line if line.0.is_empty() => Ok(Shape::None),
                line => Shape::line(vec![line]),
            },
            3 => Shape::area(vec![self.rings(kind)?]),
            4 => {
                let points = self.parts(1, Self::position)?;
                Shape::only_point(&points)
            }
            5 => Shape::line(self.parts(2, Self::positions)?),
            6 => Shape::area(self.parts(3, Self::rings)?),
            7 => Err(("geometry_not_taken", "GeometryCollection".to_owned())),
            code => Err(("geometry_not_taken", format!("WKB {code}"))),
        })
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*taken)
    }

    fn u32(&mut self) -> Option<u32> {
        let bytes = self.take::<4>()?;
        Some(match self.big {
            true => u32::from_be_bytes(bytes),
            false => u32::from_le_bytes(bytes),
        })
    }

    fn f64(&mut self) -> Option<f64> {
        let bytes = self.take::<8>()?;
        Some(match self.big {
            true => f64::from_be_bytes(bytes),
            false => f64::from_le_bytes(bytes),
        })
    }

    /// A count of things of at least `bytes` bytes each.
    fn count(&mut self, bytes: usize) -> Option<usize> {
        let count = self.u32()? as usize;
        (count <= self.bytes.len() / bytes).then_some(count)
    }

    fn kind(&mut self) -> Option<Kind> {
        self.big = match self.take::<1>()? {
            [0] => true,
            [1] => false,
            _ => return None,
        };
        let raw = self.u32()?;
        if raw & 0x2000_0000 != 0 {
            self.u32()?;
        }
        let (plain, thousands) = ((raw & 0x0FFF_FFFF) % 1_000, (raw & 0x0FFF_FFFF) / 1_000);
        let flags = usize::from(raw & 0x8000_0000 != 0) + usize::from(raw & 0x4000_0000 != 0);
        let more = match thousands {
            0 => flags,
            1 | 2 => 1,
            3 => 2,
            _ => return None,
        };
        Some(Kind {
            code: plain,
            numbers: 2 + more,
        })
    }

    fn position(&mut self, kind: Kind) -> Option<Coord<f64>> {
        let at = Coord {
            x: self.f64()?,
            y: self.f64()?,
        };
        for _ in 2..kind.numbers {
            self.f64()?;
        }
        Some(at)
    }

    fn positions(&mut self, kind: Kind) -> Option<LineString<f64>> {
        let count = self.count(8 * kind.numbers)?;
        (0..count).map(|_| self.position(kind)).collect()
    }

    fn rings(&mut self, kind: Kind) -> Option<Vec<LineString<f64>>> {
        let count = self.count(4)?;
        (0..count).map(|_| self.positions(kind)).collect()
    }

    /// The members of a geometry of several, each of which names its own kind: `code` alone is let in.
    fn parts<T>(
        &mut self,
        code: u32,
        read: impl Fn(&mut Self, Kind) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = self.count(9)?;
        let mut parts = Vec::new();
        for _ in 0..count {
            let part = self.kind()?;
            if part.code != code {
                return None;
            }
            parts.push(read(self, part)?);
        }
        Some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wkb(code: u32, numbers: &[f64]) -> Vec<u8> {
        let mut bytes = vec![1];
        bytes.extend(code.to_le_bytes());
        numbers.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
        bytes
    }

    fn reason(bytes: &[u8]) -> &'static str {
        shape(bytes).err().map_or("", |(reason, _)| reason)
    }

    #[test]
    fn points_of_every_dimension() {
        for (code, numbers) in [
            (1, vec![-99.5, 27.5]),
            (1001, vec![-99.5, 27.5, 9.0]),
            (2001, vec![-99.5, 27.5, 9.0]),
            (3001, vec![-99.5, 27.5, 9.0, 9.0]),
            (0x8000_0001, vec![-99.5, 27.5, 9.0]),
        ] {
            let Ok(Shape::Point { lon, lat }) = shape(&wkb(code, &numbers)) else {
                panic!("{code}")
            };
            assert_eq!((lon, lat), (-99.5, 27.5));
        }
        assert!(matches!(
            shape(&wkb(1, &[f64::NAN, f64::NAN])),
            Ok(Shape::None)
        ));
    }

    #[test]
    fn lying_counts_and_strange_kinds() {
        let mut many = wkb(2, &[]);
        many.extend(4_000_000_000_u32.to_le_bytes());
        let mut rings = wkb(3, &[]);
        rings.extend(4_000_000_000_u32.to_le_bytes());
        let mut parts = wkb(6, &[]);
        parts.extend(u32::MAX.to_le_bytes());
        for bytes in [
            &many,
            &rings,
            &parts,
            &Vec::new(),
            &vec![7],
            &wkb(1, &[1.0]),
        ] {
            assert_eq!(reason(bytes), "bad_geometry", "{bytes:?}");
        }
        let nested = wkb(7, &[]).repeat(10_000);
        assert_eq!(reason(&nested), "geometry_not_taken");
        assert_eq!(reason(&wkb(8, &[])), "geometry_not_taken");
        // A polygon among the points of a multipoint.
        let mut mixed = wkb(4, &[]);
        mixed.extend(1_u32.to_le_bytes());
        mixed.extend(wkb(3, &[0.0, 0.0]));
        assert_eq!(reason(&mixed), "bad_geometry");
        let mut short = wkb(3, &[]);
        short.extend(1_u32.to_le_bytes());
        short.extend(0_u32.to_le_bytes());
        assert_eq!(reason(&short), "ring_short");
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200), code in 0_u32..8) {
            let _ = shape(&bytes);
            let mut started = wkb(code, &[]);
            started.extend(bytes);
            let _ = shape(&started);
        }
    }
}
