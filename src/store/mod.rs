//! The case file: a GeoPackage that this module alone reads and writes. Everything above sees
//! domain types; SQL stays here.

mod bulk;
mod cache;
mod changes;
mod check;
mod codec;
mod geometry;
mod guard;
mod hash;
mod keyed;
mod known;
mod links;
mod lock;
mod mbtiles;
mod migrate;
mod movements;
mod pack;
mod places;
mod reader;
mod record;
mod records;
mod retire;
mod revisions;
mod rows;
mod rtree;
mod search;
#[cfg(test)]
mod tests;
mod texts;
mod undo;
mod views;
mod writer;

pub use check::{CheckItem, CheckReport};
pub use known::KnownRows;
pub use links::{Link, Verdict};
pub use mbtiles::{MbTiles, MbTilesSource};
pub use migrate::SCHEMA_VERSION;
pub use record::{Record, RowKind};
pub use records::{
    Changed, DatasetInfo, ImportChanges, ImportInfo, NewImport, RejectRow, RowHistory, RowName,
    StoredIncident, StoredMovement, StoredPlace, StoredSeries, StoredTerritory, StoredValue,
};
pub use texts::TableTexts;
pub use undo::Undone;
pub use writer::{ImportCounts, ImportWriter, RowOutcome};

use crate::locale::Problem;
use jiff::civil::Date;
use lock::{Refused, WriterLock};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};

/// An open case. It writes with a rollback journal: a failure or a cancel leaves the file as it was,
/// byte for byte. Only an import beside an open window ([`Case::for_job`]) writes ahead (WAL), so
/// that the window goes on reading.
pub struct Case {
    conn: Connection,
    path: PathBuf,
    lock: Option<WriterLock>,
    /// Why the case cannot be written to, where it cannot.
    read_only: Option<Problem>,
    /// The day whose knowledge is shown; see [`Case::look_back`].
    known_on: Option<Date>,
    version: i64,
}

impl Case {
    /// Makes a new, empty case. Fails where the file exists.
    pub fn create(path: &Path) -> Result<Case, Problem> {
        if path.exists() {
            return Err(Problem::file("problem-file-exists", path));
        }
        let lock = WriterLock::take(path).map_err(|refused| refused_problem(path, refused))?;
        // Ours from its first byte: another program's file is neither opened nor deleted.
        std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(|e| match e.kind() {
                std::io::ErrorKind::AlreadyExists => Problem::file("problem-file-exists", path),
                _ => Problem::io(path, &e),
            })?;
        let made = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|conn| {
            migrate::create(&conn)?;
            Ok(conn)
        });
        match made {
            Ok(conn) => Ok(Case {
                conn,
                path: path.to_owned(),
                lock: Some(lock),
                read_only: None,
                known_on: None,
                version: SCHEMA_VERSION,
            }),
            Err(e) => {
                let _ = std::fs::remove_file(path);
                Err(sql_problem(path, &e))
            }
        }
    }

    /// Opens for reading only.
    pub fn open_read_only(path: &Path) -> Result<Case, Problem> {
        let version = Self::readable_version(path)?;
        let conn = Self::connect_to_read(path, version).map_err(|e| sql_problem(path, &e))?;
        Ok(Case {
            conn,
            path: path.to_owned(),
            lock: None,
            read_only: Some(Problem::file("problem-opened-for-reading", path)),
            known_on: None,
            version,
        })
    }

    /// Opens for writing; where another program writes to the case or the disk does not let us,
    /// for reading, with the reason in [`Case::read_only`].
    pub fn open(path: &Path) -> Result<Case, Problem> {
        let version = Self::readable_version(path)?;
        let refused = match WriterLock::take(path) {
            Ok(lock) => match Self::open_to_write(path, version) {
                Ok(conn) => {
                    return Ok(Case {
                        conn,
                        path: path.to_owned(),
                        lock: Some(lock),
                        read_only: None,
                        known_on: None,
                        version: SCHEMA_VERSION,
                    });
                }
                Err(e) => sql_problem(path, &e),
            },
            Err(refused) => refused_problem(path, refused),
        };
        let mut case = Self::open_read_only(path)?;
        case.read_only = Some(refused);
        Ok(case)
    }

    /// As [`Case::open`], but a case that cannot be written to is an error.
    pub fn open_for_writing(path: &Path) -> Result<Case, Problem> {
        let mut case = Self::open(path)?;
        match case.read_only.take() {
            Some(why) => Err(why),
            None => Ok(case),
        }
    }

    fn readable_version(path: &Path) -> Result<i64, Problem> {
        let version = guard::inspect(path)?;
        if version > SCHEMA_VERSION {
            return Err(Problem::file("problem-case-newer", path)
                .with("version", version)
                .with("known", SCHEMA_VERSION));
        }
        Ok(version)
    }

    fn open_to_write(path: &Path, version: i64) -> rusqlite::Result<Connection> {
        let conn = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Tells now, not at the first import, that the file itself is write-protected.
        conn.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
        migrate::upgrade(&conn, version)?;
        Ok(conn)
    }

    fn connect_to_read(path: &Path, version: i64) -> rusqlite::Result<Connection> {
        let conn = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        if version < SCHEMA_VERSION {
            views::as_of_this_version(&conn)?;
        }
        Ok(conn)
    }

    fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
        let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        guard::harden(&conn)?;
        rtree::register_functions(&conn)?;
        conn.busy_timeout(std::time::Duration::from_secs(5))?;
        conn.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536;",
        )?;
        Ok(conn)
    }

    /// A second connection to the same case for a job of this program, which goes on holding the
    /// writer's lock itself.
    pub fn for_job(&self) -> Result<Case, Problem> {
        let conn = if self.read_only.is_some() {
            Self::connect_to_read(&self.path, self.version)
        } else {
            Self::connect(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        };
        let mut case = Case {
            conn: conn.map_err(|e| self.problem(&e))?,
            path: self.path.clone(),
            lock: None,
            read_only: self.read_only.clone(),
            known_on: None,
            version: self.version,
        };
        if let Some(day) = self.known_on {
            case.look_back(day)?;
        }
        Ok(case)
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why the case cannot be written to; `None` where it can.
    #[must_use]
    pub fn read_only(&self) -> Option<&Problem> {
        self.read_only.as_ref()
    }

    /// Whether every page of the file is where it belongs. Reads all of it; opening does so by
    /// itself where the file is small.
    pub fn quick_check(&self) -> Result<(), Problem> {
        guard::quick_check(&self.conn, &self.path)
    }

    /// Whether opening did that.
    #[must_use]
    pub fn was_checked(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|m| m.len() <= guard::CHECKED_AT_OPEN_BYTES)
    }

    /// Ends what this connection is doing, from another thread; that fails then.
    pub fn interrupter(&self) -> impl Fn() + Send + Sync + 'static {
        let handle = self.conn.get_interrupt_handle();
        move || handle.interrupt()
    }

    fn problem(&self, error: &rusqlite::Error) -> Problem {
        sql_problem(&self.path, error)
    }
}

impl Drop for Case {
    /// A file that a job left in WAL mode does not open from read-only media: return it to one
    /// plain file. Fails, harmlessly, while another program reads it.
    fn drop(&mut self) {
        if self.lock.is_some() {
            let _ = self
                .conn
                .query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()));
        }
    }
}

/// Lets others read while this connection writes. Refused, harmlessly, where another holds the
/// file at that moment: then they wait for each other.
fn write_ahead(conn: &Connection) {
    let _ = conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()));
}

fn refused_problem(path: &Path, refused: Refused) -> Problem {
    match refused {
        Refused::Taken => Problem::file("problem-case-in-use", path),
        // Making a file in a folder that is not there, or on a disk that takes none.
        Refused::Io(e) if !path.exists() => Problem::io(path, &e),
        Refused::Io(e) => match e.kind() {
            std::io::ErrorKind::ReadOnlyFilesystem => Problem::file("problem-read-only-disk", path),
            _ => Problem::file("problem-case-place", path).with("cause", e),
        },
    }
}

/// What SQLite says, as something to do about it.
fn sql_problem(path: &Path, error: &rusqlite::Error) -> Problem {
    let code = error.sqlite_error_code();
    match code {
        Some(ErrorCode::DiskFull) => Problem::file("problem-disk-full", path),
        Some(ErrorCode::ReadOnly) => Problem::file("problem-read-only-disk", path),
        Some(ErrorCode::NotADatabase) => Problem::file("problem-not-a-case", path),
        Some(ErrorCode::DatabaseCorrupt) => {
            Problem::file("problem-case-damaged", path).with("cause", error)
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Problem::file("problem-case-in-use", path)
        }
        Some(ErrorCode::CannotOpen) => Problem::file("problem-case-cannot-open", path),
        _ => Problem::file("problem-file-io", path).with("cause", error),
    }
}
