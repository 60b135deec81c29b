//! A movement or a place: what is said of it and by which line of which file; of a place what was
//! measured there, as bars and as a list that says where each number stands.

use super::card::{column, source_lines, two_tone, when};
use super::{Context, Inspected, history};
use crate::domain::{LocalText, Measured, Movement, Place, StoredSeries, StoredValue};
use crate::locale::{date, number, number_f64, period};
use crate::scene::layers::{movements, places};
use crate::scene::{Way, Weight};
use crate::session::Command;
use crate::view::theme::{BODY, SMALL, TITLE, color, font};
use crate::view::widgets::{self, field, section, text};
use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Shows what is inspected; `false` where it is neither.
pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, inspected: &Inspected) -> bool {
    let loaded = cx.loaded;
    let Some(way) = inspected.way else {
        return false;
    };
    let scroll = egui::ScrollArea::vertical()
        .id_salt(way)
        .auto_shrink([false, false]);
    match way {
        Way::Movement(id) => {
            let Some(stored) = loaded.movements.iter().find(|m| m.id == id) else {
                return false;
            };
            scroll.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                movement(ui, cx, way, &stored.movement);
                let m = &stored.movement;
                from_row(
                    ui,
                    cx,
                    &stored.dataset,
                    &m.external_id,
                    stored.import_id,
                    m.line,
                );
                history::show(ui, cx, &inspected.history);
                other_columns(ui, cx, &m.extra);
                ui.add_space(16.0);
            });
        }
        Way::Place(id) => {
            let Some(stored) = loaded.places.iter().find(|p| p.id == id) else {
                return false;
            };
            scroll.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                place(ui, cx, way, &stored.place);
                for one in &inspected.series {
                    series(ui, cx, one);
                }
                from_file(
                    ui,
                    cx,
                    &stored.dataset,
                    &stored.place.external_id,
                    &inspected.series,
                );
                history::show(ui, cx, &inspected.history);
                ui.add_space(16.0);
            });
        }
    }
    true
}

fn head(ui: &mut Ui, cx: &mut Context<'_>, way: Way, name: &LocalText, what: &str) {
    let name = name.in_language(cx.lang.is_spanish());
    let name = if name.is_empty() { what } else { name };
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
        let at = [rect.center().x, rect.center().y];
        let items = match way {
            Way::Place(_) => places::sign(cx.theme, at, places::HALF_PX, false),
            Way::Movement(id) => {
                let kind = cx.loaded.tracks.iter().find(|t| t.id == id).map(|t| t.kind);
                let kind = kind.unwrap_or(crate::domain::MovementKind::Track);
                movements::sign(cx.theme, kind, [rect.left(), at[1]], rect.width())
            }
        };
        crate::view::replay::paint(ui, items);
        ui.vertical(|ui| {
            text(ui, name, Weight::SemiBold, TITLE, cx.theme.text);
            text(ui, what, Weight::Regular, BODY, cx.theme.muted);
        });
    });
    ui.horizontal(|ui| {
        ui.add_space(28.0);
        if widgets::link(ui, cx.theme, &cx.tr("card-go-to")).clicked() {
            cx.commands.push(Command::GoToSelected);
        }
    });
}

fn movement(ui: &mut Ui, cx: &mut Context<'_>, way: Way, m: &Movement) {
    let kind = cx.tr(&format!("movement-{}", m.kind.code()));
    head(ui, cx, way, &m.name, &kind);
    field(ui, cx.theme, &cx.tr("card-when"), |ui| match &m.when {
        Some(w) => when(ui, cx, w),
        None => not_reported(ui, cx),
    });
    let track = cx.loaded.tracks.iter().find(|t| Way::Movement(t.id) == way);
    if let Some(track) = track {
        let points = m.path.0.iter().map(|line| line.0.len()).sum::<usize>();
        let km = number_f64(track.length_m / 1000.0, 1);
        let line = cx.tr_args("way-length", &[("km", &km), ("n", &number(points as u64))]);
        field(ui, cx.theme, &cx.tr("card-where"), |ui| {
            text(ui, line, Weight::Regular, BODY, cx.theme.text);
        });
    }
    field(ui, cx.theme, &cx.tr("card-who"), |ui| match &m.actor {
        Some(actor) => {
            let kind = cx.tr(&format!("actor-{}", actor.actor_type.code()));
            two_tone(ui, cx, &actor.name, &kind);
        }
        None => not_reported(ui, cx),
    });
    field(ui, cx.theme, &cx.tr("way-amount"), |ui| match m.amount {
        Some(n) => {
            let line = format!("{} {}", value_words(n), m.unit);
            text(ui, line.trim(), Weight::Regular, BODY, cx.theme.text);
        }
        None => not_reported(ui, cx),
    });
    let note = m.note.in_language(cx.lang.is_spanish());
    if !note.is_empty() {
        section(ui, cx.theme, &cx.tr("card-account"), |_| {});
        text(ui, note, Weight::Regular, BODY, cx.theme.text);
    }
    let count = number(m.sources.len() as u64);
    section(ui, cx.theme, &cx.tr("card-sources"), |ui| {
        text(ui, count, Weight::Regular, 12.0, cx.theme.accent);
    });
    if m.sources.is_empty() {
        let none = cx.tr("card-no-source");
        text(ui, none, Weight::Regular, BODY, cx.theme.muted);
    }
    for source in &m.sources {
        if let Some(reliability) = source.reliability {
            let words = cx.tr(&format!("reliability-{}", reliability.code()));
            text(ui, words, Weight::Medium, BODY, cx.theme.text);
        }
        source_lines(ui, cx, source);
    }
}

fn not_reported(ui: &mut Ui, cx: &Context<'_>) {
    let words = cx.tr("card-not-reported");
    text(ui, words, Weight::Regular, BODY, cx.theme.muted);
}

fn place(ui: &mut Ui, cx: &mut Context<'_>, way: Way, p: &Place) {
    let what = match p.kind.is_empty() {
        true => cx.tr("way-place"),
        false => p.kind.clone(),
    };
    head(ui, cx, way, &p.name, &what);
    field(ui, cx.theme, &cx.tr("card-where"), |ui| {
        if let Some(at) = p.position {
            let coordinates = crate::view::map::coordinates(cx.lang, at.lon, at.lat);
            let precision = cx.tr(&format!("place-{}", at.precision.code()));
            two_tone(ui, cx, &coordinates, &precision);
        } else {
            not_reported(ui, cx);
        }
        let n = &p.names;
        let names: Vec<&str> = [&n.place, &n.admin2, &n.admin1, &n.country]
            .into_iter()
            .filter(|n| !n.is_empty())
            .map(String::as_str)
            .collect();
        if !names.is_empty() {
            text(ui, names.join(", "), Weight::Regular, BODY, cx.theme.muted);
        }
    });
}

/// `1,234.5`, of whatever unit.
fn value_words(value: f64) -> String {
    match value >= 0.0 && value.fract() == 0.0 && value < 1e15 {
        true => number(value as u64),
        false => number_f64(value, 2),
    }
}

/// One measure: what is counted, bars over time, and every number with where it stands.
fn series(ui: &mut Ui, cx: &Context<'_>, series: &StoredSeries) {
    let known = series.values.iter().filter_map(|v| v.measured.value);
    let (n, sum) = known.fold((0_u64, 0.0), |(n, sum), v| (n + 1, sum + v));
    let title = match series.measure.is_empty() {
        true => cx.tr("way-series"),
        false => series.measure.clone(),
    };
    section(ui, cx.theme, &title, |_| {});
    let (Some(first), Some(last)) = (series.values.first(), series.values.last()) else {
        return;
    };
    let span = period(cx.lang, first.measured.from, last.measured.to);
    let told = format!("{} {}", value_words(sum), series.unit);
    let unknown = series.values.len() as u64 - n;
    let mut line = cx.tr_args(
        "way-series-sum",
        &[("sum", told.trim()), ("n", &number(n)), ("period", &span)],
    );
    if unknown > 0 {
        let more = cx.tr_args("way-series-unknown", &[("n", &number(unknown))]);
        line = format!("{line} {more}");
    }
    text(ui, &line, Weight::Regular, BODY, cx.theme.text);
    bars(ui, cx, series, &format!("{title}. {line}"));
    let id = ui.make_persistent_id(("series", &series.measure, &series.unit));
    let state =
        egui::collapsing_header::CollapsingState::load_with_default_open(ui.ctx(), id, false);
    let open = state.is_open();
    let shown = number(series.values.len() as u64);
    let key = if open {
        "way-numbers-hide"
    } else {
        "way-numbers-show"
    };
    let name = cx.tr_args(key, &[("n", &shown)]);
    if widgets::link(ui, cx.theme, &name).clicked() {
        let mut state = state;
        state.set_open(!open);
        state.store(ui.ctx());
    }
    if open {
        numbers(ui, cx, &series.values);
    }
}

/// A bar a value, as wide as its days; where nobody gave a number a hatch stands, not nothing.
fn bars(ui: &mut Ui, cx: &Context<'_>, series: &StoredSeries, spoken: &str) {
    const HEIGHT: f32 = 64.0;
    let values = &series.values;
    let (Some(first), Some(last)) = (values.first(), values.iter().map(|v| v.measured.to).max())
    else {
        return;
    };
    let size = vec2(ui.available_width(), HEIGHT + 16.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, spoken));
    let plot = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + HEIGHT));
    let day = |d: jiff::civil::Date| crate::domain::when::day_number(d);
    let (start, days) = (
        day(first.measured.from),
        (day(last) - day(first.measured.from) + 1).max(1) as f32,
    );
    let known = values.iter().filter_map(|v| v.measured.value);
    let (low, high) = known.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
    let range = (high - low).max(f64::MIN_POSITIVE);
    let y = |v: f64| plot.bottom() - ((v - low) / range) as f32 * (HEIGHT - 2.0);
    let x = |d: i32| plot.left() + (d - start) as f32 / days * plot.width();
    let painter = ui.painter();
    let pointer = response.hover_pos();
    let mut under = None;
    for value in values {
        let Measured { from, to, value: n } = value.measured;
        let (left, right) = (x(day(from)), x(day(to) + 1));
        let right = (right - 0.8).max(left + 0.8);
        let column = Rect::from_min_max(pos2(left, plot.top()), pos2(right, plot.bottom()));
        let hovered = pointer.is_some_and(|p| p.x >= left && p.x < x(day(to) + 1));
        if hovered {
            under = Some(value);
        }
        match n {
            Some(n) => {
                let (a, b) = (y(0.0), y(n));
                let bar = Rect::from_min_max(pos2(left, a.min(b)), pos2(right, a.max(b)));
                let ink = if hovered {
                    cx.theme.accent
                } else {
                    cx.theme.movement
                };
                painter.rect_filled(bar, 0, color(ink));
            }
            None => {
                painter.rect_filled(column, 0, color(cx.theme.faint.with_alpha(0.25)));
                let at = column.center();
                let ink = color(cx.theme.muted);
                if column.width() > 7.0 {
                    painter.text(
                        at,
                        Align2::CENTER_CENTER,
                        "?",
                        font(Weight::Regular, 11.0),
                        ink,
                    );
                }
            }
        }
    }
    let pen = egui::Stroke::new(1.0, color(cx.theme.line));
    painter.hline(plot.x_range(), y(0.0), pen);
    let small = |at, anchor, words: String| {
        painter.text(
            at,
            anchor,
            words,
            font(Weight::Regular, SMALL),
            color(cx.theme.muted),
        );
    };
    let foot = rect.bottom();
    small(
        pos2(rect.left(), foot),
        Align2::LEFT_BOTTOM,
        date(cx.lang, first.measured.from),
    );
    small(
        pos2(rect.right(), foot),
        Align2::RIGHT_BOTTOM,
        date(cx.lang, last),
    );
    if let Some(value) = under {
        response.on_hover_text_at_pointer(value_line(cx, value));
    }
}

fn value_line(cx: &Context<'_>, v: &StoredValue) -> String {
    let when = period(cx.lang, v.measured.from, v.measured.to);
    let said = v
        .measured
        .value
        .map_or_else(|| cx.tr("card-not-reported"), value_words);
    format!("{when}: {said}")
}

/// Every number, newest first, with the line that gives it.
fn numbers(ui: &mut Ui, cx: &Context<'_>, values: &[StoredValue]) {
    const MOST: usize = 600;
    for v in values.iter().rev().take(MOST) {
        let file = file_of(cx, v.import_id);
        let from = cx.tr_args(
            "card-line",
            &[("file", file), ("line", &v.line.to_string())],
        );
        two_tone(ui, cx, &value_line(cx, v), &from);
    }
    let hidden = values.len().saturating_sub(MOST);
    if hidden > 0 {
        let more = cx.tr_args("way-numbers-more", &[("n", &number(hidden as u64))]);
        text(ui, more, Weight::Regular, 12.0, cx.theme.muted);
    }
}

fn file_of<'a>(cx: &Context<'a>, import_id: i64) -> &'a str {
    let imports = &cx.loaded.imports;
    let import = imports.iter().find(|i| i.id == import_id);
    import.map_or("?", |i| &i.file_name)
}

fn from_row(
    ui: &mut Ui,
    cx: &Context<'_>,
    dataset: &str,
    external_id: &str,
    import_id: i64,
    line: u64,
) {
    section(ui, cx.theme, &cx.tr("card-from"), |_| {});
    let of = cx.tr_args("card-dataset", &[("dataset", dataset), ("id", external_id)]);
    let file = file_of(cx, import_id);
    let at = cx.tr_args("card-line", &[("file", file), ("line", &line.to_string())]);
    for words in [of, at, import_line(cx, import_id)] {
        text(ui, words, Weight::Regular, 12.0, cx.theme.muted);
    }
    attribution(ui, cx, dataset);
}

/// Of a place: the files whose rows tell of it, and the lines from first to last.
fn from_file(
    ui: &mut Ui,
    cx: &Context<'_>,
    dataset: &str,
    external_id: &str,
    series: &[StoredSeries],
) {
    let mut lines: std::collections::BTreeMap<i64, (u64, u64)> = std::collections::BTreeMap::new();
    for v in series.iter().flat_map(|s| &s.values) {
        let span = lines.entry(v.import_id).or_insert((v.line, v.line));
        *span = (span.0.min(v.line), span.1.max(v.line));
    }
    section(ui, cx.theme, &cx.tr("card-from"), |_| {});
    let of = cx.tr_args("card-dataset", &[("dataset", dataset), ("id", external_id)]);
    text(ui, of, Weight::Regular, 12.0, cx.theme.muted);
    for (import_id, (first, last)) in lines {
        let told = match first == last {
            true => first.to_string(),
            false => format!("{first} – {last}"),
        };
        let file = file_of(cx, import_id);
        let at = cx.tr_args("card-line", &[("file", file), ("line", &told)]);
        text(ui, at, Weight::Regular, 12.0, cx.theme.muted);
        text(
            ui,
            import_line(cx, import_id),
            Weight::Regular,
            12.0,
            cx.theme.muted,
        );
    }
    attribution(ui, cx, dataset);
}

fn import_line(cx: &Context<'_>, import_id: i64) -> String {
    let imports = &cx.loaded.imports;
    imports
        .iter()
        .find(|i| i.id == import_id)
        .map_or_else(String::new, |import| super::card::import_line(cx, import))
}

fn attribution(ui: &mut Ui, cx: &Context<'_>, dataset: &str) {
    let found = cx.loaded.datasets.iter().find(|d| d.name == dataset);
    let words = found.map(|d| format!("{} {}", d.attribution, d.licence));
    if let Some(words) = words.filter(|w| !w.trim().is_empty()) {
        text(ui, words.trim(), Weight::Regular, SMALL, cx.theme.muted);
    }
}

/// Columns that no field took: kept, so shown.
fn other_columns(ui: &mut Ui, cx: &Context<'_>, extra: &[(String, String)]) {
    if extra.is_empty() {
        return;
    }
    section(ui, cx.theme, &cx.tr("card-other-columns"), |_| {});
    for (name, value) in extra {
        column(ui, cx, name, value);
    }
}
