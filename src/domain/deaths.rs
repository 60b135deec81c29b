//! How many died: a range with a best estimate. Unknown is not zero.

use serde::{Deserialize, Serialize};

/// Persons killed. `None` is "not reported"; what is known is ordered `low <= best <= high`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deaths {
    pub low: Option<u32>,
    pub best: Option<u32>,
    pub high: Option<u32>,
}

impl Deaths {
    pub const UNKNOWN: Deaths = Deaths {
        low: None,
        best: None,
        high: None,
    };

    /// `None` where the known values are out of order.
    #[must_use]
    pub fn new(low: Option<u32>, best: Option<u32>, high: Option<u32>) -> Option<Deaths> {
        let known: Vec<u32> = [low, best, high].into_iter().flatten().collect();
        known.is_sorted().then_some(Deaths { low, best, high })
    }

    /// One reported number, taken as all three.
    #[must_use]
    pub fn exactly(n: u32) -> Deaths {
        Deaths {
            low: Some(n),
            best: Some(n),
            high: Some(n),
        }
    }

    /// `[low, best, high]` as they count in sums: a value that nobody gave counts as the nearest
    /// one given, so that a sum of lows never exceeds that of highs; all 0 where nothing is known.
    #[must_use]
    pub fn in_sums(&self) -> [u64; 3] {
        let Deaths { low, best, high } = *self;
        [
            low.or(best).or(high),
            best.or(low).or(high),
            high.or(best).or(low),
        ]
        .map(|n| u64::from(n.unwrap_or(0)))
    }

    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Deaths::UNKNOWN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_ordered() {
        assert!(Deaths::new(Some(3), Some(2), Some(4)).is_none());
        assert!(Deaths::new(Some(3), None, Some(2)).is_none());
        assert!(Deaths::new(None, Some(2), None).is_some_and(|d| !d.is_unknown()));
        assert!(Deaths::new(None, None, None).is_some_and(|d| d.is_unknown()));
        assert_ne!(Deaths::exactly(0), Deaths::UNKNOWN);
    }

    #[test]
    fn sums_stay_ordered() {
        let d = |low, best, high| Deaths::new(low, best, high).unwrap().in_sums();
        assert_eq!(d(None, Some(4), None), [4, 4, 4]);
        assert_eq!(d(Some(1), None, Some(9)), [1, 1, 9]);
        assert_eq!(d(None, None, Some(9)), [9, 9, 9]);
        assert_eq!(d(None, None, None), [0, 0, 0]);
    }
}
