//! The pairs as a picture: actors as circles, those who meet joined by lines, both by how often.

use super::{Asked, Made, Pointed, actor_label, ink, is_pointed, pair_label};
use crate::locale::number;
use crate::query::Who;
use crate::scene::Weight;
use crate::view::theme::{SMALL, font};
use crate::view::{Context, kit};
use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// Room around the circles for their names, points.
const MARGIN_X: f32 = 90.0;
const MARGIN_Y: f32 = 34.0;

pub(super) fn show(
    ui: &mut Ui,
    cx: &Context<'_>,
    made: &Made,
    pointed: &mut Option<Pointed>,
) -> Option<Asked> {
    let theme = kit::theme(ui);
    let size = ui.available_size().max(vec2(480.0, 340.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let inner = rect.shrink2(vec2(MARGIN_X, MARGIN_Y));
    let at = |i: usize| {
        let [x, y] = made.places[i];
        pos2(
            inner.left() + x * inner.width(),
            inner.top() + y * inner.height(),
        )
    };
    let nodes: Vec<(Pos2, f32)> = (0..made.pairs.top.len())
        .map(|i| (at(i), radius(made, i)))
        .collect();
    for (i, k) in edges(made) {
        let share = (made.pairs.cell(i, k) as f32 / made.biggest() as f32).sqrt();
        let pen = Stroke::new(1.0 + 7.0 * share, ink(theme.shade(0.25 + 0.75 * share)));
        ui.painter().line_segment([nodes[i].0, nodes[k].0], pen);
    }
    // What is written keeps off the circles and off what is written already.
    let mut taken: Vec<Rect> = nodes
        .iter()
        .map(|(at, r)| Rect::from_center_size(*at, vec2(2.0 * r, 2.0 * r)))
        .collect();
    let asked = circles(ui, cx, made, &nodes, &mut taken, pointed);
    let counted = counts(ui, cx, made, &nodes, &mut taken, pointed);
    asked.or(counted)
}

fn radius(made: &Made, i: usize) -> f32 {
    let most = made.incidents(0).max(1);
    5.0 + 15.0 * (made.incidents(i) as f32 / most as f32).sqrt()
}

/// Pairs that meet, the rarest first, so that the frequent lie on top.
fn edges(made: &Made) -> Vec<(usize, usize)> {
    let n = made.pairs.top.len();
    let all = (0..n).flat_map(|i| (i + 1..n).map(move |k| (i, k)));
    let mut edges: Vec<_> = all.filter(|(i, k)| made.pairs.cell(*i, *k) > 0).collect();
    edges.sort_by_key(|(i, k)| made.pairs.cell(*i, *k));
    edges
}

fn circles(
    ui: &Ui,
    cx: &Context<'_>,
    made: &Made,
    nodes: &[(Pos2, f32)],
    taken: &mut Vec<Rect>,
    pointed: &mut Option<Pointed>,
) -> Option<Asked> {
    let theme = kit::theme(ui);
    let mut asked = None;
    for (i, (at, r)) in nodes.iter().enumerate() {
        let who = made.lines[i];
        let name = made.name(cx, who);
        let rect = Rect::from_center_size(*at, vec2(2.0 * r, 2.0 * r).max(vec2(20.0, 20.0)));
        let response = ui.interact(rect, ui.scope_id().with(("node", i)), Sense::click());
        let label = actor_label(cx, &name, made.incidents(i));
        let filter = cx.tr(text!("actors-filter", name = name));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &filter));
        let on = is_pointed(&response);
        let fill = if on { theme.accent } else { theme.shade(1.0) };
        let pen = Stroke::new(1.5, ink(theme.accent));
        ui.painter().circle(*at, *r, ink(fill), pen);
        kit::focus_ring(ui, rect, &response);
        if on {
            *pointed = Some(Pointed::Actor(who));
        }
        if response.clicked() {
            asked = Some(Asked::Filter(who));
        }
        response.on_hover_text(format!("{label}\n{filter}"));
        write_name(ui, &name, (*at, *r), taken);
    }
    asked
}

/// The name below the circle, or above or beside it where that is freer.
fn write_name(ui: &Ui, name: &str, (at, r): (Pos2, f32), taken: &mut Vec<Rect>) {
    let theme = kit::theme(ui);
    let font = font(Weight::Medium, 12.0);
    let color = ink(theme.text);
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(150.0);
    let galley = ui.painter().layout_job(job);
    let size = galley.size();
    let gap = r + 3.0;
    let tries = [
        vec2(-size.x / 2.0, gap),
        vec2(-size.x / 2.0, -gap - size.y),
        vec2(gap, -size.y / 2.0),
        vec2(-gap - size.x, -size.y / 2.0),
    ];
    let places = tries.map(|d| Rect::from_min_size(at + d, size));
    let covered = |place: &Rect| -> f32 {
        let over = taken.iter().map(|t| t.intersect(*place));
        over.filter(Rect::is_positive).map(|o| o.area()).sum()
    };
    let freest = places
        .into_iter()
        .min_by(|a, b| covered(a).total_cmp(&covered(b)));
    if let Some(place) = freest {
        let paper = ink(theme.panel.with_alpha(0.8));
        ui.painter().rect_filled(place.expand(1.0), 3, paper);
        ui.painter().galley(place.min, galley, color);
        taken.push(place);
    }
}

/// The numbers on the lines, most frequent first, where there is room; the table has them all.
fn counts(
    ui: &Ui,
    cx: &Context<'_>,
    made: &Made,
    nodes: &[(Pos2, f32)],
    taken: &mut Vec<Rect>,
    pointed: &mut Option<Pointed>,
) -> Option<Asked> {
    let theme = kit::theme(ui);
    let mut asked = None;
    for (i, k) in edges(made).into_iter().rev() {
        let n = made.pairs.cell(i, k);
        let middle = nodes[i].0 + (nodes[k].0 - nodes[i].0) / 2.0;
        let text = number(u64::from(n));
        let size = vec2(text.len() as f32 * 7.0 + 8.0, 16.0);
        let place = Rect::from_center_size(middle, size);
        if taken.iter().any(|t| t.intersects(place)) {
            continue;
        }
        taken.push(place);
        let (a, b): (Who, Who) = (made.lines[i], made.lines[k]);
        let label = pair_label(cx, &made.name(cx, a), &made.name(cx, b), n);
        let response = ui.interact(place, ui.scope_id().with(("edge", i, k)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        let pen = Stroke::new(1.0, ink(theme.line));
        let fill = ink(theme.background);
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect(place, 8, fill, pen, inside);
        let font = font(Weight::Regular, SMALL);
        let color = ink(theme.text);
        ui.painter()
            .text(middle, Align2::CENTER_CENTER, text, font, color);
        let what = Pointed::Pair(a, b);
        if is_pointed(&response) {
            *pointed = Some(what);
            let pen = Stroke::new(1.5, ink(theme.accent));
            ui.painter().rect_stroke(place, 8, pen, inside);
        }
        if response.clicked() {
            asked = Some(Asked::Select(what));
        }
        response.on_hover_text(label);
    }
    asked
}
