//! The pointer and the keyboard on the map: naming, selecting, panning, zooming, boxes.

use super::*;

/// More than so many on one spot are counted, not named.
const MANY: u32 = 50;

/// The incidents under the pointer, named beside it; `None` where they are many, or none is asked
/// for.
pub(super) fn hover(
    ui: &Ui,
    cx: &Context<'_>,
    state: &mut State,
    response: &Response,
    rect: Rect,
) -> Option<Arc<[Row]>> {
    let p = response
        .hover_pos()
        .filter(|_| !response.dragged() && state.measure.is_none())?;
    // What lies over the window is not to be covered.
    if ui.memory(|m| m.top_modal_layer().is_some()) {
        return None;
    }
    if cx.derived.compare.is_some() {
        let at = [p.x - rect.left(), p.y - rect.top()];
        compare::hover(cx, state, response, at);
        return None;
    }
    let at = [p.x - rect.left(), p.y - rect.top()];
    let many = density::count_at(&view(cx, state, &[]), at).filter(|n| *n > MANY);
    if let Some(n) = many {
        // Too many to be named, and to be looked up while the pointer only passes.
        let what = cx.tr_args("map-many-here", &[("n", &number(u64::from(n)))]);
        response.clone().on_hover_text_at_pointer(what);
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        return None;
    }
    let known = state.painted.as_ref().and_then(|map| map.under.clone());
    let rows = match known.filter(|(at, _)| *at == p) {
        Some((_, rows)) => rows,
        None => {
            let rows: Arc<[Row]> = incidents::pick(&view(cx, state, &[]), at).into();
            if let Some(map) = &mut state.painted {
                map.under = Some((p, rows.clone()));
            }
            rows
        }
    };
    if !rows.is_empty() {
        let spanish = cx.lang.is_spanish();
        let c = &cx.loaded.columns;
        let mut lines: Vec<String> = rows
            .iter()
            .take(4)
            .map(|row| {
                let i = *row as usize;
                let when = date_range(
                    cx.lang,
                    crate::domain::when::date_of(c.start_day[i]),
                    crate::domain::when::date_of(c.end_day[i]),
                );
                let deaths = c.deaths(*row).best.map(|n| {
                    format!(
                        " · {}",
                        cx.tr_args("n-deaths", &[("n", &number(u64::from(n)))])
                    )
                });
                format!(
                    "{}\n{when}{}",
                    cx.loaded.title(*row, spanish),
                    deaths.unwrap_or_default()
                )
            })
            .collect();
        if rows.len() > 4 {
            lines.push(cx.tr_args("map-more-here", &[("n", &number(rows.len() as u64 - 4))]));
        }
        response.clone().on_hover_text_at_pointer(lines.join("\n"));
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    } else if let Some(way) = way_at(&view(cx, state, &[]), at) {
        response
            .clone()
            .on_hover_text_at_pointer(way_words(cx, way));
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    Some(rows)
}

pub(super) fn pointer(
    ui: &Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    response: &Response,
    rect: Rect,
    hovered: Option<&[Row]>,
) {
    let shift = ui.input(|i| i.modifiers.shift);
    let draws_box = state.sketch.tool == Tool::Box;
    // Clicks draw, and so do drags of a circle.
    let clicks_draw = state.sketch.takes_clicks();
    let drags_draw = state.sketch.tool == Tool::Circle;
    let boxes = draws_box || (shift && !drags_draw);
    if response.drag_started_by(PointerButton::Primary) && boxes {
        state.box_from = ui.input(|i| i.pointer.press_origin());
    }
    if draws_box && response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    if let Some(from) = state.box_from {
        draw_box(ui, cx, state, rect, from);
    } else if response.dragged() && !drags_draw {
        pan(cx, response.drag_delta(), rect);
    }
    let clicked = response.clicked_by(PointerButton::Primary) && !clicks_draw && !drags_draw;
    let at = response.interact_pointer_pos().filter(|_| clicked);
    let measured = at.is_some_and(|p| measure::click(cx, state, rect, p));
    match at {
        Some(p) if !measured && cx.derived.compare.is_some() => {
            compare::select_at(cx, state, [p.x - rect.left(), p.y - rect.top()]);
        }
        Some(p) if !measured => {
            let at = [p.x - rect.left(), p.y - rect.top()];
            match hovered {
                Some(rows) => select(cx, state, rows, at),
                None => {
                    let rows = incidents::pick(&view(cx, state, &[]), at);
                    select(cx, state, &rows, at);
                }
            }
        }
        _ => {}
    }
    if response.double_clicked()
        && !clicks_draw
        && !measured
        && let Some(p) = response.interact_pointer_pos()
    {
        zoom_at(cx, rect, p, 1.0);
    }
    if let Some(p) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta.y, i.zoom_delta()));
        // 120 points, a notch of most wheels, are half a zoom level; frame time plays no part.
        let levels = f64::from(scroll) / 240.0 + f64::from(pinch.log2());
        if levels.abs() > 1e-4 {
            zoom_at(cx, rect, p, levels);
        }
    }
}

/// Selects the incidents found at a point; where there are none, the place or the movement there.
fn select(cx: &mut Context<'_>, state: &State, rows: &[Row], at: [f32; 2]) {
    let way = match rows {
        [] => way_at(&view(cx, state, &[]), at),
        _ => None,
    };
    match way {
        Some(way) => cx.commands.push(Command::SelectWay(way)),
        None => cx.select(rows.iter().copied()),
    }
}

/// The place at a point of the map, else the movement.
fn way_at(view: &MapView, at: [f32; 2]) -> Option<Way> {
    let place = places::pick(view, at).map(Way::Place);
    place.or_else(|| movements::pick(view, at).map(Way::Movement))
}

/// Its name, or what it is, and when it was under way.
fn way_words(cx: &Context<'_>, way: Way) -> String {
    let spanish = cx.lang.is_spanish();
    match way {
        Way::Place(id) => {
            let spot = cx.loaded.spots.iter().find(|s| s.id == id);
            spot.map_or_else(String::new, |s| s.name.in_language(spanish).to_owned())
        }
        Way::Movement(id) => {
            let Some(track) = cx.loaded.tracks.iter().find(|t| t.id == id) else {
                return String::new();
            };
            let kind = cx.tr(&format!("movement-{}", track.kind.code()));
            let name = track.name.in_language(spanish);
            let days = track.days.map(|(from, to)| date_range(cx.lang, from, to));
            let lines = [name.to_owned(), kind, days.unwrap_or_default()];
            lines
                .into_iter()
                .filter(|l| !l.is_empty())
                .collect::<Vec<_>>()
                .join("\n")
        }
    }
}

/// A box from where the drag began; what is in it is selected, or becomes the area filter.
fn draw_box(ui: &Ui, cx: &mut Context<'_>, state: &mut State, rect: Rect, from: Pos2) {
    let theme = kit::theme(ui);
    let Some(to) = ui.input(|i| i.pointer.interact_pos()) else {
        return;
    };
    let marked = Rect::from_two_pos(from, to).intersect(rect);
    let ink = theme.accent;
    ui.painter().rect(
        marked,
        0,
        color(ink.with_alpha(0.12)),
        Stroke::new(1.5, color(ink)),
        StrokeKind::Inside,
    );
    if ui.input(|i| i.pointer.any_down()) {
        return;
    }
    state.box_from = None;
    let as_filter = state.sketch.tool == Tool::Box;
    if as_filter {
        state.sketch = Sketch::default();
    }
    let at = |p: Pos2| {
        cx.workspace
            .camera
            .lon_lat_from_screen(state.size, [p.x - rect.left(), p.y - rect.top()])
    };
    let (nw, se) = (at(marked.left_top()), at(marked.right_bottom()));
    let Some(bounds) = Bounds::new(
        nw[0].max(-180.0),
        se[1].max(-90.0),
        se[0].min(180.0),
        nw[1].min(90.0),
    ) else {
        return;
    };
    if marked.width() < 3.0 || marked.height() < 3.0 {
        return;
    }
    if as_filter {
        cx.set_filter(|f| f.set_area(Some(Area::Box(bounds)), ""));
    } else {
        let c = &cx.loaded.columns;
        let rows = cx.derived.selection.rows.iter().copied();
        cx.select(rows.filter(|r| bounds.contains(c.lon[*r as usize], c.lat[*r as usize])));
    }
}

fn pan(cx: &mut Context<'_>, delta: egui::Vec2, rect: Rect) {
    let camera = cx.workspace.camera;
    let size = [rect.width(), rect.height()];
    let [lon, lat] =
        camera.lon_lat_from_screen(size, [size[0] / 2.0 - delta.x, size[1] / 2.0 - delta.y]);
    cx.commands.push(Command::SetCamera(Camera {
        lon: lon.clamp(-180.0, 180.0),
        lat: lat.clamp(-84.0, 84.0),
        ..camera
    }));
}

/// Zooms and keeps what is under `p` there.
fn zoom_at(cx: &mut Context<'_>, rect: Rect, p: Pos2, levels: f64) {
    let camera = cx.workspace.camera;
    let size = [rect.width(), rect.height()];
    let at = [p.x - rect.left(), p.y - rect.top()];
    let under = camera.lon_lat_from_screen(size, at);
    let zoomed = Camera {
        zoom: (camera.zoom + levels).clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end()),
        ..camera
    };
    let now = zoomed.screen_from_lon_lat(size, under[0], under[1]);
    let shift = [
        size[0] / 2.0 + now[0] - at[0],
        size[1] / 2.0 + now[1] - at[1],
    ];
    let [lon, lat] = zoomed.lon_lat_from_screen(size, shift);
    cx.commands.push(Command::SetCamera(Camera {
        lon: lon.clamp(-180.0, 180.0),
        lat: lat.clamp(-84.0, 84.0),
        ..zoomed
    }));
}

/// Arrows pan and +/− zoom while the map has the keyboard.
pub(super) fn keyboard(
    ui: &Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    response: &Response,
    rect: Rect,
    draws: bool,
) {
    let theme = kit::theme(ui);
    if response.clicked_by(PointerButton::Primary) || response.dragged() {
        response.request_focus();
        state.focus_by_pointer = true;
    }
    if !response.has_focus() {
        state.focus_by_pointer = false;
        return;
    }
    // Who came by mouse knows where they are.
    let frame = if state.focus_by_pointer { 0.0 } else { 0.5 };
    ui.painter().rect_stroke(
        rect.shrink(1.0),
        0,
        Stroke::new(1.5, color(theme.accent.with_alpha(frame))),
        StrokeKind::Inside,
    );
    // Enter comes as a click without a pointer: what is in the middle is picked.
    let by_pointer = response.clicked_by(PointerButton::Primary);
    let enter = response.clicked() && !by_pointer && !draws;
    if enter && measure::click(cx, state, rect, rect.center()) {
        // A point of the measurement.
    } else if enter && cx.derived.compare.is_some() {
        compare::select_at(cx, state, [rect.width() / 2.0, rect.height() / 2.0]);
    } else if enter {
        let middle = [rect.width() / 2.0, rect.height() / 2.0];
        let picked = incidents::pick(&view(cx, state, &[]), middle);
        select(cx, state, &picked, middle);
    }
    if !state.focus_by_pointer {
        let (c, ink) = (rect.center(), Stroke::new(1.5, color(theme.accent)));
        ui.painter().hline(c.x - 8.0..=c.x + 8.0, c.y, ink);
        ui.painter().vline(c.x, c.y - 8.0..=c.y + 8.0, ink);
    }
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|i| i.key_pressed(key));
    for (key, delta) in [
        (Key::ArrowLeft, vec2(90.0, 0.0)),
        (Key::ArrowRight, vec2(-90.0, 0.0)),
        (Key::ArrowUp, vec2(0.0, 90.0)),
        (Key::ArrowDown, vec2(0.0, -90.0)),
    ] {
        if pressed(key) {
            pan(cx, delta, rect);
        }
    }
}

/// A ring around the place of a row that is pointed at elsewhere.
pub fn point_out(ui: &Ui, cx: &Context<'_>, state: &State, row: Row) {
    let theme = kit::theme(ui);
    let rect = ui.max_rect();
    let c = &cx.loaded.columns;
    let (Some(lon), Some(lat)) = (c.lon.get(row as usize), c.lat.get(row as usize)) else {
        return;
    };
    let [x, y] = cx
        .workspace
        .camera
        .screen_from_lon_lat(state.size, *lon, *lat);
    let at = rect.min + vec2(x, y);
    let pen = |ink, width: f32| Stroke::new(width, color(ink));
    let painter = ui.painter().with_clip_rect(rect);
    painter.circle_stroke(at, 13.0, pen(theme.halo, 4.0));
    painter.circle_stroke(at, 13.0, pen(theme.accent, 2.0));
}
