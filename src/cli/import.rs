//! `atalaya import`

use super::output::{output_problem, print};
use crate::import::{Field, Options};
use crate::jobs::{Job, Polled, Progress};
use crate::locale::{Lang, Problem, number, tr_args};
use crate::session::{LoadReport, load_file};
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
    /// Files to load: CSV or GeoJSON
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Whose columns the files have
    #[arg(long, default_value = "auto", value_parser = profile_ids())]
    profile: String,
    /// The dataset the rows belong to; loading a row of the same id again updates it
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// Read a field from a column, such as start=Fecha; may be given more than once
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Read and count, but change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the counts and the first 1,000 rejects as JSON; the case keeps all of them
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ImportArgs, lang: Lang) -> Result<(), Problem> {
    let options = Options {
        profile: (args.profile != "auto").then(|| args.profile.clone()),
        map: args
            .map
            .iter()
            .map(|m| parse_map(m))
            .collect::<Result<_, _>>()?,
        ..Options::default()
    };
    let mut reports = Vec::new();
    let done = if args.dry_run {
        preview(args, &options, &mut reports)
    } else {
        load(args, &options, &mut reports)
    };
    // What was loaded before another file failed is in the case, and so it is told.
    print_all(&reports, args, lang)?;
    done
}

fn print_all(reports: &[LoadReport], args: &ImportArgs, lang: Lang) -> Result<(), Problem> {
    let mut out = Vec::new();
    let written = match reports {
        [] => Ok(()),
        reports if args.json => {
            let values: Vec<serde_json::Value> = reports.iter().map(|r| to_json(r, lang)).collect();
            // One file, one object; several, a list of them.
            let answer = if args.files.len() == 1 {
                serde_json::to_string_pretty(&values[0])
            } else {
                serde_json::to_string_pretty(&values)
            };
            writeln!(out, "{}", answer.unwrap_or_default())
        }
        reports => reports
            .iter()
            .try_for_each(|r| print_report(r, lang, &mut out)),
    };
    written.map_err(|e| output_problem(&e))?;
    print(&out)
}

/// `auto` and every profile there is.
fn profile_ids() -> clap::builder::PossibleValuesParser {
    std::iter::once("auto")
        .chain(crate::import::profiles().iter().map(|p| p.id()))
        .collect::<Vec<_>>()
        .into()
}

fn parse_map(text: &str) -> Result<(Field, String), Problem> {
    let bad = || {
        Problem::new("problem-map-argument")
            .with("value", text)
            .with(
                "known",
                Field::ALL
                    .iter()
                    .map(|f| f.code())
                    .collect::<Vec<_>>()
                    .join(", "),
            )
    };
    let (field, column) = text.split_once('=').ok_or_else(bad)?;
    let field = Field::from_code(field.trim()).ok_or_else(bad)?;
    Ok((field, column.trim().to_owned()))
}

/// Loads into a copy that is thrown away, so that what the case knows counts.
fn preview(
    args: &ImportArgs,
    options: &Options,
    reports: &mut Vec<LoadReport>,
) -> Result<(), Problem> {
    // In a folder that only its owner may read: the case may hold what nobody else should.
    let temp = std::env::temp_dir();
    let folder = tempfile::tempdir().map_err(|e| Problem::io(&temp, &e))?;
    let copy = folder.path().join("dry-run.gpkg");
    {
        let mut case = if args.case.exists() {
            Case::open_read_only(&args.case)?.copy_to(&copy)?;
            Case::open_for_writing(&copy)?
        } else {
            Case::create(&copy)?
        };
        for file in &args.files {
            reports.extend(load_file(
                &mut case,
                file,
                options,
                args.dataset.as_deref(),
                &Progress::default(),
            )?);
        }
    }
    Ok(())
}

fn load(
    args: &ImportArgs,
    options: &Options,
    reports: &mut Vec<LoadReport>,
) -> Result<(), Problem> {
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
    let loaded = load_all(case, args, options, reports);
    if loaded.is_err() && is_new {
        let _ = std::fs::remove_file(&args.case);
        reports.clear();
    }
    loaded
}

fn load_all(
    mut case: Case,
    args: &ImportArgs,
    options: &Options,
    reports: &mut Vec<LoadReport>,
) -> Result<(), Problem> {
    for file in &args.files {
        let (back, report) = with_bar(case, file, options, args.dataset.clone())?;
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
    dataset: Option<String>,
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
            let report = load_file(&mut case, &path, &options, dataset.as_deref(), progress);
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
    let c = report.counts;
    serde_json::json!({
        "file": report.file, "sha256": report.sha256, "profile": report.profile,
        "rows_read": c.rows_read, "added": c.added, "updated": c.updated, "unchanged": c.unchanged, "rejected": c.rejected,
        "rejects": rejects,
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
    for reject in report.rejects.iter().take(SHOWN) {
        let line = number(reject.line);
        writeln!(
            out,
            "  {}",
            tr_args(
                lang,
                "cli-reject-line",
                &[("line", &line), ("reason", &reject.message(lang))]
            )
        )?;
    }
    let more = c.rejected.saturating_sub(SHOWN as u64);
    if more > 0 {
        writeln!(
            out,
            "  {}",
            tr_args(lang, "cli-more-rejects", &[("n", &number(more))])
        )?;
    }
    Ok(())
}
