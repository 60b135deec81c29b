//! `atalaya import`

use super::filter_args::parse_date;
use super::output::{output_problem, print};
use super::reading_args::{Reading, ReadingArgs, print_reading, reading_json};
use crate::import::{Inspection, Options, inspect};
use crate::jobs::{Job, Polled, Progress};
use crate::locale::{Lang, Problem, number, tr_args};
use crate::session::{Delivery, LoadReport, load_delivery};
use crate::store::Case;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::{Path, PathBuf};
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
    let reading = args.reading.resolve()?;
    if let Some(first) = args.files.first() {
        reading.save(|| inspect(first, &reading.options))?;
    }
    let mut seen = Vec::new();
    if args.dry_run {
        for file in &args.files {
            seen.push(inspect(file, &reading.options)?);
        }
    }
    let mut reports = Vec::new();
    let done = if args.dry_run {
        preview(args, &reading, &mut reports)
    } else {
        load(args, &reading, &mut reports)
    };
    // What was loaded before another file failed is in the case, and so it is told.
    print_all(&seen, &reports, args, lang)?;
    done
}

impl ImportArgs {
    fn delivery(&self, reading: &Reading) -> Result<Delivery, Problem> {
        if self.full && self.files.len() > 1 {
            return Err(Problem::new("problem-full-one-file"));
        }
        if reading
            .dataset
            .as_ref()
            .is_some_and(|name| name.trim().is_empty())
        {
            return Err(Problem::new("problem-dataset-name"));
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
    let mut out = Vec::new();
    let written = match reports {
        [] => Ok(()),
        reports if args.json => {
            let mut values: Vec<serde_json::Value> =
                reports.iter().map(|r| to_json(r, lang)).collect();
            for (value, seen) in values.iter_mut().zip(seen) {
                value["reading"] = reading_json(seen);
            }
            // One file, one object; several, a list of them.
            let answer = if args.files.len() == 1 {
                serde_json::to_string_pretty(&values[0])
            } else {
                serde_json::to_string_pretty(&values)
            };
            writeln!(out, "{}", answer.unwrap_or_default())
        }
        reports => reports.iter().enumerate().try_for_each(|(i, report)| {
            if let Some(seen) = seen.get(i) {
                print_reading(seen, lang, &mut out)?;
            }
            print_report(report, lang, &mut out)
        }),
    };
    written.map_err(|e| output_problem(&e))?;
    print(&out)
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
    reports: &mut Vec<LoadReport>,
) -> Result<(), Problem> {
    args.delivery(reading)?;
    // A missing file is told before a case is made for it.
    for file in &args.files {
        std::fs::metadata(file).map_err(|e| Problem::io(file, &e))?;
    }
    let is_new = !args.case.exists();
    let case = if is_new {
        Case::create(&args.case)?
    } else {
        Case::open_for_writing(&args.case)?
    };
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
    bar.set_prefix(
        file.file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default(),
    );
    let (path, options) = (file.to_owned(), options.clone());
    let (send_wake, wake) = std::sync::mpsc::channel();
    let lost = || Problem::new("problem-job-lost");
    let job = Job::start(
        "import",
        move || {
            let _ = send_wake.send(());
        },
        move |progress| {
            let report = load_delivery(&mut case, &path, &options, &delivery, progress);
            (case, report)
        },
    )
    .map_err(|_| lost())?;
    loop {
        let _ = wake.recv_timeout(Duration::from_millis(100));
        bar.set_position((job.progress.fraction().unwrap_or(0.0) * 1000.0) as u64);
        bar.set_message(number(job.progress.rows()));
        match job.poll() {
            Polled::Running => {}
            Polled::Lost => return Err(lost()),
            Polled::Done((case, report)) => {
                bar.finish_and_clear();
                let cancelled = || Problem::file("problem-cancelled", file);
                return Ok((case, report.and_then(|r| r.ok_or_else(cancelled))));
            }
        }
    }
}

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
                "column": g.first.column, "cause": g.first.reason, "rows": g.rows, "lines": g.lines,
                "message": g.first.message(lang), "remedy": g.remedy().message(lang),
            })
        })
        .collect();
    let c = report.counts;
    serde_json::json!({
        "file": report.file, "sha256": report.sha256, "profile": report.profile,
        "rows_read": c.rows_read, "added": c.added, "updated": c.updated, "unchanged": c.unchanged, "rejected": c.rejected,
        "rejects": rejects,
        "reject_groups": groups,
        "notes": report.notes.iter().map(|note| note.message(lang)).collect::<Vec<_>>(),
        "dataset": report.dataset,
        "sheets": report.sheets,
        "sheets_not_read": report.sheets_unread,
    })
}

fn print_report(report: &LoadReport, lang: Lang, out: &mut Vec<u8>) -> std::io::Result<()> {
    let c = report.counts;
    let counts = [c.rows_read, c.added, c.updated, c.unchanged, c.rejected].map(number);
    let deaths = number(report.deaths_best);
    let line = tr_args(
        lang,
        "cli-imported",
        &[
            ("file", &report.file),
            ("profile", &report.profile),
            ("dataset", &report.dataset),
            ("nread", &counts[0]),
            ("added", &counts[1]),
            ("updated", &counts[2]),
            ("unchanged", &counts[3]),
            ("rejected", &counts[4]),
            ("deaths", &deaths),
        ],
    );
    writeln!(out, "{line}")?;
    for note in &report.notes {
        writeln!(out, "  {}", note.message(lang))?;
    }
    const SHOWN: usize = 10;
    let groups = report.groups.sorted();
    for group in groups.iter().take(SHOWN) {
        writeln!(out, "  {}", group.told().on_a_line(lang))?;
    }
    let shown: u64 = groups.iter().take(SHOWN).map(|group| group.rows).sum();
    let more = c.rejected.saturating_sub(shown);
    if more > 0 {
        writeln!(
            out,
            "  {}",
            tr_args(lang, "cli-more-rejects", &[("n", &number(more))])
        )?;
    }
    Ok(())
}
