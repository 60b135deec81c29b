//! `atalaya import`

use super::output::{done, print_json, say, told_json, told_of};
use super::reading_args::{Reading, ReadingArgs, reading_json, reading_text};
use crate::files::refuse_input;
use crate::import::{Inspection, Options, inspect};
use crate::jobs::{Progress, Slot, Wake};
use crate::locale::{Lang, Problem, number, tr, visible};
use crate::query::parse_date;
use crate::session::{Delivery, LoadReport, load_delivery};
use crate::store::Case;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[derive(clap::Args, Debug)]
pub struct ImportArgs {
    /// The case to load into; made if it does not exist
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// Files to load
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The day the files were received, where that was before today; --known-on goes by it
    #[arg(long, value_name = "DATE")]
    received: Option<String>,
    /// Each file holds its whole dataset: rows that it lacks are retired, and stay in history
    #[arg(long)]
    full: bool,
    /// With --full: retire even most of the dataset
    #[arg(long, requires = "full")]
    force: bool,
    /// Say how each file would be read and what would come of it, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the counts and the first 1,000 rejects as JSON; the case keeps all of them
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ImportArgs, lang: Lang) -> Result<(), Problem> {
    let files: Vec<&Path> = args.files.iter().map(PathBuf::as_path).collect();
    refuse_input(&args.case, &files)?;
    let reading = args.reading.resolve()?;
    if let Some(first) = args.files.first() {
        let inputs = [&files[..], &[&args.case]].concat();
        reading.save(&inputs, || inspect(first, &reading.options))?;
    }
    let mut seen = Vec::new();
    if args.dry_run {
        for file in &args.files {
            seen.push(inspect(file, &reading.options)?);
        }
    }
    let mut reports = Vec::new();
    let loaded = if args.dry_run {
        preview(args, &reading, &mut reports)
    } else {
        load(args, &reading, lang, &mut reports)
    };
    // What was loaded before another file failed is in the case, and so it is told.
    let told = print_all(&seen, &reports, args, lang);
    if args.dry_run {
        told?;
    } else {
        done(told, &args.case, lang);
    }
    loaded
}

impl ImportArgs {
    fn delivery(&self, reading: &Reading) -> Result<Delivery, Problem> {
        if self.full && self.files.len() > 1 {
            return Err(Problem::new(text!("problem-full-one-file")));
        }
        if reading
            .dataset
            .as_ref()
            .is_some_and(|name| name.trim().is_empty())
        {
            return Err(Problem::new(text!("problem-dataset-name")));
        }
        let received = self.received.as_deref();
        Ok(Delivery {
            dataset: reading.dataset.clone(),
            received: received.map(|t| parse_date(t, true)).transpose()?,
            full: self.full,
            force: self.force,
        })
    }
}

/// `seen` has an entry a file where only that was asked for, and none otherwise.
fn print_all(
    seen: &[Inspection],
    reports: &[LoadReport],
    args: &ImportArgs,
    lang: Lang,
) -> Result<(), Problem> {
    if reports.is_empty() {
        return Ok(());
    }
    let each = reports.iter().enumerate().map(|(i, r)| (seen.get(i), r));
    if !args.json {
        let texts = each.map(|(seen, report)| {
            seen.map_or_else(String::new, |seen| reading_text(seen, lang))
                + &report_text(report, lang)
        });
        return say(&texts.collect::<String>());
    }
    let values = each.map(|(seen, report)| {
        let mut value = to_json(report, lang);
        if let Some(seen) = seen {
            value["reading"] = reading_json(seen, lang);
        }
        value
    });
    let mut values: Vec<serde_json::Value> = values.collect();
    // One file, one object; several, a list of them.
    match (args.files.len(), values.pop()) {
        (1, Some(only)) => print_json(&only),
        (_, last) => {
            values.extend(last);
            print_json(&values)
        }
    }
}

/// Loads into a copy that has no name and goes with the program, so that what the case knows counts.
fn preview(
    args: &ImportArgs,
    reading: &Reading,
    reports: &mut Vec<LoadReport>,
) -> Result<(), Problem> {
    let mut case = match args.case.exists() {
        true => Case::scratch_of(&args.case)?,
        false => Case::scratch(&args.case)?,
    };
    for file in &args.files {
        let delivery = args.delivery(reading)?;
        reports.extend(load_delivery(
            &mut case,
            file,
            &reading.options,
            &delivery,
            &Progress::default(),
        )?);
    }
    Ok(())
}

fn load(
    args: &ImportArgs,
    reading: &Reading,
    lang: Lang,
    reports: &mut Vec<LoadReport>,
) -> Result<(), Problem> {
    args.delivery(reading)?;
    // A missing file is told before a case is made for it.
    for file in &args.files {
        std::fs::metadata(file).map_err(|e| Problem::io(file, &e))?;
    }
    let made = match args.case.exists() {
        true => None,
        false => match Case::create(&args.case) {
            // Another program was first: its case is there to be loaded into.
            Err(problem) if problem.key == "problem-file-exists" => None,
            made => Some(made?),
        },
    };
    let is_new = made.is_some();
    let case = match made {
        Some(case) => case,
        None => Case::open_for_writing(&args.case)?,
    };
    told_of(&case, lang);
    let loaded = load_all(case, args, reading, reports);
    if loaded.is_err() && is_new && reports.is_empty() {
        let _ = std::fs::remove_file(&args.case);
        reports.clear();
    }
    loaded
}

fn load_all(
    mut case: Case,
    args: &ImportArgs,
    reading: &Reading,
    reports: &mut Vec<LoadReport>,
) -> Result<(), Problem> {
    for file in &args.files {
        let delivery = args.delivery(reading)?;
        let (back, report) = with_bar(case, file, &reading.options, delivery)?;
        case = back;
        reports.push(report?);
    }
    Ok(())
}

/// Loads on a thread of its own and shows how far it is; the bar hides where nobody looks at a
/// terminal.
fn with_bar(
    mut case: Case,
    file: &Path,
    options: &Options,
    delivery: Delivery,
) -> Result<(Case, Result<LoadReport, Problem>), Problem> {
    let bar = ProgressBar::new(1000);
    if let Ok(style) = ProgressStyle::with_template("{prefix}  {bar:30}  {percent:>3} %  {msg}") {
        bar.set_style(style.progress_chars("━╸ "));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    bar.set_prefix(visible(&name).into_owned());
    let (path, options) = (file.to_owned(), options.clone());
    let (send_wake, wake) = std::sync::mpsc::channel();
    let send_wake = move || {
        let _ = send_wake.send(());
    };
    let mut job = Slot::new("import", &(Arc::new(send_wake) as Wake));
    job.start((), move |progress| {
        let report = load_delivery(&mut case, &path, &options, &delivery, progress);
        Ok((case, report))
    });
    loop {
        let _ = wake.recv_timeout(Duration::from_millis(100));
        if let Some(progress) = job.progress() {
            bar.set_position((progress.fraction().unwrap_or(0.0) * 1000.0) as u64);
            bar.set_message(number(progress.rows()));
        }
        if let Some(((), ended)) = job.poll() {
            let (case, report) = ended?;
            bar.finish_and_clear();
            let cancelled = || Problem::new(text!("problem-cancelled", file = file.display()));
            return Ok((case, report.and_then(|r| r.ok_or_else(cancelled))));
        }
    }
}

/// All that the text says, and more.
fn to_json(report: &LoadReport, lang: Lang) -> serde_json::Value {
    let rejects: Vec<serde_json::Value> = report
        .rejects
        .iter()
        .map(|r| serde_json::json!({ "line": r.line, "column": r.column, "value": r.value, "reason": r.message(lang) }))
        .collect();
    let groups: Vec<serde_json::Value> = report
        .groups
        .sorted()
        .iter()
        .map(|g| {
            serde_json::json!({
                "column": g.first.column, "cause": g.first.reason, "rows": g.rows, "lines": g.lines, "values": g.values,
                "message": g.first.message(lang), "remedy": g.remedy().message(lang),
            })
        })
        .collect();
    let notes: Vec<serde_json::Value> = report.notes.iter().map(|n| told_json(n, lang)).collect();
    let c = report.counts;
    serde_json::json!({
        "file": report.file, "sha256": report.sha256, "profile": report.profile,
        "rows_read": c.rows_read, "added": c.added, "updated": c.updated, "unchanged": c.unchanged, "rejected": c.rejected,
        "deaths_best": report.deaths_best,
        "rejects": rejects,
        "reject_groups": groups,
        "notes": notes,
        "dataset": report.dataset,
        "sheets": report.sheets,
        "sheets_not_read": report.sheets_unread,
    })
}

fn report_text(report: &LoadReport, lang: Lang) -> String {
    let c = report.counts;
    let counts = [c.rows_read, c.added, c.updated, c.unchanged, c.rejected].map(number);
    let deaths = number(report.deaths_best);
    let line = tr(
        lang,
        text!(
            "cli-imported",
            file = report.file,
            profile = report.profile,
            dataset = report.dataset,
            nread = counts[0],
            added = counts[1],
            updated = counts[2],
            unchanged = counts[3],
            rejected = counts[4],
            deaths = deaths
        ),
    );
    let mut text = format!("{line}\n");
    for note in &report.notes {
        text += &format!("  {}\n", note.message(lang));
    }
    const SHOWN: usize = 10;
    let groups = report.groups.sorted();
    for group in groups.iter().take(SHOWN) {
        text += &format!("  {}\n", group.told().on_a_line(lang));
    }
    let shown: u64 = groups.iter().take(SHOWN).map(|group| group.rows).sum();
    let more = c.rejected.saturating_sub(shown);
    if more > 0 {
        let line = tr(lang, text!("cli-more-rejects", n = number(more)));
        text += &format!("  {line}\n");
    }
    text
}
