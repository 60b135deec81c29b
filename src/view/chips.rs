//! What is filtered, above the map, each part to be taken off; the sentence of counts comes last.

use super::theme::{BODY, CONTROL_H, color, font};
use super::{Context, icons, kit};
use crate::domain::filter::PATH;
use crate::domain::{Area, Filter, Mark};
use crate::locale::{date, date_range, number};
use crate::query::Part;
use crate::scene::{Weight, area_words};
use crate::session::{Command, Panel};
use egui::{Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeSet;

/// One part of the filter that is set.
pub struct Chip {
    pub label: String,
    /// Takes this part off.
    pub clear: fn(&mut Filter),
    /// The part of the filter it stands for; `None` where rows are not judged by it.
    part: Option<Part>,
    marks: Vec<Mark>,
}

/// The parts of the filter that are set.
#[must_use]
pub fn chips(cx: &Context<'_>) -> Vec<Chip> {
    let f = &cx.workspace.filter;
    let mut found = Vec::new();
    let mut add = |part: Option<Part>, label: Option<String>, clear: fn(&mut Filter)| {
        found.extend(label.map(|label| Chip {
            label,
            clear,
            part,
            marks: Vec::new(),
        }));
    };
    let known = f.known_on;
    let known = known.map(|day| cx.tr_args("chip-known-on", &[("date", &date(cx.lang, day))]));
    add(None, known, |f| f.known_on = None);
    let period = match (f.from, f.to) {
        (None, None) => None,
        (Some(a), Some(b)) => Some(date_range(cx.lang, a, b)),
        (Some(a), None) => Some(cx.tr_args("time-from", &[("date", &date(cx.lang, a))])),
        (None, Some(b)) => Some(cx.tr_args("time-until", &[("date", &date(cx.lang, b))])),
    };
    add(Some(Part::Time), period, |f| (f.from, f.to) = (None, None));
    add(
        Some(Part::Time),
        f.certain.then(|| cx.tr("chip-certain")),
        |f| {
            f.certain = false;
        },
    );
    let (kinds, marks) = kinds(cx, f);
    add(Some(Part::Kind), kinds, |f| f.kinds.clear());
    let actors = named(cx, &f.actors, "chip-actors");
    add(Some(Part::Actor), actors, |f| f.actors.clear());
    let side = |names, key: &str| {
        let name = named(cx, names, "chip-actors")?;
        Some(cx.tr_args(key, &[("name", &name)]))
    };
    add(Some(Part::SideA), side(&f.side_a, "chip-side-a"), |f| {
        f.side_a.clear();
    });
    add(Some(Part::SideB), side(&f.side_b, "chip-side-b"), |f| {
        f.side_b.clear();
    });
    let area = f.area.as_ref();
    let area = area.map(|area| match f.area_name.as_str() {
        "" => area_words::chip(cx.lang, area, cx.derived.area_measure),
        name => match area {
            // How wide it is makes its number.
            Area::Corridor { width_m, .. } => {
                format!("{name}, {}", crate::locale::short_distance(*width_m))
            }
            _ => name.to_owned(),
        },
    });
    add(Some(Part::Area), area, |f| f.set_area(None, ""));
    let last = |path: &String| path.rsplit(PATH).next().unwrap_or_default().to_owned();
    let admins = f.admin.iter().map(last).collect();
    add(Some(Part::Admin), named(cx, &admins, "chip-admins"), |f| {
        f.admin.clear();
    });
    let text = f.text.trim();
    let text = (!text.is_empty()).then(|| cx.tr_args("chip-text", &[("text", text)]));
    add(Some(Part::Text), text, |f| f.text.clear());
    add(Some(Part::Deaths), deaths_asked(cx, f), |f| {
        (f.min_deaths, f.max_deaths) = (None, None);
    });
    let precision = f.precision;
    let precision = precision.map(|p| cx.tr(&format!("chip-precision-{}", p.code())));
    add(Some(Part::Precision), precision, |f| f.precision = None);
    add(Some(Part::Grade), grade(cx, f), |f| {
        (f.reliability, f.credibility) = (None, None);
    });
    let datasets = named(cx, &f.datasets, "chip-datasets");
    add(Some(Part::Dataset), datasets, |f| f.datasets.clear());
    for chip in found.iter_mut().filter(|c| c.part == Some(Part::Kind)) {
        chip.marks.clone_from(&marks);
    }
    found
}

/// The one name, or how many there are.
fn named(cx: &Context<'_>, names: &BTreeSet<String>, many: &str) -> Option<String> {
    match names.len() {
        0 => None,
        1 => names.first().cloned(),
        n => Some(cx.tr_args(many, &[("n", &number(n as u64))])),
    }
}

/// The kinds asked for, with their marks.
fn kinds(cx: &Context<'_>, f: &Filter) -> (Option<String>, Vec<Mark>) {
    let label = match (f.kinds.len(), f.kinds.first()) {
        (0, _) | (_, None) => None,
        (1, Some(kind)) => Some(cx.tr(&format!("kind-{}", kind.code()))),
        (n, _) => Some(cx.tr_args("chip-kinds", &[("n", &number(n as u64))])),
    };
    let mut marks: Vec<Mark> = f.kinds.iter().map(|k| k.mark()).collect();
    marks.sort_unstable();
    marks.dedup();
    (label, marks)
}

fn deaths_asked(cx: &Context<'_>, f: &Filter) -> Option<String> {
    let n = |n: u32| number(u64::from(n));
    match (f.min_deaths, f.max_deaths) {
        (None, None) => None,
        (Some(least), None) => Some(cx.tr_args("chip-min-deaths", &[("n", &n(least))])),
        (None | Some(0), Some(most)) => Some(cx.tr_args("chip-max-deaths", &[("n", &n(most))])),
        (Some(least), Some(most)) if least == most => {
            Some(cx.tr_args("n-deaths", &[("n", &n(least))]))
        }
        (Some(least), Some(most)) => {
            let range = format!("{}–{}", n(least), n(most));
            Some(cx.tr_args("filter-deaths-range", &[("range", &range)]))
        }
    }
}

/// `source B or better, information 2 or better`.
fn grade(cx: &Context<'_>, f: &Filter) -> Option<String> {
    let source = f
        .reliability
        .map(|r| cx.tr_args("chip-reliability", &[("code", r.code())]));
    let said = f
        .credibility
        .map(|c| cx.tr_args("chip-credibility", &[("code", c.code())]));
    let both: Vec<String> = source.into_iter().chain(said).collect();
    (!both.is_empty()).then(|| both.join(" · "))
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
            (
                cx.workspace.table.open,
                icons::TABLE,
                "unfold-table",
                Panel::Table,
            ),
        ] {
            if !open && kit::icon_button(ui, icon, &cx.tr(name), false).clicked() {
                cx.commands.push(Command::Fold(panel));
            }
        }
        for chip in chips {
            let name = cx.tr_args("chip-remove", &[("name", &chip.label)]);
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
        let rest = cx.tr_args("counts-of", &[("ntotal", &total)]);
        return (format!("A {a} · B {b}"), rest);
    }
    let shown = number(s.len() as u64);
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
    if response.on_hover_text(cx.tr("counts-select")).clicked() {
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
        .filter_map(|c| Some((cx.derived.judged.passing_but(c.part? as u16), c)))
        .collect();
    ways.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    kit::title(ui, cx.tr("no-match"));
    kit::quiet(ui, cx.tr("no-match-what"));
    ui.add_space(6.0);
    let mut chosen: Option<fn(&mut Filter)> = None;
    for (n, chip) in ways.iter().take(4) {
        let label = cx.tr_args(
            "no-match-without",
            &[("name", &chip.label), ("n", &number(*n as u64))],
        );
        if kit::button(ui, None, &label).clicked() {
            chosen = Some(chip.clear);
        }
    }
    if ways.len() > 1 {
        let clear = cx.tr("no-match-clear");
        if kit::primary(ui, None, &clear).clicked() {
            chosen = Some(|f| *f = Filter::default());
        }
    }
    if let Some(change) = chosen {
        cx.set_filter(change);
    }
}
