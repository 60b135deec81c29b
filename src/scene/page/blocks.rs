//! The blocks of the column beside the map.

use super::super::drawing::{Anchor, Point, Primitive, Stroke, Weight};
use super::super::hatch;
use super::super::layers::{movements, places, reference, territories};
use super::super::legend::{DensityKey, Legend, TerritoryKey};
use super::super::text::Font;
use super::super::view::MapView;
use super::pen::{Block, Pen};
use super::words;
use crate::domain::{Inner, Kind, Mark};
use crate::locale::{number, tr, tr_args};

const ROW: f32 = 22.0;
/// Left edge of the words beside a sign.
const INDENT: f32 = 30.0;
const BODY: Font = Font::new(12.5, Weight::Regular);
const SMALL: Font = Font::new(11.0, Weight::Regular);

/// Marks with their incidents, sizes, and what lighter fills and rings mean.
pub fn incidents(view: &MapView, legend: &Legend, width: f32) -> Block {
    let mut pen = Pen::new(view.theme);
    let head = match &legend.density {
        Some(key) if !key.ramp.is_empty() => "page-key-counts",
        _ => "page-key-incidents",
    };
    pen.head(&tr(view.lang, head), width);
    if legend.total == 0 {
        pen.paragraph(
            &tr(view.lang, "page-key-none"),
            BODY,
            view.theme.muted,
            width,
            2,
        );
        return pen.done();
    }
    if !legend.classes.is_empty() {
        classes(&mut pen, view, legend, width);
    }
    for key in legend.lines() {
        let left = if key.below { 18.0 } else { 0.0 };
        let sign = |y| {
            let at = [9.0 + left, y];
            match key.kind {
                Some(kind) => vec![of_kind(view, kind, at)],
                None => vec![sample(view, key.mark, at, 6.2, 0.75)],
            }
        };
        let n = number(u64::from(key.n));
        row_in(&mut pen, left, sign, (&key.name(view.lang), &n), width);
    }
    if let Some(key) = &legend.density {
        counts(&mut pen, view, legend, key, width);
        return pen.done();
    }
    size_samples(&mut pen, view, legend, width);
    if legend.lighter {
        let sign = |y| vec![sample(view, lead(legend), [9.0, y], 6.2, 0.26)];
        row(
            &mut pen,
            sign,
            &tr(view.lang, "page-key-lighter"),
            "",
            width,
        );
    }
    if legend.rings {
        let sign = |y| {
            vec![Primitive::Circle {
                center: [9.0, y],
                radius_px: 7.5,
                fill: None,
                stroke: Some(Stroke::dashed(
                    view.theme.mark(lead(legend)),
                    1.0,
                    [3.0, 2.4],
                )),
            }]
        };
        row(&mut pen, sign, &tr(view.lang, "page-key-rings"), "", width);
    }
    pen.done()
}

/// What counts on the map count, and what their colours say.
fn counts(pen: &mut Pen, view: &MapView, legend: &Legend, key: &DensityKey, width: f32) {
    let total = number(u64::from(legend.total));
    let bold = Font::new(12.5, Weight::SemiBold);
    pen.down(ROW / 2.0);
    pen.text(
        0.0,
        &tr(view.lang, "density-key-total"),
        BODY,
        view.theme.text,
    );
    pen.anchored(width, Anchor::Right, &total, bold, view.theme.text);
    pen.down(ROW / 2.0);
    if !key.ramp.is_empty() {
        ramp(pen, key, width);
    }
    for sentence in key.sentences(view.lang, view.theme.name) {
        pen.paragraph(&sentence, SMALL, view.theme.muted, width, 3);
    }
}

/// The colours as a bar with counts below it.
fn ramp(pen: &mut Pen, key: &DensityKey, width: f32) {
    const HIGH: f32 = 11.0;
    let step = width / key.ramp.len() as f32;
    for (i, ink) in key.ramp.iter().enumerate() {
        let (left, right) = (i as f32 * step, ((i + 1) as f32 * step + 0.5).min(width));
        let (top, bottom) = (pen.y, pen.y + HIGH);
        pen.push(Primitive::Area {
            rings: vec![vec![
                [left, top],
                [right, top],
                [right, bottom],
                [left, bottom],
            ]],
            fill: Some(*ink),
            stroke: None,
        });
    }
    pen.down(HIGH);
    let ticks = key.ticks(width, |text| SMALL.width_px(text));
    let (ink, line) = (pen.theme.muted, pen.y);
    for tick in &ticks {
        pen.push(Primitive::Line {
            points: vec![[tick.at_px, line], [tick.at_px, line + 4.0]],
            stroke: Stroke::solid(ink, 1.0),
        });
    }
    pen.down(12.0);
    for tick in &ticks {
        pen.anchored(tick.text_px, Anchor::Center, &tick.text, SMALL, ink);
    }
    pen.down(11.0);
}

/// What colours say where that is not kinds; what follows says what shapes do.
fn classes(pen: &mut Pen, view: &MapView, legend: &Legend, width: f32) {
    let what = tr(view.lang, &format!("color-by-{}", legend.color_by.code())).to_lowercase();
    let says = tr_args(view.lang, "color-says", &[("what", &what)]);
    pen.paragraph(&says, BODY, view.theme.muted, width, 1);
    for (class, n) in &legend.classes {
        let sign = |y| {
            vec![Primitive::Circle {
                center: [9.0, y],
                radius_px: 6.2,
                fill: Some(class.color.with_alpha(0.75)),
                stroke: None,
            }]
        };
        row(pen, sign, &class.name, &number(u64::from(*n)), width);
    }
    pen.paragraph(
        &tr(view.lang, "color-shapes"),
        BODY,
        view.theme.muted,
        width,
        1,
    );
}

fn lead(legend: &Legend) -> Mark {
    legend
        .marks
        .first()
        .map_or(Mark::Context, |(mark, _)| *mark)
}

/// A sign, a name of at most two lines, and a value at the right edge.
fn row(
    pen: &mut Pen,
    sign: impl FnOnce(f32) -> Vec<Primitive>,
    name: &str,
    value: &str,
    width: f32,
) {
    row_in(pen, 0.0, sign, (name, value), width);
}

/// The same with its name further to the right.
fn row_in(
    pen: &mut Pen,
    left: f32,
    sign: impl FnOnce(f32) -> Vec<Primitive>,
    (name, value): (&str, &str),
    width: f32,
) {
    let bold = Font::new(12.5, Weight::SemiBold);
    let room = width - INDENT - left - bold.width_px(value) - 8.0;
    let color = pen.theme.text;
    pen.down(ROW / 2.0);
    sign(pen.y).into_iter().for_each(|item| pen.push(item));
    if !value.is_empty() {
        pen.anchored(width, Anchor::Right, value, bold, color);
    }
    for (i, line) in BODY.wrapped(name, room, 2).iter().enumerate() {
        pen.down(if i == 0 { 0.0 } else { 16.0 });
        pen.text(INDENT + left, line, BODY, color);
    }
    pen.down(ROW / 2.0);
}

fn of_kind(view: &MapView, kind: Kind, center: Point) -> Primitive {
    Primitive::Mark {
        center,
        radius_px: 7.0,
        shape: kind.mark().shape(),
        inner: kind.inner(),
        fill: view.theme.mark(kind.mark()).with_alpha(0.75),
        outline: Stroke::solid(view.theme.background, 0.8),
    }
}

fn sample(view: &MapView, mark: Mark, center: Point, radius_px: f32, opacity: f32) -> Primitive {
    // The sign inside belongs to a kind; the key is of marks.
    let plain = Kind::ALL
        .iter()
        .find(|k| k.mark() == mark)
        .map_or(Inner::Plain, |k| k.inner());
    Primitive::Mark {
        center,
        radius_px,
        shape: mark.shape(),
        inner: plain,
        fill: view.theme.mark(mark).with_alpha(opacity),
        outline: Stroke::solid(view.theme.background, 0.8),
    }
}

/// A row of circles from small to big, each with its deaths.
fn size_samples(pen: &mut Pen, view: &MapView, legend: &Legend, width: f32) {
    let words = |deaths: u32, last: bool| {
        let n = number(u64::from(deaths));
        if last {
            // It stands for all that is bigger where symbols stop growing.
            let n = if legend.capped { format!("{n}+") } else { n };
            tr_args(view.lang, "page-key-deaths", &[("n", &n)])
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
    let mut sizes = legend.sizes.clone();
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
        pen.push(sample(
            view,
            lead(legend),
            [x + radius, pen.y],
            *radius,
            0.6,
        ));
        pen.text(x + 2.0 * radius + 5.0, &label, SMALL, view.theme.muted);
        x += 2.0 * radius + 5.0 + SMALL.width_px(&label) + 14.0;
    }
    pen.down(5.0 + tallest);
}

/// Territory estimates with their grade; nothing where there are none.
pub fn territories(view: &MapView, legend: &Legend, width: f32) -> Block {
    const MOST: usize = 8;
    if legend.territories.is_empty() {
        return Block::default();
    }
    let mut pen = Pen::new(view.theme);
    pen.head(&tr(view.lang, "page-key-territories"), width);
    for key in legend.territories.iter().take(MOST) {
        let relation = tr(view.lang, &format!("relation-{}", key.relation.code()));
        row(
            &mut pen,
            |y| vec![swatch(key, y)],
            &format!("{}, {relation}", key.actor),
            &key.grade.to_string(),
            width,
        );
    }
    let rivals: Vec<&TerritoryKey> = legend.territories.iter().filter(|k| k.contested).collect();
    if let (Some(a), Some(b)) = (rivals.first(), rivals.last()) {
        row(
            &mut pen,
            |y| contested_swatch(view, a, b, y),
            &tr(view.lang, "page-key-contested"),
            "",
            width,
        );
    }
    let hidden = legend.territories.len().saturating_sub(MOST);
    if hidden > 0 {
        let more = tr_args(view.lang, "page-key-more", &[("n", &number(hidden as u64))]);
        pen.paragraph(&more, SMALL, view.theme.muted, width, 1);
    }
    pen.down(3.0);
    pen.paragraph(
        &tr(view.lang, "page-key-grade"),
        SMALL,
        view.theme.muted,
        width,
        2,
    );
    for note in &legend.notes {
        pen.paragraph(note, SMALL, view.theme.muted, width, 3);
    }
    pen.done()
}

/// Kinds of movement, places and outlines in view; nothing where there are none.
pub fn ways(view: &MapView, legend: &Legend, width: f32) -> Block {
    let Some(heading) = legend.ways_heading() else {
        return Block::default();
    };
    let mut pen = Pen::new(view.theme);
    pen.head(&tr(view.lang, heading), width);
    for (kind, n) in &legend.movements {
        let sign = |y| movements::sign(view.theme, *kind, [0.0, y], 22.0);
        let name = tr(view.lang, &format!("movement-{}", kind.code()));
        row(&mut pen, sign, &name, &number(u64::from(*n)), width);
    }
    if legend.places > 0 {
        let sign = |y| places::sign(view.theme, [9.0, y], places::HALF_PX, false);
        let name = tr(view.lang, "legend-places");
        row(
            &mut pen,
            sign,
            &name,
            &number(u64::from(legend.places)),
            width,
        );
    }
    if legend.outlines {
        let sign = |y| reference::sign(view.theme, [0.0, y]);
        row(&mut pen, sign, &tr(view.lang, "layer-reference"), "", width);
    }
    pen.done()
}

fn swatch_ring(y: f32) -> Vec<Point> {
    vec![
        [0.0, y - 6.5],
        [20.0, y - 6.5],
        [20.0, y + 6.5],
        [0.0, y + 6.5],
    ]
}

fn swatch(key: &TerritoryKey, y: f32) -> Primitive {
    let stroke = if key.dashed {
        Stroke::dashed(key.color, 1.2, [4.0, 2.6])
    } else {
        Stroke::solid(key.color, 1.2)
    };
    Primitive::Area {
        rings: vec![swatch_ring(y)],
        fill: Some(
            key.color
                .with_alpha(territories::fill_opacity(key.relation) + 0.04),
        ),
        stroke: Some(stroke),
    }
}

fn contested_swatch(view: &MapView, a: &TerritoryKey, b: &TerritoryKey, y: f32) -> Vec<Primitive> {
    let ring = vec![swatch_ring(y)];
    let other = if a.color == b.color {
        view.theme.state_label
    } else {
        b.color
    };
    let mut items = Vec::new();
    for (color, phase) in [(a.color, 0.0), (other, 4.5)] {
        for ends in hatch::lines(&[&ring], 9.0, phase) {
            items.push(Primitive::Line {
                points: ends.to_vec(),
                stroke: Stroke::solid(color.with_alpha(0.55), 2.0),
            });
        }
    }
    let frame = Stroke::solid(view.theme.faint, 0.8);
    items.push(Primitive::Area {
        rings: ring,
        fill: None,
        stroke: Some(frame),
    });
    items
}

/// What is not known, in sentences; nothing where all is.
pub fn unknowns(view: &MapView, outside: usize, width: f32) -> Block {
    let sentences = words::unknowns(view, outside);
    if sentences.is_empty() {
        return Block::default();
    }
    let mut pen = Pen::new(view.theme);
    pen.head(&tr(view.lang, "page-unknown"), width);
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
