//! The time window in motion.

use super::{TimeMode, Timeline};
use crate::domain::Filter;
use crate::domain::when::{date_of, day_number};
use crate::query::{BinWidth, Compare};
use jiff::civil::Date;

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
        let (start, last) = width.days(first_day);
        filter.from = Some(date_of(start));
        filter.to = Some(date_of(last));
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

/// Steps a second that can be chosen.
pub const SPEEDS: [u8; 6] = [1, 2, 4, 8, 15, 30];

/// How many steps are due at `now` when the last was due at `last`, and when the last of them was
/// due: being late for one does not put off the next. Seconds.
#[must_use]
pub fn steps_due(last: f64, now: f64, speed: u8) -> (i32, f64) {
    let pause = 1.0 / f64::from(speed.max(1));
    let steps = ((now - last) / pause + 1e-6).floor();
    // Who comes back after a long time is not to miss half of the data.
    if steps > MOST_AT_ONCE {
        return (MOST_AT_ONCE as i32, now);
    }
    let steps = steps.max(0.0);
    (steps as i32, last + steps * pause)
}

/// Steps that are made up for at most.
const MOST_AT_ONCE: f64 = 8.0;

/// Moves both windows of a comparison by `steps` of the timeline's; `false` where one of them would
/// leave the data.
pub fn advance_both(
    compare: &mut Compare,
    timeline: &Timeline,
    steps: i32,
    first_day: i32,
    last_day: i32,
) -> bool {
    let width = timeline.step.width();
    let moved = |(from, to): (Date, Date)| {
        let from = shifted(day_number(from), steps, width);
        let end = shifted(day_number(to) + 1, steps, width);
        (date_of(from), date_of(end - 1))
    };
    let (a, b) = (moved(compare.a), moved(compare.b));
    let inside = |(from, to): (Date, Date)| {
        from <= to && day_number(from) <= last_day && day_number(to) >= first_day
    };
    let fits = inside(a) && inside(b);
    if fits {
        *compare = Compare { a, b };
    }
    fits
}

/// `day` moved by whole steps; months and years keep the day of the month where there is one.
fn shifted(day: i32, steps: i32, width: BinWidth) -> i32 {
    let date = date_of(day);
    let span = jiff::Span::new();
    let span = match width {
        BinWidth::Hour | BinWidth::Day => span.try_days(steps),
        BinWidth::Week => span.try_weeks(steps),
        BinWidth::Month => span.try_months(steps),
        BinWidth::Year => span.try_years(steps),
        BinWidth::Decade => span.try_years(steps.saturating_mul(10)),
    };
    span.ok()
        .and_then(|s| date.checked_add(s).ok())
        .map_or(day, day_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::workspace::Step;

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

    #[test]
    fn late_frames_do_not_slow_playing_down() {
        // Ten seconds of frames that come when they like make 30 steps a second.
        let (mut now, mut last, mut steps) = (0.0, 0.0, 0);
        for frame in 0.. {
            now += [0.004, 0.05, 0.017, 0.09][frame % 4];
            if now > 10.0 {
                break;
            }
            let (due, at) = steps_due(last, now, 30);
            steps += due;
            last = at;
            assert!(last <= now + 1e-3);
        }
        assert!((297..=300).contains(&steps), "{steps}");
        assert_eq!(steps_due(5.0, 5.01, 30).0, 0);
        // After a long sleep it goes on from now.
        assert_eq!(steps_due(0.0, 1000.0, 2), (8, 1000.0));
    }

    #[test]
    fn two_windows_move_together_until_one_leaves_the_data() {
        let year = |y: i16| (Date::constant(y, 1, 1), Date::constant(y, 12, 31));
        let timeline = Timeline {
            step: Step::Year,
            ..Timeline::default()
        };
        let mut both = Compare {
            a: year(2010),
            b: year(2011),
        };
        let (first, last) = (day_number(year(2010).0), day_number(year(2012).1));
        assert!(advance_both(&mut both, &timeline, 1, first, last));
        assert_eq!((both.a, both.b), (year(2011), year(2012)));
        assert!(!advance_both(&mut both, &timeline, 1, first, last));
        assert_eq!((both.a, both.b), (year(2011), year(2012)));
    }
}
