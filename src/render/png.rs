//! Drawing → PNG, with the bundled fonts and no others, so that every machine gives the same bytes; texts with letters
//! that they lack come as outlines ([`super::shaped`]).

use super::tree::tree;
use crate::locale::Problem;
use crate::scene::Drawing;
use resvg::tiny_skia::{Pixmap, Transform};

/// Most pixels a picture may have: 16,384².
const MOST_PIXELS: f64 = 268_435_456.0;

/// The drawing in pixels, one a px, as the bytes of a PNG file.
///
/// # Errors
/// Where the picture would be empty or too big for memory.
pub fn png(drawing: &Drawing) -> Result<Vec<u8>, Problem> {
    let [w, h] = drawing.size.map(|v| v.round().max(0.0));
    let problem = || Problem::new(text!("problem-picture-size", width = w, height = h));
    if f64::from(w) * f64::from(h) > MOST_PIXELS {
        return Err(problem());
    }
    let mut pixels = Pixmap::new(w as u32, h as u32).ok_or_else(problem)?;
    let tree = tree(drawing)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|e| Problem::new(text!("problem-picture", cause = e)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Anchor, Color, Primitive, Weight};

    #[test]
    fn the_same_drawing_gives_the_same_picture() {
        let text = Primitive::Text {
            at: [40.0, 20.0],
            anchor: Anchor::Center,
            text: "Añil".into(),
            size_px: 16.0,
            weight: Weight::Medium,
            color: Color::hex(0),
            halo: None,
            spacing_px: 0.0,
        };
        let drawing = Drawing {
            size: [80.0, 40.0],
            items: vec![text],
        };
        let picture = png(&drawing).unwrap();
        assert_eq!(picture, png(&drawing).unwrap());
        let pixels = Pixmap::decode_png(&picture).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (80, 40));
        // The letters stand around the middle of the picture.
        let inked: Vec<u32> = (0..40)
            .filter(|y| (0..80).any(|x| pixels.pixel(x, *y).is_some_and(|p| p.alpha() > 128)))
            .collect();
        assert!(
            inked.iter().min() >= Some(&10) && inked.iter().max() <= Some(&28) && inked.len() > 8,
            "{inked:?}"
        );
    }

    #[test]
    fn impossible_sizes_are_a_problem() {
        for size in [[0.0, 10.0], [1e6, 1e6], [f32::NAN, 5.0]] {
            assert!(
                png(&Drawing {
                    size,
                    items: Vec::new()
                })
                .is_err()
            );
        }
    }
}
