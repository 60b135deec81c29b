//! What would come of the file as things stand: rows kept and rejected, by reason, with examples.

use super::state::{Look, State, Tried};
use crate::import::{Field, Options, Reject, Trial};
use crate::locale::{Problem, TextKey, number};
use crate::scene::{Color, Weight};
use crate::view::kit;
use crate::view::theme::{NUMBER, color};
use egui::{Ui, vec2};

const COUNT_W: f32 = 52.0;
/// Examples of each reason that are shown.
const EXAMPLES: usize = 3;

pub fn show(ui: &mut Ui, look: Look, state: &mut State) {
    let theme = kit::theme(ui);
    let line = egui::Stroke::new(1.0, color(theme.line));
    let top = ui.cursor().top();
    ui.painter().hline(ui.max_rect().x_range(), top, line);
    ui.add_space(8.0);
    match &state.tried {
        Tried::Nothing => {}
        Tried::Failed(problem) => {
            let said = problem.message(look.lang);
            kit::text(ui, said, Weight::Regular, 12.0, |t| t.warning);
        }
        Tried::Running { kept, rejected } => {
            counts(ui, look, *kept, *rejected);
            kit::note(ui, look.tr(text!("assistant-counting")));
        }
        Tried::Done(trial) => {
            counts(ui, look, trial.kept, trial.rejected);
            let known = state.seen.as_ref().map(|seen| &*seen.facts.notes);
            let remedy = reasons(ui, look, trial, known.unwrap_or_default());
            if let Some(remedy) = remedy {
                remedy(&mut state.options);
            }
        }
    }
}

/// What a click on a remedy changes.
type Remedy = fn(&mut Options);

/// How the assistant says what would accept rows, and what it does where it can do it itself.
fn remedy_of(reason: &str) -> (TextKey, Option<Remedy>) {
    fn leave(options: &mut Options, fields: &[Field]) {
        options.map.retain(|(field, _)| !fields.contains(field));
        options.unmap.extend(fields);
    }
    match reason {
        "bad_date" | "no_such_day" | "no_date" | "placeholder_date" | "future_date" => {
            (text!("assistant-remedy-date"), None)
        }
        "bad_coordinates" | "out_of_range" => (text!("assistant-remedy-coordinates"), None),
        "bad_number" => (text!("assistant-remedy-number"), None),
        "no_position" => (
            text!("assistant-remedy-position"),
            Some(|o| o.gazetteer = true),
        ),
        "swapped" => (
            text!("assistant-remedy-swapped"),
            Some(|o| o.swap = !o.swap),
        ),
        "lost_point" => (text!("assistant-remedy-lost-point"), None),
        "duplicate_id" => (
            text!("assistant-remedy-id"),
            Some(|o| leave(o, &[Field::Id])),
        ),
        "end_before_start" => (
            text!("assistant-remedy-end"),
            Some(|o| leave(o, &[Field::End])),
        ),
        "deaths_order" => (
            text!("assistant-remedy-deaths"),
            Some(|o| leave(o, &[Field::DeathsLow, Field::DeathsHigh])),
        ),
        "ragged_row" | "too_many_cells" => (text!("assistant-remedy-ragged"), None),
        "open_quote" | "stray_quote" => (text!("remedy-quote"), None),
        "place_unknown" | "place_ambiguous" => (text!("remedy-place"), None),
        "no_actor" | "unknown_relation" => (text!("assistant-remedy-area"), None),
        "total_row" => (text!("remedy-total"), None),
        _ => (text!("assistant-remedy-mend"), None),
    }
}

fn counts(ui: &mut Ui, look: Look, kept: u64, rejected: u64) {
    let theme = kit::theme(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        let bad = if rejected > 0 {
            theme.warning
        } else {
            theme.muted
        };
        one(ui, look, kept, text!("assistant-kept"; n), theme.text);
        one(ui, look, rejected, text!("assistant-rejected"; n), bad);
    });
}

/// A number with what it counts beside it, read out as one.
fn one(ui: &mut Ui, look: Look, n: u64, key: TextKey, ink: Color) {
    let theme = kit::theme(ui);
    let shown = number(n);
    let words = look.tr_args(key, &[("n", &shown)]);
    let painter = ui.painter();
    let big = crate::view::theme::font(Weight::SemiBold, NUMBER);
    let small = crate::view::theme::font(Weight::Regular, crate::view::theme::BODY);
    let figure = painter.layout_no_wrap(shown.clone(), big, color(ink));
    let what = painter.layout_no_wrap(words.clone(), small, color(theme.muted));
    let size = vec2(figure.size().x + 8.0 + what.size().x, figure.size().y);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let said = format!("{shown} {words}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, &said));
    let base = rect.bottom() - 5.0;
    let after = rect.left() + figure.size().x + 8.0;
    let what_at = egui::pos2(after, base - what.size().y);
    ui.painter().galley(rect.min, figure, color(ink));
    ui.painter().galley(what_at, what, color(theme.muted));
}

/// The most frequent reason first, each with the first of its rows; then what only all rows show,
/// beyond the notes that are `known`.
fn reasons(ui: &mut Ui, look: Look, trial: &Trial, known: &[Problem]) -> Option<Remedy> {
    let theme = kit::theme(ui);
    let mut chosen = None;
    egui::ScrollArea::vertical()
        .id_salt("assistant-reasons")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let groups = trial.groups.sorted();
            if groups.is_empty() && trial.rows_read > 0 {
                kit::note(ui, look.tr(text!("assistant-all-kept")));
            }
            for group in groups {
                let is_of_it = |r: &&Reject| {
                    (&r.column, r.reason) == (&group.first.column, group.first.reason)
                };
                let of_it = trial.examples.iter().filter(is_of_it);
                for (i, reject) in of_it.take(EXAMPLES).enumerate() {
                    example(ui, look, reject, (i == 0).then_some(group.rows));
                }
                chosen = remedy(ui, look, group.first.reason).or(chosen.take());
            }
            for note in trial.notes.iter().filter(|n| !known.contains(n)) {
                let ink = match [
                    text!("note-far"; first, n),
                    text!("note-far-sign"; n),
                    text!("note-region-sign"; first, n),
                    text!("note-dates-future"; first, n),
                    text!("note-dates-suspect"; first, n),
                    text!("note-utc-late"; n),
                ]
                .iter()
                .any(|key| *key == note.key)
                {
                    true => theme.warning,
                    false => theme.muted,
                };
                kit::text(ui, note.message(look.lang), Weight::Regular, 12.0, |_| ink);
            }
        });
    chosen
}

/// What would accept the rows above; the change where it is clicked.
fn remedy(ui: &mut Ui, look: Look, reason: &str) -> Option<Remedy> {
    let (key, change) = remedy_of(reason);
    let mut chosen = None;
    ui.horizontal_top(|ui| {
        ui.add_space(COUNT_W + ui.spacing().item_spacing.x);
        let said = look.tr(key);
        match change {
            Some(_) if kit::link(ui, &said).clicked() => chosen = change,
            Some(_) => {}
            None => {
                ui.vertical(|ui| kit::text(ui, said, Weight::Medium, 12.0, |t| t.text));
            }
        }
    });
    ui.add_space(4.0);
    chosen
}

/// One rejected row in words; the first of its reason says how many there are.
fn example(ui: &mut Ui, look: Look, reject: &Reject, count: Option<u64>) {
    let theme = kit::theme(ui);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(COUNT_W, 16.0), egui::Sense::hover());
        if let Some(n) = count {
            kit::write(
                ui,
                rect.right_center() - vec2(8.0, 0.0),
                egui::Align2::RIGHT_CENTER,
                format!("{} ×", number(n)),
                (Weight::SemiBold, 12.0),
                theme.text,
            );
        }
        let line = number(reject.line);
        let reason = reject.message(look.lang);
        let said = look.tr(text!("cli-reject-line", line = line, reason = reason));
        let ink = if count.is_some() {
            theme.text
        } else {
            theme.muted
        };
        // In a row of its own a text wraps; in this one it would widen the whole card.
        ui.vertical(|ui| kit::text(ui, said, Weight::Regular, 12.0, |_| ink));
    });
}
