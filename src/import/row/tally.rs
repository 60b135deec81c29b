//! Counts of what is worth a note after the last row.

use crate::import::fault::cut;
use crate::locale::{Problem, TextKey, number};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Counts what is worth a note after the last row, by the note's key.
#[derive(Debug, Default)]
pub struct Tally {
    counts: BTreeMap<TextKey, u64>,
    /// With the lines of the first.
    examples: BTreeMap<TextKey, (u64, Vec<String>)>,
    /// Words of a column that are worth a note, by the note's key and the column.
    words: IndexMap<(TextKey, String), Words>,
    unknown_kinds: UnknownKinds,
    /// What is counted of the row at hand, which may still be rejected.
    unknown_kind: Option<String>,
    counts_of_row: Vec<TextKey>,
    of_row: Vec<(TextKey, String, String)>,
    examples_of_row: Vec<(TextKey, String)>,
}

/// Rows that a note names.
pub const NAMED_ROWS: usize = 5;

/// Words of one column, with how often each stands there.
#[derive(Debug, Default)]
struct Words {
    rows: u64,
    words: IndexMap<String, u64>,
}

/// Words for what happened that no table knows, whose incidents are of the kind "Other".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownKinds {
    /// Incidents with such a word.
    pub incidents: u64,
    /// The first [`MOST_WORDS`] of them in the order of the file, with the incidents of each.
    pub words: IndexMap<String, u64>,
}

/// Words that are kept apart: a column of free text has another in every row.
const MOST_WORDS: usize = 100;

/// Bytes of what can be a word: whole texts are counted, and not kept.
const LONGEST_WORD: usize = 200;

/// Words that a note names.
pub const NAMED_WORDS: usize = 5;

impl Tally {
    /// Counts the row at hand, if it is kept.
    pub fn add(&mut self, key: TextKey) {
        self.counts_of_row.push(key);
    }

    /// Counts a row that is kept.
    pub fn add_kept(&mut self, key: TextKey) {
        *self.counts.entry(key).or_insert(0) += 1;
    }

    /// Counts a row whose line and text the note is to show.
    pub fn example(&mut self, key: TextKey, line: u64, text: &str) {
        let shown = format!("{} ({})", number(line), cut(text, 40));
        self.examples_of_row.push((key, shown));
    }

    /// Counts the text of a column, which stays with the row.
    pub fn word(&mut self, key: TextKey, column: &str, word: &str) {
        self.of_row.push((key, column.to_owned(), word.to_owned()));
    }

    /// Counts what a column tells of how sure or how exact something is and cannot be read.
    pub fn unread(&mut self, column: &str, word: &str) {
        self.word(text!("note-quality-unread"; column, n, words), column, word);
    }

    /// The row at hand is not known to be of a kind by its word.
    pub fn unknown_kind(&mut self, word: &str) {
        self.unknown_kind = Some(word.to_owned());
    }

    /// The row at hand is done with: notes on rows count it where it was kept, notes on incidents where
    /// it became one.
    pub fn end_row(&mut self, is_kept: bool, is_incident: bool) {
        for key in self.counts_of_row.drain(..).filter(|_| is_kept) {
            *self.counts.entry(key).or_insert(0) += 1;
        }
        for (key, column, word) in self.of_row.drain(..).filter(|_| is_kept) {
            let words = self.words.entry((key, column)).or_default();
            words.rows += 1;
            count_word(&mut words.words, word);
        }
        for (key, shown) in self.examples_of_row.drain(..).filter(|_| is_kept) {
            let (n, first) = self.examples.entry(key).or_default();
            *n += 1;
            if first.len() < NAMED_ROWS {
                first.push(shown);
            }
        }
        let Some(word) = self.unknown_kind.take().filter(|_| is_incident) else {
            return;
        };
        self.unknown_kinds.incidents += 1;
        count_word(&mut self.unknown_kinds.words, word);
    }

    pub fn unknown_kinds(&self) -> &UnknownKinds {
        &self.unknown_kinds
    }

    pub fn notes(&self) -> impl Iterator<Item = Problem> {
        let counted = |(key, count): (&TextKey, &u64)| Problem::new(*key).with("n", number(*count));
        let counts = self.counts.iter().map(counted);
        let examples = self.examples.iter().map(|(key, (n, first))| {
            let more = if *n > first.len() as u64 { ", …" } else { "" };
            Problem::new(*key)
                .with("n", number(*n))
                .with("first", format!("{}{more}", first.join(", ")))
        });
        let words = self.words.iter().map(|((key, column), words)| {
            Problem::new(*key)
                .with("n", number(words.rows))
                .with("column", column)
                .with("words", listed(&words.words, words.rows))
        });
        counts
            .chain(examples)
            .chain(words)
            .chain(self.unknown_kinds.note())
    }
}

fn count_word(words: &mut IndexMap<String, u64>, word: String) {
    let has_room = words.len() < MOST_WORDS && word.len() <= LONGEST_WORD;
    if let Some(count) = words.get_mut(&word) {
        *count += 1;
    } else if has_room {
        words.insert(word, 1);
    }
}

/// The most frequent words first; what stands more rarely, or never came to be kept apart, is cut.
fn listed(all: &IndexMap<String, u64>, rows: u64) -> String {
    let mut words: Vec<(&String, &u64)> = all.iter().collect();
    words.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let named = words.iter().take(NAMED_WORDS);
    let kept: u64 = words.iter().map(|(_, n)| **n).sum();
    let mut named: Vec<String> = named
        .map(|(word, n)| format!("“{}” ({})", cut(word, 40), number(**n)))
        .collect();
    if words.len() > NAMED_WORDS || kept < rows {
        named.push("…".to_owned());
    }
    named.join(", ")
}

impl UnknownKinds {
    fn note(&self) -> Option<Problem> {
        (self.incidents > 0).then(|| {
            Problem::new(text!(
                "note-unknown-kinds",
                n = number(self.incidents),
                words = listed(&self.words, self.incidents)
            ))
        })
    }
}
