//! Drawing → SVG.

use super::{letters, shaped};
use crate::scene::drawing::{Anchor, Color, Drawing, Point, Primitive, Stroke, Weight};
use crate::scene::{fonts, symbols};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// SVG whose texts are texts, in a font that the reader must have: for our own renderer, which has
/// it. See [`super::standalone_svg`] for files that go to others.
#[must_use]
pub fn svg(drawing: &Drawing) -> String {
    written(drawing, false)
}

/// The same with the groups of the drawing, each under its name and with what it shows in words.
#[must_use]
pub fn grouped_svg(drawing: &Drawing) -> String {
    written(drawing, true)
}

/// How far the file has come.
#[derive(Default)]
struct Progress {
    clips: u32,
    groups: u32,
    /// Groups are written.
    is_grouped: bool,
}

fn written(drawing: &Drawing, is_grouped: bool) -> String {
    let [w, h] = drawing.size.map(number);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"{}\">\n",
        fonts::FAMILY
    );
    let mut progress = Progress {
        is_grouped,
        ..Progress::default()
    };
    for item in &drawing.items {
        write_item(&mut out, item, &mut progress);
    }
    out.push_str("</svg>\n");
    out
}

fn write_item(out: &mut String, item: &Primitive, progress: &mut Progress) {
    match item {
        Primitive::Area {
            rings,
            fill,
            stroke,
        } => {
            out.push_str("<path d=\"");
            rings.iter().for_each(|ring| write_path(out, ring, true));
            out.push('"');
            write_fill(out, *fill);
            if fill.is_some() && rings.len() > 1 {
                out.push_str(" fill-rule=\"evenodd\"");
            }
            write_stroke(out, *stroke);
            out.push_str("/>\n");
        }
        Primitive::Line { points, stroke } => {
            out.push_str("<path d=\"");
            write_path(out, points, false);
            out.push('"');
            write_fill(out, None);
            write_stroke(out, Some(*stroke));
            out.push_str("/>\n");
        }
        Primitive::Circle {
            center,
            radius_px,
            fill,
            stroke,
        } => {
            let [x, y] = center.map(number);
            let _ = write!(
                out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"",
                number(*radius_px)
            );
            write_fill(out, *fill);
            write_stroke(out, *stroke);
            out.push_str("/>\n");
        }
        Primitive::Mark { .. } => symbols::expanded(item)
            .iter()
            .for_each(|part| write_item(out, part, progress)),
        Primitive::Text { text, .. } if letters::needs_others(text) => write_outlines(out, item),
        Primitive::Text { .. } => write_text(out, item),
        Primitive::Image { rect, size, pixels } => {
            let [x, y, w, h] = rect.map(number);
            let _ = writeln!(
                out,
                "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" href=\"data:image/png;base64,{}\"/>",
                STANDARD.encode(encoded(*size, pixels.rgba()).unwrap_or_default())
            );
        }
        Primitive::Clipped { rect, items } => {
            progress.clips += 1;
            let id = progress.clips;
            let [x, y, w, h] = rect.map(number);
            let _ = writeln!(
                out,
                "<clipPath id=\"c{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/></clipPath>"
            );
            let _ = writeln!(out, "<g clip-path=\"url(#c{id})\">");
            write_items(out, items, progress);
            out.push_str("</g>\n");
        }
        Primitive::Group { items, .. } if !progress.is_grouped => write_items(out, items, progress),
        Primitive::Group { name, alt, items } => {
            progress.groups += 1;
            let _ = writeln!(
                out,
                "<g id=\"{name}-{}\" role=\"group\"><title>{}</title>",
                progress.groups,
                escaped(alt)
            );
            write_items(out, items, progress);
            out.push_str("</g>\n");
        }
    }
}

fn write_items(out: &mut String, items: &[Primitive], progress: &mut Progress) {
    items
        .iter()
        .for_each(|item| write_item(out, item, progress));
}

fn write_text(out: &mut String, item: &Primitive) {
    let Primitive::Text {
        at,
        anchor,
        text,
        size_px,
        weight,
        color,
        halo,
        spacing_px,
    } = item
    else {
        return;
    };
    let baseline = at[1] + size_px * fonts::CAP_HEIGHT / 2.0;
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"",
        number(at[0]),
        number(baseline),
        number(*size_px)
    );
    if *weight != Weight::Regular {
        let _ = write!(out, " font-weight=\"{}\"", fonts::css_weight(*weight));
    }
    match anchor {
        Anchor::Left => {}
        Anchor::Center => out.push_str(" text-anchor=\"middle\""),
        Anchor::Right => out.push_str(" text-anchor=\"end\""),
    }
    if *spacing_px != 0.0 {
        let _ = write!(out, " letter-spacing=\"{}\"", number(*spacing_px));
    }
    write_ink(out, *color, *halo);
    let _ = writeln!(out, ">{}</text>", escaped(text));
}

/// A text with letters that our font lacks, as outlines.
fn write_outlines(out: &mut String, item: &Primitive) {
    let Primitive::Text {
        at,
        anchor,
        text,
        size_px,
        weight,
        color,
        halo,
        ..
    } = item
    else {
        return;
    };
    let outlines = shaped::outlines(text, *size_px, *weight);
    let left = match anchor {
        Anchor::Left => 0.0,
        Anchor::Center => outlines.width_px / 2.0,
        Anchor::Right => outlines.width_px,
    };
    let baseline = at[1] + size_px * fonts::CAP_HEIGHT / 2.0;
    let _ = write!(
        out,
        "<path transform=\"translate({} {})\" d=\"{}\"",
        number(at[0] - left),
        number(baseline),
        outlines.path
    );
    write_ink(out, *color, *halo);
    out.push_str("/>\n");
}

/// The colour of letters, and of the outline behind them.
fn write_ink(out: &mut String, color: Color, halo: Option<(Color, f32)>) {
    write_fill(out, Some(color));
    if let Some((color, width_px)) = halo {
        write_stroke(out, Some(Stroke::solid(color, width_px)));
        out.push_str(" paint-order=\"stroke\"");
    }
}

fn write_path(out: &mut String, points: &[Point], closed: bool) {
    // Numbers as on paper at 1/100 px; points that fall together are left out.
    let mut before = None;
    for (i, point) in points.iter().enumerate() {
        let at = point.map(number);
        if before.as_ref() == Some(&at) {
            continue;
        }
        let _ = write!(out, "{}{} {}", if i == 0 { 'M' } else { 'L' }, at[0], at[1]);
        before = Some(at);
    }
    if closed {
        out.push('Z');
    }
}

fn write_fill(out: &mut String, fill: Option<Color>) {
    match fill {
        None => out.push_str(" fill=\"none\""),
        Some(color) => write_color(out, "fill", color),
    }
}

fn write_stroke(out: &mut String, stroke: Option<Stroke>) {
    let Some(stroke) = stroke else { return };
    write_color(out, "stroke", stroke.color);
    let _ = write!(
        out,
        " stroke-width=\"{}\" stroke-linejoin=\"round\"",
        number(stroke.width_px)
    );
    if let Some(dash) = stroke.dash_px {
        let [dash, gap] = dash.map(number);
        let _ = write!(out, " stroke-dasharray=\"{dash} {gap}\"");
    }
}

fn write_color(out: &mut String, what: &str, c: Color) {
    let _ = write!(out, " {what}=\"#{:02x}{:02x}{:02x}\"", c.r, c.g, c.b);
    if c.a != 255 {
        let _ = write!(
            out,
            " {what}-opacity=\"{}\"",
            number(f32::from(c.a) / 255.0)
        );
    }
}

/// Pixels with straight alpha, 4 bytes each, as the bytes of a PNG file; `None` where there are not
/// as many as `size` says.
fn encoded([width, height]: [u32; 2], rgba: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(::png::ColorType::Rgba);
    encoder.set_depth(::png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(rgba).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// At most two decimals, no trailing zeros, no minus before zero; 0 for what is no number.
fn number(n: f32) -> String {
    if !n.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{n:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Text as XML, without the control characters that XML has no way to write.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Inner, Shape};

    fn drawing() -> Drawing {
        let text = |text: &str| Primitive::Text {
            at: [10.0, 20.0],
            anchor: Anchor::Center,
            text: text.into(),
            size_px: 12.0,
            weight: Weight::SemiBold,
            color: Color::hex(0x112233),
            halo: Some((Color::hex(0xFFFFFF), 3.0)),
            spacing_px: 2.0,
        };
        let mark = Primitive::Mark {
            center: [30.0, 30.0],
            radius_px: 8.0,
            shape: Shape::Star,
            inner: Inner::Cross,
            fill: Color::hex(0xCC5A9A).with_alpha(0.6),
            outline: Stroke::dashed(Color::hex(0xFFFFFF), 1.0, [2.0, 1.0]),
        };
        let clipped = Primitive::Clipped {
            rect: [0.0, 0.0, 50.0, 50.0],
            items: vec![mark],
        };
        Drawing {
            size: [60.0, 50.0],
            items: vec![clipped, text("Nuevo <Laredo> & más\u{7}")],
        }
    }

    #[test]
    fn text_and_styles_are_written() {
        let out = svg(&drawing());
        for part in [
            "Nuevo &lt;Laredo&gt; &amp; más </text>",
            "font-weight=\"600\"",
            "paint-order=\"stroke\"",
            "fill-opacity=\"0.6\"",
            "stroke-dasharray=\"2 1\"",
            "clip-path=\"url(#c1)\"",
        ] {
            assert!(out.contains(part), "{part} in {out}");
        }
    }

    #[test]
    fn groups_have_names_where_they_are_asked_for() {
        let plain = drawing();
        let group = Primitive::Group {
            name: "key",
            alt: "A < B".to_owned(),
            items: plain.items.clone(),
        };
        let grouped = Drawing {
            items: vec![group],
            ..plain.clone()
        };
        assert_eq!(svg(&grouped), svg(&plain));
        let out = grouped_svg(&grouped);
        let head = "<g id=\"key-1\" role=\"group\"><title>A &lt; B</title>";
        assert!(out.contains(head), "{out}");
        assert_eq!(out.matches("</g>").count(), 2);
    }

    #[test]
    fn standalone_needs_no_font() {
        let out = crate::render::standalone_svg(&drawing(), "A & B").unwrap();
        assert!(
            !out.contains("<text") && out.contains("<title>A &amp; B</title>"),
            "{out}"
        );
        // The letters are there: more than the star and its cross.
        assert!(out.matches("<path").count() > 4);
    }

    #[test]
    fn numbers_are_short() {
        for (n, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (12.5, "12.5"),
            (7.1249, "7.12"),
            (100.0, "100"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(number(n), text);
        }
    }
}
