//! Zip files (XLSX, ODS, KMZ, zipped Shapefiles), read with care: what comes out is counted while it
//! comes, since a few kilobytes can promise gigabytes, and names are only compared, never used as
//! paths.

use crate::locale::{Problem, number};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// Entries of one archive: an XLSX has dozens, a hostile file has millions.
const MOST_ENTRIES: usize = 10_000;
/// Deflate makes at most some 1,030 times more of a byte; documents stay below this.
const MOST_RATIO: u64 = 250;
/// Below this the ratio says nothing.
const FREE_BYTES: u64 = 16 << 20;

pub struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    /// # Errors
    /// The file is no zip file, is damaged, or has too many entries.
    pub fn open(path: &Path) -> Result<Archive, Problem> {
        let file = File::open(path).map_err(|e| Problem::io(path, &e))?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(path, &e))?;
        if zip.len() > MOST_ENTRIES {
            return Err(Problem::new(text!(
                "problem-zip-entries",
                file = path.display(),
                n = number(zip.len() as u64),
                most = number(MOST_ENTRIES as u64)
            )));
        }
        Ok(Archive {
            path: path.to_owned(),
            zip,
        })
    }

    /// As the archive writes them, in its order.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.zip
            .file_names()
            .flatten()
            .map(std::borrow::Cow::into_owned)
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// An entry as a stream, which fails when it inflates beyond reason or beyond `most_bytes`.
    ///
    /// # Errors
    /// There is no such entry, it is encrypted or packed in a way we do not know.
    pub fn entry(&mut self, name: &str, most_bytes: u64) -> Result<Entry<'_>, Problem> {
        let path = self.path.clone();
        let file = self
            .zip
            .by_name(name)
            .map_err(|e| damaged(&path, &e).with("entry", name))?;
        let packed = file.compressed_size();
        Ok(Entry {
            most: most_bytes.min(FREE_BYTES.max(packed.saturating_mul(MOST_RATIO))),
            inflated: 0,
            file,
        })
    }

    /// As [`Archive::entry`], for rows that are read long after the archive was looked at.
    ///
    /// # Errors
    /// As [`Archive::entry`].
    pub fn stream(&mut self, name: &str, most_bytes: u64) -> Result<Stream, Problem> {
        let path = self.path.clone();
        let io = |e: io::Error| Problem::io(&path, &e);
        let file = self
            .zip
            .by_name(name)
            .map_err(|e| damaged(&path, &e).with("entry", name))?;
        let (start, packed) = (
            file.data_start().unwrap_or_default(),
            file.compressed_size(),
        );
        let mut raw = File::open(&path).map_err(io)?;
        raw.seek(SeekFrom::Start(start)).map_err(io)?;
        let raw = raw.take(packed);
        Ok(Stream {
            most: most_bytes.min(FREE_BYTES.max(packed.saturating_mul(MOST_RATIO))),
            inflated: 0,
            crc: Crc::new(),
            crc_told: file.crc32(),
            raw: match file.compression() {
                CompressionMethod::Stored => Unpacked::Stored(raw),
                // All else was refused when the entry was looked up.
                _ => Unpacked::Deflated(DeflateDecoder::new(raw)),
            },
        })
    }

    /// That this is a sound zip file of something else than its name promises.
    pub fn foreign(&self) -> Problem {
        const SHOWN: usize = 5;
        let mut names: Vec<String> = self.names().take(SHOWN + 1).collect();
        if names.len() > SHOWN {
            names[SHOWN] = "…".to_owned();
        }
        Problem::new(text!(
            "problem-zip-foreign",
            file = self.path.display(),
            entries = names.join(", ")
        ))
    }

    /// A whole entry.
    ///
    /// # Errors
    /// As [`Archive::entry`]; or it is damaged, or bigger than `most_bytes`.
    pub fn read(&mut self, name: &str, most_bytes: u64) -> Result<Vec<u8>, Problem> {
        let path = self.path.clone();
        let mut bytes = Vec::new();
        self.entry(name, most_bytes)?
            .read_to_end(&mut bytes)
            .map_err(|e| entry_problem(&path, name, &e))?;
        Ok(bytes)
    }
}

/// What went wrong while an entry was read.
pub fn entry_problem(path: &Path, name: &str, error: &io::Error) -> Problem {
    let key = match error.kind() {
        io::ErrorKind::FileTooLarge => text!("problem-zip-bomb"; cause, entry, file),
        _ => text!("problem-zip-damaged"; cause, entry, file),
    };
    Problem::file(key, path)
        .with("entry", name)
        .with("cause", error)
}

fn damaged(path: &Path, error: &ZipError) -> Problem {
    match error {
        ZipError::Io(e) if e.kind() != io::ErrorKind::UnexpectedEof => Problem::io(path, e),
        e => Problem::new(text!(
            "problem-zip-damaged",
            file = path.display(),
            entry = "–",
            cause = e
        )),
    }
}

/// One entry, inflated as it is read and counted.
pub struct Entry<'a> {
    file: zip::read::ZipFile<'a, BufReader<File>>,
    most: u64,
    inflated: u64,
}

impl Read for Entry<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.inflated += n as u64;
        if self.inflated > self.most {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("more than {} MB inflated", self.most >> 20),
            ));
        }
        Ok(n)
    }
}

enum Unpacked {
    Stored(Take<File>),
    Deflated(DeflateDecoder<Take<File>>),
}

/// One entry that owns its file, inflated as it is read, counted and held against its checksum.
pub struct Stream {
    raw: Unpacked,
    most: u64,
    inflated: u64,
    crc: Crc,
    crc_told: u32,
}

impl Stream {
    /// Bytes of the archive taken in so far.
    pub fn packed_read(&self) -> u64 {
        match &self.raw {
            Unpacked::Stored(_) => self.inflated,
            Unpacked::Deflated(inner) => inner.total_in(),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = match &mut self.raw {
            Unpacked::Stored(inner) => inner.read(buffer)?,
            Unpacked::Deflated(inner) => inner.read(buffer)?,
        };
        self.inflated += n as u64;
        if self.inflated > self.most {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("more than {} MB inflated", self.most >> 20),
            ));
        }
        self.crc.update(&buffer[..n]);
        if n == 0 && !buffer.is_empty() && self.crc.sum() != self.crc_told {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "wrong checksum"));
        }
        Ok(n)
    }
}
