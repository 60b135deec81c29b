//! What the colours of counts say: round numbers along the ramp.

use super::drawing::Color;
use super::ramp::Scale;
use super::style::DensityScale;
use super::theme::{Theme, ThemeName};
use crate::locale::{Lang, number, rough_distance, tr, tr_args};

/// What the colours of counts say.
#[derive(Clone, Debug, PartialEq)]
pub struct RampKey {
    pub of: Counted,
    /// Counts on the map and their places along the ramp, 0..=1: the fewest, round numbers, the most.
    pub counts: Vec<(u32, f32)>,
    /// Colours along the ramp as they look on land, evenly spaced up to that of the most; empty
    /// where colours say which marks.
    pub ramp: Vec<Color>,
}

/// What is counted together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Counted {
    /// What lies in a dot so wide, metres in the middle of the map.
    Dot {
        width_m: f64,
    },
    /// What lies in a hexagon, about so wide, metres.
    Hexagon {
        width_m: f64,
    },
    Cluster,
}

impl RampKey {
    /// What is counted, in a sentence.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self.of {
            Counted::Dot { width_m } => {
                let args = [("width", &*rough_distance(width_m))];
                tr_args(lang, text!("density-key-dot"; width), &args)
            }
            Counted::Hexagon { width_m } => {
                let args = [("width", &*rough_distance(width_m))];
                tr_args(lang, text!("density-key-hexagon"; width), &args)
            }
            Counted::Cluster => tr(lang, text!("density-key-cluster")),
        }
    }
}

/// A count below the ramp.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub text: String,
    /// Where its colour is, px from the ramp's left end, and where the middle of its text stands.
    pub at_px: f32,
    pub text_px: f32,
}

impl RampKey {
    /// Counts that find room below a ramp of `width_px`; `text_px` measures a text.
    #[must_use]
    pub fn ticks(&self, width_px: f32, text_px: impl Fn(&str) -> f32) -> Vec<Tick> {
        const GAP_PX: f32 = 8.0;
        let top = self.counts.last().map_or(0.0, |(_, place)| *place);
        let tick = |(n, place): &(u32, f32)| {
            let text = number(u64::from(*n));
            let at_px = if top > 0.0 { place / top } else { 0.0 } * width_px;
            let half = text_px(&text) / 2.0;
            let text_px = at_px.clamp(half, (width_px - half).max(half));
            (
                Tick {
                    text,
                    at_px,
                    text_px,
                },
                half,
            )
        };
        let all: Vec<(Tick, f32)> = self.counts.iter().map(tick).collect();
        // The fewest and the most first, then what finds room between.
        let order = (0..all.len()).take(1).chain((1..all.len()).rev().take(1));
        let between = (1..all.len().max(2) - 1).map(|i| (!is_ten(self.counts[i].0), i));
        let mut between: Vec<(bool, usize)> = between.collect();
        between.sort_unstable();
        let order = order.chain(between.into_iter().map(|(_, i)| i));
        let mut taken: Vec<&(Tick, f32)> = Vec::new();
        for i in order {
            let (tick, half) = &all[i];
            let free = |(other, other_half): &&(Tick, f32)| {
                (tick.text_px - other.text_px).abs() >= half + other_half + GAP_PX
            };
            if taken.iter().all(free) {
                taken.push(&all[i]);
            }
        }
        taken.iter().map(|(tick, _)| tick.clone()).collect()
    }

    /// What is counted and what the colours say, in sentences.
    #[must_use]
    pub fn sentences(&self, lang: Lang, theme: ThemeName) -> Vec<String> {
        let mut told = vec![self.words(lang)];
        if self.ramp.is_empty() && self.of != Counted::Cluster {
            told.push(tr(lang, text!("density-key-mixed")));
            let key = match theme {
                ThemeName::Light => text!("density-key-deeper-light"; least, most),
                ThemeName::Dark => text!("density-key-deeper-dark"; least, most),
            };
            let [least, most] = [self.counts.first(), self.counts.last()]
                .map(|c| number(u64::from(c.map_or(0, |c| c.0))));
            told.push(tr_args(lang, key, &[("least", &least), ("most", &most)]));
        }
        told
    }
}

/// One with noughts.
fn is_ten(n: u32) -> bool {
    n.checked_ilog10().is_some_and(|tens| n == 10_u32.pow(tens))
}

/// Steps that a ramp is drawn in.
const RAMP_STEPS: usize = 48;

/// Colours along the ramp as they look on land, up to that of the most.
#[must_use]
pub fn on_land(theme: &Theme, scale: &Scale, opacity: f32) -> Vec<Color> {
    let color = |i: usize| {
        let t = scale.place(scale.most) * i as f32 / (RAMP_STEPS - 1) as f32;
        theme.land.mix(theme.density(t), opacity)
    };
    (0..RAMP_STEPS).map(color).collect()
}

/// One, ten, a hundred and so on up to the most there are, and that; with two and five of each
/// where colours go by rank, as tens may lie far apart there.
pub fn listed(scale: &Scale, by: DensityScale) -> Vec<(u32, f32)> {
    let steps: &[u32] = match by {
        DensityScale::Log => &[1],
        DensityScale::EqualArea => &[1, 2, 5],
    };
    let round = (0..9).flat_map(|i| steps.iter().map(move |k| k * 10_u32.pow(i)));
    let mut counts: Vec<u32> = round.take_while(|n| *n <= scale.most).collect();
    if counts.last().is_some_and(|n| *n < scale.most) {
        counts.push(scale.most);
    }
    counts.iter().map(|n| (*n, scale.place(*n))).collect()
}
