//! What to show: kinds, actors, area, certainty, datasets, each with what choosing it would give.

use super::theme::{BODY, ROW_H, color, font};
use super::widgets::{self, section, segmented};
use super::{Context, icons};
use crate::domain::filter::fold;
use crate::domain::{ActorType, Inner, Kind, KindGroup, Mark, PlacePrecision};
use crate::index::NameId;
use crate::locale::number;
use crate::scene::{Color, Weight};
use crate::session::Command;
use egui::{Align2, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use std::collections::BTreeSet;

/// Actors listed at a time.
const MOST_ACTORS: usize = 10;

/// What is open and typed here; not saved.
#[derive(Default)]
pub struct State {
    open_groups: Vec<KindGroup>,
    actor_search: String,
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    ui.spacing_mut().item_spacing.y = 0.0;
    what(ui, cx, state);
    who(ui, cx, state);
    place(ui, cx);
    how_sure(ui, cx);
    datasets(ui, cx);
    ui.add_space(16.0);
}

/// One line: tick box, symbol, name, bar, count. Returns clicks on the box and on the name.
struct Row<'a> {
    indent: f32,
    checked: bool,
    /// Some, not all, of a group's members are on.
    some: bool,
    symbol: Option<(Mark, Inner)>,
    name: &'a str,
    only_name: &'a str,
    count: u32,
    /// 0..=1 of the longest bar.
    share: f32,
    bar: Color,
}

#[derive(Default)]
struct Clicked {
    toggle: bool,
    only: bool,
}

fn row(ui: &mut Ui, cx: &Context<'_>, row: &Row<'_>) -> Clicked {
    const BAR_W: f32 = 36.0;
    let count_w = match cx.loaded.columns.len() {
        0..1_000 => 32.0,
        1_000..10_000 => 44.0,
        10_000..100_000 => 52.0,
        _ => 68.0,
    };
    let theme = cx.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_H), Sense::hover());
    let mid = rect.center().y;
    let square =
        Rect::from_center_size(pos2(rect.left() + 8.0 + row.indent, mid), Vec2::splat(16.0));
    let toggle = ui.interact(
        square.expand(4.0),
        ui.scope_id().with(("toggle", row.name)),
        Sense::click(),
    );
    toggle.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, row.checked, row.name));
    widgets::paint_checkbox(ui, theme, square, row.checked, row.some);
    widgets::focus_ring(ui, theme, square, &toggle);
    let mut x = square.right() + 10.0;
    if let Some((mark, inner)) = row.symbol {
        widgets::paint_mark(ui.painter(), theme, pos2(x + 7.0, mid), 6.0, mark, inner);
        x += 22.0;
    }
    let bar_left = rect.right() - count_w - BAR_W;
    let name_rect = Rect::from_min_max(
        pos2(x - 4.0, rect.top()),
        pos2(bar_left - 6.0, rect.bottom()),
    );
    let only = ui.interact(
        name_rect,
        ui.scope_id().with(("only", row.name)),
        Sense::click(),
    );
    only.widget_info(|| WidgetInfo::labeled(Role::Button, true, row.only_name));
    let ink = if only.hovered() || only.has_focus() {
        theme.accent
    } else if row.checked || row.some {
        theme.text
    } else {
        theme.muted
    };
    let mut job = egui::text::LayoutJob::simple_singleline(
        row.name.to_owned(),
        font(Weight::Regular, BODY),
        color(ink),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(name_rect.width() - 4.0);
    let galley = ui.painter().layout_job(job);
    let elided = galley.elided;
    ui.painter()
        .galley(pos2(x, mid - galley.size().y / 2.0), galley, color(ink));
    widgets::focus_ring(ui, theme, name_rect, &only);
    let track = Rect::from_min_size(pos2(bar_left, mid - 2.0), vec2(BAR_W, 4.0));
    ui.painter().rect_filled(track, 2, color(theme.line));
    if row.count > 0 {
        let filled = Rect::from_min_size(track.min, vec2((BAR_W * row.share).max(2.0), 4.0));
        ui.painter().rect_filled(filled, 2, color(row.bar));
    }
    let count_ink = if row.count > 0 {
        theme.muted
    } else {
        theme.faint
    };
    let count = number(u64::from(row.count));
    ui.painter().text(
        pos2(rect.right(), mid),
        Align2::RIGHT_CENTER,
        count,
        font(Weight::Regular, BODY),
        color(count_ink),
    );
    let tip = if elided {
        format!("{}\n{}", row.name, row.only_name)
    } else {
        row.only_name.to_owned()
    };
    Clicked {
        toggle: toggle.clicked(),
        only: only.on_hover_text(tip).clicked(),
    }
}

fn what(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let title = cx.tr("filter-what");
    let all = cx.tr("filter-all");
    let restricted = !cx.workspace.filter.kinds.is_empty();
    let mut reset = false;
    section(ui, cx.theme, &title, |ui| {
        reset = restricted && widgets::link(ui, cx.theme, &all).clicked();
    });
    if reset {
        cx.set_filter(|f| f.kinds.clear());
    }
    let in_case = cx.loaded.kinds;
    let count = |k: Kind| {
        cx.derived
            .facets
            .kinds
            .get(k as usize)
            .copied()
            .unwrap_or(0)
    };
    let group_count = |g: KindGroup| g.kinds().map(count).sum::<u32>();
    let longest = KindGroup::ALL
        .iter()
        .map(|g| group_count(*g))
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    let groups: Vec<KindGroup> = KindGroup::ALL
        .iter()
        .copied()
        .filter(|g| g.kinds().any(|k| in_case[k as usize] > 0))
        .collect();
    let mut wanted: Option<BTreeSet<Kind>> = None;
    for group in groups {
        let kinds: Vec<Kind> = group.kinds().filter(|k| in_case[*k as usize] > 0).collect();
        let on = |k: &Kind| !restricted || cx.workspace.filter.kinds.contains(k);
        let n_on = kinds.iter().filter(|k| on(k)).count();
        let open = state.open_groups.contains(&group);
        let name = cx.tr(&format!("kind-{}", group.code()));
        let mark = kinds
            .iter()
            .find(|k| k.mark() != Mark::Seizure)
            .or(kinds.first())
            .map_or(Mark::Context, |k| k.mark());
        let clicked = ui
            .horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                if expander(ui, cx, &name, open) {
                    toggle_group(state, group);
                }
                row(
                    ui,
                    cx,
                    &Row {
                        indent: 0.0,
                        checked: n_on == kinds.len(),
                        some: n_on > 0 && n_on < kinds.len(),
                        symbol: Some((mark, Inner::Plain)),
                        name: &name,
                        only_name: &cx.tr_args("filter-only", &[("name", &name)]),
                        count: group_count(group),
                        share: group_count(group) as f32 / longest,
                        bar: cx.theme.mark(mark),
                    },
                )
            })
            .inner;
        change_kinds(
            cx,
            &clicked,
            &kinds,
            n_on == kinds.len(),
            &in_case,
            &mut wanted,
        );
        for kind in kinds.iter().filter(|_| open) {
            let name = cx.tr(&format!("kind-{}", kind.code()));
            let clicked = row(
                ui,
                cx,
                &Row {
                    indent: 30.0,
                    checked: on(kind),
                    some: false,
                    symbol: Some((kind.mark(), kind.inner())),
                    name: &name,
                    only_name: &cx.tr_args("filter-only", &[("name", &name)]),
                    count: count(*kind),
                    share: count(*kind) as f32 / longest,
                    bar: cx.theme.mark(kind.mark()),
                },
            );
            change_kinds(cx, &clicked, &[*kind], on(kind), &in_case, &mut wanted);
        }
    }
    if let Some(kinds) = wanted {
        cx.set_filter(|f| f.kinds = kinds);
    }
}

fn expander(ui: &mut Ui, cx: &Context<'_>, name: &str, open: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(18.0, ROW_H), Sense::click());
    let label = cx.tr_args(
        if open { "filter-fold" } else { "filter-unfold" },
        &[("name", name)],
    );
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, open, &label));
    let icon = if open {
        icons::CARET_DOWN
    } else {
        icons::CARET_RIGHT
    };
    ui.painter().text(
        rect.left_center() + vec2(5.0, 0.0),
        Align2::CENTER_CENTER,
        icon,
        super::theme::icon_font(11.0),
        color(cx.theme.muted),
    );
    widgets::focus_ring(ui, cx.theme, rect.shrink(4.0), &response);
    response.on_hover_text(label).clicked()
}

fn toggle_group(state: &mut State, group: KindGroup) {
    match state.open_groups.iter().position(|g| *g == group) {
        Some(i) => {
            state.open_groups.remove(i);
        }
        None => state.open_groups.push(group),
    }
}

/// The kinds wanted after a click. An empty set means all; so does one that holds all.
fn change_kinds(
    cx: &Context<'_>,
    clicked: &Clicked,
    kinds: &[Kind],
    all_on: bool,
    in_case: &[u32],
    wanted: &mut Option<BTreeSet<Kind>>,
) {
    let present = || {
        Kind::ALL
            .iter()
            .copied()
            .filter(|k| in_case[*k as usize] > 0)
    };
    let current = &cx.workspace.filter.kinds;
    let mut set: BTreeSet<Kind> = if current.is_empty() {
        present().collect()
    } else {
        current.clone()
    };
    if clicked.only {
        let only: BTreeSet<Kind> = kinds.iter().copied().collect();
        set = if *current == only {
            BTreeSet::new()
        } else {
            only
        };
    } else if clicked.toggle {
        for kind in kinds {
            if all_on {
                set.remove(kind)
            } else {
                set.insert(*kind)
            };
        }
    } else {
        return;
    }
    if present().all(|k| set.contains(&k)) {
        set.clear();
    }
    *wanted = Some(set);
}

fn who(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let names = &cx.loaded.columns.actors;
    if names.is_empty() {
        return;
    }
    let (title, all) = (cx.tr("filter-who"), cx.tr("filter-anyone"));
    let mut reset = false;
    let restricted = !cx.workspace.filter.actors.is_empty();
    section(ui, cx.theme, &title, |ui| {
        reset = restricted && widgets::link(ui, cx.theme, &all).clicked();
    });
    if reset {
        cx.set_filter(|f| f.actors.clear());
    }
    let hint = cx.tr("filter-actor-hint");
    search_box(ui, cx, &mut state.actor_search, &hint, "actor-search");
    ui.add_space(2.0);
    let wanted = fold(state.actor_search.trim());
    let count = |id: NameId| {
        cx.derived
            .facets
            .actors
            .get(id.0 as usize)
            .copied()
            .unwrap_or(0)
    };
    let mut listed: Vec<(NameId, String, bool)> = names
        .iter()
        .map(|(id, name)| {
            (
                id,
                name.to_owned(),
                cx.workspace.filter.actors.contains(name),
            )
        })
        .filter(|(id, name, on)| {
            if wanted.is_empty() {
                *on || count(*id) > 0
            } else {
                fold(name).contains(&wanted)
            }
        })
        .collect();
    listed.sort_by(|a, b| (b.2, count(b.0), &a.1).cmp(&(a.2, count(a.0), &b.1)));
    let hidden = listed.len().saturating_sub(MOST_ACTORS);
    listed.truncate(MOST_ACTORS);
    let longest = listed
        .iter()
        .map(|(id, ..)| count(*id))
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    let mut change = None;
    for (id, name, on) in &listed {
        let mark = actor_mark(cx.loaded.columns.actor_types.get(id.0 as usize).copied());
        let only_name = cx.tr_args("filter-only", &[("name", name)]);
        let clicked = row(
            ui,
            cx,
            &Row {
                indent: 0.0,
                checked: *on,
                some: false,
                symbol: None,
                name,
                only_name: &only_name,
                count: count(*id),
                share: count(*id) as f32 / longest,
                bar: mark,
            },
        );
        if clicked.toggle || clicked.only {
            change = Some((name.clone(), clicked.only));
        }
    }
    if hidden > 0 {
        let text = cx.tr_args("filter-more-actors", &[("n", &number(hidden as u64))]);
        widgets::text(ui, text, Weight::Regular, 12.0, cx.theme.muted);
    } else if listed.is_empty() && !wanted.is_empty() {
        widgets::text(
            ui,
            cx.tr("filter-no-actor"),
            Weight::Regular,
            12.0,
            cx.theme.muted,
        );
    }
    if let Some((name, only)) = change {
        cx.set_filter(|f| {
            if only {
                let already = f.actors.len() == 1 && f.actors.contains(&name);
                f.actors.clear();
                if !already {
                    f.actors.insert(name);
                }
            } else if !f.actors.remove(&name) {
                f.actors.insert(name);
            }
        });
    }
}

/// Actors are told apart by name; their bars are one quiet colour, so as not to read as kinds.
fn actor_mark(_kind: Option<ActorType>) -> Color {
    Color::hex(0x8C949B)
}

fn search_box(
    ui: &mut Ui,
    cx: &Context<'_>,
    text: &mut String,
    hint: &str,
    id: &str,
) -> egui::Response {
    let edit = egui::TextEdit::singleline(text)
        .id(egui::Id::unique(id))
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .align(egui::Align2([egui::Align::Min, egui::Align::Center]))
        .min_size(vec2(0.0, super::theme::CONTROL_H))
        .margin(egui::Margin::symmetric(10, 4));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, hint));
    let _ = cx;
    response
}

fn place(ui: &mut Ui, cx: &mut Context<'_>) {
    let title = cx.tr("filter-where");
    section(ui, cx.theme, &title, |_| {});
    let options = [cx.tr("filter-everywhere"), cx.tr("filter-box")];
    let current = usize::from(cx.workspace.filter.bounds.is_some());
    let labels: Vec<&str> = options.iter().map(String::as_str).collect();
    let width = ui.available_width();
    match segmented(ui, cx.theme, &labels, current, Some(width)) {
        Some(0) => cx.set_filter(|f| f.bounds = None),
        Some(_) => cx.commands.push(Command::DrawBox(true)),
        None => {}
    }
}

fn how_sure(ui: &mut Ui, cx: &mut Context<'_>) {
    let title = cx.tr("filter-how-sure");
    section(ui, cx.theme, &title, |_| {});
    let choices = [
        None,
        Some(PlacePrecision::Municipality),
        Some(PlacePrecision::Near),
        Some(PlacePrecision::Exact),
    ];
    let labels: Vec<String> = choices
        .iter()
        .map(|c| {
            cx.tr(&format!(
                "filter-precision-{}",
                c.map_or("any", PlacePrecision::code)
            ))
        })
        .collect();
    let current = choices
        .iter()
        .position(|c| *c == cx.workspace.filter.precision)
        .unwrap_or(usize::MAX);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let width = ui.available_width();
    if let Some(i) = segmented(ui, cx.theme, &labels, current, Some(width)) {
        cx.set_filter(|f| f.precision = choices[i]);
    }
    ui.add_space(4.0);
    let certain = cx.workspace.filter.certain;
    let label = cx.tr("filter-uncertain-dates");
    if widgets::checkbox(ui, cx.theme, !certain, &label).clicked() {
        cx.set_filter(|f| f.certain = !certain);
    }
    ui.horizontal(|ui| {
        widgets::text(
            ui,
            cx.tr("filter-min-deaths"),
            Weight::Regular,
            BODY,
            cx.theme.text,
        );
        let mut n = cx.workspace.filter.min_deaths.unwrap_or(0);
        let value = egui::DragValue::new(&mut n).range(0..=100_000).speed(0.2);
        let response = ui.add_sized(vec2(64.0, 24.0), value);
        let name = cx.tr("filter-min-deaths");
        response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, &name));
        if response.changed() {
            cx.set_filter(|f| f.min_deaths = (n > 0).then_some(n));
        }
    });
}

fn datasets(ui: &mut Ui, cx: &mut Context<'_>) {
    let names: Vec<(NameId, String)> = cx
        .loaded
        .columns
        .datasets
        .iter()
        .map(|(id, n)| (id, n.to_owned()))
        .collect();
    if names.len() < 2 {
        return;
    }
    let title = cx.tr("filter-datasets");
    section(ui, cx.theme, &title, |_| {});
    let count = |id: NameId| {
        cx.derived
            .facets
            .datasets
            .get(id.0 as usize)
            .copied()
            .unwrap_or(0)
    };
    let longest = names
        .iter()
        .map(|(id, _)| count(*id))
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    let mut change = None;
    for (id, name) in &names {
        let only_name = cx.tr_args("filter-only", &[("name", name)]);
        let on =
            cx.workspace.filter.datasets.is_empty() || cx.workspace.filter.datasets.contains(name);
        let clicked = row(
            ui,
            cx,
            &Row {
                indent: 0.0,
                checked: on,
                some: false,
                symbol: None,
                name,
                only_name: &only_name,
                count: count(*id),
                share: count(*id) as f32 / longest,
                bar: actor_mark(None),
            },
        );
        if clicked.toggle || clicked.only {
            change = Some((name.clone(), clicked.only));
        }
    }
    if let Some((name, only)) = change {
        let all: BTreeSet<String> = names.into_iter().map(|(_, n)| n).collect();
        cx.set_filter(|f| {
            let mut set = if f.datasets.is_empty() {
                all.clone()
            } else {
                f.datasets.clone()
            };
            if only {
                set = BTreeSet::from([name]);
            } else if !set.remove(&name) {
                set.insert(name);
            }
            f.datasets = if set == all { BTreeSet::new() } else { set };
        });
    }
}
