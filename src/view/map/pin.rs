//! The mark of a place that was gone to, with its coordinates in words to copy.

use super::*;
use crate::domain::coordinates::{decimal, grid, sexagesimal};

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &State, rect: Rect) {
    let theme = kit::theme(ui);
    let Some(at) = state.pin else { return };
    let [x, y] = cx
        .workspace
        .camera
        .screen_from_lon_lat(state.size, at[0], at[1]);
    let tip = rect.min + vec2(x, y);
    if !rect.expand(20.0).contains(tip) {
        return;
    }
    let (ink, halo) = (color(theme.accent), color(theme.halo));
    let painter = ui.painter();
    painter.circle(tip, 9.0, egui::Color32::TRANSPARENT, Stroke::new(5.0, halo));
    painter.circle(tip, 9.0, egui::Color32::TRANSPARENT, Stroke::new(2.0, ink));
    for (from, to) in [(-15.0, -4.0), (4.0, 15.0)] {
        painter.hline(tip.x + from..=tip.x + to, tip.y, Stroke::new(2.0, ink));
        painter.vline(tip.x, tip.y + from..=tip.y + to, Stroke::new(2.0, ink));
    }
    let area = egui::Area::new(ui.scope_id().with("pin"))
        .order(egui::Order::Middle)
        .constrain_to(rect.shrink(8.0))
        .fixed_pos(tip + vec2(20.0, -20.0));
    area.show(ui.ctx(), |ui| {
        furniture::floating_frame(ui).show(ui, |ui| card(ui, cx, at));
    });
}

fn card(ui: &mut Ui, cx: &mut Context<'_>, at: [f64; 2]) {
    ui.horizontal(|ui| {
        let title = cx.tr(text!("pin-title"));
        kit::text(ui, title, Weight::SemiBold, 13.0, |t| t.text);
        let name = cx.tr(text!("pin-remove"));
        if kit::icon_button(ui, icons::X, &name, false).clicked() {
            cx.commands.push(Command::ClearPin);
        }
    });
    let letters = [
        text!("compass-n"),
        text!("compass-s"),
        text!("compass-e"),
        text!("compass-w"),
    ]
    .map(|k| cx.tr(k));
    let letters = letters.each_ref().map(String::as_str);
    let written = [Some(decimal(at)), Some(sexagesimal(at, letters)), grid(at)];
    for text in written.into_iter().flatten() {
        ui.horizontal(|ui| {
            let name = cx.tr(text!("pin-copy", text = text));
            if kit::icon_button(ui, icons::COPY, &name, false).clicked() {
                ui.ctx().copy_text(text.clone());
            }
            kit::body(ui, &text);
        });
    }
}
