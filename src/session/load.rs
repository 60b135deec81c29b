//! A file into a case: reads, writes, counts, and either all of it lasts or nothing does.

use crate::domain::Deaths;
use crate::import::{self, FileFacts, Item, Options, Reject};
use crate::jobs::Progress;
use crate::locale::Problem;
use crate::store::{Case, ImportCounts, NewImport, RowOutcome};
use std::path::Path;

/// How an import ended.
#[derive(Clone, Debug)]
pub struct LoadReport {
    pub file: String,
    pub sha256: String,
    pub profile: String,
    pub dataset: String,
    pub encoding: String,
    pub counts: ImportCounts,
    /// The first [`REJECTS_SHOWN`]; all of them are in the case.
    pub rejects: Vec<Reject>,
    /// Remarks about the file, such as a guessed encoding.
    pub notes: Vec<Problem>,
    /// Sum of the best estimates of what was read and kept.
    pub deaths_best: u64,
}

/// Rejects carried in a report.
pub const REJECTS_SHOWN: usize = 1_000;

/// Loads one file. `Ok(None)` where it was cancelled: the case is as it was.
pub fn load_file(
    case: &mut Case,
    path: &Path,
    options: &Options,
    dataset: Option<&str>,
    progress: &Progress,
) -> Result<Option<LoadReport>, Problem> {
    let mut reader = import::open(path, options)?;
    let facts = reader.facts().clone();
    let dataset = dataset.unwrap_or(&facts.default_dataset).to_owned();
    let mut report = empty_report(&facts, &dataset);
    let mut writer = case.begin_import(&new_import(&facts, &dataset, options))?;
    if progress.is_cancelled() {
        return Ok(None);
    }
    while let Some(item) = reader.next() {
        match item? {
            Item::Incident(incident) => {
                let outcome = writer.incident(&incident)?;
                if outcome == RowOutcome::DuplicateKey {
                    let reject = duplicate(
                        incident.line,
                        &incident.external_id,
                        serde_json::to_string(&*incident).unwrap_or_default(),
                    );
                    keep_reject(&mut writer, &mut report, reject)?;
                } else {
                    report.add_deaths(incident.deaths);
                }
            }
            Item::Territory(estimate) => {
                if writer.territory(&estimate)? == RowOutcome::DuplicateKey {
                    let reject = duplicate(
                        estimate.line,
                        &estimate.external_id,
                        format!("{estimate:?}"),
                    );
                    keep_reject(&mut writer, &mut report, reject)?;
                }
            }
            Item::Reject(reject) => keep_reject(&mut writer, &mut report, reject)?,
        }
        let rows = writer.counts().rows_read;
        if rows % 512 == 0 {
            progress.set(reader.bytes_read(), facts.size_bytes);
            progress.set_rows(rows);
            if progress.is_cancelled() {
                return Ok(None);
            }
        }
    }
    // The last moment at which nothing has happened yet.
    if progress.is_cancelled() {
        return Ok(None);
    }
    report.counts = writer.commit()?;
    // Some remarks are counted over the whole file.
    report.notes = reader.facts().notes.clone();
    progress.set(facts.size_bytes, facts.size_bytes);
    Ok(Some(report))
}

impl LoadReport {
    fn show(&mut self, reject: Reject) {
        if self.rejects.len() < REJECTS_SHOWN {
            self.rejects.push(reject);
        }
    }

    fn add_deaths(&mut self, deaths: Deaths) {
        self.deaths_best += u64::from(deaths.best.unwrap_or(0));
    }
}

fn keep_reject(
    writer: &mut crate::store::ImportWriter<'_>,
    report: &mut LoadReport,
    reject: Reject,
) -> Result<(), Problem> {
    writer.reject(
        reject.line,
        &reject.column,
        &reject.value,
        reject.reason,
        &reject.raw,
    )?;
    report.show(reject);
    Ok(())
}

/// The second row of one key in one file. What it says is kept as it was understood.
fn duplicate(line: u64, external_id: &str, row: String) -> Reject {
    Reject {
        line,
        column: "id".to_owned(),
        value: external_id.to_owned(),
        reason: "duplicate_id",
        raw: row,
    }
}

fn empty_report(facts: &FileFacts, dataset: &str) -> LoadReport {
    LoadReport {
        file: facts.file_name.clone(),
        sha256: facts.sha256.clone(),
        profile: facts.profile.to_owned(),
        dataset: dataset.to_owned(),
        encoding: facts.encoding.clone(),
        counts: ImportCounts::default(),
        rejects: Vec::new(),
        notes: facts.notes.clone(),
        deaths_best: 0,
    }
}

fn new_import(facts: &FileFacts, dataset: &str, options: &Options) -> NewImport {
    let or = |given: &Option<String>, known: &String| given.as_ref().unwrap_or(known).clone();
    NewImport {
        dataset: dataset.to_owned(),
        licence: or(&options.licence, &facts.licence),
        attribution: or(&options.attribution, &facts.attribution),
        file_name: facts.file_name.clone(),
        sha256: facts.sha256.clone(),
        size_bytes: facts.size_bytes,
        format: facts.format.to_owned(),
        profile: facts.profile.to_owned(),
        mapping: facts.mapping.clone(),
        encoding: facts.encoding.clone(),
    }
}
