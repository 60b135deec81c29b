//! The palette: every action and every bookmark by name, found while typing.

use super::actions::Offer;
use super::kit::list::{self, Pressed};
use super::theme::CONTROL_H;
use crate::domain::filter::{fold, words};
use crate::locale::{Lang, tr};
use crate::session::Command;
use egui::{Role, Ui, WidgetInfo, vec2};

/// Open, with what is typed and which row is highlighted.
#[derive(Default)]
pub struct State {
    pub text: String,
    at: usize,
    /// Shown before: the keyboard is there.
    shown: bool,
}

/// Of the list, points.
const HEIGHT: f32 = 390.0;

/// Those in whose names every word typed begins a word; names that begin with it first.
fn matching<'a>(offers: &'a [Offer], text: &str) -> Vec<&'a Offer> {
    let wanted = words(text);
    let fits = |offer: &&Offer| {
        let told = words(&offer.name);
        wanted.iter().all(|w| told.iter().any(|t| t.starts_with(w)))
    };
    let mut found: Vec<&Offer> = offers.iter().filter(fits).collect();
    let whole = fold(text.trim());
    // What can be done now comes before what cannot; else the order of the list is kept.
    found.sort_by_key(|o| (o.command.is_none(), !fold(&o.name).starts_with(&whole)));
    found
}

/// Returns whether the palette is done with.
pub fn show(
    ui: &mut Ui,
    lang: Lang,
    state: &mut State,
    offers: &[Offer],
    commands: &mut Vec<Command>,
) -> bool {
    ui.set_width(520.0);
    let found = matching(offers, &state.text);
    let pressed = list::keys(ui, &mut state.at, found.len());
    let hint = tr(lang, text!("palette-hint"));
    let edit = egui::TextEdit::singleline(&mut state.text)
        .hint_text(&hint)
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, CONTROL_H))
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, &hint));
    if !std::mem::replace(&mut state.shown, true) {
        response.request_focus();
    }
    let changed = response.changed();
    if changed {
        state.at = 0;
    }
    let found = matching(offers, &state.text);
    let mut taken = (pressed == Pressed::Taken).then_some(state.at);
    ui.add_space(6.0);
    // As high whatever is found: what grows and shrinks under the pointer is hard to read.
    let list = egui::ScrollArea::vertical()
        .max_height(HEIGHT)
        .min_scrolled_height(HEIGHT)
        .auto_shrink([false, false]);
    let list = if changed {
        list.vertical_scroll_offset(0.0)
    } else {
        list
    };
    list.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        if found.is_empty() {
            list::head(ui, &tr(lang, text!("palette-none")));
        }
        for (i, offer) in found.iter().enumerate() {
            let row = list::row(
                ui,
                &list::Row {
                    icon: None,
                    name: &offer.name,
                    detail: "",
                    trailing: &offer.shortcut,
                    highlighted: i == state.at,
                    enabled: offer.command.is_some(),
                    room_right: 8.0,
                },
            );
            if row.clicked() {
                taken = Some(i);
            }
            if i == state.at && pressed == Pressed::Moved {
                ui.scroll_to_rect(row.rect, None);
            }
        }
    });
    let command = taken.and_then(|i| found.get(i)?.command.clone());
    let done = command.is_some();
    commands.extend(command);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_and_without_accents() {
        let offer = |name: &str, command| Offer {
            name: name.to_owned(),
            shortcut: String::new(),
            command,
        };
        let offers = [
            offer("Plegar el panel", Some(Command::TogglePalette)),
            offer("Rehacer", None),
            offer("Medir en el mapa", Some(Command::Measure(true))),
            offer("Guardar una imágen", Some(Command::SavePicture)),
        ];
        let names = |text| -> Vec<&str> {
            let found = matching(&offers, text);
            found.iter().map(|o| o.name.as_str()).collect()
        };
        assert_eq!(names("imagen guar"), ["Guardar una imágen"]);
        assert_eq!(names("m"), ["Medir en el mapa"]);
        assert_eq!(names("el"), ["Plegar el panel", "Medir en el mapa"]);
        // What cannot be done now comes last.
        assert_eq!(names("").last(), Some(&"Rehacer"));
        assert!(names("x").is_empty());
    }
}
