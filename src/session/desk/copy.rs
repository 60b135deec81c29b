//! Rows on their way to the clipboard.

use super::super::table::{Texts, tsv};
use super::{Desk, News};
use crate::jobs::{Busy, Progress};
use crate::locale::{Problem, number};

/// Rows that are copied at most: what is beyond belongs into a file, not a clipboard.
const MOST_COPIED: usize = 50_000;

/// From so many rows on it takes long enough to be shown.
const MANY: u64 = 5_000;

impl Desk {
    /// Begins to read the rows for the clipboard.
    pub(super) fn copy_rows(&mut self, ids: &[i64]) {
        if self.jobs.copy.is_busy() {
            return;
        }
        let rows = self.loaded.columns.rows_of(ids);
        let n = rows.len() as u64;
        if rows.len() > MOST_COPIED {
            return self.tell(Problem::new(text!(
                "problem-too-many-to-copy",
                most = number(MOST_COPIED as u64),
                n = number(n)
            )));
        }
        let (columns, lang) = (self.loaded.columns.clone(), self.lang);
        let fields = self.workspace.table.columns.clone();
        let connect = self.loaded.case.connector();
        self.jobs.copy.start(n, move |progress| {
            let texts = Texts {
                case: &connect()?,
                columns: &columns,
                lang,
            };
            tsv(&texts, &rows, &fields, progress)
        });
    }

    /// How far the copying is, where it takes long enough to be shown.
    #[must_use]
    pub fn long_copying(&self) -> Option<&Progress> {
        let copy = &self.jobs.copy;
        copy.progress()
            .filter(|_| copy.key().is_some_and(|n| *n >= MANY))
    }

    pub(super) fn poll_copy(&mut self) {
        match self.jobs.copy.poll() {
            Some((n, Ok(Some(text)))) => self.news.push(News::Copied(n, text)),
            Some((_, Err(problem))) => self.tell(problem),
            Some((_, Ok(None))) | None => {}
        }
    }
}
