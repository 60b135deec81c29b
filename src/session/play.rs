//! The time window in motion.

use super::{TimeMode, Timeline};
use crate::domain::Filter;
use crate::domain::when::{date_of, day_number};
use crate::query::{BinWidth, Compare, Length, hour_of, shifted};
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
    let (Some(from), Some(to)) = (filter.from.map(day_number), filter.to.map(day_number)) else {
        let unit = match timeline.step.width() {
            Some(width) => width,
            None => BinWidth::fitting(hour_of(last_day) - hour_of(first_day), STEPS_OF_ALL)
                .clamp(BinWidth::Day, BinWidth::Year),
        };
        let (start, last) = unit.days(first_day);
        filter.from = Some(date_of(start));
        filter.to = Some(date_of(last));
        return true;
    };
    let length = Length::of(from, to);
    let cumulates = timeline.mode == TimeMode::Cumulative;
    let stride = match timeline.step.width() {
        Some(unit) => Length { unit, n: 1 },
        None if cumulates => Length { n: 1, ..length },
        None => length,
    };
    let by = stride.n.saturating_mul(steps);
    let (new_from, new_to) = if cumulates {
        (from, shifted(to + 1, by, stride.unit) - 1)
    } else {
        let new_from = shifted(from, by, stride.unit);
        (new_from, length.last_from(new_from))
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

/// Into so many steps at most the whole time is cut where nobody chose another step.
const STEPS_OF_ALL: i32 = 120;

/// Moves the time window on until it shows a row that it did not, over time in which there is none;
/// `next_day` gives the first day on or after another on which a row passes that the window may show. An end that is
/// open is that of the data. `false`, and the filter as it is, where no row comes any more.
pub fn play_on(
    filter: &mut Filter,
    timeline: &Timeline,
    next_day: impl Fn(i32) -> Option<i32>,
    (first_day, last_day): (i32, i32),
) -> bool {
    let Some(to) = filter.to.map(day_number) else {
        let start = filter.from.map_or(i32::MIN, day_number);
        let Some(first) = next_day(start) else {
            return false;
        };
        filter.from = None;
        return advance(filter, timeline, 1, first, last_day);
    };
    let Some(next) = next_day(to.saturating_add(1)) else {
        return false;
    };
    let mut moved = filter.clone();
    moved.from = moved.from.or(Some(date_of(first_day.min(to))));
    // The first row on or after the window's first day: the same until that day has passed it.
    let mut ahead: Option<i32> = None;
    loop {
        let before = (moved.from, moved.to);
        let went = advance(&mut moved, timeline, 1, i32::MIN, i32::MAX);
        let (Some(from), Some(to)) = (moved.from.map(day_number), moved.to.map(day_number)) else {
            return false;
        };
        // At the end of the calendar no step leads further.
        if !went || before == (moved.from, moved.to) {
            return false;
        }
        let moves = timeline.mode == TimeMode::Window;
        if moves && ahead.is_none_or(|day| day < from) {
            ahead = next_day(from);
        }
        // Rows that reach from before into a window that moves are worth a step, too.
        if to >= next || (moves && ahead.is_some_and(|day| day <= to)) {
            *filter = moved;
            return true;
        }
    }
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
    let moved = |(from, to): (Date, Date)| {
        let (from, to) = (day_number(from), day_number(to));
        let length = Length::of(from, to);
        let stride = match timeline.step.width() {
            Some(unit) => Length { unit, n: 1 },
            None => length,
        };
        let from = shifted(from, stride.n.saturating_mul(steps), stride.unit);
        (date_of(from), date_of(length.last_from(from)))
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
    fn a_window_steps_by_its_own_length() {
        let timeline = Timeline::default();
        let step = |from: &str, to: &str, steps| {
            let mut f = window(from, to);
            assert!(advance(&mut f, &timeline, steps, 0, 40_000));
            (f.from.unwrap().to_string(), f.to.unwrap().to_string())
        };
        let days = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(
            step("2022-01-01", "2022-12-31", 1),
            days("2023-01-01", "2023-12-31")
        );
        assert_eq!(
            step("2022-01-01", "2022-03-31", -1),
            days("2021-10-01", "2021-12-31")
        );
        assert_eq!(
            step("2025-02-03", "2025-02-09", 1),
            days("2025-02-10", "2025-02-16")
        );
        assert_eq!(
            step("2025-02-03", "2025-02-05", 2),
            days("2025-02-09", "2025-02-11")
        );
    }

    #[test]
    fn playing_skips_time_in_which_nothing_happened() {
        let day = |text: &str| day_number(text.parse().unwrap());
        let rows = ["2010-01-05", "2012-06-10", "2012-07-01"].map(day);
        let next = |from: i32| rows.into_iter().find(|day| *day >= from);
        let timeline = Timeline {
            step: Step::Month,
            ..Timeline::default()
        };
        let mut filter = Filter::default();
        let mut shown = Vec::new();
        while play_on(&mut filter, &timeline, next, (rows[0], rows[2])) {
            shown.push(filter.from.unwrap().to_string());
        }
        assert_eq!(shown, ["2010-01-01", "2012-06-01", "2012-07-01"]);
        let cumulative = Timeline {
            mode: TimeMode::Cumulative,
            ..timeline
        };
        let mut filter = window("2010-01-01", "2010-01-31");
        assert!(play_on(&mut filter, &cumulative, next, (rows[0], rows[2])));
        assert_eq!(filter, window("2010-01-01", "2012-06-30"));
    }

    #[test]
    fn playing_ends_at_the_end_of_the_calendar_and_takes_open_ends_for_those_of_the_data() {
        let day = |text: &str| day_number(text.parse().unwrap());
        let rows = ["2010-01-05", "9999-12-31"].map(day);
        let next = |from: i32| rows.into_iter().find(|day| *day >= from);
        for mode in [TimeMode::Window, TimeMode::Cumulative] {
            for step in [Step::Day, Step::Month, Step::Year, Step::Window] {
                let timeline = Timeline {
                    mode,
                    step,
                    ..Timeline::default()
                };
                let mut filter = window("9999-12-01", "9999-12-30");
                for _ in 0..3 {
                    play_on(&mut filter, &timeline, next, (rows[0], rows[1]));
                }
                let mut until = Filter {
                    from: None,
                    ..window("2009-01-01", "2009-12-31")
                };
                assert!(play_on(&mut until, &timeline, next, (rows[0], rows[1])));
                assert!(until.from.unwrap().year() >= 2009, "{until:?}");
                let mut since = Filter {
                    to: None,
                    ..window("2009-06-01", "2009-12-31")
                };
                assert!(play_on(&mut since, &timeline, next, (rows[0], rows[1])));
                assert_eq!(since.from.unwrap().year(), 2010);
            }
        }
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
