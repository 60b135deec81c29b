//! The case as it was known on the day that the filter names: read in a job, the newest wins, and
//! what is on show stays until it is there. And an import taken back.

use super::{App, Desk, Imported, OpenJob};
use crate::jobs::{Job, Polled, Progress};
use crate::locale::Problem;
use crate::session::Loaded;
use crate::store::Case;
use jiff::civil::Date;

/// The past of the open case, or its present again, being read.
pub(crate) struct Recalling {
    day: Option<Date>,
    job: OpenJob,
}

impl App {
    /// Begins to read the case as the filter asks for it, where that is not on show.
    pub(super) fn recall(&mut self, ctx: &egui::Context) {
        if self.importing.is_some() || self.opening.is_some() {
            return;
        }
        let Some(desk) = &mut self.desk else { return };
        let day = desk.workspace.filter.known_on;
        let coming = desk.recalling.as_ref().map(|r| r.day);
        if coming.unwrap_or(desk.loaded.case.known_on()) == day {
            return;
        }
        if let Some(old) = desk.recalling.take() {
            old.job.progress.cancel();
        }
        if desk.loaded.case.known_on() == day {
            return;
        }
        let wake = ctx.clone();
        let begun = desk.present().for_job().and_then(|mut case| {
            Job::start(
                "recall",
                move || wake.request_repaint(),
                move |progress| {
                    if let Some(day) = day {
                        case.look_back(day)?;
                    }
                    Loaded::read(case, progress)
                },
            )
            .map_err(|_| Problem::new("problem-job-lost"))
        });
        match begun {
            Ok(job) => desk.recalling = Some(Recalling { day, job }),
            Err(problem) => self.stay(&problem),
        }
    }

    pub(super) fn poll_recall(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let ended = match desk.recalling.as_ref().map(|r| r.job.poll()) {
            None | Some(Polled::Running) => return,
            Some(ended) => ended,
        };
        desk.recalling = None;
        match ended {
            Polled::Done(Ok(Some(loaded))) => self.show_recalled(loaded),
            Polled::Done(Err(problem)) => self.stay(&problem),
            Polled::Lost => self.stay(&Problem::new("problem-job-lost")),
            Polled::Done(Ok(None)) | Polled::Running => {}
        }
    }

    /// What was asked for cannot be read: what is on show stays.
    fn stay(&mut self, problem: &Problem) {
        if let Some(desk) = &mut self.desk {
            desk.workspace.filter.known_on = desk.loaded.case.known_on();
        }
        self.tell(problem);
    }

    /// Other rows under the same view; what was selected stays so where it is there.
    fn show_recalled(&mut self, loaded: Loaded) {
        let Some(desk) = &mut self.desk else { return };
        desk.stop_upkeep();
        let was: Vec<i64> = desk
            .selected
            .iter()
            .map(|row| desk.loaded.columns.id[*row as usize])
            .collect();
        let inspect = desk.inspect;
        self.replace_rows(loaded);
        let Some(desk) = &mut self.desk else { return };
        let columns = &desk.loaded.columns;
        desk.selected = was.iter().filter_map(|id| columns.row_of(*id)).collect();
        desk.inspect = inspect.filter(|id| columns.row_of(*id).is_some());
        self.fetch_inspected();
    }

    /// Takes an import of the open case back, in a job as an import.
    pub(super) fn undo_import(&mut self, ctx: &egui::Context, id: i64) {
        if self.importing.is_some() || self.opening.is_some() {
            return self.tell(&Problem::new("problem-busy"));
        }
        let Some(desk) = &mut self.desk else { return };
        desk.stop_upkeep();
        let begun = (|| {
            if let Some(why) = desk.loaded.case.read_only() {
                return Err(why.clone());
            }
            let case = desk.loaded.case.for_job()?;
            let wake = ctx.clone();
            Job::start(
                "import",
                move || wake.request_repaint(),
                move |_| undone(case, id),
            )
            .map_err(|_| Problem::new("problem-job-lost"))
        })();
        match begun {
            Ok(job) => self.importing = Some(job),
            Err(problem) => self.tell(&problem),
        }
    }
}

fn undone(mut case: Case, id: i64) -> Result<Imported, Problem> {
    case.undo_import(id)?;
    // Not to be cancelled: the rows are gone.
    Ok(Imported {
        reports: Vec::new(),
        problem: None,
        loaded: Loaded::read(case, &Progress::default())?,
    })
}

impl Desk {
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
