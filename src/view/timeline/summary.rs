//! At the left of the bars: the rate in the window, against the time before.

use super::*;

/// At the left: the rate in the window, against the time before.
pub(super) fn summary(ui: &Ui, cx: &Context<'_>, state: &State, rect: Rect) {
    let Some(Cached { bars, .. }) = &state.cached else {
        return;
    };
    let width = bars.width;
    let extent = cx.loaded.columns.day_extent().unwrap_or((0, 0));
    let filter = &cx.workspace.filter;
    let from = filter.from.map_or(extent.0, day_number).max(extent.0);
    let to = filter.to.map_or(extent.1, day_number).min(extent.1);
    let days_a_unit = match width {
        BinWidth::Day => 1.0,
        BinWidth::Week => 7.0,
        BinWidth::Month => 30.436_875,
        BinWidth::Year => 365.2425,
    };
    let units = (f64::from(to - from + 1) / days_a_unit).max(1.0);
    let rate = cx.derived.selection.len() as f64 / units;
    let theme = cx.theme;
    let painter = ui.painter();
    let caption = cx.tr(&format!("time-rate-{}", width.code()));
    painter.text(
        rect.min + vec2(2.0, 8.0),
        Align2::LEFT_CENTER,
        caption,
        font(Weight::Regular, 12.0),
        color(theme.muted),
    );
    let decimals = usize::from(rate < 10.0);
    let big = if rate >= 1000.0 {
        number(rate.round() as u64)
    } else {
        number_f64(rate, decimals)
    };
    let at = rect.min + vec2(2.0, 34.0);
    let big_rect = painter.text(
        at,
        Align2::LEFT_CENTER,
        big,
        font(Weight::SemiBold, NUMBER),
        color(theme.text),
    );
    if let Some(text) = against_before(cx, from, to) {
        painter.text(
            pos2(big_rect.right() + 8.0, at.y + 3.0),
            Align2::LEFT_CENTER,
            text,
            font(Weight::Regular, 12.0),
            color(theme.muted),
        );
    }
    if let Some(peak) = bars.peak().filter(|b| b.total() > 0.0) {
        let when = bin_name(cx, bars.width, peak.start_day);
        let text = cx.tr_args("time-peak", &[("when", &when), ("n", &about(peak.total()))]);
        painter.text(
            rect.min + vec2(2.0, 60.0),
            Align2::LEFT_CENTER,
            text,
            font(Weight::Regular, 12.0),
            color(theme.muted),
        );
    }
}

/// The window's count against that of the same length before it, where there is a whole such
/// time in the data.
fn against_before(cx: &Context<'_>, from: i32, to: i32) -> Option<String> {
    cx.workspace.filter.from?;
    let length = to - from + 1;
    let first = cx.loaded.columns.day_extent()?.0;
    if from - length < first {
        return None;
    }
    let c = &cx.loaded.columns;
    let within = |a: i32, b: i32| {
        let rows = &cx.derived.any_time.rows;
        let start = rows.partition_point(|r| c.start_day[*r as usize] < a);
        let end = rows.partition_point(|r| c.start_day[*r as usize] <= b);
        end.saturating_sub(start)
    };
    let (now, before) = (within(from, to), within(from - length, from - 1));
    (before > 0).then(|| {
        let times = number_f64(now as f64 / before as f64, 1);
        cx.tr_args("time-against-before", &[("times", &times)])
    })
}
