//! Two times side by side, in words and as a key.

use super::super::drawing::{Anchor, Primitive, Weight};
use super::super::layers::compare::Times;
use super::super::legend::CompareKey;
use super::super::text::Font;
use super::super::view::MapView;
use super::pen::{Block, Pen};
use crate::locale::{number, period, tr};
use crate::query::Figure;

const ROW: f32 = 22.0;
const INDENT: f32 = 30.0;
const BODY: Font = Font::new(12.5, Weight::Regular);

/// The finding: how the second stands to the first.
pub fn headline(view: &MapView, times: &Times) -> String {
    times.words(view.lang, Figure::Incidents)
}

/// What is counted.
pub fn deck(view: &MapView) -> String {
    tr(view.lang, "compare-deck")
}

/// The two times and what the colours say, with the incidents of each in the hexagons in view.
pub fn key(view: &MapView, key: &CompareKey, width: f32) -> Block {
    let lang = view.lang;
    let mut pen = Pen::new(view.theme);
    pen.head(&tr(lang, "compare-key"), width);
    let sides = [
        ("A", view.theme.compare_a, key.windows.a, key.a),
        ("B", view.theme.compare_b, key.windows.b, key.b),
    ];
    for (letter, ink, (from, to), n) in sides {
        let name = format!("{letter} · {}", period(lang, from, to));
        row(&mut pen, ink, &name, &number(u64::from(n)), width);
    }
    pen.down(4.0);
    for (lean, [_, a, b]) in &key.leans {
        let value = format!("{} | {}", number(u64::from(*a)), number(u64::from(*b)));
        let ink = lean.color(view.theme);
        row(&mut pen, ink, &tr(lang, lean.name_key()), &value, width);
    }
    pen.done()
}

fn row(pen: &mut Pen, ink: crate::scene::Color, name: &str, value: &str, width: f32) {
    let bold = Font::new(12.5, Weight::SemiBold);
    let color = pen.theme.text;
    pen.down(ROW / 2.0);
    let (left, top) = (2.0, pen.y - 7.0);
    pen.push(Primitive::Area {
        rings: vec![vec![
            [left, top],
            [left + 14.0, top],
            [left + 14.0, top + 14.0],
            [left, top + 14.0],
        ]],
        fill: Some(ink),
        stroke: None,
    });
    pen.anchored(width, Anchor::Right, value, bold, color);
    let room = width - INDENT - bold.width_px(value) - 8.0;
    for (i, line) in BODY.wrapped(name, room, 2).iter().enumerate() {
        pen.down(if i == 0 { 0.0 } else { 16.0 });
        pen.text(INDENT, line, BODY, color);
    }
    pen.down(ROW / 2.0);
}
