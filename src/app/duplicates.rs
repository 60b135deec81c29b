//! What is asked of duplicates: looked for in a job, decided in the case.

use super::upkeep::Due;
use super::{App, Desk};
use crate::index::Row;
use crate::jobs::{Job, Polled};
use crate::locale::Problem;
use crate::query::{Near, Pair};
use crate::session::{Command, Decided, Deciding, duplicates::propose};
use crate::store::Verdict;
use crate::view::duplicates::Found;
use std::sync::Arc;

/// Pairs on their way; `None` where it was cancelled.
pub(crate) type Looking = Job<Option<Vec<Pair>>>;

impl App {
    pub(super) fn on_duplicates(&mut self, ctx: &egui::Context, asked: Deciding) {
        let Some(desk) = &mut self.desk else { return };
        let done = match asked {
            Deciding::Look(near) => {
                self.shown.duplicates.begin_anew();
                desk.look(ctx, near)
            }
            Deciding::Stop => {
                desk.stop_comparing();
                Ok(())
            }
            Deciding::Say(a, b, verdict) => desk.say(a, b, verdict),
            Deciding::Show(a, b) => {
                desk.workspace.camera = desk.loaded.fitting(&[a, b], self.shown.map.size);
                self.commands.push(Command::Select(Arc::from([a, b])));
                Ok(())
            }
        };
        if let Err(problem) = done {
            self.tell(&problem);
        }
        // What the record says of being linked may have changed.
        self.fetch_inspected();
    }

    pub(super) fn poll_duplicates(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let Some((filter, job)) = &desk.comparing else {
            return;
        };
        let filter = filter.clone();
        let pairs = match job.poll() {
            Polled::Running => return,
            Polled::Done(pairs) => pairs,
            Polled::Lost => {
                self.tell(&Problem::new("problem-job-lost"));
                None
            }
        };
        let Some(desk) = &mut self.desk else { return };
        desk.stop_comparing();
        if let Some(all) = pairs {
            desk.proposed.found = Some(Found {
                filter,
                open: Vec::new(),
                all,
            });
            desk.proposed.said.clear();
            desk.list_open_pairs();
        }
    }
}

impl Desk {
    fn look(&mut self, ctx: &egui::Context, near: Near) -> Result<(), Problem> {
        self.stop_comparing();
        // Linked rows too: what stands aside may have another partner.
        let among = self.derived.judged.rows_with_aside();
        let decided = Decided::of_case(&self.loaded);
        let (columns, wake) = (self.loaded.columns.clone(), ctx.clone());
        let job = Job::start(
            "duplicates",
            move || wake.request_repaint(),
            move |progress| propose(&columns, &among, near, Some(&decided), progress),
        );
        let job = job.map_err(|_| Problem::new("problem-job-lost"))?;
        self.proposed.progress = Some(job.progress.clone());
        self.comparing = Some((self.workspace.filter.clone(), job));
        Ok(())
    }

    /// Ends the looking; what was found before stays.
    pub(super) fn stop_comparing(&mut self) {
        if let Some((_, job)) = self.comparing.take() {
            job.progress.cancel();
        }
        self.proposed.progress = None;
    }

    fn say(&mut self, a: Row, b: Row, verdict: Option<Verdict>) -> Result<(), Problem> {
        let ids = &self.loaded.columns.id;
        // Asked for in the frame before another case came.
        let (Some(&id_a), Some(&id_b)) = (ids.get(a as usize), ids.get(b as usize)) else {
            return Ok(());
        };
        self.stop_listing();
        // The index of words is built in one transaction: it waits, not the window.
        if self.upkeep.is_some() {
            self.stop_upkeep();
            self.upkeep_due = Some(Due {
                has_new_rows: false,
            });
        }
        self.loaded.case.set_link(id_a, id_b, verdict)?;
        self.loaded.relink()?;
        self.derived_from = None;
        let said = &mut self.proposed.said;
        match verdict {
            Some(verdict) => said.push((a, b, verdict)),
            None => said.retain(|(x, y, _)| (*x, *y) != (a, b)),
        }
        self.list_open_pairs();
        Ok(())
    }

    /// Those that were decided on leave the list, and come back when that is taken back.
    fn list_open_pairs(&mut self) {
        let decided = Decided::of_case(&self.loaded);
        if let Some(found) = &mut self.proposed.found {
            let all = found.all.iter().copied();
            found.open = all.filter(|p| decided.of(p.a, p.b).is_none()).collect();
        }
    }
}
