//! At the left of the bars: the rate in the window, against the time before, and the peak. Each
//! number leads to its rows.

use super::*;
use crate::query::{Window, rows_within};

pub(super) fn summary(ui: &mut Ui, cx: &mut Context<'_>, state: &State) {
    let Some(cached) = &state.cached else { return };
    let width = cached.bars.width;
    let figure = cx.workspace.figure;
    let selection = &cx.derived.selection;
    let total = selection.sum(figure);
    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
    let caption = cx.tr(text!("figure-" + figure.code())).to_lowercase();
    let caption = match average(cx, &cached.bars) {
        Some(average) => format!("{caption} · {average}"),
        None => caption,
    };
    kit::note(ui, &caption).on_hover_text(cx.tr(text!("time-average-tip")));
    ui.horizontal(|ui| {
        let big = number(total);
        let name = cx.counted(&big);
        let shown = number(cx.derived.selection.len() as u64);
        let tip = cx.tr(text!("time-select-shown", n = shown));
        if number_button(ui, &big, Weight::SemiBold, NUMBER, &name)
            .on_hover_text(tip)
            .clicked()
        {
            cx.select(cx.derived.selection.rows.iter().copied());
        }
        if let Some(before) = cached.before.as_ref().filter(|b| b.sum > 0) {
            before_button(ui, cx, before, total);
        }
    });
    if let Some(peak) = cached.bars.peak().filter(|b| b.units() > 0) {
        let text = peak_text(cx, width, peak);
        if number_button(ui, &text, Weight::Regular, 12.0, &text)
            .on_hover_text(cx.tr(text!("time-select-bar")))
            .clicked()
        {
            select_bin(cx, peak);
        }
    }
}

/// What the bars inside the time of the filter have on average, in words: counted as they are, so
/// that it is never more than the tallest. `None` where there are none.
fn average(cx: &Context<'_>, bars: &Histogram) -> Option<String> {
    let (from, to) = window_days(cx);
    let inside = |b: &&Bin| hour_of(from) < b.end_hour && hour_of(to + 1) > b.start_hour;
    let inside: Vec<&Bin> = bars.bins.iter().filter(inside).collect();
    let first = inside.first()?.start_hour.max(hour_of(from));
    let end = inside.last()?.end_hour.min(hour_of(to + 1));
    let units = inside.iter().flat_map(|b| b.inside);
    let sum: f64 = units.map(incidents_of).sum();
    let (unit, n) = rate(sum, (end - first) as f64, bars.width);
    let n = if n > 0.0 && n < 0.05 {
        format!("< {}", number_f64(0.1, 1))
    } else {
        about(n)
    };
    Some(cx.tr(text!("time-average-" + unit.code(), n = n)))
}

/// How much there is in a unit of time: that of the bars, or the first longer one up to a year that holds
/// one at least, as 0.02 an hour tells nobody anything. None is longer than the `hours` there are.
fn rate(sum: f64, hours: f64, bars: BinWidth) -> (BinWidth, f64) {
    let of = |unit: BinWidth| sum / (hours / unit.hours()).max(1.0);
    // A year of 365 days is one.
    let fitting = |unit: &BinWidth| {
        *unit == bars || (unit.hours() <= hours * 1.01 && *unit <= BinWidth::Year)
    };
    let units = BinWidth::ALL.into_iter().filter(|unit| *unit >= bars);
    let mut last = bars;
    for unit in units.filter(fitting) {
        last = unit;
        if of(unit) >= 1.0 {
            break;
        }
    }
    (last, of(last))
}

/// How many times as many there are as before.
fn before_button(ui: &mut Ui, cx: &mut Context<'_>, before: &Before, total: u64) {
    let times = total as f64 / before.sum as f64;
    let times = number_f64(times, 1);
    let text = cx.tr(text!("time-against-before", times = times));
    let tip = cx.tr(text!(
        "time-select-before",
        n = number(before.rows.len() as u64)
    ));
    if number_button(ui, &text, Weight::Regular, 12.0, &text)
        .on_hover_text(tip)
        .clicked()
    {
        cx.select(before.rows.iter().copied());
    }
}

/// First and last day that the filter lets through and the data has.
fn window_days(cx: &Context<'_>) -> (i32, i32) {
    let extent = cx.loaded.columns.day_extent().unwrap_or((0, 0));
    let filter = &cx.workspace.filter;
    let from = filter.from.map_or(extent.0, day_number).max(extent.0);
    (from, filter.to.map_or(extent.1, day_number).min(extent.1))
}

/// What lies in the time before the window, with what is counted of it.
pub(super) struct Before {
    rows: Vec<Row>,
    sum: u64,
}

/// What lies in the time of the same length before the window, where there is a whole such time in the
/// data.
pub(super) fn before(cx: &Context<'_>) -> Option<Before> {
    let filter = &cx.workspace.filter;
    filter.from?;
    let (from, to) = window_days(cx);
    let window = Window {
        from: from - (to - from + 1),
        to: from - 1,
    };
    if window.from < cx.loaded.columns.day_extent()?.0 || window.to < window.from {
        return None;
    }
    let (columns, judged) = (&cx.loaded.columns, &cx.derived.judged);
    let rows = rows_within(columns, judged, filter.certain, window);
    let n = |row: &Row| u64::from(cx.workspace.figure.of(columns, *row));
    Some(Before {
        sum: rows.iter().map(n).sum(),
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_in_a_unit_that_holds_one() {
        let days = |n: f64| n * 24.0;
        // Five in four days; thirty in five years of weeks; many in decades of months.
        assert_eq!(rate(5.0, days(4.0), BinWidth::Day), (BinWidth::Day, 1.25));
        let (unit, n) = rate(30.0, days(1826.0), BinWidth::Week);
        assert_eq!((unit, n.round() as u32), (BinWidth::Year, 6));
        let (unit, _) = rate(18_957.0, days(12_000.0), BinWidth::Month);
        assert_eq!(unit, BinWidth::Month);
        // Two in a common year; none is spread over more time than there is, nor given by the decade.
        assert_eq!(rate(2.0, days(365.0), BinWidth::Week).0, BinWidth::Year);
        assert_eq!(rate(0.0, days(40.0), BinWidth::Day), (BinWidth::Month, 0.0));
        assert_eq!(rate(1.0, days(1.0), BinWidth::Hour), (BinWidth::Day, 1.0));
        assert_eq!(rate(3.0, days(12_000.0), BinWidth::Month).0, BinWidth::Year);
    }
}
