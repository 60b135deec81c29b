//! `atalaya demo`

use super::output::{done, say};
use crate::jobs::Progress;
use crate::locale::{Lang, Problem, number, tr};
use crate::session::Example;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct DemoArgs {
    /// The case to make; it must not exist yet
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// Which one: a report of February 2025 coded by hand, or UCDP's Mexico 1989–2023
    #[arg(long, value_enum, default_value_t, value_name = "nuevo-laredo|mexico")]
    of: Example,
}

impl ValueEnum for Example {
    fn value_variants<'a>() -> &'a [Example] {
        &[Example::NuevoLaredo, Example::Mexico]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let named = Example::ALL.iter().find(|(_, example)| example == self);
        named.map(|(name, _)| PossibleValue::new(*name))
    }
}

pub(super) fn run(args: &DemoArgs, lang: Lang) -> Result<(), Problem> {
    let case = args.of.create(&args.case, &Progress::default())?;
    let datasets = case.datasets()?;
    let sum =
        |count: fn(&crate::store::DatasetInfo) -> u64| number(datasets.iter().map(count).sum());
    let (incidents, territories) = (sum(|d| d.incidents), sum(|d| d.territories));
    let line = tr(
        lang,
        text!(
            "cli-demo-made",
            file = args.case.display(),
            nincidents = incidents,
            nterritories = territories
        ),
    );
    done(say(&format!("{line}\n")), &args.case, lang);
    Ok(())
}
