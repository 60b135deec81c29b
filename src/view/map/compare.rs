//! Two times side by side under the pointer, and their key: every number leads to its rows.

use super::*;
use crate::locale::period;
use crate::query::Compared;
use crate::scene::layers::compare::{At, Grid, Lean};
use crate::scene::legend::CompareKey;
use egui::Sense;

/// Names the hexagon under the pointer with its two counts.
pub(super) fn hover(cx: &Context<'_>, state: &State, response: &Response, at: [f32; 2]) {
    let Some(painted) = &state.painted else {
        return;
    };
    let under = Grid::new(&view(cx, state, &[])).under(at);
    let Some(cell) = painted.cells.iter().find(|c| c.at == under) else {
        return;
    };
    let Some(windows) = cx.workspace.compare else {
        return;
    };
    let side = |letter: &str, (from, to), n: u32| {
        let n = cx.tr_args("n-incidents", &[("n", &number(u64::from(n)))]);
        format!("{letter} {}: {n}", period(cx.lang, from, to))
    };
    let lines = [
        side("A", windows.a, cell.a),
        side("B", windows.b, cell.b),
        cx.tr(cell.lean.name_key()),
    ];
    response.clone().on_hover_text_at_pointer(lines.join("\n"));
    response.ctx.set_cursor_icon(CursorIcon::PointingHand);
}

/// Selects what the hexagon under a point of the map counts.
pub(super) fn select_at(cx: &mut Context<'_>, state: &State, at: [f32; 2]) {
    let rows = {
        let view = view(cx, state, &[]);
        let Some(compared) = view.compare else { return };
        let grid = Grid::new(&view);
        let under = grid.under(at);
        grid.rows(view.columns, compared, |cell| cell == under)
    };
    cx.select(rows);
}

/// What the colours mean, with hexagons and incidents in view.
pub(super) fn key(ui: &mut Ui, cx: &mut Context<'_>, state: &State, key: &CompareKey) {
    let theme = kit::theme(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    let title = cx.tr("compare-key");
    kit::text(ui, title, Weight::SemiBold, 12.5, |t| t.text);
    for (letter, ink, (from, to), n) in [
        ("A", theme.compare_a, key.windows.a, key.a),
        ("B", theme.compare_b, key.windows.b, key.b),
    ] {
        let name = format!("{letter} · {}", period(cx.lang, from, to));
        if line(ui, cx, ink, &name, &number(u64::from(n))).clicked() {
            select_side(cx, state, letter == "A");
        }
    }
    ui.add_space(4.0);
    for (lean, [_, a, b]) in &key.leans {
        let name = cx.tr(lean.name_key());
        let value = format!("{} | {}", number(u64::from(*a)), number(u64::from(*b)));
        if line(ui, cx, lean.color(&theme), &name, &value).clicked() {
            select_lean(cx, state, *lean);
        }
    }
}

/// A colour, its name and a number at the right; the whole line acts on a click.
fn line(
    ui: &mut Ui,
    cx: &Context<'_>,
    ink: crate::scene::Color,
    name: &str,
    value: &str,
) -> Response {
    let theme = kit::theme(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(legend::WIDTH, 22.0), Sense::click());
    let spoken = format!("{name}: {value}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let swatch = Rect::from_center_size(pos2(rect.left() + 9.0, rect.center().y), vec2(14.0, 14.0));
    ui.painter().rect_filled(swatch, 3, color(ink));
    let hot = response.hovered() || response.has_focus();
    let text = if hot { theme.accent } else { theme.text };
    for (at, anchor, words) in [
        (rect.left() + 30.0, Align2::LEFT_CENTER, name),
        (rect.right(), Align2::RIGHT_CENTER, value),
    ] {
        kit::write(
            ui,
            pos2(at, rect.center().y),
            anchor,
            words,
            (Weight::Regular, crate::view::theme::BODY),
            text,
        );
    }
    kit::focus_ring(ui, rect, &response);
    response
        .on_hover_text(cx.tr("time-select-these"))
        .on_hover_cursor(CursorIcon::PointingHand)
}

/// Those of one time in the hexagons in view.
fn select_side(cx: &mut Context<'_>, state: &State, is_a: bool) {
    select_cells(
        cx,
        state,
        |_| true,
        move |compared, row| {
            let side = if is_a { &compared.a } else { &compared.b };
            side.selection.contains(row)
        },
    );
}

/// Those of both times in the hexagons in view that lean so.
fn select_lean(cx: &mut Context<'_>, state: &State, lean: Lean) {
    select_cells(cx, state, |cell| cell.lean == lean, |_, _| true);
}

fn select_cells(
    cx: &mut Context<'_>,
    state: &State,
    is_wanted: impl Fn(&Cell) -> bool,
    keep: impl Fn(&Compared, Row) -> bool,
) {
    let mut rows = Vec::new();
    {
        let view = view(cx, state, &[]);
        let Some(compared) = view.compare else { return };
        let grid = Grid::new(&view);
        let cells = compared.cells(&view);
        let wanted = cells.iter().filter(|c| is_wanted(c)).map(|c| c.at);
        let wanted: std::collections::HashSet<At> = wanted.collect();
        rows.extend(grid.rows(view.columns, compared, |at| wanted.contains(&at)));
        rows.retain(|row| keep(compared, *row));
    }
    cx.select(rows);
}
