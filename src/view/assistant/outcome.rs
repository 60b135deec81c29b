//! What would come of the file as things stand: rows kept and rejected, by reason, with examples.

use super::{Look, State, Tried};
use crate::import::{Reject, Trial};
use crate::locale::{Problem, number};
use crate::scene::{Color, Weight};
use crate::view::theme::{NUMBER, color};
use crate::view::widgets;
use egui::{Ui, vec2};

/// Examples of each reason that are shown.
const EXAMPLES: usize = 3;

pub fn show(ui: &mut Ui, look: Look, state: &State) {
    let line = egui::Stroke::new(1.0, color(look.theme.line));
    let top = ui.cursor().top();
    ui.painter().hline(ui.max_rect().x_range(), top, line);
    ui.add_space(8.0);
    match &state.tried {
        Tried::Nothing => {}
        Tried::Failed(problem) => {
            let said = problem.message(look.lang);
            widgets::text(ui, said, Weight::Regular, 12.0, look.theme.warning);
        }
        Tried::Running { kept, rejected } => {
            counts(ui, look, *kept, *rejected);
            look.note(ui, look.tr("assistant-counting"));
        }
        Tried::Done(trial) => {
            counts(ui, look, trial.kept, trial.rejected);
            let known = state.seen.as_ref().map(|seen| &*seen.facts.notes);
            reasons(ui, look, trial, known.unwrap_or_default());
        }
    }
}

fn counts(ui: &mut Ui, look: Look, kept: u64, rejected: u64) {
    let theme = look.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        let bad = if rejected > 0 {
            theme.warning
        } else {
            theme.muted
        };
        one(ui, look, kept, "assistant-kept", theme.text);
        one(ui, look, rejected, "assistant-rejected", bad);
    });
}

/// A number with what it counts beside it, read out as one.
fn one(ui: &mut Ui, look: Look, n: u64, key: &str, ink: Color) {
    let shown = number(n);
    let words = look.tr_args(key, &[("n", &shown)]);
    let painter = ui.painter();
    let big = crate::view::theme::font(Weight::SemiBold, NUMBER);
    let small = crate::view::theme::font(Weight::Regular, crate::view::theme::BODY);
    let figure = painter.layout_no_wrap(shown.clone(), big, color(ink));
    let what = painter.layout_no_wrap(words.clone(), small, color(look.theme.muted));
    let size = vec2(figure.size().x + 8.0 + what.size().x, figure.size().y);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let said = format!("{shown} {words}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, &said));
    let base = rect.bottom() - 5.0;
    let after = rect.left() + figure.size().x + 8.0;
    let what_at = egui::pos2(after, base - what.size().y);
    ui.painter().galley(rect.min, figure, color(ink));
    ui.painter().galley(what_at, what, color(look.theme.muted));
}

/// The most frequent reason first, each with the first of its rows; then what only all rows show,
/// beyond the notes that are `known`.
fn reasons(ui: &mut Ui, look: Look, trial: &Trial, known: &[Problem]) {
    let mut reasons: Vec<(&str, u64)> = trial.reasons.iter().map(|(r, n)| (*r, *n)).collect();
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    egui::ScrollArea::vertical()
        .id_salt("assistant-reasons")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if reasons.is_empty() && trial.rows_read > 0 {
                look.note(ui, look.tr("assistant-all-kept"));
            }
            for (reason, n) in reasons {
                let of_it = trial.examples.iter().filter(|r| r.reason == reason);
                for (i, reject) in of_it.take(EXAMPLES).enumerate() {
                    example(ui, look, reject, (i == 0).then_some(n));
                }
            }
            for note in trial.notes.iter().filter(|n| !known.contains(n)) {
                let ink = match note.key.starts_with("note-far") {
                    true => look.theme.warning,
                    false => look.theme.muted,
                };
                widgets::text(ui, note.message(look.lang), Weight::Regular, 12.0, ink);
            }
        });
}

/// One rejected row in words; the first of its reason says how many there are.
fn example(ui: &mut Ui, look: Look, reject: &Reject, count: Option<u64>) {
    const COUNT_W: f32 = 52.0;
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(COUNT_W, 16.0), egui::Sense::hover());
        if let Some(n) = count {
            ui.painter().text(
                rect.right_center() - vec2(8.0, 0.0),
                egui::Align2::RIGHT_CENTER,
                format!("{} ×", number(n)),
                crate::view::theme::font(Weight::SemiBold, 12.0),
                color(look.theme.text),
            );
        }
        let line = number(reject.line);
        let reason = reject.message(look.lang);
        let said = look.tr_args("cli-reject-line", &[("line", &line), ("reason", &reason)]);
        let ink = if count.is_some() {
            look.theme.text
        } else {
            look.theme.muted
        };
        // In a row of its own a text wraps; in this one it would widen the whole card.
        ui.vertical(|ui| widgets::text(ui, said, Weight::Regular, 12.0, ink));
    });
}
