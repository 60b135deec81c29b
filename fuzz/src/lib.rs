//! What the fuzz targets share: bytes become files, files are read to their end by the way every
//! import takes, and what comes out is held against what always has to be true.

use atalaya::domain::Record;
use atalaya::import::{self, Item, Options};
use std::cell::RefCell;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// A folder in memory, one a process.
fn folder() -> PathBuf {
    thread_local! {
        static FOLDER: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
    }
    FOLDER.with_borrow_mut(|known| {
        known
            .get_or_insert_with(|| {
                let path = Path::new("/dev/shm").join(format!("atalaya-fuzz-{}", std::process::id()));
                std::fs::create_dir_all(&path).expect("a folder in memory");
                path
            })
            .clone()
    })
}

/// Reads `bytes` as a file of this name.
pub fn read(name: &str, bytes: &[u8]) {
    read_beside(name, bytes, &[]);
}

/// Reads `bytes` as a file of this name, with others beside it.
pub fn read_beside(name: &str, bytes: &[u8], others: &[(&str, &[u8])]) {
    let folder = folder();
    for (other, bytes) in others {
        std::fs::write(folder.join(other), bytes).expect("a file in memory");
    }
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file in memory");
    // Half of the inputs with all that can be decided without knowing the file.
    let decided = Options {
        swap: true,
        gazetteer: true,
        zone: Some("place".to_owned()),
        header: Some(2),
        ..Options::default()
    };
    let options = [Options::default(), decided];
    read_path(&path, &options[bytes.len() % 2]);
}

/// Reads a file to its end. An error is an answer; a panic, a hang or much memory is not.
pub fn read_path(path: &Path, options: &Options) {
    let _ = import::inspect(path, options);
    let Ok(mut reader) = import::open(path, options) else {
        return;
    };
    while let Some(Ok(item)) = reader.next() {
        match item {
            Item::Row(Record::Incident(i)) => {
                assert!((-180.0..=180.0).contains(&i.position.lon));
                assert!((-90.0..=90.0).contains(&i.position.lat));
                assert!(i.when.start <= i.when.end);
                assert!(!i.external_id.is_empty());
            }
            Item::Row(Record::Territory(t)) => {
                let corners = t.area.iter().flat_map(|p| p.exterior());
                assert!(corners.into_iter().all(|c| on_earth(c.x, c.y)));
            }
            Item::Row(Record::Movement(m)) => {
                assert!(m.path.iter().flatten().all(|c| on_earth(c.x, c.y)));
            }
            Item::Row(_) => {}
            Item::Reject(r) => assert!(import::REJECT_REASONS.contains(&r.reason), "{}", r.reason),
        }
    }
}

fn on_earth(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

/// A zip file of these entries, unpacked: what lies inside is fuzzed, not deflate.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in entries {
        let written = zip.start_file(*name, stored).map(|()| zip.write_all(bytes));
        assert!(matches!(written, Ok(Ok(()))));
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Cuts the input into `N` parts at a mark, so that one input makes several files.
pub fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    const MARK: &[u8] = b"\n~~~~\n";
    let mut parts = [&bytes[..0]; N];
    let mut rest = bytes;
    for part in &mut parts {
        let at = rest.windows(MARK.len()).position(|w| w == MARK);
        *part = &rest[..at.unwrap_or(rest.len())];
        rest = at.map_or(&[], |at| &rest[at + MARK.len()..]);
    }
    parts
}

/// A one-row table with this text in a cell of its own.
pub fn cell(header: &str, before: &str, text: &[u8], after: &str) {
    let text = String::from_utf8_lossy(text).replace('"', "\"\"");
    let file = format!("{header}\n{before}\"{text}\"{after}\n");
    read("cell.csv", file.as_bytes());
}
