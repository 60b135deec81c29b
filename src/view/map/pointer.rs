//! The pointer and the keyboard on the map: naming, selecting, panning, zooming, boxes.

use super::*;

/// The incidents under the pointer, named beside it.
pub(super) fn hover(
    ui: &Ui,
    cx: &Context<'_>,
    state: &State,
    response: &Response,
    rect: Rect,
    selected: &[Row],
) -> Vec<Row> {
    let Some(p) = response.hover_pos().filter(|_| !response.dragged()) else {
        return Vec::new();
    };
    let view = view(cx, state, selected, &[]);
    let rows = incidents::pick(&view, [p.x - rect.left(), p.y - rect.top()]);
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
                    c.title_of(*row, spanish),
                    deaths.unwrap_or_default()
                )
            })
            .collect();
        if rows.len() > 4 {
            lines.push(cx.tr_args("map-more-here", &[("n", &number(rows.len() as u64 - 4))]));
        }
        response.clone().on_hover_text_at_pointer(lines.join("\n"));
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    rows
}

pub(super) fn pointer(
    ui: &Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    response: &Response,
    rect: Rect,
    hovered: &[Row],
) {
    let shift = ui.input(|i| i.modifiers.shift);
    if response.drag_started_by(PointerButton::Primary) && (shift || state.draw_box) {
        state.box_from = ui.input(|i| i.pointer.press_origin());
    }
    if state.draw_box && response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    if let Some(from) = state.box_from {
        draw_box(ui, cx, state, rect, from);
    } else if response.dragged() {
        pan(cx, response.drag_delta(), rect);
    }
    if response.clicked_by(PointerButton::Primary) {
        select(cx, hovered);
    }
    if response.double_clicked()
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

fn select(cx: &mut Context<'_>, rows: &[Row]) {
    let ids = rows.iter().map(|r| cx.loaded.columns.id[*r as usize]);
    let command = Command::Select(ids.collect());
    cx.commands.push(command);
}

/// A box from where the drag began; what is in it is selected, or becomes the area filter.
fn draw_box(ui: &Ui, cx: &mut Context<'_>, state: &mut State, rect: Rect, from: Pos2) {
    let Some(to) = ui.input(|i| i.pointer.interact_pos()) else {
        return;
    };
    let marked = Rect::from_two_pos(from, to).intersect(rect);
    let ink = cx.theme.accent;
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
    let as_filter = std::mem::take(&mut state.draw_box);
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
        cx.set_filter(|f| f.bounds = Some(bounds));
    } else {
        let c = &cx.loaded.columns;
        let inside = cx
            .derived
            .selection
            .rows
            .iter()
            .filter(|r| bounds.contains(c.lon[**r as usize], c.lat[**r as usize]));
        cx.commands
            .push(Command::Select(inside.map(|r| c.id[*r as usize]).collect()));
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
) {
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
        Stroke::new(1.5, color(cx.theme.accent.with_alpha(frame))),
        StrokeKind::Inside,
    );
    // Enter comes as a click without a pointer: what is in the middle is picked.
    if response.clicked() && !response.clicked_by(PointerButton::Primary) {
        let picked = incidents::pick(
            &view(cx, state, &[], &[]),
            [rect.width() / 2.0, rect.height() / 2.0],
        );
        select(cx, &picked);
    }
    if !state.focus_by_pointer {
        let (c, ink) = (rect.center(), Stroke::new(1.5, color(cx.theme.accent)));
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
