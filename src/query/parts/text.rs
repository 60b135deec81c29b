//! Words: those that are to begin words of the texts. Texts are not in the columns, so that the rows
//! come with the question.

use crate::index::Wanted;
use crate::query::flags::{Flag, Takes};
use crate::query::part::{FilterPart, Test, Verdict};
use crate::query::wording::{Words, chip};
use std::sync::Arc;

pub const PART: FilterPart = FilterPart {
    needs: Wanted::KEYS,
    verdict: Some(Verdict {
        same: |a, b| match (a.found, b.found) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        },
        test: |_, ask| {
            let found = ask.found?.clone();
            let test: Test = Box::new(move |_, marks| {
                let rows = marks.rows();
                marks.set(rows.map(|row| found.contains(row)));
            });
            Some(test)
        },
    }),
    options: None,
    is_set: |f| !f.text.trim().is_empty(),
    clear: |f| f.text.clear(),
    chips: |w| {
        let label = typed(w).map(|text| w.tr(text!("chip-text", text = text)));
        chip(label, |f| f.text.clear())
    },
    sentences: |w| {
        let text = typed(w).map(|text| w.say(text!("page-method-text"; value), text));
        text.into_iter().collect()
    },
    panel: None,
    flags: &[Flag::new(
        20,
        "text",
        Takes::One("WORDS"),
        "Words that must all occur in title, account, place or actor",
    )],
    read: |given, _, f| {
        f.text = given.one("text").unwrap_or_default().to_owned();
        Ok(())
    },
};

fn typed<'a>(w: &Words<'a>) -> Option<&'a str> {
    let text = w.filter.text.trim();
    (!text.is_empty()).then_some(text)
}
