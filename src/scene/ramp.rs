//! Counts into colours: the scale of a map of counts, and of its key.

use super::drawing::Color;
use super::style::DensityScale;
use super::theme::Theme;

/// Counts below this have a colour each; above, 64 colours a doubling are more than can be told.
const EXACT: u32 = 1024;
const A_DOUBLING: usize = 64;

/// How many levels there are.
pub const LEVELS: usize = EXACT as usize + 22 * A_DOUBLING;

/// The level of a count: higher counts never have a lower one.
#[must_use]
pub fn level(count: u32) -> usize {
    if count < EXACT {
        return count as usize;
    }
    let doublings = count.ilog2();
    let part = (count >> (doublings - 6)) as usize & (A_DOUBLING - 1);
    EXACT as usize + (doublings - EXACT.ilog2()) as usize * A_DOUBLING + part
}

/// The colour of every count on one map.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Highest count on the map.
    pub most: u32,
    /// 0..=1 by level: where on the ramp it lies.
    place: Vec<f32>,
    colors: Vec<Color>,
}

impl Scale {
    /// `by_level` says how many cells have each level; `most` is the highest count.
    #[must_use]
    pub fn new(kind: DensityScale, most: u32, by_level: &[u32], theme: &Theme) -> Scale {
        let last = level(most.max(1));
        let place: Vec<f32> = match kind {
            DensityScale::Log => log_places(last, most),
            DensityScale::EqualArea => equal_places(last, by_level),
        };
        let color = |t: &f32| theme.density(*t);
        Scale {
            most,
            colors: place.iter().map(color).collect(),
            place,
        }
    }

    /// 0..=1: where on the ramp a count lies.
    #[must_use]
    pub fn place(&self, count: u32) -> f32 {
        self.place[level(count).min(self.place.len() - 1)]
    }

    /// Whether every count that lies on both has the same place and colour.
    #[must_use]
    pub fn paints_as(&self, other: &Scale) -> bool {
        let both = self.place.len().min(other.place.len());
        self.place[..both] == other.place[..both] && self.colors[..both] == other.colors[..both]
    }

    #[must_use]
    pub fn color(&self, count: u32) -> Color {
        self.colors[level(count).min(self.colors.len() - 1)]
    }
}

/// The end of the ramp is a round number, so that colours hold still while the map is moved.
fn log_places(last: usize, most: u32) -> Vec<f32> {
    let top = (round_up(most).max(2) as f64).ln();
    let place = |level: usize| (lowest(level) as f64).ln() / top;
    (0..=last)
        .map(|l| place(l.max(1)).clamp(0.0, 1.0) as f32)
        .collect()
}

/// Every colour covers as much of the map as every other.
fn equal_places(last: usize, by_level: &[u32]) -> Vec<f32> {
    let of = |l: usize| f64::from(by_level.get(l).copied().unwrap_or(0));
    let first = (1..=last).map(of).find(|n| *n > 0.0).unwrap_or(0.0);
    let others = (1..=last).map(of).sum::<f64>() - first;
    let mut below = -first;
    let mut places = vec![0.0; last + 1];
    for (l, place) in places.iter_mut().enumerate().skip(1) {
        below += of(l);
        *place = if others > 0.0 {
            (below / others).clamp(0.0, 1.0) as f32
        } else {
            0.0
        };
    }
    places
}

/// The lowest count of a level.
fn lowest(level: usize) -> u64 {
    let Some(above) = level.checked_sub(EXACT as usize) else {
        return level as u64;
    };
    let base = 1_u64 << (EXACT.ilog2() as usize + above / A_DOUBLING);
    base + base / A_DOUBLING as u64 * (above % A_DOUBLING) as u64
}

/// The next 1, 2 or 5 with noughts.
fn round_up(n: u32) -> u64 {
    let mut ten = 1;
    loop {
        for k in [1, 2, 5] {
            if k * ten >= u64::from(n) {
                return k * ten;
            }
        }
        ten *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::theme::contrast;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn higher_counts_lie_higher(
            most in 1_u32..50_000_000, a in 1_u32.., b in 1_u32.., cells in proptest::collection::vec(0_u32..900, LEVELS),
        ) {
            let (a, b) = (1 + a % most, 1 + b % most);
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(level(a) <= level(b) && level(b) < LEVELS);
            prop_assert!(lowest(level(a)) <= u64::from(a));
            for kind in [DensityScale::Log, DensityScale::EqualArea] {
                for theme in [Theme::LIGHT, Theme::DARK] {
                    let scale = Scale::new(kind, most, &cells, &theme);
                    prop_assert!(scale.place(a) <= scale.place(b));
                    // Away from the land, whichever way that is. Channels are whole numbers: rounding
                    // takes up to 2 % of the contrast.
                    let paper = theme.land;
                    prop_assert!(contrast(scale.color(a), paper) <= contrast(scale.color(b), paper) * 1.02);
                }
            }
        }
    }

    #[test]
    fn colours_cover_equal_areas() {
        // A hundred cells of one incident, a hundred of two, a hundred of a thousand.
        let mut cells = vec![0; LEVELS];
        for n in [1, 2, 1000] {
            cells[level(n)] = 100;
        }
        let scale = Scale::new(DensityScale::EqualArea, 1000, &cells, &Theme::LIGHT);
        assert_eq!(
            [1, 2, 999, 1000].map(|n| scale.place(n)),
            [0.0, 0.5, 0.5, 1.0]
        );
        let log = Scale::new(DensityScale::Log, 1000, &cells, &Theme::LIGHT);
        assert_eq!(log.place(1), 0.0);
        assert!((log.place(1000) - 1.0).abs() < 1e-6 && (log.place(10) - 1.0 / 3.0).abs() < 1e-6);
    }
}
