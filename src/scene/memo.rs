//! What was counted for the last view, so that layers, key and pointer count once.

use super::camera::Camera;
use super::density::{Cells, Density, InView};
use super::dots::Raster;
use super::theme::ThemeName;
use super::view::MapView;
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
struct Asked {
    camera: Camera,
    size: [f32; 2],
    pixel_ratio: f32,
    density: Density,
    theme: ThemeName,
    rows: usize,
}

impl Asked {
    fn of(view: &MapView) -> Asked {
        Asked {
            camera: view.camera,
            size: view.size,
            pixel_ratio: view.pixel_ratio,
            density: view.layers.density,
            theme: view.theme.name,
            rows: view.selection.len(),
        }
    }
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

    /// Brings what is kept in line with a view that differs by rows that came into the selection and
    /// left it; where it differs by more, or by many, nothing is kept.
    pub fn follow(&self, view: &MapView, moved: &Moved) {
        let mut kept = std::mem::take(&mut *self.lock());
        let now = Asked::of(view);
        let before = Asked {
            rows: now.rows + moved.left.len() - moved.came.len(),
            ..now
        };
        if kept.of != Some(before) || moved.left.len() + moved.came.len() > MOST_MOVED {
            return;
        }
        // One that somebody holds on to stays as it is.
        let follow = |mut raster: Arc<Raster>| {
            Arc::get_mut(&mut raster)?.follow(view, moved);
            Some(raster)
        };
        *self.lock() = Kept {
            of: Some(now),
            raster: kept.raster.take().and_then(follow),
            cells: None,
            in_view: kept.in_view.map(|counts| counts.follow(view, moved)),
        };
    }
}

/// What `slot` holds for this view, or what `make` makes of it.
pub(super) fn kept<T: Clone>(
    view: &MapView,
    slot: fn(&mut Kept) -> &mut Option<T>,
    make: impl FnOnce() -> T,
) -> T {
    let Some(memo) = view.memo else {
        return make();
    };
    let asked = Asked::of(view);
    {
        let mut kept = memo.lock();
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
    *slot(&mut memo.lock()) = Some(made.clone());
    made
}
