//! What is done for the open case while it is looked at: a big file is looked through for damage,
//! and its words are made ready to search. It gives way to whatever else writes.

use super::{App, Desk};
use crate::jobs::{Job, Polled};
use crate::locale::Problem;
use std::time::Duration;

/// From so many incidents on a search without an index is felt. Smaller cases are indexed at
/// imports only: merely to open one does not change it.
const INDEX_FROM: usize = 20_000;

/// Work that is to begin.
#[derive(Clone, Copy)]
pub(crate) struct Due {
    pub has_new_rows: bool,
}

/// The work under way.
pub(crate) struct Upkeep {
    job: Job<Result<(), Problem>>,
    interrupt: Box<dyn Fn()>,
}

impl App {
    /// Begins the work on a case that was opened, or that has new rows; not before it is shown.
    pub(super) fn begin_upkeep(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        if desk.upkeep.is_some() {
            ctx.request_repaint_after(Duration::from_millis(500));
        }
        if desk.derived.generation == 0 {
            // The next frame comes after the first one is on the screen.
            ctx.request_repaint();
            return;
        }
        let Some(Due { has_new_rows }) = desk.upkeep_due.take() else {
            return;
        };
        // So that the pointer need not wait for it.
        let (spatial, columns) = (desk.loaded.spatial.clone(), desk.loaded.columns.clone());
        rayon::spawn(move || {
            let _ = spatial.places(&columns);
        });
        let case = &desk.loaded.case;
        let rows = desk.loaded.columns.len();
        let wants_index = case.read_only().is_none()
            && (rows >= INDEX_FROM || has_new_rows && rows > 0)
            && !case.search_is_ready().unwrap_or(true);
        let wants_check = !has_new_rows && !case.was_checked();
        if !wants_index && !wants_check {
            return;
        }
        let Ok(mut case) = case.for_job() else { return };
        let interrupt = Box::new(case.interrupter());
        let wake = ctx.clone();
        let job = Job::start(
            "upkeep",
            move || wake.request_repaint(),
            move |progress| {
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
            },
        );
        desk.upkeep = job.ok().map(|job| Upkeep { job, interrupt });
    }

    pub(super) fn poll_upkeep(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let Some(Upkeep { job, .. }) = &desk.upkeep else {
            return;
        };
        desk.derived.indexing = job.progress.fraction();
        match job.poll() {
            Polled::Running => return,
            Polled::Done(Ok(())) => {}
            Polled::Done(Err(problem)) => self.tell(&problem),
            Polled::Lost => self.tell(&Problem::new("problem-job-lost")),
        }
        if let Some(desk) = &mut self.desk {
            desk.upkeep = None;
            desk.derived.indexing = None;
        }
    }
}

impl Desk {
    /// Ends the upkeep at its next step, with nothing half done, so that others can write. What
    /// it had not done is done after the next import or opening.
    pub(super) fn stop_upkeep(&mut self) {
        self.stop_listing();
        if let Some(Upkeep { job, interrupt }) = self.upkeep.take() {
            job.progress.cancel();
            interrupt();
            let _ = job.wait();
        }
        self.derived.indexing = None;
    }
}
