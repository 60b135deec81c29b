//! How wide texts are, and where they break. Widths are sums of the bundled fonts' advances:
//! kerning, which is left out, mostly narrows, so a text never needs more room than said here.

use super::drawing::Weight;
use super::fonts;
use std::sync::LazyLock;
use ttf_parser::Face;

/// What may stand on a line of its own: no break at no-break spaces.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() && c != '\u{A0}')
        .filter(|w| !w.is_empty())
}

/// Advances of one weight, in sizes of the font.
struct Advances {
    /// Of the code points below 0x2200; `NONE` where the font lacks the letter.
    by_char: Vec<f32>,
    missing: f32,
}

const CODE_POINTS: u32 = 0x2200;

static ADVANCES: LazyLock<[Advances; 3]> =
    LazyLock::new(|| fonts::FILES.map(|(_, data)| Advances::read(data)));

impl Advances {
    fn read(data: &[u8]) -> Advances {
        let missing = 0.6;
        let Ok(face) = Face::parse(data, 0) else {
            return Advances {
                by_char: Vec::new(),
                missing,
            };
        };
        let em = f32::from(face.units_per_em());
        let advance = |code: u32| {
            let glyph = char::from_u32(code).and_then(|c| face.glyph_index(c));
            glyph
                .and_then(|g| face.glyph_hor_advance(g))
                .map_or(missing, |a| f32::from(a) / em)
        };
        Advances {
            by_char: (0..CODE_POINTS).map(advance).collect(),
            missing,
        }
    }
}

/// Advance of what stands as wide as high in any font, in sizes of the font: Chinese, Japanese and Korean letters.
fn wide(c: char) -> Option<f32> {
    let is_wide = matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}');
    is_wide.then_some(1.0)
}

/// A way to set text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    pub size_px: f32,
    pub weight: Weight,
    /// Added after every letter, px.
    pub spacing_px: f32,
}

impl Font {
    #[must_use]
    pub const fn new(size_px: f32, weight: Weight) -> Font {
        Font {
            size_px,
            weight,
            spacing_px: 0.0,
        }
    }

    /// Width of a text set in one line, px.
    #[must_use]
    pub fn width_px(&self, text: &str) -> f32 {
        let advances = &ADVANCES[self.weight as usize];
        let mut width = 0.0;
        for c in text.chars() {
            let advance = advances
                .by_char
                .get(c as usize)
                .copied()
                .unwrap_or_else(|| wide(c).unwrap_or(advances.missing));
            width += advance * self.size_px + self.spacing_px;
        }
        width
    }

    /// The text, or its beginning and `…` where it is wider than `room_px`.
    #[must_use]
    pub fn fitted(&self, text: &str, room_px: f32) -> String {
        if self.width_px(text) <= room_px {
            return text.to_owned();
        }
        let mut short = String::new();
        for c in text.chars() {
            short.push(c);
            if self.width_px(&short) + self.width_px("…") > room_px {
                short.pop();
                break;
            }
        }
        format!(
            "{}…",
            short.trim_end_matches([' ', ',', ';', '·', '–', '-'])
        )
    }

    /// Lines of at most `room_px`, at most `most` of them; what does not fit ends in `…`. A word
    /// wider than the room is cut.
    #[must_use]
    pub fn wrapped(&self, text: &str, room_px: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut words = words(text);
        while let Some(word) = words.next() {
            let joined = lines.last().map(|line| format!("{line} {word}"));
            match joined {
                Some(joined) if self.width_px(&joined) <= room_px => {
                    if let Some(line) = lines.last_mut() {
                        *line = joined;
                    }
                }
                _ if lines.len() == most => {
                    if let Some(line) = lines.last_mut() {
                        *line = self.fitted(
                            &format!("{line} {word} {}", words.next().unwrap_or("")),
                            room_px,
                        );
                        if !line.ends_with('…') {
                            line.push('…');
                        }
                    }
                    break;
                }
                _ => lines.push(self.fitted(word, room_px)),
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: Font = Font::new(10.0, Weight::Regular);

    #[test]
    fn widths_come_from_the_fonts() {
        assert!(BODY.width_px("iii") < BODY.width_px("mmm"));
        // Tabular digits: numbers of equal length are equally wide.
        assert!((BODY.width_px("111") - BODY.width_px("888")).abs() < 1e-3);
        let bold = Font::new(10.0, Weight::SemiBold);
        assert!(bold.width_px("Nuevo Laredo") > BODY.width_px("Nuevo Laredo"));
        assert!(
            (55.0..75.0).contains(&BODY.width_px("Nuevo Laredo")),
            "{}",
            BODY.width_px("Nuevo Laredo")
        );
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "38 incidents have dates known only to the week or month, 57 a place known only to the state";
        let lines = BODY.wrapped(text, 120.0, 99);
        assert!(lines.iter().all(|l| BODY.width_px(l) <= 120.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let lines = BODY.wrapped("one two three four five six seven eight", 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(
            lines[1].ends_with('…') && BODY.width_px(&lines[1]) <= 61.0,
            "{lines:?}"
        );
        assert!(BODY.width_px(&BODY.fitted("Supercalifragilistic", 40.0)) <= 40.0);
        assert_eq!(BODY.wrapped("", 40.0, 3), Vec::<String>::new());
    }
}
