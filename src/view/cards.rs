//! What stands in the middle of the window: the empty state, work under way, reports, problems.

use super::actions::shortcuts;
use super::icons;
use super::kit;
use super::theme::{BODY, color};
use crate::domain::Filter;
use crate::jobs::Progress;
use crate::locale::{Lang, TextKey, date, number, tr, tr_args};
use crate::scene::Weight;
use crate::session::{Command, Example, LoadReport};
use egui::{Ui, vec2};
use std::path::PathBuf;

/// Nothing is open: what to do next.
pub fn empty(ui: &mut Ui, lang: Lang, commands: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.3);
        kit::text(
            ui,
            tr(lang, text!("empty-title")),
            Weight::SemiBold,
            22.0,
            |t| t.text,
        );
        ui.add_space(4.0);
        kit::quiet(ui, tr(lang, text!("empty-what")));
        ui.add_space(16.0);
        let demo = Command::OpenExample(Example::NuevoLaredo);
        let buttons = [
            (icons::FOLDER_OPEN, text!("empty-open"), Command::Open),
            (icons::PLUS, text!("menu-new"), Command::NewCase),
            (icons::BINOCULARS, text!("menu-demo"), demo),
        ];
        for (icon, key, command) in buttons {
            let primary = command == Command::Open;
            if kit::button_of(ui, icon, &tr(lang, key), primary).clicked() {
                commands.push(command);
            }
            ui.add_space(4.0);
        }
    });
}

/// What the example on show is, and what else there is to open; whether the card is done with.
pub fn welcome(ui: &mut Ui, lang: Lang, recent: &[PathBuf], commands: &mut Vec<Command>) -> bool {
    ui.set_width(320.0);
    ui.spacing_mut().item_spacing.y = 6.0;
    let t = |key: TextKey| tr(lang, key);
    let before = commands.len();
    let mut done = false;
    ui.horizontal(|ui| {
        kit::title(ui, t(text!("welcome-title")));
        kit::at_right(ui, |ui| {
            done = kit::icon_button(ui, icons::X, &t(text!("welcome-close")), false).clicked();
        });
    });
    kit::quiet(ui, t(text!("welcome-what")));
    ui.add_space(4.0);
    kit::section(ui, &t(text!("welcome-more")), |_| {});
    let mexico = Command::OpenExample(Example::Mexico);
    let offers = [
        (icons::BINOCULARS, text!("welcome-mexico"), mexico),
        (icons::FOLDER_OPEN, text!("empty-open"), Command::Open),
        (icons::PLUS, text!("menu-new"), Command::NewCase),
    ];
    for (icon, key, command) in offers {
        if kit::button(ui, icon, &t(key)).clicked() {
            commands.push(command);
        }
    }
    let examples = Example::ALL.map(|(_, example)| example.path());
    let cases = recent.iter().filter(|case| !examples.contains(case));
    let cases: Vec<&PathBuf> = cases.take(4).collect();
    if !cases.is_empty() {
        kit::section(ui, &t(text!("menu-recent")), |_| {});
        for case in cases {
            let name = super::top_bar::file_name(case);
            if kit::link(ui, &name)
                .on_hover_text(case.display().to_string())
                .clicked()
            {
                commands.push(Command::OpenPath(case.clone()));
            }
        }
    }
    kit::note(ui, t(text!("welcome-drop")));
    done || commands.len() > before
}

/// The open case holds nothing yet.
pub fn no_rows(ui: &mut Ui, lang: Lang, commands: &mut Vec<Command>) {
    kit::title(ui, tr(lang, text!("no-rows-title")));
    kit::quiet(ui, tr(lang, text!("no-rows-what")));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if kit::primary(ui, icons::UPLOAD_SIMPLE, &tr(lang, text!("menu-import"))).clicked() {
            commands.push(Command::Import);
        }
        if kit::button(ui, icons::BINOCULARS, &tr(lang, text!("menu-demo"))).clicked() {
            commands.push(Command::OpenExample(Example::NuevoLaredo));
        }
    });
}

/// On the day looked back on, nothing of the case was known yet.
pub fn nothing_known(ui: &mut Ui, lang: Lang, filter: &Filter, commands: &mut Vec<Command>) {
    let day = filter.known_on.map(|day| date(lang, day));
    let args = [("date", &*day.unwrap_or_default())];
    let title = tr_args(lang, text!("nothing-known-title"; date), &args);
    kit::title(ui, title);
    let what = tr(lang, text!("nothing-known-what"));
    kit::quiet(ui, what);
    ui.add_space(8.0);
    let label = tr(lang, text!("nothing-known-today"));
    let icon = Some(icons::CLOCK);
    if kit::primary(ui, icon, &label).clicked() {
        commands.push(Command::SetFilter(Box::new(Filter {
            known_on: None,
            ..filter.clone()
        })));
    }
}

/// A job with how far it is, in rows, and a way to stop it.
pub fn working(
    ui: &mut Ui,
    lang: Lang,
    title: &str,
    progress: &Progress,
    commands: &mut Vec<Command>,
) {
    let theme = kit::theme(ui);
    ui.set_width(340.0);
    kit::title(ui, title);
    let (rect, response) = ui.allocate_exact_size(vec2(340.0, 6.0), egui::Sense::hover());
    let done = progress.fraction().unwrap_or(0.0);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, title));
    ui.painter().rect_filled(rect, 3, color(theme.line));
    ui.painter().rect_filled(
        egui::Rect::from_min_size(rect.min, vec2(rect.width() * done, 6.0)),
        3,
        color(theme.accent),
    );
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        let rows = number(progress.rows());
        kit::quiet(ui, tr(lang, text!("working-rows", n = rows)));
        kit::at_right(ui, |ui| {
            if kit::button(ui, None, &tr(lang, text!("cancel"))).clicked() {
                commands.push(Command::CancelJob);
            }
        });
    });
}

/// A message to be read and closed.
pub struct Message {
    pub title: String,
    pub lines: Vec<String>,
    pub is_problem: bool,
    /// Buttons: what they say, and the import whose rejected rows they save.
    pub saves: Vec<(String, i64)>,
}

/// Imports whose rejects can be saved from one message; those of the others are under Data.
const MOST_SAVES: usize = 4;

/// What the buttons of a message say for imports with rejected rows, each `(file, import)`.
#[must_use]
pub fn saves(lang: Lang, imports: &[(&str, i64)]) -> Vec<(String, i64)> {
    let one = imports.len() == 1;
    let name = |file: &str| match one {
        true => tr(lang, text!("data-rejects-save")),
        false => tr(lang, text!("import-save-rejects", file = file)),
    };
    let shown = imports.iter().take(MOST_SAVES);
    shown.map(|(file, id)| (name(file), *id)).collect()
}

pub fn message(ui: &mut Ui, lang: Lang, message: &Message, commands: &mut Vec<Command>) {
    let theme = kit::theme(ui);
    ui.set_width(460.0);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, 22.0), egui::Sense::hover());
        let (icon, ink) = if message.is_problem {
            (icons::WARNING_CIRCLE, theme.warning)
        } else {
            (icons::INFO, theme.accent)
        };
        kit::paint_icon(ui, rect.center(), icon, 20.0, ink);
        kit::title(ui, &message.title);
    });
    ui.add_space(4.0);
    egui::ScrollArea::vertical()
        .max_height(320.0)
        .show(ui, |ui| {
            for line in &message.lines {
                kit::body(ui, line);
            }
        });
    ui.add_space(8.0);
    for (name, import) in &message.saves {
        if kit::button(ui, None, name).clicked() {
            commands.push(Command::SaveRejects(*import));
        }
    }
    kit::at_right(ui, |ui| {
        if kit::primary(ui, None, &tr(lang, text!("close"))).clicked() {
            commands.push(Command::Dismiss);
        }
    });
}

/// How many rows were read, added, updated, found unchanged and rejected.
#[must_use]
pub fn counts_words(lang: Lang, counts: [u64; 5]) -> String {
    let [read, added, updated, unchanged, rejected] = counts.map(number);
    let args = [
        ("nread", &*read),
        ("added", &added),
        ("updated", &updated),
        ("unchanged", &unchanged),
        ("rejected", &rejected),
    ];
    tr_args(
        lang,
        text!("data-counts"; added, nread, rejected, unchanged, updated),
        &args,
    )
}

/// What came of an import, in words.
#[must_use]
pub fn import_message(lang: Lang, reports: &[LoadReport]) -> Message {
    const SHOWN: usize = 12;
    let mut lines = Vec::new();
    for report in reports {
        let c = report.counts;
        lines.push(format!(
            "{} → {} ({})",
            report.file, report.dataset, report.profile
        ));
        let counts = [c.rows_read, c.added, c.updated, c.unchanged, c.rejected];
        lines.push(counts_words(lang, counts));
        lines.extend(report.notes.iter().map(|n| n.message(lang)));
        for reject in report.rejects.iter().take(SHOWN) {
            lines.push(tr(
                lang,
                text!(
                    "cli-reject-line",
                    line = number(reject.line),
                    reason = reject.message(lang)
                ),
            ));
        }
        if report.counts.rejected > SHOWN as u64 {
            lines.push(tr(
                lang,
                text!(
                    "import-more-rejects",
                    n = number(report.counts.rejected - SHOWN as u64)
                ),
            ));
        }
    }
    Message {
        title: tr(lang, text!("import-done")),
        lines,
        is_problem: false,
        saves: Vec::new(),
    }
}

pub fn help(ui: &mut Ui, lang: Lang, commands: &mut Vec<Command>) {
    ui.set_width(760.0);
    kit::title(ui, tr(lang, text!("menu-help")));
    ui.add_space(6.0);
    let all = shortcuts(lang);
    let half = all.len().div_ceil(2);
    egui::Grid::new("shortcuts")
        .num_columns(4)
        .spacing([20.0, 6.0])
        .show(ui, |ui| {
            for i in 0..half {
                for (keys, what) in [all.get(i), all.get(i + half)].into_iter().flatten() {
                    kit::text(ui, keys, Weight::SemiBold, BODY, |t| t.accent);
                    kit::body(ui, what);
                }
                ui.end_row();
            }
        });
    ui.add_space(8.0);
    kit::note(ui, tr(lang, text!("help-licences")));
    ui.add_space(8.0);
    kit::at_right(ui, |ui| {
        if kit::primary(ui, None, &tr(lang, text!("close"))).clicked() {
            commands.push(Command::ToggleHelp);
        }
    });
}
