//! A file into a case: reads, writes, counts, and either all of it lasts or nothing does.

use super::deliveries::{self, Corrections, Fit};
use crate::domain::Deaths;
use crate::import::{self, Ahead, FileFacts, Item, Options, Reject, RejectGroups, RowRead};
use crate::jobs::Progress;
use crate::locale::{Problem, number};
use crate::store::{Case, ImportCounts, ImportWriter, NewImport, Record, RowOutcome};
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
    /// All of them by column and cause.
    pub groups: RejectGroups,
    /// Sheets or layers read, where the file has several, and those with rows that were not.
    pub sheets: Vec<String>,
    pub sheets_unread: Vec<String>,
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
    let reader = import::open(path, options)?;
    let facts = reader.facts().clone();
    let named = delivery.dataset.as_deref();
    let Some(found) = deliveries::look_up(case, path, options, &facts, named, progress)? else {
        return Ok(None);
    };
    let fit = found.fit.as_ref();
    let mut report = empty_report(&facts, delivery);
    // A file that is said to be the whole of a dataset retires nothing of another by a likeness.
    let is_safe = !delivery.full || found.may_be_whole();
    if let Some(fit) = fit.filter(|fit| fit.is_delivery && is_safe) {
        report.dataset.clone_from(&fit.dataset);
    }
    let mut corrections = match fit.is_some_and(|fit| fit.is_delivery) && !delivery.full {
        true => Corrections::new(case, &report.dataset, &found)?,
        false => Corrections::default(),
    };
    let mut writer = case.begin_import(&new_import(&facts, &report.dataset, options, delivery))?;
    if progress.is_cancelled() {
        return Ok(None);
    }
    let mut ahead = Ahead::of(reader)?;
    while let Some(mut rows) = ahead.next_rows()? {
        for row in &mut rows {
            write_row(row, &mut writer, &mut corrections, &mut report)?;
        }
        ahead.give_back(rows);
        progress.set(ahead.bytes_read(), facts.size_bytes);
        progress.set_rows(writer.counts().rows_read);
        if progress.is_cancelled() {
            return Ok(None);
        }
    }
    let reader = ahead.into_reader()?;
    // What was not read would count as gone.
    if delivery.full && reader.is_cut_off() {
        return Err(Problem::new(text!(
            "problem-full-cut-off",
            file = path.display()
        )));
    }
    // The last moment at which nothing has happened yet.
    if progress.is_cancelled() {
        return Ok(None);
    }
    let counts = writer.counts();
    if counts.rejected > 0 && counts.rejected == counts.rows_read {
        return Err(nothing_kept(path, &report, counts.rejected));
    }
    // Some remarks are counted over the whole file.
    report.notes = reader.facts().notes.clone();
    report.notes.extend(told_of_fit(fit, &report, &facts));
    // Rows without ids can only be said to be gone where the file is a delivery of those before.
    let earlier = match fit.is_some() && !delivery.full {
        true => writer.unmet(import::CONTENT_ID)?,
        false => 0,
    };
    let told = [
        (text!("note-rows-corrected"; n), corrections.taken),
        (text!("note-earlier-rows"; n), earlier),
        (text!("note-rows-repeat-id"; n), writer.repeated()),
        (text!("note-older-rows"; n), writer.older()),
        (
            text!("note-rejected-without-id"; n),
            writer.rejected_without_id(),
        ),
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
            .push(Problem::new(text!("note-retired", n = number(retired))));
    }
    progress.set(facts.size_bytes, facts.size_bytes);
    Ok(Some(report))
}

/// Writes a row, or keeps it as a reject where the file has another one of its id.
fn write_row(
    row: &mut RowRead,
    writer: &mut ImportWriter<'_>,
    corrections: &mut Corrections,
    report: &mut LoadReport,
) -> Result<(), Problem> {
    let record = match &mut row.item {
        Item::Row(record) => record,
        Item::Reject(reject) => return keep_reject(writer, report, reject.clone()),
    };
    if let Record::Incident(incident) = record {
        corrections.meet(incident);
    }
    let outcome = writer.write(record)?;
    let of = record.row();
    match (outcome, &*record) {
        (RowOutcome::DuplicateKey, _) => {
            let raw = row.raw.take().unwrap_or_default();
            let (line, id) = (of.line().unwrap_or_default(), of.external_id().to_owned());
            keep_reject(writer, report, second(line, id, raw))
        }
        (_, Record::Incident(incident)) => {
            report.add_deaths(incident.deaths);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// That the rows were loaded into the dataset that they are a delivery of, or count twice.
fn told_of_fit(fit: Option<&Fit>, report: &LoadReport, facts: &FileFacts) -> Option<Problem> {
    let fit = fit?;
    let key = match (
        fit.dataset == report.dataset,
        report.dataset == facts.default_dataset,
    ) {
        // Where the names agree nothing was decided.
        (true, true) => return None,
        (true, false) if !fit.is_delivery => return None,
        (true, false) => text!("note-delivery-of"; dataset, n, shared),
        (false, _) => text!("note-delivery-like"; dataset, n, shared),
    };
    let note = Problem::new(key).with("dataset", &fit.dataset);
    Some(
        note.with("shared", number(fit.shared))
            .with("n", number(fit.rows)),
    )
}

/// That no row of a file could be kept, and why: nothing of it is loaded.
fn nothing_kept(path: &Path, report: &LoadReport, rejected: u64) -> Problem {
    const SHOWN: usize = 10;
    let problem = Problem::new(text!(
        "problem-no-row-kept",
        file = path.display(),
        n = number(rejected)
    ));
    let groups = report.groups.sorted().into_iter().take(SHOWN);
    groups.fold(problem, |problem, group| problem.part(group.told()))
}

impl LoadReport {
    fn show(&mut self, reject: Reject) {
        self.groups.add(&reject);
        if self.rejects.len() < REJECTS_SHOWN {
            self.rejects.push(reject);
        }
    }

    fn add_deaths(&mut self, deaths: Deaths) {
        self.deaths_best += u64::from(deaths.best.unwrap_or(0));
    }
}

fn keep_reject(
    writer: &mut ImportWriter<'_>,
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
        groups: RejectGroups::default(),
        sheets: facts.sheets.clone(),
        sheets_unread: facts.sheets_unread.clone(),
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
