//! Long work on named threads, with progress and cancel. A job reports through atomics, so that
//! asking how far it is never waits.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, OnceLock};

/// How far a job is, shared between it and who waits. `total` 0 is "not known".
#[derive(Clone, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Default)]
struct Shared {
    done: AtomicU64,
    total: AtomicU64,
    rows: AtomicU64,
    cancelled: AtomicBool,
    at_row: OnceLock<(u64, Box<dyn Fn() + Send + Sync>)>,
}

impl Progress {
    /// Work done and in all, in any one unit (bytes, rows).
    pub fn set(&self, done: u64, total: u64) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Rows so far, to be shown as a count.
    pub fn set_rows(&self, rows: u64) {
        self.0.rows.store(rows, Ordering::Relaxed);
        if let Some((row, act)) = self.0.at_row.get()
            && rows >= *row
        {
            act();
        }
    }

    /// Calls `act` on the job's own thread at every report of `row` rows or more: a test that ends an import
    /// half way needs no race between threads.
    pub fn at_row(&self, row: u64, act: impl Fn() + Send + Sync + 'static) {
        let _ = self.0.at_row.set((row, Box::new(act)));
    }

    #[must_use]
    pub fn rows(&self) -> u64 {
        self.0.rows.load(Ordering::Relaxed)
    }

    /// 0..=1; `None` while the total is not known.
    #[must_use]
    pub fn fraction(&self) -> Option<f32> {
        let total = self.0.total.load(Ordering::Relaxed);
        let done = self.0.done.load(Ordering::Relaxed);
        (total > 0).then(|| (done as f32 / total as f32).min(1.0))
    }

    /// Asks the job to stop; it does so at its next look.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }
}

/// A job under way.
pub struct Job<T> {
    pub progress: Progress,
    result: Receiver<T>,
}

/// What a look at a job finds.
pub enum Polled<T> {
    Running,
    Done(T),
    /// The thread ended without a result: a bug, to be told as such.
    Lost,
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work` on a thread of this name and calls `wake` when it is done.
    pub fn start(
        name: &str,
        wake: impl FnOnce() + Send + 'static,
        work: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> std::io::Result<Job<T>> {
        let progress = Progress::default();
        let shared = progress.clone();
        let (send, result) = channel();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                // The receiver may be gone: then nobody wants the result any more.
                let _ = send.send(work(&shared));
                wake();
            })?;
        Ok(Job { progress, result })
    }

    pub fn poll(&self) -> Polled<T> {
        match self.result.try_recv() {
            Ok(value) => Polled::Done(value),
            Err(TryRecvError::Empty) => Polled::Running,
            Err(TryRecvError::Disconnected) => Polled::Lost,
        }
    }

    /// Waits for the end. `None` where the thread ended without a result.
    #[must_use]
    pub fn wait(self) -> Option<T> {
        self.result.recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reports_and_can_be_cancelled() {
        let (go, wait_for_go) = channel::<()>();
        let job = Job::start(
            "test",
            || {},
            move |p| {
                p.set(1, 2);
                let _ = wait_for_go.recv();
                p.is_cancelled()
            },
        )
        .unwrap();
        assert!(matches!(job.poll(), Polled::Running));
        job.progress.cancel();
        go.send(()).unwrap();
        assert!(job.progress.is_cancelled());
        assert_eq!(job.wait(), Some(true));
    }
}
