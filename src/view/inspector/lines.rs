//! What records of all kinds are shown with: their head, their sources, the lines of the files that
//! give them, and what else those say.

use super::Context;
use crate::domain::{ImportInfo, PlaceNames, Source};
use crate::import::in_words;
use crate::locale::date;
use crate::scene::{Color, Weight};
use crate::session::Command;
use crate::view::kit;
use crate::view::theme::{BODY, SMALL, color, font};
use egui::text::LayoutJob;
use egui::{Rect, Sense, TextFormat, Ui, vec2};

/// Two texts in one flow, `size` points.
fn in_two_tones(ui: &mut Ui, size: f32, [first, second]: [(&str, Color); 2]) {
    let mut job = LayoutJob::default();
    for (words, ink) in [first, second] {
        let format = TextFormat::simple(font(Weight::Regular, size), color(ink));
        job.append(words, 0.0, format);
    }
    ui.label(job);
}

/// A value and how sure it is, in one flowing text.
pub(super) fn two_tone(ui: &mut Ui, value: &str, how_sure: &str) {
    let theme = kit::theme(ui);
    let how_sure = format!(" · {how_sure}");
    in_two_tones(ui, BODY, [(value, theme.text), (&how_sure, theme.muted)]);
}

/// The head of a section whose entries are counted.
pub(super) fn counted(ui: &mut Ui, title: &str, n: usize) {
    kit::section(ui, title, |ui| {
        let n = crate::locale::number(n as u64);
        kit::text(ui, n, Weight::Regular, 12.0, |t| t.accent);
    });
}

/// The head of the sources; says where there are none.
pub(super) fn sources(ui: &mut Ui, cx: &Context<'_>, n: usize) {
    counted(ui, &cx.tr(text!("card-sources")), n);
    if n == 0 {
        kit::quiet(ui, cx.tr(text!("card-no-source")));
    }
}

/// Who says so, when and where it can be read.
pub(super) fn source(ui: &mut Ui, cx: &Context<'_>, source: &Source) {
    let mut parts: Vec<String> = [&source.publisher, &source.title]
        .into_iter()
        .filter(|t| !t.is_empty())
        .cloned()
        .collect();
    parts.extend(source.date.map(|d| date(cx.lang, d)));
    parts.extend((!source.language.is_empty()).then(|| source.language.clone()));
    kit::quiet(ui, parts.join(" · "));
    if !source.url.is_empty() {
        // Shown, not opened: no packet leaves by a click that was meant for reading.
        kit::text(ui, &source.url, Weight::Regular, 12.0, |t| t.accent);
    }
}

/// Columns that no field took: kept, so shown.
pub(super) fn other_columns(ui: &mut Ui, cx: &Context<'_>, kind: &str, extra: &[(String, String)]) {
    if extra.is_empty() && kind.is_empty() {
        return;
    }
    kit::section(ui, &cx.tr(text!("card-other-columns")), |_| {});
    if !kind.is_empty() {
        column(ui, cx, &cx.tr(text!("card-source-kind")), kind);
    }
    for (name, value) in extra {
        column(ui, cx, name, value);
    }
}

fn column(ui: &mut Ui, cx: &Context<'_>, name: &str, value: &str) {
    let theme = kit::theme(ui);
    let (name, value) = in_words(cx.lang, name, value);
    let value = format!("  {value}");
    in_two_tones(ui, 12.0, [(&name, theme.muted), (&value, theme.text)]);
}

/// Dataset and id of a record, and its first and last line in each of the files.
pub(super) fn from<'i>(
    ui: &mut Ui,
    cx: &Context<'_>,
    (dataset, external_id): (&str, &str),
    lines: impl IntoIterator<Item = (Option<&'i ImportInfo>, (u64, u64))>,
) {
    kit::section(ui, &cx.tr(text!("card-from")), |_| {});
    let of = [("dataset", dataset), ("id", external_id)];
    kit::note(ui, cx.tr_args(text!("card-dataset"; dataset, id), &of));
    for (import, lines) in lines {
        let file = import.map_or("?", |i| &i.file_name);
        kit::note(ui, place(cx, file, lines));
        kit::note(ui, import.map_or_else(String::new, |i| import_line(cx, i)));
    }
    let found = cx.loaded.datasets.iter().find(|d| d.name == dataset);
    let words = found.map(|d| format!("{} {}", d.attribution, d.licence));
    if let Some(words) = words.filter(|w| !w.trim().is_empty()) {
        kit::text(ui, words.trim(), Weight::Regular, SMALL, |t| t.muted);
    }
}

/// A file and its lines from first to last.
pub(super) fn place(cx: &Context<'_>, file: &str, (first, last): (u64, u64)) -> String {
    let lines = match first == last {
        true => first.to_string(),
        false => format!("{first} – {last}"),
    };
    cx.tr(text!("card-line", file = file, line = lines))
}

/// An import that rows say they are from.
pub(super) fn import<'a>(cx: &Context<'a>, id: i64) -> Option<&'a ImportInfo> {
    cx.loaded.imports.iter().find(|i| i.id == id)
}

/// Number, day and fingerprint of an import.
fn import_line(cx: &Context<'_>, import: &ImportInfo) -> String {
    let day = import.imported_at.get(..10).unwrap_or_default();
    let day = day
        .parse()
        .map_or_else(|_| day.to_owned(), |d| date(cx.lang, d));
    let sha = import.sha256.get(..12).unwrap_or_default();
    let id = import.id.to_string();
    cx.tr(text!("card-import", import = id, date = day, sha = sha))
}

/// Sign, name and a line below it, and the way to its place on the map.
pub(super) fn head(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    name: &str,
    line: &str,
    sign: impl FnOnce(&Ui, Rect),
) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
        sign(ui, rect);
        ui.vertical(|ui| {
            kit::title(ui, name);
            kit::quiet(ui, line);
        });
    });
    ui.horizontal(|ui| {
        ui.add_space(28.0);
        if kit::link(ui, &cx.tr(text!("card-go-to"))).clicked() {
            cx.commands.push(Command::GoToSelected);
        }
    });
}

/// Those that are not empty.
pub(super) fn joined<'t>(parts: impl IntoIterator<Item = &'t String>, by: &str) -> String {
    let given = parts.into_iter().filter(|part| !part.is_empty());
    given.map(String::as_str).collect::<Vec<_>>().join(by)
}

/// The names of a place, the smallest first.
pub(super) fn names(ui: &mut Ui, n: &PlaceNames) {
    let names = joined([&n.place, &n.admin2, &n.admin1, &n.country], ", ");
    if !names.is_empty() {
        kit::quiet(ui, names);
    }
}

pub(super) fn not_reported(ui: &mut Ui, cx: &Context<'_>) {
    kit::quiet(ui, cx.tr(text!("card-not-reported")));
}
