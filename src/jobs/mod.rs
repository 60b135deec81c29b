//! Long work on named threads, with progress and cancel. A job reports through atomics, so that
//! asking how far it is never waits.

use crate::locale::Problem;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, OnceLock};

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
    interrupt: Mutex<Option<Interrupt>>,
}

type Interrupt = Box<dyn Fn() + Send>;

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
        let interrupt = self.0.interrupt.lock();
        self.0.cancelled.store(true, Ordering::Relaxed);
        if let Ok(Some(interrupt)) = interrupt.as_deref() {
            interrupt();
        }
    }

    /// Has `interrupt` called where the job is asked to stop, for work that cannot look by itself.
    pub fn on_cancel(&self, interrupt: impl Fn() + Send + 'static) {
        let Ok(mut kept) = self.0.interrupt.lock() else {
            return;
        };
        if self.is_cancelled() {
            interrupt();
        }
        *kept = Some(Box::new(interrupt));
    }

    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }
}

/// Called when a job has ended, so that somebody polls its slot.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

type Work<T> = Box<dyn FnOnce(&Progress) -> Result<T, Problem> + Send>;

/// Jobs of one kind. One runs at a time; what is asked for meanwhile cancels it and waits for its end,
/// and of several that wait the newest wins. `K` says what a job is for.
pub struct Slot<K, T> {
    name: &'static str,
    wake: Wake,
    running: Option<Running<K, T>>,
    waiting: Option<(K, Progress, Work<T>)>,
}

struct Running<K, T> {
    /// `None` once nobody wants the result any more.
    key: Option<K>,
    progress: Progress,
    result: Receiver<Result<T, Problem>>,
}

impl<K: PartialEq, T: Send + 'static> Slot<K, T> {
    /// Jobs run on threads of this name.
    pub fn new(name: &'static str, wake: &Wake) -> Slot<K, T> {
        Slot {
            name,
            wake: wake.clone(),
            running: None,
            waiting: None,
        }
    }

    /// Runs `work` as soon as the job before it, which is cancelled, has ended.
    pub fn start(
        &mut self,
        key: K,
        work: impl FnOnce(&Progress) -> Result<T, Problem> + Send + 'static,
    ) {
        self.cancel();
        if self.running.is_some() {
            self.waiting = Some((key, Progress::default(), Box::new(work)));
        } else {
            self.run(key, Progress::default(), Box::new(work));
        }
    }

    fn run(&mut self, key: K, progress: Progress, work: Work<T>) {
        let (shared, wake) = (progress.clone(), self.wake.clone());
        let (send, result) = channel();
        let spawned = std::thread::Builder::new()
            .name(self.name.to_owned())
            .spawn(move || {
                // The receiver may be gone: then nobody wants the result any more.
                let _ = send.send(work(&shared));
                wake();
            });
        // Without a thread there is no sender either, and the next poll finds the job lost.
        if spawned.is_err() {
            (self.wake)();
        }
        self.running = Some(Running {
            key: Some(key),
            progress,
            result,
        });
    }

    /// What the job that ended since the last poll came to. A job that was cancelled is not reported.
    ///
    /// # Errors
    /// That of the work, or that the thread ended without a result.
    pub fn poll(&mut self) -> Option<(K, Result<T, Problem>)> {
        let running = self.running.as_ref()?;
        let result = match running.result.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(Problem::new(text!("problem-job-lost"))),
        };
        let key = self.running.take()?.key;
        if let Some((key, progress, work)) = self.waiting.take() {
            self.run(key, progress, work);
        }
        Some((key?, result))
    }

    fn newest(&self) -> Option<(&K, &Progress)> {
        let waiting = self
            .waiting
            .as_ref()
            .map(|(key, progress, _)| (key, progress));
        let running = || {
            self.running
                .as_ref()
                .and_then(|r| Some((r.key.as_ref()?, &r.progress)))
        };
        waiting.or_else(running)
    }

    /// What the newest job is for, as long as it has not ended.
    #[must_use]
    pub fn key(&self) -> Option<&K> {
        self.newest().map(|(key, _)| key)
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.newest().map(|(_, progress)| progress)
    }

    /// Nobody wants the result any more.
    pub fn cancel(&mut self) {
        self.waiting = None;
        if let Some(running) = &mut self.running {
            running.key = None;
            running.progress.cancel();
        }
    }

    /// Cancels the job and waits for its end; whether there was one.
    pub fn stop(&mut self) -> bool {
        let was_busy = self.is_busy();
        self.cancel();
        if let Some(running) = self.running.take() {
            let _ = running.result.recv();
        }
        was_busy
    }
}

/// A slot of whatever kind.
pub trait Busy {
    /// Whether a job is under way whose result is wanted.
    fn is_busy(&self) -> bool;
}

impl<K: PartialEq, T: Send + 'static> Busy for Slot<K, T> {
    fn is_busy(&self) -> bool {
        self.key().is_some()
    }
}

impl<K, T> Drop for Slot<K, T> {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.progress.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot() -> Slot<u8, u8> {
        Slot::new("test", &(Arc::new(|| {}) as Wake))
    }

    fn wait(slot: &mut Slot<u8, u8>) -> (u8, Result<u8, Problem>) {
        loop {
            if let Some(ended) = slot.poll() {
                return ended;
            }
            std::thread::yield_now();
        }
    }

    #[test]
    fn the_newest_wins_and_waits_for_the_one_that_runs() {
        let (go, wait_for_go) = channel::<()>();
        let mut slot = slot();
        slot.start(1, move |progress| {
            let _ = wait_for_go.recv();
            Ok(u8::from(progress.is_cancelled()))
        });
        assert_eq!(slot.key(), Some(&1));
        assert!(slot.poll().is_none());
        slot.start(2, |_| Ok(20));
        slot.start(3, |_| Ok(30));
        assert_eq!(slot.key(), Some(&3));
        go.send(()).unwrap();
        assert_eq!(wait(&mut slot), (3, Ok(30)));
        assert!(!slot.is_busy() && slot.poll().is_none());
    }

    #[test]
    fn a_thread_that_ends_without_a_result_is_a_problem() {
        let mut slot = slot();
        slot.start(1, |_| std::panic::resume_unwind(Box::new(())));
        let lost = Problem::new(text!("problem-job-lost"));
        assert_eq!(wait(&mut slot), (1, Err(lost)));
    }

    #[test]
    fn who_is_stopped_is_interrupted_and_not_reported() {
        let mut slot = slot();
        slot.start(1, |progress| {
            let (interrupt, interrupted) = channel();
            progress.on_cancel(move || {
                let _ = interrupt.send(());
            });
            let _ = interrupted.recv();
            Ok(1)
        });
        assert!(slot.stop());
        assert!(slot.poll().is_none() && !slot.stop());
    }
}
