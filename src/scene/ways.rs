//! Movements and places, made ready once for being drawn in every frame.

use super::camera::world_from_lon_lat;
use super::clip;
use super::drawing::Point;
use super::projector::Projector;
use crate::domain::{LocalText, Movement, MovementKind, Place, measure};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A movement or a place by its primary key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    Movement(i64),
    Place(i64),
}

/// The movements and places of a case, and which of them are looked at.
#[derive(Clone, Copy, Default)]
pub struct Ways<'a> {
    pub tracks: &'a [Track],
    pub spots: &'a [Spot],
    /// Of these datasets only; of all where there are none.
    pub datasets: Option<&'a BTreeSet<String>>,
    pub selected: Option<Way>,
}

impl Ways<'_> {
    /// Whether what belongs to a dataset is shown.
    #[must_use]
    pub fn shows(&self, dataset: &str) -> bool {
        self.datasets
            .is_none_or(|chosen| chosen.is_empty() || chosen.contains(dataset))
    }
}

/// A place whose position is known.
#[derive(Clone, Debug)]
pub struct Spot {
    pub id: i64,
    pub name: LocalText,
    pub dataset: String,
    pub lon_lat: [f64; 2],
}

impl Spot {
    /// `None` where nobody says where the place is.
    #[must_use]
    pub fn new(id: i64, dataset: &str, place: &Place) -> Option<Spot> {
        let at = place.position?;
        Some(Spot {
            id,
            name: place.name.clone(),
            dataset: dataset.to_owned(),
            lon_lat: [at.lon, at.lat],
        })
    }
}

/// A movement's line, and the same with ever fewer points for being seen from further away.
#[derive(Clone, Debug)]
pub struct Track {
    pub id: i64,
    pub kind: MovementKind,
    pub name: LocalText,
    pub dataset: String,
    /// First and last day it may have been under way; `None` where nobody says.
    pub days: Option<(Date, Date)>,
    /// Along all points, the shortest way from each to the next.
    pub length_m: f64,
    /// Degrees `[west, south, east, north]`.
    pub extent: [f64; 4],
    /// Finest first.
    levels: Vec<Level>,
}

#[derive(Clone, Debug)]
struct Level {
    /// Up to this zoom what is left out cannot be seen.
    zoom: f64,
    lines: Vec<Line>,
}

/// Points on the unit square, with the boxes of every [`STEPS`] steps.
#[derive(Clone, Debug)]
struct Line {
    points: Vec<[f64; 2]>,
    /// `[west, north, east, south]`
    boxes: Vec<[f64; 4]>,
}

/// Steps of a line that are looked at together.
const STEPS: usize = 128;
/// A line of fewer points is drawn as it is from however far away.
const WORTH_THINNING: usize = 200;
/// Points nearer to each other than this are one, px.
const TELL_APART_PX: f64 = 1.2;
const FINEST_ZOOM: u8 = 18;

/// Part of a line that can be seen, in the order it was moved along.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub points: Vec<Point>,
    /// The line ends with it, and does not go on outside of the view.
    pub is_end: bool,
}

impl Track {
    #[must_use]
    pub fn new(id: i64, dataset: &str, movement: &Movement) -> Track {
        let lines = movement.path.iter();
        let lines = lines.map(|line| line.0.iter().map(|c| [c.x, c.y]).collect());
        let lines: Vec<Vec<[f64; 2]>> = lines.collect();
        let world = |[lon, lat]: &[f64; 2]| world_from_lon_lat(*lon, *lat);
        let on_world = |line: &Vec<[f64; 2]>| line.iter().map(world).collect();
        Track {
            id,
            kind: movement.kind,
            name: movement.name.clone(),
            dataset: dataset.to_owned(),
            days: movement.when.as_ref().map(|w| (w.start, w.end)),
            length_m: lines.iter().fold(0.0, |sum, l| sum + measure::length_m(l)),
            extent: clip::around(lines.iter().flatten()),
            levels: levels(lines.iter().map(on_world).collect()),
        }
    }

    /// Whether it may have been under way in a time; unbounded where `None`.
    #[must_use]
    pub fn is_within(&self, from: Option<Date>, to: Option<Date>) -> bool {
        self.days.is_none_or(|(first, last)| {
            to.is_none_or(|to| first <= to) && from.is_none_or(|from| last >= from)
        })
    }

    /// What of it can be seen on a map of `size` px at `zoom`, cut a little outside.
    #[must_use]
    pub fn seen(&self, projector: &Projector, zoom: f64, size: [f32; 2]) -> Vec<Stretch> {
        const MARGIN_PX: f32 = 12.0;
        let window = [
            -MARGIN_PX,
            -MARGIN_PX,
            size[0] + MARGIN_PX,
            size[1] + MARGIN_PX,
        ];
        let level = self.levels.iter().rev().find(|level| zoom <= level.zoom);
        let lines = level.map_or(&[][..], |level| &level.lines);
        let mut found = Vec::new();
        for line in lines {
            line.seen(projector, window, &mut found);
        }
        limited(found)
    }
}

impl Line {
    fn new(points: Vec<[f64; 2]>) -> Line {
        let steps = points.len().saturating_sub(1);
        let boxes = (0..steps).step_by(STEPS).map(|from| {
            let part = &points[from..=(from + STEPS).min(steps)];
            clip::around(part)
        });
        Line {
            boxes: boxes.collect(),
            points,
        }
    }

    fn seen(&self, projector: &Projector, window: clip::Rect, found: &mut Vec<Stretch>) {
        // The whole line on that copy of the world in which its middle lies nearest to the centre.
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        for b in &self.boxes {
            (west, east) = (west.min(b[0]), east.max(b[2]));
        }
        let copy = projector.nearest_copy((west + east) / 2.0);
        let on_screen = |[x, y]: [f64; 2]| projector.world([x + copy, y]);
        let is_near = |b: &[f64; 4]| {
            let (a, z) = (on_screen([b[0], b[1]]), on_screen([b[2], b[3]]));
            a[0] <= window[2] && a[1] <= window[3] && z[0] >= window[0] && z[1] >= window[1]
        };
        let mut at = 0;
        while at < self.boxes.len() {
            let run = self.boxes[at..].iter().take_while(|b| is_near(b)).count();
            if run > 0 {
                let last = ((at + run) * STEPS).min(self.points.len() - 1);
                let part = &self.points[at * STEPS..=last];
                let part: Vec<Point> = part.iter().map(|p| on_screen(*p)).collect();
                let ends = last + 1 == self.points.len();
                let end = part.last().copied().filter(|_| ends);
                let cut = clip::line(&part, window).into_iter();
                found.extend(cut.map(|points| Stretch {
                    is_end: end.is_some() && points.last().copied() == end,
                    points,
                }));
            }
            at += run.max(1);
        }
    }
}

/// The line as it is, then with fewer and fewer points: a level wherever half of them can go.
fn levels(lines: Vec<Vec<[f64; 2]>>) -> Vec<Level> {
    let count = |lines: &[Vec<[f64; 2]>]| lines.iter().map(Vec::len).sum::<usize>();
    let level = |zoom: f64, lines: &[Vec<[f64; 2]>]| Level {
        zoom,
        lines: lines.iter().cloned().map(Line::new).collect(),
    };
    let mut found = vec![level(f64::INFINITY, &lines)];
    let mut finer = lines;
    for zoom in (0..=FINEST_ZOOM).rev().map(f64::from) {
        if count(&finer) < WORTH_THINNING {
            break;
        }
        let least = TELL_APART_PX / (256.0 * zoom.exp2());
        let thin: Vec<Vec<[f64; 2]>> = finer.iter().map(|line| thinned(line, least)).collect();
        if count(&thin) * 2 <= count(&finer) {
            found.push(level(zoom, &thin));
            finer = thin;
        }
    }
    found
}

/// The stretches with no more points than can be drawn; of too many only some.
fn limited(found: Vec<Stretch>) -> Vec<Stretch> {
    let (mut ends, mut lines): (Vec<bool>, Vec<Vec<Point>>) =
        found.into_iter().map(|s| (s.is_end, s.points)).unzip();
    clip::limit(&mut lines);
    if lines.len() < ends.len() {
        let last = ends.pop();
        ends = vec![false; lines.len().saturating_sub(1)];
        ends.extend(last);
    }
    let stretches = lines.into_iter().zip(ends);
    let stretch = |(points, is_end)| Stretch { points, is_end };
    stretches.map(stretch).collect()
}

/// Leaves out what lies nearer than `least` to the last point kept; both ends stay.
fn thinned(line: &[[f64; 2]], least: f64) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for (i, p) in line.iter().enumerate() {
        let far = |last: &[f64; 2]| (p[0] - last[0]).hypot(p[1] - last[1]) >= least;
        if kept.last().is_none_or(far) || i + 1 == line.len() {
            kept.push(*p);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Camera, sample};

    fn seen(track: &Track, lon: f64, lat: f64, zoom: f64) -> Vec<Stretch> {
        let size = [800.0, 600.0];
        let camera = Camera { lon, lat, zoom };
        track.seen(&Projector::new(&camera, size), zoom, size)
    }

    fn points(stretches: &[Stretch]) -> usize {
        stretches.iter().map(|s| s.points.len()).sum()
    }

    #[test]
    fn from_far_away_a_long_track_has_few_points_and_stays_in_its_place() {
        // Circles along the border, a point a few metres.
        let path: Vec<(f64, f64)> = (0..100_000)
            .map(|i| {
                let t = f64::from(i) / 500.0;
                (-99.5 + 0.2 * t.cos() + t / 400.0, 27.5 + 0.2 * t.sin())
            })
            .collect();
        let track = Track::new(1, "test", &sample::movement(&[&path]));
        let total: usize = track
            .levels
            .iter()
            .flat_map(|l| &l.lines)
            .map(|l| l.points.len())
            .sum();
        assert!(total <= 200_000, "all levels together: {total}");
        for (zoom, most) in [(3.0, 1_000), (6.0, 10_000), (9.0, 40_000)] {
            let found = seen(&track, -99.5, 27.5, zoom);
            assert!(points(&found) < most, "{zoom}: {}", points(&found));
            // Each point of the whole line lies near one that is drawn.
            let camera = Camera {
                lon: -99.5,
                lat: 27.5,
                zoom,
            };
            let projector = Projector::new(&camera, [800.0, 600.0]);
            for (lon, lat) in path.iter().step_by(977) {
                let at = projector.lon_lat(*lon, *lat);
                let near = |s: &Stretch| {
                    s.points
                        .iter()
                        .any(|p| (p[0] - at[0]).hypot(p[1] - at[1]) <= 3.0)
                };
                assert!(
                    !projector.sees(at, 0.0) || found.iter().any(near),
                    "{zoom} {lon} {lat}"
                );
            }
        }
        // Near by, only what is around is looked at.
        let near = seen(&track, -99.5, 27.7, 16.0);
        assert!(points(&near) < 5_000, "{}", points(&near));
    }

    #[test]
    fn what_leaves_the_view_comes_back_as_another_stretch() {
        let out: &[(f64, f64)] = &[(-99.5, 27.5), (-99.5, 60.0), (-99.4, 60.0), (-99.4, 27.5)];
        let track = Track::new(1, "test", &sample::movement(&[out]));
        let found = seen(&track, -99.5, 27.5, 8.0);
        assert_eq!(
            found.iter().map(|s| s.is_end).collect::<Vec<_>>(),
            [false, true]
        );
        assert!(seen(&track, 10.0, 50.0, 8.0).is_empty());
        // Over the antimeridian each piece lies on the copy that is looked at.
        let pacific: [&[(f64, f64)]; 2] = [
            &[(179.0, 0.0), (180.0, 0.0)],
            &[(-180.0, 0.0), (-179.0, 0.0)],
        ];
        let track = Track::new(1, "test", &sample::movement(&pacific));
        let found = seen(&track, 180.0, 0.0, 7.0);
        let x = |stretch: &Stretch| {
            stretch
                .points
                .iter()
                .map(|p| p[0].round())
                .collect::<Vec<_>>()
        };
        assert_eq!(found.len(), 2);
        assert_eq!(x(&found[0])[1], x(&found[1])[0], "{found:?}");
        assert!(
            found
                .iter()
                .flat_map(|s| &s.points)
                .all(|p| (200.0..600.0).contains(&p[0]))
        );
    }

    #[test]
    fn time_leaves_out_what_was_certainly_not_under_way() {
        let line: &[(f64, f64)] = &[(0.0, 0.0), (1.0, 1.0)];
        let mut movement = sample::movement(&[line]);
        let day = |text: &str| text.parse::<Date>().ok();
        let track = Track::new(1, "test", &movement);
        assert!(
            track.is_within(day("2025-02-03"), None) && track.is_within(None, day("2025-02-03"))
        );
        assert!(
            !track.is_within(day("2025-02-04"), None) && !track.is_within(None, day("2025-02-02"))
        );
        movement.when = None;
        assert!(Track::new(1, "test", &movement).is_within(day("2030-01-01"), None));
    }
}
