//! The pixels of an image, with what changed in them: what holds a copy of them elsewhere, such as on
//! the graphics card, need not make all of it anew.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// Of an image, row by row.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// Red, green, blue and straight alpha, 4 bytes a pixel.
    rgba: Vec<u8>,
    state: u64,
    /// The state before, and the stretches of pixels that differ from it.
    changed: Option<(u64, Vec<Range<usize>>)>,
}

impl PartialEq for Pixels {
    fn eq(&self, other: &Pixels) -> bool {
        self.rgba == other.rgba
    }
}

/// A number that no other state of any pixels has.
fn next() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

impl Pixels {
    #[must_use]
    pub fn new(rgba: Vec<u8>) -> Pixels {
        Pixels {
            rgba,
            state: next(),
            changed: None,
        }
    }

    #[must_use]
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// Which pixels these are: the same ones only where it is the same number.
    #[must_use]
    pub fn state(&self) -> u64 {
        self.state
    }

    /// Stretches among which are all pixels that are others than in an earlier state; `None` where
    /// that may be any.
    #[must_use]
    pub fn changed_since(&self, state: u64) -> Option<&[Range<usize>]> {
        let (before, stretches) = self.changed.as_ref()?;
        (*before == state).then_some(stretches)
    }

    /// Changes the pixels of some stretches, and those alone.
    pub fn change(&mut self, stretches: Vec<Range<usize>>, change: impl FnOnce(&mut [u8])) {
        change(&mut self.rgba);
        self.changed = Some((self.state, stretches));
        self.state = next();
    }
}
