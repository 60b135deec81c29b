//! Every file that the program writes for people: whole under its name or not there at all, and never
//! in place of what it is made from; and how a file that is only read is named to SQLite.

use crate::locale::Problem;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Replaced,
    Kept,
}

/// What SQLite and the writer's lock put beside a case, and the case itself.
const OF_A_CASE: [&str; 5] = ["", "-journal", "-wal", "-shm", ".lock"];

/// Writes a file: until all of it is on the disk, what was there stays as it was. `inputs` are the files
/// that it is made from.
///
/// # Errors
/// The file is one of the inputs, is there and is to be kept, or cannot be written.
pub fn write(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    inputs: &[&Path],
) -> Result<(), Problem> {
    refuse_input(path, inputs)?;
    // A link leads to the file that is meant; one that leads nowhere is itself in the way.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if let Ok(there) = target.metadata() {
        let refused = match existing {
            _ if there.is_dir() => Some(text!("problem-file-is-folder"; file)),
            _ if !there.is_file() => Some(text!("problem-output-special"; file)),
            Existing::Kept => Some(text!("problem-file-exists"; file)),
            // Renaming would go around the protection of the file.
            Existing::Replaced if there.permissions().readonly() => {
                Some(text!("problem-output-protected"; file))
            }
            Existing::Replaced => None,
        };
        if let Some(key) = refused {
            return Err(Problem::file(key, path));
        }
    }
    put(&target, bytes, existing).map_err(|e| Problem::unwritten(path, &e))
}

/// A file in SQLite's own words, to be read as it lies there: neither locked, nor with its journal, nor with any
/// neighbour made for it.
#[must_use]
pub fn untouched_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            _ => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    uri + "?immutable=1"
}

/// Refuses to write where an input lies, whatever the two are called: by another path, through a link,
/// or as a file that belongs to a case.
///
/// # Errors
/// The output is an input.
pub fn refuse_input(output: &Path, inputs: &[&Path]) -> Result<(), Problem> {
    match inputs.iter().find(|input| belongs_to(output, input)) {
        Some(input) => Err(Problem::new(text!(
            "problem-output-is-input",
            file = output.display(),
            input = input.display()
        ))),
        None => Ok(()),
    }
}

/// From now on a write beyond the limit on the size of files (`ulimit -f`) fails and says so; by default
/// the system ends the program.
pub fn fail_beyond_size_limit() {
    #[cfg(unix)]
    {
        use signal_hook::{consts::SIGXFSZ, flag};
        // Nobody reads it: what counts is that the signal is caught.
        static CAUGHT: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
        let _ = flag::register(SIGXFSZ, &CAUGHT);
    }
}

fn put(target: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let permissions = match target.metadata() {
        Ok(there) => Some(there.permissions()),
        Err(_) => of_new_files(folder)?,
    };
    // Beside the target, so that the last step is a rename on one disk; its owner's alone until then.
    let mut part = beside().tempfile_in(folder)?;
    part.write_all(bytes)?;
    if let Some(permissions) = permissions {
        // Some disks know no permissions.
        let _ = part.as_file().set_permissions(permissions);
    }
    part.as_file().sync_all()?;
    let named = match existing {
        Existing::Replaced => part.persist(target),
        Existing::Kept => part.persist_noclobber(target),
    };
    named.map_err(|e| e.error)?;
    // The file is there under its name and cannot be taken back: what the folder says now changes nothing.
    #[cfg(unix)]
    let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn beside() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".atalaya-");
    builder
}

/// What a new file of this folder may be read by, as the system decides it for this user (umask).
#[cfg(unix)]
fn of_new_files(folder: &Path) -> io::Result<Option<std::fs::Permissions>> {
    use std::os::unix::fs::PermissionsExt;
    let plain = std::fs::Permissions::from_mode(0o666);
    let probe = beside().permissions(plain).tempfile_in(folder)?;
    Ok(Some(probe.as_file().metadata()?.permissions()))
}

#[cfg(not(unix))]
fn of_new_files(_: &Path) -> io::Result<Option<std::fs::Permissions>> {
    Ok(None)
}

fn belongs_to(output: &Path, input: &Path) -> bool {
    // SQLite keeps its files beside the case that a link leads to.
    let real = input.canonicalize().ok();
    let names = std::iter::once(input).chain(real.as_deref());
    names.into_iter().any(|path| {
        OF_A_CASE.iter().any(|ending| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            is_same(output, Path::new(&name))
        })
    })
}

fn is_same(a: &Path, b: &Path) -> bool {
    place(a).is_some_and(|at| place(b) == Some(at))
        || identity(a).is_some_and(|id| identity(b) == Some(id))
}

/// Where a file lies, or would lie where there is none yet.
fn place(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().or_else(|| {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
        Some(folder.join(path.file_name()?))
    })
}

/// What a file is, by whatever name: hard links have no other mark in common.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|m| (m.dev(), m.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<()> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_there_is_replaced_whole_or_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, b"first", Existing::Kept, &[]).unwrap();
        let kept = write(&path, b"second", Existing::Kept, &[]).unwrap_err();
        assert_eq!(kept.key, "problem-file-exists");
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        write(&path, b"second", Existing::Replaced, &[]).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn what_is_no_file_to_write_is_said_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("folder")).unwrap();
        std::fs::write(path("file"), "").unwrap();
        let long = "n".repeat(300);
        let mut cases = vec![
            (path("folder"), "problem-file-is-folder"),
            (path("nowhere/a"), "problem-no-folder"),
            (path("file/a"), "problem-no-folder"),
            (path(&long), "problem-unwritten"),
            (path(&long).join("a"), "problem-unwritten"),
        ];
        if cfg!(target_os = "linux") {
            cases.push(("/dev/full".into(), "problem-output-special"));
        }
        for (path, key) in cases {
            for existing in [Existing::Kept, Existing::Replaced] {
                let problem = write(&path, b"text", existing, &[]).unwrap_err();
                assert_eq!(problem.key, key, "{problem}");
                // Nobody knows the names that are in use until the end.
                assert!(!problem.to_string().contains(".atalaya-"), "{problem}");
            }
        }
        assert_eq!(names(folder.path()), ["file", "folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_the_file_before_or_of_any_new_one() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mode = |name: &str| path(name).metadata().unwrap().permissions().mode();
        std::fs::write(path("plain"), "").unwrap();
        write(&path("new"), b"", Existing::Kept, &[]).unwrap();
        assert_eq!(mode("new"), mode("plain"));
        let chmod = |name: &str, mode| {
            std::fs::set_permissions(path(name), std::fs::Permissions::from_mode(mode)).unwrap();
        };
        chmod("plain", 0o600);
        write(&path("plain"), b"secret", Existing::Replaced, &[]).unwrap();
        assert_eq!(mode("plain") & 0o777, 0o600);
        chmod("plain", 0o444);
        let kept = write(&path("plain"), b"x", Existing::Replaced, &[]).unwrap_err();
        assert_eq!(kept.key, "problem-output-protected");
    }

    #[cfg(unix)]
    #[test]
    fn an_input_is_known_by_every_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("case.gpkg"), "case").unwrap();
        std::fs::write(path("other"), "other").unwrap();
        std::fs::create_dir(path("sub")).unwrap();
        std::os::unix::fs::symlink(path("case.gpkg"), path("soft")).unwrap();
        std::os::unix::fs::symlink(folder.path(), path("way")).unwrap();
        std::fs::hard_link(path("case.gpkg"), path("hard")).unwrap();
        let same = [
            "case.gpkg",
            "./sub/../case.gpkg",
            "soft",
            "hard",
            "way/case.gpkg",
            "case.gpkg-wal",
            "case.gpkg-journal",
            "case.gpkg-shm",
            "way/case.gpkg.lock",
            "soft-journal",
        ];
        for input in ["case.gpkg", "soft"] {
            for output in same
                .iter()
                .filter(|o| input == "soft" || **o != "soft-journal")
            {
                let inputs = [&*path("other"), &*path(input)];
                let problem = write(&path(output), b"", Existing::Replaced, &inputs).unwrap_err();
                assert_eq!(problem.key, "problem-output-is-input", "{output} {input}");
            }
            for output in ["new", "case.gpkg.csv", "case.csv", "nowhere/case.gpkg"] {
                refuse_input(&path(output), &[&path(input)]).unwrap();
            }
        }
        assert_eq!(std::fs::read(path("case.gpkg")).unwrap(), b"case");
    }
}
