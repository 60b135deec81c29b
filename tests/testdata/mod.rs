//! The files of `tests/data`, for tests and benches. Each takes this file in by its path; the unit tests
//! do so twice.
#![allow(clippy::unwrap_used, clippy::panic, clippy::duplicate_mod)]

use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// `tests/data/NAME`, or what the program ships of `data/ucdp-mexico`. What lies there packed, as `NAME.gz`, is given unpacked and under its own name,
/// since datasets are named after their files.
pub fn testdata(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/data", "data/ucdp-mexico"].map(|folder| root.join(folder).join(name));
    if let Some(path) = folders.iter().find(|path| path.exists()) {
        return path.clone();
    }
    let packed = folders
        .iter()
        .find(|p| p.with_added_extension("gz").exists());
    unpacked(packed.unwrap_or(&folders[0]))
}

/// In a folder named after what is packed, so that an older file is never taken for it. Whoever comes
/// first unpacks it, test processes side by side too.
fn unpacked(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap();
    let packed = path.with_added_extension("gz");
    let bytes = fs::read(&packed).unwrap_or_else(|e| panic!("{}: {e}", packed.display()));
    let folder = format!("atalaya-testdata-{:016x}", xxh3_64(&bytes));
    let folder = std::env::temp_dir().join(folder);
    let whole = folder.join(name);
    if !whole.exists() {
        fs::create_dir_all(&folder).unwrap();
        // Elsewhere until it is whole, so that nobody reads half of it.
        let aside = tempfile::tempdir_in(&folder).unwrap();
        let half = aside.path().join(name);
        let mut file = File::create(&half).unwrap();
        io::copy(&mut GzDecoder::new(&bytes[..]), &mut file).unwrap();
        fs::rename(&half, &whole).unwrap();
    }
    whole
}
