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
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width and height, px.
    pub size: [f32; 2],
    pub items: Vec<Primitive>,
}

impl Stroke {
    fn scaled(self, k: f32) -> Stroke {
        Stroke {
            color: self.color,
            width_px: self.width_px * k,
            dash_px: self.dash_px.map(|[dash, gap]| [dash * k, gap * k]),
        }
    }
}

impl Primitive {
    /// The same, `k` times as big about the picture's corner and then moved by `by` px.
    #[must_use]
    pub fn placed(self, k: f32, by: Point) -> Primitive {
        let at = |p: Point| [p[0] * k + by[0], p[1] * k + by[1]];
        let all = |points: Vec<Point>| points.into_iter().map(at).collect();
        match self {
            Primitive::Area {
                rings,
                fill,
                stroke,
            } => Primitive::Area {
                rings: rings.into_iter().map(all).collect(),
                fill,
                stroke: stroke.map(|s| s.scaled(k)),
            },
            Primitive::Line { points, stroke } => Primitive::Line {
                points: all(points),
                stroke: stroke.scaled(k),
            },
            Primitive::Circle {
                center,
                radius_px,
                fill,
                stroke,
            } => Primitive::Circle {
                center: at(center),
                radius_px: radius_px * k,
                fill,
                stroke: stroke.map(|s| s.scaled(k)),
            },
            Primitive::Mark {
                center,
                radius_px,
                shape,
                inner,
                fill,
                outline,
            } => Primitive::Mark {
                center: at(center),
                radius_px: radius_px * k,
                shape,
                inner,
                fill,
                outline: outline.scaled(k),
            },
            Primitive::Text {
                at: point,
                anchor,
                text,
                size_px,
                weight,
                color,
                halo,
                spacing_px,
            } => Primitive::Text {
                at: at(point),
                anchor,
                text,
                size_px: size_px * k,
                weight,
                color,
                halo: halo.map(|(color, width)| (color, width * k)),
                spacing_px: spacing_px * k,
            },
            Primitive::Image {
                rect: [x, y, w, h],
                size,
                pixels,
            } => {
                let [x, y] = at([x, y]);
                Primitive::Image {
                    rect: [x, y, w * k, h * k],
                    size,
                    pixels,
                }
            }
            Primitive::Clipped {
                rect: [x, y, w, h],
                items,
            } => {
                let [x, y] = at([x, y]);
                Primitive::Clipped {
                    rect: [x, y, w * k, h * k],
                    items: items.into_iter().map(|item| item.placed(k, by)).collect(),
                }
            }
        }
    }
}
