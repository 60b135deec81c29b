//! What the table and the inspector ask for: copying rows, going from one selected to the next.

use super::App;
use crate::index::Row;
use crate::jobs::{Job, Polled, Progress};
use crate::locale::{Problem, number};
use crate::session::table::{Texts, tsv};
use crate::view::table::keyboard_id;
use std::sync::Arc;

/// Rows that are copied at most: what is beyond belongs into a file, not a clipboard.
pub(super) const MOST_COPIED: usize = 50_000;

/// From so many rows on it takes long enough to be told.
const MANY: usize = 5_000;

/// Rows on their way to the clipboard; the job's text is `None` where it was cancelled.
pub(crate) struct Copying {
    rows: usize,
    job: Job<Result<Option<String>, Problem>>,
}

impl App {
    /// Whoever opens the table goes on in it by keyboard.
    pub(super) fn fold_table(&mut self, ctx: &egui::Context) {
        let Some(desk) = &mut self.desk else { return };
        let open = &mut desk.workspace.table.open;
        *open = !*open;
        if *open {
            ctx.memory_mut(|m| m.request_focus(keyboard_id()));
        }
    }

    /// Begins to read the rows for the clipboard.
    pub(super) fn copy_rows(&mut self, ctx: &egui::Context, rows: Arc<[Row]>) {
        let Some(desk) = &self.desk else { return };
        if self.copying.is_some() {
            return;
        }
        if rows.len() > MOST_COPIED {
            let most = number(MOST_COPIED as u64);
            let n = number(rows.len() as u64);
            let problem = Problem::new("problem-too-many-to-copy");
            return self.tell(&problem.with("most", most).with("n", n));
        }
        let count = rows.len();
        let (columns, lang, wake) = (desk.loaded.columns.clone(), self.lang, ctx.clone());
        let fields = desk.workspace.table.columns.clone();
        let begun = desk.loaded.case.for_job().and_then(|case| {
            Job::start(
                "copy",
                move || wake.request_repaint(),
                move |progress| {
                    let texts = Texts {
                        case: &case,
                        columns: &columns,
                        lang,
                    };
                    tsv(&texts, &rows, &fields, progress)
                },
            )
            .map_err(|_| Problem::new("problem-job-lost"))
        });
        match begun {
            Ok(job) => self.copying = Some(Copying { rows: count, job }),
            Err(problem) => self.tell(&problem),
        }
    }

    /// How far the copying is, where it takes long enough to be told.
    pub(super) fn long_copying(&self) -> Option<&Progress> {
        let copying = self.copying.as_ref().filter(|c| c.rows >= MANY)?;
        Some(&copying.job.progress)
    }

    pub(super) fn poll_copy(&mut self) {
        let Some(Copying { rows, job }) = &self.copying else {
            return;
        };
        match job.poll() {
            Polled::Running => return,
            Polled::Done(Ok(Some(text))) => {
                self.shown.table.copied = Some(*rows as u64);
                self.clip = Some(text);
            }
            Polled::Done(Ok(None)) => {}
            Polled::Done(Err(problem)) => self.tell(&problem),
            Polled::Lost => self.tell(&Problem::new("problem-job-lost")),
        }
        self.copying = None;
    }

    /// Shows the one of the selected that comes `steps` after the one shown; at the ends it stays.
    pub(super) fn inspect_step(&mut self, steps: i32) {
        let Some(desk) = &mut self.desk else { return };
        let last = desk.selected.len() as i64 - 1;
        let to = match desk.inspected.place {
            Some(at) => (at as i64 + i64::from(steps)).clamp(0, last.max(0)),
            None if steps > 0 => 0,
            None => last,
        };
        let row = usize::try_from(to)
            .ok()
            .and_then(|to| desk.selected.get(to));
        if let Some(row) = row {
            desk.inspect = Some(desk.loaded.columns.id[*row as usize]);
            self.fetch_inspected();
        }
    }
}
