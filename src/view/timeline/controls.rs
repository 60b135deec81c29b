//! The row above the bars: play, step, speed, mode, what the window is in words, range.

use super::*;

pub(super) fn controls(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    state: &mut State,
    extent: (i32, i32),
    playing: bool,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (icon, name) = if playing {
            (icons::PAUSE_FILL, "time-pause")
        } else {
            (icons::PLAY_FILL, "time-play")
        };
        if icon_button(ui, cx.theme, icon, &cx.tr(name), playing).clicked() {
            cx.commands.push(Command::Play(!playing));
        }
        for (icon, name, steps) in [
            (icons::SKIP_BACK, "time-back", -1),
            (icons::SKIP_FORWARD, "time-forward", 1),
        ] {
            if icon_button(ui, cx.theme, icon, &cx.tr(name), false).clicked() {
                cx.commands.push(Command::Step(steps));
            }
        }
        speed_menu(ui, cx);
        let modes = [cx.tr("time-window"), cx.tr("time-cumulative")];
        let labels: Vec<&str> = modes.iter().map(String::as_str).collect();
        let current = usize::from(cx.workspace.timeline.mode == TimeMode::Cumulative);
        if let Some(i) = segmented(ui, cx.theme, &labels, current, None) {
            let mode = if i == 1 {
                TimeMode::Cumulative
            } else {
                TimeMode::Window
            };
            cx.commands
                .push(Command::SetTimeline(crate::session::Timeline {
                    mode,
                    ..cx.workspace.timeline
                }));
        }
        ui.add_space(8.0);
        sentence(ui, cx, state);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(
                ui,
                cx.theme,
                icons::CARET_DOWN,
                &cx.tr("fold-timeline"),
                false,
            )
            .clicked()
            {
                cx.commands.push(Command::Fold(Panel::Timeline));
            }
            let shown = state.range.unwrap_or(extent);
            let years = format!("{} – {}", date_of(shown.0).year(), date_of(shown.1).year());
            if widgets::button(ui, cx.theme, None, &years, widgets::Loudness::Plain)
                .on_hover_text(cx.tr("time-show-all"))
                .clicked()
            {
                state.range = None;
            }
            if icon_button(ui, cx.theme, icons::PLUS, &cx.tr("time-zoom-in"), false).clicked() {
                zoom(state, extent, 0.5, None);
            }
            if icon_button(ui, cx.theme, icons::MINUS, &cx.tr("time-zoom-out"), false).clicked() {
                zoom(state, extent, 2.0, None);
            }
        });
    });
}

/// Step and speed of the play button, in one menu.
fn speed_menu(ui: &mut Ui, cx: &mut Context<'_>) {
    let timeline = cx.workspace.timeline;
    let step_name = |step: Step| cx.tr(&format!("step-{}", step.width().code()));
    let label = cx.tr_args(
        "time-speed",
        &[
            ("n", &timeline.speed.to_string()),
            ("step", &step_name(timeline.step)),
        ],
    );
    let response = widgets::dropdown(ui, cx.theme, &label).on_hover_text(cx.tr("time-speed-tip"));
    let mut changed = timeline;
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(160.0);
        widgets::section(ui, cx.theme, &cx.tr("time-step"), |_| {});
        for step in Step::ALL {
            if ui
                .selectable_label(timeline.step == step, step_name(step))
                .clicked()
            {
                changed.step = step;
            }
        }
        widgets::section(ui, cx.theme, &cx.tr("time-steps-a-second"), |_| {});
        ui.horizontal(|ui| {
            for speed in [1_u8, 2, 4, 8] {
                if ui
                    .selectable_label(timeline.speed == speed, speed.to_string())
                    .clicked()
                {
                    changed.speed = speed;
                }
            }
        });
    });
    if changed != timeline {
        cx.commands.push(Command::SetTimeline(changed));
    }
}

/// What the window is, in words.
fn sentence(ui: &mut Ui, cx: &Context<'_>, state: &State) {
    let filter = &cx.workspace.filter;
    let width = state
        .cached
        .as_ref()
        .map_or(BinWidth::Month, |c| c.bars.width);
    let by = cx.tr(&format!("time-by-{}", width.code()));
    match (filter.from, filter.to) {
        (None, None) => {
            widgets::text(ui, cx.tr("time-all"), Weight::SemiBold, BODY, cx.theme.text);
        }
        (from, to) => {
            let words = match (from, to) {
                (Some(from), Some(to)) => date_range(cx.lang, from, to),
                (Some(from), None) => cx.tr_args("time-from", &[("date", &date(cx.lang, from))]),
                (_, Some(to)) => cx.tr_args("time-until", &[("date", &date(cx.lang, to))]),
                _ => String::new(),
            };
            widgets::text(ui, words, Weight::SemiBold, BODY, cx.theme.text);
        }
    }
    let uncertain = cx.derived.selection.uncertain_dates;
    let text = if uncertain > 0 && (filter.from.is_some() || filter.to.is_some()) {
        let n = number(u64::from(uncertain));
        format!("{by} · {}", cx.tr_args("time-uncertain", &[("n", &n)]))
    } else {
        by
    };
    let galley = ui.painter().layout_no_wrap(
        text.clone(),
        font(Weight::Regular, BODY),
        color(cx.theme.muted),
    );
    // Room for the buttons at the right; the sentence gives way first.
    if galley.size().x < ui.available_width() - 210.0 {
        widgets::text(ui, text, Weight::Regular, BODY, cx.theme.muted);
    }
}
