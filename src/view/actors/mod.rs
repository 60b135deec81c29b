//! Who stands against whom in what is filtered: a table and a picture of the same pairs. Every
//! number leads to its incidents, which light up on the map while the pointer is on it.

mod hint;
mod layout;
mod network;
mod table;

use super::theme::color;
use super::{Context, kit};
use crate::index::Row;
use crate::locale::number;
use crate::query::{Pairs, Who};
use crate::session::{Command, Panel};
use egui::{Ui, vec2};
use std::sync::Arc;

/// How many actors there may be in the table.
const SIZES: [usize; 3] = [8, 12, 20];

pub struct State {
    /// Which of [`SIZES`].
    size: usize,
    /// The picture is shown, not the table.
    picture: bool,
    made: Option<Made>,
    /// What the pointer is on, with its rows.
    pointed: Option<(Pointed, Arc<[Row]>)>,
    hint: hint::Hint,
}

impl Default for State {
    fn default() -> State {
        State {
            size: 1,
            picture: false,
            made: None,
            pointed: None,
            hint: hint::Hint::default(),
        }
    }
}

/// What follows from the filter and the size; made anew when either changes.
struct Made {
    generation: u64,
    size: usize,
    pairs: Pairs,
    lines: Vec<Who>,
    /// Where each actor of the picture stands, on the unit square.
    places: Vec<[f32; 2]>,
}

/// A number or an actor that the pointer is on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pointed {
    Actor(Who),
    Pair(Who, Who),
}

/// What was asked for in the card.
enum Asked {
    Filter(Who),
    Select(Pointed),
}

impl State {
    /// What is known of another case.
    pub fn forget(&mut self) {
        (self.made, self.pointed) = (None, None);
    }
}

/// The card over the map.
pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    let size = SIZES[state.size];
    let old = |m: &Made| m.generation != cx.derived.generation || m.size != size;
    if state.made.as_ref().is_none_or(old) {
        state.made = Some(make(cx, size));
        state.pointed = None;
    }
    if let Some((_, rows)) = &state.pointed {
        state.hint.paint(ui, cx, rows, ui.max_rect());
    }
    let Some(made) = &state.made else { return };
    let (mut picture, mut chosen) = (state.picture, state.size);
    let mut pointed = None;
    let mut asked = None;
    kit::card(ui, "actors", vec2(880.0, 540.0), |ui| {
        header(ui, cx, &mut picture, &mut chosen);
        if made.pairs.top.is_empty() {
            kit::quiet(ui, cx.tr(text!("actors-none")));
            return;
        }
        let show = if picture { network::show } else { table::show };
        asked = show(ui, cx, made, &mut pointed);
    });
    match asked {
        Some(Asked::Filter(Who::Actor(id))) => {
            let name = cx.loaded.columns.actors.get(id).to_owned();
            cx.set_filter(|f| f.actors = [name].into());
        }
        Some(Asked::Select(what)) => {
            let rows = made.rows(cx, what);
            cx.select(rows.iter().copied());
        }
        Some(Asked::Filter(Who::Others)) | None => {}
    }
    if state.pointed.as_ref().map(|(p, _)| *p) != pointed {
        state.pointed = pointed.map(|p| (p, made.rows(cx, p)));
        ui.ctx().request_repaint();
    }
    (state.picture, state.size) = (picture, chosen);
}

fn make(cx: &Context<'_>, size: usize) -> Made {
    let pairs = Pairs::of(&cx.loaded.columns, &cx.derived.selection.rows, size);
    let actors = pairs.top.len();
    let weights: Vec<Vec<f32>> = (0..actors)
        .map(|i| (0..actors).map(|k| pairs.cell(i, k) as f32).collect())
        .collect();
    Made {
        generation: cx.derived.generation,
        size,
        lines: pairs.lines(),
        places: layout::places(&weights),
        pairs,
    }
}

impl Made {
    fn rows(&self, cx: &Context<'_>, what: Pointed) -> Arc<[Row]> {
        let (columns, rows) = (&cx.loaded.columns, &cx.derived.selection.rows);
        let found = match what {
            Pointed::Actor(who) => self.pairs.rows_naming(columns, rows, who),
            Pointed::Pair(a, b) => self.pairs.rows_of(columns, rows, a, b),
        };
        found.into()
    }

    fn name(&self, cx: &Context<'_>, who: Who) -> String {
        match who {
            Who::Actor(id) => cx.loaded.columns.actors.get(id).to_owned(),
            Who::Others => {
                let n = number(u64::from(self.pairs.others.1));
                cx.tr(text!("actors-others", n = n))
            }
        }
    }

    /// Incidents that name what stands in a line.
    fn incidents(&self, line: usize) -> u32 {
        let top = self.pairs.top.get(line);
        top.map_or(self.pairs.others.0, |(_, n)| *n)
    }

    /// The biggest number between two different actors of the table, at least 1.
    fn biggest(&self) -> u32 {
        let lines = 0..self.pairs.top.len();
        let cells = lines
            .clone()
            .flat_map(|i| lines.clone().map(move |k| (i, k)));
        let counts = cells.map(|(i, k)| self.pairs.cell(i, k));
        counts.max().unwrap_or(0).max(1)
    }
}

/// Title, choices and the way out.
fn header(ui: &mut Ui, cx: &mut Context<'_>, picture: &mut bool, size: &mut usize) {
    let (title, close) = (cx.tr(text!("actors-title")), cx.tr(text!("actors-close")));
    let left = kit::card_head(ui, title, &close, |ui| {
        let sizes = SIZES.map(|n| number(n as u64));
        *size = kit::segmented(ui, &sizes, *size, None).unwrap_or(*size);
        let forms = [cx.tr(text!("actors-table")), cx.tr(text!("actors-network"))];
        let form = kit::segmented(ui, &forms, usize::from(*picture), None);
        *picture = form.map_or(*picture, |i| i == 1);
    });
    if left {
        let card = Panel::Card(text!("actors-title"));
        cx.commands.push(Command::Fold(card));
    }
    let what = cx.tr(text!("actors-what"));
    kit::note(ui, what);
    ui.add_space(4.0);
}

/// `Cártel del Noreste against Army: 12 incidents`.
fn pair_label(cx: &Context<'_>, a: &str, b: &str, n: u32) -> String {
    let n = number(u64::from(n));
    cx.tr(text!("actors-pair", a = a, b = b, n = n))
}

/// `Cártel del Noreste: 12 incidents`.
fn actor_label(cx: &Context<'_>, name: &str, n: u32) -> String {
    let n = number(u64::from(n));
    let n = cx.tr(text!("n-incidents", n = n));
    format!("{name}: {n}")
}

/// Whether the pointer is on it or the keyboard.
fn is_pointed(response: &egui::Response) -> bool {
    response.hovered() || response.has_focus()
}

fn ink(c: crate::scene::Color) -> egui::Color32 {
    color(c)
}
