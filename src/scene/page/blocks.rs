//! The blocks of the column beside the map.

use super::super::drawing::{Anchor, Primitive, Stroke, Weight, rectangle};
use super::super::key::{KeyLine, KeyPart, KeyRow, Sizes};
use super::super::ramp_key::RampKey;
use super::super::text::Font;
use super::super::view::MapView;
use super::pen::{Block, Pen};
use super::words;
use crate::locale::{Lang, number, tr};

const ROW: f32 = 22.0;
/// Left edge of the words beside a sign.
const INDENT: f32 = 30.0;
const BODY: Font = Font::new(12.5, Weight::Regular);
const BOLD: Font = Font::new(12.5, Weight::SemiBold);
const SMALL: Font = Font::new(11.0, Weight::Regular);

/// A part of the key.
pub fn key(view: &MapView, part: &KeyPart, width: f32) -> Block {
    let mut pen = Pen::new(view.theme);
    pen.head(&part.head, width);
    for row in &part.rows {
        match row {
            KeyRow::Line(key) => line(&mut pen, key, width),
            KeyRow::Ramp(key) => ramp(&mut pen, key, width),
            KeyRow::Sizes(key) => sizes(&mut pen, view.lang, key, width),
            KeyRow::Head(text) => pen.paragraph(text, BOLD, view.theme.text, width, 1),
            KeyRow::Says(text, most) => pen.paragraph(text, BODY, view.theme.muted, width, *most),
            KeyRow::Total(name, value) => {
                pen.down(ROW / 2.0);
                pen.text(0.0, name, BODY, view.theme.text);
                pen.anchored(width, Anchor::Right, value, BOLD, view.theme.text);
                pen.down(ROW / 2.0);
            }
            KeyRow::Note(text, most) => pen.paragraph(text, SMALL, view.theme.muted, width, *most),
            KeyRow::Gap(px) => pen.down(*px),
        }
    }
    pen.done()
}

/// The colours as a bar with counts below it.
fn ramp(pen: &mut Pen, key: &RampKey, width: f32) {
    const HIGH: f32 = 11.0;
    let step = width / key.ramp.len() as f32;
    for (i, ink) in key.ramp.iter().enumerate() {
        let (left, right) = (i as f32 * step, ((i + 1) as f32 * step + 0.5).min(width));
        let (top, bottom) = (pen.y, pen.y + HIGH);
        pen.push(Primitive::area(
            vec![rectangle([left, top, right, bottom])],
            Some(*ink),
            None,
        ));
    }
    pen.down(HIGH);
    let ticks = key.ticks(width, |text| SMALL.width_px(text));
    let (ink, line) = (pen.theme.muted, pen.y);
    for tick in &ticks {
        pen.push(Primitive::line(
            vec![[tick.at_px, line], [tick.at_px, line + 4.0]],
            Stroke::solid(ink, 1.0),
        ));
    }
    pen.down(12.0);
    for tick in &ticks {
        pen.anchored(tick.text_px, Anchor::Center, &tick.text, SMALL, ink);
    }
    pen.down(11.0);
}

/// A sign, a name of at most two lines, and a value at the right edge.
fn line(pen: &mut Pen, key: &KeyLine, width: f32) {
    let (left, color) = (key.indent_px, pen.theme.text);
    let room = width - INDENT - left - BOLD.width_px(&key.value) - 8.0;
    pen.down(ROW / 2.0);
    let sign = (key.sign)(pen.theme, [left, pen.y]);
    sign.into_iter().for_each(|item| pen.push(item));
    if !key.value.is_empty() {
        pen.anchored(width, Anchor::Right, &key.value, BOLD, color);
    }
    for (i, line) in BODY.wrapped(&key.name, room, 2).iter().enumerate() {
        pen.down(if i == 0 { 0.0 } else { 16.0 });
        pen.text(INDENT + left, line, BODY, color);
    }
    pen.down(ROW / 2.0);
}

/// A row of circles from small to big, each with its deaths.
fn sizes(pen: &mut Pen, lang: Lang, key: &Sizes, width: f32) {
    let words = |deaths: u32, last: bool| {
        let n = number(u64::from(deaths));
        if last {
            // It stands for all that is bigger where symbols stop growing.
            let n = if key.is_capped { format!("{n}+") } else { n };
            tr(lang, text!("page-key-deaths", n = n))
        } else {
            n
        }
    };
    let room = |sizes: &[(u32, f32)]| {
        let each = sizes.iter().enumerate();
        each.map(|(i, (n, radius))| {
            2.0 * radius + 5.0 + SMALL.width_px(&words(*n, i + 1 == sizes.len())) + 14.0
        })
        .sum::<f32>()
            - 14.0
    };
    // The biggest stays; those in the middle go where the column is narrow.
    let mut sizes = key.samples.clone();
    while sizes.len() > 2 && room(&sizes) > width {
        sizes.remove(sizes.len() - 2);
    }
    let Some((_, tallest)) = sizes.last().copied() else {
        return;
    };
    pen.down(5.0 + tallest);
    let mut x = 0.0;
    for (i, (deaths, radius)) in sizes.iter().enumerate() {
        let label = words(*deaths, i + 1 == sizes.len());
        pen.push((key.sign)(pen.theme, [x + radius, pen.y], *radius));
        pen.text(x + 2.0 * radius + 5.0, &label, SMALL, pen.theme.muted);
        x += 2.0 * radius + 5.0 + SMALL.width_px(&label) + 14.0;
    }
    pen.down(5.0 + tallest);
}

/// What is not known, in sentences; nothing where all is.
pub fn unknowns(view: &MapView, outside: usize, width: f32) -> Block {
    let sentences = words::unknowns(view, outside);
    if sentences.is_empty() {
        return Block::default();
    }
    let mut pen = Pen::new(view.theme);
    pen.head(&tr(view.lang, text!("page-unknown")), width);
    for sentence in sentences {
        pen.paragraph(
            &sentence,
            Font::new(11.5, Weight::Regular),
            view.theme.muted,
            width,
            5,
        );
        pen.down(5.0);
    }
    pen.done()
}
