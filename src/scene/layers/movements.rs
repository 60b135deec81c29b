//! Movements: a line with a light edge and heads that say which way; a track drawn through,
//! deployments dashed, flows dotted.

use super::super::drawing::{Color, Point, Primitive, Stroke};
use super::super::key::{KeyLine, KeyPart, KeyRow, Medium, Section};
use super::super::symbols::LARGEST_PX;
use super::super::theme::Theme;
use super::super::view::MapView;
use super::super::ways::{Stretch, Track, Way};
use super::incidents::{self, Symbol};
use super::layer::{Found, Layer, What};
use crate::domain::MovementKind;
use crate::locale::{date_range, number, tr};
use std::collections::HashMap;

pub const LAYER: Layer = Layer {
    key,
    pick: found,
    credit: |view| {
        shown(view)
            .iter()
            .map(|s| s.track.dataset.as_str())
            .collect()
    },
    ..Layer::new("movements", text!("layer-movements"), draw)
};

const WIDTH_PX: f32 = 1.9;
/// Of the light edge, on either side.
const EDGE_PX: f32 = 1.4;
/// From one head to the next along a line.
const HEADS_PX: f32 = 150.0;
/// Heads on one stretch at most: a scribble is not to become a thicket.
const MOST_HEADS: usize = 40;
const HEAD_PX: f32 = 10.0;
/// Width of a sign in a key.
const SIGN_PX: f32 = 22.0;

/// A movement as it is seen.
pub struct Shown<'a> {
    pub track: &'a Track,
    pub stretches: Vec<Stretch>,
}

/// The movements of which some part can be seen, in the order of the case.
#[must_use]
pub fn shown<'a>(view: &MapView<'a>) -> Vec<Shown<'a>> {
    if !view.layers.is_on(LAYER.id) {
        return Vec::new();
    }
    let projector = view.projector();
    let asked = |t: &&Track| t.is_within(view.from, view.to) && view.ways.shows(&t.dataset);
    let tracks = view.ways.tracks.iter().filter(asked);
    let seen = tracks.map(|track| Shown {
        track,
        stretches: track.seen(&projector, view.camera.zoom, view.size),
    });
    seen.filter(|s| !s.stretches.is_empty()).collect()
}

#[must_use]
pub fn draw(view: &MapView) -> Vec<Primitive> {
    let mut shown = shown(view);
    // What is selected lies over the others.
    let is_selected = |s: &Shown| view.ways.selected == Some(Way::Movement(s.track.id));
    shown.sort_by_key(is_selected);
    let symbols = Symbols::of(view, &shown);
    let mut items = Vec::new();
    for s in &mut shown {
        for stretch in s.stretches.iter_mut().filter(|stretch| stretch.is_end) {
            symbols.leave_free(stretch);
        }
    }
    for s in &shown {
        let ink = match is_selected(s) {
            true => view.theme.accent,
            false => view.theme.movement,
        };
        let edge = Stroke::solid(view.theme.halo.with_alpha(0.85), WIDTH_PX + 2.0 * EDGE_PX);
        let line = |stroke: Stroke| {
            s.stretches.iter().map(move |stretch| Primitive::Line {
                points: stretch.points.clone(),
                stroke,
            })
        };
        items.extend(line(edge));
        items.extend(line(stroke(s.track.kind, ink)));
        for stretch in &s.stretches {
            items.extend(heads(stretch).into_iter().map(|corners| Primitive::Area {
                rings: vec![corners],
                fill: Some(ink),
                stroke: Some(Stroke::solid(view.theme.halo, 1.0)),
            }));
        }
    }
    items
}

/// The symbols of incidents, by the square of the map they lie in: a line ends at the edge of the one
/// that its end lies under, so that its head is seen.
struct Symbols {
    squares: HashMap<(i32, i32), Vec<Symbol>>,
}

/// Side of a square, px: no symbol reaches over more than the next one.
const SQUARE_PX: f32 = LARGEST_PX * REACH + GAP_PX;
/// Corners of a mark lie beyond its radius by so much.
const REACH: f32 = 1.2;
/// By so much the end of a line is taken back at most.
const MOST_SHORTENED_PX: u16 = 400;
/// Between an edge and a head.
const GAP_PX: f32 = 1.5;

impl Symbols {
    fn of(view: &MapView, shown: &[Shown]) -> Symbols {
        let mut squares: HashMap<_, Vec<Symbol>> = HashMap::new();
        let ends = shown.iter().flat_map(|s| &s.stretches).any(|s| s.is_end);
        if ends && view.layers.is_on(incidents::LAYER.id) {
            for symbol in incidents::visible(view) {
                squares.entry(square(symbol.at)).or_default().push(symbol);
            }
        }
        Symbols { squares }
    }

    /// Shortens the end of a line that lies under symbols; one that lies under them whole stays.
    fn leave_free(&self, stretch: &mut Stretch) {
        let along = Along::new(&stretch.points);
        let Some((x, y)) = stretch.points.last().map(|end| square(*end)) else {
            return;
        };
        let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let near = around.filter_map(|at| self.squares.get(&at)).flatten();
        let is_under = |p: Point, s: &Symbol| {
            let d = (p[0] - s.at[0]).hypot(p[1] - s.at[1]);
            d < s.radius_px * REACH + GAP_PX
        };
        let near: Vec<&Symbol> = near.collect();
        let is_free = |at: &f32| {
            let p = along.at(*at);
            p.is_none_or(|p| !near.iter().any(|s| is_under(p, s)))
        };
        // What winds about under them for longer stays as it is.
        let steps = (0..MOST_SHORTENED_PX).map(|step| along.length() - f32::from(step));
        let mut steps = steps.take_while(|at| *at > HEAD_PX);
        if let Some(at) = steps.find(is_free).filter(|at| *at < along.length()) {
            stretch.points = along.until(at);
        }
    }
}

fn square([x, y]: Point) -> (i32, i32) {
    let of = |v: f32| (v / SQUARE_PX).floor() as i32;
    (of(x), of(y))
}

/// The line of a kind of movement.
#[must_use]
pub const fn stroke(kind: MovementKind, ink: Color) -> Stroke {
    match kind {
        MovementKind::Track => Stroke::solid(ink, WIDTH_PX),
        MovementKind::Deployment => Stroke::dashed(ink, WIDTH_PX, [9.0, 5.0]),
        MovementKind::Flow => Stroke::dashed(ink, WIDTH_PX, [2.5, 4.0]),
    }
}

/// Kinds of movement in view, each with how many.
fn key(view: &MapView, _: Medium) -> Option<KeyPart> {
    let shown = shown(view);
    let row = |kind: &MovementKind| {
        let kind = *kind;
        let n = shown.iter().filter(|s| s.track.kind == kind).count();
        let name = tr(view.lang, text!("movement-" + kind.code()));
        let sign = move |theme: &Theme, at| sign(theme, kind, at, SIGN_PX);
        let line = || KeyLine::new(sign, name, number(n as u64));
        (n > 0).then(|| KeyRow::Line(line()))
    };
    let rows: Vec<KeyRow> = MovementKind::ALL.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| KeyPart {
        section: Section::Movements,
        head: tr(view.lang, text!("legend-ways")),
        rows,
    })
}

/// The sign of a kind in a key: a short line with its head, from its left end.
#[must_use]
pub fn sign(theme: &Theme, kind: MovementKind, [x, y]: Point, width_px: f32) -> Vec<Primitive> {
    let points = vec![[x, y], [x + width_px, y]];
    let head = Along::new(&points).head(width_px);
    let line = Primitive::line(points, stroke(kind, theme.movement));
    let head = head.map(|corners| Primitive::Area {
        rings: vec![corners],
        fill: Some(theme.movement),
        stroke: None,
    });
    std::iter::once(line).chain(head).collect()
}

/// Corners of the heads of a stretch: at the end of the line, and along what is long.
fn heads(stretch: &Stretch) -> Vec<Vec<Point>> {
    let along = Along::new(&stretch.points);
    let mut found = Vec::new();
    let mut at = HEADS_PX / 2.0;
    // Room for the head at the end.
    let last = along.length() - if stretch.is_end { HEADS_PX / 3.0 } else { 0.0 };
    while at < last && found.len() < MOST_HEADS {
        found.extend(along.head(at));
        at += HEADS_PX;
    }
    if stretch.is_end {
        found.extend(along.head(along.length()));
    }
    found
}

/// A line by the distance from its start, px.
pub(super) struct Along<'a> {
    points: &'a [Point],
    /// Of each point.
    from_start: Vec<f32>,
}

impl<'a> Along<'a> {
    pub(super) fn new(points: &'a [Point]) -> Along<'a> {
        let mut sum = 0.0;
        let steps = points.windows(2).map(|w| {
            sum += (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1]);
            sum
        });
        Along {
            from_start: std::iter::once(0.0).chain(steps).collect(),
            points,
        }
    }

    pub(super) fn length(&self) -> f32 {
        self.from_start.last().copied().unwrap_or(0.0)
    }

    pub(super) fn at(&self, distance: f32) -> Option<Point> {
        let next = self.from_start.partition_point(|d| *d < distance);
        let (Some(before), Some(b)) = (next.checked_sub(1), self.points.get(next)) else {
            return self.points.first().copied();
        };
        let (a, from, to) = (
            self.points[before],
            self.from_start[before],
            self.from_start[next],
        );
        let t = if to > from {
            (distance - from) / (to - from)
        } else {
            1.0
        };
        Some([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
    }

    /// The line up to there.
    fn until(&self, distance: f32) -> Vec<Point> {
        let whole = self.from_start.partition_point(|d| *d < distance);
        let mut points = self.points[..whole].to_vec();
        points.extend(self.at(distance));
        points
    }

    /// A head with its tip there; `None` where the line is too short to have a direction.
    fn head(&self, distance: f32) -> Option<Vec<Point>> {
        let distance = distance.min(self.length());
        let (tip, tail) = (self.at(distance)?, self.at((distance - HEAD_PX).max(0.0))?);
        let d = [tip[0] - tail[0], tip[1] - tail[1]];
        let length = d[0].hypot(d[1]);
        if length < 1.0 {
            return None;
        }
        let [x, y] = d.map(|v| v / length);
        let foot = [tip[0] - HEAD_PX * x, tip[1] - HEAD_PX * y];
        let notch = [tip[0] - 0.7 * HEAD_PX * x, tip[1] - 0.7 * HEAD_PX * y];
        let half = 0.42 * HEAD_PX;
        Some(vec![
            tip,
            [foot[0] - half * y, foot[1] + half * x],
            notch,
            [foot[0] + half * y, foot[1] - half * x],
        ])
    }
}

/// The movement under a point, the nearest one.
#[must_use]
pub fn pick(view: &MapView, at: Point) -> Option<i64> {
    const REACH_PX: f32 = 6.0;
    let all = shown(view);
    let near = all.iter().filter_map(|s| {
        let legs = s.stretches.iter().flat_map(|s| s.points.windows(2));
        let nearest = legs
            .map(|w| distance(at, w[0], w[1]))
            .min_by(f32::total_cmp)?;
        (nearest <= REACH_PX).then_some((nearest, s.track.id))
    });
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

/// The same with its name, its kind, and when it was under way.
fn found(view: &MapView, at: Point, _: usize) -> Option<Found> {
    let id = pick(view, at)?;
    let track = view.ways.tracks.iter().find(|t| t.id == id)?;
    let name = track.name.in_language(view.lang.is_spanish()).to_owned();
    let kind = tr(view.lang, text!("movement-" + track.kind.code()));
    let days = track.days.map(|(from, to)| date_range(view.lang, from, to));
    let mut lines = vec![name, kind, days.unwrap_or_default()];
    lines.retain(|line| !line.is_empty());
    Some(Found {
        what: What::Way(Way::Movement(id)),
        words: Some(lines.join("\n")),
    })
}

/// Of a point from a leg.
fn distance(p: Point, a: Point, b: Point) -> f32 {
    let d = [b[0] - a[0], b[1] - a[1]];
    let squared = d[0] * d[0] + d[1] * d[1];
    let along = (p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1];
    let t = if squared > 0.0 {
        (along / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (p[0] - a[0] - t * d[0]).hypot(p[1] - a[1] - t * d[1])
}

#[cfg(test)]
mod tests;
