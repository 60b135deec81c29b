//! The file a case lies in: found once, by what it is and not by what it is called, and left alone
//! until it is known to be a case. A FIFO would be waited for without end, a symbolic link may point
//! elsewhere a moment later, and a journal that lies beside a file may be a stranger's.

use super::migrate::APPLICATION_ID;
use super::problem::sql_problem;
use crate::locale::Problem;
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, Metadata, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Bytes of the file's head that are looked at: magic, journal mode, change counter, application id.
const HEAD_BYTES: usize = 72;

pub(super) struct CaseFile {
    /// As the user gave it, for messages.
    pub given: PathBuf,
    /// Without symbolic links: the journal, the lock and every connection go by this.
    pub real: PathBuf,
    /// Outlives every connection: see [`kept_open`].
    handle: Arc<File>,
    /// The folder of a copy that goes when nobody uses it any more.
    folder: Option<tempfile::TempDir>,
}

impl CaseFile {
    /// The file at `path`, which looks like a case: a regular file with the marks of SQLite and of a
    /// GeoPackage. Reads its head and nothing else.
    pub(super) fn find(path: &Path) -> Result<CaseFile, Problem> {
        let file = Self::any(path)?;
        let mut head = Vec::new();
        file.read_head(&mut head)
            .map_err(|e| Problem::io(path, &e))?;
        if head.is_empty() {
            return Err(Problem::new(text!(
                "problem-file-empty",
                file = path.display()
            )));
        }
        let application_id = head.get(68..72).map(be_u32).map(i64::from);
        let is_sqlite = head.starts_with(b"SQLite format 3\0");
        if !is_sqlite || application_id != Some(APPLICATION_ID) {
            return Err(Problem::new(text!(
                "problem-not-a-case",
                file = path.display()
            )));
        }
        Ok(file)
    }

    /// The regular file at `path`, whatever is in it.
    pub(super) fn any(path: &Path) -> Result<CaseFile, Problem> {
        let io = |e: std::io::Error| Problem::io(path, &e);
        let there = std::fs::metadata(path).map_err(io)?;
        if there.is_dir() {
            return Err(Problem::new(text!(
                "problem-file-is-folder",
                file = path.display()
            )));
        }
        if !there.is_file() {
            return Err(Problem::new(text!(
                "problem-file-special",
                file = path.display()
            )));
        }
        let real = std::fs::canonicalize(path).map_err(io)?;
        let handle = kept_open(&real).map_err(io)?;
        if !handle.metadata().map_err(io)?.is_file() {
            return Err(Problem::new(text!(
                "problem-file-special",
                file = path.display()
            )));
        }
        let file = CaseFile {
            given: path.to_owned(),
            real,
            handle,
            folder: None,
        };
        // SQLite would wait for a reader of a FIFO, or follow a link.
        for suffix in ["-journal", "-wal", "-shm"] {
            let beside = file.beside(suffix);
            if std::fs::symlink_metadata(&beside).is_ok_and(|m| !m.is_file()) {
                return Err(Problem::new(text!(
                    "problem-lock-in-the-way",
                    file = path.display(),
                    lock = beside.display()
                )));
            }
        }
        Ok(file)
    }

    /// Bytes of the file.
    pub(super) fn len(&self) -> u64 {
        self.handle.metadata().map_or(0, |m| m.len())
    }

    /// Names that the file has: with more than one, a journal may lie beside another of them.
    pub(super) fn names(&self) -> u64 {
        self.handle.metadata().map_or(1, |m| links(&m))
    }

    /// The count of changes in the file's head, which SQLite raises with each transaction.
    pub(super) fn change_counter(&self) -> Option<u32> {
        let mut head = Vec::new();
        self.read_head(&mut head).ok()?;
        head.get(24..28).map(be_u32)
    }

    /// Whether changes are kept in a file beside it (WAL) before they go into it.
    pub(super) fn writes_ahead(&self) -> bool {
        let mut head = Vec::new();
        self.read_head(&mut head).is_ok() && head.get(18..20).is_some_and(|v| v.contains(&2))
    }

    /// Whether a journal lies beside it that SQLite might play back.
    pub(super) fn has_journal(&self) -> bool {
        std::fs::symlink_metadata(self.beside("-journal")).is_ok_and(|m| m.len() > 0)
    }

    /// The file with this at the end of its name.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        let mut path = self.real.as_os_str().to_owned();
        path.push(suffix);
        PathBuf::from(path)
    }

    /// Copies the file and its journal into a folder beside them that nobody else may enter: what a
    /// program that was killed had begun is taken back there, and here nothing changes.
    pub(super) fn copied_with_journal(&self) -> Result<CaseFile, Problem> {
        let name = self.real.file_name().unwrap_or_default();
        let copy = || -> std::io::Result<(tempfile::TempDir, PathBuf)> {
            let folder = private_folder(self.real.parent().unwrap_or(Path::new(".")))?;
            let case = folder.path().join(name);
            std::fs::copy(&self.real, &case)?;
            let mut journal = case.as_os_str().to_owned();
            journal.push("-journal");
            std::fs::copy(self.beside("-journal"), &journal)?;
            Ok((folder, case))
        };
        let (folder, path) = copy().map_err(|e| {
            Problem::new(text!(
                "problem-case-unfinished",
                file = self.given.display(),
                cause = e
            ))
        })?;
        let handle = kept_open(&path).map_err(|e| Problem::io(&self.given, &e))?;
        Ok(CaseFile {
            given: self.given.clone(),
            real: path,
            handle,
            folder: Some(folder),
        })
    }

    /// Takes the name of a copy away once it is open: nothing is left of it however the program ends.
    pub(super) fn unname(&mut self) {
        // Where a file that is open cannot lose its name, the folder goes with the case.
        if std::fs::remove_file(&self.real).is_ok() {
            self.folder = None;
        }
    }

    /// A connection to a new file that has no name any more, and so is gone with the connection however
    /// the program ends. It lies in the folder of `beside` where that can be written to.
    pub(super) fn nameless(beside: &Path) -> Result<(CaseFile, Connection), Problem> {
        let temp = std::env::temp_dir();
        let here = match beside.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let io = |e: std::io::Error| Problem::io(&temp, &e);
        let folder = private_folder(here)
            .or_else(|_| private_folder(&temp))
            .map_err(io)?;
        let path = folder.path().join("case.gpkg");
        let mut new = OpenOptions::new();
        new.read(true).write(true).create_new(true);
        let handle = new.open(&path).map_err(io)?;
        let conn = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(|e| sql_problem(beside, &e))?;
        let mut file = CaseFile {
            given: beside.to_owned(),
            real: path,
            handle: Arc::new(handle),
            folder: Some(folder),
        };
        file.unname();
        Ok((file, conn))
    }

    /// Bytes of the file itself, from `at` on.
    pub(super) fn read_exact_at(&self, into: &mut [u8], at: u64) -> std::io::Result<()> {
        match read_at(&self.handle, into, at)? {
            n if n == into.len() => Ok(()),
            _ => Err(std::io::ErrorKind::UnexpectedEof.into()),
        }
    }

    fn read_head(&self, head: &mut Vec<u8>) -> std::io::Result<()> {
        *head = vec![0; HEAD_BYTES];
        let n = read_at(&self.handle, head, 0)?;
        head.truncate(n);
        Ok(())
    }
}

/// Each file that was opened, by what it is. Closing one would let go of the locks that SQLite holds
/// on it anywhere in this process (POSIX locks belong to the process and the file), so none is closed.
static OPENED: Mutex<Vec<(FileId, Arc<File>)>> = Mutex::new(Vec::new());

/// Device and number of a file.
type FileId = (u64, u64);

#[cfg(unix)]
fn kept_open(path: &Path) -> std::io::Result<Arc<File>> {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
    let of = |m: &Metadata| (m.dev(), m.ino());
    let wanted = of(&std::fs::symlink_metadata(path)?);
    let mut opened = OPENED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    // A file that was deleted may leave its number to another.
    opened.retain(|(_, file)| file.metadata().is_ok_and(|m| m.nlink() > 0));
    if let Some((_, file)) = opened.iter().find(|(id, _)| *id == wanted) {
        return Ok(file.clone());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    options.custom_flags(libc::O_NONBLOCK | libc::O_NOFOLLOW);
    let file = Arc::new(options.open(path)?);
    opened.push((of(&file.metadata()?), file.clone()));
    Ok(file)
}

#[cfg(not(unix))]
fn kept_open(path: &Path) -> std::io::Result<Arc<File>> {
    File::open(path).map(Arc::new)
}

#[cfg(unix)]
fn links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn links(_: &Metadata) -> u64 {
    1
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], at: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, at)
}

#[cfg(not(unix))]
fn read_at(file: &File, into: &mut [u8], at: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, at)
}

/// A folder that its owner alone may enter, and the files in it with that.
fn private_folder(within: &Path) -> std::io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".atalaya-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(within)
}

/// A number of SQLite's file format.
pub(super) fn be_u32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, b| n << 8 | u32::from(*b))
}
