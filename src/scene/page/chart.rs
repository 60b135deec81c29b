//! Incidents over time, the time shown in the accent colour.

use super::super::drawing::{Anchor, Primitive, Stroke, Weight, rectangle};
use super::super::text::Font;
use super::super::view::MapView;
use super::pen::{Block, Pen};
use super::spec::PageSpec;
use crate::domain::when::{date_of, day_number};
use crate::locale::{Lang, month_short, number, tr};
use crate::query::{
    Ask, Bin, BinWidth, Figure, HOURS, Histogram, day_of, histogram_of, hour_of, select,
};
use jiff::civil::Date;

/// The first day of a bar.
fn start(bin: &Bin) -> Date {
    date_of(day_of(bin.start_hour))
}

const BARS_PX: f32 = 64.0;
const MOST_BARS: i32 = 72;
const SMALL: Font = Font::new(11.0, Weight::Regular);

/// A bar a day, week, month or year, of all that passes the filter but for its time.
fn bins(view: &MapView, spec: &PageSpec) -> Option<Histogram> {
    let any_time = spec.filter.any_time();
    let ask = Ask {
        filter: &any_time,
        found: spec.found,
        links: spec.links,
    };
    let (columns, window) = (view.columns, view.projector().window());
    let mut rows = select(columns, ask).rows;
    rows.retain(|r| window.holds_row(columns, *r));
    // Rows are in the order of their days.
    let first = columns.start_day[*rows.first()? as usize];
    let last = columns.start_day[*rows.last()? as usize];
    // Bars of a day at least: print has no room for hours.
    let width = BinWidth::fitting(hour_of(last - first).max(hour_of(MOST_BARS)), MOST_BARS);
    let span = (hour_of(first), hour_of(last) + HOURS);
    let found = histogram_of(columns, rows.into_iter(), (Figure::Incidents, span, width));
    (found.bins.len() > 1).then_some(found)
}

fn drawn(view: &MapView, spec: &PageSpec, width: f32) -> Option<Block> {
    let lang = view.lang;
    let chart = bins(view, spec)?;
    let peak = chart.peak().filter(|p| p.total() > 0.0)?;
    let (first, last) = (start(chart.bins.first()?), start(chart.bins.last()?));
    let years = if first.year() == last.year() {
        first.year().to_string()
    } else {
        format!("{}–{}", first.year(), last.year())
    };
    let mut pen = Pen::new(view.theme);
    let title = text!("page-chart-" + chart.width.code(), years = years);
    pen.head(&tr(lang, title), width);
    pen.down(9.0);
    let label = name(lang, chart.width, start(peak));
    let n = number(peak.total().round() as u64);
    let peak_text = tr(lang, text!("page-chart-peak", n = n, when = label));
    pen.text(
        0.0,
        &SMALL.fitted(&peak_text, width),
        SMALL,
        view.theme.muted,
    );
    pen.down(14.0);
    bars(&mut pen, view, spec, &chart, width);
    axis(&mut pen, lang, &chart, width);
    Some(pen.done())
}

/// Nothing where all lies in one bar.
pub fn block(view: &MapView, spec: &PageSpec, width: f32) -> Block {
    drawn(view, spec, width).unwrap_or_default()
}

fn bars(pen: &mut Pen, view: &MapView, spec: &PageSpec, chart: &Histogram, width: f32) {
    let most = chart.bins.iter().map(Bin::total).fold(1.0, f64::max) as f32;
    let step = width / chart.bins.len() as f32;
    let gap = (step * 0.16).min(1.5);
    let from = spec.filter.from.map_or(i32::MIN, day_number);
    let to = spec.filter.to.map_or(i32::MAX, day_number);
    let bottom = pen.y + BARS_PX;
    for (i, bin) in chart
        .bins
        .iter()
        .enumerate()
        .filter(|(_, b)| b.total() > 0.0)
    {
        let shown = day_of(bin.start_hour) <= to && day_of(bin.end_hour - 1) >= from;
        // The smallest bar can still be seen.
        let height = (bin.total() as f32 / most * BARS_PX).max(0.8);
        let (left, right) = (i as f32 * step, (i + 1) as f32 * step - gap);
        let off = view.theme.faint.mix(view.theme.background, 0.5);
        pen.push(Primitive::area(
            vec![rectangle([left, bottom - height, right, bottom])],
            Some(if shown { view.theme.accent } else { off }),
            None,
        ));
    }
    let stroke = Stroke::solid(view.theme.muted, 0.8);
    pen.push(Primitive::line(
        vec![[0.0, bottom], [width, bottom]],
        stroke,
    ));
    pen.y = bottom;
}

/// As many bin names as have room, evenly from the first on.
fn axis(pen: &mut Pen, lang: Lang, chart: &Histogram, width: f32) {
    let count = chart.bins.len();
    let step = width / count as f32;
    let names: Vec<String> = chart
        .bins
        .iter()
        .map(|b| name(lang, chart.width, start(b)))
        .collect();
    let widest = names.iter().map(|n| SMALL.width_px(n)).fold(0.0, f32::max);
    let fit = ((width / (widest + 22.0)).floor() as usize).clamp(1, count);
    let every = nice_step(chart.width, count.div_ceil(fit));
    let starts = |b: &Bin| match chart.width {
        // Round years, and Januaries where months are counted by the year.
        BinWidth::Year => i32::from(start(b).year()) % every == 0,
        BinWidth::Month if every >= 12 => {
            start(b).month() == 1 && i32::from(start(b).year()) % (every / 12) == 0
        }
        _ => false,
    };
    let even = !chart.bins.iter().any(starts);
    let (y, color, tick) = (pen.y, pen.theme.muted, Stroke::solid(pen.theme.muted, 0.8));
    pen.down(13.0);
    for (i, bin) in chart.bins.iter().enumerate() {
        if !(starts(bin) || (even && (i as i32) % every == 0)) {
            continue;
        }
        let text = if chart.width == BinWidth::Month && every >= 12 {
            start(bin).year().to_string()
        } else {
            names[i].clone()
        };
        let half = SMALL.width_px(&text) / 2.0;
        let x = (i as f32 + 0.5) * step;
        pen.push(Primitive::line(vec![[x, y], [x, y + 3.0]], tick));
        let at = x.clamp(half.min(width / 2.0), (width - half).max(width / 2.0));
        pen.anchored(at, Anchor::Center, &text, SMALL, color);
    }
    pen.down(7.0);
}

/// At least `least` bins between names: a number of years or months that people count in.
fn nice_step(width: BinWidth, least: usize) -> i32 {
    let nice: &[i32] = match width {
        BinWidth::Year | BinWidth::Decade => &[1, 2, 5, 10, 20, 50, 100],
        BinWidth::Month => &[1, 2, 3, 6, 12, 24, 60, 120],
        BinWidth::Week | BinWidth::Day | BinWidth::Hour => &[1, 2, 4, 7, 14, 28, 56],
    };
    nice.iter()
        .copied()
        .find(|n| *n as usize >= least)
        .unwrap_or(least as i32)
}

/// A bin in words: `2010`, `May 2010`, `3 May`.
fn name(lang: Lang, width: BinWidth, date: Date) -> String {
    match width {
        BinWidth::Year | BinWidth::Decade => date.year().to_string(),
        BinWidth::Month => format!("{} {}", month_short(lang, date.month()), date.year()),
        BinWidth::Week | BinWidth::Day | BinWidth::Hour => {
            format!("{} {}", date.day(), month_short(lang, date.month()))
        }
    }
}
