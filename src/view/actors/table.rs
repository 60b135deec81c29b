//! The pairs as a table: each cell the incidents in which its two stand on opposite sides.

use super::{Asked, Made, Pointed, actor_label, ink, is_pointed, pair_label};
use crate::locale::number;
use crate::query::Who;
use crate::scene::Weight;
use crate::view::theme::{ROW_H, font};
use crate::view::{Context, kit};
use egui::{Align2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

const NAME_W: f32 = 190.0;
const COUNT_W: f32 = 62.0;
const CELL_W: f32 = 44.0;
const HEAD_H: f32 = 136.0;

pub(super) fn show(
    ui: &mut Ui,
    cx: &Context<'_>,
    made: &Made,
    pointed: &mut Option<Pointed>,
) -> Option<Asked> {
    let theme = kit::theme(ui);
    let mut asked = None;
    egui::ScrollArea::both()
        .auto_shrink([true, true])
        .show(ui, |ui| {
            let n = made.lines.len();
            let names: Vec<String> = made.lines.iter().map(|who| made.name(cx, *who)).collect();
            let size = vec2(
                NAME_W + COUNT_W + n as f32 * CELL_W + 24.0,
                HEAD_H + n as f32 * ROW_H,
            );
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let left = rect.left() + NAME_W + COUNT_W;
            let cell = |line: usize, column: usize| {
                let at = pos2(left + column as f32 * CELL_W, row_top(rect, line));
                Rect::from_min_size(at, vec2(CELL_W, ROW_H))
            };
            heads(ui, rect, left, &names);
            let biggest = made.biggest() as f32;
            for (line, who) in made.lines.iter().enumerate() {
                let found = line_head(ui, cx, made, rect, (line, *who), &names[line], pointed);
                asked = asked.take().or(found);
                for (column, other) in made.lines.iter().enumerate() {
                    let count = made.pairs.cell(line, column);
                    let at = cell(line, column);
                    if count == 0 {
                        let middle = at.center();
                        let faint = ink(theme.line);
                        ui.painter().circle_filled(middle, 1.5, faint);
                        continue;
                    }
                    let what = Pointed::Pair(*who, *other);
                    let label = pair_label(cx, &names[line], &names[column], count);
                    let response = clickable(ui, at, ("cell", line, column), &label);
                    let share = (count as f32 / biggest).min(1.0).sqrt();
                    ui.painter()
                        .rect_filled(at.shrink(1.0), 4, ink(theme.shade(share)));
                    ui.painter().text(
                        at.center(),
                        Align2::CENTER_CENTER,
                        number(u64::from(count)),
                        font(Weight::Regular, 12.0),
                        ink(theme.text),
                    );
                    if react(ui, at, &response, what, pointed) {
                        asked = Some(Asked::Select(what));
                    }
                    response.on_hover_text(label);
                }
            }
        });
    asked
}

fn row_top(rect: Rect, line: usize) -> f32 {
    rect.top() + HEAD_H + line as f32 * ROW_H
}

/// Names over the columns, leaning.
fn heads(ui: &Ui, rect: Rect, left: f32, names: &[String]) {
    let theme = kit::theme(ui);
    for (column, name) in names.iter().enumerate() {
        let font = font(Weight::Regular, 12.0);
        let color = ink(theme.muted);
        let mut job = egui::text::LayoutJob::simple_singleline(name.clone(), font, color);
        // Names of one family begin alike: in two lines their ends can be read.
        job.wrap = egui::text::TextWrapping {
            max_width: (HEAD_H - 22.0) * 1.1,
            max_rows: 2,
            ..Default::default()
        };
        let galley = ui.painter().layout_job(job);
        let lines = galley.rows.len() as f32;
        let foot = pos2(
            left + (column as f32 + 0.40 - 0.10 * lines) * CELL_W,
            rect.top() + HEAD_H - 12.0 - 4.0 * lines,
        );
        let leaning = egui::epaint::TextShape::new(foot, galley, color)
            .with_angle(-std::f32::consts::FRAC_PI_3);
        ui.painter().add(leaning);
    }
}

/// The name, which filters by its actor, and its incidents, which are selected.
fn line_head(
    ui: &mut Ui,
    cx: &Context<'_>,
    made: &Made,
    rect: Rect,
    (line, who): (usize, Who),
    name: &str,
    pointed: &mut Option<Pointed>,
) -> Option<Asked> {
    let theme = kit::theme(ui);
    let mut asked = None;
    let top = row_top(rect, line);
    let of_name = Rect::from_min_size(pos2(rect.left(), top), vec2(NAME_W, ROW_H));
    let of_count = Rect::from_min_size(pos2(of_name.right(), top), vec2(COUNT_W, ROW_H));
    let what = Pointed::Actor(who);
    if who != Who::Others {
        let label = cx.tr(text!("actors-filter", name = name));
        let response = clickable(ui, of_name, ("actor", line, 0), &label);
        if react(ui, of_name, &response, what, pointed) {
            asked = Some(Asked::Filter(who));
        }
        response.on_hover_text(label);
    }
    let (left, right) = (of_name.left() + 4.0, of_name.right() - 4.0);
    kit::elided(ui, name, theme.text, left, right, of_name.center().y);
    let n = made.incidents(line);
    let label = actor_label(cx, name, n);
    let response = clickable(ui, of_count, ("count", line, 0), &label);
    ui.painter().text(
        of_count.right_center() - vec2(10.0, 0.0),
        Align2::RIGHT_CENTER,
        number(u64::from(n)),
        font(Weight::SemiBold, 12.0),
        ink(theme.text),
    );
    if react(ui, of_count, &response, what, pointed) {
        asked = Some(Asked::Select(what));
    }
    response.on_hover_text(label);
    asked
}

fn clickable(ui: &Ui, rect: Rect, salt: (&str, usize, usize), label: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    response
}

/// Frames what the pointer is on; whether it was clicked.
fn react(
    ui: &Ui,
    rect: Rect,
    response: &Response,
    what: Pointed,
    pointed: &mut Option<Pointed>,
) -> bool {
    let theme = kit::theme(ui);
    if is_pointed(response) {
        *pointed = Some(what);
        let pen = egui::Stroke::new(1.5, ink(theme.accent));
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(rect.shrink(1.0), 4, pen, inside);
    }
    kit::focus_ring(ui, rect.shrink(1.0), response);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.clicked()
}
