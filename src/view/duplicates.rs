//! What may be the same event in two datasets: a list of pairs, side by side, to be linked or
//! dismissed one by one. Nothing happens to a pair that nobody decided on.

use super::kit;
use super::theme::{BODY, RADIUS, color};
use super::{Context, icons, inspector};
use crate::domain::Verdict;
use crate::domain::when::date_of;
use crate::index::Row;
use crate::locale::{TextKey, date_range, number};
use crate::query::{Near, Pair};
use crate::scene::Weight;
use crate::session::duplicates::reason_words;
use crate::session::{Command, Deciding, Panel, Proposed};
use egui::{Align2, EventFilter, Id, Key, Modifiers, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// How the card is looked at; not saved.
#[derive(Default)]
pub struct State {
    near: Near,
    /// The pair that the keys and buttons are about.
    at: usize,
    /// The list takes the keyboard as soon as it is there.
    wants_keyboard: bool,
}

impl State {
    /// Other pairs are about to come.
    pub fn begin_anew(&mut self) {
        (self.at, self.wants_keyboard) = (0, true);
    }
}

/// Height of a pair in the list, points.
const PAIR_H: f32 = 92.0;
const LINE_H: f32 = 20.0;

/// What has the keyboard while somebody moves in the list.
fn keyboard_id() -> Id {
    Id::unique("duplicates-list")
}

/// The card over the map.
pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let proposed = cx.proposed;
    kit::card(ui, "duplicates", vec2(640.0, 520.0), |ui| {
        head(ui, cx);
        let with_incidents = cx.loaded.datasets.iter().filter(|d| d.incidents > 0);
        if with_incidents.count() < 2 {
            return note(ui, cx, text!("duplicates-two-needed"));
        }
        question(ui, cx, state, proposed);
        ui.separator();
        answer(ui, cx, state, proposed);
    });
}

fn note(ui: &mut Ui, cx: &Context<'_>, key: TextKey) {
    kit::quiet(ui, cx.tr(key));
}

fn head(ui: &mut Ui, cx: &mut Context<'_>) {
    let (title, close) = (
        cx.tr(text!("duplicates-title")),
        cx.tr(text!("duplicates-close")),
    );
    if kit::card_head(ui, title, &close, |_| {}) {
        let card = Panel::Card(text!("duplicates-title"));
        cx.commands.push(Command::Fold(card));
    }
    let what = cx.tr(text!("duplicates-what"));
    kit::note(ui, what);
    ui.add_space(4.0);
}

/// How near, and the button that looks; while it looks how far it is.
fn question(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, proposed: &Proposed) {
    ui.horizontal_wrapped(|ui| {
        let km = egui::DragValue::new(&mut state.near.km)
            .range(0.0..=Near::MOST_KM)
            .speed(0.1)
            .max_decimals(1);
        let km_label = ui.label(cx.tr(text!("duplicates-km"))).id;
        ui.add(km).labelled_by(km_label);
        let days = egui::DragValue::new(&mut state.near.days)
            .range(0..=Near::MOST_DAYS)
            .speed(0.1);
        let days_label = ui.label(cx.tr(text!("duplicates-days"))).id;
        ui.add(days).labelled_by(days_label);
        if let Some(progress) = &proposed.progress {
            let words = cx.tr(text!("duplicates-looking"));
            let bar = egui::ProgressBar::new(progress.fraction().unwrap_or(0.0));
            ui.add(bar.desired_width(140.0).text(words));
            let cancel = cx.tr(text!("cancel"));
            if kit::button(ui, None, &cancel).clicked() {
                cx.commands.push(Command::Duplicates(Deciding::Stop));
            }
            return;
        }
        let look = cx.tr(text!("duplicates-look"));
        let icon = Some(icons::MAGNIFYING_GLASS);
        if kit::primary(ui, icon, &look).clicked() {
            let look = Deciding::Look(state.near);
            cx.commands.push(Command::Duplicates(look));
        }
    });
}

fn answer(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, proposed: &Proposed) {
    let Some(found) = &proposed.found else {
        return note(ui, cx, text!("duplicates-begin"));
    };
    if found.filter != cx.workspace.filter {
        let old = cx.tr(text!("duplicates-old"));
        kit::text(ui, old, Weight::Regular, 12.0, |t| t.warning);
    }
    if found.open.is_empty() {
        note(ui, cx, text!("duplicates-none"));
    } else {
        let n = number(found.open.len() as u64);
        let n = cx.tr(text!("duplicates-found", n = n));
        kit::text(ui, n, Weight::Medium, BODY, |t| t.text);
    }
    state.at = state.at.min(found.open.len().saturating_sub(1));
    // Above the list, so that the buttons stay where they are from pair to pair.
    decide(ui, cx, found.open.get(state.at));
    undo(ui, cx, proposed);
    let room = ui.available_height().max(PAIR_H);
    list(ui, cx, state, &found.open, room);
}

fn list(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, pairs: &[Pair], height: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let name = cx.tr(text!("duplicates-title"));
    let keyboard = ui.interact(rect, keyboard_id(), Sense::focusable_noninteractive());
    keyboard.widget_info(|| WidgetInfo::labeled(Role::List, true, &name));
    if std::mem::take(&mut state.wants_keyboard) {
        keyboard.request_focus();
    }
    let moved = keyboard.has_focus() && press(ui, cx, state, pairs);
    kit::focus_ring(ui, rect, &keyboard);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink(2.0)));
    let mut area = egui::ScrollArea::vertical().auto_shrink([false, false]);
    if moved {
        let top = state.at as f32 * PAIR_H;
        area = area.vertical_scroll_offset((top - (height - PAIR_H) / 2.0).max(0.0));
    }
    inside.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(&mut inside, PAIR_H, pairs.len(), |ui, shown| {
        for i in shown {
            if one(ui, cx, &pairs[i], i == state.at).clicked() {
                state.at = i;
                keyboard.request_focus();
            }
        }
    });
}

/// The keys of the list; whether they moved in it.
fn press(ui: &Ui, cx: &mut Context<'_>, state: &mut State, pairs: &[Pair]) -> bool {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(keyboard_id(), filter));
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let last = pairs.len().saturating_sub(1);
    let before = state.at;
    if pressed(Key::ArrowDown) {
        state.at = (state.at + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        state.at = state.at.saturating_sub(1);
    }
    if let Some(pair) = pairs.get(state.at) {
        let [a, b] = ids(cx, pair);
        let asked = if pressed(Key::L) {
            Some(Deciding::Say(a, b, Some(Verdict::Linked)))
        } else if pressed(Key::D) || pressed(Key::Delete) {
            Some(Deciding::Say(a, b, Some(Verdict::Dismissed)))
        } else if pressed(Key::Enter) {
            Some(Deciding::Show(a, b))
        } else {
            None
        };
        cx.commands.extend(asked.map(Command::Duplicates));
    }
    state.at != before
}

/// Both rows side by side, and why they are proposed.
fn one(ui: &mut Ui, cx: &Context<'_>, pair: &Pair, is_current: bool) -> egui::Response {
    let theme = kit::theme(ui);
    let size = vec2(ui.available_width(), PAIR_H);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let spanish = cx.lang.is_spanish();
    let titles = [pair.a, pair.b].map(|row| cx.loaded.title(row, spanish));
    let reasons = reason_words(cx.lang, &cx.loaded.columns, pair).join(" · ");
    let parts = [
        ("a", &*titles[0]),
        ("b", &*titles[1]),
        ("reasons", reasons.as_str()),
    ];
    let label = cx.tr_args(text!("duplicates-pair"; a, b, reasons), &parts);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_current, &label));
    let inner = rect.shrink2(vec2(0.0, 3.0));
    if is_current || response.hovered() {
        ui.painter()
            .rect_filled(inner, RADIUS, color(theme.accent_wash));
    }
    let middle = inner.center().x;
    let halves = [
        (inner.left() + 8.0, middle - 8.0, pair.a, &titles[0]),
        (middle + 8.0, inner.right() - 8.0, pair.b, &titles[1]),
    ];
    for (left, right, row, title) in halves {
        side(ui, cx, row, title, [left, right, inner.top() + 4.0]);
    }
    let y = inner.bottom() - LINE_H / 2.0 - 2.0;
    let score = cx.tr(text!("duplicates-score", score = pair.score));
    let score = kit::write(
        ui,
        pos2(inner.right() - 8.0, y),
        Align2::RIGHT_CENTER,
        score,
        (Weight::Medium, 12.0),
        theme.accent,
    );
    let right = score.left() - 10.0;
    kit::elided(ui, &reasons, theme.text, inner.left() + 8.0, right, y);
    ui.painter().hline(
        rect.x_range(),
        rect.bottom(),
        egui::Stroke::new(1.0, color(theme.line)),
    );
    response.on_hover_text(label)
}

/// One of the two rows in three lines, from `left` to `right` from `top` on, points.
fn side(ui: &Ui, cx: &Context<'_>, row: Row, title: &str, [left, right, top]: [f32; 3]) {
    let theme = kit::theme(ui);
    let c = &cx.loaded.columns;
    let i = row as usize;
    let at = pos2(left + 6.0, top + LINE_H / 2.0);
    let kind = c.kind[i];
    kit::paint_mark(ui, at, 5.5, kind.mark(), kind.inner());
    let line = |n: f32| top + (n + 0.5) * LINE_H;
    kit::elided(ui, title, theme.text, left + 20.0, right, line(0.0));
    let when = date_range(cx.lang, date_of(c.start_day[i]), date_of(c.end_day[i]));
    let place = c.places.get(c.place[i]);
    let place = if place.is_empty() {
        c.admin1_of(row)
    } else {
        place
    };
    let joined = |parts: [&str; 2]| {
        let given = parts.into_iter().filter(|p| !p.is_empty());
        given.collect::<Vec<_>>().join(" · ")
    };
    let when = joined([&when, place]);
    kit::elided(ui, &when, theme.muted, left + 20.0, right, line(1.0));
    let deaths = inspector::deaths_words(cx, c.deaths(row));
    let deaths = format!("{} {deaths}", cx.tr(text!("card-deaths")));
    let from = joined([c.datasets.get(c.dataset[i]), &deaths]);
    kit::elided(ui, &from, theme.muted, left + 20.0, right, line(2.0));
}

/// The primary keys of both.
fn ids(cx: &Context<'_>, pair: &Pair) -> [i64; 2] {
    [pair.a, pair.b].map(|row| cx.loaded.columns.id[row as usize])
}

/// What can be said of the current pair.
fn decide(ui: &mut Ui, cx: &mut Context<'_>, pair: Option<&Pair>) {
    let Some(pair) = pair else { return };
    let [a, b] = ids(cx, pair);
    ui.horizontal_wrapped(|ui| {
        let say = |verdict| Deciding::Say(a, b, Some(verdict));
        let buttons = [
            (text!("duplicates-link"), say(Verdict::Linked), true),
            (text!("duplicates-dismiss"), say(Verdict::Dismissed), false),
            (text!("duplicates-show"), Deciding::Show(a, b), false),
        ];
        for (key, asked, primary) in buttons {
            if kit::button_of(ui, None, &cx.tr(key), primary).clicked() {
                cx.commands.push(Command::Duplicates(asked));
            }
        }
        let keys = cx.tr(text!("duplicates-keys"));
        kit::note(ui, keys);
    });
}

/// The way back from what was said last.
fn undo(ui: &mut Ui, cx: &mut Context<'_>, proposed: &Proposed) {
    let Some((a, b, verdict)) = proposed.said.last().copied() else {
        ui.add_space(LINE_H);
        return;
    };
    let key = match verdict {
        Verdict::Linked => text!("duplicates-undo-linked"; title),
        Verdict::Dismissed => text!("duplicates-undo-dismissed"; title),
    };
    let row = cx.loaded.columns.row_of(a);
    let title = row.map(|row| cx.loaded.title(row, cx.lang.is_spanish()));
    let title = title.unwrap_or_default();
    let label = cx.tr_args(key, &[("title", &title)]);
    if kit::link(ui, &label).clicked() {
        let back = Deciding::Say(a, b, None);
        cx.commands.push(Command::Duplicates(back));
    }
}
