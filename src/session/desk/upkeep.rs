//! What is done for the open case while it is looked at: a big file is looked through for damage,
//! and its words are made ready to search. It gives way to whatever else writes.

use super::{Desk, Due};
use crate::jobs::Progress;

/// From so many incidents on a search without an index is felt. Smaller cases are indexed at
/// imports only: merely to open one does not change it.
const INDEX_FROM: usize = 20_000;

impl Desk {
    /// Begins the work on a case that was opened, or that has new rows; not before it is shown.
    pub(super) fn begin_upkeep(&mut self) {
        if self.derived_from.is_none() {
            return;
        }
        let Some(Due { has_new_rows }) = self.upkeep_due.take() else {
            return;
        };
        // So that the pointer need not wait for it.
        let (spatial, columns) = (self.loaded.spatial.clone(), self.loaded.columns.clone());
        rayon::spawn(move || {
            let _ = spatial.places(&columns);
        });
        let case = &self.loaded.case;
        let rows = self.loaded.columns.len();
        let wants_index = case.read_only().is_none()
            && (rows >= INDEX_FROM || has_new_rows && rows > 0)
            && !case.search_is_ready().unwrap_or(true);
        let wants_check = !has_new_rows && !case.was_checked();
        if !wants_index && !wants_check {
            return;
        }
        let connect = case.connector();
        self.jobs.upkeep.start((), move |progress| {
            // Without a connection there is nothing to keep up.
            let Ok(mut case) = connect() else {
                return Ok(());
            };
            progress.on_cancel(case.interrupter());
            if wants_index {
                case.build_search_index(|done| {
                    progress.set(done, rows as u64);
                    !progress.is_cancelled()
                })?;
            }
            if wants_check && !progress.is_cancelled() {
                case.quick_check()?;
            }
            Ok(())
        });
    }

    pub(super) fn poll_upkeep(&mut self) {
        if let Some((_, Err(problem))) = self.jobs.upkeep.poll() {
            self.tell(problem);
        }
        self.derived.indexing = self.jobs.upkeep.progress().and_then(Progress::fraction);
    }

    /// Ends the upkeep at its next step, with nothing half done, so that others can write. What
    /// it had not done is done after the next import or opening. Whether there was any.
    pub(super) fn stop_upkeep(&mut self) -> bool {
        self.stop_listing();
        self.derived.indexing = None;
        self.jobs.upkeep.stop()
    }

    /// As [`Desk::stop_upkeep`], for a short write after which it begins again. The index of words is
    /// built in one transaction: it waits, not the window.
    pub(super) fn pause_upkeep(&mut self) {
        if self.stop_upkeep() {
            self.upkeep_due = Some(Due {
                has_new_rows: false,
            });
        }
    }
}
