//! Many incidents: what stands for them on the map, and the counts behind it. Up to
//! [`SYMBOLS_UP_TO`] in view each has its symbol; above, the map shows how many there are.

use super::cells;
use super::counted::{Cells, InView};
use super::dots;
use super::drawing::Point;
use super::memo::Memo;
use super::style::Drawn;
use super::view::MapView;
use crate::index::Row;
use crate::index::spatial::FixedRect;
use crate::query::Moved;
use rayon::prelude::*;
use std::sync::Arc;

/// Incidents in view up to which each has its symbol where nothing else is asked for.
pub const SYMBOLS_UP_TO: usize = 20_000;

/// What is drawn of incidents in a view.
#[must_use]
pub fn drawn(view: &MapView) -> Drawn {
    let few = || {
        view.selection.len() <= SYMBOLS_UP_TO || in_view(view).incidents() <= SYMBOLS_UP_TO as u32
    };
    match view.layers.density.style.drawn(few) {
        Drawn::Hexagons if waits_for_hexagons(view) => Drawn::Density,
        drawn => drawn,
    }
}

/// Hexagons of a size that was not looked at before take a while to work out where there are many
/// rows: a window does without until somebody has.
fn waits_for_hexagons(view: &MapView) -> bool {
    let memo = view.memo.filter(|memo| memo.is_hurried());
    let (Some(memo), Some(spatial)) = (memo, view.spatial) else {
        return false;
    };
    let resolution = cells::resolution(view);
    let index = spatial.places_made();
    let near = index.map_or(usize::MAX, |i| {
        i.count_near(FixedRect::around(cells::around_hexagons(view)))
    });
    let waits = near.min(view.selection.len()) > cells::FEW_ROWS && !spatial.has_hexes(resolution);
    if waits {
        memo.want_hexes(resolution);
    }
    waits
}

/// Counts what lies in the view.
#[must_use]
pub fn in_view(view: &MapView) -> InView {
    let count = || {
        let projector = view.projector();
        let (rows, window) = (view.rows_near(projector.visible()), projector.window());
        let parts = rows.par_chunks(1 << 16);
        let parts = parts.map(|rows| InView::of(view.columns, &window, rows));
        parts.reduce(InView::default, |a, b| a.with(b, u32::wrapping_add))
    };
    view.kept(|k| &mut k.in_view, count)
}

/// The hexagons or clusters of a view; every one is whole, also where the view cuts it.
#[must_use]
pub fn cells(view: &MapView) -> Arc<Cells> {
    let count = || match drawn(view) {
        Drawn::Hexagons => cells::hexagons(view),
        _ => cells::clusters(view),
    };
    view.kept(|k| &mut k.cells, || Arc::new(count()))
}

/// How many rows [`pick`] would give, without looking at each; `None` of symbols, which are few.
#[must_use]
pub fn count_at(view: &MapView, at: Point) -> Option<u32> {
    match drawn(view) {
        Drawn::Symbols => None,
        Drawn::Density => Some(dots::raster(view).count_at(at)),
        Drawn::Hexagons => {
            let found = cells(view);
            let cell = cells::hexagon_at(view, &found, at);
            Some(cell.map_or(0, |cell| cell.tally.incidents()))
        }
        Drawn::Clusters => None,
    }
}

/// The rows that what lies under a point of the map counts, the latest first.
#[must_use]
pub fn pick(view: &MapView, at: Point) -> Vec<Row> {
    let mut rows = match drawn(view) {
        Drawn::Symbols => Vec::new(),
        Drawn::Density => dots::pick(view, at),
        Drawn::Hexagons => cells::pick_hexagon(view, &cells(view), at),
        Drawn::Clusters => cells::pick_cluster(view, &cells(view), at),
    };
    rows.reverse();
    rows
}

impl Memo {
    /// Brings what is kept in line with a view that differs by rows that came into the selection and
    /// left it; where it differs by more, or by many, nothing is kept.
    pub fn follow(&self, view: &MapView, moved: &Moved) {
        let (now, window) = (view.asked(), view.projector().window());
        self.carry_on(now, moved, |kept| {
            // One that somebody holds on to stays as it is.
            let follow = |mut raster: Arc<_>| {
                dots::follow(Arc::get_mut(&mut raster)?, view, moved);
                Some(raster)
            };
            kept.raster = kept.raster.take().and_then(follow);
            kept.cells = None;
            let counts = kept.in_view.take();
            kept.in_view = counts.map(|n| n.follow(view.columns, &window, moved));
        });
    }
}
