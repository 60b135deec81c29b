//! A filter in words: as chips, to be taken off one by one, and as sentences of a page.

use crate::domain::{Filter, Mark};
use crate::locale::{Lang, Text, TextKey, number, tr, tr_args};
use std::collections::BTreeSet;

/// What is put into words.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub lang: Lang,
    pub filter: &'a Filter,
    /// Of its area, see [`crate::domain::outline::measure`].
    pub area_measure: f64,
}

/// Something that is filtered by.
pub struct Chip {
    pub label: String,
    /// Takes it off.
    pub clear: fn(&mut Filter),
    pub marks: Vec<Mark>,
}

impl Words<'_> {
    #[must_use]
    pub fn tr(&self, key: impl Into<Text>) -> String {
        tr(self.lang, key)
    }

    #[must_use]
    pub fn tr_args(&self, key: impl Into<Text>, args: &[(&'static str, &str)]) -> String {
        tr_args(self.lang, key, args)
    }

    /// A sentence about `$value`.
    #[must_use]
    pub fn say(&self, key: TextKey, value: &str) -> String {
        self.tr_args(key, &[("value", value)])
    }

    /// The same about several, where there are any.
    #[must_use]
    pub fn say_of(&self, key: TextKey, all: impl ExactSizeIterator<Item = String>) -> Vec<String> {
        let some = (all.len() > 0).then(|| self.say(key, &listed(all)));
        some.into_iter().collect()
    }

    /// The one name, or how many there are.
    #[must_use]
    pub fn named(&self, names: &BTreeSet<String>, many: TextKey) -> Option<String> {
        match names.len() {
            0 => None,
            1 => names.first().cloned(),
            n => Some(self.tr_args(many, &[("n", &number(n as u64))])),
        }
    }
}

/// At most one chip.
pub fn chip(label: Option<String>, clear: fn(&mut Filter)) -> Vec<Chip> {
    let marks = Vec::new();
    let chip = label.map(|label| Chip {
        label,
        clear,
        marks,
    });
    chip.into_iter().collect()
}

/// The first few, and how many more.
fn listed(all: impl ExactSizeIterator<Item = String>) -> String {
    const MOST: usize = 6;
    let more = all.len().saturating_sub(MOST);
    let mut text = all.take(MOST).collect::<Vec<_>>().join(", ");
    if more > 0 {
        text.push_str(&format!(" +{more}"));
    }
    text
}
