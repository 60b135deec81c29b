//! The time window in motion.

use super::super::{advance, advance_both, play_on, steps_due};
use super::Desk;
use crate::domain::when::day_number;
use crate::query::{Part, next_day};
use std::time::Duration;

impl Desk {
    /// Begins or ends playing. Played to its end it starts again.
    pub(super) fn set_playing(&mut self, on: bool) {
        self.playing_since = on.then_some(self.now);
        let to = self.workspace.filter.to.map(day_number);
        if on && to.is_some_and(|to| self.next_day(to + 1).is_none()) {
            (self.workspace.filter.from, self.workspace.filter.to) = (None, None);
            self.play_step();
        }
    }

    /// Takes the steps that are due at `now`, seconds of any clock.
    pub fn play(&mut self, now: f64) {
        self.now = now;
        let Some(last) = self.playing_since else {
            return;
        };
        let (steps, at) = steps_due(last, self.now, self.workspace.timeline.speed);
        if steps > 0 {
            self.playing_since = Some(at);
            (0..steps).for_each(|_| self.play_step());
        }
    }

    /// After which time the next step is due.
    pub(super) fn next_step(&self) -> Option<Duration> {
        let speed = f64::from(self.workspace.timeline.speed.max(1));
        let wait = self.playing_since? + 1.0 / speed - self.now;
        Some(Duration::from_secs_f64(wait.clamp(0.001, 1.0)))
    }

    /// Moves the time window, or both that are compared; at the end of the data playing stops.
    pub(super) fn step(&mut self, steps: i32) {
        let Some((first, last)) = self.loaded.columns.day_extent() else {
            return;
        };
        let timeline = self.workspace.timeline;
        for _ in 0..steps.abs() {
            let step = steps.signum();
            let went = match &mut self.workspace.compare {
                Some(both) => advance_both(both, &timeline, step, first, last),
                None => advance(&mut self.workspace.filter, &timeline, step, first, last),
            };
            if !went {
                self.playing_since = None;
                return;
            }
        }
    }

    /// One step of playing, over time in which nothing happened; it stops at the end.
    fn play_step(&mut self) {
        if self.workspace.compare.is_some() {
            return self.step(1);
        }
        let Some(extent) = self.loaded.columns.day_extent() else {
            return;
        };
        let mut filter = self.workspace.filter.clone();
        let next_day = |day| self.next_day(day);
        let went = play_on(&mut filter, &self.workspace.timeline, next_day, extent);
        self.workspace.filter = filter;
        if !went {
            self.playing_since = None;
        }
    }

    /// The first day on or after another on which something possibly happened that all of the filter
    /// but its time lets through.
    fn next_day(&self, from: i32) -> Option<i32> {
        let (columns, judged) = (&self.loaded.columns, &self.derived.judged);
        next_day(columns, judged, Part::Time.bit(), from)
    }
}
