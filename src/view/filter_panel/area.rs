//! Where: an area drawn on the map, read from a file, or typed as coordinates.

use super::note;
use crate::domain::Area;
use crate::domain::area::{DEFAULT_WIDTH_M, LonLat};
use crate::domain::filter::sound_name;
use crate::gazetteer::outlines_named;
use crate::locale::{Lang, Problem, number, tr_args};
use crate::roads::{self, Way};
use crate::scene::{Weight, area_words};
use crate::session::{Command, MOST_AREAS, NamedArea, Tool};
use crate::view::theme::BODY;
use crate::view::{Context, icons, kit};
use egui::{Role, Ui, WidgetInfo, vec2};

/// Around a lone point that is typed.
const DEFAULT_RADIUS_M: f64 = 25_000.0;
/// Municipalities of one name that are offered at most.
const MOST_OUTLINES: usize = 12;

#[derive(Default)]
pub struct State {
    typed: String,
    /// The name of the area while somebody types it.
    name: Option<String>,
    /// What was found for a route or a place that was typed.
    found: Option<(String, Result<Vec<Offer>, String>)>,
    had_area: bool,
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

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    // What led to an area goes with it.
    let has_area = cx.workspace.filter.area.is_some();
    if state.had_area && !has_area {
        *state = State::default();
    }
    state.had_area = has_area;
    tools(ui, cx);
    typed(ui, cx, state);
    set(ui, cx, state);
    kept(ui, cx);
}

fn tools(ui: &mut Ui, cx: &mut Context<'_>) {
    let current: usize = match cx.workspace.filter.area {
        None => 0,
        Some(Area::Box(_)) => 1,
        Some(Area::Polygon { .. }) => 2,
        Some(Area::Circle { .. }) => 3,
        Some(Area::Corridor { .. }) => 4,
    };
    let rows = [
        [
            ("filter-everywhere", None),
            ("area-box", Some(Command::Take(Tool::Box))),
            ("area-polygon", Some(Command::Take(Tool::Polygon))),
        ],
        [
            ("area-circle", Some(Command::Take(Tool::Circle))),
            ("area-corridor", Some(Command::Take(Tool::Corridor))),
            ("area-file", Some(Command::ChooseRoute)),
        ],
    ];
    let width = ui.available_width();
    for (i, row) in rows.into_iter().enumerate() {
        let labels = row.each_ref().map(|(key, _)| cx.tr(key));
        let labels = labels.each_ref().map(String::as_str);
        let on = current.checked_sub(3 * i).unwrap_or(usize::MAX);
        if let Some(clicked) = kit::segmented(ui, &labels, on, Some(width)) {
            match row.into_iter().nth(clicked) {
                Some((_, Some(command))) => cx.commands.push(command),
                _ => cx.set_filter(|f| f.set_area(None, "")),
            }
        }
        ui.add_space(4.0);
    }
}

/// What is set: its size, to be changed, and how many incidents are in it.
fn set(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let theme = kit::theme(ui);
    let Some(area) = &cx.workspace.filter.area else {
        return;
    };
    let words = area_words::chip(cx.lang, area, cx.derived.area_measure);
    let ink = theme.text;
    kit::text(ui, words, Weight::Medium, BODY, |_| ink);
    match area {
        Area::Circle { radius_m, .. } => {
            if let Some(wanted) = kilometres(ui, cx, "area-radius", *radius_m) {
                cx.set_filter(|f| {
                    if let Some(Area::Circle { radius_m, .. }) = &mut f.area {
                        *radius_m = wanted;
                    }
                });
            }
        }
        Area::Corridor { width_m, .. } => {
            let side = crate::locale::short_distance(width_m / 2.0);
            if let Some(wanted) = kilometres(ui, cx, "area-width", *width_m) {
                cx.set_filter(|f| {
                    if let Some(Area::Corridor { width_m, .. }) = &mut f.area {
                        *width_m = wanted;
                    }
                });
            }
            note(ui, cx.tr_args("area-each-side", &[("side", &side)]));
        }
        Area::Box(_) | Area::Polygon { .. } => {}
    }
    ui.horizontal(|ui| {
        let n = number(cx.derived.selection.len() as u64);
        let inside = cx.tr_args("n-incidents", &[("n", &n)]);
        if kit::link(ui, &inside).clicked() {
            cx.select(cx.derived.selection.rows.iter().copied());
        }
        if kit::link(ui, &cx.tr("area-go-to")).clicked() {
            cx.commands.push(Command::GoToArea);
        }
    });
    inside(ui, cx);
    name(ui, cx, state);
    ui.add_space(4.0);
}

/// What the area is called, and keeping it by that name.
fn name(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let Some(area) = &cx.workspace.filter.area else {
        state.name = None;
        return;
    };
    let hint = cx.tr("area-name");
    let known = &cx.workspace.filter.area_name;
    let mut text = state.name.clone().unwrap_or_else(|| known.clone());
    ui.horizontal(|ui| {
        let label = cx.tr("area-name-label");
        kit::quiet(ui, label);
        let edit = egui::TextEdit::singleline(&mut text)
            .id(ui.scope_id().with("area name"))
            .hint_text(&hint)
            .desired_width(130.0)
            .margin(egui::Margin::symmetric(10, 4));
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &hint));
        // The name is part of the filter, and all is counted anew with that: once, not with every letter.
        if response.changed() {
            state.name = Some(text.clone());
        }
        if response.lost_focus()
            && let Some(typed) = state.name.take()
        {
            let name = sound_name(&typed).unwrap_or_default();
            cx.set_filter(|f| f.area_name = name);
        }
        let Some(name) = sound_name(&text) else {
            return;
        };
        let areas = &cx.workspace.areas;
        let same = areas.iter().find(|a| a.name == name);
        if same.is_some_and(|a| a.area == *area) || (same.is_none() && areas.len() >= MOST_AREAS) {
            return;
        }
        let key = match same {
            Some(_) => "area-replace",
            None => "area-keep",
        };
        if kit::link(ui, &cx.tr(key)).clicked() {
            let mut areas = areas.clone();
            areas.retain(|a| a.name != name);
            areas.push(NamedArea {
                name,
                area: area.clone(),
            });
            cx.commands.push(Command::SetAreas(areas));
        }
    });
}

/// The areas that have a name: to filter by, and to forget.
fn kept(ui: &mut Ui, cx: &mut Context<'_>) {
    let areas = &cx.workspace.areas;
    let mut wanted = None;
    for (i, kept) in areas.iter().enumerate() {
        ui.horizontal(|ui| {
            if kit::link(ui, &kept.name).clicked() {
                wanted = Some((i, true));
            }
            kit::at_right(ui, |ui| {
                let forget = cx.tr_args("area-forget", &[("name", &kept.name)]);
                if kit::icon_button(ui, icons::X, &forget, false).clicked() {
                    wanted = Some((i, false));
                }
            });
        });
    }
    match wanted {
        Some((i, true)) => {
            let kept = areas[i].clone();
            cx.set_filter(|f| f.set_area(Some(kept.area), &kept.name));
            cx.commands.push(Command::GoToArea);
        }
        Some((i, false)) => {
            let mut areas = areas.clone();
            areas.remove(i);
            cx.commands.push(Command::SetAreas(areas));
        }
        None => {}
    }
}

/// How many lie inside for certain and how many may, where places are not known exactly enough to say.
fn inside(ui: &mut Ui, cx: &mut Context<'_>) {
    let (Some(reach), Some(inside)) = (&cx.derived.reach, cx.derived.selection.inside) else {
        return;
    };
    if inside.certain == inside.possible {
        return;
    }
    let judged = &cx.derived.judged;
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        for (key, n) in [
            ("area-certain", inside.certain),
            ("area-possible", inside.possible),
        ] {
            let words = cx.tr_args(key, &[("n", &number(u64::from(n)))]);
            let tip = cx.tr("area-inside-tip");
            if kit::link(ui, &words).on_hover_text(tip).clicked() {
                wanted = Some(match key {
                    "area-certain" => reach.certain(judged),
                    _ => reach.possible(judged),
                });
            }
        }
    });
    if let Some(rows) = wanted {
        cx.select(rows);
    }
}

/// A distance to be changed, shown in kilometres; `None` as long as it is not.
fn kilometres(ui: &mut Ui, cx: &Context<'_>, key: &str, m: f64) -> Option<f64> {
    let mut km = m / 1e3;
    let name = cx.tr(key);
    let response = ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        kit::body(ui, &name);
        let value = egui::DragValue::new(&mut km)
            .range(0.1..=5_000.0)
            .speed(0.1)
            .max_decimals(1)
            .suffix(" km");
        ui.add_sized(vec2(84.0, 24.0), value)
    });
    let response = response.inner;
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
    response.changed().then_some(km * 1e3)
}

/// Places as text, and what they can become.
fn typed(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let text = &mut state.typed;
    let hint = cx.tr("area-typed-hint");
    let edit = egui::TextEdit::singleline(text)
        .hint_text(&hint)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(edit);
    let name = cx.tr("area-typed");
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
    let text = state.typed.trim().to_owned();
    let key = match roads::is_route(&text) {
        true => "area-find-ways",
        false => "area-find-place",
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
        Some((_, Err(problem))) => note(ui, problem.clone()),
        Some((_, Ok(offers))) => {
            let mut wanted = None;
            for offer in offers {
                if kit::link(ui, &offer.words).clicked() {
                    wanted = Some((offer.area.clone(), offer.name.clone()));
                }
                if let Some(text) = &offer.note {
                    note(ui, text.clone());
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
        let km = crate::locale::short_distance(way.length_m);
        let numbers = way.numbers.join(", ");
        let args = [("roads", numbers.as_str()), ("km", &km), ("town", &way.by)];
        let key = match (numbers.is_empty(), way.by.is_empty()) {
            (true, _) => "area-way",
            (false, true) => "area-way-roads",
            (false, false) => "area-way-by",
        };
        let off = crate::locale::short_distance(way.off_road_m);
        let is_far = way.off_road_m > roads::OFF_ROAD_M;
        Offer {
            words: tr_args(lang, key, &args),
            name: text.trim().to_owned(),
            area: Area::Corridor {
                line: way.line,
                width_m,
            },
            note: is_far.then(|| tr_args(lang, "area-way-off", &[("km", &off)])),
        }
    };
    Ok(roads::between(text)?.into_iter().map(offer).collect())
}

/// The municipalities of a name, and what lies around the town.
fn places(lang: Lang, text: &str) -> Result<Vec<Offer>, Problem> {
    let outlined = outlines_named(text).into_iter().take(MOST_OUTLINES);
    let mut offers: Vec<Offer> = outlined
        .map(|o| Offer {
            words: tr_args(lang, "area-municipality", &[("name", &o.label())]),
            name: o.label(),
            area: o.area.clone(),
            note: None,
        })
        .collect();
    match roads::stop(text, None) {
        Ok(place) => {
            let words = tr_args(lang, "area-around", &[("place", &place.name)]);
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
fn choices(points: &[LonLat]) -> Vec<(&'static str, Area)> {
    let mut choices = Vec::new();
    if let [center] = points {
        let around = Area::Circle {
            center: *center,
            radius_m: DEFAULT_RADIUS_M,
        };
        choices.push(("area-make-circle", around));
    } else {
        let along = Area::Corridor {
            line: points.to_vec(),
            width_m: DEFAULT_WIDTH_M,
        };
        choices.push(("area-make-corridor", along));
        choices.push(("area-make-polygon", Area::polygon(points.to_vec())));
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
            choices(&points[..n]).iter().map(|(key, _)| *key).collect()
        };
        assert_eq!(keys(1), ["area-make-circle"]);
        assert_eq!(keys(2), ["area-make-corridor"]);
        assert_eq!(keys(3), ["area-make-corridor", "area-make-polygon"]);
    }
}
