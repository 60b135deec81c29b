//! Values for all rows, each for a field that no column gives: a line of text for each, and a list
//! of the fields that may have one.

use super::fields::{GROUPS, field_name};
use super::state::{Look, State};
use crate::import::{Field, Inspection};
use crate::view::kit;
use crate::view::kit::list::head;
use egui::Ui;

pub fn show(ui: &mut Ui, look: Look, state: &mut State) {
    let Some(seen) = state.seen.as_ref().filter(|seen| seen.takes_values) else {
        return;
    };
    kit::section(ui, &look.tr(text!("assistant-given")), |_| {});
    kit::note(ui, look.tr(text!("assistant-given-what")));
    for (field, value) in &mut state.options.set {
        // A field that has got a column since is read from that.
        if value.trim().is_empty() && has_column(seen, *field) {
            continue;
        }
        let name = field_name(look.lang, *field);
        let label = look.tr(text!("assistant-given-value", field = name));
        let hint = match field {
            Field::Start | Field::End | Field::SourceDate => "2025-02-03",
            _ => "",
        };
        let response = kit::row(ui, &name, |ui, width| {
            kit::line(ui, &label, hint, value, width)
        });
        if state.wants == Some(*field) {
            state.wants = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
    }
    if let Some(field) = chosen(ui, look, seen, &state.options.set) {
        state.options.set.push((field, String::new()));
        state.wants = Some(field);
    }
}

fn has_column(seen: &Inspection, field: Field) -> bool {
    seen.mapping.iter().any(|(f, _)| *f == field)
}

/// A field to give all rows a value for, of those that have neither column nor value.
fn chosen(ui: &mut Ui, look: Look, seen: &Inspection, set: &[(Field, String)]) -> Option<Field> {
    let name = look.tr(text!("assistant-given"));
    let shown = look.tr(text!("assistant-given-add"));
    let is_free = |field: &Field| {
        field.may_be_set() && !has_column(seen, *field) && !set.iter().any(|(f, _)| f == field)
    };
    let entries = |ui: &mut Ui| {
        let mut chosen = None;
        for (group, fields) in GROUPS {
            let mut free = fields.iter().filter(|field| is_free(field)).peekable();
            if free.peek().is_some() {
                head(ui, &look.tr(*group));
            }
            for field in free {
                let entry = field_name(look.lang, *field);
                if ui.selectable_label(false, entry).clicked() {
                    chosen = Some(*field);
                }
            }
        }
        chosen
    };
    kit::row(ui, "", |ui, width| {
        kit::choose(ui, &name, &shown, width, entries)
    })
}
