//! An area in words, for chips, panels and pages. `measure` is that of
//! [`crate::domain::outline::measure`], which is not worth taking again each time.

use crate::domain::Area;
use crate::locale::{Lang, TextKey, number, number_f64, short_area, short_distance, tr, tr_args};

/// What tells an area from others, in the words of a chip.
#[must_use]
pub fn chip(lang: Lang, area: &Area, measure: f64) -> String {
    match area {
        Area::Box(_) => tr(lang, text!("chip-box")),
        _ => said(
            lang,
            area,
            measure,
            [
                text!("chip-polygon"; size),
                text!("chip-circle"; at, radius),
                text!("chip-corridor"; length, width),
            ],
        ),
    }
}

/// The same as a sentence of a page.
#[must_use]
pub fn sentence(lang: Lang, area: &Area, measure: f64) -> String {
    let keys = [
        text!("page-method-polygon"; n, size),
        text!("page-method-circle"; at, radius),
        text!("page-method-corridor"; length, width),
    ];
    said(lang, area, measure, keys)
}

fn said(
    lang: Lang,
    area: &Area,
    measure: f64,
    [polygon, circle, corridor]: [TextKey; 3],
) -> String {
    let say = |key: TextKey, args: &[(&'static str, &str)]| tr_args(lang, key, args);
    match area {
        Area::Box(b) => {
            let [west, south, east, north] =
                [b.west, b.south, b.east, b.north].map(|v| number_f64(v, 2));
            let value = format!("{west}, {south} – {east}, {north}");
            say(text!("page-method-bounds"; value), &[("value", &value)])
        }
        Area::Polygon { corners, .. } => {
            let n = number(corners.len() as u64);
            say(polygon, &[("n", &n), ("size", &short_area(measure))])
        }
        Area::Circle { center, radius_m } => {
            let [lon, lat] = center.map(|v| number_f64(v, 2));
            let at = format!("{lat}, {lon}");
            say(
                circle,
                &[("radius", &short_distance(*radius_m)), ("at", &at)],
            )
        }
        Area::Corridor { width_m, .. } => {
            let (width, length) = (short_distance(*width_m), short_distance(measure));
            say(corridor, &[("width", &width), ("length", &length)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::outline::measure;

    #[test]
    fn areas_are_told_by_their_size() {
        let plain = |text: String| text.replace(['\u{A0}', '\u{2068}', '\u{2069}'], " ");
        let road = Area::Corridor {
            line: vec![[-100.316, 25.686], [-99.507, 27.476]],
            width_m: 10_000.0,
        };
        let said = plain(chip(Lang::En, &road, measure(&road)));
        assert!(
            said.contains("10 km wide") && said.contains("214 km"),
            "{said}"
        );
        let around = Area::Circle {
            center: [-99.507, 27.476],
            radius_m: 25_400.0,
        };
        let said = plain(sentence(Lang::Es, &around, 0.0));
        assert!(
            said.contains("25.4 km") && said.contains("27.48, -99.51"),
            "{said}"
        );
    }
}
