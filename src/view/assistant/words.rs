//! Words of the file for what happened that no table knows, and those the user has given a kind.

use super::state::{Look, State};
use crate::domain::{Kind, KindGroup};
use crate::import::UnknownKinds;
use crate::locale::number;
use crate::view::kit;
use egui::Ui;

/// Words shown at once; the others come up as these are given a kind.
const MOST: usize = 12;

/// For a word and its number, points.
const WORD_W: f32 = 136.0;

/// Nothing where every word is known and none was given a kind.
pub fn show(ui: &mut Ui, look: Look, state: &mut State) {
    let given = &state.options.kinds;
    let is_open = |word: &str| given.iter().all(|(w, _)| w != word);
    let mut open: Vec<(&str, u64)> = words(&state.unknown_kinds)
        .filter(|w| is_open(w.0))
        .collect();
    if open.is_empty() && given.is_empty() {
        return;
    }
    open.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    kit::section(ui, &look.tr(text!("assistant-words")), |_| {});
    if !open.is_empty() {
        kit::note(ui, look.tr(text!("assistant-words-unknown")));
    }
    let mut chosen: Option<(String, Option<Kind>)> = None;
    for (word, kind) in given {
        if let Some(kind) = one(ui, look, word, None, Some(*kind)) {
            chosen = Some((word.clone(), kind));
        }
    }
    for (word, n) in open.iter().take(MOST) {
        if let Some(kind) = one(ui, look, word, Some(*n), None) {
            chosen = Some(((*word).to_owned(), kind));
        }
    }
    if let Some((word, kind)) = chosen {
        let kinds = &mut state.options.kinds;
        match (kinds.iter().position(|(w, _)| *w == word), kind) {
            (Some(at), Some(kind)) => kinds[at].1 = kind,
            (None, Some(kind)) => kinds.push((word, kind)),
            (Some(at), None) => drop(kinds.remove(at)),
            (None, None) => {}
        }
    }
}

fn words(unknown: &UnknownKinds) -> impl Iterator<Item = (&str, u64)> {
    unknown.words.iter().map(|(word, n)| (word.as_str(), *n))
}

/// A word, how often it stands in the file, and its kind; what was chosen, `None` in it being that
/// the word is not known again.
fn one(
    ui: &mut Ui,
    look: Look,
    word: &str,
    count: Option<u64>,
    kind: Option<Kind>,
) -> Option<Option<Kind>> {
    let named = |kind: Kind| look.tr(text!("kind-" + kind.code()));
    let shown = match kind {
        Some(kind) => named(kind),
        None => look.tr(text!("assistant-words-choose")),
    };
    let label = match count {
        Some(n) => format!("{word} ({})", number(n)),
        None => word.to_owned(),
    };
    let response = kit::row_with(ui, &label, WORD_W, |ui, width| {
        kit::choice(ui, &label, &shown, width)
    });
    let response = response.on_hover_text(&label);
    kit::listed(&response, |ui| {
        let mut chosen = None;
        let none = look.tr(text!("assistant-words-unset"));
        if kind.is_some() && ui.selectable_label(false, none).clicked() {
            chosen = Some(None);
        }
        for group in KindGroup::ALL {
            for of_group in group.kinds() {
                let entry = ui.selectable_label(kind == Some(of_group), named(of_group));
                if entry.clicked() {
                    chosen = Some(Some(of_group));
                }
            }
        }
        chosen
    })
}
