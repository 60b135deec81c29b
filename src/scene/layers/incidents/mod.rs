//! A symbol an incident, or counts where there are too many: size by deaths, outline and colour by mark, lighter where the date is not
//! exact. The biggest are drawn first, so that small ones are not hidden.

pub mod counts;
pub mod key;

use super::layer::{Found, Layer, What};
use crate::domain::{Kind, PlacePrecision, TimePrecision};
use crate::index::{Columns, Row};
use crate::locale::{number, tr};
use crate::scene::coloring::Coloring;
use crate::scene::density;
use crate::scene::drawing::{Point, Primitive, Stroke};
use crate::scene::style::Drawn;
use crate::scene::symbols::LARGEST_PX;
use crate::scene::theme::ThemeName;
use crate::scene::view::MapView;
use rayon::prelude::*;
use std::collections::HashMap;

pub const LAYER: Layer = Layer {
    key: key::part,
    pick: found,
    credit,
    ..Layer::new("incidents", text!("layer-incidents"), draw)
};

/// Id of the layer of rings around them.
pub const RINGS: &str = "uncertainty_rings";

/// Opacity, so that piles show; and that of incidents whose day is not known.
const FILL: f32 = 0.6;
const FILL_UNCERTAIN: f32 = 0.26;
const FILL_UNCERTAIN_DARK: f32 = 0.4;

/// Equal symbols on one spot beyond this many change no pixel: 0.4⁵ shows through five of them.
const PILE: u32 = 5;

/// Where more symbols than so many are asked for all the same, one a pixel is drawn of each kind and
/// size: counts are the raster's to show.
const CROWD: usize = 20_000;

/// One symbol on the map.
#[derive(Clone, Copy, Debug)]
pub struct Symbol {
    pub row: Row,
    pub at: Point,
    pub radius_px: f32,
}

/// Whether the day an incident happened on is known.
#[must_use]
pub fn is_day_known(columns: &Columns, row: Row) -> bool {
    let row = row as usize;
    columns.start_day[row] == columns.end_day[row]
        && columns.time_precision[row] <= TimePrecision::Day
}

/// What is drawn of incidents in this view: whatever depends on it asks here.
#[must_use]
pub fn style_of(view: &MapView) -> Drawn {
    density::drawn(view)
}

/// The symbols of all selected rows that can be seen, in the order of rows; none where something
/// else stands for them.
#[must_use]
pub fn visible(view: &MapView) -> Vec<Symbol> {
    if style_of(view) != Drawn::Symbols {
        return Vec::new();
    }
    let [west, north, east, south] = view.projector().visible();
    let reach = f64::from(LARGEST_PX) / view.projector().world_px();
    let mut symbols = symbols_in(
        view,
        [west - reach, north - reach, east + reach, south + reach],
    );
    if !is_crowded(view) {
        set_side_by_side(view, &mut symbols);
    }
    symbols
}

/// More in view than are set side by side.
fn is_crowded(view: &MapView) -> bool {
    density::in_view(view).incidents() > SIDE_BY_SIDE_OF
}

/// Symbols of a part of the world (on the unit square), where they can be seen; each on its place.
fn symbols_in(view: &MapView, world: [f64; 4]) -> Vec<Symbol> {
    let projector = view.projector();
    let c = view.columns;
    let symbol = |row: &Row| {
        let i = *row as usize;
        let at = projector.fixed(c.world_x[i], c.world_y[i]);
        if !projector.sees(at, LARGEST_PX) {
            return None;
        }
        let radius_px = view.symbol_radius_px(view.columns.deaths(*row).best);
        projector.sees(at, radius_px).then_some(Symbol {
            row: *row,
            at,
            radius_px,
        })
    };
    view.rows_near(world)
        .par_iter()
        .filter_map(symbol)
        .collect()
}

/// Incidents whose place is known to the municipality or wider often share one point that stands
/// for it. Up to [`SIDE_BY_SIDE`] of them are set around that point, the biggest in the middle:
/// each is seen, and none is moved from a place that is known. More stay a pile, as do symbols of
/// a map that is crowded anyway.
fn set_side_by_side(view: &MapView, symbols: &mut [Symbol]) {
    let c = view.columns;
    let mut spots: HashMap<(u64, u64), Vec<usize>> = HashMap::new();
    for (i, symbol) in symbols.iter().enumerate() {
        let row = symbol.row as usize;
        if c.place_precision[row] >= PlacePrecision::Municipality {
            let spot = (c.lon[row].to_bits(), c.lat[row].to_bits());
            spots.entry(spot).or_default().push(i);
        }
    }
    for mut pile in spots
        .into_values()
        .filter(|p| (2..=SIDE_BY_SIDE).contains(&p.len()))
    {
        pile.sort_by(|a, b| {
            symbols[*b]
                .radius_px
                .total_cmp(&symbols[*a].radius_px)
                .then(a.cmp(b))
        });
        let mean = pile.iter().map(|i| symbols[*i].radius_px).sum::<f32>() / pile.len() as f32;
        let largest = symbols[pile[0]].radius_px;
        // None leaves the circle in which its place is known to lie, or its pile.
        let row = symbols[pile[0]].row as usize;
        let known_px = f64::from(c.radius_m[row]) / view.camera.metres_per_px(c.lat[row]);
        let natural = |k: usize| (largest - mean).max(0.0) + mean * 2.15 * (k as f32).sqrt();
        let furthest = natural(pile.len() - 1);
        let fitted = (known_px as f32).max(largest * 1.2).min(furthest) / furthest;
        for (k, i) in pile.into_iter().enumerate().skip(1) {
            // A sunflower's spiral: even spacing, whatever the number.
            let reach = natural(k) * fitted;
            let angle = k as f32 * GOLDEN_ANGLE;
            symbols[i].at[0] += reach * angle.cos();
            symbols[i].at[1] += reach * angle.sin();
        }
    }
}

/// Incidents on one spot that are set side by side, and incidents in view up to which they are.
const SIDE_BY_SIDE: usize = 40;
const SIDE_BY_SIDE_OF: u32 = 2_000;
/// Radians between neighbours of the spiral.
const GOLDEN_ANGLE: f32 = 2.399_963_2;

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let drawn = style_of(view);
    if drawn != Drawn::Symbols {
        return counts::draw(view, drawn);
    }
    let mut symbols = visible(view);
    thin_out(view, &mut symbols);
    // Stable: of equally big ones the latest lies on top.
    symbols.sort_by(|a, b| b.radius_px.total_cmp(&a.radius_px));
    // Where thousands lie on another, their outlines would whiten the map.
    let hairline = (1.0 - symbols.len() as f32 / 4_000.0).clamp(0.1, 0.9);
    let hairline = if view.theme.name == ThemeName::Dark {
        0.6 * hairline
    } else {
        hairline
    };
    let coloring = Coloring::of(view);
    let mark = |s| mark(view, s, coloring.as_ref(), hairline);
    symbols.iter().map(mark).collect()
}

/// The symbol of one incident among few.
#[must_use]
pub fn symbol_at(view: &MapView, coloring: Option<&Coloring>, row: Row, at: Point) -> Primitive {
    let radius_px = view
        .symbol_radius_px(view.columns.deaths(row).best)
        .max(4.0);
    mark(view, &Symbol { row, at, radius_px }, coloring, 0.9)
}

fn mark(view: &MapView, symbol: &Symbol, coloring: Option<&Coloring>, hairline: f32) -> Primitive {
    let kind = view.columns.kind[symbol.row as usize];
    let ink = match coloring {
        Some(coloring) => coloring.color(view.columns, symbol.row),
        None => view.theme.mark(kind.mark()),
    };
    let opacity = if is_day_known(view.columns, symbol.row) {
        FILL
    } else {
        match view.theme.name {
            ThemeName::Light => FILL_UNCERTAIN,
            ThemeName::Dark => FILL_UNCERTAIN_DARK,
        }
    };
    let small = symbol.radius_px < 5.0;
    let hairline_px = if small { 0.6 } else { 0.9 };
    // White around piles of small symbols would be all that is seen of them in the dark.
    let dark = view.theme.name == ThemeName::Dark;
    let hairline = if small && dark {
        hairline * 0.3
    } else {
        hairline
    };
    Primitive::Mark {
        center: symbol.at,
        radius_px: symbol.radius_px,
        shape: kind.mark().shape(),
        inner: kind.inner(),
        fill: ink.with_alpha(opacity),
        outline: Stroke::solid(view.theme.hairline.with_alpha(hairline), hairline_px),
    }
}

/// Leaves out what would not be seen for lying exactly under equals.
fn thin_out(view: &MapView, symbols: &mut Vec<Symbol>) {
    let (columns, coloring) = (view.columns, Coloring::of(view));
    let crowd = symbols.len() > CROWD;
    let (steps_a_px, most) = if crowd { (1.0, 1) } else { (8.0, PILE) };
    let mut piles: HashMap<(Kind, usize, bool, u32, i32, i32), u32> = HashMap::new();
    symbols.retain(|s| {
        let step = |v: f32| (v * steps_a_px).round() as i32;
        let spot = (
            columns.kind[s.row as usize],
            coloring.as_ref().map_or(0, |c| c.class(columns, s.row)),
            is_day_known(columns, s.row),
            s.radius_px.to_bits(),
            step(s.at[0]),
            step(s.at[1]),
        );
        let pile = piles.entry(spot).or_default();
        *pile += 1;
        *pile <= most
    });
}

/// The rows whose symbol lies under a point of the map, topmost first; where counts are drawn,
/// those that the count there counts, the latest first.
#[must_use]
pub fn pick(view: &MapView, at: Point) -> Vec<Row> {
    /// Small symbols are caught a little beside them.
    const REACH_PX: f32 = 3.0;
    if style_of(view) != Drawn::Symbols {
        return density::pick(view, at);
    }
    let near =
        |s: &Symbol| (s.at[0] - at[0]).hypot(s.at[1] - at[1]) <= s.radius_px.max(4.0) + REACH_PX;
    // Where each symbol is on its place, only those around are looked at.
    let symbols = if is_crowded(view) {
        let reach = LARGEST_PX + REACH_PX;
        let projector = view.projector();
        let corner = |sign: f32| projector.world_at([at[0] + sign * reach, at[1] + sign * reach]);
        let ([west, north], [east, south]) = (corner(-1.0), corner(1.0));
        symbols_in(view, [west, north, east, south])
    } else {
        visible(view)
    };
    let mut found: Vec<Symbol> = symbols.into_iter().filter(near).collect();
    let inside = |s: &Symbol| (s.at[0] - at[0]).hypot(s.at[1] - at[1]) <= s.radius_px + 0.5;
    if found.iter().any(inside) {
        found.retain(inside);
    }
    found.sort_by(|a, b| a.radius_px.total_cmp(&b.radius_px).then(b.row.cmp(&a.row)));
    found.into_iter().map(|s| s.row).collect()
}

/// The same; of more than `most` how many there are.
fn found(view: &MapView, at: Point, most: usize) -> Option<Found> {
    let many = density::count_at(view, at).filter(|n| *n as usize > most);
    if let Some(n) = many {
        let n = number(u64::from(n));
        return Some(Found {
            what: What::Many,
            words: Some(tr(view.lang, text!("map-many-here", n = n))),
        });
    }
    let rows = pick(view, at);
    (!rows.is_empty()).then_some(Found {
        what: What::Rows(rows),
        words: None,
    })
}

/// Datasets with rows that pass the filter.
fn credit<'a>(view: &MapView<'a>) -> Vec<&'a str> {
    let c = view.columns;
    let mut has_rows = vec![false; c.datasets.len()];
    for row in &view.selection.rows {
        has_rows[c.dataset[*row as usize].0 as usize] = true;
    }
    let with_rows = c.datasets.iter().zip(has_rows).filter(|(_, has)| *has);
    with_rows.map(|((_, name), _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Deaths, Filter, Incident, TimePrecision, When};
    use crate::locale::Lang;
    use crate::query::select;
    use crate::scene::{Camera, Theme, sample};

    fn with_view<T>(incidents: &[Incident], check: impl FnOnce(&MapView) -> T) -> T {
        let columns = sample::columns(incidents);
        let selection = select(&columns, &Filter::default());
        check(&MapView::new(
            Camera {
                lon: -99.5,
                lat: 27.5,
                zoom: 7.0,
            },
            [800.0, 600.0],
            &Theme::LIGHT,
            Lang::En,
            &columns,
            &selection,
        ))
    }

    fn with_deaths(n: u32) -> Incident {
        Incident {
            deaths: Deaths::exactly(n),
            ..sample::incident(-99.5, 27.5, Kind::GunBattle)
        }
    }

    #[test]
    fn the_biggest_are_drawn_first_and_picked_last() {
        let incidents = [with_deaths(1), with_deaths(50), with_deaths(9)];
        with_view(&incidents, |view| {
            let radii: Vec<f32> = draw(view)
                .iter()
                .map(|p| {
                    if let Primitive::Mark { radius_px, .. } = p {
                        *radius_px
                    } else {
                        0.0
                    }
                })
                .collect();
            assert_eq!(radii.len(), 3);
            assert!(radii.is_sorted_by(|a, b| a >= b), "{radii:?}");
            let middle = [400.0, 300.0];
            let picked: Vec<u32> = pick(view, middle)
                .iter()
                .map(|r| view.columns.deaths(*r).best.unwrap())
                .collect();
            assert_eq!(picked, [1, 9, 50]);
            assert!(pick(view, [400.0, 340.0]).is_empty());
        });
    }

    #[test]
    fn an_unknown_day_is_lighter() {
        let mut vague = with_deaths(3);
        vague.when = When::new(
            "2025-02-01".parse().unwrap(),
            "2025-02-28".parse().unwrap(),
            TimePrecision::Month,
        )
        .unwrap();
        let fill = |incident: Incident| {
            with_view(&[incident], |v| {
                if let Primitive::Mark { fill, .. } = &draw(v)[0] {
                    fill.a
                } else {
                    0
                }
            })
        };
        assert!(fill(vague) < fill(with_deaths(3)));
    }

    #[test]
    fn what_cannot_be_seen_is_not_drawn() {
        let away = sample::incident(20.0, 50.0, Kind::GunBattle);
        assert!(with_view(&[away], draw).is_empty());
        // Six equals and more on one spot look like five.
        assert_eq!(
            with_view(&vec![with_deaths(2); 40], draw).len(),
            PILE as usize
        );
        // A crowd is bounded by the pixels.
        let crowd: Vec<Incident> = (0..CROWD + 5_000)
            .map(|i| sample::incident(-99.5 + (i % 200) as f64 * 1e-4, 27.5, Kind::Raid))
            .collect();
        assert!(with_view(&crowd, draw).len() < 20);
    }
}
