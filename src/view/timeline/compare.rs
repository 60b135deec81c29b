//! Two windows of time beside each other: typed, counted, and told apart by letter and colour.

use super::*;
use crate::domain::Kind;
use crate::domain::period::period_text;
use crate::query::{Compare, Compared, Side};

/// Of the numbers at the left, points.
pub(super) const WIDTH: f32 = 410.0;

/// What is being typed, and what was there before.
#[derive(Default)]
pub(super) struct State {
    /// The periods of A and B while somebody types.
    typed: [Option<period::Typed>; 2],
    /// The time of the filter that gave way.
    window_before: Option<(Option<Date>, Option<Date>)>,
}

/// The window gives way to A and B: while two times are compared, the filter has none.
pub(super) fn begin(cx: &mut Context<'_>, state: &mut State) {
    let Some(extent) = cx.loaded.columns.day_extent() else {
        return;
    };
    let filter = &cx.workspace.filter;
    let window = (filter.from, filter.to);
    // Of what is shown, so that neither side is empty from the start.
    let starts = &cx.loaded.columns.start_day;
    let shown = &cx.derived.selection.rows;
    let ends = [shown.first(), shown.last()].map(|row| row.map(|row| starts[*row as usize]));
    let extent = match ends {
        [Some(first), Some(last)] => (first, last),
        _ => extent,
    };
    let days = (date_of(extent.0), date_of(extent.1));
    let compare = match window {
        (None, None) => first_and_last(days),
        (from, to) => against_before(from.unwrap_or(days.0), to.unwrap_or(days.1)),
    };
    state.window_before = Some(window);
    cx.commands.push(Command::SetCompare(Some(compare)));
    cx.set_filter(|f| (f.from, f.to) = (None, None));
}

/// Back to one window, the one that was there before.
pub(super) fn end(cx: &mut Context<'_>, state: &mut State) {
    cx.commands.push(Command::SetCompare(None));
    if let Some(window) = state.window_before.take() {
        cx.set_filter(|f| (f.from, f.to) = window);
    }
    state.typed = [None, None];
}

/// The first and the last year of the data; of a single year the first and last month.
fn first_and_last((first, last): (Date, Date)) -> Compare {
    if first.year() < last.year() {
        Compare {
            a: (first.first_of_year(), first.last_of_year()),
            b: (last.first_of_year(), last.last_of_year()),
        }
    } else {
        Compare {
            a: (first.first_of_month(), first.last_of_month()),
            b: (last.first_of_month(), last.last_of_month()),
        }
    }
}

/// A window, and as A the one of the same length before it: whole months before whole months.
fn against_before(from: Date, to: Date) -> Compare {
    let (first, last) = (day_number(from), day_number(to));
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12
        + i32::from(to.month() - from.month())
        + 1;
    let start = from.checked_sub(jiff::Span::new().months(months));
    let start = match start {
        Ok(start) if whole_months => start,
        _ => date_of(first - (last - first + 1)),
    };
    Compare {
        a: (start, date_of(first - 1)),
        b: (from, to),
    }
}

/// At the left of the bars: for each its period to type into, incidents and deaths.
pub(super) fn numbers(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let derived = cx.derived;
    let Some(compared) = &derived.compare else {
        return;
    };
    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
    for (i, which) in [Which::A, Which::B].into_iter().enumerate() {
        let (side, window) = match which {
            Which::A => (&compared.a, compared.windows.a),
            _ => (&compared.b, compared.windows.b),
        };
        ui.horizontal(|ui| {
            badge(ui, which);
            field(ui, cx, &mut state.typed[i], which, window);
            counts(ui, cx, side, which);
        });
    }
    let figure = cx.workspace.figure;
    ui.horizontal(|ui| {
        let text = compared.times_words(cx.lang, figure);
        let response = kit::text(ui, &text, Weight::SemiBold, BODY, |t| t.text);
        let whole = compared.words(cx.lang, figure);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
        kinds_menu(ui, cx, compared);
    });
}

fn badge(ui: &mut Ui, which: Which) {
    let theme = kit::theme(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
    let ink = which.ink(&theme);
    ui.painter().rect_filled(rect, 5, color(ink));
    kit::write(
        ui,
        rect.center(),
        Align2::CENTER_CENTER,
        which.letter(),
        (Weight::SemiBold, BODY),
        theme.on_compare,
    );
}

/// The period, to type over.
fn field(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    typed: &mut Option<period::Typed>,
    which: Which,
    window: (Date, Date),
) {
    let name = cx.tr(text!("time-compare-period", side = which.letter()));
    let field = period::Field {
        id: which.letter(),
        name: &name,
        width: 148.0,
        text: period_text(window.0, window.1),
        hint: None,
    };
    if let Some((Some(from), Some(to))) = period::field(ui, cx, typed, field) {
        set_window(cx, which, day_number(from), day_number(to));
    }
}

/// Incidents and deaths of a side; each leads to the rows it counts.
fn counts(ui: &mut Ui, cx: &mut Context<'_>, side: &Side, which: Which) {
    let n = number(side.selection.len() as u64);
    let text = cx.tr(text!("n-incidents", n = n));
    let name = format!("{}: {text}", which.letter());
    if number_button(ui, &text, Weight::SemiBold, BODY, &name)
        .on_hover_text(uncertain_tip(cx, side))
        .clicked()
    {
        cx.select(side.selection.rows.iter().copied());
    }
    let deaths = number(side.selection.deaths_best);
    let text = cx.tr(text!("n-deaths", n = deaths));
    let name = format!("{}: {text}", which.letter());
    if number_button(ui, &text, Weight::Regular, BODY, &name)
        .on_hover_text(cx.tr(text!("time-select-deadly")))
        .clicked()
    {
        let c = &cx.loaded.columns;
        let deadly = |row: &u32| c.deaths(*row).in_sums()[1] > 0;
        cx.select(side.selection.rows.iter().copied().filter(deadly));
    }
}

fn uncertain_tip(cx: &Context<'_>, side: &Side) -> String {
    let tip = cx.tr(text!("time-select-these"));
    match side.selection.uncertain_dates {
        0 => tip,
        n => {
            let n = number(u64::from(n));
            format!("{}\n{tip}", cx.tr(text!("time-uncertain", n = n)))
        }
    }
}

/// Kinds in both, most first; each number leads to its rows.
fn kinds_menu(ui: &mut Ui, cx: &mut Context<'_>, compared: &Compared) {
    let label = cx.tr(text!("time-compare-kinds"));
    let response = kit::link(ui, &label);
    egui::Popup::menu(&response).show(|ui| {
        egui::ScrollArea::vertical()
            .max_height(320.0)
            .show(ui, |ui| {
                egui::Grid::new("kinds")
                    .num_columns(3)
                    .spacing(vec2(18.0, 6.0))
                    .show(ui, |ui| kind_rows(ui, cx, compared));
            });
    });
}

fn kind_rows(ui: &mut Ui, cx: &mut Context<'_>, compared: &Compared) {
    let (a, b) = (&compared.a, &compared.b);
    let at = Figure::ALL.iter().position(|f| *f == cx.workspace.figure);
    let of_side = [a, b].map(|side| &side.kinds[at.unwrap_or(0)]);
    let total = |kind: &Kind| of_side[0][*kind as usize] + of_side[1][*kind as usize];
    let mut kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|k| total(k) > 0).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(total(kind)));
    ui.label("");
    badge(ui, Which::A);
    badge(ui, Which::B);
    ui.end_row();
    for kind in kinds {
        let name = cx.tr(text!("kind-" + kind.code()));
        kit::body(ui, &name);
        for (i, (which, side)) in [(Which::A, a), (Which::B, b)].into_iter().enumerate() {
            let n = number(of_side[i][kind as usize]);
            let spoken = format!("{}, {name}: {n}", which.letter());
            if number_button(ui, &n, Weight::SemiBold, BODY, &spoken).clicked() {
                let c = &cx.loaded.columns;
                let rows = side.selection.rows.iter().copied();
                cx.select(rows.filter(|row| c.kind[*row as usize] == kind));
            }
        }
        ui.end_row();
    }
}

/// The whole of it in the row above the bars, where there is room.
pub(super) fn sentence(ui: &mut Ui, cx: &Context<'_>) {
    let theme = kit::theme(ui);
    let Some(compared) = &cx.derived.compare else {
        return;
    };
    let text = compared.words(cx.lang, cx.workspace.figure);
    let galley = kit::galley(ui, &text, Weight::SemiBold, BODY, theme.text);
    if galley.size().x < ui.available_width() - controls::RIGHT_W {
        kit::text(ui, text, Weight::SemiBold, BODY, |t| t.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, to: &str) -> (Date, Date) {
        (from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn a_window_is_compared_with_the_one_before_it() {
        let found = against_before(Date::constant(2020, 1, 1), Date::constant(2020, 12, 31));
        assert_eq!(found.a, days("2019-01-01", "2019-12-31"));
        let found = against_before(Date::constant(2020, 3, 1), Date::constant(2020, 4, 30));
        assert_eq!(found.a, days("2020-01-01", "2020-02-29"));
        let found = against_before(Date::constant(2020, 3, 5), Date::constant(2020, 3, 11));
        assert_eq!(found.a, days("2020-02-27", "2020-03-04"));
        assert_eq!(found.b, days("2020-03-05", "2020-03-11"));
    }

    #[test]
    fn without_a_window_the_first_year_stands_against_the_last() {
        let found = first_and_last(days("1989-12-24", "2023-11-02"));
        assert_eq!(found.a, days("1989-01-01", "1989-12-31"));
        assert_eq!(found.b, days("2023-01-01", "2023-12-31"));
        let found = first_and_last(days("2025-02-03", "2025-04-02"));
        assert_eq!(found.a, days("2025-02-01", "2025-02-28"));
        assert_eq!(found.b, days("2025-04-01", "2025-04-30"));
    }
}
