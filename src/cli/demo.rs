//! `atalaya demo`

use super::output::{done, say};
use crate::locale::{Lang, Problem, number, tr_args};
use crate::session;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct DemoArgs {
    /// The case to make; it must not exist yet
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
}

pub(super) fn run(args: &DemoArgs, lang: Lang) -> Result<(), Problem> {
    let case = session::create_demo(&args.case)?;
    let datasets = case.datasets()?;
    let sum =
        |count: fn(&crate::store::DatasetInfo) -> u64| number(datasets.iter().map(count).sum());
    let (incidents, territories) = (sum(|d| d.incidents), sum(|d| d.territories));
    let file = args.case.display().to_string();
    let values = [
        ("file", file.as_str()),
        ("nincidents", &incidents),
        ("nterritories", &territories),
    ];
    let line = tr_args(lang, "cli-demo-made", &values);
    done(say(&format!("{line}\n")), &args.case, lang);
    Ok(())
}
