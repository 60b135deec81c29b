//! One writer at a time: an advisory lock on a small file beside the case. The operating system
//! lets go of it when the program ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

pub(super) struct WriterLock {
    _file: File,
    path: PathBuf,
}

/// Why there is no lock.
pub(super) enum Refused {
    /// Another program holds it.
    Taken,
    /// What lies in the place of the lock is no file of ours.
    InTheWay(PathBuf),
    /// The folder cannot be written to.
    Io(std::io::Error),
}

impl WriterLock {
    /// Of the case at `case`, a path without symbolic links: two names of one file have one lock.
    pub(super) fn take(case: &Path) -> Result<WriterLock, Refused> {
        let mut path = case.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        // Neither waits for a reader of a FIFO nor makes the file that a link points to.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::custom_flags(
            &mut options,
            libc::O_NOFOLLOW | libc::O_NONBLOCK,
        );
        let is_in_the_way = || std::fs::symlink_metadata(&path).is_ok_and(|m| !m.is_file());
        let file = match options.open(&path) {
            Ok(file) => file,
            Err(_) if is_in_the_way() => return Err(Refused::InTheWay(path)),
            Err(e) => return Err(Refused::Io(e)),
        };
        if !file.metadata().is_ok_and(|m| m.is_file()) {
            return Err(Refused::InTheWay(path));
        }
        match file.try_lock() {
            // The last holder may have deleted the file between our opening and our locking it.
            Ok(()) if !is_at(&file, &path) => Err(Refused::Taken),
            Ok(()) => Ok(WriterLock { _file: file, path }),
            Err(TryLockError::WouldBlock) => Err(Refused::Taken),
            Err(TryLockError::Error(e)) => Err(Refused::Io(e)),
        }
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // A leftover file does no harm: the lock, not the file, is what counts.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Whether the open file is the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |m: std::fs::Metadata| (m.dev(), m.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(there)) => id(open) == id(there),
        _ => false,
    }
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
