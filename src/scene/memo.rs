//! What was counted for the last view, so that layers, key and pointer count once.

use super::camera::Camera;
use super::counted::{Cells, InView, Raster};
use super::style::Density;
use super::theme::ThemeName;
use crate::query::Moved;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who owns it says when the case or the filter changes: [`Memo::forget`], [`Memo::follow`].
#[derive(Debug, Default)]
pub struct Memo {
    kept: Mutex<Kept>,
    /// Whether what takes long is to be worked out elsewhere, as a window cannot wait for it.
    is_hurried: bool,
    /// The resolution of the hexagons that a view did without.
    hexes: Mutex<Option<u8>>,
}

#[derive(Debug, Default)]
pub(super) struct Kept {
    of: Option<Asked>,
    pub raster: Option<Arc<Raster>>,
    pub cells: Option<Arc<Cells>>,
    pub in_view: Option<InView>,
}

/// What counts depend on, but for the rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Asked {
    pub camera: Camera,
    pub size: [f32; 2],
    pub pixel_ratio: f32,
    pub density: Density,
    pub theme: ThemeName,
    pub rows: usize,
}

/// More rows than so many are counted anew as soon as followed.
const MOST_MOVED: usize = 100_000;

impl Memo {
    /// Of a window, whose frames do not wait.
    #[must_use]
    pub fn of_window() -> Memo {
        Memo {
            is_hurried: true,
            ..Memo::default()
        }
    }

    pub(super) fn is_hurried(&self) -> bool {
        self.is_hurried
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that hexagons are to be worked out elsewhere.
    pub(super) fn want_hexes(&self, resolution: u8) {
        *self.hexes.lock().unwrap_or_else(PoisonError::into_inner) = Some(resolution);
    }

    /// Which are, told once.
    pub fn take_wanted_hexes(&self) -> Option<u8> {
        let mut wanted = self.hexes.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.take()
    }

    pub fn forget(&self) {
        *self.lock() = Kept::default();
    }

    /// Goes on with what is kept after rows came into the selection and left it; where the view differs
    /// by more, or by many, nothing is kept.
    pub(super) fn carry_on(&self, now: Asked, moved: &Moved, follow: impl FnOnce(&mut Kept)) {
        let mut kept = std::mem::take(&mut *self.lock());
        let before = Asked {
            rows: now.rows + moved.left.len() - moved.came.len(),
            ..now
        };
        if kept.of != Some(before) || moved.left.len() + moved.came.len() > MOST_MOVED {
            return;
        }
        follow(&mut kept);
        kept.of = Some(now);
        *self.lock() = kept;
    }

    /// What `slot` holds for this question, or what `make` makes of it.
    pub(super) fn kept<T: Clone>(
        &self,
        asked: Asked,
        slot: fn(&mut Kept) -> &mut Option<T>,
        make: impl FnOnce() -> T,
    ) -> T {
        {
            let mut kept = self.lock();
            if kept.of != Some(asked) {
                *kept = Kept {
                    of: Some(asked),
                    ..Kept::default()
                };
            } else if let Some(known) = slot(&mut kept) {
                return known.clone();
            }
        }
        let made = make();
        *slot(&mut self.lock()) = Some(made.clone());
        made
    }
}
