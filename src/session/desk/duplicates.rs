//! What is asked of duplicates: looked for in a job, decided in the case.

use super::super::duplicates::propose;
use super::super::{Decided, Deciding};
use super::{Desk, News};
use crate::domain::Filter;
use crate::jobs::Progress;
use crate::locale::Problem;
use crate::query::{Near, Pair};
use crate::store::Verdict;
use std::sync::Arc;

/// What was found and decided.
#[derive(Default)]
pub struct Proposed {
    /// `None` before anybody looked.
    pub found: Option<Found>,
    /// Of the looking under way.
    pub progress: Option<Progress>,
    /// What was said of pairs of the list, the last at the end.
    pub said: Vec<(i64, i64, Verdict)>,
}

/// The answer to one question.
pub struct Found {
    /// The filter that was looked in.
    pub filter: Filter,
    /// All that were found, best first.
    pub all: Vec<Pair>,
    /// Those not decided on.
    pub open: Vec<Pair>,
}

impl Desk {
    pub(super) fn on_duplicates(&mut self, asked: Deciding) {
        match asked {
            Deciding::Look(near) => self.look(near),
            Deciding::Stop => self.stop_comparing(),
            Deciding::Say(a, b, verdict) => {
                if let Err(problem) = self.say(a, b, verdict) {
                    self.tell(problem);
                }
            }
            Deciding::Show(a, b) => {
                let rows = self.loaded.columns.rows_of(&[a, b]);
                self.workspace.camera = self.loaded.fitting(&rows, self.map_size);
                self.select(Arc::from([a, b]));
            }
        }
        // What the record says of being linked may have changed.
        self.fetch_inspected();
    }

    pub(super) fn poll_duplicates(&mut self) {
        let Some((filter, pairs)) = self.jobs.duplicates.poll() else {
            return;
        };
        self.proposed.progress = None;
        match pairs {
            Ok(all) => {
                self.proposed.found = Some(Found {
                    filter,
                    open: Vec::new(),
                    all,
                });
                self.proposed.said.clear();
                self.list_open_pairs();
            }
            Err(problem) => self.tell(problem),
        }
    }

    fn look(&mut self, near: Near) {
        self.news.push(News::Looking);
        // Linked rows too: what stands aside may have another partner.
        let among = self.derived.judged.rows_with_aside();
        let decided = Decided::of_case(&self.loaded);
        let columns = self.loaded.columns.clone();
        let filter = self.workspace.filter.clone();
        self.jobs.duplicates.start(filter, move |progress| {
            let pairs = propose(&columns, &among, near, Some(&decided), progress);
            Ok(pairs.unwrap_or_default())
        });
        self.proposed.progress = self.jobs.duplicates.progress().cloned();
    }

    /// Ends the looking; what was found before stays.
    pub(super) fn stop_comparing(&mut self) {
        self.jobs.duplicates.cancel();
        self.proposed.progress = None;
    }

    fn say(&mut self, a: i64, b: i64, verdict: Option<Verdict>) -> Result<(), Problem> {
        // Asked for in the frame before another case came.
        if self.loaded.columns.rows_of(&[a, b]).len() < 2 {
            return Ok(());
        }
        self.pause_upkeep();
        self.loaded.case.set_link(a, b, verdict)?;
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
