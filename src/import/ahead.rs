//! Reads a file on a thread of its own, some rows ahead of who takes them: while one core writes rows, the
//! other reads the next ones.

use super::reader::Reader;
use super::report::Item;
use crate::domain::RowKind;
use crate::locale::Problem;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;
use xxhash_rust::xxh3::xxh3_64;

/// Rows handed over at once.
const ROWS_AT_ONCE: usize = 512;
/// Bytes of the file after which rows are handed over even if they are fewer: each may be as long as a border.
const BYTES_AT_ONCE: u64 = 1024 * 1024;
/// How many times that are read ahead at most.
const BATCHES_AHEAD: usize = 4;

/// A row as it was read.
pub struct RowRead {
    pub item: Item,
    /// The row as the file has it (see [`super::report::Reject::raw`]), where the file has had an incident of its id
    /// before: it may be no second one.
    pub raw: Option<String>,
}

/// Some rows, and how far into the file they reach.
struct Batch {
    rows: Vec<RowRead>,
    bytes_read: u64,
}

/// A file that is being read.
pub struct Ahead {
    batches: Receiver<Result<Batch, Problem>>,
    done: Sender<Vec<RowRead>>,
    reader: JoinHandle<Reader>,
    bytes_read: u64,
}

impl Ahead {
    /// Begins to read.
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn of(reader: Reader) -> Result<Ahead, Problem> {
        let (send, batches) = sync_channel(BATCHES_AHEAD);
        let (done, back) = channel();
        let reader = std::thread::Builder::new()
            .name("import-read".to_owned())
            .spawn(move || read(reader, &send, &back))
            .map_err(|_| Problem::new(text!("problem-job-lost")))?;
        Ok(Ahead {
            batches,
            done,
            reader,
            bytes_read: 0,
        })
    }

    /// The next rows; `None` at the end of the file.
    ///
    /// # Errors
    /// The file is broken from here on.
    pub fn next_rows(&mut self) -> Result<Option<Vec<RowRead>>, Problem> {
        match self.batches.recv() {
            Ok(batch) => {
                let batch = batch?;
                self.bytes_read = batch.bytes_read;
                Ok(Some(batch.rows))
            }
            // The reader is done.
            Err(_) => Ok(None),
        }
    }

    /// Hands rows back that are done with: memory is given up faster by the thread that took it, and who writes
    /// has more to do than who reads.
    pub fn give_back(&self, rows: Vec<RowRead>) {
        // A reader that is done needs them no more than we do.
        let _ = self.done.send(rows);
    }

    /// Bytes of the file up to the rows taken last.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The reader when it is done, with what it has to say of the whole file.
    ///
    /// # Errors
    /// It was lost on the way.
    pub fn into_reader(self) -> Result<Reader, Problem> {
        drop(self.batches);
        self.reader
            .join()
            .map_err(|_| Problem::new(text!("problem-job-lost")))
    }
}

/// Reads to the end of the file, or until nobody takes the rows any more.
fn read(
    mut reader: Reader,
    send: &SyncSender<Result<Batch, Problem>>,
    back: &Receiver<Vec<RowRead>>,
) -> Reader {
    let mut ids = Ids::of_file(reader.facts().size_bytes);
    loop {
        back.try_iter().for_each(drop);
        let mut rows = Vec::with_capacity(ROWS_AT_ONCE);
        let (mut broken, mut is_last) = (None, false);
        let from = reader.bytes_read();
        while rows.len() < ROWS_AT_ONCE && reader.bytes_read() - from < BYTES_AT_ONCE {
            match reader.next() {
                Some(Ok(item)) => {
                    let is_repeated = !matches!(item, Item::Reject(_)) && !ids.add(id_of(&item));
                    let raw = is_repeated.then(|| reader.raw());
                    rows.push(RowRead { item, raw });
                }
                Some(Err(problem)) => {
                    (broken, is_last) = (Some(problem), true);
                    break;
                }
                None => {
                    is_last = true;
                    break;
                }
            }
        }
        let bytes_read = reader.bytes_read();
        let is_taken = send.send(Ok(Batch { rows, bytes_read })).is_ok();
        if let Some(problem) = broken {
            let _ = send.send(Err(problem));
        }
        if is_last || !is_taken {
            return reader;
        }
    }
}

/// Ids that the file has had, a bit each. Some pass for one that it has had, and their rows are kept as text in
/// vain; but a set of ten million would take 300 MB.
struct Ids(Vec<u64>);

impl Ids {
    const LEAST_BYTES: u64 = 1024 * 1024;
    const MOST_BYTES: u64 = 64 * 1024 * 1024;

    fn of_file(bytes: u64) -> Ids {
        let bytes = (bytes / 128).clamp(Self::LEAST_BYTES, Self::MOST_BYTES);
        Ids(vec![0; (bytes / 8).next_power_of_two() as usize])
    }

    /// `false` where it has had it.
    fn add(&mut self, id: u64) -> bool {
        let at = (id >> 6) as usize & (self.0.len() - 1);
        let word = &mut self.0[at];
        let bit = 1 << (id & 63);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

/// Ids of incidents, territories, movements and places do not meet.
fn id_of(item: &Item) -> u64 {
    let (id, kind) = match item {
        Item::Row(record) => (record.row().external_id(), record.kind() as usize),
        Item::Reject(reject) => (reject.id.as_str(), RowKind::ALL.len()),
    };
    xxh3_64(id.as_bytes()).wrapping_add(kind as u64)
}
