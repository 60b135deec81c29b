//! One incident: when and where with how sure, who against whom, account, sources with their grade
//! in words, the file and line it comes from, and what that said before.

use super::{Context, Inspected, history, lines};
use crate::domain::{
    Actor, Deaths, Incident, Instant, Kind, PlacePrecision, Source, StoredIncident, When,
};
use crate::index::Row;
use crate::locale::{date, date_range, number, number_f64, weekday_date};
use crate::scene::Weight;
use crate::session::Command;
use crate::view::kit;
use crate::view::theme::{BODY, ROW_H, color, font};
use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use jiff::civil::Date;

/// Says where an incident is not among those shown, though its card is.
fn left_out(ui: &mut Ui, cx: &Context<'_>, id: i64) {
    let row = cx.loaded.columns.row_of(id);
    if row.is_some_and(|row| !cx.derived.judged.lets_through(row as usize)) {
        let words = cx.tr(text!("card-left-out"));
        kit::text(ui, words, Weight::Regular, BODY, |t| t.warning);
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
            kit::field(ui, &cx.tr(text!("card-when")), |ui| {
                when(ui, cx, &i.when);
            });
            kit::field(ui, &cx.tr(text!("card-where")), |ui| place(ui, cx, i));
            kit::field(ui, &cx.tr(text!("card-who")), |ui| who(ui, cx, i));
            kit::field(ui, &cx.tr(text!("card-deaths")), |ui| {
                kit::body(
                    ui,
                    match (i.deaths.low, i.deaths.best, i.deaths.high) {
                        (None, Some(best), None) => {
                            let n = number(u64::from(best));
                            cx.tr(text!("card-deaths-best-only", n = n))
                        }
                        _ => deaths_words(cx, i.deaths),
                    },
                );
            });
            let account = i.narrative.in_language(spanish);
            if !account.is_empty() {
                kit::section(ui, &cx.tr(text!("card-account")), |_| {});
                kit::body(ui, account);
            }
            sources(ui, cx, i);
            one_event(ui, cx, stored.id, &inspected.linked);
            linked(ui, cx, &inspected.related);
            let from = (Some(&stored.import), (i.line, i.line));
            lines::from(ui, cx, (&stored.dataset, &i.external_id), [from]);
            history::show(ui, cx, &inspected.history);
            lines::other_columns(ui, cx, &i.source_kind, &i.extra);
            ui.add_space(16.0);
        });
}

fn head(ui: &mut Ui, cx: &mut Context<'_>, i: &Incident) {
    let title = i.title.in_language(cx.lang.is_spanish());
    let kind = cx.tr(text!("kind-" + i.kind.code()));
    let place = lines::joined([&i.places.place, &i.places.admin1], ", ");
    let line = lines::joined([&kind, &place], " · ");
    lines::head(ui, cx, title, &line, |ui, rect| {
        kit::paint_mark(ui, rect.center(), 8.0, i.kind.mark(), i.kind.inner());
    });
}

pub(super) fn when(ui: &mut Ui, cx: &Context<'_>, w: &When) {
    let words = if w.start == w.end {
        weekday_date(cx.lang, w.start)
    } else {
        date_range(cx.lang, w.start, w.end)
    };
    let precision = cx.tr(text!("time-" + w.precision.code()));
    lines::two_tone(ui, &words, &precision);
    if let Some(instant) = &w.instant {
        kit::note(ui, instant_words(instant));
    }
}

fn place(ui: &mut Ui, cx: &Context<'_>, i: &Incident) {
    let p = &i.position;
    let coordinates = crate::view::map::coordinates(cx.lang, p.lon, p.lat);
    let precision = cx.tr(text!("place-" + p.precision.code()));
    kit::body(ui, coordinates);
    let radius = p.radius_or_default_m();
    let within = if p.precision == PlacePrecision::Exact && p.radius_m.is_none() {
        precision
    } else {
        let km = number_f64(radius / 1000.0, 1);
        format!("{precision} · {}", cx.tr(text!("card-within", km = km)))
    };
    kit::quiet(ui, within);
    lines::names(ui, &i.places);
}

fn who(ui: &mut Ui, cx: &Context<'_>, i: &Incident) {
    if i.side_a.is_empty() && i.side_b.is_empty() {
        return lines::not_reported(ui, cx);
    }
    let side = |ui: &mut Ui, actors: &[Actor]| {
        for actor in actors {
            lines::two_tone(
                ui,
                &actor.name,
                &cx.tr(text!("actor-" + actor.actor_type.code())),
            );
        }
    };
    side(ui, &i.side_a);
    if !i.side_a.is_empty() && !i.side_b.is_empty() {
        kit::note(ui, cx.tr(text!("card-and")));
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

/// `4 to 6, best estimate 5`, `5` where no bounds are given or they are the same, or that nobody
/// said.
pub(in crate::view) fn deaths_words(cx: &Context<'_>, deaths: Deaths) -> String {
    crate::session::changes::deaths_words(cx.lang, deaths)
}

fn sources(ui: &mut Ui, cx: &Context<'_>, i: &Incident) {
    lines::sources(ui, cx, i.sources.len());
    for one in &i.sources {
        one_source(ui, cx, i, one);
    }
}

fn one_source(ui: &mut Ui, cx: &Context<'_>, i: &Incident, one: &Source) {
    let theme = kit::theme(ui);
    let grade = crate::domain::Grade {
        reliability: one.reliability.unwrap_or(crate::domain::Reliability::F),
        ..i.grade()
    };
    let words = format!(
        "{} · {}",
        cx.tr(text!("reliability-" + grade.reliability.code())),
        cx.tr(text!("credibility-" + grade.credibility.code()))
    );
    let start = ui.cursor().min;
    ui.horizontal_top(|ui| {
        ui.add_space(10.0);
        ui.vertical(|ui| {
            let mut job = egui::text::LayoutJob::default();
            let badge = egui::TextFormat {
                background: color(theme.accent_wash),
                expand_bg: 3.0,
                ..egui::TextFormat::simple(font(Weight::SemiBold, 12.0), color(theme.accent))
            };
            job.append(&grade.to_string(), 3.0, badge);
            job.append(
                &words,
                10.0,
                egui::TextFormat::simple(font(Weight::Medium, BODY), color(theme.text)),
            );
            ui.label(job);
            lines::source(ui, cx, one);
        });
    });
    let bottom = ui.cursor().min.y;
    ui.painter().vline(
        start.x + 2.0,
        start.y..=bottom - 4.0,
        egui::Stroke::new(2.0, color(theme.line)),
    );
}

fn linked(ui: &mut Ui, cx: &mut Context<'_>, related: &[(i64, Incident)]) {
    if related.is_empty() {
        return;
    }
    lines::counted(ui, &cx.tr(text!("card-linked")), related.len());
    for (id, other) in related {
        let title = other.title.in_language(cx.lang.is_spanish());
        other_row(ui, cx, *id, title, other.kind, other.when.start);
    }
}

/// A line that leads to another incident.
fn other_row(ui: &mut Ui, cx: &mut Context<'_>, id: i64, title: &str, kind: Kind, start: Date) {
    let theme = kit::theme(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW_H), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, title));
    kit::wash(ui, rect, &response);
    kit::paint_mark(
        ui,
        pos2(rect.left() + 10.0, rect.center().y),
        5.5,
        kind.mark(),
        kind.inner(),
    );
    let when = date(cx.lang, start);
    let when_rect = kit::write(
        ui,
        rect.right_center() - vec2(2.0, 0.0),
        Align2::RIGHT_CENTER,
        when,
        (Weight::Regular, 12.0),
        theme.muted,
    );
    let (left, right) = (rect.left() + 24.0, when_rect.left() - 8.0);
    kit::elided(ui, title, theme.text, left, right, rect.center().y);
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
    lines::counted(ui, &cx.tr(text!("card-one-event")), others.len());
    let note = if stands {
        text!("card-counts-once")
    } else {
        text!("card-stands-aside")
    };
    kit::note(ui, cx.tr(note));
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
