//! A [`Drawing`] as egui shapes: the window's replay of what the exports replay as SVG.

use super::theme::{color, font};
use crate::domain::{Inner, Shape as MarkShape};
use crate::scene::drawing::Point;
use crate::scene::{Anchor, Color, Drawing, Primitive, Stroke, symbols};
use egui::epaint::{PathShape, PathStroke};
use egui::{Color32, ColorImage, Pos2, Rect, Shape, TextureId, Vec2, pos2, vec2};
use lyon_tessellation::geometry_builder::{BuffersBuilder, VertexBuffers};
use lyon_tessellation::path::Path;
use lyon_tessellation::{FillOptions, FillRule, FillTessellator, FillVertex, math::point};
use rayon::prelude::*;
use std::ops::Range;

/// Paints a few items where they are, such as a sign in a key.
pub fn paint(ui: &egui::Ui, items: Vec<Primitive>) {
    let drawing = Drawing {
        size: [0.0; 2],
        items,
    };
    for (_, shapes) in shapes(&drawing, egui::Pos2::ZERO, None) {
        ui.painter().extend(shapes);
    }
}

/// Shapes of a drawing whose top left corner lies at `origin`, in paint order, each with the part
/// of the screen it may touch. They may be kept from frame to frame, so texts are not among them:
/// see [`texts`]. An image is shown as `picture`, which has its pixels; without one it is left out.
#[must_use]
pub fn shapes(
    drawing: &Drawing,
    origin: Pos2,
    picture: Option<TextureId>,
) -> Vec<(Rect, Vec<Shape>)> {
    let full = Rect::from_min_size(origin, vec2(drawing.size[0], drawing.size[1]));
    let mut out = Vec::new();
    collect(&drawing.items, origin.to_vec2(), full, picture, &mut out);
    out
}

/// The pixels of an image as the graphics card wants them; see [`Primitive::Image`].
#[must_use]
pub fn pixels(size: [u32; 2], rgba: &[u8]) -> ColorImage {
    let pixels = rgba.par_chunks_exact(4).map(pixel).collect();
    ColorImage::new(size.map(|n| n as usize), pixels)
}

/// Brings stretches of pixels in line with an image of the same size.
pub fn repaint(image: &mut ColorImage, rgba: &[u8], stretches: &[Range<usize>]) {
    for part in stretches {
        let colors = rgba[part.start * 4..part.end * 4].chunks_exact(4);
        let pixels = image.pixels[part.clone()].iter_mut();
        pixels.zip(colors).for_each(|(to, c)| *to = pixel(c));
    }
}

fn pixel(c: &[u8]) -> Color32 {
    Color32::from_rgba_unmultiplied(c[0], c[1], c[2], c[3])
}

/// The texts of a drawing, for this frame only: egui may move its letters in memory after it.
#[must_use]
pub fn texts(ctx: &egui::Context, items: &[Primitive], origin: Pos2) -> Vec<Shape> {
    let mut out = Vec::new();
    for item in items {
        let before = out.len();
        text(ctx, item, &mut out);
        for shape in &mut out[before..] {
            shape.translate(origin.to_vec2());
        }
    }
    out
}

fn collect(
    items: &[Primitive],
    offset: Vec2,
    clip: Rect,
    picture: Option<TextureId>,
    out: &mut Vec<(Rect, Vec<Shape>)>,
) {
    let mut run = Vec::new();
    for item in items {
        if let Primitive::Clipped {
            rect: [x, y, w, h],
            items,
        } = item
        {
            out.push((clip, std::mem::take(&mut run)));
            let inside = Rect::from_min_size(pos2(*x, *y) + offset, vec2(*w, *h)).intersect(clip);
            collect(items, offset, inside, picture, out);
        } else if let Primitive::Group { items, .. } = item {
            out.push((clip, std::mem::take(&mut run)));
            collect(items, offset, clip, picture, out);
        } else if let (Primitive::Image { rect, .. }, Some(texture)) = (item, picture) {
            let [x, y, w, h] = *rect;
            let area = Rect::from_min_size(pos2(x, y) + offset, vec2(w, h));
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            run.push(Shape::image(texture, area, whole, Color32::WHITE));
        } else {
            let before = run.len();
            primitive(item, &mut run);
            for shape in &mut run[before..] {
                shape.translate(offset);
            }
        }
    }
    out.push((clip, run));
}

fn primitive(item: &Primitive, out: &mut Vec<Shape>) {
    match item {
        Primitive::Area {
            rings,
            fill,
            stroke,
        } => {
            match (fill, rings.as_slice()) {
                (Some(fill), [ring]) if is_convex(ring) => {
                    let line = PathStroke::NONE;
                    let path = PathShape::convex_polygon(positions(ring), color(*fill), line);
                    out.push(Shape::Path(path));
                }
                (Some(fill), _) => out.extend(filled(rings, *fill).map(Shape::mesh)),
                (None, _) => {}
            }
            for (ring, stroke) in rings.iter().zip(std::iter::repeat(stroke)) {
                if let Some(stroke) = stroke {
                    line(&closed(ring), stroke, out);
                }
            }
        }
        Primitive::Line { points, stroke } => line(&positions(points), stroke, out),
        Primitive::Circle {
            center,
            radius_px,
            fill,
            stroke,
        } => circle(*center, *radius_px, *fill, *stroke, out),
        Primitive::Mark {
            center,
            radius_px,
            shape,
            inner,
            fill,
            outline,
        } => {
            mark_shapes(out, *center, *radius_px, *shape, *inner, *fill, *outline);
        }
        Primitive::Text { .. }
        | Primitive::Image { .. }
        | Primitive::Clipped { .. }
        | Primitive::Group { .. } => {}
    }
}

/// Few corners that all turn one way, as a hexagon's do: those egui fills itself, with smooth edges.
fn is_convex(ring: &[Point]) -> bool {
    const MOST: usize = 10;
    let n = ring.len();
    let turn = |i: usize| {
        let [a, b, c] = [ring[i], ring[(i + 1) % n], ring[(i + 2) % n]];
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    };
    (3..=MOST).contains(&n) && ((0..n).all(|i| turn(i) >= 0.0) || (0..n).all(|i| turn(i) <= 0.0))
}

fn pen(stroke: &Stroke) -> egui::Stroke {
    egui::Stroke::new(stroke.width_px, color(stroke.color))
}

fn positions(points: &[Point]) -> Vec<Pos2> {
    points.iter().map(|p| pos2(p[0], p[1])).collect()
}

fn closed(ring: &[Point]) -> Vec<Pos2> {
    let mut points = positions(ring);
    points.extend(ring.first().map(|p| pos2(p[0], p[1])));
    points
}

fn line(points: &[Pos2], stroke: &Stroke, out: &mut Vec<Shape>) {
    match stroke.dash_px {
        Some([dash, gap]) => out.extend(Shape::dashed_line(points, pen(stroke), dash, gap)),
        None => out.push(Shape::line(points.to_vec(), pen(stroke))),
    }
}

fn circle(
    center: Point,
    radius: f32,
    fill: Option<Color>,
    stroke: Option<Stroke>,
    out: &mut Vec<Shape>,
) {
    let at = pos2(center[0], center[1]);
    let solid = stroke.filter(|s| s.dash_px.is_none());
    if fill.is_some() || solid.is_some() {
        let fill = fill.map_or(Color32::TRANSPARENT, color);
        let stroke = solid.as_ref().map_or(egui::Stroke::NONE, pen);
        out.push(
            egui::epaint::CircleShape {
                center: at,
                radius,
                fill,
                stroke,
            }
            .into(),
        );
    }
    match stroke {
        Some(s) if s.dash_px.is_some() => {
            // Points every 4 px or so, at most 256.
            let n = ((radius * std::f32::consts::TAU / 4.0) as usize).clamp(24, 256);
            let points: Vec<Pos2> = (0..=n)
                .map(|i| at + Vec2::angled(i as f32 / n as f32 * std::f32::consts::TAU) * radius)
                .collect();
            line(&points, &s, out);
        }
        _ => {}
    }
}

/// The shapes of one symbol.
pub fn mark_shapes(
    out: &mut Vec<Shape>,
    center: Point,
    radius: f32,
    shape: MarkShape,
    inner: Inner,
    fill: Color,
    outline: Stroke,
) {
    let at = pos2(center[0], center[1]);
    let mark = Primitive::Mark {
        center,
        radius_px: radius,
        shape,
        inner,
        fill,
        outline,
    };
    let mut parts = symbols::expanded(&mark).into_iter();
    match shape {
        // All but the star are convex, which egui fills with smooth edges.
        MarkShape::Circle | MarkShape::Ring => {}
        MarkShape::Star => {
            let points = positions(&symbols::outline_points(center, radius, shape));
            out.push(fan(at, &points, color(fill)));
            out.push(Shape::closed_line(points, pen(&outline)));
            parts.next();
        }
        _ => {
            let points = positions(&symbols::outline_points(center, radius, shape));
            out.push(Shape::Path(PathShape::convex_polygon(
                points,
                color(fill),
                PathStroke::from(pen(&outline)),
            )));
            parts.next();
        }
    }
    for part in parts {
        match part {
            Primitive::Circle {
                center,
                radius_px,
                fill,
                stroke,
            } => circle(center, radius_px, fill, stroke, out),
            Primitive::Line { points, stroke } => line(&positions(&points), &stroke, out),
            _ => {}
        }
    }
}

fn fan(center: Pos2, points: &[Pos2], fill: Color32) -> Shape {
    let mut mesh = egui::Mesh::default();
    mesh.colored_vertex(center, fill);
    points.iter().for_each(|p| mesh.colored_vertex(*p, fill));
    let n = points.len() as u32;
    (0..n).for_each(|i| mesh.add_triangle(0, 1 + i, 1 + (i + 1) % n));
    Shape::mesh(mesh)
}

/// Rings under the even-odd rule as triangles; `None` where there is nothing to fill.
fn filled(rings: &[Vec<Point>], fill: Color) -> Option<egui::Mesh> {
    let mut path = Path::builder();
    for ring in rings.iter().filter(|r| r.len() >= 3) {
        path.begin(point(ring[0][0], ring[0][1]));
        ring[1..].iter().for_each(|p| {
            path.line_to(point(p[0], p[1]));
        });
        path.end(true);
    }
    let mut buffers: VertexBuffers<Pos2, u32> = VertexBuffers::new();
    let options = FillOptions::default()
        .with_fill_rule(FillRule::EvenOdd)
        .with_tolerance(0.25);
    FillTessellator::new()
        .tessellate_path(
            &path.build(),
            &options,
            &mut BuffersBuilder::new(&mut buffers, |v: FillVertex<'_>| {
                pos2(v.position().x, v.position().y)
            }),
        )
        .ok()?;
    let mut mesh = egui::Mesh::default();
    buffers
        .vertices
        .iter()
        .for_each(|p| mesh.colored_vertex(*p, color(fill)));
    mesh.indices = buffers.indices;
    (!mesh.is_empty()).then_some(mesh)
}

fn text(ctx: &egui::Context, item: &Primitive, out: &mut Vec<Shape>) {
    let Primitive::Text {
        at,
        anchor,
        text,
        size_px,
        weight,
        color: ink,
        halo,
        spacing_px,
    } = item
    else {
        return;
    };
    let mut job = egui::text::LayoutJob::default();
    let format = egui::TextFormat {
        font_id: font(*weight, *size_px),
        color: Color32::PLACEHOLDER,
        extra_letter_spacing: *spacing_px,
        ..Default::default()
    };
    job.append(text, 0.0, format);
    let galley = ctx.fonts_mut(|f| f.layout_job(job));
    let size = galley.size();
    let left = match anchor {
        Anchor::Left => at[0],
        Anchor::Center => at[0] - size.x / 2.0,
        Anchor::Right => at[0] - size.x,
    };
    // Whole pixels keep small letters crisp.
    let corner = pos2(left.round(), (at[1] - size.y / 2.0).round());
    if let Some((halo, width)) = halo {
        for i in 0..8 {
            let step = Vec2::angled(i as f32 / 8.0 * std::f32::consts::TAU) * *width;
            out.push(Shape::galley(corner + step, galley.clone(), color(*halo)));
        }
    }
    out.push(Shape::galley(corner, galley, color(*ink)));
}
