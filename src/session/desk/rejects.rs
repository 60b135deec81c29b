//! The rows that could not be used, read in a job: of a big case they take a while.

use super::Desk;
use crate::jobs::{Busy, Progress};
use crate::locale::Problem;
use crate::store::{Case, RejectRow};
use std::collections::HashMap;

/// Rejects of one import, and imports, that are shown with them; all of them are in the case.
const MOST_REJECTS: u64 = 200;
const MOST_IMPORTS: usize = 50;

/// How many rows for each reason, and the first rows.
pub type OfImport = (Vec<(String, u64)>, Vec<RejectRow>);

/// Rejects fetched from the case.
#[derive(Default)]
pub struct Rejects {
    /// By import: how many for each reason, most first, and the first of the rows.
    pub imports: HashMap<i64, OfImport>,
    /// While they are being read.
    pub progress: Option<Progress>,
}

impl Desk {
    /// Begins to read the rejects of a case that was opened or has other rows.
    pub(super) fn list_rejects(&mut self) {
        if self.jobs.import.is_busy() || !std::mem::take(&mut self.rejects_due) {
            return;
        }
        self.rejects = Rejects::default();
        let newest_first = self.loaded.imports.iter().rev();
        let with_some = newest_first.filter(|i| i.rejected > 0).map(|i| i.id);
        let ids: Vec<i64> = with_some.take(MOST_IMPORTS).collect();
        if ids.is_empty() {
            return self.jobs.rejects.cancel();
        }
        let connect = self.loaded.case.connector();
        self.jobs.rejects.start((), move |progress| {
            let case = connect()?;
            progress.on_cancel(case.interrupter());
            let mut found = HashMap::new();
            for (done, id) in ids.iter().enumerate() {
                progress.set(done as u64, ids.len() as u64);
                if progress.is_cancelled() {
                    break;
                }
                found.insert(*id, of_import(&case, *id)?);
            }
            Ok(found)
        });
        self.rejects.progress = self.jobs.rejects.progress().cloned();
    }

    pub(super) fn poll_rejects(&mut self) {
        let Some((_, found)) = self.jobs.rejects.poll() else {
            return;
        };
        self.rejects.progress = None;
        match found {
            Ok(found) => self.rejects.imports = found,
            Err(problem) => self.tell(problem),
        }
    }

    /// Ends the reading, which would keep others from writing; it begins again after them.
    pub(super) fn stop_listing(&mut self) {
        self.rejects_due |= self.jobs.rejects.stop();
    }
}

fn of_import(case: &Case, id: i64) -> Result<OfImport, Problem> {
    let counts = case.reject_counts(Some(id))?;
    Ok((counts, case.rejects(Some(id), MOST_REJECTS)?))
}
