//! The area flags that ask for what a case, a file or the roads know.

use super::output::complain;
use crate::domain::Area;
use crate::domain::area::DEFAULT_WIDTH_M;
use crate::domain::names::key;
use crate::gazetteer::outlines_named;
use crate::import::route;
use crate::locale::{Lang, Problem, number_f64};
use crate::query::{Given, metres};
use crate::roads::{self, OFF_ROAD_M, Way};
use crate::session::{NamedArea, WORKSPACE, Workspace};
use crate::store::Case;
use std::path::Path;

/// The area that they ask for, where they do.
///
/// # Errors
/// There is none of the name, no way, or the file has no route.
pub(super) fn elsewhere(
    given: &Given,
    case: &Case,
    lang: Lang,
) -> Result<Option<NamedArea>, Problem> {
    if let Some(name) = given.one("area") {
        return named(case, name).map(Some);
    }
    let (area, name) = match (given.one("along"), given.file("route")) {
        (Some(text), _) => (along(given, text, lang)?, text),
        (None, Some(path)) => (along_route(given, Path::new(path))?, ""),
        (None, None) => return Ok(None),
    };
    let name = name.to_owned();
    Ok(Some(NamedArea { name, area }))
}

fn width_m(given: &Given) -> Result<Option<f64>, Problem> {
    let metres = |km| metres(km).ok_or_else(|| Problem::new(text!("problem-width-argument")));
    given.one("width").map(metres).transpose()
}

fn along(given: &Given, text: &str, lang: Lang) -> Result<Area, Problem> {
    let ways = roads::between(text)?;
    let by = given.one("way");
    let mut each = ways.iter().enumerate();
    let way = match by {
        None => ways.first(),
        Some(by) => each.find(|(i, way)| is_by(*i, way, by)).map(|(_, way)| way),
    };
    let Some(way) = way else {
        let known: Vec<String> = (0..).zip(&ways).map(|(i, way)| told(i, way)).collect();
        return Err(Problem::new(text!(
            "problem-along-by",
            by = by.unwrap_or_default(),
            ways = known.join("; ")
        )));
    };
    if way.off_road_m > OFF_ROAD_M {
        let km = number_f64(way.off_road_m / 1e3, 0);
        complain(&Problem::new(text!("note-along-off", km = km)), lang);
    }
    Ok(Area::Corridor {
        line: way.line.clone(),
        width_m: width_m(given)?.unwrap_or(DEFAULT_WIDTH_M),
    })
}

fn along_route(given: &Given, path: &Path) -> Result<Area, Problem> {
    let asked = width_m(given)?;
    match (route::read(path)?.area, asked) {
        (Area::Corridor { line, .. }, asked) => Ok(Area::Corridor {
            line,
            width_m: asked.unwrap_or(DEFAULT_WIDTH_M),
        }),
        (_, Some(_)) => Err(Problem::new(text!(
            "problem-width-polygon",
            file = path.display()
        ))),
        (area, None) => Ok(area),
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
        [] => Err(Problem::new(text!("problem-area-unknown", name = name))),
        [one] => Ok(NamedArea {
            name: one.label(),
            area: one.area.clone(),
        }),
        ref several => {
            let labels: Vec<String> = several.iter().map(|o| o.label()).collect();
            Err(Problem::new(text!(
                "problem-area-several",
                name = name,
                areas = labels.join("; ")
            )))
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
