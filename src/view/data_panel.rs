//! Where the case comes from: its datasets and imports, and the rows that could not be used.

use super::theme::{BODY, color};
use super::widgets::{self, Loudness, section, text};
use super::{Context, icons};
use crate::locale::{date, number};
use crate::scene::Weight;
use crate::session::Command;
use crate::store::{ImportInfo, RejectRow};
use egui::Ui;

/// Rejects fetched from the case by the program's logic: of all imports, the first ones.
#[derive(Default)]
pub struct Rejects {
    pub rows: Vec<RejectRow>,
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, rejects: &Rejects) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        if widgets::button(
            ui,
            cx.theme,
            Some(icons::UPLOAD_SIMPLE),
            &cx.tr("menu-import"),
            Loudness::Primary,
        )
        .clicked()
        {
            cx.commands.push(Command::Import);
        }
        if widgets::button(
            ui,
            cx.theme,
            Some(icons::FOLDER_OPEN),
            &cx.tr("menu-open"),
            Loudness::Plain,
        )
        .clicked()
        {
            cx.commands.push(Command::Open);
        }
    });
    if let Some(done) = cx.derived.indexing {
        ui.add_space(6.0);
        let percent = number((done * 100.0) as u64);
        let line = cx.tr_args("data-indexing", &[("percent", &percent)]);
        text(ui, line, Weight::Regular, 12.0, cx.theme.muted);
    }
    section(ui, cx.theme, &cx.tr("data-datasets"), |_| {});
    for d in &cx.loaded.datasets {
        text(ui, &d.name, Weight::SemiBold, BODY, cx.theme.text);
        let (incidents, territories) = (number(d.incidents), number(d.territories));
        let mut line = cx.tr_args("n-incidents", &[("n", &incidents)]);
        if d.territories > 0 {
            line = format!(
                "{line}, {}",
                cx.tr_args("n-territories", &[("n", &territories)])
            );
        }
        text(ui, line, Weight::Regular, 12.0, cx.theme.muted);
        let rights = format!("{} {}", d.attribution, d.licence);
        if !rights.trim().is_empty() {
            text(ui, rights.trim(), Weight::Regular, 12.0, cx.theme.muted);
        }
        ui.add_space(4.0);
    }
    section(ui, cx.theme, &cx.tr("data-imports"), |_| {});
    for import in cx.loaded.imports.iter().rev() {
        one_import(ui, cx, import, rejects);
    }
    ui.add_space(16.0);
}

fn one_import(ui: &mut Ui, cx: &Context<'_>, import: &ImportInfo, rejects: &Rejects) {
    let day = import.imported_at.get(..10).unwrap_or_default();
    let day = day
        .parse()
        .map_or_else(|_| day.to_owned(), |d| date(cx.lang, d));
    text(
        ui,
        format!("{} · {}", import.id, import.file_name),
        Weight::SemiBold,
        BODY,
        cx.theme.text,
    );
    text(
        ui,
        format!("{day} · {} · {}", import.profile, import.encoding),
        Weight::Regular,
        12.0,
        cx.theme.muted,
    );
    let [read, added, updated, unchanged, rejected] = [
        import.rows_read,
        import.added,
        import.updated,
        import.unchanged,
        import.rejected,
    ]
    .map(number);
    let counts = cx.tr_args(
        "data-counts",
        &[
            ("nread", &read),
            ("added", &added),
            ("updated", &updated),
            ("unchanged", &unchanged),
            ("rejected", &rejected),
        ],
    );
    text(ui, counts, Weight::Regular, 12.0, cx.theme.muted);
    text(
        ui,
        format!("SHA-256 {}…", import.sha256.get(..16).unwrap_or_default()),
        Weight::Regular,
        12.0,
        cx.theme.muted,
    );
    if import.rejected > 0 {
        let title = cx.tr_args("data-rejects", &[("n", &rejected)]);
        egui::CollapsingHeader::new(egui::RichText::new(title).color(color(cx.theme.warning)))
            .id_salt(("rejects", import.id))
            .show(ui, |ui| {
                for row in rejects.rows.iter().filter(|r| r.import_id == import.id) {
                    let reason = cx.tr_args(
                        &format!("reject-{}", row.reason),
                        &[("column", &row.column), ("value", &row.value)],
                    );
                    let line = cx.tr_args(
                        "cli-reject-line",
                        &[("line", &number(row.line)), ("reason", &reason)],
                    );
                    text(ui, line, Weight::Regular, 12.0, cx.theme.text);
                }
            });
    }
    ui.add_space(6.0);
}
