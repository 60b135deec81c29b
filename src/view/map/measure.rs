//! Measuring on the map: points are clicked, lengths and areas are those of the ellipsoid.

use super::*;
use crate::domain::area::LonLat;
use crate::domain::coordinates::decimal;
use crate::domain::measure::{area_m2, course, distance_m, length_m};
use crate::locale::{TextKey, area, distance};

/// A measurement under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    pub points: Vec<LonLat>,
    /// The last point is joined to the first.
    pub closed: bool,
    /// No more points are added: the next click begins anew.
    ended: bool,
}

/// This near to a point a click means that point, px.
const NEAR_PX: f32 = 9.0;

impl Measure {
    /// Takes a click at a place on the map, `px` its position; `on_screen` says where places are.
    fn click(&mut self, at: LonLat, px: [f32; 2], on_screen: impl Fn(LonLat) -> [f32; 2]) {
        let near = |p: &LonLat| {
            let [x, y] = on_screen(*p);
            (x - px[0]).hypot(y - px[1]) <= NEAR_PX
        };
        if self.ended {
            *self = Measure::default();
        }
        if self.points.len() >= 3 && self.points.first().is_some_and(near) {
            self.close();
        } else if self.points.len() >= 2 && self.points.last().is_some_and(near) {
            // A second click on the last point ends the line, as a double click does.
            self.ended = true;
        } else if !self.points.last().is_some_and(near) {
            self.points.push(at);
        }
    }

    fn close(&mut self) {
        self.closed = true;
        self.ended = true;
    }

    fn take_back(&mut self) {
        if self.closed {
            self.closed = false;
        } else {
            self.points.pop();
        }
        self.ended = false;
    }

    /// From point to point, and back to the first where closed.
    fn line(&self) -> Vec<LonLat> {
        let first = self.points.first().filter(|_| self.closed);
        self.points.iter().chain(first).copied().collect()
    }

    /// What is measured, in words.
    fn sentence(&self, cx: &Context<'_>) -> String {
        let line = self.line();
        let length = distance(length_m(&line));
        if self.closed {
            let area = area(area_m2(&self.points));
            return cx.tr(text!("measure-area", area = area, length = length));
        }
        match line.len() {
            0 => cx.tr(text!("measure-begin")),
            1 => cx.tr(text!("measure-go-on")),
            n => {
                let legs = number(n as u64 - 1);
                cx.tr(text!("measure-length", length = length, n = legs))
            }
        }
    }
}

/// A ruler: the icon font has none.
pub(super) fn paint_ruler(
    painter: &egui::Painter,
    theme: &crate::scene::Theme,
    rect: Rect,
    selected: bool,
) {
    let ink = color(if selected { theme.accent } else { theme.text });
    let ruler = Rect::from_center_size(rect.center(), vec2(16.0, 8.0));
    let pen = Stroke::new(1.2, ink);
    painter.rect_stroke(ruler, 1, pen, StrokeKind::Inside);
    for i in 1..4 {
        let x = ruler.left() + i as f32 * 4.0;
        painter.vline(x, ruler.top()..=ruler.top() + 4.0, pen);
    }
}

/// Takes a click on the map, where one is measuring; `p` is where.
pub(super) fn click(cx: &Context<'_>, state: &mut State, rect: Rect, p: Pos2) -> bool {
    let Some(measure) = &mut state.measure else {
        return false;
    };
    let (camera, size) = (cx.workspace.camera, state.size);
    let px = on_map(rect, p);
    let at = camera.lon_lat_from_screen(size, px);
    measure.click(at, px, |p| camera.screen_from_lon_lat(size, p[0], p[1]));
    true
}

/// The line, its lengths, and what it comes to.
pub(super) fn show(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    rect: Rect,
    response: &Response,
) {
    let theme = kit::theme(ui);
    let Some(mut measure) = state.measure.take() else {
        return;
    };
    let typing = ui.ctx().text_edit_focused();
    if !typing && ui.input(|i| i.key_pressed(Key::Backspace)) {
        measure.take_back();
    }
    let line = measure.line();
    for leg in line.windows(2) {
        draw_leg(ui, cx, state, rect, [leg[0], leg[1]], 1.0);
    }
    if let (false, Some(last), Some(p)) = (measure.ended, line.last(), response.hover_pos()) {
        let px = on_map(rect, p);
        let at = cx.workspace.camera.lon_lat_from_screen(state.size, px);
        draw_leg(ui, cx, state, rect, [*last, at], 0.6);
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    }
    for point in &measure.points {
        let at = on_screen(cx, state, rect, *point);
        let pen = Stroke::new(2.0, color(theme.accent));
        ui.painter().circle(at, 4.0, color(theme.halo), pen);
    }
    let goes_on = card(ui, cx, &mut measure, rect);
    state.measure = goes_on.then_some(measure);
}

fn on_screen(cx: &Context<'_>, state: &State, rect: Rect, at: LonLat) -> Pos2 {
    let camera = cx.workspace.camera;
    let [x, y] = camera.screen_from_lon_lat(state.size, at[0], at[1]);
    rect.min + vec2(x, y)
}

fn draw_leg(
    ui: &Ui,
    cx: &Context<'_>,
    state: &State,
    rect: Rect,
    [from, to]: [LonLat; 2],
    strength: f32,
) {
    let theme = kit::theme(ui);
    let course = course(from, to);
    let line: Vec<Pos2> = course
        .iter()
        .map(|p| on_screen(cx, state, rect, *p))
        .collect();
    for (ink, width) in [(theme.halo, 5.0), (theme.accent, 2.0)] {
        let pen = Stroke::new(width, color(ink.with_alpha(strength)));
        ui.painter().line(line.clone(), pen);
    }
    let px = line.windows(2).map(|w| w[0].distance(w[1])).sum::<f32>();
    if px > 50.0 {
        let middle = line[line.len() / 2 - usize::from(line.len() == 2)];
        let middle = if line.len() == 2 {
            middle + (line[1] - middle) / 2.0
        } else {
            middle
        };
        let text = distance(distance_m(from, to));
        let at = middle - vec2(0.0, 11.0);
        let ink = theme.text;
        furniture::text_with_halo(ui, at, Align2::CENTER_CENTER, &text, ink);
    }
}

/// What is measured and what to do with it; whether measuring goes on.
fn card(ui: &mut Ui, cx: &mut Context<'_>, measure: &mut Measure, rect: Rect) -> bool {
    let mut goes_on = true;
    let area = egui::Area::new(ui.scope_id().with("measure"))
        .pivot(Align2::CENTER_BOTTOM)
        .order(egui::Order::Middle)
        .fixed_pos(rect.center_bottom() - vec2(0.0, 16.0));
    area.show(ui.ctx(), |ui| {
        furniture::floating_frame(ui).show(ui, |ui| {
            let sentence = measure.sentence(cx);
            kit::title(ui, &sentence);
            let hint = cx.tr(text!("measure-hint"));
            kit::note(ui, hint);
            ui.horizontal(|ui| {
                let pressed =
                    |ui: &mut Ui, key: TextKey| kit::button(ui, None, &cx.tr(key)).clicked();
                if measure.points.len() >= 3
                    && !measure.closed
                    && pressed(ui, text!("measure-close"))
                {
                    measure.close();
                }
                if measure.points.len() >= 2 && pressed(ui, text!("measure-copy")) {
                    ui.ctx().copy_text(as_text(&sentence, &measure.points));
                }
                if !measure.points.is_empty() && pressed(ui, text!("measure-anew")) {
                    *measure = Measure::default();
                }
                goes_on = !pressed(ui, text!("measure-end"));
            });
        });
    });
    goes_on
}

fn as_text(sentence: &str, points: &[LonLat]) -> String {
    let points: Vec<String> = points.iter().map(|p| decimal(*p)).collect();
    format!("{sentence}\n{}", points.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map of 10 px a degree.
    fn click(measure: &mut Measure, lon: f64, lat: f64) {
        let px = |[lon, lat]: LonLat| [lon as f32 * 10.0, lat as f32 * 10.0];
        measure.click([lon, lat], px([lon, lat]), px);
    }

    #[test]
    fn a_click_on_the_first_point_closes_and_on_the_last_one_ends() {
        let mut m = Measure::default();
        for (lon, lat) in [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)] {
            click(&mut m, lon, lat);
            // Trembling is no point.
            if m.points.len() == 1 {
                click(&mut m, lon + 0.1, lat);
            }
        }
        assert_eq!(m.points.len(), 3);
        click(&mut m, 0.5, 0.0);
        assert!(m.closed && m.line().len() == 4);
        m.take_back();
        assert!(!m.closed && m.points.len() == 3);
        click(&mut m, 10.0, 10.0);
        assert!(m.ended && m.points.len() == 3);
        // The next one begins anew.
        click(&mut m, 50.0, 50.0);
        assert_eq!((m.points.len(), m.ended), (1, false));
        m.take_back();
        m.take_back();
        assert!(m.points.is_empty());
    }
}
