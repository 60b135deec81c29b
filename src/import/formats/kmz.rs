//! KMZ: a zip file with KML in it, mostly one, and each of them is read.

use super::archive::Archive;
use super::kml::{self, Document};
use super::record::Record;
use super::table::{Format, Layout, Read, Rows, Table};
use crate::import::encoding::Evidence;
use crate::import::text::{Content, Survey};
use crate::locale::Problem;
use std::path::Path;

/// Of all KML in it, which is held in memory while it is read.
const MOST_BYTES: u64 = 128 << 20;

pub const KMZ: Format = Format {
    times_are_utc: true,
    claims,
    ..Format::new("kmz", &["kmz"], Content::Zip, open)
};

fn claims(path: &Path, _survey: &Survey) -> bool {
    Archive::open(path).is_ok_and(|archive| !documents(&archive).is_empty())
}

fn open(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    let mut archive = Archive::open(path)?;
    let names = documents(&archive);
    if names.is_empty() {
        return Err(Problem::new(text!(
            "problem-kmz-empty",
            file = path.display()
        )));
    }
    let mut inflated = 0;
    let mut notes = Vec::new();
    let mut documents = Vec::new();
    for name in &names {
        let bytes = archive.read(name, MOST_BYTES - inflated)?;
        inflated += bytes.len() as u64;
        let mut evidence = Evidence::default();
        evidence.feed(&bytes);
        let found = evidence.charset(&bytes);
        let entry = Document {
            path: format!("{} › {name}", path.display()).into(),
            bytes: Some(bytes.into()),
            charset: found.charset,
        };
        notes.extend(found.note(&entry.path, evidence.lost_letters()));
        documents.push(entry);
    }
    let mut table = kml::table(documents.into(), names)?;
    table.notes = notes;
    table.rows = Box::new(KmzRows {
        rows: table.rows,
        inflated,
        size_bytes: survey.size_bytes,
    });
    Ok(table)
}

/// The names of every KML in the archive, the one to be shown first: `doc.kml`, which may refer to
/// the others.
fn documents(archive: &Archive) -> Vec<String> {
    let is_kml = |name: &String| name.to_ascii_lowercase().ends_with(".kml");
    let mut names: Vec<String> = archive.names().filter(is_kml).collect();
    names.sort_by_key(|name| name != "doc.kml");
    names.dedup();
    names
}

/// The rows of the KML, with what was read of it as a share of the zip file.
struct KmzRows {
    rows: Box<dyn Rows>,
    inflated: u64,
    size_bytes: u64,
}

impl Rows for KmzRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        self.rows.read(record)
    }

    fn bytes_read(&self) -> u64 {
        let read = u128::from(self.rows.bytes_read()) * u128::from(self.size_bytes);
        u64::try_from(read / u128::from(self.inflated.max(1))).unwrap_or(self.size_bytes)
    }

    fn notes(&self) -> Vec<Problem> {
        self.rows.notes()
    }
}
