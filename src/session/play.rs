//! The time window in motion.

use super::{TimeMode, Timeline};
use crate::domain::Filter;
use crate::domain::when::{date_of, day_number};
use crate::query::BinWidth;

/// Moves the time window of `filter` by `steps` (negative: back) within `[first_day, last_day]`.
/// `false` where it is at the end already. Without a window, one step at the start is taken.
pub fn advance(
    filter: &mut Filter,
    timeline: &Timeline,
    steps: i32,
    first_day: i32,
    last_day: i32,
) -> bool {
    let width = timeline.step.width();
    let (Some(from), Some(to)) = (filter.from.map(day_number), filter.to.map(day_number)) else {
        let start = width.floor(first_day);
        filter.from = Some(date_of(start));
        filter.to = Some(date_of(width.next(start) - 1));
        return true;
    };
    let new_to = shifted(to + 1, steps, width) - 1;
    let new_from = match timeline.mode {
        TimeMode::Window => shifted(from, steps, width),
        TimeMode::Cumulative => from,
    };
    let leaves_data =
        (steps > 0 && to >= last_day) || (steps < 0 && from <= first_day && new_from < from);
    if leaves_data || new_to < new_from {
        return false;
    }
    filter.from = Some(date_of(new_from));
    filter.to = Some(date_of(new_to));
    true
}

/// `day` moved by whole steps; months and years keep the day of the month where there is one.
fn shifted(day: i32, steps: i32, width: BinWidth) -> i32 {
    let date = date_of(day);
    let span = jiff::Span::new();
    let span = match width {
        BinWidth::Day => span.try_days(steps),
        BinWidth::Week => span.try_weeks(steps),
        BinWidth::Month => span.try_months(steps),
        BinWidth::Year => span.try_years(steps),
    };
    span.ok()
        .and_then(|s| date.checked_add(s).ok())
        .map_or(day, day_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::workspace::Step;
    use jiff::civil::Date;

    fn window(from: &str, to: &str) -> Filter {
        Filter {
            from: from.parse().ok(),
            to: to.parse().ok(),
            ..Filter::default()
        }
    }

    #[test]
    fn a_month_steps_to_the_next_month_whole() {
        let timeline = Timeline {
            step: Step::Month,
            ..Timeline::default()
        };
        let days = (
            day_number(Date::constant(2010, 1, 1)),
            day_number(Date::constant(2012, 12, 31)),
        );
        let mut f = window("2011-01-01", "2011-01-31");
        assert!(advance(&mut f, &timeline, 1, days.0, days.1));
        assert_eq!(f, window("2011-02-01", "2011-02-28"));
        assert!(advance(&mut f, &timeline, -1, days.0, days.1));
        assert_eq!(f, window("2011-01-01", "2011-01-31"));
        let mut end = window("2012-12-01", "2012-12-31");
        assert!(!advance(&mut end, &timeline, 1, days.0, days.1));
        let mut none = Filter::default();
        assert!(advance(&mut none, &timeline, 1, days.0, days.1));
        assert_eq!(none, window("2010-01-01", "2010-01-31"));
    }

    #[test]
    fn cumulative_keeps_its_start() {
        let timeline = Timeline {
            mode: TimeMode::Cumulative,
            ..Timeline::default()
        };
        let days = (0, 40_000);
        let mut f = window("2011-01-01", "2011-01-31");
        assert!(advance(&mut f, &timeline, 1, days.0, days.1));
        assert_eq!(f, window("2011-01-01", "2011-02-28"));
    }
}
