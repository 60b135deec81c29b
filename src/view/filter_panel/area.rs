//! Where: an area drawn on the map, read from a file, or typed as coordinates.

mod typed;

use crate::domain::Area;
use crate::domain::filter::sound_name;
use crate::locale::{TextKey, number, short_distance};
use crate::scene::{Weight, area_words};
use crate::session::{Command, MOST_AREAS, NamedArea, Tool};
use crate::view::theme::BODY;
use crate::view::{Context, icons, kit};
use egui::{Role, Ui, WidgetInfo, vec2};

#[derive(Default)]
pub struct State {
    typed: typed::State,
    /// The name of the area while somebody types it.
    name: Option<String>,
    had_area: bool,
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    // What led to an area goes with it.
    let has_area = cx.workspace.filter.area.is_some();
    if state.had_area && !has_area {
        *state = State::default();
    }
    state.had_area = has_area;
    tools(ui, cx);
    typed::show(ui, cx, &mut state.typed);
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
            (text!("filter-everywhere"), None),
            (text!("area-box"), Some(Command::Take(Tool::Box))),
            (text!("area-polygon"), Some(Command::Take(Tool::Polygon))),
        ],
        [
            (text!("area-circle"), Some(Command::Take(Tool::Circle))),
            (text!("area-corridor"), Some(Command::Take(Tool::Corridor))),
            (text!("area-file"), Some(Command::ChooseRoute)),
        ],
    ];
    let width = ui.available_width();
    for (i, row) in rows.into_iter().enumerate() {
        let labels = row.each_ref().map(|(key, _)| cx.tr(*key));
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
            if let Some(wanted) = kilometres(ui, cx, text!("area-radius"), *radius_m) {
                cx.set_filter(|f| {
                    if let Some(Area::Circle { radius_m, .. }) = &mut f.area {
                        *radius_m = wanted;
                    }
                });
            }
        }
        Area::Corridor { width_m, .. } => {
            let side = short_distance(width_m / 2.0);
            if let Some(wanted) = kilometres(ui, cx, text!("area-width"), *width_m) {
                cx.set_filter(|f| {
                    if let Some(Area::Corridor { width_m, .. }) = &mut f.area {
                        *width_m = wanted;
                    }
                });
            }
            kit::note(ui, cx.tr(text!("area-each-side", side = side)));
        }
        Area::Box(_) | Area::Polygon { .. } => {}
    }
    ui.horizontal(|ui| {
        let n = number(cx.derived.selection.len() as u64);
        let inside = cx.tr(text!("n-incidents", n = n));
        if kit::link(ui, &inside).clicked() {
            cx.select(cx.derived.selection.rows.iter().copied());
        }
        if kit::link(ui, &cx.tr(text!("area-go-to"))).clicked() {
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
    let hint = cx.tr(text!("area-name"));
    let known = &cx.workspace.filter.area_name;
    let mut text = state.name.clone().unwrap_or_else(|| known.clone());
    ui.horizontal(|ui| {
        let label = cx.tr(text!("area-name-label"));
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
            Some(_) => text!("area-replace"),
            None => text!("area-keep"),
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
                let forget = cx.tr(text!("area-forget", name = kept.name));
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
        let [certain, possible] = [inside.certain, inside.possible].map(|n| number(u64::from(n)));
        for (words, is_certain) in [
            (cx.tr(text!("area-certain", n = certain)), true),
            (cx.tr(text!("area-possible", n = possible)), false),
        ] {
            let tip = cx.tr(text!("area-inside-tip"));
            if kit::link(ui, &words).on_hover_text(tip).clicked() {
                wanted = Some(match is_certain {
                    true => reach.certain(judged),
                    false => reach.possible(judged),
                });
            }
        }
    });
    if let Some(rows) = wanted {
        cx.select(rows);
    }
}

/// A distance to be changed, shown in kilometres; `None` as long as it is not.
fn kilometres(ui: &mut Ui, cx: &Context<'_>, key: TextKey, m: f64) -> Option<f64> {
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
