//! The row above the bars: play, step, speed, mode, what is shown, what the window is in words,
//! range.

use super::*;

pub(super) fn controls(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    all: (i64, i64),
    playing: bool,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (icon, name) = if playing {
            (icons::PAUSE_FILL, text!("time-pause"))
        } else {
            (icons::PLAY_FILL, text!("time-play"))
        };
        if kit::icon_button(ui, icon, &cx.tr(name), playing).clicked() {
            cx.commands.push(Command::Play(!playing));
        }
        for (icon, name, steps) in [
            (icons::SKIP_BACK, text!("time-back"), -1),
            (icons::SKIP_FORWARD, text!("time-forward"), 1),
        ] {
            if kit::icon_button(ui, icon, &cx.tr(name), false).clicked() {
                cx.commands.push(Command::Step(steps));
            }
        }
        speed_menu(ui, cx);
        modes(ui, cx, state);
        figure_menu(ui, cx);
        shape_menu(ui, cx, state);
        if cx.workspace.compare.is_some() {
            compare::sentence(ui, cx);
        } else {
            sentence(ui, cx, state);
        }
        kit::at_right(ui, |ui| {
            right_buttons(ui, cx, state, all);
        });
    });
}

/// Window, cumulative or two windows.
fn modes(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let names = [
        text!("time-window"),
        text!("time-cumulative"),
        text!("time-compare"),
    ]
    .map(|key| cx.tr(key));
    let comparing = cx.workspace.compare.is_some();
    let current = match cx.workspace.timeline.mode {
        _ if comparing => 2,
        TimeMode::Window => 0,
        TimeMode::Cumulative => 1,
    };
    let Some(chosen) = kit::segmented(ui, &names, current, None) else {
        return;
    };
    if chosen == 2 {
        if !comparing {
            state.shape = Shape::OverTime;
            compare::begin(cx, &mut state.compare);
        }
        return;
    }
    if comparing {
        compare::end(cx, &mut state.compare);
    }
    let mode = if chosen == 1 {
        TimeMode::Cumulative
    } else {
        TimeMode::Window
    };
    let timeline = crate::session::Timeline {
        mode,
        ..cx.workspace.timeline
    };
    cx.commands.push(Command::SetTimeline(timeline));
}

fn shape_menu(ui: &mut Ui, cx: &Context<'_>, state: &mut State) {
    let name = |shape: Shape| {
        cx.tr(match shape {
            Shape::OverTime => text!("time-shape-over"),
            Shape::WeekHours => text!("time-shape-week"),
            Shape::Months => text!("time-shape-year"),
        })
    };
    let shapes = [Shape::OverTime, Shape::WeekHours, Shape::Months];
    let tip = cx.tr(text!("time-shape-tip"));
    let taken = kit::menu(ui, &name(state.shape), tip, 180.0, |ui| {
        kit::pick(ui, shapes.map(|s| (s, state.shape == s, name(s))))
    });
    state.shape = taken.unwrap_or(state.shape);
}

/// From right to left: fold, what is on show, closer, further, table.
fn right_buttons(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State, all: (i64, i64)) {
    let fold = cx.tr(text!("fold-timeline"));
    if kit::icon_button(ui, icons::CARET_DOWN, &fold, false).clicked() {
        cx.commands.push(Command::Fold(Panel::Timeline));
    }
    if state.shape == Shape::OverTime {
        ranges::menu(ui, cx, state, all);
        if kit::icon_button(ui, icons::PLUS, &cx.tr(text!("time-zoom-in")), false).clicked() {
            zoom(state, all, 0.5, None);
        }
        if kit::icon_button(ui, icons::MINUS, &cx.tr(text!("time-zoom-out")), false).clicked() {
            zoom(state, all, 2.0, None);
        }
    }
    tables::button(ui, cx, state);
}

/// Incidents or deaths: for the bars, the panels beside the map and the summary of a selection.
fn figure_menu(ui: &mut Ui, cx: &mut Context<'_>) {
    let name = |figure: Figure| cx.tr(text!("figure-" + figure.code()));
    let current = cx.workspace.figure;
    let chosen = kit::menu(
        ui,
        &name(current),
        cx.tr(text!("figure-tip")),
        150.0,
        |ui| kit::pick(ui, Figure::ALL.map(|f| (f, current == f, name(f)))),
    );
    cx.commands.extend(chosen.map(Command::SetFigure));
}

/// Step and speed of the play button, in one menu.
fn speed_menu(ui: &mut Ui, cx: &mut Context<'_>) {
    let timeline = cx.workspace.timeline;
    let step_name = |step: Step| cx.tr(text!("step-" + step.code()));
    let label = cx.tr(text!(
        "time-speed",
        n = timeline.speed,
        step = step_name(timeline.step)
    ));
    let mut changed = timeline;
    kit::menu(ui, &label, cx.tr(text!("time-speed-tip")), 160.0, |ui| {
        kit::section(ui, &cx.tr(text!("time-step")), |_| {});
        let name = |step: Step| match step {
            Step::Window => cx.tr(text!("time-step-window")),
            step => step_name(step),
        };
        let step = kit::pick(ui, Step::ALL.map(|s| (s, timeline.step == s, name(s))));
        changed.step = step.unwrap_or(timeline.step);
        kit::section(ui, &cx.tr(text!("time-steps-a-second")), |_| {});
        let speeds = crate::session::SPEEDS.map(|n| (n, timeline.speed == n, n.to_string()));
        let speed = ui.horizontal(|ui| kit::pick(ui, speeds)).inner;
        changed.speed = speed.unwrap_or(timeline.speed);
        speed
    });
    if changed != timeline {
        cx.commands.push(Command::SetTimeline(changed));
    }
}

/// The period, to type over, and what is to be known of it.
fn sentence(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let theme = kit::theme(ui);
    let filter = &cx.workspace.filter;
    let ends = (filter.from, filter.to);
    let has_window = ends != (None, None);
    let (name, hint) = (cx.tr(text!("time-period")), cx.tr(text!("time-all")));
    let field = period::Field {
        id: "filter",
        name: &name,
        width: (ui.available_width() - RIGHT_W - 40.0).clamp(110.0, 186.0),
        text: if has_window {
            period::words(cx, ends)
        } else {
            String::new()
        },
        hint: Some(&hint),
    };
    if let Some((from, to)) = period::field(ui, cx, &mut state.typed, field) {
        cx.set_filter(|f| (f.from, f.to) = (from, to));
    }
    if has_window && kit::icon_button(ui, icons::X, &cx.tr(text!("time-clear")), false).clicked() {
        cx.set_filter(|f| (f.from, f.to) = (None, None));
    }
    let room = |ui: &Ui, text: &str| {
        // Room for the buttons at the right; the sentence gives way first.
        let galley = kit::galley(ui, text, Weight::Regular, BODY, theme.muted);
        galley.size().x < ui.available_width() - RIGHT_W
    };
    let width = state.cached.as_ref().map(|c| c.bars.width);
    if let (Shape::OverTime, Some(width)) = (state.shape, width) {
        let by = cx.tr(text!("time-by-" + width.code()));
        if room(ui, &by) {
            kit::quiet(ui, by);
        }
    }
    let uncertain = cx.derived.selection.uncertain_dates;
    if uncertain > 0 && has_window {
        let n = number(u64::from(uncertain));
        let text = format!("· {}", cx.tr(text!("time-uncertain", n = n)));
        if room(ui, &text)
            && number_button(ui, &text, Weight::Regular, BODY, &text)
                .on_hover_text(cx.tr(text!("time-select-these")))
                .clicked()
        {
            let window = crate::query::Window::of(&cx.workspace.filter);
            let rows = cx.derived.selection.rows.iter().copied();
            let c = &cx.loaded.columns;
            cx.select(rows.filter(|row| !window.holds(c, *row as usize)));
        }
    }
}

/// Width of the buttons at the right end of the row, points.
pub(super) const RIGHT_W: f32 = 318.0;
