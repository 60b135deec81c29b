//! A text that wants a place on the map, and where it may stand.

use super::super::super::drawing::{Color, Point};
use super::super::super::text::Font;

/// `[left, top, right, bottom]`, px.
pub type Box4 = [f32; 4];

/// A text that wants a place on the map.
pub(super) struct Label {
    pub text: String,
    pub font: Font,
    pub color: Color,
    pub at: Point,
    pub spot: Spot,
}

/// A text broken into lines, and the font it is set in.
pub(super) struct Setting {
    pub lines: Vec<String>,
    pub font: Font,
}

impl Label {
    /// How it may be set, best first. Names of areas may stand closer, and in two lines, where that keeps them inside.
    pub fn settings(&self) -> Vec<Setting> {
        let one = |font| Setting {
            lines: vec![self.text.clone()],
            font,
        };
        let mut settings = vec![one(self.font)];
        if matches!(self.spot, Spot::Within(_)) {
            let close = Font {
                size_px: self.font.size_px - 1.0,
                spacing_px: self.font.spacing_px.min(0.5),
                ..self.font
            };
            settings.push(one(close));
            settings.extend(in_two(&self.text).map(|lines| Setting { lines, font: close }));
        }
        settings
    }
}

/// A text in two lines as even as can be, where it has more than a word.
fn in_two(text: &str) -> Option<Vec<String>> {
    let breaks = text.match_indices(' ').map(|(at, _)| at);
    let longer = |at: &usize| {
        text[..*at]
            .chars()
            .count()
            .max(text[*at + 1..].chars().count())
    };
    let at = breaks.min_by_key(longer)?;
    Some(vec![text[..at].to_owned(), text[at + 1..].to_owned()])
}

impl Setting {
    /// Of a line, in sizes of the font.
    const LINE: f32 = 1.15;

    /// Width, and half of the height, px.
    pub fn size(&self) -> [f32; 2] {
        let widths = self.lines.iter().map(|line| self.width_px(line));
        let more = (self.lines.len() - 1) as f32 * Self::LINE / 2.0;
        let half_h = self.font.size_px * (0.55 + more);
        [widths.fold(0.0, f32::max), half_h]
    }

    fn width_px(&self, line: &str) -> f32 {
        self.font.width_px(line) - self.font.spacing_px
    }

    /// Each line with its left end, where the whole is in the middle of `middle`.
    pub fn lines(&self, middle: Point) -> impl Iterator<Item = (Point, String)> + use<'_> {
        let step = self.font.size_px * Self::LINE;
        let first = middle[1] - step * (self.lines.len() - 1) as f32 / 2.0;
        self.lines.iter().enumerate().map(move |(i, line)| {
            let left = middle[0] - self.width_px(line) / 2.0;
            ([left, first + step * i as f32], line.clone())
        })
    }
}

/// Where a text may stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spot {
    /// Beside a place, on its side of any border.
    Beside { reach_px: f32, sign: Sign },
    /// Over a point, or a little above or below it.
    Over,
    /// Inside one of these.
    Within(Vec<Box4>),
    /// On a plate, nowhere else.
    Plate(Plate),
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Dot,
    /// A diamond on the border.
    Crossing,
    /// A triangle.
    Airport,
    /// Another layer draws it.
    Drawn,
}

/// What a number of a road stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plate {
    /// Of a road of several lanes.
    Main,
    Plain,
}
