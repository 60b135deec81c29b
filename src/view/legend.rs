//! The key to the map, over its lower left corner: only what is drawn.

use super::theme::{BODY, color, font};
use super::{Context, kit};
use crate::domain::Inner;
use crate::locale::number;
use crate::scene::layers::{movements, places, reference};
use crate::scene::legend::{DensityKey, TerritoryKey};
use crate::scene::{Legend, Primitive, Stroke, Weight, hatch};
use crate::session::{Command, Panel};
use egui::{Align2, Rect, Sense, StrokeKind, Ui, pos2, vec2};

/// Of the lines, points.
pub const WIDTH: f32 = 244.0;
const LINE_H: f32 = 19.5;

/// Whether there is anything to explain.
#[must_use]
pub fn is_empty(legend: &Legend) -> bool {
    legend.total == 0 && legend.territories.is_empty() && legend.ways_heading().is_none()
}

/// Folded, it is this line alone; `open` is whether it is not, `covers` whether it is folded so as not to
/// lie over what is selected.
pub fn head(ui: &mut Ui, cx: &mut Context<'_>, open: bool, covers: bool) {
    ui.set_width(if open { WIDTH } else { 90.0 });
    ui.spacing_mut().item_spacing.y = 2.0;
    fold(ui, cx, open, covers);
}

/// The lines.
pub fn show(ui: &mut Ui, cx: &Context<'_>, legend: &Legend) {
    let theme = kit::theme(ui);
    ui.set_width(WIDTH);
    if !legend.territories.is_empty() {
        heading(ui, cx, "legend-territory");
        for key in &legend.territories {
            territory(ui, cx, key);
        }
        if legend.territories.iter().any(|t| t.contested) {
            line(ui, &cx.tr("legend-contested"), "", |ui, rect| {
                swatch_contested(ui, rect, legend);
            });
        }
        for note in &legend.notes {
            kit::text(ui, note, Weight::Regular, 11.5, |t| t.muted);
        }
        ui.add_space(6.0);
    }
    if let Some(key) = &legend.density {
        counts(ui, cx, legend, key);
    } else if !legend.marks.is_empty() {
        classes(ui, cx, legend);
        let [n, all] = [u64::from(legend.total), cx.derived.selection.len() as u64].map(number);
        let head = match n == all {
            true => cx.tr("legend-incidents"),
            // The others lie beside the map, or stand for ones that do.
            false => cx.tr_args("legend-incidents-of", &[("n", &n), ("all", &all)]),
        };
        kit::text(ui, head, Weight::SemiBold, 12.5, |t| t.text);
        ui.add_space(2.0);
        marks(ui, cx, legend);
        if legend.rings {
            line(ui, &cx.tr("legend-ring"), "", |ui, rect| {
                ring(ui, rect);
            });
        }
        if legend.lighter {
            line(ui, &cx.tr("legend-lighter"), "", |ui, rect| {
                let ink = legend
                    .marks
                    .first()
                    .map_or(theme.muted, |(m, _)| theme.mark(*m));
                ui.painter().circle(
                    rect.center(),
                    5.5,
                    color(ink.with_alpha(0.25)),
                    egui::Stroke::new(1.0, color(ink.with_alpha(0.7))),
                );
            });
        }
        sizes(ui, cx, legend);
    }
    ways(ui, cx, legend);
}

/// What colours say where that is not kinds.
fn classes(ui: &mut Ui, cx: &Context<'_>, legend: &Legend) {
    if legend.classes.is_empty() {
        return;
    }
    heading(ui, cx, &format!("color-by-{}", legend.color_by.code()));
    for (class, n) in &legend.classes {
        line(ui, &class.name, &number(u64::from(*n)), |ui, rect| {
            ui.painter()
                .circle_filled(rect.center(), 5.5, color(class.color));
        });
    }
    ui.add_space(6.0);
}

fn marks(ui: &mut Ui, cx: &Context<'_>, legend: &Legend) {
    for key in legend.lines() {
        let radius = if key.inner() == Inner::Plain {
            5.5
        } else {
            7.0
        };
        let n = number(u64::from(key.n));
        let paint = |ui: &Ui, rect: Rect| {
            let (at, mark) = (rect.center(), key.mark);
            kit::paint_mark(ui, at, radius, mark, key.inner());
        };
        let indent = if key.below { 14.0 } else { 0.0 };
        line_in(ui, indent, (&key.name(cx.lang), &n), paint);
    }
}

/// What counts on the map count, and what their colours say.
fn counts(ui: &mut Ui, cx: &Context<'_>, legend: &Legend, key: &DensityKey) {
    let theme = kit::theme(ui);
    let total = number(u64::from(legend.total));
    let head = cx.tr_args("legend-incidents-total", &[("n", &total)]);
    kit::text(ui, head, Weight::SemiBold, 12.5, |t| t.text);
    ui.add_space(2.0);
    marks(ui, cx, legend);
    if !key.ramp.is_empty() {
        ramp(ui, cx, key);
    }
    for sentence in key.sentences(cx.lang, theme.name) {
        kit::text(ui, sentence, Weight::Regular, 11.5, |t| t.muted);
    }
}

/// The colours as a bar with counts below it.
fn ramp(ui: &mut Ui, cx: &Context<'_>, key: &DensityKey) {
    let theme = kit::theme(ui);
    ui.add_space(2.0);
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, 32.0), Sense::hover());
    let size = |text: &str| {
        let face = font(Weight::Regular, 11.0);
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), face, color(theme.muted));
        galley.size().x
    };
    let ticks = key.ticks(WIDTH, size);
    let spoken: Vec<&str> = ticks.iter().map(|t| t.text.as_str()).collect();
    let spoken = format!("{}: {}", key.words(cx.lang), spoken.join(", "));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    let step = WIDTH / key.ramp.len() as f32;
    for (i, ink) in key.ramp.iter().enumerate() {
        let corner = rect.min + vec2(i as f32 * step, 0.0);
        let part = Rect::from_min_size(corner, vec2(step + 0.5, 11.0));
        ui.painter().rect_filled(part, 0, color(*ink));
    }
    for tick in &ticks {
        let x = rect.left() + tick.at_px;
        let pen = egui::Stroke::new(1.0, color(theme.muted));
        ui.painter()
            .vline(x, rect.top() + 11.0..=rect.top() + 15.0, pen);
        kit::write(
            ui,
            pos2(rect.left() + tick.text_px, rect.top() + 23.0),
            Align2::CENTER_CENTER,
            &tick.text,
            (Weight::Regular, 11.0),
            theme.muted,
        );
    }
}

/// The sign that folds it away, in the upper right corner; folded, the word for what it is.
fn fold(ui: &mut Ui, cx: &mut Context<'_>, open: bool, covers: bool) {
    let theme = kit::theme(ui);
    let top = ui.max_rect().right_top();
    let name = cx.tr(if open { "legend-fold" } else { "legend-unfold" });
    let rect = if open {
        Rect::from_min_size(pos2(top.x - 20.0, top.y - 2.0), vec2(22.0, 22.0))
    } else {
        ui.allocate_exact_size(vec2(90.0, 20.0), Sense::hover()).0
    };
    let response = ui.interact(rect, ui.scope_id().with("fold"), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::DisclosureTriangle, true, open, &name)
    });
    super::kit::focus_ring(ui, rect, &response);
    let icon = if open {
        super::icons::CARET_DOWN
    } else {
        super::icons::CARET_RIGHT
    };
    let ink = kit::hot_ink(ui, &response, theme.muted);
    kit::paint_icon(
        ui,
        pos2(rect.right() - 9.0, rect.center().y),
        icon,
        12.0,
        ink,
    );
    if !open {
        kit::write(
            ui,
            rect.left_center(),
            Align2::LEFT_CENTER,
            cx.tr("legend-title"),
            (Weight::SemiBold, 12.5),
            theme.text,
        );
    }
    let tip = match covers {
        true => format!("{name} (G)\n{}", cx.tr("legend-covers")),
        false => format!("{name} (G)"),
    };
    if response.on_hover_text(tip).clicked() {
        cx.commands.push(Command::Fold(Panel::Legend));
    }
}

fn heading(ui: &mut Ui, cx: &Context<'_>, key: &str) {
    kit::text(ui, cx.tr(key), Weight::SemiBold, 12.5, |t| t.text);
    ui.add_space(2.0);
}

fn line(ui: &mut Ui, name: &str, value: &str, paint: impl FnOnce(&Ui, Rect)) -> egui::Response {
    line_in(ui, 0.0, (name, value), paint)
}

/// The same, further to the right by so many points.
fn line_in(
    ui: &mut Ui,
    indent: f32,
    (name, value): (&str, &str),
    paint: impl FnOnce(&Ui, Rect),
) -> egui::Response {
    let theme = kit::theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, LINE_H), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name} {value}").trim())
    });
    paint(
        ui,
        Rect::from_min_size(rect.min + vec2(indent, 0.0), vec2(22.0, LINE_H)),
    );
    let mut job = egui::text::LayoutJob::simple_singleline(
        name.to_owned(),
        font(Weight::Regular, BODY),
        color(theme.text),
    );
    let value_galley = kit::galley(ui, value, Weight::Regular, BODY, theme.muted);
    let value_w = value_galley.size().x + 8.0;
    job.wrap = egui::text::TextWrapping::truncate_at_width(WIDTH - 30.0 - indent - value_w);
    let galley = ui.painter().layout_job(job);
    let elided = galley.elided;
    ui.painter().galley(
        pos2(
            rect.left() + 30.0 + indent,
            rect.center().y - galley.size().y / 2.0,
        ),
        galley,
        color(theme.text),
    );
    let at = pos2(
        rect.right() - value_galley.size().x,
        rect.center().y - value_galley.size().y / 2.0,
    );
    ui.painter().galley(at, value_galley, color(theme.muted));
    if elided {
        response.on_hover_text(name)
    } else {
        response
    }
}

fn territory(ui: &mut Ui, cx: &Context<'_>, key: &TerritoryKey) {
    let name = format!(
        "{}, {}",
        key.actor,
        cx.tr(&format!("relation-{}", key.relation.code()))
    );
    let grade = format!(
        "{}: {}, {}",
        key.grade,
        cx.tr(&format!("reliability-{}", key.grade.reliability.code())),
        cx.tr(&format!("credibility-{}", key.grade.credibility.code()))
    );
    let row = line(ui, &name, &key.grade.to_string(), |ui, rect| {
        let box_rect = Rect::from_center_size(rect.center(), vec2(20.0, 12.0));
        ui.painter().rect(
            box_rect,
            2,
            color(key.color.with_alpha(0.16)),
            egui::Stroke::NONE,
            StrokeKind::Inside,
        );
        let corners = [
            box_rect.left_top(),
            box_rect.right_top(),
            box_rect.right_bottom(),
            box_rect.left_bottom(),
            box_rect.left_top(),
        ];
        let pen = egui::Stroke::new(1.4, color(key.color));
        if key.dashed {
            ui.painter()
                .extend(egui::Shape::dashed_line(&corners, pen, 4.0, 2.5));
        } else {
            ui.painter().line(corners.to_vec(), pen);
        }
    });
    row.on_hover_text(grade);
}

/// Kinds of movement and places, each with how many are in view, and outlines.
fn ways(ui: &mut Ui, cx: &Context<'_>, legend: &Legend) {
    let theme = kit::theme(ui);
    let Some(name) = legend.ways_heading() else {
        return;
    };
    ui.add_space(6.0);
    heading(ui, cx, name);
    for (kind, n) in &legend.movements {
        let name = cx.tr(&format!("movement-{}", kind.code()));
        line(ui, &name, &number(u64::from(*n)), |ui, rect| {
            let from = [rect.left(), rect.center().y];
            super::replay::paint(ui, movements::sign(&theme, *kind, from, rect.width()));
        });
    }
    if legend.places > 0 {
        let n = number(u64::from(legend.places));
        line(ui, &cx.tr("legend-places"), &n, |ui, rect| {
            let at = [rect.center().x, rect.center().y];
            super::replay::paint(ui, places::sign(&theme, at, places::HALF_PX, false));
        });
    }
    if legend.outlines {
        line(ui, &cx.tr("layer-reference"), "", |ui, rect| {
            let at = [rect.center().x - 10.0, rect.center().y];
            super::replay::paint(ui, reference::sign(&theme, at));
        });
    }
}

fn swatch_contested(ui: &Ui, rect: Rect, legend: &Legend) {
    let area = Rect::from_center_size(rect.center(), vec2(20.0, 12.0));
    let colors: Vec<_> = legend
        .territories
        .iter()
        .filter(|t| t.contested)
        .map(|t| t.color)
        .collect();
    let rings = vec![vec![
        [area.left(), area.top()],
        [area.right(), area.top()],
        [area.right(), area.bottom()],
        [area.left(), area.bottom()],
    ]];
    let mut items = Vec::new();
    for (i, ink) in colors.iter().take(2).enumerate() {
        let pen = Stroke::solid(ink.with_alpha(0.75), 1.6);
        items.extend(
            hatch::lines(&[&rings], 7.0, i as f32 * 3.5)
                .into_iter()
                .map(|points| Primitive::Line {
                    points: points.to_vec(),
                    stroke: pen,
                }),
        );
    }
    super::replay::paint(ui, items);
}

fn ring(ui: &Ui, rect: Rect) {
    let theme = kit::theme(ui);
    let n = 24;
    let points: Vec<_> = (0..=n)
        .map(|i| {
            rect.center() + egui::Vec2::angled(i as f32 / n as f32 * std::f32::consts::TAU) * 7.0
        })
        .collect();
    ui.painter().extend(egui::Shape::dashed_line(
        &points,
        egui::Stroke::new(1.2, color(theme.muted)),
        3.0,
        2.5,
    ));
}

fn sizes(ui: &mut Ui, cx: &Context<'_>, legend: &Legend) {
    let theme = kit::theme(ui);
    let Some((_, largest)) = legend.sizes.last() else {
        return;
    };
    ui.add_space(6.0);
    heading(ui, cx, "legend-deaths");
    let height = largest * 2.0 + 18.0;
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, height), Sense::hover());
    let ink = legend
        .marks
        .first()
        .map_or(theme.muted, |(m, _)| theme.mark(*m));
    let mut x = rect.left() + 4.0;
    for (deaths, radius) in &legend.sizes {
        x += radius;
        let center = pos2(x, rect.top() + largest);
        ui.painter().circle(
            center,
            *radius,
            color(ink.with_alpha(0.6)),
            egui::Stroke::new(1.0, color(theme.hairline)),
        );
        let at = pos2(x, rect.bottom() - 7.0);
        kit::write(
            ui,
            at,
            Align2::CENTER_CENTER,
            size_label(legend, *deaths),
            (Weight::Regular, 11.0),
            theme.muted,
        );
        x += radius + 13.0;
    }
}

/// The last sample stands for all that is bigger where symbols stop growing.
fn size_label(legend: &Legend, deaths: u32) -> String {
    let last = legend.sizes.last().is_some_and(|(n, _)| *n == deaths);
    format!("{deaths}{}", if legend.capped && last { "+" } else { "" })
}
