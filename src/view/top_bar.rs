//! Above everything: the case, search, undo, import, picture, theme and language.

use super::icons;
use super::theme::{BODY, CONTROL_H, TITLE, color, font, icon_font};
use super::widgets::{Loudness, button, icon_button, icon_button_enabled, text};
use crate::domain::Filter;
use crate::locale::{Lang, tr, tr_args};
use crate::scene::theme::ThemeName;
use crate::scene::{Theme, Weight};
use crate::session::Command;
use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// What the bar shows; there may be no case open.
pub struct Bar<'a> {
    pub lang: Lang,
    pub theme: &'a Theme,
    pub case_name: Option<String>,
    /// Why the case cannot be written to.
    pub read_only: Option<String>,
    pub filter: Option<&'a Filter>,
    pub can_undo: bool,
    pub can_redo: bool,
    pub commands: &'a mut Vec<Command>,
}

/// The id of the search field, for Ctrl+F.
#[must_use]
pub fn search_id() -> egui::Id {
    egui::Id::unique("search")
}

pub fn show(ui: &mut Ui, bar: &mut Bar<'_>, search: &mut String) {
    let read_only = tr(bar.lang, "read-only");
    let wide = ui.available_width() > 1100.0;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add_space(4.0);
        logo(ui, bar.theme);
        text(ui, "Atalaya", Weight::SemiBold, TITLE, bar.theme.text);
        case_menu(ui, bar);
        if let Some(why) = &bar.read_only {
            badge(ui, bar.theme, &read_only, why);
        }
        let center = ui.max_rect().center().x;
        let width = if wide { 400.0 } else { 260.0 };
        let gap = center - width / 2.0 - ui.cursor().left();
        ui.add_space(gap.max(8.0));
        if bar.filter.is_some() {
            search_field(ui, bar, search, width);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            right(ui, bar);
        });
    });
}

/// A watchtower: four lines, so no picture has to be shipped.
fn logo(ui: &mut Ui, theme: &Theme) {
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
    let lang = bar.lang;
    let t = |key: &str| tr(lang, key);
    let name = bar.case_name.clone().unwrap_or_else(|| t("no-case"));
    let galley = ui.painter().layout_no_wrap(
        name.clone(),
        font(Weight::Regular, BODY),
        color(bar.theme.muted),
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 32.0, CONTROL_H), Sense::click());
    let label = tr_args(bar.lang, "case-menu", &[("name", &name)]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, super::theme::RADIUS, color(bar.theme.accent_wash));
    }
    ui.painter().galley(
        pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0),
        galley,
        color(bar.theme.muted),
    );
    ui.painter().text(
        pos2(rect.right() - 13.0, rect.center().y),
        Align2::CENTER_CENTER,
        icons::CARET_DOWN,
        icon_font(12.0),
        color(bar.theme.muted),
    );
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(230.0);
        for (key, shortcut, command) in [
            ("menu-open", "Ctrl+O", Command::Open),
            ("menu-new", "Ctrl+N", Command::NewCase),
            ("menu-demo", "", Command::OpenDemo),
            ("menu-import", "Ctrl+I", Command::Import),
            ("menu-picture", "Ctrl+S", Command::SavePicture),
            ("menu-help", "F1", Command::ToggleHelp),
        ] {
            let needs_case = matches!(command, Command::Import | Command::SavePicture);
            let item = egui::Button::new(t(key)).shortcut_text(shortcut);
            if ui
                .add_enabled(!needs_case || bar.filter.is_some(), item)
                .clicked()
            {
                bar.commands.push(command);
            }
        }
    });
}

fn badge(ui: &mut Ui, theme: &Theme, label: &str, why: &str) {
    let galley = ui.painter().layout_no_wrap(
        label.to_owned(),
        font(Weight::Medium, 12.0),
        color(theme.warning),
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 32.0, 22.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    ui.painter().rect_stroke(
        rect,
        11,
        egui::Stroke::new(1.0, color(theme.warning)),
        egui::StrokeKind::Inside,
    );
    ui.painter().text(
        pos2(rect.left() + 13.0, rect.center().y),
        Align2::CENTER_CENTER,
        icons::LOCK_SIMPLE,
        icon_font(13.0),
        color(theme.warning),
    );
    ui.painter().galley(
        pos2(rect.left() + 22.0, rect.center().y - galley.size().y / 2.0),
        galley,
        color(theme.warning),
    );
    response.on_hover_text(why);
}

fn search_field(ui: &mut Ui, bar: &mut Bar<'_>, search: &mut String, width: f32) {
    let hint = tr(bar.lang, "search-hint");
    let edit = egui::TextEdit::singleline(search)
        .id(search_id())
        .hint_text(&hint)
        .desired_width(width)
        .align(egui::Align2([egui::Align::Min, egui::Align::Center]))
        .min_size(vec2(0.0, CONTROL_H))
        .margin(egui::Margin {
            left: 30,
            right: 10,
            top: 4,
            bottom: 4,
        });
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, &hint));
    let at = pos2(response.rect.left() + 16.0, response.rect.center().y);
    ui.painter().text(
        at,
        Align2::CENTER_CENTER,
        icons::MAGNIFYING_GLASS,
        icon_font(15.0),
        color(bar.theme.muted),
    );
    if !response.has_focus() && search.is_empty() {
        let at = response.rect.right_center() - vec2(10.0, 0.0);
        ui.painter().text(
            at,
            Align2::RIGHT_CENTER,
            "Ctrl F",
            font(Weight::Regular, 11.0),
            color(bar.theme.faint),
        );
    }
    let Some(filter) = bar.filter else { return };
    if response.changed() && filter.text != *search {
        let changed = Filter {
            text: search.clone(),
            ..filter.clone()
        };
        bar.commands.push(Command::SetFilter(Box::new(changed)));
    }
}

/// From the right edge inwards.
fn right(ui: &mut Ui, bar: &mut Bar<'_>) {
    let lang = bar.lang;
    let t = |key: &str| tr(lang, key);
    ui.add_space(4.0);
    let other = if bar.lang == Lang::En {
        Lang::Es
    } else {
        Lang::En
    };
    let code = bar.lang.code().to_uppercase();
    let language =
        button(ui, bar.theme, None, &code, Loudness::Plain).on_hover_text(t("language-tip"));
    if language.clicked() {
        bar.commands.push(Command::SetLang(other));
    }
    let dark = bar.theme.name == ThemeName::Dark;
    let (icon, name) = if dark {
        (icons::SUN, "theme-light")
    } else {
        (icons::MOON, "theme-dark")
    };
    if icon_button(ui, bar.theme, icon, &t(name), false).clicked() {
        bar.commands.push(Command::SetTheme(if dark {
            ThemeName::Light
        } else {
            ThemeName::Dark
        }));
    }
    if icon_button(ui, bar.theme, icons::QUESTION, &t("menu-help"), false).clicked() {
        bar.commands.push(Command::ToggleHelp);
    }
    if bar.filter.is_some() {
        if button(
            ui,
            bar.theme,
            Some(icons::IMAGE),
            &t("bar-picture"),
            Loudness::Primary,
        )
        .clicked()
        {
            bar.commands.push(Command::SavePicture);
        }
        if button(
            ui,
            bar.theme,
            Some(icons::UPLOAD_SIMPLE),
            &t("menu-import"),
            Loudness::Plain,
        )
        .clicked()
        {
            bar.commands.push(Command::Import);
        }
        if icon_button_enabled(
            ui,
            bar.theme,
            icons::ARROW_U_UP_RIGHT,
            &t("redo"),
            false,
            bar.can_redo,
        )
        .clicked()
        {
            bar.commands.push(Command::Redo);
        }
        if icon_button_enabled(
            ui,
            bar.theme,
            icons::ARROW_U_UP_LEFT,
            &t("undo"),
            false,
            bar.can_undo,
        )
        .clicked()
        {
            bar.commands.push(Command::Undo);
        }
    }
}
