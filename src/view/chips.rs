//! What is filtered, above the map, each part to be taken off; the sentence of counts comes last.

use super::theme::{BODY, CONTROL_H, color, font};
use super::{Context, icons, widgets};
use crate::domain::{Filter, Mark};
use crate::locale::{date, date_range, number};
use crate::query::select;
use crate::scene::Weight;
use crate::session::{Command, Panel};
use egui::{Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// One part of the filter that is set.
pub struct Chip {
    pub label: String,
    /// The filter without this part.
    pub without: Filter,
    marks: Vec<Mark>,
}

/// The parts of the filter that are set.
#[must_use]
pub fn chips(cx: &Context<'_>) -> Vec<Chip> {
    let f = &cx.workspace.filter;
    let mut found = Vec::new();
    let mut add = |label: String, clear: &dyn Fn(&mut Filter)| {
        let mut without = f.clone();
        clear(&mut without);
        found.push(Chip {
            label,
            without,
            marks: Vec::new(),
        });
    };
    match (f.from, f.to) {
        (None, None) => {}
        (Some(a), Some(b)) => add(date_range(cx.lang, a, b), &|f| {
            (f.from, f.to) = (None, None);
        }),
        (Some(a), None) => add(
            cx.tr_args("time-from", &[("date", &date(cx.lang, a))]),
            &|f| f.from = None,
        ),
        (None, Some(b)) => add(
            cx.tr_args("time-until", &[("date", &date(cx.lang, b))]),
            &|f| f.to = None,
        ),
    }
    if f.certain {
        add(cx.tr("chip-certain"), &|f| f.certain = false);
    }
    let named = |names: &std::collections::BTreeSet<String>, many: &str| match names.len() {
        1 => names.iter().next().cloned().unwrap_or_default(),
        n => cx.tr_args(many, &[("n", &n.to_string())]),
    };
    if !f.actors.is_empty() {
        add(named(&f.actors, "chip-actors"), &|f| f.actors.clear());
    }
    if f.bounds.is_some() {
        add(cx.tr("chip-box"), &|f| f.bounds = None);
    }
    if !f.text.trim().is_empty() {
        let label = cx.tr_args("chip-text", &[("text", f.text.trim())]);
        add(label, &|f| f.text.clear());
    }
    if let Some(n) = f.min_deaths {
        add(
            cx.tr_args("chip-min-deaths", &[("n", &n.to_string())]),
            &|f| f.min_deaths = None,
        );
    }
    if let Some(p) = f.precision {
        add(cx.tr(&format!("chip-precision-{}", p.code())), &|f| {
            f.precision = None;
        });
    }
    if !f.datasets.is_empty() {
        add(named(&f.datasets, "chip-datasets"), &|f| f.datasets.clear());
    }
    if !f.kinds.is_empty() {
        let label = match f.kinds.len() {
            1 => f
                .kinds
                .iter()
                .next()
                .map(|k| cx.tr(&format!("kind-{}", k.code())))
                .unwrap_or_default(),
            n => cx.tr_args("chip-kinds", &[("n", &n.to_string())]),
        };
        let mut without = f.clone();
        without.kinds.clear();
        let mut marks: Vec<Mark> = f.kinds.iter().map(|k| k.mark()).collect();
        marks.sort_unstable();
        marks.dedup();
        found.insert(
            usize::from(f.from.is_some() || f.to.is_some()),
            Chip {
                label,
                without,
                marks,
            },
        );
    }
    found
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
                "unfold-left",
                Panel::Left,
            ),
            (
                cx.timeline_open,
                icons::CLOCK,
                "unfold-timeline",
                Panel::Timeline,
            ),
        ] {
            if !open && widgets::icon_button(ui, cx.theme, icon, &cx.tr(name), false).clicked() {
                cx.commands.push(Command::Fold(panel));
            }
        }
        for chip in chips {
            let name = cx.tr_args("chip-remove", &[("name", &chip.label)]);
            if widgets::chip(ui, cx.theme, &chip.label, &name, &chip.marks) {
                removed = Some(chip.without);
            }
        }
        sentence(ui, cx);
    });
    if let Some(filter) = removed {
        cx.commands.push(Command::SetFilter(Box::new(filter)));
    }
}

/// "929 of 18,957 incidents · deaths 3,120–3,566–4,018": low, best, high.
#[must_use]
pub fn counts(cx: &Context<'_>) -> (String, String) {
    let s = &cx.derived.selection;
    let shown = number(s.len() as u64);
    let total = number(cx.loaded.columns.len() as u64);
    let all_unknown = s.deaths_unknown as usize == s.len();
    let deaths = deaths(
        cx,
        [s.deaths_low, s.deaths_best, s.deaths_high],
        all_unknown,
    );
    let rest = cx.tr_args("counts-of", &[("ntotal", &total)]);
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
        cx.tr("counts-deaths-unknown")
    } else if low == high {
        cx.tr_args("counts-deaths-one", &[("best", &best)])
    } else {
        cx.tr_args(
            "counts-deaths",
            &[("low", &low), ("best", &best), ("high", &high)],
        )
    }
}

fn sentence(ui: &mut Ui, cx: &mut Context<'_>) {
    let theme = cx.theme;
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
        .add(widgets::floating_shadow(theme).as_shape(rect, CONTROL_H / 2.0));
    ui.painter()
        .rect_filled(rect, CONTROL_H / 2.0, color(theme.accent));
    let mid = rect.center().y;
    let x = rect.left() + 14.0;
    let second_x = x + first.size().x + 5.0;
    ui.painter()
        .galley(pos2(x, mid - first.size().y / 2.0), first, ink);
    ui.painter()
        .galley(pos2(second_x, mid - second.size().y / 2.0), second, ink);
    widgets::focus_ring(ui, theme, rect, &response);
    // The number leads to its rows.
    if response.on_hover_text(cx.tr("counts-select")).clicked() {
        let ids = &cx.loaded.columns.id;
        cx.commands.push(Command::Select(
            cx.derived
                .selection
                .rows
                .iter()
                .map(|r| ids[*r as usize])
                .collect(),
        ));
    }
}

/// Where nothing passes: which part to take off, best first.
pub fn no_match(ui: &mut Ui, cx: &mut Context<'_>) {
    let mut ways: Vec<(usize, Chip)> = chips(cx)
        .into_iter()
        .map(|c| (select(&cx.loaded.columns, &c.without).len(), c))
        .collect();
    ways.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    widgets::text(
        ui,
        cx.tr("no-match"),
        Weight::SemiBold,
        super::theme::TITLE,
        cx.theme.text,
    );
    widgets::text(
        ui,
        cx.tr("no-match-what"),
        Weight::Regular,
        BODY,
        cx.theme.muted,
    );
    ui.add_space(6.0);
    let mut chosen = None;
    for (n, chip) in ways.iter().take(4) {
        let label = cx.tr_args(
            "no-match-without",
            &[("name", &chip.label), ("n", &number(*n as u64))],
        );
        if widgets::button(ui, cx.theme, None, &label, widgets::Loudness::Plain).clicked() {
            chosen = Some(chip.without.clone());
        }
    }
    if ways.len() > 1 {
        let clear = cx.tr("no-match-clear");
        if widgets::button(ui, cx.theme, None, &clear, widgets::Loudness::Primary).clicked() {
            chosen = Some(Filter::default());
        }
    }
    if let Some(filter) = chosen {
        cx.commands.push(Command::SetFilter(Box::new(filter)));
    }
}
