//! How big an incident's symbol is, and the outline of each mark. All shapes of one radius have
//! the area of the circle of that radius, so that they look equally big.

use super::drawing::{Color, Point, Primitive, Stroke};
use crate::domain::{Inner, Shape};
use std::f32::consts::{FRAC_PI_2, PI, TAU};

/// Radius where nobody died or nobody said, px.
pub const SMALLEST_PX: f32 = 3.0;
pub const LARGEST_PX: f32 = 26.0;

/// px² of squared radius a death: 100 deaths reach [`LARGEST_PX`].
const PX2_PER_DEATH: f32 = 6.67;

/// From this radius on the sign inside a mark can be told.
pub const INNER_FROM_PX: f32 = 6.0;

/// Radius of an incident's symbol, px: its area grows evenly with the best estimate of deaths.
#[must_use]
pub fn symbol_radius_px(deaths_best: Option<u32>) -> f32 {
    let deaths = deaths_best.unwrap_or(0).min(10_000) as f32;
    (SMALLEST_PX * SMALLEST_PX + PX2_PER_DEATH * deaths)
        .sqrt()
        .min(LARGEST_PX)
}

/// How much smaller than [`symbol_radius_px`] symbols are drawn, 0.42..=1, so that many on a small
/// scale do not cover the country they lie in. It depends on what is filtered and on the zoom, not
/// on what happens to be in view, so that symbols keep their size while the map is moved.
#[must_use]
pub fn symbol_scale(incidents: usize, zoom: f64) -> f32 {
    /// At this zoom a country fills a screen; so many incidents fit on it at full size.
    const COUNTRY_ZOOM: f64 = 5.0;
    const FITTING: f64 = 300.0;
    let crowd = incidents as f64 / 4_f64.powf((zoom - COUNTRY_ZOOM).max(0.0));
    ((FITTING / crowd.max(1.0)).powf(0.2) as f32).clamp(0.42, 1.0)
}

/// A [`Primitive::Mark`] as areas, lines and circles, so that who replays a drawing needs no
/// knowledge of marks. Anything else comes back as it is.
#[must_use]
pub fn expanded(primitive: &Primitive) -> Vec<Primitive> {
    let Primitive::Mark {
        center,
        radius_px,
        shape,
        inner,
        fill,
        outline,
    } = primitive
    else {
        return vec![primitive.clone()];
    };
    let mut parts = body(*center, *radius_px, *shape, *fill, *outline);
    if *radius_px >= INNER_FROM_PX {
        parts.extend(sign(*center, *radius_px, *inner, outline.color));
    }
    parts
}

fn body(
    center: Point,
    radius_px: f32,
    shape: Shape,
    fill: Color,
    outline: Stroke,
) -> Vec<Primitive> {
    match shape {
        Shape::Circle => vec![Primitive::circle(
            center,
            radius_px,
            Some(fill),
            Some(outline),
        )],
        Shape::Ring => ring(center, radius_px, fill, outline),
        _ => vec![Primitive::area(
            vec![outline_points(center, radius_px, shape)],
            Some(fill),
            Some(outline),
        )],
    }
}

/// A thick circle line between two hairlines.
fn ring(center: Point, radius_px: f32, fill: Color, outline: Stroke) -> Vec<Primitive> {
    /// A wider band would hide what lies around a big ring.
    const WIDEST_PX: f32 = 3.4;
    let outer = radius_px * 1.16;
    let band = (outer * 0.42).min(WIDEST_PX);
    let circle = |radius_px: f32, stroke: Stroke| Primitive::Circle {
        center,
        radius_px,
        fill: None,
        stroke: Some(stroke),
    };
    vec![
        circle(
            outer - band / 2.0,
            Stroke::solid(outline.color, band + 2.0 * outline.width_px),
        ),
        circle(
            outer - band / 2.0,
            Stroke::solid(fill.with_alpha(1.0), band),
        ),
    ]
}

/// The corners of a mark; empty for the round ones.
#[must_use]
pub fn outline_points(center: Point, radius_px: f32, shape: Shape) -> Vec<Point> {
    // Distance of the corners that gives the area of the circle, first corner, number of corners.
    let (reach, first, corners) = match shape {
        Shape::Circle | Shape::Ring => return Vec::new(),
        Shape::Square => ((PI / 2.0).sqrt(), PI / 4.0, 4),
        Shape::Diamond => ((PI / 2.0).sqrt(), 0.0, 4),
        Shape::Triangle => ((4.0 * PI / (3.0 * 3.0_f32.sqrt())).sqrt(), -FRAC_PI_2, 3),
        Shape::Hexagon => ((2.0 * PI / (3.0 * 3.0_f32.sqrt())).sqrt(), 0.0, 6),
        Shape::Star => (STAR_REACH, -FRAC_PI_2, 8),
    };
    let corner = |i: usize| {
        let angle = first + TAU * i as f32 / corners as f32;
        let waist = if shape == Shape::Star && i % 2 == 1 {
            STAR_WAIST
        } else {
            1.0
        };
        let r = radius_px * reach * waist;
        [center[0] + r * angle.cos(), center[1] + r * angle.sin()]
    };
    (0..corners).map(corner).collect()
}

/// How far the star's inner corners reach, of its points'.
const STAR_WAIST: f32 = 0.42;
/// √(π ÷ area of the star of reach 1), which is 4 · waist · sin 45°.
const STAR_REACH: f32 = 1.626;

fn sign(center: Point, radius_px: f32, inner: Inner, color: Color) -> Vec<Primitive> {
    let arm = radius_px * 0.46;
    let stroke = Stroke::solid(color, (radius_px * 0.16).clamp(1.2, 2.6));
    let line = |dx: f32, dy: f32| Primitive::Line {
        points: vec![
            [center[0] - dx, center[1] - dy],
            [center[0] + dx, center[1] + dy],
        ],
        stroke,
    };
    let circle = |radius_px: f32, fill: Option<Color>, stroke: Option<Stroke>| Primitive::Circle {
        center,
        radius_px,
        fill,
        stroke,
    };
    match inner {
        Inner::Plain => Vec::new(),
        Inner::Dot => vec![circle(radius_px * 0.26, Some(color), None)],
        Inner::Horizontal => vec![line(arm, 0.0)],
        Inner::Vertical => vec![line(0.0, arm)],
        Inner::Cross => vec![line(arm, 0.0), line(0.0, arm)],
        Inner::Hole => vec![circle(radius_px * 0.4, None, Some(stroke))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_grows_evenly_with_deaths() {
        let area = |n| symbol_radius_px(Some(n)).powi(2);
        assert!((symbol_radius_px(None) - 3.0).abs() < 1e-6);
        assert!(((area(20) - area(10)) - (area(30) - area(20))).abs() < 0.01);
        assert!((symbol_radius_px(Some(u32::MAX)) - 26.0).abs() < 1e-6);
    }

    #[test]
    fn all_shapes_are_equally_big() {
        for shape in [
            Shape::Square,
            Shape::Diamond,
            Shape::Triangle,
            Shape::Hexagon,
            Shape::Star,
        ] {
            let ring = outline_points([3.0, 4.0], 10.0, shape);
            let next = |i: usize| ring[(i + 1) % ring.len()];
            let area = (0..ring.len())
                .map(|i| ring[i][0] * next(i)[1] - next(i)[0] * ring[i][1])
                .sum::<f32>()
                / 2.0;
            assert!((area - 100.0 * PI).abs() < 2.0, "{shape:?}: {area}");
        }
    }
}
