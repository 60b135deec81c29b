//! The flags that say where: at most one area.

use super::output::complain;
use crate::domain::area::{DEFAULT_WIDTH_M, LonLat};
use crate::domain::names::key;
use crate::domain::{Area, Bounds};
use crate::gazetteer::outlines_named;
use crate::import::route;
use crate::locale::{Lang, Problem, number_f64};
use crate::roads::{self, OFF_ROAD_M, Way};
use crate::session::{NamedArea, WORKSPACE, Workspace};
use crate::store::Case;
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug, Default, Clone)]
pub struct AreaArgs {
    /// Only inside of this box, degrees; W greater than E crosses the antimeridian
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    pub bbox: Option<String>,
    /// Only inside of this polygon, degrees, its corners apart by spaces
    #[arg(long, value_name = "LON,LAT …", allow_hyphen_values = true)]
    pub polygon: Option<String>,
    /// Only within so many kilometres of a place
    #[arg(long, value_name = "LON,LAT,KM", allow_hyphen_values = true)]
    pub circle: Option<String>,
    /// Only along a line, in a corridor so many kilometres wide from edge to edge
    #[arg(long, value_name = "LON,LAT …;KM", allow_hyphen_values = true)]
    pub corridor: Option<String>,
    /// Only inside of an area by its name: one kept in the case, a municipality of Mexico, or a county at the border
    #[arg(long, value_name = "NAME")]
    pub area: Option<String>,
    /// Only along the route of a GPX or GeoJSON file
    #[arg(long, value_name = "FILE")]
    pub route: Option<PathBuf>,
    /// Only along the roads from one place to another: "Monterrey – Nuevo Laredo", towns or LAT,LON
    #[arg(long, value_name = "PLACE – PLACE")]
    pub along: Option<String>,
    /// Which of the ways that --along finds, 1 the fastest; or by a road's number or a town on it
    #[arg(long, value_name = "N|ROAD|TOWN", requires = "along")]
    pub way: Option<String>,
    /// How wide the corridor along the route is, from edge to edge; 10 where not given
    #[arg(long, value_name = "KM", allow_hyphen_values = true)]
    pub width: Option<String>,
}

impl AreaArgs {
    /// The flags that ask for an area.
    fn given(&self) -> Vec<&'static str> {
        let flags = [
            ("--bbox", self.bbox.is_some()),
            ("--polygon", self.polygon.is_some()),
            ("--circle", self.circle.is_some()),
            ("--corridor", self.corridor.is_some()),
            ("--area", self.area.is_some()),
            ("--route", self.route.is_some()),
            ("--along", self.along.is_some()),
        ];
        let given = flags.iter().filter(|(_, is_given)| *is_given);
        given.map(|(name, _)| *name).collect()
    }

    /// Whether they ask for one.
    pub fn is_given(&self) -> bool {
        !self.given().is_empty()
    }

    /// The one area they ask for.
    ///
    /// # Errors
    /// There is more than one, one of them makes no sense, or the file has no route.
    pub fn resolve(&self, case: &Case, lang: Lang) -> Result<Option<NamedArea>, Problem> {
        if let Some(name) = &self.area
            && self.given().len() == 1
        {
            return named(case, name).map(Some);
        }
        let area = self.of_numbers(lang)?;
        Ok(area.map(|area| NamedArea {
            name: self.along.clone().unwrap_or_default(),
            area,
        }))
    }

    fn of_numbers(&self, lang: Lang) -> Result<Option<Area>, Problem> {
        let given = self.given();
        if given.len() > 1 {
            return Err(Problem::new("problem-areas").with("given", given.join(", ")));
        }
        if self.width.is_some() && self.route.is_none() && self.along.is_none() {
            return Err(Problem::new("problem-width-argument"));
        }
        if let Some(text) = &self.bbox {
            return parse_bounds(text).map(|b| Some(Area::Box(b)));
        }
        if let Some(text) = &self.polygon {
            let area = points(text).map(Area::polygon);
            return sound(area, text, "lon,lat lon,lat lon,lat").map(Some);
        }
        if let Some(text) = &self.circle {
            return sound(circle(text), text, "lon,lat,km").map(Some);
        }
        if let Some(text) = &self.corridor {
            return sound(corridor(text), text, "lon,lat lon,lat;km").map(Some);
        }
        if let Some(text) = &self.along {
            return self.along(text, lang).map(Some);
        }
        self.route()
    }

    fn width_m(&self) -> Result<Option<f64>, Problem> {
        let metres = |km: &String| metres(km).ok_or_else(|| Problem::new("problem-width-argument"));
        self.width.as_ref().map(metres).transpose()
    }

    fn along(&self, text: &str, lang: Lang) -> Result<Area, Problem> {
        let ways = roads::between(text)?;
        let way = match &self.way {
            None => ways.first(),
            Some(by) => ways
                .iter()
                .enumerate()
                .find(|(i, way)| is_by(*i, way, by))
                .map(|(_, way)| way),
        };
        let Some(way) = way else {
            let known: Vec<String> = ways
                .iter()
                .enumerate()
                .map(|(i, way)| told(i, way))
                .collect();
            return Err(Problem::new("problem-along-by")
                .with("by", self.way.as_deref().unwrap_or_default())
                .with("ways", known.join("; ")));
        };
        if way.off_road_m > OFF_ROAD_M {
            let km = number_f64(way.off_road_m / 1e3, 0);
            complain(&Problem::new("note-along-off").with("km", km), lang);
        }
        Ok(Area::Corridor {
            line: way.line.clone(),
            width_m: self.width_m()?.unwrap_or(DEFAULT_WIDTH_M),
        })
    }

    fn route(&self) -> Result<Option<Area>, Problem> {
        let Some(path) = &self.route else {
            return Ok(None);
        };
        let asked = self.width_m()?;
        match (route::read(path)?.area, asked) {
            (Area::Corridor { line, .. }, asked) => Ok(Some(Area::Corridor {
                line,
                width_m: asked.unwrap_or(DEFAULT_WIDTH_M),
            })),
            (_, Some(_)) => Err(Problem::file("problem-width-polygon", path)),
            (area, None) => Ok(Some(area)),
        }
    }
}

/// An area kept in the case under this name, else a municipality or county.
fn named(case: &Case, name: &str) -> Result<NamedArea, Problem> {
    let saved = case.setting(WORKSPACE)?;
    let workspace = saved.and_then(|json| Workspace::from_json(&json));
    let kept = workspace.into_iter().flat_map(|w| w.areas);
    if let Some(kept) = kept.into_iter().find(|a| key(&a.name) == key(name)) {
        return Ok(kept);
    }
    match outlines_named(name)[..] {
        [] => Err(Problem::new("problem-area-unknown").with("name", name)),
        [one] => Ok(NamedArea {
            name: one.label(),
            area: one.area.clone(),
        }),
        ref several => {
            let labels: Vec<String> = several.iter().map(|o| o.label()).collect();
            Err(Problem::new("problem-area-several")
                .with("name", name)
                .with("areas", labels.join("; ")))
        }
    }
}

/// Whether a way is the one asked for: by its place in the list, by its main road, or by the town that it passes.
fn is_by(i: usize, way: &Way, by: &str) -> bool {
    let is_number = by.trim().parse() == Ok(i + 1);
    let is_road = way
        .numbers
        .first()
        .is_some_and(|n| n.eq_ignore_ascii_case(by.trim()));
    is_number || is_road || (!way.by.is_empty() && key(&way.by).ends_with(&key(by)))
}

/// `2: 85 by Sabinas Hidalgo`
fn told(i: usize, way: &Way) -> String {
    let roads = way.numbers.join(", ");
    match way.by.as_str() {
        "" => format!("{}: {roads}", i + 1),
        by => format!("{}: {roads} ({by})", i + 1),
    }
}

fn sound(area: Option<Area>, text: &str, form: &str) -> Result<Area, Problem> {
    area.filter(Area::is_sound).ok_or_else(|| {
        Problem::new("problem-area-argument")
            .with("value", text)
            .with("form", form)
    })
}

fn circle(text: &str) -> Option<Area> {
    let (place, km) = text.rsplit_once(',')?;
    Some(Area::Circle {
        center: point(place)?,
        radius_m: metres(km)?,
    })
}

fn corridor(text: &str) -> Option<Area> {
    let (line, km) = text.rsplit_once(';')?;
    Some(Area::Corridor {
        line: points(line)?,
        width_m: metres(km)?,
    })
}

fn metres(km: &str) -> Option<f64> {
    let km: f64 = km.trim().parse().ok()?;
    (km > 0.0 && km <= 20_000.0).then_some(km * 1e3)
}

fn points(text: &str) -> Option<Vec<LonLat>> {
    text.split_whitespace().map(point).collect()
}

fn point(text: &str) -> Option<LonLat> {
    let (lon, lat) = text.split_once(',')?;
    let (lon, lat): (f64, f64) = (lon.trim().parse().ok()?, lat.trim().parse().ok()?);
    ((-360.0..=360.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some([lon, lat])
}

/// `W,S,E,N` in degrees.
pub(super) fn parse_bounds(text: &str) -> Result<Bounds, Problem> {
    let numbers: Vec<f64> = text
        .split(',')
        .filter_map(|t| t.trim().parse().ok())
        .collect();
    match (numbers.as_slice(), text.split(',').count()) {
        ([w, s, e, n], 4) => Bounds::new(*w, *s, *e, *n),
        _ => None,
    }
    .ok_or_else(|| Problem::new("problem-bbox-argument").with("value", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_four_numbers_on_earth() {
        assert!(parse_bounds("-118,14,-86,33").is_ok());
        for bad in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "a,b,c,d",
            "-190,0,0,0",
            "0,9,0,-9",
            "nan,0,0,0",
        ] {
            assert!(parse_bounds(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn areas_are_read_and_nonsense_is_refused() {
        let area = |polygon: &str, circle: &str, corridor: &str| {
            let given = |t: &str| (!t.is_empty()).then(|| t.to_owned());
            let args = AreaArgs {
                polygon: given(polygon),
                circle: given(circle),
                corridor: given(corridor),
                ..AreaArgs::default()
            };
            args.of_numbers(Lang::En).map_err(|p| p.key)
        };
        let road = Area::Corridor {
            line: vec![[-100.316, 25.686], [-99.507, 27.476]],
            width_m: 20_000.0,
        };
        assert_eq!(
            area("", "", "-100.316,25.686 -99.507,27.476;20"),
            Ok(Some(road))
        );
        let around = Area::Circle {
            center: [-99.5, 27.5],
            radius_m: 500.0,
        };
        assert_eq!(area("", "-99.5,27.5,0.5", ""), Ok(Some(around)));
        for bad in [
            "1,2", "1,2,0", "1,2,-3", "1,99,5", "a,b,c", "1,2,nan", "1,2,inf",
        ] {
            assert_eq!(area("", bad, ""), Err("problem-area-argument"), "{bad}");
        }
        for bad in ["1,2;5", "1,2 3,4", "1,2 3,4;x", ";5", "1,2 3;5"] {
            assert_eq!(area("", "", bad), Err("problem-area-argument"), "{bad}");
        }
        assert_eq!(area("0,0 1,1", "", ""), Err("problem-area-argument"));
        assert_eq!(area("0,0 1,1 1,0", "1,2,3", ""), Err("problem-areas"));
    }
}
