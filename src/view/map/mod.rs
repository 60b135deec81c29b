//! The map: walkers' tiles below, the replayed drawing over them, and the pointer on top.

mod furniture;
mod pointer;

pub use furniture::coordinates;
use furniture::furniture;
use pointer::{hover, keyboard, pointer};

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
use crate::view::theme::{color, font};
use crate::view::tiles::Ground;
use crate::view::{Context, chips, icons, legend, replay, widgets};
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
    /// Who made the map below, where its file says so.
    pub attribution: String,
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
            attribution: String::new(),
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
        basemap: cx.basemap.clone(),
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
    layers.labels &= !crate::view::tiles::has_own_labels(&state.ground);
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
