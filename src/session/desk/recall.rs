//! The case as it was known on the day that the filter names: read in a job, the newest wins, and
//! what is on show stays until it is there.

use super::super::Loaded;
use super::Desk;
use crate::jobs::Busy;
use crate::locale::Problem;
use crate::store::Case;

impl Desk {
    /// Begins to read the case as the filter asks for it, where that is not on show.
    pub(super) fn recall(&mut self) {
        if self.jobs.import.is_busy() {
            return;
        }
        let day = self.workspace.filter.known_on;
        let on_show = self.loaded.case.known_on();
        if *self.jobs.recall.key().unwrap_or(&on_show) == day {
            return;
        }
        if on_show == day {
            return self.jobs.recall.cancel();
        }
        let connect = self.present().connector();
        self.jobs.recall.start(day, move |progress| {
            let mut case = connect()?;
            if let Some(day) = day {
                case.look_back(day)?;
            }
            Loaded::read(case, progress)
        });
    }

    pub(super) fn poll_recall(&mut self) {
        match self.jobs.recall.poll() {
            Some((_, Ok(Some(loaded)))) => {
                self.stop_upkeep();
                self.replace_rows(loaded);
            }
            Some((_, Err(problem))) => self.stay(problem),
            Some((_, Ok(None))) | None => {}
        }
    }

    /// What was asked for cannot be read: what is on show stays.
    fn stay(&mut self, problem: Problem) {
        self.workspace.filter.known_on = self.loaded.case.known_on();
        self.tell(problem);
    }

    /// The case as it is today, whatever is on show: it holds the writer's lock.
    pub(super) fn present(&self) -> &Case {
        self.present.as_ref().unwrap_or(&self.loaded.case)
    }

    /// Puts other rows in the place of those on show. The present case stays at hand.
    pub(super) fn change_rows(&mut self, loaded: Loaded) {
        let case = std::mem::replace(&mut self.loaded, loaded).case;
        let past = self.loaded.case.known_on().is_some();
        let present = self.present.take();
        match (past, present) {
            (true, present) => self.present = Some(present.unwrap_or(case)),
            // The job that read them had a connection of its own.
            (false, present) => self.loaded.case = present.unwrap_or(case),
        }
    }
}
