//! Two times side by side on the map: hexagons, brown where the first had more a day, violet where
//! the second had, grey where neither; the fuller the more incidents. The grid lies on the world,
//! so that it stays where it is while the map moves.

use super::super::drawing::{Color, Point, Primitive, rectangle};
use super::super::key::{KeyLine, KeyPart, KeyRow, Medium, Section};
use super::super::theme::Theme;
use super::super::times::{At, Cell, Grid, Lean};
use super::super::view::MapView;
use super::layer::{Found, Layer, What};
use crate::index::Row;
use crate::locale::{number, period, tr};
use crate::query::Compare;
use std::collections::HashSet;

/// Two times are compared or they are not: no switch of its own.
pub const LAYER: Layer = Layer {
    has_switch: false,
    key,
    pick: found,
    ..Layer::new("compare", text!("layer-compare"), draw)
};

/// Nothing where no times are compared.
#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let Some(compared) = view.compare else {
        return Vec::new();
    };
    let grid = Grid::new(&view.camera, view.size);
    let cells = compared.cells(&grid, view.columns);
    let most = cells.iter().map(|c| c.a + c.b).max().unwrap_or(0);
    let hexagon = |cell: &Cell| grid.hexagon(view.theme, cell, most);
    cells.iter().map(hexagon).collect()
}

/// The hexagon under a point with its two counts; where times are compared nothing below is picked.
fn found(view: &MapView, at: Point, most: usize) -> Option<Found> {
    let compared = view.compare?;
    let grid = Grid::new(&view.camera, view.size);
    let under = grid.under(at);
    if most == usize::MAX {
        let rows = grid.rows(view.columns, compared, |cell| cell == under);
        return Some(Found {
            what: What::Rows(rows),
            words: None,
        });
    }
    let cells = compared.cells(&grid, view.columns);
    let words = cells.iter().find(|c| c.at == under).map(|cell| {
        let side = |letter: &str, (from, to), n: u32| {
            let n = tr(view.lang, text!("n-incidents", n = number(u64::from(n))));
            format!("{letter} {}: {n}", period(view.lang, from, to))
        };
        let windows = compared.windows;
        let lines = [
            side("A", windows.a, cell.a),
            side("B", windows.b, cell.b),
            tr(view.lang, cell.lean.name_key()),
        ];
        lines.join("\n")
    });
    Some(Found {
        what: What::Many,
        words,
    })
}

/// The key to two times side by side.
#[derive(Clone, Debug, PartialEq)]
struct CompareKey {
    windows: Compare,
    /// Incidents in the hexagons in view.
    a: u32,
    b: u32,
    /// By which of the two had more: hexagons, and incidents of A and of B in them.
    leans: Vec<(Lean, [u32; 3])>,
}

impl CompareKey {
    fn of(view: &MapView) -> Option<CompareKey> {
        let compared = view.compare?;
        let cells = compared.cells(&Grid::new(&view.camera, view.size), view.columns);
        let of = |lean: Lean| {
            let mut sums = [0; 3];
            for cell in cells.iter().filter(|c| c.lean == lean) {
                for (sum, n) in sums.iter_mut().zip([1, cell.a, cell.b]) {
                    *sum += n;
                }
            }
            (lean, sums)
        };
        let leans: Vec<_> = Lean::ALL.into_iter().map(of).collect();
        Some(CompareKey {
            windows: compared.windows,
            a: leans.iter().map(|(_, n)| n[1]).sum(),
            b: leans.iter().map(|(_, n)| n[2]).sum(),
            leans: leans.into_iter().filter(|(_, n)| n[0] > 0).collect(),
        })
    }
}

/// What the colours mean, with hexagons and incidents in view.
fn key(view: &MapView, medium: Medium) -> Option<KeyPart> {
    let key = CompareKey::of(view)?;
    let line = |ink: fn(&Theme, Lean) -> Color, lean, name, value, leads_to| {
        let sign = move |theme: &Theme, [x, y]: Point| {
            let (left, top) = (x + 2.0, y - 7.0);
            vec![Primitive::area(
                vec![rounded([left, top], medium.pick(3.0, 0.0))],
                Some(ink(theme, lean)),
                None,
            )]
        };
        KeyRow::Line(KeyLine {
            leads_to: Some((rows_of as _, leads_to)),
            ..KeyLine::new(sign, name, value)
        })
    };
    let side = |letter: &str, (from, to)| format!("{letter} · {}", period(view.lang, from, to));
    let a = side("A", key.windows.a);
    let b = side("B", key.windows.b);
    let [n_a, n_b] = [key.a, key.b].map(|n| number(u64::from(n)));
    let mut rows = vec![
        line(|theme, _| theme.compare_a, Lean::Same, a, n_a, SIDE_A),
        line(|theme, _| theme.compare_b, Lean::Same, b, n_b, SIDE_B),
        KeyRow::Gap(4.0),
    ];
    rows.extend(key.leans.iter().map(|(lean, [_, a, b])| {
        let value = format!("{} | {}", number(u64::from(*a)), number(u64::from(*b)));
        let name = tr(view.lang, lean.name_key());
        line(
            |theme, lean| lean.color(theme),
            *lean,
            name,
            value,
            *lean as usize,
        )
    }));
    Some(KeyPart {
        section: Section::Times,
        head: tr(view.lang, text!("compare-key")),
        rows,
    })
}

/// A square of 14 px from its left upper corner, its corners cut by so many px.
fn rounded([left, top]: Point, cut: f32) -> Vec<Point> {
    let (right, bottom, cut) = (left + 14.0, top + 14.0, cut * 0.4);
    if cut == 0.0 {
        return rectangle([left, top, right, bottom]);
    }
    vec![
        [left + cut, top],
        [right - cut, top],
        [right, top + cut],
        [right, bottom - cut],
        [right - cut, bottom],
        [left + cut, bottom],
        [left, bottom - cut],
        [left, top + cut],
    ]
}

/// Lines of the key beside those of [`Lean`].
const SIDE_A: usize = Lean::ALL.len();
const SIDE_B: usize = SIDE_A + 1;

/// The rows in the hexagons in view that a line of the key counts.
fn rows_of(view: &MapView, line: usize) -> Vec<Row> {
    let Some(compared) = view.compare else {
        return Vec::new();
    };
    let grid = Grid::new(&view.camera, view.size);
    let cells = compared.cells(&grid, view.columns).into_iter();
    let wanted = cells.filter(|c| line >= SIDE_A || c.lean as usize == line);
    let wanted: HashSet<At> = wanted.map(|c| c.at).collect();
    let mut rows = grid.rows(view.columns, compared, |at| wanted.contains(&at));
    match line {
        SIDE_A => rows.retain(|row| compared.a.selection.contains(*row)),
        SIDE_B => rows.retain(|row| compared.b.selection.contains(*row)),
        _ => {}
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Filter;
    use crate::locale::Lang;
    use crate::query::{Compared, Judged, select};
    use crate::scene::times::Times;
    use crate::scene::{Camera, LayerSet, sample};
    use jiff::civil::Date;

    fn with_view(camera: Camera, check: impl Fn(&MapView)) {
        let columns = sample::ucdp();
        let judged = Judged::new(&columns, (&Filter::default()).into());
        let year = |y| (Date::constant(y, 1, 1), Date::constant(y, 12, 31));
        let windows = Compare {
            a: year(2010),
            b: year(2022),
        };
        let compared = Times::new(Compared::of(&columns, &judged, false, windows));
        let selection = select(&columns, &Filter::default());
        check(&MapView {
            layers: LayerSet::default().without("incidents"),
            compare: Some(&compared),
            ..MapView::new(
                camera,
                [1200.0, 800.0],
                &Theme::LIGHT,
                Lang::En,
                &columns,
                &selection,
            )
        });
    }

    const MEXICO: Camera = Camera {
        lon: -102.0,
        lat: 23.5,
        zoom: 4.8,
    };

    #[test]
    fn hexagons_hold_every_incident_once_and_lead_to_it() {
        with_view(MEXICO, |view| {
            let compared = view.compare.unwrap();
            let grid = Grid::new(&view.camera, view.size);
            let cells = compared.cells(&grid, view.columns);
            // All of Mexico is in view.
            let sum = |of: fn(&Cell) -> u32| cells.iter().map(of).sum::<u32>() as usize;
            assert_eq!(sum(|c| c.a), compared.a.selection.len());
            assert_eq!(sum(|c| c.b), compared.b.selection.len());
            assert!(compared.a.selection.len() > 500 && compared.b.selection.len() > 500);
            assert_eq!(draw(view).len(), cells.len());
            for cell in cells.iter().step_by(7) {
                assert_eq!(grid.under(cell.center), cell.at);
                let rows = grid.rows(view.columns, compared, |at| at == cell.at);
                let of_a = rows.iter().filter(|r| compared.a.selection.contains(**r));
                let of_b = rows.iter().filter(|r| compared.b.selection.contains(**r));
                assert_eq!(of_a.count(), cell.a as usize);
                assert_eq!(of_b.count(), cell.b as usize);
            }
        });
    }

    #[test]
    fn a_hexagon_is_where_its_incidents_are_and_stays_when_the_map_moves() {
        with_view(MEXICO, |view| {
            let grid = Grid::new(&view.camera, view.size);
            let compared = view.compare.unwrap();
            let radius_px = (grid.radius * grid.projector.world_px()) as f32;
            for row in &compared.a.selection.rows {
                let at = grid.of_row(view.columns, *row as usize);
                let center = grid.projector.world(grid.center(at));
                let i = *row as usize;
                let [x, y] = grid
                    .projector
                    .lon_lat(view.columns.lon[i], view.columns.lat[i]);
                let far = (center[0] - x).hypot(center[1] - y);
                assert!(far <= radius_px + 0.1, "{far} {radius_px}");
            }
            // Panned a little, as far as another country, and closer: what was counted before is
            // used where it covers the view, and is the same as counted anew.
            for (lon, zoom) in [(1.3, 0.0), (3.0, 0.2), (-40.0, 0.0), (0.5, 3.0), (1.5, 3.1)] {
                let moved = MapView {
                    camera: Camera {
                        lon: MEXICO.lon + lon,
                        zoom: MEXICO.zoom + zoom,
                        ..MEXICO
                    },
                    ..*view
                };
                let anew = Times::new((**compared).clone());
                let grid = Grid::new(&moved.camera, moved.size);
                let cells = |times: &Times| times.cells(&grid, view.columns);
                assert_eq!(cells(compared), cells(&anew));
            }
        });
    }

    #[test]
    fn leaning_is_by_the_day() {
        // A year against half a year.
        let of = |a, b| Lean::of(a, b, (365, 182));
        assert_eq!(of(100, 50), Lean::Same);
        assert_eq!(of(100, 100), Lean::MoreB);
        assert_eq!(of(100, 24), Lean::MoreA);
        assert_eq!(of(0, 1), Lean::MuchMoreB);
        assert_eq!(of(1, 0), Lean::MuchMoreA);
        assert_eq!(of(100, 300), Lean::MuchMoreB);
    }
}
