//! At the left of the bars: the rate in the window, against the time before, and the peak. Each
//! number leads to its rows.

use super::*;
use crate::query::{Window, rows_within};

pub(super) fn summary(ui: &mut Ui, cx: &mut Context<'_>, state: &State) {
    let Some(cached) = &state.cached else { return };
    let width = cached.bars.width;
    let (from, to) = window_days(cx);
    let hours = f64::from(to - from + 1) * 24.0;
    let (unit, rate) = rate(cx.derived.selection.len(), hours, width);
    let big = if rate >= 1000.0 {
        number(rate.round() as u64)
    } else {
        number_f64(rate, usize::from(rate < 10.0))
    };
    let caption = cx.tr(&format!("time-rate-{}", unit.code()));
    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
    widgets::text(ui, &caption, Weight::Regular, 12.0, cx.theme.muted);
    let shown = number(cx.derived.selection.len() as u64);
    ui.horizontal(|ui| {
        let name = format!("{big} {caption}");
        let tip = cx.tr_args("time-select-shown", &[("n", &shown)]);
        if number_button(ui, cx, &big, Weight::SemiBold, NUMBER, &name)
            .on_hover_text(tip)
            .clicked()
        {
            cx.select(cx.derived.selection.rows.iter().copied());
        }
        if let Some(before) = cached.before.as_ref().filter(|b| !b.is_empty()) {
            before_button(ui, cx, before);
        }
    });
    if let Some(peak) = cached.bars.peak().filter(|b| b.units() > 0) {
        let text = peak_text(cx, width, peak);
        if number_button(ui, cx, &text, Weight::Regular, 12.0, &text)
            .on_hover_text(cx.tr("time-select-bar"))
            .clicked()
        {
            select_bin(cx, peak);
        }
    }
}

/// How many incidents there are in a unit of time: that of the bars, or the first longer one that holds
/// one at least, as 0.02 an hour tells nobody anything. None is longer than the `hours` there are.
fn rate(incidents: usize, hours: f64, bars: BinWidth) -> (BinWidth, f64) {
    let of = |unit: BinWidth| incidents as f64 / (hours / unit.hours()).max(1.0);
    // A year of 365 days is one.
    let fitting = |unit: &BinWidth| *unit == bars || unit.hours() <= hours * 1.01;
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
fn before_button(ui: &mut Ui, cx: &mut Context<'_>, before: &[Row]) {
    let times = cx.derived.selection.len() as f64 / before.len() as f64;
    let times = number_f64(times, 1);
    let text = cx.tr_args("time-against-before", &[("times", &times)]);
    let tip = cx.tr_args("time-select-before", &[("n", &number(before.len() as u64))]);
    if number_button(ui, cx, &text, Weight::Regular, 12.0, &text)
        .on_hover_text(tip)
        .clicked()
    {
        cx.select(before.iter().copied());
    }
}

/// First and last day that the filter lets through and the data has.
fn window_days(cx: &Context<'_>) -> (i32, i32) {
    let extent = cx.loaded.columns.day_extent().unwrap_or((0, 0));
    let filter = &cx.workspace.filter;
    let from = filter.from.map_or(extent.0, day_number).max(extent.0);
    (from, filter.to.map_or(extent.1, day_number).min(extent.1))
}

/// What lies in the time of the same length before the window, where there is a whole such time in the
/// data.
pub(super) fn before(cx: &Context<'_>) -> Option<Vec<Row>> {
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
    Some(rows_within(columns, judged, filter.certain, window))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_in_a_unit_that_holds_one() {
        let days = |n: f64| n * 24.0;
        // Five in four days; thirty in five years of weeks; many in decades of months.
        assert_eq!(rate(5, days(4.0), BinWidth::Day), (BinWidth::Day, 1.25));
        let (unit, n) = rate(30, days(1826.0), BinWidth::Week);
        assert_eq!((unit, n.round() as u32), (BinWidth::Year, 6));
        assert_eq!(
            rate(18_957, days(12_000.0), BinWidth::Month).0,
            BinWidth::Month
        );
        // Two in a common year; none is spread over more time than there is.
        assert_eq!(rate(2, days(365.0), BinWidth::Week).0, BinWidth::Year);
        assert_eq!(rate(0, days(40.0), BinWidth::Day), (BinWidth::Month, 0.0));
        assert_eq!(rate(1, days(1.0), BinWidth::Hour), (BinWidth::Day, 1.0));
    }
}
