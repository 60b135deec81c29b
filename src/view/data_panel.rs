//! Where the case comes from: its datasets and imports, and the rows that could not be used.

use super::kit;
use super::theme::{BODY, color, font};
use super::{Context, cards, icons};
use crate::domain::{ImportInfo, RejectRow};
use crate::locale::{date, number};
use crate::scene::Weight;
use crate::session::Command;
use egui::Ui;

pub fn show(ui: &mut Ui, cx: &mut Context<'_>) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        if kit::primary(ui, icons::UPLOAD_SIMPLE, &cx.tr(text!("menu-import"))).clicked() {
            cx.commands.push(Command::Import);
        }
        if kit::button(ui, icons::FOLDER_OPEN, &cx.tr(text!("menu-open"))).clicked() {
            cx.commands.push(Command::Open);
        }
    });
    if let Some(done) = cx.derived.indexing {
        ui.add_space(6.0);
        let percent = number((done * 100.0) as u64);
        let line = cx.tr(text!("data-indexing", percent = percent));
        kit::note(ui, line);
    }
    kit::section(ui, &cx.tr(text!("data-datasets")), |_| {});
    for d in &cx.loaded.datasets {
        kit::text(ui, &d.name, Weight::SemiBold, BODY, |t| t.text);
        let (incidents, territories) = (number(d.incidents), number(d.territories));
        let mut line = cx.tr(text!("n-incidents", n = incidents));
        let others = [
            (d.movements, text!("n-movements"; n)),
            (d.places, text!("n-places"; n)),
        ];
        if d.territories > 0 {
            line = format!("{line}, {}", cx.tr(text!("n-territories", n = territories)));
        }
        for (n, key) in others.into_iter().filter(|(n, _)| *n > 0) {
            line = format!("{line}, {}", cx.tr_args(key, &[("n", &number(n))]));
        }
        kit::note(ui, line);
        let rights = format!("{} {}", d.attribution, d.licence);
        if !rights.trim().is_empty() {
            kit::note(ui, rights.trim());
        }
        ui.add_space(4.0);
    }
    kit::section(ui, &cx.tr(text!("data-imports")), |_| {});
    let loaded = cx.loaded;
    for import in loaded.imports.iter().rev() {
        one_import(ui, cx, import);
    }
    ui.add_space(16.0);
}

fn one_import(ui: &mut Ui, cx: &mut Context<'_>, import: &ImportInfo) {
    let theme = kit::theme(ui);
    let [received, loaded] = [&import.known_at, &import.imported_at].map(|at| {
        let day = at.get(..10).unwrap_or_default();
        day.parse()
            .map_or_else(|_| day.to_owned(), |d| date(cx.lang, d))
    });
    let days = match received == loaded {
        true => cx.tr(text!("data-received", date = received)),
        false => {
            let args = [("date", &*received), ("loaded", &loaded)];
            cx.tr_args(text!("data-received-loaded"; date, loaded), &args)
        }
    };
    kit::text(
        ui,
        format!("{} · {}", import.id, import.file_name),
        Weight::SemiBold,
        BODY,
        |t| t.text,
    );
    kit::note(
        ui,
        format!("{days} · {} · {}", import.profile, import.encoding),
    );
    let rejected = number(import.rejected);
    let i = import;
    let counts = [i.rows_read, i.added, i.updated, i.unchanged, i.rejected];
    let counts = cards::counts_words(cx.lang, counts);
    kit::note(ui, counts);
    kit::note(
        ui,
        format!("SHA-256 {}…", import.sha256.get(..16).unwrap_or_default()),
    );
    if import.rejected > 0 {
        let title = cx.tr(text!("data-rejects", n = rejected));
        egui::CollapsingHeader::new(egui::RichText::new(title).color(color(theme.warning)))
            .id_salt(("rejects", import.id))
            .show(ui, |ui| {
                if let Some(progress) = &cx.rejects.progress {
                    let done = progress.fraction().unwrap_or(0.0) * 100.0;
                    let percent = number(done as u64);
                    let line = cx.tr(text!("data-rejects-reading", percent = percent));
                    kit::note(ui, line);
                }
                if let Some((counts, rows)) = cx.rejects.imports.get(&import.id) {
                    for (reason, n) in counts {
                        let of_it: Vec<&RejectRow> =
                            rows.iter().filter(|r| r.reason == *reason).collect();
                        one_reason(ui, cx, *n, &of_it);
                    }
                }
                let save = cx.tr(text!("data-rejects-save"));
                if kit::link(ui, &save).clicked() {
                    cx.commands.push(Command::SaveRejects(import.id));
                }
            });
    }
    undo(ui, cx, import);
    ui.add_space(6.0);
}

/// How many rows, and the first of them; unfolded, those of them that were fetched.
fn one_reason(ui: &mut Ui, cx: &Context<'_>, n: u64, rows: &[&RejectRow]) {
    let theme = kit::theme(ui);
    let Some(first) = rows.first() else { return };
    let reason = |row: &RejectRow| {
        cx.tr(text!(
            "reject-" + row.reason,
            column = row.column,
            value = row.value
        ))
    };
    let (count, line, why) = (number(n), number(first.line), reason(first));
    let args = [("n", &*count), ("line", &line), ("reason", &why)];
    let title = cx.tr_args(text!("data-rejects-reason"; line, n, reason), &args);
    kit::text(ui, title, Weight::Regular, 12.0, |t| t.text);
    if rows.len() == 1 {
        return;
    }
    // A title of its own: what folds does not wrap.
    let shown = number(rows.len() as u64);
    let title = cx.tr(text!("data-rejects-list", n = shown, line = line));
    let title = egui::RichText::new(title).font(font(Weight::Regular, 12.0));
    egui::CollapsingHeader::new(title.color(color(theme.muted)))
        .id_salt(("reason", first.import_id, &first.reason))
        .show(ui, |ui| {
            for row in rows {
                let args = [("line", &*number(row.line)), ("reason", &*reason(row))];
                let line = cx.tr_args(text!("cli-reject-line"; line, reason), &args);
                kit::text(ui, line, Weight::Regular, 12.0, |t| t.text);
            }
            let more = n.saturating_sub(rows.len() as u64);
            if more > 0 {
                let line = cx.tr(text!("data-rejects-more", n = number(more)));
                kit::note(ui, line);
            }
        });
}

/// The newest import of its dataset can be taken back; what that does is said before the button.
fn undo(ui: &mut Ui, cx: &mut Context<'_>, import: &ImportInfo) {
    let theme = kit::theme(ui);
    let mut later = cx.loaded.imports.iter();
    let has_later = later.any(|i| i.dataset == import.dataset && i.id > import.id);
    if has_later || cx.loaded.case.read_only().is_some() {
        return;
    }
    let name = cx.tr(text!("data-undo", id = import.id));
    let what = cx.tr(text!(
        "data-undo-what",
        removed = number(import.added),
        restored = number(import.updated + import.retired),
        rejects = number(import.rejected)
    ));
    let mut wanted = false;
    egui::CollapsingHeader::new(egui::RichText::new(&name).color(color(theme.muted)))
        .id_salt(("undo", import.id))
        .show(ui, |ui| {
            kit::text(ui, what, Weight::Regular, 12.0, |t| t.text);
            let sure = cx.tr(text!("data-undo-now"));
            wanted = kit::button(ui, None, &sure).clicked();
        });
    if wanted {
        cx.commands.push(Command::UndoImport(import.id));
    }
}
