//! What somebody types into the search box: names are found in the lookup of the case, and rows by
//! the words of their texts.

use super::super::{Lookup, towns};
use super::Desk;
use crate::basemap::{Basemap, Place};
use crate::domain::filter::words;
use crate::query::RowSet;
use std::sync::LazyLock;

/// Of the built-in map: read once, by the first job that needs them.
static TOWNS: LazyLock<Vec<Place>> =
    LazyLock::new(|| Basemap::built_in().map(towns).unwrap_or_default());

impl Desk {
    /// Begins what is needed to search for `text` and is not there: the lookup, and the rows.
    pub fn search_for(&mut self, text: &str) {
        if self.lookup.is_none() && self.jobs.names.key().is_none() {
            let columns = self.loaded.columns.clone();
            let make = move |_: &_| Ok(Lookup::new(&columns, &TOWNS));
            self.jobs.names.start((), make);
        }
        self.jobs.found.look_for(text, &self.loaded);
    }

    /// The rows in whose texts the words of `text` occur; `None` while that is not known, and inside
    /// it where there are no words or they could not be looked for.
    #[must_use]
    pub fn found(&self, text: &str) -> Option<Option<&RowSet>> {
        self.jobs.found.rows_of(&words(text).join(" "))
    }

    pub(super) fn poll_names(&mut self) {
        match self.jobs.names.poll() {
            Some((_, Ok(lookup))) => self.lookup = Some(lookup),
            Some((_, Err(problem))) => {
                // Searched on without names.
                self.lookup = Some(Lookup::default());
                self.tell(problem);
            }
            None => {}
        }
        if let Some(Err(problem)) = self.jobs.found.poll() {
            self.tell(problem);
        }
    }
}
