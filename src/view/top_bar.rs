//! Above everything: the case, search, undo, import, picture, theme and language.

use super::actions::{ACTIONS, CASE_MENU, Now};
use super::kit;
use super::theme::{BODY, CONTROL_H, color};
use super::{bookmarks, icons, search};
use crate::locale::{Lang, TextKey, tr};
use crate::scene::Weight;
use crate::scene::theme::ThemeName;
use crate::session::{Bookmarks, Command};
use egui::{Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::path::{Path, PathBuf};

/// What the bar shows; there may be no case open.
pub struct Bar<'a> {
    pub lang: Lang,
    pub case_name: Option<String>,
    pub case_path: Option<&'a Path>,
    /// Why the case cannot be written to.
    pub read_only: Option<String>,
    /// `None` where no case is open.
    pub bookmarks: Option<&'a Bookmarks>,
    pub now: Now<'a>,
    /// Cases opened lately.
    pub recent: &'a [PathBuf],
    pub commands: &'a mut Vec<Command>,
}

pub fn show(
    ui: &mut Ui,
    bar: &mut Bar<'_>,
    search: &mut search::State,
    menu: &mut bookmarks::State,
) {
    let read_only = tr(bar.lang, text!("read-only"));
    let wide = ui.available_width() > 1100.0;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add_space(4.0);
        logo(ui);
        kit::title(ui, "Atalaya");
        case_menu(ui, bar);
        if let Some(why) = &bar.read_only {
            badge(ui, &read_only, why);
        }
        /// Of the buttons at the right, in the longer language.
        const BUTTONS_W: f32 = 590.0;
        let width = if wide { 400.0 } else { 240.0 };
        let bar_rect = ui.max_rect();
        let center = bar_rect
            .center()
            .x
            .min(bar_rect.right() - BUTTONS_W - width / 2.0);
        let gap = center - width / 2.0 - ui.cursor().left();
        ui.add_space(gap.max(8.0));
        if bar.bookmarks.is_some() {
            search::show(ui, bar.lang, search, width, bar.commands);
        }
        kit::at_right(ui, |ui| {
            right(ui, bar, menu);
        });
    });
}

/// A watchtower: four lines, so no picture has to be shipped.
fn logo(ui: &mut Ui) {
    let theme = kit::theme(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::hover());
    let c = rect.center();
    let at = |x: f32, y: f32| pos2(c.x + x, c.y + y);
    let pen = egui::Stroke::new(1.8, color(theme.accent));
    let p = ui.painter();
    p.line(vec![at(-8.0, -3.0), at(0.0, -9.0), at(8.0, -3.0)], pen);
    p.line(
        vec![at(-5.5, -3.0), at(-5.5, 2.0), at(5.5, 2.0), at(5.5, -3.0)],
        pen,
    );
    p.line(vec![at(-3.5, 2.0), at(-6.0, 9.5)], pen);
    p.line(vec![at(3.5, 2.0), at(6.0, 9.5)], pen);
    p.line(vec![at(-4.6, 6.0), at(4.6, 6.0)], pen);
}

fn case_menu(ui: &mut Ui, bar: &mut Bar<'_>) {
    let theme = kit::theme(ui);
    let lang = bar.lang;
    let t = |key: TextKey| tr(lang, key);
    let name = bar.case_name.clone().unwrap_or_else(|| t(text!("no-case")));
    let galley = kit::galley(ui, &name, Weight::Regular, BODY, theme.muted);
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 32.0, CONTROL_H), Sense::click());
    let label = tr(bar.lang, text!("case-menu", name = name));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, super::theme::RADIUS, color(theme.accent_wash));
    }
    ui.painter().galley(
        pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0),
        galley,
        color(theme.muted),
    );
    kit::paint_icon(
        ui,
        pos2(rect.right() - 13.0, rect.center().y),
        icons::CARET_DOWN,
        12.0,
        theme.muted,
    );
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(230.0);
        for action in ACTIONS.iter().filter(|a| CASE_MENU.contains(&a.name)) {
            let command = (action.command)(&bar.now);
            let item = egui::Button::new(t(action.name)).shortcut_text(action.shortcut_text(lang));
            if ui.add_enabled(command.is_some(), item).clicked() {
                bar.commands.extend(command);
            }
        }
        recent(ui, bar);
    });
}

/// The cases opened lately, but for the one that is open.
fn recent(ui: &mut Ui, bar: &mut Bar<'_>) {
    let others = bar
        .recent
        .iter()
        .filter(|case| Some(case.as_path()) != bar.case_path);
    let others: Vec<&PathBuf> = others.collect();
    if others.is_empty() {
        return;
    }
    kit::section(ui, &tr(bar.lang, text!("menu-recent")), |_| {});
    for case in others {
        let item = ui.button(file_name(case));
        if item.on_hover_text(case.display().to_string()).clicked() {
            bar.commands.push(Command::OpenPath(case.clone()));
        }
    }
    let forget = tr(bar.lang, text!("menu-forget-recent"));
    if ui.button(forget).clicked() {
        bar.commands.push(Command::ForgetRecent);
    }
}

/// The last part of a path, as people know a case by it.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn badge(ui: &mut Ui, label: &str, why: &str) {
    let theme = kit::theme(ui);
    let galley = kit::galley(ui, label, Weight::Medium, 12.0, theme.warning);
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 32.0, 22.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    ui.painter().rect_stroke(
        rect,
        11,
        egui::Stroke::new(1.0, color(theme.warning)),
        egui::StrokeKind::Inside,
    );
    kit::paint_icon(
        ui,
        pos2(rect.left() + 13.0, rect.center().y),
        icons::LOCK_SIMPLE,
        13.0,
        theme.warning,
    );
    ui.painter().galley(
        pos2(rect.left() + 22.0, rect.center().y - galley.size().y / 2.0),
        galley,
        color(theme.warning),
    );
    response.on_hover_text(why);
}

/// From the right edge inwards.
fn right(ui: &mut Ui, bar: &mut Bar<'_>, menu: &mut bookmarks::State) {
    let theme = kit::theme(ui);
    let lang = bar.lang;
    let t = |key: TextKey| tr(lang, key);
    ui.add_space(4.0);
    let other = if bar.lang == Lang::En {
        Lang::Es
    } else {
        Lang::En
    };
    let code = bar.lang.code().to_uppercase();
    let language = kit::button(ui, None, &code).on_hover_text(t(text!("language-tip")));
    if language.clicked() {
        bar.commands.push(Command::SetLang(other));
    }
    let dark = theme.name == ThemeName::Dark;
    let (icon, name) = if dark {
        (icons::SUN, text!("theme-light"))
    } else {
        (icons::MOON, text!("theme-dark"))
    };
    if kit::icon_button(ui, icon, &t(name), false).clicked() {
        bar.commands.push(Command::SetTheme(if dark {
            ThemeName::Light
        } else {
            ThemeName::Dark
        }));
    }
    if kit::icon_button(ui, icons::QUESTION, &t(text!("menu-help")), false).clicked() {
        bar.commands.push(Command::ToggleHelp);
    }
    if bar.bookmarks.is_some() {
        if kit::primary(ui, icons::IMAGE, &t(text!("bar-picture"))).clicked() {
            bar.commands.push(Command::SavePicture);
        }
        if kit::button(ui, icons::UPLOAD_SIMPLE, &t(text!("menu-import"))).clicked() {
            bar.commands.push(Command::Import);
        }
        if let Some(kept) = bar.bookmarks {
            let read_only = bar.read_only.is_some();
            bookmarks::show(ui, lang, menu, kept, read_only, bar.commands);
        }
        if kit::icon_button_enabled(
            ui,
            icons::ARROW_U_UP_RIGHT,
            &t(text!("redo")),
            false,
            bar.now.can_redo,
        )
        .clicked()
        {
            bar.commands.push(Command::Redo);
        }
        if kit::icon_button_enabled(
            ui,
            icons::ARROW_U_UP_LEFT,
            &t(text!("undo")),
            false,
            bar.now.can_undo,
        )
        .clicked()
        {
            bar.commands.push(Command::Undo);
        }
    }
}
