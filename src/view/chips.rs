//! What is filtered, above the map, each part to be taken off; the sentence of counts comes last.

use super::theme::{BODY, CONTROL_H, color, font};
use super::{Context, icons, kit};
use crate::domain::Filter;
use crate::locale::number;
use crate::query::{Chip, Part, Words};
use crate::scene::Weight;
use crate::session::{Command, Panel};
use egui::{Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// What is set, each with the part of the filter it is of; what chooses the rows that are loaded comes
/// first.
fn chips(cx: &Context<'_>) -> Vec<(Part, Chip)> {
    let words = Words {
        lang: cx.lang,
        filter: &cx.workspace.filter,
        area_measure: cx.derived.area_measure,
    };
    let of = |part: Part| (part.declared().chips)(&words).into_iter();
    let parts = Part::ALL.iter();
    let mut chips: Vec<(Part, Chip)> = parts.flat_map(|p| of(*p).map(|chip| (*p, chip))).collect();
    chips.sort_by_key(|(part, _)| part.declared().verdict.is_some());
    chips
}

/// Draws them in the room there is, on more than one line where need be.
pub fn show(ui: &mut Ui, cx: &mut Context<'_>) {
    ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
    let chips = chips(cx);
    let mut removed = None;
    ui.horizontal_wrapped(|ui| {
        for (open, icon, name, panel) in [
            (
                cx.left_open,
                icons::SIDEBAR_SIMPLE,
                text!("unfold-left"),
                Panel::Left,
            ),
            (
                cx.timeline_open,
                icons::CLOCK,
                text!("unfold-timeline"),
                Panel::Timeline,
            ),
            (
                cx.workspace.table.open,
                icons::TABLE,
                text!("unfold-table"),
                Panel::Table,
            ),
        ] {
            if !open && kit::icon_button(ui, icon, &cx.tr(name), false).clicked() {
                cx.commands.push(Command::Fold(panel));
            }
        }
        for (_, chip) in chips {
            let name = cx.tr(text!("chip-remove", name = chip.label));
            if kit::chip(ui, &chip.label, &name, &chip.marks) {
                removed = Some(chip.clear);
            }
        }
        sentence(ui, cx);
    });
    if let Some(clear) = removed {
        cx.set_filter(clear);
    }
}

/// "929 of 18,957 incidents · deaths 3,120–3,566–4,018": low, best, high.
#[must_use]
pub fn counts(cx: &Context<'_>) -> (String, String) {
    let s = &cx.derived.selection;
    let total = number(cx.loaded.columns.len() as u64);
    if let Some(compared) = &cx.derived.compare {
        // What is shown is in one of the two times, and not all that passes the filter.
        let [a, b] = [&compared.a, &compared.b].map(|side| number(side.selection.len() as u64));
        let rest = cx.tr(text!("counts-of", ntotal = total));
        return (format!("A {a} · B {b}"), rest);
    }
    let shown = number(s.len() as u64);
    let all_unknown = s.deaths_unknown as usize == s.len();
    let deaths = deaths(
        cx,
        [s.deaths_low, s.deaths_best, s.deaths_high],
        all_unknown,
    );
    let rest = cx.tr(text!("counts-of", ntotal = total));
    if s.is_empty() {
        return (shown, rest);
    }
    (shown, format!("{rest} · {deaths}"))
}

/// Summed deaths `[low, best, high]` in words.
#[must_use]
pub fn deaths(cx: &Context<'_>, sums: [u64; 3], all_unknown: bool) -> String {
    let [low, best, high] = sums.map(number);
    if all_unknown {
        cx.tr(text!("counts-deaths-unknown"))
    } else if low == high {
        cx.tr(text!("counts-deaths-one", best = best))
    } else {
        cx.tr(text!("counts-deaths", low = low, best = best, high = high))
    }
}

fn sentence(ui: &mut Ui, cx: &mut Context<'_>) {
    let theme = kit::theme(ui);
    let (shown, rest) = counts(cx);
    let ink = color(theme.on_accent);
    let first = ui
        .painter()
        .layout_no_wrap(shown.clone(), font(Weight::SemiBold, BODY), ink);
    let second = ui
        .painter()
        .layout_no_wrap(rest.clone(), font(Weight::Regular, BODY), ink);
    let size = vec2(first.size().x + second.size().x + 32.0, CONTROL_H);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = format!("{shown} {rest}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    ui.painter()
        .add(kit::floating_shadow(ui).as_shape(rect, CONTROL_H / 2.0));
    ui.painter()
        .rect_filled(rect, CONTROL_H / 2.0, color(theme.accent));
    let mid = rect.center().y;
    let x = rect.left() + 14.0;
    let second_x = x + first.size().x + 5.0;
    ui.painter()
        .galley(pos2(x, mid - first.size().y / 2.0), first, ink);
    ui.painter()
        .galley(pos2(second_x, mid - second.size().y / 2.0), second, ink);
    kit::focus_ring(ui, rect, &response);
    // The number leads to its rows.
    if response
        .on_hover_text(cx.tr(text!("counts-select")))
        .clicked()
    {
        match &cx.derived.compare {
            Some(compared) => {
                let mut rows = compared.a.selection.rows.clone();
                rows.extend(&compared.b.selection.rows);
                rows.sort_unstable();
                rows.dedup();
                cx.select(rows);
            }
            None => cx.select(cx.derived.selection.rows.iter().copied()),
        }
    }
}

/// Where nothing passes: which part to take off, best first.
pub fn no_match(ui: &mut Ui, cx: &mut Context<'_>) {
    let mut ways: Vec<(usize, Chip)> = chips(cx)
        .into_iter()
        .filter(|(part, _)| part.declared().verdict.is_some())
        .map(|(part, chip)| (cx.derived.judged.passing_but(part.bit()), chip))
        .collect();
    ways.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    kit::title(ui, cx.tr(text!("no-match")));
    kit::quiet(ui, cx.tr(text!("no-match-what")));
    ui.add_space(6.0);
    let mut chosen: Option<fn(&mut Filter)> = None;
    for (n, chip) in ways.iter().take(4) {
        let label = cx.tr(text!(
            "no-match-without",
            name = chip.label,
            n = number(*n as u64)
        ));
        if kit::button(ui, None, &label).clicked() {
            chosen = Some(chip.clear);
        }
    }
    if ways.len() > 1 {
        let clear = cx.tr(text!("no-match-clear"));
        if kit::primary(ui, None, &clear).clicked() {
            chosen = Some(|f| *f = Filter::default());
        }
    }
    if let Some(change) = chosen {
        cx.set_filter(change);
    }
}
