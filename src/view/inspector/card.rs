//! One incident: when and where with how sure, who against whom, account, sources with their grade
//! in words, the file and line it comes from, and what that said before.

use super::{Context, Inspected, history};
use crate::domain::{
    Actor, Deaths, ImportInfo, Incident, Instant, Kind, PlacePrecision, Source, StoredIncident,
    When,
};
use crate::import::in_words;
use crate::index::Row;
use crate::locale::{date, date_range, number, number_f64, weekday_date};
use crate::scene::Weight;
use crate::session::Command;
use crate::view::theme::{BODY, ROW_H, SMALL, TITLE, color, font};
use crate::view::widgets::{self, field, section, text};
use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use jiff::civil::Date;

/// Says where an incident is not among those shown, though its card is.
fn left_out(ui: &mut Ui, cx: &Context<'_>, id: i64) {
    let row = cx.loaded.columns.row_of(id);
    if row.is_some_and(|row| !cx.derived.judged.lets_through(row as usize)) {
        let words = cx.tr("card-left-out");
        text(ui, words, Weight::Regular, BODY, cx.theme.warning);
    }
}

pub(super) fn show(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    stored: &StoredIncident,
    inspected: &Inspected,
) {
    let spanish = cx.lang.is_spanish();
    let i = &stored.incident;
    // Another record begins at its top.
    egui::ScrollArea::vertical()
        .id_salt(stored.id)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            head(ui, cx, i);
            left_out(ui, cx, stored.id);
            field(ui, cx.theme, &cx.tr("card-when"), |ui| {
                when(ui, cx, &i.when);
            });
            field(ui, cx.theme, &cx.tr("card-where"), |ui| place(ui, cx, i));
            field(ui, cx.theme, &cx.tr("card-who"), |ui| who(ui, cx, i));
            field(ui, cx.theme, &cx.tr("card-deaths"), |ui| {
                text(
                    ui,
                    match (i.deaths.low, i.deaths.best, i.deaths.high) {
                        (None, Some(best), None) => {
                            let n = number(u64::from(best));
                            cx.tr_args("card-deaths-best-only", &[("n", &n)])
                        }
                        _ => deaths_words(cx, i.deaths),
                    },
                    Weight::Regular,
                    BODY,
                    cx.theme.text,
                );
            });
            let account = i.narrative.in_language(spanish);
            if !account.is_empty() {
                section(ui, cx.theme, &cx.tr("card-account"), |_| {});
                text(ui, account, Weight::Regular, BODY, cx.theme.text);
            }
            sources(ui, cx, i);
            one_event(ui, cx, stored.id, &inspected.linked);
            linked(ui, cx, &inspected.related);
            provenance(ui, cx, stored);
            history::show(ui, cx, &inspected.history);
            extra(ui, cx, i);
            ui.add_space(16.0);
        });
}

fn head(ui: &mut Ui, cx: &mut Context<'_>, i: &Incident) {
    let title = i.title.in_language(cx.lang.is_spanish());
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
        widgets::paint_mark(
            ui.painter(),
            cx.theme,
            rect.center(),
            8.0,
            i.kind.mark(),
            i.kind.inner(),
        );
        ui.vertical(|ui| {
            text(ui, title, Weight::SemiBold, TITLE, cx.theme.text);
            let kind = cx.tr(&format!("kind-{}", i.kind.code()));
            let place = [&i.places.place, &i.places.admin1]
                .into_iter()
                .filter(|t| !t.is_empty())
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ");
            let line = if place.is_empty() {
                kind
            } else {
                format!("{kind} · {place}")
            };
            text(ui, line, Weight::Regular, BODY, cx.theme.muted);
        });
    });
    ui.horizontal(|ui| {
        ui.add_space(28.0);
        if widgets::link(ui, cx.theme, &cx.tr("card-go-to")).clicked() {
            cx.commands.push(Command::GoToSelected);
        }
    });
}

pub(super) fn when(ui: &mut Ui, cx: &Context<'_>, w: &When) {
    let words = if w.start == w.end {
        weekday_date(cx.lang, w.start)
    } else {
        date_range(cx.lang, w.start, w.end)
    };
    let precision = cx.tr(&format!("time-{}", w.precision.code()));
    two_tone(ui, cx, &words, &precision);
    if let Some(instant) = &w.instant {
        text(
            ui,
            instant_words(instant),
            Weight::Regular,
            12.0,
            cx.theme.muted,
        );
    }
}

fn place(ui: &mut Ui, cx: &Context<'_>, i: &Incident) {
    let p = &i.position;
    let coordinates = crate::view::map::coordinates(cx.lang, p.lon, p.lat);
    let precision = cx.tr(&format!("place-{}", p.precision.code()));
    text(ui, coordinates, Weight::Regular, BODY, cx.theme.text);
    let radius = p.radius_or_default_m();
    let within = if p.precision == PlacePrecision::Exact && p.radius_m.is_none() {
        precision
    } else {
        let km = number_f64(radius / 1000.0, 1);
        format!(
            "{precision} · {}",
            cx.tr_args("card-within", &[("km", &km)])
        )
    };
    text(ui, within, Weight::Regular, BODY, cx.theme.muted);
    let names = [
        &i.places.place,
        &i.places.admin2,
        &i.places.admin1,
        &i.places.country,
    ];
    let names: Vec<&str> = names
        .into_iter()
        .filter(|n| !n.is_empty())
        .map(String::as_str)
        .collect();
    if !names.is_empty() {
        text(ui, names.join(", "), Weight::Regular, BODY, cx.theme.muted);
    }
}

fn who(ui: &mut Ui, cx: &Context<'_>, i: &Incident) {
    if i.side_a.is_empty() && i.side_b.is_empty() {
        text(
            ui,
            cx.tr("card-not-reported"),
            Weight::Regular,
            BODY,
            cx.theme.muted,
        );
        return;
    }
    let side = |ui: &mut Ui, actors: &[Actor]| {
        for actor in actors {
            two_tone(
                ui,
                cx,
                &actor.name,
                &cx.tr(&format!("actor-{}", actor.actor_type.code())),
            );
        }
    };
    side(ui, &i.side_a);
    if !i.side_a.is_empty() && !i.side_b.is_empty() {
        text(ui, cx.tr("card-and"), Weight::Regular, 12.0, cx.theme.muted);
    }
    side(ui, &i.side_b);
}

/// `14:30 (UTC−05:00) · America/Matamoros`; the moment in UTC where the zone is not known here.
fn instant_words(instant: &Instant) -> String {
    let Ok(local) = instant.utc.in_tz(&instant.zone) else {
        return format!("{} · {}", instant.utc, instant.zone);
    };
    let minutes = local.offset().seconds() / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let clock = local.strftime("%H:%M");
    match instant.zone.as_str() {
        "UTC" => format!("{clock} UTC"),
        zone => format!("{clock} (UTC{sign}{hours:02}:{rest:02}) · {zone}"),
    }
}

/// A value and how sure it is, in one flowing text.
pub(super) fn two_tone(ui: &mut Ui, cx: &Context<'_>, value: &str, how_sure: &str) {
    let mut job = egui::text::LayoutJob::default();
    job.append(
        value,
        0.0,
        egui::TextFormat::simple(font(Weight::Regular, BODY), color(cx.theme.text)),
    );
    job.append(
        &format!(" · {how_sure}"),
        0.0,
        egui::TextFormat::simple(font(Weight::Regular, BODY), color(cx.theme.muted)),
    );
    ui.label(job);
}

/// `4 to 6, best estimate 5`, `5` where no bounds are given or they are the same, or that nobody
/// said.
pub(in crate::view) fn deaths_words(cx: &Context<'_>, deaths: Deaths) -> String {
    crate::session::changes::deaths_words(cx.lang, deaths)
}

fn sources(ui: &mut Ui, cx: &Context<'_>, i: &Incident) {
    let count = number(i.sources.len() as u64);
    section(ui, cx.theme, &cx.tr("card-sources"), |ui| {
        text(ui, count, Weight::Regular, 12.0, cx.theme.accent);
    });
    if i.sources.is_empty() {
        text(
            ui,
            cx.tr("card-no-source"),
            Weight::Regular,
            BODY,
            cx.theme.muted,
        );
    }
    for source in &i.sources {
        one_source(ui, cx, i, source);
    }
}

fn one_source(ui: &mut Ui, cx: &Context<'_>, i: &Incident, source: &Source) {
    let grade = crate::domain::Grade {
        reliability: source.reliability.unwrap_or(crate::domain::Reliability::F),
        ..i.grade()
    };
    let words = format!(
        "{} · {}",
        cx.tr(&format!("reliability-{}", grade.reliability.code())),
        cx.tr(&format!("credibility-{}", grade.credibility.code()))
    );
    let start = ui.cursor().min;
    ui.horizontal_top(|ui| {
        ui.add_space(10.0);
        ui.vertical(|ui| {
            let mut job = egui::text::LayoutJob::default();
            let badge = egui::TextFormat {
                background: color(cx.theme.accent_wash),
                expand_bg: 3.0,
                ..egui::TextFormat::simple(font(Weight::SemiBold, 12.0), color(cx.theme.accent))
            };
            job.append(&grade.to_string(), 3.0, badge);
            job.append(
                &words,
                10.0,
                egui::TextFormat::simple(font(Weight::Medium, BODY), color(cx.theme.text)),
            );
            ui.label(job);
            source_lines(ui, cx, source);
        });
    });
    let bottom = ui.cursor().min.y;
    ui.painter().vline(
        start.x + 2.0,
        start.y..=bottom - 4.0,
        egui::Stroke::new(2.0, color(cx.theme.line)),
    );
}

/// Who says so, when and where it can be read.
pub(super) fn source_lines(ui: &mut Ui, cx: &Context<'_>, source: &Source) {
    let mut parts: Vec<String> = [&source.publisher, &source.title]
        .into_iter()
        .filter(|t| !t.is_empty())
        .cloned()
        .collect();
    parts.extend(source.date.map(|d| date(cx.lang, d)));
    parts.extend((!source.language.is_empty()).then(|| source.language.clone()));
    text(ui, parts.join(" · "), Weight::Regular, BODY, cx.theme.muted);
    if !source.url.is_empty() {
        // Shown, not opened: no packet leaves by a click that was meant for reading.
        text(ui, &source.url, Weight::Regular, 12.0, cx.theme.accent);
    }
}

fn linked(ui: &mut Ui, cx: &mut Context<'_>, related: &[(i64, Incident)]) {
    if related.is_empty() {
        return;
    }
    let count = number(related.len() as u64);
    section(ui, cx.theme, &cx.tr("card-linked"), |ui| {
        text(ui, count, Weight::Regular, 12.0, cx.theme.accent);
    });
    for (id, other) in related {
        let title = other.title.in_language(cx.lang.is_spanish());
        other_row(ui, cx, *id, title, other.kind, other.when.start);
    }
}

/// A line that leads to another incident.
fn other_row(ui: &mut Ui, cx: &mut Context<'_>, id: i64, title: &str, kind: Kind, start: Date) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_H), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, title));
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, 6, color(cx.theme.accent_wash));
    }
    widgets::paint_mark(
        ui.painter(),
        cx.theme,
        pos2(rect.left() + 10.0, rect.center().y),
        5.5,
        kind.mark(),
        kind.inner(),
    );
    let when = date(cx.lang, start);
    let when_rect = ui.painter().text(
        rect.right_center() - vec2(2.0, 0.0),
        Align2::RIGHT_CENTER,
        when,
        font(Weight::Regular, 12.0),
        color(cx.theme.muted),
    );
    let mut job = egui::text::LayoutJob::simple_singleline(
        title.to_string(),
        font(Weight::Regular, BODY),
        color(cx.theme.text),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(when_rect.left() - rect.left() - 32.0);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(
        pos2(rect.left() + 24.0, rect.center().y - galley.size().y / 2.0),
        galley,
        color(cx.theme.text),
    );
    if response.on_hover_text(title).clicked() {
        cx.select(cx.loaded.columns.row_of(id));
        cx.commands.push(Command::GoToSelected);
    }
}

/// The other rows of the same event, and whether this one counts for it.
fn one_event(ui: &mut Ui, cx: &mut Context<'_>, id: i64, group: &[Row]) {
    let columns = &cx.loaded.columns;
    let Some(this) = columns.row_of(id).filter(|_| group.len() > 1) else {
        return;
    };
    let stands = cx.derived.judged.passes_but(this as usize, 0);
    let others: Vec<(i64, Row)> = group
        .iter()
        .filter(|row| **row != this)
        .map(|row| (columns.id[*row as usize], *row))
        .collect();
    let count = number(others.len() as u64);
    section(ui, cx.theme, &cx.tr("card-one-event"), |ui| {
        text(ui, count, Weight::Regular, 12.0, cx.theme.accent);
    });
    let note = if stands {
        "card-counts-once"
    } else {
        "card-stands-aside"
    };
    text(ui, cx.tr(note), Weight::Regular, 12.0, cx.theme.muted);
    for (id, row) in others {
        let i = row as usize;
        let title = cx.loaded.title(row, cx.lang.is_spanish());
        let dataset = columns.datasets.get(columns.dataset[i]);
        let label = format!("{dataset}: {title}");
        let kind = columns.kind[i];
        let start = crate::domain::when::date_of(columns.start_day[i]);
        other_row(ui, cx, id, &label, kind, start);
    }
}

/// Columns that no field took: kept, so shown.
fn extra(ui: &mut Ui, cx: &Context<'_>, i: &Incident) {
    if i.extra.is_empty() && i.source_kind.is_empty() {
        return;
    }
    section(ui, cx.theme, &cx.tr("card-other-columns"), |_| {});
    if !i.source_kind.is_empty() {
        column(ui, cx, &cx.tr("card-source-kind"), &i.source_kind);
    }
    for (name, value) in &i.extra {
        column(ui, cx, name, value);
    }
}

pub(super) fn column(ui: &mut Ui, cx: &Context<'_>, name: &str, value: &str) {
    let (name, value) = in_words(cx.lang, name, value);
    let mut job = egui::text::LayoutJob::default();
    job.append(
        &name,
        0.0,
        egui::TextFormat::simple(font(Weight::Regular, 12.0), color(cx.theme.muted)),
    );
    job.append(
        &format!("  {value}"),
        0.0,
        egui::TextFormat::simple(font(Weight::Regular, 12.0), color(cx.theme.text)),
    );
    ui.label(job);
}

/// Number, day and fingerprint of an import.
pub(super) fn import_line(cx: &Context<'_>, import: &ImportInfo) -> String {
    let day = import.imported_at.get(..10).unwrap_or_default();
    let day = day
        .parse()
        .map_or_else(|_| day.to_owned(), |d| date(cx.lang, d));
    let sha = import.sha256.get(..12).unwrap_or_default();
    let id = import.id.to_string();
    cx.tr_args(
        "card-import",
        &[("import", &id), ("date", &day), ("sha", sha)],
    )
}

fn provenance(ui: &mut Ui, cx: &Context<'_>, stored: &StoredIncident) {
    section(ui, cx.theme, &cx.tr("card-from"), |_| {});
    let import = &stored.import;
    let first = cx.tr_args(
        "card-dataset",
        &[
            ("dataset", &stored.dataset),
            ("id", &stored.incident.external_id),
        ],
    );
    let second = cx.tr_args(
        "card-line",
        &[
            ("file", &import.file_name),
            ("line", &stored.incident.line.to_string()),
        ],
    );
    let third = import_line(cx, import);
    for line in [first, second, third] {
        text(ui, line, Weight::Regular, 12.0, cx.theme.muted);
    }
    let attribution = cx
        .loaded
        .datasets
        .iter()
        .find(|d| d.name == stored.dataset)
        .map(|d| format!("{} {}", d.attribution, d.licence));
    if let Some(attribution) = attribution.filter(|a| !a.trim().is_empty()) {
        text(
            ui,
            attribution.trim(),
            Weight::Regular,
            SMALL,
            cx.theme.muted,
        );
    }
}
