//! What floats over the map: chips, tools, key, scale, coordinates, attribution.

use super::*;

/// Chips above, tools at the right, legend, scale and attribution below.
pub(super) fn furniture(
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
    corner(ui, cx, state, rect, response);
    let searching = cx.derived.searching;
    let empty = cx.derived.selection.is_empty() && !cx.loaded.columns.is_empty() && !searching;
    if empty {
        card(ui, cx, rect, chips::no_match);
    }
    let Some(painted) = state.painted.as_ref().filter(|p| !p.legend.is_empty()) else {
        state.legend_rect = None;
        return;
    };
    let area = egui::Area::new(ui.scope_id().with("legend"))
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(rect.left_bottom() + vec2(12.0, -12.0))
        .order(egui::Order::Middle);
    let covers = legend_covers(cx, state, rect);
    let open = cx.workspace.legend.unwrap_or(rect.height() > 440.0) && !covers;
    let mut clicked = None;
    let shown = area.show(ui.ctx(), |ui| {
        floating_frame(ui).show(ui, |ui| {
            legend::head(ui, cx, open, covers);
            if !open {
                return;
            }
            /// Of the height of the map: what is longer scrolls.
            const MOST_KEY: f32 = 0.74;
            egui::ScrollArea::vertical()
                .max_height(rect.height() * MOST_KEY)
                // The area around it would else keep the size of a shorter key.
                .min_scrolled_height(rect.height() * MOST_KEY)
                .show(ui, |ui| clicked = legend::show(ui, cx, &painted.legend));
        });
    });
    if let Some((rows_of, line)) = clicked {
        let rows = rows_of(&view(cx, state, &[]), line);
        cx.select(rows);
    }
    let legend_rect = shown.response.rect;
    let before = state.legend_rect.map(|rect| rect.size());
    if before != Some(legend_rect.size()) {
        // It is placed by the size that it had in the frame before.
        ui.ctx().request_repaint();
    }
    state.legend_rect = Some(legend_rect);
    state.legend_open = open;
    if open {
        state.legend_size = legend_rect.size();
    }
}

/// Whether the key, when open, would lie over the one incident that is selected; not where somebody
/// opened it all the same.
fn legend_covers(cx: &Context<'_>, state: &State, rect: Rect) -> bool {
    /// Of a symbol with its ring, points.
    const REACH: f32 = 14.0;
    let [row] = cx.selected[..] else {
        return false;
    };
    let over = state.legend_over.as_ref();
    if over.is_some_and(|rows| Arc::ptr_eq(rows, cx.selected)) {
        return false;
    }
    let (c, i) = (&cx.loaded.columns, row as usize);
    let camera = cx.workspace.camera;
    let [x, y] = camera.screen_from_lon_lat([rect.width(), rect.height()], c.lon[i], c.lat[i]);
    let corner = rect.left_bottom() + vec2(12.0, -12.0 - state.legend_size.y);
    let key = Rect::from_min_size(corner, state.legend_size);
    key.expand(REACH).contains(rect.min + vec2(x, y))
}

pub(super) fn floating_frame(ui: &Ui) -> egui::Frame {
    let theme = kit::theme(ui);
    egui::Frame::new()
        .fill(color(theme.panel.with_alpha(0.96)))
        .stroke(Stroke::new(1.0, color(theme.line)))
        .shadow(kit::floating_shadow(ui))
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
        floating_frame(ui)
            .inner_margin(egui::Margin::same(20))
            .show(ui, |ui| add(ui, cx));
    });
}

fn tools(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, rect: Rect) {
    let theme = kit::theme(ui);
    let at = Rect::from_min_size(
        pos2(rect.right() - 12.0 - 36.0, rect.top() + 12.0),
        vec2(36.0, 5.0 * 30.0 + 6.0),
    );
    ui.painter().add(kit::floating_shadow(ui).as_shape(at, 9));
    ui.painter().rect(
        at,
        9,
        color(theme.panel),
        Stroke::new(1.0, color(theme.line)),
        StrokeKind::Inside,
    );
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(at.shrink(4.0))
            .id_salt("tools"),
    );
    child.spacing_mut().item_spacing.y = 2.0;
    let has_box = state.sketch.tool == Tool::Box;
    let box_or_none = if has_box { Tool::None } else { Tool::Box };
    for (icon, name, command) in [
        (icons::PLUS, text!("map-zoom-in"), Command::ZoomBy(1.0)),
        (icons::MINUS, text!("map-zoom-out"), Command::ZoomBy(-1.0)),
        (icons::HOUSE, text!("map-home"), Command::Home),
        (
            icons::SELECTION,
            text!("map-draw-box"),
            Command::Take(box_or_none),
        ),
        (
            "",
            text!("map-measure"),
            Command::Measure(state.measure.is_none()),
        ),
    ] {
        let selected = match command {
            Command::Take(_) => has_box,
            Command::Measure(_) => state.measure.is_some(),
            _ => false,
        };
        let button = kit::icon_button(&mut child, icon, &cx.tr(name), selected);
        if matches!(command, Command::Measure(_)) {
            measure::paint_ruler(child.painter(), &theme, button.rect, selected);
        }
        if button.clicked() {
            cx.commands.push(command);
        }
    }
}

/// Scale bar, coordinates under the pointer and attribution, at the lower right.
fn corner(ui: &mut Ui, cx: &Context<'_>, state: &State, rect: Rect, response: &Response) {
    let theme = kit::theme(ui);
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
        pos2((left + right) / 2.0, y - 9.0),
        Align2::CENTER_CENTER,
        &bar.distance,
        theme.text,
    );
    let mut line = attribution(cx, state);
    if let Some(p) = response.hover_pos() {
        let [lon, lat] = camera.lon_lat_from_screen([rect.width(), rect.height()], on_map(rect, p));
        line = format!("{}  ·  {line}", coordinates(cx.lang, lon, lat));
    }
    // Over hatching and symbols a halo is not enough to be read.
    let font = font(Weight::Regular, 11.5);
    let galley = ui.painter().layout_no_wrap(line, font, color(theme.text));
    let at = pos2(
        right - galley.size().x,
        rect.bottom() - 14.0 - galley.size().y / 2.0,
    );
    let plate = Rect::from_min_size(at, galley.size()).expand2(vec2(6.0, 2.0));
    ui.painter()
        .rect_filled(plate, 5, color(theme.panel.with_alpha(0.82)));
    ui.painter().galley(at, galley, color(theme.text));
}

pub(super) fn text_with_halo(
    ui: &Ui,
    at: Pos2,
    anchor: Align2,
    text: &str,
    ink: crate::scene::Color,
) {
    let theme = kit::theme(ui);
    let font = font(Weight::Regular, 11.5);
    let halo = color(theme.halo.with_alpha(0.85));
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
fn attribution(cx: &Context<'_>, state: &State) -> String {
    match cx.basemap {
        BasemapChoice::Builtin => cx.tr(text!("attribution-builtin")),
        BasemapChoice::None => cx.tr(text!("attribution-none")),
        BasemapChoice::File(path) => {
            let name = path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            let maker = state.attribution.as_str();
            let name = if maker.is_empty() { &name } else { maker };
            cx.tr(text!("attribution-file", file = name))
        }
        BasemapChoice::Online(address) => {
            let host = crate::online::host_of(address);
            if host == "openstreetmap.org" || host.ends_with(".openstreetmap.org") {
                cx.tr(text!("attribution-osm"))
            } else {
                cx.tr(text!("attribution-online", host = host))
            }
        }
    }
}

/// `27.4763° N 99.5067° W`.
#[must_use]
pub fn coordinates(lang: crate::locale::Lang, lon: f64, lat: f64) -> String {
    use crate::locale::tr;
    let ns = tr(
        lang,
        if lat < 0.0 {
            text!("compass-s")
        } else {
            text!("compass-n")
        },
    );
    let ew = tr(
        lang,
        if lon < 0.0 {
            text!("compass-w")
        } else {
            text!("compass-e")
        },
    );
    format!("{:.4}° {ns}  {:.4}° {ew}", lat.abs(), lon.abs())
}
