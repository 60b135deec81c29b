//! Drawing an area to filter by: the tool in hand, what was drawn so far, and how it is shown.

use super::*;
use crate::domain::Outline;
use crate::domain::area::LonLat;
use crate::domain::measure::distance_m;
use crate::domain::outline::{length_m, measure};
use crate::locale::{short_area, short_distance};
use crate::session::Tool;

/// The tool in hand and the places marked with it.
#[derive(Default)]
pub struct Sketch {
    pub tool: Tool,
    points: Vec<LonLat>,
}

/// A second click or an end this near counts as on the same spot, points.
const SAME_SPOT: f32 = 8.0;

impl Sketch {
    #[must_use]
    pub fn with(tool: Tool) -> Sketch {
        Sketch {
            tool,
            points: Vec::new(),
        }
    }

    /// Whether clicks on the map mark places now.
    #[must_use]
    pub fn takes_clicks(&self) -> bool {
        matches!(self.tool, Tool::Polygon | Tool::Corridor)
    }

    /// What was drawn so far, with `next` under the pointer, as an area; `None` while it is none.
    fn area(&self, next: Option<LonLat>, width_m: f64) -> Option<Area> {
        let mut points = self.points.clone();
        points.extend(next);
        points.dedup();
        let area = match self.tool {
            Tool::Polygon => Area::polygon(points),
            Tool::Corridor => Area::Corridor {
                line: points,
                width_m,
            },
            Tool::Circle => Area::Circle {
                center: *points.first()?,
                radius_m: distance_m(*points.first()?, *points.get(1)?),
            },
            _ => return None,
        };
        area.is_sound().then_some(area)
    }
}

/// The pointer while a polygon, circle or corridor is drawn. Drags still pan where clicks draw.
pub(super) fn pointer(
    ui: &Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    response: &Response,
    rect: Rect,
) {
    let camera = cx.workspace.camera;
    let size = state.size;
    let place = |p: Pos2| camera.lon_lat_from_screen(size, on_map(rect, p));
    let screen = |[lon, lat]: LonLat| {
        let [x, y] = camera.screen_from_lon_lat(size, lon, lat);
        rect.min + vec2(x, y)
    };
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    let sketch = &mut state.sketch;
    let pressed_at = ui.input(|i| i.pointer.press_origin());
    if sketch.tool == Tool::Circle {
        if response.drag_started_by(PointerButton::Primary) {
            sketch.points = pressed_at.map(place).into_iter().collect();
        }
        if response.drag_stopped_by(PointerButton::Primary) {
            sketch.points.truncate(1);
            sketch
                .points
                .extend(response.interact_pointer_pos().map(place));
            finish(cx, sketch);
        }
    } else if let Some(p) = response
        .interact_pointer_pos()
        .filter(|_| response.clicked_by(PointerButton::Primary))
    {
        let near = |at: Option<&LonLat>| at.is_some_and(|at| screen(*at).distance(p) < SAME_SPOT);
        let closes = sketch.tool == Tool::Polygon && sketch.points.len() > 2;
        if near(sketch.points.last()) || (closes && near(sketch.points.first())) {
            finish(cx, sketch);
        } else {
            sketch.points.push(place(p));
        }
    }
}

/// Enter ends, Backspace takes the last place back; Escape is the window's.
pub(super) fn keys(ui: &Ui, cx: &mut Context<'_>, state: &mut State) {
    if !state.sketch.takes_clicks() || ui.ctx().text_edit_focused() {
        return;
    }
    let pressed = |key| ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, key));
    if pressed(Key::Enter) {
        finish(cx, &mut state.sketch);
    }
    if pressed(Key::Backspace) {
        state.sketch.points.pop();
    }
}

/// What was drawn becomes the filter's area, where it is one; the tool is put away then.
fn finish(cx: &mut Context<'_>, sketch: &mut Sketch) {
    if let Some(area) = sketch.area(None, cx.workspace.filter.corridor_width_m()) {
        cx.set_filter(|f| f.set_area(Some(area), ""));
        *sketch = Sketch::default();
    }
}

/// What is being drawn, as it would be, with its size beside the pointer.
pub(super) fn paint(ui: &Ui, cx: &Context<'_>, state: &State, response: &Response, rect: Rect) {
    let theme = kit::theme(ui);
    let sketch = &state.sketch;
    let camera = cx.workspace.camera;
    let hover = response.hover_pos().or(response.interact_pointer_pos());
    let under = hover.map(|p| camera.lon_lat_from_screen(state.size, on_map(rect, p)));
    let area = sketch.area(under, cx.workspace.filter.corridor_width_m());
    if let Some(area) = &area {
        let outline = Outline::of(area);
        let view = MapView {
            area: Some(&outline),
            ..view(cx, state, &[])
        };
        let drawing = crate::scene::Drawing {
            size: state.size,
            items: crate::scene::layers::area::draw(&view),
        };
        for (clip, shapes) in replay::shapes(&drawing, rect.min, None) {
            ui.painter().with_clip_rect(clip).extend(shapes);
        }
    }
    let mut points: Vec<Pos2> = Vec::with_capacity(sketch.points.len() + 1);
    for [lon, lat] in &sketch.points {
        let [x, y] = camera.screen_from_lon_lat(state.size, *lon, *lat);
        points.push(rect.min + vec2(x, y));
    }
    let ink = color(theme.accent);
    for p in &points {
        ui.painter()
            .circle(*p, 4.0, color(theme.panel), Stroke::new(1.5, ink));
    }
    if let Some(p) = hover
        && !points.is_empty()
    {
        points.push(p);
        ui.painter().line(points, Stroke::new(1.5, ink));
        let said = size_of(sketch, under, area.as_ref());
        furniture::text_with_halo(
            ui,
            p + vec2(14.0, -14.0),
            Align2::LEFT_CENTER,
            &said,
            theme.text,
        );
    }
}

/// The length so far, of a circle its radius, of a polygon its area too.
fn size_of(sketch: &Sketch, under: Option<LonLat>, area: Option<&Area>) -> String {
    let mut points = sketch.points.clone();
    if sketch.tool == Tool::Circle {
        points.truncate(1);
    }
    points.extend(under);
    match area {
        Some(Area::Circle { radius_m, .. }) => short_distance(*radius_m),
        Some(area @ Area::Polygon { .. }) => short_area(measure(area)),
        _ => short_distance(length_m(&points)),
    }
}

/// What to do now, above the map, with buttons for those who would rather not double-click.
pub(super) fn hint(ui: &Ui, cx: &mut Context<'_>, state: &mut State, rect: Rect) {
    let theme = kit::theme(ui);
    let key = match state.sketch.tool {
        Tool::None => return,
        Tool::Box => text!("area-hint-box"),
        Tool::Polygon => text!("area-hint-polygon"),
        Tool::Circle => text!("area-hint-circle"),
        Tool::Corridor => text!("area-hint-corridor"),
    };
    let area = egui::Area::new(ui.scope_id().with("sketch-hint"))
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(rect.center_bottom() - vec2(0.0, 36.0))
        .order(egui::Order::Middle);
    area.show(ui.ctx(), |ui| {
        furniture::floating_frame(ui).show(ui, |ui| {
            ui.set_max_width(440.0);
            let ink = theme.text;
            kit::text(
                ui,
                cx.tr(key),
                Weight::Regular,
                crate::view::theme::BODY,
                |_| ink,
            );
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                let ready = state
                    .sketch
                    .area(None, cx.workspace.filter.corridor_width_m())
                    .is_some();
                let (done, cancel) = (cx.tr(text!("area-finish")), cx.tr(text!("cancel")));
                if ready && state.sketch.takes_clicks() && kit::primary(ui, None, &done).clicked() {
                    finish(cx, &mut state.sketch);
                }
                if kit::button(ui, None, &cancel).clicked() {
                    cx.commands.push(Command::Take(Tool::None));
                }
            });
        });
    });
}
