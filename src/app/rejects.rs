//! The rows that could not be used, read for the panel in a job: of a big case they take a while.

use super::{App, Desk};
use crate::jobs::{Job, Polled};
use crate::locale::Problem;
use crate::store::Case;
use crate::view::data_panel::{OfImport, Rejects};
use std::collections::HashMap;
use std::time::Duration;

/// Rejects of one import, and imports, that are shown with them; all of them are in the case.
const MOST_REJECTS: u64 = 200;
const MOST_IMPORTS: usize = 50;

/// The reading under way; `None` where it was cancelled.
pub(crate) struct Listing {
    job: Job<Result<Option<HashMap<i64, OfImport>>, Problem>>,
    interrupt: Box<dyn Fn()>,
}

impl App {
    /// Begins to read the rejects of a case that was opened or has other rows.
    pub(super) fn list_rejects(&mut self, ctx: &egui::Context) {
        if self.importing.is_some() {
            return;
        }
        let Some(desk) = &mut self.desk else { return };
        if std::mem::take(&mut desk.rejects_due) {
            desk.stop_listing();
            desk.rejects_due = false;
            desk.rejects = Rejects::default();
            if let Err(problem) = desk.begin_listing(ctx) {
                return self.tell(&problem);
            }
        }
        if self.desk.as_ref().is_some_and(|d| d.listing.is_some()) {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
    }

    pub(super) fn poll_rejects(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let ended = match desk.listing.as_ref().map(|l| l.job.poll()) {
            None | Some(Polled::Running) => return,
            Some(ended) => ended,
        };
        desk.listing = None;
        desk.rejects.progress = None;
        match ended {
            Polled::Done(Ok(found)) => desk.rejects.imports = found.unwrap_or_default(),
            Polled::Done(Err(problem)) => self.tell(&problem),
            _ => self.tell(&Problem::new("problem-job-lost")),
        }
    }
}

impl Desk {
    fn begin_listing(&mut self, ctx: &egui::Context) -> Result<(), Problem> {
        let newest_first = self.loaded.imports.iter().rev();
        let with_some = newest_first.filter(|i| i.rejected > 0).map(|i| i.id);
        let ids: Vec<i64> = with_some.take(MOST_IMPORTS).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let case = self.loaded.case.for_job()?;
        let interrupt = Box::new(case.interrupter());
        let wake = ctx.clone();
        let job = Job::start(
            "list-rejects",
            move || wake.request_repaint(),
            move |progress| {
                let mut found = HashMap::new();
                for (done, id) in ids.iter().enumerate() {
                    progress.set(done as u64, ids.len() as u64);
                    if progress.is_cancelled() {
                        return Ok(None);
                    }
                    found.insert(*id, of_import(&case, *id)?);
                }
                Ok(Some(found))
            },
        );
        let job = job.map_err(|_| Problem::new("problem-job-lost"))?;
        self.rejects.progress = Some(job.progress.clone());
        self.listing = Some(Listing { job, interrupt });
        Ok(())
    }

    /// Ends the reading, which would keep others from writing; it begins again after them.
    pub(super) fn stop_listing(&mut self) {
        if let Some(Listing { job, interrupt }) = self.listing.take() {
            job.progress.cancel();
            interrupt();
            let _ = job.wait();
            self.rejects_due = true;
        }
    }
}

fn of_import(case: &Case, id: i64) -> Result<OfImport, Problem> {
    let counts = case.reject_counts(Some(id))?;
    Ok((counts, case.rejects(Some(id), MOST_REJECTS)?))
}
