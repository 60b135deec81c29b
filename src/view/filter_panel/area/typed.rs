//! Areas as text: coordinates, or the names of places and of ways between them.

use crate::domain::Area;
use crate::domain::area::{DEFAULT_WIDTH_M, LonLat};
use crate::gazetteer::outlines_named;
use crate::locale::{Lang, Problem, TextKey, short_distance, tr, tr_args};
use crate::roads::{self, Way};
use crate::session::Command;
use crate::view::{Context, kit};
use egui::{Role, Ui, WidgetInfo};

/// Around a lone point that is typed.
const DEFAULT_RADIUS_M: f64 = 25_000.0;
/// Municipalities of one name that are offered at most.
const MOST_OUTLINES: usize = 12;

#[derive(Default)]
pub struct State {
    text: String,
    /// What was found for a route or a place that was typed.
    found: Option<(String, Result<Vec<Offer>, String>)>,
}

/// An area that what is typed may mean.
struct Offer {
    words: String,
    /// What it is called then.
    name: String,
    area: Area,
    /// What is not known of it.
    note: Option<String>,
}

/// Places as text, and what they can become.
pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let text = &mut state.text;
    let hint = cx.tr(text!("area-typed-hint"));
    let edit = egui::TextEdit::singleline(text)
        .hint_text(&hint)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(edit);
    let name = cx.tr(text!("area-typed"));
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &name));
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    if text.trim().is_empty() {
        return;
    }
    let Some(points) = parse(text) else {
        return named(ui, cx, state, entered);
    };
    let mut wanted = None;
    ui.horizontal(|ui| {
        for (key, area) in choices(&points) {
            if kit::link(ui, &cx.tr(key)).clicked() || (entered && wanted.is_none()) {
                wanted = Some(area);
            }
        }
    });
    if let Some(area) = wanted {
        cx.set_filter(|f| f.set_area(Some(area), ""));
        cx.commands.push(Command::GoToArea);
    }
}

/// Names of places: the ways from one to the other, or what lies around one. Looked for when asked, since reading the
/// roads takes a moment.
fn named(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, entered: bool) {
    let text = state.text.trim().to_owned();
    let key = match roads::is_route(&text) {
        true => text!("area-find-ways"),
        false => text!("area-find-place"),
    };
    let is_found = state.found.as_ref().is_some_and(|(of, _)| *of == text);
    let asked = !is_found && (kit::link(ui, &cx.tr(key)).clicked() || entered);
    if asked {
        let width_m = cx.workspace.filter.corridor_width_m();
        let found = offers(cx.lang, &text, width_m).map_err(|problem| problem.message(cx.lang));
        if let Some(best) = found.as_ref().ok().and_then(|offers| offers.first()) {
            let (area, name) = (best.area.clone(), best.name.clone());
            cx.set_filter(|f| f.set_area(Some(area), &name));
            cx.commands.push(Command::GoToArea);
        }
        state.found = Some((text.clone(), found));
    }
    match state.found.as_ref().filter(|(of, _)| *of == text) {
        None => {}
        Some((_, Err(problem))) => {
            kit::note(ui, problem.clone());
        }
        Some((_, Ok(offers))) => {
            let mut wanted = None;
            for offer in offers {
                if kit::link(ui, &offer.words).clicked() {
                    wanted = Some((offer.area.clone(), offer.name.clone()));
                }
                if let Some(text) = &offer.note {
                    kit::note(ui, text.clone());
                }
            }
            if let Some((area, name)) = wanted {
                cx.set_filter(|f| f.set_area(Some(area), &name));
                cx.commands.push(Command::GoToArea);
            }
        }
    }
}

fn offers(lang: Lang, text: &str, width_m: f64) -> Result<Vec<Offer>, Problem> {
    if !roads::is_route(text) {
        return places(lang, text);
    }
    let offer = |way: Way| {
        let km = short_distance(way.length_m);
        let numbers = way.numbers.join(", ");
        let args = [("roads", numbers.as_str()), ("km", &km), ("town", &way.by)];
        let key = match (numbers.is_empty(), way.by.is_empty()) {
            (true, _) => text!("area-way"; km),
            (false, true) => text!("area-way-roads"; km, roads),
            (false, false) => text!("area-way-by"; km, roads, town),
        };
        let off = short_distance(way.off_road_m);
        let is_far = way.off_road_m > roads::OFF_ROAD_M;
        Offer {
            words: tr_args(lang, key, &args),
            name: text.trim().to_owned(),
            area: Area::Corridor {
                line: way.line,
                width_m,
            },
            note: is_far.then(|| tr(lang, text!("area-way-off", km = off))),
        }
    };
    Ok(roads::between(text)?.into_iter().map(offer).collect())
}

/// The municipalities of a name, and what lies around the town.
fn places(lang: Lang, text: &str) -> Result<Vec<Offer>, Problem> {
    let outlined = outlines_named(text).into_iter().take(MOST_OUTLINES);
    let mut offers: Vec<Offer> = outlined
        .map(|o| Offer {
            words: tr(lang, text!("area-municipality", name = o.label())),
            name: o.label(),
            area: o.area.clone(),
            note: None,
        })
        .collect();
    match roads::stop(text, None) {
        Ok(place) => {
            let words = tr(lang, text!("area-around", place = place.name));
            offers.push(Offer {
                name: words.clone(),
                words,
                area: Area::Circle {
                    center: place.at,
                    radius_m: DEFAULT_RADIUS_M,
                },
                note: None,
            });
        }
        Err(problem) if offers.is_empty() => return Err(problem),
        // A municipality is found where its name stands for several towns.
        Err(_) => {}
    }
    Ok(offers)
}

/// The areas that so many points make, the likeliest first.
fn choices(points: &[LonLat]) -> Vec<(TextKey, Area)> {
    let mut choices = Vec::new();
    if let [center] = points {
        let around = Area::Circle {
            center: *center,
            radius_m: DEFAULT_RADIUS_M,
        };
        choices.push((text!("area-make-circle"), around));
    } else {
        let along = Area::Corridor {
            line: points.to_vec(),
            width_m: DEFAULT_WIDTH_M,
        };
        choices.push((text!("area-make-corridor"), along));
        choices.push((text!("area-make-polygon"), Area::polygon(points.to_vec())));
    }
    choices.retain(|(_, area)| area.is_sound());
    choices
}

/// `25.686,-100.316; 27.476,-99.507`: latitude first, as people write it.
fn parse(text: &str) -> Option<Vec<LonLat>> {
    let places = text.split(';').map(str::trim).filter(|p| !p.is_empty());
    let points: Option<Vec<LonLat>> = places
        .map(|place| {
            let (lat, lon) = place.split_once([',', ' '])?;
            let lat: f64 = lat.trim().parse().ok()?;
            let lon: f64 = lon.trim_matches([',', ' ']).parse().ok()?;
            ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some([lon, lat])
        })
        .collect();
    points.filter(|p| !p.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_latitude_first() {
        let road = parse("25.686,-100.316; 27.476, -99.507").unwrap();
        assert_eq!(road, [[-100.316, 25.686], [-99.507, 27.476]]);
        assert_eq!(parse("27.5 -99.5;"), Some(vec![[-99.5, 27.5]]));
        for bad in [
            "",
            ";",
            "x,y",
            "27.5",
            "-100.3,25.7; 999,0",
            "100,0",
            "1,2,3",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn points_become_what_they_can_be() {
        let keys = |n: usize| -> Vec<&str> {
            let points = [[-100.0, 25.0], [-99.0, 26.0], [-98.0, 25.0]];
            choices(&points[..n])
                .iter()
                .map(|(key, _)| key.as_str())
                .collect()
        };
        assert_eq!(keys(1), ["area-make-circle"]);
        assert_eq!(keys(2), ["area-make-corridor"]);
        assert_eq!(keys(3), ["area-make-corridor", "area-make-polygon"]);
    }
}
