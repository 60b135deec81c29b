//! Where: inside of an area. Those kept in a case, in files and along roads are looked up by who may
//! read them.

use crate::domain::area::LonLat;
use crate::domain::inside::Prepared;
use crate::domain::{Area, Bounds, Filter};
use crate::index::{Columns, Wanted};
use crate::locale::{Problem, short_distance};
use crate::query::area_words;
use crate::query::control::{Control, Panel};
use crate::query::flags::{Flag, Given, Takes};
use crate::query::part::{FilterPart, Test, Verdict};
use crate::query::wording::{Chip, Words, chip};

pub const PART: FilterPart = FilterPart {
    needs: Wanted::POSITION.and(Wanted::PRECISION),
    verdict: Some(Verdict {
        same: |a, b| a.filter.area == b.filter.area,
        test: |_, ask| {
            let area = Prepared::new(ask.filter.area.as_ref()?);
            let test: Test = Box::new(move |c, marks| {
                let places = c.lon[marks.rows()].iter().zip(&c.lat[marks.rows()]);
                marks.set(places.map(|(lon, lat)| area.contains(*lon, *lat)));
            });
            Some(test)
        },
    }),
    options: None,
    is_set: |f| f.area.is_some(),
    clear: |f| f.set_area(None, ""),
    chips,
    sentences,
    panel: Some(Panel::new(text!("filter-where"), Control::Area)),
    flags: &[
        Flag::new(
            10,
            "bbox",
            Takes::Signed("W,S,E,N"),
            "Only inside of this box, degrees; W greater than E crosses the antimeridian",
        ),
        Flag::new(
            11,
            "polygon",
            Takes::Signed("LON,LAT …"),
            "Only inside of this polygon, degrees, its corners apart by spaces",
        ),
        Flag::new(
            12,
            "circle",
            Takes::Signed("LON,LAT,KM"),
            "Only within so many kilometres of a place",
        ),
        Flag::new(
            13,
            "corridor",
            Takes::Signed("LON,LAT …;KM"),
            "Only along a line, in a corridor so many kilometres wide from edge to edge",
        ),
        Flag::new(
            14,
            "area",
            Takes::One("NAME"),
            "Only inside of an area by its name: one kept in the case, a municipality of Mexico, or a county at the border",
        ),
        Flag::new(
            15,
            "route",
            Takes::File("FILE"),
            "Only along the route of a GPX or GeoJSON file",
        ),
        Flag::new(
            16,
            "along",
            Takes::One("PLACE – PLACE"),
            "Only along the roads from one place to another: \"Monterrey – Nuevo Laredo\", towns or LAT,LON",
        ),
        Flag {
            requires: Some("along"),
            ..Flag::new(
                17,
                "way",
                Takes::One("N|ROAD|TOWN"),
                "Which of the ways that --along finds, 1 the fastest; or by a road's number or a town on it",
            )
        },
        Flag::new(
            18,
            "width",
            Takes::Signed("KM"),
            "How wide the corridor along the route is, from edge to edge; 10 where not given",
        ),
    ],
    read,
};

fn chips(w: &Words) -> Vec<Chip> {
    let name = w.filter.area_name.as_str();
    let label = w.filter.area.as_ref().map(|area| match area {
        _ if name.is_empty() => area_words::chip(w.lang, area, w.area_measure),
        // How wide it is makes its number.
        Area::Corridor { width_m, .. } => format!("{name}, {}", short_distance(*width_m)),
        _ => name.to_owned(),
    });
    chip(label, |f| f.set_area(None, ""))
}

fn sentences(w: &Words) -> Vec<String> {
    let area = w.filter.area.iter();
    area.map(|area| {
        let words = area_words::sentence(w.lang, area, w.area_measure);
        match w.filter.area_name.as_str() {
            "" => w.say(text!("page-method-area"; value), &words),
            name => w.say(
                text!("page-method-area"; value),
                &format!("{name}: {words}"),
            ),
        }
    })
    .collect()
}

/// An area of what was typed.
type Parse = fn(&str) -> Option<Area>;

/// Where there is more than one, it says so; what is not made of numbers alone it leaves.
fn read(given: &Given, _: &Columns, f: &mut Filter) -> Result<(), Problem> {
    let areas = PART.flags.iter().map(|flag| flag.name);
    let areas = areas.filter(|name| given.has(name) && !["way", "width"].contains(name));
    let areas: Vec<String> = areas.map(|name| format!("--{name}")).collect();
    if areas.len() > 1 {
        return Err(Problem::new(text!(
            "problem-areas",
            given = areas.join(", ")
        )));
    }
    if given.has("width")
        && !["area", "route", "along"]
            .iter()
            .any(|name| given.has(name))
    {
        return Err(Problem::new(text!("problem-width-argument")));
    }
    if let Some(text) = given.one("bbox") {
        f.area = Some(Area::Box(parse_bounds(text)?));
    }
    let forms: [(&str, Parse, &str); 3] = [
        ("polygon", polygon, "lon,lat lon,lat lon,lat"),
        ("circle", circle, "lon,lat,km"),
        ("corridor", corridor, "lon,lat lon,lat;km"),
    ];
    for (flag, parse, form) in forms {
        if let Some(text) = given.one(flag) {
            let area = parse(text).filter(Area::is_sound);
            let problem =
                || Problem::new(text!("problem-area-argument", value = text, form = form));
            f.area = Some(area.ok_or_else(problem)?);
        }
    }
    Ok(())
}

fn polygon(text: &str) -> Option<Area> {
    points(text).map(Area::polygon)
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

/// Of some kilometres as they are typed.
pub fn metres(km: &str) -> Option<f64> {
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
///
/// # Errors
/// They are not four, or not on Earth.
pub fn parse_bounds(text: &str) -> Result<Bounds, Problem> {
    let numbers: Vec<f64> = text
        .split(',')
        .filter_map(|t| t.trim().parse().ok())
        .collect();
    match (numbers.as_slice(), text.split(',').count()) {
        ([w, s, e, n], 4) => Bounds::new(*w, *s, *e, *n),
        _ => None,
    }
    .ok_or_else(|| Problem::new(text!("problem-bbox-argument", value = text)))
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
            let mut given = Given::default();
            let typed = [
                ("polygon", polygon),
                ("circle", circle),
                ("corridor", corridor),
            ];
            for (flag, text) in typed.into_iter().filter(|(_, text)| !text.is_empty()) {
                given.insert(flag, vec![text.into()]);
            }
            let mut filter = Filter::default();
            let read = read(&given, &Columns::default(), &mut filter);
            read.map(|()| filter.area).map_err(|p| p.key)
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
