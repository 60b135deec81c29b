//! How long a server that fails is left in peace.

use std::time::{Duration, Instant};

/// After the first failure; doubled with each that follows.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// The most that a server can ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(60 * 60);

#[derive(Default)]
pub(super) struct Rest {
    until: Option<Instant>,
    failures: u32,
}

impl Rest {
    /// What is left of it; `None` where the server may be asked.
    pub(super) fn left(&self, now: Instant) -> Option<Duration> {
        let left = self.until?.saturating_duration_since(now);
        (!left.is_zero()).then_some(left)
    }

    /// Failures since the last success.
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    /// A wait that the server asked for is kept all the same.
    pub(super) fn after_success(&mut self) {
        self.failures = 0;
    }

    /// `asked` is how long the server wants to be left in peace, where it says so.
    pub(super) fn after_failure(&mut self, now: Instant, asked: Option<Duration>) {
        // Those asked for together fail together: they count once for the length of the rest.
        if self.left(now).is_none() {
            let doubled = FIRST * 2_u32.saturating_pow(self.failures.min(16));
            self.until = Some(now + doubled.min(LONGEST));
        }
        self.failures = self.failures.saturating_add(1);
        let asked = asked.map(|wait| now + wait.min(LONGEST_ASKED));
        self.until = self.until.max(asked);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn each_failure_doubles_the_rest_up_to_five_minutes() {
        let mut rest = Rest::default();
        let mut now = Instant::now();
        assert_eq!(rest.left(now), None);
        for expected in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            rest.after_failure(now, None);
            assert_eq!(rest.left(now), Some(seconds(expected)));
            now += seconds(expected);
            assert_eq!(rest.left(now), None);
        }
        rest.after_success();
        rest.after_failure(now, None);
        assert_eq!(rest.left(now), Some(seconds(1)));
    }

    #[test]
    fn failures_during_a_rest_do_not_lengthen_it() {
        let (mut rest, now) = (Rest::default(), Instant::now());
        for _ in 0..6 {
            rest.after_failure(now, None);
        }
        assert_eq!((rest.left(now), rest.failures()), (Some(seconds(1)), 6));
    }

    #[test]
    fn the_server_may_ask_for_more_but_not_for_ever() {
        let (mut rest, now) = (Rest::default(), Instant::now());
        rest.after_failure(now, Some(seconds(90)));
        rest.after_success();
        rest.after_failure(now, Some(seconds(5)));
        assert_eq!(rest.left(now), Some(seconds(90)));
        rest.after_failure(now, Some(seconds(1 << 40)));
        assert_eq!(rest.left(now), Some(seconds(3600)));
    }
}
