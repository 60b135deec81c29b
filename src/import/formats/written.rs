//! Lines and areas as text in a cell of a table: well-known text (OGC 06-103r4) as PostGIS, QGIS and
//! the program's own list of rejected rows write it, and GeoJSON geometries. Points are read with the
//! other ways to write a place.

use super::json::is_too_big;
use super::pieces::MOST_POSITIONS;
use super::shape::{Shape, ShapeFault};
use geo::{Coord, LineString};

/// The reference system of the text, where it names one: WGS 84.
const SRID: &str = "4326";
/// Letters that are shown of a value at fault.
const SHOWN: usize = 80;

/// `None` where the text is none of these.
#[must_use]
pub fn written(text: &str) -> Option<Result<Shape, ShapeFault>> {
    match text.as_bytes().first()? {
        // Its parts are fewer than the positions that well-known text may have.
        b'{' if is_too_big(text.as_bytes()) => text
            .contains("\"coordinates\"")
            .then(|| Err(("feature_too_big", String::new()))),
        b'{' => {
            let geometry: serde_json::Value = serde_json::from_str(text).ok()?;
            geometry.get("coordinates")?;
            Some(Shape::from_geojson(&geometry))
        }
        first if first.is_ascii_alphabetic() => well_known(text),
        _ => None,
    }
}

/// Whether a text of any length begins like a line or an area.
#[must_use]
pub fn begins(text: &str) -> bool {
    const STARTS: [&str; 5] = [
        "LINESTRING",
        "MULTILINESTRING",
        "POLYGON",
        "MULTIPOLYGON",
        "SRID=",
    ];
    if let Some(members) = text.strip_prefix('{') {
        return members.trim_start().starts_with("\"type\"");
    }
    let is = |start: &&str| {
        let head = text.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    STARTS.iter().any(is)
}

fn well_known(text: &str) -> Option<Result<Shape, ShapeFault>> {
    let (srid, body) = match text.split_once(';') {
        Some((head, body)) => match head.split_once('=') {
            Some((key, srid)) if key.trim().eq_ignore_ascii_case("SRID") => {
                (srid.trim(), body.trim_start())
            }
            _ => (SRID, text),
        },
        None => (SRID, text),
    };
    let letters = body.find(|c: char| !c.is_ascii_alphabetic());
    let (word, rest) = body.split_at(letters.unwrap_or(body.len()));
    let word = word.to_ascii_uppercase();
    // The numbers of a position are counted: what stands for the third and fourth tells nothing more.
    let kind = ["ZM", "Z", "M"]
        .iter()
        .find_map(|end| word.strip_suffix(end));
    let kind = kind.unwrap_or(&word);
    let known = [
        "POINT",
        "MULTIPOINT",
        "LINESTRING",
        "MULTILINESTRING",
        "POLYGON",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    ];
    if !known.contains(&kind) {
        return None;
    }
    if srid != SRID {
        return Some(Err(("other_srid", srid.chars().take(SHOWN).collect())));
    }
    if kind == "POINT" {
        return None;
    }
    let mut scan = Scan {
        rest,
        left: MOST_POSITIONS,
    };
    scan.dimensions();
    let bad = || Err(("bad_geometry", text.chars().take(SHOWN).collect()));
    let read = scan.geometry(kind);
    Some(match read {
        Some(shape) if scan.rest.trim().is_empty() || shape.is_err() => shape,
        _ => bad(),
    })
}

/// What is left of the text. Lists are nested by these functions alone, never by the text.
struct Scan<'a> {
    rest: &'a str,
    /// Positions that may still come.
    left: usize,
}

impl Scan<'_> {
    fn geometry(&mut self, kind: &str) -> Option<Result<Shape, ShapeFault>> {
        Some(match kind {
            "LINESTRING" => match self.line()? {
                line if line.0.is_empty() => Ok(Shape::None),
                line => Shape::line(vec![line]),
            },
            "MULTILINESTRING" => Shape::line(self.list(Self::line)?),
            "POLYGON" => {
                let rings = self.list(Self::line)?;
                Shape::area(vec![rings])
            }
            "MULTIPOLYGON" => Shape::area(self.list(|scan| scan.list(Self::line))?),
            "MULTIPOINT" => Shape::only_point(&self.list(Self::point)?),
            other => Err(("geometry_not_taken", other.to_owned())),
        })
    }

    /// Passes over `Z`, `M` or `ZM` before the numbers.
    fn dimensions(&mut self) {
        let rest = self.rest.trim_start();
        let is_one = |c: char| matches!(c, 'Z' | 'z' | 'M' | 'm');
        let letters = rest.len() - rest.trim_start_matches(is_one).len();
        if letters <= 2 {
            self.rest = &rest[letters..];
        }
    }

    fn take(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(sign)?;
        Some(())
    }

    /// `( item, item )`, or `EMPTY`.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let rest = self.rest.trim_start();
        if let Some(word) = rest.get(..5)
            && word.eq_ignore_ascii_case("EMPTY")
        {
            self.rest = &rest[5..];
            return Some(Vec::new());
        }
        self.take('(')?;
        let mut items = vec![item(self)?];
        while self.take(',').is_some() {
            items.push(item(self)?);
        }
        self.take(')')?;
        Some(items)
    }

    fn line(&mut self) -> Option<LineString<f64>> {
        self.list(Self::position).map(LineString)
    }

    /// A position of several points, in brackets of its own or not.
    fn point(&mut self) -> Option<Coord<f64>> {
        if self.take('(').is_none() {
            return self.position();
        }
        let at = self.position()?;
        self.take(')')?;
        Some(at)
    }

    /// Two to four numbers: longitude, latitude and what is left out.
    fn position(&mut self) -> Option<Coord<f64>> {
        self.left = self.left.checked_sub(1)?;
        let (x, y) = (self.number()?, self.number()?);
        for _ in 0..2 {
            if self.number().is_none() {
                break;
            }
        }
        Some(Coord { x, y })
    }

    fn number(&mut self) -> Option<f64> {
        let rest = self.rest.trim_start();
        let is_part = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let number: f64 = rest[..end].parse().ok()?;
        self.rest = &rest[end..];
        number.is_finite().then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wkt(text: &str) -> Option<String> {
        written(text)?.ok()?.wkt()
    }

    fn reason(text: &str) -> &'static str {
        written(text).unwrap().err().unwrap().0
    }

    #[test]
    fn lines_and_areas_as_programs_write_them() {
        let line = "MULTILINESTRING ((-99.5 27.5, -100.3 25.7))";
        for text in [
            "LINESTRING (-99.5 27.5, -100.3 25.7)",
            "LineString (-99.5 27.5, -100.3 25.7)",
            "LINESTRING(-99.5 27.5,-100.3 25.7)",
            "LineStringZ (-99.5 27.5 130, -100.3 25.7 540)",
            "LINESTRING ZM (-99.5 27.5 130 1, -100.3 25.7 540 2)",
            "LINESTRING M(-99.5 27.5 1,-100.3 25.7 2)",
            "SRID=4326;LINESTRING(-99.5 27.5,-100.3 25.7)",
            "MultiLineString ((-99.5 27.5, -100.3 25.7))",
            "  MULTILINESTRING((-9.95e1 2.75E1,-100.3 25.7)) ".trim(),
            r#"{"type":"LineString","coordinates":[[-99.5,27.5],[-100.3,25.7]]}"#,
        ] {
            assert_eq!(wkt(text).as_deref(), Some(line), "{text}");
        }
        let area = "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1)))";
        for text in [
            "POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
            "MultiPolygonZ (((0 0 1, 4 0 1, 4 4 1, 0 0 1), (1 1 1, 2 1 1, 2 2 1, 1 1 1)))",
            area,
        ] {
            assert_eq!(wkt(text).as_deref(), Some(area), "{text}");
        }
        assert_eq!(
            wkt("MULTIPOINT ((-99.5 27.5))").as_deref(),
            Some("POINT (-99.5 27.5)")
        );
        assert_eq!(
            wkt("MULTIPOINT (-99.5 27.5)").as_deref(),
            Some("POINT (-99.5 27.5)")
        );
        assert!(matches!(written("LINESTRING EMPTY"), Some(Ok(Shape::None))));
        assert!(matches!(
            written("MULTIPOLYGON EMPTY"),
            Some(Ok(Shape::None))
        ));
    }

    #[test]
    fn what_is_none_or_bad_is_named() {
        for text in [
            "",
            "27.5, -99.5",
            "POINT (-99.5 27.5)",
            "Puente 2",
            "Polygon",
            "{",
            "{}",
        ] {
            let is_none = written(text).is_none() || text == "Polygon";
            assert!(is_none, "{text}");
        }
        for text in [
            "LINESTRING",
            "LINESTRING (",
            "LINESTRING (1 2, 3)",
            "LINESTRING (1 2, 3 4",
            "LINESTRING (1 2, 3 4) x",
            "LINESTRING (1 2 3 4 5, 3 4)",
            "LINESTRING ((1 2, 3 4))",
            "POLYGON (1 2, 3 4)",
            "POLYGON ((a b, c d))",
            "LINESTRING (1 2, 1e999 4)",
        ] {
            assert_eq!(reason(text), "bad_geometry", "{text}");
        }
        assert_eq!(reason("LINESTRING (1 2)"), "line_short");
        assert_eq!(reason("POLYGON ((0 0, 1 0, 1 1, 0 1))"), "ring_open");
        assert_eq!(reason("POLYGON ((0 0, 1 0, 0 0))"), "ring_short");
        assert_eq!(
            reason("GEOMETRYCOLLECTION (POINT (1 2))"),
            "geometry_not_taken"
        );
        assert_eq!(reason("MULTIPOINT (1 2, 3 4)"), "geometry_not_taken");
        for text in ["SRID=32614;LINESTRING (1 2, 3 4)", "SRID=6372;POINT (1 2)"] {
            assert_eq!(reason(text), "other_srid", "{text}");
        }
        let many = format!(
            r#"{{"coordinates":[{}[1,2]],"type":"LineString"}}"#,
            "[1,2],".repeat(700_000)
        );
        assert_eq!(reason(&many), "feature_too_big");
        assert!(written(&many.replace("coordinates", "other")).is_none());
        // Brackets without end are none of the lists that are looked for.
        let deep = format!("MULTIPOLYGON {}", "(".repeat(1_000_000));
        assert_eq!(reason(&deep), "bad_geometry");
    }

    #[test]
    fn a_text_begins_like_a_shape() {
        for text in [
            "LineStringZ (",
            "MULTIPOLYGON(",
            "multilinestring (",
            "{\"type\"",
            "{ \"type\": \"Polygon\"",
            "{\n  \"type\"",
        ] {
            assert!(begins(text), "{text}");
        }
        for text in ["Multiple witnesses say", "MULTI", "{\"id\"", "{", ""] {
            assert!(!begins(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(at in prop::collection::vec((-180.0..180.0_f64, -90.0..90.0_f64), 2..20)) {
            let line = LineString(at.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect());
            let text = Shape::line(vec![line]).ok().and_then(|shape| shape.wkt()).unwrap();
            prop_assert_eq!(wkt(&text), Some(text));
        }

        #[test]
        fn nothing_makes_it_fall_over(text in "(SRID=4326;)?(MULTI)?(POLYGON|LINESTRING|POINT) ?[ZM]{0,3}[-0-9.,() eEMPTY]{0,60}") {
            let _ = written(&text);
            let _ = begins(&text);
        }
    }
}
