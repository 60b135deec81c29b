//! The menu of bookmarks: views of the case kept by name.

use super::actions::bookmark_shortcut;
use super::icons;
use super::kit;
use super::theme::{BODY, CONTROL_H};
use crate::locale::{Lang, TextKey, tr, tr_args};
use crate::scene::Weight;
use crate::session::{Bookmarking, Bookmarks, Command};
use egui::{Key, Role, Ui, WidgetInfo, vec2};

/// Whether the menu is open, and the name being changed.
#[derive(Default)]
pub struct State {
    pub open: bool,
    /// Which one, its new name, and whether the keyboard was sent there.
    pub renaming: Option<(usize, String, bool)>,
}

/// The button and, where it is open, the menu. `read_only`: they cannot be saved.
pub fn show(
    ui: &mut Ui,
    lang: Lang,
    state: &mut State,
    bookmarks: &Bookmarks,
    read_only: bool,
    commands: &mut Vec<Command>,
) {
    let response = kit::dropdown(ui, &tr(lang, text!("bookmarks")));
    if response.clicked() {
        state.open = !state.open;
    }
    let mut open = state.open;
    let mut asked = None;
    egui::Popup::from_response(&response)
        .open_bool(&mut open)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(380.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            asked = list(ui, lang, state, bookmarks);
            if bookmarks.all.is_empty() {
                let none = tr(lang, text!("bookmarks-none"));
                kit::note(ui, none);
            }
            if let Some((_, deleted)) = &bookmarks.deleted {
                let name = tr(lang, text!("bookmark-put-back", name = deleted.name));
                if kit::link(ui, &name).clicked() {
                    asked = Some(Bookmarking::PutBack);
                }
            }
            ui.add_space(4.0);
            let add = tr(lang, text!("bookmark-add"));
            if kit::primary(ui, icons::PLUS, &add).clicked() {
                asked = Some(Bookmarking::Add(None));
            }
            if read_only {
                let note = tr(lang, text!("bookmarks-read-only"));
                kit::text(ui, note, Weight::Regular, 12.0, |t| t.warning);
            }
        });
    state.open = open;
    if let Some(asked) = asked {
        state.open &= !matches!(asked, Bookmarking::Go(_));
        commands.push(Command::Bookmark(asked));
    }
    if !state.open {
        state.renaming = None;
    }
}

fn list(ui: &mut Ui, lang: Lang, state: &mut State, bookmarks: &Bookmarks) -> Option<Bookmarking> {
    let mut asked = None;
    egui::ScrollArea::vertical()
        .max_height(420.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (i, bookmark) in bookmarks.all.iter().enumerate() {
                let renamed = state.renaming.as_ref().is_some_and(|(at, ..)| *at == i);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    let one = if renamed {
                        rename(ui, lang, state)
                    } else {
                        one(ui, lang, state, i, &bookmark.name)
                    };
                    asked = one.or(asked.take());
                });
            }
        });
    asked
}

fn one(ui: &mut Ui, lang: Lang, state: &mut State, i: usize, name: &str) -> Option<Bookmarking> {
    let mut asked = None;
    let row = kit::list::Row {
        icon: None,
        name,
        detail: "",
        trailing: &bookmark_shortcut(i),
        highlighted: false,
        enabled: true,
        room_right: 3.0 * (CONTROL_H + 4.0) + 8.0,
    };
    if kit::list::row(ui, &row).clicked() {
        asked = Some(Bookmarking::Go(i));
    }
    let named = |key: TextKey| tr_args(lang, key, &[("name", name)]);
    if kit::icon_button(
        ui,
        icons::PENCIL_SIMPLE,
        &named(text!("bookmark-rename"; name)),
        false,
    )
    .clicked()
    {
        state.renaming = Some((i, name.to_owned(), false));
    }
    let update = named(text!("bookmark-update"; name));
    if kit::icon_button(ui, icons::CROSSHAIR, &update, false).clicked() {
        asked = Some(Bookmarking::Update(i));
    }
    if kit::icon_button(
        ui,
        icons::TRASH,
        &named(text!("bookmark-delete"; name)),
        false,
    )
    .clicked()
    {
        asked = Some(Bookmarking::Delete(i));
    }
    asked
}

/// The line to type another name into; Enter and leaving it take the name, Escape does not.
fn rename(ui: &mut Ui, lang: Lang, state: &mut State) -> Option<Bookmarking> {
    let (i, name, shown) = state.renaming.as_mut()?;
    let label = tr(lang, text!("bookmark-name"));
    let edit = egui::TextEdit::singleline(name)
        .desired_width(ui.available_width() - 24.0)
        .font(super::theme::font(Weight::Regular, BODY))
        .min_size(vec2(0.0, CONTROL_H))
        .margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &label));
    if !std::mem::replace(shown, true) {
        response.request_focus();
    }
    if !response.lost_focus() {
        return None;
    }
    let asked = Bookmarking::Rename(*i, name.clone());
    let given_up = ui.input(|input| input.key_pressed(Key::Escape));
    state.renaming = None;
    (!given_up).then_some(asked)
}
