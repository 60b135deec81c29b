//! The map: walkers' tiles below, the replayed drawing over them, and the pointer on top.

use super::theme::{color, font};
use super::tiles::Ground;
use super::{Context, chips, icons, legend, replay, widgets};
use crate::basemap::Basemap;
use crate::domain::Bounds;
use crate::index::Row;
use crate::locale::{date_range, number};
use crate::scene::camera::ZOOM_RANGE;
use crate::scene::layers::incidents;
use crate::scene::scale::scale_bar;
use crate::scene::view::overlay;
use crate::scene::{Camera, Legend, MapView, Primitive, Weight};
use crate::session::{BasemapChoice, Command};
use egui::{
    Align2, CursorIcon, Key, PointerButton, Pos2, Rect, Response, Role, Shape, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

/// What was drawn last and the gesture under way; not saved.
pub struct State {
    pub ground: Ground,
    /// Names over the map come from here, whatever lies below.
    pub names: Option<std::sync::Arc<Basemap>>,
    memory: walkers::MapMemory,
    painted: Option<Painted>,
    /// Where a box was begun.
    box_from: Option<Pos2>,
    /// The next drag draws a box.
    pub draw_box: bool,
    /// The last size of the map, points.
    pub size: [f32; 2],
    legend_rect: Option<Rect>,
    chips_rect: Option<Rect>,
    /// As somebody left it; else by the room there is.
    legend_open: Option<bool>,
    /// The map has the keyboard because it was clicked.
    focus_by_pointer: bool,
}

/// The overlay as shapes, until what it shows changes.
struct Painted {
    key: Key64,
    layers: Vec<(Rect, Vec<Shape>)>,
    texts: Vec<Primitive>,
    legend: Legend,
}

/// Everything the overlay depends on.
#[derive(PartialEq, Clone)]
struct Key64 {
    camera: Camera,
    rect: Rect,
    generation: u64,
    theme: crate::scene::theme::ThemeName,
    lang: crate::locale::Lang,
    layers: crate::scene::LayerSet,
    selected: Vec<Row>,
    keep_clear: Vec<[f32; 4]>,
    basemap: BasemapChoice,
}

impl State {
    #[must_use]
    pub fn new(ground: Ground) -> State {
        State {
            ground,
            names: None,
            memory: walkers::MapMemory::default(),
            painted: None,
            box_from: None,
            draw_box: false,
            size: [1000.0, 640.0],
            legend_rect: None,
            chips_rect: None,
            legend_open: None,
            focus_by_pointer: false,
        }
    }
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, selected: &[Row]) {
    let rect = ui.available_rect_before_wrap();
    state.size = [rect.width(), rect.height()];
    ui.set_clip_rect(rect);
    let ground = if matches!(state.ground, Ground::Plain) {
        cx.theme.land
    } else {
        cx.theme.water
    };
    ui.painter().rect_filled(rect, 0, color(ground));
    let camera = cx.workspace.camera;
    let response = tiles(ui, state, camera, rect);
    let label = cx.tr("map-name");
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &label));
    let keep_clear = keep_clear(state, rect);
    let view = view(cx, state, selected, &keep_clear);
    let key = Key64 {
        camera,
        rect,
        generation: cx.derived.generation,
        theme: cx.theme.name,
        lang: cx.lang,
        layers: cx.workspace.layers,
        selected: selected.to_vec(),
        keep_clear: keep_clear.clone(),
        basemap: cx.workspace.basemap.clone(),
    };
    if state.painted.as_ref().is_none_or(|p| p.key != key) {
        let drawing = overlay(&view);
        let legend = Legend::of(&view);
        let layers = replay::shapes(&drawing, rect.min);
        let texts = drawing
            .items
            .into_iter()
            .filter(|i| matches!(i, Primitive::Text { .. }))
            .collect();
        state.painted = Some(Painted {
            key,
            layers,
            texts,
            legend,
        });
    }
    if let Some(painted) = &state.painted {
        for (clip, shapes) in &painted.layers {
            ui.painter()
                .with_clip_rect(*clip)
                .extend(shapes.iter().cloned());
        }
        ui.painter()
            .extend(replay::texts(ui.ctx(), &painted.texts, rect.min));
    }
    outline_bounds(ui, cx, state, rect);
    let hovered = hover(ui, cx, state, &response, rect, selected);
    pointer(ui, cx, state, &response, rect, &hovered);
    keyboard(ui, cx, state, &response, rect);
    furniture(ui, cx, state, rect, &response);
}

fn view<'a>(
    cx: &'a Context<'_>,
    state: &'a State,
    selected: &'a [Row],
    keep_clear: &'a [[f32; 4]],
) -> MapView<'a> {
    let names = match &state.names {
        Some(map) => Some(map.as_ref()),
        None => Basemap::built_in(),
    };
    let mut layers = cx.workspace.layers;
    layers.labels &= !super::tiles::has_own_labels(&state.ground);
    MapView {
        camera: cx.workspace.camera,
        size: state.size,
        pixel_ratio: 1.0,
        theme: cx.theme,
        lang: cx.lang,
        columns: &cx.loaded.columns,
        selection: &cx.derived.selection,
        territories: &cx.loaded.territories,
        from: cx.workspace.filter.from,
        to: cx.workspace.filter.to,
        selected,
        layers,
        basemap: names,
        keep_clear,
    }
}

/// The box that is filtered by.
fn outline_bounds(ui: &Ui, cx: &Context<'_>, state: &State, rect: Rect) {
    let Some(b) = cx.workspace.filter.bounds else {
        return;
    };
    let camera = cx.workspace.camera;
    let at = |lon, lat| {
        let [x, y] = camera.screen_from_lon_lat(state.size, lon, lat);
        rect.min + vec2(x, y)
    };
    let corners = [
        at(b.west, b.north),
        at(b.east, b.north),
        at(b.east, b.south),
        at(b.west, b.south),
        at(b.west, b.north),
    ];
    let pen = Stroke::new(1.5, color(cx.theme.accent));
    ui.painter()
        .extend(Shape::dashed_line(&corners, pen, 6.0, 4.0));
}

/// Labels keep off the legend and the tools.
fn keep_clear(state: &State, rect: Rect) -> Vec<[f32; 4]> {
    let mut clear = Vec::new();
    for l in [state.legend_rect, state.chips_rect].into_iter().flatten() {
        clear.push([
            l.left() - rect.left(),
            l.top() - rect.top(),
            l.width(),
            l.height(),
        ]);
    }
    clear.push([rect.width() - 300.0, rect.height() - 54.0, 300.0, 54.0]);
    clear
}

fn tiles(ui: &mut Ui, state: &mut State, camera: Camera, rect: Rect) -> Response {
    // walkers' own gestures are off: its wheel zoom depends on the frame time, and the camera has
    // one place where it changes.
    state
        .memory
        .center_at(walkers::lon_lat(camera.lon, camera.lat));
    let _ = state.memory.set_zoom(camera.zoom);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("tiles"));
    walkers::Map::new(
        state.ground.tiles(),
        &mut state.memory,
        walkers::lon_lat(camera.lon, camera.lat),
    )
    .zoom_gesture(false)
    .drag_pan_buttons(egui::DragPanButtons::empty())
    .panning(false)
    .show(&mut child, |_, _, _, _| ())
    .response
}

/// The incidents under the pointer, named beside it.
fn hover(
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

fn pointer(
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
fn keyboard(ui: &Ui, cx: &mut Context<'_>, state: &mut State, response: &Response, rect: Rect) {
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

/// Chips above, tools at the right, legend, scale and attribution below.
fn furniture(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    rect: Rect,
    response: &Response,
) {
    let chips_rect = Rect::from_min_max(
        rect.min + vec2(12.0, 12.0),
        pos2(rect.right() - 62.0, rect.top() + 120.0),
    );
    let mut top = ui.new_child(egui::UiBuilder::new().max_rect(chips_rect).id_salt("chips"));
    chips::show(&mut top, cx);
    state.chips_rect = Some(top.min_rect());
    tools(ui, cx, state, rect);
    corner(ui, cx, rect, response);
    let empty = cx.derived.selection.is_empty() && !cx.loaded.columns.is_empty();
    if empty {
        card(ui, cx, rect, chips::no_match);
    }
    let Some(painted) = state
        .painted
        .as_ref()
        .filter(|p| !legend::is_empty(&p.legend))
    else {
        state.legend_rect = None;
        return;
    };
    let area = egui::Area::new(ui.scope_id().with("legend"))
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(rect.left_bottom() + vec2(12.0, -12.0))
        .order(egui::Order::Middle);
    let mut open = state.legend_open.unwrap_or(rect.height() > 440.0);
    let was_open = open;
    let shown = area.show(ui.ctx(), |ui| {
        floating_frame(cx).show(ui, |ui| legend::show(ui, cx, &painted.legend, &mut open));
    });
    state.legend_rect = Some(shown.response.rect);
    if open != was_open {
        state.legend_open = Some(open);
    }
}

fn floating_frame(cx: &Context<'_>) -> egui::Frame {
    egui::Frame::new()
        .fill(color(cx.theme.panel.with_alpha(0.96)))
        .stroke(Stroke::new(1.0, color(cx.theme.line)))
        .shadow(widgets::floating_shadow(cx.theme))
        .corner_radius(10)
        .inner_margin(egui::Margin::symmetric(12, 10))
}

/// A card in the middle of the map.
fn card(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    rect: Rect,
    add: impl FnOnce(&mut Ui, &mut Context<'_>),
) {
    let area = egui::Area::new(ui.scope_id().with("card"))
        .pivot(Align2::CENTER_CENTER)
        .fixed_pos(rect.center())
        .order(egui::Order::Middle);
    area.show(ui.ctx(), |ui| {
        ui.set_max_width(420.0);
        floating_frame(cx)
            .inner_margin(egui::Margin::same(20))
            .show(ui, |ui| add(ui, cx));
    });
}

fn tools(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, rect: Rect) {
    let at = Rect::from_min_size(
        pos2(rect.right() - 12.0 - 36.0, rect.top() + 12.0),
        vec2(36.0, 4.0 * 30.0 + 6.0),
    );
    ui.painter()
        .add(widgets::floating_shadow(cx.theme).as_shape(at, 9));
    ui.painter().rect(
        at,
        9,
        color(cx.theme.panel),
        Stroke::new(1.0, color(cx.theme.line)),
        StrokeKind::Inside,
    );
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(at.shrink(4.0))
            .id_salt("tools"),
    );
    child.spacing_mut().item_spacing.y = 2.0;
    for (icon, name, command) in [
        (icons::PLUS, "map-zoom-in", Command::ZoomBy(1.0)),
        (icons::MINUS, "map-zoom-out", Command::ZoomBy(-1.0)),
        (icons::HOUSE, "map-home", Command::Home),
        (
            icons::SELECTION,
            "map-draw-box",
            Command::DrawBox(!state.draw_box),
        ),
    ] {
        let selected = matches!(command, Command::DrawBox(_)) && state.draw_box;
        if widgets::icon_button(&mut child, cx.theme, icon, &cx.tr(name), selected).clicked() {
            cx.commands.push(command);
        }
    }
}

/// Scale bar, coordinates under the pointer and attribution, at the lower right.
fn corner(ui: &mut Ui, cx: &Context<'_>, rect: Rect, response: &Response) {
    let theme = cx.theme;
    let camera = cx.workspace.camera;
    let bar = scale_bar(&camera, camera.lat, 110.0, cx.lang);
    let right = rect.right() - 14.0;
    let y = rect.bottom() - 34.0;
    let ink = color(theme.text);
    let left = right - bar.length_px;
    for pen in [
        Stroke::new(4.0, color(theme.halo.with_alpha(0.8))),
        Stroke::new(1.5, ink),
    ] {
        ui.painter().line(
            vec![
                pos2(left, y - 5.0),
                pos2(left, y),
                pos2(right, y),
                pos2(right, y - 5.0),
            ],
            pen,
        );
    }
    text_with_halo(
        ui,
        cx,
        pos2((left + right) / 2.0, y - 9.0),
        Align2::CENTER_CENTER,
        &bar.distance,
        theme.text,
    );
    let mut line = attribution(cx);
    if let Some(p) = response.hover_pos() {
        let [lon, lat] = camera.lon_lat_from_screen(
            [rect.width(), rect.height()],
            [p.x - rect.left(), p.y - rect.top()],
        );
        line = format!("{}  ·  {line}", coordinates(cx.lang, lon, lat));
    }
    text_with_halo(
        ui,
        cx,
        pos2(right, rect.bottom() - 14.0),
        Align2::RIGHT_CENTER,
        &line,
        theme.muted,
    );
}

fn text_with_halo(
    ui: &Ui,
    cx: &Context<'_>,
    at: Pos2,
    anchor: Align2,
    text: &str,
    ink: crate::scene::Color,
) {
    let font = font(Weight::Regular, 11.5);
    let halo = color(cx.theme.halo.with_alpha(0.85));
    for d in [
        vec2(-1.0, 0.0),
        vec2(1.0, 0.0),
        vec2(0.0, -1.0),
        vec2(0.0, 1.0),
    ] {
        ui.painter().text(at + d, anchor, text, font.clone(), halo);
    }
    ui.painter().text(at, anchor, text, font, color(ink));
}

/// Who made the map below, and whether packets leave the machine for it.
fn attribution(cx: &Context<'_>) -> String {
    match &cx.workspace.basemap {
        BasemapChoice::Builtin => cx.tr("attribution-builtin"),
        BasemapChoice::None => cx.tr("attribution-none"),
        BasemapChoice::File(path) => {
            let name = path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            let maker = cx.basemap_attribution;
            let name = if maker.is_empty() { &name } else { maker };
            cx.tr_args("attribution-file", &[("file", name)])
        }
        BasemapChoice::Online(address) if address.contains("openstreetmap.org") => {
            cx.tr("attribution-osm")
        }
        BasemapChoice::Online(address) => {
            let host = address
                .trim_start_matches("https://")
                .split('/')
                .next()
                .unwrap_or_default();
            cx.tr_args("attribution-online", &[("host", host)])
        }
    }
}

/// `27.4763° N 99.5067° W`.
#[must_use]
pub fn coordinates(lang: crate::locale::Lang, lon: f64, lat: f64) -> String {
    use crate::locale::tr;
    let ns = tr(lang, if lat < 0.0 { "compass-s" } else { "compass-n" });
    let ew = tr(lang, if lon < 0.0 { "compass-w" } else { "compass-e" });
    format!("{:.4}° {ns}  {:.4}° {ew}", lat.abs(), lon.abs())
}
