//! `atalaya rejects`

use super::output::{output_problem, print};
use crate::locale::{Lang, Problem, number, tr_args};
use crate::session::rejects::write_rejects;
use crate::store::Case;
use std::io::Write;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct RejectsArgs {
    /// The case that the rows were to go into
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// Of this import alone, by its number
    #[arg(long, value_name = "N")]
    import: Option<i64>,
    /// The table to write; - for standard output
    #[arg(value_name = "OUT.csv")]
    out: PathBuf,
}

pub(super) fn run(args: &RejectsArgs, lang: Lang) -> Result<(), Problem> {
    let case = Case::open_read_only(&args.case)?;
    let mut table = Vec::new();
    if args.out.as_os_str() == "-" {
        write_rejects(&case, args.import, lang, &mut table)?;
        return print(&table);
    }
    // Spreadsheets take a file without this mark for another encoding.
    table.extend("\u{feff}".as_bytes());
    let n = write_rejects(&case, args.import, lang, &mut table)?;
    // Ours from its first byte: neither the case nor another file is written over.
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.out);
    let written = made.and_then(|mut f| f.write_all(&table));
    written.map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => Problem::file("problem-file-exists", &args.out),
        _ => Problem::io(&args.out, &e),
    })?;
    let mut said = Vec::new();
    let file = args.out.display().to_string();
    let line = tr_args(
        lang,
        "cli-rejects-written",
        &[("n", &number(n)), ("file", &file)],
    );
    writeln!(said, "{line}").map_err(|e| output_problem(&e))?;
    print(&said)
}
