//! `atalaya rejects`

use super::output::{done, print_csv, say, told_of};
use crate::files::Existing;
use crate::locale::{Lang, Problem, number, tr};
use crate::session::rejects::{rejects_table, save_rejects};
use crate::store::Case;
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
    told_of(&case, lang);
    if args.out.as_os_str() == "-" {
        return print_csv(&rejects_table(&case, args.import, lang)?.0);
    }
    let n = save_rejects(&case, args.import, lang, &args.out, Existing::Kept)?;
    let written = text!(
        "cli-rejects-written",
        n = number(n),
        file = args.out.display()
    );
    let line = tr(lang, written);
    done(say(&format!("{line}\n")), &args.out, lang);
    Ok(())
}
