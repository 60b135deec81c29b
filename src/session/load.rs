//! A file into a case: reads, writes, counts, and either all of it lasts or nothing does.

use crate::domain::Deaths;
use crate::import::{self, FileFacts, Item, Options, Reject};
use crate::jobs::Progress;
use crate::locale::{Problem, number};
use crate::store::{Case, ImportCounts, NewImport, RowOutcome};
use jiff::civil::Date;
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

/// What a file is to the case, beside how it is read.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    /// The dataset its rows belong to; by default that of the file.
    pub dataset: Option<String>,
    /// The day it was received; today where not given.
    pub received: Option<Date>,
    /// It holds the whole dataset: what it lacks is retired.
    pub full: bool,
    /// Retires even most of the dataset.
    pub force: bool,
}

/// Loads one file. `Ok(None)` where it was cancelled: the case is as it was.
pub fn load_file(
    case: &mut Case,
    path: &Path,
    options: &Options,
    dataset: Option<&str>,
    progress: &Progress,
) -> Result<Option<LoadReport>, Problem> {
    let delivery = Delivery {
        dataset: dataset.map(str::to_owned),
        ..Delivery::default()
    };
    load_delivery(case, path, options, &delivery, progress)
}

/// As [`load_file`], with all that can be said of the delivery.
pub fn load_delivery(
    case: &mut Case,
    path: &Path,
    options: &Options,
    delivery: &Delivery,
    progress: &Progress,
) -> Result<Option<LoadReport>, Problem> {
    let mut reader = import::open(path, options)?;
    let facts = reader.facts().clone();
    let mut report = empty_report(&facts, delivery);
    let mut writer = case.begin_import(&new_import(&facts, &report.dataset, options, delivery))?;
    if progress.is_cancelled() {
        return Ok(None);
    }
    while let Some(item) = reader.next() {
        let duplicate = match item? {
            Item::Incident(incident) => {
                let outcome = writer.incident(&incident)?;
                if outcome != RowOutcome::DuplicateKey {
                    report.add_deaths(incident.deaths);
                }
                (outcome, incident.line, incident.external_id)
            }
            Item::Territory(t) => (writer.territory(&t)?, t.line, t.external_id),
            Item::Movement(m) => (writer.movement(&m)?, m.line, m.external_id),
            Item::Series(s) => (writer.series(&s)?, s.line, s.external_id),
            Item::Reject(reject) => {
                keep_reject(&mut writer, &mut report, reject)?;
                (RowOutcome::Unchanged, 0, String::new())
            }
        };
        if let (RowOutcome::DuplicateKey, line, id) = duplicate {
            keep_reject(&mut writer, &mut report, second(line, id, reader.raw()))?;
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
    // Some remarks are counted over the whole file.
    report.notes = reader.facts().notes.clone();
    let told = [
        ("note-older-rows", writer.older()),
        ("note-rejected-without-id", writer.rejected_without_id()),
    ];
    let told = told.into_iter().filter(|(_, n)| *n > 0);
    report
        .notes
        .extend(told.map(|(key, n)| Problem::new(key).with("n", number(n))));
    report.counts = writer.commit()?;
    let retired = report.counts.retired;
    if retired > 0 {
        report
            .notes
            .push(Problem::new("note-retired").with("n", number(retired)));
    }
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
        &reject.id,
        reject.line,
        &reject.column,
        &reject.value,
        reject.reason,
        &reject.raw,
    )?;
    report.show(reject);
    Ok(())
}

/// The second row of one key in one file.
fn second(line: u64, external_id: String, raw: String) -> Reject {
    Reject {
        line,
        column: "id".to_owned(),
        value: external_id.clone(),
        reason: "duplicate_id",
        id: external_id,
        raw,
    }
}

fn empty_report(facts: &FileFacts, delivery: &Delivery) -> LoadReport {
    let dataset = delivery.dataset.as_ref();
    LoadReport {
        file: facts.file_name.clone(),
        sha256: facts.sha256.clone(),
        profile: facts.profile.to_owned(),
        dataset: dataset.unwrap_or(&facts.default_dataset).clone(),
        encoding: facts.encoding.clone(),
        counts: ImportCounts::default(),
        rejects: Vec::new(),
        notes: facts.notes.clone(),
        deaths_best: 0,
    }
}

fn new_import(
    facts: &FileFacts,
    dataset: &str,
    options: &Options,
    delivery: &Delivery,
) -> NewImport {
    let of_file = |name: &&String| !name.starts_with(import::OWN_COLUMNS);
    let or = |given: &Option<String>, known: &String| given.as_ref().unwrap_or(known).clone();
    // What the file itself tells is kept with what was decided.
    let read_by = Options {
        day_order: options.day_order.or(facts.day_order),
        ..options.clone()
    };
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
        columns: facts.columns.iter().filter(of_file).cloned().collect(),
        options: serde_json::to_string(&read_by).unwrap_or_default(),
        received: delivery.received,
        full: delivery.full,
        force: delivery.force,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row that is there and cannot be read is not missing, whatever its key is made of.
    #[test]
    fn a_rejected_row_is_not_retired() {
        let sesnsp = "Año,Clave_Ent,Entidad,Cve. Municipio,Municipio,Bien jurídico afectado,\
                      Tipo de delito,Subtipo de delito,Modalidad,Enero,Febrero,Marzo,Abril,Mayo,\
                      Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre\n\
                      2025,28,Tamaulipas,28027,Nuevo Laredo,La vida,Homicidio,Homicidio doloso,\
                      Con arma,3,5,MARCH,,,,,,,,,\n\
                      2025,28,Tamaulipas,28022,Matamoros,La vida,Homicidio,Homicidio doloso,\
                      Con arma,3,5,1,,,,,,,,,\n";
        let places = "id,name,lon,lat,date,flow\nA,A,-99.5,27.5,2018,1\nB,B,LON,27.5,2018,1\n";
        for (profile, text, at, sound) in [
            ("sesnsp", sesnsp, "MARCH", "7"),
            ("places", places, "LON", "-99.6"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut case = Case::create(&folder.path().join("a.atalaya")).unwrap();
            let options = Options {
                profile: Some(profile.to_owned()),
                ..Options::default()
            };
            let file = folder.path().join("rows.csv");
            let mut load = |value: &str, full: bool| {
                std::fs::write(&file, text.replace(at, value)).unwrap();
                let delivery = Delivery {
                    dataset: Some("d".to_owned()),
                    full,
                    ..Delivery::default()
                };
                let progress = Progress::default();
                let report = load_delivery(&mut case, &file, &options, &delivery, &progress);
                report.unwrap().unwrap().counts
            };
            assert_eq!(load(sound, false).added, 2, "{profile}");
            let counts = load("illegible", true);
            assert_eq!((counts.rejected, counts.retired), (1, 0), "{profile}");
        }
    }
}
