//! PMTiles version 3, from memory or a file.

use super::{TileKey, TileSource, inflated};
use crate::locale::Problem;
use pmtiles::{
    AsyncBackend, AsyncPmTilesReader, BackendResponse, PmtError, PmtResult, TileCoord, TileType,
};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;

/// The format's fixed header, and what is read of a file at first: the root directory lies in it.
const HEADER_BYTES: usize = 127;
const FIRST_BYTES: u64 = 16_384;

/// No tile and no directory is longer; a damaged length must not fill the memory.
const LONGEST_READ: usize = 64 << 20;

/// One PMTiles archive of vector tiles.
pub struct PmtilesSource {
    reader: AsyncPmTilesReader<Backend>,
    attribution: String,
}

enum Backend {
    Memory(&'static [u8]),
    File { file: Mutex<File>, bytes: u64 },
}

impl AsyncBackend for Backend {
    async fn read(&self, offset: usize, length: usize) -> PmtResult<BackendResponse> {
        Ok(match self {
            Backend::Memory(data) => {
                let start = offset.min(data.len());
                let end = offset.saturating_add(length).min(data.len());
                BackendResponse::new(data[start..end].into())
            }
            Backend::File { file, bytes } => {
                let left = bytes.saturating_sub(offset as u64);
                let length = length
                    .min(LONGEST_READ)
                    .min(usize::try_from(left).unwrap_or(usize::MAX));
                let mut buffer = vec![0; length];
                let mut file = file.lock().map_err(|_| PmtError::InvalidEntry)?;
                file.seek(SeekFrom::Start(offset as u64))?;
                file.read_exact(&mut buffer)?;
                BackendResponse::new(buffer.into())
            }
        })
    }
}

impl PmtilesSource {
    /// # Errors
    /// Where the bytes are no PMTiles archive of vector tiles.
    pub fn from_static(data: &'static [u8]) -> Result<PmtilesSource, Problem> {
        PmtilesSource::from_backend(Backend::Memory(data), Path::new("world.pmtiles"))
    }

    /// # Errors
    /// Where the file cannot be read or is no PMTiles archive of vector tiles.
    pub fn open(path: &Path) -> Result<PmtilesSource, Problem> {
        let file = File::open(path).map_err(|e| Problem::io(path, &e))?;
        let bytes = file.metadata().map_err(|e| Problem::io(path, &e))?.len();
        let file = Mutex::new(file);
        PmtilesSource::from_backend(Backend::File { file, bytes }, path)
    }

    fn from_backend(backend: Backend, path: &Path) -> Result<PmtilesSource, Problem> {
        let damaged = || Problem::new(text!("problem-basemap-damaged", file = path.display()));
        let first =
            pollster::block_on(backend.read(0, FIRST_BYTES as usize)).map_err(|_| damaged())?;
        check_header(&first.bytes).ok_or_else(damaged)?;
        let reader = guarded(|| pollster::block_on(AsyncPmTilesReader::try_from_source(backend)))
            .ok_or_else(damaged)?;
        if reader.get_header().tile_type != TileType::Mvt {
            return Err(Problem::new(text!(
                "problem-basemap-raster",
                file = path.display()
            )));
        }
        let metadata = guarded(|| pollster::block_on(reader.get_metadata())).unwrap_or_default();
        Ok(PmtilesSource {
            attribution: attribution_of(&metadata),
            reader,
        })
    }
}

impl TileSource for PmtilesSource {
    fn tile(&self, (z, x, y): TileKey) -> Option<Vec<u8>> {
        let coord = TileCoord::new(z, x, y).ok()?;
        let bytes = guarded(|| pollster::block_on(self.reader.get_tile(coord)))??;
        inflated(bytes.to_vec())
    }

    fn max_zoom(&self) -> u8 {
        self.reader.get_header().max_zoom.min(22)
    }

    fn attribution(&self) -> String {
        self.attribution.clone()
    }
}

/// The crate takes the root directory's place from the header without looking whether it lies in
/// what it has read, so that is looked at here.
fn check_header(first: &[u8]) -> Option<()> {
    let number = |at: usize| -> Option<u64> {
        Some(u64::from_le_bytes(first.get(at..at + 8)?.try_into().ok()?))
    };
    let (offset, length) = (number(8)?, number(16)?);
    let good = first.len() >= HEADER_BYTES
        && first.starts_with(b"PMTiles\x03")
        && offset >= HEADER_BYTES as u64
        && offset.checked_add(length)? <= first.len() as u64;
    good.then_some(())
}

/// The result, `None` for an error; also where the crate panics over a damaged directory.
fn guarded<T>(read: impl FnOnce() -> PmtResult<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()?.ok()
}

/// `attribution` of the metadata, without the HTML that it may be written in.
fn attribution_of(metadata: &str) -> String {
    let parsed: serde_json::Value = serde_json::from_str(metadata).unwrap_or_default();
    let text = parsed
        .get("attribution")
        .and_then(|a| a.as_str())
        .unwrap_or("");
    let mut in_tag = false;
    text.chars()
        .filter(|c| {
            let tag = in_tag || *c == '<';
            in_tag = tag && *c != '>';
            !tag && !c.is_control()
        })
        .take(300)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem_of(bytes: &[u8]) -> Option<&'static str> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        PmtilesSource::open(file.path()).err().map(|p| p.key)
    }

    #[test]
    fn what_is_no_archive_is_a_problem_and_no_panic() {
        let damaged = Some("problem-basemap-damaged");
        assert_eq!(problem_of(b""), damaged);
        assert_eq!(problem_of(b"PMTiles\x03"), damaged);
        let real = super::super::BUILT_IN;
        assert_eq!(problem_of(&real[..400]), damaged);
        for at in [8, 9, 15, 18, 23] {
            let mut bad = real[..20_000].to_vec();
            bad[at] = 0xFF;
            assert_eq!(problem_of(&bad), damaged, "byte {at}");
        }
        let mut raster = real.to_vec();
        raster[99] = 2;
        assert_eq!(problem_of(&raster), Some("problem-basemap-raster"));
        assert_eq!(
            PmtilesSource::open(Path::new("no-such.pmtiles"))
                .err()
                .map(|p| p.key),
            Some("problem-file-missing")
        );
    }

    #[test]
    fn a_file_reads_as_memory_does() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), super::super::BUILT_IN).unwrap();
        let (a, b) = (
            PmtilesSource::open(file.path()).unwrap(),
            PmtilesSource::from_static(super::super::BUILT_IN).unwrap(),
        );
        let key = (6, 14, 27);
        assert!(a.tile(key).is_some_and(|t| t.len() > 100));
        assert_eq!(a.tile(key), b.tile(key));
        assert!(
            a.attribution().contains("Natural Earth"),
            "{}",
            a.attribution()
        );
    }

    #[test]
    fn attribution_loses_its_tags() {
        assert_eq!(
            attribution_of(r#"{"attribution":"<a href='x'>© OSM</a> & us"}"#),
            "© OSM & us"
        );
        assert_eq!(attribution_of("not json"), "");
    }
}
