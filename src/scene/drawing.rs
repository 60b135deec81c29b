//! A picture as a list of styled primitives in screen units (px, y down), painted in order.

use super::pixels::Pixels;
use crate::domain::{Inner, Shape};
use std::sync::Arc;

/// sRGB with straight (not premultiplied) alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    pub r: u8,
    pub g: u8,
    pub b: u8,
    pub a: u8,
}

impl Color {
    /// `0xRRGGBB`, opaque.
    #[must_use]
    pub const fn hex(rgb: u32) -> Color {
        Color {
            r: (rgb >> 16) as u8,
            g: (rgb >> 8) as u8,
            b: rgb as u8,
            a: 255,
        }
    }

    /// The same colour, `alpha` of 0..=1 opaque.
    #[must_use]
    pub fn with_alpha(self, alpha: f32) -> Color {
        Color {
            a: (alpha.clamp(0.0, 1.0) * 255.0).round() as u8,
            ..self
        }
    }

    /// Half-way mixes and the like: `t` = 0 is `self`, 1 is `other`.
    #[must_use]
    pub fn mix(self, other: Color, t: f32) -> Color {
        let channel =
            |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t).round() as u8;
        Color {
            r: channel(self.r, other.r),
            g: channel(self.g, other.g),
            b: channel(self.b, other.b),
            a: channel(self.a, other.a),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub color: Color,
    pub width_px: f32,
    /// Lengths of dash and gap, px.
    pub dash_px: Option<[f32; 2]>,
}

impl Stroke {
    #[must_use]
    pub const fn solid(color: Color, width_px: f32) -> Stroke {
        Stroke {
            color,
            width_px,
            dash_px: None,
        }
    }

    #[must_use]
    pub const fn dashed(color: Color, width_px: f32, dash_px: [f32; 2]) -> Stroke {
        Stroke {
            color,
            width_px,
            dash_px: Some(dash_px),
        }
    }
}

/// Which point of the text box `Primitive::Text::at` is. Vertically it is always the middle of the
/// letters' height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Left,
    Center,
    Right,
}

/// The three weights that are bundled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    Medium,
    SemiBold,
}

/// A point on the picture, px from its top left corner.
pub type Point = [f32; 2];

#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// Rings under the even-odd rule, each closed by itself (the first point is not repeated).
    Area {
        rings: Vec<Vec<Point>>,
        fill: Option<Color>,
        stroke: Option<Stroke>,
    },
    Line {
        points: Vec<Point>,
        stroke: Stroke,
    },
    Circle {
        center: Point,
        radius_px: f32,
        fill: Option<Color>,
        stroke: Option<Stroke>,
    },
    /// An incident's symbol: outline by mark, inner sign by kind. `radius_px` is that of the circle
    /// of the same area, so that all shapes of one radius look equally big.
    Mark {
        center: Point,
        radius_px: f32,
        shape: Shape,
        inner: Inner,
        fill: Color,
        outline: Stroke,
    },
    Text {
        at: Point,
        anchor: Anchor,
        text: String,
        size_px: f32,
        weight: Weight,
        color: Color,
        /// Colour and width, px, of an outline behind the letters.
        halo: Option<(Color, f32)>,
        /// Added between letters, px.
        spacing_px: f32,
    },
    /// Pixels over `[x, y, width, height]`, each seen as it is: none is mixed with its neighbours.
    Image {
        rect: [f32; 4],
        /// Pixels a row, rows.
        size: [u32; 2],
        pixels: Arc<Pixels>,
    },
    /// Items seen only inside `[x, y, width, height]`.
    Clipped {
        rect: [f32; 4],
        items: Vec<Primitive>,
    },
    /// Items that belong together. It changes nothing of how they look.
    Group {
        /// For programs: lower case, without blanks.
        name: &'static str,
        /// What the items show, for who cannot see them.
        alt: String,
        items: Vec<Primitive>,
    },
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width and height, px.
    pub size: [f32; 2],
    pub items: Vec<Primitive>,
}

/// Drawings on pages, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub first: Page,
    pub others: Vec<Page>,
}

/// A drawing that fills a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width and height on paper.
    pub size_mm: [f32; 2],
    pub drawing: Drawing,
}

impl Document {
    /// A single page on which 96 px are an inch, as in SVG.
    #[must_use]
    pub fn of(drawing: Drawing) -> Document {
        let size_mm = drawing.size.map(|px| px * 25.4 / 96.0);
        Document {
            first: Page { size_mm, drawing },
            others: Vec::new(),
        }
    }

    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

impl Stroke {
    fn scale(&mut self, k: f32) {
        self.width_px *= k;
        self.dash_px = self.dash_px.map(|[dash, gap]| [dash * k, gap * k]);
    }
}

/// Corners of `[left, top, right, bottom]`.
#[must_use]
pub fn rectangle([left, top, right, bottom]: [f32; 4]) -> Vec<Point> {
    vec![[left, top], [right, top], [right, bottom], [left, bottom]]
}

impl Primitive {
    #[must_use]
    pub fn area(rings: Vec<Vec<Point>>, fill: Option<Color>, stroke: Option<Stroke>) -> Primitive {
        Primitive::Area {
            rings,
            fill,
            stroke,
        }
    }

    #[must_use]
    pub fn line(points: Vec<Point>, stroke: Stroke) -> Primitive {
        Primitive::Line { points, stroke }
    }

    #[must_use]
    pub fn circle(
        center: Point,
        radius_px: f32,
        fill: Option<Color>,
        stroke: Option<Stroke>,
    ) -> Primitive {
        Primitive::Circle {
            center,
            radius_px,
            fill,
            stroke,
        }
    }

    /// The same, `k` times as big about the picture's corner and then moved by `by` px.
    #[must_use]
    pub fn placed(mut self, k: f32, by: Point) -> Primitive {
        self.place(k, by);
        self
    }

    fn place(&mut self, k: f32, by: Point) {
        let at = |p: &mut Point| *p = [p[0] * k + by[0], p[1] * k + by[1]];
        let scale = |s: &mut Stroke| s.scale(k);
        let inside = |rect: &mut [f32; 4]| {
            let [x, y, w, h] = *rect;
            *rect = [x * k + by[0], y * k + by[1], w * k, h * k];
        };
        match self {
            Primitive::Area { rings, stroke, .. } => {
                rings.iter_mut().flatten().for_each(at);
                stroke.iter_mut().for_each(scale);
            }
            Primitive::Line { points, stroke } => {
                points.iter_mut().for_each(at);
                scale(stroke);
            }
            Primitive::Circle {
                center,
                radius_px,
                stroke,
                ..
            } => {
                at(center);
                *radius_px *= k;
                stroke.iter_mut().for_each(scale);
            }
            Primitive::Mark {
                center,
                radius_px,
                outline,
                ..
            } => {
                at(center);
                *radius_px *= k;
                scale(outline);
            }
            Primitive::Text {
                at: point,
                size_px,
                halo,
                spacing_px,
                ..
            } => {
                at(point);
                *size_px *= k;
                *spacing_px *= k;
                halo.iter_mut().for_each(|(_, width)| *width *= k);
            }
            Primitive::Image { rect, .. } => inside(rect),
            Primitive::Clipped { rect, items } => {
                inside(rect);
                items.iter_mut().for_each(|item| item.place(k, by));
            }
            Primitive::Group { items, .. } => items.iter_mut().for_each(|item| item.place(k, by)),
        }
    }
}
