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
    /// The folder cannot be written to.
    Io(std::io::Error),
}

impl WriterLock {
    pub(super) fn take(case: &Path) -> Result<WriterLock, Refused> {
        let mut path = case.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Refused::Io)?;
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
