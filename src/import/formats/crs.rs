//! Coordinate reference systems: which a file is in, and from there to WGS 84 degrees.
//!
//! What is taken: degrees on WGS 84 and on datums within two metres of it, and projections that a
//! formula takes to WGS 84. What needs grids of measured shifts (NAD 27) is refused by name.

use super::shape::{Shape, ShapeFault, on_earth};
use super::wkt;
use crate::locale::Problem;
use geo::Coord;
use proj4rs::Proj;
use proj4rs::transform::transform;
use std::path::Path;

pub struct Crs {
    name: String,
    conversion: Conversion,
}

/// How coordinates become WGS 84 degrees.
enum Conversion {
    /// They are.
    Same,
    /// They are, within two metres.
    Near,
    /// They are not said to be anything.
    Unstated,
    Project {
        from: Box<Proj>,
        to: Box<Proj>,
    },
}

const WGS84: &str = "+proj=longlat +datum=WGS84 +no_defs";

impl Crs {
    /// Of a file that says nothing of it.
    pub fn unstated() -> Crs {
        Crs {
            name: String::new(),
            conversion: Conversion::Unstated,
        }
    }

    /// By its code in the EPSG's registry; `name` is for messages.
    ///
    /// # Errors
    /// Nothing is known of it here, or it needs grids.
    pub fn from_epsg(path: &Path, code: u32, name: &str) -> Result<Crs, Problem> {
        let name = match name {
            "" => format!("EPSG:{code}"),
            name => format!("EPSG:{code}, {name}"),
        };
        // 4979 is WGS 84 with heights, which are left out.
        if matches!(code, 4326 | 4979) {
            return Ok(Crs {
                name,
                conversion: Conversion::Same,
            });
        }
        let found = u16::try_from(code)
            .ok()
            .and_then(crs_definitions::from_code);
        match found.and_then(|definition| conversion(definition.proj4)) {
            Some(conversion) => Ok(Crs { name, conversion }),
            None => Err(refused(path, &name)),
        }
    }

    /// By a well-known text, such as a `.prj` holds.
    ///
    /// # Errors
    /// It is none, or nothing is known of what it names.
    pub fn from_wkt(path: &Path, text: &str) -> Result<Crs, Problem> {
        let Some(found) = wkt::read(text) else {
            let start: String = text.trim().chars().take(60).collect();
            return Err(refused(path, &start));
        };
        if let Some(code) = found.epsg
            && let Ok(crs) = Crs::from_epsg(path, code, &found.name)
        {
            return Ok(crs);
        }
        match found.proj.as_deref().and_then(conversion) {
            Some(conversion) => Ok(Crs {
                name: found.name,
                conversion,
            }),
            None => Err(refused(path, &found.name)),
        }
    }

    /// By its code in the EPSG's registry, else by its well-known text, of a file that gives one of them
    /// or both.
    ///
    /// # Errors
    /// As [`Crs::from_epsg`] and [`Crs::from_wkt`], or there is neither.
    pub fn named(
        path: &Path,
        code: Option<u32>,
        wkt: Option<&str>,
        name: &str,
    ) -> Result<Crs, Problem> {
        match (code.map(|code| Crs::from_epsg(path, code, name)), wkt) {
            (Some(Ok(crs)), _) => Ok(crs),
            (_, Some(wkt)) => Crs::from_wkt(path, wkt),
            (Some(refused), None) => refused,
            (None, None) => Err(Problem::new(text!(
                "problem-crs",
                file = path.display(),
                crs = name
            ))),
        }
    }

    pub fn is_unstated(&self) -> bool {
        matches!(self.conversion, Conversion::Unstated)
    }

    /// What people should know of how coordinates were read.
    pub fn note(&self, path: &Path) -> Option<Problem> {
        let key = match self.conversion {
            Conversion::Same => return None,
            Conversion::Near => text!("note-crs-near"; crs, file),
            Conversion::Unstated => text!("note-crs-untold"; file),
            Conversion::Project { .. } => text!("note-crs-converted"; crs, file),
        };
        Some(Problem::file(key, path).with("crs", &self.name))
    }

    /// A shape in WGS 84 degrees.
    ///
    /// # Errors
    /// A coordinate of a projection has no place on Earth.
    pub fn place(&self, shape: Shape) -> Result<Shape, ShapeFault> {
        shape.try_map(|at| self.to_wgs84(at))
    }

    fn to_wgs84(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let at = match &self.conversion {
            Conversion::Same | Conversion::Near | Conversion::Unstated => return Some(at),
            Conversion::Project { from, to } => {
                // Beyond this no projection has a place, and some would look for it for long.
                if !(at.x.abs() < 1e8 && at.y.abs() < 1e8) {
                    return None;
                }
                let angular = from.is_latlong();
                let radians = |v: f64| if angular { v.to_radians() } else { v };
                let mut point = (radians(at.x), radians(at.y), 0.0);
                transform(from, to, &mut point).ok()?;
                Coord {
                    x: point.0.to_degrees(),
                    y: point.1.to_degrees(),
                }
            }
        };
        on_earth(at.x, at.y).then_some(at)
    }
}

/// From a definition as PROJ writes it. `None` where it needs grids, does not say how it lies to
/// WGS 84, or is no plane or sphere.
fn conversion(definition: &str) -> Option<Conversion> {
    let parameter = |name: &str| {
        let mut all = definition.split_whitespace();
        all.find_map(|p| p.strip_prefix('+')?.strip_prefix(name)?.strip_prefix('='))
    };
    let grids =
        parameter("nadgrids").is_some_and(|g| g != "@null") || parameter("geoidgrids").is_some();
    let odd_axes = parameter("axis").is_some_and(|axis| axis != "enu");
    if grids || odd_axes || parameter("proj") == Some("geocent") {
        return None;
    }
    let on_grs80 = matches!(parameter("ellps"), Some("GRS80" | "WGS84"));
    let shift = parameter("towgs84").map(|shift| {
        let mut all = shift.split(',').map(str::parse::<f64>);
        all.all(|n| n == Ok(0.0))
    });
    let near = match (parameter("datum"), shift) {
        (Some("WGS84" | "NAD83"), _) => true,
        (Some(_), _) => return None,
        (None, Some(none)) => none,
        (None, None) if on_grs80 || parameter("nadgrids") == Some("@null") => true,
        (None, None) => return None,
    };
    if near && parameter("proj") == Some("longlat") && parameter("pm").is_none() {
        return Some(match parameter("datum") == Some("WGS84") {
            true => Conversion::Same,
            false => Conversion::Near,
        });
    }
    Some(Conversion::Project {
        from: Box::new(Proj::from_proj_string(definition).ok()?),
        to: Box::new(Proj::from_proj_string(WGS84).ok()?),
    })
}

fn refused(path: &Path, name: &str) -> Problem {
    Problem::new(text!(
        "problem-crs",
        file = path.display(),
        crs = if name.is_empty() { "–" } else { name }
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(code: u32, x: f64, y: f64) -> Coord<f64> {
        let crs = Crs::from_epsg(Path::new("x.gpkg"), code, "").unwrap();
        crs.to_wgs84(Coord { x, y }).unwrap()
    }

    /// `gdaltransform -s_srs EPSG:… -t_srs EPSG:4326` (GDAL 3.6.2, PROJ 9.1.1), rounded to 1e-9°.
    #[test]
    fn lands_where_proj_lands() {
        for (code, x, y, lon, lat) in GDAL {
            let found = converted(code, x, y);
            assert!(
                (found.x - lon).abs() < 1e-7 && (found.y - lat).abs() < 1e-7,
                "{code}: {found:?}, not {lon} {lat}"
            );
        }
    }

    const GDAL: [(u32, f64, f64, f64, f64); 13] = [
        (32_614, 450_000.5, 3_040_000.25, -99.506125125, 27.482680040),
        (32_613, 400_000.0, 2_500_000.0, -105.972936748, 22.603908502),
        (32_615, 500_000.0, 1_700_000.0, -93.000000000, 15.376777950),
        (32_611, 700_000.0, 3_600_000.0, -114.870715549, 32.519327665),
        (26_914, 450_000.5, 3_040_000.25, -99.506125125, 27.482680041),
        (6372, 2_740_000.5, 1_700_000.5, -99.566561807, 27.342155523),
        (6372, 1_000_000.0, 2_300_000.0, -117.819787021, 32.023274437),
        (6372, 4_000_000.0, 900_000.0, -87.651930473, 19.422162159),
        (6362, 2_740_000.5, 1_700_000.5, -99.566561807, 27.342155523),
        (
            3857,
            -11_077_000.5,
            3_180_000.25,
            -99.506388513,
            27.451543099,
        ),
        (3857, -9_700_000.0, 2_400_000.0, -87.136582560, 21.068094633),
        (5070, 100_000.0, 800_000.0, -94.959031055, 30.270957244),
        (6368, 450_000.5, 3_040_000.25, -105.506125125, 27.482680041),
    ];

    #[test]
    fn what_needs_grids_is_refused_by_name() {
        let path = Path::new("x.shp");
        for code in [4267, 26_714, 4978, 999_999, 0] {
            let problem = Crs::from_epsg(path, code, "").err().unwrap();
            assert_eq!(problem.key, "problem-crs", "{code}");
        }
        for code in [4326, 4979, 6365, 4269, 4258] {
            let crs = Crs::from_epsg(path, code, "").unwrap();
            assert!(
                matches!(crs.conversion, Conversion::Same | Conversion::Near),
                "{code}"
            );
        }
    }

    #[test]
    fn what_is_nowhere_on_earth_has_no_place() {
        let crs = Crs::from_epsg(Path::new("x.shp"), 6372, "").unwrap();
        for (x, y) in [
            (f64::NAN, 0.0),
            (f64::INFINITY, 0.0),
            (1e308, -1e308),
            (1e9, 1e9),
        ] {
            assert_eq!(crs.to_wgs84(Coord { x, y }), None, "{x} {y}");
        }
    }
}
