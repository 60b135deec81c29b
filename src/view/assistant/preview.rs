//! The first rows of the file as a table; at the head of each column what it is read as.

use super::fields::{GROUPS, field_name};
use super::state::{Look, State, Tried};
use crate::import::{Field, Inspection, Options, Reject};
use crate::scene::Weight;
use crate::view::kit::{self, list::head};
use crate::view::theme::{CONTROL_H, color, font};
use egui::{Align2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::collections::HashMap;

const ROW_H: f32 = 23.0;
/// Of the choice and the name above the rows, points.
const HEAD_H: f32 = CONTROL_H + 28.0;
/// Of a column, points.
const LEAST_W: f32 = 128.0;
const MOST_W: f32 = 250.0;
/// From so many columns on only those in sight have a choice that the keyboard can reach.
const MOST_HEADS: usize = 200;

/// What a person chose for a column: a field, or to keep it as it is.
type Chosen = Option<Field>;

pub fn show(ui: &mut Ui, look: Look, state: &mut State) {
    let theme = kit::theme(ui);
    let Some(seen) = &state.seen else {
        // The footer says why there is nothing yet.
        return;
    };
    let widths: Vec<f32> = (0..seen.facts.columns.len())
        .map(|i| width(seen, i))
        .collect();
    let total = vec2(
        widths.iter().sum::<f32>().max(1.0),
        HEAD_H + ROW_H * seen.preview.len() as f32,
    );
    let mut changed = None;
    egui::ScrollArea::both()
        .id_salt("assistant-preview")
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            ui.allocate_rect(Rect::from_min_size(origin, total), Sense::hover());
            let seen_x = viewport.x_range();
            let rejects: &[Reject] = match &state.tried {
                Tried::Done(trial) => &trial.examples,
                _ => &[],
            };
            rows(ui, look, (seen, rejects), &widths, origin);
            // The heads stay while the rows go by under them.
            let top = origin.y + viewport.min.y;
            let band = Rect::from_x_y_ranges(ui.clip_rect().x_range(), top..=top + HEAD_H - 1.0);
            ui.painter().rect_filled(band, 0, color(theme.panel));
            let line = egui::Stroke::new(1.0, color(theme.line));
            ui.painter().hline(band.x_range(), band.bottom(), line);
            let fields = fields_by_column(seen);
            let mut left = 0.0;
            for (i, (column, width)) in seen.facts.columns.iter().zip(&widths).enumerate() {
                let in_sight = left + width >= seen_x.min && left <= seen_x.max;
                if in_sight || widths.len() <= MOST_HEADS {
                    let at = pos2(origin.x + left, top);
                    let rect = Rect::from_min_size(at, vec2(width - 8.0, HEAD_H));
                    let field = fields.get(column.as_str()).copied();
                    let taken = column_head(ui, look, (i, column), field, rect);
                    changed = taken
                        .map(|chosen| (column.clone(), chosen))
                        .or(changed.take());
                }
                left += width;
            }
        });
    if let Some((column, chosen)) = changed {
        let seen = seen.mapping.clone();
        set_field(&mut state.options, &seen, &column, chosen);
    }
}

/// Wide enough for most of what stands in it.
fn width(seen: &Inspection, column: usize) -> f32 {
    let cells = seen.preview.iter().filter_map(|row| row.get(column));
    let name = seen.facts.columns.get(column);
    let longest = cells.chain(name).map(|t| t.chars().take(60).count());
    (longest.max().unwrap_or(0) as f32 * 6.6 + 24.0).clamp(LEAST_W, MOST_W)
}

fn fields_by_column(seen: &Inspection) -> HashMap<&str, Field> {
    let mut found = HashMap::new();
    for (field, column) in &seen.mapping {
        found.entry(column.as_str()).or_insert(*field);
    }
    found
}

/// The rows with the cells for which one would be rejected marked: by colour, by a sign, and with the
/// reason under the pointer.
fn rows(
    ui: &Ui,
    look: Look,
    (seen, rejects): (&Inspection, &[Reject]),
    widths: &[f32],
    origin: egui::Pos2,
) {
    let theme = kit::theme(ui);
    let clip = ui.clip_rect();
    for (i, row) in seen.preview.iter().enumerate() {
        let top = origin.y + HEAD_H + i as f32 * ROW_H;
        let rect = Rect::from_min_max(pos2(clip.left(), top), pos2(clip.right(), top + ROW_H));
        if rect.bottom() < clip.top() || rect.top() > clip.bottom() {
            continue;
        }
        let reject = seen.preview_lines.get(i);
        let reject = reject.and_then(|line| rejects.iter().find(|r| r.line == *line));
        let mut said = row.join(", ");
        let mut response = ui.interact(rect, ui.scope_id().with(("row", i)), Sense::hover());
        if let Some(reject) = reject {
            let reason = reject.message(look.lang);
            let words = look.tr(text!("assistant-row-rejected", reason = reason));
            said = format!("{said}; {words}");
            response = response.on_hover_text(words);
            let at = seen.facts.columns.iter().position(|c| *c == reject.column);
            mark_rejected(ui, rect, at, widths, origin.x);
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &said));
        let line = egui::Stroke::new(1.0, color(theme.line).gamma_multiply(0.5));
        ui.painter().hline(clip.x_range(), rect.bottom(), line);
        let mut left = origin.x;
        for (cell, width) in row.iter().zip(widths) {
            if left <= clip.right() && left + width >= clip.left() && !cell.is_empty() {
                let text: String = cell.chars().take(80).collect::<String>().replace('\n', " ");
                // Room for the sign of a rejected cell.
                let (from, to) = (left + 10.0, left + width - 24.0);
                let ink = theme.text;
                crate::view::kit::elided(ui, &text, ink, from, to, rect.center().y);
            }
            left += width;
        }
    }
}

/// The cell at fault, or the whole row where none is; the sign stands at its right end.
fn mark_rejected(ui: &Ui, row: Rect, at: Option<usize>, widths: &[f32], origin_x: f32) {
    let theme = kit::theme(ui);
    let ink = theme.warning;
    let left = |column: usize| origin_x + widths[..column].iter().sum::<f32>();
    let cell = match at.filter(|at| *at < widths.len()) {
        Some(at) => Rect::from_x_y_ranges(left(at)..=left(at) + widths[at] - 8.0, row.y_range()),
        None => row.with_min_x(origin_x),
    };
    let painter = ui.painter();
    painter.rect_filled(cell.shrink2(vec2(1.0, 1.0)), 4, color(ink.with_alpha(0.14)));
    let sign_x = cell.right().min(row.right()) - 9.0;
    painter.text(
        pos2(sign_x, cell.center().y),
        Align2::CENTER_CENTER,
        crate::view::icons::WARNING_CIRCLE,
        crate::view::theme::icon_font(12.0),
        color(ink),
    );
}

/// The name of a column and the choice of what it is read as; what was chosen anew.
fn column_head(
    ui: &mut Ui,
    look: Look,
    (index, column): (usize, &str),
    field: Option<Field>,
    rect: Rect,
) -> Option<Chosen> {
    let theme = kit::theme(ui);
    ui.painter()
        .with_clip_rect(rect.intersect(ui.clip_rect()))
        .text(
            pos2(rect.left() + 10.0, rect.top() + CONTROL_H + 15.0),
            Align2::LEFT_CENTER,
            column,
            font(Weight::SemiBold, 12.0),
            color(if field.is_some() {
                theme.text
            } else {
                theme.muted
            }),
        );
    let at = Rect::from_min_size(rect.min + vec2(0.0, 2.0), vec2(rect.width(), CONTROL_H));
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt(("column", index)));
    let name = look.tr(text!("assistant-column", column = column));
    let kept = look.tr(text!("assistant-kept-extra"));
    let shown = field.map_or_else(|| kept.clone(), |f| field_name(look.lang, f));
    if field.is_some() {
        let line = egui::Stroke::new(1.5, color(theme.accent));
        ui.painter()
            .hline(at.x_range().shrink(6.0), at.bottom() - 1.0, line);
    }
    kit::choose(&mut child, &name, &shown, rect.width(), |ui| {
        let mut chosen = None;
        if ui.selectable_label(field.is_none(), kept).clicked() {
            chosen = Some(None);
        }
        for (group, fields) in GROUPS {
            head(ui, &look.tr(*group));
            for other in *fields {
                let entry = field_name(look.lang, *other);
                if ui.selectable_label(field == Some(*other), entry).clicked() {
                    chosen = Some(Some(*other));
                }
            }
        }
        chosen
    })
}

/// Reads `column` as `chosen`, or as nothing. A field has one column and a column one field, so
/// what either was before ends.
fn set_field(options: &mut Options, now: &[(Field, String)], column: &str, chosen: Chosen) {
    let was = now.iter().filter(|(_, c)| c == column).map(|(f, _)| *f);
    let was: Vec<Field> = was.filter(|f| Some(*f) != chosen).collect();
    options
        .map
        .retain(|(f, c)| c != column && Some(*f) != chosen);
    // Nor has a field with a column a value for all rows.
    options.set.retain(|(f, _)| Some(*f) != chosen);
    // Else the column would be found for it again by its name.
    options
        .unmap
        .retain(|f| Some(*f) != chosen && !was.contains(f));
    options.unmap.extend(was);
    options
        .map
        .extend(chosen.map(|field| (field, column.to_owned())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_one_column_and_a_column_one_field() {
        let own = |pairs: &[(Field, &str)]| -> Vec<(Field, String)> {
            pairs.iter().map(|(f, c)| (*f, (*c).to_owned())).collect()
        };
        let mut options = Options::default();
        let now = own(&[(Field::Start, "Fecha"), (Field::Lat, "Y")]);
        set_field(&mut options, &now, "Alta", Some(Field::Start));
        assert_eq!(options.map, own(&[(Field::Start, "Alta")]));
        assert!(options.unmap.is_empty());
        // What was guessed for the column is not guessed again.
        let now = own(&[(Field::Start, "Alta"), (Field::Lat, "Y")]);
        set_field(&mut options, &now, "Y", Some(Field::Title));
        assert_eq!(options.unmap, [Field::Lat]);
        set_field(
            &mut options,
            &own(&[(Field::Start, "Alta"), (Field::Title, "Y")]),
            "Y",
            None,
        );
        assert_eq!(options.map, own(&[(Field::Start, "Alta")]));
        assert_eq!(options.unmap, [Field::Lat, Field::Title]);
        set_field(
            &mut options,
            &own(&[(Field::Start, "Alta")]),
            "Y",
            Some(Field::Lat),
        );
        assert_eq!(
            options.map,
            own(&[(Field::Start, "Alta"), (Field::Lat, "Y")])
        );
        assert_eq!(options.unmap, [Field::Title]);
    }
}
