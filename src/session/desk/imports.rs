//! Files on their way into the case, an import taken back, and the rows that come of either.

use super::super::{Loaded, load_delivery};
use super::{Derived, Desk, Due, Imported, News, Order, Proposed};
use crate::files::refuse_input;
use crate::jobs::{Busy, Progress};
use crate::locale::Problem;
use crate::store::Case;
use std::path::{Path, PathBuf};

impl Desk {
    /// Begins to load files.
    pub fn import(&mut self, orders: Vec<Order>) {
        let files: Vec<PathBuf> = orders.iter().map(|order| order.path.clone()).collect();
        self.write(&files, move |case, progress| {
            import_all(case, &orders, progress)
        });
    }

    /// Begins to take an import back.
    pub(super) fn undo_import(&mut self, id: i64) {
        self.write(&[], move |mut case, _| {
            case.undo_import(id)?;
            // Not to be cancelled: the rows are gone.
            Ok(Imported {
                reports: Vec::new(),
                problem: None,
                loaded: Loaded::read(case, &Progress::default())?,
            })
        });
    }

    /// Begins to change the case by what is in some files.
    fn write(
        &mut self,
        files: &[PathBuf],
        work: impl FnOnce(Case, &Progress) -> Result<Imported, Problem> + Send + 'static,
    ) {
        if self.jobs.import.is_busy() {
            return self.tell(Problem::new(text!("problem-busy")));
        }
        self.stop_upkeep();
        if let Some(why) = self.loaded.case.read_only() {
            let why = why.clone();
            return self.tell(why);
        }
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        if let Err(problem) = refuse_input(self.loaded.case.path(), &files) {
            return self.tell(problem);
        }
        let connect = self.loaded.case.connector();
        let work = move |progress: &_| work(connect()?, progress);
        self.jobs.import.start((), work);
    }

    pub(super) fn poll_import(&mut self) {
        let imported = match self.jobs.import.poll() {
            Some((_, Ok(imported))) => imported,
            Some((_, Err(problem))) => return self.tell(problem),
            None => return,
        };
        if let Some(loaded) = imported.loaded {
            // The first rows of an empty case are moved to.
            self.needs_home |= self.loaded.columns.is_empty();
            self.replace_rows(loaded);
        }
        self.news.push(News::Imported {
            reports: imported.reports,
            problem: imported.problem,
        });
    }

    /// Other rows of the same case under the same view; what was selected stays so where it is there.
    pub(super) fn replace_rows(&mut self, loaded: Loaded) {
        self.change_rows(loaded);
        self.rejects_due = true;
        self.derived = Derived::after(self.derived.generation);
        self.derived_from = None;
        self.stop_looking();
        self.upkeep_due = Some(Due { has_new_rows: true });
        self.lookup = None;
        self.proposed = Proposed::default();
        self.find_selected();
        self.news.push(News::Rows);
    }

    /// Ends the searches under way, whose rows would be of other columns.
    fn stop_looking(&mut self) {
        self.jobs.words.forget();
        self.jobs.found.forget();
        self.jobs.names.cancel();
        self.stop_comparing();
    }
}

/// Loads the files one after the other, then reads the case anew, whatever became of the last.
fn import_all(mut case: Case, orders: &[Order], progress: &Progress) -> Result<Imported, Problem> {
    let (mut reports, mut problem) = (Vec::new(), None);
    for order in orders {
        let delivery = &order.delivery;
        match load_delivery(&mut case, &order.path, &order.options, delivery, progress) {
            Ok(Some(report)) => reports.push(report),
            Ok(None) => break,
            Err(p) => {
                problem = Some(p);
                break;
            }
        }
    }
    // Not to be cancelled: the rows are in the case.
    let loaded = match reports.is_empty() {
        true => None,
        false => Loaded::read(case, &Progress::default())?,
    };
    Ok(Imported {
        reports,
        problem,
        loaded,
    })
}
