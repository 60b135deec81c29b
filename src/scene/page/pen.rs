//! Writing down a block of the page, from the top.

use super::super::drawing::{Anchor, Color, Point, Primitive, Stroke, Weight};
use super::super::text::{Font, words};
use super::super::theme::Theme;

/// Some items with their top left corner at 0, 0.
#[derive(Clone, Debug, Default)]
pub struct Block {
    pub height: f32,
    pub items: Vec<Primitive>,
}

impl Block {
    pub fn at(self, corner: Point) -> impl Iterator<Item = Primitive> {
        self.items
            .into_iter()
            .map(move |item| item.placed(1.0, corner))
    }
}

/// Height of a line of text, in sizes of the font.
const LEADING: f32 = 1.42;

pub struct Pen<'a> {
    pub theme: &'a Theme,
    /// How far down the block has come.
    pub y: f32,
    items: Vec<Primitive>,
}

impl<'a> Pen<'a> {
    pub fn new(theme: &'a Theme) -> Pen<'a> {
        Pen {
            theme,
            y: 0.0,
            items: Vec::new(),
        }
    }

    pub fn done(self) -> Block {
        Block {
            height: self.y,
            items: self.items,
        }
    }

    pub fn down(&mut self, by: f32) {
        self.y += by;
    }

    pub fn push(&mut self, item: Primitive) {
        self.items.push(item);
    }

    /// A text whose middle is at the pen's height.
    pub fn text(&mut self, x: f32, text: &str, font: Font, color: Color) {
        self.anchored(x, Anchor::Left, text, font, color);
    }

    pub fn anchored(&mut self, x: f32, anchor: Anchor, text: &str, font: Font, color: Color) {
        self.items.push(Primitive::Text {
            at: [x, self.y],
            anchor,
            text: text.to_owned(),
            size_px: font.size_px,
            weight: font.weight,
            color,
            halo: None,
            spacing_px: font.spacing_px,
        });
    }

    /// The heavy rule and the head that every block of the column begins with.
    pub fn head(&mut self, text: &str, width: f32) {
        let stroke = Stroke::solid(self.theme.text, 1.5);
        self.items
            .push(Primitive::line(vec![[0.0, 0.75], [width, 0.75]], stroke));
        self.y = 17.0;
        let font = Font::new(12.5, Weight::SemiBold);
        self.text(0.0, &font.fitted(text, width), font, self.theme.text);
        self.y = 29.0;
    }

    /// Lines from the pen's height down.
    pub fn paragraph(&mut self, text: &str, font: Font, color: Color, width: f32, most: usize) {
        let leading = font.size_px * LEADING;
        for line in font.wrapped(text, width, most) {
            self.y += leading / 2.0;
            self.text(0.0, &line, font, color);
            self.y += leading / 2.0;
        }
    }

    /// A paragraph that begins with a word in bold.
    pub fn led_paragraph(
        &mut self,
        lead: Option<&str>,
        text: &str,
        font: Font,
        width: f32,
        most: usize,
    ) {
        let (color, leading) = (self.theme.muted, font.size_px * LEADING);
        let Some(lead) = lead else {
            return self.paragraph(text, font, color, width, most);
        };
        let bold = Font {
            weight: Weight::SemiBold,
            ..font
        };
        let indent = bold.width_px(lead) + font.width_px("  ");
        // The first line is what fits beside the lead; the rest wraps below it.
        let first = font.wrapped(text, width - indent, 1);
        let whole = font.wrapped(text, width - indent, usize::MAX);
        let first = if most > 1 {
            whole.first().cloned().unwrap_or_default()
        } else {
            first.concat()
        };
        self.y += leading / 2.0;
        self.text(0.0, lead, bold, self.theme.text);
        self.text(indent, &first, font, color);
        self.y += leading / 2.0;
        let rest: String = words(text)
            .skip(words(&first).count())
            .collect::<Vec<_>>()
            .join(" ");
        if most > 1 {
            self.paragraph(&rest, font, color, width, most - 1);
        }
    }
}
