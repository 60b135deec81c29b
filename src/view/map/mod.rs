//! The map: walkers' tiles below, the replayed drawing over them, and the pointer on top.

mod furniture;
pub mod measure;
mod pin;
mod pointer;
mod sketch;

pub use furniture::coordinates;
use furniture::furniture;
pub use pointer::point_out;
use pointer::{hover, keyboard, pointer};
pub use sketch::Sketch;

use crate::basemap::Basemap;
use crate::domain::{Area, Bounds, Outline};
use crate::index::Row;
use crate::locale::{date_range, number};
use crate::query::Compare;
use crate::scene::camera::ZOOM_RANGE;
use crate::scene::key::{KeyPart, Medium};
use crate::scene::layers::overlay;
use crate::scene::layers::{self, Found, What, labels};
use crate::scene::memo::Memo;
use crate::scene::scale::scale_bar;
use crate::scene::{Camera, MapView, Primitive, Way, Weight};
use crate::session::{BasemapChoice, Command, Tool};
use crate::view::theme::{color, font};
use crate::view::tiles::Ground;
use crate::view::{Context, chips, icons, kit, legend, replay};
use egui::{
    Align2, CursorIcon, Key, PointerButton, Pos2, Rect, Response, Role, Shape, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// What was drawn last and the gesture under way; not saved.
pub struct State {
    pub ground: Ground,
    /// Names over the map come from here, whatever lies below.
    pub names: Option<std::sync::Arc<Basemap>>,
    memory: walkers::MapMemory,
    painted: Option<Painted>,
    /// Counts of what is painted; for one generation of what passes the filter.
    memo: Memo,
    counted: u64,
    /// The picture of counts, and the same on the graphics card.
    picture: Option<Picture>,
    /// Where a box was begun.
    box_from: Option<Pos2>,
    pub sketch: Sketch,
    /// The filter's area, with what it looks like.
    area: Option<(Area, Outline)>,
    /// A measurement under way.
    pub measure: Option<measure::Measure>,
    /// A place that was gone to.
    pub pin: Option<[f64; 2]>,
    /// The last size of the map, points.
    pub size: [f32; 2],
    /// Who made the map below, where its file says so.
    pub attribution: String,
    legend_rect: Option<Rect>,
    chips_rect: Option<Rect>,
    /// Of the key: whether it is open now, how big it is then, and what was selected when somebody
    /// opened it though it lies over that.
    legend_open: bool,
    legend_size: egui::Vec2,
    legend_over: Option<Arc<[Row]>>,
    /// The map has the keyboard because it was clicked.
    focus_by_pointer: bool,
}

/// The overlay as shapes, until what it shows changes.
struct Painted {
    key: Key64,
    layers: Vec<(Rect, Vec<Shape>)>,
    texts: Vec<Primitive>,
    legend: Vec<KeyPart>,
    /// What was found under the pointer, and where it was.
    under: Option<(Pos2, Option<Arc<Found>>)>,
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
    selected: Same,
    way: Option<Way>,
    keep_clear: Vec<[f32; 4]>,
    basemap: BasemapChoice,
    compare: Option<Compare>,
    /// Of how many sizes there are hexagons: it does without those that there are not.
    hexes: usize,
}

/// Rows that are the same where they are the same memory.
#[derive(Clone)]
struct Same(Arc<[Row]>);

impl PartialEq for Same {
    fn eq(&self, other: &Same) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl State {
    #[must_use]
    pub fn new(ground: Ground) -> State {
        State {
            ground,
            names: None,
            memory: walkers::MapMemory::default(),
            painted: None,
            memo: Memo::of_window(),
            counted: 0,
            picture: None,
            box_from: None,
            sketch: Sketch::default(),
            area: None,
            measure: None,
            pin: None,
            size: [1000.0, 640.0],
            attribution: String::new(),
            legend_rect: None,
            chips_rect: None,
            legend_open: false,
            legend_size: egui::Vec2::ZERO,
            legend_over: None,
            focus_by_pointer: false,
        }
    }
}

impl State {
    /// The resolution of hexagons that the map would show if they were worked out; told once.
    pub fn take_wanted_hexes(&self) -> Option<u8> {
        self.memo.take_wanted_hexes()
    }

    /// Folds the key or opens it, even over what is selected; returns whether it is open then.
    pub fn fold_legend(&mut self, selected: &Arc<[Row]>) -> bool {
        self.legend_open = !self.legend_open;
        self.legend_over = self.legend_open.then(|| selected.clone());
        self.legend_open
    }
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let theme = kit::theme(ui);
    let rect = ui.available_rect_before_wrap();
    state.size = [rect.width(), rect.height()];
    ui.set_clip_rect(rect);
    let ground = if matches!(state.ground, Ground::Plain) {
        theme.land
    } else {
        theme.water
    };
    ui.painter().rect_filled(rect, 0, color(ground));
    let camera = cx.workspace.camera;
    let response = tiles(ui, state, camera, rect);
    let label = cx.tr(text!("map-name"));
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &label));
    repaint(ui, cx, state, rect);
    if let Some(painted) = &state.painted {
        for (clip, shapes) in &painted.layers {
            ui.painter()
                .with_clip_rect(*clip)
                .extend(shapes.iter().cloned());
        }
        ui.painter()
            .extend(replay::texts(ui.ctx(), &painted.texts, rect.min));
    }
    let draws = matches!(
        state.sketch.tool,
        Tool::Polygon | Tool::Circle | Tool::Corridor
    );
    if draws {
        sketch::keys(ui, cx, state);
        sketch::paint(ui, cx, state, &response, rect);
        sketch::pointer(ui, cx, state, &response, rect);
    }
    let hovered = match draws {
        true => None,
        false => hover(ui, cx, state, &response, rect),
    };
    pointer(ui, cx, state, &response, rect, hovered.as_deref());
    keyboard(ui, cx, state, &response, rect, draws);
    furniture(ui, cx, state, rect, &response);
    sketch::hint(ui, cx, state, rect);
    pin::show(ui, cx, state, rect);
    measure::show(ui, cx, state, rect, &response);
}

/// Draws the overlay anew where what it shows has changed.
fn repaint(ui: &Ui, cx: &Context<'_>, state: &mut State, rect: Rect) {
    let keep_clear = keep_clear(state, rect);
    outline(cx, state);
    follow(cx, state, &keep_clear);
    let key = Key64 {
        camera: cx.workspace.camera,
        rect,
        generation: cx.derived.generation,
        theme: cx.theme.name,
        lang: cx.lang,
        layers: cx.workspace.layers,
        selected: Same(cx.selected.clone()),
        way: cx.way,
        keep_clear: keep_clear.clone(),
        basemap: cx.basemap.clone(),
        compare: cx.workspace.compare,
        hexes: cx.loaded.spatial.hexes_made(),
    };
    if state.painted.as_ref().is_none_or(|p| p.key != key) {
        let view = view(cx, state, &keep_clear);
        let drawing = overlay(&view);
        let legend = layers::key(&view, Medium::Window);
        let picture = uploaded(ui.ctx(), &mut state.picture, &drawing);
        let layers = replay::shapes(&drawing, rect.min, picture);
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
            under: None,
        });
    }
}

/// Brings what was counted in line with what passes the filter now.
fn follow(cx: &Context<'_>, state: &mut State, keep_clear: &[[f32; 4]]) {
    let counted = std::mem::replace(&mut state.counted, cx.derived.generation);
    if counted == state.counted {
        return;
    }
    match cx.derived.changes_since(counted) {
        Some(changes) => {
            let moved = changes.moved(&cx.derived.judged);
            state.memo.follow(&view(cx, state, keep_clear), &moved);
        }
        None => state.memo.forget(),
    }
}

/// An image as it is on the graphics card.
struct Picture {
    /// Of its pixels.
    state: u64,
    image: Arc<egui::ColorImage>,
    texture: egui::TextureHandle,
}

/// The image of a drawing on the graphics card; it goes there once.
fn uploaded(
    ctx: &egui::Context,
    kept: &mut Option<Picture>,
    drawing: &crate::scene::Drawing,
) -> Option<egui::TextureId> {
    let image = drawing.items.iter().find_map(|item| match item {
        Primitive::Image { size, pixels, .. } => Some((*size, pixels)),
        _ => None,
    });
    let Some((size, pixels)) = image else {
        *kept = None;
        return None;
    };
    // Where a cell is a pixel it is to stay one.
    let options = if ctx.pixels_per_point() == 1.0 {
        egui::TextureOptions::NEAREST
    } else {
        egui::TextureOptions::LINEAR
    };
    let picture = match kept.take() {
        Some(picture) if picture.state == pixels.state() => picture,
        Some(mut picture) => {
            match pixels.changed_since(picture.state) {
                Some(changed) => {
                    replay::repaint(Arc::make_mut(&mut picture.image), pixels.rgba(), changed);
                }
                None => picture.image = Arc::new(replay::pixels(size, pixels.rgba())),
            }
            picture.texture.set(picture.image.clone(), options);
            Picture {
                state: pixels.state(),
                ..picture
            }
        }
        None => {
            let image = Arc::new(replay::pixels(size, pixels.rgba()));
            Picture {
                state: pixels.state(),
                texture: ctx.load_texture("counts", image.clone(), options),
                image,
            }
        }
    };
    let id = picture.texture.id();
    *kept = Some(picture);
    Some(id)
}

fn view<'a>(cx: &'a Context<'_>, state: &'a State, keep_clear: &'a [[f32; 4]]) -> MapView<'a> {
    let names = match &state.names {
        Some(map) => Some(map.as_ref()),
        None => Basemap::built_in(),
    };
    let mut layers = cx.workspace.layers;
    if crate::view::tiles::has_own_labels(&state.ground) {
        layers.set(labels::LAYER.id, false);
    }
    let view = MapView::new(
        cx.workspace.camera,
        state.size,
        cx.theme,
        cx.lang,
        &cx.loaded.columns,
        &cx.derived.selection,
    );
    let view = cx.loaded.on_map(
        MapView { layers, ..view },
        &cx.workspace.filter,
        cx.derived.compare.as_ref(),
    );
    MapView {
        ways: cx.loaded.ways(&cx.workspace.filter, cx.way),
        area: state.area.as_ref().map(|(_, outline)| outline),
        selected: cx.selected,
        basemap: names,
        keep_clear,
        memo: Some(&state.memo),
        ..view
    }
}

/// Brings the outline in line with the area that is filtered by.
fn outline(cx: &Context<'_>, state: &mut State) {
    let wanted = cx.workspace.filter.area.as_ref();
    if state.area.as_ref().map(|(area, _)| area) != wanted {
        state.area = wanted.map(|area| (area.clone(), Outline::of(area)));
    }
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
    // Scale and credit, and the tools.
    clear.push([rect.width() - 300.0, rect.height() - 54.0, 300.0, 54.0]);
    clear.push([rect.width() - 56.0, 4.0, 56.0, 172.0]);
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

/// A point of the window as one of the map, px from its corner.
fn on_map(rect: Rect, p: Pos2) -> [f32; 2] {
    (p - rect.min).into()
}
