//! Hours to the plot and back, and the dates under the bars: from clock times to centuries.

use super::*;
use crate::locale::Lang;
use crate::query::{HOURS, day_of, hour_of};
use jiff::civil::Date;

/// Hours to the plot and back.
pub(super) struct Axis {
    pub plot: Rect,
    pub first: i64,
    /// One past the last hour.
    pub end: i64,
}

impl Axis {
    pub fn x(&self, hour: i64) -> f32 {
        let share = (hour - self.first) as f64 / ((self.end - self.first) as f64).max(1.0);
        self.plot.left() + (share * f64::from(self.plot.width())) as f32
    }

    pub fn hour(&self, x: f32) -> i64 {
        let share = f64::from((x - self.plot.left()) / self.plot.width().max(1.0));
        self.first + (share * (self.end - self.first) as f64).floor() as i64
    }

    /// The same, kept to what is on show.
    pub fn hour_on_show(&self, x: f32) -> i64 {
        self.hour(x.clamp(self.plot.left(), self.plot.right() - 0.5))
    }
}

/// A date under the bars.
#[derive(Debug, PartialEq)]
pub(super) struct Tick {
    pub hour: i64,
    pub label: String,
    /// Begins something longer: a year among months, a day among hours.
    pub strong: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Every {
    Hours(i64),
    Days(i32),
    Months(i32),
    Years(i32),
}

impl Every {
    const ALL: [Every; 20] = [
        Every::Hours(1),
        Every::Hours(2),
        Every::Hours(3),
        Every::Hours(6),
        Every::Hours(12),
        Every::Days(1),
        Every::Days(2),
        Every::Days(7),
        Every::Days(14),
        Every::Months(1),
        Every::Months(3),
        Every::Months(6),
        Every::Years(1),
        Every::Years(2),
        Every::Years(5),
        Every::Years(10),
        Every::Years(20),
        Every::Years(50),
        Every::Years(100),
        Every::Years(500),
    ];

    fn hours(self) -> f32 {
        match self {
            Every::Hours(n) => n as f32,
            Every::Days(n) => n as f32 * 24.0,
            Every::Months(n) => n as f32 * 730.5,
            Every::Years(n) => n as f32 * 8766.0,
        }
    }
}

/// The dates of `[first, end)` where an hour is so wide, each with room for its name and none between
/// the ends of a bar of so many hours.
pub(super) fn ticks(
    lang: Lang,
    (first, end): (i64, i64),
    px_an_hour: f32,
    bar_hours: f32,
) -> Vec<Tick> {
    const ROOM_PX: f32 = 52.0;
    // Months and years have their average length on both sides.
    let least = (ROOM_PX / px_an_hour).max(bar_hours * 0.99);
    let fits = |every: &Every| every.hours() >= least;
    let every = Every::ALL
        .into_iter()
        .find(fits)
        .unwrap_or(Every::Years(500));
    let mut found = match every {
        Every::Hours(n) => by_hours(lang, first, end, n),
        Every::Days(n) => by_days(lang, first, end, n),
        Every::Months(n) => by_months(lang, first, end, n),
        Every::Years(n) => by_months(lang, first, end, 12 * n),
    };
    found.retain(|tick| (first..end).contains(&tick.hour));
    if let (Some(tick), Every::Hours(_) | Every::Days(_)) = (found.first_mut(), every) {
        // Which year it is, is said once.
        let date = date_of(day_of(tick.hour));
        if !tick.label.contains(':') {
            tick.label = crate::locale::date(lang, date);
        }
    }
    found
}

fn by_hours(lang: Lang, first: i64, end: i64, every: i64) -> Vec<Tick> {
    let start = first.div_euclid(every) * every;
    let hours = (start..end).step_by(every as usize);
    let tick = |hour: i64| {
        let of_day = hour.rem_euclid(HOURS);
        Tick {
            hour,
            label: match of_day {
                0 => day_and_month(lang, date_of(day_of(hour))),
                h => format!("{h:02}:00"),
            },
            strong: of_day == 0,
        }
    };
    hours.map(tick).collect()
}

/// Whole weeks begin on Mondays.
fn by_days(lang: Lang, first: i64, end: i64, every: i32) -> Vec<Tick> {
    let days = day_of(first)..=day_of(end - 1);
    let days = days.filter(|day| (day + 3).rem_euclid(every) == 0);
    let tick = |day: i32| {
        let date = date_of(day);
        Tick {
            hour: hour_of(day),
            label: day_and_month(lang, date),
            strong: every < 7 && date.day() == 1,
        }
    };
    days.map(tick).collect()
}

fn by_months(lang: Lang, first: i64, end: i64, every: i32) -> Vec<Tick> {
    let count = |hour: i64| {
        let date = date_of(day_of(hour));
        i32::from(date.year()) * 12 + i32::from(date.month()) - 1
    };
    let start = count(first).div_euclid(every) * every;
    let months = (start..=count(end - 1)).step_by(every as usize);
    let tick = |count: i32| {
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as i8 + 1);
        let date = Date::new(i16::try_from(year).ok()?, month, 1).ok()?;
        Some(Tick {
            hour: hour_of(day_number(date)),
            label: match month {
                1 => year.to_string(),
                _ => month_short(lang, month),
            },
            strong: month == 1,
        })
    };
    months.filter_map(tick).collect()
}

fn day_and_month(lang: Lang, date: Date) -> String {
    format!("{} {}", date.day(), month_short(lang, date.month()))
}

/// A line under the bars with as many dates as fit.
pub(super) fn paint_axis(ui: &Ui, cx: &Context<'_>, axis: &Axis, width: BinWidth) {
    let theme = kit::theme(ui);
    let bottom = axis.plot.bottom();
    ui.painter().hline(
        axis.plot.x_range(),
        bottom,
        Stroke::new(1.0, color(theme.faint)),
    );
    let px_an_hour = axis.plot.width() / (axis.end - axis.first).max(1) as f32;
    let mut last_right = f32::NEG_INFINITY;
    let bar_hours = width.hours() as f32;
    for tick in ticks(cx.lang, (axis.first, axis.end), px_an_hour, bar_hours) {
        let x = axis.x(tick.hour);
        if x <= last_right || x > axis.plot.right() - 12.0 {
            continue;
        }
        let ink = if tick.strong { theme.text } else { theme.muted };
        ui.painter().vline(
            x,
            bottom..=bottom + 3.0,
            Stroke::new(1.0, color(theme.faint)),
        );
        let at = pos2(x, bottom + 11.0);
        let font = font(Weight::Regular, SMALL);
        let drawn = ui
            .painter()
            .text(at, Align2::LEFT_CENTER, tick.label, font, color(ink));
        last_right = drawn.right() + 6.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(from: &str, days: i64, px_an_hour: f32) -> Vec<String> {
        let first = hour_of(day_number(from.parse().unwrap()));
        let ticks = ticks(Lang::En, (first, first + days * HOURS), px_an_hour, 1.0);
        assert!(ticks.windows(2).all(|w| w[0].hour < w[1].hour));
        ticks.into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn bars_of_days_have_no_hours_under_them() {
        let first = hour_of(day_number("2025-02-03".parse().unwrap()));
        let named = |bar_hours| {
            let ticks = ticks(Lang::En, (first, first + 3 * HOURS), 10.0, bar_hours);
            ticks.into_iter().map(|t| t.label).collect::<Vec<_>>()
        };
        assert_eq!(named(24.0), ["3 Feb 2025", "4 Feb", "5 Feb"]);
        assert!(named(1.0).contains(&"06:00".to_owned()));
    }

    #[test]
    fn every_level_has_names_that_fit_it() {
        assert_eq!(
            labels("2025-02-03", 2, 10.0),
            [
                "3 Feb 2025",
                "06:00",
                "12:00",
                "18:00",
                "4 Feb",
                "06:00",
                "12:00",
                "18:00"
            ]
        );
        assert_eq!(
            labels("2025-02-27", 4, 2.5),
            ["27 Feb 2025", "28 Feb", "1 Mar", "2 Mar"]
        );
        assert_eq!(
            labels("2025-02-03", 15, 0.4),
            ["3 Feb 2025", "10 Feb", "17 Feb"]
        );
        assert_eq!(
            labels("2024-11-15", 120, 0.1),
            ["Dec", "2025", "Feb", "Mar"]
        );
        assert_eq!(
            labels("1989-01-01", 365 * 35, 1300.0 / (365.0 * 35.0 * 24.0)),
            [
                "1990", "1992", "1994", "1996", "1998", "2000", "2002", "2004", "2006", "2008",
                "2010", "2012", "2014", "2016", "2018", "2020", "2022"
            ]
        );
        assert_eq!(
            labels("1800-01-01", 365 * 240, 0.0003),
            [
                "1800", "1820", "1840", "1860", "1880", "1900", "1920", "1940", "1960", "1980",
                "2000", "2020"
            ]
        );
    }
}
