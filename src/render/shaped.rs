//! Texts with letters that the bundled fonts lack, as outlines: in the order they are read in, joined and placed as their
//! script asks for (rustybuzz, unicode-bidi). resvg would set them too, but puts letters of one cluster on top of each other.

use super::letters;
use crate::scene::Weight;
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Direction, Face, UnicodeBuffer, shape};
use std::fmt::Write;
use unicode_bidi::BidiInfo;

/// A line of text from its left end, on the baseline.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outlines {
    /// The `d` of an SVG path.
    pub path: String,
    pub width_px: f32,
}

pub(super) fn outlines(text: &str, size_px: f32, weight: Weight) -> Outlines {
    let mut found = Outlines::default();
    let bidi = BidiInfo::new(text, None);
    for paragraph in &bidi.paragraphs {
        let (levels, stretches) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for stretch in stretches {
            let is_rtl = levels[stretch.start].is_rtl();
            let mut runs = letters::runs(&text[stretch]);
            if is_rtl {
                runs.reverse();
            }
            for (run, is_lacking) in runs {
                let direction = match is_rtl {
                    true => Direction::RightToLeft,
                    false => Direction::LeftToRight,
                };
                let set = |data: &[u8], index: u32| {
                    set(&mut found, run, (data, index), size_px, direction);
                };
                letters::with_face(run, is_lacking, weight, set);
            }
        }
    }
    found
}

/// Adds a run in one font at the end.
fn set(
    found: &mut Outlines,
    run: &str,
    (data, index): (&[u8], u32),
    size_px: f32,
    direction: Direction,
) {
    let Some(face) = Face::from_slice(data, index) else {
        return;
    };
    let scale = size_px / face.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(run);
    buffer.set_direction(direction);
    buffer.guess_segment_properties();
    let shaped = shape(&face, &[], buffer);
    for (glyph, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let mut pen = Pen {
            path: &mut found.path,
            left: found.width_px + place.x_offset as f32 * scale,
            down: -place.y_offset as f32 * scale,
            scale,
        };
        if let Ok(id) = u16::try_from(glyph.glyph_id) {
            face.outline_glyph(GlyphId(id), &mut pen);
        }
        found.width_px += place.x_advance as f32 * scale;
    }
}

/// Writes an outline at its place, in px, y down.
struct Pen<'a> {
    path: &'a mut String,
    left: f32,
    down: f32,
    scale: f32,
}

impl Pen<'_> {
    fn add(&mut self, sign: char, points: &[(f32, f32)]) {
        self.path.push(sign);
        for (x, y) in points {
            let (x, y) = (self.left + x * self.scale, self.down - y * self.scale);
            let _ = write!(self.path, "{x:.2} {y:.2} ");
        }
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_side_by_side_in_the_order_they_are_read() {
        // Ours alone, so that it is the same on every machine.
        let width = |text: &str| outlines(text, 20.0, Weight::Regular).width_px;
        assert!(width("ab") > width("a") && width("") == 0.0);
        let about = width("a") + width("b");
        assert!((width("ab") - about).abs() < 0.1 * about);
        assert!(outlines("ab", 20.0, Weight::Regular).path.starts_with('M'));
        // A letter that no font has is a box.
        let alone = outlines("a\u{10FFFD}", 20.0, Weight::Regular);
        assert!(alone.width_px > width("a") + 2.0, "{alone:?}");
    }
}
