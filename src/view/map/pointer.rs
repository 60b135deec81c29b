//! The pointer and the keyboard on the map: naming, selecting, panning, zooming, boxes.

use super::*;

/// More than so many on one spot are counted, not named.
const MANY: usize = 50;

/// What lies under the pointer, named beside it; `None` where nothing does, or none is asked for.
pub(super) fn hover(
    ui: &Ui,
    cx: &Context<'_>,
    state: &mut State,
    response: &Response,
    rect: Rect,
) -> Option<Arc<Found>> {
    let p = response
        .hover_pos()
        .filter(|_| !response.dragged() && state.measure.is_none())?;
    // What lies over the window is not to be covered.
    if ui.memory(|m| m.top_modal_layer().is_some()) {
        return None;
    }
    let known = state.painted.as_ref().and_then(|map| map.under.clone());
    let found = match known.filter(|(at, _)| *at == p) {
        Some((_, found)) => found,
        None => {
            let at = on_map(rect, p);
            let found = layers::pick(&view(cx, state, &[]), at, MANY).map(Arc::new);
            if let Some(map) = &mut state.painted {
                map.under = Some((p, found.clone()));
            }
            found
        }
    };
    let words = match found.as_deref()? {
        Found {
            words: Some(words), ..
        } => words.clone(),
        Found {
            what: What::Rows(rows),
            ..
        } => titles(cx, rows),
        _ => return found,
    };
    response.clone().on_hover_text_at_pointer(words);
    ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    found
}

/// The first few incidents, a line or two each, and how many more there are.
fn titles(cx: &Context<'_>, rows: &[Row]) -> String {
    const MOST: usize = 4;
    let (spanish, c) = (cx.lang.is_spanish(), &cx.loaded.columns);
    let line = |row: &Row| {
        let i = *row as usize;
        let [from, to] = [c.start_day[i], c.end_day[i]].map(crate::domain::when::date_of);
        let when = date_range(cx.lang, from, to);
        let title = cx.loaded.title(*row, spanish);
        match c.deaths(*row).best {
            Some(n) => {
                let deaths = cx.tr(text!("n-deaths", n = number(u64::from(n))));
                format!("{title}\n{when} · {deaths}")
            }
            None => format!("{title}\n{when}"),
        }
    };
    let mut lines: Vec<String> = rows.iter().take(MOST).map(line).collect();
    if rows.len() > MOST {
        let more = number((rows.len() - MOST) as u64);
        lines.push(cx.tr(text!("map-more-here", n = more)));
    }
    lines.join("\n")
}

pub(super) fn pointer(
    ui: &Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    response: &Response,
    rect: Rect,
    hovered: Option<&Found>,
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
    if let Some(p) = at.filter(|_| !measured) {
        let at = on_map(rect, p);
        match hovered.map(|found| &found.what) {
            Some(what @ (What::Rows(_) | What::Way(_))) => select(cx, what),
            _ => select_at(cx, state, at),
        }
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

/// Selects what lies under a point of the map; where nothing does, nothing is selected.
fn select_at(cx: &mut Context<'_>, state: &State, at: [f32; 2]) {
    let found = layers::pick(&view(cx, state, &[]), at, usize::MAX);
    let what = found.map_or_else(|| What::Rows(Vec::new()), |found| found.what);
    select(cx, &what);
}

fn select(cx: &mut Context<'_>, what: &What) {
    match what {
        What::Way(way) => cx.commands.push(Command::SelectWay(*way)),
        What::Rows(rows) => cx.select(rows.iter().copied()),
        What::Many => {}
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
            .lon_lat_from_screen(state.size, on_map(rect, p))
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
    let at = on_map(rect, p);
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
    } else if enter {
        select_at(cx, state, [rect.width() / 2.0, rect.height() / 2.0]);
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
