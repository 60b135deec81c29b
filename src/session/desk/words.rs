//! The rows in whose texts words occur: looked for in a job, where the newest words win.

use super::super::{Loaded, find};
use crate::domain::filter::words;
use crate::jobs::{Busy, Slot, Wake};
use crate::locale::Problem;
use crate::query::RowSet;
use std::sync::Arc;

/// What words find; `None` where there are no words.
pub(super) type Rows = Option<Arc<RowSet>>;

/// A search for words, and what the last one found.
pub(super) struct WordSearch {
    slot: Slot<String, Rows>,
    /// The words with what they find; `None` where they could not be looked for.
    found: Option<(String, Option<Rows>)>,
}

impl WordSearch {
    pub fn new(name: &'static str, wake: &Wake) -> WordSearch {
        WordSearch {
            slot: Slot::new(name, wake),
            found: None,
        }
    }

    /// Begins to look for the words of `text` where they are not known. Whether what is found has changed.
    pub fn look_for(&mut self, text: &str, loaded: &Loaded) -> bool {
        let text = words(text).join(" ");
        if self.found.as_ref().is_some_and(|(of, _)| *of == text) {
            self.slot.cancel();
            return false;
        }
        if self.slot.key() == Some(&text) {
            return false;
        }
        if text.is_empty() {
            self.slot.cancel();
            self.found = Some((text, Some(None)));
            return true;
        }
        let (connect, columns) = (loaded.case.connector(), loaded.columns.clone());
        let of = text.clone();
        self.slot.start(text, move |progress| {
            find(&connect()?, &columns, &of, &|| progress.is_cancelled())
        });
        false
    }

    /// `Some` where a search has ended: what is found has changed.
    pub fn poll(&mut self) -> Option<Result<(), Problem>> {
        let (text, ended) = self.slot.poll()?;
        // What failed is not looked for again with every frame.
        let (rows, result) = match ended {
            Ok(rows) => (Some(rows), Ok(())),
            Err(problem) => (None, Err(problem)),
        };
        self.found = Some((text, rows));
        Some(result)
    }

    /// What the words found last.
    pub fn rows(&self) -> Option<&Rows> {
        self.found.as_ref()?.1.as_ref()
    }

    /// What just these words find; `None` while that is not known.
    pub fn rows_of(&self, text: &str) -> Option<Option<&RowSet>> {
        let (_, rows) = self.found.as_ref().filter(|(of, _)| of == text)?;
        Some(rows.as_ref().and_then(Option::as_deref))
    }

    /// What was found is of other rows.
    pub fn forget(&mut self) {
        self.slot.cancel();
        self.found = None;
    }
}

impl Busy for WordSearch {
    fn is_busy(&self) -> bool {
        self.slot.is_busy()
    }
}
