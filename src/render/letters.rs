//! Letters that the bundled fonts lack, such as Arabic, Chinese, Burmese or Devanagari ones: the system's
//! fonts have them, or nobody does. Only drawings with such letters look at the system's fonts, so that all others are the
//! same on every machine.

use crate::scene::{Document, Drawing, Primitive, Weight, fonts};
use resvg::usvg::fontdb::{Database, ID, Source, Style};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use ttf_parser::Face;

/// Ours first, then the system's.
static ALL: LazyLock<Database> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for (_, data) in fonts::FILES {
        fonts.load_font_source(Source::Binary(Arc::new(data)));
    }
    fonts.load_system_fonts();
    fonts
});

/// Letters of a document that no font of this computer has: they stand as empty boxes.
#[must_use]
pub fn missing_letters(document: &Document) -> Vec<char> {
    let pages = document.pages();
    let mut missing: BTreeSet<char> = pages.flat_map(|page| lacking(&page.drawing)).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    for face in ALL.faces() {
        if missing.is_empty() {
            break;
        }
        ALL.with_face_data(face.id, |data, index| {
            if let Ok(face) = Face::parse(data, index) {
                missing.retain(|letter| face.glyph_index(*letter).is_none());
            }
        });
    }
    missing.into_iter().collect()
}

/// Letters of a drawing that the bundled fonts lack.
fn lacking(drawing: &Drawing) -> BTreeSet<char> {
    fn walk(items: &[Primitive], found: &mut BTreeSet<char>) {
        for item in items {
            match item {
                Primitive::Text { text, .. } => found.extend(lacking_in(text)),
                Primitive::Clipped { items, .. } | Primitive::Group { items, .. } => {
                    walk(items, found);
                }
                _ => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&drawing.items, &mut found);
    found
}

fn lacking_in(text: &str) -> impl Iterator<Item = char> {
    static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| {
        let (_, data) = fonts::FILES.first()?;
        Face::parse(data, 0).ok()
    });
    let has = |c: char| {
        let face = FACE.as_ref();
        face.is_some_and(|face| face.glyph_index(c).is_some())
    };
    let letters = text.chars().filter(|c| !c.is_ascii() && !c.is_whitespace());
    letters.filter(move |c| !c.is_control() && !has(*c) && !is_unseen(*c))
}

/// Whether a text has letters that the bundled fonts lack.
pub(super) fn needs_others(text: &str) -> bool {
    lacking_in(text).next().is_some()
}

/// A text in runs that are set in one font each, as letters of one script are joined by it; with each whether
/// ours lack its letters.
pub(super) fn runs(text: &str) -> Vec<(&str, bool)> {
    // What is set with the letters around it: blanks and joiners.
    let is_neutral = |c: char| c.is_whitespace() || is_unseen(c);
    let mut cuts: Vec<(usize, bool)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !is_neutral(*c)) {
        let is_lacking = needs_others(c.encode_utf8(&mut [0; 4]));
        if cuts.last().is_none_or(|(_, before)| *before != is_lacking) {
            cuts.push((at, is_lacking));
        }
    }
    let each = cuts.iter().enumerate().map(|(i, (at, is_lacking))| {
        let start = if i == 0 { 0 } else { *at };
        let end = cuts.get(i + 1).map_or(text.len(), |next| next.0);
        (&text[start..end], *is_lacking)
    });
    each.collect()
}

/// Hands over the face that a run is to be set in: ours where it has the letters, else the one that has most of them.
pub(super) fn with_face<T>(
    run: &str,
    is_lacking: bool,
    weight: Weight,
    with: impl FnOnce(&[u8], u32) -> T,
) -> Option<T> {
    let (_, ours) = fonts::FILES.iter().find(|(of, _)| *of == weight)?;
    if !is_lacking {
        return Some(with(ours, 0));
    }
    static KNOWN: Mutex<Faces> = Mutex::new(BTreeMap::new());
    let letters: BTreeSet<char> = lacking_in(run).collect();
    let css = fonts::css_weight(weight);
    let id = {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_KNOWN {
            known.clear();
        }
        let entry = known.entry((letters, css));
        *entry.or_insert_with_key(|(letters, css)| best_face(letters, *css))
    };
    match id {
        Some(id) => ALL.with_face_data(id, with),
        // It has a box for what it lacks.
        None => Some(with(ours, 0)),
    }
}

/// The face for some letters and a weight, as CSS counts weights.
type Faces = BTreeMap<(BTreeSet<char>, u16), Option<ID>>;

/// Sets of letters whose face is kept.
const MOST_KNOWN: usize = 2_000;

/// The face with most of the letters: of equals one of Noto Sans, which was made to go together, then the nearest to
/// a weight. None whose letters are boxes with a number in them.
fn best_face(letters: &BTreeSet<char>, weight: u16) -> Option<ID> {
    let upright = ALL.faces().filter(|f| f.style == Style::Normal);
    let ranked = upright.filter_map(|face| {
        let name = face.families.first().map_or("", |f| f.0.as_str());
        let squeezed: String = name.to_lowercase().chars().filter(|c| *c != ' ').collect();
        if squeezed.contains("lastresort") {
            return None;
        }
        let has = |data: &[u8], index: u32| {
            let parsed = Face::parse(data, index).ok()?;
            let has = |c: &&char| parsed.glyph_index(**c).is_some();
            Some(letters.iter().filter(has).count())
        };
        let n = ALL.with_face_data(face.id, has).flatten()?;
        let off = face.weight.0.abs_diff(weight);
        let rank = (n, squeezed.starts_with("notosans"), u16::MAX - off);
        (n > 0).then_some((rank, face.id))
    });
    ranked.max_by_key(|(rank, _)| *rank).map(|(_, id)| id)
}

/// Joiners, marks of direction and selectors of a form: no font need have them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Anchor, Color};

    fn drawing(text: &str) -> Drawing {
        let text = Primitive::Text {
            at: [40.0, 20.0],
            anchor: Anchor::Center,
            text: text.into(),
            size_px: 16.0,
            weight: Weight::Medium,
            color: Color::hex(0),
            halo: None,
            spacing_px: 0.0,
        };
        Drawing {
            size: [80.0, 40.0],
            items: vec![Primitive::Clipped {
                rect: [0.0, 0.0, 80.0, 40.0],
                items: vec![text],
            }],
        }
    }

    #[test]
    fn our_own_languages_need_no_font_of_the_system() {
        for text in [
            "",
            "Añil, façade – “ok” 25 °C × 3 · …",
            "\u{200B}Łódź\u{FE0F}",
        ] {
            assert!(lacking(&drawing(text)).is_empty(), "{text}");
            assert!(missing_letters(&Document::of(drawing(text))).is_empty());
        }
    }

    #[test]
    fn a_text_is_cut_where_the_script_changes() {
        let cut = |text: &'static str| -> Vec<&str> {
            runs(text).into_iter().map(|(run, _)| run).collect()
        };
        assert_eq!(cut("Homs, 2025"), ["Homs, 2025"]);
        assert_eq!(cut("Homs حمص في 3, 2025"), ["Homs ", "حمص في ", "3, 2025"]);
        assert_eq!(cut("दिल्ली में"), ["दिल्ली में"]);
        assert!(cut("").is_empty());
    }

    #[test]
    fn letters_of_other_scripts_are_looked_for_in_the_system() {
        let found: Vec<char> = lacking(&drawing("Homs حمص")).into_iter().collect();
        assert_eq!(found, ['ح', 'ص', 'م']);
        // No font has a letter of a private area that nobody filled.
        assert_eq!(
            missing_letters(&Document::of(drawing("\u{10FFFD}"))),
            ['\u{10FFFD}']
        );
    }
}
