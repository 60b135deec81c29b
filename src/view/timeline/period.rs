//! A period as text that can be typed over, in any usual form.

use super::*;
use crate::domain::period::parse_open_period;

/// First and last day; `None` where an end is open.
pub(super) type Ends = (Option<Date>, Option<Date>);

/// What a field of a period shows and how it is called.
pub(super) struct Field<'a> {
    pub id: &'static str,
    pub name: &'a str,
    pub width: f32,
    /// What is there while nobody types.
    pub text: String,
    /// What is there where the text is empty, which may then be asked for.
    pub hint: Option<&'a str>,
}

/// What is being typed, or was and is not understood.
pub(super) struct Typed {
    text: String,
    /// What the field would show instead.
    of: String,
    has_focus: bool,
}

/// The period that was typed now, where it is understood. While it is not, the text has the colour of a
/// warning, and a tip says which forms are.
pub(super) fn field(
    ui: &mut Ui,
    cx: &Context<'_>,
    typed: &mut Option<Typed>,
    field: Field<'_>,
) -> Option<Ends> {
    let theme = kit::theme(ui);
    // What was typed of another period says nothing of this one.
    let is_current = |t: &Typed| t.has_focus || t.of == field.text;
    *typed = typed.take().filter(is_current);
    let mut text = typed.as_ref().map_or(&field.text, |t| &t.text).clone();
    let read = |text: &str| match (text.trim().is_empty(), field.hint) {
        (true, Some(_)) => Some((None, None)),
        _ => parse_open_period(text),
    };
    // What was not understood stays to be mended.
    let ink = match read(&text) {
        None if typed.is_some() => theme.warning,
        _ => theme.text,
    };
    let edit = egui::TextEdit::singleline(&mut text)
        .id(ui.scope_id().with(("period", field.id)))
        .hint_text(field.hint.unwrap_or_default())
        .desired_width(field.width)
        .text_color(color(ink))
        .align(egui::Align2([egui::Align::Min, egui::Align::Center]))
        .min_size(vec2(0.0, crate::view::theme::CONTROL_H))
        .margin(egui::Margin::symmetric(8, 4));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, field.name));
    let mut asked = None;
    if response.changed() {
        asked = read(&text);
        *typed = Some(Typed {
            text: text.clone(),
            of: field.text.clone(),
            has_focus: true,
        });
    }
    if response.gained_focus() {
        select_all(ui, response.id, &text);
    }
    if response.has_focus() {
        if let Some(typed) = typed {
            tip(&response, &told(cx, read(&typed.text)));
        }
    } else if typed.as_ref().is_some_and(|t| read(&t.text).is_some()) {
        *typed = None;
    } else if let Some(typed) = typed {
        typed.has_focus = false;
    }
    response.on_hover_text(cx.tr(text!("time-period-tip")));
    asked
}

/// How a period was understood, or which forms are.
fn told(cx: &Context<'_>, read: Option<Ends>) -> String {
    match read {
        Some(ends) => words(cx, ends),
        None => cx.tr(text!("time-period-unread")),
    }
}

/// What is typed first takes the place of what is there.
fn select_all(ui: &Ui, id: egui::Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    edit.cursor.set_char_range(Some(all));
    edit.store(ui.ctx(), id);
}

/// Above the field: below it lies another one, or the bars that it changes.
fn tip(response: &egui::Response, text: &str) {
    let above = response.rect.translate(vec2(0.0, -62.0));
    let tip = egui::Tooltip::always_open(
        response.ctx.clone(),
        response.layer_id,
        response.id.with("tip"),
        above,
    );
    // As wide as it is now: what was typed before was shorter.
    tip.show(|ui| ui.add(egui::Label::new(text).extend()));
}

/// A period in words: `3 – 9 Feb 2025`, `from 3 Feb 2025`, `All times`.
pub(super) fn words(cx: &Context<'_>, ends: Ends) -> String {
    match ends {
        (None, None) => cx.tr(text!("time-all")),
        (Some(from), Some(to)) => crate::locale::period(cx.lang, from, to),
        (Some(from), None) => cx.tr(text!("time-from", date = date(cx.lang, from))),
        (None, Some(to)) => cx.tr(text!("time-until", date = date(cx.lang, to))),
    }
}
