//! The snapshot page: headline, what is counted, the map, its key, a small chart, what is not
//! known, and where it all comes from. Everything but the title is generated from the case.
//!
//! The page is laid out in units of its own and then enlarged to the size asked for, so that type,
//! lines and symbols grow with the picture. Blocks that find no room are left out, least needed
//! first; nothing is ever cut or drawn over another.

mod blocks;
mod chart;
mod frame;
mod pen;
mod spec;
mod words;

use super::camera::Camera;
use super::drawing::{Drawing, Primitive, Weight, rectangle};
use super::key::{KeyPart, Medium, Section};
use super::layers;
use super::memo::Memo;
use super::text::{Font, words as words_of};
use super::view::MapView;
use crate::domain::Filter;
use crate::index::Row;
use crate::locale::{date, tr};
use crate::query::{Figure, Selection, Window};
use pen::{Block, Pen};
pub use spec::PageSpec;

pub const DEFAULT_SIZE_PX: [u32; 2] = [1920, 1080];

/// Page size, in units, from which on type is drawn at its own size.
const UNIT_SIZE: [f32; 2] = [1480.0, 900.0];
/// Type never gets smaller than this.
const SMALLEST_SCALE: f32 = 0.9;
/// Narrower pages, in units, have no room for a column beside the map.
const COLUMN_FROM: f32 = 720.0;

/// The page as a drawing of `spec.size_px`. `view` says what is shown: its camera and size are
/// what must be seen, and are fitted into the frame the page has for the map. All words and numbers
/// are of the incidents inside that frame.
#[must_use]
pub fn page(view: &MapView, spec: &PageSpec) -> Drawing {
    let size = spec.size_px.map(|px| px.clamp(64, 16_384) as f32);
    let scale = (size[0] / UNIT_SIZE[0])
        .min(size[1] / UNIT_SIZE[1])
        .max(SMALLEST_SCALE);
    let units = [size[0] / scale, size[1] / scale];
    let shown = shown_selection(view, spec, units, scale);
    let outside = view.selection.len() - shown.len();
    // Map and key count once.
    let memo = Memo::default();
    let view = MapView {
        selection: &shown,
        memo: Some(&memo),
        ..*view
    };
    let items = Layout::new(&view, spec, units, scale).draw(outside);
    Drawing {
        size,
        items: items
            .into_iter()
            .map(|item| item.placed(scale, [0.0, 0.0]))
            .collect(),
    }
}

/// Where everything goes, in units; rectangles are `[x, y, width, height]`.
struct Layout<'a> {
    view: &'a MapView<'a>,
    spec: &'a PageSpec<'a>,
    size: [f32; 2],
    scale: f32,
    margin: f32,
    header: Block,
    footer: Block,
    map: [f32; 4],
    column: Option<[f32; 4]>,
}

impl<'a> Layout<'a> {
    fn new(
        view: &'a MapView<'a>,
        spec: &'a PageSpec<'a>,
        size: [f32; 2],
        scale: f32,
    ) -> Layout<'a> {
        let margin = if size[0] < 1100.0 { 24.0 } else { 44.0 };
        let inner = (size[0] - 2.0 * margin).max(10.0);
        let header = header(view, spec, inner);
        let mut footer = footer(view, spec, inner);
        let mut top = margin * 0.85 + header.height + 16.0;
        // A picture too low for words is given to the map.
        if size[1] - top - footer.height - margin < 160.0 {
            footer = Block::default();
        }
        if size[1] - top - margin < 80.0 {
            top = margin;
        }
        let below = if footer.height > 0.0 {
            footer.height + 18.0
        } else {
            0.0
        };
        let height = (size[1] - top - below - margin * 0.75).max(10.0);
        let column_width = (inner * 0.25).clamp(210.0, 312.0);
        let gap = if size[0] < 1100.0 { 20.0 } else { 32.0 };
        let has_column = size[0] >= COLUMN_FROM && height > 150.0;
        let map_width = if has_column {
            inner - column_width - gap
        } else {
            inner
        };
        Layout {
            view,
            spec,
            size,
            scale,
            margin,
            header,
            footer,
            map: [margin, top, map_width, height],
            column: has_column.then_some([
                size[0] - margin - column_width,
                top,
                column_width,
                height,
            ]),
        }
    }

    fn draw(&self, outside: usize) -> Vec<Primitive> {
        let [w, h] = self.size;
        let paper = Primitive::area(
            vec![rectangle([0.0, 0.0, w, h])],
            Some(self.view.theme.background),
            None,
        );
        let mut items = vec![paper];
        if self.map[1] > self.margin {
            let header = self.header.clone().at([self.margin, self.margin * 0.85]);
            items.push(group(
                "header",
                title(self.view, self.spec),
                header.collect(),
            ));
        }
        let view = self.map_view();
        let map = frame::draw(&view, self.map);
        items.push(group("map", tr(view.lang, text!("map-name")), map));
        if let Some(column) = self.column {
            let key = self.column_blocks(&view, column, outside);
            items.push(group("key", tr(view.lang, text!("legend-title")), key));
        }
        let footer_top = self.map[1] + self.map[3] + 18.0;
        let footer = self.footer.clone().at([self.margin, footer_top]);
        items.push(group(
            "sources",
            tr(view.lang, text!("page-sources")),
            footer.collect(),
        ));
        items
    }

    /// The view given, fitted into the frame: all that it showed is seen.
    fn map_view(&self) -> MapView<'a> {
        let [_, _, w, h] = self.map;
        let given = self.view.size.map(|v| v.max(1.0));
        let zoom = self.view.camera.zoom + f64::from((w / given[0]).min(h / given[1])).log2();
        MapView {
            camera: Camera {
                zoom: zoom.max(Camera::least_zoom(h)),
                ..self.view.camera
            },
            size: [w, h],
            pixel_ratio: self.scale,
            ..*self.view
        }
    }

    fn column_blocks(
        &self,
        view: &MapView,
        [x, y, width, height]: [f32; 4],
        outside: usize,
    ) -> Vec<Primitive> {
        // Between blocks: blocks rather stand closer than be left out.
        const GAPS: [f32; 2] = [20.0, 11.0];
        let mut parts = layers::key(view, Medium::Page);
        let is_first = |part: &KeyPart| matches!(part.section, Section::Incidents | Section::Times);
        parts.sort_by_key(|part| !is_first(part));
        // In reading order; the number says what stays longest when room is short.
        let key = parts.iter().map(|part| {
            let block = blocks::key(view, part, width);
            (u8::from(!is_first(part)), block)
        });
        let mut blocks: Vec<(u8, Block)> = key.collect();
        blocks.push((3, chart::block(view, self.spec, width)));
        blocks.push((2, blocks::unknowns(view, outside, width)));
        blocks.retain(|(_, block)| block.height > 0.0);
        let spare =
            |blocks: &[(u8, Block)]| height - blocks.iter().map(|(_, b)| b.height).sum::<f32>();
        while spare(&blocks) < GAPS[1] * blocks.len().saturating_sub(1) as f32 {
            let Some(least) = (0..blocks.len()).max_by_key(|i| blocks[*i].0) else {
                break;
            };
            blocks.remove(least);
        }
        let gap = spare(&blocks) / blocks.len().saturating_sub(1).max(1) as f32;
        let gap = gap.clamp(GAPS[1], GAPS[0]);
        let mut items = Vec::new();
        let mut top = y;
        for (_, block) in blocks {
            let block_height = block.height;
            items.extend(block.at([x, top]));
            top += block_height + gap;
        }
        items
    }
}

/// The selected incidents inside the frame. The words count them, and how big the frame is depends
/// on how many lines the words take: so it is measured until both agree, which they do at once
/// unless a line more or less moves an incident over the edge.
fn shown_selection(view: &MapView, spec: &PageSpec, units: [f32; 2], scale: f32) -> Selection {
    let mut shown = view.selection.clone();
    for _ in 0..4 {
        let trial = MapView {
            selection: &shown,
            ..*view
        };
        let frame = MapView {
            selection: view.selection,
            ..Layout::new(&trial, spec, units, scale).map_view()
        };
        let next = in_frame(&frame, spec.filter);
        if next == shown {
            break;
        }
        shown = next;
    }
    shown
}

/// Those selected incidents whose place lies in the view.
fn in_frame(view: &MapView, filter: &Filter) -> Selection {
    let (columns, window) = (view.columns, view.projector().window());
    let seen = |row: &Row| window.holds_row(columns, *row);
    let rows = view.selection.rows.iter().copied().filter(seen);
    let mut shown = Selection::of(columns, rows, Window::of(filter));
    // Counted of the whole area: a map of a part of it cannot say.
    if shown.len() == view.selection.len() {
        shown.inside = view.selection.inside;
    }
    shown
}

fn group(name: &'static str, alt: String, items: Vec<Primitive>) -> Primitive {
    Primitive::Group { name, alt, items }
}

/// The one that is given, else a generated one.
fn title(view: &MapView, spec: &PageSpec) -> String {
    let generated = || match view.compare {
        Some(times) => times.words(view.lang, Figure::Incidents),
        None => words::headline(view, spec),
    };
    spec.title
        .filter(|t| !t.trim().is_empty())
        .map_or_else(generated, str::to_owned)
}

fn header(view: &MapView, spec: &PageSpec, width: f32) -> Block {
    let title = title(view, spec);
    let deck = match view.compare {
        Some(_) => tr(view.lang, text!("compare-deck")),
        None => words::deck(view, spec),
    };
    let size_px = if width < 1000.0 { 24.0 } else { 31.0 };
    let font = Font::new(size_px, Weight::SemiBold);
    let mut pen = Pen::new(view.theme);
    for line in balanced(&title, font, width) {
        pen.down(size_px * 0.62);
        pen.text(0.0, &line, font, view.theme.text);
        pen.down(size_px * 0.62);
    }
    pen.down(4.0);
    let body = Font::new(if width < 1000.0 { 13.0 } else { 15.0 }, Weight::Regular);
    pen.paragraph(&deck, body, view.theme.muted, width.min(1480.0), 3);
    pen.done()
}

/// One line, else two of about the same length: a headline with a last word alone looks broken.
fn balanced(text: &str, font: Font, width: f32) -> Vec<String> {
    let whole = words_of(text).collect::<Vec<_>>().join(" ");
    let tries = (11..20).map(|i| font.wrapped(text, width * i as f32 / 20.0, 2));
    let keeps_all = |lines: &Vec<String>| lines.join(" ") == whole;
    let one = font.wrapped(text, width, 1);
    if keeps_all(&one) {
        return one;
    }
    tries
        .into_iter()
        .find(keeps_all)
        .unwrap_or_else(|| font.wrapped(text, width, 2))
}

fn footer(view: &MapView, spec: &PageSpec, width: f32) -> Block {
    const GAP: f32 = 36.0;
    let lang = view.lang;
    let sources = words::sources(view, spec);
    let method = words::method(view, spec);
    let data = spec
        .data_date
        .map(|d| tr(lang, text!("page-data-of", date = date(lang, d))));
    let made = tr(
        lang,
        text!("page-made-with", version = env!("CARGO_PKG_VERSION")),
    );
    let disclaimer = format!(
        "{} {}",
        tr(lang, text!("page-disclaimer")),
        data.unwrap_or_default()
    );
    let columns = if width < 640.0 { 1 } else { 3 };
    let each = (width - GAP * (columns - 1) as f32) / columns as f32;
    let most = if columns == 1 { 2 } else { 6 };
    let texts = [
        (Some(tr(lang, text!("page-sources"))), sources, None),
        (Some(tr(lang, text!("page-method"))), method, None),
        (None, disclaimer, Some(made)),
    ];
    let mut block = Block::default();
    let mut y = 0.0;
    for (i, (lead, text, after)) in texts.into_iter().enumerate() {
        let mut pen = Pen::new(view.theme);
        pen.led_paragraph(
            lead.as_deref(),
            &text,
            Font::new(10.5, Weight::Regular),
            each,
            most,
        );
        if let Some(after) = after {
            pen.paragraph(
                &after,
                Font::new(10.5, Weight::SemiBold),
                view.theme.text,
                each,
                1,
            );
        }
        let part = pen.done();
        let x = if columns == 1 {
            0.0
        } else {
            i as f32 * (each + GAP)
        };
        block.height = block.height.max(y + part.height);
        let height = part.height;
        block.items.extend(part.at([x, y]));
        if columns == 1 {
            y += height + 2.0;
        }
    }
    block
}

#[cfg(test)]
mod tests;
